//! What is recorded of a case, in the order in which it was recorded: the input of every report.

use crate::base::{Moment, words};
use crate::case::{Channel, Relationship};
use crate::deadline::{Fact, Right};

words! {
    /// How a case left the open stages, or came back to them.
    How, "the ending" {
        /// The answer was released to the requester.
        Released = "released",
        /// The request was refused in whole.
        Refused = "refused",
        /// The requester withdrew it.
        Withdrawn = "withdrawn",
        /// It lapsed: the requester was silent.
        Lapsed = "lapsed",
        /// It was opened again.
        Reopened = "reopened",
    }
}

words! {
    /// What became of a record that the requester did not get whole.
    WithheldHow, "how it was withheld" {
        /// The record was left out under an exemption.
        Exempted = "exempted",
        /// Parts of it were blacked out.
        Redacted = "redacted",
    }
}

words! {
    /// Why an answer is or was late, as a caseworker recorded it.
    LateReason, "the reason" {
        /// More to read than the time allows.
        Volume = "volume",
        /// The request was hard to answer.
        Complexity = "complexity",
        /// Others had to be consulted.
        Consultation = "consultation",
        /// A department or supplier was slow to hand over what it holds.
        Source = "source",
        /// Nobody, or not enough people, to do it.
        Staffing = "staffing",
        /// A system did not work.
        System = "system",
        /// It waited for its sign-off.
        SignOff = "sign_off",
        /// It reached the team late from elsewhere in the organisation.
        Misdirected = "misdirected",
        /// Something else, said in the note.
        Other = "other",
    }
}

/// Everything that a report needs to know of a case; nothing that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The case's identifier.
    pub case: String,
    /// What people quote.
    pub reference: String,
    /// Which right.
    pub right: Right,
    /// How it came.
    pub channel: Channel,
    /// Who asked, to the subject.
    pub requester: Relationship,
    /// The facts of its clock.
    pub facts: Vec<Fact>,
    /// When it left the open stages, and came back.
    pub endings: Vec<Ending>,
    /// To which team it was given.
    pub teams: Vec<TeamGiven>,
    /// Why it is late, as recorded.
    pub late_reasons: Vec<LateReasonGiven>,
    /// Of a complaint.
    pub complaint: Option<Complaint>,
}

/// A case left the open stages, or came back to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// When.
    pub at: Moment,
    /// How.
    pub how: How,
    /// Of a refusal: the ground, as the code of an exemption, if one was given.
    pub code: Option<String>,
    /// Of an answer: what was withheld from it.
    pub withheld: Vec<Withheld>,
}

/// Records of an answer that were withheld under one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// How.
    pub how: WithheldHow,
    /// Under which exemption.
    pub code: String,
    /// How many records.
    pub records: u64,
}

/// A case was given to a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamGiven {
    /// When.
    pub at: Moment,
    /// The team.
    pub team: String,
}

/// A caseworker recorded why a case is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateReasonGiven {
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: LateReason,
}

/// What a report needs to know of a complaint (DPA 2018 s.164A). A stage of its own for complaints fills this later; until
/// then a complaint is a case of the right `complaint_ack`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Complaint {
    /// When we first wrote to the complainant that we have it.
    pub acknowledged_at: Option<Moment>,
    /// When it was decided, and whether the complaint was upheld, where that is recorded.
    pub outcome: Option<(Moment, bool)>,
}
