//! What holds for every case, and agreement with the day-walking reference.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rightsdesk::base::Moment;
use rightsdesk::calendar::{Division, Holidays};
use rightsdesk::deadline::{
    Deadline, DeadlineError, Event, EventKind, Fact, FactId, FactKind, Facts, Regime, Right, State, compute,
    facts_as_known_at,
};

use super::reference::{Walker, Wall};
use super::{HOLIDAYS, access, case, day, verdict};

fn date_between(from: &str, to: &str) -> impl Strategy<Value = NaiveDate> {
    let from = day(from);
    let span = day(to).signed_duration_since(from).num_days() as u64;
    (0..=span).prop_map(move |days| from + Days::new(days))
}

fn shifted(from: NaiveDate, by: i64) -> NaiveDate {
    from + chrono::TimeDelta::days(by)
}

/// What a busy and untidy case might hold: things asked for and met, questions answered or not, notices, and
/// strays, some dated before the request.
fn untidy_events() -> impl Strategy<Value = Vec<(EventKind, i64)>> {
    use EventKind::*;
    let pairs = [
        (IdRequested, IdReceived),
        (AuthorityRequested, AuthorityReceived),
        (FeeRequested, FeePaid),
        (ClarificationRequested, ClarificationReceived),
    ];
    let start = (0..3usize, -5..40i64, prop::option::weighted(0.85, 0..30i64));
    let question = (-5..130i64, prop::option::weighted(0.9, 0..45i64));
    let notice = -5..130i64;
    let stray = (prop::sample::select(EventKind::ALL.to_vec()), -10..150i64);
    (
        prop::collection::vec(start, 0..3),
        prop::collection::vec(question, 0..5),
        prop::collection::vec(notice, 0..3),
        prop::option::weighted(0.2, stray),
    )
        .prop_map(move |(starts, questions, notices, stray)| {
            let mut events = Vec::new();
            let questions = questions.into_iter().map(|(asked, length)| (3, asked, length));
            for (pair, asked, length) in starts.into_iter().chain(questions) {
                events.push((pairs[pair].0, asked));
                events.extend(length.map(|length| (pairs[pair].1, asked + length)));
            }
            events.extend(notices.into_iter().map(|on| (ExtensionNotified, on)));
            events.extend(stray);
            events
        })
        .prop_shuffle()
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let right = prop_oneof![3 => Just(Right::Access), 2 => prop::sample::select(Right::ALL.to_vec())];
    let regime = prop_oneof![3 => Just(Regime::UkGdpr), 1 => prop::sample::select(Regime::ALL.to_vec())];
    let received =
        prop_oneof![1 => date_between("2018-01-01", "2028-12-31"), 2 => date_between("2026-01-15", "2028-12-31")];
    (right, regime, prop::sample::select(Division::ALL.to_vec()), received, untidy_events()).prop_map(
        |(right, regime, division, received_on, events)| Facts {
            right,
            regime,
            division,
            received_on,
            events: events
                .into_iter()
                .map(|(kind, by)| Event { kind, happened_on: shifted(received_on, by) })
                .collect(),
        },
    )
}

thread_local! {
    static WALL: Wall = Wall::hang(HOLIDAYS);
    static EMBEDDED: Holidays = Holidays::embedded();
}

fn try_compute(facts: &Facts) -> Result<Deadline, DeadlineError> {
    EMBEDDED.with(|holidays| compute(facts, holidays))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn the_program_agrees_with_the_reference(facts in any_facts()) {
        WALL.with(|wall| {
            let case = case(&facts);
            let mut walker = Walker::new(wall, &case);
            let expected = walker.verdict();
            match try_compute(&facts) {
                Ok(deadline) => {
                    prop_assert_eq!(verdict(&deadline), expected.clone());
                    let refused = expected.latest.is_some_and(|latest| latest.as_str() > "2028-12-31");
                    prop_assert!(!refused, "a date past the known holidays was given");
                }
                // A refusal is right only if the way there left the known years. What was missed earlier is looked
                // at too, so a wall that was not left may still be left by a case without its proof.
                Err(DeadlineError::HolidaysUnknown(refusal)) => {
                    prop_assert_eq!(refusal.year, 2029);
                    let asked_for_more = facts.events.iter().any(|e| matches!(e.kind,
                        EventKind::IdRequested | EventKind::AuthorityRequested | EventKind::FeeRequested));
                    prop_assert!(walker.past_the_wall || asked_for_more);
                }
                Err(other) => prop_assert!(false, "{other}"),
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_due_date_is_a_working_day_between_the_relevant_time_and_the_latest(facts in any_facts()) {
        let Ok(deadline) = try_compute(&facts) else { return Ok(()) };
        prop_assert_eq!(deadline.due.is_some(), deadline.state == State::Running);
        prop_assert_eq!(deadline.due.is_some(), deadline.statutory_latest.is_some());
        if let (Some(due), Some(latest), Some(relevant)) = (deadline.due, deadline.statutory_latest, deadline.relevant_on) {
            prop_assert!(relevant >= facts.received_on && relevant < due && due <= latest);
            EMBEDDED.with(|holidays| {
                for date in [Some(due), Some(latest), deadline.extension_notice_by].into_iter().flatten() {
                    prop_assert!(holidays.is_working_day(facts.division, date).unwrap());
                }
                Ok(())
            })?;
        }
    }

    #[test]
    fn the_order_of_the_events_and_the_repetition_change_nothing(
        (facts, shuffled) in any_facts().prop_flat_map(|facts| {
            let events = Just(facts.events.clone()).prop_shuffle();
            (Just(facts), events)
        })
    ) {
        let other = Facts { events: shuffled, ..facts.clone() };
        prop_assert_eq!(try_compute(&facts), try_compute(&facts));
        prop_assert_eq!(try_compute(&facts), try_compute(&other));
    }

    #[test]
    fn a_longer_pause_never_gives_an_earlier_date(
        received in date_between("2026-02-05", "2028-02-28"),
        pauses in prop::collection::vec((0..60i64, 0..25i64), 1..4),
        which in any::<prop::sample::Index>(),
        longer in 1..40i64,
        notice in prop::option::of(0..60i64),
    ) {
        let with = |pauses: &[(i64, i64)]| {
            let mut events: Vec<Event> = pauses.iter().flat_map(|(asked, length)| [
                Event { kind: EventKind::ClarificationRequested, happened_on: shifted(received, *asked) },
                Event { kind: EventKind::ClarificationReceived, happened_on: shifted(received, asked + length) },
            ]).collect();
            events.extend(notice.map(|on| Event { kind: EventKind::ExtensionNotified, happened_on: shifted(received, on) }));
            let deadline = try_compute(&Facts { events, received_on: received, ..access("2026-06-01", &[]) }).unwrap();
            (deadline.due, deadline.statutory_latest)
        };
        let shorter = with(&pauses);
        let mut stretched = pauses.clone();
        stretched[which.index(pauses.len())].1 += longer;
        let stretched = with(&stretched);
        prop_assert!(shorter.0 <= stretched.0 && shorter.1 <= stretched.1, "{shorter:?} {stretched:?}");
    }

    #[test]
    fn notice_works_to_the_last_day_that_was_shown_and_not_a_day_longer(
        facts in any_facts().prop_filter("a clock that has not been extended", |facts| {
            facts.received_on < day("2028-04-01") && facts.events.iter().all(|e| e.kind != EventKind::ExtensionNotified)
        })
    ) {
        let Ok(deadline) = try_compute(&facts) else { return Ok(()) };
        let Some(last) = deadline.extension_notice_by else { return Ok(()) };
        let with = |on| {
            let mut facts = facts.clone();
            facts.events.push(Event { kind: EventKind::ExtensionNotified, happened_on: on });
            try_compute(&facts).unwrap()
        };
        prop_assert_eq!(with(last).extended_on, Some(last));
        let late = with(last.succ_opt().unwrap());
        let asked_late = facts.events.iter().any(|e| e.kind == EventKind::ClarificationReceived && e.happened_on > last);
        if !asked_late {
            prop_assert_eq!((late.extended_on, late.due), (None, deadline.due));
        }
    }

    #[test]
    fn a_replay_of_recorded_facts_gives_what_was_shown_then(
        facts in any_facts(),
        order in prop::collection::vec(any::<u16>(), 16),
        moment in 0..20i64,
    ) {
        // Record the receipt and each event an hour apart, in an order that is not that of their dates.
        let noon: Moment = "2026-11-23T12:00:00Z".parse().unwrap();
        let hour = |n: i64| noon.plus(chrono::TimeDelta::hours(n));
        let mut stated = vec![(FactKind::Received, facts.received_on)];
        stated.extend(facts.events.iter().map(|e| (FactKind::Event(e.kind), e.happened_on)));
        let recorded: Vec<Fact> = stated.iter().enumerate().map(|(n, (kind, happened_on))| Fact {
            id: FactId::new(),
            kind: *kind,
            happened_on: *happened_on,
            recorded_at: hour(n as i64),
            corrects: None,
        }).collect();
        let mut stored = recorded.clone();
        stored.sort_by_key(|fact| order[fact.recorded_at.unix_seconds() as usize % order.len()]);
        let replayed = facts_as_known_at(&stored, hour(moment)).under(facts.right, facts.regime, facts.division);
        let known = usize::try_from(moment).unwrap().min(facts.events.len());
        let then = Facts { events: facts.events[..known].to_vec(), ..facts.clone() };
        prop_assert_eq!(try_compute(&replayed.unwrap()), try_compute(&then));
    }
}
