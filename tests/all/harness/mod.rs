//! What the integration tests stand on: a desk on a fresh SQLite file or a fresh PostgreSQL database, with a clock that
//! stands still, a post box that is a folder, and a real server that is called over HTTP.

pub mod browser;
mod client;
mod desk;
pub mod mariadb;
pub mod postgres;
pub mod traces;

pub use client::Answer;
pub use desk::{Backend, Bench, Options, STAFF_PASSWORD, code_in};

/// Declares one test for both databases: `both! { fn name(backend) { ... } }` gives `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    ($(fn $name:ident($backend:ident) $body:block)+) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            fn on($backend: $crate::harness::Backend) $body
            #[test]
            fn sqlite() { on($crate::harness::Backend::Sqlite) }
            #[test]
            fn postgres() { on($crate::harness::Backend::Postgres) }
        }
    )+ };
}
