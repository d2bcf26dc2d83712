//! The REST API under `/api/v1`, and the document that describes it, made from the code.

mod audit;
mod candidates;
mod cases;
mod checks;
mod citizen;
mod corrections;
mod decisions;
mod document;
mod drift;
mod erasures;
mod facts;
mod forms;
mod moves;
mod opinions;
mod recipients;
mod redactions;
mod reminders;
mod reports;
mod requests;
mod searches;
mod sessions;
mod suggestions;

use actix_web::error::QueryPayloadError;
use actix_web::web;
use utoipa_swagger_ui::SwaggerUi;

pub(super) use document::document;
pub use document::openapi_json;

use super::problem::Problem;

/// Every route of the API. A known path with a method it does not take answers 405.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::scope("/api/v1")
                .service(document::serve)
                .service(
                    web::resource("/requests").route(web::post().to(requests::create)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}")
                        .route(web::get().to(requests::read))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/verification")
                        .route(web::post().to(requests::verify))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/code")
                        .route(web::post().to(requests::resend))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/bundle")
                        .route(web::get().to(requests::bundle))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/withdrawal")
                        .route(web::post().to(requests::withdraw))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/messages")
                        .route(web::post().to(requests::message))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/sessions").route(web::post().to(sessions::create)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/sessions/current")
                        .route(web::delete().to(sessions::end))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases")
                        .route(web::get().to(cases::list))
                        .route(web::post().to(cases::log))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}").route(web::get().to(cases::read)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/records")
                        .route(web::get().to(decisions::records))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/records/{record}")
                        .route(web::get().to(decisions::record))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/records/{record}/redactions")
                        .route(web::post().to(redactions::redact))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/decisions")
                        .route(web::post().to(decisions::decide_many))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/redactions")
                        .route(web::post().to(redactions::everywhere))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/redactions/{redaction}")
                        .route(web::delete().to(redactions::remove))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/steps")
                        .route(web::get().to(redactions::steps))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/steps/{step}/undo")
                        .route(web::post().to(redactions::undo))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/opinions")
                        .route(web::get().to(opinions::list))
                        .route(web::post().to(opinions::record))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/opinions/{opinion}")
                        .route(web::delete().to(opinions::take_back))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/records/{record}/preview")
                        .route(web::get().to(checks::record_preview))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/suggestions")
                        .route(web::get().to(suggestions::list))
                        .route(web::post().to(suggestions::answer))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/suggestions/again")
                        .route(web::post().to(suggestions::again))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/preview")
                        .route(web::get().to(checks::preview))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/warnings")
                        .route(web::get().to(checks::warnings))
                        .route(web::post().to(checks::warnings_answer))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/checklist")
                        .route(web::get().to(checks::checklist))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/diff")
                        .route(web::get().to(checks::diff))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/sign-offs")
                        .route(web::get().to(checks::sign_offs))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/comments")
                        .route(web::get().to(checks::comments))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/comments/{comment}/answer")
                        .route(web::post().to(checks::comment_answer))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/corrections")
                        .route(web::get().to(corrections::own))
                        .route(web::post().to(corrections::ask))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections")
                        .route(web::get().to(corrections::list))
                        .route(web::post().to(corrections::write_down))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}")
                        .route(web::get().to(corrections::read))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}/decision")
                        .route(web::post().to(corrections::decide))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}/signature")
                        .route(web::post().to(corrections::sign))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}/return")
                        .route(web::post().to(corrections::send_back))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}/done")
                        .route(web::post().to(corrections::done))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/corrections/{correction}/undo")
                        .route(web::post().to(corrections::undo))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/erasures")
                        .route(web::get().to(erasures::list))
                        .route(web::post().to(erasures::plan))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/erasures/{erasure}")
                        .route(web::get().to(erasures::read))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/erasures/{erasure}/signature")
                        .route(web::post().to(erasures::sign))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/erasures/{erasure}/return")
                        .route(web::post().to(erasures::send_back))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/erasures/{erasure}/done")
                        .route(web::post().to(erasures::done))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/suppressions/check")
                        .route(web::post().to(erasures::suppressed))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/requests/{id}/recipients")
                        .route(web::get().to(recipients::told))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/notices")
                        .route(web::get().to(recipients::list))
                        .route(web::post().to(recipients::add))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/notices/{notice}/letter")
                        .route(web::get().to(recipients::letter))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/notices/{notice}/state")
                        .route(web::post().to(recipients::step))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/rules")
                        .route(web::get().to(suggestions::rules))
                        .route(web::post().to(suggestions::rule_make))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/rules/{rule}/end")
                        .route(web::post().to(suggestions::rule_end))
                        .default_service(web::to(method)),
                )
                .service(web::resource("/drift").route(web::get().to(drift::list)).default_service(web::to(method)))
                .service(
                    web::resource("/drift/{drift}/waive")
                        .route(web::post().to(drift::waive))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/search-log")
                        .route(web::get().to(searches::log))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/progress")
                        .route(web::get().to(searches::progress))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/candidates")
                        .route(web::get().to(candidates::list))
                        .route(web::post().to(candidates::rule))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/identifiers")
                        .route(web::get().to(candidates::identifiers))
                        .route(web::post().to(candidates::confirm))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/exemptions")
                        .route(web::get().to(opinions::exemptions))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/records/{record}/decision")
                        .route(web::post().to(decisions::decide_record))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/facts")
                        .route(web::get().to(facts::list))
                        .route(web::post().to(facts::record))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/deadline")
                        .route(web::get().to(facts::deadline))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/reminders").route(web::get().to(reminders::list)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/reminders/{id}/done")
                        .route(web::post().to(reminders::done))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/team")
                        .route(web::post().to(reports::team))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/late_reason")
                        .route(web::post().to(reports::late_reason))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/work_times")
                        .route(web::get().to(reports::work_times))
                        .route(web::post().to(reports::log_work_time))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/new_date")
                        .route(web::post().to(reports::new_date))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/reports/backlog")
                        .route(web::get().to(reports::backlog))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/reports/foi").route(web::get().to(reports::foi)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/reports/schema.json")
                        .route(web::get().to(reports::schema))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/reports/deadlines")
                        .route(web::get().to(reports::deadlines))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/requester")
                        .route(web::get().to(citizen::requester))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/evidence/{evidence}")
                        .route(web::get().to(citizen::evidence))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/assessments")
                        .route(web::post().to(citizen::assess))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/proof")
                        .route(web::post().to(citizen::ask))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/messages")
                        .route(web::post().to(citizen::message))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/correction_requests")
                        .route(web::get().to(citizen::correction_requests))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/cases/{id}/{move}")
                        .route(web::post().to(moves::take))
                        .default_service(web::to(method)),
                )
                .service(web::resource("/audit").route(web::get().to(audit::list)).default_service(web::to(method)))
                .service(
                    web::resource("/audit/export").route(web::get().to(audit::export)).default_service(web::to(method)),
                )
                .service(
                    web::resource("/audit/verification")
                        .route(web::post().to(audit::verify))
                        .default_service(web::to(method)),
                )
                .service(
                    web::resource("/audit/anchors")
                        .route(web::get().to(audit::anchors))
                        .default_service(web::to(method)),
                )
                .service(web::resource("/audit/key").route(web::get().to(audit::key)).default_service(web::to(method))),
        )
        .service(SwaggerUi::new("/api/docs/{_:.*}").url("/api/v1/openapi.json", document::openapi()));
}

/// A request that a form of the desk logs, read by the same rules as one that comes through the API.
///
/// # Errors
/// 422 naming each wrong field, as `subject.name`.
pub(super) fn logged(body: serde_json::Value) -> Result<crate::acts::NewRequest, Problem> {
    let body: forms::LoggedBody =
        serde_json::from_value(body).map_err(|_| Problem::malformed("the form cannot be read: open the page again"))?;
    body.read()
}

/// Reads the part of the address after the question mark; an unknown name is refused.
fn query<Q: serde::de::DeserializeOwned>(request: &actix_web::HttpRequest) -> Result<Q, Problem> {
    web::Query::<Q>::from_query(request.query_string()).map(web::Query::into_inner).map_err(|error| {
        // serde names the parameter and the known ones, never a value: all of them are read as text.
        Problem::malformed(match error {
            QueryPayloadError::Deserialize(why) => format!("the part of the address after the question mark: {why}"),
            _ => "the part of the address after the question mark cannot be read".to_owned(),
        })
    })
}

async fn method() -> Result<actix_web::HttpResponse, Problem> {
    Err(Problem::method())
}
