//! A web service as a source, over a real HTTP server on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rightsdesk::bundle::Status;
use rightsdesk::files::spool::Rules;
use rightsdesk::gather::SourceSet;
use rightsdesk::sources::Limits;
use serde_json::json;

use super::place::{Gathered, Kind, Place, by_email, gathered_from, map};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: prisoners
        fields: [{name: number}, {name: email, fides_meta: {identity: email}}]
  - fides_key: visits
    collections:
      - name: content
        rightsdesk: {label: Visits}
        fields:
          - name: prn
            fides_meta: {references: [{dataset: site, field: prisoners.number, direction: from}]}
          - {name: content}
";

/// Answers each request by the next of these, the last one again and again; keeps what was asked.
fn service(answers: Vec<String>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for (at, stream) in listener.incoming().enumerate() {
            let Ok(mut stream) = stream else { return };
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while let Ok(1..) = reader.read_line(&mut head) {
                if head.ends_with("\r\n\r\n") {
                    break;
                }
            }
            kept.lock().unwrap().push(head);
            let answer = answers.get(at).or(answers.last()).unwrap();
            if answer == "silence" {
                // Held open until the other side has had enough.
                let mut line = String::new();
                let _ = reader.read_line(&mut line);
                continue;
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (format!("http://{address}/subject-access-request#ask=prn&token=s3cret"), asked)
}

fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn gathered_with(url: &str, search: Duration) -> (Gathered, Place) {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE prisoners (number TEXT PRIMARY KEY, email TEXT);
         INSERT INTO prisoners VALUES ('A1234BC', 'ann@example.org'), ('B1', 'bob@example.org')",
    );
    let sources = [place.source("site"), ("visits".to_owned(), url.parse().unwrap())];
    let limits = Limits { search, connect: Duration::from_secs(5), ..Limits::default() };
    let map = map(MAP);
    let mut set = SourceSet::of(&map, &sources, limits).unwrap();
    (gathered_from(&map, &mut set, &by_email("ann@example.org")), place)
}

fn gathered(url: &str) -> Gathered {
    gathered_with(url, Duration::from_secs(30)).0
}

#[test]
fn a_service_is_asked_with_the_identifier_that_a_reference_leads_to() {
    let body = r#"{"content": [{"at": "2026-01-02", "cost": 1.10}, {"at": "2026-01-03"}]}"#;
    let (url, asked) = service(vec![answer("200 OK", body)]);
    let found = gathered(&url);
    let report = found.report("content");
    assert_eq!((report.status, report.found, report.problem), (Status::Found, 2, None));
    let all = &found.disclosed(Rules::default())["content"];
    assert!(
        all.iter()
            .any(|(_, _, fields)| *fields == json!({"prn": "A1234BC", "content": {"at": "2026-01-02", "cost": 1.10}}))
    );
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("GET /subject-access-request?prn=A1234BC HTTP/1.1\r\n"), "{}", asked[0]);
    assert!(asked[0].to_lowercase().contains("\r\nauthorization: bearer s3cret\r\n"), "{}", asked[0]);
}

#[test]
fn each_answer_is_told_as_what_it_is() {
    let one = r#"{"content": {"a": 1}, "attachments": []}"#;
    let with = r#"{"content": {"a": 1}, "attachments": [{"name": "x.pdf"}, {"name": "y.pdf"}]}"#;
    let other = answer("500 Oh", "");
    let table: Vec<(Vec<String>, Status, u64, &str)> = vec![
        (vec![answer("200 OK", one)], Status::Found, 1, ""),
        (vec![answer("204 No Content", "")], Status::NothingHeld, 0, ""),
        (vec![answer("209 Other", "")], Status::NothingHeld, 0, "does not hold people of this kind (209)"),
        (vec![answer("200 OK", with)], Status::Failed, 1, "has 2 attachments for them, which are not fetched"),
        (vec![answer("200 OK", "{\"content\": {\"a\": 1}")], Status::Failed, 0, "did not answer with JSON"),
        (vec![answer("200 OK", "<html>")], Status::Failed, 0, "did not answer with JSON"),
        (vec!["rubbish\r\n\r\n".to_owned()], Status::Failed, 0, "no HTTP"),
        (vec![answer("302 Found\r\nLocation: http://127.0.0.1:1/", "")], Status::Failed, 0, "sent us elsewhere"),
        (vec![answer("401 No", "")], Status::Failed, 0, "refused our token"),
        (vec![answer("404 No", "")], Status::Failed, 0, "refused the question"),
        (vec![other.clone(), other.clone(), answer("200 OK", one)], Status::Found, 1, ""),
        (vec![other.clone()], Status::Failed, 0, "was not able to answer, also when it was asked again (500)"),
        (vec!["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_owned()], Status::Failed, 0, "lost"),
    ];
    for (answers, status, found, words) in table {
        let (url, asked) = service(answers.clone());
        let gathered = gathered(&url);
        let report = gathered.report("content");
        let problem = report.problem.unwrap_or_default();
        assert_eq!((report.status, report.found), (status, found), "{answers:?} {problem}");
        assert!(problem.contains(words) && problem.is_empty() == words.is_empty(), "{answers:?} {problem}");
        assert!(
            !problem.contains("A1234BC") && !problem.contains("127.0.0.1") && !problem.contains("s3cret"),
            "{problem}"
        );
        let tries = asked.lock().unwrap().len();
        assert!(tries <= 3, "{answers:?} {tries}");
    }
}

#[test]
fn a_service_that_is_silent_or_not_there_is_told_in_time() {
    let (url, _) = service(vec!["silence".to_owned()]);
    let (found, _place) = gathered_with(&url, Duration::from_secs(1));
    let report = found.report("content");
    assert_eq!(report.status, Status::Failed);
    assert!(report.problem.as_ref().unwrap().contains("longer than 1 seconds"), "{:?}", report.problem);
    let report = gathered("http://127.0.0.1:1/x#ask=prn").report("content");
    assert_eq!(report.status, Status::Failed);
    assert!(report.problem.as_ref().unwrap().contains("could not be reached"), "{:?}", report.problem);
}
