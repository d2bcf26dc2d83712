//! What a caseworker makes of who somebody is, and of whether they may act: in fixed words, always with reasons. There is
//! no age from which a child in England acts alone, and none below which a parent may: it is looked at each time.

use crate::words;

words! {
    /// What is assessed.
    AssessmentKind, "the kind of assessment" {
        /// Whether the requester is who they say.
        Identity = "identity",
        /// Whether they may act for the subject.
        Authority = "authority",
        /// Whether a child understands what is asked, and what they want.
        Understanding = "understanding",
        /// Whether it is in the child's interest that a parent gets the answer.
        Interest = "interest",
    }
}

words! {
    /// How an assessment was made.
    AssessmentMethod, "the method" {
        /// A document that they sent.
        DocumentSent = "document_sent",
        /// A document that they showed.
        DocumentSeen = "document_seen",
        /// They are known to us.
        Known = "known",
        /// We called a number that we had before.
        CalledBack = "called_back",
        /// They told us what only they know.
        Questions = "questions",
        /// A public register (powers of attorney, deputies, solicitors).
        Register = "register",
        /// A talk with them, or with the child.
        Talk = "talk",
        /// Something else, which the reasons say.
        Other = "other",
    }
}

words! {
    /// What came out.
    AssessmentOutcome, "the outcome" {
        /// It is enough.
        Enough = "enough",
        /// It is not.
        NotEnough = "not_enough",
    }
}

words! {
    /// What a file is sent as.
    ProofKind, "the kind of proof" {
        /// Who the requester is.
        Identity = "identity",
        /// That they may act for the subject.
        Authority = "authority",
        /// Something else that we asked for, or that they want us to see.
        Other = "other",
    }
}
