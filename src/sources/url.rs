//! Where a source is. An address carries a password, so it is kept secret and never shown.

use secrecy::{ExposeSecret, SecretString};

use crate::tunnel::TunnelFault;

use super::mariadb::Address;

/// The text is no address of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It begins with no scheme that is known.
    #[error(
        "begin the address with sqlite:// or files:// and a path, or with postgres://, mariadb://, mysql:// or https://"
    )]
    Scheme,
    /// A SQLite or folder address without a path.
    #[error("write the path after sqlite:// or files://")]
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
    /// An address of a web service that cannot be followed.
    #[error("write the address as https://host/path#ask=NAME&token=TOKEN, without account and password")]
    Service,
    /// A service that would be asked in the clear.
    #[error("a service is asked by https://; http:// is for this machine alone")]
    Https,
    /// No name for the query.
    #[error("say after # by what the service is asked: #ask=prn or #ask=prn,crn")]
    Ask,
    /// A parameter after `#` that is not known.
    #[error("the address has an unknown parameter `{0}` after #: use ask, token or ca")]
    ServiceParameter(String),
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

/// The address of a source: `sqlite://path`, `sqlite:///absolute/path`, `files://folder`, `postgres://account:password@host/database` or
/// `mariadb://account:password@host/database` (`mysql://` is the same), or a web service's
/// `https://host/path#ask=NAME&token=TOKEN`.
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
    Folder,
    Service,
}

impl SourceUrl {
    pub(super) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Both are of one kind of database.
    #[must_use]
    pub fn same_kind(&self, other: &Self) -> bool {
        self.scheme == other.scheme
    }

    /// Corrections can be written there: it is a database.
    #[must_use]
    pub fn keeps_transactions(&self) -> bool {
        match self.scheme {
            Scheme::Sqlite | Scheme::Mariadb => true,
            #[cfg(feature = "postgres")]
            Scheme::Postgres => true,
            Scheme::Folder | Scheme::Service => false,
        }
    }

    /// It is a file, which has no accounts.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.scheme == Scheme::Sqlite
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
        if let Some(path) = text.strip_prefix("files://") {
            if path.is_empty() {
                return Err(UrlError::NoPath);
            }
            return Ok(Self { scheme: Scheme::Folder, text: path.to_owned().into() });
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
        if text.starts_with("https://") || text.starts_with("http://") {
            super::http::Address::read(text)?;
            return Ok(Self { scheme: Scheme::Service, text: text.to_owned().into() });
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
