//! The exemptions that can be claimed, from `assets/law/exemptions.json` (sources and what is unverified stand there).

use std::sync::LazyLock;

use serde::Deserialize;

/// An exemption from the right of access, or another ground for withholding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Exemption {
    /// As `THIRD-PARTY`.
    pub code: String,
    /// In words.
    pub title: String,
    /// The provision, as `DPA 2018 Sch 2 Pt 3 para 16`.
    pub reference: String,
    /// Its test, in short.
    pub test: String,
    /// What the record of the case should hold.
    pub case_record: String,
}

#[derive(Deserialize)]
struct File {
    exemptions: Vec<Exemption>,
}

static ALL: LazyLock<Vec<Exemption>> = LazyLock::new(|| {
    let file: Result<File, _> = serde_json::from_str(include_str!("../../assets/law/exemptions.json"));
    // The file is part of the program; a test reads it.
    file.map(|file| file.exemptions).unwrap_or_default()
});

/// Every exemption.
#[must_use]
pub fn exemptions() -> &'static [Exemption] {
    &ALL
}

/// Stands in the list to say that it is none: disclosure about such professionals is presumed reasonable.
const NO_EXEMPTION: &str = "TP-PROFESSIONAL";

/// The title of the exemption with this code, if it is one that can be claimed.
#[must_use]
pub fn exemption_title(code: &str) -> Option<&'static str> {
    exemptions()
        .iter()
        .filter(|exemption| exemption.code != NO_EXEMPTION)
        .find(|exemption| exemption.code == code)
        .map(|exemption| exemption.title.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_is_whole() {
        assert_eq!(exemptions().len(), 42);
        assert_eq!(exemption_title("THIRD-PARTY"), Some("Third-party information"));
        assert_eq!(exemption_title("third-party"), None);
        assert_eq!(exemption_title("TP-PROFESSIONAL"), None);
        let mut codes: Vec<&str> = exemptions().iter().map(|e| e.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 42);
    }
}
