//! ClamAV's daemon: a file is streamed to it (`INSTREAM`, clamd(8)), and it says what it found.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// What the scanner said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanned {
    /// It found nothing.
    Clean,
    /// It found something harmful.
    Harmful,
}

/// The scanner did not say.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It cannot be reached, or broke off.
    #[error("the scanner of evidence.clamd cannot be reached: {0}")]
    Io(#[from] std::io::Error),
    /// It answered something else.
    #[error("the scanner of evidence.clamd did not scan: {0}")]
    Answer(String),
}

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;
/// An answer is one short line.
const MOST_ANSWER: u64 = 4_096;

/// Has `bytes` scanned by the daemon at `clamd` (`HOST:PORT`, or a socket's path), which gets `patience` for each step.
///
/// # Errors
/// [`ScanError`] if it does not say; then nobody knows whether they are clean.
pub fn scan(clamd: &str, bytes: &[u8], patience: Duration) -> Result<Scanned, ScanError> {
    #[cfg(unix)]
    if clamd.starts_with('/') {
        let stream = std::os::unix::net::UnixStream::connect(clamd)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        return ask(stream, bytes);
    }
    let address = clamd.to_socket_addrs()?.next().ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))?;
    let stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    ask(stream, bytes)
}

fn ask(mut stream: impl Read + Write, bytes: &[u8]) -> Result<Scanned, ScanError> {
    stream.write_all(b"zINSTREAM\0")?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).unwrap_or_default();
        stream.write_all(&length.to_be_bytes())?;
        stream.write_all(chunk)?;
    }
    stream.write_all(&0_u32.to_be_bytes())?;
    stream.flush()?;
    let mut answer = Vec::new();
    stream.take(MOST_ANSWER).read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned();
    if answer == "stream: OK" {
        Ok(Scanned::Clean)
    } else if answer.ends_with(" FOUND") {
        Ok(Scanned::Harmful)
    } else {
        Err(ScanError::Answer(answer))
    }
}
