//! A read-only PostgreSQL session. All searches stand in one REPEATABLE READ transaction, so that they see the
//! database at one moment; each has its savepoint, so that one that fails does not take the others with it.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::result::{DatabaseErrorKind, Error};
use secrecy::ExposeSecret;

use crate::datamap::{Everything, LiveSchema};
use crate::sources::error::SourceError;
use crate::sources::query::{Account, Limits, RowQuery, Source, SourceRow};
use crate::sources::url::SourceUrl;
use crate::tunnel::{self, Address, Leash};

use super::{account, references, rows, schema};

/// A PostgreSQL database.
pub(in crate::sources) struct PostgresSource {
    url: SourceUrl,
    limits: Limits,
    state: State,
}

/// How much longer than the server we wait before we take it for dead: it ends a search that takes too long by itself.
pub(super) const GRACE: Duration = Duration::from_secs(2);

enum State {
    /// Not yet connected, or the connection was lost.
    Apart,
    Joined(PgConnection, Leash),
    /// Connecting failed; it is not tried again for every collection.
    Failed(SourceError),
}

impl PostgresSource {
    pub(in crate::sources) fn new(url: SourceUrl, limits: Limits) -> Self {
        Self { url, limits, state: State::Apart }
    }

    fn conn(&mut self) -> Result<(&mut PgConnection, &Leash), SourceError> {
        if matches!(self.state, State::Apart) {
            self.state = match connect(self.url.expose(), self.limits) {
                Ok((conn, leash)) => State::Joined(conn, leash),
                Err(error) => State::Failed(error),
            };
        }
        match &mut self.state {
            State::Joined(conn, leash) => Ok((conn, leash)),
            State::Failed(error) => Err(error.clone()),
            State::Apart => Err(SourceError::Unreachable),
        }
    }

    /// Runs `work` behind a savepoint. If the connection did not survive, the next search makes a new one.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut PgConnection) -> Result<T, Failure>) -> Result<T, SourceError> {
        let limit = self.limits.search;
        let (conn, leash) = self.conn()?;
        let began = Instant::now();
        leash.take(limit.saturating_add(GRACE));
        let result = conn.batch_execute("SAVEPOINT search").map_err(Failure::from).and_then(|()| work(conn));
        let after = if result.is_ok() { "RELEASE SAVEPOINT search" } else { "ROLLBACK TO SAVEPOINT search" };
        let alive = conn.batch_execute(after).is_ok();
        leash.let_go();
        if !alive {
            self.state = State::Apart;
        }
        result.map_err(|failure| match failure {
            Failure::Garbled => SourceError::Garbled,
            // The server's words depend on its language; the time that passed does not.
            Failure::Database(_) if began.elapsed() + Duration::from_millis(50) >= limit => {
                SourceError::TimedOut(limit)
            }
            Failure::Database(_) if !alive => SourceError::Lost,
            Failure::Database(Error::DatabaseError(DatabaseErrorKind::ClosedConnection, _)) => SourceError::Lost,
            Failure::Database(_) => SourceError::Refused,
        })
    }
}

/// What went wrong within a search.
pub(super) enum Failure {
    Database(Error),
    Garbled,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl Source for PostgresSource {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        self.guarded(|conn| schema::read(conn, Some(names)))
    }

    fn everything(&mut self, _names: &[&str]) -> Result<Everything, SourceError> {
        self.guarded(|conn| Ok(Everything { schema: schema::read(conn, None)?, references: references::read(conn)? }))
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        self.guarded(account::read)
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        self.guarded(|conn| rows::read(conn, query, rows::Lock::Free, each))
    }
}

fn connect(url: &str, limits: Limits) -> Result<(PgConnection, Leash), SourceError> {
    reach(url, limits, reading)
}

/// A connection whose session `prepare` has set up.
pub(super) fn reach(
    url: &str,
    limits: Limits,
    prepare: fn(&mut PgConnection, Limits) -> Option<()>,
) -> Result<(PgConnection, Leash), SourceError> {
    let tunnel = tunnel::open(&Address::read(url)?, limits.connect)?;
    tunnel.leash.take(limits.connect.saturating_add(GRACE));
    let mut conn = session(tunnel.url.expose_secret(), limits).ok_or(SourceError::Unreachable)?;
    prepare(&mut conn, limits).ok_or(SourceError::Unreachable)?;
    tunnel.leash.let_go();
    Ok((conn, tunnel.leash))
}

fn session(url: &str, limits: Limits) -> Option<PgConnection> {
    let mut address = url.to_owned();
    for (key, value) in
        [("connect_timeout", limits.connect.as_secs().max(2).to_string()), ("application_name", "rightsdesk".into())]
    {
        if !url.contains(&format!("{key}=")) {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&format!("{key}={value}"));
        }
    }
    let mut conn = PgConnection::establish(&address).ok()?;
    // A database without an encoding is asked for its bytes as they are: as UTF-8 the server would refuse the first row
    // that is none. By itself, since a transaction's isolation is chosen before its first query.
    conn.batch_execute(
        "SELECT set_config('client_encoding', 'SQL_ASCII', false) WHERE current_setting('server_encoding') = 'SQL_ASCII'",
    )
    .ok()?;
    Some(conn)
}

fn reading(conn: &mut PgConnection, limits: Limits) -> Option<()> {
    // The output settings make the same value the same text on every server. With row security off a policy that would
    // leave rows out makes the search fail: rows that are silently not there would look like nothing held.
    conn.batch_execute(&format!(
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; \
         SET statement_timeout = {millis}; SET idle_in_transaction_session_timeout = 0; \
         SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; \
         SET extra_float_digits = 1; SET row_security = off; \
         BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        millis = limits.search.as_millis()
    ))
    .ok()
}
