//! Who calls, for the limits that are kept by caller: the peer's address, or what a trusted proxy says of it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::origin::OriginRule;
use super::problem::Problem;
use crate::acts::Client;

/// Who calls.
pub(super) struct Caller(pub(super) Client);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(caller(request))))
    }
}

/// Who sent `request`.
pub(super) fn caller(request: &HttpRequest) -> Client {
    let rule = request.app_data::<web::Data<OriginRule>>();
    rule.and_then(|rule| rule.client(request)).map_or_else(Client::inside, Client::at)
}
