//! What the reports count: how a case ended and what was withheld, noted in the transaction of the move; whose case it is,
//! why it is late, and the hours that went into it, as caseworkers record them.

use std::collections::BTreeMap;

use crate::audit::{Actor, Event};
use crate::base::{Moment, clamp_i64};
use crate::case::{CaseId, Stage};
use crate::report::{How, Withheld, WithheldHow};
use crate::store::{Conn, audit_append, decisions, ending_insert, withheld_insert};

use super::error::ActError;

/// Notes that a case left the open stages for `to`, or came back to them. `seq` is the move's entry in the audit trail.
pub(super) fn note_ending(
    conn: &mut Conn,
    id: CaseId,
    seq: i64,
    to: Stage,
    code: Option<&str>,
    now: Moment,
) -> Result<(), ActError> {
    let how = match to {
        // Nothing is closed that was not released, refused or withdrawn before: a case never ends by this one.
        Stage::Released | Stage::Closed => How::Released,
        Stage::Refused => How::Refused,
        Stage::Withdrawn => How::Withdrawn,
        Stage::Lapsed => How::Lapsed,
        Stage::AwaitingVerification
        | Stage::Verified
        | Stage::AwaitingClarification
        | Stage::Gathering
        | Stage::Review
        | Stage::AwaitingApproval
        | Stage::Approved => How::Reopened,
    };
    ending_insert(conn, id, seq, now, how, code)?;
    if how == How::Released {
        for withheld in withheld(conn, id)? {
            withheld_insert(conn, id, seq, &withheld)?;
            let Withheld { how, code, records } = withheld;
            let event = Event::Withheld { ending: seq, how: how.to_string(), code, records: clamp_i64(records) };
            audit_append(conn, now, &Actor::System, Some(id), &event)?;
        }
    }
    Ok(())
}

/// What the answer of a case withholds, counted by exemption.
fn withheld(conn: &mut Conn, id: CaseId) -> Result<Vec<Withheld>, ActError> {
    let mut records: BTreeMap<String, u64> = BTreeMap::new();
    for decision in decisions(conn, id)? {
        if let ("exclude", Some(code)) = (decision.decision.as_str(), decision.code) {
            *records.entry(code).or_default() += 1;
        }
    }
    let how = WithheldHow::Exempted;
    Ok(records.into_iter().map(|(code, records)| Withheld { how, code, records }).collect())
}
