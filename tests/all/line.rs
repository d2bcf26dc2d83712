//! The main job, end to end: a populated database, the API over HTTP, letters, the bundle opened and compared with the
//! rows that were planted.

use std::collections::BTreeSet;
use std::io::Read;

use rightsdesk::access::Role;
use rightsdesk::sample::{Cast, Plan, Planted, PlantedPerson, TABLES, generate};
use rightsdesk::sources::fill::{FillError, Target};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::postgres::FreshDatabase;
use crate::harness::{Backend, Bench, Options};

/// A website with people in it, on the same kind of database as the desk.
pub struct Website {
    url: String,
    planted: Planted,
    _dir: tempfile::TempDir,
    _database: Option<FreshDatabase>,
}

impl Website {
    pub fn new(backend: Backend, people: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = (backend == Backend::Postgres).then(FreshDatabase::create);
        let url = database
            .as_ref()
            .map_or_else(|| format!("sqlite://{}", dir.path().join("website.sqlite").display()), |db| db.url.clone());
        let mut target = Target::open(&url, &TABLES).unwrap();
        let planted = target
            .fill(&TABLES, |rows| -> Result<_, FillError> { generate(Plan { people, seed: 11 }, rows, &mut |_| {}) })
            .unwrap();
        Self { url, planted, _dir: dir, _database: database }
    }

    /// Changes a row behind everybody's back.
    fn sql(&self, text: &str) {
        use diesel::connection::SimpleConnection;
        use diesel::{Connection, PgConnection, SqliteConnection};
        match self.url.strip_prefix("sqlite://") {
            Some(path) => SqliteConnection::establish(path).unwrap().batch_execute(text).unwrap(),
            None => PgConnection::establish(&self.url).unwrap().batch_execute(text).unwrap(),
        }
    }

    pub fn options(&self) -> Options {
        let map = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/datamaps/csap.yml");
        Options {
            settings: vec![
                ("RIGHTSDESK_DATA_MAP__FILES".into(), map.into()),
                ("RIGHTSDESK_SOURCES__CSAP__URL".into(), self.url.clone()),
            ],
            ..Options::default()
        }
    }

    pub fn person(&self, cast: Cast) -> &PlantedPerson {
        self.planted.person(cast).unwrap()
    }
}

fn rows(of: &[rightsdesk::sample::RowRef]) -> BTreeSet<String> {
    of.iter().map(|row| format!("{}/{}", row.table, row.key)).collect()
}

/// Every record of the case with its standing.
pub fn records(bench: &Bench, case: &str, token: &str) -> Vec<(String, String, Value)> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let page = bench.get(&format!("/api/v1/cases/{case}/records?limit=7&after={after}"), token).expect(200);
        for record in page["records"].as_array().unwrap() {
            let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
            all.push((text("record"), text("standing"), record.clone()));
        }
        match page["next"].as_u64() {
            Some(next) => after = next,
            None => return all,
        }
    }
}

pub fn decide_record(bench: &Bench, case: &str, record: &str, body: &Value, token: &str) {
    bench.take(case, &format!("records/{}/decision", record.replace('/', "%2F")), body, token).expect(200);
}

/// The entries of a zip, each checked against the manifest; nothing stands outside it.
fn open_bundle(bytes: Vec<u8>) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut entries = std::collections::BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.insert(name, content);
    }
    let manifest: Value = serde_json::from_slice(&entries["manifest.json"]).unwrap();
    let mut named = BTreeSet::from(["manifest.json".to_owned(), "manifest.json.sig".to_owned()]);
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let digest = Sha256::digest(&entries[path]);
        let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(file["sha256"], hex, "{path}");
        assert_eq!(file["size"], entries[path].len(), "{path}");
        named.insert(path.to_owned());
    }
    assert_eq!(named, entries.keys().cloned().collect());
    entries
}

fn disclosed(entries: &std::collections::BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let json: Value = serde_json::from_slice(&entries["records.json"]).unwrap();
    assert_eq!(json["format"], "rightsdesk-records/1");
    json["sources"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|source| source["collections"].as_array().unwrap())
        .flat_map(|collection| collection["records"].as_array().unwrap())
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect()
}

both! {
    fn a_request_goes_from_the_form_to_the_bundle(backend) {
        let website = Website::new(backend, 60);
        let bench = Bench::with(backend, website.options());
        let main = website.person(Cast::Main);
        let subject = json!({"name": main.name, "email": main.emails[0]});
        let (case, requester) = bench.verified_request(subject);
        bench.work();

        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        let gathered = bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200);
        assert_eq!(gathered["stage"], "review");
        assert_eq!(gathered["gather"]["failed"], 0);

        // What the gather left to be disclosed is hers and nobody else's; what it held is named with why.
        let all = records(&bench, &case, &casey);
        let with = |standing: &str| -> BTreeSet<String> {
            all.iter().filter(|(_, s, _)| s == standing).map(|(id, _, _)| id.clone()).collect()
        };
        let own = rows(&main.own);
        let review = rows(&main.own_for_review);
        let mut free: BTreeSet<String> = own.difference(&review).cloned().collect();
        free.extend(rows(&main.context));
        assert_eq!(with("disclose"), free);
        let mut held = review.clone();
        held.extend(rows(&main.reached));
        assert_eq!(with("held"), held);
        assert!(with("possible").is_empty());
        for (_, standing, record) in &all {
            assert_eq!(record["why"].is_null(), standing == "disclose");
            assert!(!record["matched_on"].as_array().unwrap().is_empty());
        }
        // A password hash is never even read.
        assert!(all.iter().all(|(_, _, record)| record["fields"].get("password_hash").is_none()));

        // Nothing goes on before each held record is decided; nobody signs their own work.
        bench.take(&case, "decide", &json!({}), &casey).problem(409);
        for record in &held {
            let body = if own.contains(record) {
                json!({"decision": "include", "reason": "read: names nobody else"})
            } else {
                json!({"decision": "exclude", "code": "THIRD-PARTY"})
            };
            decide_record(&bench, &case, record, &body, &casey);
        }
        let unknown = bench.take(&case, "records/event_bookings%2F0/decision", &json!({"decision": "include"}), &casey);
        unknown.problem(404);
        let bad = bench.take(&case, &format!("records/{}/decision", held.first().unwrap().replace('/', "%2F")), &json!({"decision": "exclude", "code": "NO-SUCH"}), &casey);
        assert_eq!(bad.problem(422), ["code"]);
        bench.take(&case, "decide", &json!({}), &alex).expect(200);
        bench.take(&case, "approve", &json!({}), &alex).problem(403);
        bench.take(&case, "send_back", &json!({"reason": "by the other one, please"}), &casey).expect(200);
        // Nor does a record's decider sign, whoever sent the case on.
        let robin = bench.staff("robin", Role::Approver);
        decide_record(&bench, &case, held.first().unwrap(), &json!({"decision": "include"}), &robin);
        bench.take(&case, "decide", &json!({}), &casey).expect(200);
        bench.take(&case, "approve", &json!({}), &robin).problem(403);
        bench.take(&case, "send_back", &json!({"reason": "by the other one, please"}), &casey).expect(200);
        let body = if own.contains(held.first().unwrap()) { json!({"decision": "include"}) } else { json!({"decision": "exclude", "code": "THIRD-PARTY"}) };
        decide_record(&bench, &case, held.first().unwrap(), &body, &casey);
        bench.take(&case, "decide", &json!({}), &casey).expect(200);
        bench.take(&case, "release", &json!({}), &alex).problem(409);
        bench.take(&case, "approve", &json!({}), &alex).expect(200);
        bench.take(&case, "release", &json!({}), &alex).problem(409);
        bench.get(&format!("/api/v1/requests/{case}/bundle"), &requester).problem(409);
        bench.work();
        bench.take(&case, "release", &json!({}), &alex).expect(200);
        bench.work();

        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("is ready"), "{letter}");
        let status = bench.get(&format!("/api/v1/requests/{case}"), &requester).expect(200);
        assert_eq!((status["status"].as_str(), status["bundle_ready"].as_bool()), (Some("released"), Some(true)));

        let answer = bench.get(&format!("/api/v1/requests/{case}/bundle"), &requester);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/zip");
        let entries = open_bundle(answer.bytes.clone());
        let mut expected = own.clone();
        expected.extend(rows(&main.context));
        assert_eq!(disclosed(&entries), expected);
        let schema: Value = serde_json::from_slice(&entries["records.schema.json"]).unwrap();
        let json: Value = serde_json::from_slice(&entries["records.json"]).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&json), "{:?}", validator.iter_errors(&json).map(|e| e.to_string()).collect::<Vec<_>>());
        let manifest: Value = serde_json::from_slice(&entries["manifest.json"]).unwrap();
        let text = manifest.to_string();
        assert!(text.contains("THIRD-PARTY"), "what was withheld is counted with its reason");
        for entry in entries.values() {
            assert!(!entry.windows(8).any(|w| w == b"$argon2i"), "a password hash is in the bundle");
        }

        // Fetched again within the time, audited each time; gone after it.
        assert_eq!(bench.get(&format!("/api/v1/requests/{case}/bundle"), &requester).bytes, answer.bytes);
        assert_eq!(bench.audit_kinds(&case).iter().filter(|kind| *kind == "bundle_downloaded").count(), 2);
        bench.clock.advance(chrono::TimeDelta::days(31));
        rightsdesk::acts::tick(&bench.desk).unwrap();
        rightsdesk::acts::tick(&bench.desk).unwrap();
        assert_eq!(std::fs::read_dir(bench.dir.path().join("data/bundles")).unwrap().count(), 0, "its bytes are gone");
        assert_eq!(bench.audit_kinds(&case).iter().filter(|kind| *kind == "bundle_expired").count(), 1);
        assert_eq!(crate::harness::Answer::of(bench.request("POST", &format!("/api/v1/requests/{case}/code"))).status, 202);
        bench.work();
        let late = bench.post(&format!("/api/v1/requests/{case}/verification"), &json!({"code": bench.code()})).expect(200);
        bench.get(&format!("/api/v1/requests/{case}/bundle"), late["token"].as_str().unwrap()).problem(410);
    }

    fn an_address_that_was_only_claimed_leads_to_possible_records_and_no_disclosure(backend) {
        let website = Website::new(backend, 20);
        let bench = Bench::with(backend, website.options());
        let (mine, other) = (website.person(Cast::Mentioner), website.person(Cast::Main));
        // She proves her own address and says that somebody else's is hers too.
        let (case, _) = bench.verified_request(json!({
            "name": mine.name, "email": mine.emails[0], "other_emails": [other.emails[0]], "phone": other.phone
        }));
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        let theirs: BTreeSet<String> = rows(&other.own);
        let all = records(&bench, &case, &casey);
        for (id, standing, record) in &all {
            if theirs.contains(id) {
                assert_ne!(standing, "disclose", "{id}");
                assert!(record["why"].as_str().unwrap().contains("not shown to be theirs") || standing == "held", "{record}");
            }
        }
        assert!(all.iter().any(|(id, standing, _)| theirs.contains(id) && standing == "possible"));
        let free: BTreeSet<String> = all.iter().filter(|(_, s, _)| s == "disclose").map(|(id, _, _)| id.clone()).collect();
        let mut expected: BTreeSet<String> = rows(&mine.own).difference(&rows(&mine.own_for_review)).cloned().collect();
        expected.extend(rows(&mine.context));
        assert_eq!(free, expected);
    }

    fn a_source_that_fails_is_said_retried_alone_and_blocks_a_silent_release(backend) {
        let website = Website::new(backend, 20);
        // The page views are in another database, which is not there yet.
        let dir = tempfile::tempdir().unwrap();
        let map = std::fs::read_to_string("assets/datamaps/csap.yml").unwrap();
        let second = "  - fides_key: paper_index\n    name: Paper index\n    collections:\n      - name: files\n        rightsdesk:\n          label: Paper files\n          match: {email: [email]}\n        fields:\n          - name: id\n            fides_meta: {primary_key: true}\n          - name: email\n          - name: title\n";
        let file = dir.path().join("map.yml");
        std::fs::write(&file, format!("{}\n{second}", map.trim_end())).unwrap();
        let missing = dir.path().join("paper.sqlite");
        let bench = Bench::with(backend, Options { settings: vec![
            ("RIGHTSDESK_DATA_MAP__FILES".into(), file.display().to_string()),
            ("RIGHTSDESK_SOURCES__CSAP__URL".into(), website.url.clone()),
            ("RIGHTSDESK_SOURCES__PAPER_INDEX__URL".into(), format!("sqlite://{}", missing.display())),
        ], ..Options::default() });
        let person = website.person(Cast::Polish);
        let (case, _) = bench.verified_request(json!({"name": person.name, "email": person.emails[0]}));
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        assert_eq!(bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200)["gather"]["failed"], 1);
        for (id, standing, _) in records(&bench, &case, &casey) {
            if standing != "disclose" {
                decide_record(&bench, &case, &id, &json!({"decision": "include"}), &casey);
            }
        }
        bench.take(&case, "decide", &json!({}), &casey).expect(200);
        assert_eq!(bench.take(&case, "approve", &json!({}), &alex).problem(422), ["reason"]);
        bench.take(&case, "send_back", &json!({"reason": "search the paper index again"}), &alex).expect(200);

        // It comes back: only it is searched again, and what was found before is still there.
        let before = records(&bench, &case, &casey).len();
        use diesel::Connection;
        let mut paper = diesel::SqliteConnection::establish(&missing.display().to_string()).unwrap();
        use diesel::connection::SimpleConnection;
        paper.batch_execute(&format!("CREATE TABLE files (id INTEGER PRIMARY KEY, email TEXT, title TEXT); INSERT INTO files VALUES (1, ' {} ', 'Folder 7');", person.emails[0].to_uppercase())).unwrap();
        drop(paper);
        bench.take(&case, "gather", &json!({}), &casey).expect(200);
        bench.work();
        let again = bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200);
        assert_eq!(again["gather"]["failed"], 0);
        let now = records(&bench, &case, &casey);
        assert_eq!(now.len(), before + 1);
        assert!(now.iter().any(|(id, standing, _)| id == "files/1" && standing == "disclose"));
        assert_eq!(std::fs::read_dir(bench.dir.path().join("data/spools")).unwrap().count(), 1, "the old spool is gone");
    }

    fn a_worker_killed_in_the_middle_of_a_gather_loses_and_doubles_nothing(backend) {
        let website = Website::new(backend, 4_000);
        let mut options = website.options();
        options.settings.push(("RIGHTSDESK_CASES__GATHER_AT_ONCE".into(), "false".into()));
        options.settings.push(("RIGHTSDESK_JOBS__LEASE_SECONDS".into(), "30".into()));
        let bench = Bench::with(backend, options);
        let main = website.person(Cast::Main);
        let (case, _) = bench.verified_request(json!({"name": main.name, "email": main.emails[0]}));
        bench.work();
        // The other process reads the machine's clock: this one goes with it from here on.
        use rightsdesk::base::{Clock, SystemClock};
        let mut interrupted = 0;
        for round in 0..6 {
            bench.clock.set(SystemClock.now());
            let casey = if round == 0 { bench.staff("casey", Role::Caseworker) } else {
                bench.post("/api/v1/sessions", &json!({"username": "casey", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned()
            };
            bench.take(&case, "gather", &json!({}), &casey).expect(200);
            let mut worker = bench.process(&["work"]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
            let taken = || bench.sql("UPDATE jobs SET attempts = attempts WHERE kind = 'gather' AND state = 'running'").unwrap();
            let done = || bench.sql("UPDATE jobs SET attempts = attempts WHERE kind = 'gather' AND state = 'done'").unwrap();
            let started = std::time::Instant::now();
            while taken() == 0 && done() <= round {
                assert!(started.elapsed().as_secs() < 30, "the worker does not begin");
                std::thread::yield_now();
            }
            worker.kill().unwrap();
            worker.wait().unwrap();
            let before = done();
            interrupted += i32::from(before == round);
            // Before the lease ends nobody takes it; afterwards another worker does, once.
            bench.work();
            assert_eq!(done(), before);
            bench.clock.set(SystemClock.now().plus(chrono::TimeDelta::seconds(60)));
            bench.work();
            assert_eq!(done(), round + 1, "the gather was done exactly once");
        }
        assert!(interrupted > 0, "no gather was interrupted: the test shows nothing");
        let casey = bench.post("/api/v1/sessions", &json!({"username": "casey", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned();
        let found: Vec<String> = records(&bench, &case, &casey).into_iter().map(|(id, _, _)| id).collect();
        let mut expected = rows(&main.own);
        expected.extend(rows(&main.context));
        expected.extend(rows(&main.reached));
        assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected);
        assert_eq!(found.len(), expected.len(), "nothing twice");
        let finished = bench.audit_kinds(&case).iter().filter(|kind| *kind == "gathered").count();
        assert_eq!(finished, 6);
    }

    fn somebody_about_whom_nothing_is_held_gets_an_answer_that_says_so(backend) {
        let website = Website::new(backend, 20);
        let bench = Bench::with(backend, website.options());
        let nobody = website.person(Cast::NothingHeld);
        let (case, requester) = bench.verified_request(json!({"name": nobody.name, "email": nobody.emails[0]}));
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        assert_eq!(bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200)["gather"]["found"], 0);
        bench.take(&case, "decide", &json!({}), &casey).expect(200);
        bench.take(&case, "approve", &json!({}), &alex).expect(200);
        bench.work();
        bench.take(&case, "release", &json!({}), &alex).expect(200);
        bench.work();
        let entries = open_bundle(bench.get(&format!("/api/v1/requests/{case}/bundle"), &requester).bytes);
        assert!(disclosed(&entries).is_empty());
        let manifest = String::from_utf8(entries["manifest.json"].clone()).unwrap();
        assert!(manifest.contains("nothing_held") && !manifest.contains("\"failed\": true"), "{manifest}");
    }

    fn a_decision_lapses_when_the_record_changes_at_its_source(backend) {
        let website = Website::new(backend, 20);
        let bench = Bench::with(backend, website.options());
        let main = website.person(Cast::Main);
        let (case, _) = bench.verified_request(json!({"name": main.name, "email": main.emails[0]}));
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        let held: Vec<String> = records(&bench, &case, &casey).into_iter().filter(|(_, s, _)| s == "held").map(|(id, _, _)| id).collect();
        for record in &held {
            decide_record(&bench, &case, record, &json!({"decision": "include", "reason": "read"}), &casey);
        }
        let decided = |bench: &Bench| -> Vec<String> {
            records(bench, &case, &casey).into_iter().filter(|(_, _, r)| !r["decision"].is_null()).map(|(id, _, _)| id).collect()
        };
        bench.take(&case, "gather", &json!({}), &casey).expect(200);
        bench.work();
        assert_eq!(decided(&bench), held, "what has not changed stays decided");
        let (table, key) = held[0].split_once('/').unwrap();
        let column = if table == "enquiry_replies" { "body" } else { "attendee_name" };
        website.sql(&format!("UPDATE {table} SET {column} = 'changed since' WHERE id = {key}"));
        bench.take(&case, "gather", &json!({}), &casey).expect(200);
        bench.work();
        assert_eq!(decided(&bench), held[1..], "what has changed is to be decided again");
        bench.take(&case, "decide", &json!({}), &casey).problem(409);
    }

    fn a_gather_that_is_given_up_leaves_a_case_that_can_be_worked_on(backend) {
        let website = Website::new(backend, 20);
        let mut options = website.options();
        options.settings.push(("RIGHTSDESK_JOBS__ATTEMPTS".into(), "2".into()));
        options.settings.push(("RIGHTSDESK_CASES__GATHER_AT_ONCE".into(), "false".into()));
        let bench = Bench::with(backend, options);
        let main = website.person(Cast::Main);
        let (case, _) = bench.verified_request(json!({"name": main.name, "email": main.emails[0]}));
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        // The data folder breaks: a file stands where the spools belong.
        let spools = bench.dir.path().join("data/spools");
        std::fs::remove_dir_all(&spools).unwrap();
        std::fs::write(&spools, "").unwrap();
        bench.take(&case, "gather", &json!({}), &casey).expect(200);
        bench.work();
        bench.clock.advance(chrono::TimeDelta::seconds(10));
        bench.work();
        let kinds = bench.audit_kinds(&case);
        assert!(kinds.contains(&"job_given_up".to_owned()), "{kinds:?}");
        assert_eq!(bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200)["stage"], "verified");
        std::fs::remove_file(&spools).unwrap();
        std::fs::create_dir(&spools).unwrap();
        let listed = bench.process(&["jobs", "list", "--json"]).output().unwrap();
        let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
        assert_eq!((listed.as_array().unwrap().len(), listed[0]["job"].as_str()), (1, Some("gather")));
        let retried = bench.process(&["jobs", "retry"]).output().unwrap();
        assert_eq!(String::from_utf8(retried.stdout).unwrap(), "Queued again: 0.\n", "a caseworker starts a search");
        bench.take(&case, "gather", &json!({}), &casey).expect(200);
        bench.work();
        assert_eq!(bench.get(&format!("/api/v1/cases/{case}"), &casey).expect(200)["stage"], "review");
    }
}
