//! Reminders are made once, by whoever comes first.

use std::sync::{Arc, Barrier};

use chrono::TimeDelta;
use rightsdesk::access::Role;
use rightsdesk::acts::tick;
use rightsdesk::base::Clock;
use rightsdesk::jobs::work_until_idle;
use serde_json::json;

use super::{at, bench, case, caseworker, fact, letters_about, logged, run_day, second_process, set_day, subject};
use crate::harness::{Bench, Options};

both! {
    fn two_processes_that_tick_at_once_send_once(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let ids: Vec<String> =
            (0..6).map(|n| logged(&bench, &token, "2026-11-23", Some(&format!("p{n}@example.org")))).collect();
        bench.work();
        // The target, 14 December, is three working days away.
        set_day(&bench, "2026-12-09");
        let others = [second_process(&bench), second_process(&bench)];
        let start = Barrier::new(3);
        let made: u64 = std::thread::scope(|scope| {
            let desks = [&bench.desk, &others[0], &others[1]];
            let running: Vec<_> = desks
                .into_iter()
                .map(|desk| {
                    let start = &start;
                    scope.spawn(move || {
                        start.wait();
                        let made = (0..3).map(|_| tick(desk).unwrap().made).sum::<u64>();
                        work_until_idle(desk).unwrap();
                        made
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(made, 6);
        assert_eq!(letters_about(&bench, "our target is 14 December 2026").len(), 6);
        for id in &ids {
            let kinds = bench.audit_kinds(id);
            assert_eq!(kinds.iter().filter(|kind| *kind == "reminder_made").count(), 1, "{kinds:?}");
        }
        // Later that day, and the day after, nothing more is said of it.
        for day in ["2026-12-09", "2026-12-10"] {
            assert_eq!(run_day(&bench, day).made, 0);
        }
    }

    fn a_restart_between_the_reminder_and_its_letter_sends_one_letter(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        bench.work();
        set_day(&bench, "2026-12-21");
        assert_eq!(tick(&bench.desk).unwrap().made, 2, "the due date and the notice are near");
        assert_eq!(letters_about(&bench, "due on 23 December 2026"), Vec::<String>::new());
        // The process ends here. The next one finds the reminder, and the job that was queued with it.
        let next = second_process(&bench);
        assert_eq!(tick(&next).unwrap().made, 0);
        work_until_idle(&next).unwrap();
        assert_eq!(letters_about(&bench, "due on 23 December 2026"), ["dataprotection@lancashire.gov.uk"]);
        assert_eq!(letters_about(&bench, "last day for a notice of extension").len(), 1);
    }

    fn each_reminder_goes_to_who_has_the_case_and_names_no_person(backend) {
        let bench = bench(backend, &[("CLOCK__TEAM_EMAIL", "team@example.org")]);
        let token = caseworker(&bench);
        bench.staff("boss", Role::Approver);
        let id = logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        run_day(&bench, "2026-12-09");
        assert_eq!(letters_about(&bench, "our target"), ["team@example.org"]);
        // The address is looked up when the letter goes out.
        set_day(&bench, "2026-12-16");
        tick(&bench.desk).unwrap();
        bench.take(&id, "assign", &json!({"assignee": "jo"}), &token).expect(200);
        bench.work();
        assert_eq!(letters_about(&bench, "notice of extension"), ["jo@example.org"]);
        // Overdue: the assignee and every approver, again each week, and only the newest after a standstill.
        assert_eq!(run_day(&bench, "2026-12-23").made, 1, "due near");
        assert_eq!(run_day(&bench, "2026-12-24").made, 1);
        assert_eq!(run_day(&bench, "2026-12-30").made, 0);
        assert_eq!(run_day(&bench, "2026-12-31").made, 1);
        assert_eq!(run_day(&bench, "2027-02-03").made, 1);
        let mut overdue = letters_about(&bench, "OVERDUE");
        overdue.sort();
        assert_eq!(overdue, [["boss@example.org"; 3], ["jo@example.org"; 3]].concat());
        for letter in bench.letters().iter().filter(|l| l.contains("names no person")) {
            assert!(!letter.contains("Ann") && !letter.contains("ann@"), "{letter}");
            assert!(letter.contains("https://rights.example.org/desk/cases/"), "{letter}");
        }
        let view = case(&bench, &id, &token);
        assert_eq!((view["overdue"].as_bool(), view["target_on"].as_str()), (Some(true), Some("2026-12-14")));
    }

    fn configured_addresses_are_told_instead_of_the_approvers(backend) {
        let bench = bench(backend, &[("CLOCK__ESCALATION_EMAILS", "head@example.org,audit@example.org")]);
        let token = caseworker(&bench);
        bench.staff("boss", Role::Approver);
        logged(&bench, &token, "2026-10-01", Some("ann@example.org"));
        run_day(&bench, "2026-11-24");
        let mut told = letters_about(&bench, "OVERDUE");
        told.sort();
        assert_eq!(told, ["audit@example.org", "dataprotection@lancashire.gov.uk", "head@example.org"]);
    }

    fn a_moved_due_date_gets_its_own_reminder_and_the_old_one_is_ticked_off(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        let open = || -> Vec<(String, String)> {
            let list = bench.get("/api/v1/reminders", &token).expect(200);
            let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
            list["reminders"].as_array().unwrap().iter().map(|r| (text(&r["kind"]), text(&r["about_on"]))).collect()
        };
        let pair = |kind: &str, on: &str| (kind.to_owned(), on.to_owned());
        run_day(&bench, "2026-12-21");
        assert_eq!(open(), [pair("due_near", "2026-12-23"), pair("extension_notice_near", "2026-12-23")]);
        // It had arrived a week later than was logged.
        let receipt = bench.get(&format!("/api/v1/cases/{id}/facts"), &token).expect(200)["facts"][0]["id"].clone();
        let body = json!({"kind": "received", "happened_on": "2026-11-30", "corrects": receipt, "note": "Postmark."});
        fact(&bench, &id, &body, &token).expect(201);
        assert_eq!(open(), []);
        assert_eq!(run_day(&bench, "2026-12-28").made, 2);
        assert_eq!(open(), [pair("due_near", "2026-12-30"), pair("extension_notice_near", "2026-12-30")]);
        assert_eq!(letters_about(&bench, "due on").len(), 2);
        bench.take(&id, "refuse", &json!({"reason": "Asked for twice."}), &token).expect(200);
        assert_eq!(open(), [], "an answered case reminds nobody");
        bench.work();
        assert_eq!(run_day(&bench, "2027-03-01").made, 0);
    }

    fn a_colleague_ticks_off_a_reminder_once(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let other = bench.staff("kim", Role::Caseworker);
        let auditor = bench.staff("otto", Role::Auditor);
        let admin = bench.staff("ada", Role::Admin);
        let id = logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        bench.take(&id, "assign", &json!({"assignee": "jo"}), &token).expect(200);
        run_day(&bench, "2026-12-09");
        let list = |query: &str, token: &str| bench.get(&format!("/api/v1/reminders{query}"), token).expect(200);
        let mine = list("", &token);
        assert_eq!(mine["reminders"][0]["kind"], "target_near");
        assert_eq!(mine["next"], json!(null));
        assert_eq!(list("", &other)["reminders"], json!([]), "the case is somebody else's");
        assert_eq!(list("?everybody=true", &auditor)["reminders"].as_array().unwrap().len(), 1);
        bench.get("/api/v1/reminders", &admin).problem(403);
        assert_eq!(bench.get("/api/v1/reminders?limit=0&after=x", &token).problem(422), ["after", "limit"]);
        let path = format!("/api/v1/reminders/{}/done", mine["reminders"][0]["id"].as_str().unwrap());
        bench.post_as(&path, &json!(null), &auditor).problem(403);
        bench.post_as(&path, &json!(null), &other).expect(204);
        bench.post_as(&path, &json!(null), &other).problem(409);
        bench.post_as("/api/v1/reminders/x/done", &json!(null), &other).problem(404);
        assert_eq!(list("", &token)["reminders"], json!([]));
        assert_eq!(bench.audit_kinds(&id).last().unwrap(), "reminder_done");
        assert_eq!(run_day(&bench, "2026-12-10").made, 0);
    }

    fn a_page_of_reminders_goes_on_where_the_last_ended(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        for n in 0..5 {
            logged(&bench, &token, "2026-11-23", Some(&format!("p{n}@example.org")));
        }
        run_day(&bench, "2026-12-09");
        let mut seen = Vec::new();
        let mut path = "/api/v1/reminders?limit=2".to_owned();
        loop {
            let page = bench.get(&path, &token).expect(200);
            seen.extend(page["reminders"].as_array().unwrap().iter().map(|r| r["reference"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/reminders?limit=2&after={next}");
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }

    fn the_clocks_change_and_nothing_is_skipped_or_doubled(backend) {
        // Asked on a Sunday, to be reminded a week later: the Sunday on which the clocks go back, or forward. Midnight in
        // London is at 23:00 UTC before the one and at 00:00 UTC before the other.
        for (asked, from, first) in [
            ("2026-10-18T09:00:00Z", "2026-10-24T22:00:00Z", "2026-10-24T23:00:00.000000Z"),
            ("2026-03-22T09:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T00:00:00.000000Z"),
        ] {
            let bench = bench(backend, &[]);
            bench.clock.set(at(asked));
            bench.post("/api/v1/requests", &json!({"right": "access", "subject": subject("ann@example.org")})).expect(201);
            bench.work();
            bench.clock.set(at(from));
            let other = second_process(&bench);
            let mut made = Vec::new();
            // Every half hour through both readings of 01:30, in two processes.
            for _ in 0..56 {
                for desk in [&bench.desk, &other] {
                    if tick(desk).unwrap().made > 0 {
                        made.push(bench.clock.now().to_string());
                    }
                }
                bench.work();
                bench.clock.advance(TimeDelta::minutes(30));
            }
            assert_eq!(made, [first]);
            assert_eq!(letters_about(&bench, "We cannot go on with request").len(), 1);
        }
    }

    fn other_settings_are_heeded_by_cases_that_wait(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        run_day(&bench, "2026-11-24");
        assert_eq!(run_day(&bench, "2026-12-02").looked_at, 0, "nothing falls due before 9 December");
        // The operator wants to be reminded earlier, and starts the desk anew.
        let mut config = bench.config.clone();
        config.clock.target_lead_days = 8;
        let desk = Arc::new(rightsdesk::wiring::desk(&config, bench.clock.clone()).unwrap());
        assert_eq!(tick(&desk).unwrap().made, 1);
        work_until_idle(&desk).unwrap();
        assert_eq!(letters_about(&bench, "our target").len(), 1);
    }

    fn a_case_that_cannot_be_looked_at_does_not_hold_up_the_others(backend) {
        let bench = Bench::with(backend, Options {
            settings: vec![("RIGHTSDESK_TOKENS__STAFF_MINUTES".into(), "2000000".into())],
            ..Options::default()
        });
        let token = caseworker(&bench);
        let broken = logged(&bench, &token, "2026-11-23", Some("a@example.org"));
        logged(&bench, &token, "2026-11-23", Some("b@example.org"));
        bench.work();
        bench.sql(&format!("UPDATE cases SET right_asked = 'nonsense' WHERE id = '{broken}'")).unwrap();
        set_day(&bench, "2026-12-09");
        let ticked = tick(&bench.desk).unwrap();
        assert_eq!((ticked.made, ticked.failed), (1, 1));
        bench.work();
    }
}
