//! What stands in a case's review, and how a step of it is kept: every act of a review is a step that can be undone.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use crate::audit::Event;
use crate::base::{Moment, i64_from};
use crate::case::{CaseId, Move, step};
use crate::files::spool::{Cuts, Decision as Decided, Decisions, Rules, Spool};
use crate::review::{Asker, Claim, Cut, Span, claim_faults, exemption_title};
use crate::store::{
    CaseRow, Conn, DecisionRow, GatherRow, OpinionRow, RedactionRow, RejectionRow, StepRow, audit_append, case_by_id,
    case_update, decisions, gather_latest, identifiers, opinions_of, redactions, rejections, step_insert,
};
use crate::subject::IdentifierKind;

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::{By, load, seen};
use super::release::open_spool;

/// What is decided about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The person gets it.
    Include,
    /// They do not: it is not theirs, or not asked for. With a code it is the same as an exemption.
    Exclude,
    /// They do not, under an exemption.
    Exempt,
}

impl Decision {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Exempt => "exempt",
        }
    }
}

/// On what ground something is withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    /// The exemption's code.
    pub code: Option<String>,
    /// Why, in the caseworker's words; for the case, never for the person, where there is a code.
    pub reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    pub opinion: Option<String>,
}

/// What stands in a case's review.
pub(super) struct Review {
    pub(super) case: CaseRow,
    pub(super) gather: GatherRow,
    pub(super) decisions: Vec<DecisionRow>,
    pub(super) redactions: Vec<RedactionRow>,
    pub(super) rejections: Vec<RejectionRow>,
    pub(super) opinions: Vec<OpinionRow>,
    /// The data subject's date of birth, where it is known.
    pub(super) born: Option<chrono::NaiveDate>,
    pub(super) spool: Spool,
}

impl Review {
    /// Loads it; for a change, as `by` saw the case.
    pub(super) fn load(desk: &Desk, id: CaseId, by: Option<&By>) -> Result<Self, ActError> {
        let (case, gather, decisions, redactions, rejections, opinions, born) =
            desk.store.read(|conn| -> Result<_, ActError> {
                let case = case_by_id(conn, id)?;
                let case = match by {
                    Some(by) => seen(case, by)?,
                    None => case,
                };
                let born = born(conn, &case)?;
                Ok((
                    case,
                    gather_latest(conn, id)?,
                    decisions(conn, id)?,
                    redactions(conn, id)?,
                    rejections(conn, id)?,
                    opinions_of(conn, id)?,
                    born,
                ))
            })?;
        let spool = open_spool(desk, gather.clone())?;
        let Some(gather) = gather else { return Err(ActError::Missing("search of this case")) };
        Ok(Self { case, gather, decisions, redactions, rejections, opinions, born, spool })
    }

    /// The rules that the answer is made under.
    pub(super) fn rules(&self) -> Rules {
        Rules { decisions: as_decided(&self.decisions), cuts: as_cuts(&self.redactions), ..Rules::default() }
    }

    /// Who asks, for what the statute wants of a ground.
    pub(super) fn asker(&self, desk: &Desk) -> Result<Asker, ActError> {
        Ok(Asker { relationship: self.case.relationship()?, born: self.born, division: desk.settings.division })
    }

    /// Adds what is wrong with a ground to `faults`, each field under `prefix`.
    pub(super) fn check(
        &self,
        desk: &Desk,
        ground: &Ground,
        prefix: &str,
        faults: &mut Vec<FieldFault>,
    ) -> Result<(), ActError> {
        let Some(code) = ground.code.as_deref() else { return Ok(()) };
        let mut fault = |field: &str, problem: String| {
            faults.push(FieldFault { field: format!("{prefix}{field}"), problem });
        };
        let named = match ground.opinion.as_deref() {
            None => None,
            Some(id) => match self.opinions.iter().find(|row| row.id == id) {
                None => {
                    fault("opinion", "there is no such opinion on this case: record it first".to_owned());
                    return Ok(());
                }
                Some(row) if row.withdrawn_at.is_some() => {
                    fault("opinion", "this opinion was taken back: name another".to_owned());
                    return Ok(());
                }
                Some(row) => Some(row.opinion()?),
            },
        };
        let claim = Claim { code, reason: ground.reason.as_deref(), opinion: named.as_ref(), on: desk.clock.today() };
        for found in claim_faults(claim, self.asker(desk)?) {
            fault(found.field, found.problem);
        }
        Ok(())
    }
}

fn born(conn: &mut Conn, case: &CaseRow) -> Result<Option<chrono::NaiveDate>, ActError> {
    if case.date_of_birth.is_some() {
        return Ok(case.date_of_birth);
    }
    for row in identifiers(conn, case.case_id()?)? {
        let identifier = row.identifier()?;
        if identifier.kind == IdentifierKind::DateOfBirth
            && let Ok(date) = crate::base::parse_date(identifier.value.trim())
        {
            return Ok(Some(date));
        }
    }
    Ok(None)
}

/// The decisions as the spool reads them. An exempted record's reason is the exemption's title, another's what the
/// caseworker wrote; either is told to the person.
pub(super) fn as_decided(rows: &[DecisionRow]) -> Decisions {
    rows.iter()
        .map(|row| {
            let decision = if row.decision == Decision::Include.as_str() {
                Decided::Include
            } else {
                let title = row.code.as_deref().and_then(exemption_title).map(ToOwned::to_owned);
                let reason = title.or_else(|| row.reason.clone()).unwrap_or_else(|| "withheld".to_owned());
                Decided::Exclude { reason, code: row.code.clone() }
            };
            (row.record.clone(), decision)
        })
        .collect()
}

/// The redactions as the spool reads them.
pub(super) fn as_cuts(rows: &[RedactionRow]) -> Cuts {
    let mut cuts: Cuts = HashMap::new();
    for row in rows {
        cuts.entry(row.record.clone()).or_default().push(as_cut(row));
    }
    cuts
}

pub(super) fn as_cut(row: &RedactionRow) -> Cut {
    let span = as_span(row.start_at, row.end_at);
    Cut { field: row.field.clone(), span, text_hash: row.text_hash.clone(), code: row.code.clone() }
}

pub(super) fn as_span(start: Option<i64>, end: Option<i64>) -> Option<Span> {
    let place = |n: Option<i64>| n.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    Some(Span { start: place(start)?, end: place(end)? })
}

/// A step that is about to be made.
pub(super) struct NewStep<'s> {
    /// Its kind: `decide`, `redact`, `everywhere`, `reject`, `answer`, `undo`...
    pub(super) kind: &'s str,
    /// What people who read the history want to know of it, without the words of a record.
    pub(super) detail: Value,
    /// How many records it touches.
    pub(super) records: usize,
    /// How many places in them.
    pub(super) places: usize,
    /// The exemption that is claimed.
    pub(super) code: Option<&'s str>,
    /// The step that it undoes.
    pub(super) undoes: Option<&'s str>,
}

/// A step that is being made.
pub(super) struct Step {
    pub(super) id: String,
    pub(super) case: CaseId,
    /// Who makes it: a member of staff by identifier, or `system`.
    pub(super) maker: String,
    pub(super) now: Moment,
}

/// Makes a step of the review: `work` keeps what it decides, in the transaction that keeps the step, its audit entry and
/// the case's next version, so that a sign-off prepared on the earlier review is refused.
pub(super) fn make_step(
    desk: &Desk,
    id: CaseId,
    by: &By,
    new: &NewStep<'_>,
    work: impl FnOnce(&mut Conn, &Step) -> Result<(), ActError>,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let maker = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        keep_step(conn, id, &maker, by, new, now, work)?;
        Ok(case_update(conn, case, now)?)
    })
}

/// The same within a transaction that changes the case by itself; `maker` is `system` for the program's own steps.
pub(super) fn keep_step(
    conn: &mut Conn,
    id: CaseId,
    maker: &str,
    by: &By,
    new: &NewStep<'_>,
    now: Moment,
    work: impl FnOnce(&mut Conn, &Step) -> Result<(), ActError>,
) -> Result<(), ActError> {
    let made = Step { id: uuid::Uuid::now_v7().to_string(), case: id, maker: maker.to_owned(), now };
    let mut detail = new.detail.clone();
    if let Some(object) = detail.as_object_mut() {
        object.insert("records".to_owned(), new.records.into());
        object.insert("places".to_owned(), new.places.into());
    }
    step_insert(
        conn,
        StepRow {
            id: made.id.clone(),
            case_id: id.to_string(),
            seq: 0,
            kind: new.kind.to_owned(),
            made_by: made.maker.clone(),
            made_at: now.naive_utc(),
            detail: detail.to_string(),
            undoes: new.undoes.map(ToOwned::to_owned),
            undone_by: None,
        },
    )?;
    work(conn, &made)?;
    let event = Event::ReviewStep {
        step: made.id,
        what: new.kind.to_owned(),
        records: crate::base::u64_from(new.records),
        places: crate::base::u64_from(new.places),
        code: new.code.map(ToOwned::to_owned),
        undoes: new.undoes.map(ToOwned::to_owned),
    };
    Ok(audit_append(conn, now, &by.actor, Some(id), &event)?)
}

/// The number of a row within its step.
pub(super) fn row_number(at: usize) -> i64 {
    i64_from(at) + 1
}
