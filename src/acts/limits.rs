//! How often something may be tried, by who tries and by whom it concerns. Kept in the database, so that it holds however
//! many processes serve; who it was is kept as a keyed hash only.

use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;

use crate::base::{Moment, hex};
use crate::store::{Conn, tries_end, try_count};

use super::desk::Desk;
use super::error::ActError;

/// Who calls: a network address, as the door made it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client(String);

impl Client {
    /// The client at this address. Of an IPv6 address the network counts (the first 64 bits), since one household has all
    /// the others in it.
    #[must_use]
    pub fn at(address: std::net::IpAddr) -> Self {
        Self(match address {
            std::net::IpAddr::V4(address) => address.to_string(),
            std::net::IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => address.to_string(),
                None => {
                    let [a, b, c, d, ..] = address.segments();
                    format!("{a:x}:{b:x}:{c:x}:{d:x}")
                }
            },
        })
    }

    /// What calls from within: the command line, tests of acts.
    #[must_use]
    pub fn inside() -> Self {
        Self("inside".to_owned())
    }
}

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried<'a> {
    /// A client makes a request or causes a letter.
    Sends(&'a Client),
    /// A client types a code.
    Codes(&'a Client),
    /// A client sends a file.
    Uploads(&'a Client),
    /// A link is sent to this address.
    Links(&'a str),
}

impl Tried<'_> {
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Sends(Client(who)) => ("sends", who),
            Self::Codes(Client(who)) => ("codes", who),
            Self::Uploads(Client(who)) => ("uploads", who),
            Self::Links(who) => ("links", who),
        }
    }
}

/// Counts a try, and refuses it if there were too many in this hour. If the transaction fails, so does the count; then
/// nothing was done either.
///
/// # Errors
/// [`ActError::TooMany`].
pub(super) fn limit(conn: &mut Conn, desk: &Desk, tried: Tried<'_>, now: Moment) -> Result<(), ActError> {
    let limits = &desk.settings.limits;
    let most = match tried {
        Tried::Sends(_) => limits.sends_per_client,
        Tried::Codes(_) => limits.codes_per_client,
        Tried::Uploads(_) => limits.uploads_per_client,
        Tried::Links(_) => limits.links_per_address,
    };
    if most == 0 {
        return Ok(());
    }
    let (what, who) = tried.parts();
    if try_count(conn, &hashed(desk, what, who), hour(now))? > i64::from(most) {
        return Err(ActError::TooMany("this was tried too often: wait an hour and try again".to_owned()));
    }
    Ok(())
}

/// Forgets who tried what in hours that are over.
pub(super) fn forget_tries(desk: &Desk) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| -> Result<(), ActError> {
        tries_end(conn, hour(now))?;
        Ok(())
    })
}

fn hashed(desk: &Desk, what: &str, who: &str) -> String {
    // HMAC takes a key of any length, so making one cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(desk.secret.expose_secret().as_bytes()) else {
        return what.to_owned();
    };
    mac.update(format!("rightsdesk tries\n{what}\n{}", who.to_lowercase()).as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// The beginning of the hour.
fn hour(now: Moment) -> Moment {
    now.plus(TimeDelta::seconds(-(now.unix_seconds().rem_euclid(3_600))))
        .plus(TimeDelta::microseconds(-i64::from(now.utc().timestamp_subsec_micros())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_client_and_an_hour_begins_once() {
        let client = |text: &str| Client::at(text.parse().unwrap());
        assert_eq!(client("2001:db8:1:2:3::4"), client("2001:db8:1:2:ffff::1"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
        let at = |text: &str| hour(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-11-23T09:59:59.999999Z"), "2026-11-23T09:00:00.000000Z");
        assert_eq!(at("2026-11-23T10:00:00Z"), "2026-11-23T10:00:00.000000Z");
    }
}
