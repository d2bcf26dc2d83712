//! How good the suggested redactions are, and how fast: precision and recall by type.
//!
//!     cargo bench --bench redaction                                    our generated letters, and the speed
//!     RIGHTSDESK_NER_DATA=DIR cargo bench --bench redaction            the held-out parts of the annotated sets too
//!
//! DIR holds the *.conll files that `assets/ner/README.md` names; they are not shipped. What is held out is what
//! `assets/ner/train.py` left out of training: of each five blocks of twenty sentences the fifth, and the whole of
//! wnut_emerging.dev.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions, clippy::panic)]

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use rightsdesk::review::suggest::{Column, Kind, KnownNames, Own, Suggester};
use rightsdesk::review::{Fields, Span};

#[path = "redaction/letters.rs"]
mod letters;

/// A text with what in it is somebody's.
pub struct Marked {
    pub text: String,
    pub gold: Vec<(Kind, Span)>,
}

#[derive(Default)]
struct Score {
    gold: usize,
    covered: usize,
    given: usize,
    right: usize,
}

impl Score {
    fn line(&self) -> String {
        let share = |part: usize, of: usize| {
            if of == 0 { "   -".to_owned() } else { format!("{:.2}", part as f64 / of as f64) }
        };
        format!(
            "{:6} held  recall {}   {:6} suggested  precision {}",
            self.gold,
            share(self.covered, self.gold),
            self.given,
            share(self.right, self.given)
        )
    }
}

/// Recall: every letter of it lies in a suggestion, of whatever kind. Precision: a suggestion of this kind touches
/// something of its kind (an address may be its postcode).
fn score(suggester: &Suggester, set: &[Marked]) -> BTreeMap<String, Score> {
    let columns = HashMap::from([("t".to_owned(), Column::FreeText)]);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for marked in set {
        let json = format!("{{\"t\":{}}}", serde_json::to_string(&marked.text).unwrap());
        let suggestions = suggester.suggest(&Fields::read(&json).unwrap(), &columns);
        let mut masked = vec![false; marked.text.chars().count()];
        for suggestion in &suggestions {
            let span = suggestion.span.unwrap();
            masked[span.start..span.end].fill(true);
            let score = scores.entry(suggestion.kind.to_string()).or_default();
            score.given += 1;
            let kin = |kind: Kind| {
                kind == suggestion.kind
                    || matches!(
                        (kind, suggestion.kind),
                        (Kind::Postcode, Kind::Address) | (Kind::Address, Kind::Postcode)
                    )
            };
            score.right += usize::from(marked.gold.iter().any(|(kind, gold)| kin(*kind) && gold.overlaps(span)));
        }
        let letters: Vec<char> = marked.text.chars().collect();
        for (kind, span) in &marked.gold {
            let score = scores.entry(kind.to_string()).or_default();
            score.gold += 1;
            let all = (span.start..span.end).all(|at| masked[at] || !letters[at].is_alphanumeric());
            score.covered += usize::from(all);
            if !all
                && std::env::var("RIGHTSDESK_SHOW_MISSED")
                    .is_ok_and(|kinds| kinds.split(',').any(|k| k == kind.as_str()))
            {
                let words: String = letters[span.start..span.end].iter().collect();
                let around: String =
                    letters[span.start.saturating_sub(40)..(span.end + 20).min(letters.len())].iter().collect();
                println!("    missed {kind} {words:?} in {around:?}");
            }
        }
    }
    scores
}

fn nobody() -> Suggester {
    Suggester::new(Own::default(), KnownNames::none())
}

/// The held-out sentences of a CoNLL file, each as a text with its people.
fn held_out(path: &std::path::Path) -> Vec<Marked> {
    let text = std::fs::read_to_string(path).unwrap();
    let whole = path.file_stem().is_some_and(|stem| stem == "wnut_emerging.dev");
    let mut sentences: Vec<Vec<(String, char)>> = vec![vec![]];
    let mut before = 'O';
    for line in text.lines() {
        let parts: Vec<&str> = line.split(['\t', ' ']).collect();
        if parts.len() < 2 || parts[0].is_empty() {
            if !sentences.last().unwrap().is_empty() {
                sentences.push(vec![]);
            }
            before = 'O';
            continue;
        }
        let tag = parts.last().unwrap().to_uppercase();
        let mut label = match tag.ends_with("-PER") || tag.ends_with("-PERSON") {
            true if tag.starts_with('B') || before == 'O' => 'B',
            true => 'I',
            false => 'O',
        };
        let last = sentences.last_mut().unwrap();
        // A handle is no name but an account, found by its sign; in these sets it stands apart from it.
        if parts[0].starts_with(['@', '#']) || last.last().is_some_and(|(token, _)| token == "@" || token == "#") {
            label = 'O';
        }
        before = label;
        last.push((parts[0].to_owned(), label));
    }
    sentences
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .enumerate()
        .filter(|(at, _)| whole || (at / 20) % 5 == 4)
        .map(|(_, sentence)| {
            let mut marked = Marked { text: String::new(), gold: vec![] };
            for (token, label) in sentence {
                if !marked.text.is_empty() {
                    marked.text.push(' ');
                }
                let start = marked.text.chars().count();
                marked.text.push_str(&token);
                let end = marked.text.chars().count();
                match label {
                    'B' => marked.gold.push((Kind::Name, Span { start, end })),
                    'I' => marked.gold.last_mut().unwrap().1.end = end,
                    _ => {}
                }
            }
            marked
        })
        .collect()
}

fn main() {
    match std::env::var("RIGHTSDESK_NER_DATA") {
        Ok(folder) => {
            println!(
                "Names, held-out parts of the annotated sets (recall: every letter of the name is in a suggestion)"
            );
            let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
            files.retain(|path| path.extension().is_some_and(|e| e == "conll"));
            files.sort();
            let mut all = Score::default();
            for path in files {
                let scores = score(&nobody(), &held_out(&path));
                let Some(names) = scores.get("name") else { continue };
                println!("  {:22} {}", path.file_stem().unwrap().to_string_lossy(), names.line());
                all.gold += names.gold;
                all.covered += names.covered;
                all.given += names.given;
                all.right += names.right;
            }
            println!("  {:22} {}", "together", all.line());
        }
        Err(_) => println!("RIGHTSDESK_NER_DATA is not set: the annotated sets are left out"),
    }

    let set = letters::letters(600, 20_261_123);
    println!(
        "\nGenerated letters, {} of them (benches/redaction/letters.rs; templates and names that the model was not trained on)",
        set.len()
    );
    for (kind, scored) in score(&nobody(), &set) {
        println!("  {kind:14} {}", scored.line());
    }
    let known: Vec<String> = letters::four_fifths(&set);
    let with_known = Suggester::new(Own::default(), KnownNames::new(&known, HashMap::new()));
    let scores = score(&with_known, &set);
    println!("  {:14} {}   (four fifths of the people held elsewhere)", "name", scores["name"].line());

    let columns = HashMap::from([("t".to_owned(), Column::FreeText)]);
    let texts: Vec<String> =
        set.iter().map(|m| format!("{{\"t\":{}}}", serde_json::to_string(&m.text).unwrap())).collect();
    let letters_in: usize = set.iter().map(|m| m.text.chars().count()).sum();
    let words_in: usize = set.iter().map(|m| m.text.split_whitespace().count()).sum();
    let suggester = nobody();
    let started = Instant::now();
    let mut count = 0;
    for text in &texts {
        count += suggester.suggest(&Fields::read(text).unwrap(), &columns).len();
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "\nSpeed: {} letters, {letters_in} characters, {words_in} words, {count} suggestions in {seconds:.2} s: {:.1} microseconds a \
         word, {:.0} letters a second, one thread",
        set.len(),
        seconds * 1e6 / words_in as f64,
        set.len() as f64 / seconds
    );
}
