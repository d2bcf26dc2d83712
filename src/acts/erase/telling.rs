//! Who is told of an erasure: its recipients (UK GDPR Art. 19), and the person.

use std::collections::BTreeMap;

use crate::base::Moment;
use crate::case::CaseId;
use crate::datamap::{Collection, DataMap};
use crate::erase::ErasureState;
use crate::rectify::Told;
use crate::store::{Conn, ErasureItemRow, NoticeRow, erasure_items_of, erasures_of, gather_latest};

use super::super::rectify::new_notice;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;

/// Records that a notice names before it only counts them.
const NAMED: usize = 20;

fn collection<'m>(map: &'m DataMap, item: &ErasureItemRow) -> Option<&'m Collection> {
    let dataset = map.datasets.iter().find(|dataset| dataset.key == item.dataset)?;
    dataset.collections.iter().find(|collection| collection.name == item.collection)
}

fn label(map: &DataMap, item: &ErasureItemRow) -> String {
    collection(map, item).map_or_else(|| item.collection.clone(), |collection| collection.label.clone())
}

/// Everybody whom the data map names for a collection or one of its fields, with their address.
fn recipients(collection: &Collection) -> BTreeMap<&str, Option<&str>> {
    let abouts = std::iter::once(&collection.about).chain(collection.fields.iter().map(|field| &field.about));
    let mut found = BTreeMap::new();
    for about in abouts {
        for recipient in &about.recipients {
            let contact = about.contacts.iter().find(|contact| contact.name == *recipient);
            let email = contact.and_then(|contact| contact.email.as_deref());
            let known = found.entry(recipient.as_str()).or_insert(email);
            *known = known.or(email);
        }
    }
    found
}

/// What one recipient is told.
#[derive(Debug, Default)]
struct About<'a> {
    email: Option<&'a str>,
    labels: Vec<&'a str>,
    records: Vec<&'a str>,
}

/// Every recipient of what was erased is to be told, once; those with an e-mail address are written to.
pub(super) fn tell_recipients<'i>(
    conn: &mut Conn,
    desk: &Desk,
    case: CaseId,
    items: impl Iterator<Item = &'i ErasureItemRow>,
    now: Moment,
) -> Result<(), ActError> {
    let map = &desk.settings.data_map;
    let mut told: BTreeMap<&str, About<'_>> = BTreeMap::new();
    for item in items.filter(|item| item.what != "stay") {
        let Some(collection) = collection(map, item) else { continue };
        for (recipient, email) in recipients(collection) {
            let about = told.entry(recipient).or_default();
            about.email = about.email.or(email);
            if !about.labels.contains(&collection.label.as_str()) {
                about.labels.push(&collection.label);
            }
            about.records.push(&item.record);
        }
    }
    for (recipient, About { email, labels, records }) in told {
        let mut named = records.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if records.len() > NAMED {
            named.push_str(&format!(" and {} more", records.len() - NAMED));
        }
        new_notice(
            conn,
            NoticeRow {
                id: String::new(),
                case_id: case.to_string(),
                correction_id: None,
                kind: "erasure".to_owned(),
                about: labels.join(", "),
                recipient: recipient.to_owned(),
                email: email.map(str::to_owned),
                state: Told::Due.to_string(),
                made_at: now.naive_utc(),
                sent_at: None,
                acknowledged_at: None,
                note: None,
                noted_by: crate::audit::Actor::System.to_string(),
                records: Some(named),
            },
            case,
            now,
        )?;
    }
    Ok(())
}

/// What the person is told of an erasure, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::acts) struct ErasedWords {
    /// Collections of which records were deleted, with how many.
    pub(in crate::acts) deleted: Vec<(String, u64)>,
    /// Collections of which records stay without their name, with how many.
    pub(in crate::acts) anonymised: Vec<(String, u64)>,
    /// What stays as it is: the collection, how many, and why.
    pub(in crate::acts) kept: Vec<(String, u64, String)>,
}

/// What became of the erasures of a case.
pub(in crate::acts) fn erased_words(conn: &mut Conn, desk: &Desk, id: CaseId) -> Result<ErasedWords, ActError> {
    let map = &desk.settings.data_map;
    let mut words = ErasedWords::default();
    let done: Vec<_> =
        erasures_of(conn, id)?.into_iter().filter(|row| row.state == ErasureState::Done.as_str()).collect();
    let newest = done.last().map(|row| row.id.clone());
    let mut deleted: BTreeMap<String, u64> = BTreeMap::new();
    let mut anonymised: BTreeMap<String, u64> = BTreeMap::new();
    let mut kept: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in done {
        for item in erasure_items_of(conn, row.erasure_id()?)? {
            let label = label(map, &item);
            match item.what.as_str() {
                "delete" => *deleted.entry(label).or_default() += 1,
                "anonymise" => *anonymised.entry(label).or_default() += 1,
                // What stays is what the last plan says.
                _ if newest.as_deref() == Some(row.id.as_str()) => {
                    *kept.entry((label, item.reason.unwrap_or_default())).or_default() += 1;
                }
                _ => {}
            }
        }
    }
    words.deleted = deleted.into_iter().collect();
    words.anonymised = anonymised.into_iter().collect();
    words.kept = kept.into_iter().map(|((label, why), count)| (label, count, why)).collect();
    Ok(words)
}

/// Whether a request for erasure can be answered: the newest plan is done, and a search since has shown it.
///
/// # Errors
/// [`ActError::Refused`] with what is missing.
pub(in crate::acts) fn answered(desk: &Desk, conn: &mut Conn, id: CaseId) -> Result<(), ActError> {
    let refuse = |why: &str| Err(ActError::Refused(why.to_owned()));
    let Some(newest) = erasures_of(conn, id)?.pop() else {
        return refuse("nothing is planned: plan the erasure, or refuse the request");
    };
    if newest.state()? != ErasureState::Done {
        return refuse("the erasure is not done: have it signed and carried out first");
    }
    let since = gather_latest(conn, id)?.filter(|gather| Some(gather.finished_at) >= newest.ended_at);
    let Some(gather) = since else {
        return refuse("nobody has looked at what is left: gather again first");
    };
    let items = erasure_items_of(conn, newest.erasure_id()?)?;
    let left = super::views::still_found(desk, &gather, &items)?;
    if left > 0 {
        return Err(ActError::Refused(format!(
            "{left} records that were to go are found still, or again: plan what is left of them"
        )));
    }
    Ok(())
}
