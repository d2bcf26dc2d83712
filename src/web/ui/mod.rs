//! The parts that pages are made of: each component of the GOV.UK Design System and of the MoJ patterns is a struct whose
//! fields are the options of its macro, and writes the same HTML (`golden` compares them with the packages' own cases).
//! Text is always escaped; HTML comes only from other components. Must never read a request, decide, or hold words of
//! its own beyond the macros' English defaults: pages give every word that a reader sees.

mod accordion;
mod attributes;
mod button;
mod choice;
mod content;
mod date_input;
mod errors;
mod field;
mod file_upload;
mod frame;
mod inline;
mod input;
mod moj;
mod navigation;
mod notice;
mod pagination;
mod part;
mod password_input;
mod select;
mod summary_list;
mod table;
mod tabs;
mod task_list;
mod textarea;

#[cfg(test)]
mod golden;

pub use accordion::{Accordion, AccordionItem};
pub use attributes::{Attributes, Classes};
pub use button::{Button, ButtonGroup};
pub use choice::{Checkboxes, Choice, Radios};
pub use content::{Content, Html};
pub use date_input::{DateInput, DatePart};
pub use errors::{ErrorItem, ErrorSummary, Errors};
pub use field::{ErrorMessage, Fieldset, FormGroup, Hint, Label, Legend};
pub use file_upload::FileUpload;
pub use frame::{
    CookieBanner, CookieMessage, ExitThisPage, Footer, FooterLink, FooterMeta, FooterSection, GenericHeader,
    PhaseBanner,
};
pub use inline::{Code, Heading, Hidden, LineBreak, Link, List, Paragraph, Strong, Time};
pub use input::{Affix, Input};
pub use moj::{
    Badge, ButtonMenu, Filter, FilterCategory, FilterLayout, FilterLink, IdentityBar, MenuButton, Message, MessageKind,
    MessageTime, Messages, PageHeaderActions, PageHeading, ResultPages, SelectedFilters, SideNavigation, SideSection,
    SubNavigation, Timeline, TimelineItem, TimelineMoment,
};
pub use navigation::{
    BackLink, Breadcrumb, Breadcrumbs, LanguageItem, LanguageNavigation, NavigationItem, ServiceNavigation, SkipLink,
    Slots,
};
pub use notice::{Details, InsetText, NotificationBanner, Panel, PanelActions, Tag, WarningText};
pub use pagination::{PageItem, PageLink, Pagination};
pub use part::Part;
pub use password_input::{PasswordButton, PasswordInput};
pub use select::{Select, SelectItem};
pub use summary_list::{Action, Actions, Card, Cell as SummaryCell, SummaryList, SummaryRow};
pub use table::{Cell, Sorted, Table};
pub use tabs::{Tab, TabPanel, Tabs};
pub use task_list::{Task, TaskList, TaskStatus, TaskTitle};
pub use textarea::{CharacterCount, CountMessage, Plurals, Textarea};
