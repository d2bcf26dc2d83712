//! How far a gather has come.

/// Hears how far a gather has come. Gets names and counts, never a value.
pub trait Progress {
    /// A search of this collection begins.
    fn searching(&self, source: &str, collection: &str);

    /// So many rows have been found so far, in all.
    fn found(&self, rows: u64);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn searching(&self, _source: &str, _collection: &str) {}
    fn found(&self, _rows: u64) {}
}
