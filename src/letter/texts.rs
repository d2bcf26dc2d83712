//! The templates of the letters, with what each fills in.

use askama::Template;
use chrono::NaiveDate;

use crate::bundle::Controller;

/// A date as people write it: `23 November 2026`.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

#[derive(Template)]
#[template(path = "letter/due_date_changed.txt")]
pub(super) struct DueDateChangedText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) bank_holiday: bool,
    pub(super) link: &'a str,
}

#[derive(Template)]
#[template(path = "letter/reminder_verify.txt")]
pub(super) struct ReminderVerifyText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) link: &'a str,
    pub(super) proof: bool,
    pub(super) until: Option<String>,
}

#[derive(Template)]
#[template(path = "letter/reminder_clarify.txt")]
pub(super) struct ReminderClarifyText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) question: Option<&'a str>,
    pub(super) link: &'a str,
    pub(super) until: Option<String>,
}

#[derive(Template)]
#[template(path = "letter/lapsed.txt")]
pub(super) struct LapsedText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) link: &'a str,
    pub(super) question: bool,
}

#[derive(Template)]
#[template(path = "letter/staff_reminder.txt")]
pub(super) struct StaffReminderText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) what: &'a str,
    pub(super) link: &'a str,
}

#[derive(Template)]
#[template(path = "letter/code.txt")]
pub(super) struct CodeText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) code: &'a str,
    pub(super) minutes: u32,
}

#[derive(Template)]
#[template(path = "letter/received.txt")]
pub(super) struct ReceivedText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) received_on: String,
    pub(super) due_on: Option<String>,
    pub(super) link: &'a str,
}

#[derive(Template)]
#[template(path = "letter/ready.txt")]
pub(super) struct ReadyText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) link: &'a str,
    pub(super) until: String,
}

#[derive(Template)]
#[template(path = "letter/refused.txt")]
pub(super) struct RefusedText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) reasons: &'a str,
}

#[derive(Template)]
#[template(path = "letter/withdrawn.txt")]
pub(super) struct WithdrawnText<'a> {
    pub(super) controller: &'a Controller,
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
}
