//! Sign-off: the review is sent by one person and signed by another. What stood then is kept and hashed; what goes out must
//! be exactly that.

use serde::Serialize;

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Move, step};
use crate::store::{
    CaseRow, CommentRow, Conn, SignOffRow, audit_append, bundles_superseded, case_by_id, comment_insert,
    comment_settle, comments_of, gather_latest, reviewers, sign_off_insert, sign_offs_of,
};

use super::checklist::{Check, ItemState, check, failing_grounds};
use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::listing::{digest, keep};
use super::moving::{By, load, seen, take};
use super::queue::Job;
use super::reviewing::Review;

/// Sends the review for sign-off. Nothing on the checklist may stand in the way.
///
/// # Errors
/// [`ActError::Refused`] naming all that does.
pub fn decide(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let case = desk.store.read(|conn| -> Result<_, ActError> { seen(case_by_id(conn, id)?, by) })?;
    step(case.stage()?, Move::Decide)?;
    let review = Review::load(desk, id, Some(by))?;
    let open: Vec<String> = check(desk, &review)?
        .items
        .into_iter()
        .filter(|item| item.state == ItemState::Open)
        .map(|item| item.plain)
        .collect();
    if !open.is_empty() {
        return Err(ActError::Refused(open.join("; ")));
    }
    let (listing, digest) = keep(desk, &review)?;
    let done = desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        case.decided_by = Some(staff);
        signed(conn, id, "sent", by, (&listing, &digest), None, now)?;
        take(conn, case, Move::Decide, by, None, now)
    });
    if done.is_err() {
        desk.files.listing_remove(&listing)?;
    }
    done
}

fn signed(
    conn: &mut Conn,
    id: CaseId,
    kind: &str,
    by: &By,
    (listing, digest): (&str, &str),
    reason: Option<&str>,
    now: Moment,
) -> Result<(), ActError> {
    sign_off_insert(
        conn,
        SignOffRow {
            id: uuid::Uuid::now_v7().to_string(),
            case_id: id.to_string(),
            seq: 0,
            kind: kind.to_owned(),
            made_by: by.staff_id()?.to_owned(),
            made_at: now.naive_utc(),
            digest: digest.to_owned(),
            listing: listing.to_owned(),
            reason: reason.filter(|text| !text.is_empty()).map(ToOwned::to_owned),
        },
    )?;
    let event = Event::SignOff { what: kind.to_owned(), digest: digest.to_owned() };
    Ok(audit_append(conn, now, &by.actor, Some(id), &event)?)
}

/// What an approver wants looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComment {
    /// In which record; none for the case.
    pub record: Option<String>,
    /// What.
    pub comment: String,
}

/// Returns the case to the reviewer, with comments on single records where there are any. A bundle that was built is
/// removed.
///
/// # Errors
/// [`ActError::Invalid`] for a comment on a record that the newest search does not hold.
pub fn send_back(
    desk: &Desk,
    id: CaseId,
    reason: &str,
    comments: Vec<NewComment>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    if !comments.is_empty() {
        let review = Review::load(desk, id, Some(by))?;
        let mut faults = Vec::new();
        for (at, comment) in comments.iter().enumerate() {
            if let Some(record) = &comment.record
                && review.spool.find(record, &crate::files::spool::Rules::default())?.is_none()
            {
                let problem = "the newest search holds no such record".to_owned();
                faults.push(FieldFault { field: format!("comments[{at}].record"), problem });
            }
        }
        if !faults.is_empty() {
            return Err(ActError::Invalid(faults));
        }
    }
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let mut case = load(conn, id, by)?;
        case.decided_by = None;
        case.approved_by = None;
        let files = bundles_superseded(conn, id, now)?;
        let case = take(conn, case, Move::SendBack, by, Some(reason), now)?;
        if let Some(last) = sign_offs_of(conn, id)?.into_iter().next() {
            signed(conn, id, "sent_back", by, (&last.listing, &last.digest), Some(reason), now)?;
        }
        for comment in comments {
            let event = Event::ReviewCommented { record: comment.record.clone(), settled: false };
            comment_insert(
                conn,
                CommentRow {
                    id: uuid::Uuid::now_v7().to_string(),
                    case_id: id.to_string(),
                    record: comment.record,
                    comment: comment.comment,
                    made_by: staff.clone(),
                    made_at: now.naive_utc(),
                    settled_by: None,
                    settled_at: None,
                    answer: None,
                },
            )?;
            audit_append(conn, now, &by.actor, Some(id), &event)?;
        }
        Ok((case, files))
    })?;
    for file in files {
        desk.files.bundle_remove(&file)?;
    }
    Ok(case)
}

/// A comment of an approver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CommentView {
    /// Its identifier.
    pub comment: String,
    /// The record; none for the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// Who dealt with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// What they say to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// The comments of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn comments_list(desk: &Desk, id: CaseId) -> Result<Vec<CommentView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        Ok(comments_of(conn, id)?
            .into_iter()
            .map(|row| CommentView {
                comment: row.id,
                record: row.record,
                text: row.comment,
                by: row.made_by,
                at: Moment::from_naive_utc(row.made_at),
                settled_by: row.settled_by,
                answer: row.answer,
            })
            .collect())
    })
}

/// Says what was done about a comment.
///
/// # Errors
/// [`ActError::Missing`] if it is not open.
pub fn comment_answer(desk: &Desk, id: CaseId, comment: &str, answer: &str, by: &By) -> Result<(), ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let record = comments_of(conn, id)?.into_iter().find(|row| row.id == comment).and_then(|row| row.record);
        if !comment_settle(conn, id, comment, &staff, now.naive_utc(), answer)? {
            return Err(ActError::Missing("comment that is open in this case"));
        }
        Ok(audit_append(conn, now, &by.actor, Some(id), &Event::ReviewCommented { record, settled: true })?)
    })
}

/// Signs off what somebody else decided; the bundle is built next. While a source could not be searched, the approver
/// must record why the answer may go out all the same.
///
/// # Errors
/// [`ActError::Forbidden`] for one's own work; [`ActError::Refused`] if a ground holds no longer, or what stands is not what
/// was sent.
pub fn approve(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    // Who may not is told so first, and what is in the way only to who may.
    desk.store.read(|conn| second_person(conn, id, &staff, reason, by))?;
    let review = Review::load(desk, id, Some(by))?;
    let open: Vec<String> = check(desk, &review)?
        .items
        .into_iter()
        .filter(|item| item.state == ItemState::Open && item.item != Check::SuggestionsReady)
        .map(|item| item.plain)
        .collect();
    if !open.is_empty() {
        return Err(ActError::Refused(format!("{}: send it back", open.join("; "))));
    }
    let digest = digest(&review)?;
    desk.store.write(|conn| {
        let mut case = second_person(conn, id, &staff, reason, by)?;
        let sent = sign_offs_of(conn, id)?.into_iter().find(|row| row.kind == "sent");
        let Some(sent) = sent.filter(|sent| sent.digest == digest) else {
            return Err(ActError::Refused(
                "what stands is not what was sent for sign-off: send it back, and have it sent again".to_owned(),
            ));
        };
        case.approved_by = Some(staff.clone());
        signed(conn, id, "approved", by, (&sent.listing, &digest), Some(reason), now)?;
        let case = take(conn, case, Move::Approve, by, Some(reason).filter(|r| !r.is_empty()), now)?;
        Job::BuildBundle { case: id }.enqueue(conn, None, now)?;
        Ok(case)
    })
}

/// The case, if this person may approve it with this reason.
fn second_person(conn: &mut Conn, id: CaseId, staff: &str, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let case = seen(case_by_id(conn, id)?, by)?;
    step(case.stage()?, Move::Approve)?;
    if case.decided_by.as_deref() == Some(staff) {
        return Err(ActError::Forbidden(
            "you sent this case for sign-off yourself: a second person must approve it".to_owned(),
        ));
    }
    if reviewers(conn, id)?.iter().any(|reviewer| reviewer == staff) {
        return Err(ActError::Forbidden(
            "you decided records of this case yourself: a second person must approve it".to_owned(),
        ));
    }
    let failed = gather_latest(conn, id)?.map_or(0, |gather| gather.failed);
    if failed > 0 && reason.is_empty() {
        return Err(ActError::field(
            "reason",
            format!(
                "{failed} collections could not be searched: send it back and gather again, or say here why the answer \
                 may go out without them"
            ),
        ));
    }
    Ok(case)
}

/// What was approved must be what stands: the hash of the listing, worked out anew.
///
/// # Errors
/// [`ActError::Refused`] if it is not, or if nothing was approved.
pub(super) fn as_approved(desk: &Desk, review: &Review) -> Result<(), ActError> {
    let id = review.case.case_id()?;
    let approved = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok(sign_offs_of(conn, id)?) })?
        .into_iter()
        .find(|row| row.kind == "approved");
    let again = "send it back to review, and have it signed off again";
    match approved {
        None => Err(ActError::Refused(format!("there is no record of what was approved: {again}"))),
        Some(approved) if approved.digest != digest(review)? => {
            Err(ActError::Refused(format!("what stands now is not what was approved: {again}")))
        }
        Some(_) => Ok(()),
    }
}

/// Every ground must hold on the day of the disclosure: an opinion may have become too old since.
///
/// # Errors
/// [`ActError::Refused`] naming the first that does not.
pub(super) fn grounds_hold(desk: &Desk, review: &Review) -> Result<(), ActError> {
    match failing_grounds(desk, review)? {
        (records, Some(first)) => Err(ActError::Refused(format!(
            "the ground does not hold any more for {} records ({first}): send it back to review",
            records.len()
        ))),
        (_, None) => Ok(()),
    }
}
