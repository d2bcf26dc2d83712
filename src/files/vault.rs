//! Encryption at rest. Each file has a random key of its own, which stands at its head wrapped by the master key; its
//! contents follow in chunks, each sealed with XChaCha20-Poly1305 under its number, the last one marked as the last: so
//! that a page of a file is read without the rest, and a chunk that was changed, moved, or cut off is seen.
//!
//! Layout: `RDVAULT1`, 8 bytes that name the master key, 24 bytes nonce, 48 bytes wrapped key; then chunks of 65,536 bytes
//! (the last one shorter) with 16 bytes tag each. A file that does not begin so was written before there was encryption, and
//! is read as it is.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use crate::base::{u64_from, usize_from};

const MAGIC: &[u8; 8] = b"RDVAULT1";
const HEAD: usize = 88;
const CHUNK: usize = 1 << 16;
const TAG: usize = 16;

/// The master keys: one that new files are sealed under, and former ones that old files are still opened with.
#[derive(Clone, Default)]
pub struct Vault(Option<Arc<Keys>>);

struct Keys {
    current: MasterKey,
    former: Vec<MasterKey>,
}

struct MasterKey {
    name: [u8; 8],
    cipher: XChaCha20Poly1305,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Vault(sealed)" } else { "Vault(open)" })
    }
}

impl MasterKey {
    fn new(key: &[u8; 32]) -> Self {
        let digest = Sha256::new().chain_update(b"rightsdesk storage key").chain_update(key).finalize();
        let mut name = [0; 8];
        name.iter_mut().zip(digest).for_each(|(to, byte)| *to = byte);
        Self { name, cipher: XChaCha20Poly1305::new(&Key::from(*key)) }
    }
}

impl Vault {
    /// Seals under `current`; opens what is sealed under `current` or one of `former`.
    #[must_use]
    pub fn new(current: &[u8; 32], former: &[[u8; 32]]) -> Self {
        let former = former.iter().map(MasterKey::new).collect();
        Self(Some(Arc::new(Keys { current: MasterKey::new(current), former })))
    }

    /// Under a key that ends with this process, for files that do too.
    #[must_use]
    pub fn passing() -> Self {
        Self::new(&rand::random(), &[])
    }

    /// Seals nothing.
    #[must_use]
    pub fn open() -> Self {
        Self(None)
    }

    /// What is written to the returned writer ends sealed in `file`, once [`Writing::end`] was called.
    ///
    /// # Errors
    /// The operating system's.
    pub fn write(&self, mut file: File) -> io::Result<Writing> {
        let Some(keys) = &self.0 else { return Ok(Writing { file, seal: None, chunk: Vec::new() }) };
        let key: [u8; 32] = rand::random();
        let nonce: [u8; 24] = rand::random();
        let head = [&MAGIC[..], &keys.current.name].concat();
        let wrapped = keys
            .current
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: &key, aad: &head })
            .map_err(|_| io::Error::other("the file's key could not be wrapped"))?;
        file.write_all(&head)?;
        file.write_all(&nonce)?;
        file.write_all(&wrapped)?;
        let cipher = XChaCha20Poly1305::new(&Key::from(key));
        Ok(Writing { file, seal: Some(Seal { cipher, number: 0 }), chunk: Vec::with_capacity(CHUNK) })
    }

    /// Opens `file` for reading from its beginning.
    ///
    /// # Errors
    /// The operating system's; [`io::ErrorKind::InvalidData`] if the file is sealed under a key that is not here.
    pub fn read(&self, mut file: File) -> io::Result<Reading> {
        let mut head = [0; HEAD];
        let got = read_up_to(&mut file, &mut head)?;
        let bytes = file.metadata()?.len();
        if got < MAGIC.len() || !head.starts_with(MAGIC) {
            file.seek(SeekFrom::Start(0))?;
            return Ok(Reading { file, len: bytes, at: 0, sealed: None });
        }
        if got < HEAD {
            return Err(invalid("a sealed file is cut off"));
        }
        let (names, rest) = head.split_at(16);
        let (nonce, wrapped) = rest.split_at(24);
        let name = names.get(8..).unwrap_or_default();
        let keys = self.0.as_ref().ok_or_else(|| invalid("a file is sealed, and there is no storage key"))?;
        let master = std::iter::once(&keys.current).chain(&keys.former).find(|master| master.name == name);
        let master = master.ok_or_else(|| {
            invalid("a file is sealed under another storage key: put that key into storage.former_keys")
        })?;
        let nonce = XNonce::try_from(nonce).map_err(|_| invalid("a sealed file is damaged"))?;
        let key = master
            .cipher
            .decrypt(&nonce, Payload { msg: wrapped, aad: names })
            .ok()
            .and_then(|key| <[u8; 32]>::try_from(key).ok())
            .ok_or_else(|| invalid("a sealed file is damaged"))?;
        let body = bytes.saturating_sub(u64_from(HEAD));
        let chunks = body.div_ceil(u64_from(CHUNK + TAG)).max(1);
        let len = body.checked_sub(chunks * u64_from(TAG)).ok_or_else(|| invalid("a sealed file is cut off"))?;
        let cipher = XChaCha20Poly1305::new(&Key::from(key));
        let mut reading = Reading { file, len, at: 0, sealed: Some(Sealed { cipher, chunks, held: None }) };
        // The last chunk says that it is the last: a file cut off between chunks is seen now, not at its end.
        reading.chunk(chunks - 1)?;
        Ok(reading)
    }

    /// How many bytes the file at `path` holds once it is opened.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn len(&self, path: &Path) -> io::Result<u64> {
        Ok(self.read(File::open(path)?)?.len())
    }
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

fn read_up_to(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The nonce of a chunk: its number, and whether it is the last. A key seals one file alone, so that none comes twice.
fn nonce(number: u64, last: bool) -> XNonce {
    let mut nonce = [0; 24];
    nonce.iter_mut().zip(number.to_le_bytes()).for_each(|(to, byte)| *to = byte);
    if let Some(flag) = nonce.last_mut() {
        *flag = u8::from(last);
    }
    XNonce::from(nonce)
}

struct Seal {
    cipher: XChaCha20Poly1305,
    number: u64,
}

/// A file being written. Without [`Writing::end`] it stays one that cannot be read.
pub struct Writing {
    file: File,
    seal: Option<Seal>,
    chunk: Vec<u8>,
}

impl std::fmt::Debug for Writing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writing")
    }
}

impl Writing {
    fn put(&mut self, last: bool) -> io::Result<()> {
        if let Some(seal) = &mut self.seal {
            let sealed = seal
                .cipher
                .encrypt(&nonce(seal.number, last), self.chunk.as_slice())
                .map_err(|_| io::Error::other("a chunk could not be sealed"))?;
            seal.number += 1;
            self.file.write_all(&sealed)?;
        } else {
            self.file.write_all(&self.chunk)?;
        }
        self.chunk.clear();
        Ok(())
    }

    /// Writes what is held back and the mark of the end; flushes to the disk if it is to be `lasting`.
    ///
    /// # Errors
    /// The operating system's.
    pub fn end(mut self, lasting: bool) -> io::Result<()> {
        self.put(true)?;
        if lasting { self.file.sync_all() } else { Ok(()) }
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until more comes: only then it is known not to be the last.
        if self.chunk.len() == CHUNK {
            self.put(false)?;
        }
        let take = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(bytes.get(..take).unwrap_or_default());
        Ok(take)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Sealed {
    cipher: XChaCha20Poly1305,
    chunks: u64,
    /// The chunk read last, and its number.
    held: Option<(u64, Vec<u8>)>,
}

/// A file being read; seeks like the file that was written.
pub struct Reading {
    file: File,
    len: u64,
    at: u64,
    sealed: Option<Sealed>,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading")
    }
}

impl Reading {
    /// Bytes of what was written.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a file's length, not a collection's")]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Reads chunk `number` into `held`.
    fn chunk(&mut self, number: u64) -> io::Result<()> {
        let Some(sealed) = &mut self.sealed else { return Ok(()) };
        if sealed.held.as_ref().is_some_and(|(held, _)| *held == number) {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(u64_from(HEAD) + number * u64_from(CHUNK + TAG)))?;
        let mut bytes = vec![0; CHUNK + TAG];
        let got = read_up_to(&mut self.file, &mut bytes)?;
        let last = number + 1 == sealed.chunks;
        let plain = sealed
            .cipher
            .decrypt(&nonce(number, last), bytes.get(..got).unwrap_or_default())
            .map_err(|_| invalid("a sealed file was changed or cut off"))?;
        sealed.held = Some((number, plain));
        Ok(())
    }
}

impl Read for Reading {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.sealed.is_none() {
            return self.file.read(into);
        }
        if self.at >= self.len || into.is_empty() {
            return Ok(0);
        }
        self.chunk(self.at / u64_from(CHUNK))?;
        let Some((number, plain)) = self.sealed.as_ref().and_then(|sealed| sealed.held.as_ref()) else {
            return Ok(0);
        };
        let rest = plain.get(usize_from(self.at - number * u64_from(CHUNK))..).unwrap_or_default();
        let take = rest.len().min(into.len());
        into.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        self.at += u64_from(take);
        Ok(take)
    }
}

impl Seek for Reading {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.sealed.is_none() {
            return self.file.seek(to);
        }
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a seek before the beginning"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(vault: &Vault, bytes: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut out = vault.write(file.reopen().unwrap()).unwrap();
        out.write_all(bytes).unwrap();
        out.end(false).unwrap();
        file
    }

    fn read(vault: &Vault, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        vault.read(File::open(path)?)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn pattern(len: usize) -> Vec<u8> {
        (0..len).map(|at| (at * 31 % 251) as u8).collect()
    }

    #[test]
    fn what_is_sealed_is_read_back_and_nowhere_readable() {
        let vault = Vault::new(&[7; 32], &[]);
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5] {
            let bytes = pattern(len);
            let file = written(&vault, &bytes);
            assert!(read(&vault, file.path()).unwrap() == bytes, "{len}");
            assert_eq!(vault.len(file.path()).unwrap(), len as u64);
            let raw = std::fs::read(file.path()).unwrap();
            assert!(len < 32 || !raw.windows(16).any(|window| window == &bytes[..16]), "{len} stands readable");
        }
    }

    #[test]
    fn a_page_is_read_without_the_rest() {
        let vault = Vault::new(&[7; 32], &[]);
        let bytes = pattern(3 * CHUNK + 100);
        let file = written(&vault, &bytes);
        let mut reading = vault.read(File::open(file.path()).unwrap()).unwrap();
        for (from, len) in [(0, 10), (CHUNK - 5, 10), (3 * CHUNK, 100), (CHUNK * 2 + 7, CHUNK), (5, 0)] {
            let mut page = vec![0; len];
            reading.seek(SeekFrom::Start(from as u64)).unwrap();
            reading.read_exact(&mut page).unwrap();
            assert!(page == bytes[from..from + len], "{from}");
        }
        assert_eq!(reading.seek(SeekFrom::End(-1)).unwrap(), bytes.len() as u64 - 1);
        assert!(reading.seek(SeekFrom::Current(-(bytes.len() as i64))).is_err());
    }

    #[test]
    fn every_change_and_every_cut_is_seen() {
        let vault = Vault::new(&[7; 32], &[]);
        let file = written(&vault, &pattern(2 * CHUNK + 10));
        let whole = std::fs::read(file.path()).unwrap();
        for at in [8, 20, 60, HEAD, HEAD + CHUNK + TAG + 3, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(file.path(), &changed).unwrap();
            assert!(read(&vault, file.path()).is_err(), "byte {at}");
        }
        for len in [9, HEAD - 1, HEAD, HEAD + CHUNK + TAG, HEAD + 2 * (CHUNK + TAG), whole.len() - 1] {
            std::fs::write(file.path(), &whole[..len]).unwrap();
            assert!(vault.read(File::open(file.path()).unwrap()).is_err(), "cut to {len}");
        }
        // Two chunks exchanged.
        let mut swapped = whole.clone();
        let (first, second) = (HEAD..HEAD + CHUNK + TAG, HEAD + CHUNK + TAG..HEAD + 2 * (CHUNK + TAG));
        swapped[first.clone()].copy_from_slice(&whole[second.clone()]);
        swapped[second].copy_from_slice(&whole[first]);
        std::fs::write(file.path(), &swapped).unwrap();
        assert!(read(&vault, file.path()).is_err());
    }

    #[test]
    fn a_new_master_key_opens_what_former_ones_sealed() {
        let old = written(&Vault::new(&[1; 32], &[]), b"old");
        let renewed = Vault::new(&[2; 32], &[[1; 32]]);
        assert_eq!(read(&renewed, old.path()).unwrap(), b"old");
        let new = written(&renewed, b"new");
        assert_eq!(read(&Vault::new(&[2; 32], &[]), new.path()).unwrap(), b"new");
        let error = read(&Vault::new(&[2; 32], &[]), old.path()).unwrap_err();
        assert!(error.to_string().contains("storage.former_keys"), "{error}");
        assert!(read(&Vault::open(), old.path()).is_err());
        // What was written before there was a key is read as it is.
        let plain = written(&Vault::open(), b"plain");
        assert_eq!(std::fs::read(plain.path()).unwrap(), b"plain");
        assert_eq!(read(&renewed, plain.path()).unwrap(), b"plain");
    }
}
