//! From the rows that were found to a plan: what is deleted, what stays without its person, what stays as it is and why,
//! in an order in which every row goes before the rows that it refers to.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::base::hex;
use crate::datamap::{DataMap, Dataset, Forget, OnErasure};

/// Why a row stays that refers to nothing else.
pub const REFERRED_TO: &str = "another record that stays refers to it, so it stays without saying whose it is";

/// Whether a row is the person's to have erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// It goes out to them as theirs.
    Theirs,
    /// It is not touched, for this reason.
    Stays(String),
}

/// A row as the search found it, with the values that the plan needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The record's identifier.
    pub id: String,
    /// Its collection, counted through the map.
    pub collection: usize,
    /// Whether it is theirs.
    pub whose: Whose,
    /// By column: keys, references, and what says whose it is; none for NULL.
    pub values: HashMap<String, Option<String>>,
    /// Why the program cannot name it at the source; none if it can.
    pub by_owner: Option<String>,
}

/// Rows of `child` refer to rows of `parent`: by a foreign key of the database, or by a reference of the map to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The collection that refers.
    pub child: usize,
    /// Its columns.
    pub child_columns: Vec<String>,
    /// The collection referred to.
    pub parent: usize,
    /// The columns there, in the same order.
    pub parent_columns: Vec<String>,
}

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is deleted.
    Delete,
    /// It stays, and no longer says whose it is.
    Anonymise,
}

impl What {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Anonymise => "anonymise",
        }
    }
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which of the rows.
    pub row: usize,
    /// What is done to it.
    pub what: What,
    /// Why it stays, where it does.
    pub reason: Option<String>,
}

/// A row that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Which of the rows.
    pub row: usize,
    /// Why.
    pub reason: String,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What is done, in this order.
    pub steps: Vec<Step>,
    /// What stays as it is.
    pub stays: Vec<Stay>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Delete,
    Anonymise(Option<String>),
    Stay(String),
}

/// The plan for `rows` of `map`.
#[must_use]
pub fn plan(map: &DataMap, rows: &[Row], ties: &[Tie]) -> Plan {
    let collections: Vec<_> = map.datasets.iter().flat_map(|d| d.collections.iter().map(move |c| (d, c))).collect();
    let mut fates: Vec<Fate> = rows
        .iter()
        .map(|row| match (&row.whose, collections.get(row.collection)) {
            (Whose::Stays(why), _) => Fate::Stay(why.clone()),
            (Whose::Theirs, None) => Fate::Stay("the data map does not have it any more".to_owned()),
            (Whose::Theirs, Some((_, collection))) => match collection.erased_how() {
                Some(OnErasure::Delete) => Fate::Delete,
                Some(OnErasure::Anonymise) => Fate::Anonymise(collection.keep_because.clone()),
                Some(OnErasure::Keep) => Fate::Stay(collection.keep_because.clone().unwrap_or_default()),
                None if !collection.belongs() => Fate::Stay("it is not about you alone".to_owned()),
                None => Fate::Stay("the data map does not say what becomes of it (on_erasure)".to_owned()),
            },
        })
        .collect();
    let referring = referring(rows, ties);
    // What stays must still find what it refers to. A row that is kept for that may itself refer to others.
    let mut again = true;
    while again {
        again = false;
        for (child, parent, tie) in &referring {
            let still_refers = match fates.get(*child) {
                None | Some(Fate::Delete) => false,
                Some(Fate::Stay(_)) => true,
                Some(Fate::Anonymise(_)) => keeps_reference(map, tie),
            };
            if let Some(fate) = fates.get_mut(*parent).filter(|fate| still_refers && **fate == Fate::Delete) {
                *fate = Fate::Anonymise(Some(REFERRED_TO.to_owned()));
                again = true;
            }
        }
    }
    let mut plan = Plan::default();
    for row in in_order(rows, &referring) {
        match fates.get(row) {
            Some(Fate::Delete) => plan.steps.push(Step { row, what: What::Delete, reason: None }),
            Some(Fate::Anonymise(reason)) => {
                plan.steps.push(Step { row, what: What::Anonymise, reason: reason.clone() });
            }
            Some(Fate::Stay(_)) | None => {}
        }
    }
    for (row, fate) in fates.into_iter().enumerate() {
        if let Fate::Stay(reason) = fate {
            plan.stays.push(Stay { row, reason });
        }
    }
    plan
}

/// Whether an anonymised row of the tie's child still says what it refers to.
fn keeps_reference(map: &DataMap, tie: &Tie) -> bool {
    let child = map.datasets.iter().flat_map(|d| &d.collections).nth(tie.child);
    let emptied = |column: &String| {
        child.is_some_and(|collection| {
            collection.field(column).is_some_and(|field| matches!(collection.forgets(field), Forget::Null))
        })
    };
    !tie.child_columns.iter().any(emptied)
}

/// Which row refers to which, by which tie.
fn referring<'t>(rows: &[Row], ties: &'t [Tie]) -> Vec<(usize, usize, &'t Tie)> {
    let values = |row: &Row, columns: &[String]| -> Option<Vec<String>> {
        columns.iter().map(|column| row.values.get(column).cloned().flatten()).collect()
    };
    let mut found = Vec::new();
    for tie in ties {
        let mut parents: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.collection == tie.parent) {
            if let Some(key) = values(row, &tie.parent_columns) {
                parents.entry(key).or_default().push(at);
            }
        }
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.collection == tie.child) {
            let to = values(row, &tie.child_columns).and_then(|key| parents.get(&key));
            found.extend(to.into_iter().flatten().filter(|parent| **parent != at).map(|parent| (at, *parent, tie)));
        }
    }
    found
}

/// Every row, each before those that it refers to; where they refer to one another in a circle, in the order given.
fn in_order(rows: &[Row], referring: &[(usize, usize, &Tie)]) -> Vec<usize> {
    let mut waits_for = vec![0_usize; rows.len()];
    let mut parents: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (child, parent, _) in referring {
        if let (Some(count), Some(list)) = (waits_for.get_mut(*parent), parents.get_mut(*child)) {
            *count += 1;
            list.push(*parent);
        }
    }
    let mut ready: std::collections::VecDeque<usize> =
        waits_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
    let mut order = Vec::with_capacity(rows.len());
    while let Some(at) = ready.pop_front() {
        order.push(at);
        for parent in parents.get(at).into_iter().flatten() {
            if let Some(count) = waits_for.get_mut(*parent) {
                *count -= 1;
                if *count == 0 {
                    ready.push_back(*parent);
                }
            }
        }
    }
    order.extend(waits_for.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, _)| at));
    order
}

impl Plan {
    /// SHA-256 over everything that is done and not done, and how: what a second person signs, and what must still hold
    /// when it is carried out.
    #[must_use]
    pub fn digest(&self, map: &DataMap, rows: &[Row]) -> String {
        let mut hash = Sha256::new();
        let mut line = |text: &str| {
            hash.update(text.as_bytes());
            hash.update(b"\n");
        };
        for step in &self.steps {
            let row = rows.get(step.row);
            line(&format!(
                "{} {:?} {:?}",
                step.what.as_str(),
                row.map(|row| (&row.id, row.by_owner.is_some())),
                step.reason
            ));
        }
        for stay in &self.stays {
            line(&format!("stay {:?} {:?}", rows.get(stay.row).map(|row| &row.id), stay.reason));
        }
        for Dataset { key, collections, .. } in &map.datasets {
            for collection in collections {
                let ways: Vec<_> =
                    collection.fields.iter().map(|field| (&field.name, collection.forgets(field))).collect();
                line(&format!("{key} {} {:?} {ways:?}", collection.name, collection.erased_how()));
            }
        }
        hex(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::datamap::{MapFile, read};

    const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        rightsdesk: {owner: email, on_erasure: delete}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
      - name: bookings
        rightsdesk: {on_erasure: anonymise}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: account_id, fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}}
      - name: payments
        rightsdesk: {on_erasure: keep, keep_because: the law on accounts}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: booking_id, fides_meta: {references: [{dataset: site, field: bookings.id, direction: from}]}}
      - name: notes
        rightsdesk: {on_erasure: delete}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: parent_id, fides_meta: {references: [{dataset: site, field: notes.id, direction: from}]}}
      - name: events
        rightsdesk: {retention: {period: P1Y, then: delete}}
        fields: [{name: id, fides_meta: {primary_key: true}}]
";

    fn map() -> DataMap {
        read(&[MapFile { name: "m", text: MAP }]).unwrap()
    }

    fn row(collection: usize, id: &str, values: &[(&str, &str)]) -> Row {
        let values = values.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned()))).collect();
        Row { id: format!("{collection}/{id}"), collection, whose: Whose::Theirs, values, by_owner: None }
    }

    fn tie(child: usize, column: &str, parent: usize) -> Tie {
        Tie { child, child_columns: vec![column.into()], parent, parent_columns: vec!["id".into()] }
    }

    fn ties() -> Vec<Tie> {
        vec![tie(1, "account_id", 0), tie(2, "booking_id", 1), tie(3, "parent_id", 3)]
    }

    #[test]
    fn a_parent_of_what_stays_stays_without_saying_whose_it_is() {
        let rows = [
            row(0, "1", &[("id", "1")]),
            row(0, "2", &[("id", "2")]),
            row(1, "10", &[("id", "10"), ("account_id", "1")]),
            row(2, "100", &[("id", "100"), ("booking_id", "10")]),
            row(4, "5", &[("id", "5")]),
        ];
        let plan = plan(&map(), &rows, &ties());
        let steps: Vec<_> = plan.steps.iter().map(|step| (step.row, step.what, step.reason.as_deref())).collect();
        let expected = [(1, What::Delete, None), (2, What::Anonymise, None), (0, What::Anonymise, Some(REFERRED_TO))];
        assert_eq!(steps, expected);
        let stays: Vec<_> = plan.stays.iter().map(|stay| (stay.row, stay.reason.as_str())).collect();
        // An event is nobody's: retention alone does not make an erasure delete it.
        assert_eq!(stays, [(3, "the law on accounts"), (4, "it is not about you alone")]);
    }

    #[test]
    fn a_row_of_somebody_else_is_not_touched_and_keeps_what_it_refers_to() {
        let mut other = row(1, "10", &[("id", "10"), ("account_id", "1")]);
        other.whose = Whose::Stays("held".into());
        let rows = [row(0, "1", &[("id", "1")]), other];
        let plan = plan(&map(), &rows, &ties());
        assert_eq!(plan.steps, [Step { row: 0, what: What::Anonymise, reason: Some(REFERRED_TO.into()) }]);
        assert_eq!(plan.stays, [Stay { row: 1, reason: "held".into() }]);
    }

    #[test]
    fn a_plan_that_differs_in_anything_is_another_plan() {
        let rows = [row(0, "1", &[("id", "1")]), row(3, "1", &[("id", "1")])];
        let first = plan(&map(), &rows, &ties());
        let digest = first.digest(&map(), &rows);
        assert_eq!(digest, plan(&map(), &rows, &ties()).digest(&map(), &rows));
        assert_ne!(digest, plan(&map(), &rows[..1], &ties()).digest(&map(), &rows[..1]));
        let mut others = map();
        others.datasets[0].collections[0].fields[1].on_erasure = Some(Forget::Hash);
        assert_ne!(digest, plan(&others, &rows, &ties()).digest(&others, &rows));
    }

    proptest! {
        /// Every row is in the plan once; each goes before what it refers to; and nothing that is deleted is referred to
        /// by what stays.
        #[test]
        fn plans_are_whole_in_order_and_leave_no_dangling_reference(
            shape in proptest::collection::vec((0..4_usize, 0..6_u8, proptest::option::of(0..6_u8), any::<bool>()), 0..40)
        ) {
            let mut rows = Vec::new();
            for (collection, id, to, theirs) in shape {
                let column = ["", "account_id", "booking_id", "parent_id"][collection];
                let mut made = row(collection, &id.to_string(), &[("id", &id.to_string())]);
                if let Some(to) = to.filter(|to| !column.is_empty() && (collection != 3 || *to < id)) {
                    made.values.insert(column.into(), Some(to.to_string()));
                }
                if !theirs {
                    made.whose = Whose::Stays("held".into());
                }
                if !rows.iter().any(|other: &Row| other.id == made.id) {
                    rows.push(made);
                }
            }
            let (map, ties) = (map(), ties());
            let plan = plan(&map, &rows, &ties);
            let mut seen: Vec<usize> = plan.steps.iter().map(|s| s.row).chain(plan.stays.iter().map(|s| s.row)).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..rows.len()).collect::<Vec<_>>());
            let at = |row: usize| plan.steps.iter().position(|step| step.row == row);
            for (child, parent, _) in referring(&rows, &ties) {
                if let (Some(child), Some(parent)) = (at(child), at(parent)) {
                    prop_assert!(child < parent);
                }
                let deleted = at(parent).is_some_and(|at| plan.steps[at].what == What::Delete);
                let child_deleted = at(child).is_some_and(|at| plan.steps[at].what == What::Delete);
                prop_assert!(!deleted || child_deleted);
            }
        }
    }
}
