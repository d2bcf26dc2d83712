//! What a data map says, once it has been read and found sound.

use crate::subject::IdentifierKind;

/// The datasets of all files together, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataMap {
    /// At least one.
    pub datasets: Vec<Dataset>,
}

/// One dataset: a database, or the part of one that a map describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// `fides_key`: unique over all files; a source is matched to it by name.
    pub key: String,
    /// In plain words.
    pub label: String,
    /// The database schema its tables stand in, from `fides_meta.namespace.schema`.
    pub schema: Option<String>,
    /// Its collections (tables and views).
    pub collections: Vec<Collection>,
}

/// One collection: a table or a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// As the source calls it: `events`, or `hr.staff` with its schema.
    pub name: String,
    /// In plain words.
    pub label: String,
    /// What the person must be told; what a collection does not say comes from its dataset.
    pub about: About,
    /// Whether its records are disclosed.
    pub disclose: Disclosure,
    /// The columns that say whose row it is. Empty: every row reached is the person's.
    pub owner: Vec<String>,
    /// The columns that carry a person's particulars.
    pub matches: Vec<Match>,
    /// How rows that no key leads to are looked for.
    pub search: SearchWay,
    /// The map says not to process it (`skip_processing`).
    pub skip: bool,
    /// Its columns, in the map's order.
    pub fields: Vec<Field>,
    /// What in the map is not followed here (references inside nested fields), to be said beside the result.
    pub notices: Vec<String>,
    /// What an erasure does to its rows, where the map says so: see [`Collection::erased_how`].
    pub on_erasure: Option<OnErasure>,
    /// Why rows stay; the person is told it.
    pub keep_because: Option<String>,
    /// The column whose addresses are kept out of it once a row of theirs is erased.
    pub suppress: Option<String>,
}

impl Collection {
    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that a disclosed record shows, in the map's order: all but those never disclosed.
    pub fn disclosed_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.disclose != Disclosure::Never)
    }
}

/// How a collection is searched for rows of the person that no key leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SearchWay {
    /// Every row is read and compared, up to the configured number of rows; a larger table is searched blocked.
    #[default]
    Auto,
    /// Every row is read and compared, however many there are.
    Scan,
    /// Only rows that share an address, a number, a postcode, the beginning of a surname or a date of birth are compared.
    Blocked,
    /// By verified e-mail address and telephone number alone, as they stand: the columns hold normal forms and have an index.
    Exact,
    /// The same by the column in lower case: there is an index on `lower(column)`.
    Lower,
}

/// One field: a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As the source calls it.
    pub name: String,
    /// In plain words.
    pub label: String,
    /// Fideslang categories, as `user.contact.email`.
    pub data_categories: Vec<String>,
    /// Part of the primary key, by the map.
    pub primary_key: bool,
    /// The kind of identity it holds, in the map's own word, as `email` or `phone_number`.
    pub identity: Option<String>,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// The map's type, as `string` or `integer[]`.
    pub data_type: Option<String>,
    /// Whether its values are disclosed.
    pub disclose: Disclosure,
    /// Text that people wrote: may name others.
    pub free_text: bool,
    /// The person may ask for it to be corrected.
    pub correctable: bool,
    /// What the map says of this field alone.
    pub about: About,
    /// What becomes of it in a row that stays without its person, where the map says so: see [`Collection::forgets`].
    pub on_erasure: Option<Forget>,
    /// Why it stays.
    pub keep_because: Option<String>,
}

/// A reference from a field to a field of the same or another dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The dataset referred to.
    pub dataset: String,
    /// The collection referred to.
    pub collection: String,
    /// The column referred to.
    pub field: String,
    /// Which way it may be followed.
    pub direction: Direction,
    /// Of a reference of several columns, the further ones: our column and theirs.
    pub beside: Vec<(String, String)>,
}

/// Which way a reference may be followed, as Fideslang has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the field referred to, to this field: this collection is searched with the other's values.
    From,
    /// From this field to the field referred to: the other collection is searched with this one's values.
    To,
    /// Either way.
    Both,
}

/// Whether something is disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// Without a person's decision.
    Always,
    /// After a person has looked at it.
    Review,
    /// Never; its values are not even read.
    Never,
}

/// What Art. 15(1) has the person told about the data. Empty where the map does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Why the data are held.
    pub purpose: String,
    /// The lawful basis, in the map's words.
    pub lawful_basis: String,
    /// Who receives them.
    pub recipients: Vec<String>,
    /// Where recipients are told of a correction, erasure or restriction (Art. 19); those without are told by letter.
    pub contacts: Vec<Contact>,
    /// How long they are kept, and what then.
    pub retention: Option<Retention>,
    /// Where they came from.
    pub origin: String,
    /// Decisions about the person by automated means alone: their logic and what they lead to (Art. 15(1)(h)). The word
    /// `none` if there are none; empty where the map does not say.
    pub automated_decisions: String,
    /// Where outside the United Kingdom they are sent, and the safeguards (Art. 15(2)); the words as for the decisions.
    pub transfers: String,
}

/// Where a recipient is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// As among the recipients.
    pub name: String,
    /// Their e-mail address for notices.
    pub email: Option<String>,
}

/// How long data are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// ISO 8601 as `P3Y`, or words.
    pub period: String,
    /// What happens then.
    pub then: Then,
}

/// What happens at the end of a retention period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The data are deleted.
    Delete,
    /// The data stay, and no longer say whose they are.
    Anonymise,
}

impl Then {
    /// The word of the data map.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Anonymise => "anonymise",
        }
    }
}

/// What an erasure does to the rows of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnErasure {
    /// They are deleted.
    Delete,
    /// They stay, and no longer say whose they are.
    Anonymise,
    /// They stay as they are, for a reason.
    Keep,
}

/// What becomes of a column of a row that no longer says whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forget {
    /// It is emptied.
    Null,
    /// The same text stands in every row.
    Fixed(String),
    /// A keyed hash: rows with the same value still have the same, and nobody can tell which without the key.
    Hash,
    /// Less exact: a date is its year, a postcode its outward part.
    Generalise,
    /// It stays.
    Keep,
}

/// A column that carries one of a person's particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which particular.
    pub kind: IdentifierKind,
    /// The column.
    pub column: String,
}
