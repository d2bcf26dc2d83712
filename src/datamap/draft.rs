//! Writes a first data map from a live schema, for a person to correct: what is a guess is marked as one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::drift::{Place, table_name};
use super::guess::{Guess, by_name};
use super::live::{Everything, ForeignKey, LiveColumn, LiveKind, LiveTable};

/// How a reference of the draft may be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Either way: the other table is about people, or hangs on one that is.
    Both,
    /// To the table referred to: it only explains the row.
    To,
}

/// The text of a data map file for the source `key`. `shapes` is what the values of columns look like, where they were
/// looked at. It can be read as it is and fits the database.
#[must_use]
pub fn draft(key: &str, live: &Everything, shapes: &BTreeMap<Place, Guess>) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", INTRODUCTION.trim_end());
    let _ = writeln!(text, "dataset:\n  - fides_key: {}\n    name: {}", quoted(key), quoted(key));
    let _ = writeln!(text, "    rightsdesk:\n      purpose: \"\"        # CORRECT: why these data are held");
    let _ = writeln!(text, "      lawful_basis: \"\"   # CORRECT: Art. 6(1)(...)");
    let _ = writeln!(text, "      recipients: []     # CORRECT: who else gets them\n    collections:");
    let drafts = Drafts::of(live, shapes);
    let mut tables: Vec<&LiveTable> = live.schema.tables.iter().filter(|table| !table.columns.is_empty()).collect();
    tables.sort_by_key(|table| (table.schema.clone().filter(|_| !table.visible), table.name.clone()));
    for table in tables {
        drafts.collection(key, table, &mut text);
    }
    text
}

const INTRODUCTION: &str = "\
# A first data map, written by `rightsdesk map draft` from the live schema. It is a guess: read every line, and look above all for
#   - columns that say whose a row is, and that are not marked `identity` or `match`;
#   - references that lead from one person's row to somebody else's (take them away, or set `direction`);
#   - tables that hold nothing about people (`skip_processing: true` under `fides_meta`);
#   - `disclose`: `always`, `review` (a person looks first) or `never`.
# Then run `rightsdesk check`. The format is described in docs/DATA_MAP.md.
";

/// What is known of all tables together.
struct Drafts<'a> {
    live: &'a Everything,
    guesses: BTreeMap<Place, Guess>,
    /// Tables with a particular by which a person is found, and those that hang on one.
    personal: BTreeSet<String>,
}

impl<'a> Drafts<'a> {
    fn of(live: &'a Everything, shapes: &BTreeMap<Place, Guess>) -> Self {
        let mut guesses = BTreeMap::new();
        for table in &live.schema.tables {
            let name = table_name(table);
            let of_people = looks_like_people(table);
            for column in &table.columns {
                let place = (name.clone(), column.name.clone());
                let by_name = by_name(&column.name).filter(|guess| can_hold(column, *guess)).or_else(|| {
                    let bare_name = column.name.eq_ignore_ascii_case("name") && column.kind == LiveKind::Text;
                    (bare_name && of_people).then_some(Guess::Name)
                });
                let guess = match (by_name, shapes.get(&place).copied()) {
                    // What the name says to be secret or sensitive stays so, whatever its values look like.
                    (Some(named @ (Guess::Secret | Guess::Special | Guess::FreeText)), _) => Some(named),
                    (_, Some(shape)) if can_hold(column, shape) => Some(shape),
                    (named, _) => named,
                };
                if let Some(guess) = guess {
                    guesses.insert(place, guess);
                }
            }
        }
        let leads = |guess: &Guess| matches!(guess, Guess::Email | Guess::Phone);
        let mut personal: BTreeSet<String> =
            guesses.iter().filter(|(_, guess)| leads(guess)).map(|((table, _), _)| table.clone()).collect();
        loop {
            let more: Vec<String> = live
                .references
                .iter()
                .filter(|key| personal.contains(&key.to_table) && !personal.contains(&key.table))
                .map(|key| key.table.clone())
                .collect();
            if more.is_empty() {
                break;
            }
            personal.extend(more);
        }
        Self { live, guesses, personal }
    }

    fn collection(&self, dataset: &str, table: &LiveTable, text: &mut String) {
        let name = table_name(table);
        let columns: Vec<(&LiveColumn, Option<Guess>)> = table
            .columns
            .iter()
            .map(|column| (column, self.guesses.get(&(name.clone(), column.name.clone())).copied()))
            .collect();
        let _ = writeln!(text, "      - name: {}", quoted(&name));
        let unreadable = !table.readable;
        let leads = columns.iter().any(|(_, guess)| guess.is_some_and(|g| matches!(g, Guess::Email | Guess::Phone)));
        let linked = self.live.references.iter().any(|key| key.table == name || key.to_table == name);
        if unreadable {
            let _ = writeln!(
                text,
                "        # CORRECT: the account may not read this table: grant it SELECT, or leave the table out."
            );
            let _ = writeln!(text, "        fides_meta: {{skip_processing: true}}");
        } else if !leads && !linked {
            let _ = writeln!(
                text,
                "        # CORRECT: nothing leads here from a person. If it holds nothing about people, leave it out."
            );
        }
        let _ = writeln!(text, "        rightsdesk:\n          label: {}", quoted(&in_words(&table.name)));
        let mut matches: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (column, guess) in columns.iter().filter(|_| is_about_people(&columns)) {
            if let Some(particular) = guess.and_then(Guess::particular) {
                matches.entry(particular.as_str()).or_default().push(quoted(&column.name));
            }
        }
        if !matches.is_empty() {
            let _ = writeln!(text, "          match:            # a guess, by names and values");
            for (particular, names) in &matches {
                let _ = writeln!(text, "            {particular}: [{}]", names.join(", "));
            }
        }
        let emails: Vec<&str> = columns
            .iter()
            .filter(|(_, guess)| *guess == Some(Guess::Email))
            .map(|(column, _)| column.name.as_str())
            .collect();
        match emails.as_slice() {
            [] => {}
            [only] => {
                let _ = writeln!(
                    text,
                    "          owner: [{}]   # CORRECT: rows with somebody else's address here are held",
                    quoted(only)
                );
            }
            several => {
                let list: Vec<String> = several.iter().map(|name| quoted(name)).collect();
                let _ = writeln!(
                    text,
                    "          # CORRECT: which of these says whose the row is? owner: [{}]",
                    list.join(", ")
                );
            }
        }
        self.joint(dataset, &name, text);
        let _ = writeln!(text, "        fields:");
        for (column, guess) in &columns {
            self.field(dataset, table, &name, column, *guess, text);
        }
    }

    fn field(
        &self,
        dataset: &str,
        table: &LiveTable,
        name: &str,
        column: &LiveColumn,
        guess: Option<Guess>,
        text: &mut String,
    ) {
        let _ = writeln!(text, "          - name: {}", quoted(&column.name));
        if let Some(guess) = guess {
            let _ =
                writeln!(text, "            data_categories: [{}]   # a guess: {}", guess.category(), guess.words());
        }
        let key = table.primary_key.contains(&column.name);
        let (references, left_out) = self.references(dataset, name, &column.name);
        for why in left_out {
            let _ = writeln!(text, "            # CORRECT: {why}");
        }
        let identity = match guess {
            Some(Guess::Email) => Some("email"),
            Some(Guess::Phone) => Some("phone_number"),
            Some(_) | None => None,
        };
        if key || identity.is_some() || !references.is_empty() {
            let _ = writeln!(text, "            fides_meta:");
            if key {
                let _ = writeln!(text, "              primary_key: true");
            }
            if let Some(identity) = identity {
                let _ = writeln!(text, "              identity: {identity}");
            }
            if !references.is_empty() {
                let _ = writeln!(text, "              references:");
            }
            for line in references {
                text.push_str(&line);
            }
        }
        // A key or reference is read whatever it is called.
        let leads = key || identity.is_some() || self.is_referred_to(name, &column.name);
        let (disclose, free) = match guess {
            Some(Guess::Secret) if !leads && !self.refers(name, &column.name) => (Some("never"), false),
            Some(Guess::Secret | Guess::Special) => (Some("review"), false),
            Some(Guess::FreeText) => (None, true),
            _ if column.kind == LiveKind::Bytes && !leads => (Some("review"), false),
            _ => (None, false),
        };
        if disclose.is_some() || free {
            let _ = writeln!(text, "            rightsdesk:");
        }
        if let Some(word) = disclose {
            let _ = writeln!(text, "              disclose: {word}");
        }
        if free {
            let _ = writeln!(text, "              free_text: true");
            let _ = writeln!(text, "              disclose: review");
        }
    }

    /// The references of several columns.
    fn joint(&self, dataset: &str, table: &str, text: &mut String) {
        let listed = |names: &[String]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        let joint: Vec<&ForeignKey> = self
            .live
            .references
            .iter()
            .filter(|key| key.table == table && key.columns.len() > 1 && key.to_table != table)
            .filter(|key| key.to_columns.iter().all(|to| self.knows(&key.to_table, to)))
            .collect();
        if !joint.is_empty() {
            let _ = writeln!(text, "          references:");
        }
        for key in joint {
            let _ = writeln!(text, "            - fields: [{}]", listed(&key.columns));
            let _ = writeln!(
                text,
                "              to: {{dataset: {}, collection: {}, fields: [{}]}}",
                quoted(dataset),
                quoted(&key.to_table),
                listed(&key.to_columns)
            );
            if self.way(key) == Way::To {
                let _ = writeln!(text, "              direction: to   # it only explains the row");
            }
        }
    }

    fn refers(&self, table: &str, column: &str) -> bool {
        self.live.references.iter().any(|key| key.table == table && key.columns.iter().any(|name| name == column))
    }

    fn is_referred_to(&self, table: &str, column: &str) -> bool {
        self.live.references.iter().any(|key| key.to_table == table && key.to_columns.iter().any(|name| name == column))
    }

    /// The reference lines of a column, and why others were left out.
    fn references(&self, dataset: &str, table: &str, column: &str) -> (Vec<String>, Vec<String>) {
        let (mut lines, mut left_out) = (Vec::new(), Vec::new());
        for key in &self.live.references {
            let ([from], [to]) = (key.columns.as_slice(), key.to_columns.as_slice()) else { continue };
            if key.table != table || from != column {
                continue;
            }
            if key.to_table == table {
                left_out.push(format!(
                    "it refers to `{to}` of the same table. The row that it leads to may be somebody else's, so it is not \
                     followed"
                ));
                continue;
            }
            if !self.knows(&key.to_table, to) {
                left_out.push(format!("it refers to {}.{to}, which the account cannot see", key.to_table));
                continue;
            }
            let way = self.way(key);
            let mut line = format!(
                "                - dataset: {}\n                  field: {}\n",
                quoted(dataset),
                quoted(&format!("{}.{to}", key.to_table))
            );
            if way == Way::To {
                line.push_str("                  direction: to   # it only explains the row; its other rows are not the person's\n");
            }
            lines.push(line);
        }
        (lines, left_out)
    }

    fn knows(&self, table: &str, column: &str) -> bool {
        let of = self.live.schema.tables.iter().find(|t| table_name(t) == table && t.readable);
        of.is_some_and(|t| t.columns.iter().any(|c| c.name == column))
    }

    fn way(&self, key: &ForeignKey) -> Way {
        if self.personal.contains(&key.to_table) { Way::Both } else { Way::To }
    }
}

/// A name or a postcode is a particular only where something else says that rows are people: a product has a name too.
fn is_about_people(columns: &[(&LiveColumn, Option<Guess>)]) -> bool {
    columns.iter().any(|(_, guess)| {
        matches!(guess, Some(Guess::Email | Guess::Phone | Guess::Born | Guess::Name | Guess::StateNumber))
    })
}

/// Whether a column of the type can hold what its name or values suggest.
fn can_hold(column: &LiveColumn, guess: Guess) -> bool {
    let text = matches!(column.kind, LiveKind::Text | LiveKind::Other);
    match guess {
        Guess::Email | Guess::Name | Guess::Postcode | Guess::FreeText => text,
        Guess::Phone => text || matches!(column.kind, LiveKind::Integer | LiveKind::Decimal),
        Guess::Born => text || matches!(column.kind, LiveKind::Date | LiveKind::DateTime),
        Guess::Address
        | Guess::StateNumber
        | Guess::Bank
        | Guess::Computer
        | Guess::Special
        | Guess::Other
        | Guess::Secret => column.kind != LiveKind::Boolean || guess != Guess::Secret,
    }
}

/// A table whose name or columns say that its rows are people.
fn looks_like_people(table: &LiveTable) -> bool {
    const PEOPLE: [&str; 18] = [
        "people",
        "person",
        "persons",
        "user",
        "users",
        "customer",
        "customers",
        "member",
        "members",
        "employee",
        "employees",
        "staff",
        "contact",
        "contacts",
        "patient",
        "patients",
        "client",
        "clients",
    ];
    PEOPLE.contains(&table.name.to_lowercase().as_str())
        || table.columns.iter().any(|column| {
            matches!(by_name(&column.name), Some(Guess::Email | Guess::Phone | Guess::Born))
                && column.kind != LiveKind::Boolean
        })
}

/// Text as YAML in double quotes, unless it is plain.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    // A JSON string is a YAML string.
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

fn in_words(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if matches!(c, '_' | '-' | '.') { ' ' } else { c }).collect();
    let mut letters = spaced.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
