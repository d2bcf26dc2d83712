//! Form tokens: a form that changes something must come from a page that we gave to the same browser (OWASP's
//! double-submit, bound to the browser by a keyed hash).

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::base::hex;

/// The token of one browser: it stands in a hidden field of each form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct FormToken(String);

impl FormToken {
    /// The token of the browser that holds the random cookie `browser`.
    pub(in super::super) fn of(secret: &SecretString, browser: &str) -> Self {
        // HMAC takes a key of any length, so making one cannot fail; were it to, the empty token matches nothing.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
            return Self(String::new());
        };
        mac.update(b"rightsdesk form token\n");
        mac.update(browser.as_bytes());
        Self(hex(&mac.finalize().into_bytes()))
    }

    /// What stands in the hidden field.
    pub(in super::super) fn as_str(&self) -> &str {
        &self.0
    }

    /// True if `given` is this token; in constant time.
    pub(in super::super) fn matches(&self, given: &str) -> bool {
        !self.0.is_empty() && bool::from(self.0.as_bytes().ct_eq(given.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_browsers_alone() {
        let secret: SecretString = "0123456789abcdef0123456789abcdef".into();
        let token = FormToken::of(&secret, "a browser");
        assert!(token.matches(FormToken::of(&secret, "a browser").as_str()));
        assert!(!token.matches(FormToken::of(&secret, "another").as_str()));
        assert!(!token.matches(""));
    }
}
