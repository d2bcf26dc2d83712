//! Decisions, what the statute wants of them, undoing, and sign-off.

use rightsdesk::access::Role;
use serde_json::{Value, json};

use super::Reviewed;
use crate::harness::STAFF_PASSWORD;

both! {
    fn an_exemption_asks_for_what_the_statute_wants(backend) {
        let desk = Reviewed::new(backend);
        let visit = desk.visit();
        let exempt = |body: Value| desk.decide(&visit, &body);
        assert_eq!(exempt(json!({"decision": "exempt"})).problem(422), ["code"]);
        assert_eq!(exempt(json!({"decision": "exempt", "code": "HEALTH-HARM"})).problem(422), ["opinion"]);
        assert_eq!(exempt(json!({"decision": "exempt", "code": "HEALTH-OPINION", "opinion": "none"})).problem(422), ["opinion"]);
        assert_eq!(exempt(json!({"decision": "exempt", "code": "LPP"})).problem(422), ["reason"]);
        assert_eq!(exempt(json!({"decision": "exempt", "code": "CHILD-ABUSE", "reason": "x"})).problem(422), ["code"], "it is her own request");
        assert_eq!(exempt(json!({"decision": "exempt", "code": "UNFOUNDED", "reason": "x"})).problem(422), ["code"]);
        assert_eq!(exempt(json!({"decision": "include", "code": "LPP"})).problem(422), ["code"]);
        assert_eq!(exempt(json!({"decision": "exclude"})).problem(422), ["reason"]);

        let opinion = |given_on: &str, finding: &str| {
            let body = json!({"kind": "health", "author": "Dr Roe", "profession": "consultant psychiatrist", "given_on": given_on, "finding": finding, "summary": "seen and considered"});
            let made = desk.change("opinions", &body);
            made.expect(201)["opinion"].as_str().unwrap().to_owned()
        };
        let future = json!({"kind": "health", "author": "Dr Roe", "profession": "GP", "given_on": "2026-12-01", "finding": "met", "summary": "x"});
        assert_eq!(desk.change("opinions", &future).problem(422), ["given_on"]);
        for bad in [opinion("2026-05-23", "met"), opinion("2026-11-01", "not_met")] {
            assert_eq!(exempt(json!({"decision": "exempt", "code": "HEALTH-HARM", "opinion": bad})).problem(422), ["opinion"]);
        }
        let good = opinion("2026-05-25", "met");
        exempt(json!({"decision": "exempt", "code": "HEALTH-HARM", "opinion": good})).expect(200);
        let stands = desk.record(&visit);
        assert_eq!((stands["decision"].as_str(), stands["outcome"].as_str(), stands["opinion"].as_str()), (Some("exempt"), Some("withheld"), Some(good.as_str())));
        assert!(!stands["decided_by"].is_null() && !stands["decided_at"].is_null());
        // It is too old before the answer is due: somebody is told; and it cannot go out after its last day.
        let warnings = desk.get("/warnings");
        assert!(warnings["warnings"].as_array().unwrap().iter().any(|w| w["kind"] == "opinion_expires"), "{warnings}");
        desk.settle();
        desk.change("decide", &json!({})).expect(200);
        desk.bench.take(&desk.case, "approve", &json!({}), &desk.alex).expect(200);
        desk.bench.work();
        desk.bench.clock.advance(chrono::TimeDelta::days(2));
        let again = desk.bench.post("/api/v1/sessions", &json!({"username": "alex", "password": STAFF_PASSWORD})).expect(201);
        let refused = desk.bench.take(&desk.case, "release", &json!({}), again["token"].as_str().unwrap());
        refused.problem(409);
        assert!(refused.text().contains("six months"), "{}", refused.text());
    }

    fn what_is_only_against_a_parent_is_taken_against_a_parent(backend) {
        let parent = json!({"relationship": "parent", "name": "Bea Lee", "email": "bea@example.org"});
        let desk = Reviewed::asked_by(backend, Some(parent), &[]);
        let visit = desk.visit();
        let body = json!({"decision": "exempt", "code": "CHILD-ABUSE"});
        assert_eq!(desk.decide(&visit, &body).problem(422), ["reason"]);
        let body = json!({"decision": "exempt", "code": "CHILD-ABUSE", "reason": "not in her best interests: see the strategy meeting"});
        desk.decide(&visit, &body).expect(200);
    }

    fn many_are_decided_at_once_and_undone(backend) {
        let desk = Reviewed::new(backend);
        let held = desk.names("&flag=undecided");
        assert_eq!(held.len(), 4, "{held:?}");
        let body = json!({"decision": "include", "reason": "read", "filter": {"collection": "replies", "flag": "undecided"}, "preview": true});
        let seen = desk.change("decisions", &body).expect(200);
        assert_eq!((seen["records"].as_u64(), seen["collections"][0]["collection"].as_str()), (Some(2), Some("replies")));
        assert_eq!(desk.names("&flag=undecided"), held, "a preview decides nothing");
        desk.decide("replies/1", &json!({"decision": "exclude", "reason": "not hers"})).expect(200);
        let body = json!({"decision": "exempt", "code": "CRIME", "reason": "the police asked", "filter": {"collection": "replies"}});
        desk.change("decisions", &body).expect(200);
        let outcome = |record: &str| desk.record(record)["outcome"].as_str().unwrap().to_owned();
        assert_eq!((desk.record("replies/1")["code"].as_str(), outcome("replies/2").as_str()), (Some("CRIME"), "withheld"));
        let steps = desk.get("/steps");
        assert_eq!(steps["steps"][0]["kind"], "decide_many");
        let many = steps["steps"][0]["step"].as_str().unwrap().to_owned();
        desk.change(&format!("steps/{many}/undo"), &json!({})).expect(200);
        // What it had ended stands again, with who decided it; what it began is gone; nothing is lost.
        let first = desk.record("replies/1");
        assert_eq!((first["decision"].as_str(), first["code"].as_str()), (Some("exclude"), None));
        assert_eq!(outcome("replies/2"), "undecided");
        assert_eq!(first["history"].as_array().unwrap().len(), 3, "{}", first["history"]);
        desk.change(&format!("steps/{many}/undo"), &json!({})).problem(409);
        let undo = desk.get("/steps")["steps"][0]["step"].as_str().unwrap().to_owned();
        desk.change(&format!("steps/{undo}/undo"), &json!({})).expect(200);
        assert_eq!(desk.record("replies/2")["code"], "CRIME", "undoing the undoing brings it back");
        assert_eq!(desk.record("replies/1")["code"], "CRIME");
        let wrong = json!({"decision": "include", "reason": "x", "filter": {"records": ["replies/1", "replies/77"]}});
        assert_eq!(desk.change("decisions", &wrong).problem(422), ["filter.records[1]"]);
        assert_eq!(desk.change("decisions", &json!({"decision": "include", "filter": {"flag": "odd"}})).problem(422), ["filter.flag"]);
        desk.change("decisions", &json!({"decision": "include", "filter": {"collection": "nothing"}})).problem(409);
    }

    fn redactions_are_undone_and_come_back(backend) {
        let desk = Reviewed::new(backend);
        let count = || desk.record("messages/1")["redactions"].as_array().unwrap().len();
        let span = desk.span("messages/1", "body", "Quillan Featherstonehaugh");
        desk.change("records/messages%2F1/redactions", &json!({"redactions": [span]})).expect(200);
        desk.change("redactions", &json!({"words": ["Łucja"], "code": "THIRD-PARTY"})).expect(200);
        assert_eq!(count(), 2);
        let everywhere = desk.get("/steps")["steps"][0]["step"].as_str().unwrap().to_owned();
        desk.change(&format!("steps/{everywhere}/undo"), &json!({})).expect(200);
        assert_eq!(count(), 1);
        let one = desk.record("messages/1")["redactions"][0]["redaction"].as_str().unwrap().to_owned();
        assert_eq!(desk.delete(&format!("redactions/{one}")).status, 200);
        assert_eq!(count(), 0);
        assert_eq!(desk.delete(&format!("redactions/{one}")).status, 404);
        let removal = desk.get("/steps")["steps"][0]["step"].as_str().unwrap().to_owned();
        desk.change(&format!("steps/{removal}/undo"), &json!({})).expect(200);
        let back = desk.record("messages/1");
        assert_eq!(back["redactions"].as_array().unwrap().len(), 1);
        assert_eq!(back["redactions"][0]["start"], span["start"]);
    }

    fn sign_off_is_by_a_second_person_on_what_stands(backend) {
        let desk = Reviewed::new(backend);
        let list = |desk: &Reviewed| -> Vec<(String, String)> {
            let view = desk.get("/checklist");
            view["items"].as_array().unwrap().iter().map(|i| (i["item"].as_str().unwrap().to_owned(), i["state"].as_str().unwrap().to_owned())).collect()
        };
        let open: Vec<String> = list(&desk).into_iter().filter(|(_, state)| state == "open").map(|(item, _)| item).collect();
        assert_eq!(open, ["decided", "suggestions_answered"]);
        let refused = desk.change("decide", &json!({}));
        refused.problem(409);
        assert!(refused.text().contains("4 records are held") && refused.text().contains("suggested redactions"), "{}", refused.text());
        // Whoever decided anything cannot approve, whoever sends it.
        desk.bench.take(&desk.case, "records/replies%2F2/decision", &json!({"decision": "include"}), &desk.alex).expect(200);
        desk.settle();
        assert_eq!(desk.get("/checklist")["may_not_approve"].as_array().unwrap().len(), 2);
        desk.change("decide", &json!({})).expect(200);
        desk.bench.take(&desk.case, "approve", &json!({}), &desk.alex).problem(403);
        let robin = desk.bench.staff("robin", Role::Approver);
        let back = json!({"reason": "two things", "comments": [{"record": "messages/2", "comment": "is the address hers to know?"}, {"comment": "and the letter?"}]});
        assert_eq!(desk.bench.take(&desk.case, "send_back", &json!({"reason": "x", "comments": [{"record": "messages/99", "comment": "y"}]}), &robin).problem(422), ["comments[0].record"]);
        desk.bench.take(&desk.case, "send_back", &back, &robin).expect(200);
        desk.change("decide", &json!({})).problem(409);
        let comments = desk.get("/comments");
        for comment in comments["comments"].as_array().unwrap() {
            let path = format!("comments/{}/answer", comment["comment"].as_str().unwrap());
            assert_eq!(desk.change(&path, &json!({"answer": "done"})).status, 204);
        }
        // What changed since it was sent is named, record by record and part by part.
        let span = desk.span("messages/2", "body", "14 Mill Lane, Chipping, Preston PR3 2QH");
        desk.change("records/messages%2F2/redactions", &json!({"redactions": [span]})).expect(200);
        desk.decide("replies/2", &json!({"decision": "exclude", "reason": "an internal note"})).expect(200);
        desk.settle();
        let diff = desk.get("/diff");
        let changed: Vec<(&str, &str)> = diff["records"].as_array().unwrap().iter().map(|r| (r["record"].as_str().unwrap(), r["change"].as_str().unwrap())).collect();
        assert_eq!(changed, [("messages/2", "redactions"), ("replies/2", "now_withheld")]);
        assert_eq!(diff["records"][0]["redacted"][0]["start"], span["start"]);
        desk.change("decide", &json!({})).expect(200);
        let waiting = desk.get("/diff");
        assert_eq!(waiting["changed"], 2, "while it waits, the approver sees what changed since the time before: {waiting}");
        let preview = desk.get("/preview");
        assert_eq!(preview["redacted_records"], 1, "{preview}");
        assert!(list(&desk).contains(&("previewed".to_owned(), "done".to_owned())));
        desk.bench.take(&desk.case, "approve", &json!({}), &robin).expect(200);
        desk.bench.work();
        // Whoever changes the review behind the program's back changes the hash, and nothing goes out.
        desk.bench.sql("UPDATE record_decisions SET decision = 'include' WHERE record = 'replies/2'").unwrap();
        let refused = desk.bench.take(&desk.case, "release", &json!({}), &robin);
        refused.problem(409);
        assert!(refused.text().contains("not what was approved"), "{}", refused.text());
        desk.bench.sql("UPDATE record_decisions SET decision = 'exclude' WHERE record = 'replies/2'").unwrap();
        desk.bench.take(&desk.case, "release", &json!({}), &robin).expect(200);
        desk.bench.work();
        let kinds: Vec<String> = desk.get("/sign-offs")["sign_offs"].as_array().unwrap().iter().map(|s| s["kind"].as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, ["approved", "sent", "sent_back", "sent"]);
        let audited = desk.bench.audit_kinds(&desk.case);
        for kind in ["review_step", "sign_off", "review_commented", "preview_read", "suggestions_made", "records_read"] {
            assert!(audited.iter().any(|k| k == kind), "{kind}");
        }
    }

    fn each_call_of_the_review_asks_for_its_role(backend) {
        let desk = Reviewed::new(backend);
        let case = &desk.case;
        let auditor = desk.bench.staff("audrey", Role::Auditor);
        let admin = desk.bench.staff("adam", Role::Admin);
        let reads = ["records", "records/messages%2F1", "records/messages%2F1/preview", "suggestions", "warnings", "preview", "checklist", "diff", "sign-offs", "comments", "steps", "opinions"];
        for read in reads {
            let path = format!("/api/v1/cases/{case}/{read}");
            assert_eq!(desk.bench.get(&path, &auditor).status, 200, "{read}");
            assert_eq!(desk.bench.get(&path, &admin).status, 403, "{read}");
            assert_eq!(crate::harness::Answer::of(desk.bench.request("GET", &path)).status, 401, "{read}");
        }
        let writes = ["decisions", "redactions", "suggestions", "suggestions/again", "warnings", "opinions", "records/messages%2F1/redactions", "records/messages%2F1/decision", "steps/x/undo", "comments/x/answer"];
        for write in writes {
            let path = format!("/api/v1/cases/{case}/{write}");
            for token in [&auditor, &admin] {
                assert_eq!(desk.bench.post_as(&path, &json!({}), token).status, 403, "{write}");
            }
            // Whoever may is asked for the version next.
            assert_eq!(desk.bench.post_as(&path, &json!({}), &desk.casey).status, 428, "{write}");
        }
        for token in [&auditor, &admin, &desk.casey] {
            assert_eq!(desk.bench.post_as("/api/v1/rules", &json!({}), token).status, 403);
        }
        assert_eq!(desk.bench.post_as("/api/v1/rules", &json!({}), &desk.alex).status, 422);
        let known = desk.bench.get("/api/v1/exemptions", &desk.casey).expect(200);
        assert_eq!(known["exemptions"].as_array().unwrap().len(), 41);
        let health = known["exemptions"].as_array().unwrap().iter().find(|e| e["code"] == "HEALTH-HARM").unwrap();
        assert_eq!(health["opinion"], "health");
    }
}
