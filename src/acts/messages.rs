//! What the requester and the caseworkers write to each other. The letter only says that there is something to read.

use chrono::TimeDelta;

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Stage};
use crate::store::{
    CaseRow, Conn, MessageRow, audit_append, case_by_id, case_update, message_insert, messages, messages_read,
    messages_since,
};

use super::desk::Desk;
use super::error::ActError;
use super::lapse::answer_question_in;
use super::letters::LetterOrder;
use super::moving::{By, load};
use super::verify::Opened;

/// A message as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MessageView {
    /// Its identifier.
    pub id: String,
    /// True if the requester wrote it, false if a caseworker did.
    pub from_requester: bool,
    /// What was written.
    pub body: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub written_at: Moment,
    /// When the other side first saw it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Moment>,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        Self {
            from_requester: row.is_requesters(),
            id: row.id,
            body: row.body,
            written_at: Moment::from_naive_utc(row.written_at),
            read_at: row.read_at.map(Moment::from_naive_utc),
        }
    }
}

/// The requester writes to us. If we asked a question and wait for its answer, this is the answer.
///
/// # Errors
/// [`ActError::TooMany`] after too many in an hour.
pub fn message_from_requester(desk: &Desk, opened: Opened, body: &str) -> Result<CaseRow, ActError> {
    let (id, now, by) = (opened.case(), desk.now(), By::requester());
    desk.store.write(|conn| {
        let mut case = load(conn, id, &by)?;
        let most = desk.settings.limits.messages_per_case;
        let recent = messages_since(conn, id, now.plus(TimeDelta::hours(-1)))?;
        if most > 0 && recent >= i64::from(most) {
            return Err(ActError::TooMany("too many messages were written: wait an hour and go on then".to_owned()));
        }
        if question_is_open(&case)? {
            case = answer_question_in(conn, desk, case, body, &by, now)?;
        }
        keep(conn, id, body, &by, now)?;
        Ok(case_update(conn, case, now)?)
    })
}

/// Whether the requester owes us an answer to a question.
pub(super) fn question_is_open(case: &CaseRow) -> Result<bool, ActError> {
    let stage = case.stage()?;
    let lapsed = stage == Stage::Lapsed && case.lapsed_from()? == Some(Stage::AwaitingClarification);
    Ok(stage == Stage::AwaitingClarification || lapsed)
}

/// A caseworker writes to the requester, who is told by e-mail that there is a message.
///
/// # Errors
/// [`ActError::Stale`] if somebody changed the case.
pub fn message_from_staff(desk: &Desk, id: CaseId, body: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        keep(conn, id, body, by, now)?;
        LetterOrder::Message.enqueue(conn, id, now)?;
        Ok(case_update(conn, case, now)?)
    })
}

fn keep(conn: &mut Conn, id: CaseId, body: &str, by: &By, now: Moment) -> Result<(), ActError> {
    let row = MessageRow {
        id: uuid::Uuid::now_v7().to_string(),
        case_id: id.to_string(),
        written_by: by.actor.to_string(),
        body: body.to_owned(),
        written_at: now.naive_utc(),
        read_at: None,
    };
    let event = Event::MessageWritten { message: row.id.clone() };
    message_insert(conn, row)?;
    Ok(audit_append(conn, now, &by.actor, Some(id), &event)?)
}

/// The messages of a case for staff, oldest first; the requester's count as seen from now on.
///
/// # Errors
/// [`ActError::Missing`].
pub fn messages_for_staff(desk: &Desk, id: CaseId) -> Result<Vec<MessageView>, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        let all = messages(conn, id)?;
        messages_read(conn, id, true, now)?;
        Ok(all.into_iter().map(MessageView::from).collect())
    })
}

/// The messages of a case for its requester, oldest first; those of staff count as seen from now on.
///
/// # Errors
/// [`ActError`] of the store.
pub fn messages_for_requester(desk: &Desk, opened: Opened) -> Result<Vec<MessageView>, ActError> {
    let (id, now) = (opened.case(), desk.now());
    desk.store.write(|conn| {
        let all = messages(conn, id)?;
        messages_read(conn, id, false, now)?;
        Ok(all.into_iter().map(MessageView::from).collect())
    })
}
