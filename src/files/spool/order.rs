//! The order file: sixteen bytes for each row, little-endian: offset, length, mark.

use std::io::{self, Read, Write};

/// Bytes of one entry.
pub(super) const ENTRY_BYTES: u64 = 16;

/// Where a row lies and under which mark it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) offset: u64,
    pub(super) len: u32,
    pub(super) mark: u32,
}

impl Entry {
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.offset.to_le_bytes())?;
        out.write_all(&self.len.to_le_bytes())?;
        out.write_all(&self.mark.to_le_bytes())
    }

    pub(super) fn read(from: &mut impl Read) -> io::Result<Self> {
        let (mut offset, mut len, mut mark) = ([0; 8], [0; 4], [0; 4]);
        from.read_exact(&mut offset)?;
        from.read_exact(&mut len)?;
        from.read_exact(&mut mark)?;
        Ok(Self { offset: u64::from_le_bytes(offset), len: u32::from_le_bytes(len), mark: u32::from_le_bytes(mark) })
    }
}

/// Orders identifiers as people do: runs of digits by their number, so that `bookings/9` stands before `bookings/10`.
pub(super) fn natural(left: &str, right: &str) -> std::cmp::Ordering {
    let (mut a, mut b) = (left.as_bytes(), right.as_bytes());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (run_a, rest_a) = digits(a);
            let (run_b, rest_b) = digits(b);
            let order = run_a.len().cmp(&run_b.len()).then_with(|| run_a.cmp(run_b));
            if order.is_ne() {
                return order;
            }
            (a, b) = (rest_a, rest_b);
        } else {
            if x != y {
                return x.cmp(y);
            }
            (a, b) = (a.get(1..).unwrap_or_default(), b.get(1..).unwrap_or_default());
        }
    }
    // Equal but for leading zeros or one longer than the other: the plain order settles it, so that it is total.
    a.len().cmp(&b.len()).then_with(|| left.cmp(right))
}

/// The leading run of digits without its leading zeros, and what follows.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (run, rest) = text.split_at(end);
    let start = run.iter().position(|b| *b != b'0').unwrap_or(run.len());
    (run.get(start..).unwrap_or_default(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_as_numbers() {
        let mut ids = ["t/10", "t/9", "t/1,b", "t/1,a", "t/1", "t/01", "t/x", "s/99"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["s/99", "t/01", "t/1", "t/1,a", "t/1,b", "t/9", "t/10", "t/x"]);
    }

    proptest::proptest! {
        #[test]
        fn the_order_is_total(a in "[0-9a-b/]{0,6}", b in "[0-9a-b/]{0,6}", c in "[0-9a-b/]{0,6}") {
            assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            assert_eq!(natural(&a, &b).is_eq(), a == b);
            if natural(&a, &b).is_le() && natural(&b, &c).is_le() {
                assert!(natural(&a, &c).is_le());
            }
        }
    }
}
