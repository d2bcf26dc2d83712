//! Sources that fail: reported, never a silent gap, and retried alone.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rightsdesk::bundle::Status;
use rightsdesk::datamap::{Everything, LiveSchema};
use rightsdesk::files::spool::{Spool, SpoolError, SpoolWriter};
use rightsdesk::gather::{GatherError, Silent, SourceSet, gather};
use rightsdesk::sources::{Account, Limits, RowQuery, Source, SourceError, SourceRow, open};

use super::place::{EVERY, Kind, Place, by_email, gathered, gathered_from, map, vault};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
      - name: orders
        fields:
          - {name: id}
          - {name: account_id, fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}}
      - name: items
        fields:
          - {name: id}
          - {name: order_id, fides_meta: {references: [{dataset: site, field: orders.id, direction: from}]}}
      - name: letters
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
";

const TABLES: &str = "
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, account_id INTEGER);
CREATE TABLE items (id INTEGER PRIMARY KEY, order_id INTEGER);
CREATE TABLE letters (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO accounts VALUES (1, 'ann@example.org'), (2, 'bob@example.org');
INSERT INTO orders VALUES (1, 1), (2, 1), (3, 2), (4, 1);
INSERT INTO items VALUES (1, 1), (2, 2), (3, 3), (4, 4);
INSERT INTO letters VALUES (1, 'ann@example.org');
";

/// A real source whose tables can be made to fail after some rows; counts the searches of each.
struct Flaky {
    inner: Box<dyn Source>,
    failing: Arc<Mutex<Option<(&'static str, usize)>>>,
    searches: Arc<Mutex<Vec<String>>>,
}

impl Source for Flaky {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        self.inner.schema(names)
    }

    fn everything(&mut self, names: &[&str]) -> Result<Everything, SourceError> {
        self.inner.everything(names)
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        self.inner.account()
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        self.searches.lock().unwrap().push(query.table.name.clone());
        let failing = *self.failing.lock().unwrap();
        let Some((_, after)) = failing.filter(|(name, _)| *name == query.table.name) else {
            return self.inner.rows(query, each);
        };
        let given = AtomicUsize::new(0);
        self.inner.rows(query, &mut |row| {
            if given.fetch_add(1, Ordering::Relaxed) == after { ControlFlow::Break(()) } else { each(row) }
        })?;
        Err(SourceError::Lost)
    }
}

struct Bench {
    place: Place,
    failing: Arc<Mutex<Option<(&'static str, usize)>>>,
    searches: Arc<Mutex<Vec<String>>>,
}

impl Bench {
    fn new(kind: Kind) -> Self {
        Self { place: Place::new(kind, TABLES), failing: Arc::default(), searches: Arc::default() }
    }

    fn sources(&self) -> SourceSet {
        self.searches.lock().unwrap().clear();
        let inner = open(&self.place.source("site").1, Limits::default());
        let flaky = Flaky { inner, failing: self.failing.clone(), searches: self.searches.clone() };
        SourceSet::served_by(&map(MAP), vec![Box::new(flaky)], vec![("site".into(), 0)]).unwrap()
    }
}

#[test]
fn what_a_dying_source_gave_is_never_taken_for_all() {
    for kind in EVERY {
        let bench = Bench::new(kind);
        *bench.failing.lock().unwrap() = Some(("orders", 2));
        let found = gathered_from(&map(MAP), &mut bench.sources(), &by_email("ann@example.org"));
        let orders = found.report("orders");
        assert_eq!((orders.status, orders.found), (Status::Failed, 2), "{kind:?}");
        assert!(orders.problem.unwrap().contains("lost before the search had finished"));
        // What the failed one leads to cannot be known to be complete, found or not.
        let items = found.report("items");
        assert_eq!(items.status, Status::Failed);
        assert!(items.problem.unwrap().contains("“Orders”, which leads here"));
        assert_eq!(found.report("accounts").status, Status::Found);
        assert_eq!(found.report("letters").status, Status::Found);
    }
}

#[test]
fn a_retry_searches_only_what_failed_and_what_that_leads_to() {
    for kind in EVERY {
        let bench = Bench::new(kind);
        *bench.failing.lock().unwrap() = Some(("orders", 1));
        let subject = by_email("ann@example.org");
        let first = gathered_from(&map(MAP), &mut bench.sources(), &subject);
        *bench.failing.lock().unwrap() = None;
        let dir = tempfile::tempdir().unwrap();
        let writer = SpoolWriter::resume(dir.path(), Spool::open_in(first.dir.path(), vault()).unwrap()).unwrap();
        let spool = gather(&map(MAP), &mut bench.sources(), &subject, writer, &Silent).unwrap();
        assert_eq!(*bench.searches.lock().unwrap(), ["orders", "items"], "{kind:?}");
        // The first spool is as it was; the second is what one gather without failure gives.
        assert_eq!(first.report("orders").found, 1);
        let again = super::place::Gathered { dir, spool };
        let whole = gathered(&map(MAP), &[bench.place.source("site")], &subject);
        assert_eq!(again.standings(), whole.standings());
        for collection in ["accounts", "orders", "items", "letters"] {
            assert_eq!(again.report(collection), whole.report(collection), "{kind:?} {collection}");
            assert_eq!(again.ids(collection), whole.ids(collection), "{kind:?} {collection}");
        }
    }
}

#[test]
fn a_retry_for_somebody_else_or_in_the_same_folder_is_refused() {
    let bench = Bench::new(Kind::Sqlite);
    let first = gathered_from(&map(MAP), &mut bench.sources(), &by_email("ann@example.org"));
    let dir = tempfile::tempdir().unwrap();
    let writer = SpoolWriter::resume(dir.path(), first.spool.clone()).unwrap();
    let other = gather(&map(MAP), &mut bench.sources(), &by_email("bob@example.org"), writer, &Silent);
    assert!(matches!(other, Err(GatherError::Spool(SpoolError::Foreign))));
    let same = SpoolWriter::resume(first.dir.path(), first.spool.clone());
    assert!(matches!(same, Err(SpoolError::SameFolder)));
    assert_eq!(first.report("orders").found, 3, "the refused retry must not touch the spool");
}

#[test]
fn a_table_or_column_that_is_gone_fails_its_collection_alone() {
    for kind in EVERY {
        let place = Place::new(kind, TABLES);
        place.run("DROP TABLE letters; ALTER TABLE items RENAME COLUMN order_id TO order_number");
        let found = gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"));
        assert_eq!(found.report("letters").status, Status::Failed);
        assert!(found.report("letters").problem.unwrap().contains("no such table"), "{kind:?}");
        assert!(found.report("items").problem.unwrap().contains("site.items.order_id the table has no such column"));
        assert_eq!(found.ids("orders"), ["1", "2", "4"]);
    }
}

#[test]
fn a_source_that_cannot_be_reached_fails_and_the_others_go_on() {
    let crm = "
  - fides_key: crm
    collections:
      - name: contacts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";
    let place = Place::new(Kind::Sqlite, TABLES);
    let dir = tempfile::tempdir().unwrap();
    let unreachable = [
        "postgres://reader:sesame@127.0.0.1:1/none".to_owned(),
        format!("sqlite://{}/not-there.db", dir.path().display()),
        format!("sqlite://{}", dir.path().display()),
    ];
    for url in unreachable {
        let both = map(&format!("{MAP}{crm}"));
        let sources = [place.source("site"), ("crm".to_owned(), url.parse().unwrap())];
        let found = gathered(&both, &sources, &by_email("ann@example.org"));
        let contacts = found.report("contacts");
        assert_eq!(contacts.status, Status::Failed);
        assert!(!contacts.problem.unwrap().contains("sesame"));
        assert_eq!(found.report("accounts").status, Status::Found);
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "a missing SQLite file must not be made");
}

#[test]
fn a_search_that_takes_too_long_is_stopped_and_the_others_go_on() {
    let place = Place::new(Kind::Postgres, TABLES);
    place.run(
        "ALTER TABLE letters RENAME TO kept;
         CREATE VIEW letters AS SELECT id, email, pg_sleep(30) IS NULL AS slept FROM kept
           WHERE pg_sleep(30) IS NOT NULL",
    );
    let limits = Limits { search: Duration::from_millis(300), ..Limits::default() };
    let mut sources = SourceSet::of(&map(MAP), &[place.source("site")], limits).unwrap();
    let found = gathered_from(&map(MAP), &mut sources, &by_email("ann@example.org"));
    assert!(found.report("letters").problem.unwrap().contains("took longer than"));
    assert_eq!(found.ids("orders"), ["1", "2", "4"]);
}

/// The connection dies while the first rows are read; later searches stand on a new one.
#[test]
fn a_killed_session_fails_its_search_and_the_others_go_on() {
    let place = Place::new(Kind::Postgres, TABLES);
    place.run(
        "ALTER TABLE accounts RENAME TO kept;
         CREATE FUNCTION die() RETURNS text LANGUAGE plpgsql AS $$
           BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(0.1); RETURN NULL; END $$;
         CREATE VIEW accounts AS SELECT id, CASE WHEN id = 2 THEN die() ELSE email END AS email FROM kept",
    );
    let found = gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"));
    assert!(found.report("accounts").problem.unwrap().contains("connection to the database was lost"));
    assert_eq!(found.report("letters").status, Status::Found);
}

#[test]
fn a_table_that_the_account_may_not_read_is_reported_as_that() {
    let place = Place::new(Kind::Postgres, TABLES);
    let role = format!("reader_{}", uuid::Uuid::new_v4().simple());
    place
        .run(&format!("CREATE ROLE {role} LOGIN PASSWORD 'sesame'; GRANT SELECT ON accounts, orders, items TO {role}"));
    let (scheme, rest) = place.url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let url = format!("{scheme}://{role}:sesame@{host}");
    let found = gathered(&map(MAP), &[("site".into(), url.parse().unwrap())], &by_email("ann@example.org"));
    let problem = found.report("letters").problem;
    place.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    assert!(problem.unwrap().contains("the account may not read it"));
}

#[test]
fn nothing_is_ever_written_to_a_source() {
    let place = Place::new(Kind::Postgres, TABLES);
    place.run(
        "ALTER TABLE letters RENAME TO kept;
         CREATE FUNCTION note(t text) RETURNS text LANGUAGE plpgsql AS $$
           BEGIN INSERT INTO kept VALUES (99, 'written'); RETURN t; END $$;
         CREATE VIEW letters AS SELECT id, note(email) AS email FROM kept",
    );
    let found = gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"));
    assert_eq!(found.report("letters").status, Status::Failed);
    assert_eq!(place.values("SELECT id::text AS value FROM kept"), ["1"]);
}

#[test]
fn a_gather_needs_an_identifier_to_begin_from() {
    let bench = Bench::new(Kind::Sqlite);
    let dir = tempfile::tempdir().unwrap();
    let writer = SpoolWriter::create(dir.path()).unwrap();
    let result = gather(&map(MAP), &mut bench.sources(), &by_email("  "), writer, &Silent);
    assert!(matches!(result, Err(GatherError::NoIdentity)));
    assert!(matches!(Spool::open(dir.path()), Err(SpoolError::Unfinished)));
}
