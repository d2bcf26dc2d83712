//! Anchors: "the entry with this number had this hash at this time", signed. Kept elsewhere, they show what the chain alone
//! cannot: that its end was cut off, that an older copy was put back, or that all of it was written anew, even by whoever
//! runs the desk.
//!
//! An anchor is seven lines of text. The signature is Ed25519 (RFC 8032) over the six lines before it, each with its line
//! feed, so that `openssl` alone can check it: see docs/AUDIT.md.

use crate::base::{Moment, PublicKey, SigningKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The first line, with the version of the form.
const TITLE: &str = "rightsdesk audit anchor 1";

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

impl Anchor {
    /// States that entry `seq` of `chain` had `hash` at `at`.
    #[must_use]
    pub fn of(signer: &SigningKey, chain: &str, seq: i64, hash: &str, at: Moment) -> Self {
        let mut anchor = Self {
            chain: chain.to_owned(),
            seq,
            hash: hash.to_owned(),
            at,
            key: signer.public().base64(),
            signature: String::new(),
        };
        anchor.signature = STANDARD.encode(signer.sign(anchor.signed().as_bytes()));
        anchor
    }

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
        let key = PublicKey::read(&self.key).ok_or(AnchorError::Signature)?;
        let signature = STANDARD.decode(&self.signature).map_err(|_| AnchorError::Signature)?;
        if key.signed(self.signed().as_bytes(), &signature) { Ok(()) } else { Err(AnchorError::Signature) }
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

    fn key() -> SigningKey {
        SigningKey::read(&STANDARD.encode([7_u8; 32]).into()).unwrap()
    }

    fn anchor() -> Anchor {
        Anchor::of(&key(), &"a".repeat(64), 1_234, &"b".repeat(64), "2026-11-23T09:30:00Z".parse().unwrap())
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
        let other = SigningKey::read(&STANDARD.encode([8_u8; 32]).into()).unwrap();
        let forged = Anchor::of(&other, &"a".repeat(64), 1, &"b".repeat(64), anchor().at);
        assert_ne!(Anchor::read(&forged.to_string()).unwrap().key, anchor().key);
        let swapped = text.replace(&anchor().key, &forged.key);
        assert_eq!(Anchor::read(&swapped), Err(AnchorError::Signature));
        assert_eq!(Anchor::read(&format!("Dear auditor,\n\n{text}\n-- \nregards")).unwrap(), anchor());
        assert_eq!(Anchor::read("hello"), Err(AnchorError::Unreadable));
    }
}
