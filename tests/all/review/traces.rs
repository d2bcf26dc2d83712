//! The search for traces finds what is planted, in each encoding: a search that finds nothing anywhere proves nothing.

use std::collections::BTreeSet;
use std::io::Write;

use rightsdesk::base::Clock as _;
use rightsdesk::base::FixedClock;

use crate::harness::traces::{Needle, traces};

fn zipped(entries: &[(&str, Vec<u8>)], comment: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.set_comment(comment).unwrap();
    zip.finish().unwrap().into_inner()
}

fn ways(found: &BTreeSet<String>) -> String {
    found.iter().cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_planted_is_found_in_each_encoding() {
    let word = "Żółkiewska";
    let utf16 = |big: bool| -> Vec<u8> {
        word.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02X}")).collect::<String>();
    let json: String = word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let html: String = word.chars().map(|c| format!("&#x{:X};", u32::from(c))).collect();
    let url: String = word.bytes().map(|b| format!("%{b:02X}")).collect();
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(format!("x{word}y"));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("utf-8", word.to_lowercase().into_bytes()),
        ("utf-16be", utf16(true)),
        ("utf-16le", [vec![0], utf16(false)].concat()),
        ("escaped in JSON", format!("{{\"a\":\"{json}\"}}").into_bytes()),
        ("escaped in HTML", format!("<p>{html}</p>").into_bytes()),
        ("escaped in HTML", "Żółk<b>iew</b>ska".as_bytes().to_vec()),
        ("escaped in a URL", url.into_bytes()),
        ("in hexadecimal", hex(word.as_bytes()).into_bytes()),
        ("in hexadecimal, utf-16", hex(&utf16(true)).into_bytes()),
        ("in base64", base64.into_bytes()),
    ];
    for (way, content) in cases {
        let found = traces(&zipped(&[("a.bin", content)], ""), word);
        assert!(found.contains(&format!("a.bin: {way}")), "{way}: {}", ways(&found));
    }
    assert!(!traces(&zipped(&[("zolkiewska-Żółkiewska.txt", vec![])], ""), word).is_empty(), "in a name");
    assert!(!traces(&zipped(&[("a.txt", vec![])], "about Żółkiewska"), word).is_empty(), "in the comment");
    let inner = zipped(&[("b.txt", word.as_bytes().to_vec())], "");
    assert!(!traces(&zipped(&[("a.zip", inner)], ""), word).is_empty(), "in a zip within");
    let none = zipped(&[("a.txt", b"nobody is named here: zolkiew ska".to_vec())], "");
    assert_eq!(traces(&none, "Featherstonehaugh"), BTreeSet::new());
}

/// The program's own PDF draws glyphs: the word is in none of its bytes, and is found by what the glyphs mean.
#[test]
fn a_word_that_is_only_drawn_is_found_by_its_glyphs() {
    use rightsdesk::bundle::{BundleError, CollectionReport, Column, ColumnKind, Cover, Record, RecordSource, Status};
    struct One(Vec<CollectionReport>, &'static str);
    impl RecordSource for One {
        fn collections(&self) -> &[CollectionReport] {
            &self.0
        }
        fn replay(
            &self,
            _: usize,
            each: &mut dyn FnMut(&Record) -> Result<(), BundleError>,
        ) -> Result<(), BundleError> {
            let fields = serde_json::value::RawValue::from_string(format!("{{\"body\":\"{}\"}}", self.1)).unwrap();
            each(&Record { id: "t/1".into(), matched_on: vec!["email".into()], fields })
        }
    }
    let report = CollectionReport {
        source: "office".into(),
        dataset: "office".into(),
        dataset_label: "Office".into(),
        collection: "t".into(),
        label: "Messages".into(),
        purpose: String::new(),
        lawful_basis: String::new(),
        recipients: vec![],
        retention: None,
        origin: String::new(),
        automated_decisions: String::new(),
        transfers: String::new(),
        status: Status::Found,
        problem: None,
        found: 1,
        disclosed: 1,
        withheld: vec![],
        searched_for: vec![],
        columns: vec![Column { name: "body".into(), label: "Body".into(), kind: ColumnKind::FreeText }],
        never_disclosed: vec![],
    };
    let desk = crate::harness::Bench::new(crate::harness::Backend::Sqlite);
    let cover = Cover {
        reference: "DR-2026-000001".into(),
        subject_name: "Ann Lee".into(),
        addressee: None,
        controller: desk.config.controller.clone(),
        received_on: None,
        due_on: None,
        generated_at: FixedClock::at("2026-11-23T09:30:00Z".parse().unwrap()).now(),
        software: "rightsdesk".into(),
    };
    // Shaped scripts carry their text beside the glyphs (ActualText, in UTF-16).
    for (word, text, way) in [
        ("Featherstonehaugh", "about Mr Featherstonehaugh again", "as glyphs"),
        ("محمد عبد الله", "about محمد عبد الله again", "utf-16"),
    ] {
        let mut zip = Vec::new();
        rightsdesk::bundle::write_bundle(&mut zip, &cover, &One(vec![report.clone()], text)).unwrap();
        let found = traces(&zip, word);
        for entry in ["records.json", "index.html"] {
            assert!(found.iter().any(|place| place.starts_with(entry)), "{entry}: {}", ways(&found));
        }
        assert!(
            found.iter().any(|place| place.starts_with("disclosure.pdf") && place.ends_with(way)),
            "{}",
            ways(&found)
        );
        assert_eq!(traces(&zip, "Nobodyatall"), BTreeSet::new());
    }
}

#[test]
fn strings_of_a_pdf_are_read() {
    use lopdf::{Document, Object, dictionary};
    let mut pdf = Document::with_version("1.7");
    let pages = pdf.add_object(dictionary! {"Type" => "Pages", "Kids" => Vec::<Object>::new(), "Count" => 0});
    let root = pdf.add_object(dictionary! {"Type" => "Catalog", "Pages" => pages});
    let utf16: Vec<u8> =
        [0xFE, 0xFF].into_iter().chain("Żółkiewska".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let info = pdf.add_object(dictionary! {"Title" => Object::String(utf16, lopdf::StringFormat::Hexadecimal)});
    pdf.trailer.set("Root", root);
    pdf.trailer.set("Info", info);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let mut found = BTreeSet::new();
    Needle::of("Żółkiewska").in_entry("a.pdf", &bytes, &mut found);
    assert!(found.iter().any(|place| place.ends_with("a string of the PDF")), "{}", ways(&found));
    // A stream that nothing points to, deflated.
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    deflated.write_all("about Żółkiewska".as_bytes()).unwrap();
    let deflated = deflated.finish().unwrap();
    let orphan = pdf.add_object(lopdf::Stream::new(dictionary! {"Filter" => "FlateDecode"}, deflated));
    assert!(orphan.0 > 0);
    pdf.trailer.remove(b"Info");
    pdf.objects.remove(&info);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let mut found = BTreeSet::new();
    Needle::of("Żółkiewska").in_entry("a.pdf", &bytes, &mut found);
    assert!(found.iter().any(|place| place.contains("stream") && place.ends_with("utf-8")), "{}", ways(&found));
}
