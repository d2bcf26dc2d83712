//! Why a database could not be filled.

/// Why a database could not be filled. Never carries a driver's message: those quote values and addresses.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The address names no database that can be filled.
    #[error("the database address must start with sqlite:// or postgres://, for example sqlite://website.sqlite")]
    Address,
    /// The database does not answer.
    #[error("the {backend} database could not be opened: check the address, the account and that the server runs")]
    Open {
        /// Which kind of database.
        backend: &'static str,
    },
    /// The database is in use for something else.
    #[error("the database already holds {what}: the sample fills only an empty database, so give it a new one")]
    NotEmpty {
        /// What stands there, by table name.
        what: String,
    },
    /// The tables could not be made.
    #[error("the website's tables could not be made: the account needs the right to create tables")]
    Migrate,
    /// Rows were refused.
    #[error("rows of {table} were refused by the database ({why})")]
    Rows {
        /// The table.
        table: &'static str,
        /// The kind of refusal, as `foreign key`.
        why: &'static str,
    },
    /// A row does not fit its table.
    #[error("a row of {table} has {given} values for {wanted} columns")]
    Shape {
        /// The table.
        table: &'static str,
        /// How many values the row has.
        given: usize,
        /// How many columns the table has.
        wanted: usize,
    },
    /// The text could not be written out.
    #[error("the SQL text could not be written: {0}")]
    Io(#[from] std::io::Error),
}

/// The kind of a database's refusal, in words without its values.
#[expect(clippy::wildcard_enum_match_arm, reason = "diesel's list is open; the rest share one sentence")]
pub(super) fn refusal(error: &diesel::result::Error) -> &'static str {
    use diesel::result::{DatabaseErrorKind as Kind, Error};
    match error {
        Error::DatabaseError(Kind::UniqueViolation, _) => "a key is there twice",
        Error::DatabaseError(Kind::ForeignKeyViolation, _) => "a row refers to one that does not exist",
        Error::DatabaseError(Kind::NotNullViolation, _) => "a value is missing",
        Error::DatabaseError(Kind::CheckViolation, _) => "a value is not allowed there",
        Error::DatabaseError(Kind::ClosedConnection, _) => "the connection was closed",
        _ => "the statement failed",
    }
}
