//! Which values find a person.

use chrono::NaiveDate;
use rightsdesk::files::spool::Rules;
use rightsdesk::subject::{Identifier, IdentifierKind, Subject, Verified};

use super::place::{EVERY, Kind, Place, by_email, gathered, map, person};

const PEOPLE: &str = "
dataset:
  - fides_key: d
    collections:
      - name: people
        rightsdesk:
          match: {name: name, date_of_birth: born, postcode: postcode}
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
          - {name: phone, fides_meta: {identity: phone_number}}
          - {name: name}
          - {name: born}
          - {name: postcode}
";

/// Identifier, e-mail address, telephone number, name, date of birth, postcode.
type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>, &'a str, Option<&'a str>, &'a str);

fn people(kind: Kind, rows: &[Row<'_>]) -> Place {
    let place = Place::new(
        kind,
        "CREATE TABLE people (id VARCHAR(40) PRIMARY KEY, email TEXT, phone TEXT, name TEXT, born DATE, postcode TEXT)",
    );
    let text = |value: &str| format!("'{}'", value.replace('\'', "''"));
    let maybe = |value: &Option<&str>| value.map_or("NULL".to_owned(), text);
    for (id, email, phone, name, born, postcode) in rows {
        place.run(&format!(
            "INSERT INTO people VALUES ({}, {}, {}, {}, {}, {})",
            text(id),
            maybe(email),
            maybe(phone),
            text(name),
            maybe(born),
            text(postcode)
        ));
    }
    place
}

#[test]
fn an_email_address_is_found_in_every_case_and_padding_and_in_no_other() {
    let table = [
        ("plain", "ann.smith@example.org", true),
        ("upper", "ANN.SMITH@EXAMPLE.ORG", true),
        ("padded", "  Ann.Smith@Example.org ", true),
        ("tab", "\tann.smith@example.org\t", true),
        ("newline", "ann.smith@example.org\r\n", true),
        ("nbsp", "\u{a0}ann.smith@example.org\u{a0}", true),
        ("ideographic", "\u{3000}ann.smith@example.org", true),
        ("longer", "joann.smith@example.org", false),
        ("tail", "ann.smith@example.org.uk", false),
        ("any", "ann%smith@example.org", false),
        ("one", "ann_smith@example.org", false),
        ("inner", "ann. smith@example.org", false),
        ("two", "ann.smith@example.org, bob@example.org", false),
        ("zero", "ann.smith@example.org\u{200b}", false),
        ("empty", "", false),
    ];
    for kind in EVERY {
        let rows: Vec<_> = table.iter().map(|(id, email, _)| (*id, Some(*email), None, "", None, "")).collect();
        let place = people(kind, &rows);
        let found = gathered(&map(PEOPLE), &[place.source("d")], &by_email(" ann.SMITH@example.org"));
        let mut expected: Vec<&str> = table.iter().filter(|(.., theirs)| *theirs).map(|(id, ..)| *id).collect();
        expected.sort_unstable();
        assert_eq!(found.ids("people"), expected, "{kind:?}");
    }
}

/// SQLite and PostgreSQL under the C locale lower ASCII letters only.
#[test]
fn letters_beyond_ascii_have_no_case_either() {
    for kind in EVERY {
        let rows = [
            ("1", Some("ÉLISE.MÜLLER@EXAMPLE.ORG"), None, "", None, ""),
            ("2", Some("élise.müller@example.org"), None, "", None, ""),
            ("3", Some("elise.muller@example.org"), None, "", None, ""),
            ("4", Some("ЮЛИЯ@ПРИМЕР.РФ"), None, "", None, ""),
        ];
        let place = people(kind, &rows);
        let one = gathered(&map(PEOPLE), &[place.source("d")], &by_email("Élise.Müller@example.org"));
        assert_eq!(one.ids("people"), ["1", "2"], "{kind:?}");
        let other = gathered(&map(PEOPLE), &[place.source("d")], &by_email("юлия@пример.рф"));
        assert_eq!(other.ids("people"), ["4"], "{kind:?}");
    }
}

#[test]
fn two_addresses_of_one_person_are_both_searched() {
    for kind in EVERY {
        let rows = [
            ("1", Some("ann@home.example"), None, "", None, ""),
            ("2", Some("ann@work.example"), None, "", None, ""),
            ("3", Some("bob@work.example"), None, "", None, ""),
        ];
        let place = people(kind, &rows);
        let email = IdentifierKind::Email;
        let subject = person(&[(email, "ann@home.example"), (email, "Ann@Work.example")]);
        let found = gathered(&map(PEOPLE), &[place.source("d")], &subject);
        assert_eq!(found.ids("people"), ["1", "2"], "{kind:?}");
        assert_eq!(found.report("people").searched_for[0].values, 2);
    }
}

#[test]
fn a_telephone_number_is_found_in_every_writing_and_in_no_other() {
    let table = [
        ("spaced", "07700 900123", true),
        ("international", "+44 (0)7700 900123", true),
        ("dashes", "0044-7700-900-123", true),
        ("other", "07700 900124", false),
        ("longer", "07700 9001234", false),
        ("empty", "", false),
    ];
    for kind in EVERY {
        let rows: Vec<_> = table.iter().map(|(id, phone, _)| (*id, None, Some(*phone), "", None, "")).collect();
        let place = people(kind, &rows);
        let subject = person(&[(IdentifierKind::Phone, "+447700900123")]);
        let found = gathered(&map(PEOPLE), &[place.source("d")], &subject);
        let mut expected: Vec<&str> = table.iter().filter(|(.., theirs)| *theirs).map(|(id, ..)| *id).collect();
        expected.sort_unstable();
        assert_eq!(found.ids("people"), expected, "{kind:?}");
        assert_eq!(found.matched_on("people/spaced"), ["phone"]);
    }
}

#[test]
fn agreeing_particulars_make_a_candidate_and_never_more() {
    for kind in EVERY {
        let rows = [
            ("certain", Some("ann@example.org"), None, "Ann Smith", Some("1980-05-17"), "PR1 2AB"),
            ("born", Some("x@example.org"), None, " ANN  smith", Some("1980-05-17"), ""),
            ("lives", None, None, "Ann Smith", None, "pr12ab"),
            ("slip", None, None, "Ann Smith", Some("1981-05-17"), "LA1 1AA"),
            ("like", None, None, "Ann Smythe", Some("1980-05-17"), "PR1 2AB"),
            ("neighbour", None, None, "Bob Jones", Some("1971-02-03"), "PR1 2AB"),
            ("birthday", None, None, "Cal Brown", Some("1980-05-17"), "LA1 1AA"),
            ("namesake", None, None, "Ann Brown", Some("1950-01-30"), "LA1 1AA"),
        ];
        let place = people(kind, &rows);
        let subject = Verified::vouch(Subject {
            claimed: vec![],
            name: "Ann Smith".into(),
            date_of_birth: NaiveDate::from_ymd_opt(1980, 5, 17),
            identifiers: [(IdentifierKind::Email, "ann@example.org"), (IdentifierKind::Postcode, "PR1 2AB")]
                .map(|(kind, value)| Identifier { kind, value: value.into() })
                .into(),
        });
        let found = gathered(&map(PEOPLE), &[place.source("d")], &subject);
        assert_eq!(found.ids("people"), ["certain"], "{kind:?}");
        assert_eq!(found.matched_on("people/born"), ["name", "date_of_birth"]);
        let report = found.report("people");
        assert_eq!((report.found, report.disclosed), (5, 1));
        assert!(report.withheld.iter().all(|w| w.reason.starts_with("probably theirs: name")), "{report:?}");
        let included = found.disclosed(Rules { include_possible: true, ..Rules::default() });
        let ids: Vec<&str> = included["people"].iter().map(|(id, ..)| id.as_str()).collect();
        let expected = ["people/born", "people/certain", "people/like", "people/lives", "people/slip"];
        assert_eq!(ids, expected, "{kind:?}");
    }
}

#[test]
fn a_number_column_can_hold_a_telephone_number_and_a_text_column_a_date() {
    for kind in EVERY {
        let place = Place::new(
            kind,
            "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, phone BIGINT, name TEXT, born TEXT, postcode TEXT);
             INSERT INTO people VALUES (1, NULL, 447700900123, 'Ann', '1980-05-17', ''), (2, NULL, 447700900124, '', '', '')",
        );
        let found = gathered(&map(PEOPLE), &[place.source("d")], &person(&[(IdentifierKind::Phone, "07700900123")]));
        assert_eq!(found.ids("people"), ["1"], "{kind:?}");
    }
}
