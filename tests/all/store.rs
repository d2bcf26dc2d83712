//! The desk's own database.

use rightsdesk::audit::{Actor, Event};
use rightsdesk::base::Clock;
use rightsdesk::store::{self, NewJob, StoreError, audit_append, audit_verify, job_claim, job_done, job_enqueue};
use rightsdesk::wiring;

use crate::harness::{Bench, Options};

both! {
    fn every_migration_goes_up_down_and_up_again(backend) {
        let bench = Bench::new(backend);
        let store = wiring::store(&bench.config).unwrap();
        assert!(store.migrations_missing().unwrap().is_empty());
        let down = store.revert_all().unwrap();
        assert_eq!(store.migrations_missing().unwrap().len(), down.len());
        assert_eq!(store.migrate().unwrap().len(), down.len());
        assert!(store.migrations_missing().unwrap().is_empty());
    }

    fn the_audit_trail_and_the_clocks_facts_refuse_change(backend) {
        let bench = Bench::new(backend);
        bench.verified_request(serde_json::json!({"name": "Ann Lee", "email": "ann@example.org"}));
        bench.work();
        for sql in [
            "UPDATE audit_events SET detail = '{}'",
            "DELETE FROM audit_events",
            "UPDATE clock_events SET happened_on = '2020-01-01'",
            "DELETE FROM clock_events",
        ] {
            let refused = bench.sql(sql).unwrap_err();
            assert!(refused.contains("cannot be changed"), "{sql}: {refused}");
        }
        let truncated = bench.sql("TRUNCATE audit_events");
        assert!(truncated.is_err());
        if backend == crate::harness::Backend::Sqlite {
            let replaced = bench.sql("REPLACE INTO audit_events SELECT seq, at, actor, case_id, kind, '{}', previous_hash, hash, form, origin FROM audit_events");
            assert!(replaced.unwrap_err().contains("cannot be changed"));
        }
    }

    fn tampering_behind_the_triggers_is_named(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        bench.verified_request(serde_json::json!({"name": "Ann Lee", "email": "ann@example.org"}));
        let check = || bench.desk.store.read(audit_verify).unwrap();
        assert!(check().is_ok());
        // Whoever owns the database can drop the trigger; the chain still tells.
        for sql in match backend {
            crate::harness::Backend::Sqlite => &["DROP TRIGGER audit_events_no_update", "DROP TRIGGER audit_events_no_delete"][..],
            crate::harness::Backend::Postgres => &["ALTER TABLE audit_events DISABLE TRIGGER USER"][..],
        } {
            bench.sql(sql).unwrap();
        }
        bench.sql("UPDATE audit_events SET actor = 'staff:nobody' WHERE seq = 2").unwrap();
        assert_eq!(check().unwrap_err().to_string(), "audit entry 2 was changed after it was written");
        bench.sql("DELETE FROM audit_events WHERE seq = 2").unwrap();
        assert!(check().unwrap_err().to_string().contains("audit entry 3 stands where 2 belongs"));
    }

    fn appends_from_many_threads_make_one_chain(backend) {
        let bench = Bench::new(backend);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        bench.desk.store.write(|conn| {
                            audit_append(conn, bench.clock.now(), &Actor::System, None, &Event::SignedIn)
                        }).unwrap();
                    }
                });
            }
        });
        let (entries, _) = bench.desk.store.read(audit_verify).unwrap().unwrap();
        assert_eq!(entries, 100);
    }

    fn a_job_is_claimed_by_one_worker_and_outlives_a_dead_one(backend) {
        let bench = Bench::new(backend);
        let now = bench.clock.now();
        let lease = chrono::TimeDelta::seconds(30);
        let enqueue = |key: Option<&str>| bench.desk.store.write(|conn| {
            let job = NewJob { kind: "test", case: None, payload: "{}".into(), dedupe_key: key.map(str::to_owned) };
            job_enqueue(conn, job, now)
        }).unwrap();
        for _ in 0..20 { enqueue(None); }
        enqueue(Some("once"));
        enqueue(Some("once"));
        let claimed: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| {
                let mut mine = Vec::new();
                while let Some((_, held)) = bench.desk.store.write(|conn| job_claim(conn, now, lease)).unwrap() {
                    mine.push(held);
                }
                mine
            })).collect();
            threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 21, "each job once");
        // The worker of one dies; when its lease has ended another takes the job, and the dead one cannot end it.
        let later = now.plus(chrono::TimeDelta::seconds(31));
        let (job, second) = bench.desk.store.write(|conn| job_claim(conn, later, lease)).unwrap().unwrap();
        assert_eq!(job.attempts, 2);
        let first = claimed.iter().find(|held| held.job == second.job).unwrap();
        let lost = bench.desk.store.write(|conn| job_done(conn, first, later)).unwrap_err();
        assert!(matches!(lost, StoreError::Conflict("job")));
        for held in claimed.iter().filter(|held| held.job != second.job).chain([&second]) {
            bench.desk.store.write(|conn| job_done(conn, held, later)).unwrap();
        }
    }

    fn a_transaction_that_fails_leaves_nothing(backend) {
        let bench = Bench::new(backend);
        let now = bench.clock.now();
        let failed: Result<(), StoreError> = bench.desk.store.write(|conn| {
            audit_append(conn, now, &Actor::System, None, &Event::SignedIn)?;
            Err(StoreError::Conflict("test"))
        });
        assert!(failed.is_err());
        assert_eq!(bench.desk.store.read(store::audit_verify).unwrap().unwrap().0, 0);
    }
}
