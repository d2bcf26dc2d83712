//! What can happen to a clock after the request arrived.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The kind of thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// We asked for what is needed to confirm who the person is.
    IdRequested,
    /// That information arrived. Proof that nobody asked for is not this event.
    IdReceived,
    /// We asked a requester for proof that they may act for the person.
    AuthorityRequested,
    /// That proof arrived.
    AuthorityReceived,
    /// We asked for the fee that the law allows for a manifestly unfounded or excessive request.
    FeeRequested,
    /// That fee was paid.
    FeePaid,
    /// We asked which information or which processing the request is about.
    ClarificationRequested,
    /// That answer arrived.
    ClarificationReceived,
    /// We told the person that we need up to two more months, and why.
    ExtensionNotified,
}

/// The text names no kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "write the event as id_requested, id_received, authority_requested, authority_received, fee_requested, \
     fee_paid, clarification_requested, clarification_received or extension_notified"
)]
pub struct UnknownEventKind;

/// Something that happened on a day. The day is when it happened, not when it was logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// On which date in Europe/London.
    pub happened_on: NaiveDate,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::IdRequested,
        Self::IdReceived,
        Self::AuthorityRequested,
        Self::AuthorityReceived,
        Self::FeeRequested,
        Self::FeePaid,
        Self::ClarificationRequested,
        Self::ClarificationReceived,
        Self::ExtensionNotified,
    ];

    /// The word used on the command line, in the API and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IdRequested => "id_requested",
            Self::IdReceived => "id_received",
            Self::AuthorityRequested => "authority_requested",
            Self::AuthorityReceived => "authority_received",
            Self::FeeRequested => "fee_requested",
            Self::FeePaid => "fee_paid",
            Self::ClarificationRequested => "clarification_requested",
            Self::ClarificationReceived => "clarification_received",
            Self::ExtensionNotified => "extension_notified",
        }
    }
}

impl std::fmt::Display for EventKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for EventKind {
    type Err = UnknownEventKind;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownEventKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_written_and_read_as_one_word() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
    }
}
