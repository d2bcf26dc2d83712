//! The PDF room from outside: what it writes is read back by poppler and checked by qpdf.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use rightsdesk::bundle::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Period, Record, RecordSource, SearchedFor,
    Status, Withheld, write_disclosure,
};
use rightsdesk::pdf::{Bar, Cell, Document, Front, Letter, Piece, Sender, Written, read_blocks, write_letter};
use serde_json::value::RawValue;
use serde_json::{Value as Json, json};

/// Names and sentences in the scripts that the people of the demo write in.
const SCRIPTS: &[(&str, &str)] = &[
    ("Welsh", "Llŷr Siôn Ŵyn ap Gruffudd"),
    ("Polish", "Zażółć gęślą jaźń, Łukasz Wiśniewski"),
    ("Czech", "Příliš žluťoučký kůň, Šárka Dvořáková"),
    ("Romanian", "Ștefan Țurcanu, Ăâî"),
    ("Turkish", "İbrahim Işık, Çağrı Gökçe Şahin"),
    ("Vietnamese", "Nguyễn Thị Ánh Nguyệt ở Hà Nội"),
    ("Icelandic", "Þórður Ægisson, Guðrún"),
    ("Decomposed", "Ame\u{301}lie Lly\u{302}r o\u{308}\u{304}"),
    ("Ligatures", "office affluent fjord ﬁ ﬄ"),
    ("Greek", "Γιώργος Παπαδόπουλος, Ἀθῆναι ᾧ"),
    ("Cyrillic", "Олександр Шевченко, Київ; Йосиф Ђорђевић"),
    ("Arabic", "محمد عبد الله — تم إرسال رسالة (DR-2026-0001) إلى المستأجر في 12/03/2026"),
    ("Vowelled", "مُحَمَّد بْنُ عَبْدِ اللّٰه"),
    ("Urdu", "کرایہ دار فاطمہ بی بی چوہدری کو خط ۱۲۳ بھیج دیا گیا ہے"),
    ("Hebrew", "שלום, רחל (גיל 42) — abc דוד"),
    ("Mixed", "Mrs פרידמן of 12 High St, محمد, £5"),
    ("Devanagari", "क्षितिज श्रीवास्तव को पत्र भेजा गया"),
    ("Bengali", "রহিমা খাতুন, শ্রী জ্ঞানেন্দ্র"),
    ("Gurmukhi", "ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ, ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"),
    ("Gujarati", "ક્ષમા પટેલ, શ્રી કૃષ્ણ"),
    ("Tamil", "ஸ்ரீ கௌரி, தமிழ்"),
    ("Chinese", "王小明：已向租户发送有关维修的信件。繁體字"),
    ("Japanese", "山田太郎さん、コンピュータ"),
    ("Korean", "김민준 한글"),
    ("Thai", "สมชาย ใจดี น้ำ"),
    ("Amharic", "አበበ በቀለ"),
    ("Emoji", "Thank you 👍 🏠 😀 ❤️ 👩‍👩‍👧 👋🏽 🇬🇧"),
    ("Symbols", "✓ → ≤ € ½ № ™ 𝒜 ☎"),
    ("Uncovered", "\u{e001} \u{10fffd} \u{1e900}\u{1e901} \u{12000}"),
    ("Controls", "a\u{1}b\u{1b}[0m c\u{7f} \u{9d}"),
    ("Lone marks", "\u{301} \u{64b} \u{93e}"),
    ("Invisible", "zero\u{200b}width so\u{ad}ft\u{2060}join\u{feff}"),
];

fn front() -> Front {
    Front {
        title: "Trial <of> “titles” & أسماء".into(),
        language: "en-GB",
        author: "A Council".into(),
        reference: "DR-2026-000123".into(),
        created: "2026-11-23T09:30:00Z".parse().unwrap(),
        software: "rightsdesk test".into(),
    }
}

pub fn cover() -> Cover {
    Cover {
        reference: "DR-2026-000123".into(),
        subject_name: "Siân O’Connor".into(),
        addressee: None,
        controller: Controller {
            name: "Lancashire County Council".into(),
            service: "Children’s Safeguarding Assurance Partnership".into(),
            registration: "Z542705X".into(),
            address: vec!["County Hall".into(), "Preston".into(), "PR1 8XJ".into()],
            email: "dataprotection@example.gov.uk".into(),
            dpo_email: "dpo@example.gov.uk".into(),
            regulator: "Information Commissioner".into(),
            regulator_complaints_url: "https://ico.org.uk/make-a-complaint/".into(),
        },
        received_on: chrono::NaiveDate::from_ymd_opt(2026, 10, 26),
        due_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 26),
        generated_at: "2026-11-23T09:30:00Z".parse().unwrap(),
        software: "rightsdesk test".into(),
    }
}

pub struct Given(pub Vec<(CollectionReport, Vec<Record>)>, Vec<CollectionReport>);

impl Given {
    pub fn new(parts: Vec<(CollectionReport, Vec<Record>)>) -> Self {
        let reports = parts.iter().map(|(report, _)| report.clone()).collect();
        Self(parts, reports)
    }
}

impl RecordSource for Given {
    fn collections(&self) -> &[CollectionReport] {
        &self.1
    }

    fn replay(
        &self,
        index: usize,
        each: &mut dyn FnMut(&Record) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        self.0[index].1.iter().try_for_each(each)
    }
}

pub fn collection(name: &str, columns: &[(&str, ColumnKind)], rows: Vec<Json>) -> (CollectionReport, Vec<Record>) {
    let count = rows.len() as u64;
    let report = CollectionReport {
        source: "website".into(),
        dataset: "website".into(),
        dataset_label: "The partnership’s website".into(),
        collection: name.into(),
        label: name.replace('_', " "),
        purpose: "To run the training events that you book".into(),
        lawful_basis: "Public task (Article 6(1)(e))".into(),
        recipients: vec!["The event’s trainers".into(), "The venue".into()],
        retention: Some(Period { period: "P3Y".into(), then: "anonymise".into() }),
        origin: "You, when you booked".into(),
        automated_decisions: "none".into(),
        transfers: "none".into(),
        status: if rows.is_empty() { Status::NothingHeld } else { Status::Found },
        problem: None,
        found: count,
        disclosed: count,
        withheld: vec![],
        searched_for: vec![SearchedFor {
            column: columns[0].0.into(),
            by: "email".into(),
            from: "the verified e-mail address".into(),
            values: 1,
        }],
        columns: columns
            .iter()
            .map(|(name, kind)| Column { name: (*name).into(), label: name.replace('_', " "), kind: *kind })
            .collect(),
        never_disclosed: vec![],
    };
    let records = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| Record {
            id: format!("{name}/{index}"),
            matched_on: vec!["email".into()],
            fields: RawValue::from_string(row.to_string()).unwrap(),
        })
        .collect();
    (report, records)
}

/// A disclosure with every kind of part.
fn sample() -> Given {
    use ColumnKind::{Boolean, Date, DateTime, FreeText, Number, Text};
    let names = SCRIPTS.iter().map(|(script, text)| json!({"script": script, "text": text})).collect();
    let scripts = collection("names_in_every_script", &[("script", Text), ("text", FreeText)], names);
    let columns = [
        ("booking", Number),
        ("attendee_name", Text),
        ("email", Text),
        ("booked_on", Date),
        ("paid_at", DateTime),
        ("attended", Boolean),
        ("dietary_needs", Text),
        ("message", FreeText),
    ];
    let bookings = (1..=60)
        .map(|n| {
            json!({"booking": n, "attendee_name": SCRIPTS[n % SCRIPTS.len()].1, "email": format!("sian.oconnor{n}@example.org"),
                "booked_on": "2026-03-04", "paid_at": "2026-07-01T23:30:00Z", "attended": n % 3 == 0,
                "dietary_needs": if n % 4 == 0 { Json::Null } else { json!("No nuts") },
                "message": if n % 7 == 0 { json!({"redacted": "DPA-S2-16"}) } else { json!("Please may we sit near the door. ".repeat(n % 5)) }})
        })
        .collect();
    let mut bookings = collection("event_bookings", &columns, bookings);
    bookings.0.found += 2;
    bookings.0.withheld = vec![
        Withheld { reason: "held for review: the record belongs to somebody else".into(), code: None, count: 2 },
        Withheld {
            reason: "It says something about another person (DPA 2018, Schedule 2, paragraph 16)".into(),
            code: Some("DPA-S2-16".into()),
            count: 0,
        },
    ];
    let wide: Vec<(String, ColumnKind)> = (0..18).map(|n| (format!("answer_to_question_{n}"), Text)).collect();
    let wide_columns: Vec<(&str, ColumnKind)> = wide.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
    let enquiry = |n: usize| {
        let fields: serde_json::Map<String, Json> = wide
            .iter()
            .enumerate()
            .map(|(at, (name, _))| {
                (name.clone(), json!(format!("Answer {n}.{at}: {}", "words that go on ".repeat(at % 6))))
            })
            .collect();
        Json::Object(fields)
    };
    let mut enquiries = collection("enquiries", &wide_columns, (0..4).map(enquiry).collect());
    let long = "One long letter, 世界, with שלום in it. ".repeat(1500);
    let mut letters = collection(
        "letters",
        &[("sent_on", Date), ("text", FreeText)],
        vec![
            json!({"sent_on": "2025-01-02", "text": "short"}),
            json!({"sent_on": "2025-01-03", "text": long}),
            json!({"sent_on": null, "text": "W".repeat(3000)}),
        ],
    );
    let mut accounts = collection("accounts", &[("email", Text)], vec![]);
    accounts.0.automated_decisions = "Three wrong passwords lock it for ten minutes".into();
    accounts.0.transfers = String::new();
    accounts.0.never_disclosed = vec!["your password (as a hash)".into()];
    let mut views = collection("page_views", &[("email", Text)], vec![]);
    views.0.status = Status::Failed;
    views.0.problem = Some("The database did not answer within 30 seconds".into());
    for (report, _) in [&mut enquiries, &mut letters, &mut accounts, &mut views] {
        report.dataset = "desk".into();
        report.dataset_label = "Letters and enquiries".into();
    }
    Given::new(vec![scripts, bookings, enquiries, letters, accounts, views])
}

fn output(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

pub fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = output(name);
    std::fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    path
}

fn text_of(path: &Path, arguments: &[&str]) -> String {
    let run = Command::new("pdftotext").args(["-enc", "UTF-8"]).args(arguments).arg(path).arg("-").output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// The words of a PDF as poppler reads them, a space between each two.
pub fn words_of(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    text_of(file.path(), &[]).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same in the order in which they were drawn: a table row by row.
pub fn rows_of(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    text_of(file.path(), &["-raw"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same of one page, from 1.
pub fn page_words_of(pdf: &[u8], page: u32) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let page = page.to_string();
    text_of(file.path(), &["-f", &page, "-l", &page]).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without bidirectional marks and white space, in compatibility form: what extraction may change.
fn essence(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.chars()
        .filter(
            |c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
        )
        .filter(|c| !c.is_whitespace())
        .nfkc()
        .collect()
}

pub fn checks(path: &Path) {
    let run = Command::new("qpdf").arg("--check").arg(path).output().unwrap();
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

fn document(name: &str, write: impl FnOnce(&mut Document<&mut Vec<u8>>)) -> (PathBuf, Written) {
    let mut bytes = vec![];
    let mut document = Document::new(&mut bytes, front()).unwrap();
    write(&mut document);
    let written = document.finish().unwrap();
    assert_eq!(written.bytes, bytes.len() as u64);
    (keep(name, &bytes), written)
}

#[test]
fn text_in_every_script_is_read_back() {
    let (path, _) = document("scripts.pdf", |document| {
        document.heading(1, "Scripts").unwrap();
        for (script, text) in SCRIPTS {
            document.words(format!("{script}: {text}")).unwrap();
        }
    });
    checks(&path);
    for mode in [&["-raw"][..], &[], &["-layout"]] {
        let text = essence(&text_of(&path, mode));
        for (script, original) in SCRIPTS {
            assert!(text.contains(&essence(original)), "{script} with {mode:?}: {original}");
        }
    }
}

#[test]
fn random_text_is_read_back() {
    // A xorshift with a fixed seed: the same strings on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let ranges: &[(u32, u32)] = &[
        (0x20, 0x7e),
        (0x20, 0x7e),
        (0xa0, 0x17f),
        (0x300, 0x36f),
        (0x370, 0x3ff),
        (0x400, 0x4ff),
        (0x590, 0x5ff),
        (0x600, 0x6ff),
        (0x900, 0x97f),
        (0x980, 0x9ff),
        (0xa00, 0xa7f),
        (0x2000, 0x20cf),
        (0x4e00, 0x9fff),
        (0x1f300, 0x1f6ff),
        (0xac00, 0xd7a3),
        (0xe000, 0xe0ff),
        (0x1, 0x10_ffff),
    ];
    let strings: Vec<String> = (0..600)
        .map(|_| {
            let blocks: Vec<(u32, u32)> = (0..=next(2)).map(|_| ranges[next(ranges.len() as u64) as usize]).collect();
            (0..=next(30))
                .filter_map(|_| {
                    let (low, high) = blocks[next(blocks.len() as u64) as usize];
                    char::from_u32(low + next(u64::from(high - low)) as u32)
                })
                // A noncharacter has no place in interchanged text: poppler gives the replacement character for it.
                .filter(|c| u32::from(*c) & 0xfffe != 0xfffe && !matches!(c, '\u{fdd0}'..='\u{fdef}'))
                .collect()
        })
        .collect();
    let (path, _) = document("random.pdf", |document| {
        document.heading(1, "Random").unwrap();
        for (index, text) in strings.iter().enumerate() {
            document.words(format!("[{index}:{text}:{index}]")).unwrap();
        }
    });
    checks(&path);
    let text = essence(&text_of(&path, &["-raw"]));
    let lost: Vec<&String> = strings
        .iter()
        .enumerate()
        .filter(|(index, s)| !text.contains(&essence(&format!("[{index}:{s}:{index}]"))))
        .map(|(_, s)| s)
        .collect();
    assert!(lost.is_empty(), "{} lost, first {:?}", lost.len(), lost.iter().take(8).collect::<Vec<_>>());
}

#[test]
fn a_disclosure_says_all_and_nothing_else() {
    let given = sample();
    let mut bytes = vec![];
    let written = write_disclosure(&mut bytes, &cover(), &given).unwrap();
    let path = keep("disclosure.pdf", &bytes);
    checks(&path);
    let text = essence(&text_of(&path, &["-raw"]));
    for (script, original) in SCRIPTS {
        assert!(text.contains(&essence(original)), "{script}: {original}");
    }
    for said in [
        "Lancashire County Council",
        "DR-2026-000123",
        "26 October 2026",
        "We looked here and hold nothing about you.",
        "We could not search this.",
        "The database did not answer within 30 seconds.",
        "2 records: held for review: the record belongs to somebody else.",
        "Withheld: DPA-S2-16",
        "It says something about another person (DPA 2018, Schedule 2, paragraph 16).",
        "4 March 2026",
        "2 July 2026 at 00:30",
        "Not recorded",
        "3 years, then we remove whatever says who you are.",
        "Section 164A of the Data Protection Act 2018",
        "section 165",
        "section 167",
        "your password (as a hash)",
        "https://ico.org.uk/make-a-complaint/",
        "accounts: Three wrong passwords lock it for ten minutes.",
        "Our map of data does not say for everything here whether it is sent outside the United Kingdom",
    ] {
        assert!(text.contains(&essence(said)), "{said}");
    }
    for page in [1, written.pages] {
        assert!(text.contains(&essence(&format!("Page {page} of {}", written.pages))));
    }
}

#[test]
fn the_contents_give_the_pages_where_the_headings_are() {
    let mut bytes = vec![];
    write_disclosure(&mut bytes, &cover(), &sample()).unwrap();
    let path = keep("contents.pdf", &bytes);
    let text = text_of(&path, &["-layout"]);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let contents = pages.iter().find(|page| page.trim_start().contains("Contents\n")).unwrap();
    let mut found = 0;
    for label in
        ["names in every script", "event bookings", "enquiries", "letters", "page views", "What the labels mean"]
    {
        let line = contents.lines().find(|line| line.trim_start().starts_with(label)).unwrap();
        let number: usize = line.split_whitespace().last().unwrap().parse().unwrap();
        assert!(pages[number - 1].lines().any(|line| line.trim() == label), "{label} on page {number}");
        found += 1;
    }
    assert_eq!(found, 6);
}

#[test]
fn the_same_records_and_moment_give_the_same_bytes() {
    let write = || {
        let mut bytes = vec![];
        write_disclosure(&mut bytes, &cover(), &sample()).unwrap();
        bytes
    };
    assert!(write() == write());
}

#[test]
fn a_withheld_value_leaves_no_trace() {
    // The source gives no value: what is looked for is that nothing of the label's neighbours is invented for it.
    let given = Given::new(vec![collection(
        "notes",
        &[("a", ColumnKind::Text), ("b", ColumnKind::Text)],
        vec![
            json!({"a": {"redacted": "LPP"}, "b": "kept"}),
            json!({"a": "also kept", "b": {"redacted": "LPP"}, "not_a_column": "SECRETVALUE"}),
        ],
    )]);
    let mut bytes = vec![];
    write_disclosure(&mut bytes, &cover(), &given).unwrap();
    let path = keep("redacted.pdf", &bytes);
    let plain = output("redacted-plain.pdf");
    assert!(
        Command::new("qpdf")
            .args(["--qdf", "--object-streams=disable"])
            .arg(&path)
            .arg(&plain)
            .status()
            .unwrap()
            .success()
    );
    let bytes = std::fs::read(&plain).unwrap();
    assert!(!bytes.windows(11).any(|window| window == b"SECRETVALUE"));
    let text = text_of(&path, &["-raw"]);
    assert!(!text.contains("SECRETVALUE") && text.matches("Withheld: LPP").count() == 3, "{text}");
}

#[test]
fn hard_text_neither_fails_nor_overflows() {
    let mega = "x".repeat(10 << 20) + " end";
    let (path, written) = document("hard.pdf", |document| {
        document.heading(1, "Hard").unwrap();
        document
            .paragraph(&[Piece::strong(""), Piece::text("\n\n\r\n"), Piece::web("https://example.org/?q=(a)\\b")])
            .unwrap();
        document.words("\u{202e}\u{0}\u{ffff}\u{300}".repeat(300)).unwrap();
        document.words(&mega).unwrap();
        document.list(&[]).unwrap();
        document.notice(&[Piece::text("note ".repeat(2000))], true).unwrap();
    });
    assert!(written.pages > 1000);
    checks(&path);
    let boxes = Command::new("pdftotext").args(["-bbox", "-l", "12"]).arg(&path).arg("-").output().unwrap();
    for line in String::from_utf8_lossy(&boxes.stdout).lines().filter(|line| line.contains("<word")) {
        let right: f32 = line.split("xMax=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(right <= 595.28 - 55.0, "{right}: {line:.80}");
    }
}

/// A letter for an envelope with a window, in Welsh.
fn letter() -> PathBuf {
    let letter = Letter {
        from: Sender {
            name: "Lancashire County Council".into(),
            service: "Children’s Safeguarding Assurance Partnership".into(),
            address: vec!["County Hall".into(), "Preston".into(), "PR1 8XJ".into()],
            email: "dataprotection@example.gov.uk".into(),
        },
        to: vec!["Siân O’Connor".into(), "12 Stryd Fawr".into(), "Bangor".into(), "LL57 1AB".into()],
        facts: vec![("Cyfeirnod".into(), "DR-2026-000123".into()), ("Dyddiad".into(), "3 Tachwedd 2026".into())],
        body: read_blocks(
            "Annwyl Siân\n\nRydym wedi atal eich cais am y tro.\n\nSut i barhau\n1. Agorwch:\n   \
             https://rights.example.gov.uk/requests/1\n2. Neu ysgrifennwch at dataprotection@example.gov.uk.\n",
        ),
    };
    let mut bytes = vec![];
    let front = Front { title: "Eich cais am wybodaeth".into(), language: "cy", ..front() };
    let written = write_letter(&mut bytes, front, &letter).unwrap();
    assert_eq!(written.pages, 1);
    keep("letter.pdf", &bytes)
}

#[test]
fn a_letter_stands_where_the_window_of_an_envelope_shows_it() {
    let path = letter();
    checks(&path);
    let boxes = Command::new("pdftotext").arg("-bbox").arg(&path).arg("-").output().unwrap();
    let text = String::from_utf8(boxes.stdout).unwrap();
    let at = |word: &str, edge: &str| -> f32 {
        let line = text.lines().find(|line| line.contains(&format!(">{word}<"))).unwrap();
        line.split(&format!("{edge}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let millimetres = |points: f32| points * 25.4 / 72.0;
    let (top, left, bottom) = (at("Stryd", "yMin"), at("Stryd", "xMin"), at("LL57", "yMax"));
    assert!(millimetres(top) > 45.0 && millimetres(bottom) < 80.0, "{top} {bottom}");
    assert!((19.0..22.0).contains(&millimetres(at("12", "xMin"))), "{left}");
    let text = text_of(&path, &["-raw"]);
    assert!(text.contains("1. Agorwch: https://rights.example.gov.uk/requests/1"), "{text}");
}

/// A report with a table of amounts and a chart longer than a page.
fn report() -> PathBuf {
    let (path, _) = document("report.pdf", |document| {
        document.heading(1, "Answered in time").unwrap();
        document.words("From 1 January to 30 June 2026.").unwrap();
        let rows: Vec<Vec<Cell>> = (1..=70)
            .map(|n| vec![Cell::plain(format!("Team {n}")), Cell::plain((n * 37).to_string()), Cell::muted("none")])
            .collect();
        document.table(&[("Team", false), ("Requests", true), ("Late", true)], &rows).unwrap();
        document.heading(2, "By team").unwrap();
        let bars: Vec<Bar> = (0..60)
            .map(|n| Bar {
                label: format!("Team {n} with a name that is rather long and goes over the line"),
                value: if n == 3 { f64::NAN } else { f64::from(n) - 1.0 },
                shown: format!("{n} of 60"),
            })
            .collect();
        document.bars("requests answered in time by team", &bars).unwrap();
    });
    path
}

#[test]
fn a_report_says_in_words_what_its_chart_shows() {
    let path = report();
    checks(&path);
    let text = text_of(&path, &["-layout"]);
    assert!(text.contains("2590") && text.contains("59 of 60"));
    let plain = output("report-plain.pdf");
    let qpdf =
        Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(&path).arg(&plain).status().unwrap();
    assert!(qpdf.success());
    let bytes = std::fs::read(&plain).unwrap();
    let utf16: Vec<u8> = "Team 59 with a name that is rather long and goes over the line: 59 of 60."
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let alt = bytes.split(|b| *b == b'\n').filter(|line| line.windows(4).any(|w| w == b"/Alt")).count();
    assert!(alt >= 2, "the chart goes over the page: a figure on each");
    let hex: String = utf16.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(
        bytes.windows(utf16.len()).any(|w| w == utf16) || String::from_utf8_lossy(&bytes).to_lowercase().contains(&hex),
        "the alternative text gives each value"
    );
    // The amounts stand under each other at their right edge.
    let boxes = Command::new("pdftotext").args(["-bbox", "-f", "1", "-l", "1"]).arg(&path).arg("-").output().unwrap();
    let boxes = String::from_utf8(boxes.stdout).unwrap();
    let right = |word: &str| -> f32 {
        let line = boxes.lines().find(|line| line.contains(&format!(">{word}<"))).unwrap();
        line.split("xMax=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!((right("37") - right("1110")).abs() < 0.5);
}

#[test]
fn every_document_conforms_to_pdf_ua_and_pdf_a() {
    let mut bytes = vec![];
    write_disclosure(&mut bytes, &cover(), &sample()).unwrap();
    let disclosure = keep("conforms.pdf", &bytes);
    let (scripts, _) = document("conforms-scripts.pdf", |document| {
        document.heading(1, "Scripts").unwrap();
        for (script, text) in SCRIPTS {
            document.paragraph(&[Piece::strong(*script), Piece::text(": "), Piece::text(*text)]).unwrap();
        }
        document.heading(2, "يوم جديد").unwrap();
    });
    let run = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/verapdf"))
        .args([&disclosure, &scripts, &letter(), &report()])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(String::from_utf8_lossy(&run.stdout).matches("PASS").count(), 8);
}
