//! Recipients are told of a correction, and the person who was told.

use rightsdesk::access::Role;
use serde_json::{Value, json};

use super::Corrected;
use crate::gather::place::Kind;
use crate::harness::{Answer, Backend};

/// A desk whose map names recipients: one that is reached by e-mail, one that is not.
fn with_recipients(backend: Backend) -> Corrected {
    Corrected::mapped(backend, Kind::Sqlite, "rectification", |map| {
        map.replace(
            "rightsdesk: {label: Your account,",
            "rightsdesk: {label: Your account, recipients: [{name: The printer, email: privacy@printer.example}, The team],",
        )
    })
}

both! {
    fn recipients_are_told_of_a_correction_until_they_say_so(backend) {
        let desk = with_recipients(backend);
        let path = desk.signed("accounts/1", "phone", "07700 900999");
        assert!(desk.get("/notices")["notices"].as_array().unwrap().is_empty(), "nobody is told of what is not done");
        desk.bench.work();
        let notices = desk.get("/notices");
        let of = |name: &str| {
            let found = desk.get("/notices")["notices"].as_array().unwrap().clone();
            found.into_iter().find(|notice| notice["recipient"] == name).unwrap()
        };
        assert_eq!(notices["notices"].as_array().unwrap().len(), 2, "{notices}");
        assert_eq!((&of("The printer")["state"], &of("The team")["state"]), (&json!("sent"), &json!("due")));
        let letter = desk.bench.letters().into_iter().find(|letter| letter.contains("privacy@printer.example")).unwrap();
        assert!(letter.contains("accounts/1") && letter.contains("Your phone number"), "{letter}");
        assert!(!letter.contains("07700") && !letter.contains("Ann"), "an e-mail names nobody: {letter}");
        let step = |notice: &Value, body: &Value| {
            desk.change(&format!("notices/{}/state", notice["notice"].as_str().unwrap()), body)
        };
        let team = of("The team");
        let print = desk.get(&format!("/notices/{}/letter", team["notice"].as_str().unwrap()));
        let print = print["text"].as_str().unwrap();
        assert!(print.contains("07700 900001") && print.contains("07700 900999") && print.contains("Ann Lee"), "{print}");
        step(&team, &json!({"state": "acknowledged"})).problem(409);
        assert_eq!(step(&team, &json!({"state": "waived"})).problem(422), ["note"]);
        step(&team, &json!({"state": "sent"})).expect(200);
        step(&team, &json!({"state": "acknowledged", "note": "by phone"})).expect(200);
        step(&team, &json!({"state": "waived", "note": "too late"})).problem(409);
        step(&of("The printer"), &json!({"state": "waived", "note": "The firm was wound up."})).expect(200);
        let correction = path.trim_start_matches("corrections/");
        let more = json!({"correction": correction, "recipient": "The school", "email": "head@school.example"});
        desk.change("notices", &more).expect(201);
        desk.bench.work();
        assert_eq!(of("The school")["state"], "sent");
        // The person may ask who was told.
        let told = desk.bench.get(&format!("/api/v1/requests/{}/recipients", desk.case), &desk.requester).expect(200);
        let told: Vec<(String, String)> = told["recipients"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| (r["recipient"].as_str().unwrap().to_owned(), r["status_plain"].as_str().unwrap().to_owned()))
            .collect();
        assert!(told.contains(&("The printer".into(), "We could not tell them".into())), "{told:?}");
        assert!(told.contains(&("The team".into(), "We have told them, and they have said so".into())), "{told:?}");
        // Taking a correction back is a correction: they are told again.
        let undo = desk.change(&format!("{path}/undo"), &json!({"reason": "the wrong Ann"})).expect(201);
        desk.approver(&format!("corrections/{}/signature", undo["correction"].as_str().unwrap()), &json!({})).expect(200);
        desk.bench.work();
        assert_eq!(desk.get("/notices")["notices"].as_array().unwrap().len(), 5);
    }

    fn notices_ask_for_their_role(backend) {
        let desk = with_recipients(backend);
        for role in Role::ALL {
            let token = desk.bench.staff(&format!("{role}2"), role);
            let works = matches!(role, Role::Caseworker | Role::Approver);
            let at = |rest: &str| format!("/api/v1/cases/{}/notices{rest}", desk.case);
            assert_eq!(desk.bench.get(&at(""), &token).status, if role == Role::Admin { 403 } else { 200 }, "{role}");
            assert_eq!(desk.bench.get(&at("/x/letter"), &token).status, if works { 404 } else { 403 }, "{role}");
            for rest in ["", "/x/state"] {
                let status = desk.bench.post_as(&at(rest), &json!({}), &token).status;
                assert_eq!(status, if works { 428 } else { 403 }, "{role} {rest}");
            }
        }
        let told = format!("/api/v1/requests/{}/recipients", desk.case);
        assert_eq!(Answer::of(desk.bench.request("GET", &told)).status, 401);
        desk.bench.get(&told, &desk.requester).expect(200);
    }
}
