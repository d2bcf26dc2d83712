//! Secrets that stand in a link or a cookie: 256 random bits, kept only as a hash.

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::base::hex;

/// A new one, 64 hexadecimal digits.
#[must_use]
pub fn new_link() -> SecretString {
    hex(&rand::random::<[u8; 32]>()).into()
}

/// The hash that is kept. With 256 random bits there is nothing to guess, so it needs no key.
#[must_use]
pub fn link_hash(link: &str) -> String {
    hex(&Sha256::digest(link.as_bytes()))
}
