//! One-time codes: six digits, kept only as a keyed hash, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::base::hex;
use crate::case::CaseId;
use crate::words;

/// Digits of a code.
pub const CODE_DIGITS: usize = 6;

words! {
    /// What a code opens.
    CodePurpose, "the purpose of a code" {
        /// The request.
        Request = "request",
        /// The answer to it.
        Answer = "answer",
    }
}

/// A new code: each of the million equally likely.
#[must_use]
pub fn new_code() -> SecretString {
    format!("{:06}", rand::random_range(0..1_000_000_u32)).into()
}

/// The hash that is kept: HMAC-SHA-256 under the desk's secret over the case and the code. A plain hash of six digits
/// could be undone by trying all of them; this one needs the secret too, which is not in the database.
#[must_use]
pub fn code_hash(secret: &SecretString, case: CaseId, code: &str) -> String {
    // HMAC takes a key of any length, so making one cannot fail; were it to, the empty hash matches nothing.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else { return String::new() };
    mac.update(b"rightsdesk one-time code\n");
    mac.update(case.to_string().as_bytes());
    mac.update(b"\n");
    mac.update(code.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// True if `given` is the code behind `kept`. Spaces and dashes that people type are left out first.
#[must_use]
pub fn code_matches(secret: &SecretString, case: CaseId, given: &str, kept: &str) -> bool {
    let digits: String = given.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let hash = code_hash(secret, case, &digits);
    !hash.is_empty() && bool::from(hash.as_bytes().ct_eq(kept.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_its_own_case_and_no_other() {
        let secret: SecretString = "0123456789abcdef0123456789abcdef".into();
        let (case, other) = (CaseId::new(), CaseId::new());
        let kept = code_hash(&secret, case, "012345");
        assert!(code_matches(&secret, case, "012345", &kept));
        assert!(code_matches(&secret, case, " 012-345 ", &kept));
        assert!(!code_matches(&secret, case, "012346", &kept));
        assert!(!code_matches(&secret, other, "012345", &kept));
        assert!(!kept.contains("012345"));
    }

    #[test]
    fn codes_have_six_digits() {
        for _ in 0..200 {
            let code = new_code();
            assert_eq!(code.expose_secret().len(), CODE_DIGITS);
            assert!(code.expose_secret().bytes().all(|b| b.is_ascii_digit()));
        }
    }
}
