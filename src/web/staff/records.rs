//! The records that a search found: which are to be decided, deciding about many at once, and undoing a step.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{
    Checkboxes, Choice, Content, Errors, Hidden, Radios, Select, SelectItem, SubNavigation, Tag, Textarea,
};
use super::case::{tabs, to_case};
use super::form::{Basis, FormPage, changed_since, errors, faults};
use super::guard::Signed;
use super::words;
use crate::access::{Action, may};
use crate::acts::{
    self, By, CaseView, ChecklistView, Decision, ExemptionView, Flag, Ground, OpinionView, RecordFilter, RecordView,
    Staff, StepView,
};
use crate::base::capitalised;
use crate::case::{CaseId, Move, Stage, step};

/// Records on one page.
const PAGE: u64 = 25;

/// What the records are narrowed to, as it stands in the address.
#[derive(Debug, Clone, Default)]
struct Asked {
    flag: Option<Flag>,
    collection: String,
    after: u64,
}

impl Asked {
    fn read(query: &str) -> Self {
        let fields = Fields::of(query.as_bytes());
        Self {
            flag: fields.text("flag").parse().ok(),
            collection: fields.text("collection").to_owned(),
            after: fields.text("after").parse().unwrap_or(0),
        }
    }

    fn query(&self, after: Option<u64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(flag) = self.flag {
            query.append_pair("flag", flag.as_str());
        }
        if !self.collection.is_empty() {
            query.append_pair("collection", &self.collection);
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        query.finish()
    }

    fn filter(&self) -> RecordFilter {
        RecordFilter {
            flag: self.flag,
            collection: Some(self.collection.clone()).filter(|text| !text.is_empty()),
            ..RecordFilter::default()
        }
    }
}

/// A flag in words.
fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Undecided => "To be decided",
        Flag::Decided => "Decided by a person",
        Flag::GoesOut => "Go out",
        Flag::Withheld => "Do not go out",
        Flag::Redacted => "With redactions",
        Flag::Suggested => "With suggestions to answer",
        Flag::Stale => "With redactions that do not fit any more",
    }
}

/// What becomes of a record, as a tag.
pub(super) fn outcome_tag(outcome: &str) -> Tag {
    match outcome {
        "goes_out" => Tag::of("Goes out").colour("green"),
        "withheld" => Tag::of("Does not go out").colour("grey"),
        _ => Tag::of("To be decided").colour("yellow"),
    }
}

/// The address of a record's page.
pub(super) fn record_address(id: &str, record: &str) -> String {
    let name: String = form_urlencoded::byte_serialize(record.as_bytes()).collect();
    format!("/desk/cases/{id}/record?name={name}")
}

struct Row {
    href: String,
    record: String,
    label: String,
    glance: String,
    outcome: Tag,
    about: Vec<String>,
    pick: Content,
}

struct Step {
    id: String,
    what: String,
    when: String,
    undone: bool,
    can: bool,
}

#[derive(Template)]
#[template(path = "staff/records.html")]
struct RecordsPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    tabs: SubNavigation,
    counts: Vec<(String, &'static str, bool)>,
    collections: Select,
    flag: &'static str,
    rows: Vec<Row>,
    next: Option<String>,
    first: Option<String>,
    query: String,
    steps: Vec<Step>,
    changes: bool,
    decide: Vec<Content>,
    basis: Basis,
    told: Option<String>,
    open: Vec<String>,
}

/// The first words of a record, for a list.
fn glance(record: &RecordView) -> String {
    let Some(fields) = crate::review::Fields::read(record.fields.get()) else { return String::new() };
    let mut said: Vec<String> = Vec::new();
    for (_, raw) in fields.0.iter().filter(|(_, raw)| !crate::review::is_empty_value(raw)) {
        said.push(crate::base::excerpt(&crate::base::one_line(&crate::review::field_text(raw)), 60));
        if said.len() == 4 {
            break;
        }
    }
    said.join(" · ")
}

fn about(record: &RecordView) -> Vec<String> {
    let mut about = Vec::new();
    if let Some(decision) = &record.decision {
        let code = record.code.as_deref().map(|code| format!(" under {code}")).unwrap_or_default();
        about.push(format!("Decided: {}{code}.", decision_words(decision)));
    } else if let Some(why) = &record.why {
        about.push(format!("{}: {why}.", if record.standing == "possible" { "Only possible" } else { "Held back" }));
    }
    match record.redactions.len() {
        0 => {}
        1 => about.push("1 part redacted.".to_owned()),
        n => about.push(format!("{n} parts redacted.")),
    }
    let open = record.suggestions.iter().flatten().filter(|suggestion| suggestion.answer == "open").count();
    match open {
        0 => {}
        1 => about.push("1 suggestion to answer.".to_owned()),
        n => about.push(format!("{n} suggestions to answer.")),
    }
    about
}

/// A decision in words.
pub(super) fn decision_words(word: &str) -> &str {
    match word {
        "include" => "they get it",
        "exclude" => "left out",
        "exempt" => "withheld",
        other => other,
    }
}

/// The fields of a decision: what, under which exemption, why, resting on which opinion.
pub(super) fn decision_fields(
    sent: &Fields,
    grounds: &[ExemptionView],
    opinions: &[OpinionView],
    wrong: &Errors,
) -> Vec<Content> {
    let withheld = Content::from(ground_fields(sent, "", grounds, opinions, wrong));
    let choices = [
        Choice::of("include", "They get it").hint("Whole, or without the parts that are redacted"),
        Choice::of("exempt", "Withhold it under an exemption").conditional(withheld),
        Choice::of("exclude", "Leave it out").hint("It is not theirs, or not asked for").conditional(
            Textarea::of("left-out", "Why?")
                .hint("The person is told this")
                .rows(2_u32)
                .value(sent.text("left-out"))
                .error(wrong.of("left-out")),
        ),
    ];
    vec![
        Radios::of("decision", "What becomes of it?", choices)
            .value(sent.text("decision"))
            .error(wrong.of("decision"))
            .into(),
    ]
}

/// The fields of a ground, each with `prefix` before its name.
pub(super) fn ground_fields(
    sent: &Fields,
    prefix: &str,
    grounds: &[ExemptionView],
    opinions: &[OpinionView],
    wrong: &Errors,
) -> Vec<Content> {
    let name = |name: &str| format!("{prefix}{name}");
    let items = [SelectItem::of("", "Choose one")].into_iter().chain(
        grounds
            .iter()
            .filter(|one| one.for_records)
            .map(|one| SelectItem::of(one.code, format!("{} ({})", one.title, one.code))),
    );
    let mut all: Vec<Content> = vec![
        Select::of(name("code"), "Exemption", items)
            .value(sent.text(&name("code")))
            .error(wrong.of(&name("code")))
            .into(),
        Textarea::of(name("reason"), "Why it applies")
            .hint("For the case, not for the person. Some exemptions need it; for third-party information, say how the interests were weighed.")
            .rows(2_u32)
            .value(sent.text(&name("reason")))
            .error(wrong.of(&name("reason")))
            .into(),
    ];
    if !opinions.is_empty() || !sent.text(&name("opinion")).is_empty() || wrong.of(&name("opinion")).is_some() {
        let items =
            [SelectItem::of("", "None")].into_iter().chain(opinions.iter().filter(|one| !one.withdrawn).map(|one| {
                SelectItem::of(
                    &one.opinion,
                    format!("{}, {}, {}", one.author, one.profession, words::day(one.given_on)),
                )
            }));
        all.push(
            Select::of(name("opinion"), "Opinion that it rests on", items)
                .value(sent.text(&name("opinion")))
                .error(wrong.of(&name("opinion")))
                .into(),
        );
    }
    all
}

/// The ground that a form gives, its fields under `prefix`.
pub(super) fn ground(sent: &Fields, prefix: &str) -> Ground {
    let given = |name: &str| Some(sent.text(&format!("{prefix}{name}")).to_owned()).filter(|text| !text.is_empty());
    Ground { code: given("code"), reason: given("reason"), opinion: given("opinion") }
}

/// The decision that a form gives, and its ground.
///
/// # Errors
/// What is missing.
pub(super) fn decision(sent: &Fields) -> Result<(Decision, Ground), Errors> {
    match sent.text("decision") {
        "include" => Ok((Decision::Include, Ground::default())),
        "exempt" => Ok((Decision::Exempt, ground(sent, ""))),
        "exclude" => {
            let reason = Some(sent.text("left-out").to_owned()).filter(|text| !text.is_empty());
            Ok((Decision::Exclude, Ground { reason, ..Ground::default() }))
        }
        _ => {
            let mut wrong = errors();
            wrong.add("decision", "Select what becomes of it");
            Err(wrong)
        }
    }
}

/// The id of the field that an act names, given the decision that was sent.
pub(super) fn decision_id(field: &str, sent: &Fields) -> String {
    match field {
        "reason" if sent.text("decision") == "exclude" => "left-out".to_owned(),
        "code" | "reason" | "opinion" => field.to_owned(),
        _ => "decision".to_owned(),
    }
}

/// Counts of a checklist item, in words for the top of the page.
fn open_items(checklist: &ChecklistView) -> Vec<String> {
    checklist
        .items
        .iter()
        .filter(|item| item.state == acts::ItemState::Open)
        .map(|item| capitalised(&item.plain))
        .collect()
}

struct Back {
    sent: Fields,
    wrong: Errors,
    told: Option<String>,
}

impl Default for Back {
    fn default() -> Self {
        Self { sent: Fields::of(b""), wrong: errors(), told: None }
    }
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    id: CaseId,
    asked: Asked,
    back: Back,
) -> Result<HttpResponse, Problem> {
    let (me, filter, after) = (staff.id.clone(), asked.filter(), asked.after);
    let (case, list, collections, checklist, steps, seq, opinions, names) = act(desk, move |desk| {
        let file = acts::case_file(desk, id)?;
        let list = acts::records_page(desk, id, &me, &filter, after, PAGE)?;
        let preview = acts::answer_numbers(desk, id)?;
        let steps = acts::steps_list(desk, id, None, 8)?.steps;
        let names = acts::colleagues(desk)?;
        Ok((
            file.case,
            list,
            preview,
            acts::checklist(desk, id)?,
            steps,
            file.seq,
            acts::opinions_list(desk, id)?,
            names,
        ))
    })
    .await?;
    let changes = may(staff.role, Action::WorkCases) && step(case.stage, Move::DecideRecord).is_ok();
    let shell = Shell::of(request, desk)
        .titled(format!("Records of {}", case.reference))
        .desk_of(&staff, "/desk")
        .wrong_if(!back.wrong.is_empty());
    let rows = list
        .records
        .iter()
        .map(|record| Row {
            href: record_address(&case.id, &record.record),
            label: record.collection_label.clone(),
            glance: glance(record),
            outcome: outcome_tag(record.outcome),
            about: about(record),
            pick: Checkboxes::alone(
                "record",
                Choice::of(&record.record, Hidden::of(format!("Choose {}", record.record)))
                    .id(format!("record-{}", record.place)),
            )
            .small()
            .into(),
            record: record.record.clone(),
        })
        .collect();
    let items = [SelectItem::of("", "All")].into_iter().chain(
        collections
            .collections
            .iter()
            .filter(|one| one.found > 0)
            .map(|one| SelectItem::of(&one.collection, format!("{} ({})", one.label, one.found))),
    );
    let counts = [
        None,
        Some(Flag::Undecided),
        Some(Flag::Suggested),
        Some(Flag::GoesOut),
        Some(Flag::Withheld),
        Some(Flag::Redacted),
    ]
    .into_iter()
    .map(|one| {
        let to = Asked { flag: one, after: 0, ..asked.clone() };
        (format!("/desk/cases/{id}/records?{}", to.query(None)), one.map_or("All", flag), one == asked.flag)
    })
    .collect();
    let undo = |step: StepView| Step {
        what: step_words(&step),
        when: format!(
            "{}, {}",
            words::moment(step.at),
            names.iter().find(|one| one.id == step.by).map_or("rightsdesk", |one| one.display_name.as_str())
        ),
        undone: step.undone_by.is_some(),
        can: changes && step.undone_by.is_none() && step.kind != "lapse",
        id: step.step,
    };
    let view = RecordsPage {
        tabs: tabs(&case.id, "records", true),
        counts,
        collections: Select::of("collection", "Collection", items).value(&asked.collection),
        flag: asked.flag.map_or("", Flag::as_str),
        rows,
        next: list.next.map(|next| format!("/desk/cases/{id}/records?{}", asked.query(Some(next)))),
        first: (asked.after > 0).then(|| format!("/desk/cases/{id}/records?{}", asked.query(None))),
        query: asked.query(Some(asked.after)),
        steps: steps.into_iter().map(undo).collect(),
        changes,
        decide: decision_fields(&back.sent, &acts::exemptions_list(), &opinions, &back.wrong),
        basis: Basis { version: case.version, seq },
        told: back.told,
        open: if case.stage == Stage::Review { open_items(&checklist) } else { Vec::new() },
        shell: &shell,
        case: &case,
    };
    let status = if back.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(&shell, status, &view)
}

/// A step of the review in words.
fn step_words(step: &StepView) -> String {
    let count = |name: &str| step.detail.get(name).and_then(serde_json::Value::as_u64);
    let decision = step.detail.get("decision").and_then(serde_json::Value::as_str).map(decision_words);
    let record = step.detail.get("record").and_then(serde_json::Value::as_str);
    let mut said = words::step(&step.kind).to_owned();
    if let Some(decision) = decision {
        said.push_str(&format!(": {decision}"));
    }
    if let Some(record) = record {
        said.push_str(&format!(" ({record})"));
    }
    match (count("records"), count("places")) {
        (_, Some(places)) if places > 1 => said.push_str(&format!(", {places} places")),
        (Some(records), _) if records > 1 => said.push_str(&format!(", {records} records")),
        _ => {}
    }
    said
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    shown(&desk, &request, signed.staff, id, Asked::read(request.query_string()), Back::default()).await
}

/// Decides about many records: first it is said how many, then it is done.
async fn decide(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (sent, staff) = (form.0, signed.staff);
    let asked = Asked::read(sent.raw("query"));
    let basis = Basis::of(&sent);
    let everything = sent.text("which") == "all";
    let records: Vec<String> = sent.all("record").map(str::to_owned).collect();
    let (decision, ground) = match decision(&sent) {
        Ok(given) => given,
        Err(wrong) => return shown(&desk, &request, staff, id, asked, Back { sent, wrong, told: None }).await,
    };
    if !everything && records.is_empty() {
        let told = Some("Choose records first, or all that the list shows.".to_owned());
        return shown(&desk, &request, staff, id, asked, Back { sent, told, ..Back::default() }).await;
    }
    let filter = if everything { asked.filter() } else { RecordFilter { records: records.clone(), ..asked.filter() } };
    let (preview, by, wanted) = (sent.text("do") != "send", By::staff(&staff.id, basis.version), ground.clone());
    let done = act(&desk, move |desk| acts::decide_many(desk, id, &filter, (decision, &wanted), preview, &by)).await;
    match done {
        Ok(touched) if preview => {
            let mut hidden = basis.hidden();
            hidden.push(("query", asked.query(None)));
            hidden.push(("decision", sent.text("decision").to_owned()));
            for name in ["code", "reason", "opinion", "left-out", "which"] {
                hidden.push((name, sent.text(name).to_owned()));
            }
            hidden.extend(records.into_iter().map(|record| ("record", record)));
            hidden.push(("do", "send".to_owned()));
            let many =
                if touched.records == 1 { "1 record".to_owned() } else { format!("{} records", touched.records) };
            let by_collection: Vec<String> =
                touched.collections.iter().map(|one| format!("{}: {}", one.collection, one.records)).collect();
            FormPage {
                title: format!("Decide about {many}: {}", decision_words(sent.text("decision"))),
                back: format!("/desk/cases/{id}/records?{}", asked.query(None)),
                action: format!("/desk/cases/{id}/records"),
                intro: vec![
                    format!("By collection: {}.", by_collection.join(", ")).into(),
                    "What was decided about them before is replaced. You can undo the whole step afterwards.".into(),
                ],
                hidden,
                ..FormPage::default()
            }
            .send(format!("Decide about {many}"))
            .shown(&desk, &request, &staff, "/desk")
        }
        Ok(_) => Ok(to_case(id, &format!("/records?{}", asked.query(None)))),
        Err(problem) if problem.is_stale() => stale(&desk, &request, staff, id, (asked, basis, sent)).await,
        Err(problem) => match faults(&problem, &|field| decision_id(field, &sent)) {
            Some(wrong) => shown(&desk, &request, staff, id, asked, Back { sent, wrong, told: None }).await,
            None => Err(problem),
        },
    }
}

/// The page again, saying what somebody else did since it was opened.
async fn stale(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    id: CaseId,
    (asked, basis, sent): (Asked, Basis, Fields),
) -> Result<HttpResponse, Problem> {
    let (changed, _) = changed_since(desk, id, basis).await?;
    let told = format!("Nothing was saved: somebody else changed this case. {}", changed.join(" "));
    shown(desk, request, staff, id, asked, Back { sent, told: Some(told), ..Back::default() }).await
}

async fn undo(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (id, step) = path.into_inner();
    let id = case_id(&id, "case")?;
    let (basis, query) = (Basis::of(&form.0), form.0.raw("query").to_owned());
    let by = By::staff(&signed.staff.id, basis.version);
    let back = match form.0.text("back") {
        part @ ("matches" | "search") => Some(format!("/{part}")),
        _ => None,
    };
    match act(&desk, move |desk| acts::undo(desk, id, &step, &by)).await {
        Ok(()) if back.is_some() => Ok(to_case(id, &back.unwrap_or_default())),
        Ok(()) => Ok(to_case(id, &format!("/records?{}", Asked::read(&query).query(None)))),
        Err(problem) if problem.is_stale() => {
            stale(&desk, &request, signed.staff, id, (Asked::read(&query), basis, form.0)).await
        }
        Err(problem) => Err(problem),
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/records").route(web::get().to(show)).route(web::post().to(decide)))
        .service(web::resource("/desk/cases/{id}/steps/{step}/undo").route(web::post().to(undo)));
}
