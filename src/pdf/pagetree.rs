//! The page tree: nodes of a hundred pages, written as they fill, so that the order of pages is the order in which
//! their places were taken, whenever each page is written.

use std::io::Write;

use super::objects::{Id, Objects};

const PAGES_A_NODE: usize = 100;

/// A page's place.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The page object.
    pub id: Id,
    /// The node that names it.
    pub node: Id,
    /// From 1.
    pub number: u32,
}

/// The pages so far.
pub struct PageTree {
    root: Id,
    node: Id,
    kids: Vec<Id>,
    nodes: Vec<Id>,
    count: u32,
}

impl PageTree {
    /// Without pages.
    pub fn new<W: Write>(objects: &mut Objects<W>) -> Self {
        Self { root: objects.reserve(), node: objects.reserve(), kids: vec![], nodes: vec![], count: 0 }
    }

    /// The root's number, for the catalogue.
    pub fn root(&self) -> Id {
        self.root
    }

    /// How many pages there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Takes the next place.
    pub fn next<W: Write>(&mut self, objects: &mut Objects<W>) -> Place {
        if self.kids.len() == PAGES_A_NODE {
            self.flush(objects);
            self.node = objects.reserve();
        }
        let id = objects.reserve();
        self.kids.push(id);
        self.count += 1;
        Place { id, node: self.node, number: self.count }
    }

    /// Writes the last node and the root.
    pub fn finish<W: Write>(&mut self, objects: &mut Objects<W>) {
        self.flush(objects);
        let body = format!("<</Type/Pages/Count {}/Kids[{}]>>", self.count, references(&self.nodes));
        objects.object(self.root, &body);
    }

    fn flush<W: Write>(&mut self, objects: &mut Objects<W>) {
        let kids = std::mem::take(&mut self.kids);
        self.nodes.push(self.node);
        let body = format!("<</Type/Pages/Parent {}/Count {}/Kids[{}]>>", self.root, kids.len(), references(&kids));
        objects.object(self.node, &body);
    }
}

fn references(ids: &[Id]) -> String {
    let mut text = String::new();
    for id in ids {
        id.refer(&mut text);
    }
    text
}
