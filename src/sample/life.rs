//! What a person did on the website, as a tree: rows without keys. Made for generated people here, by hand in `cast`.

use super::dice::Dice;
use super::events::{AS_OF, DAY, Event, FIXED_EVENTS, HOUR, OPENED, day};
use super::person::{Person, typed};
use super::planted::Cast;
use super::words;

const LIVES: u64 = 3;

/// Whom else than its owner a row concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It carries this person's address, yet is not about them.
    Reached(Cast),
    /// Its text names this person.
    Mentions(Cast),
    /// It looks like this person's and is not.
    Lookalike(Cast),
}

#[derive(Debug, Default)]
pub(super) struct Life {
    pub(super) account: Option<Account>,
    /// Choices and views before sign-in; about nobody who can be told.
    pub(super) visitor: Option<Visitor>,
    pub(super) bookings: Vec<Booking>,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) enquiries: Vec<Enquiry>,
}

#[derive(Debug)]
pub(super) struct Account {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) phone: Option<String>,
    pub(super) job: Option<String>,
    pub(super) employer: Option<String>,
    pub(super) password_hash: String,
    pub(super) created: i64,
    pub(super) last_login: Option<i64>,
    pub(super) locked: bool,
    pub(super) choices: Vec<Choice>,
    pub(super) views: Vec<View>,
}

#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) key: String,
    pub(super) choice: Option<Choice>,
    pub(super) views: Vec<View>,
}

#[derive(Debug)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) analytics: bool,
    pub(super) marketing: bool,
    pub(super) banner: i64,
    pub(super) chosen: i64,
    pub(super) agent: Option<&'static str>,
}

#[derive(Debug)]
pub(super) struct View {
    pub(super) path: &'static str,
    pub(super) referrer: Option<&'static str>,
    pub(super) at: i64,
    pub(super) seconds: Option<f64>,
}

#[derive(Debug, Default)]
pub(super) struct Booking {
    pub(super) event: i64,
    pub(super) reference: String,
    pub(super) name: String,
    pub(super) job: Option<String>,
    pub(super) employer: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) diet: Option<&'static str>,
    pub(super) access: Option<&'static str>,
    pub(super) attended: Option<bool>,
    pub(super) cpd_hours: Option<f64>,
    pub(super) rating: Option<i64>,
    pub(super) feedback: Option<&'static str>,
    pub(super) paid: Option<i64>,
    pub(super) booked_by: Option<String>,
    pub(super) booked: i64,
    pub(super) cancelled: Option<i64>,
    pub(super) marks: Vec<Mark>,
}

#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) email: String,
    pub(super) name: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) topics: Vec<&'static str>,
    pub(super) consent: Option<(i64, &'static str)>,
    pub(super) ip: Option<String>,
    pub(super) left: Option<(i64, &'static str)>,
    pub(super) deliveries: Vec<Delivery>,
}

#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) sent: i64,
    pub(super) subject: &'static str,
    pub(super) opened: Option<i64>,
    pub(super) bounced: bool,
}

#[derive(Debug)]
pub(super) struct Enquiry {
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) subject: Option<&'static str>,
    pub(super) message: String,
    pub(super) status: &'static str,
    pub(super) received: i64,
    pub(super) closed: Option<i64>,
    pub(super) replies: Vec<Reply>,
    pub(super) marks: Vec<Mark>,
}

#[derive(Debug)]
pub(super) struct Reply {
    pub(super) author: &'static str,
    pub(super) body: String,
    pub(super) internal: bool,
    pub(super) written: i64,
    pub(super) marks: Vec<Mark>,
}

impl Life {
    /// The life of generated person `index` of `people`, among `events` events.
    pub(super) fn generated(seed: u64, index: u64, people: u64, events: i64) -> Self {
        let person = Person::generated(seed, index);
        let mut dice = Dice::of(seed, LIVES, index);
        let neighbour = |step: u64| Person::generated(seed, index.wrapping_add(step).checked_rem(people).unwrap_or(0));
        let account = dice.chance(550).then(|| account(&mut dice, &person));
        let visitor = dice.chance(250).then(|| visitor(&mut dice));
        // Most book once or twice; a few go to everything.
        let mut bookings = Vec::new();
        while bookings.len() < 12 && dice.chance(if bookings.is_empty() { 880 } else { 655 }) {
            let id = dice.between(1, events.max(FIXED_EVENTS));
            let mut booking = booking(&mut dice, &person, id, &Event::numbered(seed, id));
            if dice.chance(60) && people > 1 {
                booking.booked_by = Some(neighbour(1).email);
                if dice.chance(100) {
                    booking.email = None;
                }
            }
            bookings.push(booking);
        }
        let subscriptions = if dice.chance(300) { vec![subscription(&mut dice, &person)] } else { Vec::new() };
        let enquiries = if dice.chance(150) {
            let third = neighbour(2).name;
            vec![enquiry(&mut dice, &person, third.trim())]
        } else {
            Vec::new()
        };
        Self { account, visitor, bookings, subscriptions, enquiries }
    }
}

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The shape of an Argon2id hash; no password belongs to it.
pub(super) fn password_hash(dice: &mut Dice) -> String {
    let salt = dice.letters(BASE64, 22);
    format!("$argon2id$v=19$m=19456,t=2,p=1${salt}${}", dice.letters(BASE64, 43))
}

pub(super) fn account(dice: &mut Dice, person: &Person) -> Account {
    let created = dice.between(OPENED, AS_OF - DAY);
    let last_login = (!dice.chance(80)).then(|| dice.between(created, AS_OF));
    let until = last_login.unwrap_or(created);
    let choices = if dice.chance(700) { vec![choice(dice, created)] } else { Vec::new() };
    let views = (0..dice.below(7)).map(|_| view(dice, created, until)).collect();
    Account {
        email: typed(dice, &person.email),
        name: person.name.clone(),
        phone: person.phone.clone(),
        job: person.job.clone(),
        employer: person.employer.clone(),
        password_hash: password_hash(dice),
        created,
        last_login,
        locked: dice.chance(15),
        choices,
        views,
    }
}

fn visitor(dice: &mut Dice) -> Visitor {
    let start = dice.between(OPENED, AS_OF - DAY);
    Visitor {
        key: dice.letters(b"0123456789abcdef", 32),
        choice: dice.chance(600).then(|| choice(dice, start)),
        views: (0..=dice.below(5)).map(|_| view(dice, start, start + HOUR)).collect(),
    }
}

pub(super) fn choice(dice: &mut Dice, chosen: i64) -> Choice {
    Choice {
        id: dice.uuid(),
        analytics: dice.chance(450),
        marketing: dice.chance(100),
        banner: dice.between(1, 4),
        chosen,
        agent: (!dice.chance(100)).then(|| dice.pick(&words::AGENTS)),
    }
}

pub(super) fn view(dice: &mut Dice, from: i64, to: i64) -> View {
    View {
        path: dice.pick(&words::PATHS),
        referrer: dice.chance(300).then(|| dice.pick(&words::REFERRERS)),
        at: dice.between(from, to),
        // Sixteenths are exact in binary, so that every backend keeps the same number.
        seconds: (!dice.chance(200)).then(|| f64::from(u32::try_from(dice.below(4800)).unwrap_or(0)) / 16.0),
    }
}

pub(super) fn booking(dice: &mut Dice, person: &Person, id: i64, event: &Event) -> Booking {
    let booked = (event.starts - dice.between(2, 90) * DAY - dice.between(0, DAY)).min(AS_OF);
    let past = event.starts < AS_OF;
    let cancelled = dice.chance(70).then(|| dice.between(booked, event.starts.min(AS_OF).max(booked)));
    let attended = past.then(|| cancelled.is_none() && !dice.chance(120));
    let there = attended == Some(true);
    let rated = there && dice.chance(500);
    let hours = f64::from(u32::try_from(event.hours).unwrap_or(0));
    Booking {
        event: id,
        reference: dice.uuid(),
        name: person.name.clone(),
        job: person.job.clone(),
        employer: person.employer.clone(),
        email: Some(typed(dice, &person.email)),
        phone: person.phone.clone(),
        diet: person.diet.filter(|_| event.venue.is_some() && dice.chance(750)),
        access: person.access.filter(|_| dice.chance(850)),
        attended,
        cpd_hours: there.then(|| if dice.chance(100) { hours - 0.25 } else { hours }),
        rating: rated.then(|| dice.between(1, 5)),
        feedback: (rated && dice.chance(400)).then(|| dice.pick(&words::FEEDBACK)),
        paid: (event.fee > 0 && !dice.chance(150)).then_some(event.fee),
        booked_by: None,
        booked,
        cancelled,
        marks: Vec::new(),
    }
}

pub(super) fn subscription(dice: &mut Dice, person: &Person) -> Subscription {
    let since = dice.between(OPENED, AS_OF - 20 * DAY);
    let consent = (!dice.chance(60)).then(|| (since, dice.pick(&words::CONSENT_METHODS)));
    let left = dice.chance(200).then(|| (dice.between(since, AS_OF), dice.pick(&words::LEAVE_REASONS)));
    let mut topics: Vec<&'static str> = words::TOPICS.iter().copied().filter(|_| dice.chance(350)).collect();
    topics.dedup();
    Subscription {
        email: typed(dice, &person.email),
        name: (!dice.chance(250)).then(|| person.name.clone()),
        organisation: person.employer.clone().filter(|_| dice.chance(600)),
        topics,
        consent,
        ip: consent.filter(|_| dice.chance(700)).map(|_| {
            let net = dice.pick(&["192.0.2", "198.51.100", "203.0.113"]);
            format!("{net}.{}", dice.between(1, 254))
        }),
        left,
        deliveries: deliveries(dice, since, left.map_or(AS_OF, |(at, _)| at)),
    }
}

/// The last issues between two instants, four weeks apart, at most a year of them: older ones are deleted.
pub(super) fn deliveries(dice: &mut Dice, from: i64, to: i64) -> Vec<Delivery> {
    let weeks = 28 * DAY;
    let issues = (to - from).max(0) / weeks;
    (0..issues.min(13))
        .rev()
        .map(|back| {
            let sent = day_start(to - back * weeks) - 15 * HOUR + dice.between(0, 600) * 1000;
            let bounced = dice.chance(15);
            let opened = (!bounced && dice.chance(420)).then(|| sent + dice.between(60_000, 3 * DAY));
            Delivery { sent, subject: dice.pick(&words::ISSUES), opened, bounced }
        })
        .collect()
}

fn day_start(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

pub(super) fn enquiry(dice: &mut Dice, person: &Person, third: &str) -> Enquiry {
    let (subject, message) = dice.pick(&words::ENQUIRIES);
    let received = dice.between(OPENED, AS_OF - DAY);
    let open_now = received > AS_OF - 14 * DAY;
    let replies: Vec<Reply> = (0..if open_now { dice.below(2) } else { dice.between(1, 3).unsigned_abs() })
        .map(|n| {
            let body = dice.pick(&words::REPLIES);
            Reply {
                author: dice.pick(&words::STAFF),
                body: body.replace("{name}", person.name.trim()),
                internal: body.ends_with("tomorrow.") || body.ends_with("Close."),
                written: received + i64::try_from(n).unwrap_or(0) * DAY + dice.between(HOUR, DAY),
                marks: Vec::new(),
            }
        })
        .collect();
    let closed = replies.last().filter(|_| !open_now).map(|last| last.written + dice.between(0, DAY));
    Enquiry {
        name: person.name.clone(),
        email: (!dice.chance(40) || person.phone.is_none()).then(|| typed(dice, &person.email)),
        phone: person.phone.clone().filter(|_| dice.chance(700)),
        subject: (!dice.chance(100)).then_some(subject),
        message: message.replace("{third}", third),
        status: match (replies.is_empty(), closed) {
            (true, _) => "new",
            (false, None) => "open",
            (false, Some(_)) => dice.pick(&["answered", "closed", "closed"]),
        },
        received,
        closed,
        replies,
        marks: Vec::new(),
    }
}

/// The day on which an issue went out.
pub(super) fn issue_day(delivery: &Delivery) -> chrono::NaiveDate {
    day(delivery.sent)
}
