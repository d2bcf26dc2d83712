//! Cookies: only those that a page cannot work without. None is readable by a script, none goes to another site.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

/// Makes and reads our cookies. Over TLS their names begin with `__Host-`, which a browser takes only with `Secure`,
/// without a domain and for the whole site (RFC 6265bis 4.1.3.2): no neighbouring host can set them for us.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Jar {
    secure: bool,
}

impl Jar {
    /// For a desk that citizens reach at `base_url`.
    pub(in super::super) fn of(base_url: &str) -> Self {
        Self { secure: base_url.starts_with("https://") }
    }

    fn name(self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// The cookie `name`, if the browser sent one.
    pub(in super::super) fn read(self, request: &HttpRequest, name: &str) -> Option<String> {
        request.cookie(&self.name(name)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
    }

    /// A cookie that lasts `minutes`.
    pub(in super::super) fn make(self, name: &str, value: &str, minutes: i64) -> Cookie<'static> {
        Cookie::build(self.name(name), value.to_owned())
            .path("/")
            .http_only(true)
            .secure(self.secure)
            // Lax, so that a link in a letter opens a page that knows the reader; what changes something needs a form
            // token besides.
            .same_site(SameSite::Lax)
            .max_age(Duration::minutes(minutes))
            .finish()
    }

    /// A cookie that makes the browser forget `name`.
    pub(in super::super) fn forget(self, name: &str) -> Cookie<'static> {
        let mut cookie = self.make(name, "", 0);
        cookie.set_max_age(Duration::ZERO);
        cookie
    }
}
