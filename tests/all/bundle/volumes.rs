//! A long answer in volumes.

use rightsdesk::bundle::{Bundle, BundleError, CollectionReport, Column, ColumnKind, Record, RecordSource, Status};
use serde_json::value::RawValue;

use super::{cover, entries, entry};
use crate::pdf::{checks, keep, page_words_of, rows_of, words_of};

/// Two collections in two datasets: one that takes many pages as a table, one that takes many as cards.
struct Long(Vec<CollectionReport>);

impl Long {
    fn new() -> Self {
        let report = |dataset: &str, label: &str, columns: usize| CollectionReport {
            source: dataset.into(),
            dataset: dataset.into(),
            dataset_label: format!("The {dataset}"),
            collection: label.to_lowercase(),
            label: label.into(),
            purpose: "To run the service".into(),
            lawful_basis: String::new(),
            recipients: vec![],
            retention: None,
            origin: String::new(),
            automated_decisions: String::new(),
            transfers: String::new(),
            status: Status::Found,
            problem: None,
            found: 150,
            disclosed: 150,
            withheld: vec![],
            searched_for: vec![],
            columns: (0..columns)
                .map(|n| Column { name: format!("c{n}"), label: format!("Column {n}"), kind: ColumnKind::Text })
                .collect(),
            never_disclosed: vec![],
        };
        Self(vec![report("office", "Letters", 3), report("archive", "Visits", 40)])
    }
}

impl RecordSource for Long {
    fn collections(&self) -> &[CollectionReport] {
        &self.0
    }

    fn bytes_hint(&self) -> u64 {
        1_000_000
    }

    fn replay(
        &self,
        index: usize,
        each: &mut dyn FnMut(&Record) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        let report = &self.0[index];
        for number in 1..=report.disclosed {
            let fields: Vec<String> = report
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    let redacted = r#"{"redacted":"THIRD-PARTY"}"#.to_owned();
                    let value =
                        if at == 1 && number == 149 { redacted } else { format!("\"mark{index}x{number}x{at}\"") };
                    format!("\"{}\":{value}", column.name)
                })
                .collect();
            let fields = RawValue::from_string(format!("{{{}}}", fields.join(","))).unwrap();
            each(&Record { id: format!("{}/{number}", report.collection), matched_on: vec!["email".into()], fields })?;
        }
        Ok(())
    }
}

#[test]
fn a_long_answer_comes_in_volumes_with_common_contents() {
    let (records, cover) = (Long::new(), cover());
    let write = || Bundle::new(&cover, &records).volumes_of(4).write(Vec::new()).unwrap();
    let zip = write();
    assert!(zip == write(), "the same bytes again");
    let all = entries(&zip);
    let volumes: Vec<&(String, Vec<u8>)> = all.iter().filter(|(name, _)| name.starts_with("disclosure-")).collect();
    assert!(volumes.len() > 5, "{} volumes", volumes.len());
    for (at, (name, pdf)) in volumes.iter().enumerate() {
        assert_eq!(*name, format!("disclosure-{:02}.pdf", at + 1));
        let path = keep(&format!("volume-{:02}.pdf", at + 1), pdf);
        checks(&path);
        let words = words_of(pdf);
        assert!(words.contains(&format!("Volume {} of the answer", at + 1)), "{words}");
        let about_four = words.contains("Page 1 of 4") || words.contains("Page 1 of 5");
        assert!(about_four || at + 1 == volumes.len(), "{name} is about four pages");
    }
    // Every record is in one volume and no other, in its order.
    let texts: Vec<String> = volumes.iter().map(|(_, pdf)| words_of(pdf)).collect();
    let whole = texts.join(" ");
    let mut after = 0;
    for index in 0..2 {
        for number in 1..=150 {
            let mark = format!("mark{index}x{number}x0");
            let places: Vec<usize> =
                whole.split(' ').enumerate().filter(|(_, word)| *word == mark).map(|(at, _)| at).collect();
            assert_eq!(places.len(), 1, "{mark}");
            assert!(places[0] > after, "{mark}");
            after = places[0];
        }
    }
    // The contents say the volume and the page where each begins.
    let front = entry(&zip, "disclosure.pdf");
    checks(&keep("volume-front.pdf", &front));
    let words = rows_of(&front);
    assert!(words.contains("Dear Ann <Smith>") && words.contains("Withheld: THIRD-PARTY (in 2 places)"), "{words}");
    for (at, label) in ["Letters", "Visits"].into_iter().enumerate() {
        let rest = words.split(&format!("{label} 150 records ")).nth(1).unwrap_or_else(|| panic!("{label}: {words}"));
        let mut rest = rest.split(' ');
        let (file, page) = (rest.next().unwrap(), rest.next().unwrap().parse::<u32>().unwrap());
        let found = page_words_of(&entry(&zip, file), page);
        assert!(found.contains(label) && found.contains(&format!("mark{at}x1x0")), "{file} page {page}: {found}");
    }
    let readme = String::from_utf8(entry(&zip, "README.txt")).unwrap();
    assert!(readme.contains("disclosure-01.pdf"), "{readme}");
    let letter = words_of(&entry(&zip, "letter.pdf"));
    assert!(letter.contains("disclosure-01.pdf and the volumes after it"), "{letter}");
}

#[test]
fn a_short_answer_is_one_document() {
    let (records, cover) = (Long::new(), cover());
    let zip = Bundle::new(&cover, &records).write(Vec::new()).unwrap();
    assert!(entries(&zip).iter().all(|(name, _)| !name.starts_with("disclosure-")));
    assert!(words_of(&entry(&zip, "disclosure.pdf")).contains("mark1x150x0"));
}
