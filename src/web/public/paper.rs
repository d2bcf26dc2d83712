//! The form on paper, for who would rather write by hand: every question, with room for its answer.

use actix_web::HttpResponse;
use askama::Template;

use super::super::bridge::SharedDesk;
use super::super::pages::{Shell, page};
use super::super::problem::Problem;
use super::ask;
use crate::acts;
use crate::intake::{Answers, Question};

struct Asked {
    title: String,
    choices: Vec<String>,
    lines: usize,
}

#[derive(Template)]
#[template(path = "public/paper.html")]
struct PaperPage<'a> {
    shell: &'a Shell,
    asked: Vec<Asked>,
}

pub(super) fn show(desk: &SharedDesk, shell: Shell, title: String) -> Result<HttpResponse, Problem> {
    let shell = shell.titled(title);
    let (t, offer) = (shell.t, acts::offer(desk));
    let say = |kind: &str, words: &[&str]| -> Vec<String> {
        words.iter().map(|word| t.say(&format!("{kind}-{}", word.replace('_', "-")))).collect()
    };
    let shown = |question: Question| {
        (question != Question::Kinds || !offer.kinds.is_empty()) && (question != Question::Birth || offer.birth)
    };
    let questions = Question::ALL.iter().filter(|question| shown(**question));
    let asked = questions.map(|question| {
        let rights: Vec<&str> = crate::deadline::Right::ALL.iter().map(|right| right.as_str()).collect();
        let (choices, lines) = match question {
            Question::What => (say("right", &rights), 0),
            Question::For => (say("who", &["self", "parent", "representative"]), 0),
            Question::Which => (say("which", &["all", "some"]), 0),
            Question::Answer => (say("answer", &["download", "post", "large_print", "other"]), 3),
            Question::Kinds => (offer.kinds.iter().map(|kind| kind.label.clone()).collect(), 0),
            Question::Details => (Vec::new(), 8),
            Question::OtherNames | Question::Authority | Question::Dates => (Vec::new(), 2),
            Question::Contact => (Vec::new(), 3),
            Question::YourName | Question::Name | Question::Email | Question::Birth => (Vec::new(), 1),
        };
        Asked { title: ask::title(t, *question, &Answers::default()), choices, lines }
    });
    let asked = asked.collect();
    page(&shell, actix_web::http::StatusCode::OK, &PaperPage { shell: &shell, asked })
}
