//! From the plan to the answer, over the API.

use serde_json::json;

use super::{MAP, ROWS, TABLES, erased, everything, planned, signed};
use crate::gather::place::{EVERY, Kind};
use crate::harness::{Answer, Backend};
use crate::rectify::{Corrected, Site};

fn desk_of(kind: Kind) -> Backend {
    if kind == Kind::Sqlite { Backend::Sqlite } else { Backend::Postgres }
}

#[test]
fn an_erasure_goes_from_the_plan_to_the_answer_on_every_kind_of_source() {
    for kind in EVERY {
        let desk = erased(desk_of(kind), kind);
        let before = everything(&desk);
        let (path, plan) = planned(&desk);
        assert_eq!(everything(&desk), before, "{kind:?}: a plan that was tried out leaves nothing behind");
        assert!(plan["tried"].is_null(), "{kind:?} {plan}");
        let counts = ["deletes", "anonymises", "stays", "by_owner"].map(|name| plan[name].as_u64().unwrap());
        // Three notes and the letter go; two bookings and, since they refer to it, the account stay without a name.
        assert_eq!(counts, [4, 3, 1, 0], "{plan}");
        let items: Vec<(&str, &str)> = plan["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["record"].as_str().unwrap(), item["what"].as_str().unwrap()))
            .collect();
        let at = |record: &str| items.iter().position(|(one, _)| *one == record).unwrap();
        assert!(
            at("notes/52") < at("notes/51") && at("notes/51") < at("notes/50") && at("notes/50") < at("accounts/1")
        );
        assert_eq!(items.last(), Some(&("payments/100", "stay")));
        let reason = |record: &str| plan["items"][at(record)]["reason"].as_str().unwrap_or_default().to_owned();
        assert!(
            reason("payments/100").contains("six years") && reason("accounts/1").contains("refers to it"),
            "{plan}"
        );
        assert!(plan["ways"].to_string().contains("generalise"), "{plan}");

        // Two people, and only what they signed.
        desk.change("answer", &json!({})).problem(409);
        desk.bench.take(&desk.case, &format!("{path}/signature"), &json!({}), &desk.casey).problem(403);
        desk.bench.work();
        assert_eq!(everything(&desk), before, "{kind:?}: nothing is done before it is signed");
        desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
        desk.bench.work();
        let done = desk.get(&format!("/{path}"));
        assert_eq!(done["state"], "done", "{kind:?} {done}");
        assert_eq!(done["runs"][0]["outcome"], "made");
        // One of the bookings had nothing about anybody in it.
        assert_eq!((&done["runs"][0]["done"], &done["runs"][0]["already"]), (&json!(6), &json!(1)));

        // Plan and result agree: what was to go is gone, what was to stay is as it was, and Bob's and Cara's too.
        let after = everything(&desk);
        for gone in ["ann@", "Ann@", "Ann", "annspassword", "1990-05-31", "a ramp"] {
            assert!(!after.contains(gone), "{kind:?}: {gone} is left\n{after}");
        }
        for kept in [
            "bob@example.org",
            "Bob Bobson",
            "bobspassword",
            "Bob rang",
            "cara@example.org",
            "1990-01-01",
            "12.50",
            "(erased)",
        ] {
            assert!(after.contains(kept), "{kind:?}: {kept} is missing\n{after}");
        }
        assert!(
            after.contains("accounts.id: 1 | 2 | 3") && after.contains("bookings.account_id: 1 | 1 | 2"),
            "{after}"
        );
        assert!(after.contains("erased-"), "{after}");

        // A search since finds nothing that leads to her; what stays by law is reached no more, and is told.
        assert_eq!(done["remaining"], json!([]), "{done}");
        desk.change("answer", &json!({})).expect(200);
        desk.bench.work();
        let letters = desk.bench.letters();
        let letter = letters.iter().rev().find(|letter| letter.contains("What we deleted")).unwrap();
        for words in [
            "Notes: 3 records",
            "Your newsletter: 1 record",
            "Your bookings: 2 records",
            "What you paid: 1 record",
            "six years",
            "The printer",
            "Information Commissioner",
        ] {
            assert!(letter.contains(words), "{words} in {letter}");
        }
        // Whoever got it from us is told, once, and the e-mail names nobody.
        let notices = desk.get("/notices");
        let all = notices["notices"].as_array().unwrap();
        assert_eq!(all.len(), 2, "{notices}");
        assert!(all.iter().all(|notice| notice["kind"] == "erasure"));
        let notice = letters.iter().find(|letter| letter.contains("privacy@printer.example")).unwrap();
        assert!(notice.contains("notes/52") && notice.contains("erased") && !notice.contains("Ann"), "{notice}");
        let team = all.iter().find(|notice| notice["recipient"] == "The team").unwrap();
        let print = desk.get(&format!("/notices/{}/letter", team["notice"].as_str().unwrap()));
        assert!(print["text"].as_str().unwrap().contains("Ann Lee"), "a printed letter names the person");
    }
}

#[test]
fn running_twice_changes_nothing() {
    for kind in EVERY {
        let desk = erased(desk_of(kind), kind);
        signed(&desk);
        desk.bench.work();
        let once = everything(&desk);
        let (path, plan) = planned(&desk);
        assert_eq!((&plan["deletes"], &plan["anonymises"]), (&json!(0), &json!(0)), "nothing is found: {plan}");
        desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
        desk.bench.work();
        assert_eq!(everything(&desk), once, "{kind:?}");
        assert_eq!(desk.state(&path), "done");
        let list = desk.get("/erasures");
        let states: Vec<&str> =
            list["erasures"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["done", "done"]);
    }
}

both! {
    fn a_person_to_whom_nothing_that_stays_refers_is_deleted_whole(backend) {
        let desk = erased(backend, Kind::Sqlite);
        let body = json!({"right": "erasure", "subject": {"name": "Cara Cole", "email": "cara@example.org"}});
        let case = desk.bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        desk.bench.work();
        let code = json!({"code": desk.bench.code()});
        desk.bench.post(&format!("/api/v1/requests/{case}/verification"), &code).expect(200);
        desk.bench.work();
        let plan = desk.bench.take(&case, "erasures", &json!({}), &desk.casey).expect(201);
        assert_eq!((&plan["deletes"], &plan["anonymises"]), (&json!(2), &json!(0)), "{plan}");
        let path = format!("erasures/{}/signature", plan["erasure"].as_str().unwrap());
        desk.bench.take(&case, &path, &json!({}), &desk.alex).expect(200);
        desk.bench.work();
        let after = everything(&desk);
        assert!(!after.to_lowercase().contains("cara") && after.contains("Ann Leigh"), "{after}");
    }

    fn an_erased_address_does_not_come_back(backend) {
        let desk = erased(backend, Kind::Sqlite);
        let ask = |list: &str, email: &str| {
            desk.bench.post_as("/api/v1/suppressions/check", &json!({"list": list, "email": email}), &desk.casey)
        };
        assert_eq!(ask("site.letters", "ann@example.org").expect(200)["suppressed"], false);
        signed(&desk);
        desk.bench.work();
        assert_eq!(ask("site.letters", " ANN@example.org ").expect(200)["suppressed"], true);
        assert_eq!(ask("site.letters", "bob@example.org").expect(200)["suppressed"], false);
        assert_eq!(ask("site.accounts", "ann@example.org").problem(422), ["list"]);
        assert_eq!(ask("site.letters", "ann").problem(422), ["email"]);
        // A file of addresses, on the command line.
        use std::io::Write;
        let mut command = desk.bench.process(&["suppressed", "site.letters"]);
        let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"bob@example.org\n Ann@Example.org\n\ncara@example.org\n").unwrap();
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success());
        assert_eq!(String::from_utf8(out.stdout).unwrap(), "Ann@Example.org\n");
        assert_eq!(desk.bench.post("/api/v1/suppressions/check", &json!({"list": "site.letters", "email": "a@b.c"})).status, 401);
    }

    fn only_what_was_signed_is_carried_out(backend) {
        let desk = erased(backend, Kind::Sqlite);
        let before = |desk: &Corrected| everything(desk);
        let (first, _) = planned(&desk);
        // A caseworker decides that a record stays: the plan is another one.
        let keep = json!({"decision": "exclude", "reason": "We need it for a claim in court."});
        desk.change("records/notes%2F50/decision", &keep).expect(200);
        desk.approver(&format!("{first}/signature"), &json!({})).problem(409);
        let (second, plan) = planned(&desk);
        assert!(plan["collections"].to_string().contains("claim in court"), "{plan}");
        // What refers to it goes all the same; what it refers to stays.
        assert_eq!(plan["deletes"], 3, "{plan}");
        desk.approver(&format!("{first}/signature"), &json!({})).problem(409);
        desk.approver(&format!("{second}/return"), &json!({"reason": "ask legal"})).expect(200);
        desk.approver(&format!("{second}/signature"), &json!({})).problem(409);
        let (third, _) = planned(&desk);
        desk.approver(&format!("{third}/signature"), &json!({})).expect(200);
        // Signed, and then a row is somebody else's: nothing at all is done.
        desk.site.place.run("UPDATE letters SET email = 'carol@example.org' WHERE id = 70");
        let stood = before(&desk);
        desk.bench.work();
        let changed = desk.get(&format!("/{third}"));
        assert_eq!((&changed["state"], &changed["runs"][0]["outcome"]), (&json!("changed"), &json!("differs")), "{changed}");
        assert_eq!(before(&desk), stood);
        desk.change("answer", &json!({})).problem(409);
        let (fourth, again) = planned(&desk);
        assert!(again["tried"].as_str().unwrap().contains("letters/70"), "{again}");
        desk.approver(&format!("{fourth}/signature"), &json!({})).problem(409);
        desk.change("gather", &json!({})).expect(200);
        desk.bench.work();
        signed(&desk);
        desk.bench.work();
        assert!(before(&desk).contains("carol@example.org") && before(&desk).contains("Ann rang"), "{}", before(&desk));
    }

    fn records_that_nobody_has_decided_about_are_decided_first(backend) {
        let map = MAP.replace("          - {name: body}", "          - {name: body, rightsdesk: {free_text: true}}");
        let desk = Corrected::at(backend, Site::of(Kind::Sqlite, ROWS, &TABLES), "erasure", |_| {}, &map);
        desk.change("erasures", &json!({})).problem(409);
        for note in ["notes%2F50", "notes%2F51", "notes%2F52"] {
            desk.change(&format!("records/{note}/decision"), &json!({"decision": "include", "reason": "theirs"})).expect(200);
        }
        assert_eq!(planned(&desk).1["deletes"], 4);
    }

    fn a_database_that_refuses_is_known_before_anybody_signs(backend) {
        // A table that the map does not have refers to the person's rows, and would go with them.
        let rows = format!("{ROWS}; CREATE TABLE logins (id INTEGER PRIMARY KEY, note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE);
            INSERT INTO logins VALUES (1, 51)");
        let desk = Corrected::at(backend, Site::of(Kind::Sqlite, &rows, &TABLES), "erasure", |_| {}, MAP);
        let stood = everything(&desk);
        let (path, plan) = planned(&desk);
        assert!(plan["tried"].as_str().unwrap().contains("notes") && plan["tried"].as_str().unwrap().contains("refer"), "{plan}");
        desk.approver(&format!("{path}/signature"), &json!({})).problem(409);
        assert_eq!(desk.site.place.values("SELECT CAST(note_id AS TEXT) AS value FROM logins"), ["51"]);
        desk.site.place.run("DELETE FROM logins");
        // And one that refuses later: all or nothing.
        let path = signed(&desk);
        desk.site.place.run("CREATE TRIGGER t BEFORE UPDATE OF email ON accounts BEGIN SELECT RAISE(ABORT, 'secret words'); END");
        desk.bench.work();
        let blocked = desk.get(&format!("/{path}"));
        assert_eq!((&blocked["state"], &blocked["runs"][0]["outcome"]), (&json!("blocked"), &json!("refused")), "{blocked}");
        assert!(blocked["problem"].as_str().unwrap().contains("accounts") && !blocked.to_string().contains("secret words"), "{blocked}");
        assert_eq!(everything(&desk), stood);
    }

    fn what_the_program_cannot_do_is_for_who_looks_after_the_source(backend) {
        let desk = Corrected::at(backend, Site::of(Kind::Sqlite, ROWS, &TABLES), "erasure",
            |settings| settings.retain(|(key, _)| !key.contains("WRITE")), MAP);
        let path = {
            let (path, plan) = planned(&desk);
            assert_eq!(plan["by_owner"], 7, "{plan}");
            assert!(plan["collections"].to_string().contains("write account"), "{plan}");
            desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
            path
        };
        desk.bench.work();
        assert_eq!(desk.state(&path), "with_owner");
        desk.change("answer", &json!({})).problem(409);
        let done = || desk.change(&format!("{path}/done"), &json!({"proof": "ticket 4711"}));
        done().problem(409);
        desk.site.place.run("DELETE FROM notes WHERE account_id = 1; DELETE FROM letters WHERE id = 70;
            UPDATE bookings SET contact = NULL, needs = NULL WHERE account_id = 1;
            UPDATE accounts SET email = 'x', full_name = NULL, born = NULL, secret = NULL WHERE id = 1");
        done().problem(409);
        desk.change("gather", &json!({})).expect(200);
        desk.bench.work();
        done().expect(200);
        let detail = desk.get(&format!("/{path}"));
        assert_eq!((&detail["state"], &detail["proof"]), (&json!("done"), &json!("ticket 4711")));
        assert!(detail["runs"].as_array().unwrap().is_empty(), "we wrote nothing");
        desk.change("answer", &json!({})).expect(200);
        desk.bench.work();
    }

    fn a_search_afterwards_says_what_remains_and_why(backend) {
        let map = MAP.replace("on_erasure: delete, suppress: email", "on_erasure: keep, keep_because: It shows that you agreed.");
        let desk = Corrected::at(backend, Site::of(Kind::Sqlite, ROWS, &TABLES), "erasure", |_| {}, &map);
        let path = signed(&desk);
        desk.bench.work();
        let done = desk.get(&format!("/{path}"));
        assert_eq!(
            done["remaining"],
            json!([{"collection_label": "Your newsletter", "records": 1, "reason": "It shows that you agreed."}])
        );
        // Somebody puts a row of hers back in the meantime: that is found, and the request is not answered with it there.
        desk.site.place.run("INSERT INTO accounts VALUES (9, 'ann@example.org', 'Ann Leigh', NULL, NULL); INSERT INTO notes VALUES (50, 9, NULL, 'Ann rang')");
        desk.change("gather", &json!({})).expect(200);
        desk.bench.work();
        desk.change("answer", &json!({})).problem(409);
        let remaining = desk.get(&format!("/{path}"))["remaining"].clone();
        assert_eq!(remaining.as_array().unwrap().iter().filter(|one| one["reason"].is_null()).count(), 2, "{remaining}");
        signed(&desk);
        desk.bench.work();
        desk.change("answer", &json!({})).expect(200);
        desk.bench.work();
    }

    fn every_call_asks_for_its_role_and_its_right(backend) {
        use rightsdesk::access::Role;
        let desk = erased(backend, Kind::Sqlite);
        let (path, _) = planned(&desk);
        let at = |rest: &str| format!("/api/v1/cases/{}/{path}{rest}", desk.case);
        for role in Role::ALL {
            let token = desk.bench.staff(&format!("{role}2"), role);
            let reads = if role == Role::Admin { 403 } else { 200 };
            assert_eq!(desk.bench.get(&at(""), &token).status, reads, "{role}");
            assert_eq!(desk.bench.get(&format!("/api/v1/cases/{}/erasures", desk.case), &token).status, reads);
            let works = matches!(role, Role::Caseworker | Role::Approver);
            let post = |path: &str| desk.bench.post_as(path, &json!({}), &token).status;
            assert_eq!(post(&format!("/api/v1/cases/{}/erasures", desk.case)), if works { 428 } else { 403 });
            for rest in ["/signature", "/return", "/done"] {
                let may = if rest == "/done" { works } else { role == Role::Approver };
                assert_eq!(post(&at(rest)), if may { 428 } else { 403 }, "{role} {rest}");
            }
        }
        assert_eq!(Answer::of(desk.bench.request("GET", &at(""))).status, 401);
        // A request for something else erases nothing.
        let other = Corrected::new(backend, Kind::Sqlite);
        other.change("erasures", &json!({})).problem(409);
    }
}
