//! Values as databases hold them: byte-true through both, and nothing that a source can hold ends the program.

use rightsdesk::bundle::Status;
use rightsdesk::files::spool::Rules;

use super::place::{EVERY, Kind, Place, by_email, gathered, map};

fn one_column(kind: Kind, type_name: &str, literals: &[&str]) -> (Vec<String>, Option<String>) {
    column_in(&Place::new(kind, "SELECT 1"), type_name, literals)
}

fn column_in(place: &Place, type_name: &str, literals: &[&str]) -> (Vec<String>, Option<String>) {
    let mut sql =
        format!("DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT, v {type_name});");
    for (at, literal) in literals.iter().enumerate() {
        sql.push_str(&format!("INSERT INTO t VALUES ({at}, 'ann@example.org', {literal});"));
    }
    place.run(&sql);
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: t
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}, {name: v}]
";
    let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
    let report = found.report("t");
    assert_eq!((report.status, report.found), (Status::Found, literals.len() as u64), "{:?}", report.problem);
    let rows = found.spool.page(0, 1_000, &Rules::default()).unwrap();
    let values = rows
        .iter()
        .map(|row| {
            let fields = row.record.fields.get();
            assert!(!fields.contains('\n'), "a row is one line");
            serde_json::from_str::<serde_json::Value>(fields).unwrap();
            let at = fields.find("\"v\":").unwrap() + 4;
            fields[at..fields.len() - 1].to_owned()
        })
        .collect();
    (values, report.problem)
}

#[test]
fn postgres_values_are_what_the_server_writes() {
    let table: &[(&str, &[(&str, &str)])] = &[
        (
            "NUMERIC",
            &[
                ("1.10", "1.10"),
                ("-0.000", "0.000"),
                ("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"),
                ("'NaN'", "\"NaN\""),
                ("'Infinity'", "\"Infinity\""),
                ("NULL", "null"),
            ],
        ),
        ("BIGINT", &[("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808")]),
        (
            "DOUBLE PRECISION",
            &[("0.1", "0.1"), ("'NaN'", "\"NaN\""), ("'-Infinity'", "\"-Infinity\""), ("1e300", "1e+300")],
        ),
        ("BOOLEAN", &[("true", "true"), ("false", "false"), ("NULL", "null")]),
        ("BYTEA", &[("'\\x00ff'", "\"\\\\x00ff\""), ("''", "\"\\\\x\"")]),
        (
            "DATE",
            &[
                ("'2024-02-29'", "\"2024-02-29\""),
                ("'infinity'", "\"infinity\""),
                ("'0044-03-15 BC'", "\"0044-03-15 BC\""),
            ],
        ),
        ("TIMESTAMPTZ", &[("'2026-06-01 12:00:00+01'", "\"2026-06-01T11:00:00+00:00\"")]),
        ("TIMESTAMP", &[("'2026-06-01 12:00:00.000001'", "\"2026-06-01T12:00:00.000001\"")]),
        ("UUID", &[("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]),
        ("TEXT[]", &[("'{a,NULL,\"b,c\"}'", "[\"a\",null,\"b,c\"]"), ("'{}'", "[]")]),
        ("INT[]", &[("'{{1,2},{3,4}}'", "[[1,2],[3,4]]")]),
        ("JSON", &[("'{\"b\" : 1,\n \"b\": 2}'", "{\"b\" : 1,  \"b\": 2}"), ("'[1.10]'", "[1.10]")]),
        ("JSONB", &[("'{\"n\": 1.10}'", "{\"n\": 1.10}")]),
        ("INTERVAL", &[("'1 year 2 days'", "\"1 year 2 days\"")]),
        ("POINT", &[("'(1,2)'", "\"(1,2)\"")]),
        ("INET", &[("'192.0.2.1/24'", "\"192.0.2.1/24\"")]),
        ("MONEY", &[("1.5", "\"$1.50\"")]),
        ("INT4RANGE", &[("'[1,5)'", "\"[1,5)\"")]),
        ("CHAR(4)", &[("'a'", "\"a   \"")]),
    ];
    let place = Place::new(Kind::Postgres, "SELECT 1");
    for (type_name, cases) in table {
        let literals: Vec<&str> = cases.iter().map(|(literal, _)| *literal).collect();
        let expected: Vec<&str> = cases.iter().map(|(_, expected)| *expected).collect();
        assert_eq!(column_in(&place, type_name, &literals).0, expected, "{type_name}");
    }
}

#[test]
fn mariadb_values_are_what_the_server_holds() {
    let table: &[(&str, &[(&str, &str)])] = &[
        ("DECIMAL(30,9)", &[("1.10", "1.100000000"), ("-0.000", "0.000000000"), ("NULL", "null")]),
        ("DECIMAL(6,2) ZEROFILL", &[("1.1", "\"0001.10\"")]),
        ("BIGINT", &[("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808")]),
        ("BIGINT UNSIGNED", &[("18446744073709551615", "18446744073709551615")]),
        ("FLOAT", &[("0.1", "0.1"), ("16777217", "16777216")]),
        ("DOUBLE", &[("0.1", "0.1"), ("1e300", "1e+300")]),
        ("BOOLEAN", &[("TRUE", "1"), ("FALSE", "0"), ("2", "2")]),
        ("BIT(10)", &[("b'0111111111'", "511")]),
        ("YEAR", &[("2026", "2026"), ("0", "0")]),
        ("BLOB", &[("x'00ff'", "\"\\\\x00ff\""), ("''", "\"\\\\x\"")]),
        ("BINARY(3)", &[("'a'", "\"\\\\x610000\"")]),
        (
            "DATE",
            &[
                ("'2024-02-29'", "\"2024-02-29\""),
                ("'0000-00-00'", "\"0000-00-00\""),
                ("'2020-00-00'", "\"2020-00-00\""),
            ],
        ),
        (
            "DATETIME(6)",
            &[
                ("'2026-06-01 12:00:00.000001'", "\"2026-06-01T12:00:00.000001\""),
                ("'0000-00-00 00:00:00'", "\"0000-00-00T00:00:00.000000\""),
            ],
        ),
        ("DATETIME", &[("'9999-12-31 23:59:59'", "\"9999-12-31T23:59:59\"")]),
        ("TIMESTAMP NULL", &[("'2026-06-01 11:00:00'", "\"2026-06-01T11:00:00+00:00\""), ("NULL", "null")]),
        ("TIME", &[("'-838:59:59'", "\"-838:59:59\""), ("'07:05'", "\"07:05:00\"")]),
        ("TIME(3)", &[("'07:05:01.25'", "\"07:05:01.250\"")]),
        ("JSON", &[("'{\"b\" : 1,\n \"b\": 2.10}'", "{\"b\" : 1,  \"b\": 2.10}"), ("'[\"Ł\"]'", "[\"Ł\"]")]),
        ("ENUM('a','Ł')", &[("'Ł'", "\"Ł\""), ("''", "\"\"")]),
        ("SET('a','b')", &[("'b,a'", "\"a,b\""), ("''", "\"\"")]),
        ("CHAR(4)", &[("'a '", "\"a\"")]),
        ("VARCHAR(9) CHARACTER SET latin1", &[("'café €'", "\"café €\"")]),
        ("VARCHAR(9) CHARACTER SET utf8mb3", &[("'Łódź'", "\"Łódź\"")]),
        ("VARCHAR(9) CHARACTER SET utf16", &[("'Łódź😀'", "\"Łódź😀\"")]),
        ("VARCHAR(9) COLLATE utf8mb4_bin", &[("'Ab\\'", "\"Ab\\\\\"")]),
        ("UUID", &[("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")]),
        ("INET6", &[("'2001:db8::1'", "\"2001:db8::1\"")]),
        ("POINT", &[("POINT(1, 2)", "\"\\\\x000000000101000000000000000000f03f0000000000000040\"")]),
    ];
    let place = Place::new(Kind::Mariadb, "SELECT 1");
    for (type_name, cases) in table {
        let literals: Vec<&str> = cases.iter().map(|(literal, _)| *literal).collect();
        let expected: Vec<&str> = cases.iter().map(|(_, expected)| *expected).collect();
        assert_eq!(column_in(&place, type_name, &literals).0, expected, "{type_name}");
    }
}

#[test]
fn sqlite_values_are_what_the_file_holds_whatever_the_column_says() {
    let (values, problem) = one_column(
        Kind::Sqlite,
        "",
        &["1", "-9223372036854775808", "0.1", "1.0", "9e999", "-9e999", "NULL", "''", "x'00ff'", "x''", "'x'"],
    );
    assert_eq!(
        values,
        [
            "1",
            "-9223372036854775808",
            "0.1",
            "1.0",
            "\"Infinity\"",
            "\"-Infinity\"",
            "null",
            "\"\"",
            "\"\\\\x00ff\"",
            "\"\\\\x\"",
            "\"x\""
        ]
    );
    assert_eq!(problem, None);
    let (values, problem) =
        one_column(Kind::Sqlite, "TEXT", &["CAST(x'ff41' AS TEXT)", "x'41'", "'\u{fffd}'", "char(0, 65)"]);
    assert_eq!(values, ["\"\\\\xff41\"", "\"\\\\x41\"", "\"\u{fffd}\"", "\"\\u0000A\""]);
    assert!(problem.unwrap().contains("1 records have bytes that are no text"));
}

#[test]
fn text_in_every_script_comes_back_as_it_is() {
    let table = [
        "Łukasz Żółć",
        "محمد عبد الله",
        "شہزاد‌ہ",
        "李小龍",
        "अमित शर्मा",
        "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "e\u{301} and \u{e9}",
        "\u{202e}right to left override",
        "</script><b>&amp;",
        "'; DROP TABLE t; --",
        "a\tb\nc\r\nd",
        "\u{1}\u{7f}\u{2028}\u{feff}",
        "back\\slash \"quoted\" /slash",
    ];
    for kind in EVERY {
        let literals: Vec<String> = table.iter().map(|text| format!("'{}'", text.replace('\'', "''"))).collect();
        let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
        let (values, problem) = one_column(kind, "TEXT", &literals);
        let read: Vec<String> = values.iter().map(|value| serde_json::from_str(value).unwrap()).collect();
        assert_eq!(read, table, "{kind:?}");
        assert_eq!(problem, None);
    }
}

#[test]
fn a_cell_of_ten_megabytes_passes_whole() {
    for kind in EVERY {
        let literal = match kind {
            Kind::Sqlite => "replace(hex(zeroblob(5242880)), '00', 'Łx')",
            // Its TEXT has 64 KiB, and its server at its defaults sends no row of more than 16 MiB.
            Kind::Postgres | Kind::Mariadb => "repeat('Łx', 5242880)",
        };
        let type_name = if kind == Kind::Mariadb { "LONGTEXT" } else { "TEXT" };
        let (values, _) = one_column(kind, type_name, &[literal]);
        assert_eq!(values[0].len(), 2 + 3 * 5_242_880, "{kind:?}");
    }
}

#[test]
fn bytes_of_a_database_without_an_encoding_are_reported_and_end_nothing() {
    let place = Place::new(Kind::Postgres, "SELECT 1");
    let name = format!("ascii_{}", uuid::Uuid::new_v4().simple());
    place.run(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"));
    let (base, _) = place.url.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    {
        use diesel::connection::SimpleConnection;
        use diesel::prelude::*;
        let mut conn = PgConnection::establish(&url).unwrap();
        conn.batch_execute(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT, v TEXT);
             INSERT INTO t VALUES (1, 'ann@example.org', E'caf\\xe9'), (2, 'ann@example.org', 'plain')",
        )
        .unwrap();
    }
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: t
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}, {name: v}]
";
    let found = gathered(&map(text), &[("d".into(), url.parse().unwrap())], &by_email("ann@example.org"));
    place.run(&format!("DROP DATABASE {name} WITH (FORCE)"));
    assert_eq!(
        found.report("t").problem.as_deref().map(|p| p.contains("bytes that are no text")),
        Some(true),
        "{:?}",
        found.report("t")
    );
    assert_eq!(found.ids("t"), ["1", "2"]);
    assert!(found.report("t").problem.unwrap().contains("bytes that are no text"));
}

#[test]
fn names_with_quotes_spaces_and_capitals_are_only_names() {
    for kind in EVERY {
        let place = Place::new(
            kind,
            "CREATE TABLE \"Odd \"\"table\"\"; DROP\" (\"Id\" INTEGER PRIMARY KEY, \"E-Mail\" TEXT, \"select\" TEXT, \"a'b\" TEXT);
             INSERT INTO \"Odd \"\"table\"\"; DROP\" VALUES (1, 'ann@example.org', 's', 'q')",
        );
        let text = "
dataset:
  - fides_key: d
    collections:
      - name: 'Odd \"table\"; DROP'
        fields: [{name: Id}, {name: E-Mail, fides_meta: {identity: email}}, {name: select}, {name: \"a'b\"}]
";
        let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
        let records = found.disclosed(Rules::default());
        let (id, _, fields) = &records["Odd \"table\"; DROP"][0];
        assert_eq!(id, "Odd \"table\"; DROP/1", "{kind:?}");
        assert_eq!(fields["a'b"], "q");
    }
}

#[test]
fn tables_are_found_in_their_schema_and_through_views() {
    let place = Place::new(
        Kind::Postgres,
        "CREATE SCHEMA hr; CREATE SCHEMA pay;
         CREATE TABLE hr.staff (id INTEGER PRIMARY KEY, email TEXT); CREATE TABLE pay.staff (id INTEGER PRIMARY KEY, email TEXT);
         CREATE TABLE hr.leave (id SERIAL PRIMARY KEY, staff_id INTEGER);
         CREATE VIEW names AS SELECT id, email FROM hr.staff;
         INSERT INTO hr.staff VALUES (1, 'ann@example.org'); INSERT INTO pay.staff VALUES (2, 'ann@example.org');
         INSERT INTO hr.leave (staff_id) VALUES (1), (2)",
    );
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: hr.staff
        fields: [{name: id, fides_meta: {primary_key: true}}, {name: email, fides_meta: {identity: email}}]
      - name: pay.staff
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: leave
        fields:
          - {name: id}
          - {name: staff_id, fides_meta: {references: [{dataset: d, field: hr.staff.id, direction: from}]}}
      - name: names
        fields: [{name: id, fides_meta: {primary_key: true}}, {name: email, fides_meta: {identity: email}}]
      - name: staff
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
    assert_eq!(found.ids("hr.staff"), ["1"]);
    assert_eq!(found.ids("pay.staff"), ["2"]);
    assert_eq!(found.ids("leave"), ["1"]);
    assert_eq!(found.ids("names").len(), 1);
    assert!(found.report("staff").problem.unwrap().contains("could mean"));
}

#[test]
fn keys_match_across_types_and_only_where_they_are_equal() {
    // Parent key type and value, child column type and value, whether they are one.
    let table = [
        ("INTEGER", "7", "TEXT", "'7'", true),
        ("INTEGER", "7", "TEXT", "'07'", false),
        ("TEXT", "'7'", "BIGINT", "7", true),
        ("TEXT", "'x7'", "BIGINT", "7", false),
        ("NUMERIC(6,2)", "7", "INTEGER", "7", true),
        ("NUMERIC(6,2)", "7.5", "INTEGER", "7", false),
        ("VARCHAR(9)", "'Ab'", "TEXT", "'Ab'", true),
        ("VARCHAR(9)", "'Ab'", "TEXT", "'ab'", false),
        ("TEXT", "'a%'", "TEXT", "'ab'", false),
        ("TEXT", "''", "TEXT", "''", false),
        ("TEXT", "' '", "TEXT", "' '", false),
        ("UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "TEXT", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", true),
        ("TEXT", "'not a uuid'", "UUID", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", false),
        ("TEXT", "'o''x'", "TEXT", "'o''x'", true),
        ("DATE", "'2026-01-01'", "DATE", "'2026-01-01'", true),
    ];
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: parent
        fields: [{name: k}, {name: email, fides_meta: {identity: email}}]
      - name: child
        fields: [{name: id}, {name: k, fides_meta: {references: [{dataset: d, field: parent.k, direction: from}]}}]
";
    for kind in EVERY {
        let place = Place::new(kind, "SELECT 1");
        for (parent, value, child, other, equal) in table {
            place.run(&format!(
                "DROP TABLE IF EXISTS parent; DROP TABLE IF EXISTS child;
                 CREATE TABLE parent (k {parent}, email TEXT); CREATE TABLE child (id INTEGER PRIMARY KEY, k {child});
                 INSERT INTO parent VALUES ({value}, 'ann@example.org'); INSERT INTO child VALUES (1, {other})"
            ));
            let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
            let report = found.report("child");
            assert_ne!(report.status, Status::Failed, "{kind:?} {parent} {value}: {:?}", report.problem);
            assert_eq!(report.found == 1, equal, "{kind:?}: {parent} {value} and {child} {other}");
            // MariaDB's usual collation takes the two for equal: they are not, and that is said.
            let alike = report.problem.is_some_and(|problem| problem.starts_with("1 rows carry a key that differs"));
            assert_eq!(alike, kind == Kind::Mariadb && value == "'Ab'" && other == "'ab'", "{kind:?} {value} {other}");
        }
    }
}

#[test]
fn bytes_can_be_keys_in_sqlite() {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE parent (k BLOB PRIMARY KEY, email TEXT); CREATE TABLE child (id INTEGER PRIMARY KEY, k BLOB);
         INSERT INTO parent VALUES (x'00ff', 'ann@example.org'); INSERT INTO child VALUES (1, x'00ff'), (2, x'00fe'), (3, '\\x00ff')",
    );
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: parent
        fields: [{name: k}, {name: email, fides_meta: {identity: email}}]
      - name: child
        fields: [{name: id}, {name: k, fides_meta: {references: [{dataset: d, field: parent.k, direction: from}]}}]
";
    let found = gathered(&map(text), &[place.source("d")], &by_email("ann@example.org"));
    assert!(found.ids("child").contains(&"1".to_owned()));
    assert!(!found.ids("child").contains(&"2".to_owned()));
}
