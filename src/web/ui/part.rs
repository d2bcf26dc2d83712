//! What makes a struct a component, and the builder methods of components.

use askama::Template;
use askama::filters::HtmlSafe;

/// A component: its template has the extension `html`, so that everything in it is escaped, and it is not escaped again
/// where it stands in another.
pub trait Part: Template + HtmlSafe {}

/// Declares that these templates are components.
macro_rules! parts {
    ($($part:ty),+ $(,)?) => { $(
        impl askama::filters::HtmlSafe for $part {}
        impl $crate::web::ui::Part for $part {}
    )+ };
}
pub(super) use parts;

/// Writes builder methods: `name: Type` for a field of that type, `name: Type as Some` for one that may have none.
macro_rules! setters {
    ($component:ty { $($(#[$doc:meta])* $name:ident: $kind:ty $(as $optional:ident)?),+ $(,)? }) => {
        impl $component { $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, $name: impl Into<$kind>) -> Self {
                self.$name = $($optional)?($name.into());
                self
            }
        )+ }
    };
}
pub(super) use setters;
