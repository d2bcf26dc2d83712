//! The one table of what can be done to a correction, and where it leads.

use crate::base::words;

crate::id!(CorrectionId, "a correction");

words! {
    /// Where a correction stands.
    State, "the state of the correction" {
        /// Asked for; nobody has decided.
        Asked = "asked",
        /// Decided; a second person has to sign.
        Decided = "decided",
        /// Signed; the program writes it to the source.
        Signed = "signed",
        /// The source says what it should.
        Written = "written",
        /// The source did not say any more what had been shown: it is shown again, and decided again.
        Changed = "changed",
        /// The source refused the new value: decided again.
        Blocked = "blocked",
        /// The program cannot write there: a task for who looks after the source.
        WithOwner = "with_owner",
        /// Refused, with reasons.
        Refused = "refused",
        /// The person's statement stands beside the data.
        Stated = "stated",
        /// Written, and taken back by another correction.
        Undone = "undone",
    }
}

words! {
    /// What is decided about a correction.
    Decided, "the decision" {
        /// The value that was asked for is written.
        Apply = "apply",
        /// Another value is written than was asked for.
        Part = "part",
        /// Nothing is written; the person is told why (Art. 12(4)).
        Refuse = "refuse",
        /// Nothing is written; the person's statement stands beside the data.
        Statement = "statement",
    }
}

/// What is done to a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A caseworker decides.
    Decide,
    /// The second person returns it.
    Return,
    /// The second person signs. `writable` says that the program can write to the source.
    Sign {
        /// What was decided.
        decided: Decided,
        /// There is a write account, and the column's type is known.
        writable: bool,
    },
    /// The source says the new value.
    Found,
    /// The source says something else than was shown.
    Differs,
    /// The source refused.
    Block,
    /// Who looks after the source has changed it.
    OwnerDone,
    /// Another correction took it back.
    Undo,
}

/// The table does not allow it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not possible while the correction is {state}: {why}")]
pub struct NotPossible {
    /// Where it stands.
    pub state: State,
    /// Why not, and what to do instead.
    pub why: &'static str,
}

impl State {
    /// True while the person is owed something.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Asked | Self::Decided | Self::Signed | Self::Changed | Self::Blocked | Self::WithOwner => true,
            Self::Written | Self::Refused | Self::Stated | Self::Undone => false,
        }
    }

    /// In words for the person.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::Asked => "We are looking at it",
            Self::Decided | Self::Signed | Self::Changed | Self::Blocked => "We are working on it",
            Self::WithOwner => "We have asked the people who look after this record to change it",
            Self::Written => "We have put it right",
            Self::Refused => "We have not changed it",
            Self::Stated => "We have put your statement beside it",
            Self::Undone => "We changed it, and then changed it back",
        }
    }
}

/// Where `act` takes a correction that stands at `state`.
///
/// # Errors
/// [`NotPossible`] with the reason.
pub fn next(state: State, act: Act) -> Result<State, NotPossible> {
    use State as S;
    let refuse = |why| Err(NotPossible { state, why });
    match (act, state) {
        (Act::Decide, S::Asked | S::Decided | S::Changed | S::Blocked | S::WithOwner) => Ok(S::Decided),
        (Act::Decide, S::Signed) => refuse("it is being written to the source: wait until that has ended"),
        (Act::Decide, S::Written) => refuse("it was written: undo it, or ask for another correction"),
        (Act::Decide, S::Refused | S::Stated | S::Undone) => refuse("it has ended: ask for another correction"),
        (Act::Return, S::Decided) => Ok(S::Asked),
        (Act::Sign { decided, writable }, S::Decided) => Ok(match decided {
            Decided::Refuse => S::Refused,
            Decided::Statement => S::Stated,
            Decided::Apply | Decided::Part if writable => S::Signed,
            Decided::Apply | Decided::Part => S::WithOwner,
        }),
        (Act::Return | Act::Sign { .. }, S::Asked | S::Changed | S::Blocked) => refuse("decide it first"),
        (
            Act::Return | Act::Sign { .. },
            S::Signed | S::Written | S::WithOwner | S::Refused | S::Stated | S::Undone,
        ) => refuse("it was signed already"),
        (Act::Found, S::Signed) => Ok(S::Written),
        (Act::Differs, S::Signed) => Ok(S::Changed),
        (Act::Block, S::Signed) => Ok(S::Blocked),
        (
            Act::Found | Act::Differs | Act::Block,
            S::Asked
            | S::Decided
            | S::Written
            | S::Changed
            | S::Blocked
            | S::WithOwner
            | S::Refused
            | S::Stated
            | S::Undone,
        ) => refuse("nobody has signed that it be written"),
        (Act::OwnerDone, S::WithOwner) => Ok(S::Written),
        (
            Act::OwnerDone,
            S::Asked
            | S::Decided
            | S::Signed
            | S::Written
            | S::Changed
            | S::Blocked
            | S::Refused
            | S::Stated
            | S::Undone,
        ) => refuse("it is no task for who looks after the source"),
        (Act::Undo, S::Written) => Ok(S::Undone),
        (
            Act::Undo,
            S::Asked
            | S::Decided
            | S::Signed
            | S::Changed
            | S::Blocked
            | S::WithOwner
            | S::Refused
            | S::Stated
            | S::Undone,
        ) => refuse("nothing was written that could be undone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_that_was_not_decided_and_signed() {
        let writing: Vec<State> = State::ALL.iter().copied().filter(|state| next(*state, Act::Found).is_ok()).collect();
        assert_eq!(writing, [State::Signed]);
        for state in State::ALL.iter().copied() {
            let sign = Act::Sign { decided: Decided::Apply, writable: true };
            assert_eq!(next(state, sign).is_ok(), state == State::Decided, "{state}");
        }
        for decided in [Decided::Refuse, Decided::Statement] {
            for writable in [true, false] {
                assert_ne!(next(State::Decided, Act::Sign { decided, writable }), Ok(State::Signed));
            }
        }
    }

    #[test]
    fn what_has_ended_stays_as_it_is() {
        for state in State::ALL.iter().copied().filter(|state| !state.is_open()) {
            assert!(next(state, Act::Decide).is_err(), "{state}");
            assert_eq!(next(state, Act::Undo).is_ok(), state == State::Written, "{state}");
        }
    }
}
