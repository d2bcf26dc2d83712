//! Suggested redactions, standing rules, warnings.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Reviewed;

/// Each suggestion of a record: its kind and the words it is about.
fn suggested(desk: &Reviewed, record: &str) -> BTreeSet<(String, String)> {
    let view = desk.record(record);
    view["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            let text = &view["fields"][s["field"].as_str().unwrap()];
            let words = match (text.as_str(), s["start"].as_u64()) {
                (Some(text), Some(start)) => {
                    let (start, end) = (start as usize, s["end"].as_u64().unwrap() as usize);
                    text.chars().skip(start).take(end - start).collect()
                }
                _ => text.to_string(),
            };
            (s["kind"].as_str().unwrap().to_owned(), words)
        })
        .collect()
}

fn pairs(of: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    of.iter().map(|(kind, words)| ((*kind).to_owned(), (*words).to_owned())).collect()
}

both! {
    fn other_peoples_data_are_suggested_and_the_persons_own_are_not(backend) {
        let desk = Reviewed::new(backend);
        assert_eq!(suggested(&desk, "messages/1"), pairs(&[
            ("name", "Quillan Featherstonehaugh"), ("phone", "07700 900777"), ("name", "Łucja Żółkiewska"),
        ]));
        // A name that is held elsewhere is found in any writing; an address is one suggestion.
        assert_eq!(suggested(&desk, "messages/2"), pairs(&[
            ("name", "QUILLAN  featherstonehaugh"), ("address", "14 Mill Lane, Chipping, Preston PR3 2QH"),
        ]));
        assert_eq!(suggested(&desk, "replies/1"), pairs(&[
            ("name", "Featherstonehaugh"), ("date_of_birth", "12/03/1961"), ("nhs_number", "943 476 5919"),
        ]));
        assert!(suggested(&desk, "people/1").is_empty(), "all of it is hers");
        assert_eq!(suggested(&desk, "messages/4"), pairs(&[("email", "quillan@example.org")]), "in a list too");
        let one = &desk.record("replies/1")["suggestions"][0];
        assert_eq!(one["answer"], "open");
        assert!(one["confidence"].as_u64().unwrap() > 50 && !one["why"].as_str().unwrap().is_empty());
        let note = desk.record(&desk.visit());
        assert!(note["suggestions"].as_array().unwrap().iter().any(|s| s["note"].as_str().is_some_and(|n| n.contains("para. 17"))), "{note}");
    }

    fn suggestions_are_answered_one_or_many_or_everywhere(backend) {
        let desk = Reviewed::new(backend);
        let view = desk.get("/suggestions");
        assert_eq!(view["ready"], true);
        let open = view["open"].as_u64().unwrap();
        assert!(view["words"].as_array().unwrap().iter().any(|w| w["example"] == "Łucja Żółkiewska" && w["kind"] == "name"), "{view}");
        // None of them is a redaction before somebody says so.
        assert!(desk.records("&flag=redacted").is_empty());
        let s = desk.record("messages/1")["suggestions"].as_array().unwrap().iter().find(|s| s["kind"] == "phone").unwrap().clone();
        let at = json!({"record": "messages/1", "field": "body", "start": s["start"], "end": s["end"]});
        desk.change("suggestions", &json!({"answer": "reject", "suggestions": [at]})).expect(200);
        assert_eq!(desk.get("/suggestions")["rejected"], 1);
        let wrong = json!({"record": "messages/1", "field": "body", "start": 1, "end": 2});
        assert_eq!(desk.change("suggestions", &json!({"answer": "accept", "suggestions": [at, wrong]})).problem(422), ["suggestions[1]"]);
        assert_eq!(desk.change("suggestions", &json!({"answer": "accept"})).problem(422), ["suggestions"]);
        desk.change("suggestions", &json!({"answer": "accept", "suggestions": [at]})).problem(409);
        // Accepted with "everywhere": the other writings of the name go with it, and the surname alone does not.
        let s = desk.record("messages/1")["suggestions"].as_array().unwrap().iter().find(|s| s["words"] == "quillan featherstonehaugh").unwrap().clone();
        let at = json!({"record": "messages/1", "field": "body", "start": s["start"], "end": s["end"]});
        let preview = desk.change("suggestions", &json!({"answer": "accept", "suggestions": [at], "everywhere": true, "preview": true})).expect(200);
        assert!(desk.records("&flag=redacted").is_empty());
        let done = desk.change("suggestions", &json!({"answer": "accept", "suggestions": [at], "everywhere": true, "reason": "not asked"})).expect(200);
        assert_eq!((done["suggestions"].as_u64(), &done["elsewhere"]), (Some(1), &preview["elsewhere"]));
        assert!(done["elsewhere"].as_u64().unwrap() >= 2, "{done}");
        assert_eq!(desk.record("messages/2")["suggestions"][0]["answer"], "accepted");
        let accept = desk.get("/steps")["steps"][0].clone();
        assert_eq!(accept["kind"], "accept");
        desk.change(&format!("steps/{}/undo", accept["step"].as_str().unwrap()), &json!({})).expect(200);
        assert!(desk.records("&flag=redacted").is_empty());
        assert_eq!(desk.get("/suggestions")["open"], open - 1);
        // Many at once, by kind and by how sure they are.
        desk.change("suggestions", &json!({"answer": "accept", "kind": "name", "at_least": 60})).expect(200);
        desk.change("suggestions", &json!({"answer": "reject", "all": true})).expect(200);
        assert_eq!(desk.get("/suggestions")["open"], 0);
        desk.change("suggestions", &json!({"answer": "reject", "all": true})).problem(409);
    }

    fn a_withheld_record_needs_no_answers(backend) {
        let desk = Reviewed::new(backend);
        let open = |desk: &Reviewed| desk.get("/suggestions")["open"].as_u64().unwrap();
        let before = open(&desk);
        desk.decide("replies/1", &json!({"decision": "exempt", "code": "THIRD-PARTY", "reason": "his"})).expect(200);
        assert_eq!(open(&desk), before - 3);
    }

    fn standing_rules_suggest_or_apply_and_are_ended(backend) {
        let desk = Reviewed::new(backend);
        let make = |body: Value| desk.bench.post_as("/api/v1/rules", &body, &desk.alex);
        let rule = |kind: &str, mode: &str, extra: Value| {
            let mut body = json!({"kind": kind, "mode": mode, "code": "THIRD-PARTY", "reason": "direct-dial numbers of staff"});
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        for (bad, field) in [
            (rule("field", "apply", json!({})), "field"),
            (rule("field", "apply", json!({"collection": "nothing", "field": "x"})), "collection"),
            (rule("field", "apply", json!({"collection": "visits", "field": "nothing"})), "field"),
            (rule("pattern", "apply", json!({"words": "("})), "words"),
            (rule("words", "apply", json!({"words": "ab"})), "words"),
            (rule("words", "apply", json!({"words": "some words", "code": "HEALTH-HARM"})), "code"),
        ] {
            assert_eq!(make(bad.clone()).problem(422), [field], "{bad}");
        }
        let column = make(rule("field", "apply", json!({"collection": "visits", "field": "seen_by"}))).expect(201)["rule"].as_str().unwrap().to_owned();
        make(rule("pattern", "suggest", json!({"words": r"Closed\."}))).expect(201);
        // They count once the suggestions are worked out again, and the checklist says so.
        let item = |name: &str| desk.get("/checklist")["items"].as_array().unwrap().iter().find(|i| i["item"] == name).unwrap()["state"].clone();
        assert_eq!(item("suggestions_ready"), "open");
        assert_eq!(desk.change("suggestions/again", &json!({})).status, 202);
        desk.bench.work();
        assert_eq!(item("suggestions_ready"), "done");
        let visit = desk.record(&desk.visit());
        assert_eq!(visit["redactions"][0]["origin"], format!("rule:{column}"));
        assert_eq!(visit["redactions"][0]["field"], "seen_by");
        assert_eq!(suggested(&desk, "replies/2"), pairs(&[("rule", "Closed.")]));
        let step = desk.get("/steps")["steps"][0].clone();
        assert_eq!((step["kind"].as_str(), step["by"].as_str()), (Some("rules"), Some("system")));
        desk.change(&format!("steps/{}/undo", step["step"].as_str().unwrap()), &json!({})).expect(200);
        assert!(desk.record(&desk.visit())["redactions"].as_array().unwrap().is_empty());
        let end = |rule: &str| desk.bench.post_as(&format!("/api/v1/rules/{rule}/end"), &json!({"reason": "the team moved"}), &desk.alex).status;
        assert_eq!((end(&column), end(&column)), (204, 404));
        assert_eq!(desk.bench.get("/api/v1/rules", &desk.casey).expect(200)["rules"].as_array().unwrap().len(), 1);
        assert_eq!(desk.bench.get("/api/v1/rules?ended=true", &desk.casey).expect(200)["rules"].as_array().unwrap().len(), 2);
    }

    fn what_does_not_go_together_is_warned_of_and_answered(backend) {
        let desk = Reviewed::new(backend);
        let kinds = |desk: &Reviewed| -> Vec<String> {
            desk.get("/warnings")["warnings"].as_array().unwrap().iter().filter(|w| w["reason"].is_null()).map(|w| w["kind"].as_str().unwrap().to_owned()).collect()
        };
        assert!(kinds(&desk).is_empty());
        // Redacted in one record and not in another.
        let span = desk.span("messages/1", "body", "Quillan Featherstonehaugh");
        desk.change("records/messages%2F1/redactions", &json!({"redactions": [span]})).expect(200);
        let view = desk.get("/warnings");
        assert_eq!(kinds(&desk), ["redacted_elsewhere"], "{view}");
        assert_eq!(view["warnings"][0]["records"], json!(["messages/2"]));
        // A reply goes out although the message that it answers is withheld.
        desk.decide("messages/1", &json!({"decision": "exempt", "code": "THIRD-PARTY", "reason": "x"})).expect(200);
        for reply in ["replies/1", "replies/2"] {
            desk.decide(reply, &json!({"decision": "include"})).expect(200);
        }
        assert!(kinds(&desk).contains(&"sibling_withheld".to_owned()), "{:?}", kinds(&desk));
        // Somebody whose record is withheld is named in one that goes out; the reason that she is told names him too.
        desk.decide("messages/3", &json!({"decision": "exclude", "reason": "it is about quillan@example.org"})).expect(200);
        let now = kinds(&desk);
        assert!(now.contains(&"withheld_person_named".to_owned()) && now.contains(&"reason_tells".to_owned()), "{now:?}");
        desk.settle();
        assert!(kinds(&desk).is_empty());
        desk.change("decide", &json!({})).expect(200);
        desk.change("send_back", &json!({"reason": "one more look"})).expect(200);
        // An answer counts as long as the warning stays the same.
        desk.decide("messages/2", &json!({"decision": "exclude", "reason": "not hers"})).expect(200);
        let view = desk.get("/warnings");
        let changed = view["warnings"].as_array().unwrap().iter().find(|w| w["kind"] == "redacted_elsewhere").unwrap();
        assert!(changed["reason"].is_null(), "it stands in another set of records now: {changed}");
        assert_eq!(changed["records"], json!([desk.visit()]));
        desk.decide("messages/1", &json!({"decision": "include"})).expect(200);
        assert_eq!(desk.change("warnings", &json!({"warnings": ["nothing"], "reason": "x"})).problem(422), ["warnings[0]"]);
    }
}
