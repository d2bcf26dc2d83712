//! Another count of the same figures, written to be compared with the first: no counters, no one pass; every case read by
//! the day-walking reference clock, every figure a filter over the whole list, every percentile from a sorted list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rightsdesk::base::Moment;
use rightsdesk::deadline::{Fact, FactKind, Right};
use rightsdesk::report::{History, How, WithheldHow};
use serde_json::{Value, json};

use crate::clock::reference::{Case, Page, Verdict, Walker, Wall};

/// A case as the naive count sees it at a moment.
#[derive(Debug, Clone)]
pub struct Seen {
    pub right: Right,
    pub channel: String,
    pub requester: String,
    pub team: String,
    pub received: NaiveDate,
    pub closed: Option<NaiveDate>,
    pub how: Option<How>,
    pub code: Option<String>,
    pub withheld: Vec<(WithheldHow, String)>,
    pub state: &'static str,
    /// What it is late after: a date missed before, or the due date.
    pub deadline: Option<NaiveDate>,
    pub literal: Option<NaiveDate>,
    pub missed: bool,
    pub extended: bool,
    pub questioned: bool,
    /// Identity, authority, fee.
    pub waiting: [bool; 3],
    pub acknowledged: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// The facts that stand at `moment`: of each pair of fact and correction the correction.
fn standing(history: &History, moment: Moment) -> Vec<Fact> {
    let known: Vec<Fact> = history.facts.iter().filter(|f| f.recorded_at <= moment).copied().collect();
    // The generator corrects a fact at most once.
    known.iter().filter(|f| !known.iter().any(|later| later.corrects == Some(f.id))).copied().collect()
}

struct Walked {
    verdict: Verdict,
    extended: bool,
    out: u32,
}

fn walk(wall: &Wall, right: Right, received: NaiveDate, events: &[Fact]) -> Walked {
    let case = Case {
        right: right.to_string(),
        regime: "uk-gdpr".into(),
        division: "england-and-wales".into(),
        received: Page::read(&received.to_string()),
        events: events.iter().map(|f| (f.kind.as_str().to_owned(), Page::read(&f.happened_on.to_string()))).collect(),
    };
    let mut walker = Walker::new(wall, &case);
    let verdict = walker.verdict();
    assert!(!walker.past_the_wall, "the plan keeps within the known years");
    Walked { verdict, extended: walker.extended, out: walker.out }
}

/// The case at `moment`; none if it was not on record.
pub fn see(wall: &Wall, history: &History, moment: Moment) -> Option<Seen> {
    let facts = standing(history, moment);
    let received = facts.iter().filter(|f| f.kind == FactKind::Received).map(|f| f.happened_on).min()?;
    let events: Vec<Fact> = facts.into_iter().filter(|f| matches!(f.kind, FactKind::Event(_))).collect();
    let days = |word: &str| -> Vec<NaiveDate> {
        let mut days: Vec<_> = events.iter().filter(|f| f.kind.as_str() == word).map(|f| f.happened_on).collect();
        days.sort_unstable();
        days
    };
    let walked = walk(wall, history.right, received, &events);
    let complaint = history.right == Right::ComplaintAck;
    let mut asked: Vec<_> =
        ["id_requested", "authority_requested", "fee_requested"].into_iter().flat_map(days).collect();
    asked.sort_unstable();
    let missed = asked.into_iter().filter(|_| !complaint).find_map(|on| {
        let before: Vec<Fact> = events.iter().filter(|f| f.happened_on < on).copied().collect();
        let due = walk(wall, history.right, received, &before).verdict.due?;
        Some(due.parse::<NaiveDate>().unwrap()).filter(|due| *due < on)
    });
    // A question that waits for its answer counts no days yet: the last ones asked are those without an answer.
    let (questions, answers) = (days("clarification_requested"), days("clarification_received"));
    let last_answered = questions.len().min(answers.len()).checked_sub(1).map(|at| questions[at]);
    let mut seen = 0;
    let answered: Vec<Fact> = events
        .iter()
        .filter(|f| {
            let waits = f.kind.as_str() == "clarification_requested" && {
                seen += usize::from(Some(f.happened_on) == last_answered);
                last_answered.is_none_or(|last| f.happened_on > last)
            };
            !waits
        })
        .copied()
        .collect();
    let counted = walk(wall, history.right, received, &answered).out;
    let latest = |word: &str| days(word).pop();
    let waits = |asked: &str, met: &str| latest(asked) > latest(met);
    let last = history.endings.iter().rev().find(|e| e.at <= moment).filter(|e| e.how != How::Reopened);
    let date = |text: &Option<String>| text.as_ref().map(|d| d.parse::<NaiveDate>().unwrap());
    let acknowledged = history.complaint.and_then(|c| c.acknowledged_at).filter(|at| *at <= moment);
    let started = !matches!(walked.verdict.state, "not_started" | "no_statutory_deadline") && !complaint;
    let given = history.teams.iter().rev().find(|t| t.at <= moment);
    Some(Seen {
        right: history.right,
        channel: history.channel.to_string(),
        requester: history.requester.to_string(),
        team: given.map_or("Information Governance".into(), |t| t.team.clone()),
        received,
        closed: last.map(|e| e.at.london_date()),
        how: last.map(|e| e.how),
        code: last.and_then(|e| e.code.clone()),
        withheld: last.map(|e| e.withheld.iter().map(|w| (w.how, w.code.clone())).collect()).unwrap_or_default(),
        state: walked.verdict.state,
        deadline: missed.or(date(&walked.verdict.due)),
        literal: date(&walked.verdict.latest),
        missed: missed.is_some(),
        extended: started && walked.extended,
        questioned: started && counted > 0,
        waiting: [
            waits("id_requested", "id_received"),
            waits("authority_requested", "authority_received"),
            waits("fee_requested", "fee_paid"),
        ],
        acknowledged: acknowledged.map(Moment::london_date),
        reason: history.late_reasons.iter().rev().find(|r| r.at <= moment).map(|r| r.reason.to_string()),
    })
}

impl Seen {
    fn dated(&self) -> bool {
        self.state != "no_statutory_deadline"
    }

    /// Days past the deadline on the day it was closed, or on `today`.
    fn late(&self, today: NaiveDate) -> i64 {
        let done = if self.right == Right::ComplaintAck { self.acknowledged.or(self.closed) } else { self.closed };
        let days = self.deadline.map_or(0, |deadline| (done.unwrap_or(today) - deadline).num_days());
        if self.dated() { days.max(0) } else { 0 }
    }

    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.late(today) > 0
    }

    fn took(&self) -> i64 {
        self.closed.map_or(0, |closed| (closed - self.received).num_days()).max(0)
    }
}

fn tenths(per_mille: i128) -> Value {
    json!(per_mille as f64 / 10.0)
}

fn share(part: usize, whole: usize) -> Value {
    if whole == 0 { Value::Null } else { tenths(part as i128 * 1_000 / whole as i128) }
}

/// The figures of these cases at `today`, by their names; `period` is the one whose receipts are counted.
pub fn figures(all: &[&Seen], today: NaiveDate, period: Option<(NaiveDate, NaiveDate)>) -> BTreeMap<String, Value> {
    use How::{Lapsed, Refused, Released, Withdrawn};
    let cases: Vec<&Seen> = all.iter().filter(|c| c.right != Right::ComplaintAck).copied().collect();
    let complaints: Vec<&Seen> = all.iter().filter(|c| c.right == Right::ComplaintAck).copied().collect();
    let count = |test: &dyn Fn(&Seen) -> bool| cases.iter().filter(|c| test(c)).count();
    let ended = |how: How| count(&|c| c.how == Some(how));
    let closed = |c: &Seen| c.closed.is_some();
    let open = |c: &Seen| c.closed.is_none();
    let in_time = |c: &Seen| c.dated() && !c.is_late(today);
    let late = |c: &Seen| c.is_late(today);
    let answer = |c: &Seen| matches!(c.how, Some(Released | Refused));
    let band = |state: &dyn Fn(&Seen) -> bool, low: i64, high: i64| {
        count(&|c| state(c) && (low..=high).contains(&c.late(today)))
    };
    let closed_in_time = count(&|c| closed(c) && in_time(c));
    let closed_late = count(&|c| closed(c) && late(c));
    let open_in_time = count(&|c| open(c) && in_time(c));
    let overdue = count(&|c| open(c) && late(c));
    let mut took: Vec<i64> = cases.iter().filter(|c| closed(c)).map(|c| c.took()).collect();
    took.sort_unstable();
    let rank = |per_cent: usize| {
        took.get(((took.len() * per_cent).div_ceil(100)).max(1) - 1).map_or(Value::Null, |d| json!(d))
    };
    let mean = if took.is_empty() {
        Value::Null
    } else {
        let (sum, n) = (took.iter().sum::<i64>() as i128, took.len() as i128);
        tenths((sum * 100 / n + 5) / 10)
    };
    let oldest = cases.iter().filter(|c| open(c)).map(|c| c.received).min();
    let withheld = |c: &Seen, how: WithheldHow| c.how == Some(Released) && c.withheld.iter().any(|w| w.0 == how);
    let complained = |test: &dyn Fn(&Seen) -> bool| complaints.iter().filter(|c| test(c)).count();
    let mut figures: BTreeMap<String, Value> = BTreeMap::new();
    for (word, n) in [
        ("received", count(&|c| period.is_none_or(|(from, to)| from <= c.received && c.received <= to))),
        ("closed", count(&closed)),
        ("open", count(&open)),
        ("answered", ended(Released)),
        ("refused", ended(Refused)),
        ("withdrawn", ended(Withdrawn)),
        ("lapsed", ended(Lapsed)),
        ("closed_in_time", closed_in_time),
        ("closed_late", closed_late),
        ("closed_in_literal_time", count(&|c| closed(c) && late(c) && !c.missed && c.closed <= c.literal)),
        ("no_deadline", count(&|c| !c.dated())),
        ("extended", count(&|c| c.extended)),
        ("extended_in_time", count(&|c| c.extended && closed(c) && in_time(c))),
        ("questioned", count(&|c| c.questioned)),
        ("paused", count(&|c| open(c) && c.state == "paused")),
        ("awaiting_identity", count(&|c| open(c) && c.waiting[0])),
        ("awaiting_authority", count(&|c| open(c) && c.waiting[1])),
        ("awaiting_fee", count(&|c| open(c) && c.waiting[2])),
        ("open_in_time", open_in_time),
        ("overdue", overdue),
        ("overdue_1_30", band(&open, 1, 30)),
        ("overdue_31_90", band(&open, 31, 90)),
        ("overdue_91_180", band(&open, 91, 180)),
        ("overdue_181_365", band(&open, 181, 365)),
        ("overdue_over_365", band(&open, 366, i64::MAX)),
        ("late_1_30", band(&closed, 1, 30)),
        ("late_31_90", band(&closed, 31, 90)),
        ("late_91_180", band(&closed, 91, 180)),
        ("late_181_365", band(&closed, 181, 365)),
        ("late_over_365", band(&closed, 366, i64::MAX)),
        ("exempted", count(&|c| withheld(c, WithheldHow::Exempted))),
        ("redacted", count(&|c| withheld(c, WithheldHow::Redacted))),
        ("complaints", complaints.len()),
        (
            "complaints_in_time",
            complained(&|c| c.dated() && !c.is_late(today) && (c.acknowledged.is_some() || closed(c))),
        ),
        ("complaints_late", complained(&late)),
        ("complaints_closed", complained(&closed)),
        ("complaints_upheld", 0),
        ("complaints_not_upheld", 0),
    ] {
        figures.insert(word.to_owned(), json!(n));
    }
    let answers_in_time = count(&|c| answer(c) && in_time(c));
    for (word, value) in [
        ("share_in_time", share(closed_in_time, closed_in_time + closed_late)),
        ("share_answers_in_time", share(answers_in_time, answers_in_time + count(&|c| answer(c) && late(c)))),
        (
            "share_in_first_month",
            share(count(&|c| closed(c) && in_time(c) && !c.extended), closed_in_time + closed_late),
        ),
        (
            "share_achievable",
            share(closed_in_time + open_in_time, closed_in_time + closed_late + open_in_time + overdue),
        ),
        ("mean_days", mean),
        ("median_days", rank(50)),
        ("p90_days", rank(90)),
        ("longest_days", took.last().map_or(Value::Null, |d| json!(d))),
        ("oldest_open_on", oldest.map_or(Value::Null, |on| json!(on.to_string()))),
        ("oldest_open_days", oldest.map_or(Value::Null, |on| json!((today - on).num_days().max(0)))),
    ] {
        figures.insert(word.to_owned(), value);
    }
    figures
}
