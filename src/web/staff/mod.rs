//! The desk's pages: for members of staff who have signed in. They call the same acts as the API.

mod guard;
mod queue;
mod sign_in;

use actix_web::web;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.configure(sign_in::routes).configure(queue::routes);
}
