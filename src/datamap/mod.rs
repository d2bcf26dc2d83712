//! The data map: which datasets, collections and fields hold personal data, how they hang together, and what
//! the person must be told about each. Reads the Fideslang dataset format and our keys beside it, and compares
//! a map with a live schema. Must never open a file or a database: it takes text and a [`LiveSchema`].

mod check;
mod draft;
mod drift;
mod erasure;
mod fault;
mod guess;
mod links;
mod live;
mod model;
mod node;
mod read;
mod rights;

pub use check::check;
pub use draft::draft;
pub use drift::{Drift, DriftKind, Place, Types, drift, goes_on, table_name, types, unmapped};
pub use fault::{Fault, Faults};
pub use guess::{Guess, Shapes};
pub use links::{CollectionId, Link, Links};
pub use live::{Everything, ForeignKey, LiveColumn, LiveKind, LiveSchema, LiveTable};
pub use model::{
    About, Collection, Contact, DataMap, Dataset, Direction, Disclosure, Field, Forget, Match, OnErasure, Reference,
    Retention, SearchWay, Then,
};
pub use read::{MapFile, read};
