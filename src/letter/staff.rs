//! The words of reminders to staff.

use crate::case::ReminderKind;

/// The subject and the sentence of a reminder to staff.
pub(super) fn staff_words(kind: ReminderKind, reference: &str, on: &str) -> (String, String) {
    match kind {
        ReminderKind::TargetNear => {
            (format!("{reference}: our target is {on}"), format!("Our own target for case {reference} is {on}."))
        }
        ReminderKind::DueNear => {
            (format!("{reference}: due on {on}"), format!("Case {reference} must be answered by the end of {on}."))
        }
        ReminderKind::Overdue => (
            format!("{reference} is OVERDUE"),
            format!(
                "The statutory date of case {reference} has passed and it is not answered. This message comes again \
                 until it is."
            ),
        ),
        ReminderKind::ExtensionNoticeNear => (
            format!("{reference}: last day for a notice of extension is {on}"),
            format!(
                "If case {reference} needs the two further months, the requester must be told, with reasons, by the end \
                 of {on}. A later notice has no effect (UK GDPR Art. 12A(4))."
            ),
        ),
        ReminderKind::RequesterSilent | ReminderKind::VerifyReminder | ReminderKind::ClarifyReminder => (
            format!("{reference}: no reply from the requester"),
            format!(
                "The requester of case {reference} was asked and has not replied, and could not be reminded by e-mail. \
                 Please write or phone. The case does not lapse by itself."
            ),
        ),
        ReminderKind::Reopened => (
            format!("{reference} is open again"),
            format!("The requester of case {reference}, which had lapsed, replied on {on}. It is open again."),
        ),
    }
}
