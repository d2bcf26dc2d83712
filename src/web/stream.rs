//! A file as a stream of chunks, read on threads that may block; memory does not grow with its size.

use std::io::Read;

use actix_web::web::{self, Bytes};
use futures_util::stream::{self, Stream};

const CHUNK: usize = 64 * 1024;

/// The bytes of `file` from where it stands to its end.
pub(super) fn file_chunks(file: impl Read + Send + 'static) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(file, |mut file| async move {
        let (chunk, file) = web::block(move || -> std::io::Result<_> {
            let mut chunk = vec![0; CHUNK];
            let n = file.read(&mut chunk)?;
            chunk.truncate(n);
            Ok((chunk, file))
        })
        .await
        .map_err(|_| std::io::Error::other("a read was cancelled"))??;
        Ok(if chunk.is_empty() { None } else { Some((Bytes::from(chunk), file)) })
    })
}

/// A hexadecimal digest in base64, as RFC 9530 wants it.
pub(super) fn base64_of_hex(hex: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(crate::base::unhex(hex).unwrap_or_default())
}
