//! The deadline report as tables, and a case as a row of its list.

use std::fmt::Write;

use super::case_line::Line;
use super::deadlines::{Deadlines, GroupKind, Tally};
use super::figure::{Figure, FigureKind, Value};
use super::figures::Figures;
use super::history::WithheldHow;
use super::period::{AsAt, Basis};
use super::sheet::{Cell, Column, Front, Kind, Lines, Sheet};
use crate::base::Moment;
use crate::deadline::plain_date;
use crate::review::exemption_title;

/// Figures by group that fit on a landscape page; every other stands in the other formats.
const ON_PAPER: [Figure; 9] = [
    Figure::Received,
    Figure::Closed,
    Figure::Open,
    Figure::ClosedInTime,
    Figure::ShareInTime,
    Figure::ShareAchievable,
    Figure::Overdue,
    Figure::MedianDays,
    Figure::P90Days,
];

/// What stands before the tables.
#[must_use]
pub fn deadline_front(report: &Deadlines, as_at: &AsAt, controller: &str, made_at: Moment, software: &str) -> Front {
    let (period, basis) = (report.period(), report.basis());
    let by = match basis {
        Basis::Received => "received",
        Basis::Closed => "closed",
    };
    let mut facts = vec![
        ("period", "Period", format!("{} to {}", plain_date(period.from), plain_date(period.to))),
        ("from", "From", period.from.to_string()),
        ("to", "To", period.to.to_string()),
        ("by", "Requests counted by the day they were", by.to_owned()),
        ("as_at", "As it stood at the end of", as_at.today.to_string()),
    ];
    if let Some(previous) = report.previous_period() {
        facts.push(("previous_from", "Previous period from", previous.from.to_string()));
        facts.push(("previous_to", "Previous period to", previous.to.to_string()));
    }
    Front {
        report: "deadlines",
        title: "Deadline report".to_owned(),
        controller: controller.to_owned(),
        facts,
        made_at,
        software: software.to_owned(),
    }
}

/// Every table of the report.
#[must_use]
pub fn deadline_sheets(report: &Deadlines) -> Vec<Sheet> {
    let mut sheets = vec![figures_sheet(report)];
    sheets.extend(GroupKind::ALL.iter().map(|kind| group_sheet(report, *kind)));
    sheets.extend(Tally::ALL.iter().map(|tally| tally_sheet(report, *tally)));
    sheets.push(definitions_sheet());
    sheets
}

pub(super) fn cell(figure: Figure, value: Value) -> Cell<'static> {
    match (value, figure.kind()) {
        (Value::Whole(n), _) => Cell::whole(n),
        (Value::Date(on), _) => Cell::date(on),
        (Value::Tenths(None), _) => Cell::Empty,
        (Value::Tenths(Some(n)), FigureKind::Share) => Cell::Share(n),
        (Value::Tenths(Some(n)), FigureKind::Cases | FigureKind::Days | FigureKind::Date) => Cell::Tenths(n),
    }
}

fn unit(figure: Figure) -> &'static str {
    match figure.kind() {
        FigureKind::Cases => "cases",
        FigureKind::Share => "per cent",
        FigureKind::Days => "days",
        FigureKind::Date => "date",
    }
}

fn figures_sheet(report: &Deadlines) -> Sheet {
    let rows = Figure::ALL
        .iter()
        .map(|figure| {
            vec![
                Cell::text(figure.word()),
                Cell::text(figure.label()),
                Cell::text(unit(*figure)),
                cell(*figure, report.cases().value(*figure)),
                cell(*figure, report.previous().value(*figure)),
                cell(*figure, report.open().value(*figure)),
            ]
        })
        .collect();
    Sheet {
        key: "figures",
        title: "Figures",
        about:
            "The period, the period before it, and all requests that were open on the day of the report whenever they \
                were received. Each figure is defined at the end."
                .to_owned(),
        columns: vec![
            Column::new("figure", "Name", Kind::Text, 26),
            Column::new("label", "Figure", Kind::Text, 46),
            Column::new("unit", "Unit", Kind::Text, 9),
            Column::new("period", "Period", Kind::Mixed, 13),
            Column::new("previous", "Previous period", Kind::Mixed, 13),
            Column::new("open_now", "All open", Kind::Mixed, 13),
        ],
        rows,
        on_paper: vec!["label", "unit", "period", "previous", "open_now"],
        printed: true,
    }
}

fn group_sheet(report: &Deadlines, kind: GroupKind) -> Sheet {
    let (key, title, label) = match kind {
        GroupKind::Right => ("by_right", "By right", "Right"),
        GroupKind::Channel => ("by_channel", "By channel", "Channel"),
        GroupKind::Requester => ("by_requester", "By requester", "Requester"),
        GroupKind::Team => ("by_team", "By team", "Team"),
        GroupKind::Month => ("by_month", "By month", "Month"),
        GroupKind::FinancialYear => ("by_financial_year", "By financial year", "Financial year"),
    };
    let mut columns = vec![Column::new(kind.as_str(), label, Kind::Text, 22)];
    columns.extend(Figure::ALL.iter().map(|figure| {
        let kind = match figure.kind() {
            FigureKind::Cases => Kind::Whole,
            FigureKind::Share => Kind::Share,
            FigureKind::Days => Kind::Tenths,
            FigureKind::Date => Kind::Date,
        };
        Column::new(figure.word(), figure.label(), kind, 12)
    }));
    let row = |value: String, figures: &Figures| {
        let mut row = vec![Cell::text(value)];
        row.extend(Figure::ALL.iter().map(|figure| cell(*figure, figures.value(*figure))));
        row
    };
    let mut on_paper = vec![kind.as_str()];
    on_paper.extend(ON_PAPER.iter().map(|figure| figure.word()));
    Sheet {
        key,
        title,
        about: "The period's cases, parted.".to_owned(),
        columns,
        rows: report.groups(kind).into_iter().map(|group| row(group.value, &group.figures)).collect(),
        on_paper,
        printed: true,
    }
}

fn tally_sheet(report: &Deadlines, tally: Tally) -> Sheet {
    let (title, about) = match tally {
        Tally::RefusedByGround => {
            ("Refused by ground", "Refused requests of the period by the ground recorded with the refusal.")
        }
        Tally::ExemptedByCode => (
            "Left out by exemption",
            "Answers of the period from which at least one record was left out under the exemption. An answer can stand in \
             several rows.",
        ),
        Tally::RedactedByCode => (
            "Redacted by exemption",
            "Answers of the period in which something was blacked out under the exemption. An answer can stand in several \
             rows.",
        ),
        Tally::LateByReason => (
            "Late by reason",
            "Requests of the period that were closed late or are overdue: the reason that a caseworker recorded, else what \
             the clock shows.",
        ),
    };
    let meaning = |word: &str| match tally {
        Tally::LateByReason => {
            super::stood::WhyLate::ALL.iter().find(|why| why.as_str() == word).map(|why| why.plain())
        }
        Tally::RefusedByGround | Tally::ExemptedByCode | Tally::RedactedByCode => exemption_title(word),
    };
    let rows = report
        .tally_of(tally)
        .into_iter()
        .map(|(word, n)| {
            let meaning = meaning(&word).unwrap_or("No ground was recorded");
            vec![Cell::text(word), Cell::text(meaning), Cell::Whole(n)]
        })
        .collect();
    Sheet {
        key: tally.as_str(),
        title,
        about: about.to_owned(),
        columns: vec![
            Column::new("code", "Code", Kind::Text, 22),
            Column::new("meaning", "Meaning", Kind::Text, 60),
            Column::new("cases", "Cases", Kind::Whole, 10),
        ],
        rows,
        on_paper: Vec::new(),
        printed: true,
    }
}

/// What each figure means.
#[must_use]
pub fn definitions_sheet() -> Sheet {
    definitions_of(Figure::ALL)
}

/// What these figures mean.
pub(super) fn definitions_of(figures: &[Figure]) -> Sheet {
    let row = |figure: &Figure| {
        vec![
            Cell::text(figure.word()),
            Cell::text(figure.label()),
            Cell::text(unit(*figure)),
            Cell::text(figure.definition()),
        ]
    };
    Sheet {
        key: "definitions",
        title: "Definitions",
        about: "How each figure is counted, so that anybody can count it again from the list of cases. A case is read as it \
                stood at the end of the day of the report: only what had been recorded by then counts, with the bank \
                holidays known then."
            .to_owned(),
        columns: vec![
            Column::new("figure", "Name", Kind::Text, 26),
            Column::new("label", "Figure", Kind::Text, 40),
            Column::new("unit", "Unit", Kind::Text, 9),
            Column::new("definition", "Definition", Kind::Text, 100),
        ],
        rows: figures.iter().map(row).collect(),
        on_paper: vec!["label", "definition"],
        printed: true,
    }
}

/// The columns of the list of cases.
#[must_use]
pub fn deadline_lines() -> Lines {
    let column = Column::new;
    Lines {
        columns: vec![
            column("reference", "Reference", Kind::Text, 17),
            column("right", "Right", Kind::Text, 16),
            column("channel", "Channel", Kind::Text, 12),
            column("requester", "Requester", Kind::Text, 14),
            column("team", "Team", Kind::Text, 22),
            column("received_on", "Received", Kind::Date, 12),
            column("logged_on", "Logged", Kind::Date, 12),
            column("relevant_on", "Relevant time", Kind::Date, 12),
            column("pause_days", "Days not counted", Kind::Whole, 9),
            column("extended_on", "Extended", Kind::Date, 12),
            column("due_on", "Due", Kind::Date, 12),
            column("statutory_latest", "Due on the literal reading", Kind::Date, 12),
            column("missed_on", "Missed before", Kind::Date, 12),
            column("clock", "Clock", Kind::Text, 14),
            column("awaiting", "Awaiting", Kind::Text, 16),
            column("closed_on", "Closed", Kind::Date, 12),
            column("how", "How", Kind::Text, 11),
            column("ground", "Ground of refusal", Kind::Text, 16),
            column("exempted", "Left out under", Kind::Text, 20),
            column("redacted", "Redacted under", Kind::Text, 20),
            column("days", "Days", Kind::Whole, 7),
            column("timing", "Timing", Kind::Text, 16),
            column("late_days", "Days late", Kind::Whole, 7),
            column("why_late", "Why late", Kind::Text, 18),
            column("acknowledged_on", "Acknowledged", Kind::Date, 12),
            column("upheld", "Upheld", Kind::Text, 9),
            column("case", "Case", Kind::Text, 37),
        ],
        on_paper: vec![
            "reference",
            "right",
            "received_on",
            "relevant_on",
            "pause_days",
            "extended_on",
            "due_on",
            "closed_on",
            "how",
            "days",
            "timing",
            "why_late",
        ],
    }
}

/// A case as a row of that list.
#[must_use]
pub fn deadline_row(line: &Line) -> Vec<Cell<'_>> {
    vec![
        Cell::text(&line.reference),
        Cell::text(line.right.as_str()),
        Cell::text(line.channel.as_str()),
        Cell::text(line.requester.as_str()),
        Cell::text(&line.team),
        Cell::Date(line.received_on),
        Cell::Date(line.logged_on),
        Cell::date(line.relevant_on),
        Cell::Whole(line.pause_days),
        Cell::date(line.extended_on),
        Cell::date(line.due_on),
        Cell::date(line.statutory_latest),
        Cell::date(line.missed_on),
        Cell::text(line.state.as_str()),
        awaiting(line),
        Cell::date(line.closed_on),
        Cell::word(line.how.map(|how| how.as_str())),
        Cell::word(line.code.as_deref()),
        withheld(line, WithheldHow::Exempted),
        withheld(line, WithheldHow::Redacted),
        Cell::Whole(line.days),
        Cell::text(line.timing.as_str()),
        Cell::Whole(line.late_days),
        Cell::word(line.why_late.map(|why| why.as_str())),
        Cell::date(line.acknowledged_on),
        Cell::word(line.upheld.map(|upheld| if upheld { "upheld" } else { "not_upheld" })),
        Cell::text(&line.case),
    ]
}

pub(super) fn awaiting(line: &Line) -> Cell<'static> {
    let waiting = line.waiting;
    let words: Vec<&str> = [(waiting.identity, "identity"), (waiting.authority, "authority"), (waiting.fee, "fee")]
        .into_iter()
        .filter_map(|(waits, word)| waits.then_some(word))
        .collect();
    if words.is_empty() { Cell::Empty } else { Cell::text(words.join(" ")) }
}

/// As `THIRD-PARTY 3; LPP 1`: the exemption and how many records.
fn withheld(line: &Line, how: WithheldHow) -> Cell<'static> {
    let mut text = String::new();
    for withheld in line.withheld.iter().filter(|withheld| withheld.how == how) {
        // Writing into a string cannot fail.
        let _ = write!(text, "{}{} {}", if text.is_empty() { "" } else { "; " }, withheld.code, withheld.records);
    }
    if text.is_empty() { Cell::Empty } else { Cell::text(text) }
}
