//! A read-only session of a MariaDB or MySQL server. All searches stand in one read-only transaction with one
//! snapshot; tables of an engine without transactions (MyISAM, Aria) are read as they are at the time.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, DriverError, Error, IoError};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::datamap::{Everything, LiveSchema};
use crate::sources::error::SourceError;
use crate::sources::query::{Account, Limits, RowQuery, Source, SourceRow};
use crate::sources::url::SourceUrl;
use crate::tunnel::TunnelFault;

use super::address::{Address, Tls};
use super::{account, references, rows, schema};

/// How much longer than the server we wait before we take it for dead.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// The server's own words for a statement that ran out of time: MariaDB's, MySQL's, and an interruption.
pub(super) const OUT_OF_TIME: [u16; 3] = [1969, 3024, 1317];
/// "Connection was killed", "Server shutdown in progress".
pub(super) const ENDED: [u16; 2] = [1927, 1053];
/// "Unknown system variable".
const UNKNOWN_VARIABLE: u16 = 1193;

/// A MariaDB or MySQL database.
pub(in crate::sources) struct MariadbSource {
    url: SourceUrl,
    limits: Limits,
    state: State,
}

enum State {
    /// Not yet connected, or the connection was lost.
    Apart,
    Joined(Box<Joined>),
    /// Connecting failed; it is not tried again for every collection.
    Failed(SourceError),
}

/// The driver is asynchronous: each connector has a small runtime of its own, on the thread that calls it. The
/// connection is dropped before what it runs on.
pub(super) struct Joined {
    pub(super) conn: Conn,
    pub(super) runtime: Runtime,
}

/// What went wrong within a search.
pub(super) enum Failure {
    Database(Error),
    Garbled,
    /// The caller wanted no more rows; those that are left stand in the connection's way.
    Broke,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl MariadbSource {
    pub(in crate::sources) fn new(url: SourceUrl, limits: Limits) -> Self {
        Self { url, limits, state: State::Apart }
    }

    fn joined(&mut self) -> Result<&mut Joined, SourceError> {
        if matches!(self.state, State::Apart) {
            self.state = match join(&self.url, self.limits, prepare) {
                Ok(joined) => State::Joined(Box::new(joined)),
                Err(error) => State::Failed(error),
            };
        }
        match &mut self.state {
            State::Joined(joined) => Ok(joined),
            State::Failed(error) => Err(error.clone()),
            State::Apart => Err(SourceError::Unreachable),
        }
    }

    /// Runs `work`. If the connection did not survive it, the next search makes a new one.
    fn guarded<T>(&mut self, work: impl AsyncFnOnce(&mut Conn) -> Result<T, Failure>) -> Result<T, SourceError> {
        let limit = self.limits.search;
        let Joined { conn, runtime } = self.joined()?;
        let began = Instant::now();
        let done = runtime.block_on(async { timeout(limit.saturating_add(GRACE), work(conn)).await });
        let (error, alive) = match done {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(failure)) => told(&failure, began.elapsed(), limit),
            Err(_) => (SourceError::TimedOut(limit), false),
        };
        if !alive {
            self.state = State::Apart;
        }
        Err(error)
    }
}

/// What to say of a failure, and whether the connection can go on.
pub(super) fn told(failure: &Failure, took: Duration, limit: Duration) -> (SourceError, bool) {
    match failure {
        Failure::Garbled | Failure::Broke => (SourceError::Garbled, false),
        Failure::Database(Error::Server(server)) if ENDED.contains(&server.code) => (SourceError::Lost, false),
        Failure::Database(Error::Server(server)) if OUT_OF_TIME.contains(&server.code) && took >= limit / 2 => {
            (SourceError::TimedOut(limit), true)
        }
        Failure::Database(Error::Server(_)) => (SourceError::Refused, true),
        Failure::Database(Error::Io(_) | Error::Driver(DriverError::ConnectionClosed)) => (SourceError::Lost, false),
        Failure::Database(Error::Driver(_) | Error::Other(_) | Error::Url(_)) => (SourceError::Garbled, false),
    }
}

impl Source for MariadbSource {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        self.guarded(async |conn| schema::read(conn, Some(names)).await)
    }

    fn everything(&mut self, _names: &[&str]) -> Result<Everything, SourceError> {
        self.guarded(async |conn| {
            Ok(Everything { schema: schema::read(conn, None).await?, references: references::read(conn).await? })
        })
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        self.guarded(async |conn| account::read(conn).await)
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        let mut broke = false;
        let result = self.guarded(async |conn| {
            let done = rows::read(conn, query, "", each).await;
            broke = matches!(done, Err(Failure::Broke));
            done
        });
        if broke { Ok(()) } else { result }
    }
}

/// A connection whose session `prepare` has set up.
pub(super) fn join(
    url: &SourceUrl,
    limits: Limits,
    prepare: impl AsyncFnOnce(&mut Conn, Limits) -> Result<(), Error>,
) -> Result<Joined, SourceError> {
    // It was read once when the address was taken.
    let address = Address::read(url.expose()).map_err(|_| SourceError::Unreachable)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|_| SourceError::Unreachable)?;
    let conn = runtime.block_on(async {
        timeout(limits.connect, session(&address, limits, prepare)).await.map_err(|_| SourceError::Unreachable)?
    })?;
    Ok(Joined { conn, runtime })
}

async fn session(
    address: &Address,
    limits: Limits,
    prepare: impl AsyncFnOnce(&mut Conn, Limits) -> Result<(), Error>,
) -> Result<Conn, SourceError> {
    let mut conn = match Conn::new(address.opts(address.tls != Tls::Off)?).await {
        // A server without TLS, and no demand that there be any.
        Err(Error::Driver(DriverError::NoClientSslFlagFromServer)) if address.tls == Tls::Prefer => {
            Conn::new(address.opts(false)?).await.map_err(|error| why(&error))?
        }
        other => other.map_err(|error| why(&error))?,
    };
    prepare(&mut conn, limits).await.map_err(|_| SourceError::Unreachable)?;
    Ok(conn)
}

async fn prepare(conn: &mut Conn, limits: Limits) -> Result<(), Error> {
    // The same value is the same text on every server: one character set, times in UTC, no mode of the server's own.
    // The server waits for us while we write what it sent; a table that is being altered is not waited for a day.
    conn.query_drop(format!(
        "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = '', SESSION net_write_timeout = 600, \
         SESSION lock_wait_timeout = {}",
        limits.search.as_secs().max(1)
    ))
    .await?;
    let millis = limits.search.as_millis();
    let maria = format!("SET SESSION max_statement_time = {}.{:03}", millis / 1_000, millis % 1_000);
    if let Err(error) = conn.query_drop(maria).await {
        unknown_variable(error)?;
        // MySQL before 5.7.8 has neither; there our own patience alone ends a search.
        if let Err(error) = conn.query_drop(format!("SET SESSION max_execution_time = {millis}")).await {
            unknown_variable(error)?;
        }
    }
    conn.query_drop("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
    conn.query_drop("SET SESSION TRANSACTION READ ONLY").await?;
    conn.query_drop("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await
}

fn unknown_variable(error: Error) -> Result<(), Error> {
    match &error {
        Error::Server(server) if server.code == UNKNOWN_VARIABLE => Ok(()),
        Error::Server(_) | Error::Driver(_) | Error::Io(_) | Error::Other(_) | Error::Url(_) => Err(error),
    }
}

/// Why no connection was made.
fn why(error: &Error) -> SourceError {
    let tls = match error {
        Error::Driver(DriverError::NoClientSslFlagFromServer) => return TunnelFault::NoTls.into(),
        Error::Io(IoError::Tls(mysql_async::TlsError::Tls(tls))) => Some(tls),
        Error::Io(IoError::Tls(_)) => return TunnelFault::CaFile.into(),
        Error::Io(IoError::Io(io)) => io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()),
        Error::Driver(_) | Error::Server(_) | Error::Other(_) | Error::Url(_) => None,
    };
    tls.map_or(SourceError::Unreachable, |tls| TunnelFault::of_handshake(tls).into())
}
