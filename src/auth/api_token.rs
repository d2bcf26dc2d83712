//! Tokens of the API for programs: 32 random bytes, kept only as a hash. A plain hash is enough, since nobody can try all
//! of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::base::hex;

/// How each begins: it tells them from a session's token, and lets a scanner for leaked secrets know one.
const PREFIX: &str = "rightsdesk_";

/// A new token.
#[must_use]
pub fn new_api_token() -> SecretString {
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())).into()
}

/// True if `text` looks like one.
#[must_use]
pub fn is_api_token(text: &str) -> bool {
    text.starts_with(PREFIX)
}

/// The hash that is kept: SHA-256, lower-case hexadecimal.
#[must_use]
pub fn api_token_hash(token: &SecretString) -> String {
    hex(&Sha256::digest(token.expose_secret().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_is_another_and_its_hash_does_not_show_it() {
        let (one, other) = (new_api_token(), new_api_token());
        assert!(is_api_token(one.expose_secret()) && !is_api_token("eyJhbGciOi"));
        assert_eq!(one.expose_secret().len(), PREFIX.len() + 43);
        assert_ne!(api_token_hash(&one), api_token_hash(&other));
        assert_eq!(api_token_hash(&one).len(), 64);
    }
}
