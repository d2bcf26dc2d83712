//! The loop: events, then one person after another, the planted people spread evenly among the generated ones.

use super::cast;
use super::events::{Event, FIXED_EVENTS};
use super::life::Life;
use super::planted::{Cast, Planted};
use super::rows::Rows;
use crate::base::u64_from;
use crate::sources::fill::{FillError, RowWriter};

/// How large a sample, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Generated people, beside the planted ones. On average 2.5 bookings each.
    pub people: u64,
    /// The same seed and size give the same rows.
    pub seed: u64,
}

/// Generated people to an event, so that an event has about forty bookings.
const PEOPLE_PER_EVENT: u64 = 16;

/// Writes the whole sample, parents before their children, and says what was planted where. `progress` hears how many
/// people are written after each. Memory stays at one person's rows, whatever the size.
///
/// # Errors
/// What the writer refuses.
pub fn generate(plan: Plan, out: &mut dyn RowWriter, progress: &mut dyn FnMut(u64)) -> Result<Planted, FillError> {
    let mut rows = Rows::new(out, cast::planted());
    let events = FIXED_EVENTS.saturating_add(i64::try_from(plan.people / PEOPLE_PER_EVENT).unwrap_or(i64::MAX)).max(12);
    for id in 1..=events {
        rows.event(id, &Event::numbered(plan.seed, id))?;
    }
    let cast = Cast::ALL;
    let mut waiting = cast.iter().enumerate().peekable();
    for index in 0..=plan.people {
        // Planted person k stands after (k + 1) / (cast + 1) of the generated people.
        while let Some((k, who)) =
            waiting.next_if(|(k, _)| place(plan.people, u64_from(*k), u64_from(cast.len())) <= index)
        {
            rows.life(Some(*who), &cast::life(*who, plan.seed, u64_from(k)))?;
        }
        if index < plan.people {
            rows.life(None, &Life::generated(plan.seed, index, plan.people, events))?;
            progress(index.saturating_add(1));
        }
    }
    Ok(rows.planted)
}

fn place(people: u64, k: u64, cast: u64) -> u64 {
    let wide = u128::from(people).saturating_mul(u128::from(k.saturating_add(1)));
    u64::try_from(wide / u128::from(cast.saturating_add(1))).unwrap_or(u64::MAX)
}
