//! The sections of the citizens' side: their pages, who must show what, what is sent as proof, and how often things may
//! be tried.

use secrecy::SecretString;
use serde::Deserialize;

use super::sections::{texts, whole};

/// `[pages]`: what citizens see besides the controller's particulars.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct PagesConfig {
    /// The brand's colour, `#rrggbb`, dark enough for white text on it.
    pub brand_colour: String,
    /// Minutes without a page after which a browser with scripts hides what was typed, having warned five minutes before.
    #[serde(deserialize_with = "whole")]
    pub idle_minutes: u32,
    /// Days after which answers are forgotten that a person asked us to keep by an e-mailed link.
    #[serde(deserialize_with = "whole")]
    pub resume_days: u32,
    /// Where "Exit this page" leads, for somebody who must not be seen here; empty for no such button.
    pub exit_url: String,
    /// A telephone number for citizens; none on the pages if left out.
    pub phone: Option<String>,
    /// When it is answered, in words.
    pub phone_hours: Option<String>,
    /// A number for people who cannot hear or speak on the phone (text relay, minicom).
    pub text_phone: Option<String>,
    /// Where the controller's own privacy notice is, which says how it uses information beyond this service.
    pub privacy_url: Option<String>,
    /// How long a request's file is kept after it is closed, in words for the privacy notice.
    pub kept_for: String,
    /// The last day on which somebody tested the pages for accessibility, ISO 8601, for the accessibility statement.
    pub accessibility_tested_on: Option<String>,
}

impl Default for PagesConfig {
    fn default() -> Self {
        Self {
            brand_colour: "#1d3557".to_owned(),
            idle_minutes: 60,
            resume_days: 14,
            exit_url: "https://www.bbc.co.uk/weather".to_owned(),
            phone: None,
            phone_hours: None,
            text_phone: None,
            privacy_url: None,
            kept_for: "3 years".to_owned(),
            accessibility_tested_on: None,
        }
    }
}

/// `[identity]`: who must show more than the code from the e-mail (UK GDPR Art. 12(6): only where there is reasonable
/// doubt).
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct IdentityConfig {
    /// Rights for which everybody shows who they are.
    #[serde(deserialize_with = "texts")]
    pub proof_for_rights: Vec<String>,
    /// Channels by which everybody shows who they are.
    #[serde(deserialize_with = "texts")]
    pub proof_for_channels: Vec<String>,
    /// Collections of the data map that nobody gets before a caseworker wrote down how they know who it is.
    #[serde(deserialize_with = "texts")]
    pub sensitive_collections: Vec<String>,
    /// Relationships for which the authority is asked for at once: `parent`, `representative`.
    #[serde(deserialize_with = "texts")]
    pub authority_for: Vec<String>,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            proof_for_rights: Vec::new(),
            proof_for_channels: Vec::new(),
            sensitive_collections: Vec::new(),
            authority_for: vec!["parent".to_owned(), "representative".to_owned()],
        }
    }
}

/// `[evidence]`: files that are sent as proof.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct EvidenceConfig {
    /// The key that files and unsent forms are sealed under, at least 32 characters; made from the tokens' secret if left
    /// out.
    pub key: Option<SecretString>,
    /// ClamAV's daemon: `HOST:PORT`, or the path of its socket. Without one nothing is scanned.
    pub clamd: Option<String>,
    /// Largest file, in bytes.
    #[serde(deserialize_with = "whole")]
    pub most_bytes: usize,
    /// Largest picture, in pixels.
    #[serde(deserialize_with = "whole")]
    pub most_pixels: u64,
    /// Most files of one request.
    #[serde(deserialize_with = "whole")]
    pub most_files: usize,
}

impl Default for EvidenceConfig {
    fn default() -> Self {
        Self { key: None, clamd: None, most_bytes: 10_485_760, most_pixels: 200_000_000, most_files: 20 }
    }
}

/// `[limits]`: how often one client, or anybody about one target, may try something in an hour. 0 is no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct LimitsConfig {
    /// Requests made and letters caused (codes, links) by one client. Libraries and offices share an address.
    #[serde(deserialize_with = "whole")]
    pub sends_per_client: u32,
    /// Codes typed by one client.
    #[serde(deserialize_with = "whole")]
    pub codes_per_client: u32,
    /// Files sent by one client.
    #[serde(deserialize_with = "whole")]
    pub uploads_per_client: u32,
    /// Letters with links to one e-mail address.
    #[serde(deserialize_with = "whole")]
    pub links_per_address: u32,
    /// Messages by the requester of one case.
    #[serde(deserialize_with = "whole")]
    pub messages_per_case: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            sends_per_client: 120,
            codes_per_client: 120,
            uploads_per_client: 60,
            links_per_address: 5,
            messages_per_case: 20,
        }
    }
}
