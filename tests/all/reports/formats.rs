//! The same numbers in every format, each read back by a reader of its own: JSON against its schema, CSV by a CSV reader, the
//! workbook by calamine and by LibreOffice, the PDF by pdftotext and veraPDF.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use rightsdesk::acts::{ReportFormat, backlog_report, foi_report};
use rightsdesk::audit::Actor;
use rightsdesk::report::{Basis, Format, Period};
use rightsdesk::sample::Trail;
use serde_json::{Map, Value};

use super::{bytes, day, fill, order, plan, report};
use crate::harness::{Backend, Bench, Options};

const FROM: &str = "2025-04-01";
const TO: &str = "2026-03-31";

fn bench() -> Bench {
    let bench = Bench::with(Backend::Sqlite, Options { jobs_may_remain: true, ..Options::default() });
    fill(&bench, &plan(500), Trail::Whole);
    bench
}

/// Each report in a format; of CSV the table `part`.
fn made(bench: &Bench, which: &str, format: Format, part: Option<&str>) -> Vec<u8> {
    let how = ReportFormat { format, part: part.map(ToOwned::to_owned), cases: true };
    let period = Period::new(day(FROM), day(TO)).unwrap();
    match which {
        "deadlines" => {
            let mut order = order(FROM, TO, Basis::Received, None, format);
            order.format = how;
            report(bench, &order)
        }
        "backlog" => bytes(backlog_report(&bench.desk, None, &how, &Actor::Operator).unwrap()),
        _ => bytes(foi_report(&bench.desk, &period, None, &how, &Actor::Operator).unwrap()),
    }
}

const REPORTS: [&str; 3] = ["deadlines", "backlog", "foi"];

/// The tables of a JSON report: name and rows.
fn tables(json: &Value) -> Vec<(&String, Vec<&Map<String, Value>>)> {
    let tables = json.as_object().unwrap().iter().filter_map(|(name, table)| Some((name, table.as_array()?)));
    tables.map(|(name, rows)| (name, rows.iter().map(|row| row.as_object().unwrap()).collect())).collect()
}

/// As CSV and PDF write a value.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn json(bench: &Bench, which: &str) -> Value {
    serde_json::from_slice(&made(bench, which, Format::Json, None)).unwrap()
}

#[test]
fn the_json_fits_its_published_schema_and_the_csv_has_its_numbers() {
    let bench = bench();
    let schema: Value = serde_json::from_str(rightsdesk::report::SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for which in REPORTS {
        let json = json(&bench, which);
        let wrong: Vec<String> = schema.iter_errors(&json).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{which}: {wrong:?}");
        assert!(tables(&json).len() >= 2);
        for (name, rows) in tables(&json) {
            let text = made(&bench, which, Format::Csv, Some(name));
            let mut reader = csv::ReaderBuilder::new().from_reader(&*text);
            let head = reader.headers().unwrap().clone();
            let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(read.len(), rows.len(), "{which} {name}");
            for (record, row) in read.iter().zip(rows) {
                assert_eq!(head.iter().collect::<Vec<_>>(), row.keys().collect::<Vec<_>>(), "{which} {name}");
                for (cell, value) in record.iter().zip(row.values()) {
                    let formula = value.as_str().is_some_and(|text| text.starts_with('='));
                    assert_eq!(cell, if formula { format!("'{}", plain(value)) } else { plain(value) });
                }
            }
        }
    }
    // A team whose name is a formula is among the generated ones.
    let teams = String::from_utf8(made(&bench, "deadlines", Format::Csv, Some("by_team"))).unwrap();
    assert!(teams.contains("\"'=HYPERLINK("), "{teams}");
}

/// The sheet of each table, by its name in JSON.
fn title(which: &str, name: &str) -> &'static str {
    match (which, name) {
        (_, "figures") => "Figures",
        (_, "by_right") => "By right",
        (_, "by_channel") => "By channel",
        (_, "by_requester") => "By requester",
        (_, "by_team") => "By team",
        (_, "by_month") => "By month",
        (_, "by_financial_year") => "By financial year",
        (_, "refused_by_ground") => "Refused by ground",
        (_, "exempted_by_code") => "Left out by exemption",
        (_, "redacted_by_code") => "Redacted by exemption",
        (_, "late_by_reason") => "Late by reason",
        (_, "definitions") => "Definitions",
        (_, "cases") => "Cases",
        _ => "",
    }
}

/// Whether a workbook's cell says what the JSON says: shares are fractions, dates are dates.
fn same(cell: &Data, value: &Value) -> bool {
    match (cell, value) {
        (Data::Empty, Value::Null) => true,
        (Data::String(text), Value::String(said)) => text == said,
        (Data::DateTime(at), Value::String(said)) => at.as_datetime().unwrap().date().to_string() == *said,
        (Data::Float(n), Value::Number(said)) => {
            let said = said.as_f64().unwrap();
            (n - said).abs() < 1e-9 || (n * 100.0 - said).abs() < 1e-9
        }
        _ => false,
    }
}

#[test]
fn the_workbook_has_the_numbers_of_the_json_with_typed_dates_frozen_heads_and_filters() {
    let bench = bench();
    for which in REPORTS {
        let json = json(&bench, which);
        let file = made(&bench, which, Format::Xlsx, None);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&file)).unwrap();
        let names = book.sheet_names();
        let mut dates = 0;
        for (name, rows) in tables(&json) {
            let sheet = title(which, name);
            let sheet = if sheet.is_empty() {
                names.iter().find(|title| title.to_lowercase().replace(' ', "_") == *name).unwrap()
            } else {
                sheet
            };
            let range = book.worksheet_range(sheet).unwrap();
            assert_eq!(range.height(), rows.len() + 1, "{which} {name}");
            for (at, row) in rows.iter().enumerate() {
                for (column, (key, value)) in row.iter().enumerate() {
                    let cell = range.get((at + 1, column)).unwrap_or(&Data::Empty);
                    assert!(same(cell, value), "{which} {name} row {at} {key}: {cell:?} is not {value}");
                    dates += usize::from(matches!(cell, Data::DateTime(_)));
                }
            }
        }
        assert!(dates > 0 || which == "foi", "{which} has no typed date");
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("report.xlsx"), &file).unwrap();
        let unzip = Command::new("unzip").args(["-q", "report.xlsx"]).current_dir(dir.path()).status().unwrap();
        assert!(unzip.success());
        let first = std::fs::read_to_string(dir.path().join("xl/worksheets/sheet2.xml")).unwrap();
        assert!(first.contains("state=\"frozen\"") && first.contains("<autoFilter"), "{which}");
    }
}

#[test]
fn libreoffice_reads_the_same_numbers_out_of_the_workbook() {
    let bench = bench();
    let json = json(&bench, "deadlines");
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("report.xlsx"), made(&bench, "deadlines", Format::Xlsx, None)).unwrap();
    // Every sheet as a CSV of its own, cells as they are shown.
    let run = Command::new("soffice")
        .args(["--headless", &format!("-env:UserInstallation=file://{}/profile", dir.path().display())])
        .args(["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"])
        .args(["--outdir", ".", "report.xlsx"])
        .current_dir(dir.path())
        .env("HOME", dir.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for (name, rows) in tables(&json) {
        let file = dir.path().join(format!("report-{}.csv", title("deadlines", name)));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(read.len(), rows.len(), "{name}");
        for (record, row) in read.iter().zip(&rows) {
            for (cell, (key, value)) in record.iter().zip(row.iter()) {
                let same = match value {
                    Value::Number(said) => {
                        let shown: f64 = cell.trim_end_matches('%').parse().unwrap_or(f64::NAN);
                        (shown - said.as_f64().unwrap()).abs() < 1e-9
                    }
                    Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                        cell == plain(value)
                    }
                };
                assert!(same, "{name} {key}: {cell} is not {value}");
            }
        }
    }
}

#[test]
fn the_pdf_has_the_numbers_of_the_json_and_conforms() {
    let bench = bench();
    let dir = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for which in REPORTS {
        let path = dir.path().join(format!("{which}.pdf"));
        std::fs::write(&path, made(&bench, which, Format::Pdf, None)).unwrap();
        paths.push(path);
    }
    let text = Command::new("pdftotext").args(["-enc", "UTF-8", "-raw"]).arg(&paths[0]).arg("-").output().unwrap();
    let text: String = String::from_utf8(text.stdout).unwrap().split_whitespace().collect();
    let json = json(&bench, "deadlines");
    let cells = |row: &Map<String, Value>, keys: &[&str]| -> String {
        keys.iter()
            .map(|key| match &row[*key] {
                Value::Null => "–".to_owned(),
                Value::Number(share)
                    if *key == "share_in_time" || row.get("unit").is_some_and(|it| it == "per cent") =>
                {
                    format!("{:.1}%", share.as_f64().unwrap())
                }
                value @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_)) => {
                    plain(value)
                }
            })
            .collect::<String>()
            .split_whitespace()
            .collect()
    };
    for (name, keys) in [
        ("figures", &["label", "unit", "period", "previous", "open_now"][..]),
        ("by_month", &["month", "received", "closed", "open", "closed_in_time", "share_in_time"]),
        ("refused_by_ground", &["code", "meaning", "cases"]),
    ] {
        for row in json[name].as_array().unwrap() {
            let row = row.as_object().unwrap();
            let (label, numbers) = (plain(&row[keys[0]]), cells(row, &keys[1..]));
            let words: Vec<&str> = label.split_whitespace().collect();
            // A long label goes on in the next line, after the numbers of its row.
            let found = (1..=words.len()).any(|at| {
                let (first, rest) = words.split_at(at);
                text.contains(&format!("{}{numbers}{}", first.concat(), rest.concat()))
            });
            assert!(found, "{name}: {label} {numbers} is not in the PDF: {text}");
        }
    }
    let run =
        Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/verapdf")).args(&paths).output().unwrap();
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

/// What each figure means stands in the guide, word for word.
#[test]
fn the_guide_defines_every_figure_as_the_reports_do() {
    let guide = std::fs::read_to_string("docs/REPORTS.md").unwrap();
    for figure in rightsdesk::report::Figure::ALL {
        assert!(guide.contains(&format!("| `{}` |", figure.word())), "{} is missing", figure.word());
        assert!(guide.contains(figure.definition()), "{} means something else", figure.word());
    }
}
