//! Standard output. A reader that went away (`| head`) ends the command quietly.

use std::io::{ErrorKind, Write};

use super::Failure;

/// Prints `text` and a line break.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    bytes(format!("{text}\n").as_bytes())
}

/// Prints all that `from` holds.
pub(crate) fn copy(from: &mut impl std::io::Read) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match std::io::copy(from, &mut out).and_then(|_| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Failed("standard output cannot be written".into())),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints bytes.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Failed("standard output cannot be written".into())),
        Ok(()) | Err(_) => Ok(()),
    }
}
