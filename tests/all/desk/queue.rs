//! The queue.

use rightsdesk::access::Role;
use serde_json::json;

use super::signed_in;
use crate::harness::browser::View;
use crate::harness::{Backend, Bench, Options};

fn logged(bench: &Bench, token: &str, name: &str, received: &str) -> String {
    let body = json!({"right": "access", "channel": "post", "received_on": received,
                      "subject": {"name": name, "email": format!("{}@example.org", name.replace(' ', ".").to_lowercase())}});
    bench.post_as("/api/v1/cases", &body, token).expect(201)["id"].as_str().unwrap().to_owned()
}

fn bench(backend: Backend) -> Bench {
    Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() })
}

/// The references on the page, in their order.
fn names(page: &crate::harness::browser::Page) -> Vec<String> {
    page.texts(".rd-cases__who")
}

both! {
    fn cases_stand_by_due_date_and_are_found_filtered_claimed_and_given(backend) {
        let bench = bench(backend);
        let jo = bench.staff("jo", Role::Caseworker);
        bench.staff("kim", Role::Approver);
        logged(&bench, &jo, "Later Lee", "2026-11-20");
        logged(&bench, &jo, "Overdue Olu", "2026-10-01");
        logged(&bench, &jo, "Red Rhys", "2026-10-26");
        logged(&bench, &jo, "Amber Ali", "2026-11-02");
        let page = signed_in(&bench, "jo", View::DESKTOP);
        assert_eq!(names(&page), ["Overdue Olu", "Red Rhys", "Amber Ali", "Later Lee"]);
        let text = page.text();
        for words in ["Overdue: due", "Red: due in 3 days", "Amber: due in", "Green: due in", "Waiting for", "The requester"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        page.screenshot("desk-queue");
        page.assert_sound();

        // A filter is an address; its parts can be left out one by one.
        page.choose("Urgency", "red");
        page.fill("Reference, name or email address", "rhys");
        page.button("Apply filters");
        assert!(page.url().contains("q=rhys") && page.url().contains("light=red"), "{}", page.url());
        assert_eq!(names(&page), ["Red Rhys"]);
        page.screenshot("desk-queue-filtered");
        page.assert_sound();
        page.click(".rd-chip__link");
        assert!(!page.url().contains("q=rhys") && page.url().contains("light=red"));
        page.click("summary");
        page.fill("What do you call it?", "Mine & red <now>");
        page.button("Keep it");
        page.link("Clear filters");
        page.link("Mine & red <now>");
        assert_eq!(names(&page), ["Red Rhys"]);
        page.assert_sound();

        // By reference in any case, by e-mail.
        for words in ["dr-2026-000001", "later.lee@example.org", "LEE"] {
            page.goto(&format!("{}/desk?q={}", bench.url, words.replace('@', "%40")));
            assert_eq!(names(&page), ["Later Lee"], "{words}");
        }

        // Taken by one, given in bulk to another.
        page.goto(&format!("{}/desk?who=nobody", bench.url));
        page.button("Take it DR-2026-000002");
        assert!(page.text().contains("1 case was given to you."));
        page.assert_sound();
        page.goto(&format!("{}/desk?who=me", bench.url));
        assert_eq!(names(&page), ["Overdue Olu"]);
        page.goto(&format!("{}/desk?who=nobody", bench.url));
        page.button("Give them");
        assert!(page.text().contains("Choose at least one case first."));
        page.tick("Choose DR-2026-000003");
        page.tick("Choose DR-2026-000004");
        page.choose("Give the chosen cases to", "kim");
        page.button("Give them");
        assert!(page.text().contains("2 cases were given to kim."));
        page.goto(&format!("{}/desk?who=kim", bench.url));
        assert_eq!(names(&page), ["Red Rhys", "Amber Ali"]);

        let to = bench.dir.path().join("cases.csv").display().to_string();
        assert_eq!(page.download("Take the list as CSV", &to), "cases.csv");
        let csv = std::fs::read_to_string(&to).unwrap();
        assert_eq!(csv.lines().count(), 3);
        assert!(csv.contains("\"DR-2026-000003\",\"access\",\"awaiting_verification\",\"requester\",\"post\",\"2026-10-26\""), "{csv}");
    }
}

#[test]
fn the_queue_is_sound_on_a_phone_and_without_scripts_and_goes_on_by_page() {
    let bench = bench(Backend::Sqlite);
    let jo = bench.staff("jo", Role::Caseworker);
    bench.staff("ann", Role::Auditor);
    for n in 0..53 {
        let letters: String = format!("{n:02}").chars().map(|c| char::from(b'a' + c as u8 - b'0')).collect();
        logged(&bench, &jo, &format!("Person {letters}"), "2026-11-20");
    }
    for view in [View::PHONE, View::DESKTOP.without_javascript()] {
        let page = signed_in(&bench, "jo", view);
        page.screenshot(if view.javascript { "desk-queue-phone" } else { "desk-queue-plain" });
        page.assert_sound();
        assert!(page.text().contains("50 of 53 cases, those due first"));
        page.link("Next page");
        assert_eq!(names(&page).len(), 3);
        page.assert_sound();
        page.link("First page");
        assert_eq!(names(&page).len(), 50);
    }
    // An auditor reads, and is offered nothing that changes anything.
    let page = signed_in(&bench, "ann", View::DESKTOP);
    assert!(!page.has("button[type=submit]:not(.rd-header__button):not(.rd-filter button)"));
    page.assert_sound();
}
