//! The steps of a working, each with its rule for an auditor and its sentence for the person.

use chrono::NaiveDate;

use super::answer::{Facts, Step, StepKind};
use super::law::{COMPLAINTS_FROM, DPA_2018_FROM, DUAA_LIMITS_FROM, Law, Nothing};
use super::regime::Regime;
use super::right::Right;
use super::timeline::{Effect, Moved, Timeline};
use super::words::{days, long_date, plain_date, weekday};
use crate::calendar::{Division, Holidays};

/// The request arrived.
pub(super) fn received(facts: &Facts, working: &mut Vec<Step>) {
    let thing = if facts.right == Right::ComplaintAck { "complaint" } else { "request" };
    working.push(Step {
        step: StepKind::Received,
        date: Some(facts.received_on),
        rule: "Receipt by anybody in the organisation, on any day and by any channel, is receipt (ICO guidance on the \
               right of access)",
        plain: format!("We got your {thing} on {}.", plain_date(facts.received_on)),
    });
}

/// Which law applies, where that needs saying: any other than the present UK GDPR.
pub(super) fn law(facts: &Facts, law: Law, working: &mut Vec<Step>) {
    let from = plain_date(DUAA_LIMITS_FROM);
    let plain = match law {
        Law::UkGdpr => return,
        Law::UkGdprBefore if facts.received_on < DPA_2018_FROM => format!(
            "Your request came before {}, when an older law gave 40 days. We work to the shorter time of today.",
            plain_date(DPA_2018_FROM)
        ),
        Law::UkGdprBefore if facts.regime == Regime::UkGdpr => {
            format!("Your request came before {from}, so the rules from before that date apply to it.")
        }
        Law::UkGdprBefore => format!("The rules from before {from} apply to your request."),
        Law::Part3 => {
            "Your request is about information used for law enforcement, which has rules of its own.".to_owned()
        }
        Law::Part3Before => format!(
            "Your request is about information used for law enforcement, and came before {from}. The rules of that \
             time apply: they allow neither more time nor a pause."
        ),
    };
    working.push(Step { step: StepKind::Law, date: Some(facts.received_on), rule: law.choice(), plain });
}

/// The law sets no date.
pub(super) fn no_date(nothing: Nothing) -> Step {
    let (rule, plain) = match nothing {
        Nothing::ComplaintBeforeDuty => (
            "DPA 2018 s.164A(3) binds only complaints received on or after 19 June 2026 (SI 2026/82 reg. 7)",
            format!(
                "The law sets a date for answering complaints only for those that came on or after {}. We must still \
                 deal with yours without undue delay.",
                plain_date(COMPLAINTS_FROM)
            ),
        ),
        Nothing::NotInPart3 => (
            "DPA 2018 s.54(1) gives a period for s.45, s.48 (requests under s.46 and s.47) and s.53 only",
            "The law on information used for law enforcement sets no date for this kind of request.".to_owned(),
        ),
    };
    Step { step: StepKind::NoStatutoryDeadline, date: None, rule, plain }
}

/// Events on a complaint: none of them moves its date.
pub(super) fn events_without_effect(facts: &Facts, rule: &'static str, working: &mut Vec<Step>) {
    if facts.events.is_empty() {
        return;
    }
    working.push(Step {
        step: StepKind::NoEffect,
        date: None,
        rule,
        plain: "Nothing that happened afterwards moves this date: it can be neither paused nor extended.".to_owned(),
    });
}

/// The due date had passed before anything was asked for.
pub(super) fn asked_too_late(missed: NaiveDate, law: Law) -> Step {
    Step {
        step: StepKind::AskedTooLate,
        date: Some(missed),
        rule: law.start(),
        plain: format!(
            "We should have answered by {}, and asked for something more only after that day. Asking starts the time \
             anew, but we had missed that date.",
            plain_date(missed)
        ),
    }
}

/// What happened while the clock ran.
pub(super) fn moves(line: &Timeline, law: Law, working: &mut Vec<Step>) {
    working.extend(line.moves.iter().map(|moved| describe(moved, law)));
}

fn describe(moved: &Moved, law: Law) -> Step {
    let on = plain_date(moved.on);
    let (step, rule, plain) = match moved.effect {
        Effect::Paused { answered, days: 0 } if answered == moved.on => (
            StepKind::Pause,
            law.pause(),
            format!("We asked you a question on {on} and you answered on the same day, so no day is added."),
        ),
        Effect::Paused { answered, days: 0 } => (
            StepKind::Pause,
            law.pause(),
            format!(
                "We asked you a question on {on} and you answered on {}. Those days were not part of the time anyway, \
                 so none is added.",
                plain_date(answered)
            ),
        ),
        Effect::Paused { answered, days: count } => (
            StepKind::Pause,
            law.pause(),
            format!(
                "We asked you a question on {on} to find what you need, and you answered on {}. That takes {} out of \
                 the count.",
                plain_date(answered),
                days(count)
            ),
        ),
        Effect::PauseOpen => (
            StepKind::PauseOpen,
            law.pause(),
            format!(
                "We asked you a question on {on} to find what you need. The time stands still until you answer, so \
                 there is no due date for now."
            ),
        ),
        Effect::QuestionNotForRight => (
            StepKind::NoEffect,
            law.pause(),
            format!("We asked you a question on {on}. For this kind of request that does not stop the time."),
        ),
        Effect::QuestionNotInLaw => (
            StepKind::NoEffect,
            law.pause(),
            format!("We asked you a question on {on}. Under the rules for your request that does not stop the time."),
        ),
        Effect::QuestionTooLate { due } => (
            StepKind::NoEffect,
            law.pause(),
            format!(
                "We asked you a question on {on}, after our answer was due on {}. It gives us no more time.",
                plain_date(due)
            ),
        ),
        Effect::AnswerUnasked => (
            StepKind::NoEffect,
            law.pause(),
            format!("You wrote to us on {on}. No question of ours was open, so it does not change the time."),
        ),
        Effect::Extended => (
            StepKind::Extension,
            law.extension(),
            format!("We told you on {on} that we need more time, and why. The law allows that once, if told in time."),
        ),
        Effect::NoticeNotInLaw => (
            StepKind::NoEffect,
            law.extension(),
            format!("We told you on {on} that we need more time. The rules for your request do not allow that."),
        ),
        Effect::NoticeBeforeRequest => (
            StepKind::NoEffect,
            law.extension(),
            format!("Notice that we need more time is recorded for {on}, before your request came. It has no effect."),
        ),
        Effect::NoticeRepeated => (
            StepKind::NoEffect,
            law.extension(),
            format!("We told you again on {on} that we need more time. The law allows that only once."),
        ),
        Effect::NoticeTooLate { limit, arguable } => (
            StepKind::NoEffect,
            law.extension(),
            format!(
                "We told you on {on} that we need more time. That was too late: the last day for it was {}.{}",
                plain_date(limit),
                if arguable {
                    " The law can be read so that the day of our question does not count and the notice was in time; \
                     we do not rely on that."
                } else {
                    ""
                }
            ),
        ),
    };
    Step { step, date: Some(moved.on), rule, plain }
}

/// Weekend and bank holidays passed over.
pub(super) fn rolled(
    division: Division,
    holidays: &Holidays,
    raw: NaiveDate,
    due: NaiveDate,
    rule: &'static str,
) -> Step {
    let passed: Vec<_> = raw
        .iter_days()
        .take_while(|day| *day < due)
        .map(|day| match holidays.title(division, day) {
            Some(title) => format!("{} is a bank holiday ({title})", plain_date(day)),
            None => format!("{} is a {}", plain_date(day), weekday(day)),
        })
        .collect();
    Step {
        step: StepKind::Rolled,
        date: Some(due),
        rule,
        plain: format!("{}. The time runs to the end of the next working day: {}.", passed.join(", "), plain_date(due)),
    }
}

/// The due date.
pub(super) fn due(due: NaiveDate, line: &Timeline, law: Law) -> Step {
    let answered_after = line.moves.iter().any(|moved| match moved.effect {
        Effect::Paused { answered, .. } => answered > due,
        Effect::PauseOpen
        | Effect::QuestionNotForRight
        | Effect::QuestionNotInLaw
        | Effect::QuestionTooLate { .. }
        | Effect::AnswerUnasked
        | Effect::Extended
        | Effect::NoticeNotInLaw
        | Effect::NoticeBeforeRequest
        | Effect::NoticeRepeated
        | Effect::NoticeTooLate { .. } => false,
    });
    let note = if answered_after {
        " That day had passed when you answered, because we asked only on the last day, when the period itself had \
         already run out on a day that is not a working day."
    } else {
        ""
    };
    Step {
        step: StepKind::Due,
        date: Some(due),
        rule: law.choice(),
        plain: format!(
            "Our answer is due without undue delay, and by the end of {} at the latest.{note}",
            long_date(due)
        ),
    }
}

/// The literal reading.
pub(super) fn latest(latest: NaiveDate, law: Law) -> Step {
    Step {
        step: StepKind::StatutoryLatest,
        date: Some(latest),
        rule: law.pause(),
        plain: format!(
            "The law can be read so that the day on which we asked does not count either, which would give us until \
             {}. We work to the earlier date.",
            plain_date(latest)
        ),
    }
}

/// The last day for notice.
pub(super) fn notice_by(notice: NaiveDate, law: Law) -> Step {
    Step {
        step: StepKind::ExtensionNoticeBy,
        date: Some(notice),
        rule: law.extension(),
        plain: format!(
            "If your request is complex or one of many, we may take two more months, but only if we tell you why by {}.",
            plain_date(notice)
        ),
    }
}
