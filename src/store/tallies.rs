//! What the operator's monitoring counts: tallies that outlive a process, and counts of what there is. No case, no person.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{cases, jobs, tallies};

/// Adds to a tally.
///
/// # Errors
/// [`StoreError`].
pub fn tally_add(conn: &mut Conn, name: &str, label: &str, by: i64) -> Result<(), StoreError> {
    let add = diesel::sql_query(
        "INSERT INTO tallies (name, label, value) VALUES ($1, $2, $3) \
         ON CONFLICT (name, label) DO UPDATE SET value = tallies.value + excluded.value",
    )
    .bind::<Text, _>(name)
    .bind::<Text, _>(label)
    .bind::<BigInt, _>(by);
    match conn {
        Conn::Sqlite(inner) => add.execute(inner)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => add.execute(inner)?,
    };
    Ok(())
}

/// Every tally: name, label, value.
///
/// # Errors
/// [`StoreError`].
pub fn tallies_all(conn: &mut Conn) -> Result<Vec<(String, String, i64)>, StoreError> {
    Ok(tallies::table.order((tallies::name, tallies::label)).load(conn)?)
}

/// Jobs that are not done, by kind and state.
///
/// # Errors
/// [`StoreError`].
pub fn jobs_by_kind(conn: &mut Conn) -> Result<Vec<(String, String, i64)>, StoreError> {
    Ok(jobs::table
        .filter(jobs::state.ne("done"))
        .group_by((jobs::kind, jobs::state))
        .select((jobs::kind, jobs::state, diesel::dsl::count_star()))
        .order((jobs::kind, jobs::state))
        .load(conn)?)
}

/// Cases in these stages, by stage; of those only that are due from `from` to `to`, if given.
///
/// # Errors
/// [`StoreError`].
pub fn cases_by_stage(
    conn: &mut Conn,
    stages: &[&str],
    due: Option<(Option<NaiveDate>, NaiveDate)>,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut query = cases::table
        .filter(cases::stage.eq_any(stages.iter().map(ToString::to_string).collect::<Vec<_>>()))
        .group_by(cases::stage)
        .select((cases::stage, diesel::dsl::count_star()))
        .into_boxed();
    if let Some((from, to)) = due {
        query = query.filter(cases::due_on.le(to));
        if let Some(from) = from {
            query = query.filter(cases::due_on.ge(from));
        }
    }
    Ok(query.load(conn)?)
}
