//! A form with a file, read piece by piece: never more of it than a file may have, and not a byte before the browser has
//! shown that it has the form from us. Must never look at what the file is.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use futures_util::{StreamExt, TryStreamExt};

use super::super::pages::check;
use super::super::problem::Problem;

/// What a form with one file held.
#[derive(Default)]
pub(super) struct Uploaded {
    /// The text fields.
    pub(super) fields: Vec<(String, String)>,
    /// The file; empty if none was chosen.
    pub(super) bytes: Vec<u8>,
}

impl Uploaded {
    pub(super) fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.trim())
    }
}

/// A file on a slow telephone may take this long.
const PATIENCE: Duration = Duration::from_secs(300);
/// Text fields are short.
const MOST_TEXT: usize = 20_000;

/// Reads the form. One byte more than `most` of the file is kept, so that who looks at it sees that it is too large; the rest
/// is thrown away.
///
/// # Errors
/// 403 for a form that is not from us, 400 for one that cannot be read.
pub(super) async fn upload(request: &HttpRequest, form: Multipart, most: usize) -> Result<Uploaded, Problem> {
    match tokio::time::timeout(PATIENCE, read(request, form, most)).await {
        Ok(result) => result,
        Err(_) => Err(Problem::slow("form")),
    }
}

async fn read(request: &HttpRequest, mut form: Multipart, most: usize) -> Result<Uploaded, Problem> {
    let broken = |_| Problem::malformed("the form did not arrive whole: send it again".to_owned());
    let mut uploaded = Uploaded::default();
    let mut from_us = false;
    while let Some(mut field) = form.try_next().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if !from_us && name != "form_token" {
            return Err(Problem::foreign_form());
        }
        let limit = if name == "file" { most + 1 } else { MOST_TEXT };
        let (mut bytes, mut thrown) = (Vec::new(), 0_usize);
        while let Some(chunk) = field.next().await {
            let chunk = chunk.map_err(broken)?;
            let room = limit.saturating_sub(bytes.len());
            bytes.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
            thrown += chunk.len().saturating_sub(room);
            // Somebody who goes on far beyond what can be taken is not answered in words.
            if thrown > most.saturating_mul(2) {
                return Err(Problem::too_large(most));
            }
        }
        if name == "file" {
            uploaded.bytes = bytes;
        } else {
            let text = String::from_utf8(bytes).map_err(|_| Problem::malformed("write text in UTF-8".to_owned()))?;
            if name == "form_token" {
                check(request, &text)?;
                from_us = true;
            } else {
                uploaded.fields.push((name, text));
            }
        }
    }
    if from_us { Ok(uploaded) } else { Err(Problem::foreign_form()) }
}
