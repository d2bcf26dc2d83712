//! A folder of CSV, JSON and JSON Lines files as a source.

use std::collections::BTreeMap;
use std::path::Path;

use rightsdesk::bundle::Status;
use rightsdesk::files::spool::Rules;
use rightsdesk::gather::SourceSet;
use rightsdesk::sources::{Limits, SourceUrl};
use serde_json::{Value, json};

use super::place::{Gathered, by_email, gathered, map, person};
use rightsdesk::subject::IdentifierKind;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

fn source(dir: &Path) -> (String, SourceUrl) {
    ("files".to_owned(), format!("files://{}", dir.display()).parse().unwrap())
}

fn of(text: &str) -> rightsdesk::datamap::DataMap {
    map(&format!("dataset:\n  - fides_key: files\n    collections:\n{text}"))
}

fn fields(found: &Gathered, collection: &str) -> Vec<Value> {
    let all: BTreeMap<_, _> = found.disclosed(Rules::default());
    all[collection].iter().map(|(_, _, fields)| fields.clone()).collect()
}

const PEOPLE: &str = "
      - name: people.csv
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}, {name: Note}]
      - name: visits
        fields:
          - {name: person, fides_meta: {references: [{dataset: files, field: people.csv.id, direction: from}]}}
          - {name: at}
          - {name: place.city}
      - name: logs/*.jsonl
        fields:
          - {name: people, fides_meta: {references: [{dataset: files, field: people.csv.id, direction: from}]}}
          - {name: n}
";

#[test]
fn references_are_followed_from_csv_to_json_and_lines_byte_true() {
    let dir = folder(&[
        (
            "people.csv",
            "\u{feff}id;email;Note\r\n7;Ann@Example.org;\"two\nlines; and \"\"quotes\"\"\"\r\n8;bob@example.org;\r\n".as_bytes(),
        ),
        (
            "visits.json",
            br#" [ {"person": 7, "at": 1.10, "place": {"city": "Leeds"}}, {"person": "7", "at": 12345678901234567890123,
                "place": {"city":
                "Bath"}}, {"person": 8, "at": 2} ] "#,
        ),
        ("logs/a.jsonl", b"{\"people\": [8, 7], \"n\": 1}\n\n{\"people\": [8], \"n\": 2}\n"),
        ("logs/b.jsonl", b"{\"people\": [7], \"n\": \"a\\u0000b\"}"),
        ("logs/c.txt", b"people\n7\n"),
    ]);
    let found = gathered(&of(PEOPLE), &[source(dir.path())], &by_email("ann@example.org"));
    assert_eq!(
        fields(&found, "people.csv"),
        [json!({"id": "7", "email": "Ann@Example.org", "Note": "two\nlines; and \"quotes\""})]
    );
    let mut texts: Vec<String> = found
        .spool
        .page(0, 100, &Rules::default())
        .unwrap()
        .into_iter()
        .map(|row| row.record.fields.get().to_owned())
        .filter(|text| text.contains("place.city"))
        .collect();
    texts.sort();
    assert_eq!(found.report("visits").found, 2);
    assert_eq!(
        texts,
        [
            r#"{"person":"7","at":12345678901234567890123,"place.city":"Bath"}"#,
            r#"{"person":7,"at":1.10,"place.city":"Leeds"}"#,
        ]
    );
    let mut logs = fields(&found, "logs/*.jsonl");
    logs.sort_by_key(|log| log["n"].is_string());
    assert_eq!(logs, [json!({"people": [8, 7], "n": 1}), json!({"people": [7], "n": "a\u{0}b"})]);
    for collection in ["people.csv", "visits", "logs/*.jsonl"] {
        let report = found.report(collection);
        assert_eq!((report.status, report.problem), (Status::Found, None), "{collection}");
    }
}

#[test]
fn a_telephone_number_is_found_in_any_writing() {
    let dir = folder(&[("people.csv", b"id,phone\n1,\"07700 900 123\"\n2,+44 (0)7700-900123\n3,07700 900124\n")]);
    let people = of("
      - name: people.csv
        fields: [{name: id}, {name: phone, fides_meta: {identity: phone_number}}]
");
    let found = gathered(&people, &[source(dir.path())], &person(&[(IdentifierKind::Phone, "+447700900123")]));
    assert_eq!(found.report("people.csv").found, 2);
}

#[test]
fn what_is_wrong_with_a_file_is_told_and_never_a_silent_gap() {
    let one = "
      - name: f
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    let table: [(&str, &[u8], u64, &str); 12] = [
        (
            "f.csv",
            b"id,email\n1,ann@example.org,x\n2,ann@example.org\n",
            2,
            "line 2 of f.csv has 3 cells and its header has 2",
        ),
        ("f.csv", b"id,email\n1\n2,ann@example.org\n", 1, "line 2 of f.csv has 1 cells"),
        ("f.csv", b"id,email,id\n2,ann@example.org,3\n", 1, "f.csv has two columns `id`"),
        ("f.csv", b"\xff\xfei\0d\0", 0, "f.csv is written in UTF-16; save it as UTF-8"),
        ("f.csv", b"", 0, "has no such column"),
        (
            "f.json",
            b"[{\"id\": 1, \"email\": \"ann@example.org\"}, {\"id\": 2",
            1,
            "not well-formed JSON after its 1. record",
        ),
        ("f.json", b"[{\"id\": 1, \"email\": \"ann@example.org\"}, 7]", 1, "the 2. entry of f.json is not an object"),
        ("f.json", b"[{\"id\": 1, \"email\": \"ann@example.org\"}] more", 1, "not well-formed JSON"),
        (
            "f.jsonl",
            b"{\"id\": 1, \"email\": \"ann@example.org\"}\nrubbish\n{\"id\": 2, \"email\": \"ann@example.org\"}",
            2,
            "line 2 of f.jsonl is not a JSON object",
        ),
        ("f.jsonl", b"rubbish\nrubbish", 0, "has no such column"),
        ("g.csv", b"id,email\n", 0, "no such table"),
        ("f.xls", b"id,email\n", 0, "no such table"),
    ];
    for (name, bytes, found, words) in table {
        let dir = folder(&[(name, bytes)]);
        let gathered = gathered(&of(one), &[source(dir.path())], &by_email("ann@example.org"));
        let report = gathered.report("f");
        let problem = report.problem.unwrap_or_default();
        assert_eq!((report.status, report.found), (Status::Failed, found), "{name} {problem}");
        assert!(problem.contains(words), "{name} {problem}");
        assert!(!problem.contains("ann@"), "{problem}");
    }
}

#[test]
fn text_that_is_no_utf_8_and_a_cell_of_ten_megabytes_come_through() {
    let mut bytes = b"id,email,text\n1,ann@example.org,caf\xe9\n2,ann@example.org,".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 10 * 1024 * 1024));
    bytes.push(b'\n');
    let dir = folder(&[("f.csv", &bytes)]);
    let text = "
      - name: f
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}, {name: text}]
";
    let found = gathered(&of(text), &[source(dir.path())], &by_email("ann@example.org"));
    let report = found.report("f");
    assert_eq!((report.status, report.found), (Status::Found, 2));
    assert!(report.problem.unwrap().contains("1 records have bytes that are no text"));
    let mut all = fields(&found, "f");
    all.sort_by_key(|fields| fields["id"].to_string());
    assert_eq!(all[0]["text"], "caf\u{fffd}");
    assert_eq!(all[1]["text"].as_str().unwrap().len(), 10 * 1024 * 1024);
}

#[test]
fn the_folder_is_never_left() {
    let outside = folder(&[("secret.csv", b"id,email\n1,ann@example.org\n")]);
    let dir = folder(&[("x.csv", b"id,email\n")]);
    std::os::unix::fs::symlink(outside.path().join("secret.csv"), dir.path().join("link.csv")).unwrap();
    let relative = format!("../{}/secret.csv", outside.path().file_name().unwrap().to_str().unwrap());
    let absolute = outside.path().join("secret.csv").display().to_string();
    for (name, words) in [
        ("link.csv", "leads out of the folder"),
        ("l*.csv", "leads out of the folder"),
        (relative.as_str(), "no such table"),
        (absolute.as_str(), "no such table"),
    ] {
        let text = format!(
            "
      - name: {name:?}
        fields: [{{name: id}}, {{name: email, fides_meta: {{identity: email}}}}]
"
        );
        let found = gathered(&of(&text), &[source(dir.path())], &by_email("ann@example.org"));
        let report = found.report(name);
        assert_eq!((report.status, report.found), (Status::Failed, 0), "{name}");
        assert!(report.problem.as_ref().unwrap().contains(words), "{:?}", report.problem);
    }
}

#[test]
fn a_file_that_changes_in_the_middle_and_a_folder_that_is_not_there_are_told() {
    let dir = folder(&[("f.csv", b"id,email\n1,ann@example.org\n")]);
    let text = "
      - name: f
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: gone
        fields: [{name: id}]
";
    let set = |path: &Path| SourceSet::of(&of(text), &[source(path)], Limits::default()).unwrap();
    let missing =
        super::place::gathered_from(&of(text), &mut set(&dir.path().join("no")), &by_email("ann@example.org"));
    assert!(missing.report("f").problem.unwrap().contains("the folder could not be read"));
    // The schema was read from the file as it was; by the search it is another.
    let (_, url) = source(dir.path());
    let mut opened = rightsdesk::sources::open(&url, Limits::default());
    let schema = opened.schema(&["f"]).unwrap();
    std::fs::write(dir.path().join("f.csv"), b"email,id\nann@example.org,1\n2,x\n").unwrap();
    let table = &schema.tables[0];
    let query =
        rightsdesk::sources::RowQuery { table, fields: &[], keys: &[], search: rightsdesk::sources::Search::All };
    let error = opened.rows(&query, &mut |_| std::ops::ControlFlow::Continue(())).unwrap_err();
    assert!(error.to_string().contains("f.csv was changed since the search began"), "{error}");
}
