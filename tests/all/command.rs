//! The program as an operator calls it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use rightsdesk::access::Role;
use serde_json::{Value, json};

use crate::harness::{Backend, Bench, Options};

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    (status.code().unwrap_or(-1), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rightsdesk"));
    command.args(arguments);
    command
}

/// One sentence, for a person, on standard error.
#[track_caller]
fn one_sentence(stderr: &str) {
    assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("rightsdesk: "), "{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("Error {"), "{stderr}");
}

/// A process that serves, and where.
struct Served {
    child: Child,
    address: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Served {
    fn start(bench: &Bench, arguments: &[&str]) -> Self {
        let mut child =
            bench.process(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap_or_default().split(' ').next().unwrap().to_owned();
        Self { child, address, out }
    }

    fn stop(mut self, signal: &str) -> (i32, String) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code().unwrap_or(-1), rest)
    }
}

both! {
    fn a_server_stops_cleanly_on_either_signal(backend) {
        let bench = Bench::new(backend);
        for signal in ["-TERM", "-INT"] {
            let served = Served::start(&bench, &["serve", "--listen", "127.0.0.1:0"]);
            let health = reqwest::blocking::get(format!("http://{}/healthz", served.address)).unwrap();
            assert_eq!(health.status(), 200);
            assert_eq!(served.stop(signal), (0, "Stopped.\n".to_owned()), "{signal}");
        }
    }

    fn a_worker_alone_does_what_a_server_without_workers_queues(backend) {
        let bench = Bench::new(backend);
        let served = Served::start(&bench, &["serve", "--no-worker", "--listen", "127.0.0.1:0"]);
        let client = reqwest::blocking::Client::new();
        let body = json!({"right": "access", "subject": {"name": "Ann Lee", "email": "ann@example.org"}});
        let made = client.post(format!("http://{}/api/v1/requests", served.address)).json(&body).send().unwrap();
        assert_eq!(made.status(), 201);
        assert!(bench.letters().is_empty());
        let worker = Served::start(&bench, &["work"]);
        let started = std::time::Instant::now();
        while bench.letters().is_empty() {
            assert!(started.elapsed().as_secs() < 30, "the worker does not work");
            std::thread::yield_now();
        }
        assert_eq!(worker.stop("-TERM"), (0, "Stopped.\n".to_owned()));
        served.stop("-TERM");
    }

    fn a_slow_client_is_sent_away(backend) {
        let options = Options { settings: vec![("RIGHTSDESK_HTTP__SLOW_CLIENT_SECONDS".into(), "1".into())], ..Options::default() };
        let bench = Bench::with(backend, options);
        let mut stream = TcpStream::connect(bench.url.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");

        // A body that does not come.
        let mut stream = TcpStream::connect(bench.url.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        let head = "POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 408");
    }

    fn the_operators_commands_work_and_say_what_is_wrong(backend) {
        let bench = Bench::new(backend);
        let (code, out, _) = run(&mut bench.process(&["migrate"]));
        assert_eq!((code, out.as_str()), (0, "The schema is up to date.\n"));

        let secret = bench.dir.path().join("password");
        std::fs::write(&secret, "three random words\n").unwrap();
        let add = |name: &str, role: &str| {
            let file = secret.display().to_string();
            run(&mut bench.process(&["user", "add", "--username", name, "--role", role, "--email", "jo@example.org", "--password-file", &file]))
        };
        assert_eq!(add("jo", "caseworker"), (0, "Added jo as caseworker.\n".into(), String::new()));
        let (code, _, err) = add("jo", "caseworker");
        assert_eq!(code, 1);
        one_sentence(&err);
        assert!(err.contains("taken"));
        assert_eq!(add("x", "king").0, 2);
        assert_eq!(add("a b", "auditor").0, 2);
        std::fs::write(&secret, "short").unwrap();
        let (code, _, err) = add("kim", "auditor");
        assert_eq!(code, 2);
        assert!(err.contains("too short") && !err.contains("short\""), "{err}");
        let signed_in = bench.post("/api/v1/sessions", &json!({"username": "jo", "password": "three random words"}));
        assert_eq!(signed_in.expect(201)["role"], "caseworker");

        let (code, out, _) = run(&mut bench.process(&["audit", "verify"]));
        assert_eq!(code, 0);
        assert!(out.contains("intact: 2 entries"), "{out}");
        let (_, out, _) = run(&mut bench.process(&["audit", "verify", "--json"]));
        let json: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((json["intact"].as_bool(), json["entries"].as_i64()), (Some(true), Some(2)));
    }

    fn check_names_every_fault_at_once(backend) {
        let bench = Bench::new(backend);
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.yml");
        std::fs::write(&map, "dataset:\n  - fides_key: one\n    collections:\n      - name: people\n        fields:\n          - name: id\n          - name: email\n            fides_meta: {identity: email}\n          - name: shoe_size\n").unwrap();
        let db = dir.path().join("one.sqlite");
        use diesel::Connection;
        use diesel::connection::SimpleConnection;
        diesel::SqliteConnection::establish(&db.display().to_string()).unwrap()
            .batch_execute("CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT)").unwrap();
        let check = |smtp: bool| {
            let mut command = bench.process(&["check"]);
            command.env("RIGHTSDESK_DATA_MAP__FILES", &map).env("RIGHTSDESK_SOURCES__ONE__URL", format!("sqlite://{}", db.display()));
            if smtp {
                command.env_remove("RIGHTSDESK_POST__FOLDER").env("RIGHTSDESK_POST__SMTP_URL", "smtp://127.0.0.1:1");
            }
            run(&mut command)
        };
        let (code, out, err) = check(true);
        assert_eq!(code, 1);
        assert!(out.contains("one.people.shoe_size") && out.contains("post: "), "{out}");
        one_sentence(&err);
        assert!(err.contains("2 faults"), "{err}");
        let text = std::fs::read_to_string(&map).unwrap().replace("          - name: shoe_size\n", "");
        std::fs::write(&map, text).unwrap();
        let (code, out, err) = check(false);
        assert_eq!((code, err), (0, String::new()), "{out}");
        // What is no fault is told before it.
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.last(), Some(&"Everything fits together."), "{out}");
        assert!(lines[..lines.len() - 1].iter().all(|line| line.starts_with("  ")), "{out}");
        assert!(out.contains("may be written by the user"), "{out}");
    }

    fn an_old_schema_is_refused_with_the_cure(backend) {
        let bench = Bench::with(backend, Options::default());
        let store = rightsdesk::wiring::store(&bench.config).unwrap();
        store.revert_all().unwrap();
        let (code, _, err) = run(&mut bench.process(&["serve"]));
        assert_eq!(code, 1);
        assert!(err.contains("rightsdesk migrate"), "{err}");
        store.migrate().unwrap();
    }

    fn a_broken_chain_ends_verify_with_its_first_link(backend) {
        let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
        bench.staff("jo", Role::Caseworker);
        let before: &[&str] = match backend {
            Backend::Sqlite => &["DROP TRIGGER audit_events_no_update"],
            Backend::Postgres => &["ALTER TABLE audit_events DISABLE TRIGGER USER"],
        };
        for sql in before.iter().chain(&["UPDATE audit_events SET kind = 'signed_out' WHERE seq = 2"]) {
            bench.sql(sql).unwrap();
        }
        let (code, _, err) = run(&mut bench.process(&["audit", "verify"]));
        assert_eq!(code, 1);
        one_sentence(&err);
        assert!(err.contains("audit entry 2 was changed"), "{err}");
        bench.sql("UPDATE audit_events SET kind = 'signed_in' WHERE seq = 2").unwrap();
    }
}

#[test]
fn the_configuration_names_every_fault_and_no_secret() {
    let (code, _, err) = run(program(&["migrate", "--config", "/nonexistent/rightsdesk.toml"]).env_clear());
    assert_eq!(code, 1);
    one_sentence(&err);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("rightsdesk.toml");
    std::fs::write(
        &file,
        "[desk]\nbase_url = 'x'\nshade = 1\n[database]\nurl = 'mongo://u:hunter2@h/x'\n[tokens]\nsecret = 'hunter2'\n",
    )
    .unwrap();
    let (code, _, err) = run(program(&["migrate", "--config"]).arg(&file).env_clear());
    assert_eq!(code, 1);
    for part in ["desk.shade", "[controller]", "[post]"] {
        assert!(err.contains(part), "{part}: {err}");
    }
    assert!(!err.contains("hunter2"), "{err}");
}

#[test]
fn a_mistyped_database_is_not_made_and_a_source_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("desk.sqlite");
    let demo = dir.path().join("demo");
    assert_eq!(run(program(&["demo", "--once", "--people", "0", "--dir"]).arg(&demo)).0, 0);
    let url = format!("sqlite://{}", path.display());
    let (code, _, err) =
        run(program(&["audit", "verify", "--database-url", &url, "--config"]).arg(demo.join("rightsdesk.toml")));
    assert_eq!(code, 1);
    assert!(err.contains("names no file"), "{err}");
    assert!(!path.exists());

    let site = demo.join("website.sqlite");
    let before = std::fs::read(&site).unwrap();
    let source = format!("csap=sqlite://{}", site.display());
    let mut gather = program(&["gather", "--source", &source, "--email", "a@example.org", "--map"]);
    let (code, _, err) = run(gather.arg(demo.join("data-map.yml")).arg("--out").arg(&site));
    assert_eq!(code, 2);
    one_sentence(&err);
    assert_eq!(std::fs::read(&site).unwrap(), before);
}

#[test]
fn output_into_a_closed_pipe_ends_quietly() {
    for arguments in ["openapi", "completions bash"] {
        let shell = format!("{} {arguments} | head -c 10 >/dev/null", env!("CARGO_BIN_EXE_rightsdesk"));
        let (code, _, err) = run(Command::new("bash").args(["-o", "pipefail", "-c", &shell]));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments}");
    }
    let (code, out, _) = run(&mut program(&["openapi"]));
    assert_eq!(code, 0);
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["info"]["title"], "rightsdesk");
    assert!(run(&mut program(&["completions", "zsh"])).1.contains("rightsdesk"));
}

#[test]
fn wrong_use_exits_with_two_and_every_command_has_help_with_an_example() {
    assert_eq!(run(&mut program(&["fly"])).0, 2);
    assert_eq!(run(&mut program(&[])).0, 2);
    for command in [
        &["demo"][..],
        &["serve"],
        &["work"],
        &["migrate"],
        &["check"],
        &["gather"],
        &["deadline"],
        &["sample"],
        &["audit", "verify"],
        &["map", "draft"],
        &["suppressed"],
        &["drift", "waive"],
        &["user", "add"],
        &["openapi"],
        &["completions"],
    ] {
        let mut arguments = command.to_vec();
        arguments.push("--help");
        let (code, out, _) = run(&mut program(&arguments));
        assert_eq!(code, 0, "{command:?}");
        assert!(out.contains("Example"), "{command:?} shows no example");
    }
}

/// What a text and its extraction share: no white space, no directional marks, one normal form.
fn bare(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let marks = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{feff}'];
    text.nfc().filter(|c| !c.is_whitespace() && !marks.contains(c)).collect()
}

#[test]
fn the_demo_leaves_a_bundle_that_other_programs_accept_and_that_holds_every_text() {
    let dir = tempfile::tempdir().unwrap();
    let demo = dir.path().join("demo");
    let (code, out, err) = run(program(&["demo", "--once", "--people", "40", "--dir"]).arg(&demo));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("DR-20") && out.contains("Due date:") && out.contains("password"), "{out}");
    let bundle = demo.join("bundle.zip");
    assert!(out.contains(&bundle.canonicalize().unwrap().display().to_string()), "{out}");

    let mark = std::fs::File::open(demo.join(".rightsdesk-demo")).unwrap();
    mark.lock().unwrap();
    let (code, _, err) = run(program(&["demo", "--once", "--people", "40", "--dir"]).arg(&demo));
    assert!(code == 2 && err.contains("a demo is running in"), "{err}");
    drop(mark);

    let (code, tested, _) = run(Command::new("unzip").arg("-t").arg(&bundle));
    assert!(code == 0 && tested.contains("No errors detected"), "{tested}");
    let (code, _, _) = run(Command::new("unzip").args(["-q", "-d"]).arg(dir.path()).arg(&bundle));
    assert_eq!(code, 0);
    let pdf = dir.path().join("disclosure.pdf");
    let (code, checked, problems) = run(Command::new("qpdf").arg("--check").arg(&pdf));
    assert_eq!(code, 0, "{checked}{problems}");

    let (_, text, _) = run(Command::new("pdftotext").args(["-raw"]).arg(&pdf).arg("-"));
    let text = bare(&text);
    let json: Value = serde_json::from_slice(&std::fs::read(dir.path().join("records.json")).unwrap()).unwrap();
    let collections = json["sources"].as_array().unwrap().iter().flat_map(|s| s["collections"].as_array().unwrap());
    let mut seen = 0;
    for record in collections.flat_map(|collection| collection["records"].as_array().unwrap()) {
        for (name, value) in record["fields"].as_object().unwrap() {
            let Some(value) = value.as_str().filter(|value| !value.trim().is_empty()) else { continue };
            if value.len() >= 10 && rightsdesk::base::parse_date(&value[..10]).is_ok() {
                continue; // Shown as people write dates; `plain` has its own tests.
            }
            assert!(text.contains(&bare(value)), "{}: {name} is not in the PDF", record["id"]);
            seen += 1;
        }
    }
    assert!(seen > 80, "only {seen} texts");

    // Made anew over the old one; a folder of somebody else's is left alone.
    assert_eq!(run(program(&["demo", "--once", "--people", "0", "--dir"]).arg(&demo)).0, 0);
    let (code, _, err) = run(program(&["demo", "--once", "--dir"]).arg(dir.path()));
    assert_eq!(code, 2);
    one_sentence(&err);
    assert!(pdf.exists());
}
