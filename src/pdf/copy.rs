//! Copies objects out of a document that printpdf made into the file being written, under new numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId};

use super::objects::{Id, Objects, push};

/// Copies from one document; each object once.
pub struct Copier<'a, W: Write> {
    from: &'a lopdf::Document,
    to: &'a mut Objects<W>,
    known: BTreeMap<ObjectId, Id>,
}

impl<'a, W: Write> Copier<'a, W> {
    /// Nothing copied yet.
    pub fn new(from: &'a lopdf::Document, to: &'a mut Objects<W>) -> Self {
        Self { from, to, known: BTreeMap::new() }
    }

    /// Copies an object and all that it refers to.
    pub fn copy(&mut self, object: ObjectId) -> io::Result<Id> {
        if let Some(id) = self.known.get(&object) {
            return Ok(*id);
        }
        let id = self.to.reserve();
        self.known.insert(object, id);
        let mut body = String::new();
        let found = self.from.get_object(object).unwrap_or(&Object::Null);
        if let Object::Stream(stream) = found {
            self.entries(&stream.dict, &mut body)?;
            self.to.stream(id, &body, &stream.content)?;
        } else {
            self.write(found, &mut body)?;
            self.to.object(id, &body);
        }
        Ok(id)
    }

    fn write(&mut self, object: &Object, body: &mut String) -> io::Result<()> {
        match object {
            Object::Null => body.push_str(" null"),
            Object::Boolean(value) => push(body, format_args!(" {value}")),
            Object::Integer(value) => push(body, format_args!(" {value}")),
            Object::Real(value) => push(body, format_args!(" {value}")),
            Object::Name(name) => write_name(name, body),
            Object::String(bytes, _) => {
                body.push('<');
                for byte in bytes {
                    push(body, format_args!("{byte:02X}"));
                }
                body.push('>');
            }
            Object::Array(items) => {
                body.push('[');
                for item in items {
                    self.write(item, body)?;
                }
                body.push(']');
            }
            Object::Dictionary(dictionary) => {
                body.push_str("<<");
                self.entries(dictionary, body)?;
                body.push_str(">>");
            }
            Object::Reference(object) => {
                let id = self.copy(*object)?;
                push(body, format_args!(" {id}"));
            }
            // Streams are indirect objects: `copy` takes them.
            Object::Stream(_) => body.push_str(" null"),
        }
        Ok(())
    }

    fn entries(&mut self, dictionary: &Dictionary, body: &mut String) -> io::Result<()> {
        for (key, value) in dictionary {
            if key != b"Length" {
                write_name(key, body);
                self.write(value, body)?;
            }
        }
        Ok(())
    }
}

fn write_name(name: &[u8], body: &mut String) {
    body.push('/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"+-_.".contains(byte) {
            body.push(char::from(*byte));
        } else {
            push(body, format_args!("#{byte:02X}"));
        }
    }
}
