//! The events: the first few are fixed (the planted people's), the rest a pure function of the seed and their number.

use chrono::{DateTime, NaiveDate};

use super::dice::Dice;
use super::words::{COURSES, VENUES};

const EVENTS: u64 = 2;

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;
/// Milliseconds of an hour.
pub(super) const HOUR: i64 = 3_600_000;
/// The site opened: 2021-09-01.
pub(super) const OPENED: i64 = 1_630_454_400_000;
/// The moment at which the sample stands still: 2026-11-01. What lies after it has not happened yet.
pub(super) const AS_OF: i64 = 1_793_491_200_000;

/// One event.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) title: String,
    pub(super) kind: &'static str,
    pub(super) summary: Option<&'static str>,
    pub(super) venue: Option<&'static str>,
    pub(super) starts: i64,
    pub(super) hours: i64,
    pub(super) capacity: Option<i64>,
    pub(super) fee: i64,
}

/// Title, kind, start, hours, fee in pence, venue.
type Fixed = (&'static str, &'static str, &'static str, i64, i64, Option<&'static str>);

/// The fixed events.
const FIXED: [Fixed; 5] = [
    ("Designated Safeguarding Lead: two-day course", "course", "2025-03-11T09:30:00Z", 7, 12_000, Some(VENUES[2])),
    ("Neglect: using the assessment tool", "course", "2025-06-19T12:30:00Z", 3, 2505, Some(VENUES[0])),
    ("Safeguarding in faith settings – سلام, ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ, dzień dobry", "webinar", "2025-11-04T18:00:00Z", 1, 0, None),
    ("Annual partnership conference 2026", "conference", "2026-05-14T09:00:00Z", 7, 4500, Some(VENUES[1])),
    ("Trauma-informed practice", "course", "2027-01-21T09:30:00Z", 6, 6550, Some(VENUES[4])),
];

/// How many events are fixed; they have the keys from 1.
pub(super) const FIXED_EVENTS: i64 = 5;

impl Event {
    /// The event with key `id`, from 1.
    pub(super) fn numbered(seed: u64, id: i64) -> Self {
        let fixed = usize::try_from(id.saturating_sub(1)).ok().and_then(|i| FIXED.get(i));
        if let Some(&(title, kind, starts, hours, fee, venue)) = fixed {
            return Self {
                title: title.to_owned(),
                kind,
                summary: Some("Open to everyone who works with children and families in the partnership's area."),
                venue,
                starts: millis(starts),
                hours,
                capacity: venue.map(|_| 60),
                fee,
            };
        }
        let mut dice = Dice::of(seed, EVENTS, u64::try_from(id).unwrap_or(0));
        let (title, kind, hours, fee) = dice.pick(&COURSES);
        let venue = (kind != "webinar").then(|| dice.pick(&VENUES));
        // Weekdays and terms do not matter here; the hour does, so that nothing starts at night.
        let last_day = (AS_OF - OPENED) / DAY + 150;
        let starts = OPENED + dice.between(30, last_day) * DAY + dice.pick(&[9, 10, 13, 16]) * HOUR;
        Self {
            title: title.to_owned(),
            kind,
            summary: dice.chance(600).then_some("Multi-agency: come with a case in mind. Bring lunch."),
            venue,
            starts,
            hours,
            capacity: venue.map(|_| dice.pick(&[20, 24, 30, 40, 60, 80])),
            fee,
        }
    }

    /// When it ends.
    pub(super) fn ends(&self) -> i64 {
        self.starts.saturating_add(self.hours.saturating_mul(HOUR))
    }
}

/// The instant of an ISO 8601 text that stands in this code; the sample's own moment if it is no instant.
pub(super) fn millis(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).map_or(AS_OF, |at| at.timestamp_millis())
}

/// The UTC day of an instant.
pub(super) fn day(at: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(at).unwrap_or_default().date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_are_the_days_they_say() {
        assert_eq!(day(OPENED).to_string(), "2021-09-01");
        assert_eq!(AS_OF, millis("2026-11-01T00:00:00Z"));
        assert_eq!(usize::try_from(FIXED_EVENTS).unwrap(), FIXED.len());
        assert!(FIXED.iter().all(|e| DateTime::parse_from_rfc3339(e.2).is_ok()));
    }
}
