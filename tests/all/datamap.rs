//! Data maps: what is read, what is refused, and how a map is held against a live schema.

use rightsdesk::datamap::{
    Direction, Disclosure, Links, LiveColumn, LiveKind, LiveSchema, LiveTable, MapFile, Then, check, read,
};
use rightsdesk::subject::IdentifierKind;

fn faults(texts: &[&str]) -> Vec<String> {
    let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.yml")).collect();
    let files: Vec<MapFile<'_>> = names.iter().zip(texts).map(|(name, text)| MapFile { name, text }).collect();
    match read(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_fault_is_named_at_once_with_its_place_and_cure() {
    let first = "
dataset:
  - fides_key: one
    rightsdesk: {purpos: typo}
    collections:
      - name: a
        rightsdesk: {disclose: sometimes, owner: nobody, retention: {period: P1Y, then: burn}, match: {shoe: x}}
        fields:
          - {name: id, fides_meta: {primary_key: maybe}}
          - {name: id}
          - {name: secret, rightsdesk: {disclose: never}, fides_meta: {identity: email}}
          - {name: r, fides_meta: {references: [{dataset: gone, field: a.id}, {dataset: one, field: a.missing}, {dataset: one, field: a.id, direction: sideways}, {dataset: one, field: nodot}]}}
      - name: a
        fields: [{name: x}]
      - name: empty
      - fields: [{name: x}]
";
    let second =
        "dataset:\n  - fides_key: one\n    collections: [{name: t, fields: [{name: x}]}]\n  - name: nameless\n";
    let found = faults(&[first, second, "dataset: [", "{}"]);
    let expected = [
        "2.yml: line",
        "0.yml: one: unknown key `purpos` under `rightsdesk`; use one of label,",
        "0.yml: one.a: `disclose` is `sometimes`; write `always`, `review` or `never`",
        "0.yml: one.a: `retention` does not say what then",
        "0.yml: one.a: `match` names `shoe`",
        "0.yml: one.a.id: `primary_key` is neither true nor false",
        "0.yml: one.a.id: the field stands in the collection twice",
        "0.yml: one.a.r: `direction` is `sideways`",
        "0.yml: one.a.r: a reference does not name its target",
        "0.yml: one.a: `owner` names `nobody`, which is not a field of the collection",
        "0.yml: one.a.secret: a key, identity or reference is never disclosed and so never read",
        "0.yml: one.a: the collection stands in the dataset twice",
        "0.yml: one.empty: the collection has no field",
        "0.yml: one: a collection has no `name`",
        "1.yml: dataset: a dataset has no `fides_key`",
        "3.yml: the file describes no dataset",
        "0.yml: one.a.r: refers to `gone.a.id`, and no dataset has that key",
        "0.yml: one.a.r: refers to `one.a.missing`, which the map does not describe",
        "1.yml: one: another dataset has this `fides_key`",
    ];
    for words in expected {
        assert!(found.iter().any(|fault| fault.starts_with(words)), "{words}\nis not among\n{}", found.join("\n"));
    }
    assert!(found.iter().all(|fault| fault.contains("; ")), "each fault has its cure: {found:#?}");
}

#[test]
fn our_keys_are_read_at_every_level_and_inherited() {
    let text = "
dataset:
  - fides_key: one
    name: First
    rightsdesk:
      purpose: To run it
      recipients: [A, B]
      retention: {period: P3Y, then: anonymise}
      correctable: true
    collections:
      - name: event_bookings
        rightsdesk: {label: Bookings, purpose: To book, owner: [email, other], match: {name: [full_name, former]}}
        fields:
          - {name: email, fides_meta: {identity: email}, rightsdesk: {correctable: false}}
          - {name: other, rightsdesk: {match: email}}
          - {name: full_name}
          - {name: former}
          - {name: notes, rightsdesk: {free_text: true}}
          - {name: words, rightsdesk: {free_text: true, disclose: always}}
          - {name: hash, rightsdesk: {disclose: never}}
      - name: staff
        fields: [{name: work_email, rightsdesk: {owner: true}}]
";
    let map = read(&[MapFile { name: "m.yml", text }]).unwrap();
    let dataset = &map.datasets[0];
    assert_eq!(dataset.label, "First");
    let bookings = &dataset.collections[0];
    assert_eq!((bookings.label.as_str(), bookings.about.purpose.as_str()), ("Bookings", "To book"));
    assert_eq!(bookings.about.recipients, ["A", "B"]);
    assert_eq!(bookings.about.retention.as_ref().unwrap().then, Then::Anonymise);
    assert_eq!(bookings.owner, ["email", "other"]);
    let matches: Vec<_> = bookings.matches.iter().map(|m| (m.kind, m.column.as_str())).collect();
    assert_eq!(
        matches,
        [
            (IdentifierKind::Name, "full_name"),
            (IdentifierKind::Name, "former"),
            (IdentifierKind::Email, "other"),
            (IdentifierKind::Email, "email")
        ]
    );
    assert!(!bookings.field("email").unwrap().correctable && bookings.field("other").unwrap().correctable);
    let disclose = |name: &str| bookings.field(name).unwrap().disclose;
    assert_eq!(disclose("notes"), Disclosure::Review, "free text waits for a person");
    assert_eq!(disclose("words"), Disclosure::Always);
    assert_eq!(disclose("hash"), Disclosure::Never);
    assert_eq!(bookings.field("full_name").unwrap().label, "Full name");
    assert_eq!(dataset.collections[1].owner, ["work_email"]);
}

#[test]
fn references_resolve_over_files_and_nested_fields_are_borne_and_said() {
    let one = "
dataset:
  - fides_key: one
    collections:
      - name: people
        fields:
          - {name: id}
          - name: contact
            fides_meta: {data_type: object}
            fields:
              - name: inner
                fields:
                  - {name: email, fides_meta: {identity: email}}
";
    let two = "
dataset:
  - fides_key: two
    collections:
      - name: notes
        fields:
          - {name: person, fides_meta: {references: [{dataset: one, field: people.id, direction: from}]}}
          - {name: contact, fides_meta: {references: [{dataset: one, field: people.contact.inner.email}]}}
";
    let files = [MapFile { name: "1", text: one }, MapFile { name: "2", text: two }];
    let map = read(&files).unwrap();
    assert_eq!(map.datasets[1].collections[0].fields[0].references[0].direction, Direction::From);
    assert_eq!(
        map.datasets[0].collections[0].notices,
        ["the identity or reference in the nested field `contact.inner.email` is not followed"]
    );
    let links = Links::of(&map);
    assert_eq!(links.links.len(), 3);
    assert_eq!((links.links[0].from, links.links[0].to), (0, 1));
    assert!(links.links[1].is_return_of(&links.links[2]));
    assert!(faults(&[two]).iter().all(|fault| fault.contains("no dataset has that key")));
}

#[test]
fn a_live_schema_that_does_not_fit_is_told_in_full() {
    let text = "
dataset:
  - fides_key: d
    collections:
      - name: people
        rightsdesk: {owner: id, match: {date_of_birth: flag}}
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
          - {name: gone}
          - {name: flag}
      - name: missing
        fields: [{name: x}]
      - name: locked
        fields: [{name: ref, fides_meta: {references: [{dataset: d, field: people.id}]}}]
";
    let map = read(&[MapFile { name: "m", text }]).unwrap();
    let column = |name: &str, kind: LiveKind| LiveColumn { name: name.into(), type_name: format!("{kind:?}"), kind };
    let table = |name: &str, readable: bool, columns: Vec<LiveColumn>| LiveTable {
        schema: None,
        name: name.into(),
        visible: true,
        readable,
        columns,
        primary_key: vec![],
    };
    let live = LiveSchema {
        tables: vec![
            table(
                "people",
                true,
                vec![
                    column("id", LiveKind::Integer),
                    column("email", LiveKind::Array),
                    column("flag", LiveKind::Boolean),
                ],
            ),
            table("locked", false, vec![column("ref", LiveKind::Uuid)]),
        ],
        case_sensitive: true,
        columns_case_sensitive: true,
    };
    let found: Vec<(usize, String)> =
        check(&map, |_| Some(&live)).into_iter().map(|(id, fault)| (id, fault.to_string())).collect();
    let expected = [
        (0, "d.people.id: is of type Integer and cannot say by e-mail address whose row it is"),
        (0, "d.people.email: is of type Array and cannot hold the e-mail address"),
        (0, "d.people.gone: the table has no such column"),
        (0, "d.people.flag: is of type Boolean and cannot hold the date of birth"),
        (1, "d.missing: the database has no such table or view"),
        (2, "d.locked: the account may not read it"),
        (2, "d.locked.ref: is of type Uuid and is referred to from `people.id` of type Integer"),
        (0, "d.people.id: is of type Integer and is referred to from `locked.ref` of type Uuid"),
    ];
    for (id, words) in expected {
        assert!(found.iter().any(|(at, fault)| *at == id && fault.starts_with(words)), "{words}\n{found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert!(check(&map, |_| None).is_empty(), "a source that could not be read is reported by the source");
}
