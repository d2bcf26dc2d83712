//! What to ask a source for: pieces of values that every writing of them has.

use crate::base::u64_from;
use crate::bundle::SearchedFor;
use crate::datamap::{LiveColumn, LiveKind, Match, SearchWay};
use crate::matching::{Known, Trust};
use crate::sources::{Needle, Shape};
use crate::subject::{
    Birth, IdentifierKind, PersonName, Role, fold, mailbox, normal_email, normal_phone, normal_postcode,
};

use super::person::Person;
use super::plan::Plan;

/// One thing to look for, with the column it may stand in.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) column: LiveColumn,
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) also: Option<Box<Look>>,
}

impl Look {
    pub(super) fn new(column: &LiveColumn, text: impl Into<String>, shape: Shape) -> Self {
        Self { column: column.clone(), text: text.into(), shape, also: None }
    }

    fn and(self, other: Self) -> Self {
        Self { also: Some(Box::new(other)), ..self }
    }
}

/// Calls `each` with the looks as a source takes them.
pub(super) fn with_needles<T>(looks: &[Look], each: impl FnOnce(&[Needle<'_>]) -> T) -> T {
    let alsos: Vec<Option<Needle<'_>>> =
        looks.iter().map(|look| look.also.as_deref().map(|also| needle(also, None))).collect();
    let needles: Vec<Needle<'_>> = looks.iter().zip(&alsos).map(|(look, also)| needle(look, also.as_ref())).collect();
    each(&needles)
}

fn needle<'l>(look: &'l Look, also: Option<&'l Needle<'l>>) -> Needle<'l> {
    Needle { column: &look.column, text: &look.text, shape: look.shape, also }
}

/// How a collection is searched for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// For addresses and numbers alone: nothing else could show that a row is theirs.
    Contacts,
    /// Every row is read and compared, up to so many.
    Scan(u64),
    /// Rows that share one of several pieces are compared.
    Blocked,
    /// For addresses and numbers as they stand, by an index.
    Indexed(Shape),
}

/// The way to search a collection with these columns.
pub(super) fn way(asked: SearchWay, matches: &[Match], person: &Person, scan_rows: u64) -> Way {
    let by_name = person.profile().has_name() && matches.iter().any(|entry| entry.kind == IdentifierKind::Name);
    match asked {
        SearchWay::Exact => Way::Indexed(Shape::Whole),
        SearchWay::Lower => Way::Indexed(Shape::Lowered),
        SearchWay::Auto | SearchWay::Scan | SearchWay::Blocked if !by_name => Way::Contacts,
        SearchWay::Scan => Way::Scan(u64::MAX),
        SearchWay::Auto => Way::Scan(scan_rows),
        SearchWay::Blocked => Way::Blocked,
    }
}

/// Where to look for the addresses and numbers that `wanted` picks out of what is known.
pub(super) fn contacts(person: &Person, plan: &Plan, wanted: impl Fn(&Known) -> bool) -> Vec<Look> {
    let mut looks = Vec::new();
    for (kind, key) in &plan.particulars {
        let Some(column) = plan.keys.get(*key) else { continue };
        for one in person.known().iter().filter(|one| one.kind == *kind && wanted(one)) {
            match kind {
                IdentifierKind::Email => emails(&one.value, column, &mut looks),
                IdentifierKind::Phone => looks.extend(phone(&one.value, column)),
                IdentifierKind::Name
                | IdentifierKind::DateOfBirth
                | IdentifierKind::Postcode
                | IdentifierKind::Address => {}
            }
        }
    }
    looks
}

fn emails(value: &str, column: &LiveColumn, looks: &mut Vec<Look>) {
    let normal = normal_email(value);
    let mailbox = mailbox(&normal, false);
    for address in [&normal, &mailbox] {
        let piece = longest_ascii(address);
        if !piece.is_empty() && !looks.iter().any(|look| look.column.name == column.name && look.text == piece) {
            looks.push(Look::new(column, piece, Shape::Together));
        }
    }
    // A sub-address stands between the name and the @.
    if let Some((local, domain)) = mailbox.rsplit_once('@')
        && mailbox.is_ascii()
    {
        let begins = Look::new(column, format!("{local}+"), Shape::Together);
        looks.push(begins.and(Look::new(column, format!("@{domain}"), Shape::Together)));
    }
}

/// The last nine digits stand in every writing of a number, whatever its prefix.
fn phone(value: &str, column: &LiveColumn) -> Option<Look> {
    let digits = normal_phone(value);
    let last = digits.get(digits.len().saturating_sub(9)..).unwrap_or(&digits);
    (!last.is_empty()).then(|| Look::new(column, last, Shape::InOrder))
}

/// Where to look for addresses and numbers as they stand, so that an index serves.
pub(super) fn indexed(person: &Person, plan: &Plan, shape: Shape) -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::new();
    for (kind, key) in &plan.particulars {
        let Some(column) = plan.keys.get(*key) else { continue };
        for one in person.known().iter().filter(|one| one.kind == *kind && kind.leads()) {
            for text in writings(*kind, &one.value, shape) {
                if !looks.iter().any(|look| look.column.name == column.name && look.text == text) {
                    looks.push(Look::new(column, text, shape));
                }
            }
        }
    }
    looks
}

/// The writings of a value that a table which keeps normal forms may have.
fn writings(kind: IdentifierKind, value: &str, shape: Shape) -> Vec<String> {
    let mut texts = match kind {
        IdentifierKind::Email => vec![normal_email(value), value.trim().to_owned()],
        IdentifierKind::Phone => {
            let digits = normal_phone(value);
            let national = digits.strip_prefix("44").map(|rest| format!("0{rest}"));
            [Some(format!("+{digits}")), national, Some(digits), Some(value.trim().to_owned())]
                .into_iter()
                .flatten()
                .collect()
        }
        IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
            Vec::new()
        }
    };
    if shape == Shape::Lowered {
        texts = texts.into_iter().map(|text| text.to_lowercase()).collect();
    }
    texts.retain(|text| !text.is_empty() && text != "+");
    texts.sort();
    texts.dedup();
    texts
}

/// Rows worth comparing in a table that is too large to read through: those that share an e-mail address or its local part,
/// the last digits of a number, a postcode, the beginning of a surname, a date of birth, or a given name with a year.
pub(super) fn blocks(person: &Person, plan: &Plan) -> Vec<Look> {
    let mut looks = contacts(person, plan, |_| true);
    let columns = |kind: IdentifierKind| {
        plan.particulars.iter().filter(move |(of, _)| *of == kind).filter_map(|(_, key)| plan.keys.get(*key))
    };
    let values = |kind: IdentifierKind| person.known().iter().filter(move |one| one.kind == kind);
    for column in columns(IdentifierKind::Email) {
        for one in values(IdentifierKind::Email) {
            let normal = mailbox(&normal_email(&one.value), false);
            if let Some((local, _)) = normal.rsplit_once('@').filter(|(local, _)| local.len() >= 5 && local.is_ascii())
            {
                looks.push(Look::new(column, format!("{local}@"), Shape::Together));
            }
        }
    }
    for column in columns(IdentifierKind::Postcode) {
        looks.extend(
            values(IdentifierKind::Postcode)
                .map(|one| Look::new(column, normal_postcode(&one.value).to_lowercase(), Shape::InOrder)),
        );
    }
    let several = columns(IdentifierKind::Name).count() > 1;
    let births: Vec<Birth> = values(IdentifierKind::DateOfBirth).filter_map(|one| Birth::parse(&one.value)).collect();
    for name in columns(IdentifierKind::Name) {
        for one in values(IdentifierKind::Name) {
            let parsed = PersonName::parse(&one.value);
            for word in parsed.words.iter().filter(|word| word.role != Role::Given && word.role != Role::Middle) {
                // Both name columns are asked for each surname, so that exchanged names are found.
                let piece = beginning(&one.value, &word.folded, 4);
                looks.extend(
                    piece.map(|text| Look::new(name, text, if several { Shape::Start } else { Shape::Together })),
                );
            }
            for word in parsed.words.iter().filter(|word| word.role == Role::Given) {
                let Some(piece) = beginning(&one.value, &word.folded, 3) else { continue };
                for born in columns(IdentifierKind::DateOfBirth) {
                    for birth in births.iter().filter(|birth| !birth.short_year) {
                        let year = Look::new(born, birth.year.to_string(), Shape::Together);
                        looks.push(Look::new(name, piece.clone(), Shape::Together).and(year));
                    }
                }
            }
        }
    }
    for born in columns(IdentifierKind::DateOfBirth) {
        for birth in &births {
            for text in [birth.to_string(), format!("{:02}/{:02}/{}", birth.day, birth.month, birth.year)] {
                let of_dates = matches!(born.kind, LiveKind::Date | LiveKind::DateTime);
                if !of_dates || text.contains('-') {
                    looks.push(Look::new(born, text, Shape::Together));
                }
            }
        }
    }
    looks
}

/// The first letters of a name's word, if databases agree on them.
fn beginning(written: &str, folded: &str, length: usize) -> Option<String> {
    let piece: String = folded.chars().take(length).collect();
    let agreed = piece.is_ascii() && fold(written) == written.to_lowercase();
    if agreed && piece.len() >= 2 {
        return Some(piece);
    }
    // Accents and other scripts: the longest piece without them.
    let run = longest_ascii(written.to_lowercase().split_whitespace().last().unwrap_or_default());
    (run.len() >= 3).then_some(run)
}

/// The longest run of ASCII in a normal e-mail address: databases do not agree on the lower case of other letters.
pub(super) fn longest_ascii(text: &str) -> String {
    text.split(|c: char| !c.is_ascii()).max_by_key(|run| run.len()).unwrap_or_default().to_owned()
}

/// What a search is told to have looked for, one line a column.
pub(super) fn told(person: &Person, plan: &Plan, way: Way) -> Vec<SearchedFor> {
    let mut lines = Vec::new();
    for (kind, key) in &plan.particulars {
        let Some(column) = plan.keys.get(*key) else { continue };
        let compared = matches!(way, Way::Scan(_) | Way::Blocked);
        for (count, from) in [
            (person.count(*kind), words(*kind, way)),
            (person.count_claimed(*kind), "given, and not shown to be theirs".to_owned()),
        ] {
            if count > 0 && (kind.leads() || compared) {
                lines.push(SearchedFor {
                    column: column.name.clone(),
                    by: kind.as_str().into(),
                    from,
                    values: u64_from(count),
                });
            }
        }
        let found = person.known().iter().filter(|one| one.kind == *kind && one.trust == Trust::Found).count();
        if found > 0 && (kind.leads() || compared) {
            lines.push(SearchedFor {
                column: column.name.clone(),
                by: kind.as_str().into(),
                from: "found on records that are theirs; leads to possible records only".into(),
                values: u64_from(found),
            });
        }
    }
    lines
}

fn words(kind: IdentifierKind, way: Way) -> String {
    let what = match kind {
        IdentifierKind::Email => "the verified e-mail address",
        IdentifierKind::Phone => "the verified telephone number",
        IdentifierKind::Name => "the name given, together with what else is known",
        IdentifierKind::DateOfBirth => "the date of birth given, together with the name",
        IdentifierKind::Postcode => "the postcode given, together with the name",
        IdentifierKind::Address => "the address given, together with the name",
    };
    match way {
        Way::Contacts => what.to_owned(),
        Way::Scan(_) => format!("{what}; every row was compared"),
        Way::Blocked => format!(
            "{what}; blocked search: only rows that share an address, a number, a postcode, a date of birth, the beginning of \
             a surname, or a given name with the year of birth were compared"
        ),
        Way::Indexed(_) => format!("{what}, as it stands in the column"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datamap::LiveTable;
    use crate::matching::Model;
    use crate::subject::{Identifier, Subject};

    fn column(name: &str) -> LiveColumn {
        LiveColumn { name: name.into(), type_name: "text".into(), kind: LiveKind::Text }
    }

    fn person() -> Person {
        let id = |kind, value: &str| Identifier { kind, value: value.into() };
        let subject = Subject {
            name: "Farzana Whitcombe".into(),
            date_of_birth: chrono::NaiveDate::from_ymd_opt(1980, 5, 17),
            identifiers: vec![
                id(IdentifierKind::Email, "ÉLISE@example.org"),
                id(IdentifierKind::Phone, "07700 900961"),
            ],
            claimed: vec![],
        };
        Person::of(&subject, &[], &Model::default())
    }

    fn plan() -> Plan {
        use IdentifierKind::{DateOfBirth, Email, Name, Phone};
        Plan {
            table: LiveTable {
                schema: None,
                name: "t".into(),
                visible: true,
                readable: true,
                columns: vec![],
                primary_key: vec![],
            },
            fields: vec![],
            keys: ["email", "phone", "name", "born"].map(column).into(),
            identity: vec![],
            particulars: vec![(Email, 0), (Phone, 1), (Name, 2), (DateOfBirth, 3)],
            owners: vec![],
            leaving: vec![],
            joint: vec![],
            review_fields: vec![],
            mapped_key: vec![],
            free_text: vec![],
            labels: vec![],
            search: SearchWay::Auto,
            dated: None,
        }
    }

    #[test]
    fn an_address_is_searched_by_the_letters_that_databases_agree_on() {
        let texts: Vec<String> = contacts(&person(), &plan(), |_| true).into_iter().map(|look| look.text).collect();
        assert_eq!(texts, ["lise@example.org", "700900961"]);
    }

    #[test]
    fn a_blocked_search_has_each_of_its_pieces() {
        let looks = blocks(&person(), &plan());
        let has = |column: &str, text: &str, also: Option<&str>| {
            looks.iter().any(|look| {
                look.column.name == column && look.text == text && look.also.as_ref().map(|a| a.text.as_str()) == also
            })
        };
        assert!(has("email", "lise@example.org", None) && has("phone", "700900961", None));
        assert!(has("name", "whit", None) && has("name", "far", Some("1980")) && has("born", "1980-05-17", None));
    }

    #[test]
    fn an_indexed_search_asks_for_whole_values() {
        let looks = indexed(&person(), &plan(), Shape::Whole);
        let texts: Vec<&str> = looks.iter().map(|look| look.text.as_str()).collect();
        assert_eq!(
            texts,
            ["ÉLISE@example.org", "élise@example.org", "+447700900961", "07700 900961", "07700900961", "447700900961"]
        );
    }
}
