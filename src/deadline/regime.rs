//! Under which body of law a request falls.

use serde::{Deserialize, Serialize};

/// The regime as the controller states it. [`Regime::UkGdpr`] picks the older rule by itself for a request
/// received before 5 February 2026 (SI 2026/82 reg. 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// The UK GDPR, the rule chosen by the received date.
    #[default]
    UkGdpr,
    /// The UK GDPR as it stood before the Data (Use and Access) Act 2025, whatever the received date.
    UkGdprPreDuaa,
    /// Law enforcement processing: Part 3 of the Data Protection Act 2018, the rule chosen by the received date.
    #[serde(rename = "dpa2018-part3")]
    Dpa2018Part3,
}

/// The text names no regime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write the regime as uk-gdpr, uk-gdpr-pre-duaa or dpa2018-part3")]
pub struct UnknownRegime;

impl Regime {
    /// Every regime.
    pub const ALL: [Self; 3] = [Self::UkGdpr, Self::UkGdprPreDuaa, Self::Dpa2018Part3];

    /// The word used on the command line, in the API and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UkGdpr => "uk-gdpr",
            Self::UkGdprPreDuaa => "uk-gdpr-pre-duaa",
            Self::Dpa2018Part3 => "dpa2018-part3",
        }
    }
}

impl std::fmt::Display for Regime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Regime {
    type Err = UnknownRegime;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|regime| regime.as_str() == text).ok_or(UnknownRegime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_regime_is_written_and_read_as_one_word() {
        for regime in Regime::ALL {
            assert_eq!(regime.as_str().parse(), Ok(regime));
            assert_eq!(serde_json::to_string(&regime).unwrap(), format!("\"{regime}\""));
        }
    }
}
