//! What is said when nothing moves, what is refused, what a new bank holiday does, and clocks that jump.

use rightsdesk::base::Moment;
use rightsdesk::calendar::{Division, HolidayFile, Holidays};
use rightsdesk::deadline::{DeadlineError, Event, EventKind, Facts, Right, StepKind, compute, ends_at};

use super::{HOLIDAYS, access, computed, day};

#[test]
fn what_came_too_late_is_said_to_have_no_effect() {
    use EventKind::*;
    for (events, words) in [
        (vec![(ExtensionNotified, "2026-07-02")], "too late: the last day for it was 1 July 2026"),
        (vec![(ClarificationRequested, "2026-07-02")], "after our answer was due on 1 July 2026"),
        (vec![(ClarificationReceived, "2026-06-10")], "No question of ours was open"),
        (vec![(ExtensionNotified, "2026-06-10"), (ExtensionNotified, "2026-06-11")], "only once"),
    ] {
        let deadline = computed(&access("2026-06-01", &events));
        let said: Vec<_> = deadline.working.iter().filter(|s| s.step == StepKind::NoEffect).collect();
        assert_eq!(said.len(), 1, "{events:?}");
        assert!(said[0].plain.contains(words), "{}", said[0].plain);
        assert!(said[0].rule.contains("12A("), "{}", said[0].rule);
    }
}

#[test]
fn a_date_missed_before_proof_was_asked_for_is_not_hidden() {
    let late = access("2026-06-01", &[(EventKind::IdRequested, "2026-07-02"), (EventKind::IdReceived, "2026-07-10")]);
    let deadline = computed(&late);
    assert_eq!((deadline.missed_on, deadline.due), (Some(day("2026-07-01")), Some(day("2026-08-10"))));
    assert!(deadline.working.iter().any(|s| s.step == StepKind::AskedTooLate && s.plain.contains("1 July 2026")));

    let in_time =
        access("2026-06-01", &[(EventKind::IdRequested, "2026-07-01"), (EventKind::IdReceived, "2026-07-10")]);
    assert_eq!(computed(&in_time).missed_on, None);
}

#[test]
fn answers_belong_to_questions_in_the_order_in_which_they_were_asked() {
    use EventKind::*;
    let events = [
        (ClarificationRequested, "2026-06-05"),
        (ClarificationRequested, "2026-06-06"),
        (ClarificationReceived, "2026-06-08"),
        (ClarificationReceived, "2026-06-14"),
    ];
    let working = computed(&access("2026-06-01", &events)).working;
    let said: Vec<_> = working.iter().filter(|s| s.step == StepKind::Pause).map(|s| s.plain.as_str()).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("on 5 June 2026") && said[0].contains("answered on 8 June 2026"), "{}", said[0]);
    assert!(said[0].contains("takes 3 days"), "{}", said[0]);
    assert!(said[1].contains("on 6 June 2026") && said[1].contains("answered on 14 June 2026"), "{}", said[1]);
    assert!(said[1].contains("takes 6 days"), "{}", said[1]);
}

#[test]
fn a_working_names_dates_rules_and_plain_words_in_order() {
    let facts = access(
        "2026-11-25",
        &[(EventKind::ClarificationRequested, "2026-12-01"), (EventKind::ClarificationReceived, "2026-12-04")],
    );
    let text: String = computed(&facts)
        .working
        .iter()
        .map(|s| format!("{:?} {}: {} [{}]\n", s.step, s.date.map_or("-".into(), |d| d.to_string()), s.plain, s.rule))
        .collect();
    insta::assert_snapshot!(text);
}

#[test]
fn no_date_is_given_past_the_known_holidays() {
    let facts = access("2028-12-05", &[]);
    let DeadlineError::HolidaysUnknown(refusal) = compute(&facts, &Holidays::embedded()).unwrap_err() else {
        panic!("another refusal")
    };
    assert_eq!(refusal.year, 2029);
    // The last request that can be answered for: due on Friday 29 December 2028.
    assert_eq!(computed(&access("2028-11-29", &[])).due, Some(day("2028-12-29")));
    assert!(compute(&access("2028-11-30", &[]), &Holidays::embedded()).is_err());

    let newer = HOLIDAYS.replace("2028-", "2029-");
    let extended = Holidays::embedded().with_file(&HolidayFile::parse(&newer).unwrap());
    assert_eq!(compute(&facts, &extended).unwrap().due, Some(day("2029-01-05")));
}

#[test]
fn a_proclaimed_day_moves_the_cases_that_were_due_on_it_and_no_other() {
    let before = Holidays::embedded();
    let after = before.with_proclaimed(Division::EnglandAndWales, day("2026-12-23"), "Day of thanks");
    let due = |received: &str, holidays: &Holidays| compute(&access(received, &[]), holidays).unwrap().due.unwrap();
    assert_eq!((due("2026-11-23", &before), due("2026-11-23", &after)), (day("2026-12-23"), day("2026-12-24")));
    assert_eq!(due("2026-11-24", &before), due("2026-11-24", &after));
    let changes = before.difference(&after);
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].date, changes[0].title.as_str()), (day("2026-12-23"), "Day of thanks"));
}

#[test]
fn a_date_at_the_end_of_the_calendar_is_refused_and_breaks_nothing() {
    use chrono::NaiveDate;
    let ends = [NaiveDate::MIN, NaiveDate::MAX, day("0001-01-01"), day("9999-12-31")];
    for received_on in ends {
        let bare = Facts { received_on, ..access("2026-06-01", &[]) };
        assert!(compute(&bare, &Holidays::embedded()).is_err(), "{received_on}");
        assert!(
            compute(&Facts { right: Right::ComplaintAck, ..bare }, &Holidays::embedded()).is_err()
                || received_on < day("2026-06-19")
        );
    }
    for happened_on in ends {
        for kind in EventKind::ALL {
            let mut facts = access("2026-06-01", &[(EventKind::ClarificationRequested, "2026-06-10")]);
            facts.events.push(Event { kind, happened_on });
            if let Ok(deadline) = compute(&facts, &Holidays::embedded()) {
                assert!(deadline.due.is_none_or(|due| due <= day("2028-12-29")), "{kind} {happened_on}");
            }
        }
        assert!(ends_at(happened_on) >= ends_at(NaiveDate::MIN));
    }
}

#[test]
fn too_many_events_are_refused() {
    let events = vec![(EventKind::ClarificationRequested, "2026-06-02"); 1_001];
    let refusal = compute(&access("2026-06-01", &events), &Holidays::embedded()).unwrap_err();
    assert_eq!(refusal, DeadlineError::TooManyEvents { limit: 1_000 });
}

/// A request that arrives at an instant: its date is the one on the wall in London.
fn due_of_instant(at: &str) -> String {
    let received: Moment = at.parse().unwrap();
    computed(&Facts { received_on: received.london_date(), ..access("2026-06-01", &[]) }).due.unwrap().to_string()
}

#[test]
fn a_clock_that_jumps_changes_no_date() {
    for (at, due) in [
        // 25 October 2026, 01:30 in London, both times that it is 01:30; and the last second of that day.
        ("2026-10-25T00:30:00Z", "2026-11-25"),
        ("2026-10-25T01:30:00Z", "2026-11-25"),
        ("2026-10-25T23:59:59Z", "2026-11-25"),
        ("2026-10-26T00:00:00Z", "2026-11-26"),
        // 29 March 2026, either side of the hour that is not.
        ("2026-03-29T00:59:59Z", "2026-04-29"),
        ("2026-03-29T01:00:00Z", "2026-04-29"),
        // The last hour of a summer day in London is still the day before in UTC.
        ("2026-06-01T22:59:59Z", "2026-07-01"),
        ("2026-06-01T23:00:00Z", "2026-07-02"),
        // Leap day, the end of January, New Year.
        ("2028-02-29T23:59:59Z", "2028-03-29"),
        ("2028-01-31T12:00:00Z", "2028-02-29"),
        ("2027-01-31T12:00:00Z", "2027-03-01"),
        ("2026-12-31T23:59:59Z", "2027-02-01"),
        ("2027-01-01T00:00:00Z", "2027-02-01"),
    ] {
        assert_eq!(due_of_instant(at), due, "{at}");
    }
}

#[test]
fn a_due_date_lasts_to_the_end_of_its_day_in_london() {
    let due = computed(&access("2026-09-25", &[])).due.unwrap();
    assert_eq!(due, day("2026-10-26"), "25 October is a Sunday");
    assert_eq!(ends_at(due).to_string(), "2026-10-27T00:00:00.000000Z");
    assert_eq!(ends_at(day("2026-07-01")).london_date(), day("2026-07-02"));
}
