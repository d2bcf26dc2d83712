//! Bookmarks: the headings as a tree that a reader shows beside the pages.

use std::io::Write;

use super::objects::{Id, Objects, push, text_string};

/// Where a heading or contents entry leads.
#[derive(Debug, Clone, Copy)]
pub struct Destination {
    /// The page object.
    pub page: Id,
    /// The page's number, from 1.
    pub number: u32,
    /// From the bottom of the page, as PDF counts.
    pub above_bottom: f32,
}

impl Destination {
    /// As a PDF array.
    pub fn array(&self) -> String {
        format!("[{} /XYZ 0 {:.2} 0]", self.page, self.above_bottom)
    }
}

struct Bookmark {
    level: u8,
    title: String,
    destination: Destination,
}

/// The bookmarks so far, in reading order.
#[derive(Default)]
pub struct Outline {
    bookmarks: Vec<Bookmark>,
}

impl Outline {
    /// Adds one; `level` 1 is outermost.
    pub fn add(&mut self, level: u8, title: &str, destination: Destination) {
        self.bookmarks.push(Bookmark { level, title: title.to_owned(), destination });
    }

    /// Writes the tree; none if there are no bookmarks.
    pub fn finish<W: Write>(&self, objects: &mut Objects<W>) -> Option<Id> {
        if self.bookmarks.is_empty() {
            return None;
        }
        let root = objects.reserve();
        let ids: Vec<Id> = self.bookmarks.iter().map(|_| objects.reserve()).collect();
        let parents = self.parents();
        for (index, (bookmark, id)) in self.bookmarks.iter().zip(&ids).enumerate() {
            let parent = parents.get(index).copied().flatten();
            let id_of = |at: Option<usize>| at.and_then(|at| ids.get(at)).copied();
            let sibling = |at: usize| parents.get(at).copied() == Some(parent);
            let previous = id_of((0..index).rev().find(|at| sibling(*at)));
            let next = id_of((index + 1..ids.len()).find(|at| sibling(*at)));
            let mut body = format!("<</Title{}", text_string(&bookmark.title));
            push(&mut body, format_args!("/Parent {}", id_of(parent).unwrap_or(root)));
            push(&mut body, format_args!("/Dest{}", bookmark.destination.array()));
            for (key, other) in [("Prev", previous), ("Next", next)] {
                if let Some(other) = other {
                    push(&mut body, format_args!("/{key} {other}"));
                }
            }
            self.kids(&mut body, &ids, &parents, Some(index));
            body.push_str(">>");
            objects.object(*id, &body);
        }
        let mut body = "<</Type/Outlines".to_owned();
        self.kids(&mut body, &ids, &parents, None);
        body.push_str(">>");
        objects.object(root, &body);
        Some(root)
    }

    /// The nearest earlier bookmark of a lower level, for each.
    fn parents(&self) -> Vec<Option<usize>> {
        let mut open: Vec<(u8, usize)> = vec![];
        let mut parents = Vec::with_capacity(self.bookmarks.len());
        for (index, bookmark) in self.bookmarks.iter().enumerate() {
            while open.last().is_some_and(|(level, _)| *level >= bookmark.level) {
                open.pop();
            }
            parents.push(open.last().map(|(_, at)| *at));
            open.push((bookmark.level, index));
        }
        parents
    }

    fn kids(&self, body: &mut String, ids: &[Id], parents: &[Option<usize>], of: Option<usize>) {
        let mine = || parents.iter().zip(ids).filter(|(parent, _)| **parent == of).map(|(_, id)| id);
        if let (Some(first), Some(last)) = (mine().next(), mine().next_back()) {
            push(body, format_args!("/First {first}/Last {last}/Count {}", mine().count()));
        }
    }
}
