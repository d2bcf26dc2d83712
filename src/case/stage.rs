//! The transition table: Stage x Move, exhaustive. What is not in the table is refused with the reason.

use crate::base::words;

words! {
    /// Where a case stands.
    Stage, "the stage" {
        /// Received; the requester's identity is not yet verified.
        AwaitingVerification = "awaiting_verification",
        /// Verified and waiting to be gathered.
        Verified = "verified",
        /// The requester was asked what they want (UK GDPR Art. 12A(5)).
        AwaitingClarification = "awaiting_clarification",
        /// The sources are being searched.
        Gathering = "gathering",
        /// Gathered; a caseworker reviews the records.
        Review = "review",
        /// Decided; waiting for a second person.
        AwaitingApproval = "awaiting_approval",
        /// Signed off; the bundle is built and waits to be released.
        Approved = "approved",
        /// The answer was released to the requester.
        Released = "released",
        /// Refused in whole, with reasons (Art. 12(4)).
        Refused = "refused",
        /// Withdrawn by the requester.
        Withdrawn = "withdrawn",
        /// Nothing more to do.
        Closed = "closed",
        /// The requester was silent; a reply takes the case back to where it stood.
        Lapsed = "lapsed",
    }
}

words! {
    /// What can be done to a case.
    Move, "the move" {
        /// The requester's identity was confirmed.
        Verify = "verify",
        /// The proof of identity was not enough; the request stays unverified.
        RejectIdentity = "reject_identity",
        /// Search the sources (again).
        Gather = "gather",
        /// The search ended.
        FinishGather = "finish_gather",
        /// The search was given up after its last attempt.
        AbandonGather = "abandon_gather",
        /// Ask the requester what they want.
        RequestClarification = "request_clarification",
        /// The requester said what they want.
        RecordClarification = "record_clarification",
        /// Take two further months (Art. 12A(3)).
        Extend = "extend",
        /// Give the case to a member of staff.
        Assign = "assign",
        /// Include, exclude or exempt a record; the review goes on.
        DecideRecord = "decide_record",
        /// Send the review for sign-off.
        Decide = "decide",
        /// Return the case to the reviewer.
        SendBack = "send_back",
        /// Sign off what somebody else decided.
        Approve = "approve",
        /// Let the requester have the bundle.
        Release = "release",
        /// Tell the requester what became of a request that ends without a bundle: each part of it was decided by one
        /// person and signed by another. Discloses no record.
        Answer = "answer",
        /// Refuse the request in whole.
        Refuse = "refuse",
        /// The requester stops the request.
        Withdraw = "withdraw",
        /// Nothing more to do.
        Close = "close",
        /// Stop waiting for a requester who was asked, reminded and told, and did not reply.
        Lapse = "lapse",
        /// Take a lapsed case back to where it stood.
        Reopen = "reopen",
    }
}

impl Stage {
    /// True while an answer is still owed.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::AwaitingVerification
            | Self::Verified
            | Self::AwaitingClarification
            | Self::Gathering
            | Self::Review
            | Self::AwaitingApproval
            | Self::Approved => true,
            Self::Released | Self::Refused | Self::Withdrawn | Self::Closed | Self::Lapsed => false,
        }
    }

    /// In words for the requester.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::AwaitingVerification => "We need to check who you are",
            Self::Verified => "We know it is you, and will look for your information",
            Self::AwaitingClarification => "We have asked you a question",
            Self::Gathering => "We are looking for your information",
            Self::Review => "We are reading what we found",
            Self::AwaitingApproval => "A second person is checking our answer",
            Self::Approved => "Your answer is nearly ready",
            Self::Released => "Your answer is ready",
            Self::Refused => "We have refused your request",
            Self::Withdrawn => "You stopped this request",
            Self::Closed => "This request is closed",
            Self::Lapsed => "We did not hear from you, so we have stopped for now",
        }
    }
}

/// A move that the table does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{action} is not possible while the case is {stage}: {why}")]
pub struct NotAllowed {
    /// Where the case stands.
    pub stage: Stage,
    /// What was asked for.
    pub action: Move,
    /// Why not, and what to do instead.
    pub why: &'static str,
}

/// Where `action` takes a case that stands at `stage`. A lapsed case whose earlier stage is not known goes back to the very
/// beginning: see [`step_back_to`].
///
/// # Errors
/// [`NotAllowed`] with the reason.
pub fn step(stage: Stage, action: Move) -> Result<Stage, NotAllowed> {
    step_back_to(stage, action, None)
}

/// The same for a case that stood at `lapsed_from` when it lapsed: [`Move::Reopen`] takes it back there.
///
/// # Errors
/// [`NotAllowed`] with the reason.
pub fn step_back_to(stage: Stage, action: Move, lapsed_from: Option<Stage>) -> Result<Stage, NotAllowed> {
    use Stage as S;
    let refuse = |why| Err(NotAllowed { stage, action, why });
    match (action, stage) {
        (_, S::Closed) => refuse("the case is closed"),
        (Move::Close, S::Released | S::Refused | S::Withdrawn) => Ok(S::Closed),
        // Nothing else may be reached from a lapse than what a requester can be silent in.
        (Move::Reopen, S::Lapsed) if lapsed_from == Some(S::AwaitingClarification) => Ok(S::AwaitingClarification),
        (Move::Reopen, S::Lapsed) => Ok(S::AwaitingVerification),
        (Move::Withdraw, S::Lapsed) => Ok(S::Withdrawn),
        (_, S::Lapsed) => refuse("it lapsed; reopen it first"),
        (Move::Close, _) => refuse("release, refuse or withdraw it first"),
        (_, S::Released) => refuse("the answer was released; it can only be closed"),
        (_, S::Refused) => refuse("the request was refused; it can only be closed"),
        (_, S::Withdrawn) => refuse("the requester withdrew; it can only be closed"),

        // From here on the case is open.
        (Move::Reopen, _) => refuse("it has not lapsed"),
        (Move::Lapse, S::AwaitingVerification | S::AwaitingClarification) => Ok(S::Lapsed),
        (Move::Lapse, _) => refuse("we are not waiting for the requester"),
        (Move::Assign | Move::Extend, open) => Ok(open),
        (Move::Withdraw, _) => Ok(S::Withdrawn),
        (Move::Refuse, S::AwaitingApproval | S::Approved) => refuse("send it back to review first"),
        (Move::Refuse, _) => Ok(S::Refused),

        (Move::Verify, S::AwaitingVerification) => Ok(S::Verified),
        (Move::Verify, _) => refuse("the identity is already verified"),
        (Move::RejectIdentity, S::AwaitingVerification) => Ok(S::AwaitingVerification),
        (Move::RejectIdentity, _) => refuse("the identity is already verified"),

        (_, S::AwaitingVerification) => refuse("the requester's identity must be verified first"),

        (Move::Gather, S::Verified | S::Review) => Ok(S::Gathering),
        (Move::Gather, S::Gathering) => refuse("a gather is already running"),
        (Move::Gather, S::AwaitingClarification) => refuse("record the requester's answer first"),
        (Move::Gather, S::AwaitingApproval | S::Approved) => refuse("send it back to review first"),
        (Move::FinishGather, S::Gathering) => Ok(S::Review),
        (Move::AbandonGather, S::Gathering) => Ok(S::Verified),
        (Move::FinishGather | Move::AbandonGather, _) => refuse("no gather is running"),

        (Move::RequestClarification, S::Verified | S::Review) => Ok(S::AwaitingClarification),
        (Move::RequestClarification, S::AwaitingClarification) => refuse("a question is already open"),
        (Move::RequestClarification, S::Gathering) => refuse("wait until the gather has ended"),
        (Move::RequestClarification, S::AwaitingApproval | S::Approved) => refuse("send it back to review first"),
        // Gathered again afterwards, since the answer may change what to search for.
        (Move::RecordClarification, S::AwaitingClarification) => Ok(S::Verified),
        (Move::RecordClarification, _) => refuse("no question is open"),

        (Move::DecideRecord, S::Review) => Ok(S::Review),
        (Move::Decide, S::Review) => Ok(S::AwaitingApproval),
        (Move::DecideRecord | Move::Decide, S::AwaitingApproval | S::Approved) => {
            refuse("it was sent for sign-off; send it back to review first")
        }
        (Move::DecideRecord | Move::Decide, _) => refuse("gather the records first"),

        (Move::SendBack, S::AwaitingApproval | S::Approved) => Ok(S::Review),
        (Move::SendBack, _) => refuse("it was not sent for sign-off"),
        (Move::Approve, S::AwaitingApproval) => Ok(S::Approved),
        (Move::Approve, S::Approved) => refuse("it is already signed off"),
        (Move::Approve, _) => refuse("the review must be decided first"),
        (Move::Release, S::Approved) => Ok(S::Released),
        (Move::Release, _) => refuse("a second person must approve it first"),
        (Move::Answer, S::Verified | S::Review) => Ok(S::Released),
        (Move::Answer, S::AwaitingApproval | S::Approved) => refuse("send it back to review first"),
        (Move::Answer, _) => refuse("wait until the gather has ended, and the question is answered"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as a picture, so that a change to it is seen and meant.
    #[test]
    fn the_whole_table_stands_as_drawn() {
        let mut drawn = String::new();
        for stage in Stage::ALL {
            for action in Move::ALL {
                if let Ok(next) = step(*stage, *action) {
                    drawn.push_str(&format!("{stage} --{action}--> {next}\n"));
                }
            }
        }
        for lapsed_from in [Stage::AwaitingVerification, Stage::AwaitingClarification] {
            let next = step_back_to(Stage::Lapsed, Move::Reopen, Some(lapsed_from)).unwrap();
            drawn.push_str(&format!("lapsed (from {lapsed_from}) --reopen--> {next}\n"));
        }
        insta::assert_snapshot!(drawn);
    }

    #[test]
    fn a_lapse_leads_back_only_to_where_a_requester_can_be_silent() {
        for from in Stage::ALL {
            let next = step_back_to(Stage::Lapsed, Move::Reopen, Some(*from)).unwrap();
            assert!(matches!(next, Stage::AwaitingVerification | Stage::AwaitingClarification), "{from}");
            assert!(step_back_to(*from, Move::Reopen, None).is_err() || *from == Stage::Lapsed);
        }
    }

    #[test]
    fn nothing_is_released_that_was_not_verified_gathered_decided_and_approved() {
        // Walk every path backwards from Released: each must pass these stages.
        for action in Move::ALL {
            for stage in Stage::ALL {
                if step(*stage, *action) == Ok(Stage::Released) {
                    // An answer without a bundle discloses nothing.
                    let answered = *action == Move::Answer && matches!(*stage, Stage::Verified | Stage::Review);
                    assert!((*stage, *action) == (Stage::Approved, Move::Release) || answered);
                }
                if step(*stage, *action) == Ok(Stage::Approved) && *stage != Stage::Approved {
                    assert_eq!((*stage, *action), (Stage::AwaitingApproval, Move::Approve));
                }
                if step(*stage, *action) == Ok(Stage::AwaitingApproval) && *stage != Stage::AwaitingApproval {
                    assert_eq!((*stage, *action), (Stage::Review, Move::Decide));
                }
                if step(*stage, *action) == Ok(Stage::Gathering) && *stage != Stage::Gathering {
                    assert!(matches!(*stage, Stage::Verified | Stage::Review));
                }
                if step(*stage, *action) == Ok(Stage::Verified) && *stage != Stage::Verified {
                    assert!(matches!(
                        (*stage, *action),
                        (Stage::AwaitingVerification, Move::Verify)
                            | (Stage::AwaitingClarification, Move::RecordClarification)
                            | (Stage::Gathering, Move::AbandonGather)
                    ));
                }
            }
        }
    }

    #[test]
    fn every_word_reads_back() {
        for stage in Stage::ALL {
            assert_eq!(stage.as_str().parse::<Stage>(), Ok(*stage));
        }
        for action in Move::ALL {
            assert_eq!(action.as_str().parse::<Move>(), Ok(*action));
        }
    }
}
