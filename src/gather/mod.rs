//! interim
/// interim
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub enum GatherError {
    /// i
    #[error("{0}")]
    Act(String),
}
/// interim
pub struct Outcome {
    /// i
    pub found: u64,
    /// i
    pub held: u64,
    /// i
    pub failed: u64,
}
/// interim
pub fn gather(
    _: &crate::datamap::DataMap,
    _: &std::collections::BTreeMap<String, crate::sources::SourceUrl>,
    _: &crate::subject::Verified<crate::subject::Subject>,
    _: &std::path::Path,
    _: Option<&std::path::Path>,
    _: crate::base::Moment,
) -> Result<Outcome, GatherError> {
    Err(GatherError::Act("x".into()))
}
