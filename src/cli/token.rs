//! `rightsdesk token`.

use secrecy::ExposeSecret;

use super::{Failure, Global, common, print};
use crate::access::Role;
use crate::acts::{NewToken, token_issue, token_revoke, tokens_list};
use crate::audit::Actor;

/// Commands on tokens of the API.
#[derive(Debug, clap::Subcommand)]
pub enum TokenCommand {
    /// Issues a token for a program that works in the name of a member of staff. It is printed once and kept only as a hash.
    #[command(after_help = "Examples:\n  \
        rightsdesk token issue --user dashboard --name 'Power BI' --days 90\n  \
        rightsdesk token issue --user jo --name 'nightly export' --role auditor > /run/secrets/rightsdesk-token")]
    Issue {
        /// The user name; best one of its own for each program, so that the audit trail tells them apart.
        #[arg(long)]
        user: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// Narrows it to what this role may do too: auditor makes a caseworker's token read-only.
        #[arg(long)]
        role: Option<Role>,
        /// How many days it lasts, at most 366.
        #[arg(long, default_value_t = 90)]
        days: u32,
        /// As JSON, with its identifier and end.
        #[arg(long)]
        json: bool,
    },
    /// Lists all tokens, with their state and the last day each was used.
    #[command(after_help = "Example:\n  rightsdesk token list --json")]
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ends a token now.
    #[command(after_help = "Example:\n  rightsdesk token revoke 019ab4c0-...")]
    Revoke {
        /// Its identifier, as `token list` shows it.
        id: String,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &TokenCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        TokenCommand::Issue { user, name, role, days, json } => {
            let new = NewToken { username: user.clone(), name: name.clone(), role: *role, days: *days };
            let issued = token_issue(&desk, &new, &Actor::Operator).map_err(common::wrong_use)?;
            let token = issued.token.expose_secret();
            if *json {
                let id = &issued.id;
                return print::line(
                    &serde_json::json!({"id": id, "token": token, "expires_at": issued.expires_at}).to_string(),
                );
            }
            // Alone on standard output, so that it can go straight into a file.
            eprintln!("Issued {} until {}. This is the only time the token is shown.", issued.id, issued.expires_at);
            print::line(token)
        }
        TokenCommand::List { json } => {
            let tokens = tokens_list(&desk)?;
            if *json {
                return print::line(&serde_json::to_string(&tokens)?);
            }
            if tokens.is_empty() {
                return print::line("No token was issued.");
            }
            for token in tokens {
                let role = token.role.map_or_else(String::new, |role| format!(" as {role}"));
                let used = token.used_on.map_or_else(|| "never used".to_owned(), |on| format!("last used {on}"));
                print::line(&format!(
                    "{}  {}{role}: {} ({}, until {}, {used})",
                    token.id, token.username, token.name, token.state, token.expires_at
                ))?;
            }
            Ok(())
        }
        TokenCommand::Revoke { id } => {
            token_revoke(&desk, id, &Actor::Operator)?;
            print::line("Revoked.")
        }
    }
}
