//! Carries bytes between libpq and the server.

use std::io;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional_with_sizes};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::greeting;
use super::leash::ended;
use super::open::Server;

/// Bytes carried at once in each direction.
const CHUNK_BYTES: usize = 64 * 1024;
/// How long libpq may take to come. It comes at once, or never.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for libpq on `listener`, then carries bytes until either side ends or the leash does. Both sides are closed
/// then, so that neither waits for the other.
pub(super) fn run(
    runtime: &Runtime,
    listener: UnixListener,
    server: Server,
    ends: watch::Receiver<Option<Instant>>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    runtime.block_on(async {
        let listener = tokio::net::UnixListener::from_std(listener)?;
        let (mut local, _) = timeout(PATIENCE, listener.accept()).await??;
        // One connection, and no other.
        drop(listener);
        match server {
            Server::Plain(stream) => carry(local, stream, ends).await,
            Server::Tls(mut stream) => {
                timeout(PATIENCE, greeting::carry(&mut local, &mut stream)).await??;
                carry(local, *stream, ends).await
            }
            Server::Socket(stream) => carry(local, stream, ends).await,
        }
    })
}

async fn carry(
    mut local: impl AsyncRead + AsyncWrite + Unpin,
    mut server: impl AsyncRead + AsyncWrite + Unpin,
    ends: watch::Receiver<Option<Instant>>,
) -> io::Result<()> {
    tokio::select! {
        done = copy_bidirectional_with_sizes(&mut local, &mut server, CHUNK_BYTES, CHUNK_BYTES) => done.map(drop),
        () = ended(ends) => Ok(()),
    }
}
