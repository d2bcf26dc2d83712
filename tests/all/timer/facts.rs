//! Facts are corrected by later facts, and what was believed at a past moment can be shown.

use serde_json::{Value, json};

use super::{at, bench, case, caseworker, fact, letters_about, logged};
use crate::harness::{Answer, Bench};

fn facts(bench: &Bench, id: &str, token: &str) -> Vec<Value> {
    bench.get(&format!("/api/v1/cases/{id}/facts"), token).expect(200)["facts"].as_array().unwrap().clone()
}

fn believed(bench: &Bench, id: &str, moment: &str, token: &str) -> Value {
    bench.get(&format!("/api/v1/cases/{id}/deadline?at={moment}"), token).expect(200)
}

both! {
    fn a_correction_moves_the_date_and_the_past_stays_visible(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        // A letter that arrived on Friday was logged on Monday, with Monday's date.
        let id = logged(&bench, &token, "2026-11-23", Some("ann@example.org"));
        bench.work();
        assert_eq!(case(&bench, &id, &token)["due_on"], "2026-12-23");
        let receipt = facts(&bench, &id, &token)[0]["id"].clone();

        bench.clock.set(at("2026-12-01T10:00:00Z"));
        let body = json!({"kind": "received", "happened_on": "2026-11-20", "corrects": receipt, "note": "Date stamp."});
        let corrected = fact(&bench, &id, &body, &token).expect(201);
        assert_eq!((corrected["due_on"].as_str(), corrected["received_on"].as_str()), (Some("2026-12-21"), Some("2026-11-20")));
        bench.work();
        assert_eq!(letters_about(&bench, "A new date for your request"), ["ann@example.org"]);

        // Proof was asked for by post, and came; both were logged later.
        bench.clock.set(at("2026-12-09T10:00:00Z"));
        fact(&bench, &id, &json!({"kind": "id_requested", "happened_on": "2026-12-02"}), &token).expect(201);
        let asked = case(&bench, &id, &token);
        assert_eq!((asked["clock"].as_str(), asked["due_on"].is_null()), (Some("not_started"), true));
        fact(&bench, &id, &json!({"kind": "id_received", "happened_on": "2026-12-07"}), &token).expect(201);
        assert_eq!(case(&bench, &id, &token)["due_on"], "2027-01-07");

        // The request for proof was another case's: both facts are withdrawn.
        bench.clock.set(at("2026-12-15T10:00:00Z"));
        for kind in ["id_requested", "id_received"] {
            let all = facts(&bench, &id, &token);
            let wrong = all.iter().find(|fact| fact["kind"] == kind).unwrap()["id"].clone();
            fact(&bench, &id, &json!({"kind": "withdrawn", "corrects": wrong, "note": "Another case."}), &token).expect(201);
        }
        assert_eq!(case(&bench, &id, &token)["due_on"], "2026-12-21");
        let all = facts(&bench, &id, &token);
        assert_eq!(all.len(), 6, "nothing was edited or removed");
        let standing: Vec<&str> = all.iter().filter(|f| f["stands"] == true).map(|f| f["kind"].as_str().unwrap()).collect();
        assert_eq!(standing, ["received"]);
        assert_eq!(all[1]["happened_on"], "2026-11-20");

        // What did we believe...
        for (moment, due, state) in [
            ("2026-11-23T09:30:00Z", json!("2026-12-23"), "running"),
            ("2026-11-30T23:59:59Z", json!("2026-12-23"), "running"),
            ("2026-12-01T10:00:00Z", json!("2026-12-21"), "running"),
            ("2026-12-09T10:00:00Z", json!("2027-01-07"), "running"),
            ("2026-12-15T10:00:00Z", json!("2026-12-21"), "running"),
        ] {
            let then = believed(&bench, &id, moment, &token);
            assert_eq!((&then["due"], then["state"].as_str()), (&due, Some(state)), "{moment}");
            assert_eq!(then["reference"], "DR-2026-000001");
            assert!(!then["working"].as_array().unwrap().is_empty());
        }
        let now = bench.get(&format!("/api/v1/cases/{id}/deadline"), &token).expect(200);
        assert_eq!(now["due"], "2026-12-21");
        let path = |moment: &str| format!("/api/v1/cases/{id}/deadline?at={moment}");
        assert_eq!(bench.get(&path("2026-11-22T00:00:00Z"), &token).problem(422), ["at"]);
        assert_eq!(bench.get(&path("2027-11-22T00:00:00Z"), &token).problem(422), ["at"]);
        assert_eq!(bench.get(&path("tomorrow"), &token).problem(422), ["at"]);
        bench.work();
    }

    fn the_bank_holidays_of_a_past_moment_are_those_known_then(backend) {
        use rightsdesk::acts::holiday_proclaim;
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        bench.clock.set(at("2026-11-24T12:00:00Z"));
        let id = logged(&bench, &token, "2026-11-24", None);
        bench.clock.set(at("2026-12-03T12:00:00Z"));
        let (division, day) = (rightsdesk::calendar::Division::EnglandAndWales, "2026-12-24".parse().unwrap());
        holiday_proclaim(&bench.desk, division, day, "Day of thanks", &rightsdesk::audit::Actor::Operator).unwrap();
        bench.work();
        assert_eq!(believed(&bench, &id, "2026-12-03T11:59:59Z", &token)["due"], "2026-12-24");
        assert_eq!(believed(&bench, &id, "2026-12-03T12:00:00Z", &token)["due"], "2026-12-29");
        assert_eq!(case(&bench, &id, &token)["due_on"], "2026-12-29");
    }

    fn a_missed_date_keeps_the_case_among_the_overdue(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = logged(&bench, &token, "2026-09-01", None);
        let fine = logged(&bench, &token, "2026-11-20", None);
        // Asked for proof a month after the answer was due: the clock has not started, and the miss is not undone.
        let view = fact(&bench, &id, &json!({"kind": "id_requested", "happened_on": "2026-11-02"}), &token).expect(201);
        assert_eq!((view["clock"].as_str(), view["missed_on"].as_str()), (Some("not_started"), Some("2026-10-01")));
        assert_eq!(view["overdue"], true);
        let overdue = bench.get("/api/v1/cases?overdue=true", &token).expect(200);
        let listed: Vec<&str> = overdue["cases"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
        assert_eq!(listed, [id.as_str()]);
        assert_eq!(case(&bench, &fine, &token)["overdue"], false);
        bench.work();
    }

    fn what_no_case_can_have_is_refused_with_the_field(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = logged(&bench, &token, "2026-11-20", None);
        let other = logged(&bench, &token, "2026-11-20", None);
        let receipt = facts(&bench, &id, &token)[0]["id"].clone();
        let foreign = facts(&bench, &other, &token)[0]["id"].clone();
        for (body, field) in [
            (json!({"kind": "id_asked", "happened_on": "2026-11-21"}), "kind"),
            (json!({"kind": "id_requested"}), "happened_on"),
            (json!({"kind": "id_requested", "happened_on": "2026-11-24"}), "happened_on"),
            (json!({"kind": "id_requested", "happened_on": "2026-11-19"}), "happened_on"),
            (json!({"kind": "withdrawn"}), "corrects"),
            (json!({"kind": "withdrawn", "corrects": receipt}), "corrects"),
            (json!({"kind": "withdrawn", "corrects": foreign}), "corrects"),
            (json!({"kind": "withdrawn", "corrects": "x"}), "corrects"),
            (json!({"kind": "id_received", "happened_on": "2026-11-21", "corrects": receipt}), "kind"),
            (json!({"kind": "fee_paid", "happened_on": "2026-11-21", "note": " "}), "note"),
            (json!({"kind": "fee_paid", "happened_on": "2026-11-21", "colour": "red"}), "colour"),
        ] {
            assert_eq!(fact(&bench, &id, &body, &token).problem(422), [field], "{body}");
        }
        assert_eq!(facts(&bench, &id, &token).len(), 1, "a refused fact leaves nothing behind");
        let path = format!("/api/v1/cases/{id}/facts");
        let body = json!({"kind": "fee_requested", "happened_on": "2026-11-21"});
        bench.post_as(&path, &body, &token).problem(428);
        let stale = bench.request("POST", &path).json(&body).bearer_auth(&token).header("If-Match", "\"1\"");
        Answer::of(stale).problem(412);
        let auditor = bench.staff("otto", rightsdesk::access::Role::Auditor);
        bench.get(&path, &auditor).expect(200);
        let refused = bench.request("POST", &path).json(&body).bearer_auth(&auditor).header("If-Match", "\"1\"");
        Answer::of(refused).problem(403);
        bench.get("/api/v1/cases/0195f0c2-0000-7000-8000-000000000000/facts", &token).problem(404);
        bench.work();
    }
}
