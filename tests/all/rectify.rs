//! Corrections: from the question to the source and back, on every kind of source, through crashes, lost connections,
//! edits by others and databases that refuse.

mod acts;
pub mod broken;
mod guarded;
mod recipients;

use rightsdesk::access::Role;
use rightsdesk::sources::SourceUrl;
use serde_json::{Value, json};

use crate::gather::place::{Kind, Place};
use crate::harness::{Answer, Backend, Bench, Options, mariadb};

pub const MAP: &str = r"
dataset:
  - fides_key: site
    name: Site
    rightsdesk: {label: Our website}
    collections:
      - name: accounts
        rightsdesk: {label: Your account, owner: email, match: {email: [email]}, correctable: true}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}, rightsdesk: {label: Your e-mail address}}
          - {name: full_name, rightsdesk: {label: Your name}}
          - {name: phone, rightsdesk: {label: Your phone number}}
          - {name: born, rightsdesk: {label: Your date of birth}}
          - {name: fee, rightsdesk: {label: What you pay}}
          - {name: subscribed, rightsdesk: {label: Do you get our newsletter?}}
          - {name: joined, rightsdesk: {label: When you joined, correctable: false}}
      - name: bookings
        rightsdesk: {label: Your bookings}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: account_id
            fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}
          - {name: contact, rightsdesk: {label: Who to ring, correctable: true}}
      - name: visits
        rightsdesk: {label: Your visits, owner: email, match: {email: [email]}}
        fields:
          - {name: email, fides_meta: {identity: email}}
          - {name: place, rightsdesk: {label: Where, correctable: true}}
";

pub const ROWS: &str = r#"
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(100) NOT NULL UNIQUE, full_name VARCHAR(20), phone VARCHAR(40),
  born DATE, fee DECIMAL(7,2), subscribed BOOLEAN, joined VARCHAR(20));
INSERT INTO accounts VALUES
  (1, 'ann@example.org', 'Ann Leigh', '07700 900001', '1990-01-31', 12.50, TRUE, '2019'),
  (2, 'bob@example.org', 'Bob', '07700 900001', '1980-05-05', 3.00, FALSE, '2020');
CREATE TABLE bookings (id INTEGER PRIMARY KEY, account_id INTEGER, contact VARCHAR(40));
INSERT INTO bookings VALUES (10, 1, '07700  900001'), (11, 1, 'Ann Leigh'), (12, 2, '07700 900001');
CREATE TABLE visits (email VARCHAR(100), place VARCHAR(40));
INSERT INTO visits VALUES ('ann@example.org', 'Preston');
"#;

/// A source with an account that may only change what is correctable.
pub struct Site {
    pub place: Place,
    pub write_url: String,
    role: Option<String>,
}

impl Site {
    pub fn new(kind: Kind) -> Self {
        let place = Place::new(kind, ROWS);
        let role = format!("w{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let columns = "email, full_name, phone, born, fee, subscribed";
        match kind {
            Kind::Sqlite => {
                let write_url = place.url.clone();
                return Self { place, write_url, role: None };
            }
            Kind::Postgres => place.run(&format!(
                "CREATE ROLE {role} LOGIN PASSWORD 'w'; GRANT SELECT ON accounts, bookings, visits TO {role};
                 GRANT UPDATE ({columns}) ON accounts TO {role}; GRANT UPDATE (contact) ON bookings TO {role};
                 GRANT UPDATE (place) ON visits TO {role}"
            )),
            Kind::Mariadb => place.run(&format!(
                "CREATE USER '{role}'@'127.0.0.1' IDENTIFIED BY 'w';
                 GRANT SELECT ON accounts TO '{role}'@'127.0.0.1'; GRANT SELECT ON bookings TO '{role}'@'127.0.0.1';
                 GRANT SELECT ON visits TO '{role}'@'127.0.0.1';
                 GRANT UPDATE ({columns}) ON accounts TO '{role}'@'127.0.0.1';
                 GRANT UPDATE (contact) ON bookings TO '{role}'@'127.0.0.1'"
            )),
        }
        let mut url = url::Url::parse(&place.url).unwrap();
        url.set_username(&role).unwrap();
        url.set_password(Some("w")).unwrap();
        if kind == Kind::Mariadb {
            url.set_query(Some("tls=off"));
        }
        Self { place, write_url: url.to_string(), role: Some(role) }
    }

    /// A source of other tables, with an account that may change and delete in all of them.
    pub fn of(kind: Kind, sql: &str, tables: &[&str]) -> Self {
        let place = Place::new(kind, sql);
        let role = format!("w{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let may = "SELECT, UPDATE, DELETE";
        match kind {
            Kind::Sqlite => {
                let write_url = place.url.clone();
                return Self { place, write_url, role: None };
            }
            Kind::Postgres => place
                .run(&format!("CREATE ROLE {role} LOGIN PASSWORD 'w'; GRANT {may} ON {} TO {role}", tables.join(", "))),
            Kind::Mariadb => {
                place.run(&format!("CREATE USER '{role}'@'127.0.0.1' IDENTIFIED BY 'w'"));
                for table in tables {
                    place.run(&format!("GRANT {may} ON {table} TO '{role}'@'127.0.0.1'"));
                }
            }
        }
        let mut url = url::Url::parse(&place.url).unwrap();
        url.set_username(&role).unwrap();
        url.set_password(Some("w")).unwrap();
        if kind == Kind::Mariadb {
            url.set_query(Some("tls=off"));
        }
        Self { place, write_url: url.to_string(), role: Some(role) }
    }

    pub fn write_url(&self) -> SourceUrl {
        self.write_url.parse().unwrap()
    }

    /// A value as text; `NULL` for none.
    pub fn value(&self, column: &str, table: &str, id: i64) -> String {
        let text = format!("SELECT COALESCE(CAST({column} AS TEXT), 'NULL') AS value FROM {table} WHERE id = {id}");
        self.place.values(&text).remove(0)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let Some(role) = &self.role else { return };
        match self.place.kind {
            Kind::Postgres => {
                use diesel::connection::SimpleConnection;
                use diesel::{Connection, PgConnection};
                if let Ok(mut conn) = PgConnection::establish(&self.place.url) {
                    let _ = conn.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
                }
            }
            Kind::Mariadb => drop(mariadb::run(&mariadb::admin_url(), &format!("DROP USER '{role}'@'127.0.0.1'"))),
            Kind::Sqlite => {}
        }
    }
}

/// A desk with a request for rectification in review.
pub struct Corrected {
    pub bench: Bench,
    pub case: String,
    pub requester: String,
    pub casey: String,
    pub alex: String,
    pub site: Site,
    _dir: tempfile::TempDir,
}

impl Corrected {
    pub fn new(backend: Backend, kind: Kind) -> Self {
        Self::with(backend, kind, "rectification", |_| {})
    }

    pub fn with(backend: Backend, kind: Kind, right: &str, change: impl FnOnce(&mut Vec<(String, String)>)) -> Self {
        Self::at(backend, Site::new(kind), right, change, MAP)
    }

    /// With another data map.
    pub fn mapped(backend: Backend, kind: Kind, right: &str, map: impl FnOnce(&str) -> String) -> Self {
        Self::at(backend, Site::new(kind), right, |_| {}, &map(MAP))
    }

    /// At a source of one's own.
    pub fn at(
        backend: Backend,
        site: Site,
        right: &str,
        change: impl FnOnce(&mut Vec<(String, String)>),
        map_text: &str,
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.yml");
        std::fs::write(&map, map_text).unwrap();
        let mut settings: Vec<(String, String)> = vec![
            ("RIGHTSDESK_DATA_MAP__FILES".into(), map.display().to_string()),
            ("RIGHTSDESK_SOURCES__SITE__URL".into(), site.place.url.clone()),
            ("RIGHTSDESK_SOURCES__SITE__WRITE_URL".into(), site.write_url.clone()),
        ];
        change(&mut settings);
        let bench = Bench::with(backend, Options { settings, ..Options::default() });
        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        let body = json!({"right": right, "subject": {"name": "Ann Lee", "email": "ann@example.org"},
                          "details": "My phone number is wrong."});
        let case = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        bench.work();
        let code = json!({"code": bench.code()});
        let token = bench.post(&format!("/api/v1/requests/{case}/verification"), &code).expect(200)["token"].clone();
        bench.work();
        let requester = token.as_str().unwrap().to_owned();
        Self { bench, case, requester, casey, alex, site, _dir: dir }
    }

    /// New sessions, after the clock went on.
    pub fn sign_in(&mut self) {
        let token = |name: &str| {
            let body = json!({"username": name, "password": crate::harness::STAFF_PASSWORD});
            self.bench.post("/api/v1/sessions", &body).expect(201)["token"].as_str().unwrap().to_owned()
        };
        (self.casey, self.alex) = (token("casey"), token("alex"));
    }

    pub fn get(&self, path: &str) -> Value {
        self.bench.get(&format!("/api/v1/cases/{}{path}", self.case), &self.casey).expect(200)
    }

    pub fn change(&self, path: &str, body: &Value) -> Answer {
        self.bench.take(&self.case, path, body, &self.casey)
    }

    pub fn approver(&self, path: &str, body: &Value) -> Answer {
        self.bench.take(&self.case, path, body, &self.alex)
    }

    /// A caseworker writes a correction down; its path.
    pub fn asked(&self, record: &str, field: &str, should: &str) -> String {
        let body = json!({"record": record, "field": field, "should": should, "why": "it is wrong"});
        let made = self.bench.post_as(&format!("/api/v1/requests/{}/corrections", self.case), &body, &self.requester);
        format!("corrections/{}", made.expect(201)["correction"].as_str().unwrap())
    }

    /// Decided as asked, and signed.
    pub fn signed(&self, record: &str, field: &str, should: &str) -> String {
        let path = self.asked(record, field, should);
        self.decided(&path).expect(200);
        self.approver(&format!("{path}/signature"), &json!({})).expect(200);
        path
    }

    pub fn decided(&self, path: &str) -> Answer {
        let shown = self.get(&format!("/{path}"))["now"]["value"].clone();
        self.change(&format!("{path}/decision"), &json!({"decision": "apply", "shown": shown}))
    }

    pub fn state(&self, path: &str) -> String {
        self.get(&format!("/{path}"))["state"].as_str().unwrap().to_owned()
    }
}
