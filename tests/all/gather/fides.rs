//! A dataset file in the shape that Fides's users have, unchanged: the rows are those that following its references
//! by hand gives, no more and no fewer.

use rightsdesk::bundle::Status;

use super::place::{EVERY, Gathered, Kind, Place, by_email, gathered, map};

/// Keys as such files have them: the older `fidesops_meta`, masking rules, lengths, namespaces, capital `True`.
const SHOP: &str = r#"
dataset:
  - fides_key: corner_shop
    organization_fides_key: default_organization
    name: Corner shop
    description: A shop of related tables.
    meta: null
    data_categories: null
    data_qualifier: aggregated.anonymized.unlinked_pseudonymized.pseudonymized.identified
    fides_meta:
      after: []
      resource_id: null
    collections:
      - name: address
        fields:
          - name: city
            data_categories: [user.contact.address.city]
          - name: id
            data_categories: [system.operations]
            fides_meta:
              primary_key: True
          - name: zip
            data_categories: [user.contact.address.postal_code]
      - name: customer
        fides_meta:
          after: [corner_shop.address]
          skip_processing: false
        fields:
          - name: address_id
            data_categories: [system.operations]
            fidesops_meta:
              references:
                - dataset: corner_shop
                  field: address.id
                  direction: to
          - name: email
            data_categories: [user.contact.email]
            fidesops_meta:
              identity: email
              data_type: string
          - name: id
            data_categories: [user.unique_id]
            fidesops_meta:
              primary_key: True
          - name: name
            data_categories: [user.name]
            fides_meta:
              data_type: string
              length: 40
              masking_strategy_override:
                strategy: random_string_rewrite
                configuration: {length: 5}
      - name: employee
        fields:
          - name: address_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: address.id, direction: to}
          - name: email
            fides_meta: {identity: email, data_type: string}
          - name: id
            fides_meta: {primary_key: True}
          - name: manager_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: employee.id, direction: to}
      - name: login
        fields:
          - name: customer_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: customer.id, direction: from}
          - name: id
            fides_meta: {primary_key: True}
          - name: time
            data_categories: [user.sensor]
      - name: orders
        fields:
          - name: customer_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: customer.id, direction: from}
          - name: id
            fides_meta: {primary_key: True}
          - name: shipping_address_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: address.id, direction: to}
      - name: order_item
        fields:
          - name: order_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: orders.id, direction: from}
          - name: product_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: product.id, direction: to}
          - name: quantity
      - name: product
        fields:
          - name: id
            fides_meta: {primary_key: True}
          - name: name
          - name: price
      - name: service_request
        fields:
          - name: alt_email
            fides_meta: {identity: email, data_type: string}
          - name: email
            fides_meta: {identity: email, data_type: string}
          - name: employee_id
            fides_meta:
              references:
                - {dataset: corner_shop, field: employee.id, direction: from}
          - name: id
            fides_meta: {primary_key: True}
      - name: visit
        fields:
          - name: email
            fides_meta: {identity: email, data_type: string}
          - name: last_visit
      - name: island
        fields:
          - name: id
            fides_meta: {primary_key: True}
      - name: device
        fields:
          - name: id
            fides_meta: {primary_key: True, identity: fides_user_device_id}
"#;

const TABLES: &str = r"
CREATE TABLE address (id INTEGER PRIMARY KEY, city TEXT, zip VARCHAR(8));
CREATE TABLE customer (id INTEGER PRIMARY KEY, email VARCHAR(100), name TEXT, address_id BIGINT, secret TEXT);
CREATE TABLE employee (id INTEGER PRIMARY KEY, email TEXT, address_id INTEGER, manager_id INTEGER);
CREATE TABLE login (id INTEGER PRIMARY KEY, customer_id INTEGER, time TIMESTAMP);
CREATE TABLE orders (id VARCHAR(40) PRIMARY KEY, customer_id INTEGER, shipping_address_id INTEGER);
CREATE TABLE order_item (order_id VARCHAR(40), product_id VARCHAR(40), quantity INTEGER, PRIMARY KEY (order_id, product_id));
CREATE TABLE product (id VARCHAR(40) PRIMARY KEY, name TEXT, price NUMERIC(10, 2));
CREATE TABLE service_request (id VARCHAR(40) PRIMARY KEY, email TEXT, alt_email TEXT, employee_id INTEGER);
CREATE TABLE visit (email TEXT, last_visit TIMESTAMP);
CREATE TABLE island (id INTEGER PRIMARY KEY);
CREATE TABLE device (id VARCHAR(40) PRIMARY KEY);
INSERT INTO address VALUES (1, 'Preston', 'PR1'), (2, 'Burnley', 'BB11'), (3, 'Lancaster', 'LA1'), (4, 'Chorley', 'PR7'),
  (5, 'Nelson', 'BB9');
INSERT INTO customer VALUES (1, 'jane@shop.example', 'Jane', 1, 'x'), (2, 'john@shop.example', 'John', 2, 'y'),
  (3, ' JANE@Shop.Example', 'Jane again', NULL, 'z');
INSERT INTO employee VALUES (1, 'jane@shop.example', 4, 2), (2, 'boss@shop.example', 5, 3),
  (3, 'owner@shop.example', 1, 3), (4, 'other@shop.example', 2, 2);
INSERT INTO login VALUES (1, 1, '2026-01-01 08:00:00'), (2, 1, NULL), (3, 2, '2026-01-02 08:00:00'), (4, 3, NULL);
INSERT INTO orders VALUES ('o1', 1, 3), ('o2', 2, 1), ('o3', 1, 1), ('o4', 3, NULL), ('o5', NULL, 1);
INSERT INTO order_item VALUES ('o1', 'p1', 1), ('o1', 'p2', 2), ('o2', 'p1', 3), ('o3', 'p1', 4), ('o5', 'p3', 5);
INSERT INTO product VALUES ('p1', 'Tea', 1.10), ('p2', 'Milk', 0.95), ('p3', 'Bread', 2);
INSERT INTO service_request VALUES ('s1', 'john@shop.example', NULL, 1), ('s2', 'x@shop.example', 'JANE@shop.example', 4),
  ('s3', 'john@shop.example', NULL, 4), ('s4', 'jane@shop.example', 'jane@shop.example', 2), ('s5', '', '', NULL),
  ('s6', 'john@shop.example', NULL, 3);
INSERT INTO visit VALUES ('jane@shop.example', '2026-01-01 08:00:00'), ('jane@shop.example', '2026-01-01 08:00:00'),
  ('john@shop.example', '2026-01-01 08:00:00'), ('Jane@shop.example', NULL);
INSERT INTO island VALUES (1);
";

/// Each collection followed by hand.
const BY_HAND: [(&str, &str); 8] = [
    ("customer", "SELECT CAST(id AS TEXT) AS value FROM customer WHERE lower(trim(email)) = 'jane@shop.example'"),
    // The employee, and along the chain of managers.
    (
        "employee",
        "WITH RECURSIVE up(id, manager_id) AS (
           SELECT id, manager_id FROM employee WHERE lower(trim(email)) = 'jane@shop.example'
           UNION SELECT e.id, e.manager_id FROM employee e JOIN up ON e.id = up.manager_id)
         SELECT CAST(id AS TEXT) AS value FROM up",
    ),
    (
        "login",
        "SELECT CAST(l.id AS TEXT) AS value FROM login l JOIN customer c ON c.id = l.customer_id
         WHERE lower(trim(c.email)) = 'jane@shop.example'",
    ),
    (
        "orders",
        "SELECT o.id AS value FROM orders o JOIN customer c ON c.id = o.customer_id
         WHERE lower(trim(c.email)) = 'jane@shop.example'",
    ),
    (
        "order_item",
        "SELECT i.order_id || ',' || i.product_id AS value FROM order_item i JOIN orders o ON o.id = i.order_id
         JOIN customer c ON c.id = o.customer_id WHERE lower(trim(c.email)) = 'jane@shop.example'",
    ),
    (
        "product",
        "SELECT DISTINCT i.product_id AS value FROM order_item i JOIN orders o ON o.id = i.order_id
         JOIN customer c ON c.id = o.customer_id WHERE lower(trim(c.email)) = 'jane@shop.example'",
    ),
    (
        "service_request",
        "WITH RECURSIVE up(id, manager_id) AS (
           SELECT id, manager_id FROM employee WHERE lower(trim(email)) = 'jane@shop.example'
           UNION SELECT e.id, e.manager_id FROM employee e JOIN up ON e.id = up.manager_id)
         SELECT s.id AS value FROM service_request s WHERE lower(trim(s.email)) = 'jane@shop.example'
           OR lower(trim(s.alt_email)) = 'jane@shop.example' OR s.employee_id IN (SELECT id FROM up)",
    ),
    (
        "address",
        "WITH RECURSIVE up(id, manager_id, address_id) AS (
           SELECT id, manager_id, address_id FROM employee WHERE lower(trim(email)) = 'jane@shop.example'
           UNION SELECT e.id, e.manager_id, e.address_id FROM employee e JOIN up ON e.id = up.manager_id)
         SELECT CAST(id AS TEXT) AS value FROM address WHERE id IN (SELECT address_id FROM up)
           OR id IN (SELECT address_id FROM customer WHERE lower(trim(email)) = 'jane@shop.example')
           OR id IN (SELECT o.shipping_address_id FROM orders o JOIN customer c ON c.id = o.customer_id
                     WHERE lower(trim(c.email)) = 'jane@shop.example')",
    ),
];

fn jane(kind: Kind) -> (Place, Gathered) {
    let place = Place::new(kind, TABLES);
    let found = gathered(&map(SHOP), &[place.source("corner_shop")], &by_email("Jane@Shop.example "));
    (place, found)
}

#[test]
fn a_dataset_file_returns_the_rows_that_following_it_by_hand_gives() {
    for kind in EVERY {
        let (place, found) = jane(kind);
        for (collection, by_hand) in BY_HAND {
            let expected = place.values(by_hand);
            assert!(!expected.is_empty(), "{collection}: the test has nothing to find");
            assert_eq!(found.ids(collection), expected, "{kind:?} {collection}");
        }
    }
}

#[test]
fn equal_rows_without_a_key_are_all_found_once() {
    for kind in EVERY {
        let (_place, found) = jane(kind);
        assert_eq!(found.ids("visit").len(), 3, "{kind:?}");
    }
}

#[test]
fn a_row_found_twice_stands_once_with_every_reason() {
    for kind in EVERY {
        let (_place, found) = jane(kind);
        assert_eq!(found.matched_on("service_request/s4"), ["email", "employee.id"], "{kind:?}");
        assert_eq!(
            found.matched_on("address/1"),
            ["customer.address_id", "employee.address_id", "orders.shipping_address_id"],
            "{kind:?}"
        );
    }
}

#[test]
fn what_the_map_does_not_name_is_not_given_out() {
    for kind in EVERY {
        let (_place, found) = jane(kind);
        let (_, _, fields) = &found.disclosed(Default::default())["customer"][0];
        let names: Vec<&str> = fields.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["address_id", "email", "id", "name"], "{kind:?}");
    }
}

#[test]
fn a_collection_that_nothing_leads_to_is_reported() {
    for kind in EVERY {
        let (_place, found) = jane(kind);
        let island = found.report("island");
        assert_eq!(island.status, Status::NotReached);
        assert!(island.problem.unwrap().contains("no identity and no reference"));
        let device = found.report("device");
        assert_eq!(device.status, Status::NotReached);
        assert!(device.problem.unwrap().contains("`fides_user_device_id`"));
    }
}

#[test]
fn nobody_known_is_nothing_held() {
    for kind in EVERY {
        let place = Place::new(kind, TABLES);
        let found = gathered(&map(SHOP), &[place.source("corner_shop")], &by_email("nobody@shop.example"));
        for collection in ["customer", "orders", "address", "visit", "service_request"] {
            let report = found.report(collection);
            assert_eq!((report.status, report.found), (Status::NothingHeld, 0), "{kind:?} {collection}");
        }
    }
}

#[test]
fn references_cross_from_one_database_to_another() {
    let shop = Place::new(Kind::Postgres, TABLES);
    let crm = Place::new(
        Kind::Sqlite,
        "CREATE TABLE details (customer_id TEXT, note TEXT);
         INSERT INTO details VALUES ('1', 'hers'), ('2', 'his'), (3, 'hers, as a number'), ('x', 'nobody''s');
         CREATE TABLE comments (id INTEGER PRIMARY KEY, order_id TEXT);
         INSERT INTO comments VALUES (1, 'o1'), (2, 'o2'), (3, NULL);",
    );
    let both = format!(
        "{SHOP}
  - fides_key: crm
    name: CRM
    collections:
      - name: details
        fields:
          - name: customer_id
            fides_meta: {{references: [{{dataset: corner_shop, field: customer.id, direction: from}}]}}
          - name: note
      - name: comments
        fields:
          - name: id
          - name: order_id
            fides_meta: {{references: [{{dataset: corner_shop, field: orders.id, direction: from}}]}}
"
    );
    let sources = [shop.source("corner_shop"), crm.source("crm")];
    let found = gathered(&map(&both), &sources, &by_email("jane@shop.example"));
    let notes: Vec<String> = found.disclosed(Default::default())["details"]
        .iter()
        .map(|(_, _, fields)| fields["note"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(notes.len(), 2);
    assert!(notes.contains(&"hers".to_owned()) && notes.contains(&"hers, as a number".to_owned()));
    assert_eq!(found.ids("comments"), ["1"]);
    assert_eq!(found.matched_on("comments/1"), ["corner_shop.orders.id"]);
}
