//! One access request, told step by step as it happens.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::super::{Failure, print};
use super::caller::{Caller, wait_for};
use super::folder::Place;
use crate::access::Role;
use crate::acts::{Desk, NewUser, user_add};
use crate::audit::Actor;
use crate::base::parse_date;
use crate::bundle::new_passphrase;
use crate::sample::Planted;

/// A demo log-in.
pub(super) struct Login {
    username: &'static str,
    role: Role,
    password: String,
}

/// Adds one member of staff for each role, each with a password of this demo alone.
pub(super) fn hire(desk: &Arc<Desk>) -> Result<Vec<Login>, Failure> {
    let people = [
        ("casey", "Casey Worker", Role::Caseworker),
        ("alex", "Alex Prover", Role::Approver),
        ("audrey", "Audrey Auditor", Role::Auditor),
        ("adam", "Adam Admin", Role::Admin),
    ];
    let mut logins = Vec::new();
    for (username, name, role) in people {
        // Words: random digits with a letter or two among them can look like what guessers try first, and be refused.
        let password = new_passphrase().expose_secret().replace(' ', "-");
        let new = NewUser {
            username: username.to_owned(),
            display_name: name.to_owned(),
            email: format!("{username}@example.org"),
            role,
            password: password.clone().into(),
        };
        user_add(desk, &new, &Actor::Operator)?;
        logins.push(Login { username, role, password });
    }
    Ok(logins)
}

/// Runs the request over HTTP and prints each step.
pub(super) fn tell(place: &Place, base: &str, planted: &Planted, logins: &[Login]) -> Result<(), Failure> {
    let caller = Caller::new(base)?;
    let missing = || Failure::Failed("the sample has no main subject".to_owned());
    let subject = planted.main().ok_or_else(missing)?;
    let email = subject.emails.first().ok_or_else(missing)?;

    let asked = json!({
        "right": "access",
        "subject": {"name": subject.name, "email": email},
        "details": "Please send me everything you hold about me.",
    });
    let received = caller.post("/requests", None, &asked)?;
    let (id, reference) = (text(&received, "id"), text(&received, "reference"));
    print::line(&format!("2. {} asks what is held about her: request {reference}.", subject.name))?;

    let code = wait_for("the code by e-mail", || letter_code(&place.post()))?;
    let opened = caller.post(&format!("/requests/{id}/verification"), None, &json!({"code": code}))?;
    let requester = text(&opened, "token");
    let status = caller.get(&format!("/requests/{id}"), &requester)?;
    let due = text(&status, "due_on");
    let due_words = parse_date(&due).map_or(due.clone(), |date| date.format("%A %-d %B %Y").to_string());
    print::line(&format!(
        "3. The code came by e-mail, she typed it: her identity is confirmed. The answer is due by {due_words}."
    ))?;

    let casey = sign_in(&caller, logins, Role::Caseworker)?;
    let alex = sign_in(&caller, logins, Role::Approver)?;
    let case = wait_for("the search", || {
        let case = caller.get(&format!("/cases/{id}"), &casey)?;
        Ok((text(&case, "stage") == "review").then_some(case))
    })?;
    let count = |name: &str| case.pointer(&format!("/gather/{name}")).and_then(Value::as_i64).unwrap_or_default();
    print::line(&format!(
        "4. The website's tables were searched: {} records found, {} of them held back until somebody has looked.",
        count("found"),
        count("held")
    ))?;

    let (included, excluded) = decide_each(&caller, &id, &casey, planted)?;
    let (accepted, rejected) = answer_suggestions(&caller, &id, &casey)?;
    caller.change(&id, "decide", &casey, &json!({}))?;
    print::line(&format!(
        "5. Casey, the caseworker, looked at those: {included} are hers, {excluded} are somebody else's and stay out. Of \
         the redactions that were suggested in the rest, Casey accepted {accepted} and rejected {rejected}. Sent for \
         sign-off."
    ))?;
    caller.change(&id, "approve", &alex, &json!({}))?;
    wait_for("the bundle", || Ok(caller.change(&id, "release", &alex, &json!({})).ok()))?;
    print::line("6. Alex, a second person, approved; the bundle was built and released.")?;

    let bundle = place.path("bundle.zip");
    let size = caller.fetch(&format!("/requests/{id}/bundle"), &requester, &bundle)?;
    print::line(&format!("7. She downloaded her answer ({} KB).", size.div_ceil(1024)))?;

    print::line(&format!("\nThe bundle:  {}", bundle.display()))?;
    print::line(&format!("Due date:    {due} ({due_words})"))?;
    print::line(&format!("Letters:     {}", place.post().display()))?;
    print::line(&format!("Settings:    {}", place.configuration().display()))?;
    print::line("Log-ins of this demo, for the desk (/desk) and the API (POST /api/v1/sessions):")?;
    for login in logins {
        print::line(&format!("  {:<8} {:<12} password {}", login.username, login.role.to_string(), login.password))?;
    }
    Ok(())
}

/// The caseworker includes what is the subject's own and excludes what is somebody else's.
fn decide_each(caller: &Caller, id: &str, token: &str, planted: &Planted) -> Result<(u64, u64), Failure> {
    let own: Vec<String> = planted
        .main()
        .map(|main| main.own.iter().map(|row| format!("{}/{}", row.table, row.key)).collect())
        .unwrap_or_default();
    let (mut included, mut excluded, mut after) = (0, 0, 0);
    loop {
        let page = caller.get(&format!("/cases/{id}/records?after={after}"), token)?;
        for record in page.get("records").and_then(Value::as_array).into_iter().flatten() {
            if text(record, "standing") == "disclose" {
                continue;
            }
            let name = text(record, "record");
            let body = if own.contains(&name) {
                included += 1;
                json!({"decision": "include", "reason": "read: it is hers, and names nobody else"})
            } else {
                excluded += 1;
                json!({"decision": "exclude", "code": "THIRD-PARTY", "reason": "the record is a colleague's"})
            };
            caller.change(id, &format!("records/{}/decision", name.replace('/', "%2F")), token, &body)?;
        }
        match page.get("next").and_then(Value::as_u64) {
            Some(next) => after = next,
            None => return Ok((included, excluded)),
        }
    }
}

/// The caseworker takes what the program suggests in people's own words, and leaves what it suggests in the rest (a course's
/// place, say); then says of each warning why the answer may go out.
fn answer_suggestions(caller: &Caller, id: &str, token: &str) -> Result<(u64, u64), Failure> {
    let number = |value: &Value, name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
    wait_for("the suggestions", || {
        let view = caller.get(&format!("/cases/{id}/suggestions"), token)?;
        Ok((view.get("ready") == Some(&Value::Bool(true))).then_some(()))
    })?;
    let open = |collection: Option<&str>| -> Result<bool, Failure> {
        let of = collection.map_or_else(String::new, |name| format!("&collection={name}"));
        let page = caller.get(&format!("/cases/{id}/records?flag=suggested{of}&limit=1"), token)?;
        Ok(page.get("records").and_then(Value::as_array).is_some_and(|all| !all.is_empty()))
    };
    for collection in ["enquiries", "enquiry_replies"] {
        if open(Some(collection))? {
            let reason = "names somebody else, who was not asked; she does not need it to understand the rest";
            let body = json!({"answer": "accept", "collection": collection, "reason": reason});
            caller.change(id, "suggestions", token, &body)?;
        }
    }
    if open(None)? {
        caller.change(id, "suggestions", token, &json!({"answer": "reject", "all": true}))?;
    }
    let warnings = caller.get(&format!("/cases/{id}/warnings"), token)?;
    let keys: Vec<&Value> = warnings
        .get("warnings")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|w| w.get("warning"))
        .collect();
    if !keys.is_empty() {
        let reason = "read: she knows of this already, since she wrote it or was told";
        caller.change(id, "warnings", token, &json!({"warnings": keys, "reason": reason}))?;
    }
    let after = caller.get(&format!("/cases/{id}/suggestions"), token)?;
    Ok((number(&after, "accepted"), number(&after, "rejected")))
}

fn sign_in(caller: &Caller, logins: &[Login], role: Role) -> Result<String, Failure> {
    let login = logins
        .iter()
        .find(|login| login.role == role)
        .ok_or_else(|| Failure::Failed(format!("the demo has no {role}")))?;
    let body = json!({"username": login.username, "password": login.password});
    Ok(text(&caller.post("/sessions", None, &body)?, "token"))
}

/// The code in the newest letter of the folder, once there is one.
fn letter_code(folder: &Path) -> Result<Option<String>, Failure> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .collect();
    files.sort();
    let Some(newest) = files.last() else { return Ok(None) };
    let letter = std::fs::read_to_string(newest)?;
    let code = letter.split_once("Your code is ").map(|(_, rest)| rest.chars().take(6).collect());
    Ok(code)
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
