//! The queue: which cases, how urgent, waiting for whom. Filters stand in the address, so that a list can be kept, sent and
//! gone back to.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Checkboxes, Choice, Content, FilterLink, Input, Select, SelectItem, SelectedFilters};
use super::guard::Signed;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, Colleague, QueueCounts, QueueFilter, QueuePage, SavedFilter, Staff, Whose};
use crate::case::{CaseId, Light, Stage, WaitsFor};
use crate::deadline::Right;

/// Cases on one page.
const PAGE: i64 = 50;
/// The most cases that are given to somebody at once.
const MOST_AT_ONCE: usize = 200;

/// What the address asks for: each part is empty where it asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Asked {
    q: String,
    show: String,
    light: String,
    stage: String,
    right: String,
    waits: String,
    who: String,
}

impl Asked {
    /// From the part of the address after the question mark. What is not known is taken for nothing.
    fn read(query: &str) -> Self {
        let fields = Fields::of(query.as_bytes());
        let known = |name: &str, is: &dyn Fn(&str) -> bool| {
            let text = fields.text(name);
            if is(text) { text.to_owned() } else { String::new() }
        };
        Self {
            q: fields.text("q").chars().take(200).collect(),
            show: known("show", &|text| ["all", "closed"].contains(&text)),
            light: known("light", &|text| text.parse::<Light>().is_ok_and(|light| light != Light::Done)),
            stage: known("stage", &|text| text.parse::<Stage>().is_ok()),
            right: known("right", &|text| text.parse::<Right>().is_ok()),
            waits: known("waits", &|text| text.parse::<WaitsFor>().is_ok()),
            who: known("who", &|text| {
                text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-@".contains(c))
            }),
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 7] {
        [
            ("q", &self.q),
            ("show", &self.show),
            ("light", &self.light),
            ("stage", &self.stage),
            ("right", &self.right),
            ("waits", &self.waits),
            ("who", &self.who),
        ]
    }

    /// The part of the address after the question mark, without the part `without`.
    fn query(&self, without: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.pairs() {
            if !value.is_empty() && name != without {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    fn address(&self, without: &str) -> String {
        let query = self.query(without);
        if query.is_empty() { "/desk".to_owned() } else { format!("/desk?{query}") }
    }

    fn stages(&self) -> Vec<Stage> {
        if let Ok(stage) = self.stage.parse() {
            return vec![stage];
        }
        if let Ok(who) = self.waits.parse::<WaitsFor>() {
            return who.stages();
        }
        match self.show.as_str() {
            // Who searches for somebody wants to find them wherever the case stands.
            "all" => Vec::new(),
            "" if !self.q.is_empty() && self.light.is_empty() => Vec::new(),
            "closed" => Stage::ALL.iter().copied().filter(|stage| !stage.is_open()).collect(),
            _ => acts::open_stages(),
        }
    }

    fn filter(&self, me: &Staff, colleagues: &[Colleague], today: NaiveDate) -> QueueFilter {
        let whose = match self.who.as_str() {
            "" => None,
            "nobody" => Some(Whose::Nobody),
            "me" => Some(Whose::Of(me.id.clone())),
            // An unknown name has no cases.
            name => Some(Whose::Of(
                colleagues.iter().find(|one| one.username == name).map_or_else(String::new, |one| one.id.clone()),
            )),
        };
        let filter = QueueFilter {
            stages: self.stages(),
            right: self.right.parse().ok(),
            whose,
            text: Some(self.q.clone()).filter(|text| !text.is_empty()),
            ..QueueFilter::default()
        };
        match self.light.parse() {
            Ok(light) => acts::lit(light, today, filter),
            Err(_) => filter,
        }
    }

    /// What is chosen, each with the address that leaves it out.
    fn chips(&self, colleagues: &[Colleague]) -> Vec<(&'static str, FilterLink)> {
        let mut chips = Vec::new();
        let mut chip = |heading, name, text: String| chips.push((heading, FilterLink::to(self.address(name), text)));
        if !self.q.is_empty() {
            chip("Search", "q", self.q.clone());
        }
        match self.show.as_str() {
            "all" => chip("Show", "show", "Open and answered".to_owned()),
            "closed" => chip("Show", "show", "Answered".to_owned()),
            _ => {}
        }
        if let Ok(light) = self.light.parse() {
            chip("Urgency", "light", words::light(light).to_owned());
        }
        if let Ok(stage) = self.stage.parse() {
            chip("Stage", "stage", words::stage(stage).to_owned());
        }
        if let Ok(who) = self.waits.parse() {
            chip("Waiting for", "waits", words::waits_for(who).to_owned());
        }
        if !self.right.is_empty() {
            chip("Right", "right", words::right(&self.right).to_owned());
        }
        match self.who.as_str() {
            "" => {}
            "me" => chip("Caseworker", "who", "Me".to_owned()),
            "nobody" => chip("Caseworker", "who", "Nobody yet".to_owned()),
            name => {
                let shown = colleagues.iter().find(|one| one.username == name).map(|one| one.display_name.clone());
                chip("Caseworker", "who", shown.unwrap_or_else(|| name.to_owned()));
            }
        }
        chips
    }

    fn options(&self, colleagues: &[Colleague]) -> Content {
        let any = || SelectItem::of("", "Any");
        let lights = [Light::Overdue, Light::Red, Light::Amber, Light::Green, Light::Paused];
        let people = [any(), SelectItem::of("me", "Me"), SelectItem::of("nobody", "Nobody yet")].into_iter().chain(
            colleagues.iter().filter(|one| one.works).map(|one| SelectItem::of(&one.username, &one.display_name)),
        );
        let parts: Vec<Content> = vec![
            Input::literal("q", "Reference, name or email address").value(&self.q).into(),
            Select::of(
                "show",
                "Show",
                [
                    SelectItem::of("", "Open"),
                    SelectItem::of("closed", "Answered"),
                    SelectItem::of("all", "Open and answered"),
                ],
            )
            .value(&self.show)
            .into(),
            Select::of(
                "light",
                "Urgency",
                [any()]
                    .into_iter()
                    .chain(lights.iter().map(|light| SelectItem::of(light.as_str(), words::light(*light)))),
            )
            .value(&self.light)
            .into(),
            Select::of(
                "waits",
                "Waiting for",
                [any()].into_iter().chain(
                    WaitsFor::ALL
                        .iter()
                        .filter(|who| !who.stages().is_empty())
                        .map(|who| SelectItem::of(who.as_str(), words::waits_for(*who))),
                ),
            )
            .value(&self.waits)
            .into(),
            Select::of(
                "stage",
                "Stage",
                [any()]
                    .into_iter()
                    .chain(Stage::ALL.iter().map(|stage| SelectItem::of(stage.as_str(), words::stage(*stage)))),
            )
            .value(&self.stage)
            .into(),
            Select::of(
                "right",
                "Right",
                [any()]
                    .into_iter()
                    .chain(words::RIGHTS.iter().map(|(word, _)| SelectItem::of(*word, words::right(word)))),
            )
            .value(&self.right)
            .into(),
            Select::of("who", "Caseworker", people).value(&self.who).into(),
        ];
        parts.into()
    }
}

struct Tile {
    href: &'static str,
    count: i64,
    says: &'static str,
    class: &'static str,
}

struct Row {
    id: String,
    reference: String,
    subject_name: String,
    right: String,
    came: String,
    stage: Content,
    waits_for: &'static str,
    light: Content,
    due: String,
    assignee: Option<String>,
    pick: Content,
    version: i64,
}

#[derive(Template)]
#[template(path = "staff/queue.html")]
struct QueueView<'a> {
    shell: &'a Shell,
    tiles: Vec<Tile>,
    saved: Vec<SavedFilter>,
    asked: Asked,
    chips: Option<SelectedFilters>,
    options: Content,
    rows: Vec<Row>,
    found: i64,
    shown: String,
    next: Option<String>,
    first: Option<String>,
    works: bool,
    give: Select,
    told: Option<String>,
    not_given: Vec<String>,
}

fn tiles(counts: QueueCounts) -> Vec<Tile> {
    vec![
        Tile { href: "/desk?light=overdue", count: counts.overdue, says: "overdue", class: "rd-tile--red" },
        Tile { href: "/desk?light=red", count: counts.red, says: "due within 5 days", class: "rd-tile--red" },
        Tile { href: "/desk?light=amber", count: counts.amber, says: "due within 14 days", class: "rd-tile--amber" },
        Tile { href: "/desk?who=nobody", count: counts.unassigned, says: "given to nobody", class: "" },
        Tile { href: "/desk?waits=approver", count: counts.approval, says: "waiting for approval", class: "" },
        Tile { href: "/desk?who=me", count: counts.mine, says: "mine", class: "" },
        Tile { href: "/desk", count: counts.open, says: "open in all", class: "" },
    ]
}

fn rows(list: QueuePage) -> Vec<Row> {
    list.cases
        .into_iter()
        .map(|case| Row {
            pick: Checkboxes::alone(
                "case",
                Choice::of(
                    format!("{}.{}", case.id, case.version),
                    super::super::ui::Hidden::of(format!("Choose {}", case.reference)),
                )
                .id(format!("case-{}", case.id)),
            )
            .small()
            .into(),
            right: words::right(&case.right).to_owned(),
            came: format!("{}, {}", words::channel(&case.channel), words::short_day(case.received_on)),
            stage: words::stage_tag(case.stage).into(),
            waits_for: words::waits_for(case.waits_for),
            light: words::light_tag(case.light, case.days).into(),
            due: case.due_on.map_or_else(|| "Clock not running".to_owned(), words::short_day),
            id: case.id,
            reference: case.reference,
            subject_name: case.subject_name,
            assignee: case.assignee,
            version: case.version,
        })
        .collect()
}

/// What is said above the list after several cases were given to somebody.
#[derive(Default)]
struct Said {
    told: Option<String>,
    not_given: Vec<String>,
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    query: &str,
    said: Said,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(query);
    let after = Some(Fields::of(query.as_bytes()).text("after").to_owned()).filter(|text| !text.is_empty());
    let (wanted, me, from) = (asked.clone(), staff.clone(), after.clone());
    let (list, counts, saved, colleagues) = act(desk, move |desk| {
        let colleagues = acts::colleagues(desk)?;
        let filter = wanted.filter(&me, &colleagues, desk.clock.today());
        let list = acts::queue_page(desk, &filter, from.as_deref(), PAGE)?;
        Ok((list, acts::queue_counts(desk, &me.id)?, acts::filters_saved(desk, &me.id)?, colleagues))
    })
    .await?;
    let shell = Shell::of(request, desk).titled("Cases").desk_of(&staff, "/desk");
    let chips = asked.chips(&colleagues);
    let chips = (!chips.is_empty()).then(|| {
        let clear = FilterLink::to("/desk", "Clear filters");
        chips
            .into_iter()
            .fold(SelectedFilters::of("Chosen", clear), |all, (heading, chip)| all.category(heading, [chip]))
    });
    let own = asked.query("");
    let with = |extra: &str| format!("/desk?{own}{}{extra}", if own.is_empty() { "" } else { "&" });
    let next = list.next.as_ref().map(|place| with(&format!("after={place}")));
    let found = list.found;
    let many = list.cases.len();
    let shown = match (many, found) {
        (0, _) => "No case is like that.".to_owned(),
        (1, 1) => "1 case".to_owned(),
        (many, found) if crate::base::i64_from(many) == found => format!("{found} cases"),
        (many, found) => format!("{many} of {found} cases, those due first"),
    };
    let give = Select::of(
        "to",
        "Give the chosen cases to",
        [SelectItem::of(&staff.username, "Me")].into_iter().chain(
            colleagues
                .iter()
                .filter(|one| one.works && one.id != staff.id)
                .map(|one| SelectItem::of(&one.username, &one.display_name)),
        ),
    );
    let view = QueueView {
        shell: &shell,
        tiles: tiles(counts),
        saved,
        options: asked.options(&colleagues),
        chips,
        first: after.map(|_| asked.address("")),
        asked,
        rows: rows(list),
        found,
        shown,
        next,
        works: may(staff.role, Action::WorkCases),
        give,
        told: said.told,
        not_given: said.not_given,
    };
    page(&shell, StatusCode::OK, &view)
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadCases>) -> Result<HttpResponse, Problem> {
    shown(&desk, &request, signed.staff, request.query_string(), Said::default()).await
}

/// Gives the chosen cases to somebody.
async fn give(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let chosen: Vec<(CaseId, i64)> = form
        .0
        .all("case")
        .filter_map(|text| {
            let (id, version) = text.rsplit_once('.')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        })
        .take(MOST_AT_ONCE)
        .collect();
    let (to, query) = (form.0.text("to").to_owned(), Asked::read(form.0.raw("query")).query(""));
    if chosen.is_empty() {
        let said = Said { told: Some("Choose at least one case first.".to_owned()), ..Said::default() };
        return shown(&desk, &request, signed.staff, &query, said).await;
    }
    let (me, name) = (signed.staff.id.clone(), to.clone());
    let (given, colleagues) =
        act(&desk, move |desk| Ok((acts::assign_many(desk, &chosen, &name, &me)?, acts::colleagues(desk)?))).await?;
    let who = match colleagues.iter().find(|one| one.username == to) {
        Some(one) if one.id == signed.staff.id => "you".to_owned(),
        Some(one) => one.display_name.clone(),
        None => to,
    };
    let count = if given.given == 1 { "1 case was".to_owned() } else { format!("{} cases were", given.given) };
    let said = Said {
        told: Some(format!("{count} given to {who}.")),
        not_given: given.refused.into_iter().map(|(_, why)| format!("Not given: {why}.")).collect(),
    };
    shown(&desk, &request, signed.staff, &query, said).await
}

/// Keeps the filter under a name, or forgets one.
async fn save(desk: SharedDesk, Then(signed, form): Then<Signed<WorkCases>, Posted>) -> Result<HttpResponse, Problem> {
    let query = Asked::read(form.0.raw("query")).query("");
    let (name, forget, kept) = (form.0.text("name").to_owned(), form.0.text("forget").to_owned(), query.clone());
    let me = signed.staff.id.clone();
    act(&desk, move |desk| {
        if forget.is_empty() {
            acts::filter_save(desk, &me, &name, &kept)
        } else {
            acts::filter_forget(desk, &me, &forget)
        }
    })
    .await?;
    let back = if query.is_empty() { "/desk".to_owned() } else { format!("/desk?{query}") };
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, back)).finish())
}

/// The whole list as CSV.
async fn csv(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadCases>) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(request.query_string());
    let staff = signed.staff;
    let text = act(&desk, move |desk| {
        let colleagues = acts::colleagues(desk)?;
        let filter = asked.filter(&staff, &colleagues, desk.clock.today());
        let head = [
            "reference",
            "right",
            "stage",
            "waits_for",
            "channel",
            "received_on",
            "due_on",
            "urgency",
            "days_left",
            "caseworker",
            "subject_name",
        ];
        let mut text = crate::report::csv_line(&head);
        acts::queue_export(desk, &filter, &staff.id, &mut |case| {
            let line = [
                case.reference.as_str(),
                &case.right,
                case.stage.as_str(),
                case.waits_for.as_str(),
                &case.channel,
                &case.received_on.to_string(),
                &case.due_on.map(|due| due.to_string()).unwrap_or_default(),
                case.light.as_str(),
                &case.days.map(|days| days.to_string()).unwrap_or_default(),
                case.assignee.as_deref().unwrap_or_default(),
                &case.subject_name,
            ];
            text.push_str(&crate::report::csv_line(&line));
        })?;
        Ok(text)
    })
    .await?;
    let file = "attachment; filename=\"cases.csv\"";
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", file))
        .body(text))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk").route(web::get().to(show)))
        .service(web::resource("/desk/cases.csv").route(web::get().to(csv)))
        .service(web::resource("/desk/give").route(web::post().to(give)))
        .service(web::resource("/desk/filters").route(web::post().to(save)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_the_filter_and_nothing_else() {
        let asked = Asked::read("q=O%27Neil+%26+co&light=red&stage=none&who=%3Cb%3E&evil=1&right=access");
        assert_eq!(asked.query(""), "q=O%27Neil+%26+co&light=red&right=access");
        assert_eq!(asked.query("q"), "light=red&right=access");
        assert_eq!(asked.address("light"), "/desk?q=O%27Neil+%26+co&right=access");
        assert_eq!(Asked::read("").address(""), "/desk");
    }

    #[test]
    fn open_cases_are_shown_unless_somebody_is_searched_for() {
        assert!(Asked::read("").stages().iter().all(|stage| stage.is_open()));
        assert!(Asked::read("q=ann").stages().is_empty());
        assert!(Asked::read("show=closed").stages().iter().all(|stage| !stage.is_open()));
        assert_eq!(Asked::read("waits=approver").stages(), [Stage::AwaitingApproval]);
    }
}
