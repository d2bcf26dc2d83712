//! The reports as pages: figures, charts with their tables, and the files.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::ReadReports;
use super::super::pages::{Shell, page};
use super::super::problem::Problem;
use super::super::stream::file_chunks;
use super::super::ui::{Cell as UiCell, Errors, Input, Select, SelectItem, Table};
use super::guard::Signed;
use super::report_chart::Chart;
use crate::acts::{
    self, ActError, DeadlineOrder, FieldFault, MOST_PAGE_LINES, MadeReport, ReportFormat, ReportTables, TablesOrder,
};
use crate::audit::Actor;
use crate::base::parse_date;
use crate::report::{Basis, CASES, Cell, Every, Format, Period, ReportKind, Sheet};

/// What the address asks for, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    report: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    as_at: String,
    #[serde(default)]
    format: String,
    #[serde(default)]
    part: String,
}

impl Asked {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        web::Query::<Self>::from_query(request.query_string()).map(web::Query::into_inner).map_err(|_| {
            Problem::malformed("the part of the address after the question mark cannot be read".to_owned())
        })
    }

    /// What it means, or what is wrong with it.
    fn order(&self, today: NaiveDate) -> Result<TablesOrder, ActError> {
        let mut faults = Vec::new();
        let report = word(&mut faults, "report", &self.report, ReportKind::Deadlines);
        let basis = word(&mut faults, "by", &self.by, Basis::Received);
        let mut day = |field: &str, text: &str| match parse_date(text.trim()) {
            Ok(day) => Some(day),
            Err(_) => {
                faults.push(fault(field, "Enter a date, like 2026-04-01"));
                None
            }
        };
        let as_at = if self.as_at.trim().is_empty() { None } else { day("as_at", &self.as_at) };
        let period = if report == ReportKind::Backlog {
            Some(Period { from: today, to: today })
        } else {
            let (from, to) = (day("from", &self.from), day("to", &self.to));
            from.zip(to).and_then(|(from, to)| match Period::new(from, to) {
                Ok(period) => Some(period),
                Err(error) => {
                    faults.push(fault("to", error.to_string()));
                    None
                }
            })
        };
        match period {
            Some(period) if faults.is_empty() => Ok(TablesOrder { report, period, basis, as_at }),
            _ => Err(ActError::Invalid(faults)),
        }
    }

    /// The address of a file with the same.
    fn file(&self, format: &str, part: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::from("/desk/reports/file?"));
        for (name, value) in [
            ("report", self.report.as_str()),
            ("from", &self.from),
            ("to", &self.to),
            ("by", &self.by),
            ("as_at", &self.as_at),
            ("format", format),
            ("part", part),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

fn fault(field: &str, problem: impl Into<String>) -> FieldFault {
    FieldFault { field: field.to_owned(), problem: problem.into() }
}

fn word<W: std::str::FromStr<Err = String>>(faults: &mut Vec<FieldFault>, field: &str, text: &str, usual: W) -> W {
    match text.trim() {
        "" => usual,
        text => text.parse().unwrap_or_else(|problem| {
            faults.push(fault(field, problem));
            usual
        }),
    }
}

/// The form above a report.
struct Form {
    report: Select,
    from: Input,
    to: Input,
    by: Select,
    as_at: Input,
    errors: Errors,
}

impl Form {
    fn of(asked: &Asked, faults: &[FieldFault]) -> Self {
        let mut errors = Errors::new("There is a problem", "Error");
        for fault in faults {
            errors.add(fault.field.clone(), fault.problem.clone());
        }
        let date = |name: &str, label: &str, value: &str| {
            let mut input = Input::text(name, label).value(value).error(errors.of(name));
            input.input_type = "date".to_owned();
            input.classes = "govuk-input--width-10".into();
            input
        };
        let select = |name: &str, label: &str, items: Vec<SelectItem>, value: &str| {
            let mut select = Select::of(name, label, items);
            value.clone_into(&mut select.value);
            select
        };
        Self {
            report: select(
                "report",
                "Report",
                vec![
                    SelectItem::of("deadlines", "Deadlines"),
                    SelectItem::of("backlog", "Open cases, the oldest first"),
                    SelectItem::of("foi", "Freedom-of-information answer"),
                ],
                &asked.report,
            ),
            from: date("from", "From", &asked.from),
            to: date("to", "To", &asked.to),
            by: select(
                "by",
                "Requests counted by the day they were",
                vec![SelectItem::of("received", "received"), SelectItem::of("closed", "closed")],
                &asked.by,
            ),
            as_at: date("as_at", "As it stood at the end of (optional)", &asked.as_at),
            errors,
        }
    }
}

/// A table of a report, with its charts.
struct Part {
    title: String,
    about: String,
    charts: Vec<Chart>,
    table: Table,
    csv: String,
    /// Behind a heading that opens it.
    folded: bool,
}

#[derive(Template)]
#[template(path = "staff/reports.html")]
struct ReportsPage<'a> {
    shell: &'a Shell,
    form: Form,
    usual: Vec<(String, String)>,
    shown: Option<Shown>,
}

struct Shown {
    title: String,
    facts: Vec<(&'static str, String)>,
    files: Vec<(&'static str, String)>,
    parts: Vec<Part>,
    note: String,
}

/// Periods that are often asked for, each with its address.
fn usual(today: NaiveDate) -> Vec<(String, String)> {
    let year = if today.month() < 4 { today.year() - 1 } else { today.year() };
    let so_far = NaiveDate::from_ymd_opt(year, 4, 1).map(|from| Period { from, to: today });
    let named = [
        ("This financial year so far", so_far),
        ("Last financial year", Every::Year.last_ended(today)),
        ("Last quarter", Every::Quarter.last_ended(today)),
        ("Last month", Every::Month.last_ended(today)),
    ];
    named
        .into_iter()
        .filter_map(|(name, period)| {
            let Period { from, to } = period?;
            Some((name.to_owned(), format!("/desk/reports?report=deadlines&from={from}&to={to}&by=received")))
        })
        .collect()
}

fn shown_cell(cell: &Cell<'static>) -> UiCell {
    match cell {
        Cell::Empty | Cell::Text(_) | Cell::Date(_) => UiCell::from(cell.to_string()),
        Cell::Whole(_) | Cell::Tenths(_) => UiCell::number(cell.to_string()),
        Cell::Share(share) => UiCell::number(format!("{share}%")),
    }
}

fn table(title: &str, sheet_columns: &[(usize, String)], rows: &[Vec<Cell<'static>>]) -> Table {
    let mut table = Table::of(title, sheet_columns.iter().map(|(_, label)| label.clone()));
    for row in rows {
        let cells: Vec<UiCell> =
            sheet_columns.iter().map(|(at, _)| row.get(*at).map_or_else(UiCell::default, shown_cell)).collect();
        table = table.row(cells);
    }
    table.first_cell_is_header(true)
}

fn part(asked: &Asked, sheet: &Sheet) -> Part {
    let columns: Vec<(usize, String)> = sheet
        .paper_columns()
        .into_iter()
        .filter_map(|at| Some((at, sheet.columns.get(at)?.label.to_string())))
        .collect();
    Part {
        title: sheet.title.to_owned(),
        about: sheet.about.clone(),
        charts: charts(sheet),
        table: table(sheet.title, &columns, &sheet.rows),
        csv: asked.file("csv", sheet.key),
        folded: sheet.key == "definitions",
    }
}

fn charts(sheet: &Sheet) -> Vec<Chart> {
    let first = sheet.columns.first().map_or("", |column| column.key);
    let wanted: Vec<Option<Chart>> = match sheet.key {
        "figures" => {
            let band = |row: &[Cell<'static>]| {
                row.first().is_some_and(|cell| {
                    let word = cell.to_string();
                    word.starts_with("overdue_")
                })
            };
            vec![Chart::of(sheet, "label", "open_now", "Open requests by how long they are overdue", band)]
        }
        "by_month" | "by_financial_year" => vec![
            Chart::of(sheet, first, "received", "Received", |_| true),
            Chart::of(sheet, first, "share_in_time", "Closed in time, of all closed", |_| true),
        ],
        "by_right" | "by_channel" | "by_requester" | "by_team" => {
            vec![Chart::of(sheet, first, "received", "Received", |_| true)]
        }
        "refused_by_ground" | "exempted_by_code" | "redacted_by_code" | "late_by_reason" => {
            vec![Chart::of(sheet, "code", "cases", sheet.title, |_| true)]
        }
        _ => Vec::new(),
    };
    wanted.into_iter().flatten().collect()
}

fn shown(asked: &Asked, tables: &ReportTables) -> Shown {
    let mut parts: Vec<Part> = tables.sheets.iter().map(|sheet| part(asked, sheet)).collect();
    let mut note = String::new();
    if !tables.lines.columns.is_empty() {
        let columns: Vec<(usize, String)> = tables
            .lines
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| tables.lines.on_paper.contains(&column.key))
            .map(|(at, column)| (at, column.label.to_string()))
            .collect();
        if tables.listed > tables.first.len() {
            note = format!(
                "The {MOST_PAGE_LINES} oldest of {} open cases are listed here; the files list all.",
                tables.listed
            );
        }
        let list = Part {
            title: "Cases".to_owned(),
            about: "Every open case, the oldest first.".to_owned(),
            charts: Vec::new(),
            table: table("Cases", &columns, &tables.first),
            csv: asked.file("csv", CASES),
            folded: false,
        };
        parts.insert(parts.len().min(1), list);
    }
    Shown {
        title: tables.front.title.clone(),
        facts: tables.front.facts.iter().map(|(_, label, value)| (*label, value.clone())).collect(),
        files: vec![
            ("XLSX workbook, with every table and case", asked.file("xlsx", "")),
            ("PDF, for reading and printing", asked.file("pdf", "")),
            ("CSV of the cases", asked.file("csv", "")),
            ("JSON, for programs", asked.file("json", "")),
        ],
        parts,
        note,
    }
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadReports>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk).titled("Reports").desk_of(&signed.staff, "/desk/reports");
    let mut asked = Asked::read(&request)?;
    let today = desk.clock.today();
    let usual = usual(today);
    if request.query_string().is_empty() {
        "deadlines".clone_into(&mut asked.report);
        let form = Form::of(&asked, &[]);
        return page(&shell, StatusCode::OK, &ReportsPage { shell: &shell, form, usual, shown: None });
    }
    let actor = Actor::Staff(signed.staff.id);
    let made = match asked.order(today) {
        Ok(order) => {
            act(&desk, move |desk| match acts::report_tables(desk, &order, &actor) {
                Ok(tables) => Ok(Ok(tables)),
                Err(ActError::Invalid(faults)) => Ok(Err(faults)),
                Err(error) => Err(error),
            })
            .await?
        }
        Err(ActError::Invalid(faults)) => Err(faults),
        Err(error) => return Err(error.into()),
    };
    match made {
        Ok(tables) => {
            let shown = Some(shown(&asked, &tables));
            page(&shell, StatusCode::OK, &ReportsPage { shell: &shell, form: Form::of(&asked, &[]), usual, shown })
        }
        Err(faults) => {
            let shell = shell.wrong_if(true);
            let form = Form::of(&asked, &faults);
            page(&shell, StatusCode::UNPROCESSABLE_ENTITY, &ReportsPage { shell: &shell, form, usual, shown: None })
        }
    }
}

async fn file(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadReports>) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&request)?;
    let order = asked.order(desk.clock.today())?;
    let format: Format = asked.format.parse().map_err(|problem: String| ActError::field("format", problem))?;
    let part = Some(asked.part.trim().to_owned()).filter(|part| !part.is_empty());
    let format = ReportFormat { format, part, cases: true };
    let actor = Actor::Staff(signed.staff.id);
    let made: MadeReport = act(&desk, move |desk| match order.report {
        ReportKind::Deadlines => {
            let order = DeadlineOrder { period: order.period, basis: order.basis, as_at: order.as_at, format };
            acts::deadline_report(desk, &order, &actor)
        }
        ReportKind::Backlog => acts::backlog_report(desk, order.as_at, &format, &actor),
        ReportKind::Foi => acts::foi_report(desk, &order.period, order.as_at, &format, &actor),
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type(made.media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", made.name)))
        .streaming(file_chunks(made.file)))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/reports").route(web::get().to(show)))
        .service(web::resource("/desk/reports/file").route(web::get().to(file)));
}
