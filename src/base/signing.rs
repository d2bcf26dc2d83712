//! Ed25519 signatures (RFC 8032), with keys in forms that `openssl` reads too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey as Secret, VerifyingKey};
use secrecy::{ExposeSecret, SecretString};

/// The fixed beginning of an Ed25519 public key as OpenSSL writes it (RFC 8410, SubjectPublicKeyInfo).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A key that signs. Its secret half never leaves it.
pub struct SigningKey(Secret);

impl SigningKey {
    /// From its 32 secret bytes in base64 or hexadecimal; none if the text is neither.
    #[must_use]
    pub fn read(secret: &SecretString) -> Option<Self> {
        super::text::key_bytes(secret.expose_secret()).map(|bytes| Self(Secret::from_bytes(&bytes)))
    }

    /// The half that everybody may have.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The 64 bytes of the signature of `message`.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

/// The key that checks signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From its 32 bytes in base64, or from a PEM file as OpenSSL writes it; none if the text is neither.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let body: String = text.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
        let bytes = STANDARD.decode(body).ok()?;
        let bytes: [u8; 32] = bytes.strip_prefix(&SPKI).unwrap_or(&bytes).try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    /// Its 32 bytes in base64.
    #[must_use]
    pub fn base64(&self) -> String {
        STANDARD.encode(self.0.as_bytes())
    }

    /// As OpenSSL reads it.
    #[must_use]
    pub fn pem(&self) -> String {
        let der = [&SPKI[..], self.0.as_bytes()].concat();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
    }

    /// True if `signature` is this key's of `message`.
    #[must_use]
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_and_key_alone() {
        let key = SigningKey::read(&super::super::hex(&[7; 32]).into()).unwrap();
        let signature = key.sign(b"released");
        assert!(key.public().signed(b"released", &signature));
        assert!(!key.public().signed(b"released.", &signature));
        assert!(!key.public().signed(b"released", &signature[..63]));
        let other = SigningKey::read(&STANDARD.encode([8; 32]).into()).unwrap();
        assert!(!other.public().signed(b"released", &signature));
    }

    #[test]
    fn keys_are_read_in_each_of_their_forms() {
        let key = SigningKey::read(&STANDARD.encode([7; 32]).into()).unwrap().public();
        assert_eq!(PublicKey::read(&key.pem()), Some(key));
        assert_eq!(PublicKey::read(&key.base64()), Some(key));
        assert!(key.pem().starts_with("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"));
        for bad in ["", "short", "zzzz", &"z".repeat(64)] {
            assert!(PublicKey::read(bad).is_none() && SigningKey::read(&bad.to_owned().into()).is_none(), "{bad}");
        }
    }
}
