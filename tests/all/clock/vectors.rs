//! Published and own vectors.

use chrono::NaiveDate;
use rightsdesk::calendar::Division;
use rightsdesk::deadline::{Event, EventKind, Facts, Regime, Right};
use serde::Deserialize;

use super::reference::{Walker, Wall};
use super::{HOLIDAYS, case, computed, verdict};

const VECTORS: &str = include_str!("../../data/deadline-vectors.json");
const OWN_VECTORS: &str = include_str!("../../data/deadline-vectors-own.json");

#[derive(Deserialize)]
struct VectorFile {
    #[serde(rename = "_meta")]
    meta: Meta,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Meta {
    count: usize,
}

#[derive(Deserialize)]
pub(super) struct Vector {
    pub(super) id: String,
    pub(super) right: Right,
    pub(super) regime: Regime,
    pub(super) division: Division,
    pub(super) received: NaiveDate,
    pub(super) events: Vec<VectorEvent>,
    pub(super) expected_due: Option<NaiveDate>,
    pub(super) expected_statutory_latest: Option<NaiveDate>,
    pub(super) expected_state: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub(super) expected_notice_by: Option<Option<NaiveDate>>,
}

/// Tells a null that is written from a key that is absent.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<NaiveDate>>, D::Error> {
    Option::deserialize(from).map(Some)
}

#[derive(Deserialize)]
pub(super) struct VectorEvent {
    #[serde(rename = "type")]
    pub(super) kind: EventKind,
    pub(super) date: NaiveDate,
}

impl Vector {
    pub(super) fn facts(&self) -> Facts {
        Facts {
            right: self.right,
            regime: self.regime,
            division: self.division,
            received_on: self.received,
            events: self.events.iter().map(|e| Event { kind: e.kind, happened_on: e.date }).collect(),
        }
    }
}

pub(super) fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for text in [VECTORS, OWN_VECTORS] {
        let file: VectorFile = serde_json::from_str(text).unwrap();
        assert_eq!(file.vectors.len(), file.meta.count);
        all.extend(file.vectors);
    }
    all
}

#[test]
fn every_vector_gives_its_dates() {
    let all = vectors();
    assert!(all.len() >= 100, "{}", all.len());
    let mut wrong = Vec::new();
    for vector in &all {
        let deadline = computed(&vector.facts());
        let state_agrees = vector.expected_state.as_ref().is_none_or(|state| *state == deadline.state.as_str());
        let notice_agrees = vector.expected_notice_by.is_none_or(|notice| notice == deadline.extension_notice_by);
        if deadline.due != vector.expected_due
            || deadline.statutory_latest != vector.expected_statutory_latest
            || !state_agrees
            || !notice_agrees
        {
            wrong.push(format!("{}: {:?}", vector.id, verdict(&deadline)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_vector_passes_the_reference_too() {
    let wall = Wall::hang(HOLIDAYS);
    for vector in vectors() {
        let case = case(&vector.facts());
        let verdict = Walker::new(&wall, &case).verdict();
        let expected = |date: Option<NaiveDate>| date.map(|d| d.to_string());
        assert_eq!(verdict.due, expected(vector.expected_due), "{}", vector.id);
        assert_eq!(verdict.latest, expected(vector.expected_statutory_latest), "{}", vector.id);
    }
}
