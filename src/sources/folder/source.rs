//! The folder as a source.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::datamap::{Everything, LiveKind, LiveSchema, LiveTable};
use crate::sources::documents::{Record, Seeker, Shape, give};
use crate::sources::error::SourceError;
use crate::sources::query::{Account, Limits, RowQuery, Source, SourceRow};
use crate::sources::url::SourceUrl;

use super::find::{self, File};
use super::read::{Faults, Take, read};

/// A folder of files.
pub(in crate::sources) struct FolderSource {
    url: SourceUrl,
    limits: Limits,
    /// The files of each collection as they were when the schema was read.
    found: BTreeMap<String, Vec<File>>,
}

impl FolderSource {
    pub(in crate::sources) fn new(url: SourceUrl, limits: Limits) -> Self {
        Self { url, limits, found: BTreeMap::new() }
    }

    fn root(&self) -> Result<PathBuf, SourceError> {
        find::root(self.url.expose())
    }

    /// The table that the files make together; none if there is no file.
    fn table(&mut self, name: &str, files: Vec<File>) -> Result<Option<LiveTable>, SourceError> {
        if files.is_empty() {
            return Ok(None);
        }
        let mut learn = Learn { shape: Shape::default(), by_header: false };
        // What is wrong with a file is told by a search of it.
        let mut faults = Faults::default();
        for file in &files {
            learn.by_header = false;
            read(file, self.limits.search, &mut faults, &mut learn)?;
        }
        self.found.insert(name.to_owned(), files);
        Ok(Some(learn.shape.table(name)))
    }
}

struct Learn {
    shape: Shape,
    /// The file says its columns in a header, and needs no reading through.
    by_header: bool,
}

impl Take for Learn {
    fn header(&mut self, names: &[String]) {
        self.by_header = true;
        names.iter().for_each(|name| self.shape.name(name, LiveKind::Text));
    }

    fn record(&mut self, record: &Record<'_>) -> ControlFlow<()> {
        if self.by_header {
            return ControlFlow::Break(());
        }
        self.shape.learn(record);
        ControlFlow::Continue(())
    }
}

struct Search<'s, 'q> {
    query: &'s RowQuery<'q>,
    seeker: Seeker<'q>,
    line: Vec<u8>,
    each: &'s mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
}

impl Take for Search<'_, '_> {
    fn header(&mut self, _: &[String]) {}

    fn record(&mut self, record: &Record<'_>) -> ControlFlow<()> {
        if self.seeker.is_full() {
            return ControlFlow::Break(());
        }
        if !self.seeker.wants(record) {
            return ControlFlow::Continue(());
        }
        give(self.query, record, &mut self.line, self.each)
    }
}

impl Source for FolderSource {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        let root = self.root()?;
        let mut tables = Vec::new();
        for name in names {
            let files = find::files(&root, name)?;
            tables.extend(self.table(name, files)?);
        }
        Ok(LiveSchema { tables, case_sensitive: true, columns_case_sensitive: true })
    }

    fn everything(&mut self, names: &[&str]) -> Result<Everything, SourceError> {
        let root = self.root()?;
        let mut schema = self.schema(names)?;
        let known: Vec<PathBuf> = self.found.values().flatten().map(|file| file.path.clone()).collect();
        for file in find::all(&root)?.into_iter().filter(|file| !known.contains(&file.path)) {
            let name = file.name.clone();
            schema.tables.extend(self.table(&name, vec![file])?);
        }
        Ok(Everything { schema, references: Vec::new() })
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        let root = self.root()?;
        let writable =
            find::all(&root)?.iter().any(|file| std::fs::OpenOptions::new().append(true).open(&file.path).is_ok());
        let notice = "files of the folder may be written by the user that this program runs as; they are opened for reading \
                      only. To be sure, take the right to write away from that user";
        Ok(Account { notices: writable.then(|| notice.to_owned()).into_iter().collect(), ..Account::default() })
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        let files = match self.found.get(&query.table.name) {
            Some(files) => files.clone(),
            None => find::files(&self.root()?, &query.table.name)?,
        };
        if files.is_empty() {
            return Err(SourceError::NoFolder);
        }
        let mut search = Search { query, seeker: Seeker::of(query.search), line: Vec::new(), each };
        let mut faults = Faults::default();
        for file in &files {
            if read(file, self.limits.search, &mut faults, &mut search)? {
                return Ok(());
            }
        }
        faults.end()
    }
}
