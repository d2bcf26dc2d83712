//! The backlog: every open case, the oldest first, with what its requester was last told.

use std::collections::{BTreeMap, BinaryHeap};

use chrono::NaiveDate;

use super::case_line::Line;
use super::deadline_sheets::{awaiting, cell, definitions_of};
use super::figure::Figure;
use super::figures::Figures;
use super::period::AsAt;
use super::sheet::{Cell, Column, Front, Kind, Lines, Sheet};
use crate::base::Moment;
use crate::case::Stage;

/// Lines of the list: more than any backlog, so that memory stays bounded. The figures count all.
pub const MOST_BACKLOG_LINES: usize = 50_000;

/// Figures that a backlog has.
const FIGURES: [Figure; 13] = [
    Figure::Open,
    Figure::OpenInTime,
    Figure::Overdue,
    Figure::Overdue30,
    Figure::Overdue90,
    Figure::Overdue180,
    Figure::Overdue365,
    Figure::OverdueMore,
    Figure::Paused,
    Figure::AwaitingIdentity,
    Figure::AwaitingAuthority,
    Figure::AwaitingFee,
    Figure::Complaints,
];

/// The oldest, and what else a summary says.
const SUMMARY: [Figure; 2] = [Figure::OldestOpenOn, Figure::OldestOpenDays];

/// What was last heard of each other, and where the case stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Where the case stood; where it begins, if it was never moved.
    pub stage: Option<Stage>,
    /// When we last wrote to the requester, or told them a new date.
    pub last_written_on: Option<NaiveDate>,
    /// When the requester last did something.
    pub last_heard_on: Option<NaiveDate>,
    /// The day by which they were told that they will be answered.
    pub new_date: Option<NaiveDate>,
    /// Staff time, in minutes, where any was logged.
    pub minutes: Option<i64>,
}

/// An open case, ordered by age: the oldest is the least.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Aged(Line);

impl Ord for Aged {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.received_on, &self.0.case).cmp(&(other.0.received_on, &other.0.case))
    }
}

impl PartialOrd for Aged {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The backlog while it is counted.
#[derive(Debug, Default)]
pub struct Backlog {
    all: Figures,
    by_right: BTreeMap<String, Figures>,
    by_team: BTreeMap<String, Figures>,
    oldest: BinaryHeap<Aged>,
    left_out: u64,
}

/// Teams that are counted apart.
const MOST_GROUPS: usize = 1_000;

impl Backlog {
    /// Counts a case, if it is open.
    pub fn add(&mut self, line: Line) {
        if !line.is_open() {
            return;
        }
        self.all.add(&line, None);
        for (groups, value) in [(&mut self.by_right, line.right.as_str()), (&mut self.by_team, line.team.as_str())] {
            if let Some(figures) = groups.get_mut(value) {
                figures.add(&line, None);
            } else {
                let value = if groups.len() < MOST_GROUPS { value } else { "(others)" };
                groups.entry(value.to_owned()).or_default().add(&line, None);
            }
        }
        self.oldest.push(Aged(line));
        if self.oldest.len() > MOST_BACKLOG_LINES {
            // The youngest of those kept.
            self.oldest.pop();
            self.left_out += 1;
        }
    }

    /// The figures of all open cases.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.all
    }

    /// The open cases, the oldest first; and the tables.
    #[must_use]
    pub fn finish(self) -> (Vec<Line>, Vec<Sheet>) {
        let sheets = vec![
            summary(&self.all, self.left_out),
            group("by_right", "By right", "right", "Right", self.by_right),
            group("by_team", "By team", "team", "Team", self.by_team),
            definitions_of(&[&FIGURES[..], &SUMMARY[..]].concat()),
        ];
        (self.oldest.into_sorted_vec().into_iter().map(|aged| aged.0).collect(), sheets)
    }
}

fn summary(all: &Figures, left_out: u64) -> Sheet {
    let left = (left_out > 0)
        .then(|| format!(" The list names the {MOST_BACKLOG_LINES} oldest; {left_out} younger ones are counted only."));
    Sheet {
        key: "summary",
        title: "Summary",
        about: format!(
            "All cases that were open at the end of the day of the report, whenever they were received.{}",
            left.unwrap_or_default()
        ),
        columns: vec![
            Column::new("figure", "Name", Kind::Text, 26),
            Column::new("label", "Figure", Kind::Text, 46),
            Column::new("value", "All open", Kind::Mixed, 13),
        ],
        rows: FIGURES
            .iter()
            .chain(&SUMMARY)
            .map(|figure| {
                vec![Cell::text(figure.word()), Cell::text(figure.label()), cell(*figure, all.value(*figure))]
            })
            .collect(),
        on_paper: vec!["label", "value"],
        printed: true,
    }
}

fn group(
    key: &'static str,
    title: &'static str,
    column: &'static str,
    label: &'static str,
    groups: BTreeMap<String, Figures>,
) -> Sheet {
    let mut columns = vec![Column::new(column, label, Kind::Text, 22)];
    columns.extend(FIGURES.iter().map(|figure| Column::new(figure.word(), figure.label(), Kind::Whole, 12)));
    Sheet {
        key,
        title,
        about: "The same, parted.".to_owned(),
        columns,
        rows: groups
            .into_iter()
            .map(|(value, figures)| {
                let mut row = vec![Cell::text(value)];
                row.extend(FIGURES.iter().map(|figure| cell(*figure, figures.value(*figure))));
                row
            })
            .collect(),
        on_paper: vec![
            column,
            "open",
            "overdue",
            "overdue_1_30",
            "overdue_31_90",
            "overdue_91_180",
            "overdue_181_365",
            "overdue_over_365",
            "paused",
        ],
        printed: true,
    }
}

/// What stands before the tables.
#[must_use]
pub fn backlog_front(as_at: &AsAt, controller: &str, made_at: Moment, software: &str) -> Front {
    Front {
        report: "backlog",
        title: "Open cases, the oldest first".to_owned(),
        controller: controller.to_owned(),
        facts: vec![("as_at", "As it stood at the end of", as_at.today.to_string())],
        made_at,
        software: software.to_owned(),
    }
}

/// The columns of the list.
#[must_use]
pub fn backlog_lines() -> Lines {
    let column = Column::new;
    Lines {
        columns: vec![
            column("reference", "Reference", Kind::Text, 17),
            column("right", "Right", Kind::Text, 16),
            column("channel", "Channel", Kind::Text, 12),
            column("requester", "Requester", Kind::Text, 14),
            column("team", "Team", Kind::Text, 22),
            column("stage", "Stage", Kind::Text, 22),
            column("received_on", "Received", Kind::Date, 12),
            column("days", "Days since", Kind::Whole, 7),
            column("due_on", "Due", Kind::Date, 12),
            column("missed_on", "Missed before", Kind::Date, 12),
            column("clock", "Clock", Kind::Text, 14),
            column("awaiting", "Awaiting", Kind::Text, 16),
            column("timing", "Timing", Kind::Text, 14),
            column("late_days", "Days late", Kind::Whole, 7),
            column("new_date", "New date told", Kind::Date, 12),
            column("last_written_on", "We last wrote", Kind::Date, 12),
            column("last_heard_on", "They last wrote", Kind::Date, 12),
            column("minutes", "Minutes worked", Kind::Whole, 9),
            column("case", "Case", Kind::Text, 37),
        ],
        on_paper: vec![
            "reference",
            "right",
            "team",
            "stage",
            "received_on",
            "days",
            "due_on",
            "late_days",
            "new_date",
            "last_written_on",
            "last_heard_on",
        ],
    }
}

/// A case as a row of the list.
#[must_use]
pub fn backlog_row<'l>(line: &'l Line, contact: &Contact) -> Vec<Cell<'l>> {
    vec![
        Cell::text(&line.reference),
        Cell::text(line.right.as_str()),
        Cell::text(line.channel.as_str()),
        Cell::text(line.requester.as_str()),
        Cell::text(&line.team),
        Cell::text(contact.stage.unwrap_or(Stage::AwaitingVerification).as_str()),
        Cell::Date(line.received_on),
        Cell::Whole(line.days),
        Cell::date(line.due_on),
        Cell::date(line.missed_on),
        Cell::text(line.state.as_str()),
        awaiting(line),
        Cell::text(line.timing.as_str()),
        Cell::Whole(line.late_days),
        Cell::date(contact.new_date),
        Cell::date(contact.last_written_on),
        Cell::date(contact.last_heard_on),
        Cell::whole(contact.minutes.map(|minutes| u64::try_from(minutes).unwrap_or(0))),
        Cell::text(&line.case),
    ]
}
