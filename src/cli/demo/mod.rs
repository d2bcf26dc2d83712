//! `rightsdesk demo`: a sample organisation, one request from the form to the bundle by the same doors that everybody
//! uses, and then the desk to look around in.

mod caller;
mod folder;
mod story;

use std::path::PathBuf;
use std::sync::Arc;

use super::{Failure, print, serve, start_logging};
use crate::base::SystemClock;
use crate::config::{HttpConfig, load};
use crate::jobs::Workers;
use crate::{web, wiring};

/// Arguments of `rightsdesk demo`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  rightsdesk demo --dir my-demo --port 8080")]
pub struct DemoArgs {
    /// The folder of the demo. It is made anew: what an earlier demo left there is removed.
    #[arg(long, value_name = "DIR", default_value = "rightsdesk-demo")]
    dir: PathBuf,
    /// The port to serve on, on this machine only.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Stop after the bundle instead of serving.
    #[arg(long)]
    once: bool,
    /// How many generated people the sample organisation knows, beside the planted hard cases.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    people: u64,
}

/// Runs the command.
pub(crate) fn run(args: &DemoArgs) -> Result<(), Failure> {
    if std::env::var_os("RUST_LOG").is_some() {
        start_logging();
    }
    let place = folder::prepare(&args.dir)?;
    let listen = format!("127.0.0.1:{}", if args.once { 0 } else { args.port });
    // Looked at before the work begins: a port that is taken is better said now.
    if !args.once {
        drop(std::net::TcpListener::bind(&listen).map_err(|e| {
            Failure::Failed(format!("cannot listen on {listen} ({}): choose another with --port", e.kind()))
        })?);
    }
    let planted = place.fill_website(args.people)?;
    place.write_configuration(args.port)?;
    let config = load(Some(&place.configuration()), std::iter::empty())?;
    wiring::store(&config)?.migrate()?;
    let desk = Arc::new(wiring::desk(&config, Arc::new(SystemClock))?);
    let logins = story::hire(&desk)?;

    let http = HttpConfig { listen, ..config.http.clone() };
    let workers = Workers::start(&desk)?;
    let serving = web::start(Arc::clone(&desk), &http)?;
    let told = story::tell(&place, &format!("http://{}", serving.address), &planted, &logins);
    if told.is_err() || args.once {
        serving.stop();
        workers.drain();
        return told;
    }
    let address = serving.address;
    print::line(&format!(
        "\nServing on http://{address} (Ctrl-C stops). A citizen begins at http://{address}/, the staff at \
         http://{address}/desk."
    ))?;
    serve::until_told()?;
    serving.stop();
    workers.drain();
    print::line("Stopped.")
}
