//! Logging a request that came by post, by phone, in person or on social media, with its true date.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::api::logged;
use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Then, WorkCases};
use super::super::pages::{Fields, Posted};
use super::super::problem::Problem;
use super::super::ui::{Choice, Content, DateInput, Errors, Heading, Input, Radios, Textarea};
use super::form::{FormPage, date, date_names, errors, faults, typed};
use super::guard::Signed;
use super::words;
use crate::acts::{self, Once, Staff};
use crate::base::hex;

const CHANNELS: [&str; 5] = ["phone", "post", "in_person", "email", "social_media"];

fn fields(sent: &Fields, wrong: &Errors) -> Vec<Content> {
    let value = |name: &str| sent.text(name).to_owned();
    let (received, born) = (date_names("received-on"), date_names("subject-date-of-birth"));
    let representative = |relationship: &str, label: &str| {
        let prefix = if relationship == "parent" { "parent" } else { "representative" };
        let (name, email) = (format!("{prefix}-name"), format!("{prefix}-email"));
        Choice::of(relationship, label).conditional(Content::from(vec![
            Input::literal(name.as_str(), "Their name").value(value(&name)).error(wrong.of(&name)).into(),
            Input::email(email.as_str(), "Their email address").value(value(&email)).error(wrong.of(&email)).into(),
        ]))
    };
    vec![
        Radios::of("channel", "How did it come?", CHANNELS.map(|word| Choice::of(word, words::channel(word))))
            .value(value("channel"))
            .error(wrong.of("channel"))
            .into(),
        DateInput::of("received-on", "When did it arrive?", ["Day", "Month", "Year"])
            .hint("The day it reached anybody who works here, whoever took it. The clock counts from it.")
            .values(typed(sent, &received))
            .errors(wrong)
            .into(),
        Radios::of("right", "What do they ask for?", words::RIGHTS.map(|(word, says)| Choice::of(word, says)))
            .value(value("right"))
            .error(wrong.of("right"))
            .into(),
        Heading::section("Whose data").into(),
        Input::literal("subject-name", "Name").value(value("subject-name")).error(wrong.of("subject-name")).into(),
        Textarea::of("subject-other-names", "Former and other names (optional)")
            .hint("One on each line")
            .rows(2_u32)
            .value(value("subject-other-names"))
            .error(wrong.of("subject-other-names"))
            .into(),
        Input::email("subject-email", "Email address (optional)")
            .value(value("subject-email"))
            .error(wrong.of("subject-email"))
            .autocomplete("off")
            .into(),
        Textarea::of("subject-other-emails", "Other email addresses (optional)")
            .hint("One on each line")
            .rows(2_u32)
            .value(value("subject-other-emails"))
            .error(wrong.of("subject-other-emails"))
            .into(),
        Input::telephone("subject-phone", "Phone number (optional)")
            .value(value("subject-phone"))
            .error(wrong.of("subject-phone"))
            .autocomplete("off")
            .into(),
        Input::literal("subject-postcode", "Postcode (optional)")
            .value(value("subject-postcode"))
            .error(wrong.of("subject-postcode"))
            .classes("govuk-input--width-10")
            .into(),
        DateInput::of("subject-date-of-birth", "Date of birth (optional)", ["Day", "Month", "Year"])
            .hint("Only if they gave it")
            .values(typed(sent, &born))
            .errors(wrong)
            .into(),
        Radios::of(
            "relationship",
            "Who asks?",
            [
                Choice::of("self", "The person themselves"),
                representative("parent", "A parent of the person"),
                representative("representative", "Somebody else on their behalf"),
            ],
        )
        .value(value("relationship"))
        .error(wrong.of("relationship"))
        .into(),
        Textarea::of("details", "What did they say? (optional)")
            .hint("In their own words")
            .value(value("details"))
            .error(wrong.of("details"))
            .into(),
        Textarea::of("scope-words", "Do they want only a part of what is held? (optional)")
            .rows(2_u32)
            .value(value("scope-words"))
            .error(wrong.of("scope-words"))
            .into(),
    ]
}

fn form(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: &Staff,
    sent: &Fields,
    wrong: Errors,
) -> Result<HttpResponse, Problem> {
    let once = Some(sent.text("once").to_owned()).filter(|text| !text.is_empty());
    FormPage {
        title: "Log a request".to_owned(),
        back: "/desk".to_owned(),
        action: "/desk/log".to_owned(),
        intro: vec![
            "A request needs no form and no special words. It counts from the day it arrived, by whatever way it came."
                .into(),
        ],
        hidden: vec![("once", once.unwrap_or_else(|| uuid::Uuid::new_v4().to_string()))],
        fields: fields(sent, &wrong),
        errors: Some(wrong),
        ..FormPage::default()
    }
    .send("Log the request")
    .shown(desk, request, staff, "/desk/log")
}

async fn ask(desk: SharedDesk, request: HttpRequest, signed: Signed<WorkCases>) -> Result<HttpResponse, Problem> {
    let first = Fields::of(b"relationship=self&right=access");
    form(&desk, &request, &signed.staff, &first, errors())
}

/// The form as a body of the API, where that can be said.
fn body(sent: &Fields, wrong: &mut Errors) -> Value {
    let text = |name: &str| sent.text(name).to_owned();
    let given = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    let lines = |name: &str| -> Vec<String> {
        sent.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let mut day = |name: &str| {
        date(sent, name).unwrap_or_else(|(parts, why)| {
            wrong.add_date(name, &parts, why);
            None
        })
    };
    let (received, born) = (day("received-on"), day("subject-date-of-birth"));
    if received.is_none() && wrong.of("received-on").is_none() {
        wrong.add_date("received-on", &[], "Enter the day it arrived");
    }
    if !CHANNELS.contains(&sent.text("channel")) {
        wrong.add("channel", "Select how it came");
    }
    if sent.text("right").is_empty() {
        wrong.add("right", "Select what they ask for");
    }
    if sent.text("subject-name").is_empty() {
        wrong.add("subject-name", "Enter the name of the person whose data it is about");
    }
    let relationship = text("relationship");
    let mut requester = Value::Null;
    if relationship == "parent" || relationship == "representative" {
        let of = |part: &str| text(&format!("{relationship}-{part}"));
        requester = json!({"relationship": relationship, "name": of("name"), "email": of("email")});
    } else if relationship != "self" {
        wrong.add("relationship", "Select who asks");
    }
    let mut body = json!({
        "received_on": received.map(|date| date.to_string()).unwrap_or_default(),
        "right": text("right"),
        "channel": text("channel"),
        "subject": {
            "name": text("subject-name"), "other_names": lines("subject-other-names"), "email": given("subject-email"),
            "other_emails": lines("subject-other-emails"), "phone": given("subject-phone"),
            "postcode": given("subject-postcode"), "date_of_birth": born.map(|date| date.to_string()),
        },
        "details": given("details"),
        "requester": requester,
    });
    if let (Some(words), Some(object)) = (given("scope-words"), body.as_object_mut()) {
        object.insert("scope".to_owned(), json!({"words": words}));
    }
    body
}

/// The id of the field that the API's reader names: `subject.other_names[0]` is `subject-other-names`.
fn id_of(field: &str, relationship: &str) -> String {
    let field = field.split('[').next().unwrap_or_default();
    match field {
        "requester.name" => format!("{relationship}-name"),
        "requester.email" => format!("{relationship}-email"),
        "received_on" => "received-on-day".to_owned(),
        "subject.date_of_birth" => "subject-date-of-birth-day".to_owned(),
        other => other.replace(['.', '_'], "-"),
    }
}

async fn log(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form_sent): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let sent = form_sent.0;
    let mut wrong = errors();
    let body = body(&sent, &mut wrong);
    if !wrong.is_empty() {
        return form(&desk, &request, &signed.staff, &sent, wrong);
    }
    let key_text = format!("log\n{}\n{}", signed.staff.id, sent.text("once"));
    let key = Once { key_hash: hex(&Sha256::digest(key_text)), request_hash: hex(&Sha256::digest(body.to_string())) };
    let done = match logged(body) {
        Ok(new) => {
            let me = signed.staff.id.clone();
            act(&desk, move |desk| acts::log_request(desk, &new, &me, Some(&key))).await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(received) => {
            let to = format!("/desk/cases/{}", received.id);
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, to)).finish())
        }
        Err(problem) => {
            let relationship = sent.text("relationship").to_owned();
            match faults(&problem, &|field| id_of(field, &relationship)) {
                Some(wrong) => form(&desk, &request, &signed.staff, &sent, wrong),
                None => Err(problem),
            }
        }
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/desk/log").route(web::get().to(ask)).route(web::post().to(log)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reader_names_is_found_on_the_page() {
        assert_eq!(id_of("subject.other_names[2]", "self"), "subject-other-names");
        assert_eq!(id_of("requester.email", "parent"), "parent-email");
        assert_eq!(id_of("scope.words", "self"), "scope-words");
        assert_eq!(id_of("received_on", "self"), "received-on-day");
    }
}
