//! The kinds of letter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::compose::sheet;
use super::sheet::{Rendered, Sheet};
use crate::bundle::Controller;
use crate::case::ReminderKind;
use crate::identity::WhyProof;
use crate::intake::AnswerBy;
use crate::wording::Wording;

/// What is to be said, and all that it needs to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// The one-time code that shows that the address is the requester's.
    Code {
        /// Case reference.
        reference: String,
        /// The code.
        code: String,
        /// How long it lasts.
        minutes: u32,
        /// It opens the answer, not only the request.
        answer: bool,
    },
    /// The link back to a form that was not sent yet. Names nobody: the address may be mistyped.
    Resume {
        /// Where to go on.
        link: String,
        /// The last day.
        until: NaiveDate,
    },
    /// The link to a request, for somebody who lost it.
    Find {
        /// Case reference.
        reference: String,
        /// Where.
        link: String,
    },
    /// The identity is confirmed; what happens next and by when.
    Received {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// When the request was received.
        received_on: NaiveDate,
        /// By when it is answered, once the clock has started.
        due_on: Option<NaiveDate>,
        /// Where to follow the request.
        link: String,
        /// True if the request is for what is held, so that it is searched for.
        searched: bool,
    },
    /// Something must be shown before we go on: who the requester is, or that they may act.
    ProofNeeded {
        /// Case reference.
        reference: String,
        /// Who they are, and why we ask; none if that is not asked.
        identity: Option<WhyAsked>,
        /// That they may act.
        authority: bool,
        /// What is needed, in a caseworker's words.
        words: Option<String>,
        /// Where to send it.
        link: String,
    },
    /// A question about what the requester wants.
    Clarify {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// The question, in the caseworker's words.
        question: String,
        /// Where to answer.
        link: String,
        /// By when we answer all the same; none while the time stands still.
        due_on: Option<NaiveDate>,
    },
    /// Two further months, with reasons (UK GDPR Art. 12A(3)-(4)).
    Extended {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Why, in the caseworker's words.
        reasons: String,
        /// The new date.
        due_on: Option<NaiveDate>,
        /// Where to follow the request.
        link: String,
    },
    /// There is a message on the request's page.
    Message {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Where to read it.
        link: String,
    },
    /// The answer can be had: all of it, a part with reasons (Art. 12(4)), or that nothing is held.
    Ready {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Where.
        link: String,
        /// The last day.
        until: NaiveDate,
        /// What there is.
        answer: Answered,
        /// How it was wanted.
        by: AnswerBy,
        /// Who asked, where the answer goes to the subject instead.
        asked_by: Option<String>,
    },
    /// The answer went to the subject, not to who asked for it.
    ReadyElsewhere {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
    },
    /// The request is refused in whole: reasons and every route of complaint (UK GDPR Art. 12(4)).
    Refused {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Why, in the caseworker's plain words.
        reasons: String,
    },
    /// Information was put right, and whom we told (Art. 16, 19).
    Corrected {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// What was changed: the field in plain words, and what it says now.
        changed: Vec<(String, String)>,
        /// What was not, with reasons, in the caseworker's words.
        not_changed: Option<String>,
        /// The recipients that were told.
        told: Vec<String>,
    },
    /// A recipient is told that something was put right (UK GDPR Art. 19).
    RecipientNotice {
        /// Case reference.
        reference: String,
        /// Who is told.
        recipient: String,
        /// The record, by its identifier.
        record: String,
        /// The field and its record, in plain words.
        about: String,
        /// When it was put right.
        on: NaiveDate,
        /// The person's name, what it said, what it says: in a printed letter alone, never in an e-mail.
        values: Option<(String, String, String)>,
    },
    /// Information was erased, and what stays and why (Art. 17, 19; Art. 12(4) for what stays).
    Erased {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// What was deleted: the collection in plain words, and how many records.
        deleted: Vec<(String, u64)>,
        /// What stays and does not say any more whose it is.
        anonymised: Vec<(String, u64)>,
        /// What stays as it is, and why.
        kept: Vec<(String, u64, String)>,
        /// The recipients that were told.
        told: Vec<String>,
    },
    /// A recipient is told that something was erased (UK GDPR Art. 19).
    ErasureNotice {
        /// Case reference.
        reference: String,
        /// Who is told.
        recipient: String,
        /// The records, by their identifiers.
        records: String,
        /// What they are, in plain words.
        about: String,
        /// When it was erased.
        on: NaiveDate,
        /// Whose they were: in a printed letter alone, never in an e-mail.
        person: Option<String>,
    },
    /// A complaint has arrived (DPA 2018 s.164A(3)).
    ComplaintAcknowledged {
        /// Its reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// When it was received.
        received_on: NaiveDate,
        /// The reference of the request that it is about.
        about: Option<String>,
        /// Where to follow it.
        link: String,
    },
    /// The request was stopped at the requester's wish.
    Withdrawn {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
    },
    /// The date to answer by has moved.
    DueDateChanged {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Before; none if there was no date.
        from: Option<NaiveDate>,
        /// Now.
        to: NaiveDate,
        /// Why.
        why: DateMoved,
        /// Where to follow the request.
        link: String,
    },
    /// We still do not know who the requester is. Names nobody: the address may not be theirs.
    ReminderVerify {
        /// Case reference.
        reference: String,
        /// Where to go on.
        link: String,
        /// True if we asked for proof; else the one-time code is what is missing.
        proof: bool,
        /// The last day for a reply; none if nothing lapses.
        until: Option<NaiveDate>,
    },
    /// Our question is not answered yet.
    ReminderClarify {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// The question, in the caseworker's words.
        question: Option<String>,
        /// Where to go on.
        link: String,
        /// The last day for a reply; none if nothing lapses.
        until: Option<NaiveDate>,
    },
    /// We stopped because the requester was silent: how to go on, and every route of complaint (UK GDPR Art. 12(4)), since
    /// it closes the request without an answer.
    Lapsed {
        /// Case reference.
        reference: String,
        /// Who is written to; none while we do not know who they are.
        name: Option<String>,
        /// Where to go on.
        link: String,
        /// True if we wait for an answer to a question; else to know who they are.
        question: bool,
    },
    /// A reminder to staff. Names the case by its reference alone: e-mail leaves the desk.
    StaffReminder {
        /// Case reference.
        reference: String,
        /// What it is of.
        kind: ReminderKind,
        /// The date that it is about.
        about_on: NaiveDate,
        /// Where staff open the case.
        link: String,
    },
}

/// Why a due date moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateMoved {
    /// A day became, or is no longer, a bank holiday.
    BankHoliday,
    /// A recorded date was put right.
    Corrected,
}

/// Why somebody is asked who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyAsked {
    /// A rule of the controller's.
    Rule(WhyProof),
    /// A caseworker is not sure.
    Doubt,
}

/// What an answer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Everything that was found.
    Whole,
    /// A part. What is missing, by reason in plain words, with how many records; and whether fields or words are covered.
    Part {
        /// Records by reason.
        withheld: Vec<(String, u64)>,
        /// Fields or words are covered in some.
        covered: bool,
    },
    /// Nothing was found.
    Nothing,
}

impl Letter {
    /// The kind's word in stored jobs and the audit trail.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::Resume { .. } => "resume",
            Self::Find { .. } => "find",
            Self::Received { .. } => "received",
            Self::ProofNeeded { .. } => "proof_needed",
            Self::Clarify { .. } => "clarify",
            Self::Extended { .. } => "extended",
            Self::Message { .. } => "message",
            Self::Ready { answer: Answered::Whole, .. } => "ready",
            Self::Ready { answer: Answered::Part { .. }, .. } => "partly_refused",
            Self::Ready { answer: Answered::Nothing, .. } => "nothing_held",
            Self::ReadyElsewhere { .. } => "ready_elsewhere",
            Self::Refused { .. } => "refused",
            Self::Corrected { .. } => "corrected",
            Self::RecipientNotice { .. } => "recipient_notice",
            Self::Erased { .. } => "erased",
            Self::ErasureNotice { .. } => "erasure_notice",
            Self::ComplaintAcknowledged { .. } => "complaint_acknowledged",
            Self::Withdrawn { .. } => "withdrawn",
            Self::DueDateChanged { .. } => "due_date_changed",
            Self::ReminderVerify { .. } => "reminder_verify",
            Self::ReminderClarify { .. } => "reminder_clarify",
            Self::Lapsed { .. } => "lapsed",
            Self::StaffReminder { .. } => "staff_reminder",
        }
    }

    /// The letter in blocks, in `controller`'s name.
    #[must_use]
    pub fn sheet(&self, controller: &Controller, wording: Wording) -> Sheet {
        sheet(self, controller, wording)
    }

    /// The letter as it goes out, in `controller`'s name.
    ///
    /// # Errors
    /// The template engine's, which does not happen with the embedded templates.
    pub fn render(&self, controller: &Controller, wording: Wording) -> Result<Rendered, askama::Error> {
        self.sheet(controller, wording).write(controller, wording)
    }
}
