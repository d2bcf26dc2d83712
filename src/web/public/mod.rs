//! Pages for everybody: the form, a request as its requester follows it, the answer, what the service says about itself.

mod answer;
mod ask;
mod door;
mod find;
mod form;
mod home;
mod leaf;
mod notices;
mod paper;
mod request;
mod upload;

use actix_web::web;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(home::routes)
        .configure(form::routes)
        .configure(find::routes)
        .configure(door::routes)
        .configure(answer::routes)
        .configure(request::routes)
        .configure(notices::routes);
}
