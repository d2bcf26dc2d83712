//! `rightsdesk gather` as an operator calls it.

use std::path::Path;
use std::process::Output;

use super::place::{EVERY, Kind, Place};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: letters
        rightsdesk: {owner: email}
        fields: [{name: id}, {name: account_id, fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}}, {name: email}]
";

const TABLES: &str = "
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE letters (id INTEGER PRIMARY KEY, account_id INTEGER, email TEXT);
INSERT INTO accounts VALUES (1, 'Ann@Example.org');
INSERT INTO letters VALUES (1, 1, 'ann@example.org'), (2, 1, 'bob@example.org');
";

fn run(dir: &Path, args: &[&str]) -> Output {
    assert_cmd::Command::cargo_bin("rightsdesk").unwrap().current_dir(dir).arg("gather").args(args).output().unwrap()
}

fn site(kind: Kind) -> (tempfile::TempDir, Place, String) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("site.yml"), MAP).unwrap();
    let place = Place::new(kind, TABLES);
    let source = format!("site={}", place.url);
    (dir, place, source)
}

#[test]
fn it_writes_a_bundle_and_says_what_it_found_without_a_value() {
    for kind in EVERY {
        let (dir, _place, source) = site(kind);
        let args = ["--map", "site.yml", "--source", &source, "--email", "ann@example.org", "--out", "b.zip"];
        let output = run(dir.path(), &args);
        let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        assert!(stdout.contains("site.accounts  1 found, 1 disclosed"), "{stdout}");
        assert!(stdout.contains("1 held for review: the record belongs to somebody else"), "{stdout}");
        assert!(!stdout.to_lowercase().contains("@example.org") && stderr.is_empty(), "{stdout}{stderr}");
        let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "only the map and the bundle may be left: {left:?}");

        let output = run(dir.path(), &[&args[..], &["--json"]].concat());
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(summary["complete"], true);
        assert_eq!((&summary["found"], &summary["disclosed"], &summary["withheld"]), (&3.into(), &2.into(), &1.into()));
        assert_eq!(summary["collections"][1]["withheld"][0]["count"], 1);
    }
}

#[test]
fn a_failed_source_still_leaves_a_bundle_that_says_so() {
    let (dir, place, source) = site(Kind::Postgres);
    place.run("DROP TABLE letters");
    let output = run(
        dir.path(),
        &["--map", "site.yml", "--source", &source, "--email", "ann@example.org", "--out", "b.zip", "--json"],
    );
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("1 of 2 collections could not be searched to the end: site.letters"), "{stderr}");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&summary["complete"], &summary["collections"][1]["status"]), (&false.into(), &"failed".into()));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(dir.path().join("b.zip")).unwrap()).unwrap();
    let manifest: serde_json::Value = serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["sources"][0]["status"], "failed");
    assert_eq!(manifest["sources"][0]["collections"][1]["failed"], true);
}

#[test]
fn the_only_source_serves_the_only_dataset_by_any_name() {
    let (dir, place, _) = site(Kind::Sqlite);
    let source = format!("live={}", place.url);
    let output =
        run(dir.path(), &["--map", "site.yml", "--source", &source, "--email", "ann@example.org", "--out", "b.zip"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn wrong_use_is_refused_with_one_sentence_and_without_the_address() {
    let (dir, place, source) = site(Kind::Sqlite);
    std::fs::write(dir.path().join("bad.yml"), MAP.replace("owner: email", "ownr: email")).unwrap();
    std::fs::write(
        dir.path().join("two.yml"),
        MAP.replace("fides_key: site", "fides_key: other").replace("dataset: site", "dataset: other"),
    )
    .unwrap();
    let wild = format!("elsewhere={}", place.url);
    let out = ["--out", "b.zip"];
    let table: &[(&[&str], i32, &str)] = &[
        (&["--source", &source, "--email", "a@b.example"], 2, "--map"),
        (&["--map", "site.yml", "--source", &source], 2, "--email"),
        (&["--map", "site.yml", "--source", &source, "--email", "ann"], 2, "not an e-mail address"),
        (&["--map", "site.yml", "--source", &source, "--phone", "123"], 2, "fewer than six digits"),
        (
            &["--map", "site.yml", "--source", &source, "--email", "a@b.example", "--date-of-birth", "17/5/80"],
            2,
            "YYYY-MM-DD",
        ),
        (&["--map", "site.yml", "--source", "postgres://u:sesame@h/d", "--email", "a@b.example"], 2, "has no name"),
        (
            &["--map", "site.yml", "--source", "site=oracle://u:sesame@h/d", "--email", "a@b.example"],
            2,
            "begin the address with",
        ),
        (
            &["--map", "site.yml", "two.yml", "--source", &source, "--email", "a@b.example"],
            2,
            "no source is given for `other`",
        ),
        (
            &["--map", "site.yml", "two.yml", "--source", &source, &wild, "--email", "a@b.example"],
            2,
            "no dataset called `elsewhere`",
        ),
        (&["--map", "gone.yml", "--source", &source, "--email", "a@b.example"], 1, "gone.yml could not be read"),
        (&["--map", "bad.yml", "--source", &source, "--email", "a@b.example"], 1, "unknown key `ownr`"),
        (
            &["--map", "site.yml", "site.yml", "--source", &source, "--email", "a@b.example"],
            1,
            "another dataset has this `fides_key`",
        ),
    ];
    for (args, code, words) in table {
        let output = run(dir.path(), &[*args, &out[..]].concat());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(*code), "{args:?}: {stderr}");
        assert!(stderr.contains(words), "{args:?}: {stderr}");
        assert!(!stderr.contains("sesame"), "{stderr}");
        assert!(!dir.path().join("b.zip").exists(), "{args:?}");
    }
}

#[test]
fn a_bundle_that_cannot_be_written_leaves_nothing_behind() {
    let (dir, _place, source) = site(Kind::Sqlite);
    let output = run(
        dir.path(),
        &["--map", "site.yml", "--source", &source, "--email", "ann@example.org", "--out", "none/b.zip"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("could not be written"));
}

#[test]
fn help_has_an_example() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["--help"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("Example:\n  rightsdesk gather --map"));
}
