//! Configuration: `rightsdesk.toml`, every key also as `RIGHTSDESK_SECTION__KEY`, one struct for each concern.
//! Every fault is reported together. Must never open a database, a socket or a case.

mod citizens;
mod load;
mod matching;
mod sections;

pub use citizens::{EvidenceConfig, IdentityConfig, LimitsConfig, PagesConfig};
pub use load::{Faults, load, network};
pub use matching::{MatchingConfig, Weights};
pub use sections::{
    AuditConfig, CasesConfig, ClockConfig, Config, DataMapConfig, DatabaseConfig, DeskConfig, HttpConfig, JobsConfig,
    MetricsConfig, PostConfig, ReportsConfig, SourceConfig, StorageConfig, TokensConfig,
};
