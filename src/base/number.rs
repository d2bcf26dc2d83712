//! Number conversions that cannot wrap or panic: they saturate, and say so in their name or docs.
//! The `as` keyword is refused by clippy everywhere else.

/// A length or count as `u64`. Lossless on every platform that rightsdesk builds for.
#[must_use]
pub fn u64_from(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A length or count as `i64`, at most `i64::MAX`.
#[must_use]
pub fn i64_from(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as `usize`, at most `usize::MAX`.
#[must_use]
pub fn usize_from(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A count as `i64`, at most `i64::MAX`.
#[must_use]
pub fn clamp_i64(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Hundredths of a number as a whole number; a number that is none is 0.
#[must_use]
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a float cast saturates, and NaN is 0")]
pub fn hundredths(number: f64) -> i32 {
    (number * 100.0).round() as i32
}

/// The nearest `f32` of a count, for page geometry.
#[must_use]
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "page geometry needs no more than 24 bits")]
pub fn f32_from(count: usize) -> f32 {
    count as f32
}

/// The nearest `f32` of a font or page unit.
#[must_use]
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "font units need no more than 24 bits")]
pub fn f32_from_i32(n: i32) -> f32 {
    n as f32
}
