//! The worker: leases a job, does it, gives it back if it failed. Must never know what a job is about, and must never
//! name the web.

mod worker;

pub use worker::{Stop, Workers, work_until_idle};
