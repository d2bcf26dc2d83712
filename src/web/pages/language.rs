//! The language of a page: what the reader chose, else English.

use actix_web::HttpRequest;

use super::cookies::Jar;
use crate::wording::{Language, Wording};

/// The name of the cookie that keeps the choice.
const COOKIE: &str = "language";
/// A year.
const MINUTES: i64 = 365 * 24 * 60;

/// In which language the reader of a request is spoken to.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Speaks {
    pub(in super::super) wording: Wording,
    /// Chosen with this very request: to be kept.
    pub(in super::super) chosen: bool,
}

impl Speaks {
    /// By `?lang=cy` in the address, else by the cookie.
    pub(in super::super) fn of(request: &HttpRequest, jar: Jar) -> Self {
        let named = request
            .query_string()
            .split('&')
            .find_map(|pair| pair.strip_prefix("lang="))
            .and_then(|word| word.parse::<Language>().ok());
        let kept = || jar.read(request, COOKIE).and_then(|word| word.parse().ok());
        let language = named.or_else(kept).unwrap_or_default();
        Self { wording: Wording::of(language), chosen: named.is_some() }
    }

    /// The cookie that keeps the choice.
    pub(in super::super) fn cookie(self, jar: Jar) -> actix_web::cookie::Cookie<'static> {
        jar.make(COOKIE, self.wording.language().as_str(), MINUTES)
    }
}
