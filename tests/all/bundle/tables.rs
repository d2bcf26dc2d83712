//! The tables for spreadsheets, and texts that are redacted in part, in every form.

use rightsdesk::bundle::write_bundle;
use rightsdesk::files::spool::Rules;
use rightsdesk::review::{Cut, Span, text_hash};

use super::{cover, entry};
use crate::gather::place::{Kind, Place, by_email, gathered, map};

const MAP: &str = "
dataset:
  - fides_key: site
    name: Site
    collections:
      - name: notes
        rightsdesk: {label: Notes, match: {email: email}}
        fields:
          - {name: id, rightsdesk: {label: Number}}
          - {name: email, rightsdesk: {label: E-mail}}
          - {name: body, rightsdesk: {label: \"=Words\"}}
          - {name: balance, rightsdesk: {label: Balance}}
";

/// Reads the table back as a spreadsheet does.
fn table(zip: &[u8]) -> Vec<Vec<String>> {
    let bytes = entry(zip, "csv/01-site.notes.csv");
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    assert!(text.ends_with(b"\r\n"), "RFC 4180 ends a line with CR LF");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_holds_every_record_and_runs_nothing() {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, email TEXT, body TEXT, balance REAL);
         INSERT INTO notes VALUES (1, 'ann@example.org', '=cmd|'' /C calc''!A0', -1.5),
           (2, 'ann@example.org', 'two' || char(13, 10) || 'lines, with \"quotes\"', NULL),
           (3, 'ann@example.org', 'Łódź, محمد 😀', 0.25)",
    );
    let found = gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"));
    let records = found.spool.under(Rules::default()).unwrap();
    let table = table(&write_bundle(Vec::new(), &cover(), &records).unwrap());
    let expected = [
        ["Record", "Number", "E-mail", "'=Words", "Balance"],
        ["notes/1", "1", "ann@example.org", "'=cmd|' /C calc'!A0", "-1.5"],
        ["notes/2", "2", "ann@example.org", "two\r\nlines, with \"quotes\"", ""],
        ["notes/3", "3", "ann@example.org", "Łódź, محمد 😀", "0.25"],
    ];
    assert_eq!(table, expected);
}

#[test]
fn a_text_redacted_in_part_is_shown_in_every_form_with_its_code_and_without_its_words() {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, email TEXT, body TEXT, balance REAL);
         INSERT INTO notes VALUES (1, 'ann@example.org', '=Dear Featherstonehaugh, thank you', 12345.5)",
    );
    let found = gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"));
    let cut = |field: &str, span, text: &str| Cut {
        field: field.into(),
        span,
        text_hash: text_hash(text),
        code: "THIRD-PARTY".into(),
    };
    let body = "=Dear Featherstonehaugh, thank you";
    let cuts = vec![cut("body", Some(Span { start: 6, end: 23 }), body), cut("balance", None, "12345.5")];
    let rules = Rules { cuts: [("notes/1".to_owned(), cuts)].into(), ..Rules::default() };
    let zip = write_bundle(Vec::new(), &cover(), &found.spool.under(rules).unwrap()).unwrap();
    let row = &table(&zip)[1];
    assert_eq!(row[3], "'=Dear [Withheld: THIRD-PARTY], thank you");
    assert_eq!(row[4], "[Withheld: THIRD-PARTY]");
    let html = String::from_utf8(entry(&zip, "index.html")).unwrap();
    assert!(html.contains("=Dear <b class=\"cut\">Withheld: THIRD-PARTY</b>, thank you"), "{html}");
    let words = crate::pdf::words_of(&entry(&zip, "disclosure.pdf"));
    assert!(words.contains("=Dear Withheld: THIRD-PARTY , thank you"), "{words}");
    assert!(words.contains("Withheld: THIRD-PARTY (in 2 places)"), "{words}");
    let schema = serde_json::from_slice(&entry(&zip, "records.schema.json")).unwrap();
    let records = serde_json::from_slice(&entry(&zip, "records.json")).unwrap();
    assert!(jsonschema::draft202012::new(&schema).unwrap().is_valid(&records));
    assert_eq!(crate::harness::traces::traces(&zip, "Featherstonehaugh"), std::collections::BTreeSet::new());
}
