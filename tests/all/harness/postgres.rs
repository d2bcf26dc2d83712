//! A fresh database on the PostgreSQL server that `./test` started.

use diesel::prelude::*;

/// The server's administrator, from `RIGHTSDESK_TEST_POSTGRES`.
pub fn admin_url() -> String {
    std::env::var("RIGHTSDESK_TEST_POSTGRES")
        .expect("RIGHTSDESK_TEST_POSTGRES is not set: run the tests with ./test, which starts the servers they need")
}

/// A database of one test, dropped with it.
pub struct FreshDatabase {
    pub url: String,
    name: String,
}

impl FreshDatabase {
    pub fn create() -> Self {
        let name = format!("t_{}", uuid::Uuid::new_v4().simple());
        let mut admin = PgConnection::establish(&admin_url()).expect("the test PostgreSQL server answers");
        diesel::sql_query(format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
            .execute(&mut admin)
            .expect("a fresh database can be made");
        let admin = admin_url();
        let (base, _) = admin.rsplit_once('/').expect("the admin URL names a database");
        Self { url: format!("{base}/{name}"), name }
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        if let Ok(mut admin) = PgConnection::establish(&admin_url()) {
            let _ =
                diesel::sql_query(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).execute(&mut admin);
        }
    }
}
