//! The permission table.

use serde::{Deserialize, Serialize};

/// What a member of staff is trusted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Triage, gather, review, decide, send for sign-off.
    Caseworker,
    /// All a caseworker does, and signs off what somebody else decided.
    Approver,
    /// Reads cases, reports and the audit trail; changes nothing.
    Auditor,
    /// Users and settings; sees no case contents.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Caseworker, Self::Approver, Self::Auditor, Self::Admin];

    /// The word used in the API, on the command line and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Caseworker => "caseworker",
            Self::Approver => "approver",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| "the role is not known: use caseworker, approver, auditor or admin".to_owned())
    }
}

/// Something that a route or a command lets a member of staff do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read cases and their records.
    ReadCases,
    /// Change a case: log, assign, gather, decide, refuse, release.
    WorkCases,
    /// Sign off a decision that somebody else made.
    Approve,
    /// Read the audit trail.
    ReadAudit,
    /// Read the reports: figures, and the list of cases without names.
    ReadReports,
    /// Manage users and settings.
    Administer,
    /// End one's own session, read one's own profile.
    UseDesk,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 7] = [
        Self::ReadCases,
        Self::WorkCases,
        Self::Approve,
        Self::ReadAudit,
        Self::ReadReports,
        Self::Administer,
        Self::UseDesk,
    ];
}

/// True if `role` may do `action`. The one place that says so.
#[must_use]
pub fn may(role: Role, action: Action) -> bool {
    match action {
        Action::UseDesk => true,
        Action::ReadCases => matches!(role, Role::Caseworker | Role::Approver | Role::Auditor),
        Action::WorkCases => matches!(role, Role::Caseworker | Role::Approver),
        Action::Approve => matches!(role, Role::Approver),
        Action::ReadAudit => matches!(role, Role::Auditor),
        Action::ReadReports => matches!(role, Role::Auditor | Role::Approver),
        Action::Administer => matches!(role, Role::Admin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing_and_an_admin_sees_no_case() {
        for action in [Action::WorkCases, Action::Approve, Action::Administer] {
            assert!(!may(Role::Auditor, action), "{action:?}");
        }
        for action in [Action::ReadCases, Action::WorkCases, Action::Approve, Action::ReadAudit, Action::ReadReports] {
            assert!(!may(Role::Admin, action), "{action:?}");
        }
    }

    #[test]
    fn a_caseworker_cannot_sign_off() {
        assert!(!may(Role::Caseworker, Action::Approve));
        assert!(may(Role::Approver, Action::Approve));
    }
}
