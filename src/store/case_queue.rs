//! The queue of cases: oldest due date first, a page at a time by key, and its counts.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::cases::CaseRow;
use super::connection::Conn;
use super::error::StoreError;
use super::schema::{case_identifiers, cases};
use crate::case::{CaseId, Stage};
use crate::deadline::Right;

#[diesel::declare_sql_function]
extern "SQL" {
    /// SQL's `lower`: on SQLite the letters A to Z only.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Whose cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Of nobody yet.
    Nobody,
    /// Of this member of staff.
    Of(String),
}

/// What the queue is narrowed to; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// At one of these stages.
    pub stages: Vec<Stage>,
    /// Of this right.
    pub right: Option<Right>,
    /// Whose.
    pub whose: Option<Whose>,
    /// Due before this date, or with a due date that was missed before.
    pub overdue_on: Option<NaiveDate>,
    /// Due on this date or later, and none was missed.
    pub due_from: Option<NaiveDate>,
    /// Due on this date or earlier.
    pub due_until: Option<NaiveDate>,
    /// Without a due date.
    pub undated: bool,
    /// A reference, part of the subject's or requester's name, or an e-mail address.
    pub text: Option<String>,
}

/// A place in the queue: after the case with this due date and identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePlace {
    /// Its due date; cases without one come last.
    pub due_on: Option<NaiveDate>,
    /// Its identifier.
    pub id: CaseId,
}

type Query = diesel::helper_types::IntoBoxed<'static, cases::table, <Conn as diesel::Connection>::Backend>;

fn narrowed(filter: &QueueFilter) -> Query {
    let mut query = cases::table.into_boxed();
    if !filter.stages.is_empty() {
        let stages: Vec<&'static str> = filter.stages.iter().map(|stage| stage.as_str()).collect();
        query = query.filter(cases::stage.eq_any(stages));
    }
    if let Some(right) = filter.right {
        query = query.filter(cases::right_asked.eq(right.as_str()));
    }
    match &filter.whose {
        Some(Whose::Nobody) => query = query.filter(cases::assignee_id.is_null()),
        Some(Whose::Of(staff)) => query = query.filter(cases::assignee_id.eq(staff.clone())),
        None => {}
    }
    if let Some(date) = filter.overdue_on {
        query = query.filter(cases::due_on.lt(date).assume_not_null().or(cases::missed_on.is_not_null()));
    }
    if let Some(date) = filter.due_from {
        query = query.filter(cases::due_on.ge(date)).filter(cases::missed_on.is_null());
    }
    if let Some(date) = filter.due_until {
        query = query.filter(cases::due_on.le(date));
    }
    if filter.undated {
        query = query.filter(cases::due_on.is_null());
    }
    if let Some(text) = &filter.text {
        let pattern =
            format!("%{}%", text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let known = case_identifiers::table
            .filter(case_identifiers::normal.eq(crate::subject::normal_email(text)))
            .select(case_identifiers::case_id);
        query = query.filter(
            cases::reference
                .eq(text.trim().to_uppercase())
                .or(lower(cases::subject_name).like(pattern.clone()).escape('\\'))
                .or(lower(cases::requester_name).like(pattern.clone()).escape('\\'))
                .or(lower(cases::requester_email).like(pattern).escape('\\'))
                .or(cases::id.eq_any(known)),
        );
    }
    query
}

/// The cases that the filter takes, oldest due date first and those without one last, after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn queue_page(
    conn: &mut Conn,
    filter: &QueueFilter,
    after: Option<&QueuePlace>,
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    // The databases do not agree where NULL stands in an order: dated cases first, then the others.
    let mut found: Vec<CaseRow> = Vec::new();
    if after.is_none_or(|place| place.due_on.is_some()) && !filter.undated {
        let mut dated = narrowed(filter).filter(cases::due_on.is_not_null());
        if let Some(QueuePlace { due_on: Some(due), id }) = after {
            let later = cases::due_on.gt(*due).assume_not_null();
            let beside = cases::due_on.eq(*due).assume_not_null().and(cases::id.gt(id.to_string()));
            dated = dated.filter(later.or(beside));
        }
        found = dated.order((cases::due_on, cases::id)).limit(limit).load(conn)?;
    }
    let left = limit - crate::base::i64_from(found.len());
    if left > 0 && filter.due_from.is_none() && filter.due_until.is_none() {
        let mut undated = narrowed(filter).filter(cases::due_on.is_null());
        if let Some(QueuePlace { due_on: None, id }) = after {
            undated = undated.filter(cases::id.gt(id.to_string()));
        }
        found.extend(undated.order(cases::id).limit(left).load::<CaseRow>(conn)?);
    }
    Ok(found)
}

/// How many cases the filter takes.
///
/// # Errors
/// [`StoreError`].
pub fn queue_count(conn: &mut Conn, filter: &QueueFilter) -> Result<i64, StoreError> {
    Ok(narrowed(filter).count().get_result(conn)?)
}

/// What the dashboard reads of an open case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OpenCaseRow {
    /// [`Stage`] as its word.
    pub stage: String,
    /// Who works on it.
    pub assignee_id: Option<String>,
    /// The date shown as due.
    pub due_on: Option<NaiveDate>,
    /// A due date that was missed before.
    pub missed_on: Option<NaiveDate>,
}

impl OpenCaseRow {
    /// Where it stands.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn stage(&self) -> Result<Stage, StoreError> {
        super::error::stored(&self.stage, "stage")
    }
}

/// Every open case, as the dashboard counts it.
///
/// # Errors
/// [`StoreError`].
pub fn open_cases(conn: &mut Conn) -> Result<Vec<OpenCaseRow>, StoreError> {
    Ok(cases::table
        .filter(cases::stage.eq_any(super::cases::open_stages()))
        .select((cases::stage, cases::assignee_id, cases::due_on, cases::missed_on))
        .load(conn)?)
}

/// When the requests since `since` arrived.
///
/// # Errors
/// [`StoreError`].
pub fn received_since(conn: &mut Conn, since: NaiveDate) -> Result<Vec<NaiveDate>, StoreError> {
    Ok(cases::table.filter(cases::received_on.ge(since)).select(cases::received_on).load(conn)?)
}

/// When cases were released, refused, withdrawn or left to lapse since `since`.
///
/// # Errors
/// [`StoreError`].
pub fn answered_since(conn: &mut Conn, since: NaiveDate) -> Result<Vec<chrono::NaiveDateTime>, StoreError> {
    let from = since.and_time(chrono::NaiveTime::MIN);
    let released: Vec<Option<chrono::NaiveDateTime>> =
        cases::table.filter(cases::released_at.ge(from)).select(cases::released_at).load(conn)?;
    let others: Vec<Option<chrono::NaiveDateTime>> = cases::table
        .filter(cases::released_at.is_null())
        .filter(cases::closed_at.ge(from))
        .select(cases::closed_at)
        .load(conn)?;
    Ok(released.into_iter().chain(others).flatten().collect())
}
