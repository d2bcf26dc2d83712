//! `rightsdesk bundle`: needs no desk, so that whoever was given a bundle can run it.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use super::{Failure, print};
use crate::base::PublicKey;
use crate::bundle::{lock_bundle, new_passphrase, verify_bundle};

/// Commands on a bundle.
#[derive(Debug, clap::Subcommand)]
pub enum BundleCommand {
    /// Checks that a bundle is what was released: its signature, and each file's hash and size.
    #[command(after_help = "Example:\n  rightsdesk bundle verify DR-2026-000123.zip --key signing-key.pem\n\
                      Exit code 1 if anything was changed.")]
    Verify(Verify),
    /// Locks a bundle with a new passphrase (AES-256), for one that is sent by post or e-mail; prints the passphrase once.
    #[command(after_help = "Example:\n  rightsdesk bundle lock DR-2026-000123.zip --out locked.zip\n\
                      Tell the person the passphrase another way: by telephone, or in a letter. It is kept nowhere.")]
    Lock(Lock),
}

/// Arguments of `lock`.
#[derive(Debug, clap::Args)]
pub struct Lock {
    /// The bundle, a zip.
    file: PathBuf,
    /// Where the locked one goes; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The bundle, a zip.
    file: PathBuf,
    /// The key that must have signed it: a PEM file, or the key in base64. Without it the key that the bundle names is
    /// used, and shown for you to compare with the one that is published.
    #[arg(long, value_name = "FILE|BASE64")]
    key: Option<String>,
    /// A file with the passphrase of a locked bundle.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(command: &BundleCommand) -> Result<(), Failure> {
    match command {
        BundleCommand::Verify(args) => verify(args),
        BundleCommand::Lock(args) => lock(args),
    }
}

fn lock(args: &Lock) -> Result<(), Failure> {
    let from = open(&args.file)?;
    let passphrase = new_passphrase();
    let dir = args.out.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot =
        |e: std::io::Error| Failure::Failed(format!("{} could not be written ({})", args.out.display(), e.kind()));
    let aside = tempfile::Builder::new().prefix(".rightsdesk-").tempfile_in(dir).map_err(cannot)?;
    lock_bundle(BufReader::new(from), aside.as_file(), &passphrase)?;
    aside.as_file().sync_all().map_err(cannot)?;
    aside.persist_noclobber(&args.out).map_err(|error| cannot(error.error))?;
    print::line(passphrase.expose_secret())
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|e| Failure::Usage(format!("{} could not be read ({})", path.display(), e.kind())))
}

fn verify(args: &Verify) -> Result<(), Failure> {
    let key = args.key.as_deref().map(read_key).transpose()?;
    let passphrase = args.passphrase_file.as_deref().map(read_passphrase).transpose()?;
    let file = open(&args.file)?;
    let checked = verify_bundle(BufReader::new(file), key.as_ref(), passphrase.as_ref().map(|words| words.as_bytes()));
    if args.json {
        let answer = match &checked {
            Ok(checked) => serde_json::json!({"intact": true, "reference": checked.reference, "files": checked.files,
                "generated_at": checked.generated_at, "key": checked.key, "published_at": checked.published_at,
                "key_was_given": key.is_some()}),
            Err(error) => serde_json::json!({"intact": false, "problem": error.to_string()}),
        };
        print::line(&answer.to_string())?;
        return checked.map(|_| ()).map_err(|error| Failure::Failed(error.to_string()));
    }
    let checked = checked.map_err(|error| Failure::Failed(error.to_string()))?;
    print::line(&format!(
        "The bundle {}, made {}, is whole: {} files are as its signed manifest names them.",
        checked.reference, checked.generated_at, checked.files
    ))?;
    if key.is_some() {
        return print::line("It was signed by the key that you gave.");
    }
    print::line(&format!(
        "It was signed by the key {}.\nThat shows who made it only if this is the key that is published at {}.",
        checked.key, checked.published_at
    ))
}

fn read_key(given: &str) -> Result<PublicKey, Failure> {
    let text = if Path::new(given).is_file() { std::fs::read_to_string(given)? } else { given.to_owned() };
    PublicKey::read(&text).ok_or_else(|| {
        Failure::Usage("--key is no Ed25519 public key: give a PEM file, or its 32 bytes in base64".to_owned())
    })
}

fn read_passphrase(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::Usage(format!("--passphrase-file could not be read ({})", e.kind())))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
