//! GOV.UK Notify (REST API v2): its own JWT for each call, HS256 under the key's last part, named by the part before.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::send::PostError;
use crate::base::Moment;
use crate::letter::Rendered;

/// A UUID in text.
const UUID_CHARS: usize = 36;

/// The way out through Notify.
pub(super) struct Notify {
    url: String,
    template: String,
    service: String,
    key: EncodingKey,
    agent: ureq::Agent,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    iat: i64,
}

#[derive(Serialize)]
struct Email<'a> {
    email_address: &'a str,
    template_id: &'a str,
    personalisation: Personalisation<'a>,
}

#[derive(Serialize)]
struct Personalisation<'a> {
    subject: &'a str,
    body: &'a str,
}

impl Notify {
    /// With the API key as Notify gives it: a name, the service's identifier and the secret, with hyphens between.
    ///
    /// # Errors
    /// [`PostError::Configuration`] if the key is not of that form.
    pub(super) fn new(url: &str, key: &SecretString, template: &str) -> Result<Self, PostError> {
        let wrong = || {
            PostError::Configuration(
                "post.notify_key cannot be read: write the whole key as GOV.UK Notify shows it".to_owned(),
            )
        };
        // Both identifiers are read from the end: the name before them may have hyphens of its own.
        let text = key.expose_secret().trim();
        let secret_at = text.len().checked_sub(UUID_CHARS).ok_or_else(wrong)?;
        let service_at = secret_at.checked_sub(UUID_CHARS + 1).ok_or_else(wrong)?;
        let secret = text.get(secret_at..).ok_or_else(wrong)?;
        let service = text.get(service_at..service_at + UUID_CHARS).ok_or_else(wrong)?;
        if uuid::Uuid::try_parse(secret).is_err() || uuid::Uuid::try_parse(service).is_err() {
            return Err(wrong());
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(20)))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        Ok(Self {
            url: format!("{}/v2/notifications/email", url.trim_end_matches('/')),
            template: template.to_owned(),
            service: service.to_owned(),
            key: EncodingKey::from_secret(secret.as_bytes()),
            agent,
        })
    }

    /// Sends `letter` to `to`.
    ///
    /// # Errors
    /// [`PostError`]: one that can pass is tried again by who called.
    pub(super) fn send(&self, to: &str, letter: &Rendered, now: Moment) -> Result<(), PostError> {
        let claims = Claims { iss: &self.service, iat: now.unix_seconds() };
        let failed = || PostError::Configuration("post.notify_key cannot sign".to_owned());
        let token = encode(&Header::new(Algorithm::HS256), &claims, &self.key).map_err(|_| failed())?;
        let email = Email {
            email_address: to,
            template_id: &self.template,
            personalisation: Personalisation { subject: &letter.subject, body: &letter.body },
        };
        let body = serde_json::to_string(&email).map_err(|_| failed())?;
        let answer = self
            .agent
            .post(&self.url)
            .header("Authorization", format!("Bearer {token}"))
            .header("Content-Type", "application/json")
            .send(body)
            .map_err(|_| PostError::Unavailable)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            // A key or template that is wrong, a trial service, a limit of the day: somebody must look, and then it passes.
            403 => Err(PostError::Configuration("GOV.UK Notify refused the key of post.notify_key".to_owned())),
            400 => Err(PostError::Refused),
            _ => Err(PostError::Unavailable),
        }
    }

    /// True if Notify answers at all.
    pub(super) fn answers(&self) -> bool {
        let root = self.url.trim_end_matches("/v2/notifications/email");
        self.agent.get(format!("{root}/_status")).call().is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_its_end() {
        let (service, secret) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        let key = format!("my-test-key-{service}-{secret}");
        let notify = Notify::new("https://notify.example.org/", &key.into(), "t").ok().unwrap();
        assert_eq!(notify.service, service.to_string());
        assert_eq!(notify.url, "https://notify.example.org/v2/notifications/email");
        for bad in ["", "short", &format!("{service}"), &format!("name-{service}-{}", "x".repeat(36)), &"é".repeat(40)]
        {
            assert!(Notify::new("https://x", &bad.to_owned().into(), "t").is_err(), "{bad}");
        }
    }
}
