//! Reading, searching, checking and exporting the audit trail.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};

use serde::Serialize;

use crate::audit::{Actor, Anchor, AnchorError, Broken, CLAIMED_TABLES, Claim, Event, Link, claim};
use crate::base::words;
use crate::case::CaseId;
use crate::store::{
    self, AuditFilter, Conn, StoreError, anchors_page, audit_append, audit_chain, audit_search, audit_verify,
    audit_walk, claimed_count, claimed_rows,
};

use super::desk::Desk;
use super::error::ActError;

/// Problems that are named one by one; the rest is counted.
const MOST_PROBLEMS: usize = 100;
/// Entries or anchors read at once.
const PAGE: i64 = 1_000;

/// The trail after entry `after`, oldest first; of one case if asked.
///
/// # Errors
/// [`ActError`] of the store.
pub fn audit_list(desk: &Desk, case: Option<CaseId>, after: i64, limit: i64) -> Result<Vec<Link>, ActError> {
    audit_find(desk, &AuditFilter { case, ..AuditFilter::default() }, after, limit)
}

/// The same, narrowed by `filter`.
///
/// # Errors
/// [`ActError`] of the store.
pub fn audit_find(desk: &Desk, filter: &AuditFilter, after: i64, limit: i64) -> Result<Vec<Link>, ActError> {
    desk.store.read(|conn| Ok(audit_search(conn, filter, after, limit)?))
}

/// The references of these cases by their identifiers, as entries name them.
///
/// # Errors
/// [`ActError`] of the store.
pub fn case_references(desk: &Desk, mut ids: Vec<String>) -> Result<HashMap<String, String>, ActError> {
    ids.sort();
    ids.dedup();
    desk.store.read(|conn| Ok(store::case_references(conn, ids)?.into_iter().collect()))
}

/// Walks the whole chain. Gives the number of entries and the last hash, or the first broken link.
///
/// # Errors
/// [`ActError`] of the store.
pub fn audit_check(desk: &Desk) -> Result<Result<(i64, String), Broken>, ActError> {
    desk.store.read(|conn| Ok(audit_verify(conn)?))
}

words! {
    /// What kind of problem.
    AuditProblemKind, "the problem" {
        /// An entry was changed, removed, inserted or moved.
        Chain = "chain",
        /// The trail ends before an entry that is known to have been there.
        CutOff = "cut_off",
        /// An entry is not the one that is known to have been there.
        Rewritten = "rewritten",
        /// A file is no anchor, or its signature is wrong.
        Anchor = "anchor",
        /// An anchor is signed by a key that is not the desk's.
        Key = "key",
        /// A table does not say what the trail says it says.
        Facts = "facts",
    }
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AuditProblem {
    /// Of which kind.
    pub kind: AuditProblemKind,
    /// In words, naming the entry, file or row.
    pub problem: String,
}

/// What a check of the trail found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AuditReport {
    /// True if nothing is wrong.
    pub intact: bool,
    /// Entries that hold.
    pub entries: i64,
    /// The hash of the last of them.
    pub last_hash: String,
    /// Anchors that were compared.
    pub anchors: u64,
    /// The newest entry that an anchor speaks of.
    pub anchored_to: Option<i64>,
    /// Rows of other tables that the trail claims and that were compared.
    pub facts: u64,
    /// What is wrong; the first hundred.
    pub problems: Vec<AuditProblem>,
    /// How many more there are.
    pub more_problems: u64,
}

/// What somebody outside of the database knows of the trail.
struct Known {
    seq: i64,
    hash: String,
    /// As `the anchor anchor-000000000007.txt of 2026-11-23T...`.
    source: String,
}

#[derive(Default)]
struct Problems {
    named: Vec<AuditProblem>,
    more: u64,
}

impl Problems {
    fn add(&mut self, kind: AuditProblemKind, problem: impl Into<String>) {
        if self.named.len() < MOST_PROBLEMS {
            self.named.push(AuditProblem { kind, problem: problem.into() });
        } else {
            self.more += 1;
        }
    }
}

/// Checks everything that can be checked: the chain from its first entry; the anchors that the desk keeps, in its table and
/// in its folder, and those of `others` (names and texts of files that were kept elsewhere); the mark of how far the trail
/// had come; and that the tables which figures come from say what the trail says.
///
/// # Errors
/// [`ActError`] of the store. What is wrong with the trail is no error but a finding.
pub fn audit_inspect(desk: &Desk, others: &[(String, String)]) -> Result<AuditReport, ActError> {
    let mut problems = Problems::default();
    let folder = crate::files::Anchors::read(desk.anchors.path())
        .map_err(|e| ActError::Broken(format!("the folder of anchors cannot be read ({})", e.kind())))?;
    desk.store.read(|conn| {
        let chain = audit_chain(conn)?;
        let mut known = Vec::new();
        let mut anchors = 0;
        let mut kept = kept_anchors(conn)?;
        kept.extend(folder);
        kept.extend(others.iter().cloned());
        for (name, text) in kept {
            anchors += 1;
            known.extend(known_by(desk, chain.as_deref(), &name, &text, &mut problems));
        }
        let anchored_to = known.iter().map(|known| known.seq).max();
        known.extend(desk.store.marked().map(|(seq, hash)| Known {
            seq,
            hash,
            source: "the note of how far the trail had come, in the data folder,".to_owned(),
        }));
        known.sort_by_key(|known| known.seq);
        let mut claimed = Claimed::default();
        let mut waiting = known.iter().peekable();
        let walked = audit_walk(conn, |(conn, links)| {
            for link in links {
                while let Some(known) = waiting.next_if(|known| known.seq <= link.entry.seq) {
                    compare(known, link, &mut problems);
                }
            }
            claimed.compare(conn, links, &mut problems)
        })?;
        let (entries, last_hash) = match walked {
            Ok((entries, hash)) => {
                for known in waiting {
                    problems.add(AuditProblemKind::CutOff, cut_off(known, entries));
                }
                claimed.count(conn, &mut problems)?;
                (entries, hash)
            }
            Err(broken) => {
                problems.add(AuditProblemKind::Chain, broken.to_string());
                (claimed.entries, claimed.last_hash.clone())
            }
        };
        let intact = problems.named.is_empty();
        let Problems { named, more } = problems;
        let facts = claimed.facts;
        Ok(AuditReport {
            intact,
            entries,
            last_hash,
            anchors,
            anchored_to,
            facts,
            problems: named,
            more_problems: more,
        })
    })
}

/// The anchors of the desk's own table.
fn kept_anchors(conn: &mut Conn) -> Result<Vec<(String, String)>, StoreError> {
    let mut kept = Vec::new();
    let mut after = 0;
    loop {
        let page = anchors_page(conn, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(kept) };
        after = last.seq;
        kept.extend(
            page.iter().map(|anchor| (format!("{} (in the database)", anchor.file_name()), anchor.to_string())),
        );
    }
}

/// What an anchor says, if it can be believed.
fn known_by(desk: &Desk, chain: Option<&str>, name: &str, text: &str, problems: &mut Problems) -> Option<Known> {
    let anchor = match Anchor::read(text) {
        Ok(anchor) => anchor,
        Err(error @ (AnchorError::Unreadable | AnchorError::Signature)) => {
            problems.add(AuditProblemKind::Anchor, format!("the anchor {name}: {error}"));
            return None;
        }
    };
    let ours = anchor.key == desk.audit_key.public().base64() || desk.settings.audit.former_keys.contains(&anchor.key);
    if !ours {
        let key = &anchor.key;
        problems.add(
            AuditProblemKind::Key,
            format!(
                "the anchor {name} is signed by the key {key}, which is neither the desk's nor in audit.former_keys"
            ),
        );
    }
    if chain.is_some_and(|chain| chain != anchor.chain) {
        problems.add(
            AuditProblemKind::Rewritten,
            format!("the anchor {name} speaks of a trail that begins with another entry: it is another desk's, or all of the trail was written anew"),
        );
        return None;
    }
    let source = format!("the anchor {name} of {}", anchor.at);
    Some(Known { seq: anchor.seq, hash: anchor.hash, source })
}

fn compare(known: &Known, link: &Link, problems: &mut Problems) {
    if known.seq == link.entry.seq && known.hash != link.hash {
        problems.add(
            AuditProblemKind::Rewritten,
            format!(
                "audit entry {} has another hash than {} says: the trail was written anew up to there, or an older copy of the \
                 database was put back and went on",
                known.seq, known.source
            ),
        );
    }
}

fn cut_off(known: &Known, entries: i64) -> String {
    format!(
        "the audit trail ends at entry {entries}, but {} says that entry {} was there: its end was cut off, or an older copy of \
         the database was put back",
        known.source, known.seq
    )
}

/// The rows that the trail claims, compared as it is walked.
#[derive(Default)]
struct Claimed {
    counts: BTreeMap<&'static str, i64>,
    facts: u64,
    entries: i64,
    last_hash: String,
}

impl Claimed {
    fn compare(&mut self, conn: &mut Conn, links: &[Link], problems: &mut Problems) -> Result<(), StoreError> {
        if let Some(last) = links.last() {
            (self.entries, self.last_hash) = (last.entry.seq, last.hash.clone());
        }
        let mut by_table: BTreeMap<&'static str, Vec<(i64, Claim)>> = BTreeMap::new();
        for link in links {
            if let Some(claim) = claim(&link.entry) {
                by_table.entry(claim.table).or_default().push((link.entry.seq, claim));
            }
        }
        for (table, claims) in by_table {
            *self.counts.entry(table).or_default() += crate::base::i64_from(claims.len());
            self.facts += crate::base::u64_from(claims.len());
            let cases: BTreeSet<&String> = claims.iter().map(|(_, claim)| &claim.case).collect();
            let cases: Vec<String> = cases.into_iter().cloned().collect();
            let mut rows: HashMap<(String, String), Vec<Option<String>>> = HashMap::new();
            for row in claimed_rows(conn, table, &cases)? {
                rows.entry((row.case, row.says)).or_default().push(row.id);
            }
            for (seq, claim) in claims {
                let found = rows.get_mut(&(claim.case, claim.says.clone()));
                let at = found.as_ref().and_then(|ids| ids.iter().position(|id| claim.id.is_none() || *id == claim.id));
                if let (Some(ids), Some(at)) = (found, at) {
                    ids.swap_remove(at);
                } else {
                    let says = claim.says;
                    problems.add(
                        AuditProblemKind::Facts,
                        format!("the table {table} does not say what audit entry {seq} says was written into it ({says}): the row was changed or removed"),
                    );
                }
            }
        }
        Ok(())
    }

    /// Whether the tables hold rows that no entry speaks of.
    fn count(&self, conn: &mut Conn, problems: &mut Problems) -> Result<(), StoreError> {
        for table in CLAIMED_TABLES {
            let claimed = self.counts.get(table).copied().unwrap_or(0);
            let rows = claimed_count(conn, table)?;
            if rows > claimed {
                problems.add(
                    AuditProblemKind::Facts,
                    format!("the table {table} has {rows} rows, of which the audit trail speaks of {claimed}: rows were put in behind the program"),
                );
            }
        }
        Ok(())
    }
}

/// An exported entry: what is hashed, and its parts for whoever reads.
#[derive(Serialize)]
struct Exported<'l> {
    seq: i64,
    at: String,
    actor: &'l str,
    origin: Option<&'l str>,
    case: Option<&'l str>,
    kind: &'l str,
    detail: &'l str,
    form: i64,
    previous_hash: &'l str,
    hash: &'l str,
    canonical: String,
}

/// Exports the trail as JSON Lines into a file without a name: each entry with the exact bytes that are hashed. Gives the
/// file from its beginning, its size, and how many entries it has. That it was taken is written down afterwards.
///
/// # Errors
/// [`ActError`] of the store, or if there is no room.
pub fn audit_export(desk: &Desk, filter: &AuditFilter, actor: &Actor) -> Result<(File, u64, u64), ActError> {
    let failed = |e: std::io::Error| ActError::Broken(format!("the export could not be written: {}", e.kind()));
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut out = BufWriter::with_capacity(1 << 16, file.try_clone().map_err(failed)?);
    let entries = desk.store.read(|conn| -> Result<u64, ActError> {
        let (mut after, mut entries) = (0, 0);
        loop {
            let page = audit_search(conn, filter, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.entry.seq;
            for Link { entry, previous, hash } in &page {
                let exported = Exported {
                    seq: entry.seq,
                    at: entry.at.to_string(),
                    actor: &entry.actor,
                    origin: entry.origin.as_deref(),
                    case: entry.case.as_deref(),
                    kind: &entry.kind,
                    detail: &entry.detail,
                    form: entry.form.number(),
                    previous_hash: previous,
                    hash,
                    canonical: entry.canonical(previous),
                };
                serde_json::to_writer(&mut out, &exported).map_err(|e| failed(e.into()))?;
                out.write_all(b"\n").map_err(failed)?;
                entries += 1;
            }
        }
        out.flush().map_err(failed)?;
        Ok(entries)
    })?;
    let size = file.seek(SeekFrom::End(0)).map_err(failed)?;
    file.rewind().map_err(failed)?;
    let event = Event::TrailExported { entries };
    desk.store.write(|conn| -> Result<(), ActError> { Ok(audit_append(conn, desk.now(), actor, None, &event)?) })?;
    Ok((file, size, entries))
}
