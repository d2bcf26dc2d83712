//! `records.json`, format `rightsdesk-records/1`: every disclosed record, its values byte-true to the source.

use std::io::Write;

use serde::Serialize;

use super::grouped::groups;
use super::model::{BundleError, Cover, RecordSource};

/// Writes `records.json`. Fields are passed through as the source gave them; nothing is held.
pub(super) fn write(out: &mut dyn Write, cover: &Cover, records: &dyn RecordSource) -> Result<(), BundleError> {
    out.write_all(b"{\"format\":\"rightsdesk-records/1\",\n\"reference\":")?;
    value(out, &cover.reference)?;
    out.write_all(b",\n\"subject\":{\"name\":")?;
    value(out, &cover.subject_name)?;
    out.write_all(b"},\n\"generated_at\":")?;
    value(out, &cover.generated_at.to_string())?;
    out.write_all(b",\n\"sources\":[")?;
    for (at, group) in groups(records).iter().enumerate() {
        out.write_all(if at > 0 { b",\n{\"source\":" } else { b"\n{\"source\":" })?;
        value(out, group.source)?;
        out.write_all(b",\"dataset\":")?;
        value(out, group.dataset)?;
        out.write_all(b",\"status\":")?;
        value(out, &group.status())?;
        out.write_all(b",\"collections\":[")?;
        for (at, (index, report)) in group.collections.iter().enumerate() {
            out.write_all(if at > 0 { b",\n{\"collection\":" } else { b"\n{\"collection\":" })?;
            value(out, &report.collection)?;
            out.write_all(b",\"label\":")?;
            value(out, &report.label)?;
            out.write_all(b",\"purpose\":")?;
            value(out, &report.purpose)?;
            // Without it a collection that could not be searched would look like one that holds nothing.
            out.write_all(b",\"status\":")?;
            value(out, &report.status)?;
            out.write_all(b",\"records\":[")?;
            let mut first = true;
            records.replay(*index, &mut |record| {
                out.write_all(if first { b"\n{\"id\":" } else { b",\n{\"id\":" })?;
                first = false;
                value(out, &record.id)?;
                out.write_all(b",\"matched_on\":")?;
                value(out, &record.matched_on)?;
                out.write_all(b",\"fields\":")?;
                out.write_all(record.fields.get().as_bytes())?;
                out.write_all(b"}")?;
                Ok(())
            })?;
            out.write_all(b"]}")?;
        }
        out.write_all(b"]}")?;
    }
    out.write_all(b"]}\n")?;
    Ok(())
}

fn value(out: &mut dyn Write, value: &(impl Serialize + ?Sized)) -> Result<(), BundleError> {
    serde_json::to_writer(out, value).map_err(std::io::Error::from)?;
    Ok(())
}
