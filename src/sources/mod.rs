//! (room of rightsdesk)

pub mod fill;
