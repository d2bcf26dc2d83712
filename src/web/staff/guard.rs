//! Who is signed in: a page states what it needs as a type, and does not run without it.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::super::bridge::{SharedDesk, act};
use super::super::guard::Needs;
use super::super::pages::Jar;
use super::super::problem::Problem;
use crate::acts::{ActError, Staff, authenticate};

/// The cookie with the token of a signed-in member of staff.
pub(super) const COOKIE: &str = "staff";

/// A signed-in member of staff whose role allows `N`. Without a session the reader is led to the sign-in page.
pub(in super::super) struct Signed<N: Needs> {
    /// Who.
    pub(in super::super) staff: Staff,
    needs: PhantomData<N>,
}

impl<N: Needs> FromRequest for Signed<N> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let desk = request.app_data::<SharedDesk>().cloned();
        let token = desk.as_ref().and_then(|desk| Jar::of(&desk.settings.base_url).read(request, COOKIE));
        Box::pin(async move {
            let desk = desk.ok_or_else(|| ActError::Broken("the web was started without its desk".to_owned()))?;
            let token = token.ok_or_else(|| ActError::Unauthenticated("sign in first".to_owned()))?;
            let staff = act(&desk, move |desk| authenticate(desk, &token, N::ACTION)).await?;
            Ok(Self { staff, needs: PhantomData })
        })
    }
}
