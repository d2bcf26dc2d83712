//! Short forms and spellings of given names. The lists and their licences: `assets/names/README.md`.

use std::collections::HashMap;
use std::sync::LazyLock;

const NICKNAMES: &str = include_str!("../../assets/names/nicknames.csv");
const VARIANTS: &str = include_str!("../../assets/names/variants.txt");

/// The groups that each name belongs to: a formal name and its short forms are one group, a line of spellings another.
static GROUPS: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut groups: HashMap<&'static str, Vec<u16>> = HashMap::new();
    let mut formal: HashMap<&'static str, u16> = HashMap::new();
    let mut next = 0_u16;
    let mut join = |name: &'static str, group: u16| {
        let of = groups.entry(name).or_default();
        if !of.contains(&group) {
            of.push(group);
        }
    };
    for line in NICKNAMES.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(name), Some(_), Some(short)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let group = *formal.entry(name).or_insert_with(|| {
            next += 1;
            next
        });
        join(name, group);
        join(short.trim(), group);
    }
    for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
        next += 1;
        for name in line.split_whitespace() {
            join(name, next);
        }
    }
    groups
});

/// True if one is a short form or another spelling of the other, or both are of one name.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (GROUPS.get(a), GROUPS.get(b)) else { return false };
    a.iter().any(|group| b.contains(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_and_spellings_are_one_name() {
        for (a, b) in [
            ("robert", "bob"),
            ("rob", "bob"),
            ("elizabeth", "beth"),
            ("mohammed", "muhammad"),
            ("aisha", "ayesha"),
            ("katarzyna", "kasia"),
            ("sean", "shaun"),
        ] {
            assert!(same_name(a, b) && same_name(b, a), "{a} {b}");
        }
        for (a, b) in [("robert", "ann"), ("farzana", "fatima"), ("", ""), ("xyzzy", "xyzzy")] {
            assert!(!same_name(a, b), "{a} {b}");
        }
    }
}
