//! The case page, and its moves.

use rightsdesk::access::Role;
use serde_json::json;

use super::{fill_date, signed_in};
use crate::harness::browser::View;
use crate::harness::{Bench, Options};

both! {
    fn a_phone_call_is_logged_with_its_true_date_and_the_case_says_what_to_do(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        bench.staff("jo", Role::Caseworker);
        let page = signed_in(&bench, "jo", View::DESKTOP);
        page.link("Log a request");
        page.screenshot("desk-log");
        page.assert_sound();

        // What is wrong is said at its field, and what was typed stays.
        page.fill("Name", "R2");
        page.fill("Email address (optional)", "not an address");
        fill_date(&page, "received-on", "31", "2", "2026");
        page.button("Log the request");
        assert!(page.title().starts_with("Error: "));
        assert_eq!(page.value("Email address (optional)"), "not an address");
        page.screenshot("desk-log-errors");
        assert!(page.axe().is_empty(), "{:?}", page.axe());
        page.tick("By phone");
        fill_date(&page, "received-on", "30", "11", "2026");
        page.fill("Name", "Rosa Lind");
        page.button("Log the request");
        assert!(page.text_of(".govuk-error-summary").contains("Write an e-mail address like"), "{}", page.text());
        page.fill("Email address (optional)", "rosa@example.org");
        page.button("Log the request");
        assert!(page.text_of(".govuk-error-summary").contains("in the future"), "{}", page.text());
        fill_date(&page, "received-on", "20", "Nov", "2026");
        page.fill("What did they say? (optional)", "She wants <b>all</b> of it.\nAlso old letters.");
        page.button("Log the request");

        // The layout's own line ends and tabs aside.
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = one_line(&page.text());
        for words in [
            "DR-2026-000001 Rosa Lind", "Check who the requester is", "Received 20 November 2026",
            "By phone", "She wants <b>all</b> of it. Also old letters.", "rosa@example.org (only claimed)",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        page.screenshot("desk-case");
        page.assert_sound();
        let case = page.url();

        // Each move that cannot be taken says why.
        page.click("summary:has-text('What cannot be done now')");
        let why = page.text_of(".rd-why");
        assert!(why.contains("Release the answer\nThe requester’s identity") || why.contains("The requester's identity must be verified first."), "{why}");
        page.assert_sound();

        // Notes and tasks.
        page.click("summary:has-text('Add a note')");
        page.fill("Write a note", "Rang back on <the> number.");
        page.button("Keep the note");
        page.click("summary:has-text('Add a task')");
        page.fill("Write down something to do", "Ask the school");
        fill_date(&page, "task-due", "1", "13", "2026");
        page.button("Add the task");
        assert!(page.title().starts_with("Error: "));
        assert_eq!(page.value("Write down something to do"), "Ask the school");
        assert!(page.axe().is_empty());
        fill_date(&page, "task-due", "1", "12", "2026");
        page.button("Add the task");
        assert!(page.text().contains("By 1 December 2026. Written down by jo."));
        page.button("Done Ask the school");
        assert!(page.text().contains("Done by jo on 23 November 2026 at 9:30am"));
        assert!(page.text().contains("Rang back on <the> number."));
        page.assert_sound();

        // A second request of the same person is offered to be linked.
        page.goto(&format!("{}/desk/log", bench.url));
        page.tick("By post");
        fill_date(&page, "received-on", "23", "11", "2026");
        page.fill("Name", "R. Lind");
        page.fill("Email address (optional)", "ROSA@example.org");
        page.button("Log the request");
        assert!(page.text_of("main").contains("DR-2026-000001"));
        page.choose("What is DR-2026-000001?", "duplicate");
        page.button("Link them");
        assert!(page.text().contains("THE SAME REQUEST CAME TWICE") || page.text().contains("The same request came twice"));
        page.assert_sound();
        page.goto(&case);
        assert!(page.text_of("main").contains("The same request came twice"));
        page.button("Take this back about DR-2026-000002");
        assert!(page.has("text=Link them"));

        // The identity, with the letter that goes out.
        page.link("Confirm who they are");
        assert!(page.text().contains("We have your request DR-2026-000001"));
        page.screenshot("desk-verify");
        page.assert_sound();
        page.button("They are who they say");
        assert!(page.title().starts_with("Error: "));
        page.fill("How did you confirm who they are?", "Rang back on the number we hold.");
        page.button("They are who they say");
        assert!(page.text().contains("Search the sources for the person’s records."));
        page.link("History");
        page.screenshot("desk-history");
        page.assert_sound();
        assert!(page.text().contains("Identity confirmed") && page.text().contains("Rang back on the number we hold."));
    }

    fn who_comes_second_sees_what_changed_and_overwrites_nothing(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let jo = bench.staff("jo", Role::Caseworker);
        bench.staff("kim", Role::Caseworker);
        let body = json!({"right": "access", "channel": "phone", "received_on": "2026-11-20",
                          "subject": {"name": "Ann Lee", "email": "ann@example.org"}});
        let id = bench.post_as("/api/v1/cases", &body, &jo).expect(201)["id"].as_str().unwrap().to_owned();
        let page = signed_in(&bench, "kim", View::DESKTOP);
        page.goto(&format!("{}/desk/cases/{id}/moves/refuse", bench.url));
        page.fill("Why is the request refused?", "It was answered last week.");
        bench.take(&id, "verify", &json!({"reason": "seen"}), &jo).expect(200);
        page.button("Preview the letter");
        assert!(page.text().contains("It was answered last week.\n"), "{}", page.text());
        page.screenshot("desk-refuse-preview");
        page.assert_sound();
        page.button("Refuse the request");
        let text = page.text();
        assert!(text.contains("Somebody else changed this case") && text.contains("Identity confirmed, by jo."), "{text}");
        assert_eq!(page.value("Why is the request refused?"), "It was answered last week.");
        page.screenshot("desk-stale");
        page.assert_sound();
        assert_eq!(bench.get(&format!("/api/v1/cases/{id}"), &jo).expect(200)["stage"], "verified");
        page.button("Refuse the request");
        assert_eq!(bench.get(&format!("/api/v1/cases/{id}"), &jo).expect(200)["stage"], "refused");
        bench.work();
        assert!(bench.letters().last().unwrap().contains("It was answered last week."));
    }
}
