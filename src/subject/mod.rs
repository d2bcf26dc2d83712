//! The data subject: who they are, by which identifiers they are known, and the normal forms that two writings of one
//! identifier share. Must never decide whether a record is theirs (that is `matching`'s and the gather's).

mod birth;
mod email;
mod fold;
mod identifier;
mod name;
mod phone;
mod place;

pub use birth::Birth;
pub use email::{mailbox, normal_email};
pub use fold::{fold, latin, skeleton};
pub use identifier::{Identifier, IdentifierKind, Subject, Verified};
pub use name::{PersonName, Role, Word};
pub use phone::normal_phone;
pub use place::{normal_address, normal_postcode, outward};
