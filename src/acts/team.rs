//! The team: who may sign in, as what. For admins, who see no case.

use crate::access::Role;
use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::store::{
    audit_append, factor_of, factor_remove, sessions_of, sessions_revoke, staff_all, staff_by_id, staff_disabled_set,
    staff_role_set,
};

use super::desk::Desk;
use super::error::ActError;
use super::staff::Staff;

/// A member of staff, for an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// Their identifier.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// Where reminders go.
    pub email: String,
    /// What they are trusted with.
    pub role: Role,
    /// True if a second factor is asked for.
    pub factor: bool,
    /// Open sessions.
    pub sessions: usize,
    /// When they left.
    pub left_at: Option<Moment>,
    /// Until when their account is locked after wrong tries.
    pub locked_until: Option<Moment>,
}

/// What an admin does to somebody's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// They left: no session of theirs opens anything any more.
    Leave,
    /// They came back.
    Return,
    /// They are trusted with something else.
    Role(Role),
    /// They lost their phone and their recovery codes: the second factor is taken away, and every session ends.
    ForgetFactor,
    /// Every session of theirs ends.
    EndSessions,
}

impl MemberChange {
    fn word(self) -> &'static str {
        match self {
            Self::Leave => "left",
            Self::Return => "returned",
            Self::Role(_) => "role",
            Self::ForgetFactor => "factor_forgotten",
            Self::EndSessions => "sessions_ended",
        }
    }
}

/// Everybody, by the name that colleagues see.
///
/// # Errors
/// [`ActError`] of the store.
pub fn team(desk: &Desk) -> Result<Vec<MemberView>, ActError> {
    let now = desk.now();
    desk.store.read(|conn| {
        staff_all(conn)?
            .into_iter()
            .map(|row| {
                Ok(MemberView {
                    role: row.role()?,
                    factor: factor_of(conn, &row.id)?.is_some_and(|factor| factor.confirmed_at.is_some()),
                    sessions: sessions_of(conn, &row.id, now.naive_utc())?.len(),
                    left_at: row.disabled_at.map(Moment::from_naive_utc),
                    locked_until: row.locked_until.map(Moment::from_naive_utc).filter(|until| *until > now),
                    id: row.id,
                    username: row.username,
                    display_name: row.display_name,
                    email: row.email,
                })
            })
            .collect()
    })
}

/// Changes somebody's account; it counts at once.
///
/// # Errors
/// [`ActError::Refused`] for one's own account: nobody locks themselves out or makes themselves something else.
pub fn member_change(desk: &Desk, admin: &Staff, member: &str, change: MemberChange) -> Result<(), ActError> {
    if admin.id == member {
        return Err(ActError::Refused("this is your own account: ask another admin".to_owned()));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        let row = staff_by_id(conn, member)?;
        let at = now.naive_utc();
        match change {
            MemberChange::Leave => {
                staff_disabled_set(conn, &row.id, Some(at))?;
                sessions_revoke(conn, &row.id, None, at)?;
            }
            MemberChange::Return => staff_disabled_set(conn, &row.id, None)?,
            MemberChange::Role(role) => staff_role_set(conn, &row.id, role)?,
            MemberChange::ForgetFactor => {
                factor_remove(conn, &row.id)?;
                sessions_revoke(conn, &row.id, None, at)?;
            }
            MemberChange::EndSessions => {
                sessions_revoke(conn, &row.id, None, at)?;
            }
        }
        let event = Event::FactorChanged { user: row.id, what: change.word().to_owned() };
        Ok(audit_append(conn, now, &Actor::Staff(admin.id.clone()), None, &event)?)
    })
}
