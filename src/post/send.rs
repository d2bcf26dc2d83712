//! Sending.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::SmtpTransport;
use lettre::{Address, Transport};
use secrecy::{ExposeSecret, SecretString};

use super::notify::Notify;
use crate::base::Moment;
use crate::letter::Rendered;

/// A letter could not be sent. Never carries the address or the text.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The address cannot be written to.
    #[error("the e-mail address is not one that can be written to")]
    Address,
    /// The way out takes no files.
    #[error("GOV.UK Notify takes no attachments: set post.smtp_url to send scheduled reports")]
    NoAttachments,
    /// The configuration is wrong.
    #[error("{0}")]
    Configuration(String),
    /// The mail server refused for good.
    #[error("the mail server refused the letter for good")]
    Refused,
    /// The mail server did not take it now; try again.
    #[error("the mail server cannot be reached or did not take the letter")]
    Unavailable,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The way out for e-mail.
pub struct Post {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(Box<SmtpTransport>),
    Folder(PathBuf),
    Notify(Box<Notify>),
}

/// The language of a letter (RFC 3282).
#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

impl Post {
    /// By SMTP through `url` (`smtp://`, `smtps://`, lettre's forms), written by `from`.
    ///
    /// # Errors
    /// [`PostError::Configuration`] naming the key.
    pub fn smtp(from: &str, url: &SecretString) -> Result<Self, PostError> {
        let transport = SmtpTransport::from_url(url.expose_secret())
            .map_err(|_| {
                PostError::Configuration("post.smtp_url cannot be read: write smtps://user:password@host".to_owned())
            })?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self { from: sender(from)?, way: Way::Smtp(Box::new(transport)) })
    }

    /// Into the folder `path`, one `.eml` file a letter.
    ///
    /// # Errors
    /// [`PostError::Configuration`] if the folder cannot be made.
    pub fn folder(from: &str, path: &Path) -> Result<Self, PostError> {
        std::fs::create_dir_all(path)
            .map_err(|e| PostError::Configuration(format!("post.folder cannot be made ({})", e.kind())))?;
        Ok(Self { from: sender(from)?, way: Way::Folder(path.to_owned()) })
    }

    /// Through GOV.UK Notify at `url`, in `template`; who it is from is set there.
    ///
    /// # Errors
    /// [`PostError::Configuration`] naming the key.
    pub fn notify(from: &str, url: &str, key: &SecretString, template: &str) -> Result<Self, PostError> {
        Ok(Self { from: sender(from)?, way: Way::Notify(Box::new(Notify::new(url, key, template)?)) })
    }

    /// Sends `letter` to `to`. Blocks.
    ///
    /// # Errors
    /// [`PostError`].
    pub fn send(&self, to: &str, letter: &Rendered, now: Moment) -> Result<(), PostError> {
        self.send_with(to, letter, &[], now)
    }

    /// Sends `letter` to `to` with files attached. Blocks.
    ///
    /// # Errors
    /// [`PostError`].
    pub fn send_with(
        &self,
        to: &str,
        letter: &Rendered,
        attached: &[Attachment],
        now: Moment,
    ) -> Result<(), PostError> {
        let to: Address = to.trim().parse().map_err(|_| PostError::Address)?;
        let transport = match &self.way {
            Way::Notify(_) if !attached.is_empty() => return Err(PostError::NoAttachments),
            Way::Notify(notify) => return notify.send(to.as_ref(), letter, now),
            Way::Smtp(transport) => Ok(transport),
            Way::Folder(path) => Err(path),
        };
        let words = MultiPart::alternative_plain_html(letter.body.clone(), letter.html.clone());
        let parts = if attached.is_empty() {
            words
        } else {
            attached.iter().try_fold(MultiPart::mixed().multipart(words), |parts, file| {
                let kind = ContentType::parse(file.media_type).map_err(|_| PostError::Address)?;
                let part = lettre::message::Attachment::new(file.name.clone()).body(file.bytes.clone(), kind);
                Ok(parts.singlepart(part))
            })?
        };
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .date(now.utc().into())
            .header(ContentLanguage(letter.language.to_string()))
            .multipart(parts)
            .map_err(|_| PostError::Address)?;
        match transport {
            Ok(transport) => match transport.send(&message) {
                Ok(_) => Ok(()),
                Err(e) if e.is_permanent() => Err(PostError::Refused),
                Err(_) => Err(PostError::Unavailable),
            },
            Err(folder) => keep(folder, &message).map_err(|_| PostError::Unavailable),
        }
    }

    /// True if the way out answers now.
    #[must_use]
    pub fn answers(&self) -> bool {
        match &self.way {
            Way::Smtp(transport) => transport.test_connection().unwrap_or(false),
            Way::Folder(path) => path.is_dir(),
            Way::Notify(notify) => notify.answers(),
        }
    }
}

fn sender(from: &str) -> Result<Mailbox, PostError> {
    from.parse()
        .map_err(|_| PostError::Configuration("post.from is not an e-mail address: write name@example.org".to_owned()))
}

/// Writes the message aside and renames it, so that whoever watches the folder sees whole letters only.
fn keep(folder: &Path, message: &Message) -> std::io::Result<()> {
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(&message.formatted())?;
    aside.persist(folder.join(format!("{}.eml", uuid::Uuid::now_v7())))?;
    Ok(())
}
/// True if `text` is an address that a letter can be sent to.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}
