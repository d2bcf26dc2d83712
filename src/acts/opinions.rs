//! The exemptions with what the statute wants for each, and the opinions that some of them rest on.

use chrono::NaiveDate;
use serde::Serialize;

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Move, step};
use crate::review::{
    Against, Finding, OpinionKind, Reason, Requirement, exemption_title, exemptions, plain_opinion, requirement,
};
use crate::store::{
    CaseRow, OpinionRow, audit_append, case_by_id, case_update, opinion_insert, opinion_withdraw, opinions_of,
};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::{By, load};

/// An exemption, with what it wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ExemptionView {
    /// As `THIRD-PARTY`.
    pub code: &'static str,
    /// In words; the person is told this.
    pub title: &'static str,
    /// The provision.
    pub reference: &'static str,
    /// Its test, in short.
    pub test: &'static str,
    /// What the record of the case should hold.
    pub case_record: &'static str,
    /// False for a ground that a single record cannot be withheld on.
    pub for_records: bool,
    /// `not`, `advised` or `needed`: a reason beside the code.
    pub reason: &'static str,
    /// What the reason has to say.
    pub reason_says: &'static str,
    /// The kind of opinion that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinion: Option<OpinionKind>,
    /// What else the statute wants, in words.
    pub conditions: Vec<&'static str>,
}

/// Every exemption that can be claimed, those most used first.
#[must_use]
pub fn exemptions_list() -> Vec<ExemptionView> {
    exemptions()
        .iter()
        .filter_map(|exemption| {
            exemption_title(&exemption.code)?;
            let wanted = requirement(&exemption.code)?;
            Some(ExemptionView {
                code: &exemption.code,
                title: &exemption.title,
                reference: &exemption.reference,
                test: &exemption.test,
                case_record: &exemption.case_record,
                for_records: matches!(wanted.against, Against::Anybody | Against::OnBehalf),
                reason: match wanted.reason {
                    Reason::Not => "not",
                    Reason::Advised => "advised",
                    Reason::Needed => "needed",
                },
                reason_says: wanted.says,
                opinion: wanted.opinion,
                conditions: conditions(wanted),
            })
        })
        .collect()
}

fn conditions(wanted: Requirement) -> Vec<&'static str> {
    let mut found = Vec::new();
    match wanted.against {
        Against::Anybody => {}
        Against::OnBehalf => found.push(
            "only against a request by somebody with parental responsibility or appointed by a court, never against the \
             data subject's own",
        ),
        Against::WholeRequest => found.push("it refuses a request as a whole: use the move refuse"),
        Against::OtherController => found.push("only the Secretary of State has it"),
    }
    if wanted.child {
        found.push(
            "only while the data subject is under 18 (under 16 in Scotland), unless a court appointed the requester",
        );
    }
    if wanted.not_in_scotland {
        found.push("not in Scotland");
    }
    found.extend(wanted.opinion.map(plain_opinion));
    found
}

/// An opinion to be put on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOpinion {
    /// Whose.
    pub kind: OpinionKind,
    /// Who gave it.
    pub author: String,
    /// What they are, as `consultant paediatrician`.
    pub profession: String,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// What it says of the serious-harm test.
    pub finding: Finding,
    /// What it says, in short.
    pub summary: String,
}

/// An opinion of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OpinionView {
    /// Its identifier.
    pub opinion: String,
    /// Whose.
    pub kind: String,
    /// Who gave it.
    pub author: String,
    /// What they are.
    pub profession: String,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// The last day on which it may be relied on; null if it does not age.
    pub last_day: Option<NaiveDate>,
    /// True if it may be relied on today.
    pub holds: bool,
    /// `met` or `not_met`.
    pub finding: String,
    /// What it says, in short.
    pub summary: String,
    /// Who put it on the case.
    pub recorded_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Moment,
    /// True if it was taken back.
    pub withdrawn: bool,
}

/// The opinions of a case.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn opinions_list(desk: &Desk, id: CaseId) -> Result<Vec<OpinionView>, ActError> {
    let today = desk.clock.today();
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        opinions_of(conn, id)?
            .into_iter()
            .map(|row| {
                let opinion = row.opinion()?;
                Ok(OpinionView {
                    last_day: opinion.last_day(),
                    holds: row.withdrawn_at.is_none() && opinion.holds_on(today),
                    opinion: row.id,
                    kind: row.kind,
                    author: row.author,
                    profession: row.profession,
                    given_on: row.given_on,
                    finding: row.finding,
                    summary: row.summary,
                    recorded_by: row.recorded_by,
                    recorded_at: Moment::from_naive_utc(row.recorded_at),
                    withdrawn: row.withdrawn_at.is_some(),
                })
            })
            .collect()
    })
}

/// Puts an opinion on a case; gives its identifier.
///
/// # Errors
/// [`ActError::Invalid`] if it was given in the future.
pub fn opinion_record(desk: &Desk, id: CaseId, new: NewOpinion, by: &By) -> Result<String, ActError> {
    let now = desk.now();
    if new.given_on > now.london_date() {
        let problem = "this day is in the future: give the day on which the opinion was given".to_owned();
        return Err(ActError::Invalid(vec![FieldFault { field: "given_on".to_owned(), problem }]));
    }
    let staff = by.staff_id()?.to_owned();
    let opinion = uuid::Uuid::now_v7().to_string();
    desk.store.write(|conn| -> Result<CaseRow, ActError> {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let kind = new.kind.as_str().to_owned();
        opinion_insert(
            conn,
            OpinionRow {
                id: opinion.clone(),
                case_id: id.to_string(),
                kind: kind.clone(),
                author: new.author,
                profession: new.profession,
                given_on: new.given_on,
                finding: new.finding.as_str().to_owned(),
                summary: new.summary,
                recorded_by: staff,
                recorded_at: now.naive_utc(),
                withdrawn_at: None,
            },
        )?;
        let event = Event::OpinionRecorded { opinion: opinion.clone(), of: kind, withdrawn: false };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        Ok(case_update(conn, case, now)?)
    })?;
    Ok(opinion)
}

/// Takes an opinion back. What rests on it stays decided, and stands in the way of sign-off.
///
/// # Errors
/// [`ActError::Missing`] if it does not stand.
pub fn opinion_take_back(desk: &Desk, id: CaseId, opinion: &str, by: &By) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| -> Result<(), ActError> {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let kind = opinions_of(conn, id)?.into_iter().find(|row| row.id == opinion).map(|row| row.kind);
        if !opinion_withdraw(conn, id, opinion, now.naive_utc())? {
            return Err(ActError::Missing("opinion that stands on this case"));
        }
        let of = kind.unwrap_or_default();
        let event = Event::OpinionRecorded { opinion: opinion.to_owned(), of, withdrawn: true };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        case_update(conn, case, now)?;
        Ok(())
    })
}
