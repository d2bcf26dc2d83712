//! Settings, for admins: the team, bank holidays, what is configured, and whether every source answers. No case is shown here.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use secrecy::SecretString;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Administer, Then};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{DateInput, Errors, Input, PasswordInput, Select, SelectItem};
use super::form::{date, date_names, errors, faults, typed};
use super::guard::Signed;
use super::words;
use crate::access::Role;
use crate::acts::{self, ActError, MemberChange, MemberView, NewUser, Staff};
use crate::audit::Actor;
use crate::base::capitalised;

struct Member {
    view: MemberView,
    about: String,
    own: bool,
}

struct Holiday {
    what: String,
    when: String,
    day: Option<String>,
    counts: bool,
}

#[derive(Template)]
#[template(path = "staff/settings.html")]
struct SettingsPage<'a> {
    shell: &'a Shell,
    members: Vec<Member>,
    roles: [Role; 4],
    username: Input,
    display_name: Input,
    email: Input,
    role: Select,
    password: PasswordInput,
    holidays: Vec<Holiday>,
    known: String,
    on: DateInput,
    called: Input,
    configured: Vec<(&'static str, String)>,
    sources: Vec<(String, usize, bool)>,
    checked: Option<Vec<String>>,
    summary: Option<super::super::ui::ErrorSummary>,
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    (sent, wrong): (Fields, Errors),
) -> Result<HttpResponse, Problem> {
    let check = Fields::of(request.query_string().as_bytes()).text("check") == "1";
    let (members, listed, checked) = act(desk, move |desk| {
        let checked = check.then(|| {
            let found = acts::inspect(desk);
            found.faults.into_iter().chain(found.notices).collect::<Vec<String>>()
        });
        Ok((acts::team(desk)?, acts::holidays_list(desk, desk.settings.division)?, checked))
    })
    .await?;
    let shell =
        Shell::of(request, desk).titled("Settings").desk_of(&staff, "/desk/settings").wrong_if(!wrong.is_empty());
    let settings = &desk.settings;
    let value = |name: &str| sent.text(name).to_owned();
    let names = date_names("on");
    let days = |days: u32| if days == 0 { "off".to_owned() } else { format!("{days} days") };
    let members = members
        .into_iter()
        .map(|view| Member {
            about: [
                Some(if view.factor { "Second factor on".to_owned() } else { "No second factor".to_owned() }),
                Some(format!("{} open sessions", view.sessions)),
                view.locked_until.map(|until| format!("Locked until {}", words::moment(until))),
                view.left_at.map(|at| format!("Left {}", words::moment(at))),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(". "),
            own: view.id == staff.id,
            view,
        })
        .collect();
    let holidays = listed
        .changes
        .iter()
        .rev()
        .map(|change| Holiday {
            what: match (change.how.as_str(), change.date, &change.title) {
                ("proclaimed", Some(date), Some(title)) => format!("{title}, {}", words::day(date)),
                ("imported", ..) => "A file of GOV.UK was imported".to_owned(),
                (how, ..) => words::sentence(how),
            },
            when: words::moment(change.made_at),
            day: change.date.filter(|_| change.in_force && change.how == "proclaimed").map(|day| day.to_string()),
            counts: change.in_force,
        })
        .collect();
    let view = SettingsPage {
        members,
        roles: Role::ALL,
        username: Input::literal("username", "User name")
            .value(value("username"))
            .error(wrong.of("username"))
            .autocomplete("off"),
        display_name: Input::literal("display-name", "Name that colleagues see")
            .value(value("display-name"))
            .error(wrong.of("display-name"))
            .autocomplete("off"),
        email: Input::email("email", "Email address")
            .value(value("email"))
            .error(wrong.of("email"))
            .autocomplete("off"),
        role: Select::of(
            "role",
            "Role",
            Role::ALL.map(|role| SelectItem::of(role.as_str(), words::sentence(role.as_str()))),
        )
        .value(value("role")),
        password: PasswordInput::of("password", "First password")
            .hint("At least 12 characters. They should change it when they first sign in.")
            .error(wrong.of("password"))
            .autocomplete("new-password"),
        holidays,
        known: listed.known_years.map_or_else(
            || "No bank holidays are known.".to_owned(),
            |(first, last)| format!("Bank holidays of {} are known from {first} to {last}.", settings.division.name()),
        ),
        on: DateInput::of("on", "Day", ["Day", "Month", "Year"]).values(typed(&sent, &names)).errors(&wrong),
        called: Input::text("called", "What is it called?").value(value("called")).error(wrong.of("called")),
        configured: vec![
            ("Our own target", days(settings.clock.target_days)),
            ("Reminder before the due date", days(settings.clock.due_lead_days)),
            ("Requests without proof of identity lapse after", days(settings.clock.lapse_unverified_days)),
            ("Requests without an answer to our question lapse after", days(settings.clock.lapse_unclarified_days)),
            ("A released answer can be fetched for", days(settings.cases.bundle_days)),
        ],
        sources: settings
            .data_map
            .datasets
            .iter()
            .map(|dataset| {
                let there = settings.sources.iter().any(|source| source.name == dataset.key)
                    || (settings.data_map.datasets.len() == 1 && settings.sources.len() == 1);
                (dataset.key.clone(), dataset.collections.len(), there)
            })
            .collect(),
        checked,
        summary: wrong.summary(),
        shell: &shell,
    };
    let status = if view.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &view)
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<Administer>) -> Result<HttpResponse, Problem> {
    shown(&desk, &request, signed.staff, (Fields::of(b"role=caseworker"), errors())).await
}

fn back(part: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, format!("/desk/settings#{part}"))).finish()
}

/// What is done to somebody's account, as the form says it.
fn change(sent: &Fields) -> Option<MemberChange> {
    match sent.text("do") {
        "leave" => Some(MemberChange::Leave),
        "return" => Some(MemberChange::Return),
        "forget-factor" => Some(MemberChange::ForgetFactor),
        "end-sessions" => Some(MemberChange::EndSessions),
        "role" => sent.text("role").parse().ok().map(MemberChange::Role),
        _ => None,
    }
}

async fn team(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<Administer>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (sent, staff) = (form.0, signed.staff);
    let member = sent.text("member").to_owned();
    if !member.is_empty() {
        let change = change(&sent).ok_or_else(|| Problem::malformed("the form cannot be read: open the page again"))?;
        act(&desk, move |desk| acts::member_change(desk, &staff, &member, change)).await?;
        return Ok(back("team"));
    }
    let mut wrong = errors();
    if sent.text("username").is_empty() {
        wrong.add("username", "Enter a user name");
    }
    if sent.text("display-name").is_empty() {
        wrong.add("display-name", "Enter the name that colleagues see");
    }
    if !sent.text("email").contains('@') {
        wrong.add("email", "Enter an email address like name@example.org");
    }
    if wrong.is_empty() {
        let new = NewUser {
            username: sent.text("username").to_owned(),
            display_name: sent.text("display-name").to_owned(),
            email: sent.text("email").to_owned(),
            role: sent.text("role").parse().unwrap_or(Role::Caseworker),
            password: SecretString::from(sent.raw("password").to_owned()),
        };
        let actor = Actor::Staff(staff.id.clone());
        match act(&desk, move |desk| acts::user_add(desk, &new, &actor)).await {
            Ok(_) => return Ok(back("team")),
            Err(problem) => match faults(&problem, &str::to_owned) {
                Some(faults) => wrong = faults,
                None if problem.status == StatusCode::CONFLICT.as_u16() => {
                    wrong.add("username", capitalised(&problem.detail));
                }
                None => return Err(problem),
            },
        }
    }
    shown(&desk, &request, staff, (sent, wrong)).await
}

async fn holidays(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<Administer>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (sent, staff) = (form.0, signed.staff);
    let actor = Actor::Staff(staff.id.clone());
    let division = desk.settings.division;
    let gone = sent.text("take-back").to_owned();
    if !gone.is_empty() {
        let day = crate::base::parse_date(&gone).map_err(|_| ActError::Missing("proclaimed day"))?;
        act(&desk, move |desk| acts::holiday_take_back(desk, division, day, &actor)).await?;
        return Ok(back("holidays"));
    }
    let mut wrong = errors();
    match date(&sent, "on") {
        Err((parts, why)) => wrong.add_date("on", &parts, why),
        Ok(None) => wrong.add_date("on", &[], "Enter the day"),
        Ok(Some(day)) => {
            let called = sent.text("called").to_owned();
            match act(&desk, move |desk| acts::holiday_proclaim(desk, division, day, &called, &actor)).await {
                Ok(_) => return Ok(back("holidays")),
                Err(problem) => {
                    let id = |field: &str| if field == "title" { "called".to_owned() } else { "on-day".to_owned() };
                    match faults(&problem, &id) {
                        Some(faults) => wrong = faults,
                        None if problem.status == StatusCode::CONFLICT.as_u16() => {
                            wrong.add_date("on", &[], capitalised(&problem.detail));
                        }
                        None => return Err(problem),
                    }
                }
            }
        }
    }
    shown(&desk, &request, staff, (sent, wrong)).await
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/settings").route(web::get().to(show)))
        .service(web::resource("/desk/settings/team").route(web::post().to(team)))
        .service(web::resource("/desk/settings/holidays").route(web::post().to(holidays)));
}
