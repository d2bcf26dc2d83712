//! The data map: which datasets, collections and fields hold personal data, how they hang together, and what
//! the person must be told about each. Reads the Fideslang dataset format and our keys beside it, and compares
//! a map with a live schema. Must never open a file or a database: it takes text and a [`LiveSchema`].

mod check;
mod fault;
mod links;
mod live;
mod model;
mod node;
mod read;
mod rights;

pub use check::check;
pub use fault::{Fault, Faults};
pub use links::{CollectionId, Link, Links};
pub use live::{LiveColumn, LiveKind, LiveSchema, LiveTable};
pub use model::{
    About, Collection, DataMap, Dataset, Direction, Disclosure, Field, Match, Reference, Retention, SearchWay, Then,
};
pub use read::{MapFile, read};
