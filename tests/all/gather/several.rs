//! References of several keys: arrays of keys, and keys of several columns.

use super::place::{EVERY, Kind, Place, by_email, gathered, map};

#[test]
fn the_keys_in_an_array_lead_on_and_are_led_to() {
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: accounts
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: tags, fides_meta: {references: [{dataset: d, field: topics.id, direction: to}]}}
      - name: topics
        fields: [{name: id}, {name: title}]
      - name: rooms
        fields:
          - {name: id}
          - {name: members, fides_meta: {references: [{dataset: d, field: accounts.id, direction: from}]}}
";
    for kind in EVERY {
        let (of_text, of_numbers) = match kind {
            Kind::Postgres => ("text[]", "integer[]"),
            Kind::Sqlite | Kind::Mariadb => ("JSON", "JSON"),
        };
        let (tags, both, other, none) = match kind {
            Kind::Postgres => ("ARRAY['a,1', 'b', NULL]", "ARRAY[2, 1]", "ARRAY[2]", "NULL"),
            Kind::Sqlite | Kind::Mariadb => (r#"'["a,1", "b", null]'"#, "'[2, 1]'", "'[2]'", "'[]'"),
        };
        let place = Place::new(
            kind,
            &format!(
                "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(60), tags {of_text});
                 CREATE TABLE topics (id VARCHAR(9) PRIMARY KEY, title VARCHAR(9));
                 CREATE TABLE rooms (id INTEGER PRIMARY KEY, members {of_numbers});
                 INSERT INTO accounts VALUES (1, 'ann@example.org', {tags}), (2, 'bob@example.org', NULL);
                 INSERT INTO topics VALUES ('a,1', 'x'), ('b', 'y'), ('a', 'z');
                 INSERT INTO rooms VALUES (1, {both}), (2, {other}), (3, {none})"
            ),
        );
        let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
        assert_eq!(found.report("topics").found, 2, "{kind:?} {:?}", found.report("topics"));
        assert_eq!(found.ids("rooms"), ["1"], "{kind:?} {:?}", found.report("rooms"));
    }
}

#[test]
fn of_a_key_of_several_columns_all_agree_in_one_row() {
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: order_lines
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: site}
          - {name: n}
          - {name: email, fides_meta: {identity: email}}
      - name: parcels
        rightsdesk:
          references:
            - fields: [site, line]
              to: {collection: order_lines, fields: [site, n]}
              direction: from
        fields: [{name: id}, {name: site}, {name: line}]
";
    for kind in EVERY {
        let place = Place::new(
            kind,
            "CREATE TABLE order_lines (id INTEGER PRIMARY KEY, site VARCHAR(9), n INTEGER, email VARCHAR(60));
             CREATE TABLE parcels (id INTEGER PRIMARY KEY, site VARCHAR(9), line INTEGER);
             INSERT INTO order_lines VALUES (1, 'a', 1, 'ann@example.org'), (2, 'b', 2, 'ann@example.org'),
               (3, 'a', 2, 'bob@example.org'), (4, 'a', 3, 'ann@example.org'), (5, NULL, 4, 'ann@example.org');
             INSERT INTO parcels VALUES (1, 'a', 1), (2, 'b', 2), (3, 'a', 2), (4, 'b', 1), (5, 'a', 3), (6, NULL, 4),
               (7, 'a', NULL)",
        );
        let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
        assert_eq!(found.ids("parcels"), ["1", "2", "5"], "{kind:?} {:?}", found.report("parcels"));
    }
}
