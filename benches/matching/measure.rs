//! Recall, precision and review load of each method on a set.

use std::collections::HashMap;

use rightsdesk::matching::{Comparison, Counts, Field, Frequencies, Level, Model, Profile, RowForm, Verdict, compare};
use rightsdesk::subject::{IdentifierKind, PersonName, Role};

use crate::people::Dice;
use crate::sets::{Row, Set};

const QUERIES: usize = 1_000;

fn forms(rows: &[Row]) -> Vec<RowForm> {
    rows.iter().map(|row| RowForm::of(row.columns.iter().map(|(kind, text)| (*kind, text.as_str())), false)).collect()
}

/// The queries: records with a full name and an e-mail address, as a verified person gives them, whose person has other records;
/// drawn with a fixed seed.
fn queries(rows: &[Row]) -> Vec<usize> {
    let mut counts = HashMap::new();
    for row in rows {
        *counts.entry(row.person).or_insert(0_usize) += 1;
    }
    let mut able: Vec<usize> = (0..rows.len())
        .filter(|at| counts[&rows[*at].person] > 1)
        .filter(|at| {
            let filled = |kind: IdentifierKind| {
                let mut of = rows[*at].columns.iter().filter(|(k, _)| *k == kind).peekable();
                of.peek().is_some() && of.all(|(_, text)| !text.trim().is_empty())
            };
            let name = known(&rows[*at]).into_iter().find(|(kind, _)| *kind == IdentifierKind::Name);
            let full = name.is_some_and(|(_, text)| {
                let name = PersonName::parse(&text);
                let has = |role: Role| name.of(role).any(|word| word.latin.len() > 1);
                has(Role::Given) && has(Role::Surname)
            });
            full && filled(IdentifierKind::Name) && filled(IdentifierKind::Email)
        })
        .collect();
    let mut dice = Dice::new(99);
    for at in (1..able.len()).rev() {
        able.swap(at, dice.below(at + 1));
    }
    able.truncate(QUERIES);
    able
}

/// The name columns as a person would say their name.
fn known(row: &Row) -> Vec<(IdentifierKind, String)> {
    let names: Vec<&str> =
        row.columns.iter().filter(|(kind, _)| *kind == IdentifierKind::Name).map(|(_, t)| t.as_str()).collect();
    let mut known: Vec<(IdentifierKind, String)> =
        row.columns.iter().filter(|(kind, _)| *kind != IdentifierKind::Name).cloned().collect();
    known.push((IdentifierKind::Name, names.join(" ")));
    known
}

fn profile(known: &[(IdentifierKind, String)]) -> Profile {
    Profile::of(known.iter().map(|(kind, text)| (*kind, text.as_str())), false)
}

/// One answer: the score by which it might be automatic, the score by which it is shown for review, whether it is right.
struct Answer {
    auto: f64,
    review: f64,
    right: bool,
}

/// All answers of a method, and how many there were to find.
#[derive(Default)]
struct Answers {
    scored: Vec<Answer>,
    wanted: usize,
    queries: usize,
}

impl Answers {
    fn report(mut self, set: &str, method: &str) {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let mut auto = (0.0, 1.0);
        let mut auto_from = f64::INFINITY;
        self.scored.sort_by(|a, b| b.auto.total_cmp(&a.auto));
        let (mut right, mut at) = (0, 0);
        while at < self.scored.len() {
            // Answers of one score go together: no threshold parts them.
            let score = self.scored[at].auto;
            while at < self.scored.len() && self.scored[at].auto == score {
                right += usize::from(self.scored[at].right);
                at += 1;
            }
            if share(right, at) >= 0.99 {
                auto = (share(right, self.wanted), share(right, at));
                auto_from = score;
            }
        }
        // What is automatic is not shown; the rest by its score for review.
        let (done, mut rest): (Vec<Answer>, Vec<Answer>) = self.scored.into_iter().partition(|a| a.auto >= auto_from);
        let auto_at = done.len();
        rest.sort_by(|a, b| b.review.total_cmp(&a.review));
        let mut right = done.iter().filter(|a| a.right).count();
        let mut loads = [0.95, 0.99].map(|goal| (share(right, self.wanted) >= goal).then_some(auto_at));
        for (at, answer) in rest.iter().enumerate() {
            right += usize::from(answer.right);
            for (load, goal) in loads.iter_mut().zip([0.95, 0.99]) {
                if load.is_none() && share(right, self.wanted) >= goal {
                    *load = Some(auto_at + at + 1);
                }
            }
        }
        let load = |at: Option<usize>| {
            at.map_or("never".to_owned(), |at| format!("{:.1}", share(at.saturating_sub(auto_at), self.queries)))
        };
        println!(
            "{set:<34} {method:<24} {:>8.3}/{:.3}  {:>10} {:>10} {:>8.3}",
            auto.0,
            auto.1,
            load(loads[0]),
            load(loads[1]),
            share(right, self.wanted)
        );
    }
}

pub fn measure(set: &Set) {
    for line in set.baselines {
        println!("{:<34} before: {line}", set.name);
    }
    let forms = forms(&set.rows);
    let queries = queries(&set.rows);
    let model = Model::default();
    let mut exact = Answers::default();
    let mut alone = Answers::default();
    let mut pivoted = Answers::default();
    for query in &queries {
        let mine = set.rows[*query].person;
        let mut said = known(&set.rows[*query]);
        let is_mine = |at: usize| set.rows[at].person == mine;
        let wanted = set.rows.iter().filter(|row| row.person == mine).count() - 1;
        for answers in [&mut exact, &mut alone, &mut pivoted] {
            answers.wanted += wanted;
            answers.queries += 1;
        }
        let first = profile(&said);
        let found = search(&model, &first, &forms, *query);
        let mut certain = Vec::new();
        for (at, comparison, _) in &found.rows {
            let identifier =
                [Field::Email, Field::Phone].into_iter().any(|field| comparison.level(field) == Level::Exact);
            if identifier {
                exact.scored.push(Answer { auto: 1.0, review: 1.0, right: is_mine(*at) });
                if Verdict::of(comparison) == Verdict::Certain && comparison.name_agrees() {
                    certain.push(*at);
                }
            }
        }
        let bits_before: HashMap<usize, f64> = found.rows.iter().map(|(at, _, bits)| (*at, *bits)).collect();
        let answer = |at: usize, auto: f64, review: f64| Answer { auto, review, right: is_mine(at) };
        alone.scored.extend(found.rows.iter().map(|(at, _, bits)| answer(*at, *bits, *bits)));
        // A second round with what stands on the records that are certainly theirs.
        let unchanged = first.clone();
        for at in certain {
            said.extend(set.rows[at].columns.iter().filter(|(_, text)| !text.is_empty()).cloned());
        }
        let second = profile(&said);
        let found = if second == unchanged { found } else { search(&model, &second, &forms, *query) };
        // What was found on other records helps a caseworker, and never decides by itself.
        let before = |at: &usize| bits_before.get(at).copied().unwrap_or(f64::NEG_INFINITY);
        pivoted.scored.extend(found.rows.iter().map(|(at, _, bits)| answer(*at, before(at), *bits)));
    }
    exact.report(&set.name, "e-mail or phone");
    alone.report(&set.name, "ours");
    pivoted.report(&set.name, "ours, + pivot");
}

struct Found {
    rows: Vec<(usize, Comparison, f64)>,
}

fn search(model: &Model, profile: &Profile, forms: &[RowForm], query: usize) -> Found {
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    for (at, form) in forms.iter().enumerate().filter(|(at, _)| *at != query) {
        let comparison = compare(model, profile, form);
        counts.add(&comparison);
        if comparison.kinds(model) > 0 {
            rows.push((at, comparison, 0.0));
        }
    }
    let frequencies = Frequencies::of(profile, Some(&counts));
    for (_, comparison, bits) in &mut rows {
        *bits = comparison.bits(model, &frequencies);
    }
    Found { rows }
}
