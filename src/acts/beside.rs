//! Notes, tasks and links beside a case, and filters of the queue kept by name. None of them changes where a case stands,
//! so none needs its version.

use chrono::NaiveDate;

use crate::audit::{Actor, Event};
use crate::base::{char_count, is_blank};
use crate::case::CaseId;
use crate::store::{
    LinkRow, NoteRow, SavedFilterRow, StoreError, TaskRow, audit_append, case_by_id, link_end, link_insert, links_of,
    note_insert, saved_filter_put, saved_filter_remove, saved_filters_of, task_done, task_insert,
};

use super::desk::Desk;
use super::error::ActError;

/// What can be said about two cases.
pub const LINKS: [(&str, &str); 3] = [
    ("same_person", "The same person asks again"),
    ("duplicate", "The same request came twice"),
    ("different_person", "These are different people"),
];

fn written(field: &str, text: &str, most: usize) -> Result<String, ActError> {
    if is_blank(text) {
        return Err(ActError::field(field, "write something"));
    }
    if char_count(text) > most {
        return Err(ActError::field(field, format!("write at most {most} characters")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(ActError::field(field, "leave out control characters"));
    }
    Ok(text.trim().to_owned())
}

/// Writes a note beside a case. It is never told to the requester by itself; they may ask for it, as for anything held.
///
/// # Errors
/// [`ActError::Invalid`] for an empty or overlong note.
pub fn note_add(desk: &Desk, id: CaseId, note: &str, staff: &str) -> Result<(), ActError> {
    let note = written("note", note, 4_000)?;
    let now = desk.now();
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        note_insert(
            conn,
            NoteRow {
                id: uuid::Uuid::now_v7().to_string(),
                case_id: id.to_string(),
                note,
                made_by: staff.to_owned(),
                made_at: now.naive_utc(),
            },
        )?;
        Ok(audit_append(conn, now, &Actor::Staff(staff.to_owned()), Some(id), &Event::NoteAdded)?)
    })
}

/// Writes down something to be done about a case.
///
/// # Errors
/// [`ActError::Invalid`] for an empty or overlong text.
pub fn task_add(desk: &Desk, id: CaseId, task: &str, due_on: Option<NaiveDate>, staff: &str) -> Result<(), ActError> {
    let task = written("task", task, 500)?;
    let now = desk.now();
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        task_insert(
            conn,
            TaskRow {
                id: uuid::Uuid::now_v7().to_string(),
                case_id: id.to_string(),
                task,
                due_on,
                made_by: staff.to_owned(),
                made_at: now.naive_utc(),
                done_by: None,
                done_at: None,
            },
        )?;
        Ok(audit_append(conn, now, &Actor::Staff(staff.to_owned()), Some(id), &Event::TaskNoted { done: false })?)
    })
}

/// Ticks off a task.
///
/// # Errors
/// [`ActError::Missing`] if it is not an open task of this case.
pub fn task_tick(desk: &Desk, id: CaseId, task: &str, staff: &str) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        if !task_done(conn, id, task, staff, now.naive_utc())? {
            return Err(ActError::Missing("open task of this case"));
        }
        Ok(audit_append(conn, now, &Actor::Staff(staff.to_owned()), Some(id), &Event::TaskNoted { done: true })?)
    })
}

/// Says something about two cases: `why` is one of [`LINKS`].
///
/// # Errors
/// [`ActError::Refused`] if something is said about them already.
pub fn cases_link(desk: &Desk, id: CaseId, other: CaseId, why: &str, staff: &str) -> Result<(), ActError> {
    if !LINKS.iter().any(|(word, _)| *word == why) {
        return Err(ActError::field("why", "say whether it is the same person, the same request, or somebody else"));
    }
    if id == other {
        return Err(ActError::field("other", "this is the case itself: name another"));
    }
    let now = desk.now();
    let actor = Actor::Staff(staff.to_owned());
    let (first, second) = if id.to_string() < other.to_string() { (id, other) } else { (other, id) };
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        case_by_id(conn, other)?;
        let row = LinkRow {
            id: uuid::Uuid::now_v7().to_string(),
            case_id: first.to_string(),
            other_id: second.to_string(),
            why: why.to_owned(),
            made_by: staff.to_owned(),
            made_at: now.naive_utc(),
            ended_by: None,
            ended_at: None,
        };
        link_insert(conn, row).map_err(|e| {
            if matches!(e, StoreError::Conflict(_)) {
                let taken = "something is said about these two cases already: take it back first";
                return ActError::Refused(taken.to_owned());
            }
            e.into()
        })?;
        for (case, about) in [(id, other), (other, id)] {
            let event = Event::CasesLinked { other: about.to_string(), why: why.to_owned(), ended: false };
            audit_append(conn, now, &actor, Some(case), &event)?;
        }
        Ok(())
    })
}

/// Takes back what was said about two cases.
///
/// # Errors
/// [`ActError::Missing`] if it does not stand.
pub fn cases_unlink(desk: &Desk, id: CaseId, link: &str, staff: &str) -> Result<(), ActError> {
    let now = desk.now();
    let actor = Actor::Staff(staff.to_owned());
    let missing = || ActError::Missing("link of this case");
    desk.store.write(|conn| {
        let row = links_of(conn, id)?.into_iter().find(|row| row.id == link).ok_or_else(missing)?;
        if !link_end(conn, id, link, staff, now.naive_utc())? {
            return Err(missing());
        }
        for (case, other) in [(&row.case_id, &row.other_id), (&row.other_id, &row.case_id)] {
            let event = Event::CasesLinked { other: other.clone(), why: row.why.clone(), ended: true };
            audit_append(conn, now, &actor, case.parse().ok(), &event)?;
        }
        Ok(())
    })
}

/// A filter of the queue, kept by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its identifier.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The part of the address after the question mark.
    pub query: String,
}

/// Keeps a filter under a name; one of that name is replaced.
///
/// # Errors
/// [`ActError::Invalid`] for a name that is empty or too long, or after fifty filters.
pub fn filter_save(desk: &Desk, staff: &str, name: &str, query: &str) -> Result<(), ActError> {
    const MOST: usize = 50;
    let name = crate::base::one_line(&written("name", name, 60)?);
    if query.len() > 2_000 {
        return Err(ActError::field("name", "this filter is too long to be kept"));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        let kept = saved_filters_of(conn, staff)?;
        if kept.len() >= MOST && !kept.iter().any(|row| row.name == name) {
            return Err(ActError::field("name", format!("at most {MOST} filters are kept: forget one first")));
        }
        let row = SavedFilterRow {
            id: uuid::Uuid::now_v7().to_string(),
            owner_id: staff.to_owned(),
            name,
            query: query.to_owned(),
            made_at: now.naive_utc(),
        };
        Ok(saved_filter_put(conn, row)?)
    })
}

/// The filters of a member of staff, by name.
///
/// # Errors
/// [`ActError`] of the store.
pub fn filters_saved(desk: &Desk, staff: &str) -> Result<Vec<SavedFilter>, ActError> {
    desk.store.read(|conn| {
        Ok(saved_filters_of(conn, staff)?
            .into_iter()
            .map(|row| SavedFilter { id: row.id, name: row.name, query: row.query })
            .collect())
    })
}

/// Forgets a filter.
///
/// # Errors
/// [`ActError`] of the store.
pub fn filter_forget(desk: &Desk, staff: &str, filter: &str) -> Result<(), ActError> {
    desk.store.write(|conn| Ok(saved_filter_remove(conn, staff, filter)?))
}
