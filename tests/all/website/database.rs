//! Throw-away databases: a SQLite file, a database of its own on the PostgreSQL and MariaDB servers that `./test`
//! starts. Each is dropped when it goes out of scope.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl, sql_query};
use rightsdesk::sample::TABLES;
use rightsdesk::sources::fill::{ColumnKind, TableSpec};

/// The three backends, by the names of their folders under `migrations/website`.
pub const BACKENDS: [&str; 3] = ["sqlite", "postgres", "mysql"];

/// A database of the test's own.
pub enum Database {
    Sqlite { dir: tempfile::TempDir },
    Postgres { admin: String, name: String },
    Maria { client: Maria, name: String },
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

impl Database {
    pub fn new(backend: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("website_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        match backend {
            "sqlite" => Self::Sqlite { dir: tempfile::tempdir().unwrap() },
            "postgres" => {
                let admin = server("RIGHTSDESK_TEST_POSTGRES");
                let mut conn = PgConnection::establish(&admin).expect("the test's PostgreSQL does not answer");
                conn.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
                Self::Postgres { admin, name }
            }
            _ => {
                let client = Maria::of(&server("RIGHTSDESK_TEST_MARIADB"));
                client.run("mysql", &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
                Self::Maria { client, name }
            }
        }
    }

    /// The address as a source has it; but for MariaDB's, as `rightsdesk sample --into` takes it.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite { dir } => format!("sqlite://{}", dir.path().join("website.db").display()),
            Self::Postgres { admin, name } => {
                let (server, _) = admin.rsplit_once('/').unwrap();
                format!("{server}/{name}")
            }
            Self::Maria { name, .. } => {
                let admin = server("RIGHTSDESK_TEST_MARIADB");
                let (server, _) = admin.rsplit_once('/').unwrap();
                format!("{server}/{name}")
            }
        }
    }

    /// Runs statements.
    pub fn run(&self, sql: &str) {
        match self {
            Self::Sqlite { .. } => self.sqlite().batch_execute(sql).unwrap(),
            Self::Postgres { .. } => self.postgres().batch_execute(sql).unwrap(),
            Self::Maria { client, name } => drop(client.run(name, sql)),
        }
    }

    /// Runs a query of one text column called `line`.
    pub fn lines(&self, sql: &str) -> Vec<String> {
        let lines: Vec<Line> = match self {
            Self::Sqlite { .. } => sql_query(sql).load(&mut self.sqlite()).unwrap(),
            Self::Postgres { .. } => sql_query(sql).load(&mut self.postgres()).unwrap(),
            Self::Maria { client, name } => return client.run(name, sql).lines().map(str::to_owned).collect(),
        };
        lines.into_iter().map(|line| line.line).collect()
    }

    /// Every row of a table as JSON, in the order of its key, each value in one form whatever the backend.
    pub fn dump(&self, table: &TableSpec) -> Vec<serde_json::Value> {
        let values: Vec<String> = table.columns.iter().map(|c| self.canonical(c.name, c.kind)).collect();
        let array = match self {
            Self::Sqlite { .. } => "json_array",
            Self::Postgres { .. } => "json_build_array",
            Self::Maria { .. } => "JSON_ARRAY",
        };
        let array = format!("{array}({})", values.join(", "));
        let array = if matches!(self, Self::Postgres { .. }) { format!("{array}::text") } else { array };
        let key = table.columns[0].name;
        let lines = self.lines(&format!("SELECT {array} AS line FROM {} ORDER BY {key}", table.name));
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// All tables.
    pub fn dump_all(&self) -> Vec<(&'static str, Vec<serde_json::Value>)> {
        TABLES.iter().map(|table| (table.name, self.dump(table))).collect()
    }

    fn canonical(&self, name: &str, kind: ColumnKind) -> String {
        use ColumnKind as K;
        match (self, kind) {
            (_, K::Whole | K::Integer | K::Small) => name.to_owned(),
            // Sixteenths: whole on every backend, so that no two ways of printing a fraction meet.
            (Self::Sqlite { .. }, K::Real) => format!("CAST({name} * 16 AS INTEGER)"),
            (Self::Postgres { .. }, K::Real) => format!("({name} * 16)::bigint"),
            (Self::Maria { .. }, K::Real) => format!("CAST({name} * 16 AS SIGNED)"),
            (Self::Sqlite { .. } | Self::Maria { .. }, K::Boolean) => name.to_owned(),
            (Self::Postgres { .. }, K::Boolean) => format!("{name}::int"),
            (Self::Sqlite { .. }, _) => name.to_owned(),
            (Self::Postgres { .. }, K::Second) => {
                format!("to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
            }
            (Self::Postgres { .. }, K::Millisecond) => {
                format!("to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")
            }
            (Self::Postgres { .. }, K::Address) => format!("host({name})"),
            (Self::Postgres { .. }, K::List) => format!("to_json({name})::text"),
            (Self::Postgres { .. }, _) => format!("{name}::text"),
            (Self::Maria { .. }, K::Second) => format!("DATE_FORMAT({name}, '%Y-%m-%dT%H:%i:%sZ')"),
            (Self::Maria { .. }, K::Millisecond) => {
                format!("CONCAT(LEFT(DATE_FORMAT({name}, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')")
            }
            (Self::Maria { .. }, _) => format!("CONCAT({name}, '')"),
        }
    }

    pub fn sqlite(&self) -> SqliteConnection {
        let url = self.url();
        SqliteConnection::establish(url.strip_prefix("sqlite://").unwrap()).unwrap()
    }

    pub fn postgres(&self) -> PgConnection {
        PgConnection::establish(&self.url()).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match self {
            Self::Sqlite { .. } => {}
            Self::Postgres { admin, name } => {
                if let Ok(mut conn) = PgConnection::establish(admin) {
                    let _ = conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
                }
            }
            Self::Maria { client, name } => drop(client.run("mysql", &format!("DROP DATABASE {name}"))),
        }
    }
}

/// The address of a test server.
fn server(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("{variable} is not set: run the tests through ./test, which starts the servers (tests/tools/servers)")
    })
}

/// MariaDB's own command-line client.
#[derive(Clone)]
pub struct Maria {
    user: String,
    password: String,
    host: String,
    port: String,
}

impl Maria {
    fn of(url: &str) -> Self {
        let rest = url.strip_prefix("mysql://").expect("RIGHTSDESK_TEST_MARIADB begins with mysql://");
        let (account, place) = rest.split_once('@').unwrap();
        let (user, password) = account.split_once(':').unwrap();
        let (host, port) = place.split('/').next().unwrap().split_once(':').unwrap();
        let [user, password, host, port] = [user, password, host, port].map(str::to_owned);
        Self { user, password, host, port }
    }

    /// Feeds SQL to the client and gives what it prints: a line a row, nothing escaped.
    pub fn run(&self, database: &str, sql: &str) -> String {
        let mut client = Command::new("mariadb")
            .args(["--no-defaults", "--batch", "--raw", "--skip-column-names", "--default-character-set=utf8mb4"])
            .args(["--protocol=tcp", "--host", &self.host, "--port", &self.port, "--user", &self.user, database])
            .env("MYSQL_PWD", &self.password)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program `mariadb` is missing: install mariadb-client");
        let mut stdin = client.stdin.take().unwrap();
        let sql = sql.to_owned();
        let feed = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, sql.as_bytes()));
        let done = client.wait_with_output().unwrap();
        let _ = feed.join();
        assert!(done.status.success(), "mariadb: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }
}
