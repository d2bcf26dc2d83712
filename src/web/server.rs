//! The server: routes, limits, and a clean end.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, middleware, web};

use super::body::BodyLimit;
use super::origin::OriginRule;
use super::problem::Problem;
use super::{api, health, metrics, pages, public, staff, watch};
use crate::acts::Desk;
use crate::config::HttpConfig;

/// A body may take this many times as long to arrive as a head.
const BODY_TIMES: u64 = 3;

/// The server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address cannot be used.
    #[error("cannot listen on {address} ({why}): choose another with http.listen or --port")]
    Listen {
        /// Which.
        address: String,
        /// Why.
        why: String,
    },
}

/// A running server.
pub struct Serving {
    /// Where it really listens (port 0 asks for a free one).
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: std::thread::JoinHandle<std::io::Result<()>>,
}

impl Serving {
    /// Stops taking requests, lets the running ones end (30 seconds at most), and waits.
    pub fn stop(self) {
        let handle = self.handle;
        let stopped = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(handle.stop(true));
        });
        if stopped.join().is_err() || self.thread.join().is_err() {
            tracing::error!("the server did not end cleanly");
        }
    }
}

/// Starts serving `desk` on a thread of its own.
///
/// # Errors
/// [`ServerError::Listen`] if the address cannot be used.
pub fn start(desk: Arc<Desk>, http: &HttpConfig) -> Result<Serving, ServerError> {
    let failed = |e: std::io::Error| ServerError::Listen { address: http.listen.clone(), why: e.kind().to_string() };
    let listener = TcpListener::bind(&http.listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (send, receive) = std::sync::mpsc::channel();
    let http_config = http.clone();
    let thread = std::thread::Builder::new()
        .name("web".to_owned())
        .spawn(move || serve(desk, &http_config, listener, &send))
        .map_err(failed)?;
    let handle = receive.recv().map_err(|_| failed(std::io::Error::other("the server ended at once")))?;
    Ok(Serving { address, handle, thread })
}

fn serve(
    desk: Arc<Desk>,
    http: &HttpConfig,
    listener: TcpListener,
    started: &std::sync::mpsc::Sender<ServerHandle>,
) -> std::io::Result<()> {
    let origins = web::Data::new(OriginRule::new(http, &desk.settings.audit));
    let watched = web::Data::new(metrics::Watched::new(&desk.settings.metrics));
    let data = web::Data::from(desk);
    let limit = BodyLimit {
        bytes: http.body_limit_bytes,
        time: Duration::from_secs(http.slow_client_seconds.saturating_mul(BODY_TIMES)),
    };
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(origins.clone())
                .app_data(watched.clone())
                .app_data(web::PayloadConfig::new(limit.bytes))
                .app_data(limit)
                .wrap(middleware::from_fn(pages::faults_as_pages))
                .wrap(middleware::Compress::default())
                .wrap(middleware::from_fn(watch::watch))
                .service(health::healthz)
                .service(health::readyz)
                .service(metrics::metrics)
                .service(health::signing_key)
                .configure(pages::assets::routes)
                .configure(public::routes)
                .configure(staff::routes)
                .configure(api::routes)
                .default_service(web::to(unknown))
        })
        .workers(http.workers)
        .client_request_timeout(Duration::from_secs(http.slow_client_seconds))
        .client_disconnect_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(30))
        .shutdown_timeout(30)
        .disable_signals()
        .listen(listener)?
        .run();
        // The caller waits for the handle; it cannot be gone.
        let _ = started.send(server.handle());
        server.await
    })
}

async fn unknown() -> Result<HttpResponse, Problem> {
    Err(Problem::unknown_path())
}
