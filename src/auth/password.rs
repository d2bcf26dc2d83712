//! Passwords: Argon2id (RFC 9106), with the library's recommended parameters.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

/// A password that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// NIST SP 800-63B and the NCSC: length is what counts.
    #[error("the password is too short: use at least 12 characters, three random words are good")]
    TooShort,
    /// A limit, so that hashing cannot be made to take for ever.
    #[error("the password is too long: use at most 256 characters")]
    TooLong,
    /// It stands in breaches, as it is or dressed up with digits.
    #[error("this password is one that many people have and that attackers try first: use three random words")]
    Common,
    /// The hash could not be made.
    #[error("the password could not be kept")]
    Failed,
}

/// The PHC string of a new password.
///
/// # Errors
/// [`PasswordError`] if it is too short or too long, or known from breaches.
pub fn hash_password(password: &SecretString) -> Result<String, PasswordError> {
    let text = password.expose_secret();
    match crate::base::char_count(text) {
        0..=11 => Err(PasswordError::TooShort),
        12..=256 if super::common::is_common(text) => Err(PasswordError::Common),
        12..=256 => Argon2::default()
            .hash_password(text.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|_| PasswordError::Failed),
        _ => Err(PasswordError::TooLong),
    }
}

/// True if `password` is the one behind the PHC string `hash`.
#[must_use]
pub fn verify_password(password: &SecretString, hash: &str) -> bool {
    let text = password.expose_secret();
    if text.len() > 1_024 {
        return false;
    }
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(text.as_bytes(), &hash).is_ok())
}

/// Takes as long as [`verify_password`], for a name that is not known: the time must not tell which names are.
pub fn waste_time(password: &SecretString) {
    // A real hash of a password nobody has.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                          kFz1rGYzKgn1yI0k4pDjC6lI0V1h6Q9cZ0s3r2a1b0w";
    let _ = verify_password(password, NOBODY);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_checked_and_bounded() {
        let hash = hash_password(&"correct horse battery".into()).unwrap();
        assert!(verify_password(&"correct horse battery".into(), &hash));
        assert!(!verify_password(&"correct horse batterz".into(), &hash));
        assert_eq!(hash_password(&"short".into()), Err(PasswordError::TooShort));
        assert_eq!(hash_password(&"Password1234!".into()), Err(PasswordError::Common));
        assert_eq!(hash_password(&"x".repeat(257).into()), Err(PasswordError::TooLong));
    }

    #[test]
    fn the_hash_of_nobody_is_one_that_is_really_computed() {
        let hash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                    kFz1rGYzKgn1yI0k4pDjC6lI0V1h6Q9cZ0s3r2a1b0w";
        assert!(PasswordHash::new(hash).is_ok());
        assert!(!verify_password(&"anything at all".into(), hash));
    }
}
