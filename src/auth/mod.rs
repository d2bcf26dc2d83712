//! Passwords, one-time codes and tokens. Must never read the database: it makes and checks, the acts keep.

mod code;
mod link;
mod password;
mod token;

pub use code::{CODE_DIGITS, CodePurpose, code_hash, code_matches, new_code};
pub use link::{link_hash, new_link};
pub use password::{PasswordError, hash_password, verify_password, waste_time};
pub use token::{Door, Issued, RequesterClaims, StaffClaims, TokenError, Tokens};
