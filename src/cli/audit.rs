//! `rightsdesk audit`.

use std::path::{Path, PathBuf};

use super::{Failure, Global, common, print};
use crate::acts::{AuditFilter, AuditReport, anchor_now, audit_export, audit_find, audit_inspect, case_of_reference};
use crate::audit::Actor;
use crate::base::{Moment, parse_date};
use crate::deadline::ends_at;
use crate::files::Anchors;

/// Commands on the audit trail.
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// Checks everything: the chain from its first entry, the anchors, how far the trail had come, and that the tables which
    /// figures come from say what the trail says. Names what is wrong.
    #[command(after_help = "Examples:\n  rightsdesk audit verify\n  \
        rightsdesk audit verify --anchors /mnt/auditors/anchors --anchors anchor-000000001234.txt\n\
        Exit code 1 if anything is wrong.")]
    Verify {
        /// Anchors that were kept elsewhere: a file, or a folder of .txt files. May be repeated.
        #[arg(long, value_name = "PATH")]
        anchors: Vec<PathBuf>,
        /// The answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Signs how far the trail has come, and prints it: keep it where the people who run the desk cannot change it.
    #[command(after_help = "Example:\n  rightsdesk audit anchor > /mnt/auditors/anchor.txt")]
    Anchor,
    /// Prints entries of the trail, oldest first.
    #[command(after_help = "Example:\n  rightsdesk audit list --case DR-2026-000123 --kind case_read")]
    List {
        #[command(flatten)]
        narrow: Narrow,
        /// After the entry with this number.
        #[arg(long, default_value_t = 0)]
        after: i64,
        /// At most this many.
        #[arg(long, default_value_t = 100)]
        limit: i64,
    },
    /// Copies the trail, or a part of it, as JSON Lines that can be checked without this program (docs/AUDIT.md).
    #[command(after_help = "Example:\n  rightsdesk audit export --out audit.jsonl")]
    Export {
        #[command(flatten)]
        narrow: Narrow,
        /// Where to write it; standard output if left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Prints the public key that anchors are signed with, as OpenSSL reads it.
    #[command(after_help = "Example:\n  rightsdesk audit key > audit-key.pem")]
    Key {
        /// In base64, as anchors name it and audit.former_keys wants it.
        #[arg(long)]
        base64: bool,
    },
}

/// What a search is narrowed to.
#[derive(Debug, clap::Args)]
pub struct Narrow {
    /// Of the case with this reference.
    #[arg(long, value_name = "REFERENCE")]
    case: Option<String>,
    /// By this actor: staff:IDENTIFIER, requester, operator or system.
    #[arg(long)]
    actor: Option<String>,
    /// Of this kind, as case_read.
    #[arg(long)]
    kind: Option<String>,
    /// From this address or network, as it is kept.
    #[arg(long)]
    origin: Option<String>,
    /// Not before this day or instant.
    #[arg(long, value_name = "DAY", value_parser = first_of)]
    from: Option<Moment>,
    /// Not after this day or instant.
    #[arg(long, value_name = "DAY", value_parser = last_of)]
    to: Option<Moment>,
}

fn first_of(text: &str) -> Result<Moment, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let day = parse_date(text)?;
    Ok(ends_at(day.pred_opt().unwrap_or(day)))
}

fn last_of(text: &str) -> Result<Moment, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    Ok(ends_at(parse_date(text)?).plus(chrono::TimeDelta::microseconds(-1)))
}

impl Narrow {
    fn filter(&self, desk: &crate::acts::Desk) -> Result<AuditFilter, Failure> {
        Ok(AuditFilter {
            case: self.case.as_deref().map(|reference| case_of_reference(desk, reference)).transpose()?,
            actor: self.actor.clone(),
            kind: self.kind.clone(),
            origin: self.origin.clone(),
            from: self.from,
            to: self.to,
        })
    }
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &AuditCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        AuditCommand::Verify { anchors, json } => {
            let mut others = Vec::new();
            for path in anchors {
                others.extend(read(path)?);
            }
            said(&audit_inspect(&desk, &others)?, *json)
        }
        AuditCommand::Anchor => match anchor_now(&desk)? {
            Some(anchor) => print::bytes(anchor.to_string().as_bytes()),
            None => Err(Failure::Failed(
                "there is nothing new to anchor: the last entry has an anchor, or the trail is empty".to_owned(),
            )),
        },
        AuditCommand::List { narrow, after, limit } => {
            for link in audit_find(&desk, &narrow.filter(&desk)?, *after, (*limit).clamp(1, 100_000))? {
                let entry = link.entry;
                let case = entry.case.as_deref().unwrap_or("-");
                let origin = entry.origin.as_deref().unwrap_or("-");
                print::line(&format!(
                    "{}\t{}\t{}\t{origin}\t{case}\t{}",
                    entry.seq, entry.at, entry.actor, entry.detail
                ))?;
            }
            Ok(())
        }
        AuditCommand::Export { narrow, out } => {
            let filter = narrow.filter(&desk)?;
            let (mut file, size, entries) = audit_export(&desk, &filter, &Actor::Operator)?;
            match out {
                None => print::copy(&mut file),
                Some(path) => {
                    print::to_file(&mut file, path)?;
                    print::line(&format!("Wrote {} ({size} bytes, {entries} entries).", path.display()))
                }
            }
        }
        AuditCommand::Key { base64: true } => print::line(&desk.audit_key.public().base64()),
        AuditCommand::Key { base64: false } => print::bytes(desk.audit_key.public().pem().as_bytes()),
    }
}

fn read(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    if !path.exists() {
        return Err(Failure::Usage(format!("--anchors: there is no {}", path.display())));
    }
    Anchors::read(path).map_err(|e| Failure::Failed(format!("{} cannot be read ({})", path.display(), e.kind())))
}

fn said(report: &AuditReport, json: bool) -> Result<(), Failure> {
    if json {
        print::line(&serde_json::to_string(report)?)?;
    } else {
        let AuditReport { entries, last_hash, anchors, anchored_to, facts, .. } = report;
        if report.intact {
            print::line(&format!("The audit trail is intact: {entries} entries, the last hash is {last_hash}."))?;
            let to = anchored_to.map_or_else(String::new, |seq| format!(" up to entry {seq}"));
            print::line(&format!("{anchors} anchors agree with it{to}; so do {facts} rows that figures come from."))?;
        }
        for problem in &report.problems {
            print::line(&format!("- {}", problem.problem))?;
        }
        if report.more_problems > 0 {
            print::line(&format!("- and {} more", report.more_problems))?;
        }
    }
    match report.problems.first() {
        None => Ok(()),
        Some(first) => Err(Failure::Failed(format!("the audit trail is not intact: {}", first.problem))),
    }
}
