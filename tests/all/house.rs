//! The house rules that a program can check: arrows between rooms point down, and no circle is made; only the edges name
//! the database library; the machine's clock is read in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms in floor order, as `src/lib.rs` declares them.
fn rooms() -> Vec<String> {
    std::fs::read_to_string("src/lib.rs")
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned))
        .collect()
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Each source file with its room and its text, test modules left out.
fn sources() -> Vec<(PathBuf, String, String)> {
    let mut paths = Vec::new();
    files(Path::new("src"), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
            let room = path.strip_prefix("src").unwrap().components().next().unwrap();
            let room = room.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            (path, room, code)
        })
        .collect()
}

/// The rooms that a text names, by `crate::room`, or within `use crate::{room::..., room::...}`.
fn named<'r>(text: &str, rooms: &'r [String]) -> BTreeSet<&'r str> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names: Vec<String> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').map(|n| n.trim().to_owned()).collect(),
            None => vec![rest.to_owned()],
        };
        for name in names {
            let word: String = name.chars().take_while(|c| is_word(*c)).collect();
            found.extend(rooms.iter().find(|room| **room == word).map(String::as_str));
        }
    }
    found
}

#[test]
fn arrows_between_rooms_point_down() {
    let rooms = rooms();
    assert!(rooms.len() > 15, "the rooms were not read from src/lib.rs");
    let floor = |room: &str| rooms.iter().position(|r| r == room);
    let mut breaches = Vec::new();
    let mut arrows = 0;
    for (path, room, code) in sources() {
        let Some(own) = floor(&room) else { continue };
        for other in named(&code, &rooms) {
            arrows += usize::from(other != room);
            // Every arrow points to a room that stands earlier: so no circle can be made of them either.
            if floor(other).unwrap() > own {
                breaches.push(format!("{} ({room}) names {other}, which stands above it", path.display()));
            }
        }
    }
    assert!(arrows > 100, "only {arrows} arrows were found: the reader of the use lines is broken");
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// What the doors may not name, and what nobody but the edges may.
#[test]
fn rooms_name_only_what_is_theirs() {
    let rooms = rooms();
    let forbidden: BTreeMap<&str, &[&str]> =
        BTreeMap::from([("web", &["store", "sources", "jobs"][..]), ("jobs", &["web", "sources"][..])]);
    let mut breaches = Vec::new();
    for (path, room, code) in sources() {
        for other in forbidden.get(room.as_str()).copied().unwrap_or_default() {
            if named(&code, &rooms).contains(other) {
                breaches.push(format!("{} names {other}", path.display()));
            }
        }
        let code: String = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        if (code.contains("diesel::") || code.contains("diesel_migrations::")) && room != "store" && room != "sources" {
            breaches.push(format!("{} names the database library", path.display()));
        }
        if code.contains("Utc::now(") && !path.ends_with("base/moment.rs") {
            breaches.push(format!("{} reads the machine's clock", path.display()));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_reader_of_use_lines_sees_each_form() {
    let rooms: Vec<String> = ["base", "case", "store"].map(String::from).to_vec();
    let text = "use crate::base::Moment;\nuse crate::{case::Stage, store};\n// crate::web in a comment\nlet x = crate::storefront::y;";
    assert_eq!(named(text, &rooms), BTreeSet::from(["base", "case", "store"]));
}
