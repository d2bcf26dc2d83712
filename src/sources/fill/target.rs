//! A database that is to be filled: opened, proved empty, given the website's tables.

use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{FillError, RowWriter, TableSpec, sqlite};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/website/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/website/postgres");

/// The table in which the migrations' harness notes what ran.
const HARNESS: &str = "__diesel_schema_migrations";

/// An open database with the website's tables, all of them empty.
pub struct Target {
    conn: Backend,
}

enum Backend {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(diesel::pg::PgConnection),
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

impl Target {
    /// Opens the database at `url` (`sqlite://PATH` or `postgres://...`, the first schema of its search path) and runs
    /// the website's migrations; `tables` are the tables that may be there and must be empty.
    ///
    /// # Errors
    /// [`FillError::NotEmpty`] if any other table is there, or a row in one of `tables`; else why it cannot be opened.
    pub fn open(url: &str, tables: &'static [TableSpec]) -> Result<Self, FillError> {
        let conn = if let Some(path) = url.strip_prefix("sqlite://") {
            let open = FillError::Open { backend: "SQLite" };
            Backend::Sqlite(SqliteConnection::establish(path).map_err(|_| open)?)
        } else {
            Self::open_server(url)?
        };
        let mut target = Self { conn };
        target.refuse_other_tables(tables)?;
        target.migrate()?;
        target.refuse_rows(tables)?;
        Ok(target)
    }

    #[cfg(feature = "postgres")]
    fn open_server(url: &str) -> Result<Backend, FillError> {
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err(FillError::Address);
        }
        let open = FillError::Open { backend: "PostgreSQL" };
        diesel::pg::PgConnection::establish(url).map(Backend::Postgres).map_err(|_| open)
    }

    #[cfg(not(feature = "postgres"))]
    fn open_server(_url: &str) -> Result<Backend, FillError> {
        Err(FillError::Address)
    }

    /// Fills the tables: `fill` hands its rows to the writer, parents before the children that refer to them. All in
    /// one transaction: if `fill` fails, nothing stays.
    ///
    /// # Errors
    /// What `fill` returns, or [`FillError`] where the database refuses rows.
    pub fn fill<T, E: From<FillError>>(
        &mut self,
        tables: &'static [TableSpec],
        fill: impl FnOnce(&mut dyn RowWriter) -> Result<T, E>,
    ) -> Result<T, E> {
        match &mut self.conn {
            Backend::Sqlite(conn) => sqlite::fill(conn, tables, fill),
            #[cfg(feature = "postgres")]
            Backend::Postgres(conn) => super::postgres::fill(conn, tables, fill),
        }
    }

    fn migrate(&mut self) -> Result<(), FillError> {
        match &mut self.conn {
            Backend::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(drop),
            #[cfg(feature = "postgres")]
            Backend::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(drop),
        }
        .map_err(|_| FillError::Migrate)
    }

    fn refuse_other_tables(&mut self, tables: &[TableSpec]) -> Result<(), FillError> {
        let names = self.names(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1",
        )?;
        let other = names.into_iter().find(|n| n != HARNESS && tables.iter().all(|t| t.name != n));
        other.map_or(Ok(()), |name| Err(FillError::NotEmpty { what: format!("the table {name}") }))
    }

    fn refuse_rows(&mut self, tables: &[TableSpec]) -> Result<(), FillError> {
        for table in tables {
            let any = format!("SELECT '{0}' AS name WHERE EXISTS (SELECT 1 FROM {0})", table.name);
            if !self.names(&any, &any)?.is_empty() {
                return Err(FillError::NotEmpty { what: format!("rows of {}", table.name) });
            }
        }
        Ok(())
    }

    fn names(&mut self, on_sqlite: &str, on_postgres: &str) -> Result<Vec<String>, FillError> {
        #[cfg(not(feature = "postgres"))]
        let _ = on_postgres;
        let rows: Vec<Name> = match &mut self.conn {
            Backend::Sqlite(conn) => {
                sql_query(on_sqlite).load(conn).map_err(|_| FillError::Open { backend: "SQLite" })?
            }
            #[cfg(feature = "postgres")]
            Backend::Postgres(conn) => {
                sql_query(on_postgres).load(conn).map_err(|_| FillError::Open { backend: "PostgreSQL" })?
            }
        };
        Ok(rows.into_iter().map(|row| row.name).collect())
    }
}
