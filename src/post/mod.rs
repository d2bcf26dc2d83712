//! The post: e-mail out by SMTP or GOV.UK Notify, or into a folder in development and the demo. Must never decide what is written or to
//! whom.

mod notify;
mod send;

pub use send::{Attachment, Post, PostError, is_address};
