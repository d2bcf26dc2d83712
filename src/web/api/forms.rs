//! The request bodies, and how their text becomes checked values. Shape (names, types, what is missing) is checked
//! against the published document; here stands what each field's text may be, all faults at once.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::problem::Problem;
use crate::acts::{FieldFault, NewRequest, Scope};
use crate::base::{char_count, is_blank, parse_date};
use crate::case::{Channel, Relationship};
use crate::deadline::Right;
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

    /// A person's name: has a letter, and none of the signs that stand in no name but in paths, markup and queries.
    fn name(&mut self, field: &str, text: &str) -> String {
        let name = text.trim();
        let foreign = |c: char| c.is_control() || turns_text(c) || "<>{}[];=\\|\"`$%^*~#@!?&+_:".contains(c);
        if !name.chars().any(char::is_alphabetic) {
            self.fault(field, "write the name with at least one letter");
        } else if name.contains(foreign) || name.contains("..") || name.contains("--") {
            self.fault(field, "use letters of any alphabet, spaces, hyphens, apostrophes and dots only");
        } else if char_count(name) > 200 {
            self.fault(field, "write at most 200 characters");
        }
        name.to_owned()
    }

    /// An e-mail address that a letter can be sent to (RFC 5321 length; one @; no spaces).
    fn email(&mut self, field: &str, text: &str) -> String {
        let email = text.trim();
        let good = email.len() <= 254
            && email.split_once('@').is_some_and(|(local, domain)| {
                let sane = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"'`".contains(c);
                !local.is_empty()
                    && local.len() <= 64
                    && local.chars().all(|c| sane(c) || c == '\'')
                    && domain.contains('.')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
                    && !domain.contains("..")
                    && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
            });
        if !good {
            self.fault(field, "write an e-mail address like name@example.org");
        }
        email.to_owned()
    }

    /// A telephone number in any writing: 7 to 15 digits (ITU-T E.164) and the signs people put between.
    fn phone(&mut self, field: &str, text: &str) -> String {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let only = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
        if !only || !(7..=15).contains(&digits) || text.len() > 40 {
            self.fault(field, "write a phone number with 7 to 15 digits, like 07700 900123 or +44 7700 900123");
        }
        text.trim().to_owned()
    }

    /// A postcode in any writing; of other countries too.
    fn postcode(&mut self, field: &str, text: &str) -> String {
        let signs = text.chars().filter(|c| !c.is_whitespace()).count();
        let only = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
        if !only || !(3..=10).contains(&signs) {
            self.fault(field, "write a postcode like PR1 8XJ");
        }
        text.trim().to_owned()
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

    /// What somebody wrote: anything but control characters, up to `most` characters.
    pub(super) fn prose(&mut self, field: &str, text: &str, most: usize) -> String {
        if is_blank(text) {
            self.fault(field, "write something, or leave the field out");
        } else if char_count(text) > most {
            self.fault(field, format!("write at most {most} characters"));
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            self.fault(field, "leave out control characters");
        }
        text.trim().to_owned()
    }
}

/// Characters that make text look other than it is (UAX #9 embeddings, overrides and isolates) or that are not seen at all.
/// The joiners that Persian and Indian names need are not among them.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(check: impl FnOnce(&mut Checks)) -> usize {
        let mut checks = Checks::default();
        check(&mut checks);
        checks.0.len()
    }

    #[test]
    fn names_of_the_world_pass_and_code_does_not() {
        for good in [
            "Llŷr O'Neil-Smith",
            "محمد عبد الله",
            "王小明",
            "क्षितिज",
            "Łukasz Wiśniewski",
            "Ravi a/l Kumar",
            "J. R. R. Tolkien",
            "علی\u{200C}رضا",
        ] {
            assert_eq!(faults(|c| drop(c.name("n", good))), 0, "{good}");
        }
        for bad in [
            "",
            "123",
            "../../etc/passwd",
            "x'; DROP TABLE cases; --",
            "<script>",
            "' OR 1=1",
            "a\0b",
            "{{7*7}}",
            "Ann \u{202E}eeL",
            "A\u{200B}nn",
        ] {
            assert_eq!(faults(|c| drop(c.name("n", bad))), 1, "{bad:?}");
        }
    }

    #[test]
    fn addresses_phones_and_postcodes_are_taken_in_any_honest_writing() {
        for good in ["a@b.org", " Ann.Smith+x@EXAMPLE.org ", "o'neil@example.org", "用户@例子.广告"] {
            assert_eq!(faults(|c| drop(c.email("e", good))), 0, "{good}");
        }
        for bad in
            ["a@b", "a b@c.org", "a@b.org\r\nBcc: x@y.z", "@b.org", "a@", "a@.org", "a@b..c", "a,b@c.org", "../x"]
        {
            assert_eq!(faults(|c| drop(c.email("e", bad))), 1, "{bad:?}");
        }
        assert_eq!(faults(|c| drop(c.phone("p", "(07700) 900-123"))), 0);
        assert_eq!(faults(|c| drop(c.phone("p", "1; DROP"))), 1);
        assert_eq!(faults(|c| drop(c.postcode("p", "pr1 8xj"))), 0);
        assert_eq!(faults(|c| drop(c.postcode("p", "../.."))), 1);
    }
}
