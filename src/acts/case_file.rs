//! The case page's contents: everything a caseworker wants to know of a case, read at once.

use std::collections::HashMap;

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Channel, Light, Move, Stage, Standing, WaitsFor, next_step, step_back_to};
use crate::store::{
    BundleRow, CaseRow, LinkRow, NoteRow, TaskRow, audit_page, bundle_current, case_by_id, cases_by_ids,
    cases_with_identifier, gather_latest, identifiers, links_of, notes_of, staff_all, tasks_of,
};

use super::checklist::undecided;
use super::desk::Desk;
use super::desk_queue::names;
use super::error::ActError;
use super::reviewing::Review;
use super::status::{CaseView, case_view};

/// A move of the transition table, and whether it can be taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveNow {
    /// The move.
    pub action: Move,
    /// Why not; none if it can.
    pub why_not: Option<String>,
}

/// Something that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseEntry {
    /// Its number in the audit trail.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who, by the name that colleagues see.
    pub by: String,
    /// What.
    pub event: Event,
}

/// A note beside a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its words.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A task beside a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskNote {
    /// Its identifier.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// By when.
    pub due_on: Option<chrono::NaiveDate>,
    /// Who wrote it down.
    pub by: String,
    /// Who did it, and when.
    pub done: Option<(String, Moment)>,
}

/// Another case that is linked, or that has an e-mail address or phone number in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCase {
    /// Its identifier.
    pub id: String,
    /// What people quote.
    pub reference: String,
    /// Which right, as its word.
    pub right: String,
    /// Where it stands.
    pub stage: Stage,
    /// The data subject.
    pub subject_name: String,
    /// When it arrived.
    pub received_on: chrono::NaiveDate,
    /// The link's identifier and what was said; none if nothing was.
    pub link: Option<(String, String)>,
}

/// The bundle of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltBundle {
    /// When it was built.
    pub built_at: Moment,
    /// Its size.
    pub size_bytes: i64,
    /// How often it was fetched.
    pub downloads: i64,
    /// The last moment for fetching it, once it is released.
    pub expires_at: Option<Moment>,
}

/// All that the case page shows.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The case.
    pub case: CaseView,
    /// How urgent it is.
    pub light: Light,
    /// In how many days it is due; below zero if that day has passed.
    pub days: Option<i64>,
    /// Who has to act.
    pub waits_for: WaitsFor,
    /// The next thing to do, in one sentence.
    pub next: String,
    /// Where the requester is reached; empty if not by e-mail.
    pub requester_email: String,
    /// The subject's date of birth.
    pub date_of_birth: Option<chrono::NaiveDate>,
    /// Who works on it.
    pub assignee: Option<String>,
    /// Who sent it for sign-off.
    pub decided_by: Option<String>,
    /// Every move that staff take by name, those that can be taken now first.
    pub moves: Vec<MoveNow>,
    /// What happened, newest first.
    pub history: Vec<CaseEntry>,
    /// Notes, newest first.
    pub notes: Vec<Note>,
    /// Tasks, open ones first.
    pub tasks: Vec<TaskNote>,
    /// Other cases.
    pub others: Vec<OtherCase>,
    /// The newest bundle.
    pub bundle: Option<BuiltBundle>,
    /// Records that a person must still decide about; none before a search.
    pub undecided: Option<u64>,
    /// The number of the newest entry of the audit trail about it.
    pub seq: i64,
}

/// The moves that staff take by name; the others are taken by the program or have pages of their own.
pub const STAFF_MOVES: [Move; 17] = [
    Move::Verify,
    Move::RejectIdentity,
    Move::Gather,
    Move::RequestClarification,
    Move::RecordClarification,
    Move::Extend,
    Move::Assign,
    Move::Decide,
    Move::Approve,
    Move::SendBack,
    Move::Release,
    Move::Answer,
    Move::Refuse,
    Move::Withdraw,
    Move::Lapse,
    Move::Reopen,
    Move::Close,
];

const MOST_EVENTS: i64 = 2_000;
const MOST_OTHERS: i64 = 50;

type Beside = (Vec<NoteRow>, Vec<TaskRow>, Vec<LinkRow>);

/// All that the case page shows.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn case_file(desk: &Desk, id: CaseId) -> Result<CaseFile, ActError> {
    let view = case_view(desk, id)?;
    let today = desk.clock.today();
    let (row, beside, staff, events, bundle, gathered, others, linked) =
        desk.store.read(|conn| -> Result<_, ActError> {
            let row = case_by_id(conn, id)?;
            let beside: Beside = (notes_of(conn, id)?, tasks_of(conn, id)?, links_of(conn, id)?);
            let normals: Vec<String> = identifiers(conn, id)?.into_iter().map(|own| own.normal).collect();
            let others = cases_with_identifier(conn, id, &normals, MOST_OTHERS)?;
            let own = id.to_string();
            let ids: Vec<String> = beside
                .2
                .iter()
                .map(|link| if link.case_id == own { link.other_id.clone() } else { link.case_id.clone() })
                .collect();
            let linked = cases_by_ids(conn, &ids)?;
            Ok((
                row,
                beside,
                staff_all(conn)?,
                audit_page(conn, Some(id), 0, MOST_EVENTS)?,
                bundle_current(conn, id)?,
                gather_latest(conn, id)?,
                others,
                linked,
            ))
        })?;
    let names = names(&staff);
    let named = |id: &str| names.get(id).copied().unwrap_or("somebody who is not known").to_owned();
    let stage = row.stage()?;
    let (light, days) = Standing { stage, due_on: row.due_on, missed: row.missed_on.is_some() }.light(today);
    let undecided = match (&gathered, stage) {
        (Some(_), Stage::Review) => Some(undecided(&Review::load(desk, id, None)?)?),
        _ => None,
    };
    let own_form = [Channel::Web, Channel::Api].iter().any(|channel| channel.as_str() == row.channel);
    let failed = gathered.as_ref().map_or(0, |gather| gather.failed);
    let next = next_step(stage, !own_form, undecided, failed, bundle.is_some());
    let seq = events.last().map_or(0, |link| link.entry.seq);
    let mut history: Vec<CaseEntry> = events
        .into_iter()
        .filter_map(|link| {
            let event = serde_json::from_str(&link.entry.detail).ok()?;
            Some(CaseEntry { seq: link.entry.seq, at: link.entry.at, by: who(&link.entry.actor, &named), event })
        })
        .collect();
    history.reverse();
    let (notes, tasks, links) = beside;
    Ok(CaseFile {
        light,
        days,
        waits_for: WaitsFor::of(stage),
        next,
        requester_email: row.requester_email.clone(),
        date_of_birth: row.date_of_birth,
        assignee: row.assignee_id.as_deref().map(named),
        decided_by: row.decided_by.as_deref().map(named),
        moves: moves(&row)?,
        history,
        notes: notes
            .into_iter()
            .map(|note| Note { by: named(&note.made_by), at: Moment::from_naive_utc(note.made_at), text: note.note })
            .collect(),
        tasks: tasks_shown(tasks, &named),
        others: others_shown(id, others, linked, links)?,
        bundle: bundle.map(built),
        undecided,
        seq,
        case: view,
    })
}

/// What happened to a case after the entry `seq` of the audit trail, oldest first: what somebody who works from an older
/// page has to know.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn entries_since(desk: &Desk, id: CaseId, seq: i64) -> Result<Vec<CaseEntry>, ActError> {
    let (staff, events) = desk.store.read(|conn| -> Result<_, ActError> {
        case_by_id(conn, id)?;
        Ok((staff_all(conn)?, audit_page(conn, Some(id), seq, 200)?))
    })?;
    let names: HashMap<&str, &str> = names(&staff);
    let named = |id: &str| names.get(id).copied().unwrap_or("somebody who is not known").to_owned();
    Ok(events
        .into_iter()
        .filter_map(|link| {
            let event = serde_json::from_str(&link.entry.detail).ok()?;
            Some(CaseEntry { seq: link.entry.seq, at: link.entry.at, by: who(&link.entry.actor, &named), event })
        })
        .collect())
}

/// Who did something, in words.
fn who(actor: &str, named: &dyn Fn(&str) -> String) -> String {
    match actor.split_once(':') {
        Some(("staff", id)) => named(id),
        _ => match actor {
            "requester" => "the requester".to_owned(),
            "system" => "rightsdesk".to_owned(),
            "operator" => "the operator".to_owned(),
            other => other.to_owned(),
        },
    }
}

fn moves(row: &CaseRow) -> Result<Vec<MoveNow>, ActError> {
    let (stage, lapsed_from) = (row.stage()?, row.lapsed_from()?);
    let mut moves: Vec<MoveNow> = STAFF_MOVES
        .into_iter()
        .map(|action| {
            let why_not = step_back_to(stage, action, lapsed_from).err().map(|refused| refused.why.to_owned());
            MoveNow { action, why_not }
        })
        .collect();
    moves.sort_by_key(|now| now.why_not.is_some());
    Ok(moves)
}

fn tasks_shown(tasks: Vec<TaskRow>, named: &dyn Fn(&str) -> String) -> Vec<TaskNote> {
    let mut shown: Vec<TaskNote> = tasks
        .into_iter()
        .map(|task| TaskNote {
            by: named(&task.made_by),
            done: task.done_by.zip(task.done_at).map(|(by, at)| (named(&by), Moment::from_naive_utc(at))),
            id: task.id,
            text: task.task,
            due_on: task.due_on,
        })
        .collect();
    shown.sort_by_key(|task| (task.done.is_some(), task.due_on.is_none(), task.due_on));
    shown
}

fn others_shown(
    id: CaseId,
    found: Vec<CaseRow>,
    linked: Vec<CaseRow>,
    links: Vec<LinkRow>,
) -> Result<Vec<OtherCase>, ActError> {
    let own = id.to_string();
    let said = |other: &str| {
        let link = links.iter().find(|link| {
            (link.case_id == own && link.other_id == other) || (link.other_id == own && link.case_id == other)
        })?;
        Some((link.id.clone(), link.why.clone()))
    };
    let mut others: Vec<OtherCase> = Vec::new();
    for row in linked.into_iter().chain(found) {
        if others.iter().any(|other| other.id == row.id) {
            continue;
        }
        others.push(OtherCase {
            link: said(&row.id),
            stage: row.stage()?,
            id: row.id,
            reference: row.reference,
            right: row.right_asked,
            subject_name: row.subject_name,
            received_on: row.received_on,
        });
    }
    Ok(others)
}

fn built(row: BundleRow) -> BuiltBundle {
    BuiltBundle {
        built_at: Moment::from_naive_utc(row.built_at),
        size_bytes: row.size_bytes,
        downloads: row.downloads,
        expires_at: row.expires_at.map(Moment::from_naive_utc),
    }
}
