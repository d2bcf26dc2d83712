//! What the statute wants before an exemption may be claimed for a record or a part of one: a reason, an opinion, a certain
//! kind of requester. The provisions stand in `assets/law/exemptions.json`; this is what of them a program can check.

use chrono::{Datelike, NaiveDate};

use super::exemption::exemption_title;
use super::opinion::{Finding, Opinion, OpinionKind};
use crate::calendar::Division;
use crate::case::Relationship;

/// Whether a reason of the caseworker's own must stand beside the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The code says it all.
    Not,
    /// The record of the case is better with one; without it the approver is told.
    Advised,
    /// The claim is refused without one.
    Needed,
}

/// Whose request it may be used against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Anybody's.
    Anybody,
    /// A request by somebody with parental responsibility or appointed by a court, never the data subject's own.
    OnBehalf,
    /// It refuses a request as a whole and is no ground for a single record.
    WholeRequest,
    /// Only another kind of controller has it.
    OtherController,
}

/// What the statute wants for one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// The reason.
    pub reason: Reason,
    /// What the reason has to say, in words for the field.
    pub says: &'static str,
    /// The opinion it rests on.
    pub opinion: Option<OpinionKind>,
    /// Whose request.
    pub against: Against,
    /// Only where the data subject is under 18 (under 16 in Scotland), if their date of birth is known.
    pub child: bool,
    /// Not in Scotland.
    pub not_in_scotland: bool,
}

const PLAIN: Requirement = Requirement {
    reason: Reason::Not,
    says: "",
    opinion: None,
    against: Against::Anybody,
    child: false,
    not_in_scotland: false,
};

const fn needed(says: &'static str) -> Requirement {
    Requirement { reason: Reason::Needed, says, ..PLAIN }
}

/// What `code` wants; none if it is no exemption that can be claimed.
#[must_use]
pub fn requirement(code: &str) -> Option<Requirement> {
    exemption_title(code)?;
    Some(match code {
        "UNFOUNDED" | "EXCESSIVE" | "NOT-IDENTIFIED" => Requirement { against: Against::WholeRequest, ..PLAIN },
        "IMMIGRATION" => Requirement { against: Against::OtherController, ..PLAIN },
        // Para. 16(3): the balance is to be weighed; that it was is better written down.
        "THIRD-PARTY" => Requirement {
            reason: Reason::Advised,
            says: "whether they were asked, and why it is not reasonable without their consent (para. 16(3))",
            ..PLAIN
        },
        "CHILD-ABUSE" => Requirement {
            against: Against::OnBehalf,
            child: true,
            not_in_scotland: true,
            ..needed("why disclosure is not in the child's best interests (para. 21(3))")
        },
        "SW-EXPECTATION" | "HEALTH-EXPECTATION" => Requirement {
            against: Against::OnBehalf,
            child: true,
            ..needed("what the person said or expected, and when")
        },
        "SW-HARM" => Requirement {
            opinion: Some(OpinionKind::SocialWork),
            ..needed("what serious harm is likely, and to whom (para. 11)")
        },
        "HEALTH-HARM" | "HEALTH-OPINION" => Requirement { opinion: Some(OpinionKind::Health), ..PLAIN },
        "EDU-HARM" => needed("what serious harm is likely, and to whom (para. 19)"),
        "SW-COURT" | "HEALTH-COURT" | "EDU-COURT" => needed("which court, in which proceedings, under which rule"),
        "LPP" => needed("which lawyer confirmed it, and when"),
        "CRIME" => needed("what would be prejudiced and why that is likely; what the police say if they were asked"),
        "LEGAL-PROC" => needed("which enactment, order, claim or advice"),
        "PUBLIC-FUNCTION" | "AUDIT" | "CHILD-COMPLAINT" | "MONITORING-OFFICER" => {
            needed("which function, and how disclosure would be likely to prejudice it")
        }
        "JUDICIAL" => needed("which proceedings or judicial act"),
        "SELF-INCRIM" => needed("which offence, not one under the Data Protection Act"),
        "MGMT-FORECAST" | "NEGOTIATION" => needed("how disclosure would be likely to prejudice it"),
        "EXAM-MARK" => needed("when the results are announced, since the answer is only put off"),
        "JOURNALISM" | "RESEARCH" | "ARCHIVE" => needed("how disclosure would prevent or seriously impair the purpose"),
        "ADOPTION" | "SEN" | "PARENTAL-ORDER" | "HFE" => needed("which enactment forbids it"),
        "SEARCH" => needed("why the search for it was not reasonable and proportionate"),
        "COPY-RIGHTS" => needed("whose rights a copy would harm, and how"),
        "PART3" => needed("which ground of section 45(4) applies"),
        "RISK-ASSESS" | "REFERENCE" | "EXAM-SCRIPT" | "MANUAL" => PLAIN,
        // A code that is added to the file is not claimed without a word until somebody has read its provision.
        _ => needed("why it applies"),
    })
}

/// Who asks, about whom, where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who the requester is to the data subject.
    pub relationship: Relationship,
    /// The data subject's date of birth, where it is known.
    pub born: Option<NaiveDate>,
    /// Which part of the United Kingdom.
    pub division: Division,
}

/// A claim of an exemption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim<'c> {
    /// The code.
    pub code: &'c str,
    /// The caseworker's reason.
    pub reason: Option<&'c str>,
    /// The opinion named for it.
    pub opinion: Option<&'c Opinion>,
    /// The day on which it is relied on.
    pub on: NaiveDate,
}

/// What is wrong with a claim: the field, and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimFault {
    /// `code`, `reason` or `opinion`.
    pub field: &'static str,
    /// One sentence.
    pub problem: String,
}

/// Everything that the statute wants of this claim and does not get; empty if it may be made.
#[must_use]
pub fn claim_faults(claim: Claim<'_>, asker: Asker) -> Vec<ClaimFault> {
    let mut faults = Vec::new();
    let mut fault = |field, problem: String| faults.push(ClaimFault { field, problem });
    let Some(wanted) = requirement(claim.code) else {
        fault("code", "this exemption is not known: use one of the codes in docs/DATA_MODEL.md".to_owned());
        return faults;
    };
    match wanted.against {
        Against::Anybody => {}
        Against::WholeRequest => {
            fault("code", "this ground refuses a request as a whole: use it with the move refuse".to_owned());
        }
        Against::OtherController => {
            fault("code", "only the Secretary of State has this exemption: use another code".to_owned());
        }
        Against::OnBehalf if asker.relationship == Relationship::Myself => fault(
            "code",
            "this exemption does not apply to the data subject's own request: use another code, or disclose".to_owned(),
        ),
        Against::OnBehalf => {}
    }
    let scotland = asker.division == Division::Scotland;
    if wanted.not_in_scotland && scotland {
        fault("code", "this exemption does not apply in Scotland: use another code, or disclose".to_owned());
    }
    let age = if scotland { 16 } else { 18 };
    // A representative may be a deputy appointed for an adult who lacks capacity.
    if wanted.child
        && asker.relationship == Relationship::Parent
        && asker.born.is_some_and(|born| age_on(born, claim.on) >= age)
    {
        fault("code", format!("the data subject is {age} or over: parental responsibility gives no request to refuse"));
    }
    if wanted.reason == Reason::Needed && claim.reason.is_none_or(crate::base::is_blank) {
        fault("reason", format!("this field is missing: write {}", wanted.says));
    }
    match (wanted.opinion, claim.opinion) {
        (None, None) => {}
        (None, Some(_)) => fault("opinion", "this exemption does not rest on an opinion: leave it out".to_owned()),
        (Some(kind), None) => fault("opinion", format!("record {} and name it here", plain_opinion(kind))),
        (Some(kind), Some(opinion)) => {
            if opinion.kind != kind {
                fault("opinion", format!("name {}, not another's", plain_opinion(kind)));
            } else if opinion.finding == Finding::NotMet {
                fault(
                    "opinion",
                    "this opinion says that disclosure would not be likely to cause serious harm: disclose, or record \
                     another opinion"
                        .to_owned(),
                );
            } else if !opinion.holds_on(claim.on) {
                fault("opinion", "this opinion is over six months old: get a new one and record it".to_owned());
            }
        }
    }
    faults
}

/// An opinion of this kind, in words.
#[must_use]
pub fn plain_opinion(kind: OpinionKind) -> &'static str {
    match kind {
        OpinionKind::Health => "the appropriate health professional's opinion, under six months old",
        OpinionKind::SocialWork => "a social worker's view on serious harm",
    }
}

fn age_on(born: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    on.year() - born.year() - i32::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::super::exemption::exemptions;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asker(relationship: Relationship) -> Asker {
        Asker { relationship, born: Some(day("2015-03-01")), division: Division::EnglandAndWales }
    }

    fn fields(code: &str, reason: Option<&str>, opinion: Option<&Opinion>, asker: Asker) -> Vec<&'static str> {
        let claim = Claim { code, reason, opinion, on: day("2026-11-23") };
        claim_faults(claim, asker).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn every_code_of_the_file_has_a_requirement_that_somebody_read() {
        for exemption in exemptions() {
            let found = requirement(&exemption.code);
            if exemption.code == "TP-PROFESSIONAL" {
                assert!(found.is_none(), "it is no exemption");
            } else {
                assert_ne!(found.unwrap().says, "why it applies", "{} fell through", exemption.code);
            }
        }
    }

    #[test]
    fn health_codes_rest_on_a_health_professionals_opinion_under_six_months_old() {
        let opinion = |kind, given: &str, finding| Opinion { kind, given_on: day(given), finding };
        let me = asker(Relationship::Myself);
        for code in ["HEALTH-HARM", "HEALTH-OPINION"] {
            assert_eq!(fields(code, None, None, me), ["opinion"]);
            let good = opinion(OpinionKind::Health, "2026-05-24", Finding::Met);
            assert!(fields(code, None, Some(&good), me).is_empty());
            for bad in [
                opinion(OpinionKind::Health, "2026-05-23", Finding::Met),
                opinion(OpinionKind::Health, "2026-11-24", Finding::Met),
                opinion(OpinionKind::Health, "2026-11-01", Finding::NotMet),
                opinion(OpinionKind::SocialWork, "2026-11-01", Finding::Met),
            ] {
                assert_eq!(fields(code, None, Some(&bad), me), ["opinion"], "{bad:?}");
            }
        }
        assert_eq!(fields("SW-HARM", None, None, me), ["reason", "opinion"]);
    }

    #[test]
    fn what_is_only_against_a_parent_is_not_against_the_child() {
        for code in ["CHILD-ABUSE", "SW-EXPECTATION", "HEALTH-EXPECTATION"] {
            assert_eq!(fields(code, Some("said so"), None, asker(Relationship::Myself)), ["code"]);
            assert!(fields(code, Some("said so"), None, asker(Relationship::Parent)).is_empty());
            assert_eq!(fields(code, None, None, asker(Relationship::Parent)), ["reason"]);
            let grown = Asker { born: Some(day("2008-11-23")), ..asker(Relationship::Parent) };
            assert_eq!(fields(code, Some("said so"), None, grown), ["code"]);
            let nearly = Asker { born: Some(day("2008-11-24")), ..asker(Relationship::Parent) };
            assert!(fields(code, Some("said so"), None, nearly).is_empty());
        }
        let scots = Asker { division: Division::Scotland, ..asker(Relationship::Parent) };
        assert_eq!(fields("CHILD-ABUSE", Some("x"), None, scots), ["code"]);
        assert!(fields("SW-EXPECTATION", Some("x"), None, scots).is_empty());
    }

    #[test]
    fn a_ground_for_the_whole_request_withholds_no_single_record() {
        for code in ["UNFOUNDED", "EXCESSIVE", "NOT-IDENTIFIED", "IMMIGRATION", "TP-PROFESSIONAL", "NO-SUCH"] {
            assert_eq!(fields(code, Some("x"), None, asker(Relationship::Myself)), ["code"], "{code}");
        }
        assert!(fields("THIRD-PARTY", None, None, asker(Relationship::Myself)).is_empty());
        assert_eq!(fields("LPP", Some("  "), None, asker(Relationship::Myself)), ["reason"]);
    }
}
