//! What the file says of itself: XMP metadata with the marks of PDF/UA-1 and PDF/A-2a, the colour space, the file's
//! identifier. The classic information dictionary is left out: PDF/A wants it equal to the metadata or absent.

use sha2::{Digest, Sha256};

use super::objects::push;
use crate::base::Moment;

/// A small profile of the colour space that the inks are in. `assets/icc/srgb.py` makes it.
pub const SRGB: &[u8] = include_bytes!("../../assets/icc/srgb.icc");

/// What a document is.
#[derive(Debug, Clone)]
pub struct Front {
    /// Shown as the window's title and read out first.
    pub title: String,
    /// Its language, as BCP 47 writes it: `en-GB`, `cy`.
    pub language: &'static str,
    /// Who it is from.
    pub author: String,
    /// The reference at the head of every page but the first.
    pub reference: String,
    /// The moment that stands in the file; the same content and moment give the same bytes.
    pub created: Moment,
    /// The software and its version.
    pub software: String,
}

impl Front {
    /// The identifier that the trailer asks for: of this title, reference and moment (ISO 32000-1, 14.4).
    #[must_use]
    pub fn file_id(&self) -> String {
        let digest = Sha256::digest(format!("{}\n{}\n{}\n{}", self.title, self.reference, self.created, self.software));
        let mut hex = String::new();
        for byte in digest.iter().take(16) {
            push(&mut hex, format_args!("{byte:02X}"));
        }
        hex
    }

    /// The metadata packet.
    #[must_use]
    pub fn xmp(&self) -> String {
        let (title, author, software) = (escape(&self.title), escape(&self.author), escape(&self.software));
        let language = self.language;
        let created = self.created.utc().format("%Y-%m-%dT%H:%M:%SZ");
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<dc:format>application/pdf</dc:format>\n\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>\
<xmp:CreatorTool>{software}</xmp:CreatorTool><pdf:Producer>{software}</pdf:Producer>\n\
<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
        )
    }
}

/// `text` for XML; characters that XML 1.0 cannot hold become the replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_break_out_of_the_metadata() {
        assert_eq!(escape("a<b>&\u{0}\n"), "a&lt;b&gt;&amp;\u{fffd} ");
    }
}
