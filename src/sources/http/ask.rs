//! Asks a service, again where it is busy or the way to it is broken.

use std::io::Read;
use std::time::{Duration, Instant};

use secrecy::ExposeSecret;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::{Agent, Error};

use crate::sources::error::SourceError;
use crate::sources::query::Limits;

use super::address::Address;

/// Bytes of one answer at most: it is held whole.
const MOST: u64 = 64 * 1024 * 1024;
/// How long to wait before each further try.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(800)];

/// What a service answered.
pub(super) enum Answer {
    Body(Vec<u8>),
    Nothing,
    OtherKind,
}

pub(super) fn agent(address: &Address, limits: Limits) -> Result<Agent, SourceError> {
    let ca = || {
        SourceError::Malformed("the file of the certificate authority in the address (ca) cannot be read".to_owned())
    };
    let roots = match &address.ca {
        None => RootCerts::WebPki,
        Some(path) => {
            let pem = std::fs::read(path).map_err(|_| ca())?;
            let mut certificates: Vec<Certificate<'static>> = Vec::new();
            for item in ureq::tls::parse_pem(&pem) {
                if let PemItem::Certificate(certificate) = item.map_err(|_| ca())? {
                    certificates.push(certificate);
                }
            }
            if certificates.is_empty() {
                return Err(ca());
            }
            RootCerts::new_with_certs(&certificates)
        }
    };
    Ok(Agent::config_builder()
        .timeout_connect(Some(limits.connect))
        .timeout_global(Some(limits.search))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build()
        .new_agent())
}

pub(super) fn ask(
    agent: &Agent,
    address: &Address,
    limits: Limits,
    name: &str,
    value: &str,
) -> Result<Answer, SourceError> {
    let began = Instant::now();
    let mut pauses = PAUSES.into_iter();
    loop {
        let error = match once(agent, address, name, value, limits) {
            Ok(answer) => return Ok(answer),
            Err(Trouble::Lasting(error)) => return Err(error),
            Err(Trouble::Passing(error)) => error,
        };
        match pauses.next() {
            Some(pause) if began.elapsed() + pause < limits.search => std::thread::sleep(pause),
            Some(_) | None => return Err(error),
        }
    }
}

enum Trouble {
    /// Another try may do.
    Passing(SourceError),
    Lasting(SourceError),
}

fn once(agent: &Agent, address: &Address, name: &str, value: &str, limits: Limits) -> Result<Answer, Trouble> {
    let mut request = agent.get(&address.url).query(name, value).header("Accept", "application/json");
    if let Some(token) = &address.token {
        request = request.header("Authorization", format!("Bearer {}", token.expose_secret()));
    }
    let mut response = request.call().map_err(|error| trouble(&error, limits))?;
    let status = response.status().as_u16();
    let lasting =
        |words: &str| Err(Trouble::Lasting(SourceError::Malformed(format!("the service {words} ({status})"))));
    match status {
        200 => {
            let mut body = Vec::new();
            let read = response.body_mut().with_config().limit(MOST + 1).reader().read_to_end(&mut body);
            if crate::base::u64_from(body.len()) > MOST {
                return lasting("answered with more than 64 MB");
            }
            read.map_err(|_| Trouble::Passing(SourceError::Lost))?;
            Ok(Answer::Body(body))
        }
        204 => Ok(Answer::Nothing),
        209 => Ok(Answer::OtherKind),
        300..=399 => lasting("sent us elsewhere, and we do not follow: correct the address"),
        401 | 403 => lasting("refused our token: check the token in the address, and what it may read"),
        429 | 500..=599 => Err(Trouble::Passing(SourceError::Malformed(format!(
            "the service was not able to answer, also when it was asked again ({status}); retry this source"
        )))),
        _ => lasting("refused the question: check the address, and the names after ask="),
    }
}

/// A driver's message may hold the address, so it is never passed on.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of faults grows; each further one is lasting")]
fn trouble(error: &Error, limits: Limits) -> Trouble {
    match error {
        Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => Trouble::Passing(SourceError::NoService),
        Error::Timeout(_) => Trouble::Lasting(SourceError::TimedOut(limits.search)),
        Error::HostNotFound | Error::ConnectionFailed | Error::Io(_) => Trouble::Passing(SourceError::NoService),
        Error::Protocol(_) | Error::Http(_) => Trouble::Passing(SourceError::Malformed(
            "the service answered with something that is no HTTP; check the address".to_owned(),
        )),
        _ => Trouble::Lasting(SourceError::NoService),
    }
}
