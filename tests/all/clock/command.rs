//! `rightsdesk deadline`.

use std::process::{Command, Output};

use super::vectors::{Vector, vectors};
use super::{HOLIDAYS, computed, day};

fn command(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rightsdesk")).arg("deadline").args(arguments).output().unwrap()
}

fn command_for(vector: &Vector) -> Vec<String> {
    let mut arguments = vec![
        "--right".to_owned(),
        vector.right.to_string(),
        "--received".to_owned(),
        vector.received.to_string(),
        "--division".to_owned(),
        vector.division.to_string(),
        "--regime".to_owned(),
        vector.regime.to_string(),
        "--json".to_owned(),
    ];
    for event in &vector.events {
        arguments.extend(["--event".to_owned(), format!("{}={}", event.kind, event.date)]);
    }
    arguments
}

#[test]
fn the_command_gives_the_same_as_the_library() {
    let chosen = ["ICO-03", "H-09", "ID-02", "X-01", "C-01", "C-04", "P3-01", "K-01", "complaint-a-day-early"];
    let vectors = vectors();
    for id in chosen {
        let vector = vectors.iter().find(|vector| vector.id == id).unwrap();
        let arguments = command_for(vector);
        let output = command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success() && output.stderr.is_empty(), "{id}");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json, serde_json::to_value(computed(&vector.facts())).unwrap(), "{id}");
        assert_eq!(json["due"].as_str().map(day), vector.expected_due, "{id}");
        assert_eq!(json["statutory_latest"].as_str().map(day), vector.expected_statutory_latest, "{id}");
        for key in ["due", "statutory_latest", "extension_notice_by", "state", "working"] {
            assert!(json.get(key).is_some(), "{id} {key}");
        }
        for step in json["working"].as_array().unwrap() {
            assert!(step["step"].is_string() && step["rule"].is_string() && step["plain"].is_string());
            assert!(step["date"].is_null() || step["date"].is_string());
        }
    }
}

#[test]
fn the_command_reads_to_a_person() {
    let output = command(&["--right", "access", "--received", "2026-11-25"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(text.starts_with("Due by the end of Tuesday 29 December 2026.\n"), "{text}");
    assert!(text.contains("We got your request on 25 November 2026."), "{text}");
    assert!(text.contains("Boxing Day"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 88), "{text}");
}

#[test]
fn wrong_use_ends_with_two_and_one_sentence_that_names_the_flag() {
    let received = ["--right", "access", "--received", "2026-06-01"];
    let with = |more: &[&'static str]| received.iter().chain(more).copied().collect::<Vec<_>>();
    for (arguments, flag) in [
        (vec![], "--right"),
        (vec!["--right", "access"], "--received"),
        (vec!["--right", "Access", "--received", "2026-06-01"], "--right"),
        (vec!["--right", "access", "--received", "01/06/2026"], "--received"),
        (with(&["--event", "id_received"]), "--event"),
        (with(&["--event", "posted=2026-06-01"]), "--event"),
        (with(&["--event", "id_received=2026-02-30"]), "--event"),
        (with(&["--division", "wales"]), "--division"),
        (with(&["--regime", "gdpr"]), "--regime"),
        (with(&["--holidays", "no-such-file.json"]), "--holidays"),
    ] {
        let output = command(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(said.starts_with(&format!("rightsdesk: {flag}: ")) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn past_the_known_holidays_the_command_fails_and_a_newer_file_cures_it() {
    let arguments = ["--right", "access", "--received", "2028-12-05"];
    let output = command(&arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("2029") && said.contains("--holidays FILE") && said.lines().count() == 1, "{said}");

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bank-holidays.json");
    std::fs::write(&path, HOLIDAYS.replace("2028-", "2029-")).unwrap();
    let output = command(&[&arguments[..], &["--holidays", path.to_str().unwrap(), "--json"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["due"], "2029-01-05");
}
