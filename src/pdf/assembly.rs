//! Puts one tagged PDF together while its pages are laid out: the structure is written as it closes, pages are drawn
//! in batches and written as they are ready, and what only the end knows (the number of pages) is written last, in
//! objects that every page already refers to.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::copy::Copier;
use super::draw::{Batch, Drawn, TOTAL};
use super::error::PdfError;
use super::meta::{Front, SRGB};
use super::objects::{Full, Id, Objects, deflate, push, text_string};
use super::outline::{Destination, Outline};
use super::page::{Area, Artifact, Ink, Mark, Sheet, Size};
use super::pagetree::{PageTree, Place};
use super::painters::Painters;
use super::shape::Word;
use super::tree::{Attributes, Reserved, Suspended, Tree};

/// Pages drawn together. More share one font subset (a smaller file), fewer take less memory.
const PAGES_A_BATCH: usize = 50;

/// Batches being drawn while the layout goes on. The number is the same on every machine, since it decides where in
/// the file a batch is written.
const BATCHES_AHEAD: usize = 4;

/// Where a link leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// Outside: `https:` or `mailto:`.
    Uri(String),
    /// Into the document.
    Inside(Destination),
}

struct Open {
    place: Place,
    size: Size,
    marks: Vec<Mark>,
    owners: Vec<Id>,
    annotations: Vec<Id>,
}

/// What has been handed to the painters, in the order in which it is written.
enum Waiting {
    Batch { contents: Vec<Id>, resources: Id, answer: Receiver<Result<Drawn, String>> },
    Objects(Receiver<(Full, Vec<u8>)>),
}

/// A tagged PDF being written.
pub struct Assembly<W: Write> {
    objects: Objects<W>,
    tree: Tree,
    pages: PageTree,
    outline: Outline,
    waiting: VecDeque<Waiting>,
    batches_waiting: usize,
    batch: Batch,
    contents: Vec<Id>,
    resources: Id,
    total: Id,
    page: Option<Open>,
}

impl<W: Write> Assembly<W> {
    /// Starts the file.
    pub fn new(out: W) -> io::Result<Self> {
        let mut objects = Objects::new(out)?;
        Ok(Self {
            tree: Tree::new(&mut objects),
            pages: PageTree::new(&mut objects),
            outline: Outline::default(),
            waiting: VecDeque::new(),
            batches_waiting: 0,
            batch: Batch { number: 0, sheets: vec![] },
            contents: vec![],
            resources: objects.reserve(),
            total: objects.reserve(),
            page: None,
            objects,
        })
    }

    /// How many pages have their place.
    pub fn page_count(&self) -> u32 {
        self.pages.count()
    }

    /// Takes the place of a page to be drawn later.
    pub fn reserve_page(&mut self) -> Place {
        self.pages.next(&mut self.objects)
    }

    /// Begins the page at `place`; what is drawn goes there until [`Self::end_page`].
    pub fn begin_page(&mut self, place: Place, size: Size) {
        self.page = Some(Open { place, size, marks: vec![], owners: vec![], annotations: vec![] });
    }

    /// Ends the page and, when a batch is full, has it drawn.
    pub fn end_page(&mut self, painters: &mut Painters) -> Result<(), PdfError> {
        let Some(page) = self.page.take() else { return Ok(()) };
        let owners = self.objects.reserve();
        let mut body = "[".to_owned();
        for owner in &page.owners {
            owner.refer(&mut body);
        }
        body.push(']');
        self.objects.object(owners, &body);
        let key = self.tree.key(owners);
        let content = self.objects.reserve();
        let mut body = format!(
            "<</Type/Page/Parent {}/MediaBox[0 0 {} {}]/Resources {}/Contents {content}/StructParents {key}/Tabs/S",
            page.place.node, page.size.width, page.size.height, self.resources
        );
        if !page.annotations.is_empty() {
            body.push_str("/Annots[");
            for annotation in &page.annotations {
                annotation.refer(&mut body);
            }
            body.push(']');
        }
        body.push_str(">>");
        self.objects.object(page.place.id, &body);
        self.contents.push(content);
        self.batch.sheets.push(Sheet { size: page.size, marks: page.marks });
        self.send_objects(painters);
        if self.batch.sheets.len() == PAGES_A_BATCH { self.send_batch(painters) } else { Ok(()) }
    }

    /// Opens a structure element.
    pub fn open(&mut self, tag: &'static str) {
        self.open_with(tag, Attributes::default());
    }

    /// Opens a structure element about which more is said.
    pub fn open_with(&mut self, tag: &'static str, attributes: Attributes) {
        self.tree.open(&mut self.objects, tag, attributes);
    }

    /// Closes the innermost structure element.
    pub fn close(&mut self) {
        self.tree.close(&mut self.objects);
    }

    /// Keeps the next place in the structure for later.
    pub fn reserve_element(&mut self) -> Reserved {
        self.tree.reserve(&mut self.objects)
    }

    /// Opens an element in the place kept for it.
    pub fn open_reserved(&mut self, place: Reserved, tag: &'static str) {
        self.tree.open_reserved(place, tag);
    }

    /// Leaves the innermost element open, to be gone on with after others.
    pub fn suspend(&mut self) -> Option<Suspended> {
        self.tree.suspend()
    }

    /// Goes on with an element.
    pub fn resume(&mut self, element: Suspended) {
        self.tree.resume(element);
    }

    /// Draws content of the innermost element: what `marks` holds.
    pub fn content(&mut self, marks: impl IntoIterator<Item = Mark>) {
        let Some(page) = &mut self.page else { return };
        let mcid = u32::try_from(page.owners.len()).unwrap_or(u32::MAX);
        page.owners.push(self.tree.own_content(page.place.id, mcid));
        page.marks.push(Mark::Content { tag: self.tree.tag(), mcid });
        page.marks.extend(marks);
        page.marks.push(Mark::End);
    }

    /// Draws content of the innermost element, a figure: words and shapes.
    pub fn figure(&mut self, marks: impl IntoIterator<Item = Mark>) {
        let Some(page) = &mut self.page else { return };
        let mcid = u32::try_from(page.owners.len()).unwrap_or(u32::MAX);
        page.owners.push(self.tree.own_content(page.place.id, mcid));
        page.marks.push(Mark::Figure { mcid });
        page.marks.extend(marks);
        page.marks.push(Mark::End);
    }

    /// Draws text that is no part of the document's.
    pub fn artifact(&mut self, artifact: Artifact, marks: impl IntoIterator<Item = Mark>) {
        let Some(page) = &mut self.page else { return };
        page.marks.push(Mark::Artifact(artifact));
        page.marks.extend(marks);
        page.marks.push(Mark::End);
    }

    /// Draws a rectangle, or the number of pages.
    pub fn draw(&mut self, mark: Mark) {
        if let Some(page) = &mut self.page {
            page.marks.push(mark);
        }
    }

    /// Lays a link over `area`, owned by the innermost element; `says` is what it does, in words.
    pub fn link(&mut self, area: Area, target: &Target, says: &str) {
        let Some(page) = &mut self.page else { return };
        let id = self.objects.reserve();
        page.annotations.push(id);
        let key = self.tree.own_annotation(page.place.id, id);
        let [left, bottom, right, top] = area.on_page(page.size.height);
        let mut body = format!(
            "<</Type/Annot/Subtype/Link/Rect[{left:.2} {bottom:.2} {right:.2} {top:.2}]/Border[0 0 0]/F 4/StructParent \
             {key}/Contents{}",
            text_string(says)
        );
        match target {
            Target::Uri(uri) => push(&mut body, format_args!("/A<</S/URI/URI{}>>", uri_string(uri))),
            Target::Inside(destination) => push(&mut body, format_args!("/Dest{}", destination.array())),
        }
        body.push_str(">>");
        self.objects.object(id, &body);
    }

    /// The place `y` down the page, to lead to.
    pub fn destination(&self, y: f32) -> Option<Destination> {
        self.page.as_ref().map(|page| Destination {
            page: page.place.id,
            number: page.place.number,
            above_bottom: (page.size.height - y).clamp(0.0, page.size.height),
        })
    }

    /// Adds a bookmark.
    pub fn bookmark(&mut self, level: u8, title: &str, destination: Destination) {
        self.outline.add(level, title, destination);
    }

    /// Writes what only the end knows. `total` is the number of pages, shaped.
    pub fn finish(
        mut self,
        front: &Front,
        total: Arc<Word>,
        total_size: f32,
        painters: &mut Painters,
    ) -> Result<(W, u64), PdfError> {
        self.end_page(painters)?;
        self.send_batch(painters)?;
        while self.write_next()? {}
        self.write_total(total, total_size, painters)?;
        self.pages.finish(&mut self.objects);
        self.tree.finish(&mut self.objects);
        let outline = self.outline.finish(&mut self.objects);
        let (profile, metadata, catalog) = (self.objects.reserve(), self.objects.reserve(), self.objects.reserve());
        self.objects.deflated_stream(profile, "/N 3", &deflate(SRGB))?;
        self.objects.stream(metadata, "/Type/Metadata/Subtype/XML", front.xmp().as_bytes())?;
        let mut body = format!(
            "<</Type/Catalog/Pages {}/StructTreeRoot {}/MarkInfo<</Marked true>>/Lang({})\
             /ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata}\
             /OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)\
             /DestOutputProfile {profile}>>]",
            self.pages.root(),
            self.tree.root(),
            front.language
        );
        if let Some(outline) = outline {
            push(&mut body, format_args!("/Outlines {outline}/PageMode/UseOutlines"));
        }
        body.push_str(">>");
        self.objects.object(catalog, &body);
        Ok(self.objects.finish(catalog, &front.file_id())?)
    }

    fn send_objects(&mut self, painters: &mut Painters) {
        for full in self.objects.take_full() {
            self.waiting.push_back(Waiting::Objects(painters.deflate(full)));
        }
    }

    fn send_batch(&mut self, painters: &mut Painters) -> Result<(), PdfError> {
        if self.batch.sheets.is_empty() {
            return Ok(());
        }
        let next = Batch { number: self.batch.number + 1, sheets: vec![] };
        let batch = std::mem::replace(&mut self.batch, next);
        let resources = std::mem::replace(&mut self.resources, self.objects.reserve());
        let contents = std::mem::take(&mut self.contents);
        self.waiting.push_back(Waiting::Batch { contents, resources, answer: painters.draw(batch) });
        self.batches_waiting += 1;
        while self.batches_waiting > BATCHES_AHEAD {
            self.write_next()?;
        }
        Ok(())
    }

    /// Writes the first of what waits; false if nothing does.
    fn write_next(&mut self) -> Result<bool, PdfError> {
        match self.waiting.pop_front() {
            None => return Ok(false),
            Some(Waiting::Objects(answer)) => {
                let (full, deflated) = answer.recv().map_err(|_| lost())?;
                self.objects.write_full(&full, &deflated)?;
            }
            Some(Waiting::Batch { contents, resources, answer }) => {
                self.batches_waiting -= 1;
                let drawn = answered(&answer)?;
                for (id, content) in contents.into_iter().zip(&drawn.contents) {
                    self.objects.deflated_stream(id, "", content)?;
                }
                let fonts = self.fonts(&drawn)?;
                self.objects.object(resources, &format!("<<{fonts}/XObject<</{TOTAL} {}>>>>", self.total));
            }
        }
        Ok(true)
    }

    fn fonts(&mut self, drawn: &Drawn) -> io::Result<String> {
        let mut copier = Copier::new(&drawn.objects, &mut self.objects);
        let mut fonts = "/Font<<".to_owned();
        for (name, object) in &drawn.fonts {
            let id = copier.copy(*object)?;
            push(&mut fonts, format_args!("/{name} {id}"));
        }
        fonts.push_str(">>");
        Ok(fonts)
    }

    /// The form that every page's footer shows: drawn as a page of its own, which becomes the form's content.
    fn write_total(&mut self, total: Arc<Word>, size: f32, painters: &mut Painters) -> Result<(), PdfError> {
        let sheet = Size { width: 60.0, height: 12.0 };
        let marks = vec![Mark::Line { x: 0.0, y: sheet.height, size, ink: Ink::Muted, words: vec![total] }];
        let batch = Batch { number: self.batch.number, sheets: vec![Sheet { size: sheet, marks }] };
        let drawn = answered(&painters.draw(batch))?;
        let fonts = self.fonts(&drawn)?;
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 -4 60 12]/Resources<<{fonts}>>");
        let content = drawn.contents.first().map_or(&[][..], Vec::as_slice);
        self.objects.deflated_stream(self.total, &entries, content)?;
        Ok(())
    }
}

fn answered(answer: &Receiver<Result<Drawn, String>>) -> Result<Drawn, PdfError> {
    answer.recv().map_err(|_| lost())?.map_err(PdfError::Drawing)
}

/// A painter ended before its work was done.
fn lost() -> PdfError {
    PdfError::Drawing("a thread that draws has failed".to_owned())
}

/// A URI as a PDF string: ASCII only (ISO 32000-1, 12.6.4.7), so any other byte is percent-encoded.
fn uri_string(uri: &str) -> String {
    let mut text = "(".to_owned();
    for byte in uri.bytes() {
        match byte {
            b'(' | b')' | b'\\' => push(&mut text, format_args!("%{byte:02X}")),
            0x21..=0x7e => text.push(char::from(byte)),
            _ => push(&mut text, format_args!("%{byte:02X}")),
        }
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use super::uri_string;

    #[test]
    fn a_link_cannot_break_out_of_its_string() {
        assert_eq!(uri_string("https://x.org/a)(b\\ é"), "(https://x.org/a%29%28b%5C%20%C3%A9)");
    }
}
