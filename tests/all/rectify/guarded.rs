//! The guarded write by itself, on every kind of source.

use rightsdesk::datamap::{LiveColumn, LiveSchema};
use rightsdesk::sources::Limits;
use rightsdesk::sources::write::{Change, Guard, Outcome, RowAt, WriteError, change, open_writer};

use super::Site;
use crate::gather::place::{EVERY, Kind};

/// What is written, from what, to what.
struct Wanted<'a> {
    table: &'a str,
    id: &'a str,
    column: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    owner: Option<&'a str>,
}

fn column<'s>(schema: &'s LiveSchema, table: &str, name: &str) -> &'s LiveColumn {
    schema.column(schema.table(None, table).unwrap(), name).unwrap()
}

fn done(site: &Site, wanted: &Wanted<'_>) -> Result<Outcome, WriteError> {
    let mut writer = open_writer(&site.write_url(), Limits::default())?;
    let schema = writer.schema(&[wanted.table])?;
    let table = schema.table(None, wanted.table).unwrap();
    let key = [(column(&schema, wanted.table, "id"), wanted.id)];
    let guards: Vec<Guard<'_>> = wanted
        .owner
        .iter()
        .map(|owner| Guard { column: column(&schema, wanted.table, "email"), value: Some(owner) })
        .collect();
    let row = RowAt { table, key: &key };
    let column = column(&schema, wanted.table, wanted.column);
    change(writer.as_mut(), &Change { row, guards: &guards, column, before: wanted.before, after: wanted.after })
}

fn account<'a>(column: &'a str, before: Option<&'a str>, after: Option<&'a str>) -> Wanted<'a> {
    Wanted { table: "accounts", id: "1", column, before, after, owner: Some("ann@example.org") }
}

#[test]
fn every_type_is_written_once_and_read_back() {
    for kind in EVERY {
        let site = Site::new(kind);
        let truth = if kind == Kind::Postgres { ("true", "false") } else { ("1", "0") };
        for (name, before, after, kept) in [
            ("full_name", "Ann Leigh", "Łucja O'Lee; --", "Łucja O'Lee; --"),
            ("born", "1990-01-31", "1991-02-28", "1991-02-28"),
            ("fee", "12.5", "7.25", "7.25"),
            ("subscribed", truth.0, "false", truth.1),
        ] {
            let wanted = account(name, Some(before), Some(after));
            assert_eq!(done(&site, &wanted), Ok(Outcome::Made), "{kind:?} {name}");
            assert_eq!(site.value(name, "accounts", 1), kept, "{kind:?}");
            // Again: nothing is changed, and it is said to stand.
            assert_eq!(done(&site, &wanted), Ok(Outcome::Stands), "{kind:?} {name}");
        }
        assert_eq!(done(&site, &account("phone", Some("07700 900001"), None)), Ok(Outcome::Made), "{kind:?}");
        assert_eq!(site.value("phone", "accounts", 1), "NULL");
        assert_eq!(done(&site, &account("phone", None, Some(""))), Ok(Outcome::Made), "{kind:?}");
        assert_eq!(site.value("phone", "accounts", 1), "", "an empty text is not no value");
        assert_eq!(site.value("full_name", "accounts", 2), "Bob", "nobody else's row was touched");
    }
}

#[test]
fn only_what_was_shown_is_changed_and_only_in_the_persons_row() {
    for kind in EVERY {
        let site = Site::new(kind);
        for before in ["Ann leigh", "Ann Leigh ", "", "Somebody"] {
            assert_eq!(done(&site, &account("full_name", Some(before), Some("x"))), Ok(Outcome::Differs), "{before}");
        }
        assert_eq!(done(&site, &account("full_name", None, Some("x"))), Ok(Outcome::Differs));
        let gone = Wanted { id: "99", ..account("full_name", Some("Ann Leigh"), Some("x")) };
        assert_eq!(done(&site, &gone), Ok(Outcome::Gone));
        // The key was given to somebody else meanwhile.
        let other = Wanted { owner: Some("ANN@example.org"), ..account("full_name", Some("Ann Leigh"), Some("x")) };
        assert_eq!(done(&site, &other), Ok(Outcome::Gone));
        assert_eq!(site.value("full_name", "accounts", 1), "Ann Leigh", "{kind:?}");
    }
}

#[test]
fn a_database_that_refuses_is_believed_and_nothing_is_left_behind() {
    for kind in EVERY {
        let site = Site::new(kind);
        // A unique column, and a type that has no room.
        assert_eq!(
            done(&site, &Wanted { owner: None, ..account("email", Some("ann@example.org"), Some("bob@example.org")) }),
            Err(WriteError::Refused),
            "{kind:?}"
        );
        let long = "A name that is longer than twenty characters";
        let refused = done(&site, &account("full_name", Some("Ann Leigh"), Some(long)));
        if kind != Kind::Sqlite {
            assert_eq!(refused, Err(WriteError::Refused), "{kind:?}");
            // Not granted to the write account.
            assert_eq!(
                done(&site, &account("joined", Some("2019"), Some("2018"))),
                Err(WriteError::Refused),
                "{kind:?}"
            );
        }
        match kind {
            Kind::Sqlite => site.place.run(
                "CREATE TRIGGER t BEFORE UPDATE OF phone ON accounts BEGIN SELECT RAISE(ABORT, 'no'); END;
                 CREATE TRIGGER i BEFORE UPDATE OF born ON accounts BEGIN SELECT RAISE(IGNORE); END;
                 CREATE TRIGGER u AFTER UPDATE OF fee ON accounts BEGIN UPDATE accounts SET fee = 99 WHERE id = NEW.id; END",
            ),
            Kind::Postgres => site.place.run(
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                 CREATE FUNCTION ignore() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                 CREATE FUNCTION turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.fee := 99; RETURN NEW; END $$;
                 CREATE TRIGGER t BEFORE UPDATE OF phone ON accounts FOR EACH ROW EXECUTE FUNCTION no();
                 CREATE TRIGGER i BEFORE UPDATE OF born ON accounts FOR EACH ROW EXECUTE FUNCTION ignore();
                 CREATE TRIGGER u BEFORE UPDATE OF fee ON accounts FOR EACH ROW EXECUTE FUNCTION turn();
                 CREATE CONSTRAINT TRIGGER late AFTER UPDATE OF subscribed ON accounts DEFERRABLE INITIALLY DEFERRED
                   FOR EACH ROW EXECUTE FUNCTION no()",
            ),
            Kind::Mariadb => site.place.run(
                "CREATE TRIGGER t BEFORE UPDATE ON accounts FOR EACH ROW IF NOT (NEW.phone <=> OLD.phone) THEN
                   SIGNAL SQLSTATE '45000'; ELSEIF NEW.fee <> OLD.fee THEN SET NEW.fee = 99; END IF",
            ),
        }
        let table = [
            ("phone", "07700 900001", "1", WriteError::Refused),
            ("fee", "12.50", "1", WriteError::Turned),
            ("born", "1990-01-31", "1991-01-31", WriteError::Refused),
            ("subscribed", "t", "false", WriteError::Refused),
        ];
        for (name, before, after, expected) in table {
            let is_there = match kind {
                Kind::Sqlite => name != "subscribed",
                Kind::Postgres => true,
                Kind::Mariadb => matches!(name, "phone" | "fee"),
            };
            if !is_there {
                continue;
            }
            let stood = site.value(name, "accounts", 1);
            assert_eq!(done(&site, &account(name, Some(before), Some(after))), Err(expected), "{kind:?} {name}");
            assert_eq!(site.value(name, "accounts", 1), stood, "{kind:?} {name}");
        }
    }
}

#[test]
fn a_table_without_transactions_is_not_written() {
    let site = Site::new(Kind::Mariadb);
    site.place.run("ALTER TABLE accounts ENGINE = MyISAM");
    let wanted = account("full_name", Some("Ann Leigh"), Some("Ann Lee"));
    assert_eq!(done(&site, &wanted), Err(WriteError::NoTransactions));
    assert_eq!(site.value("full_name", "accounts", 1), "Ann Leigh");
}

/// Many try the same change, and others edit the same row all the while: it is made once, or found changed.
#[test]
fn of_many_who_write_at_once_exactly_one_makes_the_change() {
    for kind in EVERY {
        let site = Site::new(kind);
        let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| done(&site, &account("full_name", Some("Ann Leigh"), Some("Ann Lee"))).unwrap())
                })
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Made).count(), 1, "{kind:?} {outcomes:?}");
        assert!(outcomes.iter().all(|one| matches!(one, Outcome::Made | Outcome::Stands)), "{kind:?} {outcomes:?}");
        // Each from the same value to one of its own: one is made, the others find it changed.
        let names: Vec<String> = (0..6).map(|n| format!("Ann {n}")).collect();
        let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
            let tries: Vec<_> = names
                .iter()
                .map(|name| scope.spawn(|| done(&site, &account("full_name", Some("Ann Lee"), Some(name))).unwrap()))
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Made).count(), 1, "{kind:?} {outcomes:?}");
        assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Differs).count(), 5, "{kind:?} {outcomes:?}");
    }
}
