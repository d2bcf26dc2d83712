//! Why there is no way to a server. The sentences go into reports, so they hold no address and no library's message.

/// Why no connection was made, and the cure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TunnelFault {
    /// Nothing answers.
    #[error("the database could not be reached: check that it runs, its address, and the account and password")]
    Unreachable,
    /// The server's certificate comes from nobody that is trusted here.
    #[error(
        "the database server's certificate was not issued by an authority that is trusted here, or its dates have \
         passed: name the right CA file in the address, or renew the certificate"
    )]
    Untrusted,
    /// The server's certificate is another host's.
    #[error(
        "the database server's certificate is not for the host that the address names: correct the host, or get a \
         certificate that names it as a subject alternative name"
    )]
    WrongHost,
    /// Encryption is asked for, and the server has none.
    #[error(
        "the address asks for an encrypted connection and the database server offers none: turn TLS on at the server"
    )]
    NoTls,
    /// The file with the authority's certificate.
    #[error(
        "the CA file that the address names could not be read as PEM certificates: correct its path or its contents"
    )]
    CaFile,
    /// The client's own certificate or key.
    #[error(
        "the client certificate or key that the address names could not be read as PEM: correct `sslcert` and `sslkey`, \
         and give the key without a passphrase"
    )]
    ClientFile,
    /// `sslmode` is no word that libpq knows.
    #[error("`sslmode` in the address must be disable, allow, prefer, require, verify-ca or verify-full")]
    Mode,
    /// A parameter about encryption that we do not carry out. It is not passed over: it might be what keeps somebody out.
    #[error("the address has `{0}`, which is not supported: use sslmode, sslrootcert, sslcert and sslkey")]
    Parameter(String),
    /// The address cannot be read.
    #[error("write the address as postgres://account:password@host:port/database, with one host")]
    Address,
}

impl TunnelFault {
    /// What a failed TLS handshake means for whoever wrote the address.
    #[must_use]
    pub fn of_handshake(error: &rustls::Error) -> Self {
        use rustls::CertificateError::{NotValidForName, NotValidForNameContext};
        let rustls::Error::InvalidCertificate(why) = error else { return Self::Unreachable };
        if matches!(why, NotValidForName | NotValidForNameContext { .. }) { Self::WrongHost } else { Self::Untrusted }
    }
}
