//! Sealing of small secrets that must be read again (unlike a password): XChaCha20-Poly1305 under a key derived from the
//! desk's secret, so that the database alone does not give them away.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

const NONCE: usize = 24;

fn cipher(secret: &SecretString) -> Option<XChaCha20Poly1305> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    mac.update(b"rightsdesk sealed secrets\n");
    let key: [u8; 32] = mac.finalize().into_bytes().into();
    Some(XChaCha20Poly1305::new(&Key::from(key)))
}

/// `plain`, sealed so that it opens for `purpose` alone; none if that cannot be done.
#[must_use]
pub fn seal(secret: &SecretString, purpose: &str, plain: &[u8]) -> Option<String> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: plain, aad: purpose.as_bytes() };
    let sealed = cipher(secret)?.encrypt(&XNonce::from(nonce), payload).ok()?;
    Some(STANDARD.encode([nonce.as_slice(), sealed.as_slice()].concat()))
}

/// What was sealed for `purpose`; none if it was not, or not under this secret, or was changed.
#[must_use]
pub fn unseal(secret: &SecretString, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, rest) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    cipher(secret)?.decrypt(&XNonce::from(nonce), Payload { msg: rest, aad: purpose.as_bytes() }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_purpose_under_its_secret_alone() {
        let secret: SecretString = "0123456789abcdef0123456789abcdef".into();
        let sealed = seal(&secret, "factor of jo", b"twenty bytes of this").unwrap();
        assert_eq!(unseal(&secret, "factor of jo", &sealed).as_deref(), Some(b"twenty bytes of this".as_slice()));
        assert_eq!(unseal(&secret, "factor of kim", &sealed), None);
        assert_eq!(unseal(&"another secret of the same length".into(), "factor of jo", &sealed), None);
        assert_eq!(unseal(&secret, "factor of jo", "AAAA"), None);
        assert_ne!(sealed, seal(&secret, "factor of jo", b"twenty bytes of this").unwrap());
    }
}
