//! What each letter says, block by block; the words stand in the message files.

use chrono::NaiveDate;

use super::erasing::{self, Erased, Notice};
use super::kinds::{Answered, DateMoved, Letter, WhyAsked};
use super::sheet::{Block, Sheet};
use super::staff::staff_words;
use crate::bundle::Controller;
use crate::identity::WhyProof;
use crate::intake::AnswerBy;
use crate::wording::{Language, Wording};

/// A letter that is being written.
pub(super) struct Pen<'a> {
    pub(super) t: Wording,
    controller: &'a Controller,
    sheet: Sheet,
}

pub(super) type Fill<'f> = &'f [(&'f str, &'f str)];

impl<'a> Pen<'a> {
    pub(super) fn new(t: Wording, controller: &'a Controller, subject: &str, reference: &str) -> Self {
        let subject = t.with(subject, &[("reference", reference)]);
        Self { t, controller, sheet: Sheet { subject, greeting: None, blocks: Vec::new() } }
    }

    pub(super) fn dear(mut self, name: &str) -> Self {
        self.sheet.greeting = Some(self.t.with("letter-dear", &[("name", name)]));
        self
    }

    fn hello(mut self) -> Self {
        self.sheet.greeting = Some(self.t.say("letter-hello"));
        self
    }

    pub(super) fn block(mut self, block: Block) -> Self {
        self.sheet.blocks.push(block);
        self
    }

    pub(super) fn say(self, key: &str, fill: Fill<'_>) -> Self {
        let text = self.t.with(key, fill);
        self.block(Block::Text(text))
    }

    pub(super) fn heading(self, key: &str) -> Self {
        let text = self.t.say(key);
        self.block(Block::Heading(text))
    }

    fn steps(self, keys: &[&str], fill: Fill<'_>) -> Self {
        let steps = keys.iter().map(|key| self.t.with(key, fill)).collect();
        self.block(Block::Steps(steps))
    }

    fn link(self, key: &str, url: &str) -> Self {
        let say = self.t.say(key);
        self.block(Block::Link { say, url: url.to_owned() })
    }

    pub(super) fn quote(self, words: &str) -> Self {
        self.block(Block::quote(words))
    }

    pub(super) fn when(self, yes: bool, more: impl FnOnce(Self) -> Self) -> Self {
        if yes { more(self) } else { self }
    }

    fn with<T>(self, some: Option<T>, more: impl FnOnce(Self, T) -> Self) -> Self {
        match some {
            Some(value) => more(self, value),
            None => self,
        }
    }

    /// The complaint to the controller (DPA 2018 s.164A), to the Commissioner (s.165), and the judicial remedy (s.167), as
    /// UK GDPR Art. 12(4) has them told.
    pub(super) fn routes(self, heading: &str) -> Self {
        let (email, regulator) = (self.controller.email.clone(), self.controller.regulator.clone());
        let url = self.controller.regulator_complaints_url.clone();
        self.heading(heading).steps(
            &["letter-routes-us", "letter-routes-regulator", "letter-routes-court"],
            &[("email", &email), ("regulator", &regulator), ("url", &url)],
        )
    }

    pub(super) fn day(&self, date: NaiveDate) -> String {
        self.t.date(&date)
    }

    pub(super) fn done(self) -> Sheet {
        self.sheet
    }
}

#[expect(clippy::too_many_lines, reason = "one arm a letter, each read by itself")]
pub(super) fn sheet(letter: &Letter, controller: &Controller, t: Wording) -> Sheet {
    let pen = |subject: &str, reference: &str| Pen::new(t, controller, subject, reference);
    let email = controller.email.as_str();
    match letter {
        Letter::Code { reference, code, minutes, answer } => pen("letter-code-subject", reference)
            .block(Block::Code { say: t.say("letter-code-lead"), code: code.clone() })
            .say(if *answer { "letter-code-answer" } else { "letter-code-type" }, &[("reference", reference)])
            .block(Block::Text(t.count("letter-code-minutes", u64::from(*minutes))))
            .say("letter-code-not-you", &[])
            .done(),
        Letter::Resume { link, until } => {
            let pen = pen("letter-resume-subject", "").hello();
            let until = pen.day(*until);
            pen.say("letter-resume-lead", &[])
                .link("letter-resume-link", link)
                .say("letter-resume-until", &[("until", &until)])
                .say("letter-resume-not-sent", &[])
                .say("letter-resume-not-you", &[])
                .done()
        }
        Letter::Find { reference, link } => pen("letter-find-subject", reference)
            .hello()
            .say("letter-find-lead", &[("reference", reference)])
            .link("letter-find-link", link)
            .say("letter-find-code", &[])
            .say("letter-find-not-you", &[])
            .done(),
        Letter::Received { reference, name, received_on, due_on, link, searched } => {
            let pen = pen("letter-received-subject", reference).dear(name);
            let received = pen.day(*received_on);
            let due = due_on.map(|due| pen.day(due));
            let steps: &[&str] = if *searched {
                &[
                    "letter-received-next-1",
                    "letter-received-next-2",
                    "letter-received-next-3",
                    "letter-received-next-4",
                ]
            } else {
                &["letter-received-other-1", "letter-received-other-2", "letter-received-other-3"]
            };
            let pen = pen.say("letter-received-lead", &[("reference", reference)]);
            let pen = match &due {
                Some(due) => pen.say("letter-received-due", &[("received", &received), ("due", due)]),
                None => pen.say("letter-received-no-due", &[("received", &received)]),
            };
            pen.heading("letter-next-heading").steps(steps, &[]).link("letter-follow-link", link).done()
        }
        Letter::ProofNeeded { reference, identity, authority, words, link } => pen("letter-proof-subject", reference)
            .hello()
            .say("letter-proof-lead", &[("reference", reference)])
            .with(*identity, |pen, why| {
                let why = match why {
                    WhyAsked::Rule(WhyProof::Right) => "letter-proof-why-right",
                    WhyAsked::Rule(WhyProof::Channel) => "letter-proof-why-channel",
                    WhyAsked::Rule(WhyProof::Sensitive) => "letter-proof-why-sensitive",
                    WhyAsked::Doubt => "letter-proof-why-doubt",
                };
                pen.heading("letter-proof-identity-heading").say("letter-proof-identity", &[]).say(why, &[])
            })
            .when(*authority, |pen| pen.heading("letter-proof-authority-heading").say("letter-proof-authority", &[]))
            .with(words.as_deref(), |pen, words| pen.heading("letter-proof-words-heading").quote(words))
            .heading("letter-todo-heading")
            .link("letter-proof-how", link)
            .say("letter-proof-else", &[])
            .say("letter-proof-clock", &[])
            .say("letter-proof-deleted", &[])
            .say("letter-not-you", &[])
            .done(),
        Letter::Clarify { reference, name, question, link, due_on } => {
            let pen = pen("letter-clarify-subject", reference).dear(name);
            let due = due_on.map(|due| pen.day(due));
            let pen = pen
                .say("letter-clarify-lead", &[("reference", reference)])
                .heading("letter-clarify-question-heading")
                .quote(question)
                .link("letter-clarify-link", link)
                .say("letter-clarify-else", &[("email", email)]);
            let pen = match &due {
                Some(due) => pen.say("letter-clarify-no-pause", &[("due", due)]),
                None => pen.say("letter-clarify-pause", &[]),
            };
            pen.say("letter-clarify-unsure", &[]).done()
        }
        Letter::Extended { reference, name, reasons, due_on, link } => {
            let pen = pen("letter-extended-subject", reference).dear(name);
            let due = due_on.map(|due| pen.day(due));
            pen.say("letter-extended-lead", &[("reference", reference)])
                .with(due, |pen, due| pen.say("letter-extended-date", &[("due", &due)]))
                .heading("letter-why-heading")
                .quote(reasons)
                .link("letter-follow-link", link)
                .routes("letter-routes-heading")
                .done()
        }
        Letter::Message { reference, name, link } => pen("letter-message-subject", reference)
            .dear(name)
            .say("letter-message-lead", &[("reference", reference)])
            .link("letter-message-link", link)
            .say("letter-message-private", &[])
            .done(),
        Letter::Ready { reference, name, link, until, answer, by, asked_by } => {
            let (subject, lead) = match answer {
                Answered::Whole => ("letter-ready-subject", "letter-ready-lead"),
                Answered::Part { .. } => ("letter-partly-subject", "letter-partly-lead"),
                Answered::Nothing => ("letter-nothing-subject", "letter-nothing-lead"),
            };
            let pen = pen(subject, reference).dear(name);
            let until = pen.day(*until);
            pen.with(asked_by.as_deref(), |pen, requester| {
                pen.say("letter-ready-subject-lead", &[("requester", requester), ("reference", reference)])
            })
            .say(lead, &[("reference", reference)])
            .when(*answer == Answered::Nothing, |pen| pen.say("letter-nothing-searched", &[]))
            .when(*by == AnswerBy::Post, |pen| pen.say("letter-ready-post", &[]))
            .when(*by == AnswerBy::LargePrint, |pen| pen.say("letter-ready-large", &[]))
            .when(*by == AnswerBy::Other, |pen| pen.say("letter-ready-other", &[]))
            .link("letter-ready-link", link)
            .say("letter-ready-until", &[("until", &until)])
            .when(*answer == Answered::Nothing, |pen| pen.say("letter-nothing-else", &[]))
            .when(*answer != Answered::Nothing, |pen| pen.say("letter-ready-wrong", &[]))
            .with(left_out(t, answer), |pen, (items, covered)| {
                pen.heading("letter-partly-heading")
                    .when(!items.is_empty(), |pen| pen.block(Block::Points(items)))
                    .when(covered, |pen| pen.say("letter-partly-fields", &[]))
            })
            .routes("letter-routes-heading")
            .done()
        }
        Letter::ReadyElsewhere { reference, name } => pen("letter-ready-subject", reference)
            .dear(name)
            .say("letter-ready-lead", &[("reference", reference)])
            .say("letter-ready-elsewhere", &[])
            .routes("letter-routes-heading")
            .done(),
        Letter::Refused { reference, name, reasons } => pen("letter-refused-subject", reference)
            .dear(name)
            .say("letter-refused-lead", &[("reference", reference)])
            .heading("letter-why-heading")
            .quote(reasons)
            .routes("letter-routes-heading")
            .done(),
        Letter::Corrected { reference, name, changed, not_changed, told } => {
            let items = changed
                .iter()
                .map(|(label, after)| t.with("letter-corrected-item", &[("label", label), ("after", after)]))
                .collect();
            let recipients = told.join(", ");
            let pen = pen("letter-corrected-subject", reference)
                .dear(name)
                .say("letter-corrected-lead", &[])
                .heading("letter-corrected-heading")
                .block(Block::Points(items))
                .with(not_changed.as_deref(), |pen, words| pen.heading("letter-corrected-not-heading").quote(words))
                .heading("letter-corrected-told-heading");
            let pen = if told.is_empty() {
                pen.say("letter-corrected-told-nobody", &[])
            } else {
                pen.say("letter-corrected-told", &[("recipients", &recipients)])
            };
            pen.routes("letter-routes-heading").done()
        }
        Letter::RecipientNotice { reference, recipient, record, about, on, values } => {
            let pen = pen("letter-notice-subject", reference).dear(recipient);
            let on = pen.day(*on);
            let mut points = vec![
                t.with("letter-notice-reference", &[("reference", reference)]),
                t.with("letter-notice-record", &[("record", record)]),
                t.with("letter-notice-about", &[("about", about)]),
                t.with("letter-notice-on", &[("on", &on)]),
            ];
            if let Some((name, before, after)) = values {
                points.push(t.with("letter-notice-person", &[("name", name)]));
                points.push(t.with("letter-notice-before", &[("before", before)]));
                points.push(t.with("letter-notice-after", &[("after", after)]));
            }
            pen.say("letter-notice-lead", &[])
                .block(Block::Points(points))
                .when(values.is_none(), |pen| pen.say("letter-notice-private", &[]))
                .say("letter-notice-reply", &[("email", email)])
                .done()
        }
        Letter::Erased { reference, name, deleted, anonymised, kept, told } => {
            erasing::erased(&Erased { reference, name, deleted, anonymised, kept, told }, controller, t)
        }
        Letter::ErasureNotice { reference, recipient, records, about, on, person } => {
            let of = Notice { reference, recipient, records, about, on: *on, person: person.as_deref() };
            erasing::notice(&of, controller, t)
        }
        Letter::ComplaintAcknowledged { reference, name, received_on, about, link } => {
            let pen = pen("letter-complaint-subject", reference).dear(name);
            let received = pen.day(*received_on);
            pen.say("letter-complaint-lead", &[("reference", reference), ("received", &received)])
                .with(about.as_deref(), |pen, about| pen.say("letter-complaint-about", &[("about", about)]))
                .heading("letter-next-heading")
                .steps(&["letter-complaint-next-1", "letter-complaint-next-2", "letter-complaint-next-3"], &[])
                .say("letter-complaint-law", &[])
                .say(
                    "letter-complaint-others",
                    &[("regulator", &controller.regulator), ("url", &controller.regulator_complaints_url)],
                )
                .link("letter-follow-link", link)
                .done()
        }
        Letter::Withdrawn { reference, name } => pen("letter-withdrawn-subject", reference)
            .dear(name)
            .say("letter-withdrawn-lead", &[("reference", reference)])
            .say("letter-withdrawn-again", &[])
            .done(),
        Letter::DueDateChanged { reference, name, from, to, why, link } => {
            let pen = pen("letter-date-subject", reference).dear(name);
            let (from, to) = (from.map(|from| pen.day(from)), pen.day(*to));
            let why = match why {
                DateMoved::BankHoliday => "letter-date-holiday",
                DateMoved::Corrected => "letter-date-corrected",
            };
            pen.say("letter-date-lead", &[("reference", reference)])
                .with(from, |pen, from| pen.say("letter-date-from", &[("from", &from)]))
                .say("letter-date-to", &[("to", &to)])
                .say(why, &[])
                .link("letter-date-nothing", link)
                .done()
        }
        Letter::ReminderVerify { reference, link, proof, until } => {
            let pen = pen("letter-remind-verify-subject", reference).hello();
            let until = until.map(|until| pen.day(until));
            let (why, steps): (&str, &[&str]) = if *proof {
                (
                    "letter-remind-verify-proof",
                    &["letter-remind-verify-proof-1", "letter-remind-verify-proof-2", "letter-remind-verify-proof-3"],
                )
            } else {
                (
                    "letter-remind-verify-code",
                    &["letter-remind-verify-code-1", "letter-remind-verify-code-2", "letter-remind-verify-code-3"],
                )
            };
            pen.say("letter-remind-verify-lead", &[("reference", reference)])
                .say(why, &[])
                .heading("letter-todo-heading")
                .steps(steps, &[("link", link)])
                .with(until, |pen, until| pen.say("letter-remind-until", &[("until", &until)]))
                .say("letter-remind-help", &[("email", email)])
                .say("letter-not-you", &[])
                .done()
        }
        Letter::ReminderClarify { reference, name, question, link, until } => {
            let pen = pen("letter-remind-clarify-subject", reference).dear(name);
            let until = until.map(|until| pen.day(until));
            pen.say("letter-remind-clarify-lead", &[("reference", reference)])
                .with(question.as_deref(), |pen, question| {
                    pen.heading("letter-clarify-question-heading").quote(question)
                })
                .heading("letter-todo-heading")
                .steps(&["letter-remind-clarify-1", "letter-clarify-else"], &[("link", link), ("email", email)])
                .with(until, |pen, until| pen.say("letter-remind-clarify-until", &[("until", &until)]))
                .say("letter-clarify-unsure", &[])
                .done()
        }
        Letter::Lapsed { reference, name, link, question } => {
            let pen = pen("letter-lapsed-subject", reference);
            let pen = match name {
                Some(name) => pen.dear(name),
                None => pen.hello(),
            };
            let (why, steps): (&str, &[&str]) = if *question {
                ("letter-lapsed-question", &["letter-lapsed-answer", "letter-lapsed-write"])
            } else {
                ("letter-lapsed-who", &["letter-lapsed-open", "letter-lapsed-code", "letter-lapsed-write"])
            };
            pen.say("letter-lapsed-lead", &[("reference", reference)])
                .say(why, &[])
                .heading("letter-lapsed-heading")
                .steps(steps, &[("link", link), ("email", email)])
                .say("letter-lapsed-any-time", &[])
                .routes("letter-lapsed-routes")
                .when(!question, |pen| pen.say("letter-not-you", &[]))
                .done()
        }
        Letter::StaffReminder { reference, kind, about_on, link } => {
            let (subject, what) = staff_words(*kind, reference, &Wording::of(Language::English).date(about_on));
            let blocks = vec![
                Block::Text(what),
                Block::Link { say: "Open the case".to_owned(), url: link.clone() },
                Block::Text("This message names no person, since e-mail leaves the desk.".to_owned()),
            ];
            Sheet { subject, greeting: None, blocks }
        }
    }
}

/// What is left out of an answer, by reason, and whether something is covered; none if it is whole or there is nothing.
fn left_out(t: Wording, answer: &Answered) -> Option<(Vec<String>, bool)> {
    let Answered::Part { withheld, covered } = answer else { return None };
    let items = withheld
        .iter()
        .map(|(reason, count)| t.count_with("letter-partly-item", *count, &[("reason", reason)]))
        .collect();
    Some((items, *covered))
}
