//! Recipients are told of each correction, erasure and restriction (UK GDPR Art. 19): by e-mail or by letter, until they say
//! that they have it, or with the reason why they cannot be told. The person may ask who was told.

use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::CaseId;
use crate::datamap::Contact;
use crate::letter::Letter;
use crate::rectify::{CorrectionId, NoticeId, Told};
use crate::store::{
    CaseRow, Conn, Lease, NoticeRow, RectificationRow, audit_append, case_by_id, case_for_change, case_update,
    cases_grown_from, correction_by_id, job_done, notice_by_id, notice_insert, notice_update, notices_of,
};
use crate::wording::{Language, Wording};

use super::views::labels;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::letters::hand_over;
use crate::acts::moving::{By, load};
use crate::acts::queue::Job;
use crate::acts::verify::Opened;

/// A notice as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NoticeView {
    /// Its identifier.
    pub notice: String,
    /// The correction that it tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<String>,
    /// `rectification`, `erasure` or `restriction`.
    pub kind: String,
    /// What it is about, in plain words.
    pub about: String,
    /// Who is told.
    pub recipient: String,
    /// `email` or `letter`.
    pub by: &'static str,
    /// Where by e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it stands.
    pub state: Told,
    /// When it went out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Moment>,
    /// When they said that they have it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledged_at: Option<Moment>,
    /// Why they are not told, or what they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A recipient, as the person is told of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ToldRecipient {
    /// Who.
    pub recipient: String,
    /// What it is about, in plain words.
    pub about: String,
    /// Where it stands, in plain words.
    pub status_plain: &'static str,
    /// When they were told.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub told_at: Option<Moment>,
    /// Why they could not be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Who else is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Of which correction.
    pub correction: CorrectionId,
    /// Who.
    pub recipient: String,
    /// Where by e-mail; none if by letter.
    pub email: Option<String>,
}

/// Every recipient of the field is to be told that it was corrected; those with an e-mail address are written to.
pub(super) fn tell_recipients(
    conn: &mut Conn,
    desk: &Desk,
    case: CaseId,
    row: &RectificationRow,
    now: Moment,
) -> Result<(), ActError> {
    let map = &desk.settings.data_map;
    let collection = map
        .datasets
        .iter()
        .find(|dataset| dataset.key == row.dataset)
        .and_then(|dataset| dataset.collections.iter().find(|collection| collection.name == row.collection));
    let Some(collection) = collection else { return Ok(()) };
    let own = collection.field(&row.field).map(|field| &field.about).filter(|about| !about.recipients.is_empty());
    let about = own.unwrap_or(&collection.about);
    for recipient in &about.recipients {
        let contact = about.contacts.iter().find(|contact| contact.name == *recipient);
        make(conn, desk, case, row, recipient, contact.and_then(|Contact { email, .. }| email.clone()), now)?;
    }
    Ok(())
}

fn make(
    conn: &mut Conn,
    desk: &Desk,
    case: CaseId,
    row: &RectificationRow,
    recipient: &str,
    email: Option<String>,
    now: Moment,
) -> Result<NoticeId, ActError> {
    let (collection, field) = labels(desk, row);
    new_notice(
        conn,
        NoticeRow {
            id: String::new(),
            case_id: case.to_string(),
            correction_id: Some(row.id.clone()),
            kind: "rectification".to_owned(),
            about: format!("{field} ({collection})"),
            recipient: recipient.to_owned(),
            email,
            state: Told::Due.to_string(),
            made_at: now.naive_utc(),
            sent_at: None,
            acknowledged_at: None,
            note: None,
            noted_by: Actor::System.to_string(),
            records: None,
        },
        case,
        now,
    )
}

/// Keeps a notice under an identifier of its own; one with an e-mail address is sent.
pub(in crate::acts) fn new_notice(
    conn: &mut Conn,
    row: NoticeRow,
    case: CaseId,
    now: Moment,
) -> Result<NoticeId, ActError> {
    let id = NoticeId::new();
    let queued = row.email.is_some();
    notice_insert(conn, NoticeRow { id: id.to_string(), ..row })?;
    if queued {
        Job::SendNotice { case, notice: id }.enqueue(conn, None, now)?;
    }
    Ok(id)
}

/// Who is told of the corrections of a case, and not waived, for the letter to the person.
pub(in crate::acts) fn being_told(conn: &mut Conn, id: CaseId) -> Result<Vec<String>, ActError> {
    let mut names: Vec<String> = Vec::new();
    for row in notices_of(conn, id)? {
        if row.told()? != Told::Waived && !names.contains(&row.recipient) {
            names.push(row.recipient);
        }
    }
    Ok(names)
}

/// Adds a recipient that the data map does not name.
///
/// # Errors
/// [`ActError::Refused`] if the correction was not written.
pub fn notice_add(desk: &Desk, id: CaseId, new: &NewNotice, by: &By) -> Result<NoticeId, ActError> {
    let now = desk.now();
    by.staff_id()?;
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let row = correction_by_id(conn, id, new.correction)?;
        if !matches!(row.state()?, crate::rectify::State::Written | crate::rectify::State::Undone) {
            return Err(ActError::Refused("nothing was corrected yet that anybody could be told of".to_owned()));
        }
        let notice = make(conn, desk, id, &row, &new.recipient, new.email.clone(), now)?;
        note(conn, case, notice, Told::Due, by, now)?;
        Ok(notice)
    })
}

fn note(conn: &mut Conn, case: CaseRow, notice: NoticeId, told: Told, by: &By, now: Moment) -> Result<i64, ActError> {
    let event = Event::RecipientNotice { notice: notice.to_string(), state: told.to_string() };
    audit_append(conn, now, &by.actor, Some(case.case_id()?), &event)?;
    Ok(case_update(conn, case, now)?.version)
}

/// Notes that a letter went out, that the recipient has it, or why they are not told. Gives the case's new version.
///
/// # Errors
/// [`ActError::Refused`] if the notice does not stand where that is possible.
pub fn notice_step(
    desk: &Desk,
    id: CaseId,
    notice: NoticeId,
    to: Told,
    words: Option<&str>,
    by: &By,
) -> Result<i64, ActError> {
    let now = desk.now();
    by.staff_id()?;
    if to == Told::Waived && words.is_none() {
        return Err(ActError::field("note", "say why it is impossible, or a disproportionate effort, to tell them"));
    }
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let row = notice_by_id(conn, id, notice)?;
        let told = row.told()?;
        told.step(to).map_err(|why| ActError::Refused(format!("the notice is {told}: {why}")))?;
        let at = Some(now.naive_utc());
        let row = NoticeRow {
            state: to.to_string(),
            sent_at: if to == Told::Sent { at } else { row.sent_at },
            acknowledged_at: if to == Told::Acknowledged { at } else { None },
            note: words.map(str::to_owned).or(row.note),
            noted_by: by.actor.to_string(),
            ..row
        };
        notice_update(conn, &row)?;
        note(conn, case, notice, to, by, now)
    })
}

/// The notices of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn notices_list(desk: &Desk, id: CaseId) -> Result<Vec<NoticeView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        notices_of(conn, id)?
            .into_iter()
            .map(|row| {
                Ok(NoticeView {
                    state: row.told()?,
                    notice: row.id,
                    correction: row.correction_id,
                    kind: row.kind,
                    about: row.about,
                    recipient: row.recipient,
                    by: if row.email.is_some() { "email" } else { "letter" },
                    email: row.email,
                    sent_at: row.sent_at.map(Moment::from_naive_utc),
                    acknowledged_at: row.acknowledged_at.map(Moment::from_naive_utc),
                    note: row.note,
                })
            })
            .collect()
    })
}

/// Who was told of what, on this request and on those that follow it (Art. 19, second sentence).
///
/// # Errors
/// [`ActError`] of the store.
pub fn told_recipients(desk: &Desk, opened: Opened) -> Result<Vec<ToldRecipient>, ActError> {
    desk.store.read(|conn| {
        let mut found = Vec::new();
        let mut cases = vec![opened.case()];
        for (_, case) in cases_grown_from(conn, opened.case())? {
            cases.push(case.case_id()?);
        }
        for id in cases {
            for row in notices_of(conn, id)? {
                let told = row.told()?;
                found.push(ToldRecipient {
                    recipient: row.recipient,
                    about: row.about,
                    status_plain: told.plain(),
                    told_at: row.sent_at.map(Moment::from_naive_utc),
                    reason: row.note.filter(|_| told == Told::Waived),
                });
            }
        }
        Ok(found)
    })
}

/// The letter of a notice, with the person's name and the values: to be printed, never sent by e-mail.
///
/// # Errors
/// [`ActError::Missing`] if there is no such notice.
pub fn notice_letter(desk: &Desk, id: CaseId, notice: NoticeId) -> Result<String, ActError> {
    let letter = desk.store.read(|conn| written(conn, id, notice, true))?.1;
    let wording = Wording::of(Language::English);
    let rendered = letter.render(&desk.settings.controller, wording).map_err(|e| ActError::Broken(e.to_string()))?;
    Ok(rendered.body)
}

fn written(conn: &mut Conn, id: CaseId, notice: NoticeId, by_letter: bool) -> Result<(NoticeRow, Letter), ActError> {
    let case = case_by_id(conn, id)?;
    let row = notice_by_id(conn, id, notice)?;
    if let Some(records) = &row.records {
        let letter = Letter::ErasureNotice {
            reference: case.reference,
            recipient: row.recipient.clone(),
            records: records.clone(),
            about: row.about.clone(),
            on: Moment::from_naive_utc(row.made_at).london_date(),
            person: by_letter.then_some(case.subject_name),
        };
        return Ok((row, letter));
    }
    let correction = match row.correction_id.as_deref().map(str::parse::<CorrectionId>) {
        Some(Ok(correction)) => correction_by_id(conn, id, correction)?,
        Some(Err(_)) | None => return Err(ActError::Missing("correction of this notice")),
    };
    let on = correction.ended_at.map_or_else(|| row.made_at.date(), |at| Moment::from_naive_utc(at).london_date());
    let empty = || "(nothing)".to_owned();
    let letter = Letter::RecipientNotice {
        reference: case.reference,
        recipient: row.recipient.clone(),
        record: correction.record,
        about: row.about.clone(),
        on,
        values: by_letter.then(|| {
            (case.subject_name, correction.shown.unwrap_or_else(empty), correction.new_value.unwrap_or_else(empty))
        }),
    };
    Ok((row, letter))
}

/// Sends a notice by e-mail; not if it was dealt with while it waited.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_notice(desk: &Desk, id: CaseId, notice: NoticeId, lease: &Lease) -> Result<(), ActError> {
    let (row, letter) = desk.store.read(|conn| written(conn, id, notice, false))?;
    let Some(address) = row.email.filter(|_| row.state == Told::Due.as_str()) else {
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    };
    hand_over(desk, &address, &letter, Wording::of(Language::English))?;
    desk.store.write(|conn| {
        let now = desk.now();
        job_done(conn, lease, now)?;
        let case = case_for_change(conn, id)?;
        let row = notice_by_id(conn, id, notice)?;
        if row.told()?.step(Told::Sent).is_ok() {
            notice_update(conn, &NoticeRow { state: Told::Sent.to_string(), sent_at: Some(now.naive_utc()), ..row })?;
        }
        note(conn, case, notice, Told::Sent, &By::system(), now)?;
        Ok(())
    })
}
