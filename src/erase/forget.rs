//! What stands in a column once nobody is to be known by it. Every way is such that doing it twice changes nothing more.

use chrono::{Datelike, NaiveDate};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::base::{char_count, hex, usize_from};
use crate::datamap::{Forget, LiveColumn, LiveKind};
use crate::subject::{normal_email, normal_postcode, outward};

/// How a hash is told from any other text.
const MARK: &str = "erased-";
/// Hexadecimal digits of a hash: 96 bits, where the column has the room.
const DIGITS: usize = 24;
/// With fewer, values of one table would meet.
const FEWEST: usize = 12;

/// The key of the hashes. Without it nobody finds out which value a hash stands for, nor whether a known one is among them.
#[derive(Debug, Clone)]
pub struct ForgetKey(SecretString);

impl ForgetKey {
    /// The key made of this secret.
    #[must_use]
    pub fn new(secret: SecretString) -> Self {
        Self(secret)
    }

    fn of(&self, what: &str, value: &str) -> Vec<u8> {
        // HMAC takes a key of any length, so making one cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes()) else { return Vec::new() };
        mac.update(what.as_bytes());
        mac.update(b"\n");
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// The column cannot hold what would stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("its type cannot hold {0}: choose another `on_erasure` in the data map")]
pub struct NoRoom(&'static str);

/// What stands in `column` in place of `value` (none for NULL); an empty column stays empty.
///
/// # Errors
/// [`NoRoom`] if the column's type cannot hold it.
pub fn forgotten(
    how: &Forget,
    column: &LiveColumn,
    value: Option<&str>,
    key: &ForgetKey,
) -> Result<Option<String>, NoRoom> {
    let Some(value) = value else { return Ok(None) };
    Ok(match how {
        Forget::Keep => Some(value.to_owned()),
        Forget::Null => None,
        Forget::Fixed(text) => {
            let fits = crate::rectify::validated(column, text).map_err(|_| NoRoom("the fixed value"))?;
            Some(fits)
        }
        Forget::Hash => Some(hashed(column, value, key)?),
        Forget::Generalise => general(column.kind, value),
    })
}

fn hashed(column: &LiveColumn, value: &str, key: &ForgetKey) -> Result<String, NoRoom> {
    match column.kind {
        LiveKind::Text => {
            if is_hash(value) {
                return Ok(value.to_owned());
            }
            let room = column.room().map_or(usize::MAX, usize_from);
            let digits = DIGITS.min(room.saturating_sub(char_count(MARK)));
            if digits < FEWEST {
                return Err(NoRoom("a hash"));
            }
            let digest: String = hex(&key.of("rightsdesk forgotten value", value)).chars().take(digits).collect();
            Ok(format!("{MARK}{digest}"))
        }
        LiveKind::Integer
        | LiveKind::Decimal
        | LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Date
        | LiveKind::DateTime
        | LiveKind::Uuid
        | LiveKind::Bytes
        | LiveKind::Json
        | LiveKind::Array
        | LiveKind::Other => Err(NoRoom("a hash")),
    }
}

fn is_hash(value: &str) -> bool {
    value.strip_prefix(MARK).is_some_and(|rest| {
        (FEWEST..=DIGITS).contains(&char_count(rest)) && rest.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
    })
}

/// The year of a date, the outward part of a postcode; what is neither is emptied.
fn general(kind: LiveKind, value: &str) -> Option<String> {
    let year = || {
        let day = NaiveDate::parse_from_str(value.get(..10)?, "%Y-%m-%d").ok()?;
        Some(day.year())
    };
    match kind {
        LiveKind::Date => year().map(|year| format!("{year:04}-01-01")),
        LiveKind::DateTime => year().map(|year| {
            let zone = value.get(10..).is_some_and(|rest| rest.contains('+') || rest.ends_with('Z'));
            format!("{year:04}-01-01 00:00:00{}", if zone { "+00:00" } else { "" })
        }),
        LiveKind::Text => match year() {
            Some(year) => Some(format!("{year:04}-01-01")),
            None => postcode_area(value),
        },
        LiveKind::Integer
        | LiveKind::Decimal
        | LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Uuid
        | LiveKind::Bytes
        | LiveKind::Json
        | LiveKind::Array
        | LiveKind::Other => None,
    }
}

/// `PR1` of `PR1 8XJ`; an outward part stays as it is.
fn postcode_area(value: &str) -> Option<String> {
    let normal = normal_postcode(value);
    let area = outward(&normal).unwrap_or(&normal);
    let letters = area.chars().take_while(char::is_ascii_uppercase).count();
    let rest = area.get(letters..)?;
    let is_outward =
        (1..=2).contains(&letters) && (1..=2).contains(&rest.len()) && rest.starts_with(|c: char| c.is_ascii_digit());
    is_outward.then(|| area.to_owned())
}

/// What is kept of an address in a list that it must not come back to; none if it is no address.
#[must_use]
pub fn suppressed(key: &ForgetKey, list: &str, email: &str) -> Option<String> {
    let normal = normal_email(email);
    normal.contains('@').then(|| hex(&key.of("rightsdesk suppression", &format!("{list}\n{normal}"))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(kind: LiveKind, type_name: &str) -> LiveColumn {
        LiveColumn { name: "c".into(), type_name: type_name.into(), kind }
    }

    fn key(text: &str) -> ForgetKey {
        ForgetKey::new(text.to_owned().into())
    }

    fn text(how: &Forget, value: &str) -> Option<String> {
        forgotten(how, &column(LiveKind::Text, "TEXT"), Some(value), &key("k")).unwrap()
    }

    #[test]
    fn each_way_gives_what_it_says() {
        assert_eq!(text(&Forget::Null, "Ann"), None);
        assert_eq!(text(&Forget::Fixed("gone".into()), "Ann"), Some("gone".into()));
        assert_eq!(text(&Forget::Generalise, "1990-05-31"), Some("1990-01-01".into()));
        assert_eq!(text(&Forget::Generalise, "PR1 8XJ"), Some("PR1".into()));
        assert_eq!(text(&Forget::Generalise, "Ann Lee"), None);
        let hash = text(&Forget::Hash, "ann@example.org").unwrap();
        assert!(hash.starts_with("erased-") && hash.len() == 31, "{hash}");
        let date = column(LiveKind::Date, "date");
        assert_eq!(forgotten(&Forget::Generalise, &date, Some("1990-05-31"), &key("k")), Ok(Some("1990-01-01".into())));
        let stamp = column(LiveKind::DateTime, "timestamp with time zone");
        let general = forgotten(&Forget::Generalise, &stamp, Some("1990-05-31T10:00:00+01:00"), &key("k"));
        assert_eq!(general, Ok(Some("1990-01-01 00:00:00+00:00".into())));
        let short = column(LiveKind::Text, "varchar(20)");
        assert_eq!(forgotten(&Forget::Hash, &short, Some("a"), &key("k")).unwrap().unwrap().len(), 20);
        let shorter = column(LiveKind::Text, "varchar(10)");
        assert!(forgotten(&Forget::Hash, &shorter, Some("a"), &key("k")).is_err());
        assert!(forgotten(&Forget::Hash, &column(LiveKind::Integer, "int"), Some("1"), &key("k")).is_err());
        assert!(
            forgotten(&Forget::Fixed("x".into()), &column(LiveKind::Integer, "int"), Some("1"), &key("k")).is_err()
        );
    }

    #[test]
    fn an_address_is_known_again_in_its_list_alone() {
        let of = |list: &str, email: &str| suppressed(&key("k"), list, email);
        assert_eq!(of("site.letters", "Ann@Example.org "), of("site.letters", "ann@example.org"));
        assert_ne!(of("site.letters", "ann@example.org"), of("site.other", "ann@example.org"));
        assert_ne!(of("site.letters", "ann@example.org"), suppressed(&key("other"), "site.letters", "ann@example.org"));
        assert_eq!(of("site.letters", "no address"), None);
    }

    proptest! {
        /// Running twice changes nothing: whatever stands there after once, stands there after twice.
        #[test]
        fn done_twice_is_done_once(value in any::<String>(), date in "[12][0-9]{3}-0[1-9]-[0-2][0-9]", which in 0..5_usize) {
            let ways = [Forget::Null, Forget::Fixed("gone".into()), Forget::Hash, Forget::Generalise, Forget::Keep];
            let how = &ways[which];
            for (kind, name, value) in [
                (LiveKind::Text, "TEXT", value.as_str()), (LiveKind::Text, "varchar(20)", value.as_str()),
                (LiveKind::Text, "TEXT", date.as_str()), (LiveKind::Date, "date", date.as_str()),
            ] {
                let column = column(kind, name);
                let Ok(once) = forgotten(how, &column, Some(value), &key("k")) else { continue };
                prop_assert_eq!(forgotten(how, &column, once.as_deref(), &key("k")).unwrap(), once.clone());
            }
        }

        /// A hash holds nothing of its value, is another under another key, and the same for the same value: rows that
        /// referred to one another by it still do.
        #[test]
        fn a_hash_keeps_references_and_tells_nothing(left in "[a-z]{6,20}@[a-z]{6,9}", right in "[a-z]{6,20}@[a-z]{6,9}") {
            let of = |value: &str, secret: &str| {
                forgotten(&Forget::Hash, &column(LiveKind::Text, "TEXT"), Some(value), &key(secret)).unwrap().unwrap()
            };
            prop_assert_eq!(of(&left, "k") == of(&right, "k"), left == right);
            prop_assert_ne!(of(&left, "k"), of(&left, "another"));
            for part in left.split('@') {
                prop_assert!(!of(&left, "k").contains(part));
            }
        }
    }
}
