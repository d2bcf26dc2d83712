//! Configuration: `rightsdesk.toml`, every key also as `RIGHTSDESK_SECTION__KEY`, one struct for each concern.
//! Every fault is reported together. Must never open a database, a socket or a case.

mod load;
mod sections;

pub use load::{Faults, load};
pub use sections::{
    CasesConfig, ClockConfig, Config, DataMapConfig, DatabaseConfig, DeskConfig, HttpConfig, JobsConfig, PostConfig,
    ReportsConfig, SourceConfig, TokensConfig,
};
