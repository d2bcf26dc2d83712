//! The planted people: who they are and what they did, by hand, one hard case each.

use super::cast_scripts::{self, Script};
use super::dice::Dice;
use super::events::{AS_OF, DAY, Event, HOUR, millis};
use super::life::{self, Booking, Enquiry, Life, Mark, Reply, Subscription};
use super::person::Person;
use super::planted::{Cast, Planted, PlantedPerson};
use super::words::{CONSENT_METHODS, STAFF};

const CAST: u64 = 4;

/// Name, main address, telephone number, job and employer of a planted person; the numbers are in the last hundred of
/// the drama ranges, which no generated person has.
fn person(cast: Cast) -> Person {
    let (name, email, phone, job, employer) = match cast {
        Cast::Main => (
            "Farzana Whitcombe",
            "farzana.whitcombe@example.org",
            Some("07700 900961"),
            "Designated Safeguarding Lead",
            "St Oswin's CE Primary School, Blackburn",
        ),
        Cast::MainsColleague => (
            "Imran Sefton",
            "imran.sefton@stoswins.example.org",
            Some("+44 7700 900962"),
            "Class teacher",
            "St Oswin's CE Primary School, Blackburn",
        ),
        Cast::Padded => (
            "Gwenllian Ap-Rhys",
            "gwenllian.ap-rhys@example.com",
            Some("(01632) 960963"),
            "School nurse",
            "Pendle Hill Health Visiting Team",
        ),
        Cast::TwoEmails => (
            "Bronagh Ó Ceallacháin",
            "b.oceallachain@darwenmoor.example.org",
            Some("07700900964"),
            "Pastoral manager",
            "Darwen Moor High School",
        ),
        Cast::ChangedSurname => (
            "Idowu Thistlewood",
            "idowu.bankole-reyes@example.net",
            Some("07700 900 965"),
            "Social worker",
            "Lancashire Moors Children's Services",
        ),
        Cast::NamesakeOne => (
            "Kathryn Ollerenshaw",
            "kathryn.ollerenshaw@example.org",
            Some("07700 900966"),
            "Headteacher",
            "Bispham Sands Primary School",
        ),
        Cast::NamesakeTwo => (
            "Kathryn Ollerenshaw",
            "kath.ollerenshaw@fyldefostering.example.org",
            Some("07700 900967"),
            "Foster carer",
            "Fylde Fostering Together",
        ),
        Cast::Booker => (
            "Percival Duxbury",
            "percival.duxbury@rossendaleyc.example.org",
            Some("01632 960968"),
            "Team manager",
            "Rossendale Young Carers",
        ),
        Cast::BookedFor => (
            "Nadine Entwhistle-Rao",
            "nadine.entwhistle-rao@rossendaleyc.example.org",
            Some("07700 900969"),
            "Volunteer",
            "Rossendale Young Carers",
        ),
        Cast::Mentioner => (
            "Gbenga Birtwistle",
            "gbenga.birtwistle@example.net",
            Some("07700 900970"),
            "Club welfare officer",
            "Leyland Lions Junior Football",
        ),
        Cast::Mentioned => (
            "Maisie Clegg-Okafor",
            "maisie.clegg-okafor@example.com",
            Some("07700 900971"),
            "Volunteer",
            "Leyland Lions Junior Football",
        ),
        Cast::Emoji => (
            "Jools Fairhurst",
            "jools.fairhurst@example.com",
            Some("07700 900972"),
            "Youth worker",
            "Preston Docks Youth Project",
        ),
        Cast::PhoneOnly => (
            "Stanisława Ogden",
            "stanislawa.ogden@example.net",
            Some("07700 900973"),
            "Foster carer",
            "Fylde Fostering Together",
        ),
        Cast::NothingHeld => {
            ("Ambrose Quillfeather", "ambrose.quillfeather@example.net", Some("07700 900974"), "Parent", "None")
        }
        Cast::Arabic => return cast_scripts::ARABIC.person(),
        Cast::Urdu => return cast_scripts::URDU.person(),
        Cast::Polish => return cast_scripts::POLISH.person(),
        Cast::Chinese => return cast_scripts::CHINESE.person(),
        Cast::Devanagari => return cast_scripts::DEVANAGARI.person(),
    };
    Person {
        name: name.to_owned(),
        email: email.to_owned(),
        phone: phone.map(str::to_owned),
        job: Some(job.to_owned()),
        employer: Some(employer.to_owned()),
        diet: None,
        access: None,
    }
}

const SECOND_ADDRESS: &str = "bronagh77@example.com";
const FORMER_NAME: &str = "Idowu Bankole-Reyes";
const NAME_IN_URDU: &str = "فرزانہ وِٹکم";

/// Everybody who will be planted, no rows yet.
pub(super) fn planted() -> Planted {
    let people = Cast::ALL.into_iter().map(|cast| {
        let Person { name, email, phone, .. } = person(cast);
        let former: Option<&str> = (cast == Cast::ChangedSurname).then_some(FORMER_NAME);
        let in_urdu = (cast == Cast::Main).then_some(NAME_IN_URDU);
        let second = (cast == Cast::TwoEmails).then(|| SECOND_ADDRESS.to_owned());
        let person = PlantedPerson {
            cast,
            name,
            other_names: former.into_iter().chain(in_urdu).map(str::to_owned).collect(),
            emails: std::iter::once(email).chain(second).collect(),
            phone,
            own: Vec::new(),
            own_for_review: Vec::new(),
            context: Vec::new(),
            reached: Vec::new(),
            mentions: Vec::new(),
            lookalikes: Vec::new(),
        };
        (cast, person)
    });
    Planted { people: people.collect() }
}

/// What a planted person did. Details that do not matter to the case are drawn from the seed.
pub(super) fn life(cast: Cast, seed: u64, number: u64) -> Life {
    let mut hand = Hand { dice: Dice::of(seed, CAST, number), seed, person: person(cast) };
    match cast {
        Cast::Main => main(&mut hand),
        Cast::MainsColleague => {
            let by_main = Booking {
                booked_by: Some(person(Cast::Main).email),
                marks: vec![Mark::Reached(Cast::Main)],
                ..hand.booking(1)
            };
            Life { bookings: vec![by_main, hand.booking(2)], ..Life::default() }
        }
        Cast::Padded => padded(&mut hand),
        Cast::TwoEmails => {
            let second = || Some(SECOND_ADDRESS.to_owned());
            let account = hand.account("b.oceallachain@darwenmoor.example.org");
            let bookings = vec![hand.booking(1), Booking { email: second(), ..hand.booking(4) }];
            let subscriptions = vec![Subscription { email: SECOND_ADDRESS.to_owned(), ..hand.subscription() }];
            let question = hand.enquiry("Account", "Could you join my two accounts? I use my home address as well.");
            Life {
                account,
                bookings,
                subscriptions,
                enquiries: vec![Enquiry { email: second(), ..question }],
                ..Life::default()
            }
        }
        Cast::ChangedSurname => {
            let account = hand.account("idowu.bankole-reyes@example.net");
            let before = Booking { name: FORMER_NAME.to_owned(), ..hand.booking(1) };
            let bookings = vec![before, hand.booking(4)];
            let subscriptions = vec![Subscription { name: Some(FORMER_NAME.to_owned()), ..hand.subscription() }];
            let question =
                hand.enquiry("Change of name", "I have married and am now Idowu Thistlewood. Please change my record.");
            Life { account, bookings, subscriptions, enquiries: vec![question], ..Life::default() }
        }
        Cast::NamesakeOne => namesake(&mut hand, Cast::NamesakeTwo, 1),
        Cast::NamesakeTwo => namesake(&mut hand, Cast::NamesakeOne, 2),
        Cast::Booker => Life { bookings: vec![hand.booking(2)], ..Life::default() },
        Cast::BookedFor => {
            let by = person(Cast::Booker).email;
            let booking = Booking { booked_by: Some(by), marks: vec![Mark::Reached(Cast::Booker)], ..hand.booking(2) };
            Life { bookings: vec![booking], ..Life::default() }
        }
        Cast::Mentioner => {
            let mut about = hand.enquiry(
                "Worried about a helper",
                "One of our volunteers, Maisie Clegg-Okafor, gives children lifts home by herself. I don't think she \
                 means harm but it isn't right. Please don't tell her it was me.",
            );
            about.marks.push(Mark::Mentions(Cast::Mentioned));
            let note = "Rang Gbenga. LADO to speak to the club about Maisie Clegg-Okafor before Thursday.";
            about.replies.push(hand.reply(note, true, vec![Mark::Mentions(Cast::Mentioned)]));
            Life { bookings: vec![hand.booking(3)], enquiries: vec![about], ..Life::default() }
        }
        Cast::Mentioned => Life { bookings: vec![hand.booking(3)], ..Life::default() },
        Cast::Emoji => {
            let message = "Loved the day!! 🎉👏🏽 My lot (👨‍👩‍👧‍👦 + 🐕) say hi. Rain or shine ☔️➡️🌈, see you next time 🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️‍🔥";
            Life { bookings: vec![hand.booking(4)], enquiries: vec![hand.enquiry("🙌", message)], ..Life::default() }
        }
        Cast::PhoneOnly => {
            let office = Some("training.office@fyldefostering.example.org".to_owned());
            let booking = Booking { email: None, booked_by: office, ..hand.booking(1) };
            let question = hand.enquiry("Dates", "I do not have e-mail at work. Can you text me the dates?");
            Life { bookings: vec![booking], enquiries: vec![question], ..Life::default() }
        }
        Cast::NothingHeld => Life::default(),
        Cast::Arabic => in_script(&mut hand, &cast_scripts::ARABIC),
        Cast::Urdu => in_script(&mut hand, &cast_scripts::URDU),
        Cast::Polish => in_script(&mut hand, &cast_scripts::POLISH),
        Cast::Chinese => in_script(&mut hand, &cast_scripts::CHINESE),
        Cast::Devanagari => in_script(&mut hand, &cast_scripts::DEVANAGARI),
    }
}

fn main(hand: &mut Hand) -> Life {
    let account = hand.account("Farzana.Whitcombe@Example.org");
    let typed = |text: &str| Some(text.to_owned());
    let bookings = vec![
        Booking {
            email: typed(" farzana.whitcombe@example.org "),
            diet: Some("Halal"),
            access: Some("Hearing loop"),
            rating: Some(4),
            feedback: Some("Excellent. I'll cascade this to my team."),
            ..hand.booking(1)
        },
        Booking {
            email: typed("FARZANA.WHITCOMBE@EXAMPLE.ORG"),
            phone: Some("+44 (0)7700 900961".to_owned()),
            booked_by: Some(person(Cast::MainsColleague).email),
            marks: vec![Mark::Reached(Cast::MainsColleague)],
            ..hand.booking(2)
        },
        Booking { name: NAME_IN_URDU.to_owned(), ..hand.booking(3) },
        hand.booking(5),
    ];
    let mut thanks = hand.enquiry("Thank you 🌟", "Brilliant session yesterday 😊👍🏽 – please thank the trainer!");
    thanks.replies.push(hand.reply("Hi Farzana, how kind! I have passed it on. 💐", false, vec![]));
    let mut colleague = hand.enquiry(
        "A colleague at the course",
        "Imran Sefton was upset after the second session and went home early. Is there somebody he could talk to?\n\n\
         He has had a hard year.",
    );
    colleague.marks.push(Mark::Mentions(Cast::MainsColleague));
    let note = "Rang Farzana. Imran Sefton may ring us himself; do not contact him first.";
    colleague.replies.push(hand.reply(note, true, vec![Mark::Mentions(Cast::MainsColleague)]));
    let mut badges = hand.enquiry("Name badges", cast_scripts::BADGES);
    badges.marks.extend(cast_scripts::PEOPLE.map(Mark::Mentions));
    badges.replies.push(hand.reply("Dear Farzana,\n\nOf course: all five are spelt right now.", false, vec![]));
    Life {
        account,
        bookings,
        subscriptions: vec![hand.subscription()],
        enquiries: vec![thanks, colleague, badges],
        ..Life::default()
    }
}

fn in_script(hand: &mut Hand, script: &Script) -> Life {
    let email = hand.person.email.clone();
    Life {
        account: hand.account(&email),
        bookings: vec![hand.booking(3)],
        subscriptions: vec![hand.subscription()],
        enquiries: vec![hand.enquiry(script.subject, script.message)],
        ..Life::default()
    }
}

fn padded(hand: &mut Hand) -> Life {
    let account = hand.account(" Gwenllian.Ap-Rhys@EXAMPLE.COM");
    let shouted = Booking { email: Some("GWENLLIAN.AP-RHYS@EXAMPLE.COM".to_owned()), ..hand.booking(1) };
    let tabbed = Booking { email: Some("gwenllian.ap-rhys@example.com\t".to_owned()), ..hand.booking(4) };
    let subscription = Subscription { email: "  gwenllian.ap-rhys@example.com  ".to_owned(), ..hand.subscription() };
    let question = hand.enquiry("Caps lock", "MY CAPS LOCK IS STUCK. PLEASE USE MY HOME ADDRESS.");
    let question = Enquiry { email: Some("Gwenllian.AP-RHYS@example.com ".to_owned()), ..question };
    Life {
        account,
        bookings: vec![shouted, tabbed],
        subscriptions: vec![subscription],
        enquiries: vec![question],
        ..Life::default()
    }
}

fn namesake(hand: &mut Hand, other: Cast, event: i64) -> Life {
    let look = || vec![Mark::Lookalike(other)];
    let booking = Booking { marks: look(), ..hand.booking(event) };
    let question = hand.enquiry("Wrong certificate", "You sent me a certificate for somebody else of my name.");
    Life { bookings: vec![booking], enquiries: vec![Enquiry { marks: look(), ..question }], ..Life::default() }
}

/// Makes a planted person's rows whole: what the case does not fix is drawn.
struct Hand {
    dice: Dice,
    seed: u64,
    person: Person,
}

impl Hand {
    /// An account under an address as typed, with two cookie choices and four page views.
    fn account(&mut self, email: &str) -> Option<life::Account> {
        let created = millis("2024-09-05T08:15:30Z");
        let last = millis("2026-10-20T19:42:07Z");
        let mut account = life::account(&mut self.dice, &self.person);
        email.clone_into(&mut account.email);
        account.created = created;
        account.last_login = Some(last);
        account.locked = false;
        account.choices =
            vec![life::choice(&mut self.dice, created), life::choice(&mut self.dice, millis("2026-02-01T12:00:00Z"))];
        account.views = (0..4).map(|_| life::view(&mut self.dice, created, last)).collect();
        Some(account)
    }

    /// A booking on a fixed event, made by the person, not cancelled.
    fn booking(&mut self, event: i64) -> Booking {
        let drawn = life::booking(&mut self.dice, &self.person, event, &Event::numbered(self.seed, event));
        Booking { email: Some(self.person.email.clone()), cancelled: None, ..drawn }
    }

    /// A subscription since half a year, with its issues.
    fn subscription(&mut self) -> Subscription {
        let since = millis("2026-04-02T10:00:00Z");
        let drawn = life::subscription(&mut self.dice, &self.person);
        Subscription {
            email: self.person.email.clone(),
            name: Some(self.person.name.clone()),
            topics: vec!["training", "policy updates"],
            consent: Some((since, self.dice.pick(&CONSENT_METHODS))),
            ip: Some("203.0.113.61".to_owned()),
            left: None,
            deliveries: life::deliveries(&mut self.dice, since, AS_OF),
            ..drawn
        }
    }

    /// An enquiry without an answer yet.
    fn enquiry(&mut self, subject: &'static str, message: &str) -> Enquiry {
        Enquiry {
            name: self.person.name.clone(),
            email: Some(self.person.email.clone()),
            phone: self.person.phone.clone(),
            subject: Some(subject),
            message: message.to_owned(),
            status: "open",
            received: self.dice.between(millis("2025-01-06T08:00:00Z"), AS_OF - 10 * DAY),
            closed: None,
            replies: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// An answer, or a note to colleagues, written in the sample's last week.
    fn reply(&mut self, body: &str, internal: bool, marks: Vec<Mark>) -> Reply {
        let written = AS_OF - self.dice.between(24, 160) * HOUR;
        Reply { author: self.dice.pick(&STAFF), body: body.to_owned(), internal, written, marks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::{normal_email, normal_phone};

    #[test]
    fn no_generated_person_has_a_planted_name_address_or_number() {
        let planted = planted();
        let names: Vec<String> =
            planted.people().flat_map(|p| p.other_names.iter().chain([&p.name])).map(|n| n.to_lowercase()).collect();
        for index in 0..5000 {
            let generated = Person::generated(11, index);
            assert!(!names.contains(&generated.name.trim().to_lowercase()), "{}", generated.name);
            for person in planted.people() {
                assert!(!person.emails.contains(&normal_email(&generated.email)));
                let same = person.phone.as_deref().map(normal_phone) == generated.phone.as_deref().map(normal_phone);
                assert!(!same || generated.phone.is_none());
            }
        }
    }

    #[test]
    fn only_the_namesakes_share_a_name_and_nobody_shares_an_address_or_number() {
        let planted = planted();
        let count = |of: fn(&PlantedPerson) -> Vec<String>| {
            let all: Vec<String> = planted.people().flat_map(of).collect();
            (all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len())
        };
        assert_eq!(count(|p| vec![p.name.clone()]), (19, 18));
        assert_eq!(count(|p| p.emails.clone()), (20, 20));
        assert_eq!(count(|p| vec![normal_phone(p.phone.as_deref().unwrap())]), (19, 19));
    }
}
