//! Generated years of cases for the reports' tests and benchmarks: what is recorded of each case, and the same as rows of
//! the desk's tables with an audit trail that holds. The same seed gives the same cases, byte for byte.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde_json::{Map, Value, json};

use super::dice::Dice;
use crate::audit::{Actor, Entry, Event, Form, GENESIS};
use crate::base::{Moment, u64_from};
use crate::case::{Channel, Move, Relationship, Stage};
use crate::deadline::{EventKind, Fact, FactKind, Right};
use crate::report::{Complaint, Ending, History, How, LateReason, LateReasonGiven, TeamGiven, Withheld, WithheldHow};

/// Cases of some years.
#[derive(Debug, Clone, Copy)]
pub struct HistoryPlan {
    /// Chance begins here.
    pub seed: u64,
    /// The first day on which one is received.
    pub from: NaiveDate,
    /// The last day; nothing is recorded after it.
    pub to: NaiveDate,
    /// How many.
    pub cases: u64,
}

const TEAMS: [&str; 5] =
    ["Children's Services", "Adult Social Care", "Education", "Human Resources", "=HYPERLINK(\"http://x\")"];
const GROUNDS: [&str; 4] = ["UNFOUNDED", "EXCESSIVE", "NOT-IDENTIFIED", "LPP"];
const EXEMPTIONS: [&str; 4] = ["THIRD-PARTY", "LPP", "SW-HARM", "CRIME"];

/// A stream of chance for each thing, so that a change of one leaves the others as they are.
const STREAM: u64 = 90;

/// A UUID that sorts as it was made.
fn id(dice: &mut Dice, at: Moment) -> String {
    let millis = u64::try_from(at.utc().timestamp_millis()).unwrap_or(0);
    let (high, low) = (dice.next().to_be_bytes(), dice.next().to_be_bytes());
    let mut random = [0_u8; 10];
    for (to, from) in random.iter_mut().zip(high.iter().chain(&low)) {
        *to = *from;
    }
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
}

/// A moment of a day's office hours.
fn office(dice: &mut Dice, day: NaiveDate) -> Moment {
    let seconds = 8 * 3_600 + dice.below(10 * 3_600);
    let micros = dice.below(1_000_000);
    let time = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0))
        + TimeDelta::microseconds(i64::try_from(micros).unwrap_or(0));
    Moment::from_naive_utc(NaiveDateTime::new(day, NaiveTime::MIN) + time)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

impl HistoryPlan {
    /// The case with this number, from 0.
    #[must_use]
    pub fn history(&self, number: u64) -> History {
        let mut dice = Dice::of(self.seed, STREAM, number);
        let span = u64::try_from(self.to.signed_duration_since(self.from).num_days()).unwrap_or(0);
        // In the order of logging, as a desk has them.
        let received_on = after(self.from, (span + 1) * number / self.cases.max(1));
        let right = self.right(&mut dice);
        let last = NaiveDateTime::new(self.to, NaiveTime::MIN) + TimeDelta::hours(18);
        let mut making = Making { dice, last: Moment::from_naive_utc(last), facts: Vec::new() };
        let logged_on = after(received_on, if making.dice.chance(200) { making.dice.below(6) } else { 0 }).min(self.to);
        let logged_at = office(&mut making.dice, logged_on).min(making.last);
        let case = id(&mut making.dice, logged_at);
        making.fact(FactKind::Received, received_on, logged_at, None);
        making.events(received_on, logged_at, right);
        let endings = making.endings(received_on, logged_at);
        let (teams, late_reasons) = making.notes(logged_at);
        let complaint = (right == Right::ComplaintAck).then(|| {
            let on = after(logged_on, making.dice.below(45));
            let at = office(&mut making.dice, on);
            Complaint {
                acknowledged_at: making.dice.chance(900).then_some(at).filter(|at| *at <= making.last),
                outcome: None,
            }
        });
        let Making { mut dice, facts, .. } = making;
        History {
            case,
            reference: format!("DR-{}-{number:07}", received_on.format("%Y")),
            right,
            channel: pick(&mut dice, Channel::ALL, Channel::Web),
            requester: pick(&mut dice, Relationship::ALL, Relationship::Myself),
            facts,
            endings,
            teams,
            late_reasons,
            complaint,
        }
    }

    fn right(&self, dice: &mut Dice) -> Right {
        match dice.below(100) {
            0..=69 => Right::Access,
            70..=79 => Right::Erasure,
            80..=86 => Right::Rectification,
            87..=89 => Right::Objection,
            90..=91 => Right::Restriction,
            92..=93 => Right::Portability,
            94 => Right::AutomatedDecision,
            _ => Right::ComplaintAck,
        }
    }
}

fn pick<T: Copy>(dice: &mut Dice, from: &[T], or: T) -> T {
    from.get(crate::base::usize_from(dice.below(u64_from(from.len())))).copied().unwrap_or(or)
}

struct Making {
    dice: Dice,
    last: Moment,
    facts: Vec<Fact>,
}

impl Making {
    /// Records a fact, if that is not after the last day. A few are put right or withdrawn later.
    fn fact(&mut self, kind: FactKind, on: NaiveDate, at: Moment, corrects: Option<crate::deadline::FactId>) {
        if at > self.last {
            return;
        }
        let Ok(id) = id(&mut self.dice, at).parse() else { return };
        self.facts.push(Fact { id, kind, happened_on: on, recorded_at: at, corrects });
        if corrects.is_none() && self.dice.chance(40) {
            let later = at.plus(TimeDelta::days(self.dice.between(1, 60)));
            let moved = on.checked_sub_days(Days::new(self.dice.below(4))).unwrap_or(on);
            let withdrawn = kind != FactKind::Received && self.dice.chance(300);
            self.fact(if withdrawn { FactKind::Withdrawn } else { kind }, moved, later, Some(id));
        }
    }

    fn event(&mut self, kind: EventKind, on: NaiveDate) {
        let at = office(&mut self.dice, after(on, 0));
        let late = TimeDelta::days(i64::try_from(self.dice.below(3)).unwrap_or(0));
        self.fact(FactKind::Event(kind), on, at.plus(late), None);
    }

    fn events(&mut self, received_on: NaiveDate, logged_at: Moment, right: Right) {
        let begun = received_on.max(logged_at.london_date());
        let mut pair = |asked, answered, per_mille, latest: u64| {
            if self.dice.chance(per_mille) {
                let on = after(begun, 1 + self.dice.below(latest));
                self.event(asked, on);
                if self.dice.chance(850) {
                    let answered_on = after(on, self.dice.below(40));
                    self.event(answered, answered_on);
                }
            }
        };
        pair(EventKind::IdRequested, EventKind::IdReceived, 200, 45);
        pair(EventKind::AuthorityRequested, EventKind::AuthorityReceived, 40, 20);
        pair(EventKind::FeeRequested, EventKind::FeePaid, 10, 20);
        if right == Right::Access {
            pair(EventKind::ClarificationRequested, EventKind::ClarificationReceived, 180, 40);
        }
        if self.dice.chance(120) {
            let on = after(begun, self.dice.below(40));
            self.event(EventKind::ExtensionNotified, on);
        }
    }

    fn endings(&mut self, received_on: NaiveDate, logged_at: Moment) -> Vec<Ending> {
        let mut endings = Vec::new();
        if self.dice.chance(40) {
            return endings;
        }
        let days = match self.dice.below(100) {
            0..=59 => self.dice.below(31),
            60..=84 => 20 + self.dice.below(60),
            85..=96 => 60 + self.dice.below(200),
            _ => 200 + self.dice.below(600),
        };
        let on = after(received_on, days).max(logged_at.london_date());
        let mut at = office(&mut self.dice, on).max(logged_at.plus(TimeDelta::minutes(5)));
        loop {
            if at > self.last {
                return endings;
            }
            let how = match self.dice.below(100) {
                0..=79 => How::Released,
                80..=86 => How::Refused,
                87..=93 => How::Withdrawn,
                _ => How::Lapsed,
            };
            endings.push(self.ending(at, how));
            // Of the ends only a lapse can be undone.
            if how != How::Lapsed || !self.dice.chance(500) {
                return endings;
            }
            at = at.plus(TimeDelta::days(self.dice.between(1, 90)));
            if at > self.last {
                return endings;
            }
            endings.push(Ending { at, how: How::Reopened, code: None, withheld: Vec::new() });
            at = at.plus(TimeDelta::days(self.dice.between(1, 60)));
        }
    }

    fn ending(&mut self, at: Moment, how: How) -> Ending {
        let code =
            (how == How::Refused && self.dice.chance(700)).then(|| pick(&mut self.dice, &GROUNDS, "LPP").to_owned());
        let mut withheld = Vec::new();
        if how == How::Released && self.dice.chance(300) {
            for (how, per_mille) in [(WithheldHow::Exempted, 700), (WithheldHow::Redacted, 500)] {
                for exemption in EXEMPTIONS {
                    if self.dice.chance(per_mille / 2) {
                        let records = 1 + self.dice.below(40);
                        withheld.push(Withheld { how, code: exemption.to_owned(), records });
                    }
                }
            }
            // As the table keeps them.
            withheld.sort_by(|a, b| (a.how.as_str(), &a.code).cmp(&(b.how.as_str(), &b.code)));
        }
        Ending { at, how, code, withheld }
    }

    fn notes(&mut self, logged_at: Moment) -> (Vec<TeamGiven>, Vec<LateReasonGiven>) {
        let (mut teams, mut reasons) = (Vec::new(), Vec::new());
        let mut at = logged_at;
        while self.dice.chance(if teams.is_empty() { 700 } else { 150 }) {
            at = at.plus(TimeDelta::minutes(self.dice.between(1, 40_000)));
            if at > self.last {
                break;
            }
            teams.push(TeamGiven { at, team: pick(&mut self.dice, &TEAMS, "Education").to_owned() });
        }
        let mut at = logged_at;
        while self.dice.chance(100) {
            at = at.plus(TimeDelta::minutes(self.dice.between(40_000, 150_000)));
            if at > self.last {
                break;
            }
            let reason = pick(&mut self.dice, LateReason::ALL, LateReason::Volume);
            reasons.push(LateReasonGiven { at, reason });
        }
        (teams, reasons)
    }
}

/// How much of the audit trail is made. The trail's entries are chained, so that both verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trail {
    /// Every fact and every move: the trail says all that the tables say.
    Whole,
    /// What the tables refer to, and letters to complainants: for benchmarks of a million cases.
    Endings,
}

/// Rows for the desk's tables, in batches that a database takes at once.
#[derive(Debug)]
pub struct HistoryRows {
    trail: Trail,
    seq: i64,
    hash: String,
    rows: Vec<(&'static str, Vec<Value>)>,
}

/// The tables that rows are made for, each after those that it refers to.
const TABLES: [&str; 7] =
    ["cases", "clock_events", "audit_events", "case_endings", "case_withheld", "case_teams", "late_reasons"];

fn stored_at(at: Moment) -> String {
    let naive = at.naive_utc();
    naive.format("%Y-%m-%d %H:%M:%S%.f").to_string()
}

impl HistoryRows {
    /// For a desk that has no cases and no trail yet.
    #[must_use]
    pub fn new(trail: Trail) -> Self {
        let rows = TABLES.iter().map(|table| (*table, Vec::new())).collect();
        Self { trail, seq: 0, hash: GENESIS.to_owned(), rows }
    }

    /// The rows made since the last call, by table, in the order in which they can be put in.
    pub fn take(&mut self) -> Vec<(&'static str, Vec<Value>)> {
        self.rows.iter_mut().map(|(table, rows)| (*table, std::mem::take(rows))).collect()
    }

    fn push(&mut self, table: &str, row: Value) {
        if let Some((_, rows)) = self.rows.iter_mut().find(|(name, _)| *name == table) {
            rows.push(row);
        }
    }

    fn audit(&mut self, at: Moment, actor: &Actor, case: &str, event: &Event) -> i64 {
        self.seq += 1;
        let entry = Entry {
            form: Form::NEWEST,
            origin: None,
            seq: self.seq,
            at,
            actor: actor.to_string(),
            case: Some(case.to_owned()),
            kind: event.kind().to_owned(),
            detail: serde_json::to_string(event).unwrap_or_default(),
        };
        let hash = entry.hash_after(&self.hash);
        self.push(
            "audit_events",
            json!({
                "seq": entry.seq, "at": stored_at(at), "actor": entry.actor, "case_id": entry.case, "kind": entry.kind,
                "detail": entry.detail, "previous_hash": self.hash, "hash": hash, "form": entry.form.number(),
            }),
        );
        self.hash = hash;
        self.seq
    }

    /// Makes the rows of a case.
    pub fn add(&mut self, history: &History) {
        let case = &history.case;
        let Some(receipt) = history.facts.first() else { return };
        let stage = match history.endings.last().map(|ending| ending.how) {
            Some(How::Released) => Stage::Released,
            Some(How::Refused) => Stage::Refused,
            Some(How::Withdrawn) => Stage::Withdrawn,
            Some(How::Lapsed) => Stage::Lapsed,
            Some(How::Reopened) | None => Stage::Review,
        };
        let ended =
            history.endings.last().filter(|ending| ending.how != How::Reopened).map(|ending| stored_at(ending.at));
        let made = stored_at(receipt.recorded_at);
        self.push(
            "cases",
            json!({
                "id": case, "reference": history.reference, "right_asked": history.right.as_str(), "stage": stage.as_str(),
                "channel": history.channel.as_str(), "received_on": receipt.happened_on.to_string(),
                "subject_name": "Generated Person", "scope": "{}", "relationship": history.requester.as_str(),
                "requester_name": "Generated Person", "requester_email": "", "clock_state": "running",
                "closed_at": ended, "version": 1, "created_at": made, "updated_at": made,
            }),
        );
        let mut trail: Vec<(Moment, Entering<'_>)> = Vec::new();
        if self.trail == Trail::Whole {
            trail.push((receipt.recorded_at, Entering::Receipt));
            trail.extend(history.facts.iter().map(|fact| (fact.recorded_at, Entering::Fact(fact))));
            trail.extend(history.teams.iter().map(|given| (given.at, Entering::Team(given))));
            trail.extend(history.late_reasons.iter().map(|given| (given.at, Entering::Late(given))));
        }
        let acknowledged = history.complaint.and_then(|complaint| complaint.acknowledged_at);
        trail.extend(acknowledged.map(|at| (at, Entering::Letter)));
        trail.extend(history.endings.iter().map(|ending| (ending.at, Entering::Ending(ending))));
        trail.sort_by_key(|(at, _)| *at);
        for fact in &history.facts {
            self.fact_row(case, fact);
        }
        let mut from = Stage::Review;
        for (at, entering) in trail {
            self.entry(history, at, &entering, &mut from);
        }
        for given in &history.teams {
            let row = json!({
                "id": note_id(case, given.at, "team"), "case_id": case, "team": given.team,
                "recorded_at": stored_at(given.at), "recorded_by": "staff:sample",
            });
            self.push("case_teams", row);
        }
        for given in &history.late_reasons {
            let row = json!({
                "id": note_id(case, given.at, "late"), "case_id": case, "reason": given.reason.as_str(),
                "recorded_at": stored_at(given.at), "recorded_by": "staff:sample",
            });
            self.push("late_reasons", row);
        }
    }

    fn fact_row(&mut self, case: &str, fact: &Fact) {
        let row = json!({
            "id": fact.id.to_string(), "case_id": case, "kind": fact.kind.as_str(),
            "happened_on": fact.happened_on.to_string(), "recorded_at": stored_at(fact.recorded_at),
            "recorded_by": "staff:sample", "corrects": fact.corrects.map(|id| id.to_string()),
        });
        self.push("clock_events", row);
    }

    fn entry(&mut self, history: &History, at: Moment, entering: &Entering<'_>, from: &mut Stage) {
        let case = &history.case;
        let staff = Actor::Staff("sample".to_owned());
        match entering {
            Entering::Receipt => {
                let received_on = history.facts.first().map(|fact| fact.happened_on).unwrap_or_default();
                let (right, channel) = (history.right.to_string(), history.channel.to_string());
                self.audit(at, &staff, case, &Event::RequestReceived { right, channel, received_on });
            }
            Entering::Fact(fact) => {
                let corrects = fact.corrects.map(|id| id.to_string());
                let (fact, id, happened_on) = (fact.kind.to_string(), Some(fact.id.to_string()), fact.happened_on);
                let event = Event::ClockFact { fact, happened_on, corrects, id };
                self.audit(at, &staff, case, &event);
            }
            Entering::Team(given) => {
                self.audit(at, &staff, case, &Event::TeamGiven { team: given.team.clone() });
            }
            Entering::Late(given) => {
                self.audit(at, &staff, case, &Event::LateReasonGiven { reason: given.reason.to_string() });
            }
            Entering::Letter => {
                self.audit(at, &Actor::System, case, &Event::LetterSent { letter: "received".to_owned() });
            }
            Entering::Ending(ending) => {
                let (action, to) = match ending.how {
                    How::Released => (Move::Release, Stage::Released),
                    How::Refused => (Move::Refuse, Stage::Refused),
                    How::Withdrawn => (Move::Withdraw, Stage::Withdrawn),
                    How::Lapsed => (Move::Lapse, Stage::Lapsed),
                    How::Reopened => (Move::Reopen, Stage::AwaitingClarification),
                };
                let event = Event::Moved { action, from: *from, to, reason: None, code: ending.code.clone() };
                *from = to;
                let seq = self.audit(at, &staff, case, &event);
                self.ending_rows(case, seq, ending);
                let whole = self.trail == Trail::Whole;
                for withheld in ending.withheld.iter().filter(|_| whole) {
                    let event = Event::Withheld {
                        ending: seq,
                        how: withheld.how.to_string(),
                        code: withheld.code.clone(),
                        records: crate::base::clamp_i64(withheld.records),
                    };
                    let system = Actor::System;
                    self.audit(at, &system, case, &event);
                }
            }
        }
    }

    fn ending_rows(&mut self, case: &str, seq: i64, ending: &Ending) {
        let row = json!({
            "case_id": case, "audit_seq": seq, "at": stored_at(ending.at), "how": ending.how.as_str(), "code": ending.code,
        });
        self.push("case_endings", row);
        for withheld in &ending.withheld {
            let mut row = Map::new();
            row.insert("case_id".to_owned(), json!(case));
            row.insert("audit_seq".to_owned(), json!(seq));
            row.insert("how".to_owned(), json!(withheld.how.as_str()));
            row.insert("code".to_owned(), json!(withheld.code));
            row.insert("records".to_owned(), json!(withheld.records));
            self.push("case_withheld", Value::Object(row));
        }
    }
}

/// An identifier that follows from what it names.
fn note_id(case: &str, at: Moment, what: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(format!("{case} {at} {what}")).into();
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// What becomes an entry of the trail.
enum Entering<'h> {
    Receipt,
    Fact(&'h Fact),
    Team(&'h TeamGiven),
    Late(&'h LateReasonGiven),
    Letter,
    Ending(&'h Ending),
}
