//! Cases, their identifiers and the dated facts of their clock.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{case_identifiers, cases, counters};
use crate::base::Moment;
use crate::case::{CaseId, Channel, Relationship, Stage};
use crate::deadline::Right;
use crate::subject::{Identifier, IdentifierKind};

#[diesel::declare_sql_function]
extern "SQL" {
    /// SQL's `lower`: on SQLite the letters A to Z only.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// A case as it is kept. Words of closed vocabularies are read through the methods below.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = cases, treat_none_as_null = true)]
pub struct CaseRow {
    /// [`CaseId`] as text.
    pub id: String,
    /// `DR-2026-000123`.
    pub reference: String,
    /// [`Right`] as its word.
    pub right_asked: String,
    /// [`Stage`] as its word.
    pub stage: String,
    /// [`Channel`] as its word.
    pub channel: String,
    /// The local date of receipt.
    pub received_on: NaiveDate,
    /// The data subject's name as given.
    pub subject_name: String,
    /// Only where it was needed and given.
    pub date_of_birth: Option<NaiveDate>,
    /// What the requester wrote.
    pub details: Option<String>,
    /// The scope as JSON.
    pub scope: String,
    /// [`Relationship`] as its word.
    pub relationship: String,
    /// Who asked.
    pub requester_name: String,
    /// Where they are reached; empty where they gave no e-mail address.
    pub requester_email: String,
    /// When the identity was confirmed.
    pub verified_at: Option<NaiveDateTime>,
    /// Who works on it.
    pub assignee_id: Option<String>,
    /// The clock's state as its word.
    pub clock_state: String,
    /// The date shown as due.
    pub due_on: Option<NaiveDate>,
    /// The last lawful date on the literal reading.
    pub statutory_latest: Option<NaiveDate>,
    /// The last day for a notice of extension.
    pub extension_notice_by: Option<NaiveDate>,
    /// Who sent the review for sign-off.
    pub decided_by: Option<String>,
    /// Who signed it off.
    pub approved_by: Option<String>,
    /// When the answer was released.
    pub released_at: Option<NaiveDateTime>,
    /// When the case was closed.
    pub closed_at: Option<NaiveDateTime>,
    /// Counts the changes; the API's `ETag`.
    pub version: i64,
    /// When the row was made.
    pub created_at: NaiveDateTime,
    /// When it was last changed.
    pub updated_at: NaiveDateTime,
    /// A due date that had passed before proof or a fee was asked for.
    pub missed_on: Option<NaiveDate>,
    /// When the timer looks at it next; none once nothing more can fall due. Every change sets it to the day of the
    /// change, so that the timer decides again.
    pub look_on: Option<NaiveDate>,
    /// [`Stage`] as its word: where it stood when it lapsed, while it is lapsed.
    pub lapsed_from: Option<String>,
    /// When it was last reopened after a lapse.
    pub reopened_on: Option<NaiveDate>,
}

impl CaseRow {
    /// The case's identifier.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored text is not one.
    pub fn case_id(&self) -> Result<CaseId, StoreError> {
        stored(&self.id, "case identifier")
    }

    /// Where the case stands.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn stage(&self) -> Result<Stage, StoreError> {
        stored(&self.stage, "stage")
    }

    /// Where the case stood when it lapsed, while it is lapsed.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn lapsed_from(&self) -> Result<Option<Stage>, StoreError> {
        self.lapsed_from.as_deref().map(|word| stored(word, "stage")).transpose()
    }

    /// Which right is exercised.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn right(&self) -> Result<Right, StoreError> {
        stored(&self.right_asked, "right")
    }

    /// Whether somebody else asks for the data subject.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn relationship(&self) -> Result<Relationship, StoreError> {
        stored(&self.relationship, "relationship")
    }
}

/// What a new case is made from.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Its identifier.
    pub id: CaseId,
    /// Which right.
    pub right: Right,
    /// How it came.
    pub channel: Channel,
    /// The true local date of receipt.
    pub received_on: NaiveDate,
    /// The data subject's name.
    pub subject_name: String,
    /// Their date of birth, if given.
    pub date_of_birth: Option<NaiveDate>,
    /// What the requester wrote.
    pub details: Option<String>,
    /// The scope as JSON.
    pub scope: String,
    /// Who asks for whom.
    pub relationship: Relationship,
    /// Who asks.
    pub requester_name: String,
    /// Where they are reached; empty if nowhere by e-mail.
    pub requester_email: String,
    /// All identifiers of the subject.
    pub identifiers: Vec<Identifier>,
}

/// An identifier of a case's subject.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_identifiers)]
pub struct IdentifierRow {
    /// Its own identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// [`IdentifierKind`] as its word.
    pub kind: String,
    /// As given.
    pub value: String,
    /// The normal form, for searching.
    pub normal: String,
    /// When it was shown to be theirs.
    pub verified_at: Option<NaiveDateTime>,
}

impl IdentifierRow {
    /// As the domain knows it.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored kind is not known.
    pub fn identifier(&self) -> Result<Identifier, StoreError> {
        let kind = stored(&self.kind, "identifier kind")?;
        Ok(Identifier { kind, value: self.value.clone() })
    }
}

/// Adds a case with its identifiers, at stage [`Stage::AwaitingVerification`], and gives it the year's next reference.
///
/// # Errors
/// [`StoreError`].
pub fn case_insert(conn: &mut Conn, new: &NewCase, now: Moment) -> Result<CaseRow, StoreError> {
    use chrono::Datelike;
    let year = now.london_date().year();
    let number = next_number(conn, &format!("case-{year}"))?;
    let at = now.naive_utc();
    let row = CaseRow {
        id: new.id.to_string(),
        reference: format!("DR-{year}-{number:06}"),
        right_asked: new.right.to_string(),
        stage: Stage::AwaitingVerification.to_string(),
        channel: new.channel.to_string(),
        received_on: new.received_on,
        subject_name: new.subject_name.clone(),
        date_of_birth: new.date_of_birth,
        details: new.details.clone(),
        scope: new.scope.clone(),
        relationship: new.relationship.to_string(),
        requester_name: new.requester_name.clone(),
        requester_email: new.requester_email.clone(),
        verified_at: None,
        assignee_id: None,
        clock_state: "running".to_owned(),
        due_on: None,
        statutory_latest: None,
        extension_notice_by: None,
        decided_by: None,
        approved_by: None,
        released_at: None,
        closed_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
        missed_on: None,
        look_on: Some(now.london_date()),
        lapsed_from: None,
        reopened_on: None,
    };
    diesel::insert_into(cases::table).values(row.clone()).execute(conn)?;
    for identifier in &new.identifiers {
        let row = IdentifierRow {
            id: uuid::Uuid::now_v7().to_string(),
            case_id: new.id.to_string(),
            kind: identifier.kind.as_str().to_owned(),
            value: identifier.value.clone(),
            normal: identifier.normal(),
            verified_at: None,
        };
        diesel::insert_into(case_identifiers::table).values(row).execute(conn)?;
    }
    Ok(row)
}

/// The next number of the counter `name`, from 1. The row is locked until the transaction ends.
fn next_number(conn: &mut Conn, name: &str) -> Result<i64, StoreError> {
    use counters::dsl;
    // Of two first cases of a year at once the second waits here for the first.
    diesel::sql_query("INSERT INTO counters (name, value) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING")
        .bind::<diesel::sql_types::Text, _>(name)
        .execute(conn)?;
    diesel::update(dsl::counters.find(name)).set(dsl::value.eq(dsl::value + 1)).execute(conn)?;
    Ok(dsl::counters.find(name).select(dsl::value).first(conn)?)
}

/// The case with this identifier.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn case_by_id(conn: &mut Conn, id: CaseId) -> Result<CaseRow, StoreError> {
    cases::table.find(id.to_string()).first(conn).optional()?.ok_or(StoreError::NotFound("case"))
}

/// The case with this identifier, to be changed: nobody else changes it until the transaction ends. An act takes this lock
/// before it appends to the audit trail, so that two of them never wait for each other.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn case_for_change(conn: &mut Conn, id: CaseId) -> Result<CaseRow, StoreError> {
    let found = match conn {
        // The transaction holds SQLite's only write lock already.
        Conn::Sqlite(inner) => cases::table.find(id.to_string()).first(inner).optional()?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => cases::table.find(id.to_string()).for_no_key_update().first(inner).optional()?,
    };
    found.ok_or(StoreError::NotFound("case"))
}

/// The case with this reference, in any letter case.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn case_by_reference(conn: &mut Conn, reference: &str) -> Result<CaseRow, StoreError> {
    cases::table
        .filter(cases::reference.eq(reference.trim().to_uppercase()))
        .first(conn)
        .optional()?
        .ok_or(StoreError::NotFound("case"))
}

/// The references of these cases, each with the case's identifier.
///
/// # Errors
/// [`StoreError`].
pub fn case_references(conn: &mut Conn, ids: Vec<String>) -> Result<Vec<(String, String)>, StoreError> {
    Ok(cases::table.filter(cases::id.eq_any(ids)).select((cases::id, cases::reference)).load(conn)?)
}

/// Keeps the changed `row` if nobody changed it since it was loaded; its version and time of change move on, and the
/// timer looks at it again.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody did.
pub fn case_update(conn: &mut Conn, mut row: CaseRow, now: Moment) -> Result<CaseRow, StoreError> {
    let loaded = row.version;
    row.version += 1;
    row.updated_at = now.naive_utc();
    row.look_on = Some(now.london_date());
    let changed = diesel::update(cases::table.find(row.id.clone()).filter(cases::version.eq(loaded)))
        .set(row.clone())
        .execute(conn)?;
    if changed == 1 { Ok(row) } else { Err(StoreError::Conflict("case")) }
}

/// What a list of cases is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// At this stage.
    pub stage: Option<Stage>,
    /// Of this right.
    pub right: Option<Right>,
    /// Due before this date.
    pub due_before: Option<NaiveDate>,
    /// Given to this member of staff.
    pub assignee: Option<String>,
    /// Open, and due before this date or with a due date that was missed before: overdue on it.
    pub overdue_on: Option<NaiveDate>,
    /// The reference, part of the subject's or requester's name, or an e-mail address.
    pub text: Option<String>,
}

/// Cases by identifier (that is, by time of logging), after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn case_page(
    conn: &mut Conn,
    filter: &CaseFilter,
    after: Option<CaseId>,
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    let mut query = cases::table.order(cases::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after.to_string()));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(cases::stage.eq(stage.as_str()));
    }
    if let Some(right) = filter.right {
        query = query.filter(cases::right_asked.eq(right.as_str()));
    }
    if let Some(date) = filter.due_before {
        query = query.filter(cases::due_on.lt(date));
    }
    if let Some(assignee) = &filter.assignee {
        query = query.filter(cases::assignee_id.eq(assignee.clone()));
    }
    if let Some(date) = filter.overdue_on {
        let overdue = cases::due_on.lt(date).assume_not_null().or(cases::missed_on.is_not_null());
        query = query.filter(overdue).filter(cases::stage.eq_any(open_stages()));
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
                .or(lower(cases::requester_name).like(pattern).escape('\\'))
                .or(cases::id.eq_any(known)),
        );
    }
    Ok(query.load(conn)?)
}

/// How many requests gave this address as the requester's since `since`.
///
/// # Errors
/// [`StoreError`].
pub fn cases_from_since(conn: &mut Conn, email: &str, since: Moment) -> Result<i64, StoreError> {
    Ok(cases::table
        .filter(lower(cases::requester_email).eq(crate::subject::normal_email(email)))
        .filter(cases::created_at.ge(since.naive_utc()))
        .count()
        .get_result(conn)?)
}

/// The words of the stages at which an answer is owed.
pub(super) fn open_stages() -> Vec<&'static str> {
    Stage::ALL.iter().filter(|stage| stage.is_open()).map(|stage| stage.as_str()).collect()
}

/// Open cases by identifier, after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn cases_open(conn: &mut Conn, after: Option<&str>, limit: i64) -> Result<Vec<CaseRow>, StoreError> {
    let mut query = cases::table.filter(cases::stage.eq_any(open_stages())).order(cases::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after.to_owned()));
    }
    Ok(query.load(conn)?)
}

/// The identifiers of a case's subject, in the order they were given.
///
/// # Errors
/// [`StoreError`].
pub fn identifiers(conn: &mut Conn, case: CaseId) -> Result<Vec<IdentifierRow>, StoreError> {
    use case_identifiers::dsl;
    Ok(dsl::case_identifiers.filter(dsl::case_id.eq(case.to_string())).order(dsl::id).load(conn)?)
}

/// Marks the identifiers of a case whose normal form is `normal` as shown to be the subject's.
///
/// # Errors
/// [`StoreError`].
pub fn identifier_verified(
    conn: &mut Conn,
    case: CaseId,
    kind: IdentifierKind,
    normal: &str,
    at: Moment,
) -> Result<(), StoreError> {
    use case_identifiers::dsl;
    diesel::update(
        dsl::case_identifiers
            .filter(dsl::case_id.eq(case.to_string()))
            .filter(dsl::kind.eq(kind.as_str()))
            .filter(dsl::normal.eq(normal)),
    )
    .set(dsl::verified_at.eq(Some(at.naive_utc())))
    .execute(conn)?;
    Ok(())
}
