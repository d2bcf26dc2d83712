//! What is redacted is in no byte of what goes out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Reviewed;
use crate::harness::traces::traces;

fn entry(zip: &[u8], name: &str) -> Value {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    serde_json::from_reader(archive.by_name(name).unwrap()).unwrap()
}

fn fields(zip: &[u8], id: &str) -> Value {
    let json = entry(zip, "records.json");
    json["sources"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|s| s["collections"].as_array().unwrap())
        .flat_map(|c| c["records"].as_array().unwrap())
        .find(|r| r["id"] == id)
        .unwrap_or_else(|| panic!("{id} is not in the bundle"))["fields"]
        .clone()
}

/// Words that the control test finds in a bundle without redactions.
const SECRETS: [&str; 6] =
    ["Featherstonehaugh", "Żółkiewska", "07700 900777", "943 476 5919", "quillan@example.org", "14 Mill Lane"];

both! {
    fn after_a_redaction_there_is_no_trace_of_the_words(backend) {
        let desk = Reviewed::new(backend);
        desk.decide("messages/3", &json!({"decision": "exclude", "code": "THIRD-PARTY", "reason": "his own matter"})).expect(200);
        let visit = desk.visit();
        assert!(visit.contains('~'), "its identifier is made of its contents: {visit}");
        // One span by hand, one with the decision, the rest everywhere.
        let span = desk.span("messages/1", "body", "Łucja Żółkiewska");
        desk.change("records/messages%2F1/redactions", &json!({"redactions": [span]})).expect(200);
        let whole = json!({"field": "extra", "code": "THIRD-PARTY"});
        desk.decide("messages/4", &json!({"decision": "include", "redactions": [whole]})).expect(200);
        let words = json!({"words": ["Quillan Featherstonehaugh", "Featherstonehaugh", "07700 900777"], "code": "THIRD-PARTY", "reason": "not asked"});
        let mut preview = words.clone();
        preview["preview"] = json!(true);
        let seen = desk.change("redactions", &preview).expect(200);
        assert!(seen["preview"].as_bool().unwrap() && seen["places"].as_u64().unwrap() >= 5, "{seen}");
        assert_eq!(desk.records("&flag=redacted").len(), 2, "a preview redacts nothing");
        let done = desk.change("redactions", &words).expect(200);
        assert_eq!(done["places"], seen["places"]);
        desk.change("redactions", &words).problem(409);
        for (record, field, text) in [("replies/1", "body", "943 476 5919"), ("messages/2", "body", "14 Mill Lane, Chipping, Preston PR3 2QH")] {
            let span = desk.span(record, field, text);
            desk.change(&format!("records/{}/redactions", crate::review::escaped(record)), &json!({"redactions": [span]})).expect(200);
        }
        desk.settle();
        let zip = desk.release();

        for secret in SECRETS {
            assert_eq!(traces(&zip, secret), BTreeSet::new(), "{secret}");
        }
        // What is not redacted is all there, and the pieces are what was kept.
        assert!(!traces(&zip, "Nothing about anybody").is_empty());
        assert_eq!(fields(&zip, "messages/1")["body"], json!({"redacted_text": [
            "Dear team, I am Ann Lee. Please ring ", {"redacted": "THIRD-PARTY"}, " on ", {"redacted": "THIRD-PARTY"}, " about ",
            {"redacted": "THIRD-PARTY"}, ". Thanks, Ann"
        ]}));
        assert_eq!(fields(&zip, "messages/4")["extra"], json!({"redacted": "THIRD-PARTY"}));
        // An identifier made of the contents would let a guess be tried out: it is not given out.
        assert_eq!(traces(&zip, visit.split('~').nth(1).unwrap()), BTreeSet::new());
        assert_eq!(fields(&zip, "visits/~row-1")["seen_by"], json!({"redacted_text": ["Dr ", {"redacted": "THIRD-PARTY"}]}));
        // The original and the reasons stay in the case.
        let kept = desk.record("messages/1");
        assert!(kept["fields"]["body"].as_str().unwrap().contains("Żółkiewska"));
        assert!(kept["redactions"].as_array().unwrap().iter().any(|r| r["reason"] == "not asked"));
    }

    fn without_redactions_the_search_finds_each_of_them(backend) {
        let desk = Reviewed::new(backend);
        desk.settle();
        let zip = desk.release();
        for secret in SECRETS {
            let found = traces(&zip, secret);
            for place in ["records.json", "index.html", "disclosure.pdf"] {
                assert!(found.iter().any(|way| way.starts_with(place)), "{secret} in {place}: {found:?}");
            }
        }
    }

    fn a_text_that_changed_is_withheld_whole_until_it_is_redacted_anew(backend) {
        let desk = Reviewed::new(backend);
        let span = desk.span("messages/2", "body", "QUILLAN  featherstonehaugh");
        desk.change("records/messages%2F2/redactions", &json!({"redactions": [span]})).expect(200);
        desk.source_sql("UPDATE messages SET body = 'He, Quillan Featherstonehaugh, was rude' WHERE id = 2");
        // What was read before does not fit any more, neither for a new redaction nor for the old one.
        desk.change("gather", &json!({})).expect(200);
        desk.bench.work();
        let old = json!({"field": "body", "start": 0, "end": 5, "text_hash": span["text_hash"], "code": "LPP", "reason": "x"});
        let refused = desk.change("records/messages%2F2/redactions", &json!({"redactions": [old]}));
        assert_eq!(refused.problem(422), ["redactions[0].text_hash"]);
        assert_eq!(desk.names("&flag=stale"), ["messages/2"]);
        assert_eq!(desk.record("messages/2")["redactions"][0]["stale"], true);
        let preview = desk.get("/records/messages%2F2/preview");
        let body = preview["fields"].as_array().unwrap().iter().find(|f| f["field"] == "body").unwrap().clone();
        assert_eq!(body["runs"].as_array().unwrap().len(), 1);
        assert_eq!(body["runs"][0]["withheld"], "THIRD-PARTY");
        desk.settle();
        let refused = desk.change("decide", &json!({}));
        refused.problem(409);
        assert!(refused.text().contains("changed at their source"), "{}", refused.text());
        let span = desk.span("messages/2", "body", "Quillan Featherstonehaugh");
        desk.change("records/messages%2F2/redactions", &json!({"redactions": [span]})).expect(200);
        assert!(desk.names("&flag=stale").is_empty());
        desk.settle();
        let zip = desk.release();
        assert_eq!(fields(&zip, "messages/2")["body"], json!({"redacted_text": ["He, ", {"redacted": "THIRD-PARTY"}, ", was rude"]}));
    }

    fn bad_redactions_are_refused_by_field(backend) {
        let desk = Reviewed::new(backend);
        let good = desk.span("messages/1", "body", "Ann Lee");
        let with = |key: &str, value: Value| {
            let mut one = good.clone();
            one[key] = value;
            one
        };
        for (one, field) in [
            (with("field", json!("nothing")), "redactions[0].field"),
            (with("field", json!("copied_to")), "redactions[0].field"),
            (with("end", json!(100_000)), "redactions[0].end"),
            (with("end", json!(0)), "redactions[0].end"),
            (with("end", Value::Null), "redactions[0].end"),
            (with("text_hash", Value::Null), "redactions[0].text_hash"),
            (with("code", json!("third")), "redactions[0].code"),
            (with("code", json!("NO-SUCH")), "redactions[0].code"),
            (with("code", json!("LPP")), "redactions[0].reason"),
            (with("code", json!("HEALTH-HARM")), "redactions[0].opinion"),
        ] {
            let refused = desk.change("records/messages%2F1/redactions", &json!({"redactions": [one]}));
            assert_eq!(refused.problem(422), [field], "{one}");
        }
        desk.change("records/messages%2F1/redactions", &json!({"redactions": []})).problem(422);
        desk.change("records/messages%2F99/redactions", &json!({"redactions": [good]})).problem(404);
        for bad in [json!({"pattern": "(", "code": "THIRD-PARTY"}), json!({"pattern": "a*", "code": "THIRD-PARTY"})] {
            assert_eq!(desk.change("redactions", &bad).problem(422), ["pattern"]);
        }
        assert_eq!(desk.change("redactions", &json!({"words": [" - "], "code": "THIRD-PARTY"})).problem(422), ["words"]);
        assert_eq!(desk.change("redactions", &json!({"code": "THIRD-PARTY"})).problem(422), ["words"]);
        desk.change("redactions", &json!({"words": ["Nobodyatall"], "code": "THIRD-PARTY"})).problem(409);
        assert!(desk.records("&flag=redacted").is_empty());
        // A pattern finds what it describes, and nothing else.
        let done = desk.change("redactions", &json!({"pattern": r"\b07\d{3} \d{6}\b", "code": "THIRD-PARTY", "filter": {"collection": "messages"}})).expect(200);
        assert_eq!(done["places"], 1, "{done}");
    }
}
