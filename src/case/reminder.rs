//! What the timer does with a case on a given day: whom it reminds of what, and when it must look again. Pure: the day is
//! a parameter, so that a jump of the clock, a restart or a second process changes nothing.

use chrono::{Days, NaiveDate};

use crate::base::words;
use crate::calendar::{Division, Holidays};
use crate::deadline::{Deadline, internal_target};

crate::id!(ReminderId, "a reminder");

words! {
    /// What a reminder is of.
    ReminderKind, "the kind of reminder" {
        /// The internal target is near.
        TargetNear = "target_near",
        /// The due date is near.
        DueNear = "due_near",
        /// The due date has passed; said again at intervals until the case is answered.
        Overdue = "overdue",
        /// The last day for a notice of extension is near, and none was given.
        ExtensionNoticeNear = "extension_notice_near",
        /// The requester has not shown who they are: a letter to them.
        VerifyReminder = "verify_reminder",
        /// The requester has not answered our question: a letter to them.
        ClarifyReminder = "clarify_reminder",
        /// The requester is silent and cannot be reminded by e-mail, so that nothing lapses by itself.
        RequesterSilent = "requester_silent",
        /// A lapsed request was reopened by a reply.
        Reopened = "reopened",
    }
}

impl ReminderKind {
    /// Those that staff see, and get by e-mail; the others are letters to the requester.
    pub const FOR_STAFF: [Self; 6] = [
        Self::TargetNear,
        Self::DueNear,
        Self::Overdue,
        Self::ExtensionNoticeNear,
        Self::RequesterSilent,
        Self::Reopened,
    ];

    /// Those that are about a date of the clock, and lose their meaning when the due date moves.
    pub const OF_THE_CLOCK: [Self; 4] = [Self::TargetNear, Self::DueNear, Self::Overdue, Self::ExtensionNoticeNear];

    /// True if this goes to staff.
    #[must_use]
    pub fn is_for_staff(self) -> bool {
        Self::FOR_STAFF.contains(&self)
    }
}

/// When reminders are made. A lead is a number of working days before the date; 0 of anything turns it off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// The internal target, in days from the relevant time.
    pub target_days: u32,
    /// Working days before the internal target.
    pub target_lead: u32,
    /// Working days before the due date.
    pub due_lead: u32,
    /// Working days before the last day for a notice of extension.
    pub notice_lead: u32,
    /// Days between two escalations of one overdue case.
    pub escalate_every: u32,
    /// Requesters who do not show who they are.
    pub unverified: Patience,
    /// Requesters who do not answer a question.
    pub unclarified: Patience,
}

/// How long we wait for a silent requester. Both numbers count from the day on which we asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Days after which they are reminded; 0 for never.
    pub remind_days: u32,
    /// Days after which the request lapses; 0 for never.
    pub lapse_days: u32,
}

/// A reminder to be made, once for its kind and date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What it is of.
    pub kind: ReminderKind,
    /// The date that it is about.
    pub about_on: NaiveDate,
}

/// What is to be done today, and when to look again if nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Reminders that should exist by now.
    pub now: Vec<Due>,
    /// The next day on which one falls due.
    pub next: Option<NaiveDate>,
}

impl Plan {
    /// Notes a date on which to look again; the earliest counts.
    pub fn look_again(&mut self, on: Option<NaiveDate>) {
        self.next = match (self.next, on) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// `kind` about `date`, from `lead` working days before it until the date itself.
    fn near(&mut self, kind: ReminderKind, date: Option<NaiveDate>, lead: u32, world: &World<'_>, today: NaiveDate) {
        let Some(date) = date.filter(|date| lead > 0 && *date >= today) else { return };
        // The date was computed within the known years. Should the lead leave them, calendar days do as well: it is when
        // a colleague is reminded, not when an answer is due.
        let from = world.holidays.working_days_before(world.division, date, lead).ok();
        let from = from.or_else(|| date.checked_sub_days(Days::new(u64::from(lead)))).unwrap_or(date);
        if from <= today {
            self.now.push(Due { kind, about_on: date });
        } else {
            self.look_again(Some(from));
        }
    }
}

/// Whose working days count.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The known bank holidays.
    pub holidays: &'a Holidays,
    /// Where the controller acts.
    pub division: Division,
}

/// The reminders of an open case's dates.
#[must_use]
pub fn plan(deadline: &Deadline, rhythm: &Rhythm, world: &World<'_>, today: NaiveDate) -> Plan {
    let mut plan = Plan::default();
    let target = internal_target(deadline, rhythm.target_days).filter(|target| Some(*target) != deadline.due);
    plan.near(ReminderKind::TargetNear, target, rhythm.target_lead, world, today);
    plan.near(ReminderKind::DueNear, deadline.due, rhythm.due_lead, world, today);
    let notice = deadline.extension_notice_by.filter(|_| deadline.extended_on.is_none());
    plan.near(ReminderKind::ExtensionNoticeNear, notice, rhythm.notice_lead, world, today);
    // A date that was missed stays missed, though the statute then moved the due date.
    if let Some(since) = deadline.missed_on.or(deadline.due) {
        overdue(&mut plan, since, rhythm.escalate_every, today);
    }
    plan
}

/// An escalation on the day after `due`, and again every `every` days. After a standstill only the newest is made.
fn overdue(plan: &mut Plan, due: NaiveDate, every: u32, today: NaiveDate) {
    let Some(first) = due.succ_opt() else { return };
    let Ok(late) = u64::try_from((today - first).num_days()) else {
        plan.look_again(Some(first));
        return;
    };
    let every = u64::from(every);
    let rounds = late.checked_div(every).unwrap_or(0);
    let Some(newest) = first.checked_add_days(Days::new(rounds * every)) else { return };
    plan.now.push(Due { kind: ReminderKind::Overdue, about_on: newest });
    if every > 0 {
        plan.look_again(newest.checked_add_days(Days::new(every)));
    }
}

/// The letter that told a silent requester when the request lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The last day for a reply, as the letter says; none if the request never lapses.
    pub lapses_on: Option<NaiveDate>,
    /// True once the letter was handed to the post.
    pub sent: bool,
}

/// What is to be done about a silent requester.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Nothing before this day; nothing ever, if none.
    Wait(Option<NaiveDate>),
    /// Write to them: the letter says until when they can reply.
    Remind {
        /// The last day for a reply; none if the request never lapses.
        lapses_on: Option<NaiveDate>,
    },
    /// They were told and did not reply: the request lapses.
    Lapse,
    /// They cannot be told by e-mail: a colleague must write or phone.
    TellStaff,
}

/// What is to be done on `today` about a requester who was asked on `since`. Nothing lapses of which the requester was not
/// told, and nobody who has no e-mail address is taken for told.
#[must_use]
pub fn silence(since: NaiveDate, patience: Patience, told: Option<Told>, by_email: bool, today: NaiveDate) -> Silence {
    let after = |days: u32| since.checked_add_days(Days::new(u64::from(days)));
    if patience.remind_days == 0 {
        return Silence::Wait(None);
    }
    let lapses_on = last_day(since, patience, today);
    match told {
        None => match after(patience.remind_days) {
            Some(on) if on > today => Silence::Wait(Some(on)),
            _ if by_email => Silence::Remind { lapses_on },
            _ => Silence::TellStaff,
        },
        // The setting counts as well as the letter: whoever turns the lapse off means the requests that wait, too.
        Some(told) => match told.lapses_on.filter(|_| patience.lapse_days > 0) {
            None => Silence::Wait(None),
            Some(last) if last >= today => Silence::Wait(last.succ_opt()),
            Some(_) if told.sent => Silence::Lapse,
            Some(_) => Silence::TellStaff,
        },
    }
}

/// The last day for a reply to a reminder that is sent on `today`: `lapse_days` after we asked, and never less time than lies
/// between the reminder and the lapse when all goes as planned. None if nothing lapses.
#[must_use]
pub fn last_day(since: NaiveDate, patience: Patience, today: NaiveDate) -> Option<NaiveDate> {
    if patience.lapse_days == 0 {
        return None;
    }
    let grace = patience.lapse_days.saturating_sub(patience.remind_days);
    let planned = since.checked_add_days(Days::new(u64::from(patience.lapse_days)))?;
    Some(planned.max(today.checked_add_days(Days::new(u64::from(grace)))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{Event, EventKind, Facts, Regime, Right, compute};

    const RHYTHM: Rhythm = Rhythm {
        target_days: 21,
        target_lead: 3,
        due_lead: 2,
        notice_lead: 5,
        escalate_every: 7,
        unverified: Patience { remind_days: 7, lapse_days: 30 },
        unclarified: Patience { remind_days: 14, lapse_days: 90 },
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn deadline(received: &str, events: &[(EventKind, &str)]) -> Deadline {
        let facts = Facts {
            right: Right::Access,
            regime: Regime::UkGdpr,
            division: Division::EnglandAndWales,
            received_on: day(received),
            events: events.iter().map(|(kind, on)| Event { kind: *kind, happened_on: day(on) }).collect(),
        };
        compute(&facts, &Holidays::embedded()).unwrap()
    }

    fn on(deadline: &Deadline, today: &str) -> (Vec<(&'static str, String)>, Option<String>) {
        let world = World { holidays: &Holidays::embedded(), division: Division::EnglandAndWales };
        let plan = plan(deadline, &RHYTHM, &world, day(today));
        let now = plan.now.iter().map(|due| (due.kind.as_str(), due.about_on.to_string())).collect();
        (now, plan.next.map(|date| date.to_string()))
    }

    #[test]
    fn each_date_is_announced_from_its_lead_until_it_passes() {
        // Received on 23 November: target 14 December, due and notice 23 December.
        let clock = deadline("2026-11-23", &[]);
        for (today, now, next) in [
            ("2026-11-23", vec![], Some("2026-12-09")),
            ("2026-12-09", vec![("target_near", "2026-12-14")], Some("2026-12-16")),
            ("2026-12-16", vec![("extension_notice_near", "2026-12-23")], Some("2026-12-21")),
            (
                "2026-12-23",
                vec![("due_near", "2026-12-23"), ("extension_notice_near", "2026-12-23")],
                Some("2026-12-24"),
            ),
            ("2026-12-24", vec![("overdue", "2026-12-24")], Some("2026-12-31")),
            ("2026-12-30", vec![("overdue", "2026-12-24")], Some("2026-12-31")),
            ("2027-01-20", vec![("overdue", "2027-01-14")], Some("2027-01-21")),
        ] {
            let now = now.into_iter().map(|(kind, on)| (kind, on.to_owned())).collect();
            assert_eq!(on(&clock, today), (now, next.map(str::to_owned)), "{today}");
        }
    }

    #[test]
    fn an_extended_case_needs_no_notice_and_a_paused_one_no_date() {
        let extended = deadline("2026-11-23", &[(EventKind::ExtensionNotified, "2026-12-10")]);
        assert_eq!(on(&extended, "2026-12-18").0, vec![]);
        let paused = deadline("2026-11-23", &[(EventKind::ClarificationRequested, "2026-11-25")]);
        assert_eq!(on(&paused, "2027-06-01"), (vec![], None));
    }

    #[test]
    fn a_missed_date_escalates_though_the_clock_stands_still() {
        let missed = deadline("2026-09-01", &[(EventKind::IdRequested, "2026-11-02")]);
        assert_eq!(missed.due, None);
        assert_eq!(missed.missed_on, Some(day("2026-10-01")));
        assert_eq!(on(&missed, "2026-11-02").0, vec![("overdue", "2026-10-30".to_owned())]);
    }

    #[test]
    fn nothing_lapses_that_was_not_told() {
        let patience = RHYTHM.unverified;
        let since = day("2026-11-01");
        let told = |lapses_on: &str, sent| Some(Told { lapses_on: Some(day(lapses_on)), sent });
        for (told, by_email, today, expected) in [
            (None, true, "2026-11-07", Silence::Wait(Some(day("2026-11-08")))),
            (None, true, "2026-11-08", Silence::Remind { lapses_on: Some(day("2026-12-01")) }),
            // After a standstill of the desk they still get their 23 days.
            (None, true, "2027-02-01", Silence::Remind { lapses_on: Some(day("2027-02-24")) }),
            (None, false, "2027-02-01", Silence::TellStaff),
            (told("2026-12-01", true), true, "2026-12-01", Silence::Wait(Some(day("2026-12-02")))),
            (told("2026-12-01", true), true, "2026-12-02", Silence::Lapse),
            (told("2026-12-01", false), true, "2026-12-02", Silence::TellStaff),
            (Some(Told { lapses_on: None, sent: true }), true, "2027-12-02", Silence::Wait(None)),
        ] {
            assert_eq!(silence(since, patience, told, by_email, day(today)), expected, "{told:?} {today}");
        }
        let never = Patience { remind_days: 7, lapse_days: 0 };
        assert_eq!(silence(since, never, told("2026-12-01", true), true, day("2027-01-01")), Silence::Wait(None));
        assert_eq!(silence(since, never, None, true, day("2026-11-08")), Silence::Remind { lapses_on: None });
        let off = Patience { remind_days: 0, lapse_days: 0 };
        assert_eq!(silence(since, off, None, true, day("2027-01-01")), Silence::Wait(None));
    }
}
