//! The answer to the questions that councils are asked under the Freedom of Information Act each year, on one page.

use super::case_line::Line;
use super::days::Tenths;
use super::deadline_sheets::{cell, definitions_of};
use super::figure::Figure;
use super::figures::Figures;
use super::period::{AsAt, Period};
use super::sheet::{Cell, Column, Front, Kind, Sheet};
use crate::base::Moment;
use crate::deadline::{Right, plain_date};

/// The questions that figures answer, in the words in which they are asked.
const QUESTIONS: [(Figure, &str); 17] = [
    (Figure::Received, "How many requests did you receive in the period?"),
    (Figure::Closed, "How many of them have been closed?"),
    (Figure::Answered, "In how many did the person get an answer with information?"),
    (Figure::Refused, "How many were refused?"),
    (Figure::Withdrawn, "How many were withdrawn?"),
    (Figure::Lapsed, "How many lapsed because the person did not reply to us?"),
    (Figure::ClosedInTime, "How many were closed within the time limit, extensions included?"),
    (Figure::ShareInTime, "Of those closed, what per cent is that?"),
    (Figure::Extended, "In how many was the time extended by two months?"),
    (Figure::ClosedLate, "How many were closed after the time limit?"),
    (Figure::Open, "How many are still open?"),
    (Figure::Overdue, "How many of those are overdue?"),
    (Figure::MeanDays, "How many days did it take to close a request, on average?"),
    (Figure::LongestDays, "How many days did the longest take?"),
    (Figure::Complaints, "How many complaints about our handling of personal data did you receive?"),
    (Figure::ComplaintsInTime, "How many of them were acknowledged within 30 days?"),
    (Figure::ComplaintsUpheld, "How many of them were upheld?"),
];

/// Staff time logged for a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hours {
    /// Minutes.
    pub minutes: u64,
    /// On how many cases.
    pub cases: u64,
}

/// The answer while it is counted.
#[derive(Debug, Clone)]
pub struct Foi {
    period: Period,
    all: Figures,
    access: Figures,
}

impl Foi {
    /// For the requests received in `period`.
    #[must_use]
    pub fn new(period: Period) -> Self {
        Self { period, all: Figures::default(), access: Figures::default() }
    }

    /// Counts a case, if it was received in the period.
    pub fn add(&mut self, line: &Line) {
        if !self.period.holds(line.received_on) {
            return;
        }
        self.all.add(line, Some(&self.period));
        if line.right == Right::Access {
            self.access.add(line, Some(&self.period));
        }
    }

    /// The tables. `all` and `access` are the hours logged for work in the period.
    #[must_use]
    pub fn finish(self, all: Hours, access: Hours) -> Vec<Sheet> {
        let of_complaints =
            |figure| matches!(figure, Figure::Complaints | Figure::ComplaintsInTime | Figure::ComplaintsUpheld);
        let mut rows: Vec<Vec<Cell<'static>>> = QUESTIONS
            .iter()
            .map(|(figure, question)| {
                let of_access =
                    if of_complaints(*figure) { Cell::Empty } else { cell(*figure, self.access.value(*figure)) };
                vec![
                    Cell::text(figure.word()),
                    Cell::text(*question),
                    cell(*figure, self.all.value(*figure)),
                    of_access,
                ]
            })
            .collect();
        let hours = |hours: Hours| Tenths::mean(hours.minutes, 60).map_or(Cell::Empty, Cell::Tenths);
        rows.push(vec![
            Cell::text("hours"),
            Cell::text("How many hours did staff log for work on requests in the period?"),
            hours(all),
            hours(access),
        ]);
        rows.push(vec![
            Cell::text("hours_cases"),
            Cell::text("On how many requests did they log hours?"),
            Cell::Whole(all.cases),
            Cell::Whole(access.cases),
        ]);
        let about = "Requests that were received in the period, as they stood at the end of the day of the report. The time limit \
                     is that of UK GDPR Art. 12A (before 5 February 2026: Art. 12(3)), with its pauses. Hours are those that \
                     staff logged; not all work is logged.";
        let figures: Vec<Figure> = QUESTIONS.iter().map(|(figure, _)| *figure).collect();
        vec![
            Sheet {
                key: "answers",
                title: "Answers",
                about: about.to_owned(),
                columns: vec![
                    Column::new("question", "Name", Kind::Text, 22),
                    Column::new("label", "Question", Kind::Text, 62),
                    Column::new("all", "All requests", Kind::Mixed, 13),
                    Column::new("access", "Subject access", Kind::Mixed, 13),
                ],
                rows,
                on_paper: vec!["label", "all", "access"],
                printed: true,
            },
            // The questions say on paper what they count; the page stays one.
            Sheet { printed: false, ..definitions_of(&figures) },
        ]
    }
}

/// What stands before the tables.
#[must_use]
pub fn foi_front(period: &Period, as_at: &AsAt, controller: &str, made_at: Moment, software: &str) -> Front {
    Front {
        report: "foi",
        title: "Requests about personal data".to_owned(),
        controller: controller.to_owned(),
        facts: vec![
            ("period", "Period", format!("{} to {}", plain_date(period.from), plain_date(period.to))),
            ("from", "From", period.from.to_string()),
            ("to", "To", period.to.to_string()),
            ("as_at", "As it stood at the end of", as_at.today.to_string()),
        ],
        made_at,
        software: software.to_owned(),
    }
}
