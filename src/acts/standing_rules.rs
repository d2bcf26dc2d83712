//! Standing rules of the desk: what is redacted in every case, by itself or as a suggestion. A rule is ended, never changed,
//! so that each redaction can be traced to the rule as it was.

use serde::Serialize;

use crate::audit::Event;
use crate::base::{Moment, words};
use crate::review::{Pattern, Reason, exemption_title, requirement, same_words};
use crate::store::{StandingRuleRow, audit_append, standing_rule_end, standing_rule_insert, standing_rules_list};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::By;

words! {
    /// What a rule looks for.
    RuleKind, "the kind of rule" {
        /// A column, whatever it holds.
        Field = "field",
        /// Words, in all their writings.
        Words = "words",
        /// A regular expression.
        Pattern = "pattern",
    }
}

words! {
    /// What a rule does.
    RuleMode, "the mode" {
        /// It makes suggestions, which a person answers.
        Suggest = "suggest",
        /// It redacts by itself, when the suggestions of a case are worked out; each can be undone.
        Apply = "apply",
    }
}

/// A rule that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// What it looks for.
    pub kind: RuleKind,
    /// In this collection only.
    pub collection: Option<String>,
    /// In this field only.
    pub field: Option<String>,
    /// The words or the pattern.
    pub words: Option<String>,
    /// The exemption's code.
    pub code: String,
    /// Why.
    pub reason: String,
    /// What it does.
    pub mode: RuleMode,
}

/// A standing rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RuleView {
    /// Its identifier.
    pub rule: String,
    /// `field`, `words` or `pattern`.
    pub kind: String,
    /// In this collection only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// In this field only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The words or the pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The exemption.
    pub code: String,
    /// Why.
    pub reason: String,
    /// `suggest` or `apply`.
    pub mode: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Moment,
    /// Who ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Moment>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_reason: Option<String>,
}

/// The standing rules, oldest first; those that were ended too, if asked.
///
/// # Errors
/// [`ActError`] of the store.
pub fn rules_list(desk: &Desk, ended_too: bool) -> Result<Vec<RuleView>, ActError> {
    desk.store.read(|conn| {
        Ok(standing_rules_list(conn, ended_too)?
            .into_iter()
            .map(|row| RuleView {
                rule: row.id,
                kind: row.kind,
                collection: row.collection,
                field: row.field,
                words: row.words,
                code: row.code,
                reason: row.reason,
                mode: row.mode,
                made_by: row.made_by,
                made_at: Moment::from_naive_utc(row.made_at),
                ended_by: row.ended_by,
                ended_at: row.ended_at.map(Moment::from_naive_utc),
                ended_reason: row.ended_reason,
            })
            .collect())
    })
}

/// Makes a rule; gives its identifier. It counts for the cases whose suggestions are worked out from then on.
///
/// # Errors
/// [`ActError::Invalid`] naming each wrong field.
pub fn rule_make(desk: &Desk, new: NewRule, by: &By) -> Result<String, ActError> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, problem: String| faults.push(FieldFault { field: field.to_owned(), problem });
    match (new.kind, &new.words) {
        (RuleKind::Field, Some(_)) => {
            fault("words", "a rule about a column looks for no words: leave them out".to_owned())
        }
        (RuleKind::Field, None) if new.field.is_none() => {
            fault("field", "this field is missing: name the column".to_owned())
        }
        (RuleKind::Field, None) => {}
        (RuleKind::Words | RuleKind::Pattern, None) => {
            fault("words", "this field is missing: give the words or the pattern".to_owned());
        }
        (RuleKind::Words, Some(text)) if same_words(text).chars().count() < 3 => {
            fault("words", "give words of at least three letters or digits".to_owned());
        }
        (RuleKind::Words, Some(_)) => {}
        (RuleKind::Pattern, Some(text)) => {
            if let Err(problem) = Pattern::new(text) {
                fault("words", problem);
            }
        }
    }
    let named = |collection: &str| {
        desk.settings.data_map.datasets.iter().flat_map(|d| &d.collections).find(|known| known.name == collection)
    };
    if let Some(collection) = &new.collection {
        match (named(collection), &new.field) {
            (None, _) => fault("collection", "the data map has no such collection".to_owned()),
            (Some(known), Some(field)) if known.field(field).is_none() => {
                fault("field", "the collection has no such column in the data map".to_owned());
            }
            (Some(_), _) => {}
        }
    }
    match (exemption_title(&new.code), requirement(&new.code)) {
        (Some(_), Some(wanted)) => {
            // A rule cannot weigh one person's case: what needs an opinion or a condition is decided in each case.
            let plain = wanted.opinion.is_none()
                && wanted.against == crate::review::Against::Anybody
                && matches!(wanted.reason, Reason::Not | Reason::Advised | Reason::Needed);
            if !plain {
                fault("code", "this exemption has to be weighed in each case: use another code for a rule".to_owned());
            }
        }
        _ => fault("code", "this exemption is not known: use one of the codes in docs/DATA_MODEL.md".to_owned()),
    }
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let rule = uuid::Uuid::now_v7().to_string();
    desk.store.write(|conn| -> Result<(), ActError> {
        standing_rule_insert(
            conn,
            StandingRuleRow {
                id: rule.clone(),
                kind: new.kind.as_str().to_owned(),
                collection: new.collection,
                field: new.field,
                words: new.words,
                code: new.code,
                reason: new.reason,
                mode: new.mode.as_str().to_owned(),
                made_by: staff,
                made_at: now.naive_utc(),
                ended_by: None,
                ended_at: None,
                ended_reason: None,
            },
        )?;
        Ok(audit_append(conn, now, &by.actor, None, &Event::StandingRule { rule: rule.clone(), ended: false })?)
    })?;
    Ok(rule)
}

/// Ends a rule. What it redacted stays redacted.
///
/// # Errors
/// [`ActError::Missing`] if it does not stand.
pub fn rule_end(desk: &Desk, rule: &str, reason: &str, by: &By) -> Result<(), ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    desk.store.write(|conn| -> Result<(), ActError> {
        if !standing_rule_end(conn, rule, &staff, now.naive_utc(), reason)? {
            return Err(ActError::Missing("standing rule that is in force"));
        }
        Ok(audit_append(conn, now, &by.actor, None, &Event::StandingRule { rule: rule.to_owned(), ended: true })?)
    })
}
