//! Review and redaction: decisions and what the statute wants of them, redactions that leave no trace, suggestions,
//! warnings, sign-off.

mod deciding;
mod leaks;
mod suggesting;
mod traces;

use serde_json::{Value, json};

use rightsdesk::access::Role;

use crate::harness::{Answer, Backend, Bench, Options};

/// A desk over a small database with a case in review: a person, a colleague of theirs, messages that name others.
pub struct Reviewed {
    pub bench: Bench,
    pub case: String,
    pub requester: String,
    pub casey: String,
    pub alex: String,
    _dir: tempfile::TempDir,
    source: std::path::PathBuf,
}

const MAP: &str = r"
dataset:
  - fides_key: office
    name: Office
    rightsdesk: {label: Our office}
    collections:
      - name: people
        rightsdesk: {label: People, owner: email, match: {email: [email], name: [full_name], phone: [phone]}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: full_name}
          - {name: phone}
      - name: messages
        rightsdesk: {label: Messages, owner: email, match: {email: [email, copied_to]}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: copied_to}
          - {name: body, rightsdesk: {label: What was written, free_text: true, disclose: always}}
          - {name: extra}
      - name: replies
        rightsdesk: {label: Replies}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: message_id
            fides_meta: {references: [{dataset: office, field: messages.id, direction: from}]}
          - {name: body, rightsdesk: {label: What was answered, free_text: true, disclose: review}}
      - name: visits
        rightsdesk: {label: Visits, owner: email, match: {email: [email]}}
        fields:
          - {name: email, fides_meta: {identity: email}}
          - {name: seen_by}
          - {name: health_note, rightsdesk: {label: Health, free_text: true, disclose: review}}
";

const ROWS: &str = r#"
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, full_name TEXT, phone TEXT);
INSERT INTO people VALUES (1, 'ann.lee@example.org', 'Ann Lee', '07700 900001'), (2, 'quillan@example.org', 'Quillan Featherstonehaugh', '07700 900777');
CREATE TABLE messages (id INTEGER PRIMARY KEY, email TEXT, copied_to TEXT, body TEXT, extra TEXT);
INSERT INTO messages VALUES
 (1, 'ann.lee@example.org', NULL, 'Dear team, I am Ann Lee. Please ring Quillan Featherstonehaugh on 07700 900777 about Łucja Żółkiewska. Thanks, Ann', '{"tags":["x"]}'),
 (2, 'ann.lee@example.org', NULL, 'QUILLAN  featherstonehaugh was rude to me. His address is 14 Mill Lane, Chipping, Preston PR3 2QH.', NULL),
 (3, 'quillan@example.org', 'ann.lee@example.org', 'My own matter: Quillan here.', NULL),
 (4, 'ann.lee@example.org', NULL, 'Nothing about anybody.', '["quillan@example.org"]');
CREATE TABLE replies (id INTEGER PRIMARY KEY, message_id INTEGER, body TEXT);
INSERT INTO replies VALUES (1, 1, 'We spoke to Mr Featherstonehaugh (born 12/03/1961, NHS number 943 476 5919).'), (2, 1, 'Closed.');
CREATE TABLE visits (email TEXT, seen_by TEXT, health_note TEXT);
INSERT INTO visits VALUES ('ann.lee@example.org', 'Dr Quillan Featherstonehaugh', 'Likely to be distressed by the diagnosis.');
"#;

impl Reviewed {
    pub fn new(backend: Backend) -> Self {
        Self::asked_by(backend, None, &[])
    }

    pub fn asked_by(backend: Backend, requester: Option<Value>, settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("office.sqlite");
        let map = dir.path().join("map.yml");
        std::fs::write(&map, MAP).unwrap();
        sql(&source, ROWS);
        let mut all = vec![
            ("RIGHTSDESK_DATA_MAP__FILES".to_owned(), map.display().to_string()),
            ("RIGHTSDESK_SOURCES__OFFICE__URL".to_owned(), format!("sqlite://{}", source.display())),
            ("RIGHTSDESK_CASES__ANSWER_SUGGESTIONS".to_owned(), "true".to_owned()),
            ("RIGHTSDESK_CASES__ANSWER_WARNINGS".to_owned(), "true".to_owned()),
        ];
        for (key, value) in settings {
            all.retain(|(other, _)| other != key);
            all.push(((*key).to_owned(), (*value).to_owned()));
        }
        let bench = Bench::with(backend, Options { settings: all, ..Options::default() });
        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        let subject = json!({"name": "Ann Lee", "email": "ann.lee@example.org"});
        let (case, token) = match requester {
            None => bench.verified_request(subject),
            Some(requester) => {
                let mut subject = subject;
                subject["date_of_birth"] = json!("2015-03-01");
                let body = json!({"right": "access", "subject": subject, "requester": requester});
                let id = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
                bench.work();
                bench.take(&id, "verify", &json!({"reason": "birth certificate seen"}), &casey).expect(200);
                bench.take(&id, "gather", &json!({}), &casey);
                (id, String::new())
            }
        };
        bench.work();
        Self { bench, case, requester: token, casey, alex, _dir: dir, source }
    }

    pub fn source_sql(&self, text: &str) {
        sql(&self.source, text);
    }

    pub fn get(&self, path: &str) -> Value {
        self.bench.get(&format!("/api/v1/cases/{}{path}", self.case), &self.casey).expect(200)
    }

    /// Changes the case as it is now, as the caseworker.
    pub fn change(&self, path: &str, body: &Value) -> Answer {
        self.bench.take(&self.case, path, body, &self.casey)
    }

    pub fn delete(&self, path: &str) -> Answer {
        let seen = self.bench.get(&format!("/api/v1/cases/{}", self.case), &self.casey);
        let path = format!("/api/v1/cases/{}/{path}", self.case);
        Answer::of(self.bench.request("DELETE", &path).bearer_auth(&self.casey).header("If-Match", seen.header("etag")))
    }

    pub fn record(&self, record: &str) -> Value {
        self.get(&format!("/records/{}", escaped(record)))
    }

    /// The records, as the page gives them.
    pub fn records(&self, query: &str) -> Vec<Value> {
        self.get(&format!("/records?limit=100{query}"))["records"].as_array().unwrap().clone()
    }

    pub fn names(&self, query: &str) -> Vec<String> {
        self.records(query).iter().map(|r| r["record"].as_str().unwrap().to_owned()).collect()
    }

    pub fn visit(&self) -> String {
        self.names("&collection=visits").pop().unwrap()
    }

    pub fn decide(&self, record: &str, body: &Value) -> Answer {
        self.change(&format!("records/{}/decision", escaped(record)), body)
    }

    /// A span of a text field, ready to send, by the words that stand there.
    pub fn span(&self, record: &str, field: &str, words: &str) -> Value {
        let view = self.record(record);
        let text = view["fields"][field].as_str().unwrap().to_owned();
        let at = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
        let start = text[..at].chars().count();
        let hash = view["texts"].as_array().unwrap().iter().find(|t| t["field"] == field).unwrap()["text_hash"].clone();
        json!({"field": field, "start": start, "end": start + words.chars().count(), "text_hash": hash, "code": "THIRD-PARTY"})
    }

    /// Decides what is held, rejects what is still suggested, answers what is warned of.
    pub fn settle(&self) {
        let held = self.names("&flag=undecided");
        if !held.is_empty() {
            let body = json!({"decision": "include", "reason": "read", "filter": {"flag": "undecided"}});
            self.change("decisions", &body).expect(200);
        }
        if !self.records("&flag=suggested").is_empty() {
            self.change("suggestions", &json!({"answer": "reject", "all": true})).expect(200);
        }
        let warnings = self.get("/warnings");
        let open: Vec<&Value> = warnings["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|w| w["reason"].is_null())
            .map(|w| &w["warning"])
            .collect();
        if !open.is_empty() {
            self.change("warnings", &json!({"warnings": open, "reason": "known to her"})).expect(200);
        }
    }

    /// Sends, approves, builds and releases; the zip.
    pub fn release(&self) -> Vec<u8> {
        self.change("decide", &json!({})).expect(200);
        self.bench.take(&self.case, "approve", &json!({}), &self.alex).expect(200);
        self.bench.work();
        self.bench.take(&self.case, "release", &json!({}), &self.alex).expect(200);
        self.bench.work();
        let answer = self.bench.get(&format!("/api/v1/requests/{}/bundle", self.case), &self.requester);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.bytes
    }
}

pub fn escaped(record: &str) -> String {
    record.replace('%', "%25").replace('/', "%2F")
}

pub fn sql(path: &std::path::Path, text: &str) {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};
    SqliteConnection::establish(&path.display().to_string()).unwrap().batch_execute(text).unwrap();
}
