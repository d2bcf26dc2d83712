//! The service as a source: a table whose columns are the identifiers that it can be asked by, and `content`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use ureq::Agent;

use crate::datamap::{Everything, LiveColumn, LiveKind, LiveSchema, LiveTable};
use crate::sources::documents::{Record, give};
use crate::sources::error::SourceError;
use crate::sources::query::{Account, Limits, Needle, RowQuery, Search, Shape, Source, SourceRow};
use crate::sources::url::SourceUrl;

use super::address::Address;
use super::answer::records;
use super::ask::{self, Answer};

/// A web service.
pub(in crate::sources) struct HttpSource {
    url: SourceUrl,
    limits: Limits,
    joined: Option<(Address, Agent)>,
    /// It has said that it does not hold people of this kind.
    other_kind: bool,
}

impl HttpSource {
    pub(in crate::sources) fn new(url: SourceUrl, limits: Limits) -> Self {
        Self { url, limits, joined: None, other_kind: false }
    }

    fn joined(&mut self) -> Result<(&Address, &Agent), SourceError> {
        if self.joined.is_none() {
            // It was read once when the address was taken.
            let address = Address::read(self.url.expose()).map_err(|_| SourceError::NoService)?;
            let agent = ask::agent(&address, self.limits)?;
            self.joined = Some((address, agent));
        }
        self.joined.as_ref().map(|(address, agent)| (address, agent)).ok_or(SourceError::NoService)
    }

    fn table(&mut self, name: &str) -> Result<LiveTable, SourceError> {
        let (address, _) = self.joined()?;
        let column = |name: &String| LiveColumn { name: name.clone(), type_name: "query".into(), kind: LiveKind::Text };
        let mut columns: Vec<LiveColumn> = address.asks.iter().map(column).collect();
        columns.push(LiveColumn { name: "content".into(), type_name: "JSON".into(), kind: LiveKind::Json });
        Ok(LiveTable {
            schema: None,
            name: name.to_owned(),
            visible: true,
            readable: true,
            columns,
            primary_key: vec![],
        })
    }
}

/// What to ask: names of the query and values.
fn questions<'q>(search: Search<'q>) -> Result<BTreeSet<(&'q str, &'q str)>, SourceError> {
    let cannot = |what: &str| {
        Err(SourceError::Malformed(format!(
            "a service cannot be {what}: let a reference of the data map lead to it, or an e-mail address"
        )))
    };
    match search {
        // Nothing is known to ask for, so nothing is shown of what it holds.
        Search::First(_) => Ok(BTreeSet::new()),
        Search::All => cannot("read through"),
        Search::Keys { column, values } => Ok(values.iter().map(|value| (column.name.as_str(), *value)).collect()),
        Search::Any(needles) => {
            let whole = |needle: &Needle<'_>| match needle.shape {
                Shape::Whole | Shape::Lowered => true,
                // An address of ASCII letters is whole; of any other there is only a part.
                Shape::Together => needle.text.contains('@') && !needle.text.starts_with('@'),
                Shape::InOrder | Shape::Start => false,
            };
            if needles.iter().all(whole) {
                Ok(needles.iter().map(|needle| (needle.column.name.as_str(), needle.text)).collect())
            } else {
                cannot("asked for a part of a number or name")
            }
        }
    }
}

impl Source for HttpSource {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        let tables = names.iter().map(|name| self.table(name)).collect::<Result<Vec<_>, _>>()?;
        Ok(LiveSchema { tables, case_sensitive: true, columns_case_sensitive: true })
    }

    fn everything(&mut self, names: &[&str]) -> Result<Everything, SourceError> {
        let names = if names.is_empty() { &["content"][..] } else { names };
        Ok(Everything { schema: self.schema(names)?, references: Vec::new() })
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        self.joined()?;
        let notice = "what its token could do besides asking is not known to us; give a token that can only read";
        Ok(Account { notices: vec![notice.to_owned()], ..Account::default() })
    }

    fn told(&self) -> Option<String> {
        let words = "the service said that it does not hold people of this kind (209)";
        self.other_kind.then(|| words.to_owned())
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        let limits = self.limits;
        let questions = questions(query.search)?;
        let (address, agent) = self.joined()?;
        let mut line = Vec::new();
        let mut other_kind = false;
        for (name, value) in questions {
            match ask::ask(agent, address, limits, name, value)? {
                Answer::Nothing => {}
                Answer::OtherKind => other_kind = true,
                Answer::Body(body) => {
                    let mut take = |record: &Record<'_>| give(query, record, &mut line, each);
                    if records(&body, name, value, &mut take)? {
                        return Ok(());
                    }
                }
            }
        }
        self.other_kind |= other_kind;
        Ok(())
    }
}
