//! The review: exemptions, and what a caseworker may decide. Must never read a record or a database.

mod exemption;

pub use exemption::{Exemption, exemption_title, exemptions};
