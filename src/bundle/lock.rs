//! A bundle that a passphrase opens: the same entries, each under AES-256 (WinZip AE, which 7-Zip, WinZip, macOS's Keka and
//! most others open; the Windows explorer does not). The passphrase goes to the person another way than the zip. Salts are
//! random, so that the same bundle locked twice gives other bytes.

use std::io::{self, Read, Seek, Write};

use secrecy::{ExposeSecret, SecretString};
use zip::write::SimpleFileOptions;
use zip::{AesMode, ZipArchive, ZipWriter};

use super::model::BundleError;

/// Entries from this size on get 64-bit sizes.
const WIDE_FROM_BYTES: u64 = 3 << 30;
/// Six words of sixteen bits each: 96 bits, which the key derivation of the format (1,000 rounds of PBKDF2) does not have to
/// make up for.
const WORDS: usize = 6;

/// A new passphrase of six words that can be said on the telephone and written by hand: each is consonant, vowel, consonant,
/// vowel, consonant, all of letters that sound apart (proquints, arXiv:0901.4016).
#[must_use]
pub fn new_passphrase() -> SecretString {
    let bits: [u16; WORDS] = rand::random();
    bits.map(word).join(" ").into()
}

fn word(bits: u16) -> String {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 4] = b"aiou";
    let consonant = |shift: u32| CONSONANTS.get(usize::from((bits >> shift) & 15));
    let vowel = |shift: u32| VOWELS.get(usize::from((bits >> shift) & 3));
    let letters = [consonant(12), vowel(10), consonant(6), vowel(4), consonant(0)];
    letters.into_iter().flatten().map(|letter| char::from(*letter)).collect()
}

/// Writes the entries of `bundle` into `out`, each locked by `passphrase`; gives `out` back. Their names stay readable.
///
/// # Errors
/// [`BundleError::Io`] if `bundle` is no zip or is locked already, or if `out` fails.
pub fn lock_bundle<R: Read + Seek, W: Write + Seek>(
    bundle: R,
    out: W,
    passphrase: &SecretString,
) -> Result<W, BundleError> {
    let mut from = ZipArchive::new(bundle).map_err(io::Error::from)?;
    let mut to = ZipWriter::new(out);
    for at in 0..from.len() {
        let mut entry = from.by_index(at).map_err(io::Error::from)?;
        let name = entry.name().map_err(|_| io::Error::other("an entry without a readable name"))?.into_owned();
        let mut options = SimpleFileOptions::default()
            .compression_method(entry.compression())
            .large_file(entry.size() >= WIDE_FROM_BYTES)
            .unix_permissions(0o644)
            .with_aes_encryption(AesMode::Aes256, passphrase.expose_secret());
        if let Some(moment) = entry.last_modified() {
            options = options.last_modified_time(moment);
        }
        to.start_file(name, options).map_err(io::Error::from)?;
        io::copy(&mut entry, &mut to)?;
    }
    Ok(to.finish().map_err(io::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_six_words_that_can_be_said() {
        // The examples of the proposal.
        assert_eq!([word(0x7f00), word(0x0001)], ["lusab", "babad"]);
        assert_eq!([word(0x3f54), word(0xdcc1)], ["gutih", "tugad"]);
        let passphrase = new_passphrase();
        let words: Vec<&str> = passphrase.expose_secret().split(' ').collect();
        assert_eq!(words.len(), WORDS);
        assert!(words.iter().all(|word| word.len() == 5 && word.bytes().all(|b| b.is_ascii_lowercase())));
        assert_ne!(passphrase.expose_secret(), new_passphrase().expose_secret());
    }
}
