//! The desk: the parts that acts work with.

use std::sync::Arc;

use secrecy::SecretString;

use crate::auth::Tokens;
use crate::base::{Clock, Moment, SigningKey};
use crate::bundle::Controller;
use crate::calendar::Division;
use crate::case::{Patience, Rhythm};
use crate::config::{
    AuditConfig, CasesConfig, ClockConfig, EvidenceConfig, JobsConfig, LimitsConfig, MetricsConfig, PagesConfig,
    ReportsConfig, TokensConfig,
};
use crate::datamap::DataMap;
use crate::erase::ForgetKey;
use crate::files::{Anchors, Files, Seal};
use crate::gather::Reach;
use crate::identity::ProofRules;
use crate::matching::Model;
use crate::post::Post;
use crate::sources::SourceSpec;
use crate::store::Store;

use super::holidays::KnownHolidays;

/// All that an act may use. `wiring` builds it.
pub struct Desk {
    /// The desk's own database.
    pub store: Store,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Bundles and spools.
    pub files: Files,
    /// The way out for letters.
    pub post: Post,
    /// Makes and reads tokens.
    pub tokens: Tokens,
    /// The key of one-time codes.
    pub secret: SecretString,
    /// What unsent forms and proof are sealed with.
    pub seal: Seal,
    /// The key of what stands in place of erased values, and of addresses that are kept out of lists.
    pub forget_key: ForgetKey,
    /// The key that signs bundles and anchors of the audit trail.
    pub audit_key: SigningKey,
    /// The folder that anchors are written to.
    pub anchors: Anchors,
    /// The bank holidays as last read from the store.
    pub holidays: KnownHolidays,
    /// What was configured.
    pub settings: Settings,
}

/// What was configured.
pub struct Settings {
    /// Where citizens reach the desk, without a final slash.
    pub base_url: String,
    /// Who answers for the data.
    pub controller: Controller,
    /// What becomes of cases.
    pub cases: CasesConfig,
    /// Tokens and codes.
    pub tokens: TokensConfig,
    /// The queue.
    pub jobs: JobsConfig,
    /// Whose bank holidays count.
    pub division: Division,
    /// Reminders and silent requesters.
    pub clock: ClockConfig,
    /// The citizens' pages.
    pub pages: PagesConfig,
    /// Who must show more than a code.
    pub proof: ProofRules,
    /// Files sent as proof.
    pub evidence: EvidenceConfig,
    /// How often things may be tried.
    pub limits: LimitsConfig,
    /// Reports.
    pub reports: ReportsConfig,
    /// The audit trail.
    pub audit: AuditConfig,
    /// The operator's monitoring.
    pub metrics: MetricsConfig,
    /// What is held, where.
    pub data_map: DataMap,
    /// The databases behind the data map, by dataset key.
    pub sources: Vec<SourceSpec>,
    /// How evidence that a record is somebody's is weighed.
    pub model: Model,
    /// How far a search for what no key leads to may go.
    pub reach: Reach,
}

impl Desk {
    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Where the requester follows a request.
    #[must_use]
    pub fn request_link(&self, case: crate::case::CaseId) -> String {
        format!("{}/requests/{case}", self.settings.base_url)
    }

    /// Where the requester opens the answer.
    #[must_use]
    pub fn answer_link(&self, case: crate::case::CaseId) -> String {
        format!("{}/answer", self.request_link(case))
    }

    /// Where the public half of the key that signs bundles is published.
    #[must_use]
    pub fn signing_key_link(&self) -> String {
        format!("{}/signing-key.pem", self.settings.base_url)
    }

    /// Where staff open a case.
    #[must_use]
    pub fn case_link(&self, case: crate::case::CaseId) -> String {
        format!("{}/desk/cases/{case}", self.settings.base_url)
    }
}

impl Settings {
    /// When reminders are made.
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        let clock = &self.clock;
        Rhythm {
            target_days: clock.target_days,
            target_lead: clock.target_lead_days,
            due_lead: clock.due_lead_days,
            notice_lead: clock.extension_notice_lead_days,
            escalate_every: clock.escalate_every_days,
            unverified: Patience { remind_days: clock.remind_unverified_days, lapse_days: clock.lapse_unverified_days },
            unclarified: Patience {
                remind_days: clock.remind_unclarified_days,
                lapse_days: clock.lapse_unclarified_days,
            },
        }
    }
}
