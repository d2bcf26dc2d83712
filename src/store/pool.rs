//! The store: a pool of connections and the two ways to use one.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};
use secrecy::SecretString;

use super::audit::{hash_of, take_appended};
use super::connection::{Conn, Manager};
use super::error::StoreError;
use super::mark::Mark;
use super::migrations;

/// The desk's database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    backend: &'static str,
    mark: Option<Arc<Mark>>,
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
        Ok(Self { pool, backend, mark: None })
    }

    /// Keeps in the file at `path` how far the audit trail has come, after each transaction that went on with it.
    ///
    /// # Errors
    /// The operating system's, if the file cannot be made.
    pub fn with_mark(mut self, path: &Path) -> std::io::Result<Self> {
        self.mark = Some(Arc::new(Mark::open(path)?));
        Ok(self)
    }

    /// The number and hash of the last entry of the audit trail that was ever noted; none if nothing was.
    #[must_use]
    pub fn marked(&self) -> Option<(i64, String)> {
        self.mark.as_ref().and_then(|mark| mark.read())
    }

    /// Sets that note, also back: the trail of a restored backup ends where it ends.
    ///
    /// # Errors
    /// The operating system's.
    pub fn mark_anew(&self, seq: i64, hash: &str) -> std::io::Result<()> {
        self.mark.as_ref().map_or(Ok(()), |mark| mark.put(seq, hash))
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
        // What an earlier transaction of this thread left behind was not committed.
        let _ = take_appended();
        let mut conn = self.connection()?;
        let value = conn.write(work)?;
        if let (Some(appended), Some(mark)) = (take_appended(), &self.mark) {
            mark.note(&appended, |seq| hash_of(&mut conn, seq));
        }
        Ok(value)
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

    /// Applies those of `versions` that are missing, as a backup of an older version needs them.
    ///
    /// # Errors
    /// [`StoreError::Query`] naming the migration that failed.
    pub fn migrate_to(&self, versions: &[String]) -> Result<Vec<String>, StoreError> {
        migrations::up_to(&mut *self.connection()?, versions)
    }

    /// The versions of the migrations that are applied.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub fn migrations_applied(&self) -> Result<Vec<String>, StoreError> {
        migrations::applied(&mut *self.connection()?)
    }

    /// The versions of all migrations that are built in.
    #[must_use]
    pub fn migrations_known() -> Vec<String> {
        migrations::known()
    }

    /// Undoes every migration, newest first; returns their names. Everything is gone then: for a restore, and for tests.
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
