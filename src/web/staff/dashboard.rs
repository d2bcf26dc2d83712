//! The dashboard: what is due, who has how much, how it goes.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::ReadCases;
use super::super::pages::{Shell, page};
use super::super::problem::Problem;
use super::chart::{Chart, chart};
use super::guard::Signed;
use super::words;
use crate::acts::{self, Dashboard};

/// A chart with the table under it.
struct Figure {
    id: &'static str,
    title: &'static str,
    says: String,
    chart: Chart,
    series: Vec<&'static str>,
    rows: Vec<(String, Vec<u64>)>,
}

#[derive(Template)]
#[template(path = "staff/dashboard.html")]
struct DashboardPage<'a> {
    shell: &'a Shell,
    view: &'a Dashboard,
    figures: Vec<Figure>,
    waiting: Vec<(&'static str, u64)>,
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadCases>) -> Result<HttpResponse, Problem> {
    let view = act(&desk, acts::dashboard).await?;
    let shell = Shell::of(&request, &desk).titled("Dashboard").desk_of(&signed.staff, "/desk/dashboard");
    let due: Vec<(String, Vec<u64>)> =
        view.due.iter().map(|(day, count)| (day.format("%a %-d %b").to_string(), vec![*count])).collect();
    let short: Vec<(String, Vec<u64>)> =
        view.due.iter().map(|(day, count)| (day.format("%-d %b").to_string(), vec![*count])).collect();
    let load: Vec<(String, Vec<u64>)> =
        view.load.iter().map(|(name, open, late)| (name.clone(), vec![*open, *late])).collect();
    let most: Vec<(String, Vec<u64>)> =
        load.iter().take(10).map(|(name, values)| (crate::base::excerpt(name, 12), values.clone())).collect();
    let trend: Vec<(String, Vec<u64>)> = view
        .trend
        .iter()
        .map(|(month, received, answered)| (month.format("%b %Y").to_string(), vec![*received, *answered]))
        .collect();
    let figures = vec![
        Figure {
            id: "due",
            title: "Due in the next 14 days",
            says: format!("{} due in the next seven days, {} overdue now.", view.this_week, view.overdue),
            chart: chart(&short),
            series: vec!["Cases due"],
            rows: due,
        },
        Figure {
            id: "load",
            title: "Who has how much",
            says: format!("{} open cases.", view.open),
            chart: chart(&most),
            series: vec!["Open", "Overdue"],
            rows: load,
        },
        Figure {
            id: "trend",
            title: "Received and answered by month",
            says: "Answered are also those that were refused, withdrawn or left to lapse.".to_owned(),
            chart: chart(&trend),
            series: vec!["Received", "Answered"],
            rows: trend,
        },
    ];
    let waiting = view.waiting.iter().map(|(who, count)| (words::waits_for(*who), *count)).collect();
    page(&shell, StatusCode::OK, &DashboardPage { shell: &shell, view: &view, figures, waiting })
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/desk/dashboard").route(web::get().to(show)));
}
