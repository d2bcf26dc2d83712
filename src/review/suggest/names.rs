//! People's names in running text: by the model, by words around them, by what is known from elsewhere in the case and the
//! sources; and once found, everywhere in the same record.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::model::model;
use super::tokens::{Token, tokens};
use super::{Found, Kind};
use crate::review::{Finder, Folded, Span, words_at};

/// A token is taken for part of a name from this likelihood on: tuned for cover, since a person answers each suggestion.
const LIKELY: f32 = 0.12;

const TITLES: [&str; 34] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "master",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "lady",
    "lord",
    "rev",
    "reverend",
    "fr",
    "father",
    "sister",
    "sr",
    "cllr",
    "councillor",
    "pc",
    "dc",
    "ds",
    "di",
    "sgt",
    "sergeant",
    "constable",
    "inspector",
    "judge",
    "imam",
    "rabbi",
    "pastor",
];

/// Words that a greeting or a signature has where a name could stand.
const NO_NAMES: [&str; 40] = [
    "all",
    "sir",
    "madam",
    "team",
    "colleague",
    "colleagues",
    "everyone",
    "everybody",
    "both",
    "there",
    "customer",
    "parent",
    "parents",
    "carer",
    "carers",
    "the",
    "training",
    "again",
    "for",
    "and",
    "to",
    "from",
    "in",
    "i",
    "please",
    "safeguarding",
    "booking",
    "bookings",
    "admin",
    "office",
    "support",
    "service",
    "services",
    "council",
    "school",
    "department",
    "website",
    "sent",
    "re",
    "subject",
];

static RELATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i:\b(?:my|his|her|their|our|your|the)\s+(?:\w+\s+){0,2}?(?:son|daughter|brother|sister|mother|father|mum|mom|dad|husband|wife|partner|ex|child|children|nephew|niece|cousin|aunt|uncle|auntie|gran|granny|grandma|grandmother|grandad|grandfather|grandson|granddaughter|stepson|stepdaughter|stepfather|stepmother|friend|colleague|neighbour|manager|tutor|boss|trainer|teacher|headteacher|carer|child\s?minder|social\s+worker|health\s+visitor|key\s+worker|twin|twins|boyfriend|girlfriend|fianc[eé]e?|baby)(?:\s+(?:is\s+called|called|named|name\s+is|is\s+named))?,?)\s+(?:\(\s*)?(?P<n>\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2})",
    )
    .ok()
});

static SIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i:(?:^|[.!,\n]\s*)(?:kind(?:est)?|best|warm(?:est)?|many|yours?|with|regards|thanks|thank\s+you|cheers|love|sincerely|faithfully|signed|wishes|truly|cordially)(?:\s+(?:regards|wishes|thanks|sincerely|faithfully|truly|by|from|you|best|kind|many|again|in\s+advance)){0,3}\s*[,:.!-]?\s+)(?P<n>\p{Lu}[\p{L}'’.-]*(?:[ \t]+\p{Lu}[\p{L}'’.-]*){0,2})",
    )
    .ok()
});

static GREETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i:(?:^|[.!?\n]\s*)(?:dear|hi|hello|hey|good\s+(?:morning|afternoon|evening)|to|from|cc|attn|fao|contact|name|signed|witness|author|written\s+by|present|apologies)\b[:,]?\s+)(?P<n>\p{Lu}[\p{L}'’-]+(?:[ \t]+\p{Lu}[\p{L}'’-]+){0,2})",
    )
    .ok()
});

static ADDRESS_ON_THE_WEB: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:https?://|www\.)\S+|\S+@\S+|(?:^|\s)/[\w./?=&%-]+").ok());

/// Names that are known to be of other people: held in the same case, or elsewhere in the sources.
#[derive(Debug)]
pub struct KnownNames {
    full: Finder,
    /// Single words of such names, with how many people have them.
    single: HashMap<String, u32>,
}

/// A single word of a known name is suggested by itself if at most so many people have it.
const RARE: u32 = 20;

impl KnownNames {
    /// Full names in whatever writing, and the single words that they are made of, in [`Folded`] form, each with how many
    /// people have it.
    #[must_use]
    pub fn new(full: &[String], single: HashMap<String, u32>) -> Self {
        let full: Vec<&String> = full.iter().filter(|name| name.trim().contains(' ') || !name.is_ascii()).collect();
        Self { full: Finder::new(&full), single }
    }

    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::new(&[], HashMap::new())
    }
}

/// A name that was found, by tokens.
#[derive(Debug, Clone, Copy)]
struct Name {
    from: usize,
    to: usize,
    confidence: u8,
    why: &'static str,
}

/// The texts of a record, searched together.
pub(super) struct Names {
    texts: Vec<(Vec<Token>, Vec<bool>, Vec<Name>)>,
}

impl Names {
    /// Searches each text; `free` says that it is running text, which the model reads.
    pub(super) fn of(texts: &[(&str, bool)], known: &KnownNames) -> Self {
        let texts = texts
            .iter()
            .map(|(text, free)| {
                let tokens = tokens(text);
                let masked = masked(text, &tokens);
                let mut names = Vec::new();
                if *free {
                    by_model(&tokens, &masked, &mut names);
                    by_cue(text, &tokens, &mut names);
                }
                by_known(text, &tokens, known, &mut names);
                names.retain(|name| !masked.get(name.from..name.to).is_some_and(|all| all.contains(&true)));
                (tokens, masked, names)
            })
            .collect();
        let mut found = Self { texts };
        found.spread();
        found
    }

    /// A name found once is looked for in all texts of the record: each of its words, with a capital, and not one that
    /// people write small.
    fn spread(&mut self) {
        const SURE: u8 = 50;
        let mut words: HashMap<String, u8> = HashMap::new();
        for (tokens, _, names) in &self.texts {
            for name in names.iter().filter(|name| name.confidence >= SURE) {
                for token in tokens.get(name.from..name.to).unwrap_or_default() {
                    let usable =
                        token.is_word() && token.lower.chars().count() > 2 && !TITLES.contains(&token.lower.as_str());
                    if usable && !model().is_common(&token.lower) {
                        let best = words.entry(Folded::of(&token.lower).text).or_default();
                        *best = (*best).max(name.confidence);
                    }
                }
            }
        }
        if words.is_empty() {
            return;
        }
        for (tokens, masked, names) in &mut self.texts {
            for (at, token) in tokens.iter().enumerate() {
                let covered = names.iter().any(|name| name.from <= at && at < name.to);
                if covered || !token.is_title() || masked.get(at) == Some(&true) {
                    continue;
                }
                if let Some(confidence) = words.get(&Folded::of(&token.lower).text) {
                    let confidence = (*confidence).min(80);
                    names.push(Name { from: at, to: at + 1, confidence, why: "a name found elsewhere in this record" });
                }
            }
        }
    }

    /// What was found in the text at `at`, names that touch joined.
    pub(super) fn take(&mut self, at: usize, out: &mut Vec<Found>) {
        let Some((tokens, _, names)) = self.texts.get_mut(at) else { return };
        names.sort_by_key(|name| (name.from, usize::MAX - name.to));
        let mut joined: Vec<Name> = Vec::new();
        for name in names.iter() {
            match joined.last_mut() {
                // A first name and the surname after it, found by different ways, are one name.
                Some(last) if name.from < last.to || (name.from == last.to && one_line(tokens, last.to)) => {
                    last.to = last.to.max(name.to);
                    if name.confidence > last.confidence {
                        (last.confidence, last.why) = (name.confidence, name.why);
                    }
                }
                _ => joined.push(*name),
            }
        }
        out.extend(joined.into_iter().filter_map(|name| {
            let span =
                Span { start: tokens.get(name.from)?.span.start, end: tokens.get(name.to.checked_sub(1)?)?.span.end };
            Some(Found { span, kind: Kind::Name, confidence: name.confidence, why: name.why })
        }));
    }
}

/// True if no break stands before the token at `at`.
fn one_line(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| !token.breaks)
}

/// Which tokens stand in an address of the web or an e-mail address.
fn masked(text: &str, tokens: &[Token]) -> Vec<bool> {
    let spans: Vec<Span> = match ADDRESS_ON_THE_WEB.as_ref() {
        Some(pattern) if text.contains(['@', '/']) || text.contains("www") => {
            crate::review::pattern::char_spans(text, pattern.find_iter(text).map(|hit| (hit.start(), hit.end())))
        }
        _ => Vec::new(),
    };
    tokens.iter().map(|token| spans.iter().any(|span| span.overlaps(token.span))).collect()
}

fn by_model(tokens: &[Token], masked: &[bool], names: &mut Vec<Name>) {
    /// The model reads this many tokens at a time: a longer text costs no more memory.
    const AT_ONCE: usize = 400;
    for (part, chunk) in tokens.chunks(AT_ONCE).enumerate() {
        let base = part * AT_ONCE;
        let mut open: Option<Name> = None;
        for (at, (token, marginal)) in chunk.iter().zip(model().marginals(chunk)).enumerate() {
            let at = base + at;
            let free = masked.get(at) != Some(&true);
            // A title is no part of the name that follows it.
            let free = free && !(open.is_none() && TITLES.contains(&token.lower.as_str()));
            let takes = free && marginal.person >= LIKELY && (token.is_word() || (open.is_some() && is_initial(token)));
            let breaks = open.is_some() && token.breaks;
            if !takes || breaks {
                names.extend(open.take());
            }
            if takes {
                let confidence = percent(marginal.person);
                let why = "a name by its place in the sentence";
                let name = open.get_or_insert(Name { from: at, to: at, confidence: 0, why });
                name.to = at + 1;
                name.confidence = name.confidence.max(confidence);
            }
        }
        names.extend(open);
    }
}

fn is_initial(token: &Token) -> bool {
    token.text.chars().count() == 1 && (token.is_title() || token.text == ".")
}

fn percent(likelihood: f32) -> u8 {
    let steps = [0.12, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
    let above = steps.iter().filter(|step| likelihood >= **step).count();
    u8::try_from(above * 10).unwrap_or(0) + 5
}

fn by_cue(text: &str, tokens: &[Token], names: &mut Vec<Name>) {
    for (at, token) in tokens.iter().enumerate() {
        if !TITLES.contains(&token.lower.as_str()) || !token.is_title() {
            continue;
        }
        // The full stop of an abbreviation, then initials and capitals.
        let mut from = at + 1;
        from += usize::from(tokens.get(from).is_some_and(|next| next.text == "."));
        let mut to = from;
        while let Some(next) = tokens.get(to) {
            let initial_stop =
                next.text == "." && to > from && tokens.get(to - 1).is_some_and(|t| t.text.chars().count() == 1);
            let more = (next.is_title() && next.is_word()) || initial_stop;
            if !more || (next.breaks && to > from) || to - from > 4 {
                break;
            }
            to += 1;
        }
        let usable = to > from && tokens.get(from).is_some_and(|first| !NO_NAMES.contains(&first.lower.as_str()));
        if usable {
            names.push(Name { from, to, confidence: 92, why: "what follows a title" });
        }
    }
    for (pattern, confidence, why) in [
        (&RELATION, 75, "what follows a word for a relative, friend or colleague"),
        (&GREETED, 75, "what follows a greeting or heading"),
        (&SIGNED, 75, "what follows the end of a letter"),
    ] {
        let Some(pattern) = pattern.as_ref() else { continue };
        let hits = pattern.captures_iter(text).filter_map(|hit| hit.name("n").map(|name| (name.start(), name.end())));
        for span in crate::review::pattern::char_spans(text, hits) {
            let Some(from) = tokens.iter().position(|token| token.span.start >= span.start) else { continue };
            let inside = tokens.get(from..).unwrap_or_default().iter().take_while(|token| token.span.end <= span.end);
            let name = |token: &&Token| {
                (token.is_word() || is_initial(token))
                    && !NO_NAMES.contains(&token.lower.as_str())
                    && (!model().is_common(&token.lower) || model().is_given(&token.lower))
            };
            let to = from + inside.take_while(name).count();
            if to > from {
                names.push(Name { from, to, confidence, why });
            }
        }
    }
}

fn by_known(text: &str, tokens: &[Token], known: &KnownNames, names: &mut Vec<Name>) {
    if !known.full.is_empty() {
        for (_, span) in known.full.find(text) {
            let inside = |token: &Token| token.span.overlaps(span);
            if let Some(from) = tokens.iter().position(inside) {
                let to = from + tokens.get(from..).unwrap_or_default().iter().take_while(|t| inside(t)).count();
                names.push(Name { from, to, confidence: 95, why: "the name of somebody else who is held" });
            }
        }
    }
    if known.single.is_empty() {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        let candidate = token.is_title() && token.is_word() && !model().is_common(&token.lower);
        if candidate && known.single.get(Folded::of(&token.lower).text.trim()).is_some_and(|holders| *holders <= RARE) {
            names.push(Name { from: at, to: at + 1, confidence: 60, why: "a rare name of somebody else who is held" });
        }
    }
}

/// Roles whose holders act officially (DPA 2018 Sch. 2 para. 17: disclosing who they are is presumed reasonable).
static OFFICIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:social\s+worker|team\s+manager|health\s+visitor|school\s+nurse|head\s?teacher|deputy\s+head|teacher|senco|midwife|gp|doctor|dr|nurse|consultant|paediatrician|psychologist|therapist|independent\s+reviewing\s+officer|key\s+worker|support\s+worker|safeguarding\s+lead|dsl|education\s+welfare\s+officer|lado)\b",
    )
    .ok()
});

/// True if words for a health, social-work or education professional stand just before or after the name.
pub(super) fn is_official(text: &str, span: Span) -> bool {
    const NEAR: usize = 30;
    let before = words_at(text, Span { start: span.start.saturating_sub(NEAR), end: span.start });
    let after = words_at(text, Span { start: span.end, end: span.end + NEAR });
    // Not across the end of a sentence.
    let before = before.rsplit(['.', ';', '\n']).next().unwrap_or_default();
    let after = after.split(['.', ';', '\n']).next().unwrap_or_default();
    OFFICIAL.as_ref().is_some_and(|official| official.is_match(before) || official.is_match(after))
}

/// The words of a text that could be of a name, in folded form: letters only.
#[must_use]
pub fn name_words(text: &str) -> HashSet<String> {
    let folded = Folded::of(text).text;
    folded
        .split(' ')
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, known: &KnownNames) -> Vec<String> {
        let mut out = Vec::new();
        Names::of(&[(text, true)], known).take(0, &mut out);
        out.into_iter().map(|hit| words_at(text, hit.span)).collect()
    }

    #[test]
    fn each_pattern_can_be_read() {
        for pattern in [&RELATION, &SIGNED, &GREETED, &ADDRESS_ON_THE_WEB, &OFFICIAL] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn names_are_found_by_what_stands_around_them() {
        let none = KnownNames::none();
        assert_eq!(found("I spoke to Mrs. A. Dewhurst-Khan about it.", &none), ["A. Dewhurst-Khan"]);
        assert_eq!(found("Dear Sir or Madam,\nI would like to book.", &none), Vec::<String>::new());
        assert_eq!(found("my son Callum is seven", &none), ["Callum"]);
        let text = "Please move my place to Imran Sefton.\nThanks, Imran knows.\nKind regards\nFarzana Whitcombe";
        assert_eq!(found(text, &none), ["Imran Sefton", "Imran", "Farzana Whitcombe"]);
        assert_eq!(found("The Early Help Assessment was sent on Monday.", &none), Vec::<String>::new());
        assert_eq!(found("see www.example.org/Jane/Smith", &none), Vec::<String>::new());
    }

    #[test]
    fn a_known_name_is_found_in_any_writing() {
        let known = KnownNames::new(
            &["Quillan Featherstonehaugh".into()],
            HashMap::from([("zwicky".into(), 3), ("smith".into(), 900)]),
        );
        assert_eq!(found("the QUILLAN\nfeatherstonehaugh file", &known), ["QUILLAN\nfeatherstonehaugh"]);
        assert_eq!(found("about Zwicky again", &known), ["Zwicky"]);
    }

    #[test]
    fn professionals_are_told_from_others_by_their_role() {
        let text = "Jane Roe (social worker) met my aunt Ann Poe.";
        assert!(is_official(text, Span { start: 0, end: 8 }));
        assert!(!is_official("my aunt Ann Poe. The teacher left", Span { start: 8, end: 15 }));
    }
}
