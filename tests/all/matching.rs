//! Records that only might be the person's, over the API: read with their reasons, decided singly and many at once, undone;
//! identifiers that caseworkers confirm, and the search that goes on from them.

use rightsdesk::access::Role;
use serde_json::{Value, json};

use crate::harness::{Answer, Backend, Bench, Options};

/// A desk with a case in review over a small website.
pub struct Doubted {
    pub bench: Bench,
    pub case: String,
    pub casey: String,
    dir: tempfile::TempDir,
}

const MAP: &str = r"
dataset:
  - fides_key: site
    name: Site
    rightsdesk: {label: Our site}
    collections:
      - name: members
        rightsdesk:
          label: Members
          match: {email: [email], phone: [phone], name: [full_name], date_of_birth: [born], postcode: [postcode]}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, rightsdesk: {label: E-mail address}, fides_meta: {identity: email}}
          - {name: phone, rightsdesk: {label: Telephone}}
          - {name: full_name, rightsdesk: {label: Name}}
          - {name: born, rightsdesk: {label: Date of birth}}
          - {name: postcode, rightsdesk: {label: Postcode}}
      - name: payments
        rightsdesk: {label: Payments}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: member_id
            fides_meta: {references: [{dataset: site, field: members.id, direction: from}]}
          - {name: pounds}
      - name: enquiries
        rightsdesk: {label: Enquiries, owner: email, match: {email: [email], name: [name]}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: name}
          - {name: message, rightsdesk: {label: What was written, free_text: true, disclose: always}}
";

const ROWS: &str = r"
CREATE TABLE members (id INTEGER PRIMARY KEY, email TEXT, phone TEXT, full_name TEXT, born TEXT, postcode TEXT);
INSERT INTO members VALUES
 (1, 'farzana@example.org', '07700 900961', 'Farzana Whitcombe', '1980-05-17', 'PR1 8XJ'),
 (2, 'fw@work.example', NULL, 'WHITCOMBE, Farzana', '17/05/1980', 'BB1 1AA'),
 (3, NULL, '+44 7700 900961', 'F. Whitcombe', NULL, 'PR1 8XJ'),
 (4, 'other@example.net', '01632 960001', 'Farzana Whitcombe', '1951-01-30', 'LA1 1AA'),
 (5, 'farzana@example.org', NULL, 'Imran Sefton', NULL, NULL),
 (6, 'nobody@example.net', '01632 960002', 'Percival Duxbury', '1950-01-01', 'M1 1AA');
CREATE TABLE payments (id INTEGER PRIMARY KEY, member_id INTEGER, pounds TEXT);
INSERT INTO payments VALUES (10, 1, '5.00'), (20, 2, '6.00'), (30, 3, '7.00'), (60, 6, '8.00');
CREATE TABLE enquiries (id INTEGER PRIMARY KEY, email TEXT, name TEXT, message TEXT);
INSERT INTO enquiries VALUES
 (1, 'gbenga@example.net', 'Gbenga Birtwistle', 'I am worried about Farzana Whitcombe, who helps at the club.'),
 (2, 'fw@work.example', 'Farzana', 'Please post it to my office.'),
 (3, 'gbenga@example.net', 'Gbenga Birtwistle', 'When do you open?');
";

impl Doubted {
    pub fn new(backend: Backend, settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("site.sqlite");
        let map = dir.path().join("map.yml");
        std::fs::write(&map, MAP).unwrap();
        crate::review::sql(&source, ROWS);
        let mut all = vec![
            ("RIGHTSDESK_DATA_MAP__FILES".to_owned(), map.display().to_string()),
            ("RIGHTSDESK_SOURCES__SITE__URL".to_owned(), format!("sqlite://{}", source.display())),
        ];
        all.extend(settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let bench = Bench::with(backend, Options { settings: all, jobs_may_remain: true });
        let casey = bench.staff("casey", Role::Caseworker);
        let subject = json!({"name": "Farzana Whitcombe", "email": "farzana@example.org", "phone": "07700 900961",
            "date_of_birth": "1980-05-17", "postcode": "PR1 8XJ"});
        let (case, _) = bench.verified_request(subject);
        bench.work();
        Self { bench, case, casey, dir }
    }

    pub fn source_sql(&self, text: &str) {
        crate::review::sql(&self.dir.path().join("site.sqlite"), text);
    }

    pub fn get(&self, path: &str) -> Value {
        self.bench.get(&format!("/api/v1/cases/{}{path}", self.case), &self.casey).expect(200)
    }

    fn candidates(&self, query: &str) -> Vec<(String, String)> {
        let page = self.get(&format!("/candidates?limit=100{query}"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        page["candidates"].as_array().unwrap().iter().map(|c| (text(&c["record"]), text(&c["tier"]))).collect()
    }

    fn change(&self, path: &str, body: &Value) -> Answer {
        let answer = self.bench.take(&self.case, path, body, &self.casey);
        self.bench.work();
        answer
    }

    /// How the newest search left each record.
    fn standings(&self) -> Vec<(String, String)> {
        let page = self.get("/records?limit=100");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut all: Vec<_> =
            page["records"].as_array().unwrap().iter().map(|r| (text(&r["record"]), text(&r["standing"]))).collect();
        all.sort();
        all
    }

    fn goes_out(&self) -> Vec<String> {
        self.standings().into_iter().filter(|(_, standing)| standing == "disclose").map(|(record, _)| record).collect()
    }

    fn newest_step(&self) -> String {
        self.get("/steps")["steps"][0]["step"].as_str().unwrap().to_owned()
    }
}

const BEFORE: [&str; 2] = ["members/1", "payments/10"];

both! {
    fn candidates_come_with_their_tier_score_and_reasons(backend) {
        let doubted = Doubted::new(backend, &[]);
        assert_eq!(doubted.goes_out(), BEFORE);
        let page = doubted.get("/candidates");
        let of = |record: &str| page["candidates"].as_array().unwrap().iter().find(|c| c["record"] == record)
            .unwrap_or_else(|| panic!("{record} in {page:#}")).clone();
        for (record, tier, words) in [
            ("members/2", "probable", "date of birth"),
            ("members/3", "probable", "initial"),
            ("members/4", "possible", "differ"),
            ("members/5", "possible", "name"),
            ("enquiries/1", "possible", "\u{201c}Farzana Whitcombe\u{201d} stands in \u{201c}What was written\u{201d}"),
        ] {
            let candidate = of(record);
            assert_eq!(candidate["tier"], tier, "{candidate:#}");
            let reasons = candidate["reasons"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect::<Vec<_>>().join("; ");
            assert!(reasons.contains(words), "{record}: {reasons}");
            let names = candidate["compared"].as_array().unwrap().iter().find(|side| side["kind"] == "name").unwrap().clone();
            assert_eq!(names["person"], json!(["Farzana Whitcombe"]));
            assert_eq!(names["record"].as_array().unwrap().len(), 1);
            assert!(candidate["ruling"].is_null() && candidate["why"].is_string() && candidate["fields"].is_object());
        }
        assert!(of("members/2")["score"].as_i64() > of("members/4")["score"].as_i64());
        let mention = &of("enquiries/1")["mentions"][0];
        assert_eq!((&mention["field"], &mention["start"], &mention["words"]), (&json!("message"), &json!(19), &json!("Farzana Whitcombe")));
        assert!(!of("enquiries/1")["third_parties"].as_array().unwrap().is_empty());
        // Strangers and what only they wrote are left alone.
        let all = doubted.candidates("");
        for record in ["members/6", "payments/60", "enquiries/3", "members/1"] {
            assert!(!all.iter().any(|(found, _)| found == record), "{record}");
        }
        assert_eq!(page["open"], json!(all.len()));
        let probable: Vec<_> = all.iter().filter(|(_, tier)| tier == "probable").cloned().collect();
        assert_eq!(doubted.candidates("&tier=probable"), probable);
        let first = doubted.get("/candidates?limit=1");
        assert_eq!((first["next"].as_u64(), first["candidates"].as_array().unwrap().len()), (Some(1), 1));
        for (query, field) in [("tier=certain", "tier"), ("open=maybe", "open"), ("limit=0", "limit"), ("after=x", "after")] {
            let path = format!("/api/v1/cases/{}/candidates?{query}", doubted.case);
            assert_eq!(doubted.bench.get(&path, &doubted.casey).problem(422), [field]);
        }
    }

    fn many_are_decided_at_once_the_search_goes_on_and_undoing_takes_it_back(backend) {
        let doubted = Doubted::new(backend, &[]);
        let theirs = json!({"ruling": "theirs", "records": ["members/2", "members/3"], "reason": "She showed her former work pass."});
        let answer = doubted.bench.take(&doubted.case, "candidates", &theirs, &doubted.casey).expect(200);
        // Nothing can be sent before the sources were searched from what is known now.
        assert_eq!(answer["stage"], "gathering");
        doubted.bench.take(&doubted.case, "decide", &json!({}), &doubted.casey).problem(409);
        doubted.bench.work();
        assert_eq!(doubted.goes_out(), ["members/1", "members/2", "members/3", "payments/10", "payments/20", "payments/30"]);
        let step = doubted.newest_step();
        let page = doubted.get("/candidates");
        let ruled = page["candidates"].as_array().unwrap().iter().find(|c| c["record"] == "members/2").unwrap();
        assert_eq!(ruled["ruling"]["ruling"], "theirs");
        assert_eq!(ruled["ruling"]["step"], json!(step));
        assert!(!doubted.candidates("&open=true").iter().any(|(record, _)| record == "members/2"));
        assert!(doubted.candidates("&open=false").iter().any(|(record, _)| record == "members/2"));
        // What somebody else's record is stays in, whatever the search finds.
        doubted.change("candidates", &json!({"ruling": "not_theirs", "records": ["members/4"], "reason": "Born in 1951."})).expect(200);
        let left: Vec<_> = doubted.standings().into_iter().filter(|(record, _)| record == "members/4").collect();
        assert!(left.iter().all(|(_, standing)| standing != "disclose"), "{left:?}");
        doubted.change(&format!("steps/{step}/undo"), &json!({})).expect(200);
        assert_eq!(doubted.goes_out(), BEFORE);
        let kinds = doubted.bench.audit_kinds(&doubted.case);
        assert_eq!(kinds.iter().filter(|kind| *kind == "record_decided").count(), 3);
        assert_eq!(kinds.iter().filter(|kind| *kind == "gathered").count(), 4);
        // The undoing can be undone.
        let undoing = doubted.newest_step();
        doubted.change(&format!("steps/{undoing}/undo"), &json!({})).expect(200);
        assert!(doubted.goes_out().contains(&"payments/20".to_owned()));
    }

    fn what_only_somebody_elses_record_led_to_goes_with_it(backend) {
        let doubted = Doubted::new(backend, &[]);
        // A source that fails would have the next search go on from this one.
        doubted.source_sql("ALTER TABLE enquiries RENAME TO hidden");
        doubted.change("gather", &json!({})).expect(200);
        assert_eq!(doubted.goes_out(), BEFORE);
        let wrong = json!({"ruling": "not_theirs", "records": ["members/1"], "reason": "Her sister uses the same mailbox."});
        doubted.change("candidates", &wrong).expect(200);
        assert_eq!(doubted.goes_out(), Vec::<String>::new());
        let step = doubted.newest_step();
        doubted.change(&format!("steps/{step}/undo"), &json!({})).expect(200);
        assert_eq!(doubted.goes_out(), BEFORE);
    }

    fn a_confirmed_identifier_leads_on_and_is_told_with_who_and_why(backend) {
        let doubted = Doubted::new(backend, &[]);
        let alias = json!({"kind": "email", "value": " FW@Work.example", "record": "members/2", "reason": "It stands on her member's record."});
        doubted.change("identifiers", &alias).expect(200);
        let out = doubted.goes_out();
        // Her records under that address, what leads from there, and her enquiry from it.
        for record in ["members/1", "members/2", "payments/20", "enquiries/2"] {
            assert!(out.contains(&record.to_owned()), "{record} in {out:?}");
        }
        let all = doubted.get("/identifiers")["identifiers"].as_array().unwrap().clone();
        let standing = |value: &str| all.iter().find(|i| i["value"] == value).unwrap_or_else(|| panic!("{value} in {all:?}"))["standing"].clone();
        assert_eq!(standing("farzana@example.org"), "verified");
        assert_eq!(standing("07700 900961"), "given");
        let confirmed = all.iter().find(|i| i["standing"] == "confirmed").unwrap();
        assert_eq!((&confirmed["kind"], &confirmed["record"]), (&json!("email"), &json!("members/2")));
        assert_eq!(confirmed["confirmed"]["reason"], "It stands on her member's record.");
        assert!(doubted.bench.audit_kinds(&doubted.case).contains(&"identifier_confirmed".to_owned()));
        let log = doubted.get("/search-log");
        assert!(!log.to_string().contains("work.example"), "the log has no value");
        let step = confirmed["confirmed"]["step"].as_str().unwrap().to_owned();
        doubted.change(&format!("steps/{step}/undo"), &json!({})).expect(200);
        assert_eq!(doubted.goes_out(), BEFORE);
        assert!(doubted.get("/identifiers")["identifiers"].as_array().unwrap().iter().all(|i| i["standing"] != "confirmed"));
    }

    fn weights_are_estimated_from_what_was_decided(backend) {
        let doubted = Doubted::new(backend, &[]);
        let few = doubted.bench.process(&["matching", "estimate"]).output().unwrap();
        assert_eq!(few.status.code(), Some(1));
        let said = String::from_utf8(few.stderr).unwrap();
        assert!(said.contains("weights are estimated from 20 of each on"), "{said}");
        // Hers are under an earlier address; a namesake of another age lives in the same street.
        let rows: Vec<String> = (0..25)
            .flat_map(|n| [
                format!("({}, 'old{n}@example.net', NULL, 'Farzana Whitcombe', '1980-05-17', 'PR1 8XJ')", 100 + n),
                format!("({}, 'other{n}@example.net', NULL, 'Farzana Whitcombe', '1951-01-30', 'PR1 8XJ')", 200 + n),
            ])
            .collect();
        doubted.source_sql(&format!("INSERT INTO members VALUES {}", rows.join(",")));
        doubted.change("gather", &json!({})).expect(200);
        for (ruling, from) in [("theirs", 100), ("not_theirs", 200)] {
            let records: Vec<String> = (0..25).map(|n| format!("members/{}", from + n)).collect();
            doubted.change("candidates", &json!({"ruling": ruling, "records": records, "reason": "Looked at."})).expect(200);
        }
        let found = rightsdesk::acts::weights_estimate(&doubted.bench.desk).unwrap();
        let of = |level: &str| *found.iter().find(|one| one.field.as_str() == "date_of_birth" && one.level.as_str() == level).unwrap();
        assert_eq!((of("exact").theirs, of("exact").others), (25, 0));
        assert_eq!((of("differs").theirs, of("differs").others), (0, 25));
        assert!(of("exact").after >= of("exact").before && of("differs").after <= of("differs").before, "{found:?}");
        let printed = doubted.bench.process(&["matching", "estimate"]).output().unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        assert!(printed.contains("[matching.weights.date_of_birth]\nexact = "), "{printed}");
        // What is printed is a configuration.
        let table: toml::Table = printed.parse().unwrap();
        assert!(table["matching"]["weights"]["date_of_birth"]["differs"].as_float().unwrap() < 0.0);
    }

    fn a_request_for_a_part_is_answered_with_that_part(backend) {
        let doubted = Doubted::new(backend, &[]);
        let body = json!({"right": "access", "subject": {"name": "Farzana Whitcombe", "email": "farzana@example.org"},
            "scope": {"collections": ["payments"]}});
        let case = doubted.bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        doubted.bench.work();
        let code = json!({"code": doubted.bench.code()});
        doubted.bench.post(&format!("/api/v1/requests/{case}/verification"), &code).expect(200);
        doubted.bench.work();
        let page = doubted.bench.get(&format!("/api/v1/cases/{case}/records?limit=100"), &doubted.casey).expect(200);
        let out: Vec<&str> = page["records"].as_array().unwrap().iter()
            .filter(|r| r["outcome"] == "goes_out").map(|r| r["record"].as_str().unwrap()).collect();
        assert_eq!(out, ["payments/10"]);
        let member = page["records"].as_array().unwrap().iter().find(|r| r["record"] == "members/1").unwrap();
        assert_eq!(member["why"], "not asked for: the request names other kinds of records");
        assert_eq!(member["outcome"], "withheld");
        // Nobody is asked to look at what might be theirs where it was not asked for.
        let candidates = doubted.bench.get(&format!("/api/v1/cases/{case}/candidates"), &doubted.casey).expect(200);
        assert_eq!(candidates["total"], 0);
    }

    fn bad_rulings_and_identifiers_are_refused_by_name(backend) {
        let doubted = Doubted::new(backend, &[]);
        let rule = |body: Value| doubted.bench.take(&doubted.case, "candidates", &body, &doubted.casey);
        for (body, fields) in [
            (json!({"ruling": "theirs", "records": [], "reason": "x"}), vec!["records"]),
            (json!({"ruling": "theirs", "records": ["members/2", "members/99"], "reason": "x"}), vec!["records[1]"]),
            (json!({"ruling": "theirs", "records": ["members/2", "members/2"], "reason": "x"}), vec!["records[1]"]),
            (json!({"ruling": "theirs", "records": ["members/2"], "reason": "  "}), vec!["reason"]),
            (json!({"ruling": "perhaps", "records": ["members/2"], "reason": "x"}), vec!["ruling"]),
            (json!({"ruling": "theirs"}), vec!["reason", "records"]),
        ] {
            let mut named = rule(body.clone()).problem(422);
            named.sort();
            assert_eq!(named, fields, "{body}");
        }
        let confirm = |body: Value| doubted.bench.take(&doubted.case, "identifiers", &body, &doubted.casey);
        for (body, fields) in [
            (json!({"kind": "email", "value": "nobody", "reason": "x"}), vec!["value"]),
            (json!({"kind": "phone", "value": "12", "reason": "x"}), vec!["value"]),
            (json!({"kind": "date_of_birth", "value": "soon", "reason": "x"}), vec!["value"]),
            (json!({"kind": "shoe", "value": "9", "reason": "x"}), vec!["kind"]),
            (json!({"kind": "name", "value": "Farzana Khan", "record": "members/99", "reason": "x"}), vec!["record"]),
            (json!({"kind": "name", "value": "Farzana Khan", "reason": ""}), vec!["reason"]),
        ] {
            assert_eq!(confirm(body.clone()).problem(422), fields, "{body}");
        }
        let auditor = doubted.bench.staff("otto", Role::Auditor);
        let body = json!({"ruling": "theirs", "records": ["members/2"], "reason": "x"});
        let path = format!("/api/v1/cases/{}/candidates", doubted.case);
        doubted.bench.get(&path, &auditor).expect(200);
        doubted.bench.post_as(&path, &body, &auditor).problem(403);
        doubted.bench.post_as(&path, &body, &doubted.casey).problem(428);
        doubted.bench.post_as(&path.replace("candidates", "identifiers"), &json!({}), &auditor).problem(403);
        assert_eq!(doubted.goes_out(), BEFORE);
    }

    fn the_configured_weights_and_limits_are_used(backend) {
        let strict = Doubted::new(backend, &[("RIGHTSDESK_MATCHING__WEIGHTS__SURNAME__EXACT", "-20"), ("RIGHTSDESK_MATCHING__WEIGHTS__GIVEN_NAME__EXACT", "-20")]);
        assert!(!strict.candidates("").iter().any(|(record, _)| record == "members/2"), "{:?}", strict.candidates(""));
        let few = Doubted::new(backend, &[("RIGHTSDESK_MATCHING__SCAN_ROWS", "2")]);
        let log = few.get("/search-log").to_string();
        assert!(few.candidates("").iter().any(|(record, _)| record == "members/2"), "{log}");
        let page = few.get("/records?limit=1");
        assert!(page["records"].is_array());
    }
}
