//! The first words between libpq and a server behind TLS. A server with TLS offers SCRAM-SHA-256-PLUS, which is bound to
//! the TLS channel; libpq sees no such channel on its side and refuses to go on, so that offer is taken out. Nothing else
//! is changed, and nothing after it is read.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Longest first message that either side sends: PostgreSQL's own limit for the client's is 10,000 bytes.
const MOST_BYTES: u32 = 65_536;
/// What stands in an authentication request for SASL (protocol documentation, section 55.7).
const SASL: [u8; 4] = [0, 0, 0, 10];
const BOUND: &[u8] = b"SCRAM-SHA-256-PLUS";
/// Requests of the type `v` say which version the server speaks; they come before the answer.
const MOST_MESSAGES: usize = 8;

/// Carries the client's start and the server's answer to it.
pub(super) async fn carry(
    client: &mut (impl AsyncRead + AsyncWrite + Unpin),
    server: &mut (impl AsyncRead + AsyncWrite + Unpin),
) -> Result<()> {
    let start = body(client).await?;
    send(server, &[], &start).await?;
    for _ in 0..MOST_MESSAGES {
        let kind = server.read_u8().await?;
        let message = body(server).await?;
        send(client, &[kind], &if kind == b'R' { unbound(&message) } else { message }).await?;
        if kind != b'v' {
            return Ok(());
        }
    }
    Err(ErrorKind::InvalidData.into())
}

/// A length that counts itself, and what it counts.
async fn body(from: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>> {
    let length = from.read_u32().await?;
    let rest = length.checked_sub(4).filter(|rest| *rest <= MOST_BYTES).ok_or(Error::from(ErrorKind::InvalidData))?;
    let mut read = vec![0; usize::try_from(rest).map_err(|_| ErrorKind::InvalidData)?];
    from.read_exact(&mut read).await?;
    Ok(read)
}

async fn send(to: &mut (impl AsyncWrite + Unpin), kind: &[u8], body: &[u8]) -> Result<()> {
    let length = u32::try_from(body.len() + 4).map_err(|_| ErrorKind::InvalidData)?;
    to.write_all(&[kind, &length.to_be_bytes(), body].concat()).await?;
    to.flush().await
}

/// An authentication request without the offer that is bound to the channel.
fn unbound(message: &[u8]) -> Vec<u8> {
    let Some(offers) = message.strip_prefix(&SASL) else { return message.to_vec() };
    let mut kept = SASL.to_vec();
    // Each name ends with a zero, and the list with one more.
    for offer in offers.split(|byte| *byte == 0).filter(|offer| !offer.is_empty() && *offer != BOUND) {
        kept.extend_from_slice(offer);
        kept.push(0);
    }
    kept.push(0);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bound_offer_is_taken_out() {
        let table: [(&[u8], &[u8]); 4] = [
            (b"\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0", b"\0\0\0\x0aSCRAM-SHA-256\0\0"),
            (b"\0\0\0\x0aSCRAM-SHA-256\0OAUTHBEARER\0\0", b"\0\0\0\x0aSCRAM-SHA-256\0OAUTHBEARER\0\0"),
            (b"\0\0\0\x05salt", b"\0\0\0\x05salt"),
            (b"", b""),
        ];
        for (message, expected) in table {
            assert_eq!(unbound(message), expected);
        }
    }
}
