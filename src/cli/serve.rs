//! `rightsdesk serve` and `rightsdesk work`: run until told to stop, then end what is begun.

use std::sync::Arc;

use super::{Failure, Global, common, print, start_logging};
use crate::acts::Desk;
use crate::config::HttpConfig;
use crate::jobs::Workers;
use crate::web;

/// Arguments of `rightsdesk serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  rightsdesk serve --config /etc/rightsdesk.toml --listen 127.0.0.1:8080")]
pub struct ServeArgs {
    /// Do not work off the queue in this process: `rightsdesk work` does.
    #[arg(long)]
    no_worker: bool,
    /// Address and port to listen on, over what is configured.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(global: &Global, args: &ServeArgs) -> Result<(), Failure> {
    start_logging();
    let config = common::configuration(global)?;
    let desk = common::desk(&config)?;
    let mut http = config.http.clone();
    if let Some(listen) = &args.listen {
        http.listen.clone_from(listen);
    }
    run(&desk, &http, !args.no_worker)
}

/// Serves `desk` with or without workers until told to stop, and prints where.
pub(crate) fn run(desk: &Arc<Desk>, http: &HttpConfig, workers: bool) -> Result<(), Failure> {
    let workers = workers.then(|| Workers::start(desk)).transpose()?;
    let serving = web::start(Arc::clone(desk), http)?;
    print::line(&format!("Listening on http://{} (Ctrl-C stops).", serving.address))?;
    until_told()?;
    serving.stop();
    if let Some(workers) = workers {
        workers.drain();
    }
    print::line("Stopped.")
}

/// Works off the queue until Ctrl-C or SIGTERM.
pub(crate) fn work(global: &Global) -> Result<(), Failure> {
    start_logging();
    let desk = common::desk(&common::configuration(global)?)?;
    let workers = Workers::start(&desk)?;
    print::line("Working (Ctrl-C stops).")?;
    until_told()?;
    workers.drain();
    print::line("Stopped.")
}

/// Waits for Ctrl-C or SIGTERM.
pub(crate) fn until_told() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminate.recv() => {}
        }
        Ok::<(), std::io::Error>(())
    })?;
    Ok(())
}
