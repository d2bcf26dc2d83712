//! Standard output. A reader that went away (`| head`) ends the command quietly.

use std::io::{ErrorKind, Write};
use std::path::Path;

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

/// Writes all that `from` holds to a file, which takes its name only when it is whole, readable by its owner alone.
pub(crate) fn to_file(from: &mut impl std::io::Read, path: &Path) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::Failed(format!("{} cannot be written ({})", path.display(), e.kind()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::copy(from, &mut aside).map_err(failed)?;
    aside.as_file().sync_all().map_err(failed)?;
    aside.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Prints bytes.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Failed("standard output cannot be written".into())),
        Ok(()) | Err(_) => Ok(()),
    }
}
