//! Telling the recipients of what was done (UK GDPR Art. 19): where a notice stands.

use crate::base::words;

crate::id!(NoticeId, "a notice to a recipient");

words! {
    /// Where a notice to a recipient stands.
    Told, "the state of the notice" {
        /// It has to go out.
        Due = "due",
        /// It went out.
        Sent = "sent",
        /// The recipient said that they have it.
        Acknowledged = "acknowledged",
        /// Telling them is impossible or a disproportionate effort; the reason is kept.
        Waived = "waived",
    }
}

impl Told {
    /// Whether a notice may go from here to `to`.
    ///
    /// # Errors
    /// Why not, and what to do instead.
    pub fn step(self, to: Self) -> Result<(), &'static str> {
        match (self, to) {
            (Self::Due | Self::Sent, Self::Sent)
            | (Self::Sent, Self::Acknowledged)
            | (Self::Due | Self::Sent, Self::Waived) => Ok(()),
            (Self::Due, Self::Acknowledged) => Err("it did not go out yet: say first that it was sent"),
            (Self::Acknowledged | Self::Waived, _) | (_, Self::Due) => Err("it has ended"),
        }
    }

    /// In words for the person.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::Due => "We are about to tell them",
            Self::Sent => "We have told them",
            Self::Acknowledged => "We have told them, and they have said so",
            Self::Waived => "We could not tell them",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn nothing_is_acknowledged_that_was_not_sent_and_nothing_ended_goes_on() {
        assert!(Told::Due.step(Told::Acknowledged).is_err());
        for ended in [Told::Acknowledged, Told::Waived] {
            assert!(Told::ALL.iter().all(|to| ended.step(*to).is_err()));
        }
    }
}
