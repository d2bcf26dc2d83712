//! A request body: read once, checked against the published document, then by the type itself.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::api::document;
use super::problem::Problem;
use super::shape::faults;
use super::unambiguous::Unambiguous;
use crate::base::hex;

/// A JSON body of the documented shape `T`.
pub(super) struct Body<T> {
    /// What was sent.
    pub(super) value: T,
    /// SHA-256 of the bytes, hexadecimal: a repeated request is told from another one by it.
    pub(super) hash: String,
}

impl<T: DeserializeOwned + utoipa::ToSchema + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(';').next().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/json"))
        });
        let bytes = whole_body(request, payload, "request body");
        Box::pin(async move {
            if !json {
                return Err(Problem::media_type());
            }
            read(&bytes.await?)
        })
    }
}

/// The whole body, within the configured size and time; `what` it is called in a refusal.
pub(super) fn whole_body(
    request: &HttpRequest,
    payload: &mut Payload,
    what: &'static str,
) -> impl Future<Output = Result<web::Bytes, Problem>> + use<> {
    let BodyLimit { bytes: limit, time } = request.app_data::<BodyLimit>().copied().unwrap_or_default();
    let encoded = request.headers().get(CONTENT_ENCODING).is_some_and(|value| value != "identity");
    let bytes = web::Bytes::from_request(request, payload);
    async move {
        if encoded {
            return Err(Problem::encoded());
        }
        match tokio::time::timeout(time, bytes).await {
            Err(_) => Err(Problem::slow(what)),
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(e)) if e.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::too_large(limit))
            }
            Ok(Err(_)) => Err(Problem::malformed(format!("the {what} did not arrive whole: send it again"))),
        }
    }
}

/// How large a body may be, and how long it may take to arrive.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BodyLimit {
    pub(super) bytes: usize,
    pub(super) time: Duration,
}

fn read<T: DeserializeOwned + utoipa::ToSchema>(bytes: &[u8]) -> Result<Body<T>, Problem> {
    let Unambiguous(value) = serde_json::from_slice(bytes).map_err(|e| {
        let what = if e.is_data() { "names a field twice" } else { "is not valid JSON" };
        Problem::malformed(format!("the body {what} at line {}, column {}", e.line(), e.column()))
    })?;
    let schemas = document().pointer("/components/schemas").and_then(serde_json::Value::as_object);
    if let Some(schemas) = schemas
        && let Some(schema) = schemas.get(T::name().as_ref())
    {
        let faults = faults(&value, schema, schemas);
        if !faults.is_empty() {
            return Err(Problem::fields(faults));
        }
    }
    // The document and the type are made from one definition; what gets past the first is named by the second.
    let value =
        serde_json::from_value(value).map_err(|e| Problem::malformed(format!("the body cannot be read: {e}")))?;
    Ok(Body { value, hash: hex(&Sha256::digest(bytes)) })
}
