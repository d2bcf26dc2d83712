//! Anchors of the audit trail: made by the timer or on demand, kept in the database, written to a folder and sent by e-mail
//! to whoever keeps them elsewhere.

use chrono::TimeDelta;

use crate::audit::Anchor;
use crate::letter::Rendered;
use crate::post::{Attachment, PostError};
use crate::store::{Lease, anchor_make, anchor_newest, anchor_of, anchors_page, job_done};

use super::desk::Desk;
use super::error::ActError;
use super::queue::Job;

/// Makes an anchor of the last entry, and sends it on its ways; none if that entry has one.
///
/// # Errors
/// [`ActError`] of the store, or if the file cannot be written.
pub fn anchor_now(desk: &Desk) -> Result<Option<Anchor>, ActError> {
    make(desk, false)
}

/// The same, if the newest anchor is older than configured. The file of the newest is written if it is not there.
///
/// # Errors
/// As [`anchor_now`].
pub(super) fn anchor_if_due(desk: &Desk) -> Result<(), ActError> {
    if desk.settings.audit.anchor_hours == 0 {
        return Ok(());
    }
    if make(desk, true)?.is_none()
        && let Some(newest) = desk.store.read(anchor_newest)?
    {
        keep(desk, &newest)?;
    }
    Ok(())
}

fn make(desk: &Desk, only_if_due: bool) -> Result<Option<Anchor>, ActError> {
    let now = desk.now();
    let since = now.plus(TimeDelta::hours(-i64::from(desk.settings.audit.anchor_hours)));
    let made = desk.store.write(|conn| -> Result<_, ActError> {
        let made = anchor_make(conn, only_if_due.then_some(since), |chain, seq, hash| {
            Anchor::of(&desk.audit_key, chain, seq, hash, now)
        })?;
        if let Some(anchor) = &made {
            for number in 0..desk.settings.audit.anchor_emails.len() {
                Job::SendAnchor { seq: anchor.seq, number }.enqueue(conn, None, now)?;
            }
        }
        Ok(made)
    })?;
    if let Some(anchor) = &made {
        keep(desk, anchor)?;
    }
    Ok(made)
}

fn keep(desk: &Desk, anchor: &Anchor) -> Result<(), ActError> {
    desk.anchors
        .keep(&anchor.file_name(), &anchor.to_string())
        .map_err(|e| ActError::Broken(format!("audit.anchor_dir: the anchor cannot be written ({})", e.kind())))
}

/// The anchors after entry `after`, oldest first.
///
/// # Errors
/// [`ActError`] of the store.
pub fn anchors_list(desk: &Desk, after: i64, limit: i64) -> Result<Vec<Anchor>, ActError> {
    desk.store.read(|conn| Ok(anchors_page(conn, after, limit)?))
}

/// Sends the anchor of entry `seq` to one of the configured addresses, counted from 0.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub(super) fn send_anchor(desk: &Desk, seq: i64, number: usize, lease: &Lease) -> Result<(), ActError> {
    let anchor = desk.store.read(|conn| -> Result<_, ActError> { Ok(anchor_of(conn, seq)?) })?;
    if let Some(address) = desk.settings.audit.anchor_emails.get(number) {
        let controller = &desk.settings.controller;
        let body = format!(
            "This is an anchor of the audit trail of {}, {}.\n\nPlease keep it where the people who run the desk cannot change it. \
             With it an auditor can show that nothing was changed, added or taken away before it was made; docs/AUDIT.md says \
             how.\n\n{anchor}",
            controller.service, controller.name
        );
        let letter = Rendered::plain(format!("Audit anchor {seq}, {}", controller.service), body);
        let attachment = Attachment {
            name: anchor.file_name(),
            media_type: "text/plain; charset=utf-8",
            bytes: anchor.to_string().into_bytes(),
        };
        desk.post
            .send_with(address, &letter, &[attachment], desk.now())
            .or_else(|error| {
                // The anchor stands in the letter too.
                let bare = matches!(error, PostError::NoAttachments);
                if bare { desk.post.send(address, &letter, desk.now()) } else { Err(error) }
            })
            .map_err(|e| ActError::Broken(e.to_string()))?;
    }
    desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?))
}
