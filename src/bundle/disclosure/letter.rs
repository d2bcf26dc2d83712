//! The letter at the front: who answers, what this is, what was searched, what is left out and why, and the rights
//! that UK GDPR Art. 15(1)(e) to (f) and Art. 12(4) say the person must be told of.

use std::collections::BTreeMap;
use std::io::Write;

use super::compose::Answer;
use crate::bundle::plain;
use crate::bundle::{CollectionReport, Controller, Cover, Proof, Status};
use crate::pdf::{Document, PdfError, Piece, SMALL, Sender};

type Done = Result<(), PdfError>;

/// Writes the letter. It reads the same at the front of the disclosure and as a document of its own.
pub fn write<W: Write>(document: &mut Document<W>, answer: &Answer<'_>, collections: &[CollectionReport]) -> Done {
    let (cover, proof) = (answer.cover, answer.proof);
    document.open_section();
    document.sender(&sender(&cover.controller))?;
    document.heading(1, &format!("The information we hold about {}", cover.subject_name))?;
    document.facts(&facts(cover))?;
    document.words(format!("Dear {},", cover.addressee.as_ref().unwrap_or(&cover.subject_name)))?;
    let about = if cover.addressee.is_some() {
        format!("{} asked, through you, for the personal data that we hold about them.", cover.subject_name)
    } else {
        "You asked for the personal data that we hold about you.".to_owned()
    };
    document.words(format!(
        "{about} This is our answer under Article 15 of the UK GDPR: a copy of that data, with what the law says we must \
         tell you about it. The copy is in {}; index.html, records.json and the folder csv hold the same records in other \
         forms. They belong to you: keep them somewhere safe, because anyone who opens them can read them.",
        answer.copy()
    ))?;
    searched(document, collections)?;
    left_out(document, collections)?;
    about_the_data(document, answer, collections)?;
    rights(document, cover)?;
    complaints(document, cover)?;
    if let Some(proof) = proof {
        genuine(document, proof)?;
    }
    document.close_section()
}

/// A sentence: first letter as it is, one full stop at its end.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn sender(controller: &Controller) -> Sender {
    Sender {
        name: controller.name.clone(),
        service: controller.service.clone(),
        address: controller.address.clone(),
        email: controller.email.clone(),
    }
}

fn facts(cover: &Cover) -> Vec<(String, String)> {
    let mut facts = vec![("Reference".to_owned(), cover.reference.clone())];
    facts.extend(cover.received_on.map(|on| ("Request received".to_owned(), plain::date(on))));
    facts.extend(cover.due_on.map(|on| ("Answer due by".to_owned(), plain::date(on))));
    facts.push(("Prepared on".to_owned(), plain::date(cover.generated_at.london_date())));
    facts
}

fn searched<W: Write>(document: &mut Document<W>, collections: &[CollectionReport]) -> Done {
    document.heading(2, "What we searched")?;
    let places = u64::try_from(collections.len()).unwrap_or(u64::MAX);
    let of = |status: Status| collections.iter().filter(move |report| report.status == status);
    let number = |status: Status| u64::try_from(of(status).count()).unwrap_or(u64::MAX);
    let nothing = match number(Status::NothingHeld) {
        0 => String::new(),
        n => format!(" and hold nothing about you in {}", plain::count(n)),
    };
    let disclosed: u64 = collections.iter().map(|report| report.disclosed).sum();
    document.words(format!(
        "Our map of the data we hold names {} places where information about a person may be kept. We found something \
         in {} of them{nothing}. We give you {}.",
        plain::count(places),
        plain::count(number(Status::Found)),
        plain::records(disclosed)
    ))?;
    let unsearched: Vec<&CollectionReport> = of(Status::Failed).chain(of(Status::NotReached)).collect();
    if !unsearched.is_empty() {
        document.notice(
            &[
                Piece::strong("We could not search everything. "),
                Piece::text(
                    "The places below were not searched to the end, so we may hold information about you there that \
                     is not in this answer. That is not the same as holding nothing.",
                ),
            ],
            true,
        )?;
        let items: Vec<Vec<Piece>> = unsearched
            .into_iter()
            .map(|report| {
                vec![Piece::strong(report.label.clone()), Piece::text(format!(" ({})", report.dataset_label))]
            })
            .collect();
        document.list(&items)?;
    }
    Ok(())
}

fn left_out<W: Write>(document: &mut Document<W>, collections: &[CollectionReport]) -> Done {
    document.heading(2, "What we have left out")?;
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    // A count of none explains a label in a record that is shown; the key at the end says it.
    for withheld in collections.iter().flat_map(|report| &report.withheld).filter(|withheld| withheld.count > 0) {
        *reasons.entry(&withheld.reason).or_default() += withheld.count;
    }
    let mut items: Vec<Vec<Piece>> = reasons
        .into_iter()
        .map(|(reason, number)| {
            vec![Piece::strong(plain::records(number)), Piece::text(format!(": {}", sentence(reason)))]
        })
        .collect();
    for report in collections.iter().filter(|report| !report.never_disclosed.is_empty()) {
        items.push(vec![
            Piece::strong(report.label.clone()),
            Piece::text(format!(
                ": we also hold {}, which we do not copy out because it protects your account.",
                report.never_disclosed.join(", ")
            )),
        ]);
    }
    if items.is_empty() {
        return document.words("We have left out none of the records that we found.");
    }
    document.words(
        "We have left out the following, because the law allows or requires it. Where part of a record is withheld, \
         a dark box stands in its place; its label is explained at the end of disclosure.pdf.",
    )?;
    document.list(&items)
}

fn about_the_data<W: Write>(document: &mut Document<W>, answer: &Answer<'_>, collections: &[CollectionReport]) -> Done {
    document.heading(2, "Why we hold it, who sees it and for how long")?;
    document.words(format!(
        "Each section of {} says what kind of information it is, why we hold it and on what lawful basis, who receives \
         it, how long we keep it and where we got it from.",
        answer.copy()
    ))?;
    machine_and_abroad(document, answer, collections)
}

/// What Art. 15(1)(h) and 15(2) have the person told.
fn machine_and_abroad<W: Write>(
    document: &mut Document<W>,
    answer: &Answer<'_>,
    collections: &[CollectionReport],
) -> Done {
    let email = &answer.cover.controller.email;
    let labelled = |said: fn(&CollectionReport) -> &str| -> Vec<(&str, &str)> {
        collections.iter().map(|report| (report.label.as_str(), said(report))).collect()
    };
    told(
        document,
        email,
        &labelled(|report| &report.automated_decisions),
        "No decision is made about you by a machine alone.",
        "whether a decision is made about you by a machine alone",
    )?;
    told(
        document,
        email,
        &labelled(|report| &report.transfers),
        "None of it is sent outside the United Kingdom.",
        "whether it is sent outside the United Kingdom, and how it is kept safe there",
    )
}

/// What the map says of each collection (label, words); `none` if it says of each that there is no such thing; and where it
/// does not say, that it does not.
fn told<W: Write>(document: &mut Document<W>, email: &str, said: &[(&str, &str)], none: &str, whether: &str) -> Done {
    let mut nothing_told = true;
    for (label, words) in said.iter().filter(|(_, words)| !words.is_empty() && *words != CollectionReport::NONE) {
        nothing_told = false;
        document.paragraph(&[Piece::strong(format!("{label}: ")), Piece::text(sentence(words))])?;
    }
    if said.is_empty() || said.iter().any(|(_, words)| words.is_empty()) {
        return document.paragraph(&[
            Piece::text(format!("Our map of data does not say for everything here {whether}. To be told, write to ")),
            Piece::email(email),
            Piece::text("."),
        ]);
    }
    if nothing_told { document.words(none) } else { Ok(()) }
}

fn rights<W: Write>(document: &mut Document<W>, cover: &Cover) -> Done {
    document.heading(2, "Your rights")?;
    document.words("You may ask us to:")?;
    document.list(&[
        vec![
            Piece::strong("correct"),
            Piece::text(" information that is wrong, or complete what is incomplete (rectification);"),
        ],
        vec![Piece::strong("erase"), Piece::text(" information, where we have no lawful need to keep it (erasure);")],
        vec![
            Piece::strong("limit"),
            Piece::text(" what we do with it, for example while a correction is being checked (restriction);"),
        ],
        vec![Piece::strong("stop"), Piece::text(" using it in a way you object to (objection).")],
    ])?;
    document.heading(3, "How to have something corrected")?;
    document.paragraph(&[
        Piece::text("Write to "),
        Piece::email(&cover.controller.email),
        Piece::text(format!(
            " or to the address above. Give the reference {}, the section, the number of the record, and what it \
             should say. There is no charge, and you need no form.",
            cover.reference
        )),
    ])
}

fn complaints<W: Write>(document: &mut Document<W>, cover: &Cover) -> Done {
    let controller = &cover.controller;
    document.heading(2, "If you are unhappy with this answer")?;
    document.list(&[
        vec![
            Piece::strong("Complain to us. "),
            Piece::text(format!(
                "Section 164A of the Data Protection Act 2018 gives you the right to complain to {}. Write to ",
                controller.name
            )),
            Piece::email(&controller.email),
            Piece::text(" or to our data protection officer at "),
            Piece::email(&controller.dpo_email),
            Piece::text(". We will acknowledge your complaint within 30 days."),
        ],
        vec![
            Piece::strong("Complain to the regulator. "),
            Piece::text(format!(
                "Under section 165 of the Act you may complain to the {} at ",
                regulator(&controller.regulator)
            )),
            Piece::web(&controller.regulator_complaints_url),
            Piece::text("."),
        ],
        vec![
            Piece::strong("Go to court. "),
            Piece::text(
                "Under section 167 of the Act a court may order us to comply if it finds that we have infringed your \
                 rights.",
            ),
        ],
    ])?;
    if controller.registration.is_empty() {
        return Ok(());
    }
    document.styled(
        &[Piece::text(format!(
            "{} is the controller; its registration number is {}.",
            controller.name, controller.registration
        ))],
        &SMALL,
    )
}

fn genuine<W: Write>(document: &mut Document<W>, proof: &Proof<'_>) -> Done {
    document.heading(2, "How to show that this is what we sent")?;
    document.paragraph(&[
        Piece::text(
            "The files are signed. If you ever need to prove to somebody that nothing in them was changed, README.txt says \
             how. Our public key is published at ",
        ),
        Piece::web(proof.published_at),
        Piece::text(format!(" and is {}.", proof.key.public().base64())),
    ])
}

/// The regulator's name after "the".
fn regulator(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}
