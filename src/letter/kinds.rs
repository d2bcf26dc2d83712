//! The kinds of letter.

use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::staff::staff_words;
use super::texts::{
    CodeText, DueDateChangedText, LapsedText, ReadyText, ReceivedText, RefusedText, ReminderClarifyText,
    ReminderVerifyText, StaffReminderText, WithdrawnText, day,
};
use crate::bundle::Controller;
use crate::case::ReminderKind;

/// A letter ready for the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

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
    },
    /// The answer can be fetched.
    Ready {
        /// Case reference.
        reference: String,
        /// Who is written to.
        name: String,
        /// Where.
        link: String,
        /// The last day.
        until: NaiveDate,
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

impl Letter {
    /// The kind's word in stored jobs and the audit trail.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::Received { .. } => "received",
            Self::Ready { .. } => "ready",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::DueDateChanged { .. } => "due_date_changed",
            Self::ReminderVerify { .. } => "reminder_verify",
            Self::ReminderClarify { .. } => "reminder_clarify",
            Self::Lapsed { .. } => "lapsed",
            Self::StaffReminder { .. } => "staff_reminder",
        }
    }

    /// The letter in words, in `controller`'s name.
    ///
    /// # Errors
    /// The template engine's, which does not happen with the embedded templates.
    pub fn render(&self, controller: &Controller) -> Result<Rendered, askama::Error> {
        let (subject, body) = match self {
            Self::Code { reference, code, minutes } => (
                format!("Your code for request {reference}"),
                CodeText { controller, reference, code, minutes: *minutes }.render()?,
            ),
            Self::Received { reference, name, received_on, due_on, link } => (
                format!("We have your request {reference}"),
                ReceivedText {
                    controller,
                    reference,
                    name,
                    received_on: day(*received_on),
                    due_on: due_on.map(day),
                    link,
                }
                .render()?,
            ),
            Self::Ready { reference, name, link, until } => (
                format!("The answer to your request {reference} is ready"),
                ReadyText { controller, reference, name, link, until: day(*until) }.render()?,
            ),
            Self::Refused { reference, name, reasons } => (
                format!("Our answer to your request {reference}"),
                RefusedText { controller, reference, name, reasons }.render()?,
            ),
            Self::Withdrawn { reference, name } => (
                format!("We have stopped your request {reference}"),
                WithdrawnText { controller, reference, name }.render()?,
            ),
            Self::DueDateChanged { reference, name, from, to, why, link } => (
                format!("A new date for your request {reference}"),
                DueDateChangedText {
                    controller,
                    reference,
                    name,
                    from: from.map(day),
                    to: day(*to),
                    bank_holiday: *why == DateMoved::BankHoliday,
                    link,
                }
                .render()?,
            ),
            Self::ReminderVerify { reference, link, proof, until } => (
                format!("We cannot go on with request {reference} yet"),
                ReminderVerifyText { controller, reference, link, proof: *proof, until: until.map(day) }.render()?,
            ),
            Self::ReminderClarify { reference, name, question, link, until } => (
                format!("We need your answer for request {reference}"),
                ReminderClarifyText {
                    controller,
                    reference,
                    name,
                    question: question.as_deref(),
                    link,
                    until: until.map(day),
                }
                .render()?,
            ),
            Self::Lapsed { reference, name, link, question } => (
                format!("We have stopped request {reference} for now"),
                LapsedText { controller, reference, name: name.as_deref(), link, question: *question }.render()?,
            ),
            Self::StaffReminder { reference, kind, about_on, link } => {
                let (subject, what) = staff_words(*kind, reference, &day(*about_on));
                (subject, StaffReminderText { controller, what: &what, link }.render()?)
            }
        };
        Ok(Rendered { subject: crate::base::one_line(&subject), body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn controller() -> Controller {
        Controller {
            name: "Lancashire County Council".into(),
            service: "Children's Safeguarding Assurance Partnership".into(),
            registration: "Z542705X".into(),
            address: vec!["County Hall".into(), "Preston".into()],
            email: "dataprotection@lancashire.gov.uk".into(),
            dpo_email: "dpo@lancashire.gov.uk".into(),
            regulator: "Information Commissioner".into(),
            regulator_complaints_url: "https://ico.org.uk/make-a-complaint/".into(),
        }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lapsed(name: Option<&str>) -> Letter {
        Letter::Lapsed {
            reference: "DR-2026-000001".into(),
            name: name.map(Into::into),
            link: "https://rights.example.org/requests/1".into(),
            question: name.is_some(),
        }
    }

    fn staff_reminder(kind: ReminderKind) -> Letter {
        Letter::StaffReminder {
            reference: "DR-2026-000001".into(),
            kind,
            about_on: date("2026-12-23"),
            link: "https://rights.example.org/desk/cases/1".into(),
        }
    }

    #[test]
    fn the_letters_read_as_drawn() {
        let letters = [
            Letter::Code { reference: "DR-2026-000001".into(), code: "493027".into(), minutes: 10 },
            Letter::Received {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                received_on: date("2026-11-23"),
                due_on: Some(date("2026-12-23")),
                link: "https://rights.example.org/requests/1".into(),
            },
            Letter::Ready {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                link: "https://rights.example.org/requests/1".into(),
                until: date("2027-01-22"),
            },
            Letter::Refused {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                reasons: "You asked for the same information last week and nothing has changed since.".into(),
            },
            Letter::Withdrawn { reference: "DR-2026-000001".into(), name: "Łukasz O'Neil".into() },
            Letter::DueDateChanged {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                from: Some(date("2026-12-24")),
                to: date("2026-12-29"),
                why: DateMoved::BankHoliday,
                link: "https://rights.example.org/requests/1".into(),
            },
            Letter::DueDateChanged {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                from: None,
                to: date("2026-12-29"),
                why: DateMoved::Corrected,
                link: "https://rights.example.org/requests/1".into(),
            },
            Letter::ReminderVerify {
                reference: "DR-2026-000001".into(),
                link: "https://rights.example.org/requests/1".into(),
                proof: false,
                until: Some(date("2026-12-23")),
            },
            Letter::ReminderVerify {
                reference: "DR-2026-000001".into(),
                link: "https://rights.example.org/requests/1".into(),
                proof: true,
                until: None,
            },
            Letter::ReminderClarify {
                reference: "DR-2026-000001".into(),
                name: "Łukasz O'Neil".into(),
                question: Some("Which school is it about?".into()),
                link: "https://rights.example.org/requests/1".into(),
                until: Some(date("2027-02-21")),
            },
            lapsed(None),
            lapsed(Some("Łukasz O'Neil")),
            staff_reminder(ReminderKind::TargetNear),
            staff_reminder(ReminderKind::DueNear),
            staff_reminder(ReminderKind::Overdue),
            staff_reminder(ReminderKind::ExtensionNoticeNear),
            staff_reminder(ReminderKind::RequesterSilent),
            staff_reminder(ReminderKind::Reopened),
        ];
        let mut all = String::new();
        for letter in &letters {
            let rendered = letter.render(&controller()).unwrap();
            all.push_str(&format!("=== {}\nSubject: {}\n\n{}\n", letter.kind(), rendered.subject, rendered.body));
        }
        insta::assert_snapshot!(all);
    }

    /// UK GDPR Art. 12(4): reasons, the complaint to the controller (DPA 2018 s.164A), to the Commissioner (s.165) and
    /// the judicial remedy (s.167).
    #[test]
    fn a_refusal_states_all_that_the_statute_asks() {
        let letter = Letter::Refused { reference: "R".into(), name: "N".into(), reasons: "Because of REASON.".into() };
        let body = letter.render(&controller()).unwrap().body;
        for part in ["Because of REASON.", "complain to us", "Information Commissioner", "court", "ico.org.uk"] {
            assert!(body.contains(part), "{part}");
        }
        // A lapse closes a request without an answer.
        for letter in [lapsed(None), lapsed(Some("N"))] {
            let body = letter.render(&controller()).unwrap().body;
            for part in ["complain to us", "Information Commissioner", "court", "ico.org.uk"] {
                assert!(body.contains(part), "{part}");
            }
        }
    }
}
