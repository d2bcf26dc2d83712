//! The answer goes out: the bundle is built, released, and fetched.

use chrono::TimeDelta;

use crate::audit::{Actor, Event};
use crate::auth::Door;
use crate::base::{Moment, clamp_i64};
use crate::bundle::{Bundle, Cover, Proof, RecordSource};
use crate::case::{CaseId, Move, Relationship, Stage};
use crate::files::Reading;
use crate::files::spool::{Decided, Spool};
use crate::store::{
    BundleRow, CaseRow, Conn, GatherRow, Lease, audit_append, bundle_current, bundle_download_counted, bundle_insert,
    bundle_released, bundle_removed, bundles_ended, bundles_superseded, case_by_id, job_done,
};

use super::desk::Desk;
use super::error::ActError;
use super::letters::LetterOrder;
use super::moving::{By, load, seen, take};
use super::proof::is_known;
use super::reviewing::Review;
use super::sign_off::{as_approved, grounds_hold};
use super::verify::Opened;
use super::wishes::wishes;

/// What made a document.
pub(super) const SOFTWARE: &str = concat!("rightsdesk ", env!("CARGO_PKG_VERSION"));

/// A bundle that may be fetched.
#[derive(Debug)]
pub struct Download {
    /// Open for reading.
    pub file: Reading,
    /// The case's reference, for the file's name.
    pub reference: String,
    /// Its size.
    pub size_bytes: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The spool of a case's newest search.
pub(super) fn open_spool(desk: &Desk, gather: Option<GatherRow>) -> Result<Spool, ActError> {
    let Some(gather) = gather else {
        return Err(ActError::Refused("nothing was gathered yet: gather the records first".to_owned()));
    };
    desk.files.spool_open(&gather.spool).map_err(|e| ActError::Broken(e.to_string()))
}

/// Reads what a case discloses, as things are decided: what the bundle is written from, and what its requester reads here.
/// Nothing that is withheld can be seen through it.
///
/// # Errors
/// [`ActError::Refused`] if what stands is not what was approved.
pub(super) fn with_disclosed<T>(
    desk: &Desk,
    id: CaseId,
    read: impl FnOnce(&Decided<'_>) -> Result<T, ActError>,
) -> Result<T, ActError> {
    let review = Review::load(desk, id, None)?;
    as_approved(desk, &review)?;
    read(&review.spool.under(review.rules())?)
}

/// Builds the bundle of a signed-off case from its spool and what was decided.
///
/// # Errors
/// [`ActError`], after which the job is tried again.
pub fn build_bundle(desk: &Desk, id: CaseId, lease: &Lease) -> Result<(), ActError> {
    let case = desk.store.read(|conn| -> Result<_, ActError> { Ok(case_by_id(conn, id)?) })?;
    if case.stage()? != Stage::Approved {
        // It was sent back or withdrawn since: there is nothing to build.
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    }
    let cover = cover(desk, &case)?;
    let name = format!("{}.zip", uuid::Uuid::now_v7());
    let written = with_disclosed(desk, id, |records| {
        desk.files.bundle_write::<ActError>(&name, |out| {
            let published_at = desk.signing_key_link();
            let proof = Proof { key: &desk.audit_key, published_at: &published_at };
            let pages = desk.settings.cases.volume_pages;
            Bundle::new(&cover, records).signed(proof).volumes_of(pages).write(out)?;
            Ok(())
        })
    })?;
    let kept = desk.store.write(|conn| -> Result<bool, ActError> {
        let now = desk.now();
        job_done(conn, lease, now)?;
        let current = case_by_id(conn, id)?;
        if current.version != case.version {
            // Built from what no longer is: the job is tried again, and finds the case as it is then.
            return Err(ActError::Busy);
        }
        bundles_superseded(conn, id, now)?;
        bundle_insert(
            conn,
            BundleRow {
                id: uuid::Uuid::now_v7().to_string(),
                case_id: id.to_string(),
                file: name.clone(),
                sha256: written.sha256.clone(),
                size_bytes: clamp_i64(written.size_bytes),
                built_at: now.naive_utc(),
                released_at: None,
                expires_at: None,
                superseded_at: None,
                downloads: 0,
                removed_at: None,
            },
        )?;
        let event = Event::BundleBuilt { sha256: written.sha256.clone(), size_bytes: written.size_bytes };
        audit_append(conn, now, &Actor::System, Some(id), &event)?;
        if current.stage()? != Stage::Approved {
            return Ok(false);
        }
        Ok(true)
    });
    if !matches!(kept, Ok(true)) {
        desk.files.bundle_remove(&name)?;
    }
    kept.map(|_| ())
}

fn cover(desk: &Desk, case: &CaseRow) -> Result<Cover, ActError> {
    let addressee = (case.relationship()? != Relationship::Myself).then(|| case.requester_name.clone());
    Ok(Cover {
        reference: case.reference.clone(),
        subject_name: case.subject_name.clone(),
        addressee,
        controller: desk.settings.controller.clone(),
        received_on: Some(case.received_on),
        due_on: case.due_on,
        generated_at: desk.now(),
        software: SOFTWARE.to_owned(),
    })
}

/// Lets the requester have the bundle, for the configured number of days.
///
/// # Errors
/// [`ActError::Refused`] while the bundle is being built, if what stands is not what was approved, or if an opinion that
/// something rests on is too old today.
pub fn release(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let case = desk.store.read(|conn| -> Result<_, ActError> { seen(case_by_id(conn, id)?, by) })?;
    crate::case::step(case.stage()?, Move::Release)?;
    let review = Review::load(desk, id, Some(by))?;
    as_approved(desk, &review)?;
    grounds_hold(desk, &review)?;
    let sensitive = is_sensitive(desk, &review)?;
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        crate::case::step(case.stage()?, Move::Release)?;
        if sensitive && !is_known(conn, id)? {
            return Err(ActError::Refused(
                "this answer holds sensitive records: write down first how you know who the requester is (an \
                 assessment of identity, with the outcome enough)"
                    .to_owned(),
            ));
        }
        let Some(bundle) = bundle_current(conn, id)? else {
            return Err(ActError::Refused("the bundle is still being built: try again in a moment".to_owned()));
        };
        let until = now.plus(TimeDelta::days(i64::from(desk.settings.cases.bundle_days)));
        bundle_released(conn, &bundle.id, now, until)?;
        case.released_at = Some(now.naive_utc());
        let case = take(conn, case, Move::Release, by, None, now)?;
        LetterOrder::Ready.enqueue(conn, id, now)?;
        if wishes(conn, id)?.answer_email.is_some() {
            LetterOrder::ReadyElsewhere.enqueue(conn, id, now)?;
        }
        Ok(case)
    })
}

/// Whether the answer holds records of a collection that is configured as sensitive.
fn is_sensitive(desk: &Desk, review: &Review) -> Result<bool, ActError> {
    let rules = &desk.settings.proof;
    if rules.sensitive.is_empty() {
        return Ok(false);
    }
    let records = review.spool.under(review.rules())?;
    let disclosed = records.collections().iter().filter(|report| report.disclosed > 0);
    Ok(rules.holds(disclosed.map(|report| report.collection.as_str())))
}

/// Removes the bytes of bundles whose time has ended, at most `limit`. Gives how many.
///
/// The bytes go first: what is noted as removed is gone. If the program dies in between, the next tick notes it.
///
/// # Errors
/// [`ActError`] of the store or the data folder.
pub fn expire_bundles(desk: &Desk, limit: i64) -> Result<u64, ActError> {
    let now = desk.now();
    let ended = desk.store.read(|conn| -> Result<_, ActError> { Ok(bundles_ended(conn, now, limit)?) })?;
    let mut removed = 0;
    for (bundle, case, file) in ended {
        desk.files.bundle_remove(&file)?;
        removed += desk.store.write(|conn| -> Result<u64, ActError> {
            if !bundle_removed(conn, &bundle, now)? {
                return Ok(0);
            }
            audit_append(conn, now, &Actor::System, case.parse().ok(), &Event::BundleExpired)?;
            Ok(1)
        })?;
    }
    Ok(removed)
}

/// The bundle that may be opened now by whoever typed the code for it. By the API that is the code of the request, if it
/// was typed a short while ago and the answer does not go to the subject instead.
pub(super) fn released_bundle(
    conn: &mut Conn,
    desk: &Desk,
    opened: Opened,
    now: Moment,
) -> Result<BundleRow, ActError> {
    let id = opened.case();
    let Some(bundle) = bundle_current(conn, id)?.filter(|bundle| bundle.released_at.is_some()) else {
        return Err(ActError::Refused("the answer is not ready yet: we write to you when it is".to_owned()));
    };
    if opened.door() != Door::Answer {
        if wishes(conn, id)?.answer_email.is_some() {
            return Err(ActError::Forbidden("this answer is given to the person themselves".to_owned()));
        }
        let minutes = i64::from(desk.settings.tokens.answer_minutes);
        if opened.door() == Door::Page || opened.issued_at().plus(TimeDelta::minutes(minutes)) <= now {
            return Err(ActError::Unauthenticated(format!(
                "the answer opens only within {minutes} minutes of a code: ask for a new one and type it"
            )));
        }
    }
    if bundle.expires_at.is_none_or(|until| Moment::from_naive_utc(until) <= now) {
        return Err(ActError::Gone("the time to get this answer has ended: write to us for a new copy".to_owned()));
    }
    Ok(bundle)
}

/// The bundle for its requester; each fetch is counted and written down.
///
/// # Errors
/// [`ActError::Refused`] before the release, [`ActError::Gone`] after the last day.
pub fn bundle_for_download(desk: &Desk, opened: Opened) -> Result<Download, ActError> {
    let now = desk.now();
    let id = opened.case();
    let (case, bundle) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((case_by_id(conn, id)?, released_bundle(conn, desk, opened, now)?))
    })?;
    // Opened before it is counted: what cannot be read was not fetched.
    let file = desk.files.bundle_open(&bundle.file)?;
    desk.store.write(|conn| -> Result<(), ActError> {
        bundle_download_counted(conn, &bundle.id)?;
        let event = Event::BundleDownloaded { sha256: bundle.sha256.clone() };
        Ok(audit_append(conn, now, &Actor::Requester, Some(id), &event)?)
    })?;
    Ok(Download { file, reference: case.reference, size_bytes: bundle.size_bytes, sha256: bundle.sha256 })
}

/// The released bundle for a member of staff who sends it by post or hands it over. That they took it is written down; it
/// is not counted as fetched by the requester.
///
/// # Errors
/// [`ActError::Refused`] before the release, [`ActError::Gone`] once its bytes were removed.
pub fn bundle_for_post(desk: &Desk, id: CaseId, staff: &str) -> Result<Download, ActError> {
    let now = desk.now();
    let (case, bundle) =
        desk.store.read(|conn| -> Result<_, ActError> { Ok((case_by_id(conn, id)?, bundle_current(conn, id)?)) })?;
    let Some(bundle) = bundle.filter(|bundle| bundle.released_at.is_some()) else {
        return Err(ActError::Refused("the answer is not released yet: release it first".to_owned()));
    };
    if bundle.removed_at.is_some() || bundle.expires_at.is_none_or(|until| Moment::from_naive_utc(until) <= now) {
        return Err(ActError::Gone("the time to get this answer has ended".to_owned()));
    }
    let file = desk.files.bundle_open(&bundle.file)?;
    let event = Event::BundleDownloaded { sha256: bundle.sha256.clone() };
    desk.store.write(|conn| -> Result<(), ActError> {
        Ok(audit_append(conn, now, &Actor::Staff(staff.to_owned()), Some(id), &event)?)
    })?;
    Ok(Download { file, reference: case.reference, size_bytes: bundle.size_bytes, sha256: bundle.sha256 })
}
