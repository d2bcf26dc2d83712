//! Tokens: JWTs (RFC 7519) signed with HS256 under the desk's secret. Each door has an audience of its own; a token of one
//! never opens another. The algorithm is fixed when a token is read, so that a token that claims
//! `none` or another is refused (RFC 8725).

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::Moment;
use crate::case::CaseId;

/// A token that opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It has run out.
    #[error("the token has expired: get a new one")]
    Expired,
    /// It was not made here, or for another purpose.
    #[error("the token is not valid: get a new one")]
    Invalid,
    /// It could not be made.
    #[error("a token could not be made")]
    Failed,
}

/// A token and its end.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The compact JWT.
    pub token: String,
    /// When it ends.
    pub expires_at: Moment,
}

/// What a requester's token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequesterClaims {
    /// The case it opens.
    pub sub: CaseId,
    /// The door: `rightsdesk:requester`, `rightsdesk:page` or `rightsdesk:answer`.
    pub aud: String,
    /// Issued at, seconds.
    pub iat: i64,
    /// Expires at, seconds.
    pub exp: i64,
    /// Its own identifier.
    pub jti: String,
}

/// What a member of staff's token says. The role is not in it: it is looked up, so that a change counts at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffClaims {
    /// The member of staff.
    pub sub: String,
    /// Always `rightsdesk:staff`.
    pub aud: String,
    /// Issued at, seconds.
    pub iat: i64,
    /// Expires at, seconds.
    pub exp: i64,
    /// The session.
    pub jti: String,
}

/// What a requester's token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The API.
    Api,
    /// The pages of the request.
    Page,
    /// The pages of the answer.
    Answer,
}

impl Door {
    fn audience(self) -> &'static str {
        match self {
            Self::Api => "rightsdesk:requester",
            Self::Page => "rightsdesk:page",
            Self::Answer => "rightsdesk:answer",
        }
    }
}

const STAFF: &str = "rightsdesk:staff";

/// Makes and reads tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Tokens {
    /// Under `secret`, of at least 32 bytes.
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        let bytes = secret.expose_secret().as_bytes();
        Self { encoding: EncodingKey::from_secret(bytes), decoding: DecodingKey::from_secret(bytes) }
    }

    /// A token for the requester of `case`, for one door.
    ///
    /// # Errors
    /// [`TokenError::Failed`].
    pub fn for_requester(
        &self,
        case: CaseId,
        door: Door,
        now: Moment,
        lifetime: TimeDelta,
    ) -> Result<Issued, TokenError> {
        let expires_at = now.plus(lifetime);
        let claims = RequesterClaims {
            sub: case,
            aud: door.audience().to_owned(),
            iat: now.unix_seconds(),
            exp: expires_at.unix_seconds(),
            jti: uuid::Uuid::new_v4().to_string(),
        };
        self.sign(&claims, expires_at)
    }

    /// A token for the member of staff `user` in `session`.
    ///
    /// # Errors
    /// [`TokenError::Failed`].
    pub fn for_staff(&self, user: &str, session: &str, now: Moment, expires_at: Moment) -> Result<Issued, TokenError> {
        let claims = StaffClaims {
            sub: user.to_owned(),
            aud: STAFF.to_owned(),
            iat: now.unix_seconds(),
            exp: expires_at.unix_seconds(),
            jti: session.to_owned(),
        };
        self.sign(&claims, expires_at)
    }

    /// Reads a requester's token at `door`.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn read_requester(&self, token: &str, door: Door, now: Moment) -> Result<RequesterClaims, TokenError> {
        let claims: RequesterClaims = self.read(token, door.audience())?;
        if claims.exp <= now.unix_seconds() { Err(TokenError::Expired) } else { Ok(claims) }
    }

    /// Reads a member of staff's token.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn read_staff(&self, token: &str, now: Moment) -> Result<StaffClaims, TokenError> {
        let claims: StaffClaims = self.read(token, STAFF)?;
        if claims.exp <= now.unix_seconds() { Err(TokenError::Expired) } else { Ok(claims) }
    }

    fn sign(&self, claims: &impl Serialize, expires_at: Moment) -> Result<Issued, TokenError> {
        let token = encode(&Header::new(Algorithm::HS256), claims, &self.encoding).map_err(|_| TokenError::Failed)?;
        Ok(Issued { token, expires_at })
    }

    fn read<C: DeserializeOwned + Clone>(&self, token: &str, audience: &str) -> Result<C, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["exp", "aud", "sub"]);
        // The library would read the machine's clock; the end is compared with the caller's clock instead.
        validation.validate_exp = false;
        decode::<C>(token, &self.decoding, &validation).map(|data| data.claims).map_err(|_| TokenError::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        "2026-11-23T09:30:00Z".parse().unwrap()
    }

    fn tokens() -> Tokens {
        Tokens::new(&"0123456789abcdef0123456789abcdef".into())
    }

    #[test]
    fn a_token_opens_its_own_door_until_it_ends() {
        let case = CaseId::new();
        let issued = tokens().for_requester(case, Door::Api, now(), TimeDelta::minutes(60)).unwrap();
        assert_eq!(tokens().read_requester(&issued.token, Door::Api, now()).unwrap().sub, case);
        assert_eq!(
            tokens().read_requester(&issued.token, Door::Api, now().plus(TimeDelta::minutes(60))),
            Err(TokenError::Expired)
        );
        assert_eq!(tokens().read_staff(&issued.token, now()), Err(TokenError::Invalid));
        for other in [Door::Page, Door::Answer] {
            assert_eq!(tokens().read_requester(&issued.token, other, now()), Err(TokenError::Invalid));
        }
        let other = Tokens::new(&"another secret of thirty-two bytes".into());
        assert_eq!(other.read_requester(&issued.token, Door::Api, now()), Err(TokenError::Invalid));
    }

    #[test]
    fn a_token_that_claims_no_algorithm_is_refused() {
        let case = CaseId::new();
        // {"alg":"none","typ":"JWT"} and otherwise good claims.
        let claims = format!(
            "{{\"sub\":\"{case}\",\"aud\":\"{}\",\"iat\":0,\"exp\":99999999999,\"jti\":\"x\"}}",
            Door::Api.audience()
        );
        let base64 = |text: &str| {
            const TABLE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            text.as_bytes()
                .chunks(3)
                .flat_map(|c| {
                    let n = (u32::from(c[0]) << 16)
                        | (u32::from(*c.get(1).unwrap_or(&0)) << 8)
                        | u32::from(*c.get(2).unwrap_or(&0));
                    (0..=c.len()).map(move |i| char::from(TABLE[((n >> (18 - 6 * i)) & 63) as usize]))
                })
                .collect::<String>()
        };
        let forged = format!("{}.{}.", base64("{\"alg\":\"none\",\"typ\":\"JWT\"}"), base64(&claims));
        assert_eq!(tokens().read_requester(&forged, Door::Api, now()), Err(TokenError::Invalid));
    }
}
