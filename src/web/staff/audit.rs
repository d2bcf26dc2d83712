//! The audit trail as a page: search, a copy to take away, and a button that checks it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadAudit, Then};
use super::super::pages::{Posted, Shell, page};
use super::super::problem::Problem;
use super::super::stream::file_chunks;
use super::super::ui::{Cell, Errors, Input, Table};
use super::guard::Signed;
use crate::acts::{self, ActError, AuditFilter, AuditReport, FieldFault, UserView};
use crate::audit::{Actor, Link};
use crate::base::{Moment, parse_date};
use crate::case::CaseId;
use crate::deadline::ends_at;

/// Entries on one page.
const PAGE: i64 = 50;
/// The names of the search's fields.
const FIELDS: [&str; 6] = ["case", "actor", "kind", "origin", "from", "to"];

/// What is searched for, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    case: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    after: String,
}

/// Somebody's names: an entry names them by identifier.
struct Names(Vec<UserView>);

impl Names {
    fn of(&self, actor: &str) -> String {
        let known = actor.strip_prefix("staff:").and_then(|id| self.0.iter().find(|user| user.id == id));
        known.map_or_else(|| actor.to_owned(), |user| user.username.clone())
    }

    /// The actor that was typed: a user name, or as the trail writes it.
    fn actor(&self, typed: &str) -> String {
        let user = self.0.iter().find(|user| user.username == typed.to_lowercase());
        user.map_or_else(|| typed.to_owned(), |user| format!("staff:{}", user.id))
    }
}

impl Asked {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        web::Query::<Self>::from_query(request.query_string()).map(web::Query::into_inner).map_err(|_| {
            Problem::malformed("the part of the address after the question mark cannot be read".to_owned())
        })
    }

    fn value(&self, field: &str) -> &str {
        match field {
            "case" => &self.case,
            "actor" => &self.actor,
            "kind" => &self.kind,
            "origin" => &self.origin,
            "from" => &self.from,
            "to" => &self.to,
            _ => "",
        }
        .trim()
    }

    /// The part of the address after the question mark that asks for the same.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for field in FIELDS.into_iter().filter(|field| !self.value(field).is_empty()) {
            query.append_pair(field, self.value(field));
        }
        query.finish()
    }

    /// What it means, or what is wrong with it. Blocks: a reference is looked up.
    fn filter(&self, desk: &acts::Desk, names: &Names) -> Result<AuditFilter, ActError> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, problem: &str| {
            faults.push(FieldFault { field: field.to_owned(), problem: problem.to_owned() });
        };
        let text = |field: &str| Some(self.value(field).to_owned()).filter(|text| !text.is_empty());
        let case: Option<CaseId> = match text("case") {
            None => None,
            Some(text) => match text.parse() {
                Ok(id) => Some(id),
                Err(_) => match acts::case_of_reference(desk, &text) {
                    Ok(id) => Some(id),
                    Err(ActError::Missing(_)) => {
                        fault("case", "Enter the reference of a case, as it stands on its page");
                        None
                    }
                    Err(error) => return Err(error),
                },
            },
        };
        let mut day = |field: &str, last: bool| -> Option<Moment> {
            let text = text(field)?;
            let Ok(day) = parse_date(&text) else {
                fault(field, "Enter a date, like 2026-04-01");
                return None;
            };
            // Of a day its first or last instant in London.
            if last {
                Some(ends_at(day).plus(chrono::TimeDelta::microseconds(-1)))
            } else {
                day.pred_opt().map(ends_at)
            }
        };
        let (from, to) = (day("from", false), day("to", true));
        if !faults.is_empty() {
            return Err(ActError::Invalid(faults));
        }
        let actor = text("actor").map(|typed| names.actor(&typed));
        Ok(AuditFilter { case, actor, kind: text("kind"), origin: text("origin"), from, to })
    }
}

struct Form {
    fields: Vec<Input>,
    errors: Errors,
}

impl Form {
    fn of(asked: &Asked, faults: &[FieldFault]) -> Self {
        let mut errors = Errors::new("There is a problem", "Error");
        for fault in faults {
            errors.add(fault.field.clone(), fault.problem.clone());
        }
        let labels = [
            "Case reference",
            "Who: a user name, requester, operator or system",
            "What: the kind of entry, like case_read",
            "Address or network it came from",
            "From",
            "To",
        ];
        let fields = FIELDS
            .into_iter()
            .zip(labels)
            .map(|(name, label)| {
                let mut input = Input::text(name, label).value(asked.value(name)).error(errors.of(name));
                if matches!(name, "from" | "to") {
                    input.input_type = "date".to_owned();
                }
                input.classes = "govuk-input--width-20".into();
                input
            })
            .collect();
        Self { fields, errors }
    }
}

#[derive(Template)]
#[template(path = "staff/audit.html")]
struct AuditPage<'a> {
    shell: &'a Shell,
    form: Form,
    table: Option<Table>,
    empty: bool,
    next: Option<String>,
    export: String,
    report: Option<AuditReport>,
}

fn table(links: &[Link], names: &Names, references: &HashMap<String, String>) -> Table {
    let head = ["Entry", "When (UTC)", "Who", "From", "Case", "What", "Details"];
    let mut table = Table::of("Entries of the audit trail", head).caption_classes("govuk-visually-hidden");
    for link in links {
        let entry = &link.entry;
        let case = entry.case.as_ref().map_or("", |id| references.get(id).map_or(id.as_str(), String::as_str));
        table = table.row([
            Cell::number(entry.seq.to_string()),
            Cell::from(entry.at.to_string().chars().take(19).collect::<String>().replace('T', " ")),
            Cell::from(names.of(&entry.actor)),
            Cell::from(entry.origin.clone().unwrap_or_default()),
            Cell::from(case),
            Cell::from(entry.kind.clone()),
            Cell::from(details(&entry.detail)).classes("rd-hash"),
        ]);
    }
    table
}

/// The event's fields without its kind, which has a column of its own: `right: access, channel: post`.
fn details(json: &str) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(json) else { return json.to_owned() };
    let shown = fields.iter().filter(|(name, _)| *name != "kind").map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        format!("{}: {value}", name.replace('_', " "))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// What a page of the trail shows.
struct Found {
    names: Names,
    links: Vec<Link>,
    references: HashMap<String, String>,
}

async fn found(desk: &SharedDesk, asked: &Asked) -> Result<Result<Found, Vec<FieldFault>>, Problem> {
    let asked = asked.clone();
    act(desk, move |desk| {
        let names = Names(acts::users_list(desk)?);
        let filter = match asked.filter(desk, &names) {
            Ok(filter) => filter,
            Err(ActError::Invalid(faults)) => return Ok(Err(faults)),
            Err(error) => return Err(error),
        };
        let links = acts::audit_find(desk, &filter, asked.after.trim().parse().unwrap_or(0), PAGE)?;
        let ids = links.iter().filter_map(|link| link.entry.case.clone()).collect();
        let references = acts::case_references(desk, ids)?;
        Ok(Ok(Found { names, links, references }))
    })
    .await
}

async fn answer(
    shell: Shell,
    desk: &SharedDesk,
    asked: &Asked,
    report: Option<AuditReport>,
) -> Result<HttpResponse, Problem> {
    let export = format!("/desk/audit/export?{}", asked.query());
    let found = match found(desk, asked).await? {
        Ok(found) => found,
        Err(faults) => {
            let shell = shell.wrong_if(true);
            let form = Form::of(asked, &faults);
            let shown = AuditPage { shell: &shell, form, table: None, empty: false, next: None, export, report };
            return page(&shell, StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
    };
    let full = crate::base::i64_from(found.links.len()) == PAGE;
    let next = found.links.last().filter(|_| full).map(|last| {
        let query = asked.query();
        format!("/desk/audit?{query}{}after={}", if query.is_empty() { "" } else { "&" }, last.entry.seq)
    });
    let shown = AuditPage {
        shell: &shell,
        form: Form::of(asked, &[]),
        empty: found.links.is_empty(),
        table: Some(table(&found.links, &found.names, &found.references)).filter(|_| !found.links.is_empty()),
        next,
        export,
        report,
    };
    page(&shell, StatusCode::OK, &shown)
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadAudit>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk).titled("Audit trail").desk_of(&signed.staff, "/desk/audit");
    answer(shell, &desk, &Asked::read(&request)?, None).await
}

async fn verify(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, _form): Then<Signed<ReadAudit>, Posted>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk).titled("Audit trail").desk_of(&signed.staff, "/desk/audit");
    let report = act(&desk, |desk| acts::audit_inspect(desk, &[])).await?;
    answer(shell, &desk, &Asked::default(), Some(report)).await
}

async fn export(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadAudit>) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&request)?;
    let actor = Actor::Staff(signed.staff.id);
    let (file, _, _) = act(&desk, move |desk| {
        let filter = asked.filter(desk, &Names(acts::users_list(desk)?))?;
        acts::audit_export(desk, &filter, &actor)
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type("application/jsonl")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""))
        .streaming(file_chunks(file)))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/audit").route(web::get().to(show)))
        .service(web::resource("/desk/audit/verify").route(web::post().to(verify)))
        .service(web::resource("/desk/audit/export").route(web::get().to(export)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_said_without_its_kind() {
        let json = r#"{"kind":"case_read","part":"work_times","n":3}"#;
        assert_eq!(details(json), "part: work_times, n: 3");
        assert_eq!(details("no json"), "no json");
    }
}
