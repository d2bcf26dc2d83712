//! The checklist before sign-off and release: what must be done, what stands open, and how much of it.

use serde::Serialize;

use crate::audit::Event;
use crate::base::{i64_from, u64_from, words};
use crate::case::CaseId;
use crate::files::spool::{Standing, Suggestions};
use crate::review::{Claim, claim_faults};
use crate::store::{audit_page, comments_of, gather_latest, reviewers, standing_rules_list};

use super::answering::each_open;
use super::desk::Desk;
use super::error::ActError;
use super::records::Lookup;
use super::reviewing::Review;
use super::warnings::{stale, warnings};

words! {
    /// What is checked.
    Check, "the item" {
        /// Every record that was held or only possible is decided.
        Decided = "decided",
        /// Every collection could be searched, or the approver says why the answer may go out without it.
        Sources = "sources",
        /// Every redaction fits the text that stands.
        RedactionsFit = "redactions_fit",
        /// Every ground holds today: the opinion counts, the requester is one against whom it may be used.
        Grounds = "grounds",
        /// The suggestions are worked out, with the standing rules that are in force.
        SuggestionsReady = "suggestions_ready",
        /// Every suggestion in what goes out is accepted or rejected.
        SuggestionsAnswered = "suggestions_answered",
        /// Every warning is answered.
        WarningsAnswered = "warnings_answered",
        /// What an approver wanted looked at again is dealt with.
        CommentsSettled = "comments_settled",
        /// THIRD-PARTY is claimed with a note of how the interests were weighed.
        Weighed = "weighed",
        /// Somebody looked at the answer as the person will see it, as it stands now.
        Previewed = "previewed",
    }
}

words! {
    /// How an item stands.
    ItemState, "the state" {
        /// Done.
        Done = "done",
        /// Not done: it stands in the way.
        Open = "open",
        /// Not done: the approver should know.
        Advice = "advice",
    }
}

/// An item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChecklistItem {
    /// What.
    pub item: Check,
    /// How it stands.
    pub state: ItemState,
    /// How much of it is open.
    pub open: u64,
    /// In plain words, with the cure.
    pub plain: String,
    /// Where to look: at most twenty records.
    pub records: Vec<String>,
}

/// The checklist of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChecklistView {
    /// In the order in which they are best done.
    pub items: Vec<ChecklistItem>,
    /// True if nothing stands in the way of sending it for sign-off.
    pub ready: bool,
    /// Members of staff, by identifier, who decided something that stands and so cannot approve.
    pub may_not_approve: Vec<String>,
    /// The case's version that this is the checklist of.
    pub version: i64,
}

/// The checklist of a case.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn checklist(desk: &Desk, id: CaseId) -> Result<ChecklistView, ActError> {
    check(desk, &Review::load(desk, id, None)?)
}

const EXAMPLES: usize = 20;

/// The checklist as the review stands.
pub(super) fn check(desk: &Desk, review: &Review) -> Result<ChecklistView, ActError> {
    let id = review.case.case_id()?;
    let lookup = Lookup::of(review);
    let mut items = vec![decided(review)?, sources(desk, id)?, fit(review)?, grounds(desk, review)?];
    items.extend(suggestions(desk, &lookup)?);
    items.push(warned(desk, review)?);
    items.push(comments(desk, id)?);
    items.push(weighed(review));
    items.push(previewed(desk, id)?);
    let mut may_not_approve = desk.store.read(|conn| -> Result<_, ActError> { Ok(reviewers(conn, id)?) })?;
    may_not_approve.retain(|who| who != "system" && !who.starts_with("rule:"));
    Ok(ChecklistView {
        ready: items.iter().all(|item| item.state != ItemState::Open),
        items,
        may_not_approve,
        version: review.case.version,
    })
}

fn item(item: Check, open: u64, wanting: ItemState, done: &str, cure: String, records: Vec<String>) -> ChecklistItem {
    let state = if open == 0 { ItemState::Done } else { wanting };
    let plain = if open == 0 { done.to_owned() } else { cure };
    ChecklistItem { item, state, open, plain, records }
}

/// How many records were held or only possible, and are not decided.
pub(super) fn undecided(review: &Review) -> Result<u64, ActError> {
    Ok(decided(review)?.open)
}

fn decided(review: &Review) -> Result<ChecklistItem, ActError> {
    let (mut open, mut records) = (0, Vec::new());
    review.spool.each_held(&review.rules(), &mut |record, standing| match standing {
        Standing::Held { .. } | Standing::Possible { .. } => {
            open += 1;
            if records.len() < EXAMPLES {
                records.push(record.to_owned());
            }
        }
        Standing::Disclose | Standing::Excluded { .. } => {}
    })?;
    let cure = format!(
        "{open} records are held for review and not decided: include or exclude each, then send the case for sign-off"
    );
    Ok(item(Check::Decided, open, ItemState::Open, "every record that was held is decided", cure, records))
}

fn sources(desk: &Desk, id: CaseId) -> Result<ChecklistItem, ActError> {
    let failed =
        desk.store.read(|conn| -> Result<_, ActError> { Ok(gather_latest(conn, id)?) })?.map_or(0, |g| g.failed);
    let cure = format!(
        "{failed} collections could not be searched: gather again, or the approver says why the answer may go out without \
         them"
    );
    let open = u64::try_from(failed).unwrap_or(0);
    // The approver's reason settles it: it does not stand in the way of sending.
    Ok(item(Check::Sources, open, ItemState::Advice, "every collection was searched", cure, Vec::new()))
}

fn fit(review: &Review) -> Result<ChecklistItem, ActError> {
    let records = stale(review)?;
    let open = u64_from(records.len());
    let cure = format!(
        "{open} records changed at their source after parts of them were redacted: redact them anew, or take the old \
         redactions back; until then the whole field is withheld"
    );
    let some = records.into_iter().take(EXAMPLES).collect();
    Ok(item(Check::RedactionsFit, open, ItemState::Open, "every redaction fits its text", cure, some))
}

/// Grounds that do not hold today, by record.
pub(super) fn failing_grounds(desk: &Desk, review: &Review) -> Result<(Vec<String>, Option<String>), ActError> {
    let asker = review.asker(desk)?;
    let on = desk.clock.today();
    let (mut records, mut first) = (Vec::new(), None);
    let decided = review
        .decisions
        .iter()
        .filter(|row| row.decision != "include")
        .map(|row| (&row.record, row.code.as_deref(), &row.reason, &row.opinion_id));
    let redacted =
        review.redactions.iter().map(|row| (&row.record, Some(row.code.as_str()), &row.reason, &row.opinion_id));
    for (record, code, reason, opinion) in decided.chain(redacted) {
        let Some(code) = code else { continue };
        let row = opinion.as_deref().and_then(|id| review.opinions.iter().find(|row| row.id == id));
        let standing = match row.filter(|row| row.withdrawn_at.is_none()) {
            Some(row) => Some(row.opinion()?),
            None => None,
        };
        let claim = Claim { code, reason: reason.as_deref(), opinion: standing.as_ref(), on };
        if let Some(fault) = claim_faults(claim, asker).into_iter().next() {
            first.get_or_insert_with(|| format!("{code}: {}", fault.problem));
            if records.last() != Some(record) {
                records.push(record.clone());
            }
        }
    }
    records.sort();
    records.dedup();
    Ok((records, first))
}

fn grounds(desk: &Desk, review: &Review) -> Result<ChecklistItem, ActError> {
    let (records, first) = failing_grounds(desk, review)?;
    let open = u64_from(records.len());
    let cure = format!("the ground does not hold for {open} records ({})", first.unwrap_or_default());
    let some = records.into_iter().take(EXAMPLES).collect();
    Ok(item(Check::Grounds, open, ItemState::Open, "every ground holds today", cure, some))
}

fn suggestions(desk: &Desk, lookup: &Lookup<'_>) -> Result<[ChecklistItem; 2], ActError> {
    let wanting = if desk.settings.cases.answer_suggestions { ItemState::Open } else { ItemState::Advice };
    let rules: Vec<String> = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok(standing_rules_list(conn, false)?) })?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let summary = lookup.suggestions.as_ref().map(|s: &Suggestions| &s.summary);
    let current = summary.is_some_and(|summary| rules.iter().all(|rule| summary.rules.contains(rule)));
    let cure = if summary.is_none() {
        "the suggestions are being worked out: wait a moment, or have them worked out again"
    } else {
        "standing rules were made since the suggestions were worked out: have them worked out again"
    };
    let ready = item(
        Check::SuggestionsReady,
        u64::from(!current),
        wanting,
        "the suggestions are worked out",
        cure.to_owned(),
        Vec::new(),
    );
    let (mut open, mut records) = (0, Vec::<String>::new());
    if summary.is_some() {
        each_open(lookup, &mut |row, _| {
            open += 1;
            if records.len() < EXAMPLES && records.last() != Some(&row.record) {
                records.push(row.record.clone());
            }
            Ok(())
        })?;
    }
    let cure = format!("{open} suggested redactions are neither accepted nor rejected: answer each, or many at once");
    let answered = item(Check::SuggestionsAnswered, open, wanting, "every suggestion is answered", cure, records);
    Ok([ready, answered])
}

fn warned(desk: &Desk, review: &Review) -> Result<ChecklistItem, ActError> {
    let wanting = if desk.settings.cases.answer_warnings { ItemState::Open } else { ItemState::Advice };
    let found = warnings(desk, review)?;
    let cure = format!("{} warnings are not answered: mend what they name, or say why it may stay", found.open);
    let records: Vec<String> = found
        .warnings
        .iter()
        .filter(|warning| warning.reason.is_none())
        .filter_map(|warning| warning.records.first().cloned())
        .take(EXAMPLES)
        .collect();
    Ok(item(Check::WarningsAnswered, found.open, wanting, "no warning is open", cure, records))
}

fn comments(desk: &Desk, id: CaseId) -> Result<ChecklistItem, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> { Ok(comments_of(conn, id)?) })?;
    let open: Vec<_> = rows.into_iter().filter(|row| row.settled_at.is_none()).collect();
    let count = u64_from(open.len());
    let cure = format!("{count} comments of an approver are not dealt with: answer each");
    let records = open.into_iter().filter_map(|row| row.record).take(EXAMPLES).collect();
    Ok(item(Check::CommentsSettled, count, ItemState::Open, "no comment is open", cure, records))
}

fn weighed(review: &Review) -> ChecklistItem {
    let bare = |code: Option<&str>, reason: &Option<String>| code == Some("THIRD-PARTY") && reason.is_none();
    let mut records: Vec<String> = review
        .decisions
        .iter()
        .filter(|row| bare(row.code.as_deref(), &row.reason))
        .map(|row| row.record.clone())
        .chain(review.redactions.iter().filter(|row| bare(Some(&row.code), &row.reason)).map(|row| row.record.clone()))
        .collect();
    records.sort();
    records.dedup();
    let open = u64_from(records.len());
    let cure = format!(
        "in {open} records THIRD-PARTY stands without a note of whether they were asked and why it is not reasonable to \
         disclose without consent (DPA 2018 Sch. 2 para. 16(3))"
    );
    records.truncate(EXAMPLES);
    item(Check::Weighed, open, ItemState::Advice, "every claim of third-party data has its note", cure, records)
}

/// The newest step that changed what goes out must be older than the newest look at the preview.
fn previewed(desk: &Desk, id: CaseId) -> Result<ChecklistItem, ActError> {
    const PAGE: i64 = 500;
    let (mut looked, mut changed, mut after) = (0, 0, 0);
    loop {
        let page = desk.store.read(|conn| -> Result<_, ActError> { Ok(audit_page(conn, Some(id), after, PAGE)?) })?;
        for link in &page {
            after = link.entry.seq;
            if link.entry.kind == Event::PreviewRead.kind() {
                looked = after;
            } else if ["record_decided", "review_step", "gathered"].contains(&link.entry.kind.as_str()) {
                changed = after;
            }
        }
        if i64_from(page.len()) < PAGE {
            break;
        }
    }
    let cure = "nobody looked at the answer as the person will see it since it was last changed".to_owned();
    let open = u64::from(looked <= changed);
    Ok(item(Check::Previewed, open, ItemState::Advice, "the answer was looked at as it stands", cure, Vec::new()))
}
