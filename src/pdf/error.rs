//! What can fail.

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The output failed.
    #[error("the PDF could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// A page could not be drawn; never with what stands on it.
    #[error("a page of the PDF could not be drawn: {0}")]
    Drawing(String),
}
