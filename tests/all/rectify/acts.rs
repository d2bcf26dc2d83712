//! From the question to the answer, over the API.

use serde_json::{Value, json};

use super::Corrected;
use crate::gather::place::{EVERY, Kind};
use crate::harness::{Answer, Backend};

/// The desk's own database follows the kind of the source, so that both are gone through.
fn desk_of(kind: Kind) -> Backend {
    if kind == Kind::Sqlite { Backend::Sqlite } else { Backend::Postgres }
}

#[test]
fn a_correction_goes_from_the_person_to_the_source_and_back_on_every_kind_of_source() {
    for kind in EVERY {
        let desk = Corrected::new(desk_of(kind), kind);
        let path = desk.asked("accounts/1", "phone", "07700 900999");
        let detail = desk.get(&format!("/{path}"));
        assert_eq!(detail["now"]["value"], "07700 900001", "{kind:?}");
        assert_eq!((&detail["now"]["live"], &detail["now"]["writable"]), (&json!(true), &json!(true)), "{detail}");
        // Where else the person's records hold it; not in Bob's.
        let same: Vec<&str> =
            detail["same_value"].as_array().unwrap().iter().map(|s| s["record"].as_str().unwrap()).collect();
        assert_eq!(same, ["bookings/10"], "{kind:?}");

        desk.approver(&format!("{path}/signature"), &json!({})).problem(409);
        desk.decided(&path).expect(200);
        assert_eq!(desk.site.value("phone", "accounts", 1), "07700 900001", "nothing is written before it is signed");
        let own = desk.bench.take(&desk.case, &format!("{path}/signature"), &json!({}), &desk.casey);
        own.problem(403);
        desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
        desk.bench.work();
        let written = desk.get(&format!("/{path}"));
        assert_eq!(written["state"], "written", "{written}");
        assert_eq!((&written["before"], &written["after"]), (&json!("07700 900001"), &json!("07700 900999")));
        assert_eq!(written["journal"].as_array().unwrap().len(), 1);
        assert_eq!(written["journal"][0]["outcome"], "made");
        assert_eq!(desk.site.value("phone", "accounts", 1), "07700 900999", "{kind:?}");
        assert_eq!(desk.site.value("phone", "accounts", 2), "07700 900001", "Bob's is as it was");

        // Taken back, by two people again.
        let undo = desk.change(&format!("{path}/undo"), &json!({"reason": "the wrong Ann"})).expect(201);
        let undo = format!("corrections/{}", undo["correction"].as_str().unwrap());
        desk.change(&format!("{path}/undo"), &json!({"reason": "twice"})).problem(412);
        desk.approver(&format!("{undo}/signature"), &json!({})).expect(200);
        desk.bench.work();
        assert_eq!(desk.site.value("phone", "accounts", 1), "07700 900001", "{kind:?}");
        assert_eq!((desk.state(&path), desk.state(&undo)), ("undone".into(), "written".into()));

        desk.change("answer", &json!({})).expect(200);
        desk.bench.work();
        let letter = desk.bench.letters().pop().unwrap();
        assert!(letter.contains("Your phone number (Your account)"), "{letter}");
        assert!(!letter.contains("07700"), "no value leaves by e-mail: {letter}");
        let own = desk.bench.get(&format!("/api/v1/requests/{}/corrections", desk.case), &desk.requester).expect(200);
        assert_eq!(own["corrections"].as_array().unwrap().len(), 1);
        assert_eq!(own["corrections"][0]["status_plain"], "We changed it, and then changed it back");
    }
}

both! {
    fn what_is_decided_must_be_what_was_shown(backend) {
        let desk = Corrected::new(backend, Kind::Sqlite);
        let path = desk.asked("accounts/1", "full_name", "Ann Lee");
        let decide = |body: &Value| desk.change(&format!("{path}/decision"), body);
        decide(&json!({"decision": "apply", "shown": "Ann Leih"})).problem(412);
        decide(&json!({"decision": "apply"})).problem(412);
        assert_eq!(decide(&json!({"decision": "refuse"})).problem(422), ["reason"]);
        assert_eq!(decide(&json!({"decision": "statement"})).problem(422), ["statement"]);
        assert_eq!(decide(&json!({"decision": "part", "shown": "Ann Leigh", "value": "A"})).problem(422), ["reason"]);
        assert_eq!(decide(&json!({"decision": "part", "shown": "Ann Leigh", "value": "Ann Leigh", "reason": "r"})).problem(422), ["value"]);
        assert_eq!(decide(&json!({"decision": "part", "shown": "Ann Leigh", "value": "A name of far too many characters", "reason": "r"})).problem(422), ["value"]);

        // Somebody edits the source between the decision and the writing.
        desk.decided(&path).expect(200);
        desk.site.place.run("UPDATE accounts SET full_name = 'Ann Li' WHERE id = 1");
        desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
        desk.bench.work();
        let shown_again = desk.get(&format!("/{path}"));
        assert_eq!((&shown_again["state"], &shown_again["now"]["value"]), (&json!("changed"), &json!("Ann Li")));
        assert_eq!(shown_again["journal"][0]["outcome"], "differs");
        assert_eq!(desk.site.value("full_name", "accounts", 1), "Ann Li");
        desk.change("answer", &json!({})).problem(409);
        desk.decided(&path).expect(200);
        desk.approver(&format!("{path}/return"), &json!({"reason": "ask her again"})).expect(200);
        desk.decided(&path).expect(200);
        desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
        desk.bench.work();
        assert_eq!(desk.site.value("full_name", "accounts", 1), "Ann Lee");
        let kinds = desk.bench.audit_kinds(&desk.case);
        assert_eq!(kinds.iter().filter(|kind| *kind == "correction").count(), 9, "{kinds:?}");
    }

    fn nothing_else_can_be_reached_whatever_the_request_says(backend) {
        let desk = Corrected::new(backend, Kind::Sqlite);
        let ask = |record: &str, field: &str| {
            let body = json!({"record": record, "field": field, "should": "x", "why": "w"});
            let own = desk.bench.post_as(&format!("/api/v1/requests/{}/corrections", desk.case), &body, &desk.requester);
            let staff = desk.change("corrections", &body);
            assert_eq!(own.status, staff.status);
            own.problem(422)
        };
        for (record, field, fault) in [
            ("accounts/2", "phone", "record"),
            ("bookings/12", "contact", "record"),
            ("accounts/1", "joined", "field"),
            ("accounts/1", "id", "field"),
            ("bookings/10", "account_id", "field"),
            ("accounts/1", "password", "field"),
            ("accounts/1", "phone\" = 'x' --", "field"),
            ("accounts/1 OR 1=1", "phone", "record"),
            ("cases/1", "stage", "record"),
            ("../accounts/1", "phone", "record"),
        ] {
            assert_eq!(ask(record, field), [fault], "{record} {field}");
        }
        // Signed, and then the row is somebody else's, or the map has it correctable no more: nothing is written.
        let path = desk.signed("accounts/1", "phone", "07700 900999");
        desk.site.place.run("UPDATE accounts SET email = 'carol@example.org' WHERE id = 1");
        desk.bench.work();
        assert_eq!(desk.state(&path), "changed");
        assert_eq!(desk.site.value("phone", "accounts", 1), "07700 900001");
    }

    fn what_cannot_be_written_becomes_a_task_whose_end_is_read_from_the_source(backend) {
        let desk = Corrected::with(backend, Kind::Sqlite, "rectification", |settings| settings.retain(|(key, _)| !key.contains("WRITE")));
        let path = desk.signed("accounts/1", "phone", "07700 900999");
        desk.bench.work();
        let task = desk.get(&format!("/{path}"));
        assert_eq!(task["state"], "with_owner");
        assert!(task["problem"].as_str().unwrap().contains("write account"), "{task}");
        let done = || desk.change(&format!("{path}/done"), &json!({"proof": "ticket 4711"}));
        done().problem(409);
        desk.site.place.run("UPDATE accounts SET phone = '07700 900999' WHERE id = 1");
        done().expect(200);
        let written = desk.get(&format!("/{path}"));
        assert_eq!((&written["state"], &written["proof"]), (&json!("written"), &json!("ticket 4711")));
        assert!(written["journal"].as_array().unwrap().is_empty(), "we wrote nothing");
    }

    fn a_source_that_refuses_and_a_row_without_a_key_are_said(backend) {
        let desk = Corrected::new(backend, Kind::Sqlite);
        desk.site.place.run("CREATE TRIGGER t BEFORE UPDATE OF phone ON accounts BEGIN SELECT RAISE(ABORT, 'secret words'); END");
        let path = desk.signed("accounts/1", "phone", "07700 900999");
        desk.bench.work();
        let blocked = desk.get(&format!("/{path}"));
        assert_eq!((&blocked["state"], &blocked["journal"][0]["outcome"]), (&json!("blocked"), &json!("refused")));
        assert!(blocked["problem"].as_str().unwrap().contains("refused") && !blocked.to_string().contains("secret words"), "{blocked}");
        let visits = desk.get("/records?collection=visits");
        let record = visits["records"][0]["record"].as_str().unwrap();
        let path = desk.asked(record, "place", "Leyland");
        let detail = desk.get(&format!("/{path}"));
        assert!(detail["now"]["not_writable"].as_str().unwrap().contains("no primary key"), "{detail}");
    }

    fn a_correction_asked_for_while_reading_an_answer_opens_a_request_of_its_own(backend) {
        let desk = Corrected::with(backend, Kind::Sqlite, "access", |_| {});
        desk.change("decide", &json!({})).expect(200);
        desk.approver("approve", &json!({})).expect(200);
        desk.bench.work();
        desk.approver("release", &json!({})).expect(200);
        desk.bench.work();
        let body = json!({"record": "accounts/1", "field": "phone", "should": "07700 900999", "why": "new phone"});
        let ask = || desk.bench.post_as(&format!("/api/v1/requests/{}/corrections", desk.case), &body, &desk.requester);
        let first = ask().expect(201);
        let second = ask().expect(201);
        assert_eq!(first["case"], second["case"], "one request takes them while it is open");
        assert_ne!(first["case"].as_str(), Some(desk.case.as_str()));
        desk.bench.work();
        let follow = first["case"].as_str().unwrap();
        let case = desk.bench.get(&format!("/api/v1/cases/{follow}"), &desk.casey).expect(200);
        assert_eq!((&case["right"], &case["stage"], &case["received_on"]), (&json!("rectification"), &json!("review"), &json!("2026-11-23")));
        assert_eq!(case["due_on"], "2026-12-23", "a clock of its own");
        let own = desk.bench.get(&format!("/api/v1/requests/{}/corrections", desk.case), &desk.requester).expect(200);
        assert_eq!(own["corrections"].as_array().unwrap().len(), 2);
        let path = format!("/api/v1/cases/{follow}/corrections/{}", first["correction"].as_str().unwrap());
        assert_eq!(desk.bench.get(&path, &desk.casey).expect(200)["now"]["value"], "07700 900001");
    }

    fn every_call_asks_for_its_role(backend) {
        use rightsdesk::access::Role;
        let desk = Corrected::new(backend, Kind::Sqlite);
        let path = desk.asked("accounts/1", "phone", "07700 900999");
        let at = |rest: &str| format!("/api/v1/cases/{}/{path}{rest}", desk.case);
        for role in Role::ALL {
            let token = desk.bench.staff(&format!("{role}2"), role);
            let reads = if role == Role::Admin { 403 } else { 200 };
            assert_eq!(desk.bench.get(&at(""), &token).status, reads, "{role}");
            assert_eq!(desk.bench.get(&format!("/api/v1/cases/{}/corrections", desk.case), &token).status, reads);
            let works = matches!(role, Role::Caseworker | Role::Approver);
            for rest in ["/decision", "/signature", "/return", "/done", "/undo"] {
                let may = if matches!(rest, "/signature" | "/return") { role == Role::Approver } else { works };
                // Whoever may is asked for the version next.
                assert_eq!(desk.bench.post_as(&at(rest), &json!({}), &token).status, if may { 428 } else { 403 }, "{role} {rest}");
            }
        }
        let anyone = format!("/api/v1/requests/{}/corrections", desk.case);
        assert_eq!(Answer::of(desk.bench.request("GET", &anyone)).status, 401);
        assert_eq!(desk.bench.get(&anyone, &desk.casey).status, 401);
        assert_eq!(Answer::of(desk.bench.request("GET", &at(""))).status, 401);
    }
}
