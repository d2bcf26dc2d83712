//! The desk's pages: for members of staff who have signed in. They call the same acts as the API.

mod account;
mod answer;
mod audit;
mod case;
mod chart;
mod dashboard;
mod erasure;
mod form;
mod guard;
mod log;
mod matches;
mod moves;
mod queue;
mod record;
mod records;
mod report_chart;
mod reports;
mod search;
mod settings;
mod sign_in;
mod suggestions;
mod words;

use actix_web::web;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(sign_in::routes)
        .configure(account::routes)
        .configure(queue::routes)
        .configure(dashboard::routes)
        .configure(settings::routes)
        .configure(log::routes)
        .configure(case::routes)
        .configure(moves::routes)
        .configure(search::routes)
        .configure(matches::routes)
        .configure(records::routes)
        .configure(record::routes)
        .configure(suggestions::routes)
        .configure(answer::routes)
        .configure(erasure::routes)
        .configure(reports::routes)
        .configure(audit::routes);
}
