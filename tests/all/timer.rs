//! The timer, stored bank holidays, facts and their replay, and silent requesters: over a real desk on both databases, with
//! a clock that is moved and never waited for.

mod facts;
mod holidays;
mod reminders;
mod silence;

use std::sync::Arc;

use rightsdesk::access::Role;
use rightsdesk::acts::{Desk, Ticked, tick};
use rightsdesk::base::Moment;
use rightsdesk::wiring;
use serde_json::{Value, json};

use crate::harness::{Answer, Backend, Bench, Options};

/// A desk whose sign-ins outlast the test's calendar, with further settings.
fn bench(backend: Backend, settings: &[(&str, &str)]) -> Bench {
    let lasting = [("TOKENS__STAFF_MINUTES", "2000000"), ("TOKENS__REQUESTER_MINUTES", "2000000")];
    let settings = lasting.iter().chain(settings).map(|(k, v)| (format!("RIGHTSDESK_{k}"), (*v).to_owned())).collect();
    Bench::with(backend, Options { settings, ..Options::default() })
}

/// Another process over the same database, with the same clock.
fn second_process(bench: &Bench) -> Arc<Desk> {
    Arc::new(wiring::desk(&bench.config, bench.clock.clone()).unwrap())
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Sets the clock to noon in London's winter of this day.
fn set_day(bench: &Bench, day: &str) {
    bench.clock.set(at(&format!("{day}T12:00:00Z")));
}

/// A tick and all its jobs on this day.
fn run_day(bench: &Bench, day: &str) -> Ticked {
    set_day(bench, day);
    let ticked = tick(&bench.desk).unwrap();
    assert_eq!(ticked.failed, 0);
    bench.work();
    ticked
}

fn subject(email: &str) -> Value {
    json!({"name": "Ann Lee", "email": email})
}

/// The header line of letters whose subject contains `words`, as `To: x`, in order.
fn letters_about(bench: &Bench, words: &str) -> Vec<String> {
    bench
        .letters()
        .iter()
        .filter(|letter| letter.lines().any(|line| line.starts_with("Subject: ") && unfold(letter).contains(words)))
        .map(|letter| letter.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned())
        .collect()
}

/// The subject on one line.
fn unfold(letter: &str) -> String {
    let (_, rest) = letter.split_once("Subject: ").unwrap();
    let mut lines = rest.lines();
    let mut subject = lines.next().unwrap().to_owned();
    for line in lines.take_while(|line| line.starts_with(' ')) {
        subject.push_str(line);
    }
    subject
}

/// Logs a verified case that arrived by post on `received_on`, with or without an e-mail address; gives its identifier.
fn logged(bench: &Bench, token: &str, received_on: &str, email: Option<&str>) -> String {
    let mut subject = json!({"name": "Ann Lee"});
    if let Some(email) = email {
        subject["email"] = json!(email);
    }
    let body = json!({"right": "access", "subject": subject, "channel": "post", "received_on": received_on});
    let made = bench.post_as("/api/v1/cases", &body, token).expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    bench.take(&id, "verify", &json!({"reason": "Known to the service."}), token).expect(200);
    id
}

fn case(bench: &Bench, id: &str, token: &str) -> Value {
    bench.get(&format!("/api/v1/cases/{id}"), token).expect(200)
}

/// Records a fact on the case as it is now.
fn fact(bench: &Bench, id: &str, body: &Value, token: &str) -> Answer {
    let seen = bench.get(&format!("/api/v1/cases/{id}"), token);
    let path = format!("/api/v1/cases/{id}/facts");
    Answer::of(bench.request("POST", &path).json(body).bearer_auth(token).header("If-Match", seen.header("etag")))
}

fn caseworker(bench: &Bench) -> String {
    bench.staff("jo", Role::Caseworker)
}
