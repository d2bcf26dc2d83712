//! One record: what we hold beside what the person will see, what becomes of it, what is cut out of it, and what looks like
//! somebody else's data in it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Content, Errors, Input, Select, SelectItem, SubNavigation, Tag};
use super::case::{tabs, to_case};
use super::form::{Basis, changed_since, errors, faults};
use super::guard::Signed;
use super::records::{
    decision, decision_fields, decision_id, decision_words, ground, ground_fields, outcome_tag, record_address,
};
use super::words;
use crate::access::{Action, may};
use crate::acts::{
    self, Answer, By, CaseView, Everywhere, Flag, Ground, NewDecision, NewRedaction, RecordDetail, RecordFilter,
    RecordPreview, RunView, Staff, SuggestionAt, SuggestionFilter,
};
use crate::base::capitalised;
use crate::case::{CaseId, Move, step};
use crate::review::{Span, text_of};

/// A piece of a field's text as we hold it.
struct Piece {
    text: String,
    /// `cut`, `suggested` or empty.
    is: &'static str,
}

struct Field {
    name: String,
    label: String,
    /// The hash that a selection of its text must send along; empty if it is no text.
    hash: String,
    held: Vec<Piece>,
    /// The source has nothing there.
    is_nothing: bool,
    seen: Vec<RunView>,
}

struct Cut {
    id: String,
    what: String,
    about: String,
    stale: bool,
}

struct Suggested {
    value: String,
    words: String,
    about: String,
    note: Option<String>,
    rule: bool,
    answer: &'static str,
}

#[derive(Template)]
#[template(path = "staff/record.html")]
struct RecordPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    record: &'a RecordDetail,
    tabs: SubNavigation,
    outcome: Tag,
    why: Option<String>,
    named: Option<String>,
    fields: Vec<Field>,
    cuts: Vec<Cut>,
    suggested: Vec<Suggested>,
    ready: bool,
    history: Vec<(String, String, bool)>,
    comments: Vec<(String, String)>,
    decide: Vec<Content>,
    redact: Vec<Content>,
    summary: Option<super::super::ui::ErrorSummary>,
    changed: Vec<String>,
    told: Option<String>,
    changes: bool,
    basis: Basis,
    next: Option<String>,
    list: String,
    /// The address of this page, where its forms go.
    here: String,
}

/// The characters of `text` in pieces, as they are cut or suggested.
fn pieces(text: &str, cuts: &[Option<Span>], suggested: &[Option<Span>]) -> Vec<Piece> {
    let length = text.chars().count();
    let whole = |span: &Option<Span>| span.unwrap_or(Span { start: 0, end: length });
    let within =
        |spans: &[Option<Span>], at: usize| spans.iter().map(whole).any(|span| span.start <= at && at < span.end);
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, sign) in text.chars().enumerate() {
        let is = if within(cuts, at) {
            "cut"
        } else if within(suggested, at) {
            "suggested"
        } else {
            ""
        };
        match pieces.last_mut() {
            Some(last) if last.is == is => last.text.push(sign),
            _ => pieces.push(Piece { text: sign.to_string(), is }),
        }
    }
    pieces
}

fn span(start: Option<i64>, end: Option<i64>) -> Option<Span> {
    Some(Span { start: usize::try_from(start?).ok()?, end: usize::try_from(end?).ok()? })
}

fn suggestion_span(start: Option<usize>, end: Option<usize>) -> Option<Span> {
    Some(Span { start: start?, end: end? })
}

/// The words of a span, for a list.
fn said(text: Option<&str>, span: Option<Span>) -> String {
    match (text, span) {
        (Some(text), Some(span)) => text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect(),
        _ => "the whole field".to_owned(),
    }
}

fn fields(record: &RecordDetail, preview: RecordPreview, texts: &[(String, Option<String>, String)]) -> Vec<Field> {
    let view = &record.record;
    preview
        .fields
        .into_iter()
        .map(|field| {
            let own = texts.iter().find(|(name, _, _)| *name == field.field);
            let cuts: Vec<_> = view
                .redactions
                .iter()
                .filter(|cut| cut.field == field.field)
                .map(|cut| span(cut.start, cut.end))
                .collect();
            let open: Vec<_> = view
                .suggestions
                .iter()
                .flatten()
                .filter(|one| one.field == field.field && one.answer == "open")
                .map(|one| suggestion_span(one.start, one.end))
                .collect();
            let text = own.and_then(|(_, text, raw)| text.clone().or_else(|| Some(raw.clone()))).unwrap_or_default();
            let is_nothing = own.is_some_and(|(_, _, raw)| raw == "null");
            let hash = view.texts.iter().find(|one| one.field == field.field).map(|one| one.text_hash.clone());
            Field {
                held: pieces(&text, &cuts, &open),
                is_nothing,
                hash: hash.unwrap_or_default(),
                name: field.field,
                label: field.label,
                seen: field.runs,
            }
        })
        .collect()
}

/// What comes back with the page.
struct Back {
    sent: Fields,
    wrong: Errors,
    changed: Vec<String>,
    told: Option<String>,
}

impl Default for Back {
    fn default() -> Self {
        Self { sent: Fields::of(b""), wrong: errors(), changed: Vec::new(), told: None }
    }
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    (id, name): (CaseId, String),
    back: Back,
) -> Result<HttpResponse, Problem> {
    let me = staff.id.clone();
    let (file, record, preview, opinions, comments, names, next) = act(desk, move |desk| {
        let record = acts::record_detail(desk, id, &me, &name)?;
        let preview = acts::record_preview(desk, id, &me, &name)?;
        let undecided = RecordFilter { flag: Some(Flag::Undecided), ..RecordFilter::default() };
        // The next one after this; past the last, from the beginning.
        let mut next = acts::records_page(desk, id, &me, &undecided, record.record.place + 1, 1)?.records;
        if next.is_empty() {
            next = acts::records_page(desk, id, &me, &undecided, 0, 1)?.records;
        }
        let next = next.into_iter().map(|one| one.record).find(|one| *one != record.record.record);
        Ok((
            acts::case_file(desk, id)?,
            record,
            preview,
            acts::opinions_list(desk, id)?,
            acts::comments_list(desk, id)?,
            acts::colleagues(desk)?,
            next,
        ))
    })
    .await?;
    let named = |id: &str| {
        names.iter().find(|one| one.id == id).map_or_else(|| "rightsdesk".to_owned(), |one| one.display_name.clone())
    };
    let case = &file.case;
    let view = &record.record;
    let changes = may(staff.role, Action::WorkCases) && step(case.stage, Move::DecideRecord).is_ok();
    let read = crate::review::Fields::read(view.fields.get());
    let texts: Vec<(String, Option<String>, String)> = read
        .iter()
        .flat_map(|fields| &fields.0)
        .map(|(name, raw)| (name.clone(), text_of(raw), (*raw).to_owned()))
        .collect();
    let text = |field: &str| texts.iter().find(|(name, _, _)| name == field).and_then(|(_, text, _)| text.as_deref());
    let label = |field: &str| {
        preview.fields.iter().find(|one| one.field == field).map_or_else(|| field.to_owned(), |one| one.label.clone())
    };
    let cuts = view
        .redactions
        .iter()
        .map(|cut| Cut {
            id: cut.redaction.clone(),
            what: format!("{}: {}", label(&cut.field), said(text(&cut.field), span(cut.start, cut.end))),
            about: format!("Under {}. {}, {}.", cut.code, named(&cut.decided_by), words::moment(cut.decided_at)),
            stale: cut.stale,
        })
        .collect();
    let suggested = view
        .suggestions
        .iter()
        .flatten()
        .map(|one| Suggested {
            value: format!(
                "{}|{}|{}",
                one.start.map(|at| at.to_string()).unwrap_or_default(),
                one.end.map(|at| at.to_string()).unwrap_or_default(),
                one.field
            ),
            words: said(text(&one.field), suggestion_span(one.start, one.end)),
            about: format!("{}. {}: {}.", label(&one.field), words::sentence(one.kind.as_str()), one.why),
            note: one.note.clone(),
            rule: one.rule.is_some(),
            answer: one.answer,
        })
        .collect();
    let field_items: Vec<SelectItem> =
        preview.fields.iter().map(|one| SelectItem::of(&one.field, &one.label)).collect();
    let grounds = acts::exemptions_list();
    let mut redact: Vec<Content> = vec![
        Select::of("field", "Field", field_items).value(back.sent.text("field")).error(back.wrong.of("field")).into(),
        Input::literal("words", "Words to redact")
            .hint("As they stand there: every place in this field is redacted. Leave it empty to redact the whole field. With a mouse or the keyboard you can also select the words in the text.")
            .value(back.sent.text("words"))
            .autocomplete("off")
            .error(back.wrong.of("words"))
            .into(),
    ];
    redact.extend(ground_fields(&back.sent, "redact-", &grounds, &opinions, &back.wrong));
    let shell = Shell::of(request, desk)
        .titled(format!("Record {} of {}", view.record, case.reference))
        .desk_of(&staff, "/desk")
        .wrong_if(!back.wrong.is_empty());
    let page_of = RecordPage {
        tabs: tabs(&case.id, "records", true),
        outcome: outcome_tag(view.outcome),
        why: view.decision.as_deref().map_or_else(
            || view.why.as_deref().map(capitalised),
            |decision| {
                let by = view.decided_by.as_deref().map(named).unwrap_or_default();
                let code = view.code.as_deref().map(|code| format!(" under {code}")).unwrap_or_default();
                let reason = view.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
                Some(format!("{by} decided: {}{code}{reason}", decision_words(decision)))
            },
        ),
        named: (preview.named != view.record).then(|| preview.named.clone()),
        cuts,
        suggested,
        ready: view.suggestions.is_some(),
        history: record
            .history
            .iter()
            .map(|entry| {
                (
                    capitalised(&entry.what),
                    format!("{}, {}", words::moment(entry.at), named(&entry.by)),
                    entry.ended_by.is_some(),
                )
            })
            .collect(),
        comments: comments
            .iter()
            .filter(|one| one.record.as_deref() == Some(view.record.as_str()) && one.settled_by.is_none())
            .map(|one| (one.text.clone(), format!("{}, {}", named(&one.by), words::moment(one.at))))
            .collect(),
        decide: decision_fields(&back.sent, &grounds, &opinions, &back.wrong),
        redact,
        summary: back.wrong.summary(),
        changed: back.changed,
        told: back.told,
        changes,
        basis: Basis { version: case.version, seq: file.seq },
        next: next.map(|next| record_address(&case.id, &next)),
        list: format!("/desk/cases/{id}/records"),
        here: record_address(&case.id, &view.record),
        fields: fields(&record, preview, &texts),
        shell: &shell,
        case,
        record: &record,
    };
    let status = if page_of.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &page_of)
}

/// The record that the address names.
fn name(request: &HttpRequest) -> String {
    Fields::of(request.query_string().as_bytes()).raw("name").to_owned()
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let name = name(&request);
    shown(&desk, &request, signed.staff, (id, name), Back::default()).await
}

/// What the page sends: a decision, a redaction, an answer to a suggestion, a redaction taken back.
enum Sent {
    Decide(NewDecision),
    Redact { field: String, words: Option<String>, place: Option<(Span, String)>, everywhere: bool, ground: Ground },
    Answer { at: SuggestionAt, answer: Answer, everywhere: bool },
    TakeBack(String),
}

fn sent(fields: &Fields, record: &str) -> Result<Sent, Errors> {
    let (action, what) = fields.text("do").split_once(':').unwrap_or((fields.text("do"), ""));
    match action {
        "take-back" => Ok(Sent::TakeBack(what.to_owned())),
        "accept" | "reject" | "accept-all" | "reject-all" => {
            let mut parts = what.splitn(3, '|');
            let mut number = || parts.next().and_then(|text| text.parse::<usize>().ok());
            let (start, end) = (number(), number());
            let field = parts.next().unwrap_or_default().to_owned();
            let at = SuggestionAt { record: record.to_owned(), field, span: suggestion_span(start, end) };
            let answer = if action.starts_with("accept") { Answer::Accept } else { Answer::Reject };
            Ok(Sent::Answer { at, answer, everywhere: action.ends_with("-all") })
        }
        "redact" | "redact-all" => {
            let mut wrong = errors();
            let ground = ground(fields, "redact-");
            if ground.code.is_none() {
                wrong.add("redact-code", "Select the exemption");
            }
            let words = Some(fields.text("words").to_owned()).filter(|text| !text.is_empty());
            if action == "redact-all" && words.is_none() {
                wrong.add("words", "Write the words that are to be redacted everywhere");
            }
            if !wrong.is_empty() {
                return Err(wrong);
            }
            // The script says where the words were selected; what was typed since is looked for instead.
            let number = |name: &str| fields.text(name).parse::<usize>().ok();
            let place = number("start")
                .zip(number("end"))
                .filter(|_| words.is_some() && fields.text("selected") == fields.text("words"))
                .map(|(start, end)| (Span { start, end }, fields.text("text-hash").to_owned()));
            let field = fields.text("field").to_owned();
            Ok(Sent::Redact { field, words, place, everywhere: action == "redact-all", ground })
        }
        _ => {
            let (decision, ground) = decision(fields)?;
            Ok(Sent::Decide(NewDecision { decision, ground, redactions: Vec::new() }))
        }
    }
}

fn done(desk: &acts::Desk, id: CaseId, record: &str, what: &Sent, by: &By) -> Result<Option<String>, acts::ActError> {
    match what {
        Sent::Decide(new) => acts::decide_record(desk, id, record, new, by).map(|_| None),
        Sent::TakeBack(redaction) => {
            acts::redaction_remove(desk, id, redaction, by).map(|_| Some("The redaction was taken back.".to_owned()))
        }
        Sent::Answer { at, answer, everywhere } => {
            let filter = SuggestionFilter { at: vec![at.clone()], ..SuggestionFilter::default() };
            let given = (*answer, &Ground::default());
            let view = acts::suggestions_answer(desk, id, &filter, given, (*everywhere, false), by)?;
            let places = view.suggestions + view.elsewhere;
            Ok(everywhere.then(|| format!("Answered in {places} places of {} records.", view.touched.records)))
        }
        Sent::Redact { words: Some(words), everywhere: true, ground, .. } => {
            let what = Everywhere::Words(vec![words.clone()]);
            let view = acts::redact_everywhere(desk, id, &what, &RecordFilter::default(), ground, false, by)?;
            Ok(Some(format!("Redacted in {} places of {} records.", view.places, view.touched.records)))
        }
        Sent::Redact { field, place: Some((span, hash)), ground, .. } => {
            let wanted = NewRedaction {
                field: field.clone(),
                span: Some(*span),
                text_hash: Some(hash.clone()),
                ground: ground.clone(),
            };
            acts::redact(desk, id, record, &[wanted], by).map(|_| None)
        }
        Sent::Redact { field, words, ground, .. } => {
            acts::redact_words(desk, id, record, (field, words.as_deref()), ground, by).map(|_| None)
        }
    }
}

async fn change(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (fields, staff, name) = (form.0, signed.staff, name(&request));
    let basis = Basis::of(&fields);
    let what = match sent(&fields, &name) {
        Ok(what) => what,
        Err(wrong) => {
            return shown(&desk, &request, staff, (id, name), Back { sent: fields, wrong, ..Back::default() }).await;
        }
    };
    let goes_on = matches!(what, Sent::Decide(_)) && fields.text("do") == "decide-next";
    let (by, record) = (By::staff(&staff.id, basis.version), name.clone());
    match act(&desk, move |desk| done(desk, id, &record, &what, &by)).await {
        Ok(told) if goes_on => {
            let _ = told;
            let undecided = RecordFilter { flag: Some(Flag::Undecided), ..RecordFilter::default() };
            let me = staff.id.clone();
            let next = act(&desk, move |desk| acts::records_page(desk, id, &me, &undecided, 0, 1)).await?;
            Ok(match next.records.first() {
                Some(next) => HttpResponse::SeeOther()
                    .insert_header(("Location", record_address(&id.to_string(), &next.record)))
                    .finish(),
                None => to_case(id, "/records"),
            })
        }
        Ok(None) => {
            let to = record_address(&id.to_string(), &name);
            Ok(HttpResponse::SeeOther().insert_header(("Location", to)).finish())
        }
        Ok(told) => shown(&desk, &request, staff, (id, name), Back { told, ..Back::default() }).await,
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(&desk, id, basis).await?;
            shown(&desk, &request, staff, (id, name), Back { sent: fields, changed, ..Back::default() }).await
        }
        Err(problem) => {
            let redacting = fields.text("do").starts_with("redact");
            let id_of = |field: &str| match field.rsplit(['.', ']']).next().unwrap_or(field) {
                part @ ("code" | "reason" | "opinion") if redacting => format!("redact-{part}"),
                "words" | "words[0" | "start" | "end" | "text_hash" => "words".to_owned(),
                "field" => "field".to_owned(),
                part => decision_id(part, &fields),
            };
            match faults(&problem, &id_of) {
                Some(wrong) => {
                    shown(&desk, &request, staff, (id, name), Back { sent: fields, wrong, ..Back::default() }).await
                }
                None => Err(problem),
            }
        }
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/desk/cases/{id}/record").route(web::get().to(show)).route(web::post().to(change)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_in_pieces_that_together_are_the_text() {
        let some = |start, end| Some(Span { start, end });
        let found = pieces("Łucja rang Ann", &[some(0, 5)], &[some(3, 5), some(11, 14)]);
        let shown: Vec<(&str, &str)> = found.iter().map(|piece| (piece.text.as_str(), piece.is)).collect();
        assert_eq!(shown, [("Łucja", "cut"), (" rang ", ""), ("Ann", "suggested")]);
        assert_eq!(pieces("x", &[None], &[])[0].is, "cut");
        assert_eq!(said(Some("Łucja rang"), some(6, 10)), "rang");
    }
}
