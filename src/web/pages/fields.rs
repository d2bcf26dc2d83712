//! A form that was sent: its fields as text, as they were typed, and proof that it came from a page of ours.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, ORIGIN};
use actix_web::{FromRequest, HttpRequest};

use super::super::body::whole_body;
use super::super::bridge::SharedDesk;
use super::super::problem::Problem;
use super::cookies::Jar;
use super::shell::browser;
use super::token::FormToken;
use crate::acts::ActError;

/// The name of the hidden field with the form's token.
pub(in super::super) const TOKEN_FIELD: &str = "form_token";
/// More fields than any page of ours has.
const MOST_FIELDS: usize = 1_000;

/// The fields of a form, in the order they were sent; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// From `application/x-www-form-urlencoded` text.
    pub(in super::super) fn of(encoded: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(encoded)
                .take(MOST_FIELDS)
                // Browsers send line ends as CR LF; people count and compare them as one character.
                .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
                .collect(),
        )
    }

    /// The field `name`, trimmed; empty if it was not sent.
    pub(in super::super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// Every field called `name`, trimmed, in the order they were sent.
    pub(in super::super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// Every field with its value, as it was typed.
    pub(in super::super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The field `name` as it was typed.
    pub(in super::super) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
}

/// A form that was sent from a page of ours, by the browser that we gave it to.
pub(in super::super) struct Posted(pub(in super::super) Fields);

impl FromRequest for Posted {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let bytes = whole_body(&request, payload, "form");
        Box::pin(async move {
            let form = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
                value.trim().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
            });
            if !form {
                return Err(Problem::not_a_form());
            }
            let fields = Fields::of(&bytes.await?);
            check(&request, fields.raw(TOKEN_FIELD))?;
            Ok(Self(fields))
        })
    }
}

/// The form came from a page of ours: the browser says so where it says anything, and `given` is the token that this very
/// browser was given.
///
/// # Errors
/// 403 if not.
pub(in super::super) fn check(request: &HttpRequest, given: &str) -> Result<(), Problem> {
    let desk = request
        .app_data::<SharedDesk>()
        .ok_or_else(|| ActError::Broken("the web was started without its desk".to_owned()))?;
    let jar = Jar::of(&desk.settings.base_url);
    let token = browser(request, jar).map(|browser| FormToken::of(&desk.secret, &browser));
    if !from_here(request.headers()) || !token.is_some_and(|token| token.matches(given)) {
        return Err(Problem::foreign_form());
    }
    Ok(())
}

/// What the browser itself says about where the form came from: `Sec-Fetch-Site`, or `Origin` against `Host`.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match (text(ORIGIN.as_str()), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_they_were_typed() {
        let fields = Fields::of(b"name=+Ann+Lee+&text=1%0D%0A2&empty=");
        assert_eq!(fields.text("name"), "Ann Lee");
        assert_eq!(fields.raw("name"), " Ann Lee ");
        assert_eq!(fields.text("text"), "1\n2");
        assert_eq!((fields.text("empty"), fields.text("nothing")), ("", ""));
    }
}
