//! Letters through a real SMTP server on loopback.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Bench, Options, code_in};

/// aiosmtpd, keeping each letter it takes in a Maildir.
struct MailServer {
    child: Child,
    dir: tempfile::TempDir,
    port: u16,
}

impl MailServer {
    fn start() -> Self {
        let python = std::env::var("RIGHTSDESK_TEST_PYTHON")
            .expect("RIGHTSDESK_TEST_PYTHON is not set: run the tests with ./test");
        let dir = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let maildir = dir.path().join("mail");
        let child = Command::new(python)
            .args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}"), "-c", "aiosmtpd.handlers.Mailbox"])
            .arg(&maildir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the SMTP server starts: python3-aiosmtpd is installed by ./test");
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(20), "the SMTP server does not answer");
            std::thread::yield_now();
        }
        Self { child, dir, port }
    }

    fn letters(&self) -> Vec<String> {
        let new = self.dir.path().join("mail/new");
        let read = |path: &Path| std::fs::read_to_string(path).unwrap();
        std::fs::read_dir(new).map(|all| all.map(|e| read(&e.unwrap().path())).collect()).unwrap_or_default()
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn bench(backend: crate::harness::Backend, server: &MailServer) -> Bench {
    let url = format!("smtp://127.0.0.1:{}", server.port);
    Bench::with(
        backend,
        Options {
            settings: vec![
                ("RIGHTSDESK_POST__SMTP_URL".into(), url),
                ("RIGHTSDESK_CASES__GATHER_AT_ONCE".into(), "false".into()),
            ],
            ..Options::default()
        },
    )
}

both! {
    fn a_code_arrives_by_smtp_and_opens_the_request(backend) {
        let server = MailServer::start();
        let bench = bench(backend, &server);
        let body = json!({"right": "access", "subject": {"name": "Łukasz O'Neil", "email": "lukasz@example.org"}});
        let id = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        bench.work();
        let letters = server.letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: lukasz@example.org"));
        assert!(letters[0].contains("From: rights@example.org"));
        let code = code_in(&letters[0]);
        bench.post(&format!("/api/v1/requests/{id}/verification"), &json!({"code": code})).expect(200);
        bench.work();
        assert_eq!(server.letters().len(), 2);
    }

    fn a_letter_waits_for_a_mail_server_that_is_down(backend) {
        let mut server = MailServer::start();
        let bench = bench(backend, &server);
        server.stop();
        let body = json!({"right": "access", "subject": {"name": "Ann Lee", "email": "ann@example.org"}});
        let id = bench.post("/api/v1/requests", &body).expect(201)["id"].as_str().unwrap().to_owned();
        bench.work();
        assert!(!bench.audit_kinds(&id).contains(&"code_sent".to_owned()));
        let up = MailServer::start();
        // The same port again would be a race; the desk is told the new one by being built anew on the same database.
        let mut config = bench.config.clone();
        config.post.smtp_url = Some(format!("smtp://127.0.0.1:{}", up.port).into());
        let desk = std::sync::Arc::new(rightsdesk::wiring::desk(&config, bench.clock.clone()).unwrap());
        bench.clock.advance(chrono::TimeDelta::seconds(2));
        rightsdesk::jobs::work_until_idle(&desk).unwrap();
        assert_eq!(up.letters().len(), 1);
        assert!(bench.audit_kinds(&id).contains(&"code_sent".to_owned()));
    }
}
