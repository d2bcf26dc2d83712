//! A fresh database on the MariaDB server that `./test` started.

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Error, Opts, Row, Value};

/// The server's administrator, from `RIGHTSDESK_TEST_MARIADB`.
pub fn admin_url() -> String {
    std::env::var("RIGHTSDESK_TEST_MARIADB")
        .expect("RIGHTSDESK_TEST_MARIADB is not set: run the tests with ./test, which starts the servers they need")
}

/// A database of one test, dropped with it.
pub struct FreshMariadb {
    pub url: String,
    pub name: String,
}

impl FreshMariadb {
    pub fn create() -> Self {
        let name = format!("t_{}", uuid::Uuid::new_v4().simple());
        run(&admin_url(), &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4")).unwrap();
        let admin = admin_url();
        let (base, _) = admin.rsplit_once('/').expect("the admin URL names a database");
        Self { url: format!("{base}/{name}"), name }
    }
}

impl Drop for FreshMariadb {
    fn drop(&mut self) {
        let _ = run(&admin_url(), &format!("DROP DATABASE IF EXISTS {}", self.name));
    }
}

/// Runs statements as other databases read them: names in double quotes, a backslash is a character.
pub fn run(url: &str, sql: &str) -> Result<Vec<String>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let opts = mysql_async::OptsBuilder::from_opts(Opts::from_url(url)?).prefer_socket(false);
        let mut conn = Conn::new(opts).await?;
        conn.query_drop("SET NAMES utf8mb4; SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'").await?;
        let rows: Vec<Row> = conn.query(sql).await?;
        conn.disconnect().await?;
        Ok(rows.into_iter().map(|row| first(row.unwrap())).collect())
    })
}

fn first(values: Vec<Value>) -> String {
    match values.into_iter().next() {
        Some(Value::Bytes(bytes)) => String::from_utf8(bytes).unwrap(),
        other => format!("{other:?}"),
    }
}
