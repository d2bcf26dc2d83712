//! Records that only might be the person's: each beside what is known of the person, with the evidence in words, to be
//! decided singly or many at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Checkboxes, Choice, Content, ErrorSummary, Errors, SubNavigation, Tag, Textarea};
use super::case::{tabs, to_case};
use super::form::{Basis, changed_since, errors};
use super::guard::Signed;
use super::records::record_address;
use super::{search, words};
use crate::access::{Action, may};
use crate::acts::{self, By, CandidateFilter, CandidateView, CaseView, NewRulings, Ruling, Staff};
use crate::case::{CaseId, Move, Stage, step};
use crate::matching::Tier;

/// Candidates on one page.
const PAGE: u64 = 20;

/// Which candidates, as it stands in the address.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    filter: CandidateFilter,
    after: u64,
}

impl Asked {
    fn read(query: &str) -> Self {
        let fields = Fields::of(query.as_bytes());
        let (tier, open) = match fields.text("show") {
            "all" => (None, None),
            "probable" => (Some(Tier::Probable), Some(true)),
            "possible" => (Some(Tier::Possible), Some(true)),
            "decided" => (None, Some(false)),
            _ => (None, Some(true)),
        };
        Self { filter: CandidateFilter { tier, open }, after: fields.text("after").parse().unwrap_or(0) }
    }

    fn show(self) -> &'static str {
        match (self.filter.tier, self.filter.open) {
            (Some(Tier::Probable), _) => "probable",
            (Some(_), _) => "possible",
            (None, Some(true)) => "open",
            (None, Some(false)) => "decided",
            (None, None) => "all",
        }
    }
}

/// One particular: what is known of the person, and what the record says.
struct Side {
    label: String,
    person: String,
    record: String,
    /// What a button sends that asks to confirm the record's value; none if it is known.
    confirm: Option<String>,
}

struct Card {
    record: String,
    href: String,
    label: String,
    tier: Tag,
    sides: Vec<Side>,
    reasons: Vec<String>,
    third_parties: Vec<String>,
    others: Vec<(String, String)>,
    said: Option<String>,
    pick: Content,
}

#[derive(Template)]
#[template(path = "staff/matches.html")]
struct MatchesPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    tabs: SubNavigation,
    running: bool,
    open: u64,
    pills: Vec<(String, &'static str, bool)>,
    show: &'static str,
    cards: Vec<Card>,
    next: Option<String>,
    first: Option<String>,
    reason: Textarea,
    steps: Vec<(String, String, bool)>,
    basis: Basis,
    changes: bool,
    summary: Option<ErrorSummary>,
    told: Option<String>,
}

fn particular(kind: &str) -> &str {
    match kind {
        "name" => "Name",
        other => words::identifier(other),
    }
}

fn card(id: &str, at: usize, one: CandidateView, names: &[acts::Colleague]) -> Card {
    let sides = one
        .compared
        .iter()
        .map(|side| {
            let fresh = side.record.iter().find(|value| !side.known.contains(value));
            Side {
                label: particular(&side.kind).to_owned(),
                person: side.person.join(", "),
                record: side.record.join(", "),
                confirm: fresh.map(|value| format!("confirm|{}|{}|{value}", side.kind, one.record)),
            }
        })
        .collect();
    let compared = |name: &str| one.compared.iter().any(|side| side.columns.iter().any(|column| column == name));
    let others = crate::review::Fields::read(one.fields.get())
        .map(|fields| {
            fields
                .0
                .iter()
                .filter(|(name, raw)| !compared(name) && !crate::review::is_empty_value(raw))
                .map(|(name, raw)| (words::sentence(name), crate::base::excerpt(&crate::review::field_text(raw), 300)))
                .collect()
        })
        .unwrap_or_default();
    let said = one.ruling.as_ref().map(|said| {
        let by = names.iter().find(|name| name.id == said.by).map_or("somebody", |name| name.display_name.as_str());
        let what = if said.ruling == "theirs" { "Theirs" } else { "Somebody else\u{2019}s" };
        format!("{what}, said {by}, {}: {}", words::moment(said.at), said.reason)
    });
    Card {
        href: record_address(id, &one.record),
        label: one.collection_label,
        tier: match one.tier {
            "probable" => Tag::of("Probable").colour("blue"),
            _ => Tag::of("Possible").colour("yellow"),
        },
        sides,
        reasons: one.reasons.iter().map(|reason| crate::base::capitalised(reason)).collect(),
        third_parties: one.third_parties,
        others,
        said,
        pick: Checkboxes::alone(
            "record",
            Choice::of(&one.record, format!("Choose {}", one.record)).id(format!("record-{at}")),
        )
        .small()
        .into(),
        record: one.record,
    }
}

/// What was sent, what is wrong with it, what happened in the meantime.
struct Back {
    reason: String,
    wrong: Errors,
    told: Option<String>,
}

impl Default for Back {
    fn default() -> Self {
        Self { reason: String::new(), wrong: errors(), told: None }
    }
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    (id, asked): (CaseId, Asked),
    back: Back,
) -> Result<HttpResponse, Problem> {
    let me = staff.id.clone();
    let (file, list, steps, names) = act(desk, move |desk| {
        Ok((
            acts::case_file(desk, id)?,
            acts::candidates_list(desk, id, &me, asked.filter, asked.after, PAGE)?,
            acts::steps_list(desk, id, None, 8)?.steps,
            acts::colleagues(desk)?,
        ))
    })
    .await?;
    let case = &file.case;
    let shell = Shell::of(request, desk)
        .titled(format!("Matches of {}", case.reference))
        .desk_of(&staff, "/desk")
        .wrong_if(!back.wrong.is_empty());
    let address = format!("/desk/cases/{id}/matches");
    let pills = [
        ("open", "To be decided"),
        ("probable", "Probable"),
        ("possible", "Possible"),
        ("decided", "Decided"),
        ("all", "All"),
    ]
    .map(|(show, says)| (format!("{address}?show={show}"), says, show == asked.show()))
    .into();
    let changes = may(staff.role, Action::WorkCases) && step(case.stage, Move::DecideRecord).is_ok();
    let view = MatchesPage {
        tabs: tabs(&case.id, "matches", true),
        running: case.stage == Stage::Gathering,
        open: list.open,
        pills,
        show: asked.show(),
        next: list.next.map(|next| format!("{address}?show={}&after={next}", asked.show())),
        first: (asked.after > 0).then(|| format!("{address}?show={}", asked.show())),
        cards: list.candidates.into_iter().enumerate().map(|(at, one)| card(&case.id, at, one, &names)).collect(),
        reason: Textarea::of("reason", "How do you know?")
            .hint("For the case, not for the person. It is kept with each record that you decide about.")
            .rows(2_u32)
            .value(back.reason)
            .error(back.wrong.of("reason")),
        steps: steps
            .into_iter()
            .filter(|one| matches!(one.kind.as_str(), "match" | "identifier"))
            .map(|one| {
                let by =
                    names.iter().find(|name| name.id == one.by).map_or("rightsdesk", |name| name.display_name.as_str());
                let records = one.detail.get("records").and_then(serde_json::Value::as_u64).unwrap_or(0);
                let many = if records == 1 { "1 record".to_owned() } else { format!("{records} records") };
                let what = format!("{}, {many}. {}, {by}", words::step(&one.kind), words::moment(one.at));
                (one.step, what, one.undone_by.is_some())
            })
            .collect(),
        basis: Basis { version: case.version, seq: file.seq },
        changes,
        summary: back.wrong.summary(),
        told: back.told,
        shell: &shell,
        case,
    };
    let status = if view.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &view)
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    shown(&desk, &request, signed.staff, (id, Asked::read(request.query_string())), Back::default()).await
}

/// Says of the chosen records whose they are, or asks how it is known that a value on one of them is theirs.
async fn decide(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (sent, staff) = (form.0, signed.staff);
    let asked = Asked::read(&format!("show={}", sent.text("show")));
    let basis = Basis::of(&sent);
    let mut parts = sent.raw("do").splitn(4, '|');
    let (what, first) = (parts.next().unwrap_or_default(), parts.next());
    if what == "confirm" {
        let (record, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let filled = form_urlencoded::Serializer::new(String::new())
            .append_pair("kind", first.unwrap_or_default())
            .append_pair("record", record)
            .append_pair("value", value)
            .finish();
        return search::ask(&desk, &request, &staff, id, &Fields::of(filled.as_bytes())).await;
    }
    let records: Vec<String> = match first {
        Some(record) => vec![record.to_owned()],
        None => sent.all("record").map(str::to_owned).collect(),
    };
    let reason = sent.text("reason").to_owned();
    let back = |wrong, told| Back { reason: reason.clone(), wrong, told };
    let ruling = match what {
        "theirs" => Ruling::Theirs,
        "not_theirs" => Ruling::NotTheirs,
        _ => return shown(&desk, &request, staff, (id, asked), back(errors(), None)).await,
    };
    if records.is_empty() || reason.is_empty() {
        let mut wrong = errors();
        let told = records.is_empty().then(|| "Nothing was saved: choose records first.".to_owned());
        if reason.is_empty() {
            wrong.add("reason", "Say how you know whose they are");
        }
        return shown(&desk, &request, staff, (id, asked), back(wrong, told)).await;
    }
    let by = By::staff(&staff.id, basis.version);
    let new = NewRulings { ruling, records, reason: reason.clone() };
    match act(&desk, move |desk| acts::rule_on_records(desk, id, &new, &by)).await {
        Ok(_) => Ok(to_case(id, "/matches")),
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(&desk, id, basis).await?;
            let told = format!("Nothing was saved: somebody else changed this case. {}", changed.join(" "));
            shown(&desk, &request, staff, (id, asked), back(errors(), Some(told))).await
        }
        Err(problem) => Err(problem),
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/desk/cases/{id}/matches").route(web::get().to(show)).route(web::post().to(decide)));
}
