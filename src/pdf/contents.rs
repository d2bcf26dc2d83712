//! The list of contents: its places are kept when it is asked for and filled at the end, when the pages are known.

use std::io::Write;

use super::assembly::Target;
use super::document::Document;
use super::error::PdfError;
use super::outline::Destination;
use super::page::{Area, Ink, Mark, Orientation};
use super::pagetree::Place;
use super::shape::Face;
use super::style::{BODY, MARGIN, Style, TOP, heading};
use super::tree::Reserved;
use super::wrap::Wrap;
use crate::base::f32_from;

/// A line of the contents.
#[derive(Debug, Clone)]
pub struct Entry {
    /// 1 or 2.
    pub level: u8,
    /// As its heading.
    pub title: String,
    /// Said behind the title in muted ink: `12 records`, `nothing held`. May be empty.
    pub aside: String,
}

/// The contents, kept until the end.
pub struct Contents {
    entries: Vec<(Entry, Option<Destination>)>,
    pages: Vec<(Place, usize)>,
    element: Reserved,
}

impl Contents {
    /// Notes where an entry's heading stands.
    pub fn found(&mut self, entry: usize, destination: Destination) {
        if let Some((_, slot)) = self.entries.get_mut(entry) {
            *slot = Some(destination);
        }
    }
}

/// Room for the page number at the right.
const NUMBER_WIDTH: f32 = 40.0;
/// Room for the aside before it.
const ASIDE_WIDTH: f32 = 110.0;

fn style(level: u8) -> Style {
    let face = if level == 1 { Face::Bold } else { Face::Regular };
    Style { face, before: if level == 1 { 6.0 } else { 0.0 }, after: 2.0, leading: 15.0, ..BODY }
}

fn indent(level: u8) -> f32 {
    if level == 1 { 0.0 } else { 12.0 }
}

impl<W: Write> Document<W> {
    /// Keeps the next pages for the contents, as many as the entries take, and a bookmark for them. The headings are
    /// written with [`Document::entry_heading`].
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn contents(&mut self, entries: Vec<Entry>) -> Result<(), PdfError> {
        self.turn(Orientation::Portrait)?;
        self.end_page()?;
        let element = self.assembly.reserve_element();
        let (top, bottom) = (heading(1).leading + heading(1).after, self.page_height());
        let mut pages: Vec<(Place, usize)> = vec![(self.assembly.reserve_page(), 0)];
        let mut y = top;
        for entry in &entries {
            let height = self.entry_height(entry);
            if y + height > bottom {
                pages.push((self.assembly.reserve_page(), 0));
                y = 0.0;
            }
            y += height;
            if let Some((_, count)) = pages.last_mut() {
                *count += 1;
            }
        }
        if let Some((place, _)) = pages.first() {
            let above_bottom = Orientation::Portrait.size().height - TOP + 4.0;
            let destination = Destination { page: place.id, number: place.number, above_bottom };
            self.assembly.bookmark(1, "Contents", destination);
        }
        let entries = entries.into_iter().map(|entry| (entry, None)).collect();
        self.contents = Some(Contents { entries, pages, element });
        Ok(())
    }

    /// Draws the contents in the places kept for them.
    pub(super) fn draw_contents(&mut self) -> Result<(), PdfError> {
        let Some(Contents { entries, pages, element }) = self.contents.take() else { return Ok(()) };
        self.assembly.open_reserved(element, "Sect");
        let mut entries = entries.into_iter();
        for (index, (place, count)) in pages.into_iter().enumerate() {
            self.begin(place, Orientation::Portrait);
            if index == 0 {
                self.text("H1", "Contents", &heading(1))?;
                self.assembly.open("TOC");
            }
            for (entry, destination) in entries.by_ref().take(count) {
                self.draw_entry(&entry, destination)?;
            }
            self.end_page()?;
        }
        self.assembly.close();
        self.assembly.close();
        Ok(())
    }

    fn entry_width(entry: &Entry) -> f32 {
        let width = Orientation::Portrait.size().width - 2.0 * MARGIN;
        width - indent(entry.level) - NUMBER_WIDTH - if entry.aside.is_empty() { 0.0 } else { ASIDE_WIDTH }
    }

    fn entry_height(&mut self, entry: &Entry) -> f32 {
        let style = style(entry.level);
        let mut wrap = Wrap::of(&entry.title, style.face);
        let mut lines = 0;
        while wrap.next_line(&mut self.press.shaper, Self::entry_width(entry) / style.size).is_some() {
            lines += 1;
        }
        style.before + style.after + style.leading * f32_from(lines)
    }

    fn draw_entry(&mut self, entry: &Entry, destination: Option<Destination>) -> Result<(), PdfError> {
        let style = style(entry.level);
        self.y += style.before;
        let top = self.y;
        let mut marks = vec![];
        let mut wrap = Wrap::of(&entry.title, style.face);
        while let Some(line) = wrap.next_line(&mut self.press.shaper, Self::entry_width(entry) / style.size) {
            let y = self.y + style.leading * 0.75;
            marks.push(Self::line_mark(line, MARGIN + indent(entry.level), y, &style));
            self.y += style.leading;
        }
        let base = self.y - style.leading * 0.25;
        let right = self.size.width - MARGIN;
        let mut beside = |text: &str, right: f32, ink| {
            let word = self.press.shaper.word(text, Face::Regular);
            Mark::Line { x: right - word.width * 9.5, y: base, size: 9.5, ink, words: vec![word] }
        };
        if !entry.aside.is_empty() {
            marks.push(beside(&entry.aside, right - NUMBER_WIDTH, Ink::Muted));
        }
        if let Some(destination) = destination {
            marks.push(beside(&destination.number.to_string(), right, Ink::Black));
        }
        self.assembly.open("TOCI");
        self.assembly.open("Reference");
        match destination {
            Some(destination) => {
                self.assembly.open("Link");
                self.assembly.content(marks);
                let area = Area { x: MARGIN, y: top, width: right - MARGIN, height: self.y - top };
                let says = format!("{}, page {}", entry.title, destination.number);
                self.assembly.link(area, &Target::Inside(destination), &says);
                self.assembly.close();
            }
            None => self.assembly.content(marks),
        }
        self.assembly.close();
        self.assembly.close();
        self.y += style.after;
        Ok(())
    }
}
