//! A request is personal data too: the desk's own data map finds it in a later search.

use std::collections::BTreeSet;

use rightsdesk::datamap::check;
use rightsdesk::sources::{Limits, SourceUrl, open};
use secrecy::ExposeSecret;

use crate::gather::place::{Kind, by_email, gathered, map};
use crate::rectify::Corrected;

const MAP: &str = include_str!("../../../assets/datamaps/desk.yml");

/// Tables with a case in them that the map leaves out, and why.
const LEFT_OUT: &[&str] = &[
    // Nobody could read them, or they only order what is elsewhere.
    "verification_codes",
    "drafts",
    "jobs",
    "gathers",
    "gather_progress",
    "searches",
    "redactions",
    "review_steps",
    "suggestion_rejections",
    "warning_answers",
    "sign_offs",
    "suppressions",
    // They say how a case went, in words of a closed list, for figures.
    "case_endings",
    "case_withheld",
    "case_teams",
    "work_times",
    "new_dates",
    "reminders",
    "recomputed_cases",
    // Which case came out of which, or is like which: the cases themselves are in the map.
    "case_origins",
    "related_cases",
];

both! {
    fn the_request_itself_is_found_by_a_later_search(backend) {
        let desk = Corrected::new(backend, Kind::Sqlite);
        let path = desk.signed("accounts/1", "phone", "07700 900999");
        desk.bench.work();
        assert_eq!(desk.state(&path), "written");
        let url: SourceUrl = desk.bench.config.database.url.expose_secret().parse().unwrap();
        let map = map(MAP);
        let names: Vec<&str> = map.datasets[0].collections.iter().map(|collection| collection.name.as_str()).collect();
        let mut source = open(&url, Limits::default());
        let schema = source.schema(&names).unwrap();
        let faults = check(&map, |_| Some(&schema));
        assert!(faults.is_empty(), "{faults:?}");

        let found = gathered(&map, &[("desk".to_owned(), url.clone())], &by_email("ann@example.org"));
        let standings = found.standings();
        for collection in ["cases", "case_identifiers", "corrections", "clock_events", "audit_events"] {
            let own: Vec<&String> =
                standings.iter().filter(|(id, _)| id.starts_with(&format!("{collection}/"))).map(|(_, why)| why).collect();
            assert!(!own.is_empty(), "{collection}: {standings:?}");
            assert!(own.iter().all(|why| why.contains("a person looks")), "nothing goes out by itself: {own:?}");
        }
        // Of nobody else's request.
        let other = gathered(&map, &[("desk".to_owned(), url)], &by_email("bob@example.org"));
        assert!(other.standings().is_empty(), "{:?}", other.standings());

        // A table that is added later is mapped, or left out for a reason that is written down.
        let everything = source.everything(&names).unwrap();
        let of_a_case: BTreeSet<&str> = everything.schema.tables.iter()
            .filter(|table| table.columns.iter().any(|column| column.name == "case_id"))
            .map(|table| table.name.as_str()).collect();
        let known: BTreeSet<&str> = names.iter().copied().chain(LEFT_OUT.iter().copied()).collect();
        let unknown: Vec<_> = of_a_case.difference(&known).collect();
        assert!(unknown.is_empty(), "{unknown:?} is not in assets/datamaps/desk.yml");
    }
}
