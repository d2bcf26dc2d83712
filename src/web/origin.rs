//! Who a client is: the address of the connection, or what a trusted proxy says it is. And the way of that to the audit
//! trail: from the request, past the thread that may block, to the entry.

use std::net::IpAddr;

use actix_web::HttpRequest;
use ipnet::IpNet;

use crate::audit::{AddressesKept, Origin};
use crate::config::{AuditConfig, HttpConfig, network};

tokio::task_local! {
    /// From where the request that this task answers was made.
    static ORIGIN: Option<Origin>;
}

/// How a client's address is found, and what is kept of it.
#[derive(Debug, Clone)]
pub(super) struct OriginRule {
    trusted: Vec<IpNet>,
    kept: AddressesKept,
}

impl OriginRule {
    pub(super) fn new(http: &HttpConfig, audit: &AuditConfig) -> Self {
        // Both were checked when the configuration was read; what cannot be read trusts nobody and keeps least.
        Self {
            trusted: http.trusted_proxies.iter().filter_map(|text| network(text)).collect(),
            kept: audit.addresses.parse().unwrap_or(AddressesKept::Nothing),
        }
    }

    /// The client's address. Of the addresses that proxies passed on, the last one that is no trusted proxy's: everything
    /// before it could have been written by the client itself.
    pub(super) fn client(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip().to_canonical();
        if !self.trusts(peer) {
            return Some(peer);
        }
        let said: Vec<&str> =
            request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).collect();
        let mut last = peer;
        for text in said.iter().flat_map(|line| line.split(',')).rev() {
            // What is no address ends the search: beyond it nothing can be believed.
            let Some(address) = read(text) else { break };
            last = address;
            if !self.trusts(address) {
                break;
            }
        }
        Some(last)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|net| net.contains(&address))
    }

    pub(super) fn origin(&self, request: &HttpRequest) -> Option<Origin> {
        self.client(request).and_then(|address| Origin::of(address, self.kept))
    }
}

/// An address as proxies write it: bare, with a port, or an IPv6 address in brackets.
fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().ok().or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|s| s.ip()));
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    address.or_else(bracketed).map(|address| address.to_canonical())
}

/// Answers a request as made from `origin`.
pub(super) async fn answering<F: Future>(origin: Option<Origin>, answer: F) -> F::Output {
    ORIGIN.scope(origin, answer).await
}

/// From where the request that this task answers was made.
pub(super) fn current() -> Option<Origin> {
    ORIGIN.try_with(Clone::clone).ok().flatten()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn client(peer: &str, said: &[&str]) -> String {
        let http = HttpConfig { trusted_proxies: vec!["10.0.0.0/8".into(), "::1".into()], ..HttpConfig::default() };
        let rule = OriginRule::new(&http, &AuditConfig::default());
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for line in said {
            request = request.append_header(("X-Forwarded-For", *line));
        }
        rule.client(&request.to_http_request()).unwrap().to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_for_what_it_saw_itself() {
        for (peer, said, expected) in [
            ("203.0.113.9:1", vec!["198.51.100.1"], "203.0.113.9"),
            ("10.1.2.3:1", vec!["198.51.100.1"], "198.51.100.1"),
            ("10.1.2.3:1", vec!["6.6.6.6, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
            ("10.1.2.3:1", vec!["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
            ("10.1.2.3:1", vec!["6.6.6.6, nonsense"], "10.1.2.3"),
            ("10.1.2.3:1", vec![], "10.1.2.3"),
            ("[::1]:1", vec!["[2001:db8::5]:443"], "2001:db8::5"),
            ("[::1]:1", vec!["198.51.100.1:8080"], "198.51.100.1"),
            ("[::ffff:10.1.2.3]:1", vec!["198.51.100.1"], "198.51.100.1"),
        ] {
            assert_eq!(client(peer, &said), expected, "{peer} {said:?}");
        }
    }
}
