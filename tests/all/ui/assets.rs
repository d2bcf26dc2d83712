//! The committed front end: nothing of it looks like GOV.UK, leads to another host, or is missing.

use std::collections::BTreeSet;

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("assets/web/{name}")).unwrap()
}

#[test]
fn the_front_end_carries_no_branding_and_no_other_host() {
    for name in ["govuk.css", "govuk-rtl.css", "govuk.js", "moj.css", "moj.js", "icon.svg"] {
        let text = read(name).to_lowercase();
        for trace in [
            "gds transport",
            "@font-face",
            "crest",
            "crown",
            "sourcemappingurl",
            "@import",
            "moj-header",
            "govuk-header",
        ] {
            assert!(!text.contains(trace), "{name} has {trace}");
        }
        let hosts: BTreeSet<String> = text
            .split("://")
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect())
            .collect();
        // The name of SVG's elements, and the beginning of an address in a selector.
        let foreign: Vec<_> = hosts.iter().filter(|host| !["www.w3.org", ""].contains(&host.as_str())).collect();
        assert!(foreign.is_empty(), "{name} names {foreign:?}");
    }
}

#[test]
fn every_picture_that_a_style_sheet_names_is_there() {
    let mut named = 0;
    for name in ["govuk.css", "govuk-rtl.css", "moj.css"] {
        for rest in read(name).split("url(").skip(1) {
            let file = rest.split(')').next().unwrap().trim_matches(['"', '\'']).to_owned();
            assert!(!file.contains('/') && read(&file).contains("<svg"), "{name} names {file}");
            named += 1;
        }
    }
    assert!(named > 3);
}

/// What a first visit loads, as it goes over the line.
#[test]
fn the_front_end_weighs_little() {
    use flate2::{Compression, write::GzEncoder};
    let weight = |name: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        std::io::Write::write_all(&mut encoder, read(name).as_bytes()).unwrap();
        encoder.finish().unwrap().len()
    };
    let citizen = weight("govuk.css") + weight("govuk.js") + weight("icon.svg");
    let desk = citizen + weight("moj.css") + weight("moj.js");
    println!("{citizen} bytes for citizens, {desk} for the desk");
    assert!(citizen < 30_000 && desk < 42_000, "{citizen} bytes for citizens, {desk} for the desk");
}
