//! The components against the packages' own cases: what the macros were given is read into our structs, and what they write
//! is compared with what the macros wrote, as trees: the order of attributes and of classes aside, and white space where a
//! browser drops it.

mod cases;
mod options;
mod tree;

pub(super) use options::number;
