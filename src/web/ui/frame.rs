//! What stands around every page.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::button::Button;
use super::content::Content;
use super::notice::Tag;
use super::part::{parts, setters};

/// The header, without the crown.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/generic_header.html")]
pub struct GenericHeader {
    /// The front page; `/` if empty.
    pub url: String,
    /// Who we are.
    pub logo: Content,
    /// Classes of what is in it; `govuk-width-container` if empty.
    pub container_classes: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl GenericHeader {
    /// Saying `logo`, leading to `url`.
    #[must_use]
    pub fn of(url: impl Into<String>, logo: impl Into<Content>) -> Self {
        Self { url: url.into(), logo: logo.into(), ..Self::default() }
    }
}

/// The footer, without the crest and without claiming Crown copyright.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/footer.html")]
pub struct Footer {
    /// Sections of links.
    pub navigation: Vec<FooterSection>,
    /// The links that every page needs.
    pub meta: Option<FooterMeta>,
    /// Under which licence the words may be used.
    pub content_licence: Content,
    /// Whose the words are.
    pub copyright: Content,
    /// Further classes of what is in it.
    pub container_classes: Classes,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A section of links.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FooterSection {
    /// Its title.
    pub title: String,
    /// The links.
    pub items: Vec<FooterLink>,
    /// In how many columns they stand.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub columns: Option<u8>,
    /// Its width in the grid: `full` if empty, `one-half`...
    pub width: String,
}

/// The links that every page needs.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FooterMeta {
    /// Their title for those who listen; "Support links" if empty.
    pub visually_hidden_title: String,
    /// The links.
    pub items: Vec<FooterLink>,
    /// What else stands there.
    pub content: Content,
}

/// A link in the footer.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FooterLink {
    /// Where it leads.
    pub href: String,
    /// What it says.
    #[cfg_attr(test, serde(rename = "content"))]
    pub text: String,
    /// Further attributes.
    pub attributes: Attributes,
}

impl FooterLink {
    /// To `href`, saying `text`.
    #[must_use]
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }
}

impl FooterMeta {
    /// Announced as `title` for those who listen.
    #[must_use]
    pub fn of(title: impl Into<String>, items: impl IntoIterator<Item = FooterLink>) -> Self {
        Self { visually_hidden_title: title.into(), items: items.into_iter().collect(), ..Self::default() }
    }
}

setters! { FooterMeta {
    /// With what else stands there.
    content: Content,
} }

impl Footer {
    /// With the links that every page needs.
    #[must_use]
    pub fn of(meta: FooterMeta) -> Self {
        Self { meta: Some(meta), ..Self::default() }
    }
}

setters! { Footer {
    /// With whose the words are.
    copyright: Content,
    /// With under which licence they may be used.
    content_licence: Content,
} }

/// How far the service is, and where to say what one thinks of it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/phase_banner.html")]
pub struct PhaseBanner {
    /// The phase.
    pub tag: Tag,
    /// What else it says.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl PhaseBanner {
    /// In the phase `phase`.
    #[must_use]
    pub fn of(phase: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { tag: Tag::of(phase), content: content.into(), ..Self::default() }
    }

    fn shown_tag(&self) -> Tag {
        Tag {
            content: self.tag.content.clone(),
            classes: self.tag.classes.after("govuk-phase-banner__content__tag"),
            attributes: Attributes::new(),
        }
    }
}

/// The way out, for somebody who must not be seen here. With scripts, three presses of Shift do the same.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/exit_this_page.html")]
pub struct ExitThisPage {
    /// What the button says; "Exit this page" if empty.
    pub content: Content,
    /// Where it leads; the weather of the BBC if empty.
    pub redirect_url: String,
    /// What those who listen hear once it is pressed.
    pub activated_text: String,
    /// What they hear when they waited too long between presses.
    pub timed_out_text: String,
    /// What they hear after the first press.
    pub press_two_more_times_text: String,
    /// What they hear after the second press.
    pub press_one_more_time_text: String,
    /// Its id.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ExitThisPage {
    /// To `redirect_url`, saying `content`.
    #[must_use]
    pub fn to(redirect_url: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { redirect_url: redirect_url.into(), content: content.into(), ..Self::default() }
    }

    fn button(&self) -> Button {
        let content = if self.content.is_empty() {
            Content::from(super::inline::Hidden::of("Emergency")).and(" Exit this page")
        } else {
            self.content.clone()
        };
        let url = if self.redirect_url.is_empty() { "https://www.bbc.co.uk/weather" } else { &self.redirect_url };
        Button::link(url, content)
            .classes("govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button")
            .attributes(Attributes::new().with("rel", "nofollow noreferrer"))
    }
}

setters! { ExitThisPage {
    /// With what those who listen hear once it is pressed.
    activated_text: String,
    /// With what they hear when they waited too long between presses.
    timed_out_text: String,
    /// With what they hear after the first press.
    press_two_more_times_text: String,
    /// With what they hear after the second press.
    press_one_more_time_text: String,
} }

/// What cookies there are.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/cookie_banner.html")]
pub struct CookieBanner {
    /// What it says; at most one is not hidden.
    pub messages: Vec<CookieMessage>,
    /// What those who listen hear; "Cookie banner" if empty.
    pub aria_label: String,
    /// It does not show.
    pub hidden: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One message of a cookie banner.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct CookieMessage {
    /// Its heading.
    pub heading: Content,
    /// What it says. Text alone becomes a paragraph.
    pub content: Content,
    /// What can be done.
    pub actions: Vec<Button>,
    /// It does not show.
    pub hidden: bool,
    /// Its role: `alert` once something was chosen.
    pub role: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl CookieMessage {
    fn shown_actions(&self) -> Vec<Content> {
        self.actions.iter().map(|action| action.as_action("", "")).collect()
    }
}

parts!(GenericHeader, Footer, PhaseBanner, ExitThisPage, CookieBanner);
