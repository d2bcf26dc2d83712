//! The command line. Each command is a few lines that call an act or a room.

mod audit;
mod backup;
mod bundle;
mod case;
mod check;
mod common;
mod deadline;
mod demo;
mod drift;
mod gather;
mod holidays;
mod jobs;
mod map;
mod migrate;
mod print;
mod report;
mod sample;
mod serve;
mod suppressed;
mod token;
mod user;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Takes a person's data-rights request from the public form to the answer.
#[derive(Debug, Parser)]
#[command(name = "rightsdesk", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command that opens the desk takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The configuration file; rightsdesk.toml in this folder if there is one.
    #[arg(long, global = true, value_name = "FILE", env = "RIGHTSDESK_CONFIG")]
    config: Option<PathBuf>,
    /// The desk's own database, sqlite://PATH or postgres://..., over what is configured.
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A sample organisation: one access request from the form to the bundle, then the desk to look around in.
    Demo(demo::DemoArgs),
    /// The web and API process, with workers in it.
    Serve(serve::ServeArgs),
    /// Workers alone, beside one or more `serve --no-worker`.
    #[command(after_help = "Example:\n  rightsdesk work --config /etc/rightsdesk.toml")]
    Work,
    /// Brings the desk's schema up to date.
    #[command(after_help = "Example:\n  rightsdesk migrate --config /etc/rightsdesk.toml")]
    Migrate,
    /// Checks the configuration, databases, data map, post and storage; names every fault at once.
    Check(check::CheckArgs),
    /// One gather from the command line, without a desk: a bundle for one person from the named sources.
    Gather(Box<gather::Args>),
    /// The due date of a request, with its working.
    Deadline(deadline::Args),
    /// Fills an empty database with a generated website: people, bookings, newsletters, enquiries.
    Sample(sample::Args),
    /// The audit trail.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// A bundle that somebody was given.
    #[command(subcommand)]
    Bundle(bundle::BundleCommand),
    /// One case.
    #[command(subcommand)]
    Case(case::CaseCommand),
    /// Bank holidays: a newer file, or a day that was proclaimed.
    #[command(subcommand)]
    Holidays(holidays::HolidaysCommand),
    /// Data maps: a first draft from a live database.
    #[command(subcommand)]
    Map(map::MapCommand),
    /// What has come between the data map and the live databases.
    #[command(subcommand)]
    Drift(drift::DriftCommand),
    /// Of the addresses on standard input, prints those that must not be put into a list again.
    Suppressed(suppressed::SuppressedArgs),
    /// Jobs that were given up.
    #[command(subcommand)]
    Jobs(jobs::JobsCommand),
    /// Reports.
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Tokens of the API for programs.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Writes one file with all that the desk keeps: database, bundles, searches, anchors and generated keys.
    Backup(backup::BackupArgs),
    /// Puts a backup in place, into an empty desk unless told otherwise.
    Restore(backup::RestoreArgs),
    /// Members of staff.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Prints the OpenAPI document of the REST API.
    #[command(after_help = "Example:\n  rightsdesk openapi > openapi.json")]
    Openapi,
    /// Prints completions for a shell.
    #[command(after_help = "Example:\n  rightsdesk completions bash > /etc/bash_completion.d/rightsdesk")]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Why a command ended without success.
#[derive(Debug)]
pub enum Failure {
    /// Wrong use: exit code 2.
    Usage(String),
    /// The command was understood and failed: exit code 1.
    Failed(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the command line and gives the exit code: 0 success, 1 failure, 2 wrong use, with one sentence on stderr.
#[must_use]
pub fn run() -> ExitCode {
    let Cli { global, command } = Cli::parse();
    let result = match command {
        Command::Demo(args) => demo::run(&args),
        Command::Serve(args) => serve::serve(&global, &args),
        Command::Work => serve::work(&global),
        Command::Migrate => migrate::run(&global),
        Command::Map(command) => map::run(&command),
        Command::Drift(command) => drift::run(&global, &command),
        Command::Suppressed(args) => suppressed::run(&global, &args),
        Command::Check(args) => check::run(&global, &args),
        Command::Gather(args) => gather::run(*args),
        Command::Deadline(args) => deadline::run(args),
        Command::Sample(args) => sample::run(args),
        Command::Audit(command) => audit::run(&global, &command),
        Command::Bundle(command) => bundle::run(&command),
        Command::Case(command) => case::run(&global, &command),
        Command::Holidays(command) => holidays::run(&global, &command),
        Command::Jobs(command) => jobs::run(&global, &command),
        Command::Report(command) => report::run(&global, &command),
        Command::Token(command) => token::run(&global, &command),
        Command::Backup(args) => backup::backup(&global, &args),
        Command::Restore(args) => backup::restore(&global, &args),
        Command::User(command) => user::run(&global, &command),
        Command::Openapi => print::line(&crate::web::openapi_json()),
        Command::Completions { shell } => completions(shell),
    };
    let (code, sentence) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => (ExitCode::from(2), sentence),
        Err(Failure::Failed(sentence)) => (ExitCode::FAILURE, sentence),
    };
    // Nobody reads standard error if it is closed.
    let _ = writeln!(std::io::stderr(), "rightsdesk: {sentence}");
    code
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    use clap::CommandFactory;
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "rightsdesk", &mut text);
    print::bytes(&text)
}

/// Logs to standard error: readable on a terminal, JSON lines elsewhere. `RUST_LOG` chooses what.
pub(crate) fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (a test) keeps the first.
    let _ = if std::io::stderr().is_terminal() { builder.try_init() } else { builder.json().try_init() };
}
