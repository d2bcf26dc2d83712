//! `manifest.json`: what is in the bundle, and what was searched, how, and with what result. It names every entry but
//! itself and its signature, which stands after it.

use serde::Serialize;

use super::archive::Proof;
use super::grouped::groups;
use super::model::{Cover, RecordSource, SearchedFor, Status, Withheld};

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its name in the archive.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 of its contents.
    pub sha256: String,
    /// Bytes of its contents.
    pub size: u64,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    reference: &'a str,
    generated_at: String,
    software: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_by: Option<SignedBy<'a>>,
    files: &'a [FileEntry],
    sources: Vec<Source<'a>>,
}

/// The key whose signature of these bytes is the entry `manifest.json.sig`.
#[derive(Serialize)]
struct SignedBy<'a> {
    algorithm: &'static str,
    public_key: String,
    published_at: &'a str,
}

/// The counts are of collections, `withheld` and `disclosed` of records.
#[derive(Serialize)]
struct Source<'a> {
    source: &'a str,
    dataset: &'a str,
    status: Status,
    searched: usize,
    found: usize,
    nothing_held: usize,
    failed: usize,
    not_reached: usize,
    disclosed: u64,
    withheld: u64,
    collections: Vec<Collection<'a>>,
}

#[derive(Serialize)]
struct Collection<'a> {
    collection: &'a str,
    label: &'a str,
    status: Status,
    /// Searched to the end.
    searched: bool,
    /// Records found, disclosed or not.
    found: u64,
    nothing_held: bool,
    failed: bool,
    disclosed: u64,
    withheld: &'a [Withheld],
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    searched_for: &'a [SearchedFor],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    never_disclosed: &'a [String],
}

/// The manifest of a bundle with these files.
pub(super) fn render(
    cover: &Cover,
    records: &dyn RecordSource,
    files: &[FileEntry],
    proof: Option<&Proof<'_>>,
) -> Result<Vec<u8>, serde_json::Error> {
    let sources = groups(records)
        .iter()
        .map(|group| Source {
            source: group.source,
            dataset: group.dataset,
            status: group.status(),
            searched: group.count(Status::Found) + group.count(Status::NothingHeld),
            found: group.count(Status::Found),
            nothing_held: group.count(Status::NothingHeld),
            failed: group.count(Status::Failed),
            not_reached: group.count(Status::NotReached),
            disclosed: group.collections.iter().map(|(_, report)| report.disclosed).sum(),
            withheld: group.collections.iter().flat_map(|(_, r)| &r.withheld).map(|w| w.count).sum(),
            collections: group
                .collections
                .iter()
                .map(|(_, report)| Collection {
                    collection: &report.collection,
                    label: &report.label,
                    status: report.status,
                    searched: matches!(report.status, Status::Found | Status::NothingHeld),
                    found: report.found,
                    nothing_held: report.status == Status::NothingHeld,
                    failed: report.status == Status::Failed,
                    disclosed: report.disclosed,
                    withheld: &report.withheld,
                    problem: report.problem.as_deref(),
                    searched_for: &report.searched_for,
                    never_disclosed: &report.never_disclosed,
                })
                .collect(),
        })
        .collect();
    let manifest = Manifest {
        format: "rightsdesk-manifest/1",
        reference: &cover.reference,
        generated_at: cover.generated_at.to_string(),
        software: &cover.software,
        signed_by: proof.map(|proof| SignedBy {
            algorithm: "Ed25519",
            public_key: proof.key.public().base64(),
            published_at: proof.published_at,
        }),
        files,
        sources,
    };
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    Ok(text)
}
