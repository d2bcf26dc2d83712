//! A database with tables of its own, and one gather over it.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use rightsdesk::bundle::{CollectionReport, RecordSource};
use rightsdesk::datamap::{DataMap, MapFile, read};
use rightsdesk::files::Vault;
use rightsdesk::files::spool::{Rules, Spool, SpoolWriter, Standing};
use rightsdesk::gather::{Silent, SourceSet, gather};
use rightsdesk::sources::{Limits, SourceUrl};
use rightsdesk::subject::{Identifier, IdentifierKind, Subject, Verified};
use serde_json::Value;

use crate::harness::mariadb::{self, FreshMariadb};
use crate::harness::postgres::FreshDatabase;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
    Mariadb,
}

pub const EVERY: [Kind; 3] = [Kind::Sqlite, Kind::Postgres, Kind::Mariadb];

/// A database, gone when it is dropped.
pub struct Place {
    pub kind: Kind,
    pub url: String,
    dir: tempfile::TempDir,
    _postgres: Option<FreshDatabase>,
    _mariadb: Option<FreshMariadb>,
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Place {
    pub fn new(kind: Kind, sql: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let postgres = (kind == Kind::Postgres).then(FreshDatabase::create);
        let mariadb = (kind == Kind::Mariadb).then(FreshMariadb::create);
        let url = match (&postgres, &mariadb) {
            (Some(database), _) => database.url.clone(),
            (None, Some(database)) => database.url.clone(),
            (None, None) => format!("sqlite://{}", dir.path().join("site.db").display()),
        };
        let place = Self { kind, url, dir, _postgres: postgres, _mariadb: mariadb };
        place.run(sql);
        place
    }

    pub fn path(&self) -> String {
        self.dir.path().join("site.db").display().to_string()
    }

    pub fn run(&self, sql: &str) {
        match self.kind {
            Kind::Sqlite => SqliteConnection::establish(&self.path()).unwrap().batch_execute(sql).unwrap(),
            Kind::Postgres => PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
            Kind::Mariadb => drop(mariadb::run(&self.url, sql).unwrap_or_else(|error| panic!("{error}\n{sql}"))),
        }
    }

    /// The texts in the column `value` of a query, sorted.
    pub fn values(&self, sql: &str) -> Vec<String> {
        let rows: Vec<One> = match self.kind {
            Kind::Sqlite => {
                diesel::sql_query(sql).load(&mut SqliteConnection::establish(&self.path()).unwrap()).unwrap()
            }
            Kind::Postgres => diesel::sql_query(sql).load(&mut PgConnection::establish(&self.url).unwrap()).unwrap(),
            Kind::Mariadb => {
                // Its CAST has another word for text.
                let values = mariadb::run(&self.url, &sql.replace("AS TEXT)", "AS CHAR)")).unwrap();
                values.into_iter().map(|value| One { value }).collect()
            }
        };
        let mut values: Vec<String> = rows.into_iter().map(|row| row.value).collect();
        values.sort();
        values
    }

    pub fn source(&self, name: &str) -> (String, SourceUrl) {
        (name.to_owned(), self.url.parse().unwrap())
    }
}

pub fn map(text: &str) -> DataMap {
    read(&[MapFile { name: "test.yml", text }]).unwrap_or_else(|faults| panic!("{faults}"))
}

pub fn person(identifiers: &[(IdentifierKind, &str)]) -> Verified<Subject> {
    let identifiers =
        identifiers.iter().map(|(kind, value)| Identifier { kind: *kind, value: (*value).to_owned() }).collect();
    Verified::vouch(Subject { name: String::new(), date_of_birth: None, identifiers, claimed: vec![] })
}

pub fn by_email(email: &str) -> Verified<Subject> {
    person(&[(IdentifierKind::Email, email)])
}

/// The vault that every spool of these tests lies in.
pub fn vault() -> Vault {
    Vault::new(&[7; 32], &[])
}

/// What a gather found.
pub struct Gathered {
    pub dir: tempfile::TempDir,
    pub spool: Spool,
}

pub fn gathered(map: &DataMap, sources: &[(String, SourceUrl)], subject: &Verified<Subject>) -> Gathered {
    let mut sources = SourceSet::of(map, sources, Limits::default()).unwrap();
    gathered_from(map, &mut sources, subject)
}

pub fn gathered_from(map: &DataMap, sources: &mut SourceSet, subject: &Verified<Subject>) -> Gathered {
    let dir = tempfile::tempdir().unwrap();
    let spool = SpoolWriter::create_in(dir.path(), vault()).unwrap();
    let spool = gather(map, sources, subject, spool, &Silent).unwrap();
    Gathered { dir, spool }
}

impl Gathered {
    /// The collection's report without any decision.
    pub fn report(&self, collection: &str) -> CollectionReport {
        let decided = self.spool.under(Rules::default()).unwrap();
        let report = decided.collections().iter().find(|report| report.collection == collection);
        report.unwrap_or_else(|| panic!("no collection {collection}")).clone()
    }

    /// Disclosed records by collection: identifier, why, fields.
    pub fn disclosed(&self, rules: Rules) -> BTreeMap<String, Vec<(String, Vec<String>, Value)>> {
        let decided = self.spool.under(rules).unwrap();
        let mut all = BTreeMap::new();
        for (at, report) in decided.collections().iter().enumerate() {
            let mut records = Vec::new();
            decided
                .replay(at, &mut |record| {
                    let fields = serde_json::from_str(record.fields.get()).unwrap();
                    records.push((record.id.clone(), record.matched_on.clone(), fields));
                    Ok(())
                })
                .unwrap();
            assert_eq!(records.len() as u64, report.disclosed, "{}", report.collection);
            assert_eq!(
                report.found,
                report.disclosed + report.withheld.iter().map(|w| w.count).sum::<u64>(),
                "{}",
                report.collection
            );
            all.insert(report.collection.clone(), records);
        }
        all
    }

    /// Identifiers of the disclosed records of a collection, without its name, sorted.
    pub fn ids(&self, collection: &str) -> Vec<String> {
        let mut ids: Vec<String> = self.disclosed(Rules::default())[collection]
            .iter()
            .map(|(id, ..)| id.split_once('/').unwrap().1.to_owned())
            .collect();
        ids.sort();
        ids
    }

    /// Every row with its standing: `collection/id` to the words.
    pub fn standings(&self) -> BTreeMap<String, String> {
        let page = self.spool.page(0, u64::MAX, &Rules::default()).unwrap();
        page.into_iter()
            .map(|row| {
                let words = match row.standing {
                    Standing::Disclose => "disclose".to_owned(),
                    Standing::Held { reason } | Standing::Possible { reason } | Standing::Excluded { reason, .. } => {
                        reason
                    }
                };
                (row.record.id, words)
            })
            .collect()
    }

    pub fn matched_on(&self, id: &str) -> Vec<String> {
        self.spool.find(id, &Rules::default()).unwrap().unwrap_or_else(|| panic!("no row {id}")).record.matched_on
    }
}
