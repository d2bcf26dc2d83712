//! The second factor: time-based codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds, as every app
//! takes them), and recovery codes for who has lost it.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use totp_rs::{Builder, Totp};

use crate::base::hex;

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;
/// How many recovery codes are made at once.
pub const RECOVERY_CODES: usize = 10;
/// Without letters and digits that look alike.
const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// The secret of an authenticator app.
pub struct FactorSecret(Vec<u8>);

impl FactorSecret {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(rand::random::<[u8; SECRET]>().to_vec())
    }

    /// As it was kept.
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn totp(&self, issuer: &str, account: &str) -> Option<Totp> {
        // A colon divides issuer and account in the address that the app reads.
        let plain = |text: &str| text.replace(':', " ");
        Builder::new()
            .with_secret(self.0.clone())
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(account))
            .build()
            .ok()
    }

    /// The address that an app reads from a picture: `otpauth://totp/...`.
    #[must_use]
    pub fn address(&self, issuer: &str, account: &str) -> Option<String> {
        self.totp(issuer, account)?.to_url().ok()
    }

    /// In groups of four, for typing into an app (base 32).
    #[must_use]
    pub fn words(&self) -> String {
        let text = totp_rs::Secret::from(self.0.clone()).to_base32();
        let signs: Vec<char> = text.chars().filter(|c| *c != '=').collect();
        signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// The time step that `code` belongs to at `seconds` (Unix time), one step early or late; none if it is wrong. The
    /// caller lets each step count once.
    #[must_use]
    pub fn step(&self, code: &str, seconds: i64) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let step = self.totp("rightsdesk", "account")?.check(&digits, u64::try_from(seconds).ok()?)?;
        i64::try_from(step).ok()
    }

    /// The code at `seconds`, as the app shows it.
    #[must_use]
    pub fn code(&self, seconds: i64) -> Option<String> {
        Some(self.totp("rightsdesk", "account")?.generate(u64::try_from(seconds).ok()?).to_string())
    }
}

impl Default for FactorSecret {
    fn default() -> Self {
        Self::new()
    }
}

/// New recovery codes: about 59 bits each.
#[must_use]
pub fn new_recovery_codes() -> Vec<String> {
    let sign = || ALPHABET.get(rand::random_range(0..ALPHABET.len())).copied().map_or('x', char::from);
    let group = || (0..4).map(|_| sign()).collect::<String>();
    (0..RECOVERY_CODES).map(|_| format!("{}-{}-{}", group(), group(), group())).collect()
}

/// What is kept of a recovery code: a keyed hash over the account and the code. Case, spaces and dashes do not count.
#[must_use]
pub fn recovery_hash(secret: &SecretString, user: &str, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    // HMAC takes a key of any length, so making one cannot fail; were it to, the empty hash is never looked up.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    mac.update(b"rightsdesk recovery code\n");
    mac.update(user.as_bytes());
    mac.update(b"\n");
    mac.update(plain.as_bytes());
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_the_vectors_of_rfc_6238() {
        let secret = FactorSecret::of(b"12345678901234567890".to_vec());
        // Appendix B gives eight digits; six are their end.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(secret.code(seconds).as_deref(), Some(code));
            assert_eq!(secret.step(code, seconds), Some(seconds / 30));
            assert_eq!(secret.step(code, seconds + 30), Some(seconds / 30));
            assert_eq!(secret.step(code, seconds + 90), None);
        }
        assert_eq!(secret.step("287 082", 59), Some(1));
        assert_eq!(secret.step("", 59), None);
        assert_eq!(secret.words(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = secret.address("County: rights", "jo").unwrap();
        assert!(address.starts_with("otpauth://totp/") && address.contains("secret=GEZDGNBVGY3TQOJQ"), "{address}");
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed_and_only_for_its_account() {
        let secret: SecretString = "0123456789abcdef0123456789abcdef".into();
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let code = codes.first().unwrap();
        let kept = recovery_hash(&secret, "jo", code);
        assert_eq!(kept, recovery_hash(&secret, "jo", &code.to_uppercase().replace('-', " ")));
        assert_ne!(kept, recovery_hash(&secret, "kim", code));
    }
}
