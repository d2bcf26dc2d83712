//! (interim until the clock lands)
use crate::base::words;
words! {
    /// Right
    Right, "the right" {
        /// a
        Access = "access",
        /// b
        Rectification = "rectification",
        /// b
        Erasure = "erasure",
        /// b
        Restriction = "restriction",
        /// b
        Portability = "portability",
        /// b
        Objection = "objection",
        /// b
        ComplaintAck = "complaint_ack",
    }
}
