//! A silent requester is reminded, told, and let go; a reply brings the request back.

use rightsdesk::acts::tick;
use serde_json::{Value, json};

use super::{bench, case, caseworker, fact, letters_about, logged, run_day, set_day, subject};
use crate::harness::Bench;

fn asked(bench: &Bench) -> String {
    let body = json!({"right": "access", "subject": subject("ann@example.org")});
    let id = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
    bench.work();
    id
}

fn moves(bench: &Bench, id: &str) -> Vec<String> {
    rightsdesk::acts::audit_list(&bench.desk, Some(id.parse().unwrap()), 0, 1_000)
        .unwrap()
        .into_iter()
        .filter(|link| link.entry.kind == "moved")
        .map(|link| serde_json::from_str::<Value>(&link.entry.detail).unwrap()["action"].as_str().unwrap().to_owned())
        .collect()
}

fn type_new_code(bench: &Bench, id: &str) -> String {
    bench.post(&format!("/api/v1/requests/{id}/code"), &json!(null)).expect(202);
    bench.work();
    let body = json!({"code": bench.code()});
    let answer = bench.post(&format!("/api/v1/requests/{id}/verification"), &body).expect(200);
    answer["token"].as_str().unwrap().to_owned()
}

both! {
    fn an_unverified_request_is_reminded_lapses_and_comes_back_with_the_right_code(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = asked(&bench);
        let due = case(&bench, &id, &token)["due_on"].clone();
        run_day(&bench, "2026-11-29");
        assert_eq!(letters_about(&bench, "We cannot go on"), Vec::<String>::new());
        run_day(&bench, "2026-11-30");
        assert_eq!(letters_about(&bench, "We cannot go on"), ["ann@example.org"]);
        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("Please do this by 23 December 2026"), "{letter}");
        assert!(!letter.contains("Ann Lee"), "the address may be another person's: {letter}");
        assert_eq!(run_day(&bench, "2026-12-23").lapsed, 0, "the last day is theirs");
        assert_eq!(run_day(&bench, "2026-12-24").lapsed, 1);
        assert_eq!(letters_about(&bench, "We have stopped request"), ["ann@example.org"]);
        let lapsed = case(&bench, &id, &token);
        assert_eq!((lapsed["stage"].as_str(), lapsed["lapsed_from"].as_str()), (Some("lapsed"), Some("awaiting_verification")));
        assert_eq!(lapsed["moves"], json!(["withdraw", "reopen"]));
        assert_eq!(lapsed["overdue"], false);
        assert_eq!(run_day(&bench, "2027-01-10").made, 0, "a lapsed request reminds nobody");

        let requester = type_new_code(&bench, &id);
        bench.work();
        assert_eq!(moves(&bench, &id)[..3], ["lapse", "reopen", "verify"]);
        let back = case(&bench, &id, &token);
        assert_eq!((back["due_on"].clone(), back["lapsed_from"].is_null()), (due, true));
        assert_eq!(back["overdue"], true, "the clock's facts stand as they were");
        let status = bench.get(&format!("/api/v1/requests/{id}"), &requester).expect(200);
        assert_ne!(status["status"], "lapsed");
        assert_eq!(letters_about(&bench, "is open again"), ["dataprotection@lancashire.gov.uk"]);
    }

    fn whoever_replies_in_time_is_not_reminded(backend) {
        let bench = bench(backend, &[]);
        let id = asked(&bench);
        set_day(&bench, "2026-11-30");
        tick(&bench.desk).unwrap();
        // The code is typed between the tick and the letter.
        let body = json!({"code": bench.code()});
        bench.clock.set("2026-11-23T09:35:00Z".parse().unwrap());
        bench.post(&format!("/api/v1/requests/{id}/verification"), &body).expect(200);
        set_day(&bench, "2026-11-30");
        bench.work();
        assert_eq!(letters_about(&bench, "We cannot go on"), Vec::<String>::new());
        assert_eq!(run_day(&bench, "2027-03-01").lapsed, 0);
    }

    fn a_standstill_of_the_desk_takes_no_time_from_the_requester(backend) {
        let bench = bench(backend, &[]);
        asked(&bench);
        // Nothing ran for a hundred days.
        let ticked = run_day(&bench, "2027-03-03");
        assert_eq!(ticked.lapsed, 0);
        assert!(bench.letters().iter().any(|l| l.contains("Please do this by 26 March 2027")));
        assert_eq!(run_day(&bench, "2027-03-26").lapsed, 0);
        assert_eq!(run_day(&bench, "2027-03-27").lapsed, 1);
    }

    fn an_unanswered_question_lapses_and_the_answer_brings_the_request_back(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let (id, requester) = bench.verified_request(subject("ann@example.org"));
        bench.work();
        bench.take(&id, "request_clarification", &json!({"reason": "Which school is it about?"}), &token).expect(200);
        assert_eq!(run_day(&bench, "2026-12-06").made, 0);
        run_day(&bench, "2026-12-07");
        assert_eq!(letters_about(&bench, "We need your answer"), ["ann@example.org"]);
        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("Which school is it about?") && letter.contains("by 21 February 2027"), "{letter}");
        run_day(&bench, "2027-02-21");
        assert_eq!(run_day(&bench, "2027-02-22").lapsed, 1);
        let status = bench.get(&format!("/api/v1/requests/{id}"), &requester).expect(200);
        assert_eq!((status["status"].as_str(), status["asked"][0]["kind"].as_str()), (Some("lapsed"), Some("clarification")));
        let path = format!("/api/v1/requests/{id}/messages");
        assert_eq!(bench.post_as(&path, &json!({"words": " "}), &requester).problem(422), ["words"]);
        set_day(&bench, "2027-03-01");
        let status = bench.post_as(&path, &json!({"words": "The one in Preston."}), &requester).expect(200);
        // 98 days did not count: 23 December and 98 days are 31 March.
        assert_eq!((status["status"].as_str(), status["due_on"].as_str()), (Some("verified"), Some("2027-03-31")));
        assert_eq!(moves(&bench, &id).last_chunk::<3>().unwrap(), &["lapse", "reopen", "record_clarification"]);
        // What is written while nothing is asked is a message: kept, and it moves nothing.
        let after = bench.post_as(&path, &json!({"words": "Once more."}), &requester).expect(200);
        assert_eq!((&after["status"], &after["due_on"]), (&status["status"], &status["due_on"]));
        bench.work();
    }

    fn a_caseworker_brings_a_lapsed_request_back(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let (id, _) = bench.verified_request(subject("ann@example.org"));
        bench.work();
        bench.take(&id, "reopen", &json!({"reason": "x"}), &token).problem(409);
        bench.take(&id, "lapse", &json!({"reason": "x"}), &token).problem(409);
        bench.take(&id, "request_clarification", &json!({"reason": "Which school?"}), &token).expect(200);
        run_day(&bench, "2026-12-07");
        run_day(&bench, "2027-02-22");
        bench.take(&id, "gather", &json!({}), &token).problem(409);
        let open = bench.take(&id, "reopen", &json!({"reason": "She phoned: she needs time."}), &token).expect(200);
        assert_eq!(open["stage"], "awaiting_clarification");
        // The whole wait begins anew: 14 days to a reminder, 90 to the lapse.
        assert_eq!(run_day(&bench, "2027-03-07").made, 0);
        assert_eq!(run_day(&bench, "2027-03-08").made, 1);
        assert_eq!(run_day(&bench, "2027-05-23").lapsed, 0);
        assert_eq!(run_day(&bench, "2027-05-24").lapsed, 1);
        // An answer that came by post brings it back and answers, in one call.
        let body = json!({"reason": "Preston.", "on": "2027-05-20"});
        let answered = bench.take(&id, "record_clarification", &body, &token).expect(200);
        assert_eq!((answered["stage"].as_str(), answered["due_on"].as_str()), (Some("verified"), Some("2027-06-21")));
        bench.work();
    }

    fn nobody_lapses_who_was_not_told(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = logged(&bench, &token, "2026-11-23", None);
        bench.take(&id, "request_clarification", &json!({"reason": "Which school?"}), &token).expect(200);
        assert_eq!(run_day(&bench, "2026-12-07").made, 1);
        assert_eq!(letters_about(&bench, "no reply from the requester"), ["dataprotection@lancashire.gov.uk"]);
        assert_eq!(run_day(&bench, "2027-12-07").lapsed, 0);
        let reminders = bench.get("/api/v1/reminders", &token).expect(200);
        assert_eq!(reminders["reminders"][0]["kind"], "requester_silent");
        // A colleague wrote by post, and takes the step by hand.
        bench.take(&id, "lapse", &json!({}), &token).problem(422);
        let lapsed = bench.take(&id, "lapse", &json!({"reason": "Written to on 8 December."}), &token).expect(200);
        assert_eq!(lapsed["stage"], "lapsed");
        bench.work();
        assert_eq!(letters_about(&bench, "We have stopped"), Vec::<String>::new());
    }

    fn proof_that_was_asked_for_is_waited_for_and_a_code_does_not_stand_in_for_it(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let id = asked(&bench);
        bench.clock.set("2026-11-25T12:00:00Z".parse().unwrap());
        fact(&bench, &id, &json!({"kind": "id_requested", "happened_on": "2026-11-24"}), &token).expect(201);
        type_new_code(&bench, &id);
        assert_eq!(case(&bench, &id, &token)["stage"], "awaiting_verification");
        assert_eq!(run_day(&bench, "2026-11-30").made, 0);
        assert_eq!(run_day(&bench, "2026-12-01").made, 1);
        assert!(bench.letters().pop().unwrap().contains("We asked you to show us something"));
        assert_eq!(run_day(&bench, "2026-12-25").lapsed, 1);
        bench.take(&id, "reopen", &json!({"reason": "The passport came."}), &token).expect(200);
        fact(&bench, &id, &json!({"kind": "id_received", "happened_on": "2026-12-22"}), &token).expect(201);
        let verified = bench.take(&id, "verify", &json!({"reason": "Passport seen."}), &token).expect(200);
        assert_eq!((verified["stage"].as_str(), verified["due_on"].as_str()), (Some("verified"), Some("2027-01-22")));
        bench.work();
    }

    fn nothing_was_asked_so_nobody_is_silent(backend) {
        let bench = bench(backend, &[]);
        let token = caseworker(&bench);
        let body = json!({"right": "access", "subject": subject("ann@example.org"), "channel": "post", "received_on": "2026-11-20"});
        bench.post_as("/api/v1/cases", &body, &token).expect(201);
        run_day(&bench, "2027-03-01");
        assert_eq!(letters_about(&bench, "We cannot go on"), Vec::<String>::new());
    }

    fn zero_turns_it_off(backend) {
        let bench = bench(backend, &[("CLOCK__LAPSE_UNVERIFIED_DAYS", "0")]);
        asked(&bench);
        run_day(&bench, "2026-11-30");
        let letter = bench.letters().into_iter().find(|l| l.contains("We sent you a code")).unwrap();
        assert!(!letter.contains("Please do this by"), "{letter}");
        assert_eq!(run_day(&bench, "2028-03-01").lapsed, 0);
    }
}
