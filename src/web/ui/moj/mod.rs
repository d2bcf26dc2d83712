//! Patterns of the Ministry of Justice for people who work on cases all day. Their pages load `moj.css` and `moj.js` after
//! those of GOV.UK.

mod filter;
mod header;
mod messages;
mod navigation;
mod results;
mod timeline;

pub use filter::{Filter, FilterCategory, FilterLayout, FilterLink, SelectedFilters};
pub use header::{Badge, ButtonMenu, IdentityBar, MenuButton, PageHeaderActions, PageHeading};
pub use messages::{Message, MessageKind, MessageTime, Messages};
pub use navigation::{SideNavigation, SideSection, SubNavigation};
pub use results::ResultPages;
pub use timeline::{Timeline, TimelineItem, TimelineMoment};
