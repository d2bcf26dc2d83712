//! What a source's account could do besides reading, and what one gather may take.

use std::time::Duration;

use rightsdesk::bundle::Status;
use rightsdesk::gather::SourceSet;
use rightsdesk::sources::{Account, Limits, Permits, SourceSpec, open};

use super::place::{EVERY, Kind, Place, by_email, gathered_from, map};

const TABLES: &str = "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(60)); \
                      CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(60))";

fn account(url: &str) -> Account {
    open(&url.parse().unwrap(), Limits::default()).account().unwrap()
}

/// The place's address for another account.
fn with(place: &Place, name: &str) -> String {
    let (scheme, rest) = place.url.split_once("://").unwrap();
    format!("{scheme}://{name}:sesame@{}", rest.rsplit_once('@').unwrap().1)
}

fn fresh(word: &str) -> String {
    format!("{word}_{}", &uuid::Uuid::new_v4().simple().to_string()[..12])
}

#[test]
fn a_postgres_account_that_can_only_read_is_told_from_one_that_can_write() {
    let place = Place::new(Kind::Postgres, TABLES);
    let (reader, writer) = (fresh("reader"), fresh("writer"));
    place.run(&format!(
        "CREATE ROLE {reader} LOGIN PASSWORD 'sesame'; CREATE ROLE {writer};
         REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT SELECT ON accounts, letters TO {reader}"
    ));
    let url = with(&place, &reader);
    let only_reads = account(&url);
    place.run(&format!(
        "GRANT INSERT ON accounts TO {writer}; GRANT UPDATE (email) ON letters TO {reader};
         CREATE SEQUENCE numbers; GRANT USAGE ON SEQUENCE numbers TO {reader}; GRANT CREATE ON SCHEMA public TO {reader};
         CREATE TABLE own (id INTEGER); ALTER TABLE own OWNER TO {writer};
         GRANT {writer} TO {reader}; ALTER ROLE {reader} NOINHERIT CREATEDB;
         ALTER TABLE accounts ENABLE ROW LEVEL SECURITY; CREATE POLICY a_part ON accounts FOR SELECT USING (id > 1)"
    ));
    let could_write = account(&url);
    // Rows that a policy hides are never silently missing.
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    place.run("INSERT INTO accounts VALUES (1, 'ann@example.org'), (2, 'ann@example.org')");
    let mut sources = SourceSet::of(&map(text), &[("d".into(), url.parse().unwrap())], Limits::default()).unwrap();
    let found = gathered_from(&map(text), &mut sources, &by_email("ann@example.org"));
    place.run(&format!("DROP OWNED BY {reader}, {writer} CASCADE; DROP ROLE {reader}, {writer}"));
    assert_eq!(only_reads, Account::default());
    assert_eq!(
        could_write.excess,
        [
            "CREATEDB",
            "INSERT on public.accounts",
            "UPDATE on public.letters",
            "ownership of public.own",
            "USAGE or UPDATE on the sequence public.numbers",
            "CREATE on the schema public",
        ]
    );
    assert!(could_write.blind[0].contains("row security would leave rows of public.accounts out"), "{could_write:?}");
    assert_eq!(found.report("accounts").status, Status::Failed);
    assert_eq!(account(&place.url).excess, ["the account is a superuser, whom nothing is refused"]);
}

#[test]
fn a_mariadb_account_that_can_only_read_is_told_from_one_that_can_write() {
    let place = Place::new(Kind::Mariadb, TABLES);
    let (reader, role) = (fresh("r"), fresh("w"));
    let database = place.url.rsplit_once('/').unwrap().1.to_owned();
    place.run(&format!(
        "CREATE USER {reader}@'127.0.0.1' IDENTIFIED BY 'sesame'; CREATE ROLE {role};
         GRANT SELECT, SHOW VIEW ON {database}.* TO {reader}@'127.0.0.1'"
    ));
    let url = with(&place, &reader);
    let only_reads = account(&url);
    place.run(&format!(
        "GRANT UPDATE (email), SELECT (email) ON letters TO {reader}@'127.0.0.1'; GRANT DELETE ON accounts TO {role};
         GRANT {role} TO {reader}@'127.0.0.1'; GRANT EXECUTE ON {database}.* TO {reader}@'127.0.0.1'"
    ));
    let could_write = account(&url);
    place.run(&format!("DROP USER {reader}@'127.0.0.1'; DROP ROLE {role}"));
    assert_eq!(only_reads, Account::default());
    assert_eq!(
        could_write.excess,
        [
            format!("EXECUTE on {database}.*"),
            format!("UPDATE on {database}.letters"),
            format!("by the role {role}: DELETE on {database}.accounts"),
        ]
    );
    assert!(account(&place.url).excess.contains(&"ALL PRIVILEGES, GRANT OPTION on *.*".to_owned()));
}

#[test]
fn a_sqlite_file_that_could_be_written_is_told_as_it_is() {
    let place = Place::new(Kind::Sqlite, TABLES);
    let told = account(&place.url);
    assert!(told.excess.is_empty() && told.notices[0].contains("may be written by the user"), "{told:?}");
}

#[test]
fn a_gather_that_finds_more_than_the_limit_is_never_complete() {
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: letters
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    for kind in EVERY {
        let place = Place::new(kind, TABLES);
        place.run(
            "INSERT INTO accounts VALUES (1, 'ann@example.org'), (2, 'ann@example.org'), (3, 'ann@example.org');
             INSERT INTO letters VALUES (1, 'ann@example.org'), (2, 'ann@example.org')",
        );
        for (rows, accounts, letters) in
            [(5, Status::Found, Status::Found), (4, Status::Found, Status::Failed), (2, Status::Failed, Status::Failed)]
        {
            let limits = Limits { rows, ..Limits::default() };
            let mut sources = SourceSet::of(&map(text), &[place.source("d")], limits).unwrap();
            let found = gathered_from(&map(text), &mut sources, &by_email("ann@example.org"));
            let (first, second) = (found.report("accounts"), found.report("letters"));
            assert_eq!((first.status, second.status), (accounts, letters), "{kind:?} {rows}");
            if rows == 4 {
                assert!(second.problem.unwrap().contains("more than 4 rows were found in the source `d`"), "{kind:?}");
                assert_eq!(second.found, 2);
            }
        }
    }
}

#[test]
fn gathers_at_once_never_have_more_connections_than_the_source_allows() {
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    let place = Place::new(Kind::Postgres, TABLES);
    // The view says how many of our sessions are in the database while it is read.
    place.run(
        "ALTER TABLE accounts RENAME TO kept; INSERT INTO kept VALUES (1, 'ann@example.org');
         CREATE VIEW accounts AS SELECT (SELECT count(*) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'rightsdesk')::int AS id, email FROM kept",
    );
    let spec = SourceSpec {
        name: "d".into(),
        url: place.source("d").1,
        write_url: None,
        limits: Limits { connect: Duration::from_secs(30), ..Limits::default() },
        permits: Permits::of(2),
    };
    let seen: Vec<String> = std::thread::scope(|scope| {
        let gathers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut sources = SourceSet::waited_for(&map(text), std::slice::from_ref(&spec)).unwrap();
                    let found = gathered_from(&map(text), &mut sources, &by_email("ann@example.org"));
                    found.disclosed(rightsdesk::files::spool::Rules::default())["accounts"][0].2["id"].to_string()
                })
            })
            .collect();
        gathers.into_iter().map(|gather| gather.join().unwrap()).collect()
    });
    assert_eq!(seen.len(), 8);
    assert!(seen.iter().all(|count| ["1", "2", "3"].contains(&count.as_str())), "{seen:?}");
}
