//! Reading and checking the audit trail.

use crate::audit::{Broken, Link};
use crate::case::CaseId;
use crate::store::{audit_page, audit_verify};

use super::desk::Desk;
use super::error::ActError;

/// The trail after entry `after`, oldest first.
///
/// # Errors
/// [`ActError`] of the store.
pub fn audit_list(desk: &Desk, case: Option<CaseId>, after: i64, limit: i64) -> Result<Vec<Link>, ActError> {
    desk.store.read(|conn| Ok(audit_page(conn, case, after, limit)?))
}

/// Walks the whole chain. Gives the number of entries and the last hash, or the first broken link.
///
/// # Errors
/// [`ActError`] of the store.
pub fn audit_check(desk: &Desk) -> Result<Result<(i64, String), Broken>, ActError> {
    desk.store.read(|conn| Ok(audit_verify(conn)?))
}
