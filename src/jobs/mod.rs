//! The worker: leases a job, does it, gives it back if it failed. The timer: ticks. Must never know what a job is about, and must never
//! name the web.

mod timer;
mod worker;

pub use worker::{Stop, Workers, work_until_idle};
