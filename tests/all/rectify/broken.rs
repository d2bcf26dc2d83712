//! Crashes, and connections that are cut while a change is being kept: whatever breaks where, the change is in the source
//! exactly once, and the journal says what became of it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rightsdesk::base::{Clock, SystemClock};
use serde_json::json;

use super::Corrected;
use crate::gather::place::Kind;
use crate::harness::Backend;

/// Where the proxy stops what it forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Nowhere.
    Nowhere,
    /// Before the first word reaches the server.
    Greeting,
    /// Before the row is locked.
    Lock,
    /// Before the value is set.
    Set,
    /// Before a row is deleted.
    Delete,
    /// Before the end of the transaction reaches the server.
    Commit,
    /// After the server has kept it, before its answer comes back.
    Answer,
}

/// Stands between the desk and a database server, and cuts both ends where it is told to, once.
pub struct Proxy {
    pub port: u16,
    stop: Arc<Mutex<Stop>>,
    stopped: Receiver<()>,
    go_on: Sender<()>,
}

impl Proxy {
    pub fn before(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = Arc::new(Mutex::new(Stop::Nowhere));
        let (tell, stopped) = channel();
        let (go_on, wait) = channel();
        let shared = Arc::clone(&stop);
        let wait = Arc::new(Mutex::new(wait));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(&target)) else { return };
                let (stop, tell, wait) = (Arc::clone(&shared), tell.clone(), Arc::clone(&wait));
                std::thread::spawn(move || forward(client, server, &stop, &tell, &wait));
            }
        });
        Self { port, stop, stopped, go_on }
    }

    pub fn stop_at(&self, stop: Stop) {
        *self.stop.lock().unwrap() = stop;
    }

    /// Waits until it stands where it was told to stop.
    pub fn reached(&self) {
        self.stopped.recv_timeout(Duration::from_secs(60)).expect("the proxy stops");
    }

    /// Lets it cut both ends.
    pub fn cut(&self) {
        self.go_on.send(()).unwrap();
    }

    /// Cuts by itself wherever it stops.
    pub fn cutting(self) -> Cutter {
        let stop = Arc::clone(&self.stop);
        std::thread::spawn(move || while self.stopped.recv().is_ok() && self.go_on.send(()).is_ok() {});
        Cutter { stop }
    }
}

/// A proxy that waits for nobody.
pub struct Cutter {
    stop: Arc<Mutex<Stop>>,
}

impl Cutter {
    pub fn stop_at(&self, stop: Stop) {
        *self.stop.lock().unwrap() = stop;
    }
}

fn forward(client: TcpStream, server: TcpStream, stop: &Mutex<Stop>, tell: &Sender<()>, wait: &Mutex<Receiver<()>>) {
    let (mut from_server, mut to_client) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    // What the server answers after it has kept the transaction is held back here.
    let hush = Arc::new(Mutex::new(false));
    let hushed = Arc::clone(&hush);
    let (heard, answered) = channel();
    let back = std::thread::spawn(move || {
        let mut buffer = [0_u8; 65_536];
        while let Ok(n) = from_server.read(&mut buffer) {
            if n == 0 || *hushed.lock().unwrap() {
                break;
            }
            if to_client.write_all(&buffer[..n]).is_err() {
                break;
            }
        }
        let _ = heard.send(());
        let _ = to_client.shutdown(Shutdown::Both);
    });
    let (mut from_client, mut to_server) = (client, server);
    let mut buffer = [0_u8; 65_536];
    let mut first = true;
    while let Ok(n) = from_client.read(&mut buffer) {
        if n == 0 {
            break;
        }
        let words = &buffer[..n];
        let says = |what: &[u8]| words.windows(what.len()).any(|window| window == what);
        // PostgreSQL ends a text with a nought, MariaDB with the packet.
        let commits = words.ends_with(b"COMMIT") || words.ends_with(b"COMMIT\0");
        let wanted = *stop.lock().unwrap();
        let here = match wanted {
            Stop::Nowhere => false,
            Stop::Greeting => first,
            Stop::Lock => says(b"FOR UPDATE"),
            Stop::Set => says(b"UPDATE ") && says(b" SET "),
            Stop::Delete => says(b"DELETE FROM"),
            Stop::Commit | Stop::Answer => commits,
        };
        first = false;
        if here {
            *stop.lock().unwrap() = Stop::Nowhere;
            if wanted == Stop::Answer {
                *hush.lock().unwrap() = true;
                to_server.write_all(words).unwrap();
                answered.recv_timeout(Duration::from_secs(30)).expect("the server answers");
            }
            tell.send(()).unwrap();
            wait.lock().unwrap().recv_timeout(Duration::from_secs(60)).expect("the test says go on");
            break;
        }
        if to_server.write_all(words).is_err() {
            break;
        }
    }
    let _ = to_server.shutdown(Shutdown::Both);
    let _ = from_client.shutdown(Shutdown::Both);
    let _ = back.join();
}

/// A desk whose write account goes through a proxy, and a source that counts its changes.
fn proxied(kind: Kind) -> (Corrected, Proxy) {
    let mut made = None;
    let desk = Corrected::with(Backend::Postgres, kind, "rectification", |settings| {
        let (_, text) = settings.iter_mut().find(|(key, _)| key.ends_with("WRITE_URL")).unwrap();
        let mut url = url::Url::parse(text).unwrap();
        let proxy = Proxy::before(format!("127.0.0.1:{}", url.port().unwrap()));
        url.set_port(Some(proxy.port)).unwrap();
        if kind == Kind::Postgres {
            url.set_query(Some("sslmode=disable"));
        }
        *text = url.to_string();
        made = Some(proxy);
    });
    count_changes(&desk);
    (desk, made.unwrap())
}

/// A trigger of the source's own that counts how often the name was changed; on SQLite it takes its time.
fn count_changes(desk: &Corrected) {
    desk.site.place.run("CREATE TABLE counted (n INTEGER)");
    match desk.site.place.kind {
        Kind::Sqlite => desk.site.place.run(
            "CREATE TRIGGER counting AFTER UPDATE OF full_name ON accounts BEGIN INSERT INTO counted
               SELECT count(*) FROM (WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 150000)
               SELECT x FROM c); END",
        ),
        Kind::Postgres => desk.site.place.run(
            "CREATE FUNCTION counting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
               $$ BEGIN INSERT INTO counted VALUES (1); RETURN NULL; END $$;
             CREATE TRIGGER counting AFTER UPDATE OF full_name ON accounts FOR EACH ROW EXECUTE FUNCTION counting()",
        ),
        Kind::Mariadb => desk
            .site
            .place
            .run("CREATE TRIGGER counting AFTER UPDATE ON accounts FOR EACH ROW INSERT INTO counted VALUES (1)"),
    }
}

fn counted(desk: &Corrected) -> String {
    desk.site.place.values("SELECT CAST(count(*) AS TEXT) AS value FROM counted").remove(0)
}

#[test]
fn a_connection_lost_at_commit_is_resolved_by_reading() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let (desk, proxy) = proxied(kind);
        let proxy = proxy.cutting();
        for (round, (stop, outcome)) in
            [(Stop::Set, "made"), (Stop::Commit, "made"), (Stop::Answer, "stands")].into_iter().enumerate()
        {
            let name = format!("Ann {round}");
            let path = desk.signed("accounts/1", "full_name", &name);
            proxy.stop_at(stop);
            desk.bench.work();
            let unknown = desk.get(&format!("/{path}"));
            assert_eq!(unknown["state"], "signed", "{kind:?} {stop:?} {unknown}");
            assert!(unknown["journal"][0]["outcome"].is_null(), "nobody knows yet: {unknown}");
            let kept = if stop == Stop::Answer { round + 1 } else { round };
            assert_eq!(counted(&desk), kept.to_string(), "{kind:?} {stop:?}");
            desk.bench.clock.advance(chrono::TimeDelta::minutes(5));
            desk.bench.work();
            let known = desk.get(&format!("/{path}"));
            assert_eq!((&known["state"], &known["journal"][0]["outcome"]), (&json!("written"), &json!(outcome)));
            assert_eq!(known["journal"].as_array().unwrap().len(), 1);
            assert_eq!(desk.site.value("full_name", "accounts", 1), name, "{kind:?} {stop:?}");
            assert_eq!(counted(&desk), (round + 1).to_string(), "{kind:?} {stop:?}: exactly once");
        }
    }
}

#[test]
fn an_edit_by_somebody_else_after_a_lost_commit_is_seen_and_not_written_over() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let (desk, proxy) = proxied(kind);
        let proxy = proxy.cutting();
        let path = desk.signed("accounts/1", "full_name", "Ann Lee");
        proxy.stop_at(Stop::Answer);
        desk.bench.work();
        desk.site.place.run("UPDATE accounts SET full_name = 'Ann Later' WHERE id = 1");
        desk.bench.clock.advance(chrono::TimeDelta::minutes(5));
        desk.bench.work();
        let known = desk.get(&format!("/{path}"));
        assert_eq!((&known["state"], &known["journal"][0]["outcome"]), (&json!("changed"), &json!("differs")));
        assert_eq!(desk.site.value("full_name", "accounts", 1), "Ann Later", "{kind:?}");
    }
}

/// A worker process that is killed when the proxy stands where it should.
#[test]
fn a_worker_killed_at_any_step_writes_exactly_once() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let (mut desk, proxy) = proxied(kind);
        for (round, stop) in [Stop::Greeting, Stop::Lock, Stop::Set, Stop::Commit, Stop::Answer].into_iter().enumerate()
        {
            let name = format!("Ann {round}");
            let path = signed_now(&mut desk, &name);
            proxy.stop_at(stop);
            let mut worker = worker(&desk);
            proxy.reached();
            worker.kill().unwrap();
            worker.wait().unwrap();
            proxy.cut();
            let kept = if stop == Stop::Answer { round + 1 } else { round };
            assert_eq!(desk.state(&path), "signed", "{kind:?} {stop:?}");
            recovered(&desk);
            assert_eq!(desk.state(&path), "written", "{kind:?} {stop:?}");
            let outcome = desk.get(&format!("/{path}"))["journal"][0]["outcome"].clone();
            assert_eq!(outcome, if kept > round { "stands" } else { "made" }, "{kind:?} {stop:?}");
            assert_eq!(desk.site.value("full_name", "accounts", 1), name, "{kind:?} {stop:?}");
            assert_eq!(counted(&desk), (round + 1).to_string(), "{kind:?} {stop:?}: exactly once");
        }
    }
}

/// On an embedded source there is no wire to stop at: a worker is killed after ever longer times, over a change that takes
/// its time.
#[test]
fn a_worker_killed_at_any_time_writes_a_file_exactly_once() {
    let mut desk = Corrected::new(Backend::Sqlite, Kind::Sqlite);
    count_changes(&desk);
    let (mut early, mut open) = (0, 0);
    for round in 0..10_u64 {
        let name = format!("Ann {round}");
        let path = signed_now(&mut desk, &name);
        let mut worker = worker(&desk);
        let began = Instant::now();
        while desk.get(&format!("/{path}"))["journal"].as_array().unwrap().is_empty() {
            assert!(began.elapsed().as_secs() < 60, "the worker does not begin");
        }
        let until = Instant::now() + Duration::from_millis(round * 8);
        while Instant::now() < until {
            std::thread::yield_now();
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
        let before = desk.get(&format!("/{path}"));
        early += u32::from(before["state"] == "signed");
        open += u32::from(before["journal"][0]["outcome"].is_null());
        recovered(&desk);
        assert_eq!(desk.state(&path), "written", "round {round}");
        assert_eq!(desk.site.value("full_name", "accounts", 1), name, "round {round}");
        assert_eq!(counted(&desk), (round + 1).to_string(), "round {round}: exactly once");
    }
    assert!(early > 0 && open > 0, "no worker was killed in the middle: the test shows nothing");
}

/// The other process reads the machine's clock: this one goes with it.
fn signed_now(desk: &mut Corrected, name: &str) -> String {
    desk.bench.work();
    desk.bench.clock.set(SystemClock.now());
    desk.sign_in();
    let body = json!({"record": "accounts/1", "field": "full_name", "should": name, "why": "it is wrong"});
    let made = desk.change("corrections", &body).expect(201);
    let path = format!("corrections/{}", made["correction"].as_str().unwrap());
    desk.decided(&path).expect(200);
    desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
    path
}

pub fn worker(desk: &Corrected) -> Child {
    desk.bench.process(&["work"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Once the lease of the dead worker has ended another takes the job.
pub fn recovered(desk: &Corrected) {
    desk.bench.work();
    desk.bench.clock.set(SystemClock.now().plus(chrono::TimeDelta::seconds(60)));
    desk.bench.work();
}
