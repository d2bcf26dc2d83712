//! Passwords, one-time codes and tokens. Must never read the database: it makes and checks, the acts keep.

mod code;
mod password;
mod token;

pub use code::{CODE_DIGITS, code_hash, code_matches, new_code};
pub use password::{PasswordError, hash_password, verify_password, waste_time};
pub use token::{Issued, RequesterClaims, StaffClaims, TokenError, Tokens};
