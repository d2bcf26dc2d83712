//! Signed anchors: made, kept, sent, and what they show that the chain cannot; and the check without rightsdesk.

use std::process::Command;

use rightsdesk::acts::{AuditProblemKind, anchor_now, audit_inspect, tick};
use rightsdesk::audit::{Anchor, GENESIS};
use rightsdesk::base::SigningKey;
use rightsdesk::store;
use serde_json::json;

use super::{desk, inspect, kinds, unprotect};
use crate::harness::{Bench, Options};

/// Writes the trail anew with another actor in entry 3, every hash made to fit: what only somebody with the database and the
/// program can do.
fn write_anew(bench: &Bench) {
    unprotect(bench);
    let mut links = bench.desk.store.read(|conn| store::audit_page(conn, None, 0, 10_000)).unwrap();
    let mut previous = GENESIS.to_owned();
    for link in &mut links {
        if link.entry.seq == 3 {
            link.entry.actor = "staff:somebody-else".into();
        }
        let hash = link.entry.hash_after(&previous);
        // Unique hashes: the later ones first would collide with nothing, since all change.
        bench
            .sql(&format!(
                "UPDATE audit_events SET actor = '{}', previous_hash = '{previous}', hash = '{hash}' WHERE seq = {}",
                link.entry.actor, link.entry.seq
            ))
            .unwrap();
        previous = hash;
    }
    // And the note of how far it had come, which lies beside the database.
    bench.desk.store.mark_anew(links.len() as i64, &previous).unwrap();
}

both! {
    fn an_anchor_kept_elsewhere_shows_a_trail_that_was_written_anew(backend) {
        let bench = desk(backend);
        let anchor = anchor_now(&bench.desk).unwrap().unwrap();
        assert!(anchor_now(&bench.desk).unwrap().is_none(), "nothing new to anchor");
        let path = bench.dir.path().join("data/anchors").join(anchor.file_name());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), anchor.to_string());
        let found = inspect(&bench);
        assert!(found.intact, "{found:?}");
        assert_eq!((found.anchors, found.anchored_to), (2, Some(anchor.seq)));

        write_anew(&bench);
        bench.sql("DELETE FROM audit_anchors").unwrap();
        std::fs::remove_dir_all(bench.dir.path().join("data/anchors")).unwrap();
        assert!(inspect(&bench).intact, "whoever has all of the machine leaves no trace on it");
        let kept = vec![("kept.txt".to_owned(), anchor.to_string())];
        let found = audit_inspect(&bench.desk, &kept).unwrap();
        assert_eq!(kinds(&found), [AuditProblemKind::Rewritten]);
        assert!(found.problems[0].problem.contains("kept.txt"), "{found:?}");
    }

    fn the_timer_makes_anchors_and_sends_them_once(backend) {
        let settings = vec![
            ("RIGHTSDESK_AUDIT__ANCHOR_EMAILS".into(), "audit@example.org,dpo@example.org".into()),
            ("RIGHTSDESK_AUDIT__ANCHOR_HOURS".into(), "24".into()),
        ];
        let bench = Bench::with(backend, Options { settings, ..Options::default() });
        bench.verified_request(json!({"name": "Ann Lee", "email": "ann@example.org"}));
        bench.work();
        let before = bench.letters().len();
        for _ in 0..3 {
            tick(&bench.desk).unwrap();
        }
        bench.work();
        let mails = bench.letters().split_off(before);
        assert_eq!(mails.len(), 2, "one to each, however often the timer ticks");
        assert!(mails.iter().all(|mail| mail.contains("Content-Disposition: attachment; filename=\"anchor-")));
        bench.verified_request(json!({"name": "Bo Ray", "email": "bo@example.org"}));
        bench.work();
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(inspect(&bench).anchors, 2, "not before its time: one in the table, its file");
        bench.clock.advance(chrono::TimeDelta::hours(25));
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(inspect(&bench).anchors, 4);
        // A file that was lost is written again.
        std::fs::remove_dir_all(bench.dir.path().join("data/anchors")).unwrap();
        tick(&bench.desk).unwrap();
        assert_eq!(inspect(&bench).anchors, 3);
    }

    fn a_forged_or_foreign_anchor_is_named(backend) {
        let bench = desk(backend);
        let anchor = anchor_now(&bench.desk).unwrap().unwrap();
        let other = SigningKey::read(&"00".repeat(32).into()).unwrap();
        let forged = Anchor::of(&other, &anchor.chain, anchor.seq, &anchor.hash, anchor.at);
        let foreign = Anchor::of(&bench.desk.audit_key, &"f".repeat(64), 1, &"e".repeat(64), anchor.at);
        let beyond = Anchor::of(&bench.desk.audit_key, &anchor.chain, 1_000, &"e".repeat(64), anchor.at);
        for (text, kind, named) in [
            (anchor.to_string().replace("seq ", "seq 1"), AuditProblemKind::Anchor, "its signature is wrong"),
            ("hello".to_owned(), AuditProblemKind::Anchor, "this is no anchor"),
            (forged.to_string(), AuditProblemKind::Key, "neither the desk's"),
            (foreign.to_string(), AuditProblemKind::Rewritten, "another desk's"),
            (beyond.to_string(), AuditProblemKind::CutOff, "entry 1000 was there"),
        ] {
            let found = audit_inspect(&bench.desk, &[("x.txt".to_owned(), text)]).unwrap();
            assert_eq!(kinds(&found), [kind], "{named}");
            assert!(found.problems[0].problem.contains(named), "{found:?}");
        }
        assert!(bench.sql("DELETE FROM audit_anchors").unwrap_err().contains("cannot be changed"));
    }

    fn an_exported_trail_is_checked_by_the_documented_script_alone(backend) {
        let bench = desk(backend);
        let jo = bench.staff("jo", rightsdesk::access::Role::Auditor);
        let anchor = anchor_now(&bench.desk).unwrap().unwrap();
        let dir = bench.dir.path();
        let file = |name: &str, bytes: &[u8]| {
            std::fs::write(dir.join(name), bytes).unwrap();
            dir.join(name)
        };
        let docs = std::fs::read_to_string("docs/AUDIT.md").unwrap();
        let script = docs.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
        let script = file("check.py", script.as_bytes());
        let export = bench.get("/api/v1/audit/export", &jo);
        assert_eq!(export.status, 200);
        let trail = file("audit.jsonl", &export.bytes);
        let key = crate::harness::Answer::of(bench.request("GET", "/api/v1/audit/key"));
        let key = file("key.pem", &key.bytes);
        let kept = file(&anchor.file_name(), anchor.to_string().as_bytes());
        let python = std::env::var("RIGHTSDESK_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
        let check = |trail: &std::path::Path, key: &std::path::Path, anchor: &std::path::Path| {
            let out = Command::new(&python).arg(&script).arg(trail).arg(key).arg(anchor).output().unwrap();
            (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
        };
        let (good, said) = check(&trail, &key, &kept);
        assert!(good && said.contains("The chain holds") && said.contains("stands as it stood"), "{said}");

        let text = export.text();
        let lines: Vec<&str> = text.lines().collect();
        let without = |skip: usize| lines.iter().enumerate().filter(|(n, _)| *n != skip).map(|(_, l)| format!("{l}\n")).collect::<String>();
        let mut other: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
        other["actor"] = json!("staff:nobody");
        let mut changed: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        changed[2] = other.to_string();
        for (name, text) in [
            ("a part that is not what was hashed", changed.join("\n")),
            ("a gap", without(2)),
            ("a hashed text that was changed", text.replacen("signed_in", "signed_on", 10)),
            ("the end", lines[..lines.len() - 2].join("\n")),
        ] {
            let (good, said) = check(&file("tampered.jsonl", text.as_bytes()), &key, &kept);
            assert!(!good, "{name}: {said}");
        }
        let other = SigningKey::read(&"00".repeat(32).into()).unwrap();
        let (good, said) = check(&trail, &file("other.pem", other.public().pem().as_bytes()), &kept);
        assert!(!good && said.contains("the signature is wrong"), "{said}");
        let forged = file("forged.txt", anchor.to_string().replace("seq ", "seq 1").as_bytes());
        assert!(!check(&trail, &key, &forged).0);
    }

    fn the_command_names_what_is_wrong_and_fails(backend) {
        let bench = desk(backend);
        let anchored = bench.process(&["audit", "anchor"]).output().unwrap();
        assert!(anchored.status.success(), "{anchored:?}");
        let text = String::from_utf8(anchored.stdout).unwrap();
        let anchor = Anchor::read(&text).unwrap();
        assert!(anchor.seq > 0 && anchor.chain != GENESIS);
        let kept = bench.dir.path().join("elsewhere");
        std::fs::create_dir(&kept).unwrap();
        std::fs::write(kept.join("a.txt"), &text).unwrap();
        let verify = |more: &[&str]| {
            let path = kept.display().to_string();
            let out = bench.process(&[&["audit", "verify", "--anchors", &path], more].concat()).output().unwrap();
            (out.status.code(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
        };
        let (code, said, _) = verify(&[]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("3 anchors agree with it"), "{said}");
        let report: serde_json::Value = serde_json::from_str(&verify(&["--json"]).1).unwrap();
        assert_eq!(report["intact"], json!(true));
        unprotect(&bench);
        bench.sql("UPDATE audit_events SET kind = 'signed_in' WHERE seq = 5").unwrap();
        let (code, said, error) = verify(&[]);
        assert_eq!(code, Some(1));
        assert!(said.contains("- audit entry 5 was changed") && error.contains("audit entry 5 was changed"), "{said}{error}");
        let missing = bench.process(&["audit", "verify", "--anchors", "/no/such/file"]).output().unwrap();
        assert_eq!(missing.status.code(), Some(2));
    }
}
