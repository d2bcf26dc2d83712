//! A day is proclaimed: the right cases move, and their people are told.

use rightsdesk::acts::{
    ActError, HolidayChangeId, MovedCase, holiday_change_undo, holiday_proclaim, holiday_take_back, holidays_import,
    holidays_list, moved_cases, recompute,
};
use rightsdesk::audit::Actor;
use rightsdesk::calendar::Division;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{bench, case, caseworker, letters_about, logged, second_process, subject};
use crate::harness::Bench;

const ENGLAND: Division = Division::EnglandAndWales;

fn proclaim(bench: &Bench, division: Division) -> HolidayChangeId {
    let date = "2026-12-24".parse().unwrap();
    holiday_proclaim(&bench.desk, division, date, "Day of thanks", &Actor::Operator).unwrap().id
}

fn moved(bench: &Bench, change: HolidayChangeId) -> Vec<(String, String, String, bool)> {
    let date = |date: Option<chrono::NaiveDate>| date.map(|d| d.to_string()).unwrap_or_default();
    moved_cases(&bench.desk, change, "", 100)
        .unwrap()
        .into_iter()
        .map(|MovedCase { reference, due_before, due_after, told, problem }| {
            assert_eq!(problem, None);
            (reference, date(due_before), date(due_after), told)
        })
        .collect()
}

fn row(reference: &str, before: &str, after: &str, told: bool) -> (String, String, String, bool) {
    (format!("DR-2026-00000{reference}"), before.into(), after.into(), told)
}

fn due_changes(bench: &Bench, id: &str) -> usize {
    bench.audit_kinds(id).iter().filter(|kind| *kind == "due_date_changed").count()
}

both! {
    fn a_proclaimed_day_moves_exactly_the_cases_that_are_due_on_it(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let before = logged(&bench, &token, "2026-11-23", Some("before@example.org"));
        bench.clock.set("2026-11-24T12:00:00Z".parse().unwrap());
        let on_it = logged(&bench, &token, "2026-11-24", Some("on@example.org"));
        let no_email = logged(&bench, &token, "2026-11-24", None);
        let body = json!({"right": "access", "subject": subject("unverified@example.org")});
        let unverified = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        let closed = logged(&bench, &token, "2026-11-24", Some("closed@example.org"));
        bench.take(&closed, "withdraw", &json!({"reason": "Asked to stop."}), &token).expect(200);
        bench.work();
        let letters = bench.letters().len();
        assert_eq!(case(&bench, &on_it, &token)["due_on"], "2026-12-24");
        let counts = [&before, &on_it, &no_email, &unverified, &closed].map(|id| due_changes(&bench, id));

        // Scotland's day moves nobody here.
        let elsewhere = proclaim(&bench, Division::Scotland);
        bench.work();
        assert_eq!(moved(&bench, elsewhere), []);
        assert_eq!(bench.letters().len(), letters);

        let change = proclaim(&bench, ENGLAND);
        recompute(&bench.desk, change).unwrap();
        assert_eq!(
            moved(&bench, change),
            [
                row("2", "2026-12-24", "2026-12-29", true),
                row("3", "2026-12-24", "2026-12-29", false),
                row("4", "2026-12-24", "2026-12-29", false),
            ]
        );
        bench.work();
        assert_eq!(letters_about(&bench, "A new date for your request"), ["on@example.org"]);
        assert_eq!(bench.letters().len(), letters + 1, "nobody else is written to");
        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("Before, it was 24 December 2026.") && letter.contains("Now it is 29 December 2026."));
        assert_eq!(case(&bench, &on_it, &token)["due_on"], "2026-12-29");
        assert_eq!(case(&bench, &before, &token)["due_on"], "2026-12-23");
        let moved_by = [0, 1, 1, 1, 0];
        for ((id, count), more) in [&before, &on_it, &no_email, &unverified, &closed].into_iter().zip(counts).zip(moved_by) {
            assert_eq!(due_changes(&bench, id), count + more, "{id}");
        }
        // A second process knows at once, and so does a case that comes after.
        assert_eq!(case(&bench, &logged(&bench, &token, "2026-11-24", None), &token)["due_on"], "2026-12-29");
        let listed = holidays_list(&second_process(&bench), ENGLAND).unwrap().changes;
        assert_eq!(listed.iter().filter(|change| change.in_force).count(), 2);
        assert!(listed.iter().all(|change| change.recomputed_at.is_some() && change.made_by == "operator"));

        // Taken back by hand, everything is as it was, and they are told again.
        let date = "2026-12-24".parse().unwrap();
        let back = holiday_take_back(&bench.desk, ENGLAND, date, &Actor::Operator).unwrap();
        assert_eq!(back.days.len(), 1);
        bench.work();
        assert_eq!(moved(&bench, back.id).len(), 4);
        assert_eq!(case(&bench, &on_it, &token)["due_on"], "2026-12-24");
        assert_eq!(letters_about(&bench, "A new date for your request").len(), 2);
        assert!(matches!(
            holiday_take_back(&bench.desk, ENGLAND, date, &Actor::Operator),
            Err(ActError::Refused(_))
        ));
        // The auditor sees what was believed in between.
        let kinds: Vec<String> = rightsdesk::acts::audit_list(&bench.desk, None, 0, 1_000)
            .unwrap()
            .into_iter()
            .filter(|link| link.entry.kind == "holidays_changed")
            .map(|link| link.entry.detail)
            .collect();
        assert_eq!(kinds.len(), 3);
        assert!(kinds[2].contains("taken_back") && kinds[2].contains(r#""removed":1"#), "{kinds:?}");
    }

    fn a_worker_goes_on_where_the_command_stopped_and_lists_what_cannot_be_computed(backend) {
        let mut bench = bench(backend, &[]);
        // Two facts are put in behind the program, of which the trail cannot speak.
        bench.trail_may_break = true;
        let token = caseworker(&bench);
        bench.clock.set("2026-11-24T12:00:00Z".parse().unwrap());
        let ids: Vec<String> = (0..4).map(|_| logged(&bench, &token, "2026-11-24", None)).collect();
        // Proof that arrives in a year whose bank holidays nobody knows.
        for (n, (kind, day)) in [("id_requested", "2029-01-10"), ("id_received", "2029-01-15")].iter().enumerate() {
            bench.sql(&format!(
                "INSERT INTO clock_events (id, case_id, kind, happened_on, recorded_at, recorded_by) VALUES \
                 ('0195f0c2-0000-7000-8000-00000000000{n}', '{}', '{kind}', '{day}', '2026-11-24 12:00:00', 'system')",
                ids[1]
            )).unwrap();
        }
        let change = proclaim(&bench, ENGLAND);
        // The command died; two workers take the job's work at once, one of them without the job.
        let other = second_process(&bench);
        std::thread::scope(|scope| {
            scope.spawn(|| recompute(&other, change).unwrap());
            bench.work();
        });
        let cases = moved_cases(&bench.desk, change, "", 100).unwrap();
        assert_eq!(cases.len(), 4);
        assert!(cases[1].problem.as_ref().unwrap().contains("2029"), "{:?}", cases[1]);
        assert_eq!(cases.iter().filter(|case| case.problem.is_none()).count(), 3);
        for (id, case) in ids.iter().zip(&cases) {
            assert_eq!(due_changes(&bench, id), if case.problem.is_some() { 1 } else { 2 });
        }
        let listed = moved_cases(&bench.desk, change, &cases[2].reference, 100).unwrap();
        assert_eq!(listed, cases[3..]);
    }

    fn a_newer_file_opens_a_year_and_can_be_taken_back(backend) {
        let bench = bench(backend, &[]);
        let far = chrono::NaiveDate::from_ymd_opt(2206, 6, 3).unwrap();
        let far = holiday_proclaim(&bench.desk, ENGLAND, far, "Jubilee", &Actor::Operator);
        assert!(matches!(far, Err(ActError::Invalid(_))), "a year that was mistyped");
        let faulty = holidays_import(&bench.desk, "{}", &Actor::Operator);
        assert!(matches!(faulty, Err(ActError::Invalid(_))));
        let embedded = include_str!("../../../assets/law/bank-holidays.json");
        let nothing_new = holidays_import(&bench.desk, embedded, &Actor::Operator);
        assert!(matches!(nothing_new, Err(ActError::Refused(_))));
        let events: Vec<Value> = ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"]
            .iter()
            .map(|day| json!({"title": "Holiday", "date": format!("2029-{day}"), "notes": ""}))
            .collect();
        let file = json!({"england-and-wales": {"division": "england-and-wales", "events": events}}).to_string();
        let change = holidays_import(&bench.desk, &file, &Actor::Operator).unwrap();
        assert_eq!(change.days.len(), 8);
        bench.work();
        assert_eq!(holidays_list(&bench.desk, ENGLAND).unwrap().known_years, Some((2018, 2029)));
        // A proclaimed day survives a file that lacks it.
        let date = "2029-06-04".parse().unwrap();
        holiday_proclaim(&bench.desk, ENGLAND, date, "Jubilee", &Actor::Operator).unwrap();
        let again = holiday_proclaim(&bench.desk, ENGLAND, date, "Jubilee", &Actor::Operator).unwrap_err();
        assert!(again.to_string().contains("Jubilee"), "{again}");
        bench.work();
        let undone = holiday_change_undo(&bench.desk, change.id, &Actor::Operator).unwrap();
        assert_eq!(undone.days.len(), 8);
        assert!(holiday_change_undo(&bench.desk, change.id, &Actor::Operator).is_err());
        bench.work();
        assert_eq!(holidays_list(&second_process(&bench), ENGLAND).unwrap().known_years, Some((2018, 2028)));
    }

    fn a_request_is_kept_though_its_date_cannot_be_computed_yet(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        bench.clock.set("2028-12-12T12:00:00Z".parse().unwrap());
        let body = json!({"right": "access", "subject": subject("ann@example.org")});
        let made = bench.post("/api/v1/requests", &body).expect(201);
        bench.work();
        let listed = bench.get("/api/v1/cases", &token).expect(200);
        assert_eq!((&listed["cases"][0]["id"], &listed["cases"][0]["due_on"]), (&made["id"], &json!(null)));
        let events: Vec<Value> = ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"]
            .iter()
            .map(|day| json!({"title": "Holiday", "date": format!("2029-{day}"), "notes": ""}))
            .collect();
        let file = json!({"england-and-wales": {"events": events}}).to_string();
        let change = holidays_import(&bench.desk, &file, &Actor::Operator).unwrap();
        bench.work();
        assert_eq!(moved(&bench, change.id).len(), 1);
        assert_eq!(case(&bench, made["id"].as_str().unwrap(), &token)["due_on"], "2029-01-12");
    }

    fn a_change_is_kept_for_ever(backend) {
        let bench = bench(backend, &[]);
        proclaim(&bench, ENGLAND);
        bench.work();
        assert!(bench.sql("DELETE FROM holiday_changes").unwrap_err().contains("taken back, not deleted"));
    }

    fn the_command_lists_the_moved_cases(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        // The command has the machine's clock: the case is years old, whenever this runs.
        bench.clock.set("2020-11-24T12:00:00Z".parse().unwrap());
        logged(&bench, &token, "2020-11-24", Some("ann@example.org"));
        bench.work();
        let run = |args: &[&str]| {
            let mut command = assert_cmd::Command::cargo_bin("rightsdesk").unwrap();
            let file = bench.dir.path().join("rightsdesk.toml");
            let data = bench.config.desk.data_dir.display().to_string();
            let post = bench.config.post.folder.as_ref().unwrap().display().to_string();
            command.env_clear().arg("--config").arg(file).args(args).envs([
                ("RIGHTSDESK_DESK__BASE_URL", "https://rights.example.org"),
                ("RIGHTSDESK_DESK__DATA_DIR", &data),
                ("RIGHTSDESK_DATABASE__URL", bench.config.database.url.expose_secret()),
                ("RIGHTSDESK_CONTROLLER__NAME", "C"),
                ("RIGHTSDESK_CONTROLLER__SERVICE", "S"),
                ("RIGHTSDESK_CONTROLLER__ADDRESS", "County Hall; Preston"),
                ("RIGHTSDESK_CONTROLLER__REGISTRATION", "Z"),
                ("RIGHTSDESK_CONTROLLER__EMAIL", "c@example.org"),
                ("RIGHTSDESK_CONTROLLER__DPO_EMAIL", "d@example.org"),
                ("RIGHTSDESK_CONTROLLER__REGULATOR", "R"),
                ("RIGHTSDESK_CONTROLLER__REGULATOR_COMPLAINTS_URL", "https://example.org/"),
                ("RIGHTSDESK_POST__FROM", "rights@example.org"),
                ("RIGHTSDESK_POST__FOLDER", &post),
            ]);
            command.assert()
        };
        let day = ["--division", "england-and-wales", "--date", "2020-12-24"];
        let added = run(&[&["holidays", "add", "--title", "Day of thanks"][..], &day].concat()).success();
        let text = String::from_utf8(added.get_output().stdout.clone()).unwrap();
        assert!(text.contains("added 2020-12-24: Day of thanks (England and Wales)"), "{text}");
        assert!(text.contains("1 open case moved, 1 of their people are written to."), "{text}");
        assert!(text.contains("DR-2020-000001: 24 December 2020 -> 29 December 2020"), "{text}");
        let twice = run(&[&["holidays", "add", "--title", "Again"][..], &day].concat()).failure();
        assert_eq!(twice.get_output().status.code(), Some(1));
        let removed = run(&[&["holidays", "remove", "--json"][..], &day].concat()).success();
        let answer: Value = serde_json::from_slice(&removed.get_output().stdout).unwrap();
        assert_eq!(answer["moved"][0]["due_after"], "2020-12-24");
        assert_eq!(answer["days"][0]["change"], "removed");
        let listed = run(&["holidays", "list", "--json"]).success();
        let listed: Value = serde_json::from_slice(&listed.get_output().stdout).unwrap();
        assert_eq!(listed["changes"].as_array().unwrap().len(), 2);
        for wrong in [
            &["holidays", "add", "--division", "wales", "--date", "2020-12-24", "--title", "x"][..],
            &["holidays", "add", "--division", "scotland", "--date", "24.12.2020", "--title", "x"],
            &["holidays", "import", "no-such-file.json"],
            &["holidays", "remove", "--id", "x"],
            &["case", "deadline", "DR-2020-000001", "--at", "yesterday"],
            &["case", "deadline", "DR-2020-000001", "--at", "2020-01-01T00:00:00Z"],
        ] {
            assert_eq!(run(wrong).failure().get_output().status.code(), Some(2), "{wrong:?}");
        }
        let believed = run(&["case", "deadline", "dr-2020-000001", "--at", "2020-11-24T12:00:00Z"]);
        let shown = String::from_utf8(believed.get_output().stdout.clone()).unwrap();
        assert!(shown.contains("Due by the end of Thursday 24 December 2020."), "{shown}");
        // The command's jobs carry the machine's time.
        bench.clock.set("2099-01-01T12:00:00Z".parse().unwrap());
        bench.work();
    }
}
