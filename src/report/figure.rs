//! What each figure is called and what it means. The one place that says so: every format, the definitions sheet and
//! `docs/REPORTS.md` are made from this list.

use chrono::NaiveDate;
use serde::Serialize;

use super::days::Tenths;

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Cases.
    Cases,
    /// Per cent.
    Share,
    /// Days.
    Days,
    /// A date.
    Date,
}

/// The value of a figure; none where there is nothing to count it from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Cases, or whole days.
    Whole(Option<u64>),
    /// Per cent, or days, with one decimal.
    Tenths(Option<Tenths>),
    /// A date.
    Date(Option<NaiveDate>),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(Some(n)) => n.fmt(f),
            Self::Tenths(Some(n)) => n.fmt(f),
            Self::Date(Some(n)) => n.fmt(f),
            Self::Whole(None) | Self::Tenths(None) | Self::Date(None) => Ok(()),
        }
    }
}

macro_rules! figures {
    ($($(#[$meta:meta])* $variant:ident = $word:literal, $kind:ident, $label:literal, $definition:literal;)+) => {
        /// A figure of the deadline report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Figure { $(#[doc = $definition] $variant,)+ }

        impl Figure {
            /// Every figure, in the order in which they are printed.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that names it in JSON and CSV.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// What people read.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// What it counts in.
            #[must_use]
            pub fn kind(self) -> FigureKind {
                match self { $(Self::$variant => FigureKind::$kind),+ }
            }

            /// How it is counted, for whoever counts it again.
            #[must_use]
            pub fn definition(self) -> &'static str {
                match self { $(Self::$variant => $definition),+ }
            }
        }
    };
}

figures! {
    Received = "received", Cases, "Received",
        "Requests of this column that were received in its period. A request counts on the day it reached anybody in the \
         organisation, as known on the day of the report; complaints are counted apart, below.";
    Closed = "closed", Cases, "Closed",
        "Requests of this column that were closed by the day of the report: answered, refused, withdrawn or lapsed. The day \
         is the one in London on which that was done. A request that was opened again is not closed.";
    Open = "open", Cases, "Open",
        "Requests of this column that were not closed by the day of the report.";
    Answered = "answered", Cases, "Answered",
        "Of the closed: the answer was released to the requester.";
    Refused = "refused", Cases, "Refused",
        "Of the closed: refused in whole, with reasons (UK GDPR Art. 12(4)).";
    Withdrawn = "withdrawn", Cases, "Withdrawn",
        "Of the closed: withdrawn by the requester.";
    Lapsed = "lapsed", Cases, "Lapsed",
        "Of the closed: the requester was asked for something, reminded, and did not reply.";
    ClosedInTime = "closed_in_time", Cases, "Closed in time",
        "Of the closed: closed no later than the due date that the facts gave on the day of the report, extensions and pauses \
         counted; or closed while the clock had not started or stood still. A due date that had passed before proof or a fee \
         was asked for stays missed.";
    ClosedLate = "closed_late", Cases, "Closed late",
        "Of the closed: closed after that due date. Where the law can be read in two ways the earlier date counts.";
    ClosedInLiteralTime = "closed_in_literal_time", Cases, "Closed late, in time on the literal reading",
        "Of the closed late: closed no later than the last day on the literal reading of Art. 12A(5)(b), which counts the day \
         of a question too.";
    NoDeadline = "no_deadline", Cases, "Without a date",
        "Requests for which the law sets no date, or whose date lies past the bank holidays known on the day of the report. \
         They are left out of every share.";
    ShareInTime = "share_in_time", Share, "Closed in time, of all closed",
        "Closed in time / (closed in time + closed late). Per cent, cut off after one decimal: 100.0 means all.";
    ShareAnswersInTime = "share_answers_in_time", Share, "Answered or refused in time, of all answered or refused",
        "The same without the withdrawn and the lapsed, which need no answer and can flatter.";
    ShareInFirstMonth = "share_in_first_month", Share, "Closed in time without an extension, of all closed",
        "Closed in time and not extended / (closed in time + closed late).";
    ShareAchievable = "share_achievable", Share, "So far achievable",
        "(Closed in time + open and not overdue) / (closed in time + closed late + open and not overdue + overdue): what the \
         share would be if every request that is not overdue yet were answered in time.";
    Extended = "extended", Cases, "Extended",
        "Two further months were taken with notice and reasons in time (Art. 12A(3)). A late notice does not count.";
    ExtendedInTime = "extended_in_time", Cases, "Extended and closed in time",
        "Of the extended: closed in time.";
    Questioned = "questioned", Cases, "With days that did not count",
        "A question to the requester stopped the clock for one day or more (Art. 12A(5)).";
    Paused = "paused", Cases, "Paused now",
        "Of the open: a question to the requester is outstanding and the clock stands still.";
    AwaitingIdentity = "awaiting_identity", Cases, "Awaiting proof of identity",
        "Of the open: proof of identity was asked for and is outstanding; the clock has not started (Art. 12(6), 12A(2)(b)).";
    AwaitingAuthority = "awaiting_authority", Cases, "Awaiting proof of authority",
        "Of the open: proof that the requester may act for the person was asked for and is outstanding.";
    AwaitingFee = "awaiting_fee", Cases, "Awaiting a fee",
        "Of the open: a fee was asked for (Art. 12(5)) and is not paid.";
    OpenInTime = "open_in_time", Cases, "Open and not overdue",
        "Of the open: the due date is the day of the report or later, or nothing is due because the clock has not started or \
         stands still.";
    Overdue = "overdue", Cases, "Overdue",
        "Of the open: the due date, or one that was missed before, lies before the day of the report.";
    Overdue30 = "overdue_1_30", Cases, "Overdue by 1 to 30 days",
        "Of the overdue: calendar days from the due date to the day of the report.";
    Overdue90 = "overdue_31_90", Cases, "Overdue by 31 to 90 days", "The same.";
    Overdue180 = "overdue_91_180", Cases, "Overdue by 91 to 180 days", "The same.";
    Overdue365 = "overdue_181_365", Cases, "Overdue by 181 to 365 days", "The same.";
    OverdueMore = "overdue_over_365", Cases, "Overdue by more than 365 days", "The same.";
    Late30 = "late_1_30", Cases, "Closed late by 1 to 30 days",
        "Of the closed late: calendar days from the due date to the day of closing.";
    Late90 = "late_31_90", Cases, "Closed late by 31 to 90 days", "The same.";
    Late180 = "late_91_180", Cases, "Closed late by 91 to 180 days", "The same.";
    Late365 = "late_181_365", Cases, "Closed late by 181 to 365 days", "The same.";
    LateMore = "late_over_365", Cases, "Closed late by more than 365 days", "The same.";
    MeanDays = "mean_days", Days, "Days to close, mean",
        "Calendar days from the day of receipt to the day of closing, of all closed; to one decimal, a half rounded up. No day \
         is left out: pauses and waiting for proof are in it.";
    MedianDays = "median_days", Days, "Days to close, median",
        "The smallest number of days within which at least half of the closed were closed.";
    P90Days = "p90_days", Days, "Days to close, 90th percentile",
        "The smallest number of days within which at least nine in ten of the closed were closed.";
    LongestDays = "longest_days", Days, "Days to close, longest",
        "The most days that one of the closed took.";
    Exempted = "exempted", Cases, "Answered with records left out",
        "Of the answered: at least one record was left out under an exemption.";
    Redacted = "redacted", Cases, "Answered with redactions",
        "Of the answered: parts of at least one record were blacked out.";
    OldestOpenOn = "oldest_open_on", Date, "Oldest open, received on",
        "The day on which the oldest of the open was received.";
    OldestOpenDays = "oldest_open_days", Days, "Oldest open, days since",
        "Calendar days from that day to the day of the report.";
    Complaints = "complaints", Cases, "Complaints",
        "Complaints to the controller about its handling of personal data (DPA 2018 s.164A) that this column holds.";
    ComplaintsInTime = "complaints_in_time", Cases, "Complaints acknowledged in time",
        "Acknowledged within the 30 days of s.164A(3): the first letter to the complainant, or the answer if that came first.";
    ComplaintsLate = "complaints_late", Cases, "Complaints acknowledged late, or overdue",
        "Acknowledged after those days, or not yet and the days have passed.";
    ComplaintsClosed = "complaints_closed", Cases, "Complaints closed", "Answered, refused, withdrawn or lapsed.";
    ComplaintsUpheld = "complaints_upheld", Cases, "Complaints upheld",
        "Of the closed: recorded as upheld in whole or part.";
    ComplaintsNotUpheld = "complaints_not_upheld", Cases, "Complaints not upheld",
        "Of the closed: recorded as not upheld. The rest of the closed has no such record.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_figure_has_a_word_and_a_label_of_its_own() {
        let words: BTreeSet<_> = Figure::ALL.iter().map(|figure| figure.word()).collect();
        let labels: BTreeSet<_> = Figure::ALL.iter().map(|figure| figure.label()).collect();
        assert_eq!((words.len(), labels.len()), (Figure::ALL.len(), Figure::ALL.len()));
        assert!(Figure::ALL.iter().all(|figure| figure.definition().ends_with('.')));
    }
}
