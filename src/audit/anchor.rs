//! Anchors: "the entry with this number had this hash at this time", signed. Kept elsewhere, they show what the chain alone
//! cannot: that its end was cut off, that an older copy was put back, or that all of it was written anew, even by whoever
//! runs the desk.
//!
//! An anchor is seven lines of text. The signature is Ed25519 (RFC 8032) over the six lines before it, each with its line
//! feed, so that `openssl` alone can check it: see docs/AUDIT.md.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use secrecy::{ExposeSecret, SecretString};

use crate::base::Moment;

/// The first line, with the version of the form.
const TITLE: &str = "rightsdesk audit anchor 1";
/// The fixed beginning of an Ed25519 public key in the form that OpenSSL reads (RFC 8410, SubjectPublicKeyInfo).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A statement about the chain at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The hash of the first entry: which chain.
    pub chain: String,
    /// The number of an entry.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// When this was stated.
    pub at: Moment,
    /// The public key that signed it, base64.
    pub key: String,
    /// The signature, base64.
    pub signature: String,
}

/// What is wrong with an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// The text is none.
    #[error("this is no anchor: give the file as it was written")]
    Unreadable,
    /// The signature is not of this text and key.
    #[error("its signature is wrong: it was changed, or not signed by the key that it names")]
    Signature,
}

/// The key that signs anchors. Its secret half never leaves it.
pub struct AuditKey(SigningKey);

impl AuditKey {
    /// From its 32 secret bytes in base64 or hexadecimal; none if the text is neither.
    #[must_use]
    pub fn read(secret: &SecretString) -> Option<Self> {
        let text = secret.expose_secret().trim();
        let bytes = if text.len() == 64 { from_hex(text) } else { STANDARD.decode(text).ok() };
        let bytes: [u8; 32] = bytes?.try_into().ok()?;
        Some(Self(SigningKey::from_bytes(&bytes)))
    }

    /// The public half, base64.
    #[must_use]
    pub fn public(&self) -> String {
        STANDARD.encode(self.0.verifying_key().as_bytes())
    }

    /// The public half as OpenSSL reads it.
    #[must_use]
    pub fn public_pem(&self) -> String {
        let der = [&SPKI[..], self.0.verifying_key().as_bytes()].concat();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
    }

    /// States that entry `seq` of `chain` had `hash` at `at`.
    #[must_use]
    pub fn anchor(&self, chain: &str, seq: i64, hash: &str, at: Moment) -> Anchor {
        let mut anchor = Anchor {
            chain: chain.to_owned(),
            seq,
            hash: hash.to_owned(),
            at,
            key: self.public(),
            signature: String::new(),
        };
        anchor.signature = STANDARD.encode(self.0.sign(anchor.signed().as_bytes()).to_bytes());
        anchor
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    Some(digits?.chunks(2).filter_map(|pair| Some(pair.first()? * 16 + pair.get(1)?)).collect())
}

impl Anchor {
    /// The text that is signed.
    #[must_use]
    pub fn signed(&self) -> String {
        let Self { chain, seq, hash, at, key, .. } = self;
        format!("{TITLE}\nchain {chain}\nseq {seq}\nhash {hash}\nat {at}\nkey {key}\n")
    }

    /// Reads an anchor and checks its signature. What it says of the chain is for the reader to compare.
    ///
    /// # Errors
    /// [`AnchorError`].
    pub fn read(text: &str) -> Result<Self, AnchorError> {
        // Before it may stand what an e-mail says of it.
        let mut lines = text.lines().map(|line| line.trim_end_matches('\r')).skip_while(|line| *line != TITLE);
        if lines.next().is_none() {
            return Err(AnchorError::Unreadable);
        }
        let mut of = |name: &str| -> Result<String, AnchorError> {
            let line = lines.next().and_then(|line| line.strip_prefix(name)).and_then(|rest| rest.strip_prefix(' '));
            line.map(ToOwned::to_owned).ok_or(AnchorError::Unreadable)
        };
        let anchor = Self {
            chain: of("chain")?,
            seq: of("seq")?.parse().map_err(|_| AnchorError::Unreadable)?,
            hash: of("hash")?,
            at: of("at")?.parse().map_err(|_| AnchorError::Unreadable)?,
            key: of("key")?,
            signature: of("signature")?,
        };
        anchor.check()?;
        Ok(anchor)
    }

    /// Checks the signature by the key that the anchor names.
    ///
    /// # Errors
    /// [`AnchorError::Signature`].
    pub fn check(&self) -> Result<(), AnchorError> {
        let bytes = |text: &str| STANDARD.decode(text).map_err(|_| AnchorError::Signature);
        let key: [u8; 32] = bytes(&self.key)?.try_into().map_err(|_| AnchorError::Signature)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| AnchorError::Signature)?;
        let signature = Signature::from_slice(&bytes(&self.signature)?).map_err(|_| AnchorError::Signature)?;
        key.verify_strict(self.signed().as_bytes(), &signature).map_err(|_| AnchorError::Signature)
    }

    /// The name of its file: `anchor-000000001234.txt`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("anchor-{:012}.txt", self.seq)
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}signature {}", self.signed(), self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> AuditKey {
        AuditKey::read(&STANDARD.encode([7_u8; 32]).into()).unwrap()
    }

    fn anchor() -> Anchor {
        key().anchor(&"a".repeat(64), 1_234, &"b".repeat(64), "2026-11-23T09:30:00Z".parse().unwrap())
    }

    #[test]
    fn an_anchor_reads_back_and_every_change_of_it_is_seen() {
        let text = anchor().to_string();
        assert_eq!(Anchor::read(&text).unwrap(), anchor());
        assert_eq!(Anchor::read(&text.replace('\n', "\r\n")).unwrap(), anchor());
        assert_eq!(anchor().file_name(), "anchor-000000001234.txt");
        for (from, to) in [("seq 1234", "seq 1233"), ("aaaa", "aaac"), ("09:30", "09:31"), ("hash b", "hash c")] {
            assert_eq!(Anchor::read(&text.replacen(from, to, 1)), Err(AnchorError::Signature), "{from}");
        }
        // Signed by another key that it then names: readable, and of another key.
        let other = AuditKey::read(&STANDARD.encode([8_u8; 32]).into()).unwrap();
        let forged = other.anchor(&"a".repeat(64), 1, &"b".repeat(64), anchor().at);
        assert_ne!(Anchor::read(&forged.to_string()).unwrap().key, anchor().key);
        let swapped = text.replace(&anchor().key, &forged.key);
        assert_eq!(Anchor::read(&swapped), Err(AnchorError::Signature));
        assert_eq!(Anchor::read(&format!("Dear auditor,\n\n{text}\n-- \nregards")).unwrap(), anchor());
        assert_eq!(Anchor::read("hello"), Err(AnchorError::Unreadable));
    }

    #[test]
    fn a_key_is_read_in_base64_and_in_hexadecimal() {
        let hex: SecretString = crate::base::hex(&[7_u8; 32]).into();
        assert_eq!(AuditKey::read(&hex).unwrap().public(), key().public());
        for bad in ["", "short", &"z".repeat(64)] {
            assert!(AuditKey::read(&bad.to_owned().into()).is_none());
        }
        assert!(key().public_pem().starts_with("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"));
    }
}
