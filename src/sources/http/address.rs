//! The address of a service. What stands after `#` is for us and is never sent: which identifiers it is asked by, its token,
//! its certificate authority.

use secrecy::SecretString;

use crate::sources::url::UrlError;

/// Where a service is, and how it is asked.
#[derive(Debug, Clone)]
pub(in crate::sources) struct Address {
    /// Without what stands after `#`.
    pub(super) url: String,
    /// The names of the query, as `prn` and `crn`.
    pub(super) asks: Vec<String>,
    pub(super) token: Option<SecretString>,
    /// A file of PEM certificates.
    pub(super) ca: Option<String>,
}

impl Address {
    pub(in crate::sources) fn read(text: &str) -> Result<Self, UrlError> {
        let url = url::Url::parse(text).map_err(|_| UrlError::Service)?;
        let local = match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => return Err(UrlError::Service),
        };
        if url.scheme() != "https" && !local {
            return Err(UrlError::Https);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::Service);
        }
        let mut address = Self { url: String::new(), asks: Vec::new(), token: None, ca: None };
        for (key, value) in url::form_urlencoded::parse(url.fragment().unwrap_or_default().as_bytes()) {
            match key.as_ref() {
                "ask" => address.asks = value.split(',').map(|name| name.trim().to_owned()).collect(),
                "token" => address.token = Some(value.into_owned().into()),
                "ca" => address.ca = Some(value.into_owned()),
                other => return Err(UrlError::ServiceParameter(other.to_owned())),
            }
        }
        let plain = |name: &String| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
                && name != "content"
        };
        if address.asks.is_empty() || !address.asks.iter().all(plain) {
            return Err(UrlError::Ask);
        }
        let mut bare = url;
        bare.set_fragment(None);
        address.url = bare.into();
        Ok(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_the_hash_is_for_us() {
        let address =
            Address::read("https://api.example.org/subject-access-request?v=1#ask=prn,crn&token=a%20b").unwrap();
        assert_eq!(address.url, "https://api.example.org/subject-access-request?v=1");
        assert_eq!(address.asks, ["prn", "crn"]);
        assert!(!format!("{address:?}").contains("a b"));
    }

    #[test]
    fn only_this_machine_is_asked_in_the_clear() {
        for (text, error) in [
            ("http://api.example.org/s#ask=prn", Some(UrlError::Https)),
            ("http://127.0.0.1:9/s#ask=prn", None),
            ("http://[::1]:9/s#ask=prn", None),
            ("http://127.0.0.1.example.org/s#ask=prn", Some(UrlError::Https)),
            ("https://u:p@api.example.org/s#ask=prn", Some(UrlError::Service)),
            ("https://api.example.org/s", Some(UrlError::Ask)),
            ("https://api.example.org/s#ask=a%26b", Some(UrlError::Ask)),
            ("https://api.example.org/s#ask=content", Some(UrlError::Ask)),
            ("https://api.example.org/s#ask=prn&tokn=x", Some(UrlError::ServiceParameter("tokn".into()))),
        ] {
            assert_eq!(Address::read(text).err(), error, "{text}");
        }
    }
}
