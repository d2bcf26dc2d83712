//! What the letters about an erasure say.

use super::compose::Pen;
use super::sheet::{Block, Sheet};
use crate::bundle::Controller;
use crate::wording::Wording;
use chrono::NaiveDate;

/// What became of the person's records.
pub(super) struct Erased<'a> {
    pub(super) reference: &'a str,
    pub(super) name: &'a str,
    pub(super) deleted: &'a [(String, u64)],
    pub(super) anonymised: &'a [(String, u64)],
    pub(super) kept: &'a [(String, u64, String)],
    pub(super) told: &'a [String],
}

/// What a recipient is told.
pub(super) struct Notice<'a> {
    pub(super) reference: &'a str,
    pub(super) recipient: &'a str,
    pub(super) records: &'a str,
    pub(super) about: &'a str,
    pub(super) on: NaiveDate,
    pub(super) person: Option<&'a str>,
}

pub(super) fn erased(of: &Erased<'_>, controller: &Controller, t: Wording) -> Sheet {
    let Erased { reference, name, deleted, anonymised, kept, told } = of;
    let counted = |key: &str, list: &[(String, u64)]| {
        let items = list.iter().map(|(label, count)| t.count_with(key, *count, &[("label", label)]));
        Block::Points(items.collect())
    };
    let kept_items = kept
        .iter()
        .map(|(label, count, why)| t.count_with("letter-erased-kept-item", *count, &[("label", label), ("why", why)]));
    let kept_items = Block::Points(kept_items.collect());
    let recipients = told.join(", ");
    let pen = Pen::new(t, controller, "letter-erased-subject", reference)
        .dear(name)
        .say("letter-erased-lead", &[])
        .when(!deleted.is_empty(), |pen| {
            pen.heading("letter-erased-heading").block(counted("letter-erased-item", deleted))
        })
        .when(!anonymised.is_empty(), |pen| {
            pen.heading("letter-erased-anonymised-heading")
                .say("letter-erased-anonymised", &[])
                .block(counted("letter-erased-item", anonymised))
        })
        .when(!kept.is_empty(), |pen| pen.heading("letter-erased-kept-heading").block(kept_items))
        .heading("letter-corrected-told-heading");
    let pen = if told.is_empty() {
        pen.say("letter-corrected-told-nobody", &[])
    } else {
        pen.say("letter-erased-told", &[("recipients", &recipients)])
    };
    pen.say("letter-erased-request", &[]).routes("letter-routes-heading").done()
}

pub(super) fn notice(of: &Notice<'_>, controller: &Controller, t: Wording) -> Sheet {
    let Notice { reference, recipient, records, about, on, person } = of;
    let pen = Pen::new(t, controller, "letter-erasure-notice-subject", reference).dear(recipient);
    let on = pen.day(*on);
    let mut points = vec![
        t.with("letter-notice-reference", &[("reference", reference)]),
        t.with("letter-erasure-notice-records", &[("records", records)]),
        t.with("letter-erasure-notice-about", &[("about", about)]),
        t.with("letter-erasure-notice-on", &[("on", &on)]),
    ];
    if let Some(name) = person {
        points.push(t.with("letter-notice-person", &[("name", name)]));
    }
    pen.say("letter-erasure-notice-lead", &[])
        .block(Block::Points(points))
        .when(person.is_none(), |pen| pen.say("letter-notice-private", &[]))
        .say("letter-notice-reply", &[("email", controller.email.as_str())])
        .done()
}
