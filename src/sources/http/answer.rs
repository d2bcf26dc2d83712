//! Reads a service's answer.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::sources::documents::{Cell, Record};
use crate::sources::error::SourceError;

/// The body of a 200.
#[derive(Deserialize)]
struct Body<'b> {
    #[serde(borrow)]
    content: Option<&'b RawValue>,
    #[serde(borrow, default)]
    attachments: Option<Vec<&'b RawValue>>,
}

/// Gives every record of the body: each entry of a list, or the one object. True if the taker wanted no more.
pub(super) fn records(
    body: &[u8],
    ask: &str,
    value: &str,
    take: &mut dyn FnMut(&Record<'_>) -> std::ops::ControlFlow<()>,
) -> Result<bool, SourceError> {
    let odd =
        || SourceError::Malformed("the service did not answer with JSON of the form {\"content\": ...}".to_owned());
    let text = String::from_utf8_lossy(body);
    let broken = matches!(text, std::borrow::Cow::Owned(_));
    let body: Body<'_> = serde_json::from_str(&text).map_err(|_| odd())?;
    let content = body.content.filter(|content| content.get() != "null");
    let entries: Vec<&RawValue> = match content {
        None => Vec::new(),
        Some(list) if list.get().starts_with('[') => serde_json::from_str(list.get()).map_err(|_| odd())?,
        Some(one) => vec![one],
    };
    for entry in entries {
        let names = [ask.to_owned(), "content".to_owned()];
        let cells = vec![Cell::Text(value.to_owned()), Cell::of_json(entry)];
        if take(&Record::of_table(&names, cells, broken)).is_break() {
            return Ok(true);
        }
    }
    let attachments = body.attachments.map_or(0, |list| list.len());
    if attachments > 0 {
        return Err(SourceError::Malformed(format!(
            "the service has {attachments} attachments for them, which are not fetched: ask for them by hand"
        )));
    }
    Ok(false)
}
