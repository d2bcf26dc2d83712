//! Who is asking: a handler states what it needs as a type, and does not run without it.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest};

use super::bridge::{SharedDesk, act};
use super::problem::Problem;
use crate::access::Action;
use crate::acts::{ActError, Door, Opened, Staff, authenticate, open_with_token};
use crate::case::CaseId;

/// An action as a type.
pub(super) trait Needs: 'static {
    /// The action.
    const ACTION: Action;
}

macro_rules! needs {
    ($($name:ident),+) => { $(
        #[doc = concat!("Needs [`Action::", stringify!($name), "`].")]
        pub(super) struct $name;
        impl Needs for $name { const ACTION: Action = Action::$name; }
    )+ };
}
needs!(ReadCases, WorkCases, Approve, ReadAudit, ReadReports, Administer, UseDesk);

/// A member of staff whose role allows `N`. A handler that takes this cannot be reached without it.
pub(super) struct Allowed<N: Needs> {
    /// Who.
    pub(super) staff: Staff,
    needs: PhantomData<N>,
}

impl<N: Needs> FromRequest for Allowed<N> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (desk, token) = (desk(request), bearer(request));
        Box::pin(async move {
            let (desk, token) = (desk?, token?);
            let staff = act(&desk, move |desk| authenticate(desk, &token, N::ACTION)).await?;
            Ok(Self { staff, needs: PhantomData })
        })
    }
}

/// The requester of the case in the path, shown by their token.
pub(super) struct Requester(pub(super) Opened);

impl FromRequest for Requester {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (desk, token) = (desk(request), bearer(request));
        let id = case_id(request.match_info().query("id"), "request");
        Box::pin(async move {
            let (desk, token, id) = (desk?, token?, id?);
            Ok(Self(act(&desk, move |desk| open_with_token(desk, id, Door::Api, &token)).await?))
        })
    }
}

/// First `A`, then `B`: the framework would run both at once, and a caller without permission would be told what is wrong
/// with their body.
pub(super) struct Then<A, B>(pub(super) A, pub(super) B);

impl<A, B> FromRequest for Then<A, B>
where
    A: FromRequest<Error = Problem> + 'static,
    B: FromRequest<Error = Problem> + 'static,
{
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let first = A::from_request(&request, &mut Payload::None).await?;
            let second = B::from_request(&request, &mut payload).await?;
            Ok(Self(first, second))
        })
    }
}

/// The case identifier in a path; text that is none names no case.
pub(super) fn case_id(text: &str, what: &'static str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| ActError::Missing(what).into())
}

fn desk(request: &HttpRequest) -> Result<SharedDesk, Problem> {
    request
        .app_data::<SharedDesk>()
        .cloned()
        .ok_or_else(|| ActError::Broken("the web was started without its desk".to_owned()).into())
}

fn bearer(request: &HttpRequest) -> Result<String, Problem> {
    request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim().to_owned())
        .ok_or_else(|| ActError::Unauthenticated("send the header Authorization: Bearer TOKEN".to_owned()).into())
}
