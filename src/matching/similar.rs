//! How alike two words are.

/// Jaro-Winkler similarity of two ASCII words, or 0 where it is below `least`: words that share too few letters are told
/// apart without comparing them.
pub(super) fn jaro_winkler(a: &str, b: &str, least: f64) -> f64 {
    if a == b {
        return 1.0;
    }
    let (short, long) = (length(a.len().min(b.len())), length(a.len().max(b.len())));
    if short < 1.0 {
        return 0.0;
    }
    // The most that Jaro can be if every common letter counts, and Winkler's addition for a common beginning.
    let common = length(common_letters(a, b));
    let most = (common / short + common / long + 1.0) / 3.0;
    let prefix = length(a.bytes().zip(b.bytes()).take(4).take_while(|(x, y)| x == y).count());
    if most + prefix * 0.1 * (1.0 - most) < least {
        return 0.0;
    }
    let similarity = strsim::jaro_winkler(a, b);
    if similarity < least { 0.0 } else { similarity }
}

fn length(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// How many letters the two have in common, each as often as both have it.
fn common_letters(a: &str, b: &str) -> usize {
    let mut counts = [0_i16; 32];
    let slot = |byte: u8| usize::from(byte & 31);
    for byte in a.bytes() {
        if let Some(n) = counts.get_mut(slot(byte)) {
            *n += 1;
        }
    }
    let mut common = 0;
    for byte in b.bytes() {
        if let Some(n) = counts.get_mut(slot(byte))
            && *n > 0
        {
            *n -= 1;
            common += 1;
        }
    }
    common
}

/// At most one sign inserted, left out, or written for another, or two neighbours exchanged (optimal string alignment).
pub(super) fn one_edit(a: &str, b: &str) -> bool {
    a.len().abs_diff(b.len()) <= 4 && a != b && {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        let start = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
        let end = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
        let end = end.min(short.len() - start);
        let (left_short, left_long) = (short.len() - start - end, long.len() - start - end);
        match (left_short, left_long) {
            (0 | 1, 1) => true,
            (2, 2) => {
                let pair = |word: &[char]| word.get(start).copied().zip(word.get(start + 1).copied());
                pair(short).is_some_and(|(x, y)| pair(long) == Some((y, x)))
            }
            _ => false,
        }
    }
}

/// At most three slips in a text of at least twelve signs.
pub(super) fn few_edits(a: &str, b: &str) -> bool {
    const MOST: usize = 3;
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    short >= 12 && long - short <= MOST && common_letters(a, b) + MOST >= long && strsim::osa_distance(a, b) <= MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_one() {
        for (a, b, expected) in [
            ("447700900123", "447700900124", true),
            ("447700900123", "44770090012", true),
            ("447700900123", "447700901023", true),
            ("447700900123", "447700900123", false),
            ("447700900123", "447700900145", false),
            ("", "a", true),
            ("ab", "ba", true),
            ("abc", "cba", false),
            ("aa", "a", true),
        ] {
            assert_eq!(one_edit(a, b), expected, "{a} {b}");
            assert_eq!(one_edit(b, a), expected, "{b} {a}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_short_cut_loses_nothing(a in "[a-e]{1,8}", b in "[a-e]{1,8}") {
            for least in [0.8, 0.92] {
                let full = strsim::jaro_winkler(&a, &b);
                let cut = jaro_winkler(&a, &b, least);
                assert_eq!(cut > 0.0, full >= least, "{a} {b} {full}");
                assert!((cut - jaro_winkler(&b, &a, least)).abs() < 1e-9);
            }
        }
    }
}
