//! The answers to the form: how each is read from what was typed, and written back into its fields.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::question::{AnswerBy, Authority, Offer, Question, needs_words};
use super::text::{self, Flaw};
use crate::case::Relationship;
use crate::deadline::Right;

/// Most names, and most e-mail addresses, beside the first.
pub const MOST_OTHERS: usize = 20;
/// The longest text in the requester's own words.
pub const DETAILS_CHARS: usize = 10_000;
/// The longest postal address, and the longest description of how an answer is wanted.
pub const ADDRESS_CHARS: usize = 500;

/// What was answered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The questions that were answered, left empty where that is allowed.
    pub answered: BTreeSet<Question>,
    /// Which right.
    pub right: Option<Right>,
    /// For whom.
    pub relationship: Option<Relationship>,
    /// Who asks, if not the subject.
    pub your_name: String,
    /// By which right they act.
    pub authority: Option<Authority>,
    /// The data subject.
    pub name: String,
    /// Their other names.
    pub other_names: Vec<String>,
    /// Where the requester is reached.
    pub email: String,
    /// Other addresses that are or were the subject's.
    pub other_emails: Vec<String>,
    /// The subject's telephone number.
    pub phone: String,
    /// The subject's postcode.
    pub postcode: String,
    /// When the subject was born.
    pub birth: Option<NaiveDate>,
    /// Everything, or some.
    pub all: Option<bool>,
    /// Collections of the data map.
    pub kinds: Vec<String>,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
    /// In their own words.
    pub details: String,
    /// The reference of an earlier request that a complaint is about.
    pub about: String,
    /// How the answer is wanted.
    pub answer_by: Option<AnswerBy>,
    /// Where a paper answer goes.
    pub address: String,
    /// What else is wanted of the answer.
    pub needs: String,
}

/// The fields of one page as they were typed: name and value, a name perhaps several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given(pub Vec<(String, String)>);

impl Given {
    /// The field `name`, trimmed; empty if it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of the field `name`.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect()
    }

    fn field(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    fn date_fields(self, name: &str, date: Option<NaiveDate>) -> Self {
        let Some(date) = date else { return self };
        self.field(&format!("{name}-day"), date.day().to_string())
            .field(&format!("{name}-month"), date.month().to_string())
            .field(&format!("{name}-year"), date.year().to_string())
    }
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// Nothing was chosen or written.
    Missing,
    /// It is not of the form.
    Form,
    /// It is too long.
    Long,
    /// There are too many.
    Many,
    /// No such date.
    Date,
    /// The date lies in the future.
    Future,
    /// It is before the date that it should follow.
    Order,
}

impl Wrong {
    /// Its word in the keys of messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Form => "form",
            Self::Long => "long",
            Self::Many => "many",
            Self::Date => "date",
            Self::Future => "future",
            Self::Order => "order",
        }
    }
}

impl From<Flaw> for Wrong {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Empty => Self::Missing,
            Flaw::Form => Self::Form,
            Flaw::Long => Self::Long,
        }
    }
}

/// A field that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// Every fault that an answer can have; each has its message.
pub const FAULTS: &[(&str, Wrong)] = &[
    ("what", Wrong::Missing),
    ("who-for", Wrong::Missing),
    ("your-name", Wrong::Missing),
    ("your-name", Wrong::Form),
    ("your-name", Wrong::Long),
    ("how-you-may-act", Wrong::Missing),
    ("name", Wrong::Missing),
    ("name", Wrong::Form),
    ("name", Wrong::Long),
    ("other-names", Wrong::Form),
    ("other-names", Wrong::Long),
    ("other-names", Wrong::Many),
    ("email", Wrong::Missing),
    ("email", Wrong::Form),
    ("other-emails", Wrong::Form),
    ("other-emails", Wrong::Many),
    ("phone", Wrong::Form),
    ("postcode", Wrong::Form),
    ("date-of-birth", Wrong::Date),
    ("date-of-birth", Wrong::Future),
    ("which", Wrong::Missing),
    ("kinds", Wrong::Missing),
    ("from", Wrong::Date),
    ("from", Wrong::Future),
    ("to", Wrong::Date),
    ("to", Wrong::Order),
    ("details", Wrong::Missing),
    ("details", Wrong::Form),
    ("details", Wrong::Long),
    ("about", Wrong::Form),
    ("answer", Wrong::Missing),
    ("address", Wrong::Missing),
    ("address", Wrong::Form),
    ("address", Wrong::Long),
    ("large-print-address", Wrong::Missing),
    ("large-print-address", Wrong::Form),
    ("large-print-address", Wrong::Long),
    ("needs", Wrong::Missing),
    ("needs", Wrong::Form),
    ("needs", Wrong::Long),
];

impl Answers {
    /// Takes the answer to `question` from what was typed on its page. What is wrong is named, all at once, and nothing is
    /// changed then. `today` is the day in Europe/London.
    ///
    /// # Errors
    /// The faults.
    pub fn take(
        &mut self,
        question: Question,
        given: &Given,
        offer: &Offer,
        today: NaiveDate,
    ) -> Result<(), Vec<Fault>> {
        let mut new = self.clone();
        let mut faults = Faults::default();
        new.read(question, given, offer, today, &mut faults);
        if !faults.0.is_empty() {
            return Err(faults.0);
        }
        if question == Question::For && new.relationship != self.relationship {
            // Another person's name and authority were asked for the sake of this answer.
            new.authority = None;
            new.answered.remove(&Question::Authority);
        }
        if question == Question::What && new.right != self.right {
            // What is asked about, and whether it may be left empty, differs by right.
            new.answered.remove(&Question::Details);
        }
        new.answered.insert(question);
        *self = new;
        Ok(())
    }

    fn read(&mut self, question: Question, given: &Given, offer: &Offer, today: NaiveDate, faults: &mut Faults) {
        match question {
            Question::What => self.right = faults.chosen("what", given),
            Question::For => self.relationship = faults.chosen("who-for", given),
            Question::YourName => self.your_name = faults.text("your-name", given, text::name),
            Question::Authority => {
                let possible = Authority::of(self.relationship.unwrap_or(Relationship::Representative));
                self.authority = faults
                    .chosen::<Authority>("how-you-may-act", given)
                    .filter(|authority| possible.contains(authority));
                if self.authority.is_none() {
                    faults.add("how-you-may-act", Wrong::Missing);
                }
            }
            Question::Name => self.name = faults.text("name", given, text::name),
            Question::OtherNames => self.other_names = faults.lines("other-names", given, text::name),
            Question::Email => self.email = faults.text("email", given, text::email),
            Question::Contact => {
                self.other_emails = faults.lines("other-emails", given, text::email);
                self.phone = faults.optional("phone", given, text::phone);
                self.postcode = faults.optional("postcode", given, text::postcode);
            }
            Question::Birth => {
                self.birth = faults.date("date-of-birth", given);
                if self.birth.is_some_and(|on| on > today) {
                    faults.add("date-of-birth", Wrong::Future);
                }
            }
            Question::Which => match given.text("which") {
                "all" => self.all = Some(true),
                "some" => self.all = Some(false),
                _ => faults.add("which", Wrong::Missing),
            },
            Question::Kinds => {
                let ticked = given.all("kinds");
                // In the order of the data map, and only what is in it.
                let known = offer.kinds.iter().map(|kind| &kind.name);
                self.kinds = known.filter(|name| ticked.contains(&name.as_str())).cloned().collect();
                if self.kinds.is_empty() {
                    faults.add("kinds", Wrong::Missing);
                }
            }
            Question::Dates => {
                (self.from, self.to) = (faults.date("from", given), faults.date("to", given));
                if self.from.is_some_and(|from| from > today) {
                    faults.add("from", Wrong::Future);
                }
                if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
                    faults.add("to", Wrong::Order);
                }
            }
            Question::Details => {
                let words = |text: &str| text::prose(text, DETAILS_CHARS);
                self.details = if self.right.is_some_and(needs_words) {
                    faults.text("details", given, words)
                } else {
                    faults.optional("details", given, words)
                };
                self.about = faults.optional("about", given, reference);
            }
            Question::Answer => {
                self.answer_by = faults.chosen("answer", given);
                (self.address, self.needs) = (String::new(), String::new());
                let words = |text: &str| text::prose(text, ADDRESS_CHARS);
                match self.answer_by {
                    Some(AnswerBy::Post) => self.address = faults.text("address", given, words),
                    Some(AnswerBy::LargePrint) => {
                        self.address = faults.text("large-print-address", given, words);
                    }
                    Some(AnswerBy::Other) => self.needs = faults.text("needs", given, words),
                    Some(AnswerBy::Download) | None => {}
                }
            }
        }
    }

    /// The answer to `question` as its page's fields show it.
    #[must_use]
    pub fn given(&self, question: Question) -> Given {
        let given = Given::default();
        let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
        match question {
            Question::What => given.field("what", word(self.right.map(Right::as_str))),
            Question::For => given.field("who-for", word(self.relationship.map(Relationship::as_str))),
            Question::YourName => given.field("your-name", &self.your_name),
            Question::Authority => given.field("how-you-may-act", word(self.authority.map(Authority::as_str))),
            Question::Name => given.field("name", &self.name),
            Question::OtherNames => given.field("other-names", self.other_names.join("\n")),
            Question::Email => given.field("email", &self.email),
            Question::Contact => given
                .field("other-emails", self.other_emails.join("\n"))
                .field("phone", &self.phone)
                .field("postcode", &self.postcode),
            Question::Birth => given.date_fields("date-of-birth", self.birth),
            Question::Which => given.field("which", word(self.all.map(|all| if all { "all" } else { "some" }))),
            Question::Kinds => self.kinds.iter().fold(given, |given, kind| given.field("kinds", kind)),
            Question::Dates => given.date_fields("from", self.from).date_fields("to", self.to),
            Question::Details => given.field("details", &self.details).field("about", &self.about),
            Question::Answer => given
                .field("answer", word(self.answer_by.map(AnswerBy::as_str)))
                .field("address", &self.address)
                .field("large-print-address", &self.address)
                .field("needs", &self.needs),
        }
    }
}

/// A case's reference, in any letter case: `DR-2026-000123`.
fn reference(text: &str) -> Result<String, Flaw> {
    let text = text.trim().to_uppercase();
    let good = text.strip_prefix("DR-").and_then(|rest| rest.split_once('-')).is_some_and(|(year, number)| {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        year.len() == 4 && (6..=9).contains(&number.len()) && digits(year) && digits(number)
    });
    if good { Ok(text) } else { Err(Flaw::Form) }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &'static str, wrong: Wrong) {
        if !self.0.iter().any(|fault| fault.field == field) {
            self.0.push(Fault { field, wrong });
        }
    }

    /// A word of a closed vocabulary.
    fn chosen<T: std::str::FromStr>(&mut self, field: &'static str, given: &Given) -> Option<T> {
        let read = given.text(field).parse().ok();
        if read.is_none() {
            self.add(field, Wrong::Missing);
        }
        read
    }

    fn text(&mut self, field: &'static str, given: &Given, check: impl FnOnce(&str) -> Result<String, Flaw>) -> String {
        check(given.text(field)).unwrap_or_else(|flaw| {
            self.add(field, flaw.into());
            String::new()
        })
    }

    fn optional(
        &mut self,
        field: &'static str,
        given: &Given,
        check: impl FnOnce(&str) -> Result<String, Flaw>,
    ) -> String {
        if given.text(field).is_empty() { String::new() } else { self.text(field, given, check) }
    }

    /// One value on each line.
    fn lines(
        &mut self,
        field: &'static str,
        given: &Given,
        check: impl Fn(&str) -> Result<String, Flaw>,
    ) -> Vec<String> {
        let lines = || given.text(field).lines().filter(|line| !line.trim().is_empty());
        if lines().nth(MOST_OTHERS).is_some() {
            self.add(field, Wrong::Many);
            return Vec::new();
        }
        lines()
            .filter_map(|line| {
                let read = check(line);
                if let Err(flaw) = &read {
                    let wrong = if *flaw == Flaw::Long { Wrong::Long } else { Wrong::Form };
                    self.add(field, wrong);
                }
                read.ok()
            })
            .collect()
    }

    /// A date in three fields of numbers; none if all are empty.
    fn date(&mut self, field: &'static str, given: &Given) -> Option<NaiveDate> {
        let part = |part: &str| given.text(&format!("{field}-{part}"));
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if [day, month, year].iter().all(|part| part.is_empty()) {
            return None;
        }
        let date = year
            .parse()
            .ok()
            .filter(|_| year.len() == 4)
            .zip(month.parse().ok())
            .zip(day.parse().ok())
            .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day))
            .filter(|date| date.year() >= 1900);
        if date.is_none() {
            self.add(field, Wrong::Date);
        }
        date
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Kind, before, may_ask, next, path};
    use proptest::prelude::*;

    fn offer() -> Offer {
        let kind = |name: &str| Kind { name: name.into(), label: name.to_uppercase() };
        Offer { kinds: vec![kind("bookings"), kind("letters")], birth: true }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn given(pairs: &[(&str, &str)]) -> Given {
        Given(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn wrong(question: Question, answers: &Answers, pairs: &[(&str, &str)]) -> Vec<(&'static str, Wrong)> {
        let faults = answers.clone().take(question, &given(pairs), &offer(), today()).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.field, fault.wrong)).collect()
    }

    /// Good answers to every question.
    fn answered(right: &str, who: &str) -> Answers {
        let mut answers = Answers::default();
        for _ in 0..30 {
            let Some(question) = next(&answers, &offer()) else { return answers };
            let typed = match question {
                Question::What => given(&[("what", right)]),
                Question::For => given(&[("who-for", who)]),
                Question::YourName => given(&[("your-name", "Pat Lee")]),
                Question::Authority => given(&[("how-you-may-act", "court_order")]),
                Question::Name => given(&[("name", "Ann Lee")]),
                Question::OtherNames => given(&[("other-names", "Ann Smith\n\nA. Smith ")]),
                Question::Email => given(&[("email", " ann@example.org ")]),
                Question::Contact => given(&[("other-emails", ""), ("phone", "07700 900123"), ("postcode", "PR1 8XJ")]),
                Question::Birth => {
                    given(&[("date-of-birth-day", "1"), ("date-of-birth-month", "02"), ("date-of-birth-year", "1990")])
                }
                Question::Which => given(&[("which", "some")]),
                Question::Kinds => given(&[("kinds", "letters"), ("kinds", "secrets"), ("kinds", "bookings")]),
                Question::Dates => given(&[("from-day", "1"), ("from-month", "1"), ("from-year", "2024")]),
                Question::Details => given(&[("details", "Words."), ("about", "")]),
                Question::Answer => given(&[("answer", "post"), ("address", "1 High St\nPreston")]),
            };
            assert!(may_ask(question, &answers, &offer()));
            answers.take(question, &typed, &offer(), today()).unwrap();
        }
        panic!("the form does not end");
    }

    #[test]
    fn every_right_for_everybody_is_a_way_that_ends_and_reads_back() {
        for right in Right::ALL {
            for who in Relationship::ALL {
                let answers = answered(right.as_str(), who.as_str());
                let json = serde_json::to_string(&answers).unwrap();
                assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
                // Each page shows again what was answered on it, and takes that as it is.
                for question in path(&answers, &offer()) {
                    let mut same = answers.clone();
                    same.take(question, &answers.given(question), &offer(), today()).unwrap();
                    assert_eq!(same, answers, "{right} {who} {question}");
                }
                assert_eq!(before(Question::What, &answers, &offer()), None);
                assert_eq!(before(Question::For, &answers, &offer()), Some(Question::What));
            }
        }
        let answers = answered("access", "parent");
        assert_eq!(answers.kinds, ["bookings", "letters"]);
        assert_eq!(answers.other_names, ["Ann Smith", "A. Smith"]);
        assert_eq!(answers.from, NaiveDate::from_ymd_opt(2024, 1, 1));
    }

    #[test]
    fn a_question_further_on_is_not_asked_before_those_that_lead_to_it() {
        let nothing = Answers::default();
        assert!(may_ask(Question::What, &nothing, &offer()));
        assert!(!may_ask(Question::For, &nothing, &offer()));
        assert!(!may_ask(Question::Kinds, &answered("complaint_ack", "self"), &offer()));
        let mut changed = answered("access", "parent");
        changed.take(Question::For, &given(&[("who-for", "representative")]), &offer(), today()).unwrap();
        assert_eq!(next(&changed, &offer()), Some(Question::Authority), "a parent's authority is not a friend's");
    }

    #[test]
    fn what_is_wrong_is_named_and_nothing_is_changed() {
        use Wrong as W;
        let nothing = Answers::default();
        let access = answered("access", "self");
        assert_eq!(wrong(Question::What, &nothing, &[]), [("what", W::Missing)]);
        assert_eq!(wrong(Question::What, &nothing, &[("what", "everything")]), [("what", W::Missing)]);
        assert_eq!(wrong(Question::Name, &nothing, &[("name", " ")]), [("name", W::Missing)]);
        assert_eq!(wrong(Question::Name, &nothing, &[("name", "<b>Ann</b>")]), [("name", W::Form)]);
        let contact = [("other-emails", "a@b.org\nnone"), ("phone", "1"), ("postcode", "../..")];
        assert_eq!(
            wrong(Question::Contact, &nothing, &contact),
            [("other-emails", W::Form), ("phone", W::Form), ("postcode", W::Form)]
        );
        let many = "a@b.org\n".repeat(21);
        assert_eq!(wrong(Question::Contact, &nothing, &[("other-emails", &many)]), [("other-emails", W::Many)]);
        let birth = |d, m, y| [("date-of-birth-day", d), ("date-of-birth-month", m), ("date-of-birth-year", y)];
        assert_eq!(wrong(Question::Birth, &nothing, &birth("30", "2", "1990")), [("date-of-birth", W::Date)]);
        assert_eq!(wrong(Question::Birth, &nothing, &birth("1", "", "1990")), [("date-of-birth", W::Date)]);
        assert_eq!(wrong(Question::Birth, &nothing, &birth("1", "1", "90")), [("date-of-birth", W::Date)]);
        assert_eq!(wrong(Question::Birth, &nothing, &birth("24", "11", "2026")), [("date-of-birth", W::Future)]);
        assert_eq!(wrong(Question::Birth, &nothing, &birth("", "", "")), []);
        let dates = [
            ("from-day", "2"),
            ("from-month", "1"),
            ("from-year", "2024"),
            ("to-day", "1"),
            ("to-month", "1"),
            ("to-year", "2024"),
        ];
        assert_eq!(wrong(Question::Dates, &access, &dates), [("to", W::Order)]);
        assert_eq!(wrong(Question::Details, &access, &[]), []);
        assert_eq!(wrong(Question::Details, &answered("objection", "self"), &[]), [("details", W::Missing)]);
        assert_eq!(wrong(Question::Answer, &access, &[("answer", "post")]), [("address", W::Missing)]);
        assert_eq!(
            wrong(Question::Answer, &access, &[("answer", "large_print")]),
            [("large-print-address", W::Missing)]
        );
        assert_eq!(
            wrong(Question::Authority, &answered("access", "parent"), &[("how-you-may-act", "solicitor")]),
            [("how-you-may-act", W::Missing)]
        );
    }

    proptest! {
        /// Whatever is typed: the form does not fail, and each fault has its message.
        #[test]
        fn anything_typed_is_taken_or_named(
            which in 0..Question::ALL.len(),
            name in "[a-z-]{0,12}|what|which|details|answer|from-day|kinds|other-emails",
            value in any::<String>(),
        ) {
            let question = Question::ALL[which];
            let mut answers = answered("rectification", "parent");
            let mut typed = answers.given(question);
            typed.0.insert(0, (name, value));
            if let Err(faults) = answers.take(question, &typed, &offer(), today()) {
                for fault in faults {
                    prop_assert!(FAULTS.contains(&(fault.field, fault.wrong)), "{fault:?}");
                }
            }
        }
    }
}
