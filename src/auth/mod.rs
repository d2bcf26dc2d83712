//! Passwords, one-time codes and tokens. Must never read the database: it makes and checks, the acts keep.

mod api_token;
mod code;
mod common;
mod factor;
mod link;
mod password;
mod seal;
mod token;

pub use api_token::{api_token_hash, is_api_token, new_api_token};
pub use code::{CODE_DIGITS, CodePurpose, code_hash, code_matches, new_code};
pub use factor::{FactorSecret, RECOVERY_CODES, new_recovery_codes, recovery_hash};
pub use link::{link_hash, new_link};
pub use password::{PasswordError, hash_password, verify_password, waste_time};
pub use seal::{seal, unseal};
pub use token::{Door, Issued, RequesterClaims, StaffClaims, TokenError, Tokens};
