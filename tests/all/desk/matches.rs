//! Gathering on the desk: how far a search has come, searching again what failed, and matches side by side, decided singly and
//! many at once, with undo.

use crate::harness::browser::{Page, View};
use crate::matching::Doubted;

use super::signed_in;

/// A page that comes after one that refused a form, which the browser has complained about: nothing else may be wrong.
fn sound(page: &Page) {
    assert!(page.axe().is_empty(), "{:?}", page.axe());
    assert!(page.fits(), "{} is wider than the window", page.url());
    let complaints: Vec<String> = page.complaints().into_iter().filter(|one| !one.contains("status of 422")).collect();
    assert!(complaints.is_empty(), "{complaints:?}");
}

/// The text of the section about a record.
fn card(page: &Page, record: &str) -> String {
    let all = page.texts("section.rd-box");
    all.into_iter().find(|text| text.contains(record)).unwrap_or_else(|| panic!("no section about {record}"))
}

both! {
    fn matches_are_read_side_by_side_decided_and_undone(backend) {
        let doubted = Doubted::new(backend, &[]);
        let page = signed_in(&doubted.bench, "casey", View::DESKTOP);
        page.goto(&format!("{}/desk/cases/{}", doubted.bench.url, doubted.case));
        page.link("Matches");
        page.screenshot("desk-matches");
        page.assert_sound();
        let text = card(&page, "members/2");
        for words in ["Farzana Whitcombe", "WHITCOMBE, Farzana", "17/05/1980", "fw@work.example", "farzana@example.org", "PROBABLE"] {
            assert!(text.to_uppercase().contains(&words.to_uppercase()), "{words}: {text}");
        }
        assert!(card(&page, "enquiries/1").contains("stands in \u{201c}What was written\u{201d}"));

        // What is missing is said at its field; what was chosen must be chosen.
        page.button("Those chosen are theirs");
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        assert!(page.text().contains("choose records first"));
        assert!(page.axe().is_empty(), "{:?}", page.axe());
        page.fill("How do you know?", "Her work pass has this address and name.");
        page.tick("Choose members/2");
        page.tick("Choose members/3");
        page.button("Those chosen are theirs");
        assert!(page.text().contains("being searched again"), "{}", page.text());
        assert!(page.has("[data-read-again]"));
        page.link("How far the search has come");
        page.screenshot("desk-search-running");
        sound(&page);
        doubted.bench.work();
        page.reload();
        assert!(page.text().contains("Every collection was searched to its end"), "{}", page.text());
        page.link("Matches");
        assert!(!page.texts("section.rd-box").iter().any(|text| text.contains("members/2")));
        page.link("Decided");
        assert!(card(&page, "members/2").contains("Her work pass has this address and name."));

        // One alone, by its own button.
        page.link("To be decided");
        page.fill("How do you know?", "Born in 1951.");
        page.button("Somebody else\u{2019}s members/4");
        doubted.bench.work();
        page.reload();
        assert!(!page.texts("section.rd-box").iter().any(|text| text.contains("members/4")));

        // Undone, and there again.
        page.click(".rd-line:last-child button");
        doubted.bench.work();
        page.reload();
        assert!(page.text().contains("(undone)"));
        assert!(card(&page, "members/2").contains("17/05/1980"));
        sound(&page);
    }

    fn an_address_on_a_match_is_confirmed_and_taken_back(backend) {
        let doubted = Doubted::new(backend, &[]);
        let page = signed_in(&doubted.bench, "casey", View::DESKTOP.without_javascript());
        page.goto(&format!("{}/desk/cases/{}/matches", doubted.bench.url, doubted.case));
        page.button("Confirm as theirs fw@work.example on members/2");
        assert_eq!(page.value("The identifier, as it is written"), "fw@work.example");
        assert!(!page.url().contains("work.example"), "{}", page.url());
        page.screenshot("desk-identifier");
        assert!(page.axe().is_empty(), "{:?}", page.axe());
        page.button("Confirm it and search on");
        assert!(page.title().starts_with("Error: "));
        page.fill("How do you know that it is theirs?", "It is on her work pass.");
        page.button("Confirm it and search on");
        doubted.bench.work();
        page.reload();
        let text = page.text();
        assert!(text.contains("Email address: fw@work.example") && text.contains("It is on her work pass."), "{text}");
        assert!(text.contains("Shown to be theirs") && text.contains("Given, and not checked"), "{text}");
        page.screenshot("desk-search");
        page.goto(&format!("{}/desk/cases/{}/records?flag=goes_out", doubted.bench.url, doubted.case));
        assert!(page.text().contains("enquiries/2"), "{}", page.text());
        page.goto(&format!("{}/desk/cases/{}/search", doubted.bench.url, doubted.case));
        page.button("Take back Email address fw@work.example");
        doubted.bench.work();
        page.reload();
        assert!(!page.text_of("main").contains("Confirmed by a caseworker"));
        page.link("Confirm another name, address or number");
        page.choose("What is it?", "phone");
        page.fill("The identifier, as it is written", "12");
        page.fill("How do you know that it is theirs?", "x");
        page.button("Confirm it and search on");
        assert!(page.text_of(".govuk-error-summary").contains("no whole telephone number"), "{}", page.text());
    }

    fn a_failed_collection_is_said_and_searched_again_from_its_page(backend) {
        let doubted = Doubted::new(backend, &[]);
        doubted.source_sql("ALTER TABLE payments RENAME TO hidden");
        let page = signed_in(&doubted.bench, "casey", View::DESKTOP);
        page.goto(&format!("{}/desk/cases/{}/search", doubted.bench.url, doubted.case));
        page.button("Search again");
        doubted.bench.work();
        page.reload();
        assert!(page.text().contains("could not be searched to the end"), "{}", page.text());
        page.screenshot("desk-search-failed");
        page.assert_sound();
        doubted.source_sql("ALTER TABLE hidden RENAME TO payments");
        page.button("Search again what failed");
        doubted.bench.work();
        page.reload();
        assert!(page.text().contains("Every collection was searched to its end"), "{}", page.text());
    }
}
