//! Records of JSON documents, one at a time: an array of objects, one object, or an object on each line.

use std::io::BufRead;
use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::sources::documents::Record;

use super::meter::Meter;
use super::read::Faults;

type Each<'e> = dyn FnMut(Record<'static>) -> ControlFlow<()> + 'e;

/// An array of objects, or one object.
pub(in crate::sources) fn read_json(
    mut reader: impl BufRead,
    name: &str,
    meter: &Meter,
    faults: &mut Faults,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    let first = loop {
        match reader.fill_buf() {
            Ok([]) => break None,
            Ok(some) => match some.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(at) => {
                    let byte = some.get(at).copied();
                    reader.consume(at);
                    break byte;
                }
                None => {
                    let all = some.len();
                    reader.consume(all);
                }
            },
            Err(_) => break None,
        }
    };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut taken = Taken { name, meter, faults, each, number: 0, broke: false };
    let read = if first == Some(b'[') {
        json.deserialize_seq(&mut taken)
    } else {
        Box::<RawValue>::deserialize(&mut json).map(|raw| taken.take(&raw))
    };
    let (broke, number) = (taken.broke, taken.number);
    if broke {
        return ControlFlow::Break(());
    }
    let whole = read.and_then(|()| json.end());
    if whole.is_err() && !meter.is_late() && !meter.is_over() {
        faults.add(|| format!("{name} is not well-formed JSON after its {number}. record"));
    }
    ControlFlow::Continue(())
}

struct Taken<'t, 'e> {
    name: &'t str,
    meter: &'t Meter,
    faults: &'t mut Faults,
    each: &'t mut Each<'e>,
    number: u64,
    broke: bool,
}

impl Taken<'_, '_> {
    fn take(&mut self, raw: &RawValue) {
        self.meter.record();
        self.number += 1;
        let (name, number) = (self.name, self.number);
        match Record::of_json(raw, false) {
            Some(record) => self.broke = (self.each)(record).is_break(),
            None => self.faults.add(|| format!("the {number}. entry of {name} is not an object")),
        }
    }
}

impl<'de> Visitor<'de> for &mut Taken<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(One(self))?.is_some() {
            if self.broke {
                return Ok(());
            }
        }
        Ok(())
    }
}

struct One<'o, 't, 'e>(&'o mut Taken<'t, 'e>);

impl<'de> DeserializeSeed<'de> for One<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        let raw = Box::<RawValue>::deserialize(json)?;
        self.0.take(&raw);
        Ok(())
    }
}

/// An object on each line; blank lines are passed over.
pub(in crate::sources) fn read_lines(
    mut reader: impl BufRead,
    name: &str,
    meter: &Meter,
    faults: &mut Faults,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    let mut line = Vec::new();
    let mut number = 0_u64;
    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => return ControlFlow::Continue(()),
            Ok(_) => meter.record(),
            Err(_) => {
                if !meter.is_late() && !meter.is_over() {
                    faults.add(|| format!("{name} could not be read to its end"));
                }
                return ControlFlow::Continue(());
            }
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let broken = matches!(text, std::borrow::Cow::Owned(_));
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<&RawValue>(&text).ok().and_then(|raw| Record::of_json(raw, broken)) {
            Some(record) => each(record)?,
            None => faults.add(|| format!("line {number} of {name} is not a JSON object")),
        }
    }
}
