//! The schema's migrations, embedded in the program, the same versions on both databases.

use diesel::backend::Backend;
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

enum Direction {
    Up,
    Down,
    Missing,
}

fn each(conn: &mut Conn, direction: Direction) -> Result<Vec<String>, StoreError> {
    match conn {
        Conn::Sqlite(inner) => run(inner, SQLITE, direction),
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => run(inner, POSTGRES, direction),
    }
}

fn run<DB: Backend>(
    harness: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
    direction: Direction,
) -> Result<Vec<String>, StoreError> {
    let versions = match direction {
        Direction::Up => harness.run_pending_migrations(source).map(names),
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
