//! Servers that fall silent: the search ends by our own patience, is reported, and the rest goes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rightsdesk::bundle::Status;
use rightsdesk::gather::SourceSet;
use rightsdesk::sources::{Limits, SourceUrl};

use super::place::{Kind, Place, by_email, gathered_from, map};

const SERVERS: [Kind; 2] = [Kind::Postgres, Kind::Mariadb];

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: letters
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";

const TABLES: &str = "
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(60));
CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(60));
INSERT INTO accounts VALUES (1, 'ann@example.org');
INSERT INTO letters VALUES (1, 'ann@example.org');
";

/// Stands before a server and carries bytes; what the server says after `until` bytes is swallowed, if it is not 0.
struct Relay {
    url: String,
    until: Arc<AtomicU64>,
    carried: Arc<AtomicU64>,
    ends: Arc<AtomicBool>,
    port: u16,
}

impl Relay {
    fn before(place: &Place) -> Self {
        let (head, tail) = place.url.split_once('@').unwrap();
        let (server, database) = tail.split_once('/').unwrap();
        let server = server.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (until, carried, ends) =
            (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let relay = Self { url: format!("{head}@127.0.0.1:{port}/{database}"), until, carried, ends, port };
        let (until, carried, ends) = (relay.until.clone(), relay.carried.clone(), relay.ends.clone());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                let (mut up, mut down) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || {
                    let _ = std::io::copy(&mut up, &mut down);
                    let _ = down.shutdown(Shutdown::Both);
                });
                let (until, carried) = (until.clone(), carried.clone());
                std::thread::spawn(move || carry(server, client, &until, &carried));
            }
        });
        relay
    }
}

fn carry(mut server: TcpStream, mut client: TcpStream, until: &AtomicU64, carried: &AtomicU64) {
    let mut chunk = [0; 4_096];
    while let Ok(count @ 1..) = server.read(&mut chunk) {
        let before = carried.fetch_add(count as u64, Ordering::SeqCst);
        let end = until.load(Ordering::SeqCst);
        let allowed = if end == 0 { count } else { (end.saturating_sub(before) as usize).min(count) };
        if client.write_all(&chunk[..allowed]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn limits() -> Limits {
    Limits { connect: Duration::from_secs(2), search: Duration::from_millis(400), ..Limits::default() }
}

#[test]
fn a_server_that_falls_silent_in_the_middle_of_the_rows_ends_that_search_alone() {
    for kind in SERVERS {
        let place = Place::new(kind, TABLES);
        let word = "x".repeat(400);
        let rows: Vec<String> = (2..2_000).map(|id| format!("({id}, 'ann@example.org{word}')")).collect();
        place.run(&format!(
            "ALTER TABLE accounts DROP COLUMN email; ALTER TABLE accounts ADD COLUMN email VARCHAR(500);
             INSERT INTO accounts VALUES {}; INSERT INTO accounts VALUES (5000, 'ann@example.org')",
            rows.join(",")
        ));
        let relay = Relay::before(&place);
        let url: SourceUrl = relay.url.parse().unwrap();
        // Silent within the 800 kilobytes of the first table, and from then on.
        relay.until.store(100_000, Ordering::SeqCst);
        let mut sources = SourceSet::of(&map(MAP), &[("site".into(), url)], limits()).unwrap();
        let began = Instant::now();
        let found = gathered_from(&map(MAP), &mut sources, &by_email("ann@example.org"));
        let accounts = found.report("accounts");
        assert_eq!(accounts.status, Status::Failed, "{kind:?}");
        assert!(accounts.problem.unwrap().contains("took longer than"), "{kind:?}");
        // The server stays silent for every connection: the second search is told as failed too, and nothing hangs.
        assert_eq!(found.report("letters").status, Status::Failed, "{kind:?}");
        assert!(began.elapsed() < Duration::from_secs(30), "{kind:?}: {:?}", began.elapsed());
    }
}

#[test]
fn a_server_that_never_answers_is_unreachable_within_our_patience() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let addresses = [
        format!("postgres://reader:sesame@127.0.0.1:{port}/site"),
        format!("postgres://reader:sesame@127.0.0.1:{port}/site?sslmode=require"),
        format!("mariadb://reader:sesame@127.0.0.1:{port}/site"),
    ];
    for address in addresses {
        let began = Instant::now();
        let mut sources = SourceSet::of(&map(MAP), &[("site".into(), address.parse().unwrap())], limits()).unwrap();
        let found = gathered_from(&map(MAP), &mut sources, &by_email("ann@example.org"));
        for collection in ["accounts", "letters"] {
            assert!(found.report(collection).problem.unwrap().contains("could not be reached"));
        }
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    }
    drop(listener);
}

#[test]
fn a_server_that_speaks_rubbish_is_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let _ = client.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n\0\xff\xfe{not a database}");
            let _ = client.shutdown(Shutdown::Write);
        }
    });
    for scheme in ["postgres", "mariadb"] {
        let address: SourceUrl = format!("{scheme}://reader:sesame@127.0.0.1:{port}/site").parse().unwrap();
        let mut sources = SourceSet::of(&map(MAP), &[("site".into(), address)], limits()).unwrap();
        let found = gathered_from(&map(MAP), &mut sources, &by_email("ann@example.org"));
        let problem = found.report("accounts").problem.unwrap();
        assert!(problem.contains("could not be reached") && !problem.contains("HTTP"), "{scheme}: {problem}");
    }
}
