//! The hash chain: each entry's SHA-256 covers its content and the hash before it, so that a change, a gap, a swap or
//! an insertion breaks every later link.

use sha2::{Digest, Sha256};

use crate::base::Moment;

/// The hash "before" the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Which canonical form an entry was hashed in. Entries keep the form they were written in for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The first: without where it was done from.
    One,
    /// The same with the number of the form and where it was done from.
    Two,
}

impl Form {
    /// The form of new entries.
    pub const NEWEST: Self = Self::Two;

    /// Its number in stored rows and exports.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// The form with this number; none if a newer version of the program wrote it.
    #[must_use]
    pub fn of(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            _ => None,
        }
    }
}

/// What is hashed of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In which form.
    pub form: Form,
    /// 1 for the first entry, then without a gap.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who, as [`super::Actor`] displays.
    pub actor: String,
    /// From where, as [`super::Origin`] displays, if it came over the network and addresses are kept. Form 2.
    pub origin: Option<String>,
    /// On which case, if on one.
    pub case: Option<String>,
    /// The event's kind.
    pub kind: String,
    /// The event's JSON text, exactly as stored.
    pub detail: String,
}

impl Entry {
    /// The bytes that are hashed of this entry after the one whose hash is `previous`.
    ///
    /// Form 1 has the seven lines `previous, seq, at, actor, case or "-", kind, detail`; form 2 the nine lines `"2", previous,
    /// seq, at, actor, origin or "-", case or "-", kind, detail`. Each line is written as its length in bytes in decimal, a
    /// colon, its UTF-8 bytes and a line feed (a netstring with a line feed for its comma), so that no two entries write the
    /// same bytes: not two of one form, nor two of different forms, since `previous` has 64 digits. `at` is RFC 3339 in UTC
    /// with six decimals.
    #[must_use]
    pub fn canonical(&self, previous: &str) -> String {
        let (number, seq, at) = (self.form.number().to_string(), self.seq.to_string(), self.at.to_string());
        let case = self.case.as_deref().unwrap_or("-");
        let origin = self.origin.as_deref().unwrap_or("-");
        let one = [previous, &seq, &at, &self.actor, case, &self.kind, &self.detail];
        let two = [&number, previous, &seq, &at, &self.actor, origin, case, &self.kind, &self.detail];
        let lines: &[&str] = match self.form {
            Form::One => &one,
            Form::Two => &two,
        };
        let mut text = String::with_capacity(self.detail.len() + 256);
        for line in lines {
            text.push_str(&line.len().to_string());
            text.push(':');
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The hash of this entry after the one whose hash is `previous`: SHA-256 of [`Self::canonical`], lower-case
    /// hexadecimal.
    #[must_use]
    pub fn hash_after(&self, previous: &str) -> String {
        crate::base::hex(&Sha256::digest(self.canonical(previous)))
    }
}

/// An entry with the hashes stored beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The content.
    pub entry: Entry,
    /// The stored hash of the entry before.
    pub previous: String,
    /// The stored hash of this entry.
    pub hash: String,
}

/// The first thing that is wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Entries are missing, inserted or out of order.
    #[error("audit entry {found} stands where {expected} belongs: entries were removed, inserted or reordered")]
    Gap {
        /// The number that belongs there.
        expected: i64,
        /// The number that stands there.
        found: i64,
    },
    /// An entry does not continue the one before it.
    #[error("audit entry {seq} does not continue the entry before it: one of the two was replaced")]
    Unlinked {
        /// Which entry.
        seq: i64,
    },
    /// An entry's content was changed after it was written.
    #[error("audit entry {seq} was changed after it was written")]
    Altered {
        /// Which entry.
        seq: i64,
    },
}

/// Checks that `link` follows the entry numbered `after_seq` whose hash is `after_hash`.
///
/// # Errors
/// [`Broken`], naming the entry.
pub fn verify(after_seq: i64, after_hash: &str, link: &Link) -> Result<(), Broken> {
    let expected = after_seq + 1;
    let found = link.entry.seq;
    if found != expected {
        return Err(Broken::Gap { expected, found });
    }
    if link.previous != after_hash {
        return Err(Broken::Unlinked { seq: found });
    }
    if link.entry.hash_after(after_hash) != link.hash {
        return Err(Broken::Altered { seq: found });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(n: i64) -> Vec<Link> {
        let mut previous = GENESIS.to_owned();
        (1..=n)
            .map(|seq| {
                let entry = Entry {
                    // A chain goes on through a change of its form.
                    form: if seq < 3 { Form::One } else { Form::Two },
                    origin: (seq > 3).then(|| "192.0.2.0/24".to_owned()),
                    seq,
                    at: "2026-11-23T09:30:00Z".parse().unwrap(),
                    actor: "system".into(),
                    case: None,
                    kind: "signed_in".into(),
                    detail: format!("{{\"n\":{seq}}}"),
                };
                let hash = entry.hash_after(&previous);
                Link { entry, previous: std::mem::replace(&mut previous, hash.clone()), hash }
            })
            .collect()
    }

    fn walk(links: &[Link]) -> Result<(), Broken> {
        let (mut seq, mut hash) = (0, GENESIS.to_owned());
        for link in links {
            verify(seq, &hash, link)?;
            (seq, hash) = (link.entry.seq, link.hash.clone());
        }
        Ok(())
    }

    #[test]
    fn an_untouched_chain_holds_and_every_kind_of_tampering_is_named() {
        assert_eq!(walk(&chain(5)), Ok(()));

        let mut altered = chain(5);
        altered[2].entry.detail = "{}".into();
        assert_eq!(walk(&altered), Err(Broken::Altered { seq: 3 }));

        let mut removed = chain(5);
        removed.remove(2);
        assert_eq!(walk(&removed), Err(Broken::Gap { expected: 3, found: 4 }));

        let mut swapped = chain(5);
        swapped.swap(1, 2);
        assert_eq!(walk(&swapped), Err(Broken::Gap { expected: 2, found: 3 }));

        // A forger who recomputes the hash of the entry they changed still breaks the next link.
        let mut forged = chain(5);
        forged[2].entry.detail = "{}".into();
        forged[2].hash = forged[2].entry.hash_after(&forged[2].previous);
        assert_eq!(walk(&forged), Err(Broken::Unlinked { seq: 4 }));
    }

    #[test]
    fn no_two_entries_write_the_same_bytes() {
        let mut one = chain(1)[0].entry.clone();
        one.actor = "staff:a\n1:b".into();
        one.case = None;
        let mut other = one.clone();
        other.actor = "staff:a".into();
        other.case = Some("b".into());
        assert_ne!(one.hash_after(GENESIS), other.hash_after(GENESIS));
        let mut two = one.clone();
        two.form = Form::Two;
        assert_ne!(one.hash_after(GENESIS), two.hash_after(GENESIS));
        let mut from = two.clone();
        from.origin = Some("192.0.2.0/24".into());
        assert_ne!(two.hash_after(GENESIS), from.hash_after(GENESIS));
    }

    /// What docs/AUDIT.md shows, so that it stays true.
    #[test]
    fn the_canonical_form_is_as_documented() {
        let mut entry = chain(1)[0].entry.clone();
        let rest = "27:2026-11-23T09:30:00.000000Z\n6:system\n";
        assert_eq!(entry.canonical(GENESIS), format!("64:{GENESIS}\n1:1\n{rest}1:-\n9:signed_in\n7:{{\"n\":1}}\n"));
        entry.form = Form::Two;
        entry.origin = Some("192.0.2.0/24".into());
        assert_eq!(
            entry.canonical(GENESIS),
            format!("1:2\n64:{GENESIS}\n1:1\n{rest}12:192.0.2.0/24\n1:-\n9:signed_in\n7:{{\"n\":1}}\n")
        );
    }
}
