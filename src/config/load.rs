//! Reading the file and the environment, and naming every fault at once.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::sections::{AuditConfig, ClockConfig, Config, SourceConfig};
use crate::audit::AddressesKept;
use crate::base::key_bytes;
use crate::bundle::Controller;
use crate::calendar::Division;
use crate::case::{Channel, Relationship};
use crate::deadline::Right;

/// Everything that is wrong with a configuration, one sentence each, each naming its key and the cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the configuration has faults: ")?;
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Faults {}

const SECTIONS: [&str; 20] = [
    "desk",
    "database",
    "http",
    "controller",
    "post",
    "tokens",
    "data_map",
    "sources",
    "jobs",
    "cases",
    "clock",
    "pages",
    "identity",
    "evidence",
    "limits",
    "reports",
    "audit",
    "metrics",
    "storage",
    "matching",
];

/// Reads the configuration: the file at `path` if there is one, over it the variables of `environment` that are named
/// `RIGHTSDESK_SECTION__KEY`, and every key `NAME_file` replaced by the text of that file.
///
/// # Errors
/// [`Faults`] with every fault, never a secret's value.
pub fn load(path: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Config, Faults> {
    let mut faults = Vec::new();
    let mut table = match path.map(read_table).transpose() {
        Ok(table) => table.unwrap_or_default(),
        Err(fault) => return Err(Faults(vec![fault])),
    };
    overlay(&mut table, environment);
    secrets_from_files(&mut table, "", &mut faults);

    for name in table.keys().filter(|name| !SECTIONS.contains(&name.as_str())) {
        faults.push(format!("[{name}] is not a known section: use one of {}", SECTIONS.join(", ")));
    }
    let sources = match table.remove("sources") {
        None => Some(BTreeMap::new()),
        Some(Value::Table(all)) => sources(all, &mut faults),
        Some(_) => {
            faults.push("sources must be a table: write [sources.NAME]".to_owned());
            None
        }
    };
    let config = (|| {
        // Each section is read even after one has failed, so that all faults come out together.
        let desk = section(&mut table, "desk", &mut faults);
        let database = section(&mut table, "database", &mut faults);
        let http = section(&mut table, "http", &mut faults);
        let controller = section::<Controller>(&mut table, "controller", &mut faults);
        let post = section(&mut table, "post", &mut faults);
        let tokens = section(&mut table, "tokens", &mut faults);
        let data_map = section(&mut table, "data_map", &mut faults);
        let jobs = section(&mut table, "jobs", &mut faults);
        let cases = section(&mut table, "cases", &mut faults);
        let clock = section(&mut table, "clock", &mut faults);
        let pages = section(&mut table, "pages", &mut faults);
        let identity = section(&mut table, "identity", &mut faults);
        let evidence = section(&mut table, "evidence", &mut faults);
        let limits = section(&mut table, "limits", &mut faults);
        let reports = section(&mut table, "reports", &mut faults);
        let audit = section(&mut table, "audit", &mut faults);
        let metrics = section(&mut table, "metrics", &mut faults);
        let storage = section(&mut table, "storage", &mut faults);
        let matching = section(&mut table, "matching", &mut faults);
        Some(Config {
            desk: desk?,
            database: database?,
            http: http?,
            controller: controller?,
            post: post?,
            tokens: tokens?,
            data_map: data_map?,
            sources: sources?,
            jobs: jobs?,
            cases: cases?,
            clock: clock?,
            pages: pages?,
            identity: identity?,
            evidence: evidence?,
            limits: limits?,
            reports: reports?,
            audit: audit?,
            metrics: metrics?,
            storage: storage?,
            matching: matching?,
        })
    })();
    if let Some(config) = &config {
        contradictions(config, &mut faults);
    }
    match config {
        Some(config) if faults.is_empty() => Ok(config),
        _ => Err(Faults(faults)),
    }
}

fn read_table(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| format!("{} cannot be read ({}): name the file with --config", path.display(), e.kind()))?;
    text.parse::<Table>().map_err(|e| {
        let line = e.span().map_or(0, |span| text.get(..span.start).map_or(0, |t| t.lines().count().max(1)));
        format!("{} is not valid TOML at line {line}: {}", path.display(), e.message())
    })
}

fn overlay(table: &mut Table, environment: impl Iterator<Item = (String, String)>) {
    for (name, value) in environment {
        let Some(path) = name.strip_prefix("RIGHTSDESK_").filter(|rest| rest.contains("__")) else { continue };
        let keys: Vec<String> = path.split("__").map(str::to_lowercase).collect();
        let Some((last, parents)) = keys.split_last() else { continue };
        let mut at = &mut *table;
        for key in parents {
            let entry = at.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
            if !entry.is_table() {
                *entry = Value::Table(Table::new());
            }
            let Value::Table(inner) = entry else { return };
            at = inner;
        }
        // A value from the environment stands in place of a file's, and a file from the environment in place of a value.
        match last.strip_suffix("_file") {
            Some(plain) => at.remove(plain),
            None => at.remove(&format!("{last}_file")),
        };
        at.insert(last.clone(), Value::String(value));
    }
}

/// Replaces each `NAME_file = "path"` by `NAME = "the file's text"`, without the line break at its end.
fn secrets_from_files(table: &mut Table, path: &str, faults: &mut Vec<String>) {
    let named: Vec<String> = table
        .iter()
        .filter(|(key, value)| key.ends_with("_file") && !value.is_table())
        .map(|(key, _)| key.clone())
        .collect();
    for key in named {
        let Some(Value::String(file)) = table.remove(&key) else {
            faults.push(format!("{path}{key} must be a file name in quotes"));
            continue;
        };
        let Some(target) = key.strip_suffix("_file") else { continue };
        if table.contains_key(target) {
            faults.push(format!("{path}{target} and {path}{key} are both set: keep one"));
            continue;
        }
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                table.insert(target.to_owned(), Value::String(text.trim_end_matches(['\r', '\n']).to_owned()));
            }
            Err(e) => faults.push(format!("{path}{key} names a file that cannot be read ({})", e.kind())),
        }
    }
    for (key, value) in table.iter_mut() {
        if let Value::Table(inner) = value {
            secrets_from_files(inner, &format!("{path}{key}."), faults);
        }
    }
}

fn section<T: DeserializeOwned>(table: &mut Table, name: &str, faults: &mut Vec<String>) -> Option<T> {
    let value = table.remove(name).unwrap_or_else(|| Value::Table(Table::new()));
    read_section(value, name, faults)
}

fn read_section<T: DeserializeOwned>(value: Value, name: &str, faults: &mut Vec<String>) -> Option<T> {
    let mut unknown = Vec::new();
    let read = serde_ignored::deserialize(value, |path| unknown.push(path.to_string()));
    faults.extend(unknown.into_iter().map(|key| format!("{name}.{key} is not a known key: remove or correct it")));
    match read {
        Ok(value) => Some(value),
        Err(e) => {
            faults.push(format!("[{name}] {}", e.message()));
            None
        }
    }
}

fn sources(all: Table, faults: &mut Vec<String>) -> Option<BTreeMap<String, SourceConfig>> {
    let before = faults.len();
    let mut read = BTreeMap::new();
    for (name, value) in all {
        if let Some(source) = read_section(value, &format!("sources.{name}"), faults) {
            read.insert(name, source);
        }
    }
    (faults.len() == before).then_some(read)
}

fn contradictions(config: &Config, faults: &mut Vec<String>) {
    let ways = [
        ("post.smtp_url", config.post.smtp_url.is_some()),
        ("post.folder", config.post.folder.is_some()),
        ("post.notify_key", config.post.notify_key.is_some()),
    ];
    let set: Vec<&str> = ways.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect();
    match set.len() {
        0 => faults
            .push("post.smtp_url is missing: set it, or post.notify_key, or post.folder for development".to_owned()),
        1 => {}
        _ => faults.push(format!("{} are both set: keep one", set.join(" and "))),
    }
    if config.post.notify_key.is_some() && config.post.notify_template.is_none() {
        faults.push("post.notify_template is missing: set it to the template's identifier".to_owned());
    }
    if !config.desk.base_url.starts_with("https://") && !config.desk.base_url.starts_with("http://") {
        faults.push("desk.base_url must begin with https:// (or http:// on this machine)".to_owned());
    }
    if config.desk.base_url.ends_with('/') {
        faults.push("desk.base_url must not end with a slash".to_owned());
    }
    if config.tokens.secret.as_ref().is_some_and(|secret| secret.expose_secret().len() < 32) {
        faults.push("tokens.secret is too short: use at least 32 random characters".to_owned());
    }
    if let Err(e) = config.clock.division.parse::<Division>() {
        faults.push(format!("clock.division: {e}"));
    }
    if !(1..=10).contains(&config.tokens.code_attempts) {
        faults.push("tokens.code_attempts must be from 1 to 10".to_owned());
    }
    if config.jobs.workers == 0 || config.jobs.attempts == 0 || config.jobs.lease_seconds < 5 {
        faults.push("jobs needs workers and attempts of at least 1 and lease_seconds of at least 5".to_owned());
    }
    if config.http.workers == 0 {
        faults.push("http.workers must be at least 1".to_owned());
    }
    for proxy in &config.http.trusted_proxies {
        if network(proxy).is_none() {
            faults.push("http.trusted_proxies must be addresses or networks like 10.0.0.0/8".to_owned());
        }
    }
    if config.metrics.token.as_ref().is_some_and(|token| token.expose_secret().len() < 20) {
        faults.push("metrics.token is too short: use at least 20 random characters".to_owned());
    }
    clock_contradictions(&config.clock, faults);
    audit_contradictions(&config.audit, faults);
    config.matching.contradictions(faults);
    citizens_contradictions(config, faults);
    key_contradictions(config, faults);
    for (name, source) in &config.sources {
        let seconds = 1..=86_400;
        let limits = [("connect_seconds", source.connect_seconds), ("search_seconds", source.search_seconds)];
        for (key, _) in limits.iter().filter(|(_, value)| !seconds.contains(value)) {
            faults.push(format!("sources.{name}.{key} must be from 1 to 86400"));
        }
        if !(1..=1_000).contains(&source.connections) || source.row_limit == 0 {
            faults.push(format!("sources.{name} needs connections from 1 to 1000 and a row_limit of at least 1"));
        }
    }
}

/// An address, or a network in CIDR notation.
#[must_use]
pub fn network(text: &str) -> Option<ipnet::IpNet> {
    text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(ipnet::IpNet::from))
}

fn audit_contradictions(audit: &AuditConfig, faults: &mut Vec<String>) {
    if let Err(e) = audit.addresses.parse::<AddressesKept>() {
        faults.push(format!("audit.addresses: {e}"));
    }
    if audit.anchor_emails.iter().any(|address| !address.contains('@')) {
        faults.push("audit.anchor_emails must be e-mail addresses like name@example.org".to_owned());
    }
}

fn citizens_contradictions(config: &Config, faults: &mut Vec<String>) {
    if !is_dark(&config.pages.brand_colour) {
        faults.push("pages.brand_colour must be a colour like #1d3557 on which white text can be read".to_owned());
    }
    if !(10..=1_440).contains(&config.pages.idle_minutes) {
        faults.push("pages.idle_minutes must be from 10 to 1440".to_owned());
    }
    if !(1..=60).contains(&config.pages.resume_days) {
        faults.push("pages.resume_days must be from 1 to 60".to_owned());
    }
    let safe = |url: &String| url.starts_with("https://");
    if !config.pages.exit_url.is_empty() && !safe(&config.pages.exit_url) {
        faults.push("pages.exit_url must begin with https://, or be empty".to_owned());
    }
    if config.pages.privacy_url.as_ref().is_some_and(|url| !safe(url)) {
        faults.push("pages.privacy_url must begin with https://".to_owned());
    }
    let tested = config.pages.accessibility_tested_on.as_deref();
    if tested.is_some_and(|on| crate::base::parse_date(on).is_err()) {
        faults.push("pages.accessibility_tested_on must be a date like 2026-11-23".to_owned());
    }
    let identity = &config.identity;
    for right in &identity.proof_for_rights {
        if let Err(e) = right.parse::<Right>() {
            faults.push(format!("identity.proof_for_rights: {e}"));
        }
    }
    for channel in &identity.proof_for_channels {
        if let Err(e) = channel.parse::<Channel>() {
            faults.push(format!("identity.proof_for_channels: {e}"));
        }
    }
    for who in &identity.authority_for {
        if !matches!(who.parse(), Ok(Relationship::Parent | Relationship::Representative)) {
            faults.push("identity.authority_for takes parent and representative".to_owned());
        }
    }
    if config.evidence.key.as_ref().is_some_and(|key| key.expose_secret().len() < 32) {
        faults.push("evidence.key is too short: use at least 32 random characters".to_owned());
    }
    if !(10_000..=50_000_000).contains(&config.evidence.most_bytes) {
        faults.push("evidence.most_bytes must be from 10000 to 50000000".to_owned());
    }
}

/// A colour `#rrggbb` on which white text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3).
fn is_dark(colour: &str) -> bool {
    let Some(digits) = colour.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))
    else {
        return false;
    };
    let part = |at: usize| digits.get(at..at + 2).and_then(|d| u8::from_str_radix(d, 16).ok()).unwrap_or(255);
    let linear = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(part(0)) + 0.7152 * linear(part(2)) + 0.0722 * linear(part(4));
    1.05 / (luminance + 0.05) >= 4.5
}

fn key_contradictions(config: &Config, faults: &mut Vec<String>) {
    let no_key = |key: &Option<SecretString>| key.as_ref().is_some_and(|key| key_bytes(key.expose_secret()).is_none());
    let mut fault = |what: &str| {
        faults.push(format!("{what} must be 32 bytes in base64 or hexadecimal: openssl rand -base64 32"));
    };
    if no_key(&config.audit.signing_key) {
        fault("audit.signing_key");
    }
    if no_key(&config.storage.key) {
        fault("storage.key");
    }
    if config.storage.former().is_none() {
        fault("each of storage.former_keys");
    }
}

fn clock_contradictions(clock: &ClockConfig, faults: &mut Vec<String>) {
    /// A date that far away is a slip of the keyboard.
    const MOST_DAYS: u32 = 3_660;
    // Nothing lapses of which the requester was not told beforehand.
    for (name, remind, lapse) in [
        ("unverified", clock.remind_unverified_days, clock.lapse_unverified_days),
        ("unclarified", clock.remind_unclarified_days, clock.lapse_unclarified_days),
    ] {
        if lapse > 0 && (remind == 0 || remind >= lapse) {
            faults.push(format!(
                "clock.lapse_{name}_days must be more than clock.remind_{name}_days, which must not be 0: the reminder \
                 tells when the request lapses (0 turns the lapse off)"
            ));
        }
    }
    for (name, days) in [
        ("target_days", clock.target_days),
        ("target_lead_days", clock.target_lead_days),
        ("due_lead_days", clock.due_lead_days),
        ("extension_notice_lead_days", clock.extension_notice_lead_days),
        ("escalate_every_days", clock.escalate_every_days),
        ("lapse_unverified_days", clock.lapse_unverified_days),
        ("lapse_unclarified_days", clock.lapse_unclarified_days),
        ("remind_unverified_days", clock.remind_unverified_days),
        ("remind_unclarified_days", clock.remind_unclarified_days),
    ] {
        if days > MOST_DAYS {
            faults.push(format!("clock.{name} must be at most {MOST_DAYS}"));
        }
    }
    let addresses = clock.escalation_emails.iter().map(|a| ("escalation_emails", a));
    for (name, address) in addresses.chain(clock.team_email.iter().map(|a| ("team_email", a))) {
        if !address.contains('@') {
            faults.push(format!("clock.{name} must be an e-mail address like name@example.org"));
        }
    }
    if !(1..=1_440).contains(&clock.tick_minutes) {
        faults.push("clock.tick_minutes must be from 1 to 1440".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [desk]
        base_url = "https://rights.example.org"
        [database]
        url = "sqlite://desk.sqlite"
        [controller]
        name = "Lancashire County Council"
        service = "CSAP"
        registration = "Z542705X"
        address = ["County Hall"]
        email = "dataprotection@lancashire.gov.uk"
        dpo_email = "dpo@lancashire.gov.uk"
        regulator = "Information Commissioner"
        regulator_complaints_url = "https://ico.org.uk/make-a-complaint/"
        [post]
        from = "rights@example.org"
        folder = "post"
    "#;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    fn vars(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn the_environment_wins_and_numbers_may_be_text() {
        let file = file(GOOD);
        let config = load(
            Some(file.path()),
            vars(&[
                ("RIGHTSDESK_HTTP__LISTEN", "127.0.0.1:9"),
                ("RIGHTSDESK_JOBS__WORKERS", "5"),
                ("RIGHTSDESK_SOURCES__CSAP_WEBSITE__URL", "sqlite://x"),
                ("RIGHTSDESK_TEST_POSTGRES", "ignored: no section"),
            ]),
        )
        .unwrap();
        assert_eq!(config.http.listen, "127.0.0.1:9");
        assert_eq!(config.jobs.workers, 5);
        assert!(config.sources.contains_key("csap_website"));
    }

    #[test]
    fn every_fault_is_named_at_once_and_no_secret_is_shown() {
        let file = file(
            "[desk]\nbase_url = 'ftp://x'\ncolour = 'red'\n[database]\nurl = 'sqlite://x'\nconnections = 'many'\n\
             [tokens]\nsecret = 'hunter2'\n[surprise]\n[post]\nfrom = 'a@b'\n",
        );
        let faults = load(Some(file.path()), vars(&[])).unwrap_err().to_string();
        for part in ["desk.colour", "[surprise]", "[database]", "whole number", "[controller]"] {
            assert!(faults.contains(part), "{part} in {faults}");
        }
        assert!(!faults.contains("hunter2"));
    }

    #[test]
    fn a_lapse_that_nobody_is_told_of_is_refused() {
        let file = file(GOOD);
        let faults = |pairs: &[(&str, &str)]| load(Some(file.path()), vars(pairs)).err().map(|f| f.to_string());
        assert_eq!(faults(&[("RIGHTSDESK_CLOCK__LAPSE_UNVERIFIED_DAYS", "0")]), None);
        for pairs in [
            [("RIGHTSDESK_CLOCK__REMIND_UNVERIFIED_DAYS", "0")],
            [("RIGHTSDESK_CLOCK__LAPSE_UNVERIFIED_DAYS", "7")],
            [("RIGHTSDESK_CLOCK__TICK_MINUTES", "0")],
            [("RIGHTSDESK_CLOCK__TEAM_EMAIL", "the team")],
        ] {
            assert!(faults(&pairs).unwrap().contains("clock."), "{pairs:?}");
        }
        let config = load(Some(file.path()), vars(&[("RIGHTSDESK_CLOCK__ESCALATION_EMAILS", "a@b.c, d@e.f")])).unwrap();
        assert_eq!(config.clock.escalation_emails, ["a@b.c", "d@e.f"]);
    }

    #[test]
    fn what_the_citizens_side_cannot_use_is_named() {
        let file = file(GOOD);
        let faults = |key: &str, value: &str| {
            load(Some(file.path()), vars(&[(&format!("RIGHTSDESK_{key}"), value)])).err().map(|f| f.to_string())
        };
        assert_eq!(faults("PAGES__BRAND_COLOUR", "#0b0c0c"), None);
        assert_eq!(faults("IDENTITY__PROOF_FOR_RIGHTS", "erasure, portability"), None);
        for (key, bad) in [
            ("PAGES__BRAND_COLOUR", "#ffdd00"),
            ("PAGES__BRAND_COLOUR", "red; } body { display: none"),
            ("PAGES__EXIT_URL", "javascript:alert(1)"),
            ("PAGES__IDLE_MINUTES", "1"),
            ("IDENTITY__PROOF_FOR_RIGHTS", "everything"),
            ("IDENTITY__AUTHORITY_FOR", "self"),
            ("EVIDENCE__KEY", "short"),
            ("HTTP__TRUSTED_PROXIES", "everybody"),
            ("POST__NOTIFY_KEY", "a-key"),
        ] {
            let section = key.split_once("__").unwrap().0.to_lowercase();
            assert!(faults(key, bad).unwrap().contains(&section), "{key}");
        }
    }

    #[test]
    fn a_secret_may_come_from_a_file() {
        let secret = file("0123456789abcdef0123456789abcdef\n");
        let file = file(GOOD);
        let config =
            load(Some(file.path()), vars(&[("RIGHTSDESK_TOKENS__SECRET_FILE", secret.path().to_str().unwrap())]))
                .unwrap();
        assert_eq!(config.tokens.secret.unwrap().expose_secret(), "0123456789abcdef0123456789abcdef");
    }
}
