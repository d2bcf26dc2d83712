//! A backup and the way back, into the same kind of database and into the other.

use std::io::{Read, Seek, SeekFrom, Write};

use rightsdesk::access::Role;
use rightsdesk::store::{self, StoreError};
use serde_json::json;

use crate::harness::{Backend, Bench, Options};

fn run(bench: &Bench, arguments: &[&str]) -> (i32, String, String) {
    let output = bench.process(arguments).stdin(std::process::Stdio::null()).output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn rows(bench: &Bench) -> Vec<(String, serde_json::Value)> {
    bench
        .desk
        .store
        .read(|conn| {
            let mut all = Vec::new();
            for table in store::portable_tables(conn)? {
                store::rows_export(conn, &table, |row| {
                    let mut row: serde_json::Value = serde_json::from_str(row).unwrap();
                    // SQLite has no truth values.
                    for value in row.as_object_mut().unwrap().values_mut() {
                        if let Some(truth) = value.as_bool() {
                            *value = json!(i64::from(truth));
                        }
                    }
                    all.push((table.name.clone(), row));
                    Ok::<_, StoreError>(())
                })?;
            }
            all.sort_by(|(a, _), (b, _)| a.cmp(b));
            Ok::<_, StoreError>(all)
        })
        .unwrap()
}

fn bench(backend: Backend) -> Bench {
    Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() })
}

fn backed_up(backend: Backend) -> (Bench, String) {
    let bench = bench(backend);
    bench.verified_request(
        json!({"name": "Ann Ll\u{17e}r \u{1f600}", "email": "ann@example.org", "phone": "07700 900123"}),
    );
    bench.staff("otto", Role::Auditor);
    std::fs::write(bench.dir.path().join("data/bundles/kept.zip"), b"bytes \0 of a bundle").unwrap();
    let file = bench.dir.path().join("backup.zip").display().to_string();
    let (code, out, err) = run(&bench, &["backup", &file]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("the audit trail up to entry") && out.contains("SHA-256"), "{out}");
    (bench, file)
}

both! {
    fn a_backup_comes_back_whole_in_either_database(backend) {
        let (first, file) = backed_up(backend);
        let before = rows(&first);
        assert!(before.len() > 10);
        for other in [Backend::Sqlite, Backend::Postgres] {
            let second = bench(other);
            let (code, out, err) = run(&second, &["restore", &file]);
            assert_eq!(code, 0, "{err}");
            assert!(out.contains("The audit trail is intact"), "{out}");
            let mut after = rows(&second);
            // The one row more is the entry that says it was restored.
            let restored = after.iter().position(|(_, row)| row["kind"] == "restored").unwrap();
            after.remove(restored);
            assert_eq!(before, after);
            assert_eq!(std::fs::read(second.dir.path().join("data/bundles/kept.zip")).unwrap(), b"bytes \0 of a bundle");
            for key in ["secret", "audit-key"] {
                let of = |bench: &Bench| std::fs::read(bench.dir.path().join("data").join(key)).unwrap();
                assert_eq!(of(&first), of(&second), "{key}");
            }
            // The desk goes on, and its trail holds.
            assert_eq!(run(&second, &["user", "disable", "otto"]).0, 0);
            assert_eq!(run(&second, &["audit", "verify"]).0, 0);
        }
    }

    fn a_restore_replaces_a_desk_only_when_told_to(backend) {
        let (bench, file) = backed_up(backend);
        let before = rows(&bench);
        bench.staff("later", Role::Admin);
        let (code, _, err) = run(&bench, &["restore", &file]);
        assert!(code == 1 && err.contains("add --force"), "{err}");
        assert!(rows(&bench).len() > before.len());
        let (code, out, err) = run(&bench, &["restore", &file, "--force"]);
        assert_eq!(code, 0, "{out} {err}");
        let after = rows(&bench);
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(run(&bench, &["audit", "verify"]).0, 0);
    }

    fn a_damaged_backup_is_refused_before_anything_is_changed(backend) {
        let (first, file) = backed_up(backend);
        let second = bench(backend);
        let whole = std::fs::read(&file).unwrap();
        // A byte of a table, the second half missing, and no zip at all.
        let mut damaged = std::fs::OpenOptions::new().read(true).write(true).open(&file).unwrap();
        let name = b"tables/audit_events.jsonl";
        let at = whole.windows(name.len()).position(|window| window == name).unwrap() + name.len() + 60;
        let middle = u64::try_from(at).unwrap();
        let mut byte = [0];
        damaged.seek(SeekFrom::Start(middle)).unwrap();
        damaged.read_exact(&mut byte).unwrap();
        damaged.seek(SeekFrom::Start(middle)).unwrap();
        damaged.write_all(&[byte[0] ^ 0x55]).unwrap();
        drop(damaged);
        let (code, _, err) = run(&second, &["restore", &file]);
        assert!(code == 1 && err.contains("backup"), "{err}");
        for (text, code) in [(&whole[..whole.len() / 2], 1), (b"hello", 1)] {
            std::fs::write(&file, text).unwrap();
            let (found, _, err) = run(&second, &["restore", &file]);
            assert!(found == code && err.contains("no backup of rightsdesk"), "{err}");
        }
        assert_eq!(run(&second, &["restore", "/nowhere.zip"]).0, 2);
        assert_eq!(rows(&second).len(), 0);
        drop(first);
    }
}
