//! The timer: finds the open cases in which something has fallen due, and makes each reminder once.
//!
//! Every worker process runs it. What is due is decided by the London date alone, and a reminder is made by inserting a row
//! with a unique key in the transaction that queues its e-mail: a second process, a restart or a clock that jumps finds the
//! row and does nothing.

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::calendar::add_days;
use crate::case::{CaseId, Patience, Plan, ReminderId, ReminderKind, Silence, Stage, Told, World, plan, silence};
use crate::deadline::{Facts, proof_asked_on, question_asked_on};
use crate::store::{
    CaseRow, Conn, StoreError, audit_append, case_for_change, case_update, cases_to_look_at, code_waits_since,
    look_set, plan_changed, reminder_insert, reminder_of,
};

use super::anchors::anchor_if_due;
use super::clock::{AsOf, computed, differs, facts, known_facts, reclock};
use super::desk::Desk;
use super::drafts::end_drafts;
use super::drift::look_tonight;
use super::erase::retain_tonight;
use super::error::ActError;
use super::holidays::holidays;
use super::lapse::lapse_case;
use super::letters::LetterOrder;
use super::limits::forget_tries;
use super::moving::By;
use super::proof::{end_evidence_of_ended, sweep_evidence};
use super::release::expire_bundles;
use super::reminders::remind;
use super::reports::schedules_due;

/// Cases found at once.
const PAGE: i64 = 100;

/// What a tick did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Cases looked at.
    pub looked_at: u64,
    /// Reminders made, letters to requesters among them.
    pub made: u64,
    /// Requests that lapsed.
    pub lapsed: u64,
    /// Cases that could not be looked at; they are tried again at the next tick.
    pub failed: u64,
}

/// Looks at every open case in which something may have fallen due by now.
///
/// # Errors
/// [`ActError`] if the cases cannot be found; one that cannot be looked at is logged and does not hold up the others.
pub fn tick(desk: &Desk) -> Result<Ticked, ActError> {
    let today = desk.clock.today();
    match desk.store.write(|conn| plan_changed(conn, digest(desk), today)) {
        // Another process noticed in the same moment.
        Ok(_) | Err(StoreError::Conflict(_)) => {}
        Err(error) => return Err(error.into()),
    }
    warn_of_unknown_holidays(desk, today)?;
    if let Err(error) = expire_bundles(desk, PAGE) {
        tracing::error!(%error, "bundles whose time has ended could not be removed");
    }
    if let Err(error) = anchor_if_due(desk) {
        tracing::error!(%error, "no anchor of the audit trail could be made");
    }
    if let Err(error) = schedules_due(desk) {
        tracing::error!(%error, "scheduled reports could not be queued");
    }
    if let Err(error) = look_tonight(desk) {
        tracing::error!(%error, "the nightly look at the sources could not be queued");
    }
    if let Err(error) = retain_tonight(desk) {
        tracing::error!(%error, "the night's run of retention could not be queued");
    }
    for (what, outcome) in [
        ("forms that were never sent", end_drafts(desk)),
        ("counts of tries", forget_tries(desk)),
        ("files of ended requests", end_evidence_of_ended(desk)),
        ("files that nobody knows", sweep_evidence(desk)),
    ] {
        if let Err(error) = outcome {
            tracing::error!(%error, what, "what has ended could not be removed");
        }
    }
    let mut done = Ticked::default();
    let mut after: Option<(NaiveDate, String)> = None;
    loop {
        let found = desk.store.read(|conn| cases_to_look_at(conn, today, after.take(), PAGE))?;
        let Some(last) = found.last().cloned() else { return Ok(done) };
        for (_, id) in found {
            done.looked_at += 1;
            let looked = id
                .parse()
                .map_err(|_| ActError::Broken("a stored case identifier cannot be read".to_owned()))
                .and_then(|case| look_at(desk, case, &mut done));
            if let Err(error) = looked {
                done.failed += 1;
                tracing::warn!(case = %id, %error, "the timer could not look at a case");
            }
        }
        after = Some(last);
    }
}

/// An extended request reaches more than three months ahead: an administrator must have imported the bank holidays by then.
fn warn_of_unknown_holidays(desk: &Desk, today: NaiveDate) -> Result<(), ActError> {
    const AHEAD_DAYS: u64 = 120;
    let division = desk.settings.division;
    let last = desk.store.read(|conn| holidays(conn, desk, AsOf::Now))?.known_years(division).map(|(_, last)| last);
    let needed = add_days(today, AHEAD_DAYS).map(|date| date.year());
    if last < needed {
        tracing::error!(?last, "the bank holidays end soon: run rightsdesk holidays import with a newer file");
    }
    Ok(())
}

/// A digest of the settings that decide when something falls due.
fn digest(desk: &Desk) -> i64 {
    let text = format!("{:?} {}", desk.settings.rhythm(), desk.settings.division);
    let bytes: [u8; 32] = Sha256::digest(text).into();
    bytes.first_chunk().map_or(0, |chunk| i64::from_le_bytes(*chunk))
}

fn look_at(desk: &Desk, id: CaseId, done: &mut Ticked) -> Result<(), ActError> {
    let now = desk.now();
    let today = now.london_date();
    let counted = desk.store.write(|conn| -> Result<Ticked, ActError> {
        let mut counted = Ticked::default();
        let mut case = case_for_change(conn, id)?;
        if case.look_on.is_none_or(|on| on > today) {
            // Another process was faster.
            return Ok(counted);
        }
        if !case.stage()?.is_open() {
            look_set(conn, &case, None)?;
            return Ok(counted);
        }
        let recorded = facts(conn, id)?;
        let known = known_facts(desk, &case, &recorded, AsOf::Now)?
            .ok_or_else(|| ActError::Broken("a case has no recorded receipt".to_owned()))?;
        let holidays = holidays(conn, desk, AsOf::Now)?;
        let deadline = computed(&known, &holidays)?;
        if differs(&case, &deadline) {
            reclock(conn, desk, &mut case, now)?;
            case = case_update(conn, case, now)?;
        }
        let world = World { holidays: &holidays, division: desk.settings.division };
        let mut plan = plan(&deadline, &desk.settings.rhythm(), &world, today);
        for due in plan.now.clone() {
            counted.made += u64::from(remind(conn, desk, &case, due.kind, due.about_on, now)?);
        }
        if let Some(wait) = Wait::of(conn, desk, &case, &known)?
            && wait.go_on(conn, desk, &case, &mut plan, &mut counted, now)?
        {
            // It lapsed, and the move set when to look again.
            return Ok(counted);
        }
        look_set(conn, &case, plan.next)?;
        Ok(counted)
    })?;
    done.made += counted.made;
    done.lapsed += counted.lapsed;
    Ok(())
}

/// A wait for the requester.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait {
    /// The letter that reminds of it.
    pub(super) kind: ReminderKind,
    /// Since when we wait: the day on which we asked, or on which the case was reopened.
    pub(super) since: NaiveDate,
    /// How long.
    pub(super) patience: Patience,
    /// True if proof is what we wait for, and not a code.
    pub(super) proof: bool,
}

impl Wait {
    /// What we wait for from the requester of an open case; none where the next step is ours.
    pub(super) fn of(conn: &mut Conn, desk: &Desk, case: &CaseRow, known: &Facts) -> Result<Option<Self>, ActError> {
        let rhythm = desk.settings.rhythm();
        let stage = case.stage()?;
        let (kind, patience, proof, since) = if stage == Stage::AwaitingVerification {
            let proof = proof_asked_on(known);
            let code = code_waits_since(conn, case.case_id()?)?.map(Moment::london_date);
            (ReminderKind::VerifyReminder, rhythm.unverified, proof.is_some(), proof.or(code))
        } else if stage == Stage::AwaitingClarification {
            (ReminderKind::ClarifyReminder, rhythm.unclarified, false, question_asked_on(known))
        } else {
            return Ok(None);
        };
        // A caseworker who reopens a case gives the requester the whole time again.
        let since = since.map(|since| case.reopened_on.map_or(since, |reopened| since.max(reopened)));
        Ok(since.map(|since| Self { kind, since, patience, proof }))
    }

    /// Reminds, tells a colleague, or lets the case lapse. True if it lapsed.
    fn go_on(
        self,
        conn: &mut Conn,
        desk: &Desk,
        case: &CaseRow,
        plan: &mut Plan,
        counted: &mut Ticked,
        now: Moment,
    ) -> Result<bool, ActError> {
        let id = case.case_id()?;
        let told = reminder_of(conn, id, self.kind, self.since)?
            .map(|row| Told { lapses_on: row.lapses_on, sent: row.sent_at.is_some() });
        let by_email = !case.requester_email.is_empty();
        match silence(self.since, self.patience, told, by_email, now.london_date()) {
            Silence::Wait(next) => plan.look_again(next),
            Silence::Remind { lapses_on } => {
                let reminder = ReminderId::new();
                if reminder_insert(conn, reminder, id, self.kind, self.since, lapses_on, now)? {
                    let event = Event::ReminderMade { reminder: self.kind, about_on: self.since };
                    audit_append(conn, now, &Actor::System, Some(id), &event)?;
                    LetterOrder::Reminder { reminder }.enqueue(conn, id, now)?;
                    counted.made += 1;
                }
                plan.look_again(lapses_on.and_then(|last| last.succ_opt()));
            }
            Silence::TellStaff => {
                counted.made += u64::from(remind(conn, desk, case, ReminderKind::RequesterSilent, self.since, now)?);
            }
            Silence::Lapse => {
                lapse_case(conn, case.clone(), &By::system(), None, now)?;
                counted.lapsed += 1;
                return Ok(true);
            }
        }
        Ok(false)
    }
}
