//! Which proof is enough for whom: when more than a code is asked for, what may be sent as proof, and in which words a
//! caseworker writes down what they made of it. Must never decide that somebody is who they say: a person does.

mod assessment;
mod file;
mod rules;

pub use assessment::{AssessmentKind, AssessmentMethod, AssessmentOutcome, ProofKind};
pub use file::{FileKind, FileLimits, Unfit, look_at_file};
pub use rules::{Needs, ProofRules, WhyProof};
