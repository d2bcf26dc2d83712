//! A page for citizens: pieces that components have written, one under the other. Must never hold words.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use askama::Template;
use askama::filters::HtmlSafe;

use super::super::pages::{Shell, TokenField, page};
use super::super::problem::Problem;
use super::super::ui::{BackLink, Button, Content, ErrorSummary, Errors, Heading, Html, Link, Paragraph, Part};
use crate::wording::Wording;

/// What stands on a page.
#[derive(Default)]
pub(super) struct Leaf {
    /// Where the back link leads; none if there is nothing to go back to.
    pub(super) back: Option<String>,
    /// What is wrong.
    pub(super) errors: Option<ErrorSummary>,
    /// The pieces.
    pub(super) body: Vec<Content>,
    /// Minutes without a page after which a browser with scripts hides what was typed.
    pub(super) idle_minutes: Option<u32>,
}

#[derive(Template)]
#[template(path = "public/leaf.html")]
struct LeafPage<'a> {
    shell: &'a Shell,
    back: Option<BackLink>,
    leaf: &'a Leaf,
}

impl Leaf {
    /// With these pieces.
    pub(super) fn of(body: impl IntoIterator<Item = Content>) -> Self {
        Self { body: body.into_iter().collect(), ..Self::default() }
    }

    /// With a link back.
    pub(super) fn back(mut self, to: impl Into<String>) -> Self {
        self.back = Some(to.into());
        self
    }

    /// With what is wrong.
    pub(super) fn wrong(mut self, errors: &Errors) -> Self {
        self.errors = errors.summary();
        self
    }

    /// Answers with the page.
    pub(super) fn show(&self, shell: Shell, title: impl Into<String>) -> Result<HttpResponse, Problem> {
        let wrong = self.errors.is_some();
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let shell = shell.titled(title).wrong_if(wrong);
        let back = self.back.as_ref().map(|to| BackLink::to(to, shell.t.say("back")));
        let mut response = page(&shell, status, &LeafPage { shell: &shell, back, leaf: self })?;
        // What somebody typed or asked is not to be found by the next one at the same computer.
        response.headers_mut().insert(
            actix_web::http::header::CACHE_CONTROL,
            actix_web::http::header::HeaderValue::from_static("no-store"),
        );
        Ok(response)
    }
}

/// A form that is sent to `action`.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ action }}"{% if multipart %} enctype="multipart/form-data"{% endif %} novalidate>{{ token }}{% for piece in content %}{{ piece }}
{% endfor %}</form>"#,
    ext = "html"
)]
pub(super) struct Form<'a> {
    action: &'a str,
    token: TokenField<'a>,
    content: Vec<Content>,
    multipart: bool,
}

impl<'a> Form<'a> {
    pub(super) fn to(shell: &'a Shell, action: &'a str, content: impl IntoIterator<Item = Content>) -> Self {
        Self { action, token: shell.token(), content: content.into_iter().collect(), multipart: false }
    }

    /// With files. Its token goes in the address's place of the first field, before the bytes.
    pub(super) fn with_files(mut self) -> Self {
        self.multipart = true;
        self
    }

    pub(super) fn html(&self) -> Content {
        html(self)
    }
}

impl HtmlSafe for Form<'_> {}
impl Part for Form<'_> {}

/// What a component writes.
pub(super) fn html(part: &impl Part) -> Content {
    Content::Html(Html::of(part))
}

/// A paragraph.
pub(super) fn para(content: impl Into<Content>) -> Content {
    html(&Paragraph::of(content))
}

/// The page's heading.
pub(super) fn title(content: impl Into<Content>) -> Content {
    html(&Heading::main(content))
}

/// The heading of a section.
pub(super) fn section(content: impl Into<Content>) -> Content {
    html(&Heading::section(content))
}

/// A link by itself.
pub(super) fn link(to: impl Into<String>, content: impl Into<Content>) -> Content {
    html(&Link::to(to, content))
}

/// The button that sends a form.
pub(super) fn send(content: impl Into<Content>) -> Content {
    html(&Button::send(content))
}

/// No fault yet.
pub(super) fn no_errors(t: Wording) -> Errors {
    Errors::new(t.say("error-summary-title"), t.say("error-prefix"))
}

/// Goes on to another page.
pub(super) fn go(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
}
