//! A desk of one test.

use std::path::PathBuf;
use std::sync::Arc;

use rightsdesk::access::Role;
use rightsdesk::acts::{Desk, NewUser, user_add};
use rightsdesk::audit::Actor;
use rightsdesk::base::FixedClock;
use rightsdesk::config::{Config, HttpConfig, load};
use rightsdesk::jobs::work_until_idle;
use rightsdesk::web::Serving;
use rightsdesk::{store, web, wiring};
use serde_json::Value;

use super::client::{Answer, client};
use super::postgres::FreshDatabase;

pub const STAFF_PASSWORD: &str = "three random words";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// What a test wants different from the usual.
#[derive(Default)]
pub struct Options {
    /// Further configuration, as environment variables.
    pub settings: Vec<(String, String)>,
    /// Leave jobs in the queue at the end.
    pub jobs_may_remain: bool,
}

/// A desk, its server, its post box and its clock.
pub struct Bench {
    pub desk: Arc<Desk>,
    pub clock: Arc<FixedClock>,
    pub config: Config,
    pub dir: tempfile::TempDir,
    pub url: String,
    /// The configuration as a program of its own would get it.
    pub environment: Vec<(String, String)>,
    client: reqwest::blocking::Client,
    serving: Option<Serving>,
    jobs_may_remain: bool,
    /// The trail is not asked for at the end: the test itself puts rows in behind the program.
    pub trail_may_break: bool,
    /// Dropped after the desk, whose pool holds connections.
    _database: Option<FreshDatabase>,
}

impl Bench {
    /// Monday 23 November 2026, 09:30 in London.
    pub fn new(backend: Backend) -> Self {
        Self::with(backend, Options::default())
    }

    pub fn with(backend: Backend, options: Options) -> Self {
        // RUST_LOG shows what the desk says of itself during a test.
        let filter = tracing_subscriber::EnvFilter::from_default_env();
        let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).display().to_string();
        let database = (backend == Backend::Postgres).then(FreshDatabase::create);
        let database_url =
            database.as_ref().map_or_else(|| format!("sqlite://{}", path("desk.sqlite")), |db| db.url.clone());
        let mut settings: Vec<(String, String)> = [
            ("DESK__BASE_URL", "https://rights.example.org"),
            ("DESK__DATA_DIR", &path("data")),
            ("DATABASE__URL", &database_url),
            ("CONTROLLER__ADDRESS", "County Hall; Preston; PR1 8XJ"),
            ("CONTROLLER__NAME", "Lancashire County Council"),
            ("CONTROLLER__SERVICE", "Children's Safeguarding Assurance Partnership"),
            ("CONTROLLER__REGISTRATION", "Z542705X"),
            ("CONTROLLER__EMAIL", "dataprotection@lancashire.gov.uk"),
            ("CONTROLLER__DPO_EMAIL", "dpo@lancashire.gov.uk"),
            ("CONTROLLER__REGULATOR", "Information Commissioner"),
            ("CONTROLLER__REGULATOR_COMPLAINTS_URL", "https://ico.org.uk/make-a-complaint/"),
            ("POST__FROM", "rights@example.org"),
            ("POST__FOLDER", &path("post")),
            // Most tests are about something else; those of the review turn these on, as they are by default.
            ("CASES__ANSWER_SUGGESTIONS", "false"),
            ("CASES__ANSWER_WARNINGS", "false"),
        ]
        .into_iter()
        .map(|(key, value)| (format!("RIGHTSDESK_{key}"), value.to_owned()))
        .collect();
        if options.settings.iter().any(|(key, _)| key == "RIGHTSDESK_POST__SMTP_URL") {
            settings.retain(|(key, _)| key != "RIGHTSDESK_POST__FOLDER");
        }
        settings.retain(|(key, _)| !options.settings.iter().any(|(other, _)| other == key));
        settings.extend(options.settings);
        let file = dir.path().join("rightsdesk.toml");
        std::fs::write(&file, "").unwrap();
        let config = load(Some(&file), settings.clone().into_iter()).unwrap_or_else(|e| panic!("{e}"));
        let clock = Arc::new(FixedClock::at("2026-11-23T09:30:00Z".parse().unwrap()));
        wiring::store(&config).unwrap().migrate().unwrap();
        let desk = Arc::new(wiring::desk(&config, clock.clone()).unwrap_or_else(|e| panic!("{e}")));
        let http = HttpConfig { listen: "127.0.0.1:0".into(), ..config.http.clone() };
        let serving = web::start(desk.clone(), &http).unwrap();
        let url = format!("http://{}", serving.address);
        Self {
            desk,
            clock,
            config,
            dir,
            url,
            environment: settings,
            client: client(),
            serving: Some(serving),
            jobs_may_remain: options.jobs_may_remain,
            trail_may_break: false,
            _database: database,
        }
    }

    /// Adds a member of staff, signs in, gives the token.
    pub fn staff(&self, username: &str, role: Role) -> String {
        let new = NewUser {
            username: username.into(),
            display_name: username.into(),
            email: format!("{username}@example.org"),
            role,
            password: STAFF_PASSWORD.to_owned().into(),
        };
        user_add(&self.desk, &new, &Actor::Operator).unwrap();
        let body = serde_json::json!({"username": username, "password": STAFF_PASSWORD});
        self.post("/api/v1/sessions", &body).expect(201)["token"].as_str().unwrap().to_owned()
    }

    /// Another process of the program, with the same configuration.
    pub fn process(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rightsdesk"));
        command.args(arguments).arg("--config").arg(self.dir.path().join("rightsdesk.toml"));
        command.envs(self.environment.iter().cloned());
        command
    }

    /// Does every job that may run now.
    pub fn work(&self) {
        work_until_idle(&self.desk).unwrap();
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::blocking::RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        Answer::of(self.request("GET", path).bearer_auth(token))
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request("POST", path).json(body))
    }

    pub fn post_as(&self, path: &str, body: &Value, token: &str) -> Answer {
        Answer::of(self.request("POST", path).json(body).bearer_auth(token))
    }

    /// Takes a move on the case as it is now.
    pub fn take(&self, case: &str, action: &str, body: &Value, token: &str) -> Answer {
        let seen = self.get(&format!("/api/v1/cases/{case}"), token);
        let path = format!("/api/v1/cases/{case}/{action}");
        Answer::of(self.request("POST", &path).json(body).bearer_auth(token).header("If-Match", seen.header("etag")))
    }

    /// The letters sent so far, oldest first, as they went out. A letter that another process is still writing aside has
    /// another extension, and may be gone by the time it is opened.
    pub fn letters(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(self.dir.path().join("post")).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        files.sort();
        files.into_iter().map(|path| decoded(&std::fs::read(path).unwrap())).collect()
    }

    /// The one-time code of the newest letter.
    pub fn code(&self) -> String {
        code_in(self.letters().last().expect("a letter was sent"))
    }

    /// Makes a request for oneself, and shows the code: the case's identifier and the requester's token.
    pub fn verified_request(&self, subject: Value) -> (String, String) {
        let made = self.post("/api/v1/requests", &serde_json::json!({"right": "access", "subject": subject}));
        let id = made.expect(201)["id"].as_str().unwrap().to_owned();
        self.work();
        let body = serde_json::json!({"code": self.code()});
        let token = self.post(&format!("/api/v1/requests/{id}/verification"), &body).expect(200)["token"]
            .as_str()
            .unwrap()
            .to_owned();
        (id, token)
    }

    /// The kinds of the audit events of a case, in order.
    pub fn audit_kinds(&self, case: &str) -> Vec<String> {
        let id = case.parse().unwrap();
        rightsdesk::acts::audit_list(&self.desk, Some(id), 0, 1_000)
            .unwrap()
            .into_iter()
            .map(|link| link.entry.kind)
            .collect()
    }

    /// Runs SQL on the desk's database behind the program's back.
    pub fn sql(&self, text: &str) -> Result<usize, String> {
        use diesel::RunQueryDsl;
        self.desk
            .store
            .write(|conn| Ok::<_, store::StoreError>(diesel::sql_query(text).execute(conn).map_err(|e| e.to_string())))
            .map_err(|e| e.to_string())
            .and_then(|inner| inner)
    }
}

/// A letter with its quoted-printable parts (RFC 2045, 6.7) decoded; an equals sign that begins no code stays.
pub fn decoded(letter: &[u8]) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(letter.len()), letter);
    while let Some((first, more)) = rest.split_first() {
        let code = more.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'=');
        rest = match (byte, code) {
            (_, Some("\r\n")) if *first == b'=' => &more[2..],
            (Some(byte), _) => {
                out.push(byte);
                &more[2..]
            }
            _ => {
                out.push(*first);
                more
            }
        };
    }
    String::from_utf8(out).unwrap()
}

pub fn code_in(letter: &str) -> String {
    let (_, rest) = letter.split_once("Your code is ").unwrap_or_else(|| panic!("no code in {letter}"));
    rest.chars().take(6).collect()
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.stop();
        }
        if !std::thread::panicking() && !self.jobs_may_remain {
            let open = self.desk.store.read(store::jobs_open).unwrap();
            assert_eq!(open, 0, "jobs are left in the queue at the end of the test");
            let trail = rightsdesk::acts::audit_inspect(&self.desk, &[]).unwrap();
            assert!(
                trail.intact || self.trail_may_break,
                "the audit trail is broken at the end of the test: {trail:?}"
            );
        }
    }
}
