//! Looking a message up.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::language::Language;

/// The messages of one language; what it lacks is said in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording(Language);

/// A piece of a message: its text, or the place where something is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text.
    Text(String),
    /// The place of the slot with this number.
    Slot(usize),
}

impl Wording {
    /// In `language`.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language.
    #[must_use]
    pub fn language(self) -> Language {
        self.0
    }

    /// The message `key`.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// The message `key` with `{$name}` filled in. A value in a script that runs right to left is set off, so that the
    /// sentence around it keeps its order.
    #[must_use]
    pub fn with(self, key: &str, fill: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in fill {
            args.set(*name, FluentValue::String(set_off(value)));
        }
        self.look_up(key, Some(&args))
    }

    /// The message `key` for a number of things: the form that the language has for it, with `{$count}` filled in.
    #[must_use]
    pub fn count(self, key: &str, count: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count));
        self.look_up(key, Some(&args))
    }

    /// The same with `{$name}` filled in as well.
    #[must_use]
    pub fn count_with(self, key: &str, count: u64, fill: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count));
        for (name, value) in fill {
            args.set(*name, FluentValue::String(set_off(value)));
        }
        self.look_up(key, Some(&args))
    }

    /// The message `key` in pieces, cut where each of `slots` stands in it: for a link within a sentence.
    #[must_use]
    pub fn parts(self, key: &str, slots: &[&str]) -> Vec<Part> {
        // Marks of the private use area, which no message has.
        let mut args = FluentArgs::new();
        for (slot, mark) in slots.iter().zip(MARKS) {
            args.set(*slot, FluentValue::from(mark));
        }
        let text = self.look_up(key, Some(&args));
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|c| MARKS.iter().any(|mark| mark.starts_with(c))) {
            let (before, after) = rest.split_at(at);
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            if let Some(slot) = MARKS.iter().position(|mark| after.starts_with(mark)) {
                parts.push(Part::Slot(slot));
            }
            rest = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        parts
    }

    /// A date as people write it: `23 November 2026`.
    #[must_use]
    pub fn date(self, date: &NaiveDate) -> String {
        let month = self.say(&format!("month-{}", date.month()));
        self.with("date", &[("day", &date.day().to_string()), ("month", &month), ("year", &date.year().to_string())])
    }

    /// True if some language has the message.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        bundle(self.0).is_some_and(|bundle| bundle.has_message(key))
    }

    fn look_up(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        [self.0, Language::English]
            .into_iter()
            .find_map(|language| {
                let bundle = bundle(language)?;
                let pattern = bundle.get_message(key)?.value()?;
                // A name that is not filled in stands as {$name}; the tests look for it.
                Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
            })
            .unwrap_or_else(|| format!("[{key}]"))
    }
}

const MARKS: [&str; 4] = ["\u{E000}", "\u{E001}", "\u{E002}", "\u{E003}"];

/// `text`, set off with Unicode's isolates (UAX #9) if it has a letter that runs right to left.
fn set_off(text: &str) -> Cow<'_, str> {
    let runs_left = |c| {
        use unicode_bidi::BidiClass::{AL, R};
        matches!(unicode_bidi::bidi_class(c), AL | R)
    };
    if text.contains(runs_left) { Cow::Owned(format!("\u{2068}{text}\u{2069}")) } else { Cow::Borrowed(text) }
}

fn bundle(language: Language) -> Option<&'static FluentBundle<FluentResource>> {
    static BUNDLES: OnceLock<HashMap<Language, FluentBundle<FluentResource>>> = OnceLock::new();
    BUNDLES.get_or_init(|| Language::ALL.iter().map(|language| (*language, load(*language))).collect()).get(&language)
}

/// What is wrong in a file is found by the tests; here it is left out.
fn load(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for (_, text) in language.files() {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every message of a language with the names it wants filled in.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for (file, text) in language.files() {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{language}/{file}: {errors:?}"));
            for entry in resource.entries() {
                let fluent_syntax::ast::Entry::Message(message) = entry else { continue };
                let key = message.id.name.to_owned();
                let wanted = text
                    .split(&format!("\n{key} ="))
                    .nth(1)
                    .or_else(|| text.strip_prefix(&format!("{key} =")))
                    .unwrap_or_default();
                let wanted = wanted.lines().enumerate().take_while(|(n, line)| *n == 0 || line.starts_with(' '));
                let names = wanted
                    .flat_map(|(_, line)| line.split('$').skip(1))
                    .map(|rest| {
                        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect()
                    })
                    .collect();
                assert!(found.insert(key.clone(), names).is_none(), "{language}: {key} stands twice");
            }
        }
        found
    }

    #[test]
    fn every_language_says_the_same_things_with_the_same_names_filled_in() {
        let english = messages(Language::English);
        assert!(!english.is_empty());
        for language in Language::ALL {
            assert_eq!(messages(*language), english, "{language}");
        }
    }

    #[test]
    fn a_message_is_filled_in_cut_and_counted() {
        let words = Wording::of(Language::English);
        assert_eq!(words.date(&NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()), "23 November 2026");
        assert_eq!(
            Wording::of(Language::Welsh).date(&NaiveDate::from_ymd_opt(2026, 11, 3).unwrap()),
            "3 Tachwedd 2026"
        );
        assert_eq!(words.say("no-such-message"), "[no-such-message]");
        assert_eq!(
            words.parts("date", &["day", "month", "year"]),
            [Part::Slot(0), Part::Text(" ".into()), Part::Slot(1), Part::Text(" ".into()), Part::Slot(2)]
        );
    }

    #[test]
    fn a_name_that_runs_right_to_left_is_set_off() {
        assert_eq!(set_off("Aisha"), "Aisha");
        assert_eq!(set_off("محمد"), "\u{2068}محمد\u{2069}");
    }
}
