//! Sealing: bytes that are kept so that only this desk can read them again (XChaCha20-Poly1305, RFC 8439 with a 192-bit
//! nonce). What they belong to is sealed in with them, so that one draft or file cannot take another's place.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// What was sealed cannot be read: the key is another one, or the bytes were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was kept sealed cannot be read: the key has changed, or the bytes have")]
pub struct Unsealable;

/// Seals and unseals under one key.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// Under a key that is made from `secret`.
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        // HMAC takes a key of any length, so this cannot fail; the key would be the empty text's hash otherwise.
        let key = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
            .map(|mut mac| {
                mac.update(b"rightsdesk seal\n");
                mac.finalize().into_bytes()
            })
            .unwrap_or_default();
        let bytes: [u8; 32] = key.into();
        Self(XChaCha20Poly1305::new(&Key::from(bytes)))
    }

    /// `plain`, sealed as what belongs to `whose`.
    ///
    /// # Errors
    /// [`Unsealable`] if it is too large to be sealed, which nothing of ours is.
    pub fn seal(&self, plain: &[u8], whose: &str) -> Result<Vec<u8>, Unsealable> {
        let nonce = rand::random::<[u8; NONCE_BYTES]>();
        let payload = Payload { msg: plain, aad: whose.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| Unsealable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// What was sealed as belonging to `whose`.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn open(&self, sealed: &[u8], whose: &str) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(Unsealable)?;
        let payload = Payload { msg: sealed, aad: whose.as_bytes() };
        self.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unsealable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_owner_under_its_key_and_unchanged() {
        let seal = Seal::new(&"0123456789abcdef0123456789abcdef".into());
        let mut sealed = seal.seal(b"a passport", "case 1").unwrap();
        assert!(!sealed.windows(8).any(|bytes| bytes == b"passport"));
        assert_ne!(sealed, seal.seal(b"a passport", "case 1").unwrap());
        assert_eq!(seal.open(&sealed, "case 1").unwrap(), b"a passport");
        assert_eq!(seal.open(&sealed, "case 2"), Err(Unsealable));
        assert_eq!(Seal::new(&"another".into()).open(&sealed, "case 1"), Err(Unsealable));
        assert_eq!(seal.open(b"short", "case 1"), Err(Unsealable));
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(seal.open(&sealed, "case 1"), Err(Unsealable));
    }
}
