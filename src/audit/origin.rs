//! From where something was done: the client's address, kept whole, in part or not at all.
//!
//! An address is personal data. What is kept follows from the configuration: the network of it (the first 24 bits of an IPv4
//! address, 48 of an IPv6 address) tells the office from elsewhere and one street from another, and no more.

use std::cell::RefCell;
use std::net::IpAddr;

use crate::base::words;

words! {
    /// How much of a client's address is kept.
    AddressesKept, "what is kept of addresses" {
        /// The network: IPv4 /24, IPv6 /48.
        Truncated = "truncated",
        /// The whole address.
        Full = "full",
        /// Nothing.
        Nothing = "none",
    }
}

/// From where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

thread_local! {
    static CURRENT: RefCell<Option<Origin>> = const { RefCell::new(None) };
}

impl Origin {
    /// What is kept of `address`.
    #[must_use]
    pub fn of(address: IpAddr, kept: AddressesKept) -> Option<Self> {
        let address = address.to_canonical();
        match (kept, address) {
            (AddressesKept::Nothing, _) => None,
            (AddressesKept::Full, _) => Some(Self(address.to_string())),
            (AddressesKept::Truncated, IpAddr::V4(v4)) => {
                let [a, b, c, _] = v4.octets();
                Some(Self(format!("{a}.{b}.{c}.0/24")))
            }
            (AddressesKept::Truncated, IpAddr::V6(v6)) => {
                let [a, b, c, ..] = v6.segments();
                let network = std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0);
                Some(Self(format!("{network}/48")))
            }
        }
    }

    /// Runs `work` as done from `origin`: entries of the audit trail that it appends on this thread say so. The rest of the
    /// thread's work is not affected.
    pub fn within<T>(origin: Option<Self>, work: impl FnOnce() -> T) -> T {
        /// Puts the earlier origin back, also if `work` panics.
        struct Earlier(Option<Origin>);
        impl Drop for Earlier {
            fn drop(&mut self) {
                let earlier = self.0.take();
                CURRENT.with(|current| *current.borrow_mut() = earlier);
            }
        }
        let _earlier = Earlier(CURRENT.with(|current| std::mem::replace(&mut *current.borrow_mut(), origin)));
        work()
    }

    /// From where the work of this thread is done.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.with(|current| current.borrow().clone())
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_configured() {
        for (address, truncated, full) in [
            ("203.0.113.77", "203.0.113.0/24", "203.0.113.77"),
            ("::ffff:203.0.113.77", "203.0.113.0/24", "203.0.113.77"),
            ("2001:db8:12:34:56::1", "2001:db8:12::/48", "2001:db8:12:34:56::1"),
            ("::1", "::/48", "::1"),
        ] {
            let of = |kept| Origin::of(address.parse().unwrap(), kept).map(|origin| origin.to_string());
            assert_eq!(of(AddressesKept::Truncated).as_deref(), Some(truncated));
            assert_eq!(of(AddressesKept::Full).as_deref(), Some(full));
            assert_eq!(of(AddressesKept::Nothing), None);
        }
    }

    #[test]
    fn an_origin_ends_with_its_work_even_if_that_panics() {
        let office = Origin::of("192.0.2.1".parse().unwrap(), AddressesKept::Full);
        Origin::within(office.clone(), || {
            assert_eq!(Origin::current(), office);
            Origin::within(None, || assert_eq!(Origin::current(), None));
            assert_eq!(Origin::current(), office);
        });
        let ended = std::panic::catch_unwind(|| Origin::within(office.clone(), || panic!("on purpose")));
        assert!(ended.is_err());
        assert_eq!(Origin::current(), None);
    }
}
