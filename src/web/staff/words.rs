//! The desk's words: closed vocabularies and moments as a caseworker reads them. English only.

use chrono::NaiveDate;

use super::super::ui::{Content, Tag};
use crate::acts::CaseEntry;
use crate::audit::Event;
use crate::base::{Moment, capitalised};
use crate::case::{Light, Move, Stage, WaitsFor};

/// `23 November 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    crate::deadline::plain_date(date)
}

/// `Mon 23 Nov 2026`, for tables.
pub(super) fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// `23 November 2026 at 9:30am`, in London.
pub(super) fn moment(at: Moment) -> String {
    let local = at.utc().with_timezone(&chrono_tz::Europe::London);
    format!("{} at {}", day(local.date_naive()), local.format("%-I:%M%P"))
}

/// Where a case stands.
pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::AwaitingVerification => "Identity to be checked",
        Stage::Verified => "Ready to search",
        Stage::AwaitingClarification => "Question asked",
        Stage::Gathering => "Searching",
        Stage::Review => "In review",
        Stage::AwaitingApproval => "Waiting for approval",
        Stage::Approved => "Approved",
        Stage::Released => "Released",
        Stage::Refused => "Refused",
        Stage::Withdrawn => "Withdrawn",
        Stage::Closed => "Closed",
        Stage::Lapsed => "Lapsed",
    }
}

/// A right, by its word.
pub(super) fn right(word: &str) -> &str {
    match word {
        "access" => "Access",
        "rectification" => "Correction",
        "erasure" => "Erasure",
        "restriction" => "Restriction",
        "portability" => "Portability",
        "objection" => "Objection",
        "automated_decision" => "Automated decision",
        "complaint_ack" => "Complaint",
        other => other,
    }
}

/// The rights that can be asked for, with what each is.
pub(super) const RIGHTS: [(&str, &str); 7] = [
    ("access", "A copy of what is held about them"),
    ("rectification", "To have it put right"),
    ("erasure", "To have it erased"),
    ("restriction", "To have its use restricted"),
    ("portability", "To take it elsewhere"),
    ("objection", "To object to its use"),
    ("automated_decision", "To have an automated decision looked at by a person"),
];

/// How a request came, by its word.
pub(super) fn channel(word: &str) -> &str {
    match word {
        "web" => "By the public form",
        "api" => "Through the API",
        "email" => "By email",
        "post" => "By post",
        "phone" => "By phone",
        "in_person" => "In person",
        "social_media" => "On social media",
        other => other,
    }
}

/// Who asks for whom, by its word.
pub(super) fn relationship(word: &str) -> &str {
    match word {
        "self" => "For themselves",
        "parent" => "As a parent of the person",
        "representative" => "As a representative of the person",
        other => other,
    }
}

/// A kind of identifier, by its word.
pub(super) fn identifier(word: &str) -> &str {
    match word {
        "email" => "Email address",
        "phone" => "Phone number",
        "name" => "Other name",
        "date_of_birth" => "Date of birth",
        "postcode" => "Postcode",
        "address" => "Address",
        other => other,
    }
}

/// Whom a case waits for.
pub(super) fn waits_for(who: WaitsFor) -> &'static str {
    match who {
        WaitsFor::Requester => "The requester",
        WaitsFor::Caseworker => "A caseworker",
        WaitsFor::Search => "The search",
        WaitsFor::Approver => "An approver",
        WaitsFor::Nobody => "Nobody",
    }
}

/// How urgent, in a word or two.
pub(super) fn light(light: Light) -> &'static str {
    match light {
        Light::Overdue => "Overdue",
        Light::Red => "Red",
        Light::Amber => "Amber",
        Light::Green => "Green",
        Light::Paused => "No date",
        Light::Done => "Answered",
    }
}

/// How urgent, with the days that are left, as a tag: the colour says no more than the words.
pub(super) fn light_tag(light: Light, days: Option<i64>) -> Tag {
    let (name, left) = (self::light(light), days.map(left));
    let (text, colour) = match (light, left) {
        (Light::Overdue, Some(left)) => (format!("{name}: {left}"), "red"),
        (Light::Overdue, None) => (name.to_owned(), "red"),
        (Light::Red, Some(left)) => (format!("{name}: {left}"), "red"),
        (Light::Amber, Some(left)) => (format!("{name}: {left}"), "orange"),
        (Light::Green, Some(left)) => (format!("{name}: {left}"), "green"),
        (Light::Paused | Light::Done | Light::Red | Light::Amber | Light::Green, _) => (name.to_owned(), "grey"),
    };
    Tag::of(text).colour(colour)
}

fn left(days: i64) -> String {
    match days {
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        -1 => "due yesterday".to_owned(),
        days if days < 0 => format!("due {} days ago", -days),
        days => format!("due in {days} days"),
    }
}

/// A stage as a tag.
pub(super) fn stage_tag(at: Stage) -> Tag {
    let colour = match at {
        Stage::AwaitingVerification | Stage::AwaitingClarification => "yellow",
        Stage::Verified | Stage::Gathering | Stage::Review => "blue",
        Stage::AwaitingApproval => "purple",
        Stage::Approved | Stage::Released => "green",
        Stage::Refused | Stage::Withdrawn | Stage::Closed | Stage::Lapsed => "grey",
    };
    Tag::of(stage(at)).colour(colour)
}

/// What a move is called on a button or a link.
pub(super) fn action(action: Move) -> &'static str {
    match action {
        Move::Verify => "Confirm who they are",
        Move::RejectIdentity => "Ask for better proof of identity",
        Move::Gather => "Search the sources",
        Move::FinishGather => "End the search",
        Move::AbandonGather => "Give up the search",
        Move::RequestClarification => "Ask the requester a question",
        Move::RecordClarification => "Record the requester’s answer",
        Move::Extend => "Take two further months",
        Move::Assign => "Give the case to somebody",
        Move::DecideRecord => "Decide about a record",
        Move::Decide => "Send for sign-off",
        Move::SendBack => "Send back to review",
        Move::Approve => "Approve the answer",
        Move::Release => "Release the answer",
        Move::Answer => "Answer the request",
        Move::Refuse => "Refuse the request",
        Move::Withdraw => "Record that they withdrew",
        Move::Close => "Close the case",
        Move::Lapse => "Stop waiting for the requester",
        Move::Reopen => "Reopen the case",
    }
}

/// An entry of the audit trail as a title and, where there is more to say, a sentence.
pub(super) fn happened(entry: &CaseEntry) -> (String, String) {
    let event = &entry.event;
    if let Event::Moved { action, to, from, reason, .. } = event {
        let title = match action {
            Move::Verify => "Identity confirmed",
            Move::RejectIdentity => "Proof of identity was not enough",
            Move::Gather => "Search begun",
            Move::FinishGather => "Search ended",
            Move::AbandonGather => "Search given up",
            Move::RequestClarification => "Question asked",
            Move::RecordClarification => "Answer to our question recorded",
            Move::Extend => "Two further months taken",
            Move::Assign => "Case given to somebody",
            Move::DecideRecord => "Record decided",
            Move::Decide => "Sent for sign-off",
            Move::SendBack => "Sent back to review",
            Move::Approve => "Approved",
            Move::Release => "Released",
            Move::Answer => "Answered",
            Move::Refuse => "Refused",
            Move::Withdraw => "Withdrawn",
            Move::Close => "Closed",
            Move::Lapse => "Lapsed",
            Move::Reopen => "Reopened",
        };
        let stands = if from == to { String::new() } else { format!("Now: {}. ", self::stage(*to)) };
        // The reason of an assignment names an account, which the list of people shows by name.
        let reason = reason.as_deref().filter(|_| *action != Move::Assign).unwrap_or_default();
        return (title.to_owned(), format!("{stands}{reason}").trim().to_owned());
    }
    if let Event::RequestReceived { right: asked, channel: by, received_on } = event {
        let detail = format!("{}. {}, on {}.", right(asked), channel(by), day(*received_on));
        return ("Request received".to_owned(), detail);
    }
    if let Event::DueDateChanged { from, to } = event {
        let said = |date: &Option<NaiveDate>| date.map_or_else(|| "no date".to_owned(), day);
        return ("Due date changed".to_owned(), format!("From {} to {}.", said(from), said(to)));
    }
    if let Event::ClockFact { fact, happened_on, .. } = event {
        return ("Fact of the clock recorded".to_owned(), format!("{}, {}.", sentence(fact), day(*happened_on)));
    }
    if let Event::Gathered { found, held, failed } = event {
        let missed = if *failed > 0 { format!(" {failed} collections could not be searched.") } else { String::new() };
        return ("Records found".to_owned(), format!("{found} found, {held} held for review.{missed}"));
    }
    if let Event::ReviewStep { what, records, places, .. } = event {
        let places = if *places > 0 { format!(" {places} places.") } else { String::new() };
        return (format!("Review: {}", step(what).to_lowercase()), format!("{records} records.{places}"));
    }
    if let Event::IdentifierConfirmed { of, record, .. } = event {
        let on = record.as_deref().map(|record| format!(", found on {record}")).unwrap_or_default();
        return ("Identifier confirmed".to_owned(), format!("{}{on}. The search goes on from it.", sentence(of)));
    }
    if let Event::Erasure { what, records, .. } = event {
        let title = match what.as_str() {
            "planned" => "Erasure planned",
            "returned" => "Plan of the erasure returned",
            "signed" => "Erasure signed",
            "made" | "stands" => "Erased at a source",
            "differs" => "Not erased: a record changed",
            "refused" | "blocked" => "Not erased: a source refused",
            "with_owner" => "Erased, but for a part that is for who looks after the source",
            "owner_done" => "The rest erased by who looks after the source",
            "done" => "Erasure done",
            _ => "Erasure took a step",
        };
        let counted = if *records > 0 { format!("{records} records.") } else { String::new() };
        return (title.to_owned(), counted);
    }
    if let Event::LetterSent { letter } = event {
        return ("Letter sent".to_owned(), format!("{}.", sentence(letter)));
    }
    if let Event::RecordDecided { record, decision, code } = event {
        let code = code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        return ("Record decided".to_owned(), format!("{record}: {decision}{code}."));
    }
    let title = match event.kind() {
        "code_sent" => "Code sent to the requester",
        "code_refused" => "Wrong code typed",
        "reminder_made" => "Reminder made",
        "reminder_done" => "Reminder ticked off",
        "opinion_recorded" => "Opinion recorded or taken back",
        "suggestions_made" => "Suggested redactions worked out",
        "sign_off" => "What stood was kept",
        "review_commented" => "Comment on the review",
        "preview_read" => "Answer looked at as the person will see it",
        "records_read" => "Records read",
        "bundle_built" => "Answer built",
        "bundle_downloaded" => "Answer fetched",
        "bundle_expired" => "Answer removed after its last day",
        "access_refused" => "Access refused",
        "job_given_up" => "Something could not be done",
        "job_retried" => "Tried again",
        "note_added" => "Note written",
        "task_noted" => "Task written down or done",
        "cases_linked" => "Linked with another case, or the link taken back",
        "team_given" => "Given to a team",
        "late_reason_given" => "Reason for lateness recorded",
        "time_logged" => "Time recorded",
        other => return (sentence(other), String::new()),
    };
    (title.to_owned(), String::new())
}

/// A step of a review, by its word.
pub(super) fn step(word: &str) -> &str {
    match word {
        "decide" => "Record decided",
        "decide_many" => "Many records decided",
        "redact" => "Parts redacted",
        "unredact" => "Redaction taken back",
        "everywhere" => "Same words redacted everywhere",
        "accept" => "Suggestions accepted",
        "reject" => "Suggestions rejected",
        "answer" => "Warnings answered",
        "rules" => "Standing rules applied",
        "match" => "Whose records they are",
        "identifier" => "Identifier confirmed",
        "lapse" => "Decisions lapsed after a new search",
        "undo" => "Step undone",
        other => other,
    }
}

/// A word of ours as the beginning of a sentence: `reminder_verify` becomes `Reminder verify`.
pub(super) fn sentence(word: &str) -> String {
    capitalised(&word.replace('_', " "))
}

/// Lines of text as content: a line break between them.
pub(super) fn lines(text: &str) -> Content {
    let mut all: Vec<Content> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            all.push(super::super::ui::LineBreak.into());
        }
        all.push(line.into());
    }
    all.into()
}
