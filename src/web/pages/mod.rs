//! What every page has: the shell around it, its language, cookies, forms that come from our own pages alone, and faults
//! said in words instead of JSON. Knows nothing of what a page is about.

pub(super) mod assets;
mod cookies;
mod faults;
mod fields;
mod language;
mod shell;
mod token;

pub(super) use cookies::Jar;
pub(super) use faults::faults_as_pages;
pub(super) use fields::{Fields, Posted, check};
pub(super) use shell::{Shell, TokenField, page};
