//! The hard cases of the sample, each searched for by a real gather over the website's tables on three databases.

use std::collections::BTreeMap;

use rightsdesk::datamap::DataMap;
use rightsdesk::files::spool::{Reviewed, Rules, SpoolWriter, Standing};
use rightsdesk::gather::{Asked, Inquiry, Reach, Rulings, Silent, SourceSet, inquire};
use rightsdesk::matching::{Model, Tier};
use rightsdesk::sample::{Cast, Plan, Planted, PlantedPerson, RowRef, TABLES, generate};
use rightsdesk::sources::fill::{MysqlText, Target};
use rightsdesk::sources::{Limits, SourceUrl};
use rightsdesk::subject::{Identifier, IdentifierKind, Subject, Verified};

use super::place::{Gathered, gathered, map, vault};
use crate::website::database::{BACKENDS, Database};

const PLAN: Plan = Plan { people: 300, seed: 5 };

fn fill(database: &Database) -> Planted {
    if matches!(database, Database::Maria { .. }) {
        let mut text = MysqlText::begin(Vec::new(), &TABLES).unwrap();
        let planted = generate(PLAN, &mut text, &mut |_| {}).unwrap();
        database.run(&String::from_utf8(text.finish().unwrap()).unwrap());
        return planted;
    }
    let mut target = Target::open(&database.url(), &TABLES).unwrap();
    target.fill(&TABLES, |rows| generate(PLAN, rows, &mut |_| {})).unwrap()
}

/// The person as their request would have them: their name of today, the address that the code went to, and their number,
/// which nobody has checked.
fn subject(person: &PlantedPerson) -> Verified<Subject> {
    let of = |kind, value: &str| Identifier { kind, value: value.to_owned() };
    Verified::vouch(Subject {
        name: person.name.clone(),
        date_of_birth: None,
        identifiers: vec![of(IdentifierKind::Email, &person.emails[0])],
        claimed: person.phone.iter().map(|phone| of(IdentifierKind::Phone, phone)).collect(),
    })
}

struct Found(BTreeMap<String, Reviewed>);

impl Found {
    fn of(gathered: &Gathered) -> Self {
        let page = gathered.spool.page(0, u64::MAX, &Rules::default()).unwrap();
        Self(page.into_iter().map(|row| (row.record.id.clone(), row)).collect())
    }

    fn get(&self, row: &RowRef) -> Option<&Reviewed> {
        self.0.get(&format!("{}/{}", row.table, row.key))
    }

    /// The row; it must have been found.
    fn has(&self, row: &RowRef) -> &Reviewed {
        self.get(row).unwrap_or_else(|| panic!("{row:?} was not found"))
    }

    fn goes_out(&self, row: &RowRef) -> bool {
        self.get(row).is_some_and(|row| row.standing == Standing::Disclose)
    }

    fn tier(&self, row: &RowRef) -> Option<Tier> {
        self.get(row)?.candidate.as_ref().map(|candidate| candidate.tier)
    }

    fn reasons(&self, row: &RowRef) -> String {
        self.get(row).and_then(|row| row.candidate.as_ref()).map(|c| c.reasons.join("; ")).unwrap_or_default()
    }
}

fn in_table<'r>(rows: &'r [RowRef], table: &'r str) -> impl Iterator<Item = &'r RowRef> {
    rows.iter().filter(move |row| row.table == table)
}

/// Calls `each` with everybody's planted rows and a search on each of the databases.
fn on_every(each: impl Fn(&Planted, &dyn Fn(Cast) -> Found)) {
    let text = std::fs::read_to_string("assets/datamaps/csap.yml").unwrap();
    let datamap: DataMap = map(&text);
    for backend in BACKENDS {
        let database = Database::new(backend);
        let planted = fill(&database);
        let url: SourceUrl = database.url().parse().unwrap();
        let sources = [("csap".to_owned(), url)];
        each(&planted, &|cast| {
            let found = gathered(&datamap, &sources, &subject(planted.person(cast).unwrap()));
            for collection in ["accounts", "event_bookings", "newsletter_subscriptions", "enquiries"] {
                let report = found.report(collection);
                assert_eq!(report.problem, None, "{backend} {cast:?} {collection}");
            }
            Found::of(&found)
        });
    }
}

#[test]
fn nothing_of_anybody_else_goes_out_and_nothing_of_theirs_is_missed() {
    on_every(|planted, search| {
        for person in planted.people() {
            let found = search(person.cast);
            for row in &person.own {
                // Nothing is followed from a record before a caseworker says that it is theirs.
                let later = person.cast == Cast::TwoEmails && row.table == "newsletter_deliveries";
                assert!(later || found.get(row).is_some(), "{:?}: {row:?} was missed", person.cast);
            }
            for row in found.0.values().filter(|row| row.standing == Standing::Disclose) {
                let theirs = person
                    .own
                    .iter()
                    .chain(&person.context)
                    .any(|own| format!("{}/{}", own.table, own.key) == row.record.id);
                assert!(theirs, "{:?}: {} goes out and is not theirs", person.cast, row.record.id);
            }
            for row in person.reached.iter().chain(&person.lookalikes).chain(&person.mentions) {
                assert!(!found.goes_out(row), "{:?} {row:?}", person.cast);
            }
        }
    });
}

#[test]
fn two_people_of_one_name_stay_apart() {
    on_every(|planted, search| {
        for cast in [Cast::NamesakeOne, Cast::NamesakeTwo] {
            let person = planted.person(cast).unwrap();
            let found = search(cast);
            assert!(!person.lookalikes.is_empty());
            let reasons: Vec<String> = person.lookalikes.iter().map(|row| found.reasons(row)).collect();
            for row in &person.lookalikes {
                // The sample's numbers follow each other, so that the namesake's is one digit off: a caseworker looks at it
                // and is told what differs.
                assert!(found.tier(row).is_some() && !found.goes_out(row), "{cast:?} {row:?}");
                assert!(found.reasons(row).contains("differs"), "{reasons:?}");
            }
            for row in &person.own {
                assert!(found.goes_out(row) || person.own_for_review.contains(row), "{cast:?} {row:?}");
            }
        }
    });
}

#[test]
fn a_second_address_and_a_former_name_are_found() {
    on_every(|planted, search| {
        let two = planted.person(Cast::TwoEmails).unwrap();
        let found = search(Cast::TwoEmails);
        let under_second: Vec<&RowRef> = two.own.iter().filter(|row| !found.goes_out(row)).collect();
        assert!(under_second.len() >= 3, "{under_second:?}");
        for row in ["event_bookings", "enquiries"].into_iter().flat_map(|table| in_table(&two.own, table)) {
            if !found.goes_out(row) {
                // The number they gave and the name agree; the address is another.
                assert_eq!(found.tier(row), Some(Tier::Probable), "{row:?} {}", found.reasons(row));
                assert!(found.reasons(row).contains("surname"), "{}", found.reasons(row));
            }
        }
        for row in in_table(&two.own, "newsletter_subscriptions").filter(|row| !found.goes_out(row)) {
            assert!(found.tier(row).is_some(), "{row:?}");
        }
        // The verified address finds what bears the former name; the surname differs, the given name agrees.
        let changed = planted.person(Cast::ChangedSurname).unwrap();
        let found = search(Cast::ChangedSurname);
        for row in &changed.own {
            assert!(
                found.goes_out(row) || changed.own_for_review.contains(row),
                "{row:?} {:?}",
                found.has(row).standing
            );
        }
    });
}

#[test]
fn what_a_confirmed_address_leads_to_goes_out_as_well() {
    let datamap = map(&std::fs::read_to_string("assets/datamaps/csap.yml").unwrap());
    let (model, reach, asked) = (Model::default(), Reach::default(), Asked::default());
    for backend in BACKENDS {
        let database = Database::new(backend);
        let planted = fill(&database);
        let person = planted.person(Cast::TwoEmails).unwrap();
        let subject = subject(person);
        let confirmed = vec![Identifier { kind: IdentifierKind::Email, value: person.emails[1].clone() }];
        let rulings = Rulings { confirmed, ..Rulings::default() };
        let inquiry =
            Inquiry { map: &datamap, subject: &subject, model: &model, reach, rulings: &rulings, asked: &asked };
        let sources = [("csap".to_owned(), database.url().parse().unwrap())];
        let mut sources = SourceSet::of(&datamap, &sources, Limits::default()).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let writer = SpoolWriter::create_in(dir.path(), vault()).unwrap();
        let spool = inquire(&inquiry, &mut sources, writer, &Silent).unwrap();
        let found = Found::of(&Gathered { dir, spool });
        for row in &person.own {
            assert!(found.goes_out(row) || person.own_for_review.contains(row), "{backend} {row:?}");
        }
    }
}

#[test]
fn a_booking_without_an_address_is_found_by_its_number_and_name() {
    on_every(|planted, search| {
        let person = planted.person(Cast::PhoneOnly).unwrap();
        let found = search(Cast::PhoneOnly);
        let booking = in_table(&person.own, "event_bookings").next().unwrap();
        assert!(!found.goes_out(booking), "nobody has checked the number");
        assert_eq!(found.tier(booking), Some(Tier::Probable), "{}", found.reasons(booking));
    });
}

#[test]
fn who_is_mentioned_in_what_somebody_wrote_is_found_with_the_words() {
    on_every(|planted, search| {
        for cast in [
            Cast::Mentioned,
            Cast::MainsColleague,
            Cast::Arabic,
            Cast::Urdu,
            Cast::Polish,
            Cast::Chinese,
            Cast::Devanagari,
        ] {
            let person = planted.person(cast).unwrap();
            let found = search(cast);
            assert!(!person.mentions.is_empty());
            for row in &person.mentions {
                let candidate = found.has(row).candidate.as_ref().unwrap_or_else(|| panic!("{cast:?} {row:?}"));
                assert!(!candidate.mentions.is_empty(), "{cast:?} {row:?}");
                let words = &candidate.mentions[0].mention.words;
                assert!(!words.is_empty() && found.has(row).record.fields.get().contains(words.as_str()), "{words}");
            }
        }
    });
}

#[test]
fn names_in_other_scripts_are_found_as_they_are_written_in_latin_letters() {
    let text = std::fs::read_to_string("assets/datamaps/csap.yml").unwrap();
    let datamap = map(&text);
    for backend in BACKENDS {
        let database = Database::new(backend);
        let planted = fill(&database);
        let sources = [("csap".to_owned(), database.url().parse().unwrap())];
        // Each asks by another address, with their name in Latin letters and their number.
        for (cast, latin) in [
            (Cast::Polish, "Lucja Brzeczyszczykiewicz"),
            (Cast::Urdu, "Muhammad Usman Qureshi"),
            (Cast::Arabic, "Layla Al-Mansouri"),
            (Cast::Chinese, "Siyuan Ouyang"),
        ] {
            let person = planted.person(cast).unwrap();
            let of = |kind, value: &str| Identifier { kind, value: value.to_owned() };
            let subject = Verified::vouch(Subject {
                name: latin.to_owned(),
                date_of_birth: None,
                identifiers: vec![of(IdentifierKind::Email, "new.address@example.org")],
                claimed: person.phone.iter().map(|phone| of(IdentifierKind::Phone, phone)).collect(),
            });
            let found = Found::of(&gathered(&datamap, &sources, &subject));
            let booking = in_table(&person.own, "event_bookings").next().unwrap();
            assert_eq!(found.tier(booking), Some(Tier::Probable), "{backend} {cast:?} {}", found.reasons(booking));
        }
    }
}
