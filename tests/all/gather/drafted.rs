//! `rightsdesk map draft` over shapes that nobody here chose: it loads, it fits, and a gather along it finds a person.

use rightsdesk::acts::draft_map;
use rightsdesk::datamap::{Everything, MapFile, check, read};
use rightsdesk::sources::{Limits, Permits, SourceSpec};

use super::place::{EVERY, Place, by_email, gathered};

/// A shop: names with spaces, a composite key, a table that refers to itself, a quotation mark in a name, a lookup table.
const SHOP: &str = r#"
CREATE TABLE "Customer" ("CustomerId" INTEGER PRIMARY KEY, "First Name" VARCHAR(40), "Last Name" VARCHAR(40),
  "E-mail" VARCHAR(60), "Phone" VARCHAR(24), "Postal Code" VARCHAR(10), "Password Hash" VARCHAR(60));
CREATE TABLE "Track" ("TrackId" INTEGER PRIMARY KEY, "Name" VARCHAR(200));
CREATE TABLE "Order Header" ("OrderId" INTEGER PRIMARY KEY, "CustomerId" INTEGER, "Placed On" DATE, "Notes" VARCHAR(200),
  FOREIGN KEY ("CustomerId") REFERENCES "Customer" ("CustomerId"));
CREATE TABLE "Order Line" ("OrderId" INTEGER, "LineNo" INTEGER, "TrackId" INTEGER, "Qty" INTEGER,
  PRIMARY KEY ("OrderId", "LineNo"),
  FOREIGN KEY ("OrderId") REFERENCES "Order Header" ("OrderId"),
  FOREIGN KEY ("TrackId") REFERENCES "Track" ("TrackId"));
CREATE TABLE "Shipment" ("ShipmentId" INTEGER PRIMARY KEY, "OrderId" INTEGER, "LineNo" INTEGER, "odd ""name""" VARCHAR(9),
  FOREIGN KEY ("OrderId", "LineNo") REFERENCES "Order Line" ("OrderId", "LineNo"));
CREATE TABLE "Employee" ("EmployeeId" INTEGER PRIMARY KEY, "ReportsTo" INTEGER, "BirthDate" DATE, "Contact" VARCHAR(60),
  FOREIGN KEY ("ReportsTo") REFERENCES "Employee" ("EmployeeId"));
INSERT INTO "Customer" VALUES (1, 'Ann', 'Lee', 'ann@example.org', '07700 900123', 'SW1A 2AA', 'x'),
  (2, 'Bob', 'Ray', 'bob@example.org', '07700 900456', 'M1 1AE', 'y');
INSERT INTO "Track" VALUES (1, 'A song'), (2, 'Another');
INSERT INTO "Order Header" VALUES (10, 1, '2026-01-02', 'leave it by the door'), (11, 2, '2026-01-03', NULL);
INSERT INTO "Order Line" VALUES (10, 1, 1, 1), (10, 2, 2, 1), (11, 1, 1, 4);
INSERT INTO "Shipment" VALUES (1, 10, 2, NULL), (2, 11, 1, NULL);
INSERT INTO "Employee" VALUES (1, NULL, '1970-01-02', 'eve@example.org'), (2, 1, '1980-03-04', 'ann@example.org');
"#;

fn drafted(place: &Place, look: bool) -> (String, Everything) {
    let spec = SourceSpec {
        name: "shop".into(),
        url: place.url.parse().unwrap(),
        write_url: None,
        limits: Limits::default(),
        permits: Permits::of(1),
    };
    (draft_map(&spec, look).unwrap(), spec.open().everything(&[]).unwrap())
}

#[test]
fn a_draft_loads_fits_its_database_and_finds_a_person() {
    for kind in EVERY {
        let sql = if kind == super::place::Kind::Mariadb {
            SHOP.replace('"', "`").replace("odd ``name``", "odd name")
        } else {
            SHOP.into()
        };
        let place = Place::new(kind, &sql);
        let (text, live) = drafted(&place, true);
        let map =
            read(&[MapFile { name: "shop.yml", text: &text }]).unwrap_or_else(|faults| panic!("{faults}\n{text}"));
        let faults = check(&map, |_| Some(&live.schema));
        assert!(faults.is_empty(), "{kind:?} {faults:?}\n{text}");
        assert!(text.contains("disclose: never") && text.contains("free_text: true"), "{text}");
        assert!(text.contains("refers to `EmployeeId` of the same table"), "{text}");
        assert!(text.contains("- fields: [OrderId, LineNo]"), "{text}");
        let found = gathered(&map, &[place.source("shop")], &by_email("ann@example.org"));
        assert_eq!(found.report("Customer").found, 1, "{kind:?}\n{text}");
        assert_eq!(found.report("Order Header").found, 1, "{kind:?}\n{text}");
        assert_eq!(found.report("Order Line").found, 2, "{kind:?}\n{text}");
        // Of two columns: the shipment of another order's line is not theirs.
        assert_eq!(found.ids("Shipment"), ["1"], "{kind:?}\n{text}");
        // What an order line is of, and not who else bought it.
        assert_eq!(found.report("Track").found, 2, "{kind:?}\n{text}");
        // By the look of its values alone.
        assert_eq!(found.report("Employee").found, 1, "{kind:?}\n{text}");
        let (blind, _) = drafted(&place, false);
        assert!(blind.contains("identity: email") && !blind.contains("owner: [Contact]"), "{blind}");
    }
}

#[test]
fn a_draft_is_written_once_and_never_over_a_file() {
    let place = Place::new(super::place::Kind::Sqlite, SHOP);
    let dir = tempfile::tempdir().unwrap();
    let run = || {
        assert_cmd::Command::cargo_bin("rightsdesk")
            .unwrap()
            .current_dir(dir.path())
            .args(["map", "draft", "--source", &format!("shop={}", place.url), "--out", "shop.yml"])
            .output()
            .unwrap()
    };
    assert_eq!(run().status.code(), Some(0));
    let text = std::fs::read_to_string(dir.path().join("shop.yml")).unwrap();
    assert!(text.contains("fides_key: shop"), "{text}");
    assert_eq!(run().status.code(), Some(1));
}
