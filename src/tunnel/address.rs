//! What an address of a PostgreSQL server says about the way to it.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::fault::TunnelFault;
use super::password::{Wanted, look_up};

/// Whether the connection is encrypted and what is checked, in libpq's words (libpq, section 34.19.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SslMode {
    /// In the clear.
    Disable,
    /// Encrypted if the server can, without checking whose server it is. The default, as in libpq; to a server on the
    /// same machine it is not tried. `allow` is taken as this.
    Prefer,
    /// Encrypted; nothing is checked unless the address names a CA file.
    Require,
    /// Encrypted, and the certificate is from an authority that is trusted.
    VerifyCa,
    /// As before, and the certificate is for the host.
    VerifyFull,
}

/// Where the server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Host and port.
    Host(String, u16),
    /// A socket of this machine: its folder and port.
    Socket(PathBuf, u16),
}

/// The address of a PostgreSQL server, taken apart.
#[derive(Debug, Clone)]
pub struct Address {
    pub(super) place: Place,
    pub(super) mode: SslMode,
    /// The CA file; none: the public authorities that are built in.
    pub(super) roots: Option<PathBuf>,
    /// The client's certificate and key.
    pub(super) client: Option<(PathBuf, PathBuf)>,
    /// `account:password@`, as it was written.
    account: SecretString,
    /// `/database`.
    database: String,
    /// The parameters that are libpq's.
    rest: Vec<String>,
}

const PORT: u16 = 5432;
/// Where libpq looks for a socket if no host is named, on Debian and in its own default.
const SOCKET_DIRS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

impl Address {
    /// Reads an address. `PGSSLMODE` and `PGSSLROOTCERT` of the environment hold where it does not say, as for libpq.
    ///
    /// # Errors
    /// [`TunnelFault`] if it cannot be read, or asks for a check that is not carried out.
    pub fn read(text: &str) -> Result<Self, TunnelFault> {
        Self::read_with(text, |name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn read_with(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, TunnelFault> {
        let url = url::Url::parse(text).map_err(|_| TunnelFault::Address)?;
        let mut host = url.host_str().map(decoded).filter(|host| !host.is_empty());
        let mut port = url.port();
        let (mut mode, mut roots) = (environment("PGSSLMODE"), environment("PGSSLROOTCERT"));
        let (mut certificate, mut key) = (None, None);
        let mut rest = Vec::new();
        for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            match name {
                "host" | "hostaddr" => host = Some(value),
                "port" => port = Some(value.parse().map_err(|_| TunnelFault::Address)?),
                "sslmode" => mode = Some(value),
                "sslrootcert" => roots = Some(value),
                "sslcert" => certificate = Some(PathBuf::from(value)),
                "sslkey" => key = Some(PathBuf::from(value)),
                // TLS 1.2 is the oldest that is spoken here, and the host's name is always sent.
                "sslsni" | "sslcompression" => {}
                "ssl_min_protocol_version" if ["TLSv1", "TLSv1.1", "TLSv1.2"].contains(&value.as_str()) => {}
                name if name.starts_with("ssl") => return Err(TunnelFault::Parameter(name.to_owned())),
                _ => rest.push(pair.to_owned()),
            }
        }
        let port = port.unwrap_or(PORT);
        let place = match host {
            Some(path) if path.starts_with('/') => Place::Socket(PathBuf::from(path), port),
            Some(name) if name.contains(',') => return Err(TunnelFault::Address),
            Some(name) => Place::Host(name.trim_matches(['[', ']']).to_owned(), port),
            None => {
                let dir = SOCKET_DIRS.into_iter().map(Path::new).find(|dir| socket(dir, port).exists());
                dir.map_or_else(|| Place::Host("localhost".into(), port), |dir| Place::Socket(dir.to_owned(), port))
            }
        };
        let mode = match mode.as_deref() {
            None | Some("prefer" | "allow") => SslMode::Prefer,
            Some("disable") => SslMode::Disable,
            Some("require") => SslMode::Require,
            Some("verify-ca") => SslMode::VerifyCa,
            Some("verify-full") => SslMode::VerifyFull,
            Some(_) => return Err(TunnelFault::Mode),
        };
        let mut account = match (url.username(), url.password()) {
            ("", None) => String::new(),
            (name, None) => format!("{name}@"),
            (name, Some(password)) => format!("{name}:{password}@"),
        };
        let named = |key: &str| rest.iter().any(|pair| pair.starts_with(&format!("{key}=")));
        if url.password().is_none() && environment("PGPASSWORD").is_none() && !named("password") && !named("user") {
            let name = Some(decoded(url.username())).filter(|name| !name.is_empty());
            let name = name.or_else(|| environment("PGUSER")).or_else(|| environment("USER")).unwrap_or_default();
            let database = Some(decoded(url.path().trim_start_matches('/'))).filter(|database| !database.is_empty());
            let database = database.or_else(|| environment("PGDATABASE")).unwrap_or_else(|| name.clone());
            let (host, port) = match &place {
                Place::Host(host, port) => (host.clone(), *port),
                Place::Socket(_, port) => ("localhost".to_owned(), *port),
            };
            let wanted = Wanted { host: &host, port, database: &database, account: &name };
            let file = rest.iter().find_map(|pair| pair.strip_prefix("passfile=")).map(decoded);
            let file = file.or_else(|| environment("PGPASSFILE")).map(PathBuf::from);
            if let Some(password) = look_up(file, environment("HOME").map(PathBuf::from), &wanted) {
                account = format!("{}:{}@", encoded(&name), encoded(password.expose_secret()));
            }
        }
        Ok(Self {
            place,
            mode,
            roots: roots.filter(|path| path != "system").map(PathBuf::from),
            client: match (certificate, key) {
                (None, None) => None,
                (Some(certificate), Some(key)) => Some((certificate, key)),
                (Some(_), None) | (None, Some(_)) => return Err(TunnelFault::ClientFile),
            },
            account: account.into(),
            database: url.path().to_owned(),
            rest,
        })
    }

    /// Whether encryption is asked for: what libpq cannot give by itself.
    #[must_use]
    pub fn asks_for_tls(&self) -> bool {
        !matches!(self.mode, SslMode::Disable) && !self.is_here()
    }

    /// Whether the server is on this machine and nobody asked for encryption to it.
    fn is_here(&self) -> bool {
        match &self.place {
            Place::Socket(..) => true,
            Place::Host(host, _) => {
                let address = host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
                self.mode == SslMode::Prefer && (address || host == "localhost")
            }
        }
    }

    /// The address for libpq to go by itself, in the clear: without the words that it refuses for want of TLS.
    #[must_use]
    pub fn plain(&self) -> SecretString {
        let (host, port) = match &self.place {
            Place::Host(host, port) if host.contains(':') => (format!("[{host}]"), port),
            Place::Host(host, port) => (encoded(host), port),
            Place::Socket(dir, port) => (encoded(&dir.display().to_string()), port),
        };
        self.written(&host, *port)
    }

    /// The address for libpq, with a socket in `dir` in place of the server.
    pub(super) fn through(&self, dir: &Path) -> SecretString {
        self.written(&encoded(&dir.display().to_string()), PORT)
    }

    fn written(&self, host: &str, port: u16) -> SecretString {
        let mut text = format!("postgresql://{}{host}:{port}{}", self.account.expose_secret(), self.database);
        for (at, pair) in self.rest.iter().map(String::as_str).chain(["sslmode=disable"]).enumerate() {
            text.push(if at == 0 { '?' } else { '&' });
            text.push_str(pair);
        }
        text.into()
    }
}

/// The name of a server's socket.
pub(super) fn socket(dir: &Path, port: u16) -> PathBuf {
    dir.join(format!(".s.PGSQL.{port}"))
}

fn decoded(text: &str) -> String {
    url::form_urlencoded::parse(format!("v={}", text.replace('+', "%2B")).as_bytes())
        .map(|(_, value)| value.into_owned())
        .next()
        .unwrap_or_default()
}

/// Percent-encoded for the host of an address.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Address, TunnelFault> {
        Address::read_with(text, |_| None)
    }

    #[test]
    fn what_is_not_the_tunnels_stays_as_it_was_written() {
        let address = read(
            "postgres://reader:p%40ss%2Fword@db.example.org:6543/site?sslmode=verify-full&application_name=x%20y\
             &sslrootcert=/etc/my%20ca.pem",
        )
        .unwrap();
        assert_eq!(address.place, Place::Host("db.example.org".into(), 6543));
        assert_eq!((address.mode, address.roots.as_deref()), (SslMode::VerifyFull, Some(Path::new("/etc/my ca.pem"))));
        assert_eq!(
            address.through(Path::new("/tmp/a b")).expose_secret(),
            "postgresql://reader:p%40ss%2Fword@%2Ftmp%2Fa%20b:5432/site?application_name=x%20y&sslmode=disable"
        );
        assert!(!format!("{address:?}").contains("p%40ss"));
    }

    #[test]
    fn a_check_that_is_not_carried_out_is_refused_by_name() {
        let parameter = |name: &str| Some(TunnelFault::Parameter(name.into()));
        let table = [
            ("postgres://h/d?sslmode=sometimes", Some(TunnelFault::Mode)),
            ("postgres://h/d?sslcrl=/etc/crl.pem", parameter("sslcrl")),
            ("postgres://h/d?sslmode=require&ssl_max_protocol_version=TLSv1.1", parameter("ssl_max_protocol_version")),
            ("postgres://h/d?ssl_min_protocol_version=TLSv1.3", parameter("ssl_min_protocol_version")),
            ("postgres://h/d?sslcert=/a.pem", Some(TunnelFault::ClientFile)),
            ("postgres://h/d?host=a,b", Some(TunnelFault::Address)),
            ("postgres://h:port/d", Some(TunnelFault::Address)),
            ("postgres://h/d", None),
            ("postgresql:///d?host=/var/run/postgresql", None),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).err(), expected, "{text}");
        }
    }

    #[test]
    fn a_server_on_this_machine_is_spoken_to_in_the_clear_unless_asked() {
        let table = [
            ("postgres://db.example.org/d", true),
            ("postgres://db.example.org/d?sslmode=disable", false),
            ("postgres://localhost/d", false),
            ("postgres://[::1]/d", false),
            ("postgres://127.0.0.1/d?sslmode=require", true),
            ("postgres:///d?host=/tmp&sslmode=require", false),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).unwrap().asks_for_tls(), expected, "{text}");
        }
    }

    #[test]
    fn the_environment_holds_where_the_address_is_silent() {
        let environment = |name: &str| (name == "PGSSLMODE").then(|| "verify-ca".to_owned());
        assert_eq!(Address::read_with("postgres://h/d", environment).unwrap().mode, SslMode::VerifyCa);
        assert_eq!(Address::read_with("postgres://h/d?sslmode=disable", environment).unwrap().mode, SslMode::Disable);
    }
}
