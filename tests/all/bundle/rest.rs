//! What lies in the data folder.

use std::io::Cursor;
use std::path::Path;

use rightsdesk::base::PublicKey;
use rightsdesk::bundle::verify_bundle;

use crate::harness::traces::{Needle, traces};
use crate::review::Reviewed;

/// Every file below `dir`.
fn files(dir: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

both! {
    fn nothing_in_the_data_folder_is_readable(backend) {
        let desk = Reviewed::new(backend);
        desk.settle();
        let zip = desk.release();
        let mut found = Vec::new();
        for part in ["bundles", "spools", "signoffs"] {
            files(&desk.bench.config.desk.data_dir.join(part), &mut found);
        }
        assert!(found.len() > 4, "{found:?}");
        let mut places = std::collections::BTreeSet::new();
        for path in &found {
            let bytes = std::fs::read(path).unwrap();
            assert!(bytes.starts_with(b"RDVAULT1"), "{}", path.display());
            for words in ["Nothing about anybody", "Ann Lee", "records.json", "messages"] {
                Needle::of(words).in_bytes(&bytes, &path.display().to_string(), &mut places);
            }
        }
        assert!(places.is_empty(), "{places:?}");
        // The same words are in what comes out.
        assert!(!traces(&zip, "Nothing about anybody").is_empty());
    }

    fn the_bundle_that_is_fetched_is_signed_by_the_key_that_is_published(backend) {
        let desk = Reviewed::new(backend);
        desk.settle();
        let zip = desk.release();
        let pem = crate::harness::Answer::of(desk.bench.request("GET", "/signing-key.pem"));
        assert_eq!(pem.status, 200);
        let key = PublicKey::read(&pem.text()).expect("a key");
        let checked = verify_bundle(Cursor::new(zip), Some(&key), None).unwrap();
        assert!(checked.published_at.ends_with("/signing-key.pem"), "{}", checked.published_at);
    }
}
