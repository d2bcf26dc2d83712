//! The languages there are.

use crate::words;

words! {
    /// A language that citizens can choose.
    #[derive(Default)]
    Language, "the language" {
        /// English.
        #[default]
        English = "en",
        /// Welsh. Drafted by machine and marked as such until a person has reviewed it.
        Welsh = "cy",
    }
}

impl Language {
    /// Its name in itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Welsh => "Cymraeg",
        }
    }

    /// The direction it is written in, as HTML's `dir` has it.
    #[must_use]
    pub fn direction(self) -> &'static str {
        match self {
            Self::English | Self::Welsh => "ltr",
        }
    }

    /// A person has read the message files of this language. One that nobody has read says so on each page.
    #[must_use]
    pub fn is_reviewed(self) -> bool {
        self == Self::English
    }

    /// The message files, each with its name.
    pub(super) fn files(self) -> &'static [(&'static str, &'static str)] {
        macro_rules! files {
            ($language:literal: $($name:literal),+) => {
                &[$(($name, include_str!(concat!("../../assets/words/", $language, "/", $name, ".ftl")))),+]
            };
        }
        match self {
            Self::English => files!("en": "common", "home", "form", "follow", "notices", "letters"),
            Self::Welsh => files!("cy": "common", "home", "form", "follow", "notices", "letters"),
        }
    }
}
