//! The zip: each entry a stream, hashed as it is written; fixed order and times, so that the same records and moment
//! give the same bytes. Nothing stands in it that the manifest does not name but the manifest and its signature.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use chrono::{Datelike, Timelike};
use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::{Moment, SigningKey, hex, u64_from};

use super::disclosure::Answer;
use super::manifest::{self, FileEntry};
use super::model::{BundleError, Cover, RecordSource};
use super::{csv, disclosure, json, readme, schema, viewer};

/// The entry that names every other with its hash.
pub(super) const MANIFEST: &str = "manifest.json";
/// The 64 bytes of the manifest's Ed25519 signature.
pub(super) const SIGNATURE: &str = "manifest.json.sig";
/// The public key, as OpenSSL reads it.
const KEY: &str = "signing-key.pem";

/// Above this many bytes of fields the entries get 64-bit sizes. HTML may take six bytes for one, and an entry
/// without them ends at 4 GiB; below it they are left out, since some desktops still cannot read them.
const WIDE_ABOVE_BYTES: u64 = 512 * 1024 * 1024;

/// What shows that a bundle is what was released.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// Signs the manifest.
    pub key: &'a SigningKey,
    /// Where its public half is published.
    pub published_at: &'a str,
}

/// A bundle to be written.
#[derive(Clone, Copy)]
pub struct Bundle<'a> {
    cover: &'a Cover,
    records: &'a dyn RecordSource,
    proof: Option<Proof<'a>>,
    volume_pages: u32,
}

/// Pages after which the disclosure goes on in another volume, unless it is said otherwise.
pub const VOLUME_PAGES: u32 = 1_000;

/// Writes the bundle, unsigned. See [`Bundle::write`].
///
/// # Errors
/// As [`Bundle::write`].
pub fn write_bundle<W: Write>(out: W, cover: &Cover, records: &dyn RecordSource) -> Result<W, BundleError> {
    Bundle::new(cover, records).write(out)
}

impl<'a> Bundle<'a> {
    /// Of these records, unsigned.
    #[must_use]
    pub fn new(cover: &'a Cover, records: &'a dyn RecordSource) -> Self {
        Self { cover, records, proof: None, volume_pages: VOLUME_PAGES }
    }

    /// The same with its manifest signed.
    #[must_use]
    pub fn signed(self, proof: Proof<'a>) -> Self {
        Self { proof: Some(proof), ..self }
    }

    /// The same with volumes of about `pages` pages, if the records take more than that.
    #[must_use]
    pub fn volumes_of(self, pages: u32) -> Self {
        Self { volume_pages: pages.max(1), ..self }
    }

    /// Writes the bundle into `out` and gives `out` back. Needs no seeking; memory does not grow with the records.
    ///
    /// # Errors
    /// [`BundleError`] if `out` fails, a record cannot be read back or a part cannot be made. What was written then is
    /// no archive.
    pub fn write<W: Write>(&self, out: W) -> Result<W, BundleError> {
        write(self, out)
    }
}

fn write<W: Write>(bundle: &Bundle<'_>, out: W) -> Result<W, BundleError> {
    let Bundle { cover, records, .. } = *bundle;
    let shut = Rc::new(Cell::new(false));
    let mut archive = Archive {
        zip: ZipWriter::new_stream(Gate { out, shut: Rc::clone(&shut) }),
        files: Vec::new(),
        options: SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(2))
            .last_modified_time(dos_time(cover.generated_at))
            .large_file(records.bytes_hint() > WIDE_ABOVE_BYTES)
            .unix_permissions(0o644),
        digest: Sha256::new(),
        held: Vec::with_capacity(2 * HELD_BYTES),
    };
    let written = archive.entries(bundle);
    // Dropped unfinished, the writer would end what it has as an archive that looks whole: it may end it nowhere.
    if let Err(error) = written {
        shut.set(true);
        return Err(error);
    }
    let out = archive.zip.finish().map_err(io::Error::from)?.into_inner().out;
    if shut.get() { Err(io::Error::other("the output failed before the end").into()) } else { Ok(out) }
}

/// Lets through what is written until it is shut, by its owner or by the output's first failure.
struct Gate<W> {
    out: W,
    shut: Rc<Cell<bool>>,
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.shut.get() {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        if written.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
            self.shut.set(true);
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.shut.get() { Ok(()) } else { self.out.flush() }
    }
}

struct Archive<W: Write> {
    zip: ZipWriter<StreamWriter<Gate<W>>>,
    /// The entries so far; the last one is being written.
    files: Vec<FileEntry>,
    options: SimpleFileOptions,
    /// Of the entry that is being written.
    digest: Sha256,
    /// Written and not yet passed on, since writers write in small pieces.
    held: Vec<u8>,
}

const HELD_BYTES: usize = 1 << 16;

impl<W: Write> Archive<W> {
    fn entries(&mut self, bundle: &Bundle<'_>) -> Result<(), BundleError> {
        let Bundle { cover, records, .. } = *bundle;
        let proof = bundle.proof.as_ref();
        let in_volumes = disclosure::needs_volumes(records, bundle.volume_pages);
        let answer = Answer { cover, proof, in_volumes };
        let readme = readme::render(&answer);
        self.entry("README.txt", &mut |out| Ok(out.write_all(readme.as_bytes())?))?;
        self.entry("index.html", &mut |out| viewer::write(out, cover, records))?;
        // Their streams are deflated already: a second time takes long and gains nothing.
        let deflated = self.options;
        self.options = deflated.compression_method(CompressionMethod::Stored).compression_level(None);
        self.entry("letter.pdf", &mut |out| disclosure::write_letter(out, &answer, records).map(|_| ()))?;
        if in_volumes {
            self.volumes(&answer, records, bundle.volume_pages)?;
        } else {
            self.entry("disclosure.pdf", &mut |out| disclosure::write_answer(out, &answer, records).map(|_| ()))?;
        }
        self.options = deflated;
        for (index, path) in csv::paths(records.collections()) {
            self.entry(&path, &mut |out| csv::write(out, records, index))?;
        }
        self.entry("records.json", &mut |out| json::write(out, cover, records))?;
        self.entry("records.schema.json", &mut |out| Ok(out.write_all(schema::RECORDS.as_bytes())?))?;
        if let Some(proof) = proof {
            let key = proof.key.public().pem();
            self.entry(KEY, &mut |out| Ok(out.write_all(key.as_bytes())?))?;
        }
        let manifest = manifest::render(cover, records, &self.files, proof).map_err(io::Error::from)?;
        self.entry(MANIFEST, &mut |out| Ok(out.write_all(&manifest)?))?;
        let Some(proof) = proof else { return Ok(()) };
        let signature = proof.key.sign(&manifest);
        self.entry(SIGNATURE, &mut |out| Ok(out.write_all(&signature)?))
    }

    /// The records in volumes, then `disclosure.pdf`, which says what is where.
    fn volumes(&mut self, answer: &Answer<'_>, records: &dyn RecordSource, pages: u32) -> Result<(), BundleError> {
        self.begin(&disclosure::volume_name(1))?;
        let mut next = next_volume::<W>;
        let (_, places, key) = disclosure::write_volumes(&mut *self, &mut next, answer.cover, records, pages)?;
        self.end()?;
        self.entry("disclosure.pdf", &mut |out| {
            disclosure::write_front(out, answer, records, &places, &key).map(|_| ())
        })
    }

    fn entry(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        self.begin(path)?;
        write(self)?;
        self.end()
    }

    fn begin(&mut self, path: &str) -> Result<(), BundleError> {
        self.zip.start_file(path, self.options).map_err(io::Error::from)?;
        self.files.push(FileEntry { path: path.to_owned(), sha256: String::new(), size: 0 });
        Ok(())
    }

    fn end(&mut self) -> Result<(), BundleError> {
        self.pass_on()?;
        let digest = std::mem::take(&mut self.digest);
        if let Some(file) = self.files.last_mut() {
            file.sha256 = hex(&digest.finalize());
        }
        Ok(())
    }

    /// Hashes and writes what is held back.
    fn pass_on(&mut self) -> io::Result<()> {
        self.digest.update(&self.held);
        if let Some(file) = self.files.last_mut() {
            file.size += u64_from(self.held.len());
        }
        self.zip.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }
}

impl<W: Write> Write for Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.len() >= HELD_BYTES {
            self.pass_on()?;
        }
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Ends the volume that is being written and begins the next.
fn next_volume<W: Write>(archive: &mut Archive<W>, number: u32) -> Result<&mut Archive<W>, BundleError> {
    archive.end()?;
    archive.begin(&disclosure::volume_name(number))?;
    Ok(archive)
}

/// The moment as MS-DOS keeps it (two-second steps, 1980 to 2107), in UTC so that it is the same everywhere.
fn dos_time(at: Moment) -> DateTime {
    let at = at.utc();
    let small = |n: u32| u8::try_from(n).unwrap_or(0);
    u16::try_from(at.year())
        .ok()
        .and_then(|year| {
            let (month, day) = (small(at.month()), small(at.day()));
            DateTime::from_date_and_time(year, month, day, small(at.hour()), small(at.minute()), small(at.second()))
                .ok()
        })
        .unwrap_or_default()
}
