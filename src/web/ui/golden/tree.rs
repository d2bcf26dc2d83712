//! HTML as lines that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, ParseOpts, QualName, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Parts of the macros' HTML that we leave out on purpose, by class, with all that stands in them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("govuk-footer__crown", "the crown belongs to government"),
    ("govuk-footer__copyright-logo", "so does the crest; we do not claim Crown copyright"),
    ("govuk-footer__licence-logo", "the words say enough"),
];

/// Where `ours` differs from `theirs`, as lines.
pub(super) fn difference(theirs: &str, ours: &str) -> Option<String> {
    let (expected, found) = (lines(theirs), lines(ours));
    if expected == found {
        return None;
    }
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(3);
    let part = |list: &[String]| list.iter().skip(from).take(9).cloned().collect::<Vec<_>>().join("\n");
    Some(format!("--- theirs\n{}\n--- ours\n{}", part(&expected), part(&found)))
}

/// HTML as one line an element or text, indented by depth.
pub(super) fn lines(html: &str) -> Vec<String> {
    let body = QualName::new(None, ns!(html), LocalName::from("body"));
    let dom: RcDom = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
    let mut lines = Vec::new();
    // The parser puts the fragment into an element of its own.
    for root in dom.document.children.borrow().iter() {
        for node in root.children.borrow().iter() {
            write(node, 0, false, &mut lines);
        }
    }
    lines
}

/// Elements that stand within a line of text, so that white space beside them shows.
const INLINE: [&str; 8] = ["a", "b", "code", "em", "i", "span", "strong", "time"];

fn is_inline(node: &Handle) -> bool {
    match &node.data {
        NodeData::Element { name, .. } => INLINE.contains(&&*name.local),
        NodeData::Text { .. } => true,
        NodeData::Comment { .. }
        | NodeData::Doctype { .. }
        | NodeData::Document
        | NodeData::ProcessingInstruction { .. } => false,
    }
}

fn write(node: &Handle, depth: usize, keep_ends: bool, lines: &mut Vec<String>) {
    match &node.data {
        NodeData::Text { contents } => {
            let text = contents.borrow();
            let collapsed = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let (before, after) = neighbours(node);
            let space = |shows: bool, has: bool| if shows && has { "·" } else { "" };
            let starts = text.starts_with(|c: char| c.is_ascii_whitespace());
            let ends = text.ends_with(|c: char| c.is_ascii_whitespace());
            let shows_before = before.as_ref().map_or(keep_ends, is_inline);
            let shows_after = after.as_ref().map_or(keep_ends, is_inline);
            if collapsed.is_empty() {
                if before.is_some() && after.is_some() && shows_before && shows_after {
                    lines.push(format!("{}·", "  ".repeat(depth)));
                }
                return;
            }
            lines.push(format!(
                "{}{}{collapsed}{}",
                "  ".repeat(depth),
                space(shows_before, starts),
                space(shows_after, ends)
            ));
        }
        NodeData::Element { name, attrs, .. } => {
            let mut all: BTreeMap<String, String> = attrs
                .borrow()
                .iter()
                .map(|a| (a.name.local.to_string(), a.value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")))
                .collect();
            let classes: BTreeSet<String> = all
                .remove("class")
                .unwrap_or_default()
                .split(' ')
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .collect();
            let left_out = |node: &Handle| {
                let NodeData::Element { attrs, .. } = &node.data else { return false };
                let attrs = attrs.borrow();
                let classes =
                    attrs.iter().find(|a| &*a.name.local == "class").map(|a| a.value.to_string()).unwrap_or_default();
                LEFT_OUT.iter().any(|(class, _)| classes.split(' ').any(|c| c == *class))
            };
            let children = node.children.borrow();
            // What held nothing else goes with it.
            let elements: Vec<_> = children.iter().filter(|n| matches!(n.data, NodeData::Element { .. })).collect();
            if left_out(node) || (!elements.is_empty() && elements.iter().all(|child| left_out(child))) {
                return;
            }
            let listed = classes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            let attributes: String = all.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            lines.push(format!("{}<{} .{listed}{attributes}>", "  ".repeat(depth), name.local));
            // What is only heard is often set off by a space of its own.
            let heard = classes.contains("govuk-visually-hidden") && &*name.local == "span";
            for child in children.iter() {
                write(child, depth + 1, heard, lines);
            }
        }
        NodeData::Comment { .. }
        | NodeData::Doctype { .. }
        | NodeData::Document
        | NodeData::ProcessingInstruction { .. } => {}
    }
}

/// The nodes before and after `node`.
fn neighbours(node: &Handle) -> (Option<Handle>, Option<Handle>) {
    let parent = node.parent.take();
    node.parent.set(parent.clone());
    let Some(parent) = parent.and_then(|weak| weak.upgrade()) else { return (None, None) };
    let children = parent.children.borrow();
    let at = children.iter().position(|child| std::rc::Rc::ptr_eq(child, node)).unwrap();
    (at.checked_sub(1).and_then(|n| children.get(n)).cloned(), children.get(at + 1).cloned())
}

#[test]
fn the_comparison_sees_what_a_reader_would_see() {
    assert_eq!(lines("<p>a <b>c</b></p>"), lines("<p>\n a\n <b> c </b>\n</p>"));
    for (one, other) in [
        ("<p>a <b>c</b></p>", "<p>a<b>c</b></p>"),
        ("<p>a</p>", "<p>b</p>"),
        ("<p class=x>a</p>", "<p class=y>a</p>"),
        ("<p>a</p>", "<div>a</div>"),
        ("<p id=a>a</p>", "<p>a</p>"),
        ("<a>x<span class=govuk-visually-hidden> y</span></a>", "<a>x<span class=govuk-visually-hidden>y</span></a>"),
        ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
    ] {
        assert_ne!(lines(one), lines(other));
    }
    assert_eq!(lines("<p class='a b' id=c>x</p>"), lines("<p id=c class='b  a'>x</p>"));
}
