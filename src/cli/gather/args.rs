//! The arguments of `rightsdesk gather`, and what they mean.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::base::parse_date;
use crate::bundle::Controller;
use crate::sources::SourceUrl;
use crate::subject::{Identifier, IdentifierKind, Subject};

/// Gathers every record held about one person and writes a bundle, without a desk.
///
/// The operator vouches that the person is who they say. Passwords are best left out of the address: a PostgreSQL
/// source also reads them from PGPASSWORD or the password file.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  rightsdesk gather --map website.yml --source website=postgres://reader@localhost/website \\\n    --email ann.smith@example.org --name 'Ann Smith' --out bundle.zip\n\nExit codes: 0 done; 1 failed, or written with a source that failed; 2 wrong use."
)]
pub struct Args {
    /// Data map files (a Fides dataset file works as it is); they are read as one map.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub map: Vec<PathBuf>,
    /// Sources by the dataset's name: NAME=sqlite://path, NAME=postgres://account@host/database
    /// or NAME=mariadb://account@host/database.
    #[arg(long, value_name = "NAME=URL", required = true, num_args = 1..)]
    pub source: Vec<String>,
    /// The person's verified e-mail addresses.
    #[arg(long, value_name = "EMAIL", required_unless_present = "phone")]
    pub email: Vec<String>,
    /// The person's verified telephone numbers.
    #[arg(long, value_name = "PHONE")]
    pub phone: Vec<String>,
    /// The person's names, the present one first.
    #[arg(long, value_name = "NAME")]
    pub name: Vec<String>,
    /// The person's date of birth, as 1980-05-17.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub date_of_birth: Option<NaiveDate>,
    /// The person's postcodes.
    #[arg(long, value_name = "POSTCODE")]
    pub postcode: Vec<String>,
    /// Where to write the bundle; what is there is replaced once the new one is whole.
    #[arg(long, value_name = "FILE.zip")]
    pub out: PathBuf,
    /// Disclose records that only might be the person's; otherwise the manifest counts them.
    #[arg(long)]
    pub include_possible: bool,
    /// Disclose records that the data map wants a person to look at first. Never frees a record of somebody else.
    #[arg(long)]
    pub include_review: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
    /// Seconds that one search of one source may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,
    /// Most rows of one source; a search that finds more is reported as failed.
    #[arg(long, value_name = "ROWS", default_value_t = 2_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub row_limit: u64,
    /// The request's reference, for the bundle's front.
    #[arg(long, value_name = "TEXT")]
    pub reference: Option<String>,
    /// The controller's name, for the bundle's front.
    #[arg(long, value_name = "NAME", default_value = "The controller named in the covering letter")]
    pub controller: String,
    /// The service's name, for the bundle's front.
    #[arg(long, value_name = "NAME", default_value = "Information Governance")]
    pub service: String,
    /// Where to write about data protection.
    #[arg(long, value_name = "EMAIL", default_value = "")]
    pub contact: String,
    /// The controller's postal address, one line each.
    #[arg(long, value_name = "LINE")]
    pub address: Vec<String>,
}

impl Args {
    /// The person to search for.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn subject(&self) -> Result<Subject, String> {
        if let Some(at) = self.email.iter().position(|email| !email.trim().contains('@') || email.trim().len() < 3) {
            return Err(format!("--email number {} is not an e-mail address; write it as name@example.org", at + 1));
        }
        if let Some(at) = self.phone.iter().position(|phone| phone.chars().filter(char::is_ascii_digit).count() < 6) {
            return Err(format!("--phone number {} has fewer than six digits; write the whole number", at + 1));
        }
        let kinds = [
            (IdentifierKind::Email, &self.email),
            (IdentifierKind::Phone, &self.phone),
            (IdentifierKind::Postcode, &self.postcode),
        ];
        let former = self.name.iter().skip(1).map(|name| (IdentifierKind::Name, name));
        let identifiers = kinds
            .into_iter()
            .flat_map(|(kind, values)| values.iter().map(move |value| (kind, value)))
            .chain(former)
            .map(|(kind, value)| Identifier { kind, value: value.trim().to_owned() })
            .collect();
        Ok(Subject {
            name: self.name.first().map(|name| name.trim().to_owned()).unwrap_or_default(),
            date_of_birth: self.date_of_birth,
            identifiers,
            claimed: Vec::new(),
        })
    }

    /// Refuses to write the bundle over what it is made from.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn out_is_free(&self) -> Result<(), String> {
        let Ok(out) = self.out.canonicalize() else { return Ok(()) };
        let databases =
            self.source.iter().filter_map(|text| text.split_once("sqlite://")).map(|(_, path)| Path::new(path));
        let same = databases
            .chain(self.map.iter().map(PathBuf::as_path))
            .any(|path| path.canonicalize().is_ok_and(|path| path == out));
        if same { Err("--out is a source or a data map: name another file for the bundle".to_owned()) } else { Ok(()) }
    }

    /// The named sources.
    ///
    /// # Errors
    /// The sentence to show; never with an address, which may hold a password.
    pub fn sources(&self) -> Result<Vec<(String, SourceUrl)>, String> {
        self.source
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let (name, url) = text
                    .split_once('=')
                    .filter(|(name, _)| !name.trim().is_empty() && !name.contains("://"))
                    .ok_or_else(|| format!("--source number {} has no name; write it as NAME=URL", at + 1))?;
                let url = url.parse().map_err(|error| format!("--source {name}: {error}"))?;
                Ok((name.to_owned(), url))
            })
            .collect()
    }

    /// The controller for the bundle's front.
    #[must_use]
    pub fn controller(&self) -> Controller {
        Controller {
            name: self.controller.clone(),
            service: self.service.clone(),
            registration: String::new(),
            address: self.address.clone(),
            email: self.contact.clone(),
            dpo_email: self.contact.clone(),
            regulator: "Information Commissioner".into(),
            regulator_complaints_url: "https://ico.org.uk/make-a-complaint/".into(),
        }
    }
}
