//! The shell around a page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::bridge::SharedDesk;
use super::super::problem::Problem;
use super::super::ui::{NavigationItem, ServiceNavigation};
use super::cookies::Jar;
use super::language::Speaks;
use super::token::FormToken;
use super::{assets, fields};
use crate::access::{Action, Role, may};
use crate::acts::{ActError, Staff};
use crate::bundle::Controller;
use crate::wording::{Language, Wording};

/// The parts of the desk: address, name, and what one must be allowed to be shown it.
const DESK_PARTS: [(&str, &str, Action); 4] = [
    ("/desk", "Cases", Action::ReadCases),
    ("/desk/log", "Log a request", Action::WorkCases),
    ("/desk/reports", "Reports", Action::ReadReports),
    ("/desk/audit", "Audit trail", Action::ReadAudit),
];

/// The random cookie that a form token is bound to.
const BROWSER_COOKIE: &str = "browser";
/// A day; each page prolongs it.
const BROWSER_MINUTES: i64 = 24 * 60;

/// The random value that stands for this browser, if it has one.
pub(super) fn browser(request: &HttpRequest, jar: Jar) -> Option<String> {
    jar.read(request, BROWSER_COOKIE).filter(|value| value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What the shell around a page shows, and what every page can use.
pub(in super::super) struct Shell {
    /// The messages of the reader's language.
    pub(in super::super) t: Wording,
    /// Who answers for the data.
    pub(in super::super) controller: Controller,
    /// The page's own title, without prefix and service name.
    pub(in super::super) title: String,
    /// Something on the page is wrong: the title says so first.
    pub(in super::super) wrong: bool,
    /// The member of staff who is signed in.
    pub(in super::super) signed_in: Option<String>,
    /// What they are trusted with: it says which parts of the desk they are shown.
    role: Option<Role>,
    /// What they sign in with.
    username: String,
    /// The part of the desk that the page belongs to, by its address.
    part: &'static str,
    path: String,
    token: FormToken,
    browser: String,
    jar: Jar,
    speaks: Speaks,
}

impl Shell {
    /// For an answer to `request`.
    pub(in super::super) fn of(request: &HttpRequest, desk: &SharedDesk) -> Self {
        let jar = Jar::of(&desk.settings.base_url);
        let speaks = Speaks::of(request, jar);
        let browser = browser(request, jar).unwrap_or_else(|| crate::base::hex(&rand::random::<[u8; 32]>()));
        Self {
            t: speaks.wording,
            controller: desk.settings.controller.clone(),
            title: String::new(),
            wrong: false,
            signed_in: None,
            role: None,
            username: String::new(),
            part: "",
            path: request.path().to_owned(),
            token: FormToken::of(&desk.secret, &browser),
            browser,
            jar,
            speaks,
        }
    }

    /// With the title `title`.
    pub(in super::super) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// For the member of staff `name`, who is signed in.
    pub(in super::super) fn signed_in(mut self, name: &str) -> Self {
        self.signed_in = Some(name.to_owned());
        self
    }

    /// For a member of staff, on a page of the part of the desk with the address `part`.
    pub(in super::super) fn desk_of(mut self, staff: &Staff, part: &'static str) -> Self {
        self.role = Some(staff.role);
        self.part = part;
        self.username.clone_from(&staff.username);
        self.signed_in(&staff.display_name)
    }

    /// True if the reader has an account that they can open from here.
    pub(in super::super) fn has_account(&self) -> bool {
        self.role.is_some()
    }

    /// What the member of staff signs in with.
    pub(in super::super) fn username(&self) -> &str {
        &self.username
    }

    /// The parts of the desk that the reader's role opens.
    pub(in super::super) fn navigation(&self) -> Option<ServiceNavigation> {
        let role = self.role?;
        let items = DESK_PARTS
            .iter()
            .filter(|(_, _, action)| may(role, *action))
            .map(|(href, text, _)| NavigationItem::to(*href, *text).active(*href == self.part));
        Some(ServiceNavigation::of("", "", items).aria_label("The desk").navigation_label("Parts of the desk"))
    }

    /// Says before the title that something is wrong on the page.
    pub(in super::super) fn wrong_if(mut self, wrong: bool) -> Self {
        self.wrong = wrong;
        self
    }

    /// The language of the page.
    pub(in super::super) fn language(&self) -> Language {
        self.t.language()
    }

    /// The languages that the reader can change to, with the address of this page in each.
    pub(in super::super) fn languages(&self) -> Vec<(Language, String)> {
        Language::ALL.iter().map(|language| (*language, format!("{}?lang={language}", self.path))).collect()
    }

    /// The hidden field of a form.
    pub(in super::super) fn token(&self) -> TokenField<'_> {
        TokenField { name: fields::TOKEN_FIELD, token: self.token.as_str() }
    }

    /// The address of an asset.
    pub(in super::super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

/// The hidden field with a form's token.
#[derive(Template)]
#[template(source = r#"<input type="hidden" name="{{ name }}" value="{{ token }}">"#, ext = "html")]
pub(in super::super) struct TokenField<'a> {
    name: &'static str,
    token: &'a str,
}

impl askama::filters::HtmlSafe for TokenField<'_> {}

/// The page `template` within `shell`, answered with `status`.
///
/// # Errors
/// [`Problem`] if the page cannot be written.
pub(in super::super) fn page(
    shell: &Shell,
    status: StatusCode,
    template: &impl Template,
) -> Result<HttpResponse, Problem> {
    let html = template.render().map_err(|e| ActError::Broken(format!("a page could not be written: {e}")))?;
    let mut response = HttpResponse::build(status);
    response.content_type("text/html; charset=utf-8");
    response.cookie(shell.jar.make(BROWSER_COOKIE, &shell.browser, BROWSER_MINUTES));
    if shell.speaks.chosen {
        response.cookie(shell.speaks.cookie(shell.jar));
    }
    Ok(response.body(html))
}
