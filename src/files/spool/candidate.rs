//! What a caseworker needs to say whether a row is the person's.

use serde::{Deserialize, Serialize};

use crate::matching::{Field, Level, Mention, Tier};

/// A row about which a caseworker decides whether it is the person's. It quotes the row: for the desk alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// How likely it is.
    pub tier: Tier,
    /// The sum of the evidence, in hundredths of a bit.
    pub score: i32,
    /// The evidence for and against, in words.
    pub reasons: Vec<String>,
    /// Where the person stands in what somebody wrote, by column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<FieldMention>,
    /// How far each field agrees: what weights are estimated from, once it has been decided.
    pub levels: Vec<(Field, Level)>,
}

/// A mention with the column in which it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldMention {
    /// The data map's name of the column.
    pub field: String,
    /// The place and the words.
    #[serde(flatten)]
    pub mention: Mention,
}
