//! interim
use secrecy::SecretString;
/// interim
pub struct SourceUrl(pub SecretString);
impl SourceUrl {
    /// interim
    pub fn parse(s: &SecretString) -> Result<Self, String> {
        Ok(Self(s.clone()))
    }
}
