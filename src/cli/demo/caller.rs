//! Calls the demo's own API, as any client would.

use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::{Client, Response};
use serde_json::Value;

use super::super::Failure;

/// How long the demo waits for a job.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client of the API.
pub(super) struct Caller {
    client: Client,
    base: String,
}

impl Caller {
    pub(super) fn new(base: &str) -> Result<Self, Failure> {
        Ok(Self { client: Client::builder().no_proxy().build()?, base: format!("{base}/api/v1") })
    }

    /// Calls and gives the JSON that was answered.
    pub(super) fn call(
        &self,
        method: &Method,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        Ok(self.send(method, path, token, None, body)?.json()?)
    }

    pub(super) fn get(&self, path: &str, token: &str) -> Result<Value, Failure> {
        self.call(&Method::GET, path, Some(token), None)
    }

    pub(super) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Value, Failure> {
        self.call(&Method::POST, path, token, Some(body))
    }

    /// Changes a case as it is now.
    pub(super) fn change(&self, case: &str, what: &str, token: &str, body: &Value) -> Result<Value, Failure> {
        let seen = self.send(&Method::GET, &format!("/cases/{case}"), Some(token), None, None)?;
        let tag = seen.headers().get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned();
        let path = format!("/cases/{case}/{what}");
        Ok(self.send(&Method::POST, &path, Some(token), Some(&tag), Some(body))?.json()?)
    }

    /// Fetches into a file; gives its size.
    pub(super) fn fetch(&self, path: &str, token: &str, to: &Path) -> Result<u64, Failure> {
        let mut response = self.send(&Method::GET, path, Some(token), None, None)?;
        let mut file = std::fs::File::create(to)?;
        let mut chunk = vec![0; 65_536];
        let mut size = 0;
        loop {
            let n = response.read(&mut chunk)?;
            let Some(bytes) = chunk.get(..n).filter(|bytes| !bytes.is_empty()) else { break };
            file.write_all(bytes)?;
            size += crate::base::u64_from(n);
        }
        Ok(size)
    }

    fn send(
        &self,
        method: &Method,
        path: &str,
        token: Option<&str>,
        tag: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Response, Failure> {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(tag) = tag {
            request = request.header("If-Match", tag);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send()?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let problem: Value = response.json().unwrap_or_default();
        let detail = problem.get("detail").and_then(Value::as_str).unwrap_or_default();
        Err(Failure::Failed(format!("{method} {path} answered {status}: {detail}")))
    }
}

/// Asks again until `ask` gives something.
pub(super) fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Result<Option<T>, Failure>) -> Result<T, Failure> {
    let since = Instant::now();
    loop {
        if let Some(found) = ask()? {
            return Ok(found);
        }
        if since.elapsed() > PATIENCE {
            return Err(Failure::Failed(format!("{what} did not come within two minutes")));
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
}
