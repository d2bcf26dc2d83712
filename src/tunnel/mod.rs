//! The way to a PostgreSQL server: an in-process tunnel with TLS and a leash. The libpq that is compiled in knows no TLS
//! and waits for a silent server without end, so it speaks to a private socket of ours, and we speak to the server:
//! encrypted if the address asks for it, checked as it asks, and cut off when the leash says so. Must never read what
//! passes through but the first words, and never let an address out: it may hold a password.

mod address;
mod fault;
mod greeting;
mod leash;
mod open;
mod password;
mod pump;
mod verify;

pub use address::{Address, SslMode};
pub use fault::TunnelFault;
pub use leash::Leash;
pub use open::{Tunnel, open};
