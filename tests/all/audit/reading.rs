//! What is read is written down, from where, and can be searched for.

use rightsdesk::access::Role;
use rightsdesk::audit::Form;
use serde_json::{Value, json};

use crate::harness::{Answer, Bench, Options};
use crate::review::Reviewed;

fn settings(pairs: &[(&str, &str)]) -> Options {
    let settings = pairs.iter().map(|(key, value)| (format!("RIGHTSDESK_{key}"), (*value).to_owned())).collect();
    Options { settings, jobs_may_remain: true }
}

fn trail(bench: &Bench, query: &str, token: &str) -> Vec<Value> {
    let page = bench.get(&format!("/api/v1/audit?limit=100&{query}"), token).expect(200);
    page["events"].as_array().unwrap().clone()
}

both! {
    fn every_way_to_read_a_case_is_written_down(backend) {
        let reviewed = Reviewed::new(backend);
        let (bench, case) = (&reviewed.bench, &reviewed.case);
        let auditor = bench.staff("otto", Role::Auditor);
        let page = bench.get(&format!("/api/v1/cases/{case}/records"), &auditor).expect(200);
        let record = page["records"][0]["record"].as_str().unwrap().replace('/', "%2F");
        let entries = || bench.desk.store.read(rightsdesk::store::audit_head).unwrap().unwrap().0;
        let document: Value = serde_json::from_str(&rightsdesk::web::openapi_json()).unwrap();
        let mut seen = Vec::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            if operations.get("get").is_none() || !path.contains("/cases") {
                continue;
            }
            // How a search went, in names and counts: nothing of a record is in it, and a page asks every second.
            if path.ends_with("/progress") || path.ends_with("/search-log") {
                continue;
            }
            let before = entries();
            let answer = bench.get(&path.replace("{id}", case).replace("{record}", &record), &reviewed.casey);
            // No such file, correction, erasure or notice, or nothing signed off yet: there was nothing to read.
            if answer.status == 404 && (path.contains("{evidence}") || path.contains("{correction}") || path.contains("{erasure}") || path.contains("{notice}")) {
                continue;
            }
            assert!(answer.status == 200 || answer.status == 404 && path.ends_with("/diff"), "{path}: {}", answer.text());
            assert!(entries() > before, "GET {path} leaves no trace: begin its act with acts::reading");
            seen.push(path.clone());
        }
        assert!(seen.len() >= 12, "{seen:?}");
        let kinds: Vec<String> = trail(bench, &format!("case={case}&kind=case_read"), &auditor)
            .iter().map(|e| e["detail"].as_str().unwrap().to_owned()).collect();
        assert!(kinds.contains(&"{\"kind\":\"case_read\",\"part\":\"facts\"}".to_owned()), "{kinds:?}");
    }

    fn from_where_is_kept_as_configured_and_only_a_trusted_proxy_is_believed(backend) {
        for (kept, trusted, said, expected) in [
            ("truncated", "127.0.0.1", Some("203.0.113.77"), Some("203.0.113.0/24")),
            ("full", "127.0.0.0/8", Some("6.6.6.6, 203.0.113.77"), Some("203.0.113.77")),
            ("full", "", Some("203.0.113.77"), Some("127.0.0.1")),
            ("truncated", "", None, Some("127.0.0.0/24")),
            ("none", "127.0.0.1", Some("203.0.113.77"), None),
        ] {
            let bench = Bench::with(backend, settings(&[("AUDIT__ADDRESSES", kept), ("HTTP__TRUSTED_PROXIES", trusted)]));
            let auditor = bench.staff("otto", Role::Auditor);
            let mut request = bench.request("POST", "/api/v1/requests")
                .json(&json!({"right": "access", "subject": {"name": "Ann Lee", "email": "ann@example.org"}}));
            if let Some(said) = said {
                request = request.header("X-Forwarded-For", said);
            }
            Answer::of(request).expect(201);
            let received = &trail(&bench, "kind=request_received", &auditor)[0];
            assert_eq!(received["origin"], json!(expected), "{kept} {trusted}");
            assert_eq!(received["form"], json!(Form::NEWEST.number()));
            if let Some(origin) = expected {
                let query = format!("kind=request_received&origin={}", origin.replace('/', "%2F"));
                assert_eq!(trail(&bench, &query, &auditor).len(), 1);
                assert_eq!(trail(&bench, "kind=request_received&origin=192.0.2.9", &auditor).len(), 0);
            }
            // What a job does comes from nowhere.
            bench.work();
            assert_eq!(trail(&bench, "kind=code_sent", &auditor)[0]["origin"], Value::Null);
        }
    }

    fn the_trail_is_searched_by_case_actor_kind_and_time(backend) {
        let bench = Bench::with(backend, settings(&[]));
        let auditor = bench.staff("otto", Role::Auditor);
        let (first, _) = bench.verified_request(json!({"name": "Ann Lee", "email": "ann@example.org"}));
        bench.clock.advance(chrono::TimeDelta::days(2));
        let auditor_again = Answer::of(bench.request("POST", "/api/v1/sessions")
            .json(&json!({"username": "otto", "password": crate::harness::STAFF_PASSWORD}))).expect(201)["token"].as_str().unwrap().to_owned();
        let (second, _) = bench.verified_request(json!({"name": "Bo Ray", "email": "bo@example.org"}));
        let of = |query: &str| trail(&bench, query, &auditor_again);
        assert!(of(&format!("case={first}")).iter().all(|e| e["case"] == json!(first)));
        assert_eq!(of("kind=request_received").len(), 2);
        assert_eq!(of("kind=request_received&to=2026-11-24").len(), 1);
        assert_eq!(of("kind=request_received&from=2026-11-25").len(), 1);
        assert_eq!(of("kind=request_received&from=2026-11-25&to=2026-11-24").len(), 0);
        assert_eq!(of(&format!("kind=moved&actor=requester&case={second}")).len(), 1);
        assert_eq!(of("actor=operator&kind=user_added").len(), 1);
        assert_eq!(of("from=2026-11-25T09:29:59Z&to=2026-11-25T09:30:00Z&kind=signed_in").len(), 1);
        for bad in ["from=yesterday", "to=2026-13-01", "case=x"] {
            bench.get(&format!("/api/v1/audit?{bad}"), &auditor_again).problem(422);
        }
        bench.get("/api/v1/audit?colour=red", &auditor_again).problem(400);
        let _ = auditor;
        // An export of a part is one too, and is written down.
        let export = bench.get(&format!("/api/v1/audit/export?case={first}"), &auditor_again);
        assert!(export.text().lines().all(|line| line.contains(&first)));
        assert_eq!(of("kind=trail_exported").len(), 1);
        for (path, method) in [("/api/v1/audit/export", "GET"), ("/api/v1/audit/anchors", "GET"), ("/api/v1/audit/verification", "POST")] {
            let jo = bench.staff(&format!("jo{}", path.len()), Role::Approver);
            let request = bench.request(method, path).bearer_auth(&jo);
            let request = if method == "POST" { request.json(&json!({})) } else { request };
            Answer::of(request).problem(403);
        }
        let checked = bench.post_as("/api/v1/audit/verification", &json!({"anchors": ["hello"]}), &auditor_again).expect(200);
        assert_eq!((&checked["intact"], &checked["problems"][0]["kind"]), (&json!(false), &json!("anchor")));
    }
}
