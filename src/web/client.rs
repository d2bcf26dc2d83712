//! Who calls, as a network address: the peer's, or what a trusted proxy says of it. Must never believe a header that
//! anybody can send.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use ipnet::IpNet;

use super::problem::Problem;
use crate::acts::Client;
use crate::config::network;

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies(Arc<[IpNet]>);

impl Proxies {
    /// Those of the configuration, which has checked them.
    pub(super) fn of(addresses: &[String]) -> Self {
        Self(addresses.iter().filter_map(|address| network(address)).collect())
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address.to_canonical()))
    }

    /// The first address from the right that is not a proxy of ours: whatever stands left of it was written by it.
    fn client(&self, peer: IpAddr, forwarded: &str) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let mut last = peer;
        for part in forwarded.rsplit(',') {
            let Ok(address) = part.trim().parse::<IpAddr>() else { break };
            last = address;
            if !self.trusts(address) {
                break;
            }
        }
        last
    }
}

/// Who calls.
pub(super) struct Caller(pub(super) Client);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(caller(request))))
    }
}

/// Who sent `request`.
pub(super) fn caller(request: &HttpRequest) -> Client {
    let Some(peer) = request.peer_addr().map(|address| address.ip()) else { return Client::inside() };
    let headers = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let forwarded = headers.collect::<Vec<_>>().join(",");
    let proxies = request.app_data::<Proxies>().cloned().unwrap_or_default();
    Client::at(proxies.client(peer, &forwarded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_speaks_for_others() {
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = Proxies::of(&["192.0.2.1".to_owned(), "192.0.2.2".to_owned()]);
        let client = |peer, forwarded| proxies.client(at(peer), forwarded);
        assert_eq!(client("198.51.100.7", "203.0.113.9"), at("198.51.100.7"));
        assert_eq!(client("192.0.2.1", "203.0.113.9"), at("203.0.113.9"));
        // What the caller wrote itself stands further left.
        assert_eq!(client("192.0.2.1", "10.0.0.1, 203.0.113.9, 192.0.2.2"), at("203.0.113.9"));
        assert_eq!(client("192.0.2.1", "nonsense"), at("192.0.2.1"));
        assert_eq!(client("::ffff:192.0.2.1", "203.0.113.9"), at("203.0.113.9"));
        assert_eq!(client("192.0.2.1", ""), at("192.0.2.1"));
    }
}
