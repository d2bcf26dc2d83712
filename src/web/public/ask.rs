//! One question as its page shows it: the fields, what was typed, what is wrong. Must never read a request or keep anything.

use super::super::ui::{
    CharacterCount, Checkboxes, Choice, Content, DateInput, Errors, Fieldset, FormGroup, Input, Label, Legend, Radios,
    Textarea,
};
use super::leaf::{html, no_errors, para};
use crate::case::Relationship;
use crate::deadline::Right;
use crate::intake::{
    ADDRESS_CHARS, AnswerBy, Answers, Authority, DETAILS_CHARS, Fault, Given, Offer, Question, Wrong, needs_words,
};
use crate::wording::Wording;

/// The rights in the order in which people want them.
const RIGHTS: [Right; 8] = [
    Right::Access,
    Right::Rectification,
    Right::Erasure,
    Right::Restriction,
    Right::Portability,
    Right::Objection,
    Right::AutomatedDecision,
    Right::ComplaintAck,
];

/// A question on its page.
pub(super) struct Ask<'a> {
    pub(super) t: Wording,
    pub(super) question: Question,
    pub(super) answers: &'a Answers,
    pub(super) offer: &'a Offer,
    pub(super) given: &'a Given,
    pub(super) errors: &'a Errors,
}

/// What is wrong, in words.
pub(super) fn errors(t: Wording, faults: &[Fault]) -> Errors {
    let mut errors = no_errors(t);
    for fault in faults {
        let text = t.say(&format!("fault-{}-{}", fault.field, fault.wrong.as_str()));
        match fault.wrong {
            Wrong::Date | Wrong::Future | Wrong::Order => errors.add_date(fault.field, &[], text),
            Wrong::Missing | Wrong::Form | Wrong::Long | Wrong::Many => errors.add(fault.field, text),
        }
    }
    errors
}

/// The question in words: for somebody else it asks about them, and the last one asks what the right needs to be told.
pub(super) fn title(t: Wording, question: Question, answers: &Answers) -> String {
    let base = format!("ask-{question}");
    let right = answers.right.filter(|right| question == Question::Details && needs_words(*right));
    let other = answers.relationship.is_some_and(|who| who != Relationship::Myself);
    let mut keys = Vec::new();
    if let Some(right) = right {
        keys.push(format!("{base}-{}", right.as_str().replace('_', "-")));
    }
    if other {
        keys.push(format!("{base}-other"));
    }
    let key = keys.into_iter().find(|key| t.knows(key)).unwrap_or(base);
    t.say(&key)
}

impl Ask<'_> {
    fn say(&self, key: &str) -> String {
        self.t.say(key)
    }

    fn legend(&self) -> Fieldset {
        Legend::heading(title(self.t, self.question, self.answers)).into()
    }

    fn label(&self) -> Label {
        Label::heading(title(self.t, self.question, self.answers))
    }

    fn hint(&self) -> String {
        self.say(&format!("ask-{}-hint", self.question))
    }

    fn heading(&self) -> Content {
        super::leaf::title(title(self.t, self.question, self.answers))
    }

    fn dates(&self) -> [String; 3] {
        ["date-day", "date-month", "date-year"].map(|key| self.say(key))
    }

    fn radios(&self, name: &str, items: Vec<Choice>) -> Content {
        let mut radios = Radios::of(name, self.legend(), items).value(self.given.text(name));
        radios.error_message = self.errors.of(name);
        html(&radios)
    }

    fn input(&self, mut input: Input) -> Content {
        input.value = self.given.text(&input.name).to_owned();
        input.error_message = self.errors.of(&input.name);
        html(&input)
    }

    fn area(&self, mut area: Textarea) -> Content {
        area.value = self.given.text(&area.name).to_owned();
        area.error_message = self.errors.of(&area.name);
        html(&area)
    }

    fn counted(&self, name: &str, most: usize, label: Label) -> Content {
        let mut area = CharacterCount {
            id: name.to_owned(),
            name: name.to_owned(),
            maxlength: u32::try_from(most).ok(),
            threshold: Some(75),
            value: self.given.text(name).to_owned(),
            label,
            rows: Some(8),
            ..CharacterCount::default()
        };
        area.error_message = self.errors.of(name);
        html(&area)
    }

    fn date(&self, name: &str, fieldset: Fieldset, birthday: bool) -> Content {
        let labels = self.dates();
        let [day, month, year] = &labels;
        let typed = ["day", "month", "year"].map(|part| self.given.text(&format!("{name}-{part}")).to_owned());
        let [typed_day, typed_month, typed_year] = &typed;
        let mut date = DateInput::of(name, fieldset, [day, month, year]).values([typed_day, typed_month, typed_year]);
        if birthday {
            date = date.birthday();
        }
        html(&date.errors(self.errors).hint(self.say("date-hint")))
    }

    /// The fields of the page, with its heading.
    pub(super) fn fields(&self) -> Vec<Content> {
        match self.question {
            Question::What => {
                let items = RIGHTS.map(|right| {
                    let key = right.as_str().replace('_', "-");
                    Choice::of(right.as_str(), self.say(&format!("right-{key}")))
                        .hint(self.say(&format!("right-{key}-hint")))
                });
                vec![self.radios("what", items.into())]
            }
            Question::For => {
                let items = Relationship::ALL.iter().map(|who| {
                    Choice::of(who.as_str(), self.say(&format!("who-{who}"))).hint(self.say(&format!("who-{who}-hint")))
                });
                vec![self.radios("who-for", items.collect())]
            }
            Question::YourName => {
                vec![self.input(named(Input::text("your-name", self.label()), "name").hint(self.hint()))]
            }
            Question::Authority => {
                let who = self.answers.relationship.unwrap_or(Relationship::Representative);
                let items = Authority::of(who).iter().map(|authority| {
                    let key = authority.as_str().replace('_', "-");
                    Choice::of(authority.as_str(), self.say(&format!("authority-{key}")))
                });
                vec![self.radios("how-you-may-act", items.collect()), para(self.hint())]
            }
            Question::Name => {
                let myself = self.answers.relationship.unwrap_or(Relationship::Myself) == Relationship::Myself;
                let input = Input::text("name", self.label()).hint(self.hint());
                vec![self.input(if myself { named(input, "name") } else { named(input, "off") })]
            }
            Question::OtherNames => vec![self.area(Textarea::of("other-names", self.label()).hint(self.hint()))],
            Question::Email => {
                vec![self.input(Input::email("email", self.label()).hint(self.hint())), para(self.say("ask-email-no"))]
            }
            Question::Contact => vec![
                self.heading(),
                para(self.hint()),
                self.area(
                    Textarea::of("other-emails", self.say("ask-contact-emails")).hint(self.say("one-on-each-line")),
                ),
                self.input(Input::telephone("phone", self.say("ask-contact-phone"))),
                self.input(
                    named(Input::text("postcode", self.say("ask-contact-postcode")), "postal-code")
                        .classes("govuk-input--width-10"),
                ),
            ],
            Question::Birth => {
                let myself = self.answers.relationship.unwrap_or(Relationship::Myself) == Relationship::Myself;
                vec![self.date("date-of-birth", self.legend(), myself), para(self.hint())]
            }
            Question::Which => {
                let items = ["all", "some"].map(|word| {
                    Choice::of(word, self.say(&format!("which-{word}"))).hint(self.say(&format!("which-{word}-hint")))
                });
                vec![self.radios("which", items.into())]
            }
            Question::Kinds => {
                let items = self.offer.kinds.iter().map(|kind| Choice::of(&kind.name, &kind.label));
                let mut boxes =
                    Checkboxes::of("kinds", self.legend(), items).values(self.given.all("kinds")).hint(self.hint());
                boxes.error_message = self.errors.of("kinds");
                vec![html(&boxes)]
            }
            Question::Dates => vec![
                self.heading(),
                para(self.hint()),
                self.date("from", Legend::from(self.say("ask-dates-from")).into(), false),
                self.date("to", Legend::from(self.say("ask-dates-to")).into(), false),
            ],
            Question::Details => self.details(),
            Question::Answer => self.answer(),
        }
    }

    fn details(&self) -> Vec<Content> {
        let mut fields = vec![self.counted("details", DETAILS_CHARS, self.label())];
        if self.answers.right == Some(Right::ComplaintAck) {
            let about = Input::text("about", self.say("ask-about")).hint(self.say("ask-about-hint"));
            fields.push(self.input(about.classes("govuk-input--width-20")));
        }
        if self.answers.right == Some(Right::AutomatedDecision) {
            fields.insert(0, para(self.say("right-automated-decision-more")));
        }
        fields
    }

    fn answer(&self) -> Vec<Content> {
        let area = |name: &'static str, label: &str| {
            let mut area = Textarea::of(name, self.say(label));
            area.autocomplete = "street-address".to_owned();
            area.rows = Some(4);
            self.area(area)
        };
        let items = AnswerBy::ALL.iter().map(|by| {
            let key = by.as_str().replace('_', "-");
            let choice = Choice::of(by.as_str(), self.say(&format!("answer-{key}")));
            match by {
                AnswerBy::Download => choice.hint(self.say("answer-download-hint")),
                AnswerBy::Post => choice.conditional(area("address", "answer-address")),
                AnswerBy::LargePrint => choice.conditional(area("large-print-address", "answer-address")),
                AnswerBy::Other => {
                    choice.conditional(self.counted("needs", ADDRESS_CHARS, Label::from(self.say("answer-needs"))))
                }
            }
        });
        vec![self.radios("answer", items.collect())]
    }
}

fn named(mut input: Input, autocomplete: &str) -> Input {
    input.autocomplete = autocomplete.to_owned();
    input.form_group = FormGroup::default();
    input.spellcheck = Some(false);
    input
}
