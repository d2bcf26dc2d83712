//! Random maps over random rows, against a naive traversal that knows nothing of queues, batches or SQL.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rightsdesk::files::spool::Rules;

use super::place::{Kind, Place, by_email, gathered, map};

const TABLES: usize = 3;
const COLUMNS: [&str; 3] = ["id", "x", "y"];

/// A row: owner of the e-mail address (0 is the person, 1 somebody else, 2 nobody), x, y. Its id is its place.
type Row = (u8, Option<i64>, Option<i64>);

/// From table and column, to table and column.
type Step = (usize, usize, usize, usize);

/// Each row reached by table and place, and how: `None` by its address, else by these steps.
type Reached = BTreeMap<(usize, usize), BTreeSet<Option<Step>>>;

#[derive(Debug, Clone)]
struct World {
    tables: Vec<Vec<Row>>,
    /// From table and column, to table and column; 0 both ways, 1 `from`, 2 `to`.
    references: Vec<(usize, usize, usize, usize, u8)>,
    owned: Vec<bool>,
}

fn world() -> impl Strategy<Value = World> {
    let row = (0_u8..3, proptest::option::of(0_i64..6), proptest::option::of(0_i64..6));
    let tables = proptest::collection::vec(proptest::collection::vec(row, 0..7), TABLES);
    let references = proptest::collection::vec((0..TABLES, 0..3_usize, 0..TABLES, 0..3_usize, 0_u8..3), 0..5);
    (tables, references, proptest::collection::vec(any::<bool>(), TABLES))
        .prop_map(|(tables, references, owned)| World { tables, references, owned })
}

impl World {
    fn map(&self) -> String {
        let mut text = String::from("dataset:\n  - fides_key: d\n    collections:\n");
        for (at, owned) in self.owned.iter().enumerate() {
            let owner = if *owned { "owner: email, " } else { "" };
            text.push_str(&format!(
                "      - name: t{at}\n        rightsdesk: {{{owner}match: {{email: email}}}}\n        fields:\n          - name: email\n"
            ));
            for (column, name) in COLUMNS.iter().enumerate() {
                text.push_str(&format!(
                    "          - name: {name}\n            fides_meta:\n              references:\n"
                ));
                for (from, from_column, to, to_column, direction) in &self.references {
                    if (*from, *from_column) == (at, column) {
                        let direction = ["", ", direction: from", ", direction: to"][usize::from(*direction)];
                        let field = COLUMNS[*to_column];
                        text.push_str(&format!("                - {{dataset: d, field: t{to}.{field}{direction}}}\n"));
                    }
                }
            }
        }
        text.replace("              references:\n          -", "              references: []\n          -")
            .replace("              references:\n      -", "              references: []\n      -")
    }

    fn sql(&self) -> String {
        let mut sql = String::new();
        for (at, rows) in self.tables.iter().enumerate() {
            sql.push_str(&format!("CREATE TABLE t{at} (id INTEGER PRIMARY KEY, email TEXT, x INTEGER, y INTEGER);"));
            for (id, (email, x, y)) in rows.iter().enumerate() {
                let email = ["'ann@example.org'", "'bob@example.org'", "NULL"][usize::from(*email)];
                let number = |n: &Option<i64>| n.map_or("NULL".to_owned(), |n| n.to_string());
                sql.push_str(&format!("INSERT INTO t{at} VALUES ({id}, {email}, {}, {});", number(x), number(y)));
            }
        }
        sql
    }

    fn value(&self, table: usize, row: usize, column: usize) -> Option<i64> {
        let (_, x, y) = self.tables[table][row];
        [Some(row as i64), x, y][column]
    }

    /// Every step that a reference allows.
    fn steps(&self) -> BTreeSet<Step> {
        let mut steps = BTreeSet::new();
        for (from, from_column, to, to_column, direction) in &self.references {
            if *direction != 1 {
                steps.insert((*from, *from_column, *to, *to_column));
            }
            if *direction != 2 {
                steps.insert((*to, *to_column, *from, *from_column));
            }
        }
        steps
    }

    /// Runs until nothing changes.
    fn naive(&self) -> Reached {
        let mut reached = Reached::new();
        for (table, rows) in self.tables.iter().enumerate() {
            for (row, (email, ..)) in rows.iter().enumerate() {
                if *email == 0 {
                    reached.entry((table, row)).or_default().insert(None);
                }
            }
        }
        loop {
            let mut next = reached.clone();
            for ((table, row), how) in &reached {
                if self.held(*table, *row, how) {
                    continue;
                }
                for step in self.steps().into_iter().filter(|step| step.0 == *table) {
                    let back = (step.2, step.3, step.0, step.1);
                    if how.iter().all(|came_by| *came_by == Some(back)) {
                        continue;
                    }
                    let Some(value) = self.value(*table, *row, step.1) else { continue };
                    for other in 0..self.tables[step.2].len() {
                        if self.value(step.2, other, step.3) == Some(value) {
                            next.entry((step.2, other)).or_default().insert(Some(step));
                        }
                    }
                }
            }
            if next == reached {
                return reached;
            }
            reached = next;
        }
    }

    fn held(&self, table: usize, row: usize, how: &BTreeSet<Option<Step>>) -> bool {
        self.owned[table]
            && match self.tables[table][row].0 {
                0 => false,
                1 => true,
                _ => !how.contains(&None),
            }
    }
}

fn check(world: &World, place: &Place) {
    let drops: String = (0..TABLES).map(|at| format!("DROP TABLE IF EXISTS t{at};")).collect();
    place.run(&format!("{drops}{}", world.sql()));
    let text = world.map();
    let found = gathered(&map(&text), &[place.source("d")], &by_email("ann@example.org"));
    let mut expected = BTreeMap::new();
    for ((table, row), how) in world.naive() {
        let mut why: Vec<String> = how
            .iter()
            .map(|how| how.map_or("email".to_owned(), |(from, column, ..)| format!("t{from}.{}", COLUMNS[column])))
            .collect();
        why.sort();
        why.dedup();
        expected.insert(format!("t{table}/{row}"), (why, world.held(table, row, &how)));
    }
    let mut actual = BTreeMap::new();
    for row in found.spool.page(0, u64::MAX, &Rules::default()).unwrap() {
        let mut why = row.record.matched_on.clone();
        why.sort();
        let held = row.standing != rightsdesk::files::spool::Standing::Disclose;
        assert!(actual.insert(row.record.id.clone(), (why, held)).is_none(), "{} stands twice", row.record.id);
    }
    assert_eq!(actual, expected, "\n{text}\n{}", world.sql());
}

#[test]
fn the_gather_gives_what_a_naive_traversal_gives() {
    for (kind, cases) in [(Kind::Sqlite, 300), (Kind::Postgres, 60), (Kind::Mariadb, 60)] {
        let place = Place::new(kind, "SELECT 1");
        proptest!(
            ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() },
            |(world in world())| check(&world, &place)
        );
    }
}
