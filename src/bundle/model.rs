//! What a bundle is made from. The gather's spool implements [`RecordSource`]; the writers only read it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::base::Moment;
use crate::pdf::PdfError;

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The output (or the spool) failed.
    #[error("the bundle could not be written or its records not be read: {0}")]
    Io(#[from] std::io::Error),
    /// A spooled record is not what the gather wrote.
    #[error("a gathered record could not be read back from the spool: {0}")]
    Spool(String),
    /// A part of the document could not be made.
    #[error("the {part} could not be made: {why}")]
    Part {
        /// Which entry of the bundle.
        part: &'static str,
        /// What went wrong, without personal data.
        why: String,
    },
}

impl From<PdfError> for BundleError {
    fn from(error: PdfError) -> Self {
        match error {
            PdfError::Io(error) => Self::Io(error),
            PdfError::Drawing(why) => Self::Part { part: "PDF", why },
        }
    }
}

/// Who answers for the data: the controller of UK GDPR Art. 4(7) and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Legal name, as `Lancashire County Council`.
    pub name: String,
    /// The service's name, as `Children's Safeguarding Assurance Partnership`.
    pub service: String,
    /// Registration number with the regulator.
    pub registration: String,
    /// Postal address, one line each; in an environment variable with semicolons between.
    #[serde(deserialize_with = "lines")]
    pub address: Vec<String>,
    /// Where to write about data protection.
    pub email: String,
    /// Contact of the data protection officer (Art. 37).
    pub dpo_email: String,
    /// The regulator's name: configurable, since its functions move under DUAA 2025 s.119.
    pub regulator: String,
    /// Where to complain to the regulator (DPA 2018 s.165).
    pub regulator_complaints_url: String,
}

/// A list of lines, also as one text with semicolons between.
fn lines<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        List(Vec<String>),
        Text(String),
    }
    match Form::deserialize(deserializer) {
        Ok(Form::List(list)) => Ok(list),
        Ok(Form::Text(text)) => Ok(text.split(';').map(|line| line.trim().to_owned()).collect()),
        Err(_) => Err(serde::de::Error::custom("write the address as a list of lines, [\"County Hall\", \"Preston\"]")),
    }
}

/// The facts of the case that the cover letter and the document's front state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The case's reference, as `DR-2026-000123`.
    pub reference: String,
    /// The data subject's name as they gave it.
    pub subject_name: String,
    /// Who the letter is addressed to, if it is not the subject (a parent, a solicitor).
    pub addressee: Option<String>,
    /// The controller.
    pub controller: Controller,
    /// The local date the request was received; none for a gather from the command line.
    pub received_on: Option<NaiveDate>,
    /// The date the answer was due; none for a gather from the command line.
    pub due_on: Option<NaiveDate>,
    /// The moment that stands in every file of the bundle; the same moment and records give the same bytes.
    pub generated_at: Moment,
    /// The software and its version, as `rightsdesk 0.1.0`.
    pub software: String,
}

/// What became of the search of one collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Searched to the end, and something was found.
    Found,
    /// Searched to the end, and nothing is held.
    NothingHeld,
    /// The search failed or stopped short; it must never look like "nothing held".
    Failed,
    /// No identity and no reference leads there, so it was not searched.
    NotReached,
}

/// One thing that a collection was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchedFor {
    /// The column searched.
    pub column: String,
    /// By which rule: `email`, `phone`, `reference`...
    pub by: String,
    /// Where the values came from, in words: `the verified e-mail address`, `event_bookings.event_id`.
    pub from: String,
    /// How many values were searched for.
    pub values: u64,
}

/// Rows found and not disclosed, counted by reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// In plain words, as `held for review: the record belongs to somebody else`, or an exemption's title.
    pub reason: String,
    /// The exemption code where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many records.
    pub count: u64,
}

/// How a column's values read to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Words and anything not below.
    Text,
    /// A whole or decimal number.
    Number,
    /// Yes or no.
    Boolean,
    /// A calendar date.
    Date,
    /// An instant or a local date and time.
    DateTime,
    /// Bytes, shown as their length.
    Bytes,
    /// Text that people wrote: long, may name others.
    FreeText,
}

/// A disclosed column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// As the source calls it.
    pub name: String,
    /// In plain words, from the data map.
    pub label: String,
    /// How to read its values.
    pub kind: ColumnKind,
}

/// How long a collection's records are kept and what then (Art. 15(1)(d)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// As `P3Y`, ISO 8601, or words where no period can be given.
    pub period: String,
    /// `delete` or `anonymise`.
    pub then: String,
}

/// One collection of the data map, with what the search of it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionReport {
    /// The source's name on the command line or in the configuration.
    pub source: String,
    /// The dataset's key in the data map.
    pub dataset: String,
    /// The dataset in plain words.
    pub dataset_label: String,
    /// The collection's name in the data map (the table).
    pub collection: String,
    /// The collection in plain words.
    pub label: String,
    /// Why the data are held (Art. 15(1)(a)); empty where the map does not say.
    pub purpose: String,
    /// The lawful basis (Art. 6), in the map's words; empty where the map does not say.
    pub lawful_basis: String,
    /// Who receives the data (Art. 15(1)(c)).
    pub recipients: Vec<String>,
    /// How long they are kept (Art. 15(1)(d)).
    pub retention: Option<Period>,
    /// Where they came from (Art. 15(1)(g)); empty where the map does not say.
    pub origin: String,
    /// What is decided by automated means alone (Art. 15(1)(h)), in the map's words: `none` where it says that nothing is,
    /// empty where it does not say.
    #[serde(default)]
    pub automated_decisions: String,
    /// Where outside the United Kingdom they are sent, and the safeguards (Art. 15(2)); the words as above.
    #[serde(default)]
    pub transfers: String,
    /// What became of the search.
    pub status: Status,
    /// Why it failed or was not reached; never a driver's message, never a value.
    pub problem: Option<String>,
    /// Rows found, disclosed or not.
    pub found: u64,
    /// Rows that the bundle discloses; equals what [`RecordSource::replay`] yields.
    pub disclosed: u64,
    /// Rows found and not disclosed, by reason.
    pub withheld: Vec<Withheld>,
    /// What was searched for.
    pub searched_for: Vec<SearchedFor>,
    /// The disclosed columns, in the order of the data map.
    pub columns: Vec<Column>,
    /// Columns held and never disclosed (password hashes), in plain words: named, without a value.
    pub never_disclosed: Vec<String>,
}

impl CollectionReport {
    /// What the map writes where it says that there is none of a thing.
    pub const NONE: &str = "none";
}

/// One disclosed record. `fields` is the exact JSON object that `records.json` carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// Stable within the bundle: collection and primary key, as `event_bookings/42`.
    pub id: String,
    /// Why this row is the person's, as `email` or `event_bookings.event_id`.
    pub matched_on: Vec<String>,
    /// The fields as one JSON object, keys in the data map's order, byte-true to the source.
    /// A redacted field's value is `{"redacted":"<exemption code>"}`; a text redacted in part is
    /// `{"redacted_text":["Dear ",{"redacted":"<exemption code>"}]}`.
    pub fields: Box<RawValue>,
}

/// A field's value as a reader of a record sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// Yes or no.
    Boolean(bool),
    /// The digits as the source wrote them.
    Number(String),
    /// Text.
    Text(String),
    /// An array or object, as compact JSON text.
    Structured(String),
    /// Redacted under this exemption code.
    Redacted(String),
    /// Text with stretches of it redacted.
    Partly(Vec<Span>),
}

/// A stretch of a text that is redacted in part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Span {
    /// What stays.
    Text(String),
    /// Where something was cut out.
    Withheld(RedactedField),
}

impl Record {
    /// The fields in their order, each value read for showing.
    ///
    /// # Errors
    /// [`BundleError::Spool`] if the stored JSON is not an object.
    pub fn values(&self) -> Result<Vec<(String, Value)>, BundleError> {
        let spool = |e: serde_json::Error| BundleError::Spool(format!("record {}: line {}", self.id, e.line()));
        let fields: RawFields = serde_json::from_str(self.fields.get()).map_err(spool)?;
        fields.0.into_iter().map(|(name, raw)| Ok((name, Value::read(&raw).map_err(spool)?))).collect()
    }
}

impl Value {
    fn read(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't') => Self::Boolean(true),
            Some(b'f') => Self::Boolean(false),
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b'{') => match serde_json::from_str::<RedactedForm>(text) {
                Ok(RedactedForm::Whole(whole)) => Self::Redacted(whole.redacted),
                Ok(RedactedForm::Part(part)) => Self::Partly(part.redacted_text),
                Err(_) => Self::Structured(text.to_owned()),
            },
            Some(b'[') => Self::Structured(text.to_owned()),
            _ => Self::Number(text.to_owned()),
        })
    }
}

/// `{"redacted":"CODE"}`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedactedField {
    /// The code of the exemption.
    pub redacted: String,
}

/// `{"redacted_text":["Dear ",{"redacted":"THIRD-PARTY"}]}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedactedText {
    redacted_text: Vec<Span>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RedactedForm {
    Whole(RedactedField),
    Part(RedactedText),
}

/// A JSON object as an ordered list, so that neither order nor number text is lost.
struct RawFields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for RawFields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> serde::de::Visitor<'de> for Fields {
            type Value = RawFields;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<RawFields, A::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some(entry) = map.next_entry()? {
                    fields.push(entry);
                }
                Ok(RawFields(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The disclosed records of a case, replayed once for each output; nothing is held in memory.
pub trait RecordSource: Sync {
    /// Every collection of the data map, in its order, searched or not.
    fn collections(&self) -> &[CollectionReport];

    /// Calls `each` with every disclosed record of the collection at `index`, in a stable order.
    ///
    /// # Errors
    /// What `each` returns, or [`BundleError::Spool`] if the records cannot be read back.
    fn replay(&self, index: usize, each: &mut dyn FnMut(&Record) -> Result<(), BundleError>)
    -> Result<(), BundleError>;

    /// About how many bytes the fields of all records take; decides only whether an archive needs 64-bit sizes.
    fn bytes_hint(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_order_and_the_text_of_numbers() {
        let record = Record {
            id: "t/1".into(),
            matched_on: vec![],
            fields: RawValue::from_string(
                r#"{"z":1.10,"a":123456789012345678901234567890,"n":null,"r":{"redacted":"THIRD-PARTY"},"j":{"k":[1]}}"#.into(),
            )
            .unwrap(),
        };
        let values = record.values().unwrap();
        assert_eq!(values[0], ("z".into(), Value::Number("1.10".into())));
        assert_eq!(values[1].1, Value::Number("123456789012345678901234567890".into()));
        assert_eq!(values[2].1, Value::Null);
        assert_eq!(values[3].1, Value::Redacted("THIRD-PARTY".into()));
        assert_eq!(values[4].1, Value::Structured(r#"{"k":[1]}"#.into()));
    }

    #[test]
    fn a_text_redacted_in_part_is_read_in_its_stretches() {
        let read = |json: &str| Value::read(&RawValue::from_string(json.into()).unwrap()).unwrap();
        let Value::Partly(spans) = read(r#"{"redacted_text":["Dear ",{"redacted":"LPP"}]}"#) else { panic!("partly") };
        assert_eq!(spans, [Span::Text("Dear ".into()), Span::Withheld(RedactedField { redacted: "LPP".into() })]);
        // What a source itself holds under that name is its own.
        for own in [r#"{"redacted_text":"x"}"#, r#"{"redacted_text":[],"a":1}"#, r#"{"redacted":1}"#] {
            assert_eq!(read(own), Value::Structured(own.into()));
        }
    }
}
