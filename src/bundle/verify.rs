//! Checks a bundle: that its manifest is signed, and that each entry is the one that the manifest names.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::base::{PublicKey, hex, u64_from};

use super::archive::{MANIFEST, SIGNATURE};

/// Manifests are read into memory: one that is larger is none of ours.
const MANIFEST_LIMIT: u64 = 256 * 1024 * 1024;

/// What a bundle that is whole says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The case's reference.
    pub reference: String,
    /// When it was made.
    pub generated_at: String,
    /// Entries whose hash and size are those of the manifest.
    pub files: usize,
    /// The key that signed it, base64.
    pub key: String,
    /// Where it says that this key is published.
    pub published_at: String,
}

/// Why a bundle is not what was released. Names entries only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The zip cannot be read.
    #[error("the file is no zip that can be read to its end")]
    Unreadable,
    /// The entries need a passphrase.
    #[error("the file is locked: give its passphrase with --passphrase-file")]
    Locked,
    /// The passphrase is another.
    #[error("the passphrase does not open the file: check each of its words")]
    Passphrase,
    /// There is no manifest, or it is none.
    #[error("there is no manifest.json that can be read: the file is no bundle")]
    NoManifest,
    /// Nobody signed it.
    #[error("the bundle is not signed: nothing shows who made it")]
    Unsigned,
    /// The signature is not of this manifest and key.
    #[error("the signature is wrong: manifest.json was changed, or another key signed it")]
    Signature,
    /// It is signed by somebody else.
    #[error("the bundle is signed by another key than the one given: {0}")]
    OtherKey(String),
    /// Entries differ from the manifest.
    #[error("these files are not as the manifest names them: {}", .0.join("; "))]
    Files(Vec<String>),
}

#[derive(Deserialize)]
struct Manifest {
    reference: String,
    generated_at: String,
    signed_by: Option<SignedBy>,
    files: Vec<File>,
}

#[derive(Deserialize)]
struct SignedBy {
    public_key: String,
    published_at: String,
}

#[derive(Deserialize)]
struct File {
    path: String,
    sha256: String,
    size: u64,
}

/// Checks the bundle, by `key` if one is given and else by the key that it names, which the caller must compare with the
/// published one. `passphrase` opens a locked one. Memory does not grow with its entries.
///
/// # Errors
/// [`VerifyError`].
pub fn verify_bundle<R: Read + Seek>(
    zip: R,
    key: Option<&PublicKey>,
    passphrase: Option<&[u8]>,
) -> Result<Checked, VerifyError> {
    let mut archive = ZipArchive::new(zip).map_err(|_| VerifyError::Unreadable)?;
    let bytes = whole(&mut archive, MANIFEST, passphrase)?.ok_or(VerifyError::NoManifest)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| VerifyError::NoManifest)?;
    let signed_by = manifest.signed_by.ok_or(VerifyError::Unsigned)?;
    let named = PublicKey::read(&signed_by.public_key).ok_or(VerifyError::Signature)?;
    if let Some(key) = key.filter(|key| **key != named) {
        return Err(VerifyError::OtherKey(format!("given {}, signed by {}", key.base64(), named.base64())));
    }
    let signature = whole(&mut archive, SIGNATURE, passphrase)?.ok_or(VerifyError::Unsigned)?;
    if !named.signed(&bytes, &signature) {
        return Err(VerifyError::Signature);
    }
    let mut faults = Vec::new();
    // Whatever stands outside the entries is no part of what was signed.
    if archive.offset() != 0 || !archive.comment().is_empty() {
        faults.push("there are bytes before the entries or a comment after them".to_owned());
    }
    let known: BTreeSet<&str> =
        manifest.files.iter().map(|file| file.path.as_str()).chain([MANIFEST, SIGNATURE]).collect();
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map_or_else(|_| "an entry without a readable name".to_owned(), |name| name.into_owned()))
        .collect();
    faults
        .extend(names.iter().filter(|name| !known.contains(name.as_str())).map(|name| format!("{name} is not named")));
    for file in &manifest.files {
        match digest(&mut archive, &file.path, passphrase) {
            None => faults.push(format!("{} is missing or cannot be read", file.path)),
            Some(found) if found == (file.sha256.clone(), file.size) => {}
            Some(_) => faults.push(format!("{} was changed", file.path)),
        }
    }
    if !faults.is_empty() {
        return Err(VerifyError::Files(faults));
    }
    Ok(Checked {
        reference: manifest.reference,
        generated_at: manifest.generated_at,
        files: manifest.files.len(),
        key: named.base64(),
        published_at: signed_by.published_at,
    })
}

/// The entry's bytes; none if there is no such entry.
fn whole<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    passphrase: Option<&[u8]>,
) -> Result<Option<Vec<u8>>, VerifyError> {
    let opened = match passphrase {
        Some(words) => archive.by_name_decrypt(name, words),
        None => archive.by_name(name),
    };
    let entry = match opened {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(VerifyError::Locked),
        Err(ZipError::InvalidPassword) => return Err(VerifyError::Passphrase),
        Err(_) => return Err(VerifyError::Unreadable),
    };
    let mut bytes = Vec::new();
    entry.take(MANIFEST_LIMIT).read_to_end(&mut bytes).map_err(|_| VerifyError::Unreadable)?;
    Ok(Some(bytes))
}

/// The entry's hash and size; none if it is not there or cannot be read to its end.
fn digest<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, passphrase: Option<&[u8]>) -> Option<(String, u64)> {
    let mut entry = match passphrase {
        Some(words) => archive.by_name_decrypt(name, words).ok()?,
        None => archive.by_name(name).ok()?,
    };
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut chunk = vec![0; 1 << 16];
    loop {
        let read = entry.read(&mut chunk).ok()?;
        if read == 0 {
            return Some((hex(&hash.finalize()), size));
        }
        hash.update(chunk.get(..read)?);
        size += u64_from(read);
    }
}
