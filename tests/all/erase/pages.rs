//! The page of an erasure, in a browser.

use super::erased;
use crate::desk::signed_in;
use crate::gather::place::Kind;
use crate::harness::Backend;
use crate::harness::browser::View;

#[test]
fn an_erasure_is_planned_signed_and_looked_at_on_the_desk() {
    let desk = erased(Backend::Sqlite, Kind::Sqlite);
    let address = format!("{}/desk/cases/{}", desk.bench.url, desk.case);
    let page = signed_in(&desk.bench, "casey", View::DESKTOP);
    page.goto(&address);
    page.link("See what is erased and what stays");
    assert!(page.text().contains("Nothing is erased by a plan"), "{}", page.text());
    page.button("Plan the erasure");
    let text = page.text();
    for words in ["Waits for a signature", "each would do its part", "What you paid", "The law on accounts", "Notes"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("You planned this yourself"), "{text}");
    page.screenshot("desk-erasure");
    page.assert_sound();

    // Returned without a reason, with one, and planned again.
    let approver = signed_in(&desk.bench, "alex", View::PHONE);
    approver.goto(&format!("{address}/erasure"));
    approver.assert_sound();
    approver.click("summary:has-text('Return it')");
    approver.button("Return the plan");
    assert!(approver.title().starts_with("Error: "), "{}", approver.title());
    assert!(approver.axe().is_empty(), "{:?}", approver.axe());
    approver.fill("Why is it returned?", "Ask <legal> first.");
    approver.button("Return the plan");
    assert!(approver.text().contains("Ask <legal> first."), "{}", approver.text());
    page.goto(&format!("{address}/erasure"));
    page.button("Make a new plan");
    approver.goto(&format!("{address}/erasure"));

    // Somebody changes the case while the approver looks at it: nothing is done, and they see what happened.
    desk.change("assign", &serde_json::json!({"assignee": "casey"})).expect(200);
    approver.button("Sign: erase this");
    assert!(approver.text().contains("Somebody else changed this case"), "{}", approver.text());
    approver.button("Sign: erase this");
    assert!(approver.text().contains("It is being carried out"), "{}", approver.text());
    desk.bench.work();
    approver.goto(&format!("{address}/erasure"));
    let text = approver.text();
    for words in
        ["Done", "6 records erased, 1 had nothing left to erase", "Nothing that leads to the person", "Earlier plans"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    approver.screenshot("desk-erasure-done");
    approver.assert_sound();
    // The history says it in words.
    page.goto(&format!("{address}/history"));
    for words in
        ["Erasure planned", "Plan of the erasure returned", "Erasure signed", "Erased at a source", "Erasure done"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
}
