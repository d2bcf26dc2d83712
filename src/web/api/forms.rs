//! The request bodies, and how their text becomes checked values. Shape (names, types, what is missing) is checked
//! against the published document; here stands what each field's text may be, all faults at once.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::problem::Problem;
use crate::acts::{FieldFault, NewRequest, Scope, Wishes};
use crate::base::{char_count, parse_date};
use crate::case::{Channel, Relationship};
use crate::deadline::Right;
use crate::intake::{self, Flaw};
use crate::subject::{Identifier, IdentifierKind};

/// A request about somebody's data.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestBody {
    /// `access`, `rectification`, `erasure`, `restriction`, `portability`, `objection` or `automated_decision`.
    #[schema(example = "access")]
    right: String,
    /// Whose data.
    subject: SubjectBody,
    /// Who asks, if it is not the subject.
    requester: Option<RequesterBody>,
    /// What part; everything if left out.
    scope: Option<ScopeBody>,
    /// In the requester's own words, at most 10,000 characters.
    details: Option<String>,
    /// `web` or `api`; for requests logged by staff also `email`, `post`, `phone`, `in_person`, `social_media`.
    channel: Option<String>,
}

/// A request that reached the controller another way, logged by a caseworker.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LoggedBody {
    /// The day it arrived, whoever took it, ISO 8601.
    #[schema(example = "2026-11-20")]
    received_on: String,
    /// As for a request by the public door.
    right: String,
    /// Whose data.
    subject: SubjectBody,
    /// Who asks, if it is not the subject.
    requester: Option<RequesterBody>,
    /// What part; everything if left out.
    scope: Option<ScopeBody>,
    /// In the requester's own words, at most 10,000 characters.
    details: Option<String>,
    /// `email`, `post`, `phone`, `in_person`, `social_media`, `web` or `api`.
    channel: String,
}

/// The data subject.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubjectBody {
    /// The name they go by.
    #[schema(example = "Aisha Khan")]
    name: String,
    /// An e-mail address that is theirs. May be left out in a request logged by staff.
    #[schema(example = "aisha.khan@example.org")]
    email: Option<String>,
    /// In any writing.
    phone: Option<String>,
    /// In any writing.
    postcode: Option<String>,
    /// ISO 8601.
    date_of_birth: Option<String>,
    /// Former and other names.
    #[serde(default)]
    #[schema(max_items = 20)]
    other_names: Vec<String>,
    /// Other e-mail addresses that are or were theirs.
    #[serde(default)]
    #[schema(max_items = 20)]
    other_emails: Vec<String>,
}

/// Who asks for somebody else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequesterBody {
    /// `self`, `parent` or `representative`.
    #[schema(example = "parent")]
    relationship: String,
    /// Their name.
    name: String,
    /// Where they are reached.
    email: String,
}

/// What part of what is held.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeBody {
    /// Collections of the data map.
    #[serde(default)]
    #[schema(max_items = 100)]
    collections: Vec<String>,
    /// From this date, ISO 8601.
    from: Option<String>,
    /// To this date, ISO 8601.
    to: Option<String>,
    /// In words, at most 1,000 characters.
    words: Option<String>,
}

impl RequestBody {
    /// As a request by the public door.
    pub(super) fn read(self) -> Result<NewRequest, Problem> {
        let mut checks = Checks::default();
        let channel = match self.channel.as_deref() {
            None | Some("api") => Channel::Api,
            Some("web") => Channel::Web,
            Some(_) => {
                checks.fault("channel", "use web or api; staff log other channels with POST /cases");
                Channel::Api
            }
        };
        if self.subject.email.is_none() && self.requester.is_none() {
            checks.fault("subject.email", "this field is missing: add it, we send the code there");
        }
        let parts = Parts {
            right: self.right,
            subject: self.subject,
            requester: self.requester,
            scope: self.scope,
            details: self.details,
        };
        parts.read(checks, channel, None)
    }
}

impl LoggedBody {
    /// As a request logged by staff.
    pub(super) fn read(self) -> Result<NewRequest, Problem> {
        let mut checks = Checks::default();
        let received_on = checks.date("received_on", Some(&self.received_on));
        let channel = self.channel.parse().unwrap_or_else(|e: String| {
            checks.fault("channel", e);
            Channel::Email
        });
        let parts = Parts {
            right: self.right,
            subject: self.subject,
            requester: self.requester,
            scope: self.scope,
            details: self.details,
        };
        parts.read(checks, channel, received_on)
    }
}

struct Parts {
    right: String,
    subject: SubjectBody,
    requester: Option<RequesterBody>,
    scope: Option<ScopeBody>,
    details: Option<String>,
}

impl Parts {
    fn read(self, mut checks: Checks, channel: Channel, received_on: Option<NaiveDate>) -> Result<NewRequest, Problem> {
        let right = match self.right.parse::<Right>() {
            Ok(Right::ComplaintAck) => {
                checks.fault("right", "a complaint is not made here: write to the controller");
                None
            }
            Ok(right) => Some(right),
            Err(e) => {
                checks.fault("right", e.to_string());
                None
            }
        };
        let subject = self.subject;
        let subject_name = checks.name("subject.name", &subject.name);
        let mut identifiers = Vec::new();
        let mut add = |kind, value: Option<String>| identifiers.extend(value.map(|value| Identifier { kind, value }));
        let subject_email = subject.email.as_deref().map(|text| checks.email("subject.email", text));
        add(IdentifierKind::Email, subject_email.clone());
        for (n, text) in subject.other_emails.iter().enumerate() {
            add(IdentifierKind::Email, Some(checks.email(&format!("subject.other_emails[{n}]"), text)));
        }
        for (n, text) in subject.other_names.iter().enumerate() {
            add(IdentifierKind::Name, Some(checks.name(&format!("subject.other_names[{n}]"), text)));
        }
        add(IdentifierKind::Phone, subject.phone.as_deref().map(|text| checks.phone("subject.phone", text)));
        add(
            IdentifierKind::Postcode,
            subject.postcode.as_deref().map(|text| checks.postcode("subject.postcode", text)),
        );
        let date_of_birth = checks.date("subject.date_of_birth", subject.date_of_birth.as_deref());

        let (relationship, requester_name, requester_email) = match self.requester {
            None => (Relationship::Myself, subject_name.clone(), subject_email.unwrap_or_default()),
            Some(requester) => {
                let relationship = requester.relationship.parse().unwrap_or_else(|e: String| {
                    checks.fault("requester.relationship", e);
                    Relationship::Representative
                });
                let name = checks.name("requester.name", &requester.name);
                let email = checks.email("requester.email", &requester.email);
                if relationship == Relationship::Myself
                    && subject_email.as_deref().map(crate::subject::normal_email)
                        != Some(crate::subject::normal_email(&email))
                {
                    checks.fault("requester.email", "for yourself, give the same address as in subject.email");
                }
                (relationship, name, email)
            }
        };
        let scope = self.scope.map_or_else(Scope::default, |scope| {
            for (n, name) in scope.collections.iter().enumerate() {
                checks.plain_word(&format!("scope.collections[{n}]"), name);
            }
            let from = checks.date("scope.from", scope.from.as_deref());
            let to = checks.date("scope.to", scope.to.as_deref());
            if from.zip(to).is_some_and(|(from, to)| from > to) {
                checks.fault("scope.to", "this date is before scope.from: exchange them");
            }
            let words = scope.words.map(|text| checks.prose("scope.words", &text, 1_000));
            Scope { collections: scope.collections, from, to, words }
        });
        let details = self.details.map(|text| checks.prose("details", &text, 10_000));
        checks.end()?;
        let Some(right) = right else { return Err(Problem::fields(Vec::new())) };
        Ok(NewRequest {
            right,
            channel,
            received_on,
            subject_name,
            date_of_birth,
            identifiers,
            relationship,
            requester_name,
            requester_email,
            scope,
            details,
            wishes: Wishes::default(),
        })
    }
}

/// Collects what is wrong with the text of fields; each check gives the cleaned text.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<FieldFault>);

impl Checks {
    /// Notes a fault.
    pub(super) fn fault(&mut self, field: &str, problem: impl Into<String>) {
        self.0.push(FieldFault { field: field.to_owned(), problem: problem.into() });
    }

    /// Ends the checks: all faults, or none.
    pub(super) fn end(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::fields(self.0)) }
    }

    /// The text as `check` cleans it; where it has a flaw, the text as it is and `cure` noted.
    fn text(
        &mut self,
        field: &str,
        text: &str,
        check: impl FnOnce(&str) -> Result<String, Flaw>,
        cure: impl FnOnce(Flaw) -> String,
    ) -> String {
        check(text).unwrap_or_else(|flaw| {
            self.fault(field, cure(flaw));
            text.trim().to_owned()
        })
    }

    /// A person's name.
    fn name(&mut self, field: &str, text: &str) -> String {
        self.text(field, text, intake::name, |flaw| match flaw {
            Flaw::Empty => "write the name with at least one letter".to_owned(),
            Flaw::Form => "use letters of any alphabet, spaces, hyphens, apostrophes and dots only".to_owned(),
            Flaw::Long => format!("write at most {} characters", intake::NAME_CHARS),
        })
    }

    /// An e-mail address that a letter can be sent to.
    pub(super) fn email(&mut self, field: &str, text: &str) -> String {
        self.text(field, text, intake::email, |_| "write an e-mail address like name@example.org".to_owned())
    }

    /// A telephone number in any writing.
    fn phone(&mut self, field: &str, text: &str) -> String {
        self.text(field, text, intake::phone, |_| {
            "write a phone number with 7 to 15 digits, like 07700 900123 or +44 7700 900123".to_owned()
        })
    }

    /// A postcode in any writing.
    fn postcode(&mut self, field: &str, text: &str) -> String {
        self.text(field, text, intake::postcode, |_| "write a postcode like PR1 8XJ".to_owned())
    }

    /// An ISO date, if one is given.
    pub(super) fn date(&mut self, field: &str, text: Option<&str>) -> Option<NaiveDate> {
        match parse_date(text?) {
            Ok(date) => Some(date),
            Err(problem) => {
                self.fault(field, problem);
                None
            }
        }
    }

    /// A value of a closed vocabulary or a number, if one is given.
    pub(super) fn word<T: std::str::FromStr>(&mut self, field: &str, text: Option<&str>) -> Option<T> {
        let read = text?.parse().ok();
        if read.is_none() {
            self.fault(field, "this value is not known: see /api/docs for the possible ones");
        }
        read
    }

    /// How many of a list: 1 to 100, 50 if nothing is said.
    pub(super) fn limit(&mut self, text: Option<&str>) -> i64 {
        match text.map(str::parse::<i64>) {
            None => 50,
            Some(Ok(n)) if (1..=100).contains(&n) => n,
            Some(_) => {
                self.fault("limit", "write a whole number from 1 to 100");
                1
            }
        }
    }

    /// A word of a vocabulary of ours.
    fn plain_word(&mut self, field: &str, text: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-';
        if text.is_empty() || text.len() > 100 || !text.chars().all(plain) || text.contains("..") {
            self.fault(field, "write the name of a collection of the data map");
        }
    }

    /// A value for a record: kept as it is, up to 10,000 characters, without control characters but line breaks.
    pub(super) fn value(&mut self, field: &str, text: String) -> String {
        if char_count(&text) > 10_000 {
            self.fault(field, "write at most 10000 characters");
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.fault(field, "leave out control characters");
        }
        text
    }

    /// What somebody wrote, up to `most` characters.
    pub(super) fn prose(&mut self, field: &str, text: &str, most: usize) -> String {
        self.text(
            field,
            text,
            |text| intake::prose(text, most),
            |flaw| match flaw {
                Flaw::Empty => "write something, or leave the field out".to_owned(),
                Flaw::Form => "leave out control characters".to_owned(),
                Flaw::Long => format!("write at most {most} characters"),
            },
        )
    }
}
