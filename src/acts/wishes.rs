//! What a requester wants of us beside the answer itself: its language, how it reaches them, by which right they act.

use crate::audit::Event;
use crate::case::CaseId;
use crate::intake::{AnswerBy, Authority};
use crate::store::{CaseRow, Conn, PreferenceRow, audit_append, case_update, preference, preference_put};
use crate::wording::Language;

use super::desk::Desk;
use super::error::ActError;
use super::moving::{By, load};

/// What a requester wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// The language of letters and pages.
    pub language: Language,
    /// How the answer is to reach them.
    pub answer_by: AnswerBy,
    /// Where a paper answer goes.
    pub address: Option<String>,
    /// What else they want of it.
    pub needs: Option<String>,
    /// By which right they act for the subject.
    pub authority: Option<Authority>,
    /// Where the answer goes instead of to them: the subject's own address.
    pub answer_email: Option<String>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            language: Language::default(),
            answer_by: AnswerBy::Download,
            address: None,
            needs: None,
            authority: None,
            answer_email: None,
        }
    }
}

/// What the requester of `case` wants; the usual, if they did not say.
pub(super) fn wishes(conn: &mut Conn, case: CaseId) -> Result<Wishes, ActError> {
    let Some(row) = preference(conn, case)? else { return Ok(Wishes::default()) };
    let unreadable = |_| ActError::Broken("stored wishes cannot be read".to_owned());
    Ok(Wishes {
        language: row.language.parse().map_err(unreadable)?,
        answer_by: row.answer_by.parse().map_err(unreadable)?,
        address: row.address,
        needs: row.needs,
        authority: row.authority.map(|word| word.parse().map_err(unreadable)).transpose()?,
        answer_email: row.answer_email,
    })
}

/// Keeps what the requester of `case` wants.
pub(super) fn wishes_put(conn: &mut Conn, case: CaseId, wishes: &Wishes) -> Result<(), ActError> {
    let row = PreferenceRow {
        case_id: case.to_string(),
        language: wishes.language.to_string(),
        answer_by: wishes.answer_by.to_string(),
        address: wishes.address.clone(),
        needs: wishes.needs.clone(),
        authority: wishes.authority.map(|authority| authority.to_string()),
        answer_email: wishes.answer_email.clone(),
    };
    Ok(preference_put(conn, row)?)
}

/// A caseworker changes how the answer reaches the requester, or has it go to the subject instead: where it is sensitive,
/// it is given to the person themselves.
///
/// # Errors
/// [`ActError::Invalid`] naming the field.
pub fn change_wishes(desk: &Desk, id: CaseId, change: &WishesChange, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let mut wished = wishes(conn, id)?;
        if let Some(answer_by) = change.answer_by {
            wished.answer_by = answer_by;
        }
        if let Some(address) = &change.address {
            wished.address = Some(address.clone()).filter(|address| !address.is_empty());
        }
        if let Some(language) = change.language {
            wished.language = language;
        }
        if let Some(email) = &change.answer_email {
            wished.answer_email = Some(email.clone()).filter(|email| !email.is_empty());
        }
        let paper = matches!(wished.answer_by, AnswerBy::Post | AnswerBy::LargePrint);
        if paper && wished.address.is_none() {
            return Err(ActError::field("address", "a paper answer needs the address that it goes to"));
        }
        wishes_put(conn, id, &wished)?;
        audit_append(conn, now, &by.actor, Some(id), &Event::WishesChanged)?;
        Ok(case_update(conn, case, now)?)
    })
}

/// What is to be changed; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WishesChange {
    /// The language.
    pub language: Option<Language>,
    /// How the answer reaches them.
    pub answer_by: Option<AnswerBy>,
    /// Where a paper answer goes; empty for none.
    pub address: Option<String>,
    /// Where the answer goes instead; empty to give it to the requester again.
    pub answer_email: Option<String>,
}
