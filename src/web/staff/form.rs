//! A page with one form: what is asked, what was wrong with the answer, what changed in the meantime, and the letter that
//! would go out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDate;

use super::super::bridge::{SharedDesk, act};
use super::super::pages::{Fields, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Button, Content, Errors};
use super::words;
use crate::acts::{self, Staff};
use crate::base::capitalised;
use crate::case::CaseId;
use crate::letter::Rendered;

/// What a page with a form shows.
#[derive(Default)]
pub(super) struct FormPage {
    /// Its heading.
    pub(super) title: String,
    /// The small line above the heading.
    pub(super) caption: String,
    /// Where it leads back to.
    pub(super) back: String,
    /// Where the form goes.
    pub(super) action: String,
    /// Paragraphs before the form.
    pub(super) intro: Vec<Content>,
    /// What somebody else did since the form was opened.
    pub(super) changed: Vec<String>,
    /// What is wrong.
    pub(super) errors: Option<Errors>,
    /// Fields that are not seen.
    pub(super) hidden: Vec<(&'static str, String)>,
    /// The fields.
    pub(super) fields: Vec<Content>,
    /// The letter as it would go out.
    pub(super) letter: Option<Rendered>,
    /// The buttons.
    pub(super) buttons: Vec<Content>,
}

#[derive(Template)]
#[template(path = "staff/form.html")]
struct View<'a> {
    shell: &'a Shell,
    form: &'a FormPage,
    summary: Option<super::super::ui::ErrorSummary>,
}

impl FormPage {
    /// The page, for `staff`.
    pub(super) fn shown(
        self,
        desk: &SharedDesk,
        request: &HttpRequest,
        staff: &Staff,
        part: &'static str,
    ) -> Result<HttpResponse, Problem> {
        let summary = self.errors.as_ref().and_then(Errors::summary);
        let wrong = summary.is_some();
        let shell = Shell::of(request, desk).titled(self.title.clone()).desk_of(staff, part).wrong_if(wrong);
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        page(&shell, status, &View { shell: &shell, form: &self, summary })
    }

    /// With a button that sends the form.
    pub(super) fn send(mut self, says: impl Into<Content>) -> Self {
        self.buttons.push(Button::send(says).into());
        self
    }
}

/// Errors as the desk words them.
pub(super) fn errors() -> Errors {
    Errors::new("There is a problem", "Error")
}

/// What a problem says about fields, by the ids of the form's fields; none if it is about something else. `id_of` gives the
/// id of a field that an act or a reader names.
pub(super) fn faults(problem: &Problem, id_of: &dyn Fn(&str) -> String) -> Option<Errors> {
    if problem.errors.is_empty() {
        return None;
    }
    let mut all = errors();
    for fault in &problem.errors {
        all.add(id_of(&fault.field), capitalised(&fault.problem));
    }
    Some(all)
}

/// A date of three fields: none if all are empty.
///
/// # Errors
/// The parts that are wrong and what to write instead.
pub(super) fn date(fields: &Fields, name: &str) -> Result<Option<NaiveDate>, (Vec<&'static str>, String)> {
    let part = |part: &str| fields.text(&format!("{name}-{part}")).to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Ok(None);
    }
    let missing: Vec<&'static str> = [("day", &day), ("month", &month), ("year", &year)]
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(part, _)| part)
        .collect();
    if !missing.is_empty() {
        let text = format!("The date must include a {}", missing.join(" and a "));
        return Err((missing, text));
    }
    let read = || {
        let year: i32 = year.parse().ok().filter(|year| (1000..=9999).contains(year))?;
        NaiveDate::from_ymd_opt(year, month_number(&month)?, day.parse().ok()?)
    };
    read().map(Some).ok_or_else(|| (Vec::new(), "The date must be a real one, for example 23 11 2026".to_owned()))
}

/// `11`, `Nov` or `November`.
fn month_number(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let short: String = text.to_lowercase().chars().take(3).collect();
    let at = MONTHS.iter().position(|month| *month == short)?;
    u32::try_from(at).ok().map(|at| at + 1)
}

/// What was typed into a date of three fields.
pub(super) fn typed<'f>(fields: &'f Fields, names: &'f [String; 3]) -> [&'f str; 3] {
    let [day, month, year] = names;
    [fields.text(day), fields.text(month), fields.text(year)]
}

/// The names of the three fields of a date.
pub(super) fn date_names(name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| format!("{name}-{part}"))
}

/// What the form knows of the case it is about: the version that was seen, and the last entry of the audit trail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Basis {
    pub(super) version: i64,
    pub(super) seq: i64,
}

impl Basis {
    /// As the form sent it back; what is not a number fits no version.
    pub(super) fn of(fields: &Fields) -> Self {
        let number = |name: &str| fields.text(name).parse().unwrap_or(0);
        Self { version: number("version"), seq: number("seq") }
    }

    /// As hidden fields.
    pub(super) fn hidden(self) -> Vec<(&'static str, String)> {
        vec![("version", self.version.to_string()), ("seq", self.seq.to_string())]
    }
}

/// What others did to the case since the form was opened, and the case as it is now: what the reader of a form that came
/// too late has to see before they send it again.
pub(super) async fn changed_since(desk: &SharedDesk, id: CaseId, seen: Basis) -> Result<(Vec<String>, Basis), Problem> {
    let (happened, version) =
        act(desk, move |desk| Ok((acts::entries_since(desk, id, seen.seq)?, acts::case_view(desk, id)?.version)))
            .await?;
    let seq = happened.last().map_or(seen.seq, |last| last.seq);
    let lines = happened
        .iter()
        .map(|entry| {
            let (what, more) = words::happened(entry);
            format!("{}: {what}, by {}. {more}", words::moment(entry.at), entry.by).trim().to_owned()
        })
        .collect();
    Ok((lines, Basis { version, seq }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        let read = |text: &str| date(&Fields::of(text.as_bytes()), "on");
        let is = NaiveDate::from_ymd_opt(2026, 11, 3);
        assert_eq!(read("on-day=3&on-month=11&on-year=2026").unwrap(), is);
        assert_eq!(read("on-day=03&on-month=Nov&on-year=2026").unwrap(), is);
        assert_eq!(read("on-day=3&on-month=november&on-year=2026").unwrap(), is);
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("on-day=3&on-year=2026").unwrap_err().0, ["month"]);
        for bad in
            ["on-day=31&on-month=2&on-year=2026", "on-day=x&on-month=1&on-year=2026", "on-day=1&on-month=1&on-year=26"]
        {
            assert!(read(bad).unwrap_err().0.is_empty(), "{bad}");
        }
    }
}
