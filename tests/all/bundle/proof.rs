//! The signature, and what `verify` says of a bundle that was changed.

use std::io::{Cursor, Write};
use std::process::Command;

use rightsdesk::base::{PublicKey, SigningKey};
use rightsdesk::bundle::{Bundle, Proof, VerifyError, verify_bundle};
use rightsdesk::files::spool::Rules;

use super::{cover, entries, entry, site};

const PUBLISHED: &str = "https://desk.example.org/signing-key.pem";

pub fn key() -> SigningKey {
    SigningKey::read(&"07".repeat(32).into()).unwrap()
}

pub fn signed() -> Vec<u8> {
    let found = site();
    let (key, cover) = (key(), cover());
    let records = found.spool.under(Rules::default()).unwrap();
    Bundle::new(&cover, &records).signed(Proof { key: &key, published_at: PUBLISHED }).write(Vec::new()).unwrap()
}

/// The bundle with its entries changed by `change`, zipped anew.
fn changed(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut entries = entries(&signed());
    change(&mut entries);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn of<'e>(entries: &'e mut [(String, Vec<u8>)], name: &str) -> &'e mut Vec<u8> {
    &mut entries.iter_mut().find(|(path, _)| path == name).unwrap().1
}

#[test]
fn a_signed_bundle_is_whole_and_every_change_is_named() {
    let check = |zip: Vec<u8>| verify_bundle(Cursor::new(zip), Some(&key().public()), None);
    let checked = check(signed()).unwrap();
    assert_eq!((checked.reference.as_str(), checked.published_at.as_str()), ("DR-2026-000001", PUBLISHED));
    assert_eq!(checked.key, key().public().base64());
    assert_eq!(checked.files + 2, entries(&signed()).len(), "all but the manifest and its signature");
    assert!(check(changed(|_| {})).is_ok(), "zipped anew, unchanged");

    for name in entries(&signed()).into_iter().map(|(name, _)| name) {
        let error = check(changed(|all| of(all, &name).push(b' '))).unwrap_err();
        match name.as_str() {
            "manifest.json" | "manifest.json.sig" => assert_eq!(error, VerifyError::Signature),
            name => assert_eq!(error, VerifyError::Files(vec![format!("{name} was changed")])),
        }
    }
    let gone = check(changed(|all| all.retain(|(name, _)| name != "letter.pdf"))).unwrap_err();
    assert_eq!(gone, VerifyError::Files(vec!["letter.pdf is missing or cannot be read".into()]));
    let more = check(changed(|all| all.push(("more.txt".into(), vec![])))).unwrap_err();
    assert_eq!(more, VerifyError::Files(vec!["more.txt is not named".into()]));
    let unsigned = check(changed(|all| all.retain(|(name, _)| name != "manifest.json.sig"))).unwrap_err();
    assert_eq!(unsigned, VerifyError::Unsigned);
    assert_eq!(check(super::bundle(&site())).unwrap_err(), VerifyError::Unsigned);
    assert_eq!(check(b"no zip".to_vec()).unwrap_err(), VerifyError::Unreadable);
    assert!(check([b"before".to_vec(), signed()].concat()).is_err(), "bytes before the entries");
}

/// Whoever signs anew with a key of their own is found out by the key that is published.
#[test]
fn a_bundle_signed_by_somebody_else_is_refused_by_the_published_key() {
    let other = SigningKey::read(&"08".repeat(32).into()).unwrap();
    let forged = changed(|all| {
        let ours = String::from_utf8(of(all, "manifest.json").clone()).unwrap();
        let theirs = ours.replace(&key().public().base64(), &other.public().base64());
        *of(all, "manifest.json.sig") = other.sign(theirs.as_bytes()).to_vec();
        *of(all, "manifest.json") = theirs.into_bytes();
    });
    let by = |key: Option<&PublicKey>| verify_bundle(Cursor::new(forged.clone()), key, None);
    assert!(matches!(by(Some(&key().public())), Err(VerifyError::OtherKey(_))));
    assert_eq!(by(None).unwrap().key, other.public().base64(), "the caller is shown which key it was");
}

/// The procedure of README.txt, word for word, by a program that is not ours.
#[test]
fn openssl_checks_the_signature_as_the_readme_says() {
    let zip = signed();
    let dir = tempfile::tempdir().unwrap();
    let readme = String::from_utf8(entry(&zip, "README.txt")).unwrap();
    assert!(readme.contains(PUBLISHED) && readme.contains(&key().public().base64()), "{readme}");
    let command = readme.lines().map(str::trim).find(|line| line.starts_with("openssl ")).expect("a command");
    for (name, bytes) in entries(&zip).iter().filter(|(name, _)| !name.contains('/')) {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    let run = || Command::new("sh").args(["-c", command]).current_dir(dir.path()).output().unwrap();
    let answer = run();
    assert!(answer.status.success(), "{command}: {}", String::from_utf8_lossy(&answer.stderr));
    let manifest = [entry(&zip, "manifest.json"), b" ".to_vec()].concat();
    std::fs::write(dir.path().join("manifest.json"), manifest).unwrap();
    assert!(!run().status.success(), "a changed manifest");
}

#[test]
fn the_command_says_whether_a_bundle_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b.zip");
    let verify = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("rightsdesk").unwrap();
        command.args(["bundle", "verify"]).arg(&path).args(arguments).assert()
    };
    std::fs::write(&path, signed()).unwrap();
    std::fs::write(dir.path().join("key.pem"), key().public().pem()).unwrap();
    let pem = dir.path().join("key.pem");
    let told = verify(&["--key", pem.to_str().unwrap()]).success();
    let text = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(text.contains("is whole") && text.contains("the key that you gave"), "{text}");
    let told = verify(&["--json"]).success();
    let answer: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    assert_eq!((&answer["intact"], &answer["published_at"]), (&true.into(), &PUBLISHED.into()));
    verify(&["--key", "nonsense"]).code(2);
    std::fs::write(&path, changed(|all| of(all, "records.json").push(b' '))).unwrap();
    let told = verify(&[]).code(1);
    let text = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(text.contains("records.json was changed"), "{text}");
}

/// What the command locks is opened by a program that is not ours, with the passphrase and not without.
#[test]
fn a_locked_bundle_is_opened_by_its_passphrase_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (plain, locked) = (dir.path().join("b.zip"), dir.path().join("locked.zip"));
    std::fs::write(&plain, signed()).unwrap();
    let rightsdesk = |arguments: &[&str]| {
        assert_cmd::Command::cargo_bin("rightsdesk").unwrap().current_dir(dir.path()).args(arguments).assert()
    };
    let told = rightsdesk(&["bundle", "lock", "b.zip", "--out", "locked.zip"]).success();
    let passphrase = String::from_utf8(told.get_output().stdout.clone()).unwrap().trim().to_owned();
    assert_eq!(passphrase.split(' ').count(), 6);
    rightsdesk(&["bundle", "lock", "b.zip", "--out", "locked.zip"]).code(1);

    let unpack = |passphrase: &str| {
        let run = Command::new("7z")
            .args(["x", "-y", &format!("-p{passphrase}"), "-oout"])
            .arg(&locked)
            .current_dir(dir.path())
            .output()
            .unwrap();
        run.status.success()
    };
    assert!(!unpack("wrong"));
    assert!(unpack(&passphrase));
    for (name, bytes) in entries(&signed()) {
        assert!(std::fs::read(dir.path().join("out").join(&name)).unwrap() == bytes, "{name}");
    }
    // Nothing stands readable in it but the names of the entries.
    let bytes = std::fs::read(&locked).unwrap();
    let mut found = std::collections::BTreeSet::new();
    for words in ["ann@example.org", "rightsdesk-records", "PDF-1.7"] {
        crate::harness::traces::Needle::of(words).in_bytes(&bytes, words, &mut found);
    }
    assert!(found.is_empty(), "{found:?}");

    let path = dir.path().join("words.txt");
    std::fs::write(&path, format!("{passphrase}\n")).unwrap();
    rightsdesk(&["bundle", "verify", "locked.zip", "--passphrase-file", "words.txt"]).success();
    let error = rightsdesk(&["bundle", "verify", "locked.zip"]).code(1);
    assert!(String::from_utf8_lossy(&error.get_output().stderr).contains("--passphrase-file"));
    std::fs::write(&path, "other words\n").unwrap();
    let error = rightsdesk(&["bundle", "verify", "locked.zip", "--passphrase-file", "words.txt"]).code(1);
    assert!(String::from_utf8_lossy(&error.get_output().stderr).contains("passphrase does not open"));
}
