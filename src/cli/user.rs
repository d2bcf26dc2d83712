//! `rightsdesk user`.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use secrecy::SecretString;

use super::{Failure, Global, common, print};
use crate::access::Role;
use crate::acts::{NewUser, UserChange, UserView, user_add, user_change, users_list};
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
    /// Lists members of staff.
    #[command(after_help = "Example:\n  rightsdesk user list")]
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Keeps somebody out who left: their sessions and tokens end. What they did stays theirs.
    #[command(after_help = "Example:\n  rightsdesk user disable jo")]
    Disable {
        /// The user name.
        username: String,
    },
    /// Lets somebody in again who was kept out.
    #[command(after_help = "Example:\n  rightsdesk user enable jo")]
    Enable {
        /// The user name.
        username: String,
    },
    /// Gives somebody another role.
    #[command(after_help = "Example:\n  rightsdesk user role jo approver")]
    Role {
        /// The user name.
        username: String,
        /// caseworker, approver, auditor or admin.
        role: Role,
    },
    /// Gives somebody another password, read from a file or from standard input; their sessions end.
    #[command(after_help = "Example:\n  rightsdesk user password jo --password-file /run/secrets/jo")]
    Password {
        /// The user name.
        username: String,
        /// A file with the password in its first line.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &UserCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    let (username, change, done) = match command {
        UserCommand::Add { username, role, email, name, password_file } => {
            let new = NewUser {
                username: username.clone(),
                display_name: name.clone().unwrap_or_else(|| username.clone()),
                email: email.clone(),
                role: *role,
                password: password(password_file.as_ref())?,
            };
            user_add(&desk, &new, &Actor::Operator).map_err(common::wrong_use)?;
            return print::line(&format!("Added {username} as {role}."));
        }
        UserCommand::List { json } => return list(&users_list(&desk)?, *json),
        UserCommand::Disable { username } => (username, UserChange::Disable, "Disabled"),
        UserCommand::Enable { username } => (username, UserChange::Enable, "Enabled"),
        UserCommand::Role { username, role } => (username, UserChange::Role(*role), "Gave another role to"),
        UserCommand::Password { username, password_file } => {
            (username, UserChange::Password(password(password_file.as_ref())?), "Gave another password to")
        }
    };
    user_change(&desk, username, &change, &Actor::Operator).map_err(common::wrong_use)?;
    print::line(&format!("{done} {username}."))
}

fn list(users: &[UserView], json: bool) -> Result<(), Failure> {
    if json {
        return print::line(&serde_json::to_string(users)?);
    }
    for user in users {
        let state = user.disabled_at.map_or_else(String::new, |at| format!(", disabled since {at}"));
        print::line(&format!("{}  {} ({}) <{}>{state}", user.username, user.display_name, user.role, user.email))?;
    }
    Ok(())
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
