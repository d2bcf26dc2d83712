//! The kinds of job, and which act does each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::audit::Event;
use crate::auth::CodePurpose;
use crate::base::Moment;
use crate::case::{CaseId, Move, ReminderId, Stage};
use crate::erase::ErasureId;
use crate::rectify::{CorrectionId, NoticeId};
use crate::report::Period;
use crate::store::{Conn, JobRow, Lease, NewJob, audit_append, case_for_change, job_enqueue, job_failed};

use super::anchors::send_anchor;
use super::desk::Desk;
use super::drafts::send_resume;
use super::drift::drift_job;
use super::erase::{give_up_erasing, run_erasure};
use super::error::ActError;
use super::find::send_link;
use super::gather::gather_case;
use super::holidays::HolidayChangeId;
use super::letters::{LetterOrder, send_code, send_letter, send_reminder};
use super::metrics::count_failure;
use super::moving::{By, take};
use super::recompute::recompute_job;
use super::rectify::{give_up_writing, send_notice, write_correction};
use super::release::build_bundle;
use super::reminders::ReminderTo;
use super::reports::send_report;
use super::suggesting::suggest_case;

/// Something to be done later, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "job")]
pub enum Job {
    /// Make a one-time code and send it.
    SendCode {
        /// For whom.
        case: CaseId,
        /// What it opens.
        #[serde(default = "for_the_request")]
        purpose: CodePurpose,
    },
    /// Send the link back to a form that was not sent yet.
    SendResume {
        /// The draft.
        draft: String,
    },
    /// Send the link to a request to whoever asks for it, if it is theirs. What was typed is sealed.
    SendLink {
        /// What it is sealed under.
        id: String,
        /// A reference and an e-mail address, sealed, in hexadecimal.
        typed: String,
    },
    /// Send a letter.
    SendLetter {
        /// About which case.
        case: CaseId,
        /// Which letter.
        order: LetterOrder,
    },
    /// Search the sources.
    Gather {
        /// For which case.
        case: CaseId,
    },
    /// Work out suggested redactions.
    Suggest {
        /// For which case.
        case: CaseId,
    },
    /// Build the bundle of a signed-off case.
    BuildBundle {
        /// Of which case.
        case: CaseId,
    },
    /// Send a reminder to one member of staff or address.
    SendReminder {
        /// About which case.
        case: CaseId,
        /// Which reminder.
        reminder: ReminderId,
        /// To whom.
        to: ReminderTo,
    },
    /// Write a signed correction to its source.
    WriteCorrection {
        /// Of which case.
        case: CaseId,
        /// Which.
        correction: CorrectionId,
    },
    /// Carry out a signed erasure.
    Erase {
        /// Of which case.
        case: CaseId,
        /// Which.
        erasure: ErasureId,
    },
    /// Tell a recipient by e-mail.
    SendNotice {
        /// Of which case.
        case: CaseId,
        /// Which notice.
        notice: NoticeId,
    },
    /// Compare the data map with the databases.
    Drift,
    /// Compute every open case anew.
    Recompute {
        /// After which change of the bank holidays.
        change: HolidayChangeId,
    },
    /// Send a scheduled report to one address.
    SendReport {
        /// The schedule.
        schedule: String,
        /// The first day of its period.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
        /// To which of the schedule's addresses, counted from 0.
        number: usize,
    },
    /// Send an anchor of the audit trail to one address.
    SendAnchor {
        /// Of which entry.
        seq: i64,
        /// To which of the configured addresses, counted from 0.
        number: usize,
    },
}

fn for_the_request() -> CodePurpose {
    CodePurpose::Request
}

impl Job {
    /// The kind's word in stored rows, logs and metrics.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SendCode { .. } => "send_code",
            Self::SendResume { .. } => "send_resume",
            Self::SendLink { .. } => "send_link",
            Self::SendLetter { .. } => "send_letter",
            Self::Gather { .. } => "gather",
            Self::Suggest { .. } => "suggest",
            Self::BuildBundle { .. } => "build_bundle",
            Self::SendReminder { .. } => "send_reminder",
            Self::WriteCorrection { .. } => "write_correction",
            Self::Erase { .. } => "erase",
            Self::SendNotice { .. } => "send_notice",
            Self::Drift => "drift",
            Self::Recompute { .. } => "recompute",
            Self::SendReport { .. } => "send_report",
            Self::SendAnchor { .. } => "send_anchor",
        }
    }

    fn case(&self) -> Option<CaseId> {
        match self {
            Self::SendCode { case, .. }
            | Self::SendLetter { case, .. }
            | Self::Gather { case }
            | Self::Suggest { case }
            | Self::BuildBundle { case }
            | Self::SendReminder { case, .. }
            | Self::WriteCorrection { case, .. }
            | Self::Erase { case, .. }
            | Self::SendNotice { case, .. } => Some(*case),
            Self::Drift
            | Self::SendResume { .. }
            | Self::SendLink { .. }
            | Self::Recompute { .. }
            | Self::SendReport { .. }
            | Self::SendAnchor { .. } => None,
        }
    }

    /// Queues the job in the transaction that makes it necessary.
    ///
    /// # Errors
    /// [`ActError`] of the store.
    pub fn enqueue(self, conn: &mut Conn, dedupe_key: Option<String>, now: Moment) -> Result<(), ActError> {
        let payload = serde_json::to_string(&self).map_err(|e| ActError::Broken(e.to_string()))?;
        let job = NewJob { kind: self.kind(), case: self.case(), payload, dedupe_key };
        Ok(job_enqueue(conn, job, now)?)
    }
}

/// Gives up a job after its last attempt: the queue says so, the trail says so, and a case that waited for it is one a
/// caseworker can act on again.
///
/// # Errors
/// [`ActError`] of the store.
pub fn give_up_job(desk: &Desk, row: &JobRow, lease: &Lease, problem: &str) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        job_failed(conn, lease, problem, None, now)?;
        count_failure(conn, &row.kind)?;
        let id: Option<CaseId> = row.case_id.as_deref().and_then(|id| id.parse().ok());
        audit_append(conn, now, &By::system().actor, id, &Event::JobGivenUp { job: row.kind.clone() })?;
        if let (Some(id), Ok(Job::Gather { .. })) = (id, serde_json::from_str::<Job>(&row.payload)) {
            let case = case_for_change(conn, id)?;
            if case.stage()? == Stage::Gathering {
                take(conn, case, Move::AbandonGather, &By::system(), Some(problem), now)?;
            }
        }
        if let (Some(id), Ok(Job::WriteCorrection { correction, .. })) = (id, serde_json::from_str::<Job>(&row.payload))
        {
            give_up_writing(conn, id, correction, problem, now)?;
        }
        if let (Some(id), Ok(Job::Erase { erasure, .. })) = (id, serde_json::from_str::<Job>(&row.payload)) {
            give_up_erasing(conn, id, erasure, problem, now)?;
        }
        Ok(())
    })
}

/// Does the job with this payload; the act ends the lease in its own transaction.
///
/// # Errors
/// What the act returns: the worker tries again later.
pub fn run_job(desk: &Desk, payload: &str, lease: &Lease) -> Result<(), ActError> {
    let job: Job = serde_json::from_str(payload)
        .map_err(|_| ActError::Broken("the job was queued by another version and cannot be read".to_owned()))?;
    match job {
        Job::SendCode { case, purpose } => send_code(desk, case, purpose, lease),
        Job::SendResume { draft } => send_resume(desk, &draft, lease),
        Job::SendLink { id, typed } => send_link(desk, &id, &typed, lease),
        Job::SendLetter { case, order } => send_letter(desk, case, &order, lease),
        Job::Gather { case } => gather_case(desk, case, lease),
        Job::Suggest { case } => suggest_case(desk, case, lease),
        Job::BuildBundle { case } => build_bundle(desk, case, lease),
        Job::SendReminder { case, reminder, to } => send_reminder(desk, case, reminder, &to, lease),
        Job::SendReport { schedule, from, to, number } => {
            send_report(desk, &schedule, Period { from, to }, number, lease)
        }
        Job::SendAnchor { seq, number } => send_anchor(desk, seq, number, lease),
        Job::WriteCorrection { case, correction } => write_correction(desk, case, correction, lease),
        Job::Erase { case, erasure } => run_erasure(desk, case, erasure, lease),
        Job::SendNotice { case, notice } => send_notice(desk, case, notice, lease),
        Job::Drift => drift_job(desk, lease),
        Job::Recompute { change } => recompute_job(desk, change, lease),
    }
}
