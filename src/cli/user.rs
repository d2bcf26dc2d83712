//! `rightsdesk user`.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use secrecy::SecretString;

use super::{Failure, Global, common, print};
use crate::access::Role;
use crate::acts::{ActError, NewUser, user_add};
use crate::audit::Actor;

/// Commands on members of staff.
#[derive(Debug, clap::Subcommand)]
pub enum UserCommand {
    /// Adds a member of staff. The password is read from a file or from standard input, never from the command line.
    #[command(after_help = "Example:\n  rightsdesk user add --username jo --role caseworker --email jo@example.org \
                            --password-file /run/secrets/jo")]
    Add {
        /// What they sign in with.
        #[arg(long)]
        username: String,
        /// caseworker, approver, auditor or admin.
        #[arg(long)]
        role: Role,
        /// Where reminders go.
        #[arg(long)]
        email: String,
        /// What colleagues see; the user name if left out.
        #[arg(long)]
        name: Option<String>,
        /// A file with the password in its first line.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &UserCommand) -> Result<(), Failure> {
    let UserCommand::Add { username, role, email, name, password_file } = command;
    let desk = common::desk(&common::configuration(global)?)?;
    let new = NewUser {
        username: username.clone(),
        display_name: name.clone().unwrap_or_else(|| username.clone()),
        email: email.clone(),
        role: *role,
        password: password(password_file.as_ref())?,
    };
    match user_add(&desk, &new, &Actor::Operator) {
        Ok(_) => print::line(&format!("Added {username} as {role}.")),
        Err(ActError::Invalid(faults)) => {
            let all: Vec<String> = faults.iter().map(|f| format!("{}: {}", f.field, f.problem)).collect();
            Err(Failure::Usage(all.join("; ")))
        }
        Err(error) => Err(error.into()),
    }
}

fn password(file: Option<&PathBuf>) -> Result<SecretString, Failure> {
    let mut line = String::new();
    match file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Failure::Usage(format!("--password-file cannot be read ({})", e.kind())))?;
            line.push_str(text.lines().next().unwrap_or_default());
        }
        None => {
            if std::io::stdin().is_terminal() {
                eprintln!("Type the password (it is shown as you type; --password-file avoids that):");
            }
            std::io::stdin().lock().read_line(&mut line)?;
        }
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned().into())
}
