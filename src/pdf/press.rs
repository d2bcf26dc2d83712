//! What documents share when they are written one after the other: the shaped words, and the threads that draw.

use super::painters::Painters;
use super::shape::Shaper;

/// Makes documents. Cheap to make; what it has once read and shaped, it keeps.
pub struct Press {
    pub(super) shaper: Shaper,
    pub(super) painters: Painters,
}

impl Press {
    /// With nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self { shaper: Shaper::new(), painters: Painters::new() }
    }
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}
