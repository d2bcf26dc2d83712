//! A request that asks for less than everything: which collections, and from when to when.

use rightsdesk::bundle::Status;
use rightsdesk::files::spool::SpoolWriter;
use rightsdesk::gather::{Asked, Inquiry, Reach, Rulings, Silent, SourceSet, inquire};
use rightsdesk::matching::Model;
use rightsdesk::sources::Limits;

use super::place::{EVERY, Gathered, Kind, Place, by_email, map, vault};

const MAP: &str = "
dataset:
  - fides_key: d
    collections:
      - name: people
        rightsdesk: {match: {email: [email]}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email}
      - name: orders
        rightsdesk: {date: ordered_on}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: person_id
            fides_meta: {references: [{dataset: d, field: people.id, direction: from}]}
          - {name: ordered_on}
      - name: letters
        rightsdesk: {match: {email: [email]}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email}
";

fn place(kind: Kind) -> Place {
    Place::new(
        kind,
        "CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(90));
         INSERT INTO people VALUES (1, 'ann@example.org');
         CREATE TABLE orders (id INTEGER PRIMARY KEY, person_id INTEGER, ordered_on DATE);
         INSERT INTO orders VALUES (1, 1, '2025-12-31'), (2, 1, '2026-01-01'), (3, 1, '2026-06-30'), (4, 1, '2026-07-01'), (5, 1, NULL);
         CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(90));
         INSERT INTO letters VALUES (1, 'ann@example.org')",
    )
}

fn asked_of(place: &Place, asked: &Asked) -> Gathered {
    let datamap = map(MAP);
    let (model, rulings, subject) = (Model::default(), Rulings::default(), by_email("ann@example.org"));
    let inquiry =
        Inquiry { map: &datamap, subject: &subject, model: &model, reach: Reach::default(), rulings: &rulings, asked };
    let mut sources = SourceSet::of(&datamap, &[place.source("d")], Limits::default()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let spool = inquire(&inquiry, &mut sources, SpoolWriter::create_in(dir.path(), vault()).unwrap(), &Silent).unwrap();
    Gathered { dir, spool }
}

fn reasons(found: &Gathered, collection: &str) -> Vec<(String, u64)> {
    found.report(collection).withheld.into_iter().map(|w| (w.reason, w.count)).collect()
}

#[test]
fn other_kinds_are_not_searched_unless_they_lead_to_what_is_asked_for() {
    for kind in EVERY {
        let place = place(kind);
        let asked = Asked { collections: vec!["orders".into()], ..Asked::default() };
        let found = asked_of(&place, &asked);
        assert_eq!(found.ids("orders").len(), 5, "{kind:?}");
        // The person leads to the orders: found, and not given out.
        assert_eq!(found.ids("people"), Vec::<String>::new());
        assert_eq!(
            reasons(&found, "people"),
            [("not asked for: the request names other kinds of records".to_owned(), 1)]
        );
        let letters = found.report("letters");
        assert_eq!((letters.status, letters.found), (Status::NotReached, 0));
        assert!(letters.problem.unwrap().contains("asks for other kinds of records"));
    }
}

#[test]
fn other_dates_are_left_out_and_counted_and_what_has_no_date_is_not() {
    for kind in EVERY {
        let place = place(kind);
        let day = |text: &str| text.parse().ok();
        let asked = Asked { from: day("2026-01-01"), to: day("2026-06-30"), ..Asked::default() };
        let found = asked_of(&place, &asked);
        assert_eq!(found.ids("orders"), ["2", "3", "5"], "{kind:?}");
        assert_eq!(
            reasons(&found, "orders"),
            [("not asked for: its date is outside those that the request names".to_owned(), 2)]
        );
        assert_eq!(found.ids("letters"), ["1"]);
        assert!(found.report("letters").problem.unwrap().contains("names no date here"));
    }
}

#[test]
fn a_name_that_the_map_does_not_have_narrows_nothing() {
    for kind in EVERY {
        let place = place(kind);
        let found = asked_of(&place, &Asked { collections: vec!["emails".into()], ..Asked::default() });
        assert_eq!((found.ids("people").len(), found.ids("orders").len(), found.ids("letters").len()), (1, 5, 1));
    }
}
