//! The rights that a person can use, each with a clock.

use serde::{Deserialize, Serialize};

/// What the person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// A copy of what is held (UK GDPR Art. 15; DPA 2018 s.45).
    Access,
    /// To have it put right (Art. 16; s.46).
    Rectification,
    /// To have it erased (Art. 17; s.47).
    Erasure,
    /// To have its use restricted (Art. 18; s.47).
    Restriction,
    /// To take it elsewhere (Art. 20).
    Portability,
    /// To object to its use (Art. 21).
    Objection,
    /// To have an automated decision looked at by a person (Art. 22C; before that Art. 22).
    AutomatedDecision,
    /// A complaint to the controller, which must be acknowledged (DPA 2018 s.164A).
    ComplaintAck,
}

/// The text names no right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "write the right as access, rectification, erasure, restriction, portability, objection, automated_decision \
     or complaint_ack"
)]
pub struct UnknownRight;

impl Right {
    /// Every right.
    pub const ALL: [Self; 8] = [
        Self::Access,
        Self::Rectification,
        Self::Erasure,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::AutomatedDecision,
        Self::ComplaintAck,
    ];

    /// The word used on the command line, in the API and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Rectification => "rectification",
            Self::Erasure => "erasure",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::AutomatedDecision => "automated_decision",
            Self::ComplaintAck => "complaint_ack",
        }
    }
}

impl std::fmt::Display for Right {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Right {
    type Err = UnknownRight;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|right| right.as_str() == text).ok_or(UnknownRight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_is_written_and_read_as_one_word() {
        for right in Right::ALL {
            assert_eq!(right.as_str().parse(), Ok(right));
            assert_eq!(serde_json::to_string(&right).unwrap(), format!("\"{right}\""));
        }
        assert_eq!("Access".parse::<Right>(), Err(UnknownRight));
    }
}
