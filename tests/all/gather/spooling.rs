//! The spool on disk.

use rightsdesk::bundle::RecordSource;
use rightsdesk::files::spool::{Rules, Spool, SpoolError, SpoolWriter, Standing};

use super::place::{Gathered, Kind, Place, by_email, gathered, map, vault};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: a
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: b
        rightsdesk: {disclose: review}
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";

fn thirty() -> Gathered {
    let place = Place::new(
        Kind::Sqlite,
        "CREATE TABLE a (id INTEGER PRIMARY KEY, email TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, email TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
         INSERT INTO a SELECT 21 - i, 'ann@example.org' FROM n;
         INSERT INTO b SELECT id, email FROM a WHERE id <= 10",
    );
    gathered(&map(MAP), &[place.source("site")], &by_email("ann@example.org"))
}

#[test]
fn a_page_counts_through_all_collections_in_the_order_of_the_bundle() {
    let found = thirty();
    let rules = Rules::default();
    let whole: Vec<String> = found.spool.page(0, 1_000, &rules).unwrap().into_iter().map(|row| row.record.id).collect();
    assert_eq!(whole.len(), 30);
    assert_eq!((whole[0].as_str(), whole[9].as_str(), whole[29].as_str()), ("a/1", "a/10", "b/10"));
    for size in [1, 7, 30] {
        let mut pages = Vec::new();
        for from in (0..35).step_by(size) {
            let page = found.spool.page(from, size as u64, &rules).unwrap();
            assert!(page.len() <= size);
            pages.extend(page.into_iter().map(|row| row.record.id));
        }
        assert_eq!(pages, whole, "{size}");
    }
}

#[test]
fn every_row_can_be_found_by_its_identifier() {
    let found = thirty();
    for row in found.spool.page(0, 100, &Rules::default()).unwrap() {
        let again = found.spool.find(&row.record.id, &Rules::default()).unwrap().unwrap();
        assert_eq!((again.collection, again.standing), (row.collection, row.standing));
    }
    for no in ["a/0", "a/21", "a/", "", "c/1", "b/11"] {
        assert!(found.spool.find(no, &Rules::default()).unwrap().is_none(), "{no}");
    }
}

#[test]
fn the_held_rows_are_listed() {
    let found = thirty();
    let mut held = Vec::new();
    found
        .spool
        .each_held(&Rules::default(), &mut |id, standing| {
            assert!(matches!(standing, Standing::Held { .. }));
            held.push(id.to_owned());
        })
        .unwrap();
    assert_eq!(held.len(), 10);
    assert!(held.iter().all(|id| id.starts_with("b/")));
}

#[test]
fn a_spool_without_its_index_is_no_spool() {
    let found = thirty();
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(found.dir.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "index.json" {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    assert!(matches!(Spool::open(copy.path()), Err(SpoolError::Unfinished)));
    // A new gather clears what the dead one left.
    SpoolWriter::create(copy.path()).unwrap();
    assert_eq!(std::fs::read_dir(copy.path()).unwrap().count(), 0);
}

#[test]
fn a_damaged_spool_is_refused_and_never_shortened() {
    for (file, cut) in [("order-0000.bin", true), ("rows-0000.ndjson", true), ("rows-0001.ndjson", false)] {
        let found = thirty();
        let path = found.dir.path().join(file);
        if cut {
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, &bytes[..bytes.len() - 5]).unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let read = Spool::open_in(found.dir.path(), vault()).map_err(|error| error.to_string()).and_then(|spool| {
            let decided = spool.under(Rules::default()).map_err(|error| error.to_string())?;
            (0..2).try_for_each(|at| decided.replay(at, &mut |_| Ok(()))).map_err(|error| error.to_string())
        });
        assert!(read.is_err(), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_folder_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("spool");
    SpoolWriter::create(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}
