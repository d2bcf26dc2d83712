//! What a database really holds, as a connector found it.

/// The tables and views that a source can see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveSchema {
    /// In no particular order.
    pub tables: Vec<LiveTable>,
    /// The source tells letter cases in names of tables apart (PostgreSQL does, SQLite does not).
    pub case_sensitive: bool,
    /// It tells them apart in names of columns (PostgreSQL alone does).
    pub columns_case_sensitive: bool,
}

/// All that a database holds, and how its tables refer to each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Everything {
    /// Its tables and views.
    pub schema: LiveSchema,
    /// Its foreign keys.
    pub references: Vec<ForeignKey>,
}

/// A foreign key. A table outside the search path has its schema before its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The table that refers.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table referred to.
    pub to_table: String,
    /// The columns there, in the same order.
    pub to_columns: Vec<String>,
}

/// A table or view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveTable {
    /// The schema it stands in; none where the source has no schemas.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// It is found by its bare name (it is on the search path).
    pub visible: bool,
    /// The account may read it.
    pub readable: bool,
    /// Its columns, in the table's order.
    pub columns: Vec<LiveColumn>,
    /// The columns of its primary key, in the key's order; empty for a view or a table without one.
    pub primary_key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveColumn {
    /// Its name.
    pub name: String,
    /// The type as the source writes it.
    pub type_name: String,
    /// What kind of value the type holds.
    pub kind: LiveKind,
}

/// What kind of value a column holds, as far as it matters for searching and showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal number.
    Decimal,
    /// A floating-point number.
    Float,
    /// Yes or no.
    Boolean,
    /// A calendar date.
    Date,
    /// A date and time.
    DateTime,
    /// A UUID.
    Uuid,
    /// Bytes.
    Bytes,
    /// A JSON document.
    Json,
    /// An array of anything.
    Array,
    /// Anything else, or a column without a type.
    Other,
}

impl LiveColumn {
    /// How many characters it has room for, where its type says so: `varchar(50)`, `character varying(50)`.
    #[must_use]
    pub fn room(&self) -> Option<u64> {
        let (word, rest) = self.type_name.split_once('(')?;
        let is_text = word.to_ascii_lowercase().contains("char");
        is_text.then(|| rest.split(')').next().and_then(|number| number.trim().parse().ok())).flatten()
    }
}

impl LiveSchema {
    /// The table that a collection means: `name`, or `schema.name`, with the dataset's schema as the default.
    /// A bare name means the table on the search path, or else the only one of that name.
    #[must_use]
    pub fn table(&self, dataset_schema: Option<&str>, name: &str) -> Option<&LiveTable> {
        let exact = |schema: &str, name: &str| {
            self.tables
                .iter()
                .find(|t| self.same(&t.name, name) && t.schema.as_deref().is_some_and(|s| self.same(s, schema)))
        };
        if let Some(found) = dataset_schema.and_then(|schema| exact(schema, name)) {
            return Some(found);
        }
        let named: Vec<&LiveTable> = self.tables.iter().filter(|t| self.same(&t.name, name)).collect();
        match named.iter().find(|t| t.visible) {
            Some(visible) => Some(visible),
            None if named.is_empty() => name.split_once('.').and_then(|(schema, bare)| exact(schema, bare)),
            None => named.first().copied().filter(|_| named.len() == 1),
        }
    }

    /// The names a table may be known by here are the same.
    fn same(&self, left: &str, right: &str) -> bool {
        left == right || (!self.case_sensitive && left.eq_ignore_ascii_case(right))
    }

    /// The column of `table` that a field means.
    #[must_use]
    pub fn column<'t>(&self, table: &'t LiveTable, name: &str) -> Option<&'t LiveColumn> {
        table.columns.iter().find(|c| c.name == name).or_else(|| {
            table.columns.iter().find(|c| !self.columns_case_sensitive && c.name.eq_ignore_ascii_case(name))
        })
    }
}
