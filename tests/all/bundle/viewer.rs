//! `index.html` in a real Chromium, offline, from a file, as it is opened from the unpacked zip.

use rightsdesk::bundle::{
    BundleError, CollectionReport, Column, ColumnKind, Record, RecordSource, Status, write_bundle,
};
use serde_json::value::RawValue;

use super::{cover, entry};
use crate::harness::browser::{Page, View};

/// People with names in many letters, one of them withheld in part.
struct People(Vec<CollectionReport>);

impl People {
    fn new(count: u64) -> Self {
        let column = |name: &str, kind| Column { name: name.into(), label: format!("The {name}"), kind };
        let report = |collection: &str, label: &str, count: u64| CollectionReport {
            source: "s".into(),
            dataset: "d".into(),
            dataset_label: "Housing".into(),
            collection: collection.into(),
            label: label.into(),
            purpose: "To run the service".into(),
            lawful_basis: "Public task".into(),
            recipients: vec![],
            retention: None,
            origin: String::new(),
            automated_decisions: String::new(),
            transfers: String::new(),
            status: if count > 0 { Status::Found } else { Status::NothingHeld },
            problem: None,
            found: count,
            disclosed: count,
            withheld: vec![],
            searched_for: vec![],
            columns: vec![
                column("name", ColumnKind::Text),
                column("on", ColumnKind::Date),
                column("note", ColumnKind::FreeText),
            ],
            never_disclosed: vec![],
        };
        Self(vec![report("people", "People", count), report("visits", "Visits", 3), report("none", "Complaints", 0)])
    }
}

impl RecordSource for People {
    fn collections(&self) -> &[CollectionReport] {
        &self.0
    }

    fn replay(
        &self,
        index: usize,
        each: &mut dyn FnMut(&Record) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        for number in 1..=self.0[index].disclosed {
            let name = match number {
                2 => "Łukasz Wiśniewski",
                3 => "محمد عبد الله",
                _ => "John Smith",
            };
            let note = if number == 2 {
                r#"{"redacted_text":["Rang ",{"redacted":"THIRD-PARTY"}," <b>twice</b>"]}"#.to_owned()
            } else {
                format!("\"Note {number} about the kitchen window &amp; \\\"door\\\"\"")
            };
            let fields = format!(r#"{{"name":"{name}","on":"2026-11-{:02}","note":{note}}}"#, 1 + number % 28);
            let fields = RawValue::from_string(fields).unwrap();
            let id = format!("{}/{number}", self.0[index].collection);
            each(&Record { id, matched_on: vec!["email".into()], fields })?;
        }
        Ok(())
    }
}

/// The page beside nothing else, as a file.
fn page(count: u64) -> (tempfile::TempDir, String) {
    let zip = write_bundle(Vec::new(), &cover(), &People::new(count)).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index.html");
    std::fs::write(&path, entry(&zip, "index.html")).unwrap();
    (dir, format!("file://{}", path.display()))
}

fn said(page: &Page, words: &str) {
    for _ in 0..200 {
        if page.text_of("#said").contains(words) {
            return;
        }
        page.eval("new Promise((go) => requestAnimationFrame(() => go(1)))");
    }
    panic!("“{words}” is not said: {}", page.text_of("#said"));
}

#[test]
fn every_record_is_found_by_words_without_capitals_and_accents() {
    let (_dir, url) = page(2_500);
    let page = Page::open(View::PHONE.offline());
    page.goto(&url);
    assert_eq!(page.axe(), []);
    assert!(page.fits(), "wider than the window");
    assert_eq!(page.complaints(), Vec::<String>::new());
    assert!(page.text().contains("This was searched to the end, and nothing is held."));
    // Far down the page, and not yet drawn.
    assert!(page.count("article") < 1_000, "{} are drawn at once", page.count("article"));
    page.fill("Search all records", "note 2417");
    said(&page, "1 record found, of 2,503.");
    assert_eq!(page.texts("#found h3"), ["People"]);
    assert!(page.text_of("#found article").contains("Note 2417 about the kitchen window &amp; \"door\""));
    assert_eq!(page.axe(), []);
    assert!(page.fits(), "wider than the window");
    assert_eq!(page.complaints(), Vec::<String>::new());
    for (query, count) in [
        ("LUKASZ wisniewski", "2 records found"),
        ("محمد", "2 records found"),
        ("third-party", "2 records found"),
        ("<b>twice</b>", "2 records found"),
        ("kitchen", "2,501 records found"),
        ("november", "2,503 records found"),
        ("nobody like this", "No record found"),
    ] {
        page.fill("Search all records", query);
        said(&page, count);
    }
    page.fill("Search all records", "");
    page.choose("Kind of record", "1");
    said(&page, "3 records found");
    page.tick("Only records where something is withheld");
    said(&page, "1 record found");
    page.button("Clear");
    said(&page, "");
    page.wait("#all:not([hidden])");
    // The button in the place of a chunk that is not drawn, by the keyboard.
    let button =
        "[...document.querySelectorAll('button')].find(it => it.textContent === 'Show records 2,401 to 2,500')";
    page.eval(&format!("{button}.focus()"));
    page.press(&["Enter"]);
    page.wait("h4:focus");
    assert_eq!(page.focus().0.to_lowercase(), "h4");
    assert!(page.focus().2.starts_with("2,401."), "{:?}", page.focus());
}

#[test]
fn without_scripts_every_record_is_there_to_read() {
    let (_dir, url) = page(2_500);
    for view in [View::PHONE, View::DESKTOP] {
        let page = Page::open(view.offline().without_javascript());
        page.goto(&url);
        assert!(!page.visible("#search"));
        // What lies far below the window is not laid out, but it is there.
        let text = page.html();
        assert!(text.contains("Note 2500 about the kitchen window"));
        assert!(text.contains("Łukasz Wiśniewski") && text.contains("Withheld: THIRD-PARTY"));
        assert_eq!(page.count("article"), 2_503);
    }
    let small = self::page(20);
    let page = Page::open(View::PHONE.offline().without_javascript());
    page.goto(&small.1);
    assert_eq!(page.count("article"), 23);
}

/// Up to a thousand records all are drawn at once, for the browser's own find.
#[test]
fn a_small_answer_is_drawn_at_once_and_is_accessible() {
    let (_dir, url) = page(150);
    for view in [View::DESKTOP, View::PHONE] {
        let page = Page::open(view.offline());
        page.goto(&url);
        assert_eq!(page.count("article"), 153);
        assert!(!page.has(".chunk button"));
        assert_eq!(page.axe(), []);
        assert!(page.fits(), "wider than the window");
        assert_eq!(page.complaints(), Vec::<String>::new());
        assert!(page.visible("#search"));
        assert!(page.text().contains("What the labels mean"));
    }
}
