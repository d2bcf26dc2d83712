//! The data subject: who they are and by which identifiers they are known. Must never decide whether a record
//! is theirs (that is the gather's and, later, matching's).

mod identifier;

pub use identifier::{Identifier, IdentifierKind, Subject, Verified, normal_email, normal_phone};
