//! One connection type over both databases, and how one is opened.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, R2D2Connection};
use secrecy::{ExposeSecret, SecretString};

use super::error::StoreError;
#[cfg(feature = "postgres")]
use crate::tunnel::{self, Address, TunnelFault};

/// How long the desk's own server may take to answer.
#[cfg(feature = "postgres")]
const CONNECT: std::time::Duration = std::time::Duration::from_secs(10);

/// A connection to the desk's database, whichever it is.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// Embedded SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

/// Opens and checks connections for the pool. Chooses by the URL's scheme, which Diesel's own multi-connection does by
/// trying each backend in turn, hiding PostgreSQL's reason for a failure.
pub(super) struct Manager {
    url: SecretString,
}

impl Manager {
    pub(super) fn new(url: SecretString) -> Self {
        Self { url }
    }

    pub(super) fn open(&self) -> Result<Conn, ConnectionError> {
        let url = self.url.expose_secret();
        if let Some(path) = url.strip_prefix("sqlite://") {
            make_private(path);
            let mut conn = SqliteConnection::establish(path)?;
            // Write-ahead logging lets readers go on while one writes; FULL keeps a committed change over a power cut;
            // recursive triggers make REPLACE fire the triggers that protect the audit trail.
            conn.batch_execute(
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF;",
            )
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
            return Ok(Conn::Sqlite(conn));
        }
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let mut conn = postgres(url)?;
            conn.batch_execute("SET TIME ZONE 'UTC'; SET application_name = 'rightsdesk'; SET lock_timeout = '10s'")
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            return Ok(Conn::Postgres(conn));
        }
        Err(ConnectionError::BadConnection(
            "database.url must begin with sqlite:// (and a path) or postgres://".to_owned(),
        ))
    }
}

/// libpq goes to the server by itself, unless the address asks for encryption, which the one compiled in does not know.
#[cfg(feature = "postgres")]
fn postgres(url: &str) -> Result<PgConnection, ConnectionError> {
    let fault = |fault: TunnelFault| ConnectionError::BadConnection(fault.to_string());
    let address = Address::read(url).map_err(fault)?;
    if !address.asks_for_tls() {
        return PgConnection::establish(address.plain().expose_secret());
    }
    let tunnel = tunnel::open(&address, CONNECT).map_err(fault)?;
    PgConnection::establish(tunnel.url.expose_secret())
}

/// Makes the database's file, if it is not there, readable by its owner alone; SQLite gives its companions the same
/// rights. If it cannot be made, SQLite says why.
fn make_private(path: &str) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        match conn {
            Conn::Sqlite(inner) => std::thread::panicking() || inner.is_broken(),
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => std::thread::panicking() || inner.is_broken(),
        }
    }
}

impl Conn {
    /// Runs `work` in one writing transaction: all of it is kept, or none.
    ///
    /// SQLite takes its write lock at once (`BEGIN IMMEDIATE`): a deferred transaction that turns into a writing one
    /// fails under contention without waiting.
    pub(super) fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = match self {
            Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE"),
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN"),
        };
        begun.map_err(|e| E::from(StoreError::from(e)))?;
        self.end(work)
    }

    /// Runs `work` on one consistent view of the database, which it must not change.
    pub(super) fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = match self {
            Conn::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN"),
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => {
                AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
        };
        begun.map_err(|e| E::from(StoreError::from(e)))?;
        self.end(work)
    }

    fn end<T, E: From<StoreError>>(&mut self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        match work(self) {
            Ok(value) => {
                self.finish(true).map_err(|e| E::from(StoreError::from(e)))?;
                Ok(value)
            }
            Err(error) => {
                // The work's own error says more than a failure to roll back; a broken connection leaves the pool.
                let _ = self.finish(false);
                Err(error)
            }
        }
    }

    fn finish(&mut self, keep: bool) -> QueryResult<()> {
        fn on<C>(conn: &mut C, keep: bool) -> QueryResult<()>
        where
            C: Connection<TransactionManager = AnsiTransactionManager>,
        {
            if keep {
                AnsiTransactionManager::commit_transaction(conn)
            } else {
                AnsiTransactionManager::rollback_transaction(conn)
            }
        }
        match self {
            Conn::Sqlite(inner) => on(inner, keep),
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => on(inner, keep),
        }
    }
}
