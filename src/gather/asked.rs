//! What a request asks for, where it does not ask for everything: which collections, and from when to when.

use chrono::NaiveDate;

use crate::datamap::Links;
use crate::files::spool::Held;

use super::collected::value;
use super::plan::Plan;

/// What the requester asked for; everything, unless they said less.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Collections of the data map by name; empty: all.
    pub collections: Vec<String>,
    /// Records of this day or later.
    pub from: Option<NaiveDate>,
    /// Records of this day or earlier.
    pub to: Option<NaiveDate>,
}

impl Asked {
    /// True if the collection of this name is asked for. Names that the map does not have narrow nothing: `known` are those
    /// that it has.
    fn wants<'n>(&self, name: &str, mut known: impl Iterator<Item = &'n str>) -> bool {
        let narrows = known.any(|known| self.collections.iter().any(|asked| asked == known));
        !narrows || self.collections.iter().any(|asked| asked == name)
    }

    /// Why a row of the day `on` is not asked for. One without a day is: nothing is left out because a date cannot be read.
    fn leaves_out(&self, on: Option<NaiveDate>) -> Option<Held> {
        let on = on?;
        let before = self.from.is_some_and(|from| on < from);
        let after = self.to.is_some_and(|to| on > to);
        (before || after).then_some(Held::OtherTime)
    }

    /// True if it asks for days.
    pub(super) fn has_dates(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// How a collection stands to what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// It is asked for.
    Wanted,
    /// It is not, and leads to one that is: it is searched, and does not go out.
    Between,
    /// It is not, and leads to none that is: it is not searched.
    LeftOut,
}

/// How each collection of the map stands to what is asked for.
pub(super) fn parts(asked: &Asked, links: &Links<'_>) -> Vec<Part> {
    let names = || links.collections.iter().map(|(_, collection)| collection.name.as_str());
    let mut parts: Vec<Part> =
        names().map(|name| if asked.wants(name, names()) { Part::Wanted } else { Part::LeftOut }).collect();
    // What leads to a collection that is wanted, or to one between, is needed on the way.
    loop {
        let mut changed = false;
        for link in &links.links {
            let leads = parts.get(link.to).is_some_and(|part| *part != Part::LeftOut);
            if let Some(part) = parts.get_mut(link.from).filter(|part| leads && **part == Part::LeftOut) {
                *part = Part::Between;
                changed = true;
            }
        }
        if !changed {
            return parts;
        }
    }
}

/// Why a row is not asked for; none if it is.
pub(super) fn unasked(
    asked: &Asked,
    part: Part,
    plan: &Plan,
    keys: &[Option<std::borrow::Cow<'_, str>>],
) -> Option<Held> {
    if part != Part::Wanted {
        return Some(Held::OtherKind);
    }
    asked.leaves_out(plan.dated.and_then(|at| day(value(keys, at)?)))
}

/// The day that a date or a moment begins with, as the sources give them: `2026-01-05`, `2026-01-05T10:00:00Z`.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = text.get(..10)?;
    let alone = text.get(10..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['T', ' ']));
    alone.then(|| NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_from_dates_and_moments_and_nothing_else_is_guessed() {
        for (text, expected) in [
            ("2026-01-05", Some((2026, 1, 5))),
            (" 2026-01-05T23:59:59.5Z", Some((2026, 1, 5))),
            ("2026-01-05 10:00:00+00", Some((2026, 1, 5))),
            ("2026-01-055", None),
            ("05/01/2026", None),
            ("1767571200", None),
            ("2026-13-05", None),
            ("", None),
            ("\u{1F600}\u{1F600}\u{1F600}", None),
        ] {
            let expected = expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_asked_for_from_and_to_and_both_ends_count() {
        let day = |text: &str| text.parse().ok();
        let asked = Asked { from: day("2026-01-01"), to: day("2026-06-30"), ..Asked::default() };
        for (on, left_out) in [("2025-12-31", true), ("2026-01-01", false), ("2026-06-30", false), ("2026-07-01", true)]
        {
            assert_eq!(asked.leaves_out(day(on)).is_some(), left_out, "{on}");
        }
        assert_eq!(asked.leaves_out(None), None);
    }

    #[test]
    fn names_that_the_map_does_not_have_narrow_nothing() {
        let asked = |names: &[&str]| Asked {
            collections: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Asked::default()
        };
        let known = || ["a", "b"].into_iter();
        assert!(asked(&[]).wants("a", known()) && asked(&["x"]).wants("a", known()));
        assert!(asked(&["a", "x"]).wants("a", known()) && !asked(&["a", "x"]).wants("b", known()));
    }
}
