//! The bundle as its reader opens it.

mod proof;
mod rest;
mod tables;
mod viewer;
mod volumes;

use std::io::{Read, Write};

use rightsdesk::base::Moment;
use rightsdesk::bundle::{BundleError, Controller, Cover, RecordSource, write_bundle};
use rightsdesk::files::spool::{Decision, Rules};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::gather::place::{Gathered, Kind, Place, by_email, gathered, map};

const MAP: &str = "
dataset:
  - fides_key: site
    name: Our <site>
    collections:
      - name: notes
        rightsdesk: {label: Notes & more, purpose: To \"test\", retention: {period: P1Y, then: delete}, match: {email: email}}
        fields:
          - {name: id, rightsdesk: {label: Number}}
          - {name: email}
          - {name: body, rightsdesk: {label: Words}}
          - {name: raw}
          - {name: price}
          - {name: hash, rightsdesk: {label: Scrambled password, disclose: never}}
      - name: nothing
        fields: [{name: email, fides_meta: {identity: email}}]
      - name: gone
        fields: [{name: email, fides_meta: {identity: email}}]
      - name: island
        fields: [{name: x}]
";

pub fn site() -> Gathered {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, email TEXT, body TEXT, raw BLOB, price REAL, hash TEXT);
         CREATE TABLE \"nothing\" (email TEXT); CREATE TABLE island (x);
         INSERT INTO notes VALUES (1, 'ann@example.org', '<script>alert(1)</script>', x'00ff', 1.5, 'h'),
           (2, 'ann@example.org', 'محمد' || char(10) || 'line two', NULL, NULL, 'h'),
           (3, 'ann@example.org', 'left out', NULL, 9e999, 'h')",
    );
    gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"))
}

pub fn cover() -> Cover {
    Cover {
        reference: "DR-2026-000001".into(),
        subject_name: "Ann <Smith>".into(),
        addressee: None,
        controller: Controller {
            name: "A Council".into(),
            service: "A Service".into(),
            registration: "Z0000000".into(),
            address: vec![],
            email: "dp@example.org".into(),
            dpo_email: "dpo@example.org".into(),
            regulator: "The regulator".into(),
            regulator_complaints_url: "https://regulator.example".into(),
        },
        received_on: None,
        due_on: None,
        generated_at: "2026-11-23T09:30:00Z".parse::<Moment>().unwrap(),
        software: "rightsdesk test".into(),
    }
}

pub fn bundle(found: &Gathered) -> Vec<u8> {
    let decision = Decision::Exclude { reason: "withheld: <legal> advice".into(), code: Some("LPP".into()) };
    let rules = Rules { decisions: [("notes/3".to_owned(), decision)].into(), ..Rules::default() };
    let records = found.spool.under(rules).unwrap();
    write_bundle(Vec::new(), &cover(), &records).unwrap()
}

pub fn entries(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

pub fn entry(zip: &[u8], name: &str) -> Vec<u8> {
    entries(zip).into_iter().find(|(path, _)| path == name).unwrap().1
}

#[test]
fn the_manifest_names_every_other_entry_with_its_digest_and_size() {
    let zip = bundle(&site());
    let entries = entries(&zip);
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "README.txt",
        "index.html",
        "letter.pdf",
        "disclosure.pdf",
        "csv/01-site.notes.csv",
        "records.json",
        "records.schema.json",
        "manifest.json",
    ];
    assert_eq!(names, expected);
    let manifest: Value = serde_json::from_slice(&entry(&zip, "manifest.json")).unwrap();
    let files = manifest["files"].as_array().unwrap();
    assert_eq!(files.len(), entries.len() - 1);
    for (file, (name, bytes)) in files.iter().zip(&entries) {
        assert_eq!(file["path"], **name);
        assert_eq!(file["size"], bytes.len());
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], digest);
    }
    for pdf in ["disclosure.pdf", "letter.pdf"] {
        assert!(entry(&zip, pdf).starts_with(b"%PDF-1.7"), "{pdf}");
    }
}

#[test]
fn the_manifest_says_what_became_of_every_collection() {
    let zip = bundle(&site());
    let manifest: Value = serde_json::from_slice(&entry(&zip, "manifest.json")).unwrap();
    let source = &manifest["sources"][0];
    assert_eq!(
        (&source["status"], &source["failed"], &source["not_reached"]),
        (&"failed".into(), &1.into(), &1.into())
    );
    let by_name = |name: &str| -> Value {
        source["collections"].as_array().unwrap().iter().find(|c| c["collection"] == name).unwrap().clone()
    };
    let notes = by_name("notes");
    assert_eq!((&notes["found"], &notes["disclosed"], &notes["searched"]), (&3.into(), &2.into(), &true.into()));
    assert_eq!(
        notes["withheld"][0],
        serde_json::json!({"reason": "withheld: <legal> advice", "code": "LPP", "count": 1})
    );
    assert_eq!(notes["never_disclosed"][0], "Scrambled password");
    assert_eq!(notes["searched_for"][0]["column"], "email");
    assert_eq!(by_name("nothing")["nothing_held"], true);
    let gone = by_name("gone");
    assert_eq!(
        (&gone["failed"], &gone["nothing_held"], &gone["searched"]),
        (&true.into(), &false.into(), &false.into())
    );
    assert!(gone["problem"].as_str().unwrap().contains("no such table"));
    assert_eq!(by_name("island")["status"], "not_reached");
}

#[test]
fn records_json_is_valid_under_its_schema_and_the_schema_refuses_what_is_not() {
    let zip = bundle(&site());
    let schema: Value = serde_json::from_slice(&entry(&zip, "records.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let records: Value = serde_json::from_slice(&entry(&zip, "records.json")).unwrap();
    let errors: Vec<String> = validator.iter_errors(&records).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(records["sources"][0]["collections"][0]["records"].as_array().unwrap().len(), 2);
    let breaks: [(&str, Value); 5] = [
        ("/format", "rightsdesk-records/2".into()),
        ("/generated_at", "yesterday".into()),
        ("/sources/0/status", "fine".into()),
        ("/sources/0/collections/0/records/0/matched_on", serde_json::json!([])),
        ("/sources/0/collections/0/records/0/fields", "text".into()),
    ];
    for (place, wrong) in breaks {
        let mut broken = records.clone();
        *broken.pointer_mut(place).unwrap() = wrong;
        assert!(!validator.is_valid(&broken), "{place}");
    }
}

#[test]
fn records_json_has_the_fields_as_the_source_gave_them() {
    let text = String::from_utf8(entry(&bundle(&site()), "records.json")).unwrap();
    let first = r#"{"id":"notes/1","matched_on":["email"],"fields":{"id":1,"email":"ann@example.org","body":"<script>alert(1)</script>","raw":"\\x00ff","price":1.5}}"#;
    assert!(text.contains(first), "{text}");
    assert!(!text.contains("left out"), "a withheld record must not be there");
}

#[test]
fn the_same_records_and_moment_give_the_same_bytes() {
    assert!(bundle(&site()) == bundle(&site()), "two bundles of the same records differ");
}

#[test]
fn the_viewer_shows_values_as_text_and_loads_nothing() {
    let html = String::from_utf8(entry(&bundle(&site()), "index.html")).unwrap();
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(html.matches("<script").count(), 1, "the page's own script and no other");
    assert!(!html.contains("http:") && !html.contains("https:"), "nothing from elsewhere");
    assert!(html.contains("<dd dir=\"auto\">محمد\nline two"));
    assert!(html.contains("Ann &lt;Smith&gt;") && html.contains("Our &lt;site&gt;"));
    assert!(html.contains("1 record not shown: withheld: &lt;legal&gt; advice (LPP)"));
    assert!(html.contains("2 bytes, given in records.json"));
    assert!(html.contains("<strong>This could not be searched to the end.</strong>"));
    assert!(html.contains("This was searched to the end, and nothing is held."));
    assert!(html.contains("<dt>Held and never shown<dd>Scrambled password"));
    assert!(html.contains("lang=\"en-GB\"") && html.contains("name=\"viewport\""));
}

/// The policy names the digests of the very style sheet and script that stand in the file.
#[test]
fn the_viewers_policy_admits_its_own_style_and_script_and_nothing_else() {
    let html = String::from_utf8(entry(&bundle(&site()), "index.html")).unwrap();
    let policy = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    for (kind, open, close) in [("style-src", "<style>", "</style>"), ("script-src", "<script>", "</script>")] {
        let text = html.split(open).nth(1).unwrap().split(close).next().unwrap();
        let named = policy.split(&format!("{kind} 'sha256-")).nth(1).unwrap().split('\'').next().unwrap();
        assert_eq!(decoded(named), Sha256::digest(text.as_bytes()).to_vec(), "{kind}");
    }
    let rest = policy.split(';').map(|part| part.trim().split(" 'sha256").next().unwrap()).collect::<Vec<_>>();
    assert_eq!(rest, ["default-src 'none'", "style-src", "script-src", "base-uri 'none'", "form-action 'none'"]);
}

fn decoded(text: &str) -> Vec<u8> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut word, mut bytes) = (0, 0_u32, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        word = (word << 6) | letters.bytes().position(|other| other == letter).unwrap() as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    bytes
}

#[test]
fn an_output_that_fails_fails_the_bundle() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.0 < bytes.len() {
                return Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let found = site();
    let whole = write_bundle(Vec::new(), &cover(), &found.spool.under(Rules::default()).unwrap()).unwrap();
    for room in [0, 100, whole.len() / 2, whole.len() - 1] {
        let records = found.spool.under(Rules::default()).unwrap();
        assert!(write_bundle(Full(room), &cover(), &records).is_err(), "{room}");
    }
}

#[test]
fn a_bundle_that_failed_does_not_look_whole() {
    let found = site();
    let records = found.spool.under(Rules::default()).unwrap();
    /// The records of a spool whose files go missing when they are read the second time.
    struct Broken<'r>(&'r dyn RecordSource, std::sync::atomic::AtomicUsize);
    impl RecordSource for Broken<'_> {
        fn collections(&self) -> &[rightsdesk::bundle::CollectionReport] {
            self.0.collections()
        }
        fn replay(
            &self,
            index: usize,
            each: &mut dyn FnMut(&rightsdesk::bundle::Record) -> Result<(), BundleError>,
        ) -> Result<(), BundleError> {
            if self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > self.0.collections().len() {
                return Err(BundleError::Spool("gone".into()));
            }
            self.0.replay(index, each)
        }
    }
    let mut out = Vec::new();
    let result = write_bundle(&mut out, &cover(), &Broken(&records, 0.into()));
    assert!(result.is_err());
    assert!(!out.is_empty() && zip::ZipArchive::new(std::io::Cursor::new(&out)).is_err());
}
