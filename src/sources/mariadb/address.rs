//! What an address of a MariaDB or MySQL server says.

use std::path::PathBuf;
use std::time::Duration;

use mysql_async::{Opts, OptsBuilder, SslOpts};

use crate::sources::error::SourceError;
use crate::sources::url::UrlError;
use crate::tunnel::TunnelFault;

/// The largest packet of either server, and so the largest row.
const MOST_BYTES: usize = 1 << 30;

/// Whether the connection is encrypted, and what is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tls {
    /// In the clear.
    Off,
    /// Encrypted if the server can, without checking whose server it is: what the servers' own client does.
    Prefer,
    /// Encrypted, and the certificate must be for the host and from an authority that is trusted.
    Required,
}

/// `mariadb://account:password@host:port/database?tls=...&tls_ca=...&socket=...`
pub(in crate::sources) struct Address {
    opts: Opts,
    pub(super) tls: Tls,
    ca: Option<PathBuf>,
}

impl Address {
    /// Reads an address; `mysql://` is the same.
    pub(in crate::sources) fn read(text: &str) -> Result<Self, UrlError> {
        let mut url = url::Url::parse(text).map_err(|_| UrlError::Server)?;
        let (mut tls, mut ca, mut socket) = (Tls::Prefer, None, None);
        for (key, value) in url.query_pairs() {
            match (key.as_ref(), value.as_ref()) {
                ("tls", "off") => tls = Tls::Off,
                ("tls", "prefer") => tls = Tls::Prefer,
                ("tls", "required") => tls = Tls::Required,
                ("tls", _) => return Err(UrlError::TlsWord),
                ("tls_ca", path) if !path.is_empty() => ca = Some(PathBuf::from(path)),
                ("socket", path) if !path.is_empty() => socket = Some(path.to_owned()),
                (other, _) => return Err(UrlError::Parameter(other.to_owned())),
            }
        }
        url.set_query(None);
        let rest = url.as_str().split_once("://").map(|(_, rest)| rest).unwrap_or_default();
        let opts = Opts::from_url(&format!("mysql://{rest}")).map_err(|_| UrlError::Server)?;
        if opts.db_name().is_none_or(str::is_empty) || url.host_str().is_none_or(str::is_empty) {
            return Err(UrlError::Server);
        }
        if ca.is_some() && tls != Tls::Required {
            return Err(UrlError::CaWithoutTls);
        }
        let opts = OptsBuilder::from_opts(opts)
            .prefer_socket(false)
            .socket(socket)
            .stmt_cache_size(0)
            // Set here, so that the driver does not ask the server.
            .max_allowed_packet(Some(MOST_BYTES))
            .wait_timeout(Some(28_800))
            .tcp_keepalive(Some(Duration::from_secs(30)));
        Ok(Self { opts: opts.into(), tls, ca })
    }

    /// What the driver takes, with or without encryption.
    pub(super) fn opts(&self, encrypted: bool) -> Result<Opts, SourceError> {
        let ssl = if encrypted {
            let mut ssl = SslOpts::default();
            if let Some(path) = &self.ca {
                let pem = std::fs::read(path).map_err(|_| TunnelFault::CaFile)?;
                ssl = ssl.with_root_certs(vec![pem.into()]).with_disable_built_in_roots(true);
            }
            Some(ssl.with_danger_accept_invalid_certs(self.tls != Tls::Required))
        } else {
            None
        };
        Ok(OptsBuilder::from_opts(self.opts.clone()).ssl_opts(ssl).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_its_faults_are_named() {
        let good =
            Address::read("mariadb://reader:p%40ss%2Fword@db.example.org:3307/site?tls=required&tls_ca=/etc/ca.pem")
                .ok()
                .unwrap();
        assert_eq!(good.tls, Tls::Required);
        assert_eq!(good.opts.pass(), Some("p@ss/word"));
        assert_eq!((good.opts.ip_or_hostname(), good.opts.tcp_port()), ("db.example.org", 3307));
        assert_eq!(Address::read("mysql://reader@h/d").ok().unwrap().tls, Tls::Prefer);
        let table = [
            ("mysql://h", UrlError::Server),
            ("mysql://h/", UrlError::Server),
            ("mysql:///d", UrlError::Server),
            ("mysql://h:port/d", UrlError::Server),
            ("mysql://h/d?tls=yes", UrlError::TlsWord),
            ("mysql://h/d?pool_max=5", UrlError::Parameter("pool_max".into())),
            ("mysql://h/d?tls_ca=/etc/ca.pem", UrlError::CaWithoutTls),
        ];
        for (text, expected) in table {
            assert_eq!(Address::read(text).err().unwrap(), expected, "{text}");
        }
    }
}
