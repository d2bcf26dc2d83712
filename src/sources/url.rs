//! Where a source is. An address carries a password, so it is kept secret and never shown.

use secrecy::{ExposeSecret, SecretString};

/// The text is no address of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It begins with no scheme that is known.
    #[error("begin the address with sqlite:// and a path, or with postgres://")]
    Scheme,
    /// A SQLite address without a path.
    #[error("write the path of the database file after sqlite://")]
    NoPath,
    /// This build has no PostgreSQL.
    #[error("this build of rightsdesk has no PostgreSQL: build it with the feature `postgres`")]
    NotBuilt,
}

/// The address of a source: `sqlite://path`, `sqlite:///absolute/path` or `postgres://account:password@host/database`.
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
            return Ok(Self { scheme: Scheme::Postgres, text: text.to_owned().into() });
            #[cfg(not(feature = "postgres"))]
            return Err(UrlError::NotBuilt);
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
        for bad in ["", "/var/lib/site.db", "mysql://h/d", "file:///etc/passwd", "POSTGRES"] {
            assert_eq!(bad.parse::<SourceUrl>().unwrap_err(), UrlError::Scheme, "{bad}");
        }
    }
}
