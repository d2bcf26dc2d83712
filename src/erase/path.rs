//! The one table of what can be done to an erasure, and where it leads.

use crate::base::words;

crate::id!(ErasureId, "an erasure");

words! {
    /// Where an erasure stands.
    ErasureState, "the state of the erasure" {
        /// The plan is made; a second person has to sign it.
        Planned = "planned",
        /// The second person returned it.
        Returned = "returned",
        /// Signed; the program carries it out.
        Signed = "signed",
        /// Everything that was planned is done.
        Done = "done",
        /// What the program can do is done; the rest is for who looks after the source.
        WithOwner = "with_owner",
        /// What is there is not any more what was planned for: search again, and plan again.
        Changed = "changed",
        /// A source refused: nothing of its part is done.
        Blocked = "blocked",
        /// Another plan stands in its place.
        Replaced = "replaced",
    }
}

/// What is done to an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasureAct {
    /// The second person returns it.
    Return,
    /// The second person signs.
    Sign,
    /// All is done, but for what is left to who looks after a source.
    Finish {
        /// Something is left to them.
        left: bool,
    },
    /// The sources hold something else than was planned for.
    Differ,
    /// A source refused.
    Block,
    /// Who looks after the source has done their part.
    OwnerDone,
    /// Another plan is made.
    Replace,
}

/// The table does not allow it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not possible while the erasure is {state}: {why}")]
pub struct NotNow {
    /// Where it stands.
    pub state: ErasureState,
    /// Why not, and what to do instead.
    pub why: &'static str,
}

impl ErasureState {
    /// True while something is still to be done about it.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Planned | Self::Returned | Self::Signed | Self::WithOwner | Self::Changed | Self::Blocked => true,
            Self::Done | Self::Replaced => false,
        }
    }
}

/// Where `act` takes an erasure that stands at `state`.
///
/// # Errors
/// [`NotNow`] with the reason.
pub fn next_step(state: ErasureState, act: ErasureAct) -> Result<ErasureState, NotNow> {
    use ErasureAct as A;
    use ErasureState as S;
    let refuse = |why| Err(NotNow { state, why });
    match (act, state) {
        (A::Return, S::Planned) => Ok(S::Returned),
        (A::Sign, S::Planned) => Ok(S::Signed),
        (A::Return | A::Sign, S::Returned | S::Changed | S::Blocked | S::Replaced) => refuse("make a new plan first"),
        (A::Return | A::Sign, S::Signed | S::Done | S::WithOwner) => refuse("it was signed already"),
        (A::Finish { left: false }, S::Signed) => Ok(S::Done),
        (A::Finish { left: true }, S::Signed) => Ok(S::WithOwner),
        (A::Differ, S::Signed) => Ok(S::Changed),
        (A::Block, S::Signed) => Ok(S::Blocked),
        (
            A::Finish { .. } | A::Differ | A::Block,
            S::Planned | S::Returned | S::Done | S::WithOwner | S::Changed | S::Blocked | S::Replaced,
        ) => refuse("nobody has signed that it be carried out"),
        (A::OwnerDone, S::WithOwner) => Ok(S::Done),
        (A::OwnerDone, S::Planned | S::Returned | S::Signed | S::Done | S::Changed | S::Blocked | S::Replaced) => {
            refuse("nothing of it is a task for who looks after a source")
        }
        (A::Replace, S::Planned | S::Returned | S::Changed | S::Blocked | S::Done | S::WithOwner) => Ok(S::Replaced),
        (A::Replace, S::Signed) => refuse("it is being carried out: wait until that has ended"),
        (A::Replace, S::Replaced) => refuse("another plan stands in its place already"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_carried_out_that_was_not_signed() {
        for state in ErasureState::ALL.iter().copied() {
            for act in [ErasureAct::Finish { left: false }, ErasureAct::Differ, ErasureAct::Block] {
                assert_eq!(next_step(state, act).is_ok(), state == ErasureState::Signed, "{state} {act:?}");
            }
            assert_eq!(next_step(state, ErasureAct::Sign).is_ok(), state == ErasureState::Planned, "{state}");
        }
    }
}
