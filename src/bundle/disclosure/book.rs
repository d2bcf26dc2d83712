//! The records as one document, or as volumes one after the other: when one has its pages, the collection goes on in the
//! next. A full volume is finished and forgotten, so that memory does not grow with their number.

use std::io::Write;

use super::compose::front;
use crate::bundle::{BundleError, CollectionReport, Cover};
use crate::pdf::{Document, Orientation, Piece, SMALL};

/// Ends the output of a full volume and gives that of the next, by its number.
pub type Next<'b, W> = &'b mut dyn FnMut(W, u32) -> Result<W, BundleError>;

/// Less than this on its last page, in points, and a volume is full.
const LITTLE: f32 = 80.0;

/// What the records are written into.
pub struct Book<'b, W: Write> {
    document: Option<Document<W>>,
    volumes: Option<Volumes<'b, W>>,
    orientation: Orientation,
}

struct Volumes<'b, W> {
    next: Next<'b, W>,
    cover: &'b Cover,
    /// Pages after which a volume ends.
    pages: u32,
    number: u32,
    places: Vec<Place>,
}

/// Where an entry of the contents stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The volume, from 1.
    pub volume: u32,
    /// The page in it.
    pub page: u32,
}

impl<'b, W: Write> Book<'b, W> {
    /// One document of any length.
    pub fn one(document: Document<W>) -> Self {
        Self { document: Some(document), volumes: None, orientation: Orientation::Portrait }
    }

    /// Volumes of about `pages` pages, the first into `out`.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn volumes(out: W, next: Next<'b, W>, cover: &'b Cover, pages: u32) -> Result<Self, BundleError> {
        let document = Document::new(out, front(cover, Some(1)))?;
        let volumes = Volumes { next, cover, pages, number: 1, places: vec![] };
        Ok(Self { document: Some(document), volumes: Some(volumes), orientation: Orientation::Portrait })
    }

    /// The document that is being written.
    ///
    /// # Errors
    /// [`BundleError::Part`] after a volume could not be ended.
    pub fn document(&mut self) -> Result<&mut Document<W>, BundleError> {
        self.document.as_mut().ok_or_else(lost)
    }

    /// Turns the paper, from the next page on.
    ///
    /// # Errors
    /// As [`Document::turn`].
    pub fn turn(&mut self, orientation: Orientation) -> Result<(), BundleError> {
        self.orientation = orientation;
        Ok(self.document()?.turn(orientation)?)
    }

    /// A heading that an entry of the contents leads to.
    ///
    /// # Errors
    /// As [`Document::entry_heading`].
    pub fn entry_heading(&mut self, entry: usize, level: u8, text: &str) -> Result<(), BundleError> {
        let document = self.document.as_mut().ok_or_else(lost)?;
        let Some(volumes) = &mut self.volumes else { return Ok(document.entry_heading(entry, level, text)?) };
        if volumes.places.is_empty() {
            // Only now is it known how the first page lies.
            begin(document, volumes.cover, volumes.number)?;
        }
        let page = document.heading(level, text)?.map_or(1, |at| at.number);
        volumes.places.push(Place { volume: volumes.number, page });
        Ok(())
    }

    /// True if the volume has its pages.
    pub fn is_full(&self) -> bool {
        match (&self.volumes, &self.document) {
            (Some(volumes), Some(document)) => {
                let pages = document.pages();
                pages > volumes.pages || (pages == volumes.pages && document.left() < LITTLE)
            }
            (None, _) | (_, None) => false,
        }
    }

    /// Goes on with the collection in the next volume. Its heading and that of its dataset are open sections.
    ///
    /// # Errors
    /// As [`Document::finish`], and what the output returns.
    pub fn turn_over(&mut self, report: &CollectionReport) -> Result<(), BundleError> {
        let document = self.document()?;
        document.close_section()?;
        document.close_section()?;
        self.next_volume()?;
        let document = self.document()?;
        document.open_section();
        document.heading(1, &format!("{} (continued)", report.dataset_label))?;
        document.open_section();
        Ok(document.heading(2, &format!("{} (continued)", report.label)).map(drop)?)
    }

    /// Goes on with a dataset, on a new page, or in the next volume if this one has its pages. No section is open.
    ///
    /// # Errors
    /// As [`Self::turn_over`].
    pub fn begin_dataset(&mut self) -> Result<(), BundleError> {
        match (&self.volumes, &self.document) {
            (Some(volumes), Some(document)) if document.pages() >= volumes.pages => self.next_volume(),
            (_, _) => Ok(self.document()?.end_page()?),
        }
    }

    fn next_volume(&mut self) -> Result<(), BundleError> {
        let Some(volumes) = &mut self.volumes else { return Ok(()) };
        let full = self.document.take().ok_or_else(lost)?;
        let (out, _, press) = full.finish_on_press()?;
        volumes.number += 1;
        let out = (volumes.next)(out, volumes.number)?;
        let mut document = Document::on(press, out, front(volumes.cover, Some(volumes.number)))?;
        document.turn(self.orientation)?;
        begin(&mut document, volumes.cover, volumes.number)?;
        self.document = Some(document);
        Ok(())
    }

    /// Ends the last volume; gives the output back, and where each entry stands.
    ///
    /// # Errors
    /// As [`Document::finish`].
    pub fn close(self) -> Result<(W, Vec<Place>), BundleError> {
        let (out, _, _) = self.document.ok_or_else(lost)?.finish_on_press()?;
        Ok((out, self.volumes.map(|volumes| volumes.places).unwrap_or_default()))
    }

    /// The one document.
    ///
    /// # Errors
    /// As [`Self::document`].
    pub fn into_document(self) -> Result<Document<W>, BundleError> {
        self.document.ok_or_else(lost)
    }
}

fn lost() -> BundleError {
    BundleError::Part { part: "PDF", why: "a volume could not be ended".to_owned() }
}

/// The first lines of a volume.
fn begin<W: Write>(document: &mut Document<W>, cover: &Cover, number: u32) -> Result<(), BundleError> {
    let text = format!(
        "Volume {number} of the answer {}. The letter, and what is in which volume, are in disclosure.pdf.",
        cover.reference
    );
    Ok(document.styled(&[Piece::text(text)], &SMALL)?)
}
