//! `If-Match` and `Idempotency-Key`.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::acts::{ActError, Once};
use crate::base::hex;

/// The version of the case that the caller saw: `If-Match: "7"`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen(pub(super) i64);

impl FromRequest for Seen {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get("if-match").map(|value| value.to_str().unwrap_or_default());
        std::future::ready(match header {
            None => Err(Problem::version_needed()),
            Some(text) => text.trim().trim_matches('"').parse().map(Seen).map_err(|_| {
                // A tag we never gave out matches no version.
                Problem::from(ActError::Stale("case"))
            }),
        })
    }
}

/// The `ETag` of a version.
pub(super) fn etag(version: i64) -> (&'static str, String) {
    ("ETag", format!("\"{version}\""))
}

/// The key under which a creation is to be done once, if the caller sent one.
///
/// `route` and `caller` are part of it, so that two callers' equal keys do not meet.
pub(super) fn once(
    request: &HttpRequest,
    route: &str,
    caller: &str,
    request_hash: &str,
) -> Result<Option<Once>, Problem> {
    const LONGEST: usize = 200;
    let Some(header) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = header.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > LONGEST {
        return Err(Problem::malformed("Idempotency-Key must have 1 to 200 visible ASCII characters"));
    }
    let key_hash = hex(&Sha256::digest(format!("{route}\n{caller}\n{key}")));
    Ok(Some(Once { key_hash, request_hash: request_hash.to_owned() }))
}
