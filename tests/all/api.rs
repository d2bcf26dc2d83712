//! The REST API over real HTTP, on both databases: good calls, and every kind of bad one.

use rightsdesk::access::Role;
use serde_json::{Value, json};

use crate::harness::{Answer, Bench, Options};

fn subject() -> Value {
    json!({"name": "Ann Lee", "email": "ann@example.org"})
}

fn request() -> Value {
    json!({"right": "access", "subject": subject()})
}

/// Token parts.
fn base64url(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

both! {
    fn a_request_is_made_verified_and_followed(backend) {
        let bench = Bench::new(backend);
        let made = bench.post("/api/v1/requests", &request());
        let received = made.expect(201);
        assert_eq!(received["reference"], "DR-2026-000001");
        assert_eq!(received["status"], "awaiting_verification");
        let id = received["id"].as_str().unwrap().to_owned();
        assert_eq!(made.header("location"), format!("/api/v1/requests/{id}"));
        bench.work();
        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("To: ann@example.org"), "{letter}");
        let token = bench.post(&format!("/api/v1/requests/{id}/verification"), &json!({"code": bench.code()}));
        let token = token.expect(200)["token"].as_str().unwrap().to_owned();
        let status = bench.get(&format!("/api/v1/requests/{id}"), &token).expect(200);
        assert_eq!(status["due_on"], "2026-12-23");
        assert_eq!(status["received_on"], "2026-11-23");
        let steps: Vec<&str> = status["working"].as_array().unwrap().iter().map(|s| s["step"].as_str().unwrap()).collect();
        assert_eq!(steps.first(), Some(&"received"));
        assert!(steps.contains(&"due"));
        assert!(status["working"][0]["plain"].as_str().unwrap().contains("23 November 2026"));
        assert!(status["timeline"].as_array().unwrap().len() >= 2);
        bench.work();
        assert!(bench.letters().iter().any(|letter| letter.contains("We must answer it by 23 December 2026")));
    }

    fn a_code_is_hashed_ends_after_ten_minutes_and_after_five_wrong_tries(backend) {
        let bench = Bench::new(backend);
        let made = bench.post("/api/v1/requests", &request()).expect(201);
        let path = format!("/api/v1/requests/{}/verification", made["id"].as_str().unwrap());
        bench.work();
        let code = bench.code();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(bench.sql(&format!("UPDATE verification_codes SET attempts = attempts WHERE code_hash = '{code}'")).unwrap(), 0);
        for left in (1..5).rev() {
            let answer = bench.post(&path, &json!({"code": wrong}));
            assert_eq!(answer.problem(422), ["code"]);
            assert!(answer.text().contains(&format!("{left} tries left")), "{}", answer.text());
        }
        assert!(bench.post(&path, &json!({"code": wrong})).problem(409).is_empty());
        // From here on even the right one is refused, however often it is tried.
        for _ in 0..20 {
            bench.post(&path, &json!({"code": code})).problem(409);
        }
        let case = made["id"].as_str().unwrap();
        assert_eq!(bench.audit_kinds(case).iter().filter(|kind| *kind == "code_refused").count(), 5);
        // A new one works, once, and not after ten minutes.
        let again = format!("/api/v1/requests/{case}/code");
        assert_eq!(Answer::of(bench.request("POST", &again)).status, 202);
        bench.work();
        bench.clock.advance(chrono::TimeDelta::minutes(10));
        bench.post(&path, &json!({"code": bench.code()})).problem(409);
        assert_eq!(Answer::of(bench.request("POST", &again)).status, 202);
        bench.work();
        let code = bench.code();
        bench.post(&path, &json!({"code": code})).expect(200);
        bench.post(&path, &json!({"code": code})).problem(409);
        bench.work();
    }

    fn codes_are_limited_by_the_hour(backend) {
        let bench = Bench::new(backend);
        let made = bench.post("/api/v1/requests", &request()).expect(201);
        let again = format!("/api/v1/requests/{}/code", made["id"].as_str().unwrap());
        bench.work();
        for _ in 0..4 {
            assert_eq!(Answer::of(bench.request("POST", &again)).status, 202);
            bench.work();
        }
        let refused = Answer::of(bench.request("POST", &again));
        refused.problem(429);
        assert_eq!(refused.header("retry-after"), "60");
        bench.clock.advance(chrono::TimeDelta::minutes(61));
        assert_eq!(Answer::of(bench.request("POST", &again)).status, 202);
        bench.work();
        assert_eq!(bench.letters().len(), 6);
    }

    fn a_request_sent_twice_with_one_key_is_made_once(backend) {
        let bench = Bench::new(backend);
        let send = |body: &Value| Answer::of(bench.request("POST", "/api/v1/requests").json(body).header("Idempotency-Key", "k-1"));
        let first = send(&request()).expect(201);
        assert_eq!(send(&request()).expect(201), first);
        let mut other = request();
        other["details"] = json!("something else");
        send(&other).problem(409);
        let staff = bench.staff("jo", Role::Caseworker);
        assert_eq!(bench.get("/api/v1/cases", &staff).expect(200)["cases"].as_array().unwrap().len(), 1);
        bench.work();
        assert_eq!(bench.letters().len(), 1);
    }

    fn a_token_opens_its_own_request_only(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let (mine, token) = bench.verified_request(subject());
        let (theirs, their_token) = bench.verified_request(json!({"name": "Bo Lee", "email": "bo@example.org"}));
        bench.get(&format!("/api/v1/requests/{mine}"), &token).expect(200);
        bench.get(&format!("/api/v1/requests/{theirs}"), &token).problem(403);
        bench.get(&format!("/api/v1/requests/{theirs}/bundle"), &token).problem(403);
        bench.get(&format!("/api/v1/requests/{mine}"), &their_token).problem(403);
        assert_eq!(bench.audit_kinds(&theirs).iter().filter(|k| *k == "access_refused").count(), 2);

        let parts: Vec<&str> = token.split('.').collect();
        let none = base64url("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        let swapped = base64url(&format!("{{\"sub\":\"{theirs}\",\"aud\":\"rightsdesk:requester\",\"iat\":0,\"exp\":9999999999,\"jti\":\"x\"}}"));
        for forged in [
            format!("{none}.{}.", parts[1]),
            format!("{none}.{}.{}", parts[1], parts[2]),
            format!("{}.{swapped}.{}", parts[0], parts[2]),
            "not-a-token".to_owned(),
            "a.b.c".to_owned(),
        ] {
            bench.get(&format!("/api/v1/requests/{theirs}"), &forged).problem(401);
        }
        bench.clock.advance(chrono::TimeDelta::minutes(61));
        bench.get(&format!("/api/v1/requests/{mine}"), &token).problem(401);
        assert_eq!(Answer::of(bench.request("GET", &format!("/api/v1/requests/{mine}"))).status, 401);
        // A requester's token is no staff token and the other way round.
        let (_, fresh) = bench.verified_request(json!({"name": "Cy Lee", "email": "cy@example.org"}));
        bench.get("/api/v1/cases", &fresh).problem(401);
        let staff = bench.staff("jo", Role::Caseworker);
        bench.get(&format!("/api/v1/requests/{mine}"), &staff).problem(401);
    }

    fn every_route_asks_for_its_role(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let (case, _) = bench.verified_request(subject());
        let tokens: Vec<(Role, String)> =
            Role::ALL.into_iter().map(|role| (role, bench.staff(role.as_str(), role))).collect();
        let reads = ["/api/v1/cases".to_owned(), format!("/api/v1/cases/{case}")];
        for (role, token) in &tokens {
            for path in &reads {
                let status = bench.get(path, token).status;
                assert_eq!(status, if *role == Role::Admin { 403 } else { 200 }, "{role} {path}");
            }
            assert_eq!(bench.get("/api/v1/audit", token).status, if *role == Role::Auditor { 200 } else { 403 });
            let worker = matches!(role, Role::Caseworker | Role::Approver);
            for action in ["verify", "reject_identity", "gather", "request_clarification", "record_clarification", "extend", "assign", "decide", "approve", "send_back", "release", "refuse", "withdraw", "close"] {
                let answer = bench.post_as(&format!("/api/v1/cases/{case}/{action}"), &json!({}), token);
                let may = if action == "approve" { *role == Role::Approver } else { worker };
                // Whoever may is asked for the version next; whoever may not learns nothing more.
                assert_eq!(answer.status, if may { 428 } else { 403 }, "{role} {action}: {}", answer.text());
            }
            let logged = bench.post_as("/api/v1/cases", &json!({}), token).status;
            assert_eq!(logged, if worker { 422 } else { 403 });
        }
        for path in &reads {
            assert_eq!(Answer::of(bench.request("GET", path)).status, 401);
        }
    }

    fn a_session_ends_when_it_is_ended_or_the_account_is_locked(backend) {
        let bench = Bench::new(backend);
        let token = bench.staff("jo", Role::Caseworker);
        bench.get("/api/v1/cases", &token).expect(200);
        assert_eq!(Answer::of(bench.request("DELETE", "/api/v1/sessions/current").bearer_auth(&token)).status, 204);
        bench.get("/api/v1/cases", &token).problem(401);
        let sign_in = |password: &str| bench.post("/api/v1/sessions", &json!({"username": "JO", "password": password}));
        for _ in 0..5 {
            sign_in("wrong").problem(401);
        }
        let locked = sign_in(crate::harness::STAFF_PASSWORD);
        locked.problem(401);
        let unknown = bench.post("/api/v1/sessions", &json!({"username": "nobody", "password": "wrong"}));
        unknown.problem(401);
        assert_eq!(locked.json(), unknown.json(), "the same words for every reason");
        bench.clock.advance(chrono::TimeDelta::minutes(2));
        sign_in(crate::harness::STAFF_PASSWORD).expect(201);
    }

    fn bad_input_gets_one_clear_refusal_that_names_the_field(backend) {
        let bench = Bench::new(backend);
        let path = "/api/v1/requests";
        let raw = |body: &str, kind: &str| Answer::of(bench.request("POST", path).header("Content-Type", kind).body(body.to_owned()));
        raw("{\"right\":", "application/json").problem(400);
        raw("", "application/json").problem(400);
        raw("\u{0}", "application/json").problem(400);
        raw("[1]", "application/json").problem(422);
        raw("{}", "text/plain").problem(415);
        let twice = raw("{\"right\": \"access\", \"right\": \"erasure\"}", "application/json");
        assert!(twice.problem(400).is_empty() && twice.text().contains("names a field twice"), "{}", twice.text());
        let packed = bench.request("POST", path).header("Content-Type", "application/json").header("Content-Encoding", "br");
        Answer::of(packed.body("{}")).problem(415);
        assert_eq!(raw("{}", "application/json").problem(422), ["right", "subject"]);
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        raw(&deep, "application/json").problem(400);
        assert_eq!(raw(&format!("{{\"details\":\"{}\"}}", "x".repeat(70_000)), "application/json").problem(413).len(), 0);

        let answer = bench.post(path, &json!({"right": "all", "subject": {"name": "7", "email": "x", "phone": "abc", "date_of_birth": "31/01/1990", "postcode": "!", "shoe_size": 9}, "admin": true}));
        // Shape first: unknown fields are named together; then what the fields say, together.
        assert_eq!(answer.problem(422), ["subject.shoe_size", "admin"]);
        let answer = bench.post(path, &json!({"right": "all", "subject": {"name": "7", "email": "x", "phone": "abc", "date_of_birth": "31/01/1990", "postcode": "!"}}));
        assert_eq!(answer.problem(422), ["right", "subject.name", "subject.email", "subject.phone", "subject.postcode", "subject.date_of_birth"]);
        assert!(!answer.text().contains("31/01/1990"), "what was sent is not repeated");

        for evil in ["../../../etc/passwd", "x'; DROP TABLE cases; --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "a\r\nBcc: b@example.org", "\u{202e}\u{0}"] {
            for field in ["name", "email", "phone", "postcode", "date_of_birth"] {
                let mut body = request();
                body["subject"][field] = json!(evil);
                let named = bench.post(path, &body).problem(422);
                assert_eq!(named, [format!("subject.{field}")], "{evil}");
            }
            for field in ["other_names", "other_emails"] {
                let mut body = request();
                body["subject"][field] = json!([evil]);
                assert_eq!(bench.post(path, &body).problem(422), [format!("subject.{field}[0]")], "{evil}");
            }
            let mut body = request();
            body["right"] = json!(evil);
            assert_eq!(bench.post(path, &body).problem(422), ["right"]);
            body["right"] = json!("access");
            body["channel"] = json!(evil);
            assert_eq!(bench.post(path, &body).problem(422), ["channel"]);
            let mut body = request();
            body["scope"] = json!({"collections": [evil], "from": evil});
            assert_eq!(bench.post(path, &body).problem(422), ["scope.collections[0]", "scope.from"]);
            let mut body = request();
            body["requester"] = json!({"relationship": evil, "name": "Ann", "email": "a@example.org"});
            assert_eq!(bench.post(path, &body).problem(422), ["requester.relationship"]);
        }
        for bad in ["/api/v1/requests/../../etc", "/api/v1/requests/1%27%20OR%201=1", "/api/v1/requests/%00", "/nothing", "/api/v1/cases/x/y/z"] {
            let answer = bench.get(bad, "x.y.z");
            assert!((400..=404).contains(&answer.status), "{bad}: {} {}", answer.status, answer.text());
        }
        assert_eq!(Answer::of(bench.request("PUT", path)).status, 405);
        let staff = bench.staff("jo", Role::Caseworker);
        for query in ["stage=nowhere", "due_before=tomorrow", "limit=0", "limit=1000", "after=x", "overdue=maybe"] {
            assert_eq!(bench.get(&format!("/api/v1/cases?{query}"), &staff).problem(422).len(), 1, "{query}");
        }
        bench.get("/api/v1/cases?unknown=1", &staff).problem(400);
        bench.get("/api/v1/cases?q=%27%20OR%201=1--", &staff).expect(200);
    }

    fn free_text_is_kept_as_text(backend) {
        let bench = Bench::new(backend);
        let mut body = request();
        body["details"] = json!("<b>Robert'); DROP TABLE cases;--</b> 👩‍👧 Żółć\nsecond line");
        let made = bench.post("/api/v1/requests", &body).expect(201);
        let staff = bench.staff("jo", Role::Caseworker);
        let case = bench.get(&format!("/api/v1/cases/{}", made["id"].as_str().unwrap()), &staff).expect(200);
        assert_eq!(case["details"], body["details"]);
        bench.work();
    }

    fn a_logged_request_counts_from_its_true_date(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let staff = bench.staff("jo", Role::Caseworker);
        let log = |received_on: &str| bench.post_as("/api/v1/cases", &json!({
            "received_on": received_on, "right": "access", "channel": "phone", "subject": {"name": "Ann Lee"}
        }), &staff);
        assert_eq!(log("2026-11-24").problem(422), ["received_on"]);
        let id = log("2026-10-30").expect(201)["id"].as_str().unwrap().to_owned();
        let case = bench.get(&format!("/api/v1/cases/{id}"), &staff).expect(200);
        assert_eq!(case["due_on"], "2026-11-30");
        assert_eq!(case["stage"], "awaiting_verification");
        assert_eq!(case["channel"], "phone");
        // No address: nobody is written to, and nothing is left in the queue for it.
        let verified = bench.take(&id, "verify", &json!({"reason": "known to the service; passport seen"}), &staff).expect(200);
        assert_eq!(verified["stage"], "verified");
        bench.work();
        assert!(bench.letters().is_empty());
    }

    fn a_stale_version_is_refused_and_nothing_is_overwritten(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let (id, _) = bench.verified_request(subject());
        let staff = bench.staff("jo", Role::Caseworker);
        let path = format!("/api/v1/cases/{id}/assign");
        let send = |tag: &str| Answer::of(bench.request("POST", &path).bearer_auth(&staff).header("If-Match", tag).json(&json!({"assignee": "jo"})));
        let seen = bench.get(&format!("/api/v1/cases/{id}"), &staff).header("etag");
        assert_eq!(send(&seen).status, 200);
        send(&seen).problem(412);
        send("\"xyz\"").problem(412);
        bench.post_as(&path, &json!({"assignee": "jo"}), &staff).problem(428);
        let fault = bench.take(&id, "assign", &json!({"assignee": "nobody"}), &staff);
        assert_eq!(fault.problem(422), ["assignee"]);
    }

    fn lists_page_by_cursor_and_filter(backend) {
        let bench = Bench::new(backend);
        for n in 0..7 {
            bench.post("/api/v1/requests", &json!({"right": if n % 2 == 0 {"access"} else {"erasure"}, "subject": {"name": format!("Person {}", ["Ann","Bo","Cy","Di","Ed","Fy","Gus"][n]), "email": format!("p{n}@example.org")}})).expect(201);
        }
        bench.work();
        let staff = bench.staff("jo", Role::Caseworker);
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let page = bench.get(&format!("/api/v1/cases?limit=3{after}"), &staff).expect(200);
            seen.extend(page["cases"].as_array().unwrap().iter().map(|c| c["reference"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted());
        let count = |query: &str| bench.get(&format!("/api/v1/cases?{query}"), &staff).expect(200)["cases"].as_array().unwrap().len();
        assert_eq!(count("right=erasure"), 3);
        assert_eq!(count("q=DR-2026-000003"), 1);
        assert_eq!(count("q=person%20b"), 1);
        assert_eq!(count("q=P4@Example.org"), 1);
        assert_eq!(count("q=%25"), 0);
        assert_eq!(count("overdue=true"), 0);
        bench.clock.advance(chrono::TimeDelta::days(40));
        let staff = bench.post("/api/v1/sessions", &json!({"username": "jo", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned();
        assert_eq!(bench.get("/api/v1/cases?overdue=true", &staff).expect(200)["cases"].as_array().unwrap().len(), 7);
    }

    fn the_clock_moves_with_a_question_and_an_extension(backend) {
        let bench = Bench::with(backend, Options {
            settings: vec![("RIGHTSDESK_CASES__GATHER_AT_ONCE".into(), "false".into())],
            jobs_may_remain: true,
        });
        let (id, token) = bench.verified_request(subject());
        let staff = bench.staff("jo", Role::Caseworker);
        assert_eq!(bench.take(&id, "request_clarification", &json!({}), &staff).problem(422), ["reason"]);
        let asked = bench.take(&id, "request_clarification", &json!({"reason": "Which years?"}), &staff).expect(200);
        assert_eq!((asked["clock"].as_str(), asked["due_on"].as_str()), (Some("paused"), None));
        let status = bench.get(&format!("/api/v1/requests/{id}"), &token).expect(200);
        assert_eq!(status["asked"][0]["kind"], "clarification");
        bench.clock.advance(chrono::TimeDelta::days(4));
        let staff = bench.post("/api/v1/sessions", &json!({"username": "jo", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned();
        let wrong = bench.take(&id, "record_clarification", &json!({"reason": "2025", "on": "2026-11-30"}), &staff);
        assert_eq!(wrong.problem(422), ["received_on"]);
        let answered = bench.take(&id, "record_clarification", &json!({"reason": "2025"}), &staff).expect(200);
        // Four days do not count: 23 December and four is the 27th, a Sunday; the 28th is a substitute bank holiday.
        assert_eq!(answered["due_on"], "2026-12-29");
        let extended = bench.take(&id, "extend", &json!({"reason": "three large files"}), &staff).expect(200);
        assert_eq!(extended["due_on"], "2027-03-01");
        let kinds = bench.audit_kinds(&id);
        assert_eq!(kinds.iter().filter(|k| *k == "clock_fact").count(), 4);
        bench.clock.advance(chrono::TimeDelta::days(60));
        let staff = bench.post("/api/v1/sessions", &json!({"username": "jo", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned();
        assert_eq!(bench.take(&id, "extend", &json!({"reason": "more"}), &staff).problem(422), ["notified_on"]);
    }

    fn a_refusal_and_a_withdrawal_write_their_letters(backend) {
        let bench = Bench::with(backend, Options {
            settings: vec![("RIGHTSDESK_CASES__GATHER_AT_ONCE".into(), "false".into())],
            ..Options::default()
        });
        let staff = bench.staff("jo", Role::Caseworker);
        let (id, _) = bench.verified_request(subject());
        let refused = bench.take(&id, "refuse", &json!({"reason": "You asked last week."}), &staff).expect(200);
        assert_eq!(refused["stage"], "refused");
        bench.take(&id, "gather", &json!({}), &staff).problem(409);
        bench.take(&id, "close", &json!({}), &staff).expect(200);
        bench.work();
        assert!(bench.letters().iter().any(|l| l.contains("You asked last week.") && l.contains("section 164A")));
        let (id, token) = bench.verified_request(json!({"name": "Bo Lee", "email": "bo@example.org"}));
        let stopped = bench.post_as(&format!("/api/v1/requests/{id}/withdrawal"), &json!({}), &token).expect(200);
        assert_eq!(stopped["status"], "withdrawn");
        bench.post_as(&format!("/api/v1/requests/{id}/withdrawal"), &json!({}), &token).problem(409);
        bench.work();
        assert!(bench.letters().last().unwrap().contains("We have stopped it."));
    }

    fn the_pages_and_documents_are_served(backend) {
        let bench = Bench::new(backend);
        let home = Answer::of(bench.request("GET", "/"));
        assert_eq!(home.status, 200);
        assert!(home.text().contains("Lancashire County Council") && home.text().contains("/api/docs/"));
        let policy = home.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        let document = Answer::of(bench.request("GET", "/api/v1/openapi.json")).expect(200);
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert!(document["paths"].as_object().unwrap().len() >= 12);
        let docs = Answer::of(bench.request("GET", "/api/docs/"));
        assert_eq!(docs.status, 200);
        assert!(!docs.text().contains("https://"), "nothing comes from another host");
        assert_eq!(Answer::of(bench.request("GET", "/healthz")).expect(200)["status"], "alive");
        assert_eq!(Answer::of(bench.request("GET", "/readyz")).expect(200)["ready"], true);
        Answer::of(bench.request("GET", "/api/v1/nothing")).problem(404);
        let nothing = Answer::of(bench.request("GET", "/nothing"));
        assert_eq!((nothing.status, nothing.header("content-type").as_str()), (404, "text/html; charset=utf-8"), "a person reads it");
    }

    fn many_tries_at_once_are_still_five(backend) {
        let bench = Bench::new(backend);
        let made = bench.post("/api/v1/requests", &request()).expect(201);
        let case = made["id"].as_str().unwrap();
        bench.work();
        let wrong = if bench.code() == "000000" { "000001" } else { "000000" };
        let path = format!("/api/v1/requests/{case}/verification");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| for _ in 0..5 { bench.post(&path, &json!({"code": wrong})); });
            }
        });
        assert_eq!(bench.audit_kinds(case).iter().filter(|kind| *kind == "code_refused").count(), 5);
        bench.post(&path, &json!({"code": bench.code()})).problem(409);
    }

    fn one_key_sent_many_times_at_once_makes_one_request(backend) {
        let bench = Bench::new(backend);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| {
                Answer::of(bench.request("POST", "/api/v1/requests").json(&request()).header("Idempotency-Key", "one"))
            })).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let ids: std::collections::BTreeSet<String> = answers.iter().map(|a| a.expect(201)["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), 1);
        bench.work();
        assert_eq!(bench.letters().len(), 1);
    }

    fn the_first_requests_of_a_year_at_once_get_a_number_each(backend) {
        let bench = Bench::new(backend);
        let references: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|n| { let bench = &bench; scope.spawn(move || {
                let body = json!({"right": "access", "subject": {"name": "Ann Lee", "email": format!("p{n}@example.org")}});
                bench.post("/api/v1/requests", &body).expect(201)["reference"].as_str().unwrap().to_owned()
            }) }).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(references.len(), 8);
        assert_eq!(references.last().unwrap(), "DR-2026-000008");
        bench.work();
    }

    fn a_mailbox_is_not_flooded_by_many_requests(backend) {
        let bench = Bench::new(backend);
        for _ in 0..5 {
            bench.post("/api/v1/requests", &request()).expect(201);
        }
        let mut shouted = request();
        shouted["subject"]["email"] = json!("ANN@example.org");
        bench.post("/api/v1/requests", &shouted).problem(429);
        bench.post("/api/v1/requests", &json!({"right": "access", "subject": {"name": "Bo Lee", "email": "bo@example.org"}})).expect(201);
        bench.clock.advance(chrono::TimeDelta::minutes(61));
        bench.post("/api/v1/requests", &request()).expect(201);
        bench.work();
    }

    fn without_a_data_map_nothing_is_searched_and_nothing_looks_searched(backend) {
        let bench = Bench::new(backend);
        let (case, _) = bench.verified_request(subject());
        bench.work();
        let staff = bench.staff("jo", Role::Caseworker);
        assert_eq!(bench.get(&format!("/api/v1/cases/{case}"), &staff).expect(200)["stage"], "verified");
        let refused = bench.take(&case, "gather", &json!({}), &staff);
        refused.problem(409);
        assert!(refused.text().contains("no data map"));
    }

    fn a_mistyped_year_is_refused_before_it_makes_a_case_that_cannot_be_read(backend) {
        let bench = Bench::new(backend);
        let staff = bench.staff("jo", Role::Caseworker);
        for date in ["2016-11-20", "0001-01-01", "1899-12-31"] {
            let body = json!({"received_on": date, "right": "access", "channel": "post", "subject": {"name": "Ann Lee"}});
            assert_eq!(bench.post_as("/api/v1/cases", &body, &staff).problem(422), ["received_on"], "{date}");
        }
        // What lies past the known bank holidays has no date yet, and is a case like any other.
        bench.clock.set("2031-03-03T09:30:00Z".parse().unwrap());
        let staff = bench.post("/api/v1/sessions", &json!({"username": "jo", "password": crate::harness::STAFF_PASSWORD})).expect(201)["token"].as_str().unwrap().to_owned();
        let (id, token) = bench.verified_request(subject());
        let case = bench.get(&format!("/api/v1/cases/{id}"), &staff).expect(200);
        assert!(case["due_on"].is_null());
        assert!(bench.get(&format!("/api/v1/requests/{id}"), &token).expect(200)["due_on"].is_null());
        bench.take(&id, "assign", &json!({"assignee": "jo"}), &staff).expect(200);
        bench.work();
    }

    fn a_code_can_be_had_after_the_post_was_down(backend) {
        let settings = vec![("RIGHTSDESK_JOBS__ATTEMPTS".into(), "1".into())];
        let bench = Bench::with(backend, Options { settings, ..Options::default() });
        let post = bench.dir.path().join("post");
        std::fs::remove_dir(&post).unwrap();
        let id = bench.post("/api/v1/requests", &request()).expect(201)["id"].as_str().unwrap().to_owned();
        let again = || Answer::of(bench.request("POST", &format!("/api/v1/requests/{id}/code"))).status;
        bench.work();
        assert_eq!(again(), 202);
        bench.work();
        std::fs::create_dir(&post).unwrap();
        assert_eq!(again(), 202);
        bench.work();
        let body = json!({"code": bench.code()});
        bench.post(&format!("/api/v1/requests/{id}/verification"), &body).expect(200);
        bench.work();
    }

    fn nobody_without_permission_is_told_what_is_wrong_with_a_body(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        let (case, _) = bench.verified_request(subject());
        let auditor = bench.staff("audrey", Role::Auditor);
        bench.post_as(&format!("/api/v1/cases/{case}/facts"), &json!({}), &auditor).problem(403);
        bench.post_as(&format!("/api/v1/requests/{case}/messages"), &json!({}), "a.b.c").problem(401);
    }
}
