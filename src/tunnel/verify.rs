//! Whose server it is: the checks of each `sslmode`.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::address::{Address, SslMode};
use super::fault::TunnelFault;

/// Checks a server's certificate as far as the mode asks; that the server has its key is checked in every mode.
#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    /// None: nobody is asked.
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// The certificates of the CA file. One that the server itself shows is trusted as it stands: many servers have a
    /// certificate that signed itself, and naming it is to pin it.
    named: Vec<CertificateDer<'static>>,
    host: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        let result = if self.named.iter().any(|named| named == end_entity) {
            verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)
        } else {
            chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map(drop)
        };
        match result {
            // The chain is looked at before the name, so here it is sound.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.host => Ok(ServerCertVerified::assertion()),
            other => other.map(|()| ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// How to greet the server of this address.
pub(super) fn config(address: &Address) -> Result<Arc<ClientConfig>, TunnelFault> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    // `require` with a CA file checks as `verify-ca` does: libpq's rule.
    let checks = match address.mode {
        SslMode::Disable | SslMode::Prefer => false,
        SslMode::Require => address.roots.is_some(),
        SslMode::VerifyCa | SslMode::VerifyFull => true,
    };
    let mut roots = RootCertStore::empty();
    let mut named = Vec::new();
    match &address.roots {
        Some(path) if checks => {
            named = certificates(path).ok_or(TunnelFault::CaFile)?;
            for certificate in &named {
                roots.add(certificate.clone()).map_err(|_| TunnelFault::CaFile)?;
            }
        }
        Some(_) | None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|_| TunnelFault::CaFile)?;
    let verifier = Verifier {
        provider: provider.clone(),
        chain: checks.then_some(chain),
        named,
        host: address.mode == SslMode::VerifyFull,
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| TunnelFault::Unreachable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let config = match &address.client {
        None => builder.with_no_client_auth(),
        Some((certificate, key)) => {
            let chain = certificates(certificate).ok_or(TunnelFault::ClientFile)?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|_| TunnelFault::ClientFile)?;
            builder.with_client_auth_cert(chain, key).map_err(|_| TunnelFault::ClientFile)?
        }
    };
    Ok(Arc::new(config))
}

fn certificates(path: &Path) -> Option<Vec<CertificateDer<'static>>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).ok()?.collect();
    read.ok().filter(|list| !list.is_empty())
}
