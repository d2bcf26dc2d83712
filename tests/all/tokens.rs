//! Tokens of the API for programs, and members of staff as the operator looks after them.

use rightsdesk::access::Role;
use rightsdesk::acts::{NewToken, token_issue, token_revoke, tokens_list};
use rightsdesk::audit::Actor;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::harness::{Bench, STAFF_PASSWORD};

fn issue(bench: &Bench, username: &str, role: Option<Role>) -> (String, String) {
    let new = NewToken { username: username.into(), name: "nightly export".into(), role, days: 30 };
    let issued = token_issue(&bench.desk, &new, &Actor::Operator).unwrap();
    (issued.id, issued.token.expose_secret().to_owned())
}

fn run(bench: &Bench, arguments: &[&str]) -> (i32, String, String) {
    let output = bench.process(arguments).stdin(std::process::Stdio::null()).output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

both! {
    fn a_token_does_what_its_user_and_its_role_both_may(backend) {
        let bench = Bench::new(backend);
        bench.staff("jo", Role::Caseworker);
        let (_, full) = issue(&bench, "jo", None);
        let (_, narrow) = issue(&bench, "jo", Some(Role::Auditor));
        let logged = json!({
            "right": "access", "received_on": "2026-11-20", "channel": "post",
            "subject": {"name": "Ann Lee", "email": "ann@example.org"},
        });
        let send = |token: &str| bench.request("POST", "/api/v1/cases").bearer_auth(token).json(&logged).send().unwrap().status();
        for token in [&full, &narrow] {
            bench.get("/api/v1/cases", token).expect(200);
            // A caseworker may not read the trail, whatever the token is narrowed to.
            bench.get("/api/v1/audit", token).expect(403);
        }
        assert_eq!(send(&narrow), 403);
        assert_eq!(send(&full), 201);
        let refused = bench.request("DELETE", "/api/v1/sessions/current").bearer_auth(&full).send().unwrap().status();
        assert!(refused.is_client_error(), "{refused}");
        bench.work();
    }

    fn a_token_ends_by_time_by_being_revoked_and_with_its_user(backend) {
        let bench = Bench::new(backend);
        bench.staff("jo", Role::Caseworker);
        bench.staff("sam", Role::Auditor);
        let (id, token) = issue(&bench, "sam", None);
        let (_, other) = issue(&bench, "sam", None);
        let (_, jos) = issue(&bench, "jo", None);
        bench.get("/api/v1/audit", &token).expect(200);
        let listed = tokens_list(&bench.desk).unwrap();
        assert_eq!(listed.iter().filter(|token| token.used_on.is_some()).count(), 1);
        assert!(listed.iter().all(|token| token.state == "live"));
        // What is stored does not open anything.
        let rows = bench.desk.store.read(rightsdesk::store::api_tokens).unwrap();
        assert!(rows.iter().all(|row| !token.contains(&row.token_hash) && row.token_hash.len() == 64));
        token_revoke(&bench.desk, &id, &Actor::Operator).unwrap();
        bench.get("/api/v1/audit", &token).expect(401);
        assert!(token_revoke(&bench.desk, &id, &Actor::Operator).is_err());
        assert!(token_revoke(&bench.desk, "nothing", &Actor::Operator).is_err());
        bench.get("/api/v1/audit", &other).expect(200);
        let (code, out, err) = run(&bench, &["user", "disable", "sam"]);
        assert_eq!((code, out.as_str()), (0, "Disabled sam.\n"), "{err}");
        bench.get("/api/v1/audit", &other).expect(401);
        // Letting them in again gives no old token back.
        assert_eq!(run(&bench, &["user", "enable", "sam"]).0, 0);
        bench.get("/api/v1/audit", &other).expect(401);
        bench.get("/api/v1/cases", &jos).expect(200);
        bench.clock.advance(chrono::TimeDelta::days(30));
        bench.get("/api/v1/cases", &jos).expect(401);
        assert_eq!(tokens_list(&bench.desk).unwrap().iter().filter(|token| token.state == "expired").count(), 1);
    }

    fn the_operator_issues_lists_and_revokes_tokens_and_looks_after_users(backend) {
        let bench = Bench::new(backend);
        let session = bench.staff("jo", Role::Caseworker);
        let (code, out, err) = run(&bench, &["token", "issue", "--user", "jo", "--name", "export", "--json"]);
        assert_eq!(code, 0, "{err}");
        let issued: Value = serde_json::from_str(&out).unwrap();
        let token = issued["token"].as_str().unwrap();
        assert!(token.starts_with("rightsdesk_"));
        let (_, out, _) = run(&bench, &["token", "list"]);
        assert!(out.contains("jo: export (live, until") && out.contains("never used") && !out.contains(token), "{out}");
        assert_eq!(run(&bench, &["token", "revoke", issued["id"].as_str().unwrap()]).0, 0);
        for (arguments, code, sentence) in [
            (&["token", "issue", "--user", "nobody", "--name", "x"][..], 1, "there is no such user"),
            (&["token", "issue", "--user", "jo", "--name", " "], 2, "name: say what the token is for"),
            (&["token", "issue", "--user", "jo", "--name", "x", "--days", "1000"], 2, "days: write a number"),
            (&["token", "revoke", "nothing"], 1, "there is no such token"),
            (&["user", "disable", "nobody"], 1, "there is no such user"),
            (&["user", "enable", "jo"], 1, "this user is not disabled"),
            (&["user", "role", "jo", "caseworker"], 1, "has this role already"),
            (&["user", "role", "jo", "king"], 2, "the role is not known"),
        ] {
            let (found, _, err) = run(&bench, arguments);
            assert!(found == code && err.contains(sentence), "{arguments:?}: {found} {err}");
        }
        bench.get("/api/v1/audit", &session).expect(403);
        assert_eq!(run(&bench, &["user", "role", "jo", "auditor"]).0, 0);
        // A changed role counts in the session that goes on; a changed password ends it.
        let trail = bench.get("/api/v1/audit?kind=user_changed", &session).expect(200);
        assert_eq!(trail["events"][0]["actor"], "operator");
        let file = bench.dir.path().join("password");
        std::fs::write(&file, "four other random words\n").unwrap();
        let (code, _, err) = run(&bench, &["user", "password", "jo", "--password-file", file.to_str().unwrap()]);
        assert_eq!(code, 0, "{err}");
        bench.get("/api/v1/audit", &session).expect(401);
        let sign_in = |password: &str| bench.post("/api/v1/sessions", &json!({"username": "jo", "password": password}));
        sign_in(STAFF_PASSWORD).expect(401);
        sign_in("four other random words").expect(201);
        let (_, out, _) = run(&bench, &["user", "list"]);
        assert_eq!(out, "jo  jo (auditor) <jo@example.org>\n");
    }
}
