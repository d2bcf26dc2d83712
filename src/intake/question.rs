//! The questions of the form, and in which order they are asked.

use crate::case::Relationship;
use crate::datamap::{DataMap, Disclosure};
use crate::deadline::Right;
use crate::subject::IdentifierKind;
use crate::words;

use super::answers::Answers;

words! {
    /// One question: one page of the form. The word is its address.
    Question, "the question" {
        /// Which right.
        What = "what",
        /// For whom.
        For = "who-for",
        /// The name of who asks for somebody else.
        YourName = "your-name",
        /// By which right they act for them.
        Authority = "how-you-may-act",
        /// The data subject's name.
        Name = "name",
        /// Names they had before or also use.
        OtherNames = "other-names",
        /// Where the requester is reached.
        Email = "email",
        /// By what else records may be known.
        Contact = "contact",
        /// When the subject was born, where some record can be found by it.
        Birth = "date-of-birth",
        /// All that is held, or some of it.
        Which = "which",
        /// Which kinds of record.
        Kinds = "kinds",
        /// From when to when.
        Dates = "dates",
        /// The rest in their own words.
        Details = "details",
        /// How the answer is to reach them.
        Answer = "answer",
    }
}

words! {
    /// How a person wants their answer.
    AnswerBy, "how the answer is wanted" {
        /// They fetch it here.
        Download = "download",
        /// On paper, by post.
        Post = "post",
        /// On paper in large print.
        LargePrint = "large_print",
        /// As they say.
        Other = "other",
    }
}

words! {
    /// By which right somebody acts for the data subject.
    Authority, "the authority" {
        /// Holds parental responsibility (Children Act 1989 s.3).
        ParentalResponsibility = "parental_responsibility",
        /// The child understands what is asked, and agreed.
        ChildAgreed = "child_agreed",
        /// An order of a court.
        CourtOrder = "court_order",
        /// The subject signed that they may.
        Written = "written",
        /// A lasting power of attorney for property and affairs.
        Attorney = "attorney",
        /// A deputy whom the Court of Protection made.
        Deputy = "deputy",
        /// A solicitor whom the subject instructed.
        Solicitor = "solicitor",
        /// Something else, which they describe.
        Other = "other",
    }
}

impl Authority {
    /// Those that somebody in this relation to the subject can have.
    #[must_use]
    pub fn of(relationship: Relationship) -> &'static [Self] {
        match relationship {
            Relationship::Myself => &[],
            Relationship::Parent => &[Self::ParentalResponsibility, Self::ChildAgreed, Self::CourtOrder, Self::Other],
            Relationship::Representative => {
                &[Self::Written, Self::Solicitor, Self::Attorney, Self::Deputy, Self::CourtOrder, Self::Other]
            }
        }
    }
}

/// A kind of record that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The collection's name in the data map.
    pub name: String,
    /// In plain words.
    pub label: String,
}

/// What the controller holds, as far as the form asks about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The kinds of record.
    pub kinds: Vec<Kind>,
    /// Some record can be found by a date of birth: only then it is asked for.
    pub birth: bool,
}

impl Offer {
    /// What `map` says is held.
    #[must_use]
    pub fn of(map: &DataMap) -> Self {
        let collections = || map.datasets.iter().flat_map(|dataset| &dataset.collections);
        let mut kinds: Vec<Kind> = Vec::new();
        for collection in collections().filter(|c| !c.skip && c.disclose != Disclosure::Never) {
            if !kinds.iter().any(|kind| kind.name == collection.name) {
                kinds.push(Kind { name: collection.name.clone(), label: collection.label.clone() });
            }
        }
        let birth = collections().flat_map(|c| &c.matches).any(|m| m.kind == IdentifierKind::DateOfBirth);
        Self { kinds, birth }
    }
}

/// The questions that `answers` lead through, in order. Before the first answers it is the shortest way.
#[must_use]
pub fn path(answers: &Answers, offer: &Offer) -> Vec<Question> {
    use Question as Q;
    let right = answers.right;
    let complaint = right == Some(Right::ComplaintAck);
    let for_other = answers.relationship.is_some_and(|who| who != Relationship::Myself);
    let some = answers.all == Some(false);
    let asked = |question: &Question| match question {
        Q::What | Q::For | Q::Name | Q::Email | Q::Details | Q::Answer => true,
        Q::YourName | Q::Authority => for_other,
        Q::OtherNames | Q::Contact => !complaint,
        Q::Birth => offer.birth && !complaint,
        Q::Which => right.is_some_and(narrows) && !offer.kinds.is_empty(),
        Q::Kinds | Q::Dates => right.is_some_and(narrows) && !offer.kinds.is_empty() && some,
    };
    Q::ALL.iter().copied().filter(asked).collect()
}

/// Whether this right can be used for a part of what is held.
fn narrows(right: Right) -> bool {
    match right {
        Right::Access | Right::Erasure | Right::Restriction | Right::Portability => true,
        Right::Rectification | Right::Objection | Right::AutomatedDecision | Right::ComplaintAck => false,
    }
}

/// Whether this right needs words to know what is wanted: what is wrong, what is objected to and why (UK GDPR Art. 16, 21,
/// 22C), what the complaint is about.
#[must_use]
pub fn needs_words(right: Right) -> bool {
    match right {
        Right::Rectification | Right::Objection | Right::AutomatedDecision | Right::ComplaintAck => true,
        Right::Access | Right::Erasure | Right::Restriction | Right::Portability => false,
    }
}

/// The question to ask next: the first on the way that is not answered. None if all are.
#[must_use]
pub fn next(answers: &Answers, offer: &Offer) -> Option<Question> {
    path(answers, offer).into_iter().find(|question| !answers.answered.contains(question))
}

/// The question before `question` on the way.
#[must_use]
pub fn before(question: Question, answers: &Answers, offer: &Offer) -> Option<Question> {
    let way = path(answers, offer);
    let at = way.iter().position(|other| *other == question)?;
    at.checked_sub(1).and_then(|at| way.get(at)).copied()
}

/// Whether `question` may be shown: it is on the way, and those before it are answered.
#[must_use]
pub fn may_ask(question: Question, answers: &Answers, offer: &Offer) -> bool {
    let way = path(answers, offer);
    way.contains(&question)
        && way.iter().take_while(|other| **other != question).all(|other| answers.answered.contains(other))
}
