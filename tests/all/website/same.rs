//! The same seed gives the same rows on every database.

use rightsdesk::sample::{Plan, Planted, TABLES, generate};
use rightsdesk::sources::fill::{FillError, MysqlText, Target};

use super::database::Database;

pub fn fill(database: &Database, plan: Plan) -> Planted {
    let mut target = Target::open(&database.url(), &TABLES).unwrap();
    target.fill(&TABLES, |rows| generate(plan, rows, &mut |_| {})).unwrap()
}

fn text(plan: Plan) -> Vec<u8> {
    let mut text = MysqlText::begin(Vec::new(), &TABLES).unwrap();
    generate(plan, &mut text, &mut |_| {}).unwrap();
    text.finish().unwrap()
}

const PLAN: Plan = Plan { people: 1000, seed: 42 };

#[test]
fn a_thousand_people_are_the_same_on_the_three_databases_and_there_quickly() {
    let begun = std::time::Instant::now();
    let sqlite = Database::new("sqlite");
    let planted = fill(&sqlite, PLAN);
    let took = begun.elapsed();
    // A hundred times what it takes; a quadratic generator would still be far beyond it.
    assert!(took.as_secs() < 30, "{took:?}");
    let wanted = sqlite.dump_all();
    let rows = |table: &str| wanted.iter().find(|(name, _)| *name == table).unwrap().1.len();
    assert!((2000..3200).contains(&rows("event_bookings")), "{}", rows("event_bookings"));
    assert!(wanted.iter().all(|(_, rows)| rows.len() > 30));

    let postgres = Database::new("postgres");
    assert_eq!(fill(&postgres, PLAN), planted);
    let maria = Database::new("mysql");
    maria.run(&String::from_utf8(text(PLAN)).unwrap());
    for other in [postgres, maria] {
        for ((table, wanted), (_, found)) in wanted.iter().zip(other.dump_all()) {
            assert_eq!(wanted.len(), found.len(), "{table}");
            for (wanted, found) in wanted.iter().zip(&found) {
                assert_eq!(wanted, found, "{table}");
            }
        }
    }
}

#[test]
fn a_seed_gives_the_same_bytes_twice_and_another_seed_gives_others() {
    let plan = Plan { people: 200, seed: 7 };
    assert!(text(plan) == text(plan));
    assert!(text(plan) != text(Plan { seed: 8, ..plan }));
}

#[test]
fn a_sample_of_nobody_is_the_planted_people_alone() {
    let database = Database::new("sqlite");
    let planted = fill(&database, Plan { people: 0, seed: 1 });
    assert!(!planted.main().unwrap().own.is_empty());
    let bookings = database.lines("SELECT CAST(count(*) AS TEXT) AS line FROM event_bookings");
    assert_eq!(bookings, ["25"]);
}

#[test]
fn no_foreign_key_is_broken() {
    let database = Database::new("sqlite");
    fill(&database, Plan { people: 300, seed: 3 });
    assert_eq!(database.lines("SELECT \"table\" AS line FROM pragma_foreign_key_check"), Vec::<String>::new());
}

#[test]
fn new_rows_get_new_keys_after_a_fill_on_postgres() {
    let database = Database::new("postgres");
    fill(&database, Plan { people: 20, seed: 3 });
    database.run("INSERT INTO enquiries (name, message, status, received_at) VALUES ('A', 'B', 'new', now())");
}

#[test]
fn a_database_in_use_is_refused_and_left_alone() {
    for backend in ["sqlite", "postgres"] {
        let database = Database::new(backend);
        database.run("CREATE TABLE payroll (id integer)");
        let Err(refusal) = Target::open(&database.url(), &TABLES) else { panic!("{backend}: opened") };
        assert!(matches!(refusal, FillError::NotEmpty { .. }), "{backend}: {refusal}");
        assert!(refusal.to_string().contains("payroll"), "{backend}: {refusal}");
        database.run("DROP TABLE payroll");
        fill(&database, Plan { people: 2, seed: 1 });
        let before = database.dump_all();
        let Err(refusal) = Target::open(&database.url(), &TABLES) else { panic!("{backend}: opened twice") };
        assert!(refusal.to_string().contains("rows of accounts"), "{backend}: {refusal}");
        assert_eq!(before, database.dump_all());
    }
}

#[test]
fn a_fill_that_fails_leaves_no_row() {
    for backend in ["sqlite", "postgres"] {
        let database = Database::new(backend);
        let mut target = Target::open(&database.url(), &TABLES).unwrap();
        let stopped: Result<(), FillError> = target.fill(&TABLES, |rows| {
            generate(Plan { people: 500, seed: 1 }, rows, &mut |_| {})?;
            Err(FillError::Address)
        });
        assert!(matches!(stopped, Err(FillError::Address)));
        assert!(database.dump_all().iter().all(|(_, rows)| rows.is_empty()), "{backend}");
    }
}
