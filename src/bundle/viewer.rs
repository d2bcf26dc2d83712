//! `index.html`: the same records to read offline, in one file. Every record stands in it, and without scripts it is read
//! as it is; with them it can be searched and filtered. The content security policy lets nothing load, and no style apply
//! and no script run but those that stand in the file.
//!
//! Records stand in chunks, each in a `noscript`: with scripts on a browser keeps those as text, so that a hundred thousand
//! records do not become millions of elements at once.

use std::collections::BTreeMap;
use std::io::Write;

use sha2::{Digest, Sha256};

use super::disclosure;
use super::grouped::{Group, groups};
use super::html::{base64, escaped};
use super::model::{
    BundleError, CollectionReport, Column, ColumnKind, Cover, Record, RecordSource, Span, Status, Value,
};
use super::plain::{self, Shown};

const STYLE: &str = include_str!("viewer.css");
const SCRIPT: &str = include_str!("viewer.js");
/// Records of a chunk.
const CHUNK: u64 = 100;

/// Writes `index.html`, record by record.
pub(super) fn write(out: &mut dyn Write, cover: &Cover, records: &dyn RecordSource) -> Result<(), BundleError> {
    let groups = groups(records);
    head(out, cover)?;
    writeln!(out, "<main id=\"main\">")?;
    search(out, records.collections())?;
    writeln!(out, "<section id=\"found\" aria-label=\"Records found\" hidden></section>\n<div id=\"all\">")?;
    contents(out, &groups)?;
    let mut codes = BTreeMap::new();
    for group in &groups {
        write!(out, "<section aria-labelledby=\"s{0}\">\n<h2 id=\"s{0}\">", first(group))?;
        escaped(out, group.label)?;
        writeln!(out, "</h2>")?;
        for (index, report) in &group.collections {
            write!(out, "<section aria-labelledby=\"c{index}\">\n<h3 id=\"c{index}\">")?;
            escaped(out, &report.label)?;
            writeln!(out, "</h3>")?;
            about(out, report)?;
            let mut number: u64 = 0;
            records.replay(*index, &mut |record| {
                if number.is_multiple_of(CHUNK) {
                    let (from, to) = (number + 1, report.disclosed.min(number + CHUNK));
                    if number > 0 {
                        writeln!(out, "</noscript></div>")?;
                    }
                    write!(
                        out,
                        "<div class=\"chunk\" data-collection=\"{index}\" data-from=\"{from}\" data-to=\"{to}\"><noscript>"
                    )?;
                }
                number += 1;
                let values = record.values()?;
                values.iter().for_each(|(_, value)| note(&mut codes, value));
                one(out, report, record, &values, number)
            })?;
            if number > 0 {
                writeln!(out, "</noscript></div>")?;
            }
            writeln!(out, "</section>")?;
        }
        writeln!(out, "</section>")?;
    }
    key(out, &codes, records.collections())?;
    write!(
        out,
        "</div>\n</main>\n<footer><p>Our letter, with your rights and how to complain: <a href=\"letter.pdf\">letter.pdf</a>. To \
         print and keep: <a href=\"disclosure.pdf\">disclosure.pdf</a>. For a program: <a \
         href=\"records.json\">records.json</a>. These open once the zip is unpacked.</p><p><small>Made by "
    )?;
    escaped(out, &cover.software)?;
    write!(
        out,
        ". Dates and times are those of London.</small></p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )?;
    Ok(())
}

/// The search, which shows itself where scripts run.
fn search(out: &mut dyn Write, collections: &[CollectionReport]) -> Result<(), BundleError> {
    write!(
        out,
        "<form id=\"search\" role=\"search\" hidden>\n<p><label for=\"query\">Search all records</label>\n\
         <input id=\"query\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"hint\">\n\
         <span id=\"hint\">Finds records that hold every word. Capitals and accents make no difference.</span></p>\n\
         <p><label for=\"place\">Kind of record</label>\n<select id=\"place\"><option value=\"\">All</option>"
    )?;
    for (index, report) in collections.iter().enumerate().filter(|(_, report)| report.disclosed > 0) {
        write!(
            out,
            "<option value=\"{index}\">{} ({})</option>",
            Escaped(&report.label),
            plain::count(report.disclosed)
        )?;
    }
    write!(
        out,
        "</select></p>\n<p class=\"tick\"><input id=\"cut\" type=\"checkbox\"> <label for=\"cut\">Only records where \
         something is withheld</label></p>\n<p><button>Search</button> <button type=\"reset\">Clear</button></p>\n\
         <p id=\"said\" role=\"status\"></p>\n</form>\n"
    )?;
    Ok(())
}

fn note(codes: &mut BTreeMap<String, u64>, value: &Value) {
    let mut met = |code: &str| *codes.entry(code.to_owned()).or_default() += 1;
    match value {
        Value::Redacted(code) => met(code),
        Value::Partly(spans) => spans.iter().for_each(|span| {
            if let Span::Withheld(cut) = span {
                met(&cut.redacted);
            }
        }),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Text(_) | Value::Structured(_) => {}
    }
}

/// What each label stands for.
fn key(
    out: &mut dyn Write,
    codes: &BTreeMap<String, u64>,
    collections: &[CollectionReport],
) -> Result<(), BundleError> {
    if codes.is_empty() {
        return Ok(());
    }
    write!(out, "<section aria-labelledby=\"key\">\n<h2 id=\"key\">What the labels mean</h2>\n<dl>\n")?;
    for (code, times) in codes {
        let places = if *times == 1 { "1 place".to_owned() } else { format!("{} places", plain::count(*times)) };
        let meaning = disclosure::meaning(code, collections);
        writeln!(out, "<dt>Withheld: {}<dd>{} (in {places})", Escaped(code), Escaped(&meaning))?;
    }
    writeln!(out, "</dl>\n</section>")?;
    Ok(())
}

fn first(group: &Group<'_>) -> usize {
    group.collections.first().map_or(0, |(index, _)| *index)
}

fn head(out: &mut dyn Write, cover: &Cover) -> Result<(), BundleError> {
    let digest = base64(Sha256::digest(STYLE.as_bytes()).as_slice());
    let script = base64(Sha256::digest(SCRIPT.as_bytes()).as_slice());
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; \
         script-src 'sha256-{script}'; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What is held about "
    )?;
    escaped(out, &cover.subject_name)?;
    write!(
        out,
        " ({reference})</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        reference = Escaped(&cover.reference)
    )?;
    write!(
        out,
        "<a class=\"skip\" href=\"#main\">Skip to the records</a>\n<header>\n<h1>What is held about <span dir=\"auto\">"
    )?;
    escaped(out, &cover.subject_name)?;
    write!(out, "</span></h1>\n<p>From ")?;
    escaped(out, &cover.controller.service)?;
    write!(out, ", ")?;
    escaped(out, &cover.controller.name)?;
    write!(
        out,
        ".</p>\n<dl>\n<dt>Reference<dd>{}\n<dt>Made on<dd>{}\n</dl>\n</header>\n",
        Escaped(&cover.reference),
        cover.generated_at.utc().format("%-d %B %Y at %H:%M UTC")
    )?;
    Ok(())
}

/// Escapes in the middle of a format string.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = Vec::new();
        escaped(&mut bytes, self.0).map_err(|_| std::fmt::Error)?;
        f.write_str(&String::from_utf8(bytes).map_err(|_| std::fmt::Error)?)
    }
}

fn contents(out: &mut dyn Write, groups: &[Group<'_>]) -> Result<(), BundleError> {
    write!(out, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n")?;
    for group in groups {
        write!(out, "<li>{}\n<ul>\n", Escaped(group.label))?;
        for (index, report) in &group.collections {
            writeln!(out, "<li><a href=\"#c{index}\">{}</a>: {}</li>", Escaped(&report.label), in_short(report))?;
        }
        writeln!(out, "</ul></li>")?;
    }
    write!(out, "</ul>\n</nav>\n")?;
    Ok(())
}

fn in_short(report: &CollectionReport) -> String {
    let withheld: u64 = report.withheld.iter().map(|entry| entry.count).sum();
    let mut words = match report.status {
        Status::Found => plain::records(report.disclosed),
        Status::NothingHeld => "nothing held".into(),
        Status::Failed => format!("could not be searched to the end; {} so far", plain::records(report.disclosed)),
        Status::NotReached => "not searched".into(),
    };
    if withheld > 0 {
        words.push_str(&format!(", {withheld} withheld"));
    }
    words
}

fn about(out: &mut dyn Write, report: &CollectionReport) -> Result<(), BundleError> {
    match report.status {
        Status::Found => {}
        Status::NothingHeld => writeln!(out, "<p>This was searched to the end, and nothing is held.</p>")?,
        Status::Failed => writeln!(
            out,
            "<p class=\"failed\"><strong>This could not be searched to the end.</strong> More may be held than is \
             shown here. {}</p>",
            Escaped(report.problem.as_deref().unwrap_or_default())
        )?,
        Status::NotReached => writeln!(
            out,
            "<p class=\"held\">This was not searched: {}.</p>",
            Escaped(report.problem.as_deref().unwrap_or_default())
        )?,
    }
    if let (Status::Found | Status::NothingHeld, Some(note)) = (report.status, &report.problem) {
        writeln!(out, "<p class=\"held\">Note: {}.</p>", Escaped(note))?;
    }
    for entry in &report.withheld {
        write!(out, "<p class=\"held\">{} not shown: {}", plain::records(entry.count), Escaped(&entry.reason))?;
        if let Some(code) = &entry.code {
            write!(out, " ({})", Escaped(code))?;
        }
        writeln!(out, ".</p>")?;
    }
    let retention = report.retention.as_ref().map_or_else(String::new, |kept| {
        let then = match kept.then.as_str() {
            "delete" => "then deleted",
            "anonymise" => "then kept without anything that says who you are",
            other => other,
        };
        format!("{}, {then}", plain::period(&kept.period))
    });
    let facts = [
        ("Why it is held", report.purpose.clone()),
        ("Lawful basis", report.lawful_basis.clone()),
        ("Who receives it", report.recipients.join("; ")),
        ("How long it is kept", retention),
        ("Where it came from", report.origin.clone()),
        ("Held and never shown", report.never_disclosed.join("; ")),
    ];
    if facts.iter().any(|(_, text)| !text.is_empty()) {
        writeln!(out, "<dl>")?;
        for (label, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
            writeln!(out, "<dt>{label}<dd>{}", Escaped(text))?;
        }
        writeln!(out, "</dl>")?;
    }
    Ok(())
}

fn one(
    out: &mut dyn Write,
    report: &CollectionReport,
    record: &Record,
    values: &[(String, Value)],
    number: u64,
) -> Result<(), BundleError> {
    write!(out, "<article><h4>{}. ", plain::count(number))?;
    escaped(out, &record.id)?;
    out.write_all(b"</h4><p class=\"why\">Found by ")?;
    for (at, reason) in record.matched_on.iter().enumerate() {
        if at > 0 {
            out.write_all(b", ")?;
        }
        match reason.as_str() {
            "email" => out.write_all(b"e-mail address")?,
            "phone" => out.write_all(b"telephone number")?,
            "name" => out.write_all(b"name")?,
            "date_of_birth" => out.write_all(b"date of birth")?,
            "postcode" => out.write_all(b"postcode")?,
            reference => {
                out.write_all(b"reference from ")?;
                escaped(out, reference)?;
            }
        }
    }
    out.write_all(b"</p><dl>")?;
    for (at, (name, value)) in values.iter().enumerate() {
        // Fields stand in the order of the columns; a field elsewhere is still found by its name.
        let column = report
            .columns
            .get(at)
            .filter(|column| column.name == *name)
            .or_else(|| report.columns.iter().find(|column| column.name == *name));
        out.write_all(b"<dt>")?;
        escaped(out, column.map_or(name.as_str(), |column| &column.label))?;
        field(out, column, value)?;
    }
    out.write_all(b"</dl></article>\n")?;
    Ok(())
}

fn field(out: &mut dyn Write, column: Option<&Column>, value: &Value) -> Result<(), BundleError> {
    let kind = column.map_or(ColumnKind::Text, |column| column.kind);
    match plain::shown(kind, value) {
        Shown::Value(bytes) if kind == ColumnKind::Bytes => {
            write!(out, "<dd class=\"none\">{}, given in records.json", Escaped(&bytes))?;
        }
        Shown::Truth(yes) => write!(out, "<dd>{}", plain::yes_or_no(yes))?,
        Shown::Nothing(words) => write!(out, "<dd class=\"none\">{words}")?,
        Shown::Withheld(code) => {
            out.write_all(b"<dd>")?;
            withheld(out, &code)?;
        }
        Shown::Partly(spans) => {
            out.write_all(b"<dd dir=\"auto\">")?;
            for span in &spans {
                match span {
                    Span::Text(text) => escaped(out, text)?,
                    Span::Withheld(cut) => withheld(out, &cut.redacted)?,
                }
            }
        }
        Shown::Value(text) => {
            out.write_all(b"<dd dir=\"auto\">")?;
            escaped(out, &text)?;
        }
    }
    Ok(())
}

/// A box where something was cut out; the key at the end says what its code means.
fn withheld(out: &mut dyn Write, code: &str) -> Result<(), BundleError> {
    out.write_all(b"<b class=\"cut\">Withheld: ")?;
    escaped(out, code)?;
    Ok(out.write_all(b"</b>")?)
}
