//! The calendar that statutory periods are counted on: corresponding calendar months, working days and the bank
//! holidays of the three divisions of the United Kingdom. Pure. Must never read a clock or a file, and must never
//! guess: a date outside the years whose bank holidays are known is refused, not treated as a working day.

mod division;
mod govuk;
mod holidays;
mod month;

pub use division::{Division, UnknownDivision};
pub use govuk::{HolidayFile, HolidayFileError};
pub use holidays::{Change, HolidayChange, Holidays, HolidaysUnknown};
pub use month::{add_days, add_months};
