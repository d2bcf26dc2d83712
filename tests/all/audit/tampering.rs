//! Every way to change the trail or what figures come from, directly in either database: detected and named.

use rightsdesk::acts::AuditProblemKind;
use rightsdesk::store::{self, StoreError};
use serde_json::json;

use super::{desk, inspect, kinds, problems, unprotect};
use crate::harness::{Backend, Bench};

/// The contents of every table.
fn copy(bench: &Bench) -> Vec<(store::PortableTable, String)> {
    bench
        .desk
        .store
        .read(|conn| {
            let tables = store::portable_tables(conn)?;
            tables
                .into_iter()
                .map(|table| {
                    let mut rows = Vec::new();
                    store::rows_export(conn, &table, |row| {
                        rows.push(row.to_owned());
                        Ok::<_, StoreError>(())
                    })?;
                    Ok((table, format!("[{}]", rows.join(","))))
                })
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .unwrap()
}

/// Puts an older copy back.
fn put_back(bench: &Bench, copy: &[(store::PortableTable, String)]) {
    let emptied = bench.desk.store.revert_all().unwrap();
    assert!(!emptied.is_empty());
    bench.desk.store.migrate().unwrap();
    bench
        .desk
        .store
        .write(|conn| {
            for (table, rows) in copy {
                store::rows_import(conn, table, rows)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

both! {
    fn a_changed_deleted_inserted_or_swapped_entry_is_named(backend) {
        for (tamper, named) in [
            (vec!["UPDATE audit_events SET actor = 'staff:nobody' WHERE seq = 4"], "audit entry 4 was changed after it was written"),
            (vec!["UPDATE audit_events SET origin = '192.0.2.0/24' WHERE seq = 4"], "audit entry 4 was changed after it was written"),
            (vec!["UPDATE audit_events SET form = 1 WHERE seq = 4"], "audit entry 4 was changed after it was written"),
            (vec!["UPDATE audit_events SET detail = detail || ' ' WHERE seq = 2"], "audit entry 2 was changed after it was written"),
            (vec!["UPDATE audit_events SET case_id = NULL WHERE seq = 2"], "audit entry 2 was changed after it was written"),
            (vec!["DELETE FROM audit_events WHERE seq = 3"], "audit entry 4 stands where 3 belongs"),
            (vec!["DELETE FROM audit_events WHERE seq = 1"], "audit entry 2 stands where 1 belongs"),
            (
                vec![
                    "UPDATE audit_events SET seq = seq + 1000 WHERE seq > 3",
                    "UPDATE audit_events SET seq = seq - 999 WHERE seq > 3",
                    "INSERT INTO audit_events (seq, at, actor, case_id, kind, detail, previous_hash, hash, form) \
                     SELECT 4, at, actor, case_id, kind, detail, hash, 'x', form FROM audit_events WHERE seq = 3",
                ],
                "audit entry 4 was changed after it was written",
            ),
            (
                vec![
                    "UPDATE audit_events SET seq = 1000 WHERE seq = 2",
                    "UPDATE audit_events SET seq = 2 WHERE seq = 3",
                    "UPDATE audit_events SET seq = 3 WHERE seq = 1000",
                ],
                "audit entry 2 does not continue the entry before it",
            ),
        ] {
            let bench = desk(backend);
            assert_eq!(problems(&bench), Vec::<String>::new());
            unprotect(&bench);
            for sql in &tamper {
                bench.sql(sql).unwrap();
            }
            let found = problems(&bench);
            assert!(found.iter().any(|p| p.starts_with("chain: ") && p.contains(named)), "{tamper:?}: {found:?}");
        }
    }

    fn a_trail_whose_end_is_cut_off_is_named(backend) {
        let bench = desk(backend);
        let entries = inspect(&bench).entries;
        unprotect(&bench);
        bench.sql(&format!("DELETE FROM audit_events WHERE seq = {entries}")).unwrap();
        let found = problems(&bench);
        assert!(found[0].contains(&format!("ends at entry {}", entries - 1)), "{found:?}");
        assert!(found[0].contains(&format!("entry {entries} was there")), "{found:?}");
        // All of it.
        bench.sql("DELETE FROM audit_events").unwrap();
        assert!(kinds(&inspect(&bench)).contains(&AuditProblemKind::CutOff));
    }

    fn an_older_copy_of_the_database_is_named_also_when_the_desk_goes_on_with_it(backend) {
        let bench = desk(backend);
        let older = copy(&bench);
        let entries = inspect(&bench).entries;
        bench.verified_request(json!({"name": "Cy Dow", "email": "cy@example.org"}));
        assert!(inspect(&bench).intact);
        put_back(&bench, &older);
        let found = inspect(&bench);
        assert_eq!(found.entries, entries);
        assert_eq!(kinds(&found), [AuditProblemKind::CutOff], "{found:?}");
        // Used on, it goes past where it had come; the note stays where the two parted.
        for name in ["Di Eve", "Ed Fox", "Flo Gee"] {
            bench.verified_request(json!({"name": name, "email": "x@example.org"}));
        }
        let found = inspect(&bench);
        assert!(found.entries > entries + 8, "{found:?}");
        assert_eq!(kinds(&found), [AuditProblemKind::Rewritten], "{found:?}");
        assert!(found.problems[0].problem.contains("an older copy of the database was put back"), "{found:?}");
    }

    fn facts_that_were_changed_added_or_removed_behind_the_program_are_named(backend) {
        for (sql, named) in [
            ("UPDATE clock_events SET happened_on = '2026-11-01'", "was changed or removed"),
            ("UPDATE clock_events SET kind = 'fee_requested'", "was changed or removed"),
            ("UPDATE clock_events SET recorded_at = '2026-11-23 10:00:00'", "was changed or removed"),
            ("DELETE FROM clock_events", "was changed or removed"),
            (
                "INSERT INTO clock_events (id, case_id, kind, happened_on, recorded_at, recorded_by) \
                 SELECT '0195f0c2-0000-7000-8000-000000000000', id, 'extension_notified', '2026-11-23', '2026-11-23 09:30:00', 'staff:x' \
                 FROM cases LIMIT 1",
                "has 3 rows, of which the audit trail speaks of 2",
            ),
            (
                "INSERT INTO work_times (id, case_id, worked_on, minutes, recorded_at, recorded_by) \
                 SELECT 'x', id, '2026-11-23', 60, '2026-11-23 09:30:00', 'staff:x' FROM cases LIMIT 1",
                "has 1 rows, of which the audit trail speaks of 0",
            ),
        ] {
            let bench = desk(backend);
            unprotect(&bench);
            bench.sql(sql).unwrap();
            let found = problems(&bench);
            assert!(found.iter().all(|p| p.starts_with("facts: ")) && found.iter().any(|p| p.contains(named)), "{sql}: {found:?}");
        }
    }

    fn how_a_case_ended_is_held_against_the_trail(backend) {
        let bench = desk(backend);
        let jo = bench.staff("jo", rightsdesk::access::Role::Caseworker);
        let case = bench.get("/api/v1/cases", &jo).expect(200)["cases"][0]["id"].as_str().unwrap().to_owned();
        bench.take(&case, "refuse", &json!({"reason": "We have answered this twice.", "code": "EXCESSIVE"}), &jo).expect(200);
        assert!(inspect(&bench).intact);
        unprotect(&bench);
        if backend == Backend::Sqlite {
            bench.sql("DROP TRIGGER case_endings_no_update").unwrap();
        } else {
            assert!(bench.sql("UPDATE case_endings SET how = how").is_ok(), "the triggers are off");
        }
        bench.sql("UPDATE case_endings SET code = NULL").unwrap();
        let found = problems(&bench);
        assert!(found[0].contains("case_endings") && found[0].contains("ground EXCESSIVE"), "{found:?}");
    }
}
