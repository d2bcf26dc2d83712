//! The schema's migrations, embedded in the program, the same versions on both databases.

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::Conn;
use super::error::StoreError;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/desk/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/desk/postgres");

pub(super) fn up(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    each(conn, Direction::Up)
}

pub(super) fn down(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    each(conn, Direction::Down)
}

pub(super) fn missing(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    each(conn, Direction::Missing)
}

pub(super) fn up_to(conn: &mut Conn, versions: &[String]) -> Result<Vec<String>, StoreError> {
    each(conn, Direction::UpTo(versions))
}

pub(super) fn applied(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    each(conn, Direction::Applied)
}

pub(super) fn known() -> Vec<String> {
    let all: Result<Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>>, _> = SQLITE.migrations();
    let mut versions: Vec<String> =
        all.unwrap_or_default().iter().map(|migration| migration.name().version().to_string()).collect();
    versions.sort();
    versions
}

enum Direction<'v> {
    Up,
    /// Those of these versions.
    UpTo(&'v [String]),
    Down,
    Missing,
    Applied,
}

fn each(conn: &mut Conn, direction: Direction<'_>) -> Result<Vec<String>, StoreError> {
    match conn {
        Conn::Sqlite(inner) => run(inner, SQLITE, direction),
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => run(inner, POSTGRES, direction),
    }
}

fn run<DB: Backend>(
    harness: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
    direction: Direction<'_>,
) -> Result<Vec<String>, StoreError> {
    let versions = match direction {
        Direction::Up => harness.run_pending_migrations(source).map(names),
        Direction::UpTo(wanted) => harness.pending_migrations(source).and_then(|pending| {
            let wanted = pending.iter().filter(|migration| wanted.contains(&migration.name().version().to_string()));
            wanted.map(|migration| harness.run_migration(migration).map(|version| version.to_string())).collect()
        }),
        Direction::Applied => harness.applied_migrations().map(|versions| {
            let mut versions = names(versions);
            versions.sort();
            versions
        }),
        Direction::Down => harness.revert_all_migrations(source).map(names),
        Direction::Missing => {
            harness.pending_migrations(source).map(|pending| pending.iter().map(|m| m.name().to_string()).collect())
        }
    };
    versions.map_err(|e| StoreError::Query(format!("a migration failed: {e}")))
}

fn names(versions: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}
