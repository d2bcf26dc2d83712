//! Faults as RFC 9457 `application/problem+json`. The one place that knows status codes, and that logs a failure, once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::acts::{ActError, FieldFault};

/// A fault as it is answered (RFC 9457).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Names the kind of fault: `/problems/` and a word.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status code.
    pub status: u16,
    /// What went wrong here, and the cure.
    pub detail: String,
    /// The fields that are wrong, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldFault>,
}

impl Problem {
    fn new(status: StatusCode, word: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{word}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// The body is not JSON, or not readable.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read", detail)
    }

    /// The body is larger than allowed.
    pub(super) fn too_large(limit: usize) -> Self {
        let detail = format!("the request body is too large: send at most {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
    }

    /// The body is not JSON by its own word.
    pub(super) fn media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "The request is not JSON",
            "send the header Content-Type: application/json",
        )
    }

    /// The body is compressed.
    pub(super) fn encoded() -> Self {
        let detail = "send the body as it is, without Content-Encoding";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "The request is compressed", detail)
    }

    /// The body takes too long to arrive.
    pub(super) fn slow(what: &str) -> Self {
        let detail = format!("the {what} took too long to arrive: send it again");
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow", "The request took too long", detail)
    }

    /// The body is not a form by its own word.
    pub(super) fn not_a_form() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "The request is not a form",
            "send the form of the page",
        )
    }

    /// A form that no page of ours gave to this browser.
    pub(super) fn foreign_form() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign-form",
            "The form is not from this page",
            "open the page again and send its form; cookies must be allowed",
        )
    }

    /// True if a form was not one of ours.
    pub(super) fn is_foreign_form(&self) -> bool {
        self.kind.ends_with("foreign-form")
    }

    /// True if somebody else changed the thing in the meantime.
    pub(super) fn is_stale(&self) -> bool {
        self.status == StatusCode::PRECONDITION_FAILED.as_u16()
    }

    /// A change without the version it is meant for.
    pub(super) fn version_needed() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "if-match-needed",
            "The version is missing",
            "send If-Match with the ETag of the case as you read it",
        )
    }

    /// No such page or call.
    pub(super) fn unknown_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", "there is nothing at this address")
    }

    /// The path exists, the method does not.
    pub(super) fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "Method not allowed",
            "this address does not take this HTTP method: see /api/docs",
        )
    }

    /// Fields are wrong.
    pub(super) fn fields(errors: Vec<FieldFault>) -> Self {
        let title = "Some fields are wrong";
        let detail = "correct the fields that are listed under errors and send the request again";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", title, detail) }
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        let detail = error.to_string();
        match error {
            ActError::Invalid(errors) => Self::fields(errors),
            ActError::Refused(_) => Self::new(StatusCode::CONFLICT, "refused", "This is not possible now", detail),
            ActError::Unauthenticated(_) => {
                Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "Who are you?", detail)
            }
            ActError::Forbidden(_) => Self::new(StatusCode::FORBIDDEN, "forbidden", "Not allowed", detail),
            ActError::Missing(_) => Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail),
            ActError::Gone(_) => Self::new(StatusCode::GONE, "gone", "No longer there", detail),
            ActError::Stale(_) => {
                Self::new(StatusCode::PRECONDITION_FAILED, "stale", "Changed in the meantime", detail)
            }
            ActError::TooMany(_) => Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests", detail),
            ActError::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Busy", detail),
            ActError::Broken(_) => {
                tracing::error!(error = %detail, "a request failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "failed",
                    "Something went wrong on our side",
                    "we have logged the fault; nothing you sent was lost, please try again later",
                )
            }
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        response.content_type("application/problem+json");
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        if matches!(self.status_code(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.insert_header(("Retry-After", "60"));
        }
        let mut response = response.body(serde_json::to_string(self).unwrap_or_default());
        // For the pages, which say the same in words.
        response.extensions_mut().insert(self.clone());
        response
    }
}
