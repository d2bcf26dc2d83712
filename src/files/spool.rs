//! interim
use crate::bundle::{BundleError, CollectionReport, Record, RecordSource};
use serde_json::value::RawValue;
use std::path::Path;
/// i
#[derive(Debug)]
pub struct Spool;
/// i
#[derive(Debug)]
pub struct Standing;
impl Standing {
    /// i
    #[must_use]
    pub fn words(&self) -> (&'static str, Option<String>) {
        ("disclose", None)
    }
}
/// i
#[derive(Debug)]
pub struct Row {
    /// i
    pub record: Record,
    /// i
    pub source: String,
    /// i
    pub collection: String,
    /// i
    pub standing: Standing,
}
/// i
#[derive(Debug)]
pub struct Dec;
impl RecordSource for Dec {
    fn collections(&self) -> &[CollectionReport] {
        &[]
    }
    fn replay(&self, _: usize, _: &mut dyn FnMut(&Record) -> Result<(), BundleError>) -> Result<(), BundleError> {
        Ok(())
    }
}
impl Spool {
    /// # Errors
    /// i
    pub fn open(_: &Path) -> Result<Self, BundleError> {
        let _ = RawValue::NULL;
        Ok(Self)
    }
    /// # Errors
    /// i
    pub fn page(&self, _: u64, _: u64) -> Result<Vec<Row>, BundleError> {
        Ok(vec![])
    }
    /// # Errors
    /// i
    pub fn contains(&self, _: &str) -> Result<bool, BundleError> {
        Ok(false)
    }
    /// # Errors
    /// i
    pub fn each_held(&self, _: &mut dyn FnMut(&str)) -> Result<(), BundleError> {
        Ok(())
    }
    /// # Errors
    /// i
    pub fn with_decisions(&self, _: &[crate::store::DecisionRow]) -> Result<Dec, BundleError> {
        Ok(Dec)
    }
}
