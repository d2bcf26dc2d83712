//! Opens a tunnel: reaches the server, asks for TLS, checks whose server it is, and lays the socket for libpq.

use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::pki_types::ServerName;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::address::{Address, Place, SslMode, socket};
use super::fault::TunnelFault;
use super::leash::Leash;
use super::pump;

/// PostgreSQL's SSLRequest: its own length, and a number that no version has (protocol documentation, section 55.7).
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// The server's end of a tunnel.
pub(super) enum Server {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    Socket(UnixStream),
}

/// A tunnel to a server. libpq connects once, to `url`; keep the tunnel until it has. The bytes go on by themselves until
/// either side ends.
pub struct Tunnel {
    /// The address for libpq.
    pub url: SecretString,
    /// Cuts the connection off.
    pub leash: Leash,
    /// The socket's folder, private to this account, gone with the tunnel.
    _dir: tempfile::TempDir,
}

/// Reaches the server within `patience`.
///
/// # Errors
/// [`TunnelFault`].
pub fn open(address: &Address, patience: Duration) -> Result<Tunnel, TunnelFault> {
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|_| TunnelFault::Unreachable)?;
    let server = runtime.block_on(async {
        timeout(patience, reach(address)).await.map_err(|_| TunnelFault::Unreachable).and_then(|result| result)
    })?;
    lay(address, server, runtime).map_err(|_| TunnelFault::Unreachable)
}

fn lay(address: &Address, server: Server, runtime: Runtime) -> std::io::Result<Tunnel> {
    // A temporary folder is its owner's alone (mode 0700), so nobody else of this machine can come in.
    let dir = tempfile::Builder::new().prefix("rd").tempdir()?;
    let listener = UnixListener::bind(socket(dir.path(), 5432))?;
    let (leash, ends) = Leash::new();
    let url = address.through(dir.path());
    thread::Builder::new().name("tunnel".into()).stack_size(256 * 1024).spawn(move || {
        // What ends a connection here is what libpq sees, and says, as its end.
        drop(pump::run(&runtime, listener, server, ends));
    })?;
    Ok(Tunnel { url, leash, _dir: dir })
}

async fn reach(address: &Address) -> Result<Server, TunnelFault> {
    let unreachable = |_| TunnelFault::Unreachable;
    match &address.place {
        Place::Socket(dir, port) => {
            Ok(Server::Socket(UnixStream::connect(socket(dir, *port)).await.map_err(unreachable)?))
        }
        Place::Host(host, port) => {
            let connect = || async { TcpStream::connect((host.as_str(), *port)).await.map_err(unreachable) };
            let stream = connect().await?;
            // A query is sent in small pieces, each of which the server waits for.
            stream.set_nodelay(true).map_err(unreachable)?;
            if !address.asks_for_tls() {
                return Ok(Server::Plain(stream));
            }
            match greet(address, host, stream).await {
                Ok(server) => Ok(server),
                Err(_) if address.mode == SslMode::Prefer => Ok(Server::Plain(connect().await?)),
                Err(fault) => Err(fault),
            }
        }
    }
}

async fn greet(address: &Address, host: &str, mut stream: TcpStream) -> Result<Server, TunnelFault> {
    let config = super::verify::config(address)?;
    let name = ServerName::try_from(host.to_owned()).map_err(|_| TunnelFault::Address)?;
    stream.write_all(&SSL_REQUEST).await.map_err(|_| TunnelFault::Unreachable)?;
    // One byte and no more: whatever somebody on the way put after it is taken for TLS, and fails.
    match stream.read_u8().await {
        Ok(b'S') => {}
        Ok(b'N' | b'E') => return Err(TunnelFault::NoTls),
        Ok(_) | Err(_) => return Err(TunnelFault::Unreachable),
    }
    match TlsConnector::from(Arc::clone(&config)).connect(name, stream).await {
        Ok(stream) => Ok(Server::Tls(Box::new(stream))),
        Err(error) => {
            let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            Err(tls.map_or(TunnelFault::Unreachable, TunnelFault::of_handshake))
        }
    }
}
