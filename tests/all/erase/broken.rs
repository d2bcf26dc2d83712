//! Crashes, and connections that are cut while an erasure is being kept: whatever breaks where, all of it stands or nothing,
//! it is done exactly once, and the journal says what became of it.

use std::time::{Duration, Instant};

use rightsdesk::base::{Clock, SystemClock};
use serde_json::json;

use super::{MAP, ROWS, TABLES, everything, signed};
use crate::gather::place::Kind;
use crate::harness::Backend;
use crate::rectify::broken::{Proxy, Stop, recovered, worker};
use crate::rectify::{Corrected, Site};

/// A desk whose write account goes through a proxy, and a source that counts the notes that are deleted.
fn proxied(kind: Kind) -> (Corrected, Proxy) {
    let mut made = None;
    let desk = Corrected::at(
        Backend::Postgres,
        Site::of(kind, ROWS, &TABLES),
        "erasure",
        |settings| {
            let (_, text) = settings.iter_mut().find(|(key, _)| key.ends_with("WRITE_URL")).unwrap();
            let mut url = url::Url::parse(text).unwrap();
            let proxy = Proxy::before(format!("127.0.0.1:{}", url.port().unwrap()));
            url.set_port(Some(proxy.port)).unwrap();
            if kind == Kind::Postgres {
                url.set_query(Some("sslmode=disable"));
            }
            *text = url.to_string();
            made = Some(proxy);
        },
        MAP,
    );
    count(&desk);
    (desk, made.unwrap())
}

/// A trigger of the source's own; on SQLite it takes its time.
fn count(desk: &Corrected) {
    desk.site.place.run("CREATE TABLE counted (n INTEGER)");
    match desk.site.place.kind {
        Kind::Sqlite => desk.site.place.run(
            "CREATE TRIGGER counting AFTER DELETE ON notes BEGIN INSERT INTO counted
               SELECT count(*) FROM (WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 60000)
               SELECT x FROM c); END",
        ),
        Kind::Postgres => desk.site.place.run(
            "CREATE FUNCTION counting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
               $$ BEGIN INSERT INTO counted VALUES (1); RETURN NULL; END $$;
             CREATE TRIGGER counting AFTER DELETE ON notes FOR EACH ROW EXECUTE FUNCTION counting()",
        ),
        Kind::Mariadb => {
            desk.site
                .place
                .run("CREATE TRIGGER counting AFTER DELETE ON notes FOR EACH ROW INSERT INTO counted VALUES (1)");
        }
    }
}

fn counted(desk: &Corrected) -> usize {
    desk.site.place.values("SELECT CAST(count(*) AS TEXT) AS value FROM counted").remove(0).parse().unwrap()
}

/// A further person, `person{n}`, with rows in every table and a request for erasure that is being reviewed.
fn person(desk: &mut Corrected, n: usize) {
    let (id, name) = (1000 + n, format!("person{n}"));
    for row in [
        format!("INSERT INTO accounts VALUES ({id}, '{name}@example.org', 'A {name}', '1990-05-31', 'secret{name}')"),
        format!("INSERT INTO bookings VALUES ({id}, {id}, '{name}', 'for {name}', 1)"),
        format!("INSERT INTO payments VALUES ({id}, {id}, '12.50')"),
        format!("INSERT INTO notes VALUES ({}, {id}, NULL, 'by {name}')", 10_000 + n * 10),
        format!("INSERT INTO notes VALUES ({}, {id}, {}, 'by {name}')", 10_001 + n * 10, 10_000 + n * 10),
        format!("INSERT INTO letters VALUES ({id}, '{name}@example.org')"),
    ] {
        desk.site.place.run(&row);
    }
    let body =
        json!({"right": "erasure", "subject": {"name": format!("A {name}"), "email": format!("{name}@example.org")}});
    desk.case = desk.bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
    desk.bench.work();
    let code = json!({"code": desk.bench.code()});
    desk.bench.post(&format!("/api/v1/requests/{}/verification", desk.case), &code).expect(200);
    desk.bench.work();
}

/// The other process reads the machine's clock: this one goes with it.
fn signed_now(desk: &mut Corrected, n: usize) -> String {
    desk.bench.work();
    desk.bench.clock.set(SystemClock.now());
    desk.sign_in();
    person(desk, n);
    signed(desk)
}

/// All of it stands, or nothing.
fn gone(desk: &Corrected, n: usize) -> bool {
    let all = everything(desk);
    let left = all.matches(&format!("person{n}")).count();
    assert!(left == 0 || left == 8, "person{n} is left {left} times:\n{all}");
    left == 0
}

#[test]
fn a_connection_lost_while_it_is_kept_is_resolved_by_reading() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let (mut desk, proxy) = proxied(kind);
        let proxy = proxy.cutting();
        let stops = [(Stop::Delete, "made"), (Stop::Set, "made"), (Stop::Commit, "made"), (Stop::Answer, "stands")];
        for (round, (stop, outcome)) in stops.into_iter().enumerate() {
            person(&mut desk, round);
            let path = signed(&desk);
            proxy.stop_at(stop);
            desk.bench.work();
            let unknown = desk.get(&format!("/{path}"));
            assert_eq!(unknown["state"], "signed", "{kind:?} {stop:?} {unknown}");
            assert!(unknown["runs"][0]["outcome"].is_null(), "nobody knows yet: {unknown}");
            assert_eq!(gone(&desk, round), stop == Stop::Answer, "{kind:?} {stop:?}");
            desk.bench.clock.advance(chrono::TimeDelta::minutes(5));
            desk.bench.work();
            let known = desk.get(&format!("/{path}"));
            assert_eq!(
                (&known["state"], &known["runs"][0]["outcome"]),
                (&json!("done"), &json!(outcome)),
                "{kind:?} {stop:?}"
            );
            assert_eq!(known["runs"].as_array().unwrap().len(), 1);
            assert!(gone(&desk, round), "{kind:?} {stop:?}");
            assert_eq!(counted(&desk), (round + 1) * 2, "{kind:?} {stop:?}: exactly once");
        }
    }
}

#[test]
fn a_worker_killed_at_any_step_erases_exactly_once() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let (mut desk, proxy) = proxied(kind);
        let stops = [Stop::Greeting, Stop::Lock, Stop::Delete, Stop::Set, Stop::Commit, Stop::Answer];
        for (round, stop) in stops.into_iter().enumerate() {
            let path = signed_now(&mut desk, round);
            proxy.stop_at(stop);
            let mut worker = worker(&desk);
            proxy.reached();
            worker.kill().unwrap();
            worker.wait().unwrap();
            proxy.cut();
            assert_eq!(desk.state(&path), "signed", "{kind:?} {stop:?}");
            assert_eq!(gone(&desk, round), stop == Stop::Answer, "{kind:?} {stop:?}");
            recovered(&desk);
            assert_eq!(desk.state(&path), "done", "{kind:?} {stop:?}");
            let outcome = desk.get(&format!("/{path}"))["runs"][0]["outcome"].clone();
            assert_eq!(outcome, if stop == Stop::Answer { "stands" } else { "made" }, "{kind:?} {stop:?}");
            assert!(gone(&desk, round), "{kind:?} {stop:?}");
            assert_eq!(counted(&desk), (round + 1) * 2, "{kind:?} {stop:?}: exactly once");
        }
    }
}

/// On an embedded source there is no wire to stop at: a worker is killed after ever longer times, over deletions that take
/// their time.
#[test]
fn a_worker_killed_at_any_time_erases_in_a_file_exactly_once() {
    let mut desk = Corrected::at(Backend::Sqlite, Site::of(Kind::Sqlite, ROWS, &TABLES), "erasure", |_| {}, MAP);
    count(&desk);
    let (mut early, mut open) = (0, 0);
    for round in 0..10_usize {
        let path = signed_now(&mut desk, round);
        let mut worker = worker(&desk);
        let began = Instant::now();
        while desk.get(&format!("/{path}"))["runs"].as_array().unwrap().is_empty() {
            assert!(began.elapsed().as_secs() < 60, "the worker does not begin");
        }
        let until = Instant::now() + Duration::from_millis(u64::try_from(round).unwrap() * 8);
        while Instant::now() < until {
            std::thread::yield_now();
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
        let before = desk.get(&format!("/{path}"));
        early += u32::from(before["state"] == "signed");
        open += u32::from(before["runs"][0]["outcome"].is_null());
        gone(&desk, round);
        recovered(&desk);
        assert_eq!(desk.state(&path), "done", "round {round}");
        assert!(gone(&desk, round), "round {round}");
        assert_eq!(counted(&desk), (round + 1) * 2, "round {round}: exactly once");
    }
    assert!(early > 0 && open > 0, "no worker was killed in the middle: the test shows nothing");
}
