//! Identifier newtypes: a UUID version 7 (sortable by time) that cannot be mistaken for another noun's.

/// The text was not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid identifier: give it as it was handed out, 8-4-4-4-12 hexadecimal digits")]
pub struct IdError;

/// Declares an identifier newtype over [`uuid::Uuid`], shown and parsed as hyphenated lower case.
///
/// `id!(CaseId, "a case")` gives `CaseId::new()`, `Display`, `FromStr`, serde as text, `Ord` by time of making.
#[macro_export]
macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Identifies ", $what, " (UUID version 7).")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new identifier, unique and later than those made before it.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "each is new: a default would suggest a constant")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }

            /// The identifier as a UUID.
            #[must_use]
            pub fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::base::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| $crate::base::IdError)
            }
        }
    };
}

pub use crate::id;
