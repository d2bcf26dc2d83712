//! The store: a pool of connections and the two ways to use one.

use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};
use secrecy::SecretString;

use super::connection::{Conn, Manager};
use super::error::StoreError;
use super::migrations;

/// The desk's database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    backend: &'static str,
}

impl Store {
    /// Opens the database at `url` with at most `connections` connections, of which one is tried at once.
    ///
    /// # Errors
    /// [`StoreError::Query`] with the reason if it cannot be opened.
    pub fn open(url: &SecretString, connections: u32) -> Result<Self, StoreError> {
        let manager = Manager::new(url.clone());
        let first = manager.open().map_err(|e| StoreError::Query(connection_problem(&e)))?;
        let backend = match first {
            Conn::Sqlite(_) => "sqlite",
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => "postgres",
        };
        drop(first);
        let pool = Pool::builder()
            .max_size(connections.max(1))
            .min_idle(Some(0))
            .connection_timeout(Duration::from_secs(15))
            .error_handler(Box::new(Quiet))
            .build_unchecked(manager);
        Ok(Self { pool, backend })
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub fn backend(&self) -> &'static str {
        self.backend
    }

    /// Runs `work` in one writing transaction: all of it is kept, or none. Blocks.
    ///
    /// # Errors
    /// What `work` returns, or [`StoreError`].
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.connection()?.write(work)
    }

    /// Runs `work` on one consistent view of the database, which it must not change. Blocks.
    ///
    /// # Errors
    /// What `work` returns, or [`StoreError`].
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.connection()?.read(work)
    }

    /// Applies every migration that is missing; returns their names.
    ///
    /// # Errors
    /// [`StoreError::Query`] naming the migration that failed.
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        migrations::up(&mut *self.connection()?)
    }

    /// Undoes every migration, newest first; returns their names. For tests of the migrations alone.
    ///
    /// # Errors
    /// [`StoreError::Query`] naming the migration that failed.
    pub fn revert_all(&self) -> Result<Vec<String>, StoreError> {
        migrations::down(&mut *self.connection()?)
    }

    /// The migrations that are built in and not applied.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub fn migrations_missing(&self) -> Result<Vec<String>, StoreError> {
        migrations::missing(&mut *self.connection()?)
    }

    fn connection(&self) -> Result<PooledConnection<Manager>, StoreError> {
        self.pool.get().map_err(|_| StoreError::Busy)
    }
}

/// The pool's own failures come back to the caller; nothing is printed here, where a URL could slip in.
#[derive(Debug)]
struct Quiet;

impl<E> diesel::r2d2::HandleError<E> for Quiet {
    fn handle_error(&self, _error: E) {}
}

/// A connection failure in words, without the URL (it holds a password).
fn connection_problem(error: &diesel::ConnectionError) -> String {
    if let diesel::ConnectionError::BadConnection(why) = error {
        return format!("it cannot be opened: {}", why.trim());
    }
    error.to_string()
}
