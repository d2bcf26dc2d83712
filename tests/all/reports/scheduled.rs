//! Scheduled reports: each once for each period, however many processes run, with figures alone.

use rightsdesk::access::Role;
use rightsdesk::acts::{NewSchedule, schedule_report, tick};
use rightsdesk::audit::Actor;
use rightsdesk::report::{Basis, Every, Format, ReportKind};
use serde_json::json;

use crate::harness::Bench;

fn schedule(bench: &Bench, report: ReportKind, every: Every, format: Format) -> String {
    let emails = vec!["head@example.org".to_owned(), "audit@example.org".to_owned()];
    let new = NewSchedule { report, every, basis: Basis::Received, format, emails };
    schedule_report(&bench.desk, &new, &Actor::Operator).unwrap().id
}

fn run(bench: &Bench, arguments: &[&str]) -> (i32, String, String) {
    let output = bench.process(arguments).stdin(std::process::Stdio::null()).output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// The letters of scheduled reports.
fn reports(bench: &Bench) -> Vec<String> {
    bench.letters().into_iter().filter(|letter| letter.contains("named your address")).collect()
}

both! {
    fn a_report_is_sent_once_when_its_period_has_ended(backend) {
        let bench = Bench::new(backend);
        let jo = bench.staff("jo", Role::Caseworker);
        let logged = json!({
            "right": "access", "received_on": "2026-11-20", "channel": "post",
            "subject": {"name": "Zebedee Quux", "email": "zeb@example.org"},
        });
        let case = bench.post_as("/api/v1/cases", &logged, &jo).expect(201);
        let reference = case["reference"].as_str().unwrap().to_owned();
        bench.work();
        schedule(&bench, ReportKind::Deadlines, Every::Month, Format::Json);
        schedule(&bench, ReportKind::Deadlines, Every::Month, Format::Csv);
        schedule(&bench, ReportKind::Backlog, Every::Month, Format::Xlsx);
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(reports(&bench).len(), 0, "the month has not ended");
        bench.clock.set("2026-12-01T00:30:00Z".parse().unwrap());
        // Two processes at once, and once more.
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| tick(&bench.desk).unwrap());
            }
        });
        tick(&bench.desk).unwrap();
        bench.work();
        let sent = reports(&bench);
        assert_eq!(sent.len(), 6);
        for letter in &sent {
            let plain = letter.replace("=\r\n", "").replace("=\n", "");
            assert!(plain.contains("2026-11-01 to 2026-11-30") || plain.contains("open cases"), "{plain}");
            // Nothing of a case, not even within what is attached.
            let attached = attachment(&plain);
            for word in ["Zebedee", "zeb@", &reference] {
                assert!(!plain.contains(word) && !attached.contains(word), "{word}");
            }
        }
        assert!(sent.iter().any(|letter| attachment(letter).contains("\"report\"")));
        bench.clock.set("2026-12-31T12:00:00Z".parse().unwrap());
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(reports(&bench).len(), 6);
    }

    fn the_operator_schedules_lists_and_ends_reports(backend) {
        let bench = Bench::new(backend);
        let add = ["report", "schedule", "add", "--report", "foi", "--every", "week", "--to", "head@example.org"];
        let (code, out, err) = run(&bench, &add);
        assert!(code == 0 && out.starts_with("Scheduled foi as "), "{err}");
        let id = out.trim_start_matches("Scheduled foi as ").split(':').next().unwrap().to_owned();
        let (_, out, _) = run(&bench, &["report", "schedule", "list"]);
        assert_eq!(out, format!("{id}  foi every week as pdf to head@example.org (sent up to 2026-11-22)\n"));
        let mut wrong = add;
        wrong[8] = "nobody";
        assert_eq!(run(&bench, &wrong).0, 2);
        assert_eq!(run(&bench, &["report", "schedule", "end", &id]).0, 0);
        assert_eq!(run(&bench, &["report", "schedule", "end", &id]).0, 1);
        assert_eq!(run(&bench, &["report", "schedule", "list"]).1, "No report is scheduled.\n");
        bench.clock.set("2026-12-01T12:00:00Z".parse().unwrap());
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(reports(&bench).len(), 0);
    }
}

/// What is attached, as text if it is base64.
fn attachment(letter: &str) -> String {
    use base64::Engine;
    let part = letter.split("Content-Disposition: attachment").nth(1).unwrap_or_default();
    let body = part.replace("\r\n", "\n");
    let body = body.split("\n\n").nth(1).unwrap_or_default();
    let packed: String = body.lines().take_while(|line| !line.starts_with("--")).collect();
    match base64::engine::general_purpose::STANDARD.decode(packed.trim()) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => body.replace("=\n", "").to_owned(),
    }
}
