//! What `Planted` says is what the tables hold: found here by hand, without the generator's help.

use std::collections::BTreeSet;

use rightsdesk::sample::{Cast, Plan, Planted, PlantedPerson, RowRef, TABLES};
use rightsdesk::subject::{normal_email, normal_phone};
use serde_json::Value;

use super::database::Database;
use super::same::fill;

type Set = BTreeSet<(String, String)>;

struct Tables(Vec<(&'static str, Vec<Value>)>);

impl Tables {
    fn rows(&self, table: &str) -> &[Value] {
        &self.0.iter().find(|(name, _)| *name == table).unwrap().1
    }

    fn value<'a>(table: &str, row: &'a Value, column: &str) -> &'a Value {
        let spec = TABLES.iter().find(|t| t.name == table).unwrap();
        &row[spec.columns.iter().position(|c| c.name == column).unwrap()]
    }

    /// The keys of the rows of `table` for which `keep` holds; `keep` gets a reader of columns as text.
    fn keys(&self, table: &str, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Set {
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
        };
        self.rows(table)
            .iter()
            .filter(|row| keep(&|column| text(Self::value(table, row, column))))
            .map(|row| (table.to_owned(), text(&row[0])))
            .collect()
    }

    /// `parents` and the rows of `table` whose `column` refers to one of them.
    fn children(&self, parents: &Set, table: &str, column: &str) -> Set {
        self.keys(table, |get| parents.iter().any(|(_, key)| *key == get(column)))
    }
}

fn set(rows: &[RowRef]) -> Set {
    let set: Set = rows.iter().map(|row| (row.table.to_owned(), row.key.clone())).collect();
    assert_eq!(set.len(), rows.len(), "a row is listed twice");
    set
}

/// What is the person's, by their addresses and from there along the keys.
fn own_by_hand(tables: &Tables, person: &PlantedPerson) -> Set {
    let theirs = |email: String| person.emails.contains(&normal_email(&email));
    let accounts = tables.keys("accounts", |get| theirs(get("email")));
    let subscriptions = tables.keys("newsletter_subscriptions", |get| theirs(get("email")));
    let enquiries = tables.keys("enquiries", |get| theirs(get("email")));
    let bookings = tables.keys("event_bookings", |get| {
        let same_phone = || Some(normal_phone(&get("phone"))) == person.phone.as_deref().map(normal_phone);
        theirs(get("email")) || (get("email").is_empty() && same_phone())
    });
    let mut all = tables.children(&accounts, "cookie_choices", "account_id");
    all.extend(tables.children(&accounts, "page_views", "account_id"));
    all.extend(tables.children(&subscriptions, "newsletter_deliveries", "subscription_id"));
    all.extend(tables.children(&enquiries, "enquiry_replies", "enquiry_id"));
    for set in [accounts, subscriptions, enquiries, bookings] {
        all.extend(set);
    }
    all
}

fn sample() -> (Tables, Planted) {
    let database = Database::new("sqlite");
    let planted = fill(&database, Plan { people: 400, seed: 9 });
    (Tables(database.dump_all()), planted)
}

#[test]
fn every_planted_row_is_where_it_is_said_to_be_and_no_other_is() {
    let (tables, planted) = sample();
    assert_eq!(planted.people().count(), Cast::ALL.len());
    for person in planted.people() {
        let who = person.cast;
        let own = set(&person.own);
        assert_eq!(own, own_by_hand(&tables, person), "{who:?}: own");

        let theirs = |email: String| person.emails.contains(&normal_email(&email));
        let reached = tables.keys("event_bookings", |get| theirs(get("booked_by")) && !theirs(get("email")));
        assert_eq!(set(&person.reached), reached, "{who:?}: reached");

        let review: Set = own
            .iter()
            .filter(|(table, key)| {
                let rows = || tables.keys(table, |get| get("id") == *key && !get("booked_by").is_empty());
                table == "enquiry_replies" || (table == "event_bookings" && !rows().is_empty())
            })
            .cloned()
            .collect();
        assert_eq!(set(&person.own_for_review), review, "{who:?}: own_for_review");

        let bookings: Set = own.iter().filter(|(table, _)| table == "event_bookings").cloned().collect();
        let events: BTreeSet<String> = tables
            .rows("event_bookings")
            .iter()
            .filter(|row| bookings.contains(&("event_bookings".to_owned(), row[0].to_string())))
            .map(|row| row[1].to_string())
            .collect();
        let context: Set = events.into_iter().map(|key| ("events".to_owned(), key)).collect();
        assert_eq!(set(&person.context), context, "{who:?}: context");

        let names: Vec<&String> = person.other_names.iter().chain([&person.name]).collect();
        let named = |text: String| names.iter().any(|name| text.contains(*name));
        let mut mentions = tables.keys("enquiries", |get| named(get("message")));
        mentions.extend(tables.keys("enquiry_replies", |get| named(get("body"))));
        let mentions: Set = mentions.difference(&own).cloned().collect();
        assert_eq!(set(&person.mentions), mentions, "{who:?}: mentions");

        let mut lookalikes = tables.keys("event_bookings", |get| named(get("attendee_name")));
        lookalikes.extend(tables.keys("enquiries", |get| named(get("name"))));
        lookalikes.extend(tables.keys("accounts", |get| named(get("display_name"))));
        let lookalikes: Set = lookalikes.difference(&own).cloned().collect();
        assert_eq!(set(&person.lookalikes), lookalikes, "{who:?}: lookalikes");
    }
}

#[test]
fn each_hard_case_is_really_there() {
    let (tables, planted) = sample();
    let person = |cast| planted.person(cast).unwrap();
    let emails = |cast| -> BTreeSet<String> {
        let own = set(&person(cast).own);
        let of = |table: &'static str| {
            let own = own.clone();
            tables
                .rows(table)
                .iter()
                .filter(move |row| own.contains(&(table.to_owned(), row[0].to_string())))
                .map(move |row| Tables::value(table, row, "email").as_str().unwrap_or("none").to_owned())
        };
        of("accounts")
            .chain(of("event_bookings"))
            .chain(of("enquiries"))
            .chain(of("newsletter_subscriptions"))
            .collect()
    };

    let main = planted.main().unwrap();
    for table in &TABLES {
        let there = main.own.iter().chain(&main.context).any(|row| row.table == table.name);
        assert!(there, "the main subject has nothing in {}", table.name);
    }
    assert_eq!((main.reached.len(), main.own_for_review.len() > 1), (1, true));

    let padded = emails(Cast::Padded);
    assert!(padded.contains("GWENLLIAN.AP-RHYS@EXAMPLE.COM"));
    assert!(padded.iter().any(|e| e.starts_with(' ')) && padded.iter().any(|e| e.ends_with('\t')));
    assert!(!padded.contains("gwenllian.ap-rhys@example.com"), "no row has the plain writing");

    assert_eq!(emails(Cast::TwoEmails).len(), 2);
    assert_eq!(person(Cast::ChangedSurname).other_names.len(), 1);
    assert_eq!(person(Cast::NamesakeOne).name, person(Cast::NamesakeTwo).name);
    assert_eq!(set(&person(Cast::NamesakeOne).own), set(&person(Cast::NamesakeTwo).lookalikes));
    assert_eq!(person(Cast::Booker).reached, person(Cast::BookedFor).own);
    assert_eq!(person(Cast::Mentioned).mentions.len(), 2);
    assert!(emails(Cast::PhoneOnly).contains("none"));
    assert!(person(Cast::NothingHeld).own.is_empty());

    let holds = |range: std::ops::RangeInclusive<char>, cast| person(cast).name.chars().any(|c| range.contains(&c));
    assert!(holds('\u{600}'..='\u{6ff}', Cast::Arabic));
    assert!(holds('ی'..='ی', Cast::Urdu), "the Urdu yeh");
    assert!(holds('Ł'..='ł', Cast::Polish));
    assert!(holds('\u{4e00}'..='\u{9fff}', Cast::Chinese));
    assert!(holds('\u{900}'..='\u{97f}', Cast::Devanagari));
    let message =
        tables.keys("enquiries", |get| get("message").contains('\u{1f3fd}') && get("message").contains('\u{200d}'));
    assert_eq!(message.len(), 1, "one message has a skin tone and joined emoji");
}

#[test]
fn addresses_numbers_and_networks_are_reserved_ones() {
    let (tables, _) = sample();
    for table in ["accounts", "event_bookings", "newsletter_subscriptions", "enquiries"] {
        for row in tables.rows(table) {
            if let Some(email) = Tables::value(table, row, "email").as_str() {
                let email = normal_email(email);
                assert!(["example.org", "example.com", "example.net"].iter().any(|d| email.ends_with(d)), "{email}");
            }
        }
    }
    for table in ["accounts", "event_bookings", "enquiries"] {
        for row in tables.rows(table) {
            if let Some(phone) = Tables::value(table, row, "phone").as_str() {
                let normal = normal_phone(phone.trim_end_matches("ext 2"));
                assert!(normal.starts_with("447700900") || normal.starts_with("441632960"), "{phone}");
                assert_eq!(normal.len(), 12, "{phone}");
            }
        }
    }
    for row in tables.rows("newsletter_subscriptions") {
        if let Some(ip) = Tables::value("newsletter_subscriptions", row, "consent_ip").as_str() {
            assert!(["192.0.2.", "198.51.100.", "203.0.113."].iter().any(|net| ip.starts_with(net)), "{ip}");
        }
    }
}
