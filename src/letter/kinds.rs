//! The kinds of letter.

use askama::Template;
use chrono::NaiveDate;

use crate::bundle::Controller;

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
        };
        Ok(Rendered { subject: crate::base::one_line(&subject), body })
    }
}

/// A date as people write it: `23 November 2026`.
fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

#[derive(Template)]
#[template(path = "letter/code.txt")]
struct CodeText<'a> {
    controller: &'a Controller,
    reference: &'a str,
    code: &'a str,
    minutes: u32,
}

#[derive(Template)]
#[template(path = "letter/received.txt")]
struct ReceivedText<'a> {
    controller: &'a Controller,
    reference: &'a str,
    name: &'a str,
    received_on: String,
    due_on: Option<String>,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "letter/ready.txt")]
struct ReadyText<'a> {
    controller: &'a Controller,
    reference: &'a str,
    name: &'a str,
    link: &'a str,
    until: String,
}

#[derive(Template)]
#[template(path = "letter/refused.txt")]
struct RefusedText<'a> {
    controller: &'a Controller,
    reference: &'a str,
    name: &'a str,
    reasons: &'a str,
}

#[derive(Template)]
#[template(path = "letter/withdrawn.txt")]
struct WithdrawnText<'a> {
    controller: &'a Controller,
    reference: &'a str,
    name: &'a str,
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
    }
}
