//! The whole way, by keyboard alone: a phone call is logged, the person is confirmed, the sources are searched, every record
//! is decided, suggestions and warnings are answered, a second person sends it back, then approves, and it is released.

use crate::harness::STAFF_PASSWORD;
use crate::harness::browser::{Page, View};
use crate::harness::traces::traces;
use crate::review::Reviewed;

/// Types into the field with this id, by keyboard.
fn type_into(page: &Page, id: &str, text: &str) {
    page.tab_to_id(id);
    page.type_text(text);
}

fn enter(page: &Page, says: &str) {
    page.tab_to(says);
    page.follow("Enter");
}

fn sign_in(url: &str, username: &str) -> Page {
    let page = Page::open(View::DESKTOP);
    page.goto(&format!("{url}/desk"));
    type_into(&page, "username", username);
    page.press(&["Tab"]);
    page.type_text(STAFF_PASSWORD);
    page.follow("Enter");
    page.wait(".rd-tiles");
    page
}

fn sound(page: &Page, name: &str) {
    page.screenshot(&format!("path-{name}"));
    page.assert_sound();
}

#[test]
fn a_phone_call_becomes_a_released_answer_by_two_people_with_the_keyboard_alone() {
    let made = Reviewed::new(crate::harness::Backend::Sqlite);
    let bench = &made.bench;
    let casey = sign_in(&bench.url, "casey");

    enter(&casey, "Log a request");
    casey.tab_to_id("channel");
    casey.press(&["Space", "Tab"]);
    for (text, then) in [("20", "Tab"), ("11", "Tab"), ("2026", "Tab")] {
        casey.type_text(text);
        casey.press(&[then]);
    }
    type_into(&casey, "subject-name", "Ann Lee");
    type_into(&casey, "subject-email", "ann.lee@example.org");
    type_into(&casey, "details", "She rang: everything you hold.");
    enter(&casey, "Log the request");
    casey.wait("#next");
    sound(&casey, "1-logged");
    let case = casey.url();
    let id = case.rsplit('/').next().unwrap().to_owned();

    enter(&casey, "Confirm who they are");
    type_into(&casey, "reason", "Rang back on the number that we hold.");
    enter(&casey, "They are who they say");
    casey.wait("#next");
    enter(&casey, "Search the sources");
    sound(&casey, "2-search");
    enter(&casey, "Search now");
    casey.wait("#next");
    sound(&casey, "3-searching");
    bench.work();
    casey.goto(&case);
    sound(&casey, "4-found");
    assert!(casey.text().contains("Decide about the"), "{}", casey.text());

    // Record by record: what is held of others is left out, the rest goes out.
    enter(&casey, "Records");
    sound(&casey, "5-records");
    enter(&casey, "To be decided");
    let mut pictured = false;
    let first = casey.texts(".rd-cases tbody th a").first().cloned().unwrap();
    enter(&casey, &first);
    assert!(casey.url().contains("/record?"), "{first}: {}", casey.url());
    for _ in 0..20 {
        if !casey.url().contains("/record?") {
            break;
        }
        if !pictured {
            sound(&casey, "6-record");
            pictured = true;
        }
        let others = casey.text_of("h1").contains("messages/3");
        casey.tab_to_id("decision");
        if others {
            // The arrow goes round to the last answer: leave it out.
            casey.press(&["ArrowUp"]);
            type_into(&casey, "left-out", "It is about somebody else’s own matter.");
        } else {
            casey.press(&["Space"]);
        }
        enter(&casey, "Decide and go to the next");
        casey.wait("h1");
    }
    assert!(casey.url().contains("/records"), "{}", casey.url());
    assert!(!casey.text().contains("are held for review and not decided"));

    // Words of a record are redacted by typing them.
    casey.goto(&format!("{case}/record?name=messages%2F1"));
    casey.tab_to_id("field");
    casey.type_text("What was written");
    type_into(&casey, "words", "Please ring");
    casey.tab_to_id("redact-code");
    casey.type_text("Third-party information");
    enter(&casey, "Redact here");
    casey.wait(".rd-mark--cut");
    assert!(casey.text_of("table").contains("[withheld: Third-party information]"), "{}", casey.text_of("table"));
    sound(&casey, "7-redacted");

    // Suggestions: everywhere, by their words.
    enter(&casey, "Suggestions");
    casey.wait("h1");
    sound(&casey, "8-suggestions");
    for _ in 0..40 {
        let Some(button) = casey.texts("button[value^='accept:']").first().cloned() else { break };
        enter(&casey, &button);
        casey.wait("#told-title");
    }
    assert!(casey.text().contains("0 to answer"), "{}", casey.text());

    // Warnings, where there are any.
    enter(&casey, "Warnings");
    casey.wait("h1");
    sound(&casey, "9-warnings");
    let warnings = casey.count("input[name=warning]");
    for n in 1..=warnings {
        casey.tab_to_id(&format!("warning-{n}"));
        casey.press(&["Space"]);
    }
    if warnings > 0 {
        type_into(&casey, "reason", "She knows him: he wrote to her himself.");
        enter(&casey, "Answer those chosen");
        casey.wait("h1");
        assert!(casey.text().contains("0 to answer"), "{}", casey.text());
    }

    enter(&casey, "Answer");
    casey.wait("#next");
    sound(&casey, "10-answer");
    enter(&casey, "Send for sign-off");
    enter(&casey, "Send for sign-off");
    casey.wait("#next");
    assert!(
        casey.text().contains("Waiting for approval") || casey.text().contains("WAITING FOR APPROVAL"),
        "{}",
        casey.text()
    );

    // Nobody approves their own work: it is not offered, and it is refused.
    casey.goto(&format!("{case}/moves/approve"));
    assert!(casey.text().contains("You do not have") || casey.title().contains("not"), "{}", casey.text());

    // The second person sends it back with a comment on one record.
    let alex = sign_in(&bench.url, "alex");
    let reference = casey_reference(&made, &id);
    enter(&alex, &reference);
    enter(&alex, "Answer");
    alex.wait("#next");
    sound(&alex, "11-approver");
    enter(&alex, "Send back to review");
    type_into(&alex, "reason", "One thing to look at again.");
    type_into(&alex, "comments", "messages/4: is the list of copies hers?");
    enter(&alex, "Send back to review");
    alex.wait("#next");

    casey.goto(&format!("{case}/record?name=messages%2F4"));
    assert!(casey.text().contains("is the list of copies hers?"), "{}", casey.text());
    casey.goto(&format!("{case}/answer"));
    type_into(&casey, "answer-1", "It names a colleague, and is redacted.");
    enter(&casey, "Settle it");
    casey.wait("#next");
    sound(&casey, "12-sent-back");
    enter(&casey, "Send for sign-off");
    enter(&casey, "Send for sign-off");
    casey.wait("#next");

    alex.goto(&format!("{case}/answer"));
    sound(&alex, "13-again");
    assert!(alex.text().contains("did not."), "{}", alex.text());
    enter(&alex, "Approve the answer");
    enter(&alex, "Approve the answer");
    alex.wait("#next");
    bench.work();
    alex.goto(&format!("{case}/answer"));
    enter(&alex, "Release the answer");
    sound(&alex, "14-release");
    assert!(alex.text().contains("Your answer to request") || alex.text().contains("ready"), "{}", alex.text());
    enter(&alex, "Release the answer");
    alex.wait("#next");
    bench.work();
    sound(&alex, "15-released");
    assert!(bench.letters().last().unwrap().contains(&reference));

    // By post: a colleague takes the zip, and nothing of what was redacted is in any byte of it.
    alex.goto(&format!("{case}/answer"));
    let to = bench.dir.path().join("answer.zip").display().to_string();
    assert_eq!(alex.download("Take the answer to send it by post or hand it over", &to), format!("{reference}.zip"));
    let zip = std::fs::read(&to).unwrap();
    for words in ["Featherstonehaugh", "Please ring", "07700 900777", "Żółkiewska"] {
        assert!(traces(&zip, words).is_empty(), "{words}: {:?}", traces(&zip, words));
    }
}

fn casey_reference(made: &Reviewed, id: &str) -> String {
    made.bench.get(&format!("/api/v1/cases/{id}"), &made.casey).expect(200)["reference"].as_str().unwrap().to_owned()
}
