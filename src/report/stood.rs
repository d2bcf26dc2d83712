//! One case as it stood at a moment: from its history to its line in the report.

use chrono::NaiveDate;

use super::case_line::Line;
use super::history::{Complaint, History, How, LateReason};
use super::period::AsAt;
use crate::base::words;
use crate::calendar::{Division, Holidays};
use crate::deadline::{Dates, DeadlineError, FactKind, Regime, Right, State, dates, facts_as_known_at, waiting_for};

words! {
    /// What the clock of a case does.
    ClockState, "the clock's state" {
        /// It runs.
        Running = "running",
        /// Proof or a fee that was asked for is outstanding.
        NotStarted = "not_started",
        /// A question to the requester is outstanding.
        Paused = "paused",
        /// The law sets no date.
        NoStatutoryDeadline = "no_statutory_deadline",
        /// A date lies past the bank holidays known then.
        NotComputable = "not_computable",
    }
}

words! {
    /// Whether a case is or was in time.
    Timing, "the timing" {
        /// Closed no later than it was due, or while nothing was due.
        ClosedInTime = "closed_in_time",
        /// Closed after it was due.
        ClosedLate = "closed_late",
        /// Open, and not past its due date.
        OpenInTime = "open_in_time",
        /// Open, and past its due date.
        Overdue = "overdue",
        /// Without a date in law, or one that could be computed.
        NoDeadline = "no_deadline",
    }
}

words! {
    /// Why a case is late: what a caseworker recorded, else what its clock shows.
    WhyLate, "the reason" {
        /// As recorded: more to read than the time allows.
        Volume = "volume",
        /// As recorded: hard to answer.
        Complexity = "complexity",
        /// As recorded: others had to be consulted.
        Consultation = "consultation",
        /// As recorded: a department or supplier was slow.
        Source = "source",
        /// As recorded: not enough people.
        Staffing = "staffing",
        /// As recorded: a system did not work.
        System = "system",
        /// As recorded: it waited for its sign-off.
        SignOff = "sign_off",
        /// As recorded: it reached the team late.
        Misdirected = "misdirected",
        /// As recorded: something else.
        Other = "other",
        /// By the clock: proof or a fee was asked for only after the due date had passed.
        AskedTooLate = "asked_too_late",
        /// By the clock: the notice of an extension came too late to count.
        LateNotice = "late_notice",
        /// By the clock: a question to the requester was asked too late to count.
        LateQuestion = "late_question",
        /// By the clock: late on the shorter count that we use, in time on the literal reading of Art. 12A(5)(b).
        LiteralReading = "literal_reading",
        /// Nothing recorded says why.
        NotRecorded = "not_recorded",
    }
}

impl WhyLate {
    /// In words.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::Volume => "More to read than the time allows",
            Self::Complexity => "Hard to answer",
            Self::Consultation => "Others had to be consulted",
            Self::Source => "A department or supplier was slow to hand over what it holds",
            Self::Staffing => "Not enough people",
            Self::System => "A system did not work",
            Self::SignOff => "It waited for its sign-off",
            Self::Misdirected => "It reached the team late from elsewhere in the organisation",
            Self::Other => "Something else, said in the case",
            Self::AskedTooLate => "Proof or a fee was asked for only after the due date (by the clock)",
            Self::LateNotice => "The notice of an extension came too late to count (by the clock)",
            Self::LateQuestion => "A question to the requester came too late to count (by the clock)",
            Self::LiteralReading => "In time on the literal reading of Art. 12A(5)(b) (by the clock)",
            Self::NotRecorded => "Nobody has recorded why",
        }
    }
}

/// What a case is read under.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// The bank holidays known at that moment.
    pub holidays: &'a Holidays,
    /// Whose bank holidays count.
    pub division: Division,
    /// The team of a case that was given to none.
    pub default_team: &'a str,
}

/// The case as it stood at `as_at`; none if it was not on record then.
#[must_use]
pub fn stood(history: History, as_at: &AsAt, law: &Law<'_>) -> Option<Line> {
    let known = facts_as_known_at(&history.facts, as_at.moment);
    let facts = known.under(history.right, Regime::default(), law.division)?;
    let recorded_at = history.facts.iter().filter(|f| f.kind == FactKind::Received).map(|f| f.recorded_at).min()?;
    let clock = dates(&facts, law.holidays);
    let last = history.endings.into_iter().rfind(|ending| ending.at <= as_at.moment);
    let ending = last.filter(|ending| ending.how != How::Reopened);
    let closed_on = ending.as_ref().map(|ending| ending.at.london_date());
    let complaint = history.complaint.map(|complaint| complaint.known_at(as_at));
    let acknowledged_on = complaint.and_then(|c| c.acknowledged_at).map(|at| at.london_date());
    let done_on = if history.right == Right::ComplaintAck { acknowledged_on.or(closed_on) } else { closed_on };
    let deadline_on = clock.as_ref().ok().and_then(|dates| dates.missed_on.or(dates.due));
    let (timing, late_days) = timing(clock.as_ref().ok(), deadline_on, closed_on.is_some(), done_on, as_at.today);
    let late = matches!(timing, Timing::ClosedLate | Timing::Overdue);
    let recorded = history.late_reasons.iter().rfind(|given| given.at <= as_at.moment).map(|given| given.reason);
    let why_late = late.then(|| why(recorded, clock.as_ref().ok(), done_on));
    let team = history.teams.into_iter().rfind(|given| given.at <= as_at.moment).map(|given| given.team);
    let waiting = waiting_for(&facts);
    let state = state(&clock);
    let clock = clock.ok();
    let (how, code, withheld) = match ending {
        Some(ending) => (Some(ending.how), ending.code, ending.withheld),
        None => (None, None, Vec::new()),
    };
    Some(Line {
        case: history.case,
        reference: history.reference,
        right: history.right,
        channel: history.channel,
        requester: history.requester,
        team: team.unwrap_or_else(|| law.default_team.to_owned()),
        received_on: facts.received_on,
        logged_on: recorded_at.london_date(),
        relevant_on: clock.as_ref().and_then(|dates| dates.relevant_on),
        pause_days: clock.as_ref().map_or(0, |dates| dates.pause_days),
        extended_on: clock.as_ref().and_then(|dates| dates.extended_on),
        due_on: clock.as_ref().and_then(|dates| dates.due),
        statutory_latest: clock.as_ref().and_then(|dates| dates.statutory_latest),
        missed_on: clock.as_ref().and_then(|dates| dates.missed_on),
        state,
        waiting,
        how,
        code,
        withheld,
        closed_on,
        days: days_between(facts.received_on, closed_on.unwrap_or(as_at.today)),
        timing,
        late_days,
        in_literal_time: in_literal_time(clock.as_ref(), done_on),
        why_late,
        acknowledged_on,
        upheld: complaint.and_then(|c| c.outcome).map(|(_, upheld)| upheld),
    })
}

impl Complaint {
    fn known_at(self, as_at: &AsAt) -> Self {
        Self {
            acknowledged_at: self.acknowledged_at.filter(|at| *at <= as_at.moment),
            outcome: self.outcome.filter(|(at, _)| *at <= as_at.moment),
        }
    }
}

/// Whole days from `from` to `to`; 0 if that lies before.
fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

fn state(clock: &Result<Dates, DeadlineError>) -> ClockState {
    match clock.as_ref().map(|dates| dates.state) {
        Ok(State::Running) => ClockState::Running,
        Ok(State::NotStarted) => ClockState::NotStarted,
        Ok(State::Paused) => ClockState::Paused,
        Ok(State::NoStatutoryDeadline) => ClockState::NoStatutoryDeadline,
        Err(_) => ClockState::NotComputable,
    }
}

/// Whether it is or was in time, and by how many days it is late.
fn timing(
    clock: Option<&Dates>,
    deadline_on: Option<NaiveDate>,
    closed: bool,
    done_on: Option<NaiveDate>,
    today: NaiveDate,
) -> (Timing, u64) {
    if clock.is_none_or(|dates| dates.state == State::NoStatutoryDeadline) {
        return (Timing::NoDeadline, 0);
    }
    let late_days = deadline_on.map_or(0, |deadline| days_between(deadline, done_on.unwrap_or(today)));
    let timing = match (closed, late_days > 0) {
        (true, false) => Timing::ClosedInTime,
        (true, true) => Timing::ClosedLate,
        (false, false) => Timing::OpenInTime,
        (false, true) => Timing::Overdue,
    };
    (timing, late_days)
}

fn in_literal_time(clock: Option<&Dates>, done_on: Option<NaiveDate>) -> bool {
    clock.is_some_and(|dates| dates.missed_on.is_none() && dates.due < done_on && done_on <= dates.statutory_latest)
}

fn why(recorded: Option<LateReason>, clock: Option<&Dates>, done_on: Option<NaiveDate>) -> WhyLate {
    if let Some(reason) = recorded {
        return match reason {
            LateReason::Volume => WhyLate::Volume,
            LateReason::Complexity => WhyLate::Complexity,
            LateReason::Consultation => WhyLate::Consultation,
            LateReason::Source => WhyLate::Source,
            LateReason::Staffing => WhyLate::Staffing,
            LateReason::System => WhyLate::System,
            LateReason::SignOff => WhyLate::SignOff,
            LateReason::Misdirected => WhyLate::Misdirected,
            LateReason::Other => WhyLate::Other,
        };
    }
    match clock {
        Some(dates) if dates.missed_on.is_some() => WhyLate::AskedTooLate,
        Some(dates) if dates.late_notice_on.is_some() => WhyLate::LateNotice,
        Some(dates) if dates.late_question_on.is_some() => WhyLate::LateQuestion,
        Some(_) if in_literal_time(clock, done_on) => WhyLate::LiteralReading,
        Some(_) | None => WhyLate::NotRecorded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Moment;
    use crate::case::{Channel, Relationship};
    use crate::deadline::{EventKind, Fact, FactId};
    use crate::report::{Ending, LateReasonGiven, TeamGiven};

    fn fact(kind: FactKind, on: &str) -> Fact {
        let happened_on: NaiveDate = on.parse().unwrap();
        let recorded_at = Moment::from_naive_utc(happened_on.and_hms_opt(12, 0, 0).unwrap());
        Fact { id: FactId::new(), kind, happened_on, recorded_at, corrects: None }
    }

    fn history(events: &[(EventKind, &str)]) -> History {
        let mut facts = vec![fact(FactKind::Received, "2026-03-02")];
        facts.extend(events.iter().map(|(kind, on)| fact(FactKind::Event(*kind), on)));
        History {
            case: "c".into(),
            reference: "DR-2026-000001".into(),
            right: Right::Access,
            channel: Channel::Post,
            requester: Relationship::Myself,
            facts,
            endings: vec![],
            teams: vec![],
            late_reasons: vec![],
            complaint: None,
        }
    }

    fn ended(how: How, at: &str) -> Ending {
        Ending { at: at.parse().unwrap(), how, code: None, withheld: vec![] }
    }

    fn read(history: &History, day: &str) -> Option<Line> {
        let law = Law {
            holidays: &Holidays::embedded(),
            division: Division::EnglandAndWales,
            default_team: "Information Governance",
        };
        stood(history.clone(), &AsAt::end_of(day.parse().unwrap()), &law)
    }

    #[test]
    fn a_case_is_replayed_day_by_day() {
        let mut case = history(&[]);
        case.endings = vec![
            ended(How::Released, "2026-04-07T10:00:00Z"),
            ended(How::Reopened, "2026-04-10T10:00:00Z"),
            ended(How::Released, "2026-04-13T22:30:00Z"),
        ];
        case.teams = vec![TeamGiven { at: "2026-03-05T00:00:00Z".parse().unwrap(), team: "Children".into() }];
        let shown = |day: &str| {
            read(&case, day).map(|line| (line.timing, line.late_days, line.days, line.team.clone(), line.is_open()))
        };
        let central = || "Information Governance".to_owned();
        let children = || "Children".to_owned();
        assert_eq!(shown("2026-03-01"), None);
        assert_eq!(shown("2026-03-02"), Some((Timing::OpenInTime, 0, 0, central(), true)));
        assert_eq!(shown("2026-04-02"), Some((Timing::OpenInTime, 0, 31, children(), true)));
        assert_eq!(shown("2026-04-03"), Some((Timing::Overdue, 1, 32, children(), true)));
        assert_eq!(shown("2026-04-07"), Some((Timing::ClosedLate, 5, 36, children(), false)));
        assert_eq!(shown("2026-04-11"), Some((Timing::Overdue, 9, 40, children(), true)));
        // Half past eleven at night in London is still the same day.
        assert_eq!(shown("2026-04-13"), Some((Timing::ClosedLate, 11, 42, children(), false)));
        assert_eq!(shown("2027-01-01"), Some((Timing::ClosedLate, 11, 42, children(), false)));
    }

    #[test]
    fn what_stands_still_is_not_overdue_and_is_in_time_when_it_ends() {
        for (event, state) in
            [(EventKind::IdRequested, ClockState::NotStarted), (EventKind::ClarificationRequested, ClockState::Paused)]
        {
            let mut case = history(&[(event, "2026-03-05")]);
            let line = read(&case, "2026-09-01").unwrap();
            assert_eq!((line.state, line.timing, line.due_on), (state, Timing::OpenInTime, None));
            case.endings = vec![ended(How::Lapsed, "2026-07-01T10:00:00Z")];
            assert_eq!(read(&case, "2026-09-01").unwrap().timing, Timing::ClosedInTime);
        }
    }

    #[test]
    fn why_it_is_late_is_what_was_recorded_or_what_the_clock_shows() {
        let late = |events: &[(EventKind, &str)], ended_at: &str| {
            let mut case = history(events);
            case.endings = vec![ended(How::Released, ended_at)];
            case
        };
        let why = |case: &History| read(case, "2026-12-31").unwrap().why_late;
        assert_eq!(why(&late(&[], "2026-04-02T10:00:00Z")), None);
        let mut case = late(&[], "2026-04-03T10:00:00Z");
        assert_eq!(why(&case), Some(WhyLate::NotRecorded));
        case.late_reasons =
            vec![LateReasonGiven { at: "2026-05-01T10:00:00Z".parse().unwrap(), reason: LateReason::Staffing }];
        assert_eq!(why(&case), Some(WhyLate::Staffing));
        assert_eq!(read(&case, "2026-04-30").unwrap().why_late, Some(WhyLate::NotRecorded));
        let notice = [(EventKind::ExtensionNotified, "2026-04-08")];
        assert_eq!(why(&late(&notice, "2026-05-01T10:00:00Z")), Some(WhyLate::LateNotice));
        let question = [(EventKind::ClarificationRequested, "2026-04-08")];
        assert_eq!(why(&late(&question, "2026-05-01T10:00:00Z")), Some(WhyLate::LateQuestion));
        let proof = [(EventKind::IdRequested, "2026-04-08"), (EventKind::IdReceived, "2026-04-09")];
        let line = read(&late(&proof, "2026-04-20T10:00:00Z"), "2026-12-31").unwrap();
        assert_eq!((line.why_late, line.late_days), (Some(WhyLate::AskedTooLate), 18));
        // Asked on 9 March, answered on 12 March: three days on our count, four on the literal one.
        let pause =
            [(EventKind::ClarificationRequested, "2026-03-09"), (EventKind::ClarificationReceived, "2026-03-12")];
        let line = read(&late(&pause, "2026-04-08T10:00:00Z"), "2026-12-31").unwrap();
        assert_eq!((line.due_on, line.timing), (Some("2026-04-07".parse().unwrap()), Timing::ClosedLate));
    }

    #[test]
    fn a_complaint_is_in_time_when_it_was_acknowledged_in_time() {
        let mut case = history(&[]);
        case.right = Right::ComplaintAck;
        case.facts = vec![fact(FactKind::Received, "2026-07-01")];
        assert_eq!(read(&case, "2026-08-03").unwrap().timing, Timing::Overdue);
        case.complaint =
            Some(Complaint { acknowledged_at: Some("2026-07-20T10:00:00Z".parse().unwrap()), outcome: None });
        assert_eq!(read(&case, "2026-08-03").unwrap().timing, Timing::OpenInTime);
        assert_eq!(read(&case, "2026-07-19").unwrap().acknowledged_on, None);
        case.endings = vec![ended(How::Released, "2026-12-01T10:00:00Z")];
        assert_eq!(read(&case, "2026-12-31").unwrap().timing, Timing::ClosedInTime);
    }

    #[test]
    fn a_date_past_the_known_bank_holidays_is_said_and_not_guessed() {
        let mut case = history(&[]);
        case.facts = vec![fact(FactKind::Received, "2028-12-20")];
        let line = read(&case, "2029-03-01").unwrap();
        assert_eq!((line.state, line.timing, line.due_on), (ClockState::NotComputable, Timing::NoDeadline, None));
    }
}
