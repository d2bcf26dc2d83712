//! The sections and their defaults.

use std::collections::BTreeMap;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

use super::citizens::{EvidenceConfig, IdentityConfig, LimitsConfig, PagesConfig};
use super::matching::MatchingConfig;
use crate::base::key_bytes;
use crate::bundle::{Controller, VOLUME_PAGES};

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the desk lives.
    pub desk: DeskConfig,
    /// The desk's own database.
    pub database: DatabaseConfig,
    /// The web and API process.
    pub http: HttpConfig,
    /// Who answers for the data.
    pub controller: Controller,
    /// E-mail.
    pub post: PostConfig,
    /// Tokens and codes.
    pub tokens: TokensConfig,
    /// The data map.
    pub data_map: DataMapConfig,
    /// The databases that hold people's data, by the dataset key of the data map.
    pub sources: BTreeMap<String, SourceConfig>,
    /// The queue.
    pub jobs: JobsConfig,
    /// What becomes of cases.
    pub cases: CasesConfig,
    /// The statutory clock.
    pub clock: ClockConfig,
    /// The citizens' pages.
    pub pages: PagesConfig,
    /// Who must show what.
    pub identity: IdentityConfig,
    /// Files sent as proof.
    pub evidence: EvidenceConfig,
    /// How often things may be tried.
    pub limits: LimitsConfig,
    /// Reports.
    pub reports: ReportsConfig,
    /// The audit trail.
    pub audit: AuditConfig,
    /// Figures for the operator's monitoring.
    pub metrics: MetricsConfig,
    /// Encryption at rest.
    pub storage: StorageConfig,
    /// How evidence is weighed.
    pub matching: MatchingConfig,
}

/// `[desk]`
#[derive(Debug, Clone, Deserialize)]
pub struct DeskConfig {
    /// Where citizens reach the desk, without a final slash; links in letters begin with it.
    pub base_url: String,
    /// Where bundles, spools and generated secrets are kept.
    #[serde(default = "default_data_dir")]
    pub data_dir: PathBuf,
}

fn default_data_dir() -> PathBuf {
    PathBuf::from("data")
}

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
pub struct DatabaseConfig {
    /// `sqlite://PATH` or `postgres://...`.
    pub url: SecretString,
    /// Most connections at once.
    #[serde(default = "default_connections", deserialize_with = "whole")]
    pub connections: u32,
}

fn default_connections() -> u32 {
    8
}

/// `[http]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct HttpConfig {
    /// Address and port to listen on. A proxy with TLS stands in front.
    pub listen: String,
    /// Largest request body, in bytes.
    #[serde(deserialize_with = "whole")]
    pub body_limit_bytes: usize,
    /// How long a client may take to send its request head.
    #[serde(deserialize_with = "whole")]
    pub slow_client_seconds: u64,
    /// Threads that serve.
    #[serde(deserialize_with = "whole")]
    pub workers: usize,
    /// The proxies that are believed when they say, in `X-Forwarded-For`, who a client is: addresses or networks, as
    /// `10.0.0.0/8`. A client's own word is never believed.
    #[serde(deserialize_with = "texts")]
    pub trusted_proxies: Vec<String>,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            body_limit_bytes: 65_536,
            slow_client_seconds: 10,
            workers: 2,
            trusted_proxies: Vec::new(),
        }
    }
}

/// `[post]`
#[derive(Debug, Clone, Deserialize)]
pub struct PostConfig {
    /// The sender's address.
    pub from: String,
    /// `smtp://host:port` (in the clear: for a relay on this machine), `smtps://user:password@host`,
    /// `smtp://user:password@host?tls=required`.
    #[serde(default)]
    pub smtp_url: Option<SecretString>,
    /// Instead of SMTP: a folder that gets each letter as an `.eml` file, for development and the demo.
    #[serde(default)]
    pub folder: Option<PathBuf>,
    /// Instead of SMTP: GOV.UK Notify, with this API key.
    #[serde(default)]
    pub notify_key: Option<SecretString>,
    /// The Notify template that letters are sent in; it needs `((subject))` and `((body))`.
    #[serde(default)]
    pub notify_template: Option<String>,
    /// Where Notify is.
    #[serde(default = "default_notify_url")]
    pub notify_url: String,
}

fn default_notify_url() -> String {
    "https://api.notifications.service.gov.uk".to_owned()
}

/// `[tokens]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct TokensConfig {
    /// At least 32 characters. Without one a random secret is made at the first start and kept in the data folder.
    pub secret: Option<SecretString>,
    /// How long a requester's token lasts.
    #[serde(deserialize_with = "whole")]
    pub requester_minutes: u32,
    /// How long the answer stays open once its own code was typed.
    #[serde(deserialize_with = "whole")]
    pub answer_minutes: u32,
    /// How long a member of staff stays signed in.
    #[serde(deserialize_with = "whole")]
    pub staff_minutes: u32,
    /// How long a one-time code lasts.
    #[serde(deserialize_with = "whole")]
    pub code_minutes: u32,
    /// Wrong tries that end a code.
    #[serde(deserialize_with = "whole")]
    pub code_attempts: u32,
    /// Most codes for a case in an hour.
    #[serde(deserialize_with = "whole")]
    pub codes_per_hour: u32,
}

impl Default for TokensConfig {
    fn default() -> Self {
        Self {
            secret: None,
            requester_minutes: 60,
            answer_minutes: 30,
            staff_minutes: 480,
            code_minutes: 10,
            code_attempts: 5,
            codes_per_hour: 5,
        }
    }
}

/// `[data_map]`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DataMapConfig {
    /// The YAML files, one or several.
    #[serde(default, deserialize_with = "list")]
    pub files: Vec<PathBuf>,
}

/// `[sources.NAME]`, NAME being the dataset's `fides_key`.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceConfig {
    /// Where it is, with an account that can only read.
    pub url: SecretString,
    /// The same database, with an account that may change what is `correctable` in the data map. Without one, a
    /// correction is a task for who looks after the source.
    #[serde(default)]
    pub write_url: Option<SecretString>,
    /// Most connections of this process at once: that many gathers search it side by side, the others wait.
    #[serde(default = "default_source_connections", deserialize_with = "whole")]
    pub connections: u32,
    /// How long it may take to answer.
    #[serde(default = "default_connect_seconds", deserialize_with = "whole")]
    pub connect_seconds: u32,
    /// How long one search may take.
    #[serde(default = "default_search_seconds", deserialize_with = "whole")]
    pub search_seconds: u32,
    /// Most rows of one gather; a search that finds more is reported as failed.
    #[serde(default = "default_row_limit", deserialize_with = "whole")]
    pub row_limit: u64,
}

fn default_source_connections() -> u32 {
    4
}

fn default_connect_seconds() -> u32 {
    10
}

fn default_search_seconds() -> u32 {
    300
}

fn default_row_limit() -> u64 {
    2_000_000
}

/// `[jobs]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct JobsConfig {
    /// Jobs done at once by one process.
    #[serde(deserialize_with = "whole")]
    pub workers: usize,
    /// How long a job is held without a sign of life before another worker may take it.
    #[serde(deserialize_with = "whole")]
    pub lease_seconds: u32,
    /// Attempts before a job is given up: the pauses between grow to an hour, so that twenty last about nine hours.
    #[serde(deserialize_with = "whole")]
    pub attempts: u32,
    /// Whether each night ends, at every source with a write account, what the data map says has been kept long enough.
    #[serde(deserialize_with = "yes_or_no")]
    pub retention: bool,
}

impl Default for JobsConfig {
    fn default() -> Self {
        Self { workers: 2, lease_seconds: 30, attempts: 20, retention: false }
    }
}

/// `[cases]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct CasesConfig {
    /// Whether a verified access request is gathered without waiting for a caseworker. Nothing is disclosed by it.
    #[serde(deserialize_with = "yes_or_no")]
    pub gather_at_once: bool,
    /// How many days a released bundle can be fetched.
    #[serde(deserialize_with = "whole")]
    pub bundle_days: u32,
    /// Pages after which the disclosure goes on in another volume.
    #[serde(deserialize_with = "whole")]
    pub volume_pages: u32,
    /// Whether each suggested redaction in what goes out must be accepted or rejected before sign-off.
    #[serde(deserialize_with = "yes_or_no")]
    pub answer_suggestions: bool,
    /// Whether each warning of a review must be answered before sign-off.
    #[serde(deserialize_with = "yes_or_no")]
    pub answer_warnings: bool,
}

impl Default for CasesConfig {
    fn default() -> Self {
        Self {
            gather_at_once: true,
            bundle_days: 30,
            volume_pages: VOLUME_PAGES,
            answer_suggestions: true,
            answer_warnings: true,
        }
    }
}

/// `[clock]`: the statutory clock, the reminders about it, and silent requesters. 0 turns a reminder or a lapse off.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct ClockConfig {
    /// Whose bank holidays count: `england-and-wales`, `scotland` or `northern-ireland`.
    pub division: String,
    /// The internal target, in days from the relevant time.
    #[serde(deserialize_with = "whole")]
    pub target_days: u32,
    /// Working days before the internal target on which its reminder is sent.
    #[serde(deserialize_with = "whole")]
    pub target_lead_days: u32,
    /// Working days before the due date on which its reminder is sent.
    #[serde(deserialize_with = "whole")]
    pub due_lead_days: u32,
    /// Working days before the last day for a notice of extension on which its warning is sent.
    #[serde(deserialize_with = "whole")]
    pub extension_notice_lead_days: u32,
    /// Days between two escalations of an overdue case.
    #[serde(deserialize_with = "whole")]
    pub escalate_every_days: u32,
    /// Who is written to about an overdue case besides its assignee; every approver, if nobody is named.
    #[serde(deserialize_with = "texts")]
    pub escalation_emails: Vec<String>,
    /// Where reminders about a case go that nobody has; the controller's address if left out.
    pub team_email: Option<String>,
    /// Days after which somebody who has not shown who they are is reminded.
    #[serde(deserialize_with = "whole")]
    pub remind_unverified_days: u32,
    /// Days after which their request lapses.
    #[serde(deserialize_with = "whole")]
    pub lapse_unverified_days: u32,
    /// Days after which somebody who has not answered our question is reminded.
    #[serde(deserialize_with = "whole")]
    pub remind_unclarified_days: u32,
    /// Days after which their request lapses.
    #[serde(deserialize_with = "whole")]
    pub lapse_unclarified_days: u32,
    /// How often each worker process looks for what has fallen due.
    #[serde(deserialize_with = "whole")]
    pub tick_minutes: u32,
}

impl Default for ClockConfig {
    fn default() -> Self {
        Self {
            division: "england-and-wales".to_owned(),
            target_days: 21,
            target_lead_days: 3,
            due_lead_days: 2,
            extension_notice_lead_days: 5,
            escalate_every_days: 7,
            escalation_emails: Vec::new(),
            team_email: None,
            remind_unverified_days: 7,
            lapse_unverified_days: 30,
            remind_unclarified_days: 14,
            lapse_unclarified_days: 90,
            tick_minutes: 60,
        }
    }
}

/// `[reports]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct ReportsConfig {
    /// The team of a case that was given to none.
    pub default_team: String,
}

impl Default for ReportsConfig {
    fn default() -> Self {
        Self { default_team: "Information Governance".to_owned() }
    }
}

/// `[audit]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct AuditConfig {
    /// How much of a client's address is kept: `truncated` (IPv4 /24, IPv6 /48), `full` or `none`.
    pub addresses: String,
    /// The Ed25519 key that signs anchors: 32 bytes in base64 or hexadecimal. Without one a key is made at the first start
    /// and kept in the data folder.
    pub signing_key: Option<SecretString>,
    /// Public keys (base64) that signed anchors before the present one.
    #[serde(deserialize_with = "texts")]
    pub former_keys: Vec<String>,
    /// Where anchors are written, one file each; `anchors` in the data folder if left out. Best on another machine.
    pub anchor_dir: Option<PathBuf>,
    /// Hours between two anchors; 0 for none by the timer.
    #[serde(deserialize_with = "whole")]
    pub anchor_hours: u32,
    /// Who gets each anchor by e-mail: somebody who does not run the desk.
    #[serde(deserialize_with = "texts")]
    pub anchor_emails: Vec<String>,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self {
            addresses: "truncated".to_owned(),
            signing_key: None,
            former_keys: Vec::new(),
            anchor_dir: None,
            anchor_hours: 24,
            anchor_emails: Vec::new(),
        }
    }
}

/// `[metrics]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MetricsConfig {
    /// Who sends it as `Authorization: Bearer TOKEN` gets `/metrics`, at least 20 characters. Without one only this machine
    /// does, not through a proxy.
    pub token: Option<SecretString>,
}

/// `[storage]`: the keys that bundles and spools lie sealed under in the data folder.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StorageConfig {
    /// The master key: 32 bytes in base64 or hexadecimal. Without one a key is made at the first start and kept in the data
    /// folder, which protects a copy of the files alone, not a copy of the folder.
    pub key: Option<SecretString>,
    /// Master keys from before, with commas between: files that are sealed under them are still opened.
    pub former_keys: Option<SecretString>,
}

impl StorageConfig {
    /// The former keys, each as its 32 bytes; none if one is no key.
    #[must_use]
    pub fn former(&self) -> Option<Vec<[u8; 32]>> {
        let Some(keys) = &self.former_keys else { return Some(Vec::new()) };
        let parts = keys.expose_secret().split([',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(key_bytes).collect()
    }
}

/// A whole number, also as text, since an environment variable is text.
pub(super) fn whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(deserializer: D) -> Result<T, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Number(u64),
        Text(String),
    }
    let number = match Form::deserialize(deserializer) {
        Ok(Form::Number(number)) => Some(number),
        Ok(Form::Text(text)) => text.trim().parse().ok(),
        Err(_) => None,
    };
    number
        .and_then(|n| T::try_from(n).ok())
        .ok_or_else(|| serde::de::Error::custom("write a whole number, for example 10"))
}

/// `true` or `false`, also as text.
pub(super) fn yes_or_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Flag(bool),
        Text(String),
    }
    match Form::deserialize(deserializer) {
        Ok(Form::Flag(flag)) => Some(flag),
        Ok(Form::Text(text)) => text.trim().parse().ok(),
        Err(_) => None,
    }
    .ok_or_else(|| serde::de::Error::custom("write true or false"))
}

/// A list of texts, also as one text with commas between.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        List(Vec<String>),
        Text(String),
    }
    let parts = match Form::deserialize(deserializer) {
        Ok(Form::List(list)) => list,
        Ok(Form::Text(text)) => text.split(',').map(ToOwned::to_owned).collect(),
        Err(_) => return Err(serde::de::Error::custom("write a list of texts, for example [\"a\", \"b\"]")),
    };
    Ok(parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect())
}

/// A list of paths, also as one text with commas between.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PathBuf>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        List(Vec<PathBuf>),
        Text(String),
    }
    match Form::deserialize(deserializer) {
        Ok(Form::List(list)) => Ok(list),
        Ok(Form::Text(text)) => {
            Ok(text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(PathBuf::from).collect())
        }
        Err(_) => Err(serde::de::Error::custom("write a list of file names, for example [\"map.yml\"]")),
    }
}
