//! A second implementation of the statutory clock, written to be compared with the first: it knows no interval,
//! no calendar library and none of the program's code. It turns the pages of a calendar, one day after another.

use std::collections::{HashMap, HashSet, VecDeque};

/// A page of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

impl Page {
    pub fn read(iso: &str) -> Self {
        let mut parts = iso.split('-').map(|part| part.parse::<u32>().unwrap());
        Self { year: parts.next().unwrap() as i32, month: parts.next().unwrap(), day: parts.next().unwrap() }
    }

    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn last_of_month(self) -> bool {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let last = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        self.day == last
    }

    pub fn turn(self) -> Self {
        if !self.last_of_month() {
            Self { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, day: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, day: 1 }
        }
    }
}

/// The pages marked as bank holidays, read from the file itself, and the weekday of every page from 2017 on.
pub struct Wall {
    holidays: HashMap<String, HashSet<Page>>,
    weekend: HashSet<Page>,
    last: Page,
}

impl Wall {
    pub fn hang(file: &str) -> Self {
        let json: serde_json::Value = serde_json::from_str(file).unwrap();
        let holidays = ["england-and-wales", "scotland", "northern-ireland"]
            .map(|division| {
                let events = json[division]["events"].as_array().unwrap();
                let pages = events.iter().map(|event| Page::read(event["date"].as_str().unwrap())).collect();
                (division.to_owned(), pages)
            })
            .into();
        let mut weekend = HashSet::new();
        // 1 January 2018 was a Monday.
        let mut page = Page { year: 2018, month: 1, day: 1 };
        for count in 0.. {
            if page.year == 2030 {
                break;
            }
            if count % 7 >= 5 {
                weekend.insert(page);
            }
            page = page.turn();
        }
        Self { holidays, weekend, last: Page { year: 2028, month: 12, day: 31 } }
    }
}

/// A case as the reference sees it: words and pages.
pub struct Case {
    pub right: String,
    pub regime: String,
    pub division: String,
    pub received: Page,
    pub events: Vec<(String, Page)>,
}

/// What the reference says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub state: &'static str,
    pub due: Option<String>,
    pub latest: Option<String>,
    pub notice: Option<String>,
}

struct Question {
    asked: Page,
    counts: bool,
    counts_in_first_month: bool,
}

/// Turns pages; remembers whether it had to look past the last marked page.
pub struct Walker<'a> {
    wall: &'a Wall,
    case: &'a Case,
    pub past_the_wall: bool,
    /// Whether two further months were taken in time.
    pub extended: bool,
    /// Pages on which the clock stood still.
    pub out: u32,
}

impl<'a> Walker<'a> {
    pub fn new(wall: &'a Wall, case: &'a Case) -> Self {
        Self { wall, case, past_the_wall: false, extended: false, out: 0 }
    }

    fn on<'b>(&'b self, page: Page, kind: &'b str) -> impl Iterator<Item = &'b (String, Page)> {
        self.case.events.iter().filter(move |(k, p)| *p == page && k == kind)
    }

    fn next_working(&mut self, mut page: Page) -> Page {
        while self.wall.weekend.contains(&page) || self.wall.holidays[&self.case.division].contains(&page) {
            page = page.turn();
        }
        if page > self.wall.last {
            self.past_the_wall = true;
        }
        page
    }

    /// Turns to the same day number `months` months on, or to the last page of a month that lacks it; then
    /// `more` pages; then to a working day.
    fn deadline(&mut self, start: Page, months: u32, more: u32) -> Page {
        let mut page = start;
        let mut turned_months = 0;
        loop {
            if turned_months == months && (page.day == start.day || (page.last_of_month() && page.day < start.day)) {
                break;
            }
            let next = page.turn();
            if next.month != page.month {
                turned_months += 1;
            }
            page = next;
        }
        for _ in 0..more {
            page = page.turn();
        }
        self.next_working(page)
    }

    pub fn verdict(&mut self) -> Verdict {
        let nothing = |state| Verdict { state, due: None, latest: None, notice: None };
        let received = self.case.received;
        let new_limits = received >= Page::read("2026-02-05") && self.case.regime != "uk-gdpr-pre-duaa";
        let part3 = self.case.regime == "dpa2018-part3";
        if self.case.right == "complaint_ack" {
            if received < Page::read("2026-06-19") || self.case.regime == "uk-gdpr-pre-duaa" {
                return nothing("no_statutory_deadline");
            }
            let mut page = received;
            for _ in 0..30 {
                page = page.turn();
            }
            let due = self.next_working(page).iso();
            return Verdict { state: "running", due: Some(due.clone()), latest: Some(due), notice: None };
        }
        if part3 && ["portability", "objection", "automated_decision"].contains(&self.case.right.as_str()) {
            return nothing("no_statutory_deadline");
        }
        let may_extend = !part3 || new_limits;
        let may_pause = new_limits && self.case.right == "access";

        // Turn the pages from the first thing that happened to the last, to see what the clock waits for.
        let first = self.case.events.iter().map(|e| e.1).min().map_or(received, |p| p.min(received));
        let last = self.case.events.iter().map(|e| e.1).max().map_or(received, |p| p.max(received));
        let mut waiting = HashSet::new();
        let mut start = received;
        let mut page = first;
        while page <= last {
            for (asked, met) in [
                ("id_requested", "id_received"),
                ("authority_requested", "authority_received"),
                ("fee_requested", "fee_paid"),
            ] {
                if self.on(page, asked).next().is_some() {
                    waiting.insert(asked);
                }
                if self.on(page, met).next().is_some() {
                    waiting.remove(asked);
                    start = start.max(page);
                }
            }
            page = page.turn();
        }
        if !waiting.is_empty() {
            return nothing("not_started");
        }

        // And again, to see on which pages the clock stands still.
        let (mut out, mut literally_out, mut out_of_first) = (0, 0, 0);
        let mut extended = false;
        let mut open: VecDeque<Question> = VecDeque::new();
        let mut page = first;
        while page <= last {
            let still = open.iter().any(|q| q.counts);
            let still_in_first = open.iter().any(|q| q.counts && q.counts_in_first_month);
            if page > start && still {
                out += 1;
            }
            if page > start && still_in_first {
                out_of_first += 1;
            }
            let alive = |walker: &mut Self, extended: bool, out: u32| {
                page <= start || still || page <= walker.deadline(start, if extended { 3 } else { 1 }, out)
            };
            if self.on(page, "extension_notified").next().is_some()
                && may_extend
                && !extended
                && page >= received
                && alive(self, false, out)
            {
                extended = true;
            }
            let mut literally_still = still;
            for _ in 0..self.on(page, "clarification_requested").count() {
                // A question asked while an earlier one of the same day is open cannot be late either.
                let counts = may_pause && (alive(self, extended, out) || open.iter().any(|q| q.counts));
                let first_alive = still_in_first || page <= start || page <= self.deadline(start, 1, out_of_first);
                literally_still |= counts;
                open.push_back(Question { asked: page, counts, counts_in_first_month: !extended || first_alive });
            }
            if page > start && literally_still {
                literally_out += 1;
            }
            for _ in 0..self.on(page, "clarification_received").count() {
                if let Some(question) = open.pop_front() {
                    assert!(question.asked <= page);
                }
            }
            page = page.turn();
        }
        (self.extended, self.out) = (extended, out);
        if open.iter().any(|q| q.counts) {
            return nothing("paused");
        }
        let months = if extended { 3 } else { 1 };
        let due = self.deadline(start, months, out).iso();
        let latest = self.deadline(start, months, literally_out).iso();
        let notice = may_extend.then(|| self.deadline(start, 1, out_of_first).iso());
        Verdict { state: "running", due: Some(due), latest: Some(latest), notice }
    }
}
