//! What text is made of: links, paragraphs, lists, headings. So that pages can compose content without writing HTML.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::content::Content;
use super::part::{parts, setters};

/// A link.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"<a class="govuk-link{{ classes }}" href="{{ href }}"{% if new_tab %} rel="noreferrer noopener" target="_blank"{% endif %}{{ attributes }}>{{ content }}</a>"#,
    ext = "html"
)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub content: Content,
    /// Opens a tab of its own; the text must say so (WCAG 2.2, 3.2.5).
    pub new_tab: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Link {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

setters! { Link {
    /// Opens a tab of its own.
    new_tab: bool,
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

/// Text that matters more.
#[derive(Debug, Clone, Default, Template)]
#[template(source = "<strong>{{ content }}</strong>", ext = "html")]
pub struct Strong {
    /// What it says.
    pub content: Content,
}

impl Strong {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into() }
    }
}

/// Text to be typed or read letter by letter.
#[derive(Debug, Clone, Default, Template)]
#[template(source = "<code>{{ content }}</code>", ext = "html")]
pub struct Code {
    /// What it says.
    pub content: Content,
}

impl Code {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into() }
    }
}

/// Text for those who listen, not for those who look.
#[derive(Debug, Clone, Default, Template)]
#[template(source = r#"<span class="govuk-visually-hidden">{{ content }}</span>"#, ext = "html")]
pub struct Hidden {
    /// What it says, with the space that sets it off from its neighbour.
    pub content: Content,
}

impl Hidden {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into() }
    }
}

/// A date or moment, readable for people and for machines.
#[derive(Debug, Clone, Default, Template)]
#[template(source = r#"<time datetime="{{ machine }}">{{ text }}</time>"#, ext = "html")]
pub struct Time {
    /// ISO 8601.
    pub machine: String,
    /// As people read it.
    pub text: String,
}

impl Time {
    /// `machine` in ISO 8601, and the same as people read it.
    #[must_use]
    pub fn of(machine: impl Into<String>, text: impl Into<String>) -> Self {
        Self { machine: machine.into(), text: text.into() }
    }
}

/// A line's end, within an address.
#[derive(Debug, Clone, Default, Template)]
#[template(source = "<br>", ext = "html")]
pub struct LineBreak;

/// A paragraph.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"<p class="{% if classes.as_str().is_empty() %}govuk-body{% else %}{{ classes.as_str() }}{% endif %}"{{ self::named("id", id) }}{{ attributes }}>{{ content }}</p>"#,
    ext = "html"
)]
pub struct Paragraph {
    /// What it says.
    pub content: Content,
    /// Its id.
    pub id: String,
    /// Its classes, if not `govuk-body`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Paragraph {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

setters! { Paragraph {
    /// With an id.
    id: String,
    /// With these classes in place of `govuk-body`.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

/// A heading.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<h{{ level }} class="{{ classes.as_str() }}"{{ self::named("id", id) }}>{% if !caption.is_empty() %}<span class="{{ self.caption_classes() }}">{{ caption }}</span> {% endif %}{{ content }}</h{{ level }}>"#,
    ext = "html"
)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// What it says.
    pub content: Content,
    /// What stands above it in grey, as part of it.
    pub caption: String,
    /// Its id.
    pub id: String,
    /// Its size: `govuk-heading-xl`, `-l`, `-m` or `-s`.
    pub classes: Classes,
}

impl Heading {
    /// The page's main heading.
    #[must_use]
    pub fn main(content: impl Into<Content>) -> Self {
        Self::of(1, "govuk-heading-l", content)
    }

    /// The heading of a section.
    #[must_use]
    pub fn section(content: impl Into<Content>) -> Self {
        Self::of(2, "govuk-heading-m", content)
    }

    /// The heading of a part of a section.
    #[must_use]
    pub fn part(content: impl Into<Content>) -> Self {
        Self::of(3, "govuk-heading-s", content)
    }

    fn caption_classes(&self) -> String {
        self.classes.as_str().replace("govuk-heading", "govuk-caption")
    }

    fn of(level: u8, classes: &str, content: impl Into<Content>) -> Self {
        Self { level, content: content.into(), caption: String::new(), id: String::new(), classes: classes.into() }
    }
}

setters! { Heading {
    /// With grey text above.
    caption: String,
    /// With an id.
    id: String,
    /// With another size.
    classes: Classes,
} }

/// A list.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"<{{ self.tag() }} class="govuk-list{{ classes }}">{% for item in items %}<li>{{ item }}</li>{% endfor %}</{{ self.tag() }}>"#,
    ext = "html"
)]
pub struct List {
    /// What stands in it.
    pub items: Vec<Content>,
    /// Its order matters.
    pub numbered: bool,
    /// Further classes.
    pub classes: Classes,
}

impl List {
    /// With bullets.
    #[must_use]
    pub fn bullets<T: Into<Content>>(items: impl IntoIterator<Item = T>) -> Self {
        Self { classes: "govuk-list--bullet".into(), ..Self::plain(items) }
    }

    /// With numbers.
    #[must_use]
    pub fn numbers<T: Into<Content>>(items: impl IntoIterator<Item = T>) -> Self {
        Self { numbered: true, classes: "govuk-list--number".into(), ..Self::plain(items) }
    }

    /// With nothing before its items.
    #[must_use]
    pub fn plain<T: Into<Content>>(items: impl IntoIterator<Item = T>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    fn tag(&self) -> &'static str {
        if self.numbered { "ol" } else { "ul" }
    }
}

parts!(Link, Strong, Code, Hidden, Time, LineBreak, Paragraph, Heading, List);
