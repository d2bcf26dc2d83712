//! The events.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::base::Moment;
use crate::case::{Move, ReminderKind, Stage};

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "actor", content = "id")]
pub enum Actor {
    /// The person who asked, or somebody who holds their link.
    Requester,
    /// A member of staff, by identifier.
    Staff(String),
    /// The program by itself: a job or a timer.
    System,
    /// Whoever has the machine: the command line.
    Operator,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Requester => f.write_str("requester"),
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::System => f.write_str("system"),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// What happened. The stored detail is this enum's JSON; its `kind` is the tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Event {
    /// A request came in.
    RequestReceived {
        /// Which right.
        right: String,
        /// By which channel.
        channel: String,
        /// The true date of receipt.
        received_on: NaiveDate,
    },
    /// A case took a move of the transition table.
    Moved {
        /// The move.
        action: Move,
        /// From.
        from: Stage,
        /// To.
        to: Stage,
        /// Why, where the move needs a reason (staff wording; letters carry their own).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The ground of a refusal, as the code of an exemption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    /// A one-time code was sent to the requester's address.
    CodeSent,
    /// A code was refused.
    CodeRefused {
        /// Attempts used on this code.
        attempts: i64,
    },
    /// The due date was computed and differs from what stood before.
    DueDateChanged {
        /// Before.
        from: Option<NaiveDate>,
        /// Now.
        to: Option<NaiveDate>,
    },
    /// A dated fact of the clock was recorded.
    ClockFact {
        /// Its kind, in the contract's words.
        fact: String,
        /// The date it happened.
        happened_on: NaiveDate,
        /// The earlier fact that it corrects or withdraws.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<String>,
        /// Its identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Records were withheld from an answer that was released.
    Withheld {
        /// The entry of the trail by which it was released.
        ending: i64,
        /// `exempted` or `redacted`.
        how: String,
        /// Under which exemption.
        code: String,
        /// How many records.
        records: i64,
    },
    /// The known bank holidays were changed.
    HolidaysChanged {
        /// The change, by identifier.
        change: String,
        /// `imported`, `proclaimed` or `taken_back`.
        how: String,
        /// Days that became bank holidays.
        added: u64,
        /// Days that no longer are.
        removed: u64,
    },
    /// A reminder was made.
    ReminderMade {
        /// What it is of.
        reminder: ReminderKind,
        /// The date that it is about.
        about_on: NaiveDate,
    },
    /// A member of staff ticked off a reminder.
    ReminderDone {
        /// What it was of.
        reminder: ReminderKind,
        /// The date that it was about.
        about_on: NaiveDate,
    },
    /// A search ended.
    Gathered {
        /// Records found.
        found: u64,
        /// Records held back for review.
        held: u64,
        /// Collections that could not be searched.
        failed: u64,
    },
    /// A caseworker decided about a record.
    RecordDecided {
        /// The record, by its identifier in the spool.
        record: String,
        /// The decision: include or exclude; `theirs` or `not_theirs` where it was about whose it is; `lapsed` if a new search found the record changed or gone.
        decision: String,
        /// The exemption, where one is claimed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    /// A caseworker confirmed an identifier of the person's: the search goes on from it. Never the value.
    IdentifierConfirmed {
        /// The step of the review, by identifier.
        step: String,
        /// Its kind: `email`, `phone`, `name`...
        of: String,
        /// The record on which it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<String>,
    },
    /// A step of a review: what was decided or redacted, and to how many records; never the words.
    ReviewStep {
        /// The step, by identifier.
        step: String,
        /// Its kind: `decide`, `redact`, `everywhere`, `reject`, `undo`...
        what: String,
        /// How many records it touches.
        records: u64,
        /// How many places in them.
        places: u64,
        /// The exemption, where one is claimed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// The step that it undoes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<String>,
    },
    /// An opinion was put on a case, or taken back.
    OpinionRecorded {
        /// By identifier.
        opinion: String,
        /// `health` or `social_work`.
        of: String,
        /// True if it was taken back.
        withdrawn: bool,
    },
    /// Suggestions for a review were worked out.
    SuggestionsMade {
        /// How many.
        suggestions: u64,
        /// In how many records.
        records: u64,
    },
    /// What stood when a case was sent for sign-off, approved or sent back.
    SignOff {
        /// `sent`, `approved` or `sent_back`.
        what: String,
        /// SHA-256 of the listing, hexadecimal.
        digest: String,
    },
    /// An approver wants something looked at again, or a caseworker dealt with it.
    ReviewCommented {
        /// The record; none for the case.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<String>,
        /// True if it was dealt with.
        settled: bool,
    },
    /// A standing rule of redaction was made or ended.
    StandingRule {
        /// By identifier.
        rule: String,
        /// True if it was ended.
        ended: bool,
    },
    /// Something came between the data map and a database, or went away.
    DriftFound {
        /// The dataset, by its key.
        dataset: String,
        /// How many came.
        found: u64,
        /// How many went.
        ended: u64,
    },
    /// Somebody said why something between the data map and a database may stay.
    DriftWaived {
        /// By identifier.
        drift: String,
    },
    /// Somebody looked at the answer as the person will see it.
    PreviewRead,
    /// A caseworker read a case's records.
    RecordsRead,
    /// A member of staff read a case: who it is about, what they asked, what was recorded.
    CaseRead {
        /// What of it: `case`, `facts`, `deadline`, `work_times`, `review`, `requester`, `corrections`, `erasures`.
        part: String,
    },
    /// A member of staff listed cases, with the names of the people they are about.
    CasesListed {
        /// How many.
        cases: u64,
        /// True if they searched for a name, an address or a reference. What they searched for is not kept.
        searched: bool,
    },
    /// Somebody took a copy of the audit trail.
    TrailExported {
        /// How many entries.
        entries: u64,
    },
    /// A correction took a step; never a value.
    Correction {
        /// By identifier.
        correction: String,
        /// `asked`, `decided`, `returned`, `signed`, `written`, `changed`, `blocked`, `undo_asked`.
        what: String,
        /// The record, by its identifier in the spool.
        record: String,
        /// The field of the data map.
        field: String,
    },
    /// An erasure took a step; never a value.
    Erasure {
        /// By identifier.
        erasure: String,
        /// `planned`, `returned`, `signed`; at a source `made`, `stands`, `differs`, `refused`; `done`, `with_owner`,
        /// `changed`, `blocked`, `owner_done`.
        what: String,
        /// How many records it is about.
        records: u64,
    },
    /// A notice to a recipient took a step.
    RecipientNotice {
        /// By identifier.
        notice: String,
        /// `due`, `sent`, `acknowledged` or `waived`.
        state: String,
    },
    /// The bundle was built.
    BundleBuilt {
        /// SHA-256 of the zip, hexadecimal.
        sha256: String,
        /// Its size.
        size_bytes: u64,
    },
    /// The requester fetched the bundle.
    BundleDownloaded {
        /// SHA-256 of the zip, hexadecimal.
        sha256: String,
    },
    /// The time to fetch the bundle ended, and its bytes were removed.
    BundleExpired,
    /// The requester opened the answer to read it.
    AnswerRead,
    /// Something was asked for that must be shown before we go on.
    ProofAsked {
        /// Who the requester is.
        identity: bool,
        /// That they may act for the subject.
        authority: bool,
    },
    /// A file came as proof.
    EvidenceReceived {
        /// By identifier.
        evidence: String,
        /// `identity`, `authority` or `other`.
        of: String,
        /// SHA-256 of what was sent, hexadecimal.
        sha256: String,
        /// A scanner found nothing in it; false if there is none.
        scanned: bool,
    },
    /// A file was not taken.
    EvidenceRefused {
        /// Why, as its word.
        why: String,
    },
    /// A member of staff looked at a file.
    EvidenceRead {
        /// By identifier.
        evidence: String,
    },
    /// The bytes of files were removed, since it was decided about them.
    EvidenceRemoved {
        /// How many.
        files: u64,
    },
    /// A caseworker wrote down what they made of the requester.
    Assessed {
        /// By identifier.
        assessment: String,
        /// What it is of.
        of: String,
        /// How it was made.
        method: String,
        /// What came out.
        outcome: String,
    },
    /// A message was written, by whoever did it.
    MessageWritten {
        /// By identifier.
        message: String,
    },
    /// Another case grew out of this one.
    CaseGrown {
        /// The new case.
        case: String,
        /// `complaint` or `correction`.
        why: String,
    },
    /// The requester said that a field is wrong.
    CorrectionAsked {
        /// By identifier.
        correction: String,
        /// The collection.
        collection: String,
        /// The column.
        field: String,
    },
    /// What the requester wants of us beside the answer was changed.
    WishesChanged,
    /// A bundle was asked for with a token of another case, or an expired or forged one.
    AccessRefused {
        /// Which rule refused it.
        rule: String,
    },
    /// A letter was handed to the post.
    LetterSent {
        /// Its kind.
        letter: String,
    },
    /// A job was given up after its last attempt.
    JobGivenUp {
        /// Its kind.
        job: String,
    },
    /// A job that was given up was queued again.
    JobRetried {
        /// Its kind.
        job: String,
    },
    /// A case was given to a team.
    TeamGiven {
        /// Which.
        team: String,
    },
    /// A caseworker recorded why a case is late.
    LateReasonGiven {
        /// The reason's word.
        reason: String,
    },
    /// The requester was told a new date by which they will be answered.
    NewDateTold {
        /// The date.
        answer_by: NaiveDate,
        /// When they were told.
        told_on: NaiveDate,
    },
    /// Staff time was recorded, or an entry taken back.
    TimeLogged {
        /// The day of the work.
        worked_on: NaiveDate,
        /// Minutes; below zero in an entry that takes another back.
        minutes: i64,
    },
    /// A report was made.
    ReportMade {
        /// `deadlines`, `backlog` or `foi`.
        report: String,
        /// The first day of its period.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        /// The last day of its period.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<NaiveDate>,
        /// The day as of which it was made.
        as_at: NaiveDate,
        /// Its format; `page` if it was shown in the desk.
        format: String,
    },
    /// A report is to be sent by e-mail regularly, or no longer.
    ReportScheduled {
        /// The schedule, by identifier.
        schedule: String,
        /// `deadlines`, `backlog` or `foi`.
        report: String,
        /// `week`, `month`, `quarter` or `year`.
        every: String,
        /// True if it was ended.
        ended: bool,
    },
    /// A colleague wrote a note beside a case; never its words.
    NoteAdded,
    /// A task was written down, or done; never its words.
    TaskNoted {
        /// True if it was done.
        done: bool,
    },
    /// Something was said about two cases, or taken back.
    CasesLinked {
        /// The other case, by identifier.
        other: String,
        /// `same_person`, `duplicate` or `different_person`.
        why: String,
        /// True if it was taken back.
        ended: bool,
    },
    /// Somebody's password or second factor changed, or a recovery code was used.
    FactorChanged {
        /// Whose, by identifier.
        user: String,
        /// `set`, `removed`, `recovery_used` or `password`.
        what: String,
    },
    /// A member of staff was added.
    UserAdded {
        /// Their identifier.
        user: String,
        /// Their role.
        role: Role,
    },
    /// A member of staff was changed: let in again, kept out, given another role or password.
    UserChanged {
        /// Their identifier.
        user: String,
        /// `disabled`, `enabled`, `role` or `password`.
        what: String,
        /// Their new role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
    },
    /// A token of the API was issued for a program.
    TokenIssued {
        /// The token, by identifier.
        token: String,
        /// Whose name it works in.
        user: String,
        /// The role that it is narrowed to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
        /// Its last day.
        until: NaiveDate,
    },
    /// A token of the API was revoked.
    TokenRevoked {
        /// The token, by identifier.
        token: String,
    },
    /// A backup was written.
    BackedUp,
    /// The desk was restored from a backup.
    Restored {
        /// When the backup was made.
        made_at: Moment,
        /// SHA-256 of the backup, hexadecimal.
        sha256: String,
    },
    /// A member of staff signed in.
    SignedIn,
    /// Signing in failed.
    SignInRefused {
        /// The account, where the name is known.
        user: Option<String>,
    },
    /// A member of staff signed out, or a session was revoked.
    SignedOut,
}

impl Event {
    /// The tag that the stored row carries.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::RequestReceived { .. } => "request_received",
            Self::Moved { .. } => "moved",
            Self::CodeSent => "code_sent",
            Self::CodeRefused { .. } => "code_refused",
            Self::DueDateChanged { .. } => "due_date_changed",
            Self::ClockFact { .. } => "clock_fact",
            Self::Withheld { .. } => "withheld",
            Self::HolidaysChanged { .. } => "holidays_changed",
            Self::ReminderMade { .. } => "reminder_made",
            Self::ReminderDone { .. } => "reminder_done",
            Self::Gathered { .. } => "gathered",
            Self::RecordDecided { .. } => "record_decided",
            Self::IdentifierConfirmed { .. } => "identifier_confirmed",
            Self::ReviewStep { .. } => "review_step",
            Self::OpinionRecorded { .. } => "opinion_recorded",
            Self::SuggestionsMade { .. } => "suggestions_made",
            Self::SignOff { .. } => "sign_off",
            Self::ReviewCommented { .. } => "review_commented",
            Self::StandingRule { .. } => "standing_rule",
            Self::DriftFound { .. } => "drift_found",
            Self::DriftWaived { .. } => "drift_waived",
            Self::PreviewRead => "preview_read",
            Self::RecordsRead => "records_read",
            Self::CaseRead { .. } => "case_read",
            Self::CasesListed { .. } => "cases_listed",
            Self::TrailExported { .. } => "trail_exported",
            Self::Correction { .. } => "correction",
            Self::Erasure { .. } => "erasure",
            Self::RecipientNotice { .. } => "recipient_notice",
            Self::BundleBuilt { .. } => "bundle_built",
            Self::BundleDownloaded { .. } => "bundle_downloaded",
            Self::BundleExpired => "bundle_expired",
            Self::AnswerRead => "answer_read",
            Self::ProofAsked { .. } => "proof_asked",
            Self::EvidenceReceived { .. } => "evidence_received",
            Self::EvidenceRefused { .. } => "evidence_refused",
            Self::EvidenceRead { .. } => "evidence_read",
            Self::EvidenceRemoved { .. } => "evidence_removed",
            Self::Assessed { .. } => "assessed",
            Self::MessageWritten { .. } => "message_written",
            Self::CaseGrown { .. } => "case_grown",
            Self::CorrectionAsked { .. } => "correction_asked",
            Self::WishesChanged => "wishes_changed",
            Self::AccessRefused { .. } => "access_refused",
            Self::LetterSent { .. } => "letter_sent",
            Self::JobGivenUp { .. } => "job_given_up",
            Self::JobRetried { .. } => "job_retried",
            Self::TeamGiven { .. } => "team_given",
            Self::LateReasonGiven { .. } => "late_reason_given",
            Self::NewDateTold { .. } => "new_date_told",
            Self::TimeLogged { .. } => "time_logged",
            Self::ReportMade { .. } => "report_made",
            Self::ReportScheduled { .. } => "report_scheduled",
            Self::NoteAdded => "note_added",
            Self::TaskNoted { .. } => "task_noted",
            Self::CasesLinked { .. } => "cases_linked",
            Self::FactorChanged { .. } => "factor_changed",
            Self::UserAdded { .. } => "user_added",
            Self::UserChanged { .. } => "user_changed",
            Self::TokenIssued { .. } => "token_issued",
            Self::TokenRevoked { .. } => "token_revoked",
            Self::BackedUp => "backed_up",
            Self::Restored { .. } => "restored",
            Self::SignedIn => "signed_in",
            Self::SignInRefused { .. } => "sign_in_refused",
            Self::SignedOut => "signed_out",
        }
    }
}
