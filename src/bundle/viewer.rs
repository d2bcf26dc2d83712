//! `index.html`: the same records to read offline, in one file without any script. The content security policy lets
//! nothing load and no style apply but the one that stands in the file.

use std::io::Write;

use sha2::{Digest, Sha256};

use super::grouped::{Group, groups};
use super::html::{base64, escaped};
use super::model::{BundleError, CollectionReport, Column, ColumnKind, Cover, Record, RecordSource, Status, Value};
use super::plain::{self, Shown};

const STYLE: &str = include_str!("viewer.css");

/// Writes `index.html`, record by record.
pub(super) fn write(out: &mut dyn Write, cover: &Cover, records: &dyn RecordSource) -> Result<(), BundleError> {
    let groups = groups(records);
    head(out, cover)?;
    contents(out, &groups)?;
    writeln!(out, "<main id=\"main\">")?;
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
                number += 1;
                one(out, report, record, number)
            })?;
            writeln!(out, "</section>")?;
        }
        writeln!(out, "</section>")?;
    }
    write!(out, "</main>\n<footer><p><small>Made by ")?;
    escaped(out, &cover.software)?;
    write!(
        out,
        ". The same records for a machine to read are in records.json; what was searched and how is in \
         manifest.json.</small></p></footer>\n</body>\n</html>\n"
    )?;
    Ok(())
}

fn first(group: &Group<'_>) -> usize {
    group.collections.first().map_or(0, |(index, _)| *index)
}

fn head(out: &mut dyn Write, cover: &Cover) -> Result<(), BundleError> {
    let digest = base64(Sha256::digest(STYLE.as_bytes()).as_slice());
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'; \
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
        Status::Found => records_in_words(report.disclosed),
        Status::NothingHeld => "nothing held".into(),
        Status::Failed => format!("could not be searched to the end; {} so far", records_in_words(report.disclosed)),
        Status::NotReached => "not searched".into(),
    };
    if withheld > 0 {
        words.push_str(&format!(", {withheld} withheld"));
    }
    words
}

fn records_in_words(count: u64) -> String {
    if count == 1 { "1 record".into() } else { format!("{count} records") }
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
        write!(out, "<p class=\"held\">{} not shown: {}", records_in_words(entry.count), Escaped(&entry.reason))?;
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

fn one(out: &mut dyn Write, report: &CollectionReport, record: &Record, number: u64) -> Result<(), BundleError> {
    write!(out, "<article><h4>{number}. ")?;
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
    for (at, (name, value)) in record.values()?.iter().enumerate() {
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
        Shown::Nothing(words) => write!(out, "<dd class=\"none\">{words}")?,
        Shown::Withheld(code) => {
            out.write_all(b"<dd class=\"none\">Withheld: ")?;
            escaped(out, &code)?;
        }
        Shown::Value(text) => {
            out.write_all(b"<dd dir=\"auto\">")?;
            escaped(out, &text)?;
        }
    }
    Ok(())
}
