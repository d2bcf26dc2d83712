//! Encrypted ways to a database server, for the desk's own database and for sources: the right authority and host get in,
//! every other is refused with one clear sentence.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use rightsdesk::files::spool::Rules;
use rightsdesk::sources::{Limits, Source, SourceUrl, open};
use rightsdesk::store::Store;

use crate::gather::place::{Kind, Place, by_email, gathered, map};
use crate::harness::postgres::FreshDatabase;

/// The folder with the certificates that `tests/tools/servers` made.
fn tls(name: &str) -> String {
    let dir = std::env::var("RIGHTSDESK_TEST_TLS").expect("RIGHTSDESK_TEST_TLS is not set: run the tests with ./test");
    format!("{dir}/{name}")
}

/// The server's certificate is for `localhost`, and not for the address 127.0.0.1.
fn at_localhost(url: &str) -> String {
    url.replace("127.0.0.1", "localhost")
}

fn source(url: &str) -> Box<dyn Source> {
    open(&url.parse::<SourceUrl>().unwrap(), Limits { connect: Duration::from_secs(10), ..Limits::default() })
}

fn refusal(url: &str) -> String {
    source(url).schema(&["t"]).unwrap_err().to_string()
}

#[test]
fn a_postgres_source_is_reached_with_tls_and_refused_where_the_certificate_does_not_fit() {
    let place = Place::new(
        Kind::Postgres,
        "CREATE VIEW t AS SELECT 1 AS id, 'ann@example.org' AS email, ssl AS encrypted FROM pg_stat_ssl
           WHERE pid = pg_backend_pid()",
    );
    let (ca, other) = (tls("ca.pem"), tls("other.pem"));
    let (named, bare) = (at_localhost(&place.url), place.url.clone());
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: t
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}, {name: encrypted}]
";
    let pinned = tls("server.pem");
    let good = [
        (format!("{named}?sslmode=verify-full&sslrootcert={ca}"), true),
        (format!("{bare}?sslmode=verify-ca&sslrootcert={ca}"), true),
        (format!("{bare}?sslmode=require&sslrootcert={ca}"), true),
        (format!("{named}?sslmode=verify-full&sslrootcert={pinned}"), true),
        (format!("{bare}?sslmode=require"), true),
        (format!("{named}?sslmode=disable"), false),
        (bare.clone(), false),
    ];
    for (url, encrypted) in good {
        let found = gathered(&map(text), &[("d".into(), url.parse().unwrap())], &by_email("ann@example.org"));
        let rows = found.disclosed(Rules::default());
        assert_eq!(rows["t"].len(), 1, "{:?}", found.report("t"));
        assert_eq!(rows["t"][0].2["encrypted"], encrypted, "{}", url.rsplit('/').next().unwrap());
    }
    let bad = [
        (format!("{bare}?sslmode=verify-full&sslrootcert={ca}"), "is not for the host"),
        (format!("{named}?sslmode=verify-full&sslrootcert={other}"), "not issued by an authority that is trusted"),
        (format!("{bare}?sslmode=verify-ca&sslrootcert={other}"), "not issued by an authority that is trusted"),
        (format!("{bare}?sslmode=require&sslrootcert={other}"), "not issued by an authority that is trusted"),
        (format!("{named}?sslmode=verify-full"), "not issued by an authority that is trusted"),
        (format!("{bare}?sslmode=verify-full&sslrootcert={pinned}"), "is not for the host"),
        (format!("{named}?sslmode=verify-full&sslrootcert=/nowhere.pem"), "CA file"),
        (format!("{named}?sslmode=verify-full&sslrootcert={}", tls("ca.key")), "CA file"),
    ];
    for (url, words) in bad {
        let said = refusal(&url);
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn the_desks_own_database_is_reached_with_tls() {
    let database = FreshDatabase::create();
    let ca = tls("ca.pem");
    let url = format!("{}?sslmode=verify-full&sslrootcert={ca}", at_localhost(&database.url));
    let store = Store::open(&url.into(), 3).unwrap();
    assert!(!store.migrate().unwrap().is_empty());
    assert!(store.migrations_missing().unwrap().is_empty());
    for (url, words) in [
        (format!("{}?sslmode=verify-full&sslrootcert={ca}", database.url), "is not for the host"),
        (format!("{}?sslmode=verify-ca&sslrootcert={}", database.url, tls("other.pem")), "not issued by an authority"),
        (format!("{}?sslmode=sometimes", database.url), "`sslmode` in the address must be"),
        (format!("{}?sslcrl=/crl.pem", database.url), "`sslcrl`, which is not supported"),
    ] {
        let said = Store::open(&url.into(), 1).err().unwrap().to_string();
        assert!(said.contains(words), "{words}: {said}");
        assert!(!said.contains("rightsdesk:"), "{said}");
    }
}

#[test]
fn a_mariadb_source_is_reached_with_tls_and_refused_where_the_certificate_does_not_fit() {
    let place = Place::new(
        Kind::Mariadb,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, email VARCHAR(40)); INSERT INTO t VALUES (1, 'ann@example.org')",
    );
    let (ca, other) = (tls("ca.pem"), tls("other.pem"));
    let (named, bare) = (at_localhost(&place.url), place.url.clone());
    for url in [
        format!("{named}?tls=required&tls_ca={ca}"),
        format!("{bare}?tls=prefer"),
        format!("{bare}?tls=off"),
        bare.clone(),
    ] {
        assert_eq!(source(&url).schema(&["t"]).unwrap().tables.len(), 1);
    }
    for (url, words) in [
        (format!("{bare}?tls=required&tls_ca={ca}"), "is not for the host"),
        (format!("{named}?tls=required&tls_ca={other}"), "not issued by an authority that is trusted"),
        (format!("{named}?tls=required"), "not issued by an authority that is trusted"),
        (format!("{named}?tls=required&tls_ca=/nowhere.pem"), "CA file"),
    ] {
        let said = refusal(&url);
        assert!(said.contains(words), "{words}: {said}");
    }
    // The account may come in by an encrypted way only: whoever gets in came that way.
    let account = format!("tls_{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
    place.run(&format!(
        "CREATE USER '{account}'@'127.0.0.1' IDENTIFIED BY 'sesame' REQUIRE SSL; GRANT SELECT ON t TO '{account}'@'127.0.0.1'"
    ));
    let host = bare.split_once('@').unwrap().1;
    let with = |query: &str| format!("mariadb://{account}:sesame@{host}{query}");
    let (on, off) = (source(&with("")).schema(&["t"]), source(&with("?tls=off")).schema(&["t"]));
    place.run(&format!("DROP USER '{account}'@'127.0.0.1'"));
    assert_eq!(on.unwrap().tables.len(), 1);
    assert!(off.unwrap_err().to_string().contains("could not be reached"));
}

/// A server without TLS says `N` to PostgreSQL's question for it.
#[test]
fn a_server_without_tls_is_refused_where_tls_is_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut question = [0; 8];
        stream.read_exact(&mut question).unwrap();
        stream.write_all(b"N").unwrap();
        question
    });
    let said = refusal(&format!("postgres://reader:sesame@127.0.0.1:{port}/site?sslmode=require"));
    assert!(said.contains("offers none"), "{said}");
    assert_eq!(server.join().unwrap()[..4], [0, 0, 0, 8]);
}

/// Somebody on the way answers for the server, and sends words of his own before the handshake.
#[test]
fn what_is_put_before_the_handshake_gets_nobody_in() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0; 8]).unwrap();
        // `S`, and then what a server says to somebody whom it lets in.
        stream.write_all(b"SR\0\0\0\x08\0\0\0\0Z\0\0\0\x05I").unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest
    });
    let said = refusal(&format!("postgres://reader:sesame@127.0.0.1:{port}/site?sslmode=require"));
    assert!(said.contains("could not be reached"), "{said}");
    assert!(!String::from_utf8_lossy(&server.join().unwrap()).contains("reader"), "nothing is said in the clear");
}
