//! A generated website: people, their bookings, newsletters, enquiries and visits, at any size and the same byte for
//! byte for one seed, with hard cases planted among them. For the demo, the benchmarks and the tests.
//!
//! Every person is invented; addresses are under the domains that RFC 2606 keeps for examples, telephone numbers in
//! the ranges that Ofcom keeps for drama, internet addresses in those of RFC 5737. Must never read a clock or any
//! other source of chance than the seed, and never hold more than one person's rows at a time.

mod cast;
mod cast_scripts;
mod dice;
mod events;
mod generate;
mod histories;
mod life;
mod names;
mod person;
mod planted;
mod rows;
mod tables;
mod words;

pub use generate::{Plan, generate};
pub use histories::{HistoryPlan, HistoryRows, Trail};
pub use planted::{Cast, Planted, PlantedPerson, RowRef};
pub use tables::{TABLES, Table};
