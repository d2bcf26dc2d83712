//! The structure tree: what each piece of text is. An element is written when it closes, so that only the open ones
//! and the numbers of their finished children are in memory.

use std::io::Write;

use super::objects::{Id, Objects, digits, push, text_string};

/// What an element holds.
#[derive(Debug, Clone, Copy)]
enum Kid {
    Element(Id),
    Content { page: Id, mcid: u32 },
    Annotation { page: Id, object: Id },
}

/// What is said about an element besides its type.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// The whole text in logical order, where the glyphs are drawn in another.
    pub actual_text: Option<String>,
    /// For a header cell: `Column` or `Row`.
    pub scope: Option<&'static str>,
    /// For a figure: what it shows, in words.
    pub alternative: Option<String>,
    /// For a figure: left, bottom, right and top on its page.
    pub bounds: Option<[f32; 4]>,
    /// For a list: how its items are marked, `Disc` or `Decimal`.
    pub list_numbering: Option<&'static str>,
}

struct Element {
    id: Id,
    tag: &'static str,
    parent: Id,
    attributes: Attributes,
    kids: Vec<Kid>,
    /// Its parent already names it.
    placed: bool,
}

/// A place in the tree for an element to be written later.
#[derive(Debug, Clone, Copy)]
pub struct Reserved {
    id: Id,
    parent: Id,
}

/// An element left open while others are gone on with: the cells of a row that goes over to the next page.
pub struct Suspended(Element);

/// The open elements, outermost first, and the parent tree.
pub struct Tree {
    root: Id,
    open: Vec<Element>,
    parents: Vec<(u32, Id)>,
    next_key: u32,
}

impl Tree {
    /// With a `Document` element open.
    pub fn new<W: Write>(objects: &mut Objects<W>) -> Self {
        let root = objects.reserve();
        let document = Element {
            id: objects.reserve(),
            tag: "Document",
            parent: root,
            attributes: Attributes::default(),
            kids: vec![],
            placed: false,
        };
        Self { root, open: vec![document], parents: vec![], next_key: 0 }
    }

    /// The root's number, for the catalogue.
    pub fn root(&self) -> Id {
        self.root
    }

    /// Opens an element in the innermost open one.
    pub fn open<W: Write>(&mut self, objects: &mut Objects<W>, tag: &'static str, attributes: Attributes) {
        let parent = self.innermost();
        let element = Element { id: objects.reserve(), tag, parent, attributes, kids: vec![], placed: false };
        self.open.push(element);
    }

    /// Keeps the next place in the innermost open element.
    pub fn reserve<W: Write>(&mut self, objects: &mut Objects<W>) -> Reserved {
        let (id, parent) = (objects.reserve(), self.innermost());
        self.keep(Kid::Element(id));
        Reserved { id, parent }
    }

    /// Opens an element in the place kept for it.
    pub fn open_reserved(&mut self, place: Reserved, tag: &'static str) {
        let Reserved { id, parent } = place;
        let attributes = Attributes::default();
        self.open.push(Element { id, tag, parent, attributes, kids: vec![], placed: true });
    }

    /// Leaves the innermost element open and names it in its parent, so that the order is that of first mention.
    pub fn suspend(&mut self) -> Option<Suspended> {
        let mut element = self.open.pop()?;
        if !element.placed {
            element.placed = true;
            self.keep(Kid::Element(element.id));
        }
        Some(Suspended(element))
    }

    /// Goes on with an element.
    pub fn resume(&mut self, element: Suspended) {
        self.open.push(element.0);
    }

    /// Closes the innermost element and writes it.
    pub fn close<W: Write>(&mut self, objects: &mut Objects<W>) {
        let Some(element) = self.open.pop() else { return };
        if !element.placed {
            self.keep(Kid::Element(element.id));
        }
        objects.object(element.id, &element.body());
    }

    /// Notes that the innermost element owns the content `mcid` on `page`; returns the element.
    pub fn own_content(&mut self, page: Id, mcid: u32) -> Id {
        self.keep(Kid::Content { page, mcid });
        self.innermost()
    }

    /// The type of the innermost element.
    pub fn tag(&self) -> &'static str {
        self.open.last().map_or("Document", |element| element.tag)
    }

    /// Notes that the innermost element owns an annotation; returns the key that the annotation names.
    pub fn own_annotation(&mut self, page: Id, object: Id) -> u32 {
        self.keep(Kid::Annotation { page, object });
        self.key(self.innermost())
    }

    /// A new key of the parent tree, leading to `object`.
    pub fn key(&mut self, object: Id) -> u32 {
        let key = self.next_key;
        self.next_key += 1;
        self.parents.push((key, object));
        key
    }

    /// Closes what is open and writes the parent tree and the root.
    pub fn finish<W: Write>(&mut self, objects: &mut Objects<W>) {
        let document = self.open.first().map(|element| element.id);
        while !self.open.is_empty() {
            self.close(objects);
        }
        let mut leaves = String::new();
        for chunk in self.parents.chunks(500) {
            let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
            let id = objects.reserve();
            let mut body = format!("<</Limits[{} {}]/Nums[", first.0, last.0);
            for (key, object) in chunk {
                digits(&mut body, *key);
                body.push(' ');
                object.refer(&mut body);
            }
            body.push_str("]>>");
            objects.object(id, &body);
            push(&mut leaves, format_args!("{id} "));
        }
        let parents = objects.reserve();
        objects.object(parents, &format!("<</Kids[{leaves}]>>"));
        let Some(document) = document else { return };
        objects.object(
            self.root,
            &format!("<</Type/StructTreeRoot/K {document}/ParentTree {parents}/ParentTreeNextKey {}>>", self.next_key),
        );
    }

    fn innermost(&self) -> Id {
        self.open.last().map_or(self.root, |element| element.id)
    }

    fn keep(&mut self, kid: Kid) {
        if let Some(element) = self.open.last_mut() {
            element.kids.push(kid);
        }
    }
}

impl Element {
    fn body(&self) -> String {
        let mut body = String::with_capacity(64 + self.kids.len() * 10);
        body.push_str("<</S/");
        body.push_str(self.tag);
        body.push_str("/P ");
        self.parent.refer(&mut body);
        let page = self.kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            Kid::Element(_) | Kid::Annotation { .. } => None,
        });
        if let Some(page) = page {
            body.push_str("/Pg ");
            page.refer(&mut body);
        }
        if let Some(scope) = self.attributes.scope {
            push(&mut body, format_args!("/A<</O/Table/Scope/{scope}>>"));
        }
        if let Some(numbering) = self.attributes.list_numbering {
            push(&mut body, format_args!("/A<</O/List/ListNumbering/{numbering}>>"));
        }
        if let Some([left, bottom, right, top]) = self.attributes.bounds {
            push(
                &mut body,
                format_args!("/A<</O/Layout/Placement/Block/BBox[{left:.2} {bottom:.2} {right:.2} {top:.2}]>>"),
            );
        }
        if let Some(text) = &self.attributes.alternative {
            push(&mut body, format_args!("/Alt{}", text_string(text)));
        }
        if let Some(text) = &self.attributes.actual_text {
            push(&mut body, format_args!("/ActualText{}", text_string(text)));
        }
        match self.kids.as_slice() {
            [] => {}
            [Kid::Content { mcid, .. }] => {
                body.push_str("/K ");
                digits(&mut body, *mcid);
            }
            kids => {
                body.push_str("/K[");
                for kid in kids {
                    match kid {
                        Kid::Element(id) => id.refer(&mut body),
                        Kid::Content { page: on, mcid } if Some(*on) == page => {
                            digits(&mut body, *mcid);
                            body.push(' ');
                        }
                        Kid::Content { page, mcid } => {
                            push(&mut body, format_args!("<</Type/MCR/Pg {page}/MCID {mcid}>>"));
                        }
                        Kid::Annotation { page, object } => {
                            push(&mut body, format_args!("<</Type/OBJR/Pg {page}/Obj {object}>>"));
                        }
                    }
                }
                body.push(']');
            }
        }
        body.push_str(">>");
        body
    }
}
