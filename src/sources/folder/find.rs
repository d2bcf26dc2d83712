//! The files that a collection's name means.

use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use crate::sources::error::SourceError;

/// Files of one folder at most.
const MOST: usize = 10_000;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Json,
    Lines,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Lines),
            _ => None,
        }
    }
}

/// A file as it was when it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// Its path within the folder, to name it in a fault.
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) stamp: Stamp,
}

/// What tells that a file was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
}

impl File {
    /// The file as it is now.
    pub(super) fn is_as_found(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|now| stamp(&now) == self.stamp)
    }
}

fn stamp(metadata: &std::fs::Metadata) -> Stamp {
    Stamp { size: metadata.len(), changed: metadata.modified().ok() }
}

/// The folder, with every link in its path resolved.
pub(super) fn root(path: &str) -> Result<PathBuf, SourceError> {
    let root = Path::new(path).canonicalize().map_err(|_| SourceError::NoFolder)?;
    if root.is_dir() { Ok(root) } else { Err(SourceError::NoFolder) }
}

/// The files that `name` means: a file, its name without the ending, or a pattern with `*` and `?` in its last part. In the
/// order of their names; none if there is no such file, or if the name could mean several.
pub(super) fn files(root: &Path, name: &str) -> Result<Vec<File>, SourceError> {
    let relative = Path::new(name);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(Vec::new());
    }
    let folder = root.join(relative.parent().unwrap_or(Path::new("")));
    let last = relative.file_name().and_then(|last| last.to_str()).unwrap_or_default();
    if last.contains(['*', '?']) {
        let mut found = Vec::new();
        for entry in listed(&folder)? {
            if matches(last, &entry) {
                found.extend(file(root, &folder.join(&entry))?);
            }
        }
        return Ok(found);
    }
    if let Some(found) = file(root, &root.join(relative))? {
        return Ok(vec![found]);
    }
    let mut found = Vec::new();
    for entry in listed(&folder)? {
        if Path::new(&entry).file_stem().and_then(|stem| stem.to_str()) == Some(last) {
            found.extend(file(root, &folder.join(&entry))?);
        }
    }
    Ok(if found.len() == 1 { found } else { Vec::new() })
}

/// Every file of the folder itself that can be read.
pub(super) fn all(root: &Path) -> Result<Vec<File>, SourceError> {
    let mut found = Vec::new();
    for entry in listed(root)? {
        found.extend(file(root, &root.join(&entry))?);
    }
    Ok(found)
}

fn listed(folder: &Path) -> Result<Vec<String>, SourceError> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|_| SourceError::NoFolder)?;
        // A name that is no text cannot stand in a data map.
        names.extend(entry.file_name().into_string());
        if names.len() > MOST {
            return Err(SourceError::Malformed(format!("the folder has more than {MOST} files; divide it")));
        }
    }
    names.sort();
    Ok(names)
}

/// The file at `path` if it is one that can be read.
fn file(root: &Path, path: &Path) -> Result<Option<File>, SourceError> {
    let Some(format) = Format::of(path) else { return Ok(None) };
    let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
    let Ok(real) = path.canonicalize() else {
        return if path.symlink_metadata().is_ok() {
            Err(SourceError::Malformed(format!("{name} is a link that leads nowhere; take it away")))
        } else {
            Ok(None)
        };
    };
    if !real.starts_with(root) {
        return Err(SourceError::Malformed(format!(
            "{name} is a link that leads out of the folder; put the file itself there"
        )));
    }
    let Ok(metadata) = real.metadata() else { return Ok(None) };
    Ok(metadata.is_file().then(|| File { path: real, name, format, stamp: stamp(&metadata) }))
}

/// Whether a name is of the pattern: `*` is any letters, `?` is one.
fn matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // Which beginnings of the pattern the letters so far can be.
    let mut can = vec![false; pattern.len() + 1];
    if let Some(first) = can.first_mut() {
        *first = true;
    }
    let skip_stars = |can: &mut Vec<bool>| {
        for (at, letter) in pattern.iter().enumerate() {
            if *letter == '*'
                && can.get(at) == Some(&true)
                && let Some(next) = can.get_mut(at + 1)
            {
                *next = true;
            }
        }
    };
    skip_stars(&mut can);
    for letter in name.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (at, of) in pattern.iter().enumerate() {
            if can.get(at) != Some(&true) {
                continue;
            }
            let to = match of {
                '*' => at,
                of if *of == '?' || *of == letter => at + 1,
                _ => continue,
            };
            if let Some(slot) = next.get_mut(to) {
                *slot = true;
            }
        }
        can = next;
        skip_stars(&mut can);
    }
    can.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_pattern_is_of_stars_and_question_marks() {
        let table = [
            ("*.csv", "a.csv", true),
            ("*.csv", ".csv", true),
            ("*.csv", "a.csvx", false),
            ("b-????.json", "b-2025.json", true),
            ("b-????.json", "b-25.json", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("**", "", true),
        ];
        for (pattern, name, expected) in table {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
