//! Where a source is. An address carries a password, so it is kept secret and never shown.

use secrecy::{ExposeSecret, SecretString};

use crate::tunnel::TunnelFault;

use super::mariadb::Address;

/// The text is no address of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It begins with no scheme that is known.
    #[error("begin the address with sqlite:// and a path, or with postgres://, mariadb:// or mysql://")]
    Scheme,
    /// A SQLite address without a path.
    #[error("write the path of the database file after sqlite://")]
    NoPath,
    /// This build has no PostgreSQL.
    #[error("this build of rightsdesk has no PostgreSQL: build it with the feature `postgres`")]
    NotBuilt,
    /// An address of a PostgreSQL server that cannot be followed.
    #[error(transparent)]
    Postgres(#[from] TunnelFault),
    /// An address of a server that lacks a part.
    #[error("write the address as mariadb://account:password@host:port/database")]
    Server,
    /// A parameter that is not known.
    #[error("the address has an unknown parameter `{0}`: use tls, tls_ca or socket")]
    Parameter(String),
    /// `tls` is none of its words.
    #[error("`tls` in the address must be off, prefer or required")]
    TlsWord,
    /// A CA file, and no demand that the certificate be checked.
    #[error("the address names a CA file and does not ask for it: add tls=required")]
    CaWithoutTls,
}

/// The address of a source: `sqlite://path`, `sqlite:///absolute/path`, `postgres://account:password@host/database` or
/// `mariadb://account:password@host/database` (`mysql://` is the same).
#[derive(Clone)]
pub struct SourceUrl {
    scheme: Scheme,
    text: SecretString,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
    Mariadb,
}

impl SourceUrl {
    pub(super) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What the driver needs: the path, or the whole address.
    pub(super) fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

impl PartialEq for SourceUrl {
    fn eq(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.expose() == other.expose()
    }
}

impl std::fmt::Debug for SourceUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SourceUrl({:?}, hidden)", self.scheme)
    }
}

impl std::str::FromStr for SourceUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err(UrlError::NoPath);
            }
            return Ok(Self { scheme: Scheme::Sqlite, text: path.to_owned().into() });
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            #[cfg(feature = "postgres")]
            {
                crate::tunnel::Address::read(text)?;
                return Ok(Self { scheme: Scheme::Postgres, text: text.to_owned().into() });
            }
            #[cfg(not(feature = "postgres"))]
            return Err(UrlError::NotBuilt);
        }
        if text.starts_with("mariadb://") || text.starts_with("mysql://") {
            Address::read(text)?;
            return Ok(Self { scheme: Scheme::Mariadb, text: text.to_owned().into() });
        }
        Err(UrlError::Scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_shows_its_password() {
        let url: SourceUrl = "postgres://reader:hunter2@db.example.org/site".parse().unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
    }

    #[test]
    fn only_known_schemes_are_taken() {
        assert!("sqlite:///var/lib/site.db".parse::<SourceUrl>().is_ok());
        assert_eq!("sqlite://".parse::<SourceUrl>().unwrap_err(), UrlError::NoPath);
        for bad in ["", "/var/lib/site.db", "mssql://h/d", "file:///etc/passwd", "POSTGRES"] {
            assert_eq!(bad.parse::<SourceUrl>().unwrap_err(), UrlError::Scheme, "{bad}");
        }
    }
}
