//! Passwords that many people had and that stand in breaches (`assets/auth/README.md` says where the list is from).

use std::collections::HashSet;
use std::sync::LazyLock;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../assets/auth/common-passwords.txt").lines().collect());

/// True if `password` is one of them, or one of them with digits and signs before or after it, or said twice, or digits
/// that count: what a guesser tries first.
#[must_use]
pub(super) fn is_common(password: &str) -> bool {
    let lower = password.trim().to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    let halves = |text: &str| {
        let half = text.len() / 2;
        text.get(..half)
            .zip(text.get(half..))
            .filter(|(first, second)| first == second)
            .map(|(first, _)| first.to_owned())
    };
    let same = lower.chars().next().is_none_or(|first| lower.chars().all(|c| c == first));
    same || is_counted(&lower)
        || COMMON.contains(lower.as_str())
        || (!bare.is_empty() && COMMON.contains(bare))
        || halves(&lower).is_some_and(|half| COMMON.contains(half.as_str()))
}

/// True for digits that count up or down: `123456789012`, `9876543210`.
fn is_counted(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let follow =
        |step: u32, digits: &[u32]| digits.windows(2).all(|two| matches!(two, [a, b] if (a + step) % 10 == *b));
    digits.is_some_and(|digits| follow(1, &digits) || follow(9, &digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_breaches_is_known_dressed_up_or_not() {
        for bad in [
            "password",
            "Password1234!",
            "123456789012",
            "987654321098",
            "2026-Letmein!!",
            "qwertyqwerty",
            "aaaaaaaaaaaaaa",
        ] {
            assert!(is_common(bad), "{bad}");
        }
        for good in ["three random words", "correct horse battery", "rowan tea 7 bridge", "602214076023"] {
            assert!(!is_common(good), "{good}");
        }
    }
}
