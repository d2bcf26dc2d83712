//! The post: e-mail out by SMTP, or into a folder in development and the demo. Must never decide what is written or to
//! whom.

mod send;

pub use send::{Post, PostError};
