//! Base: identifiers, time, text and secrets that every other room may name. Pure; names no other room.

mod id;
mod moment;
mod number;
mod signing;
mod text;
mod words;

pub use id::{IdError, id};
pub use moment::{Clock, FixedClock, Moment, SystemClock, london_date, parse_date};
pub use number::{clamp_i64, f32_from, f32_from_i32, hundredths, i64_from, u64_from, usize_from};
pub use signing::{PublicKey, SigningKey};
pub use text::{capitalised, char_count, excerpt, hex, is_blank, key_bytes, one_line, unhex};
pub use words::words;
