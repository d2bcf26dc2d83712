//! The report and audit pages in a real browser: the same numbers as the JSON, sound with and without scripts.

use rightsdesk::access::Role;
use rightsdesk::report::{Basis, Format};
use rightsdesk::sample::Trail;
use serde_json::Value;

use super::{fill, json_report, order, plan};
use crate::harness::browser::{Page, View};
use crate::harness::{Backend, Bench, Options, STAFF_PASSWORD};

fn bench() -> Bench {
    let bench = Bench::with(Backend::Sqlite, Options { jobs_may_remain: true, ..Options::default() });
    fill(&bench, &plan(400), Trail::Whole);
    bench.staff("otto", Role::Auditor);
    bench
}

fn signed_in(bench: &Bench, view: View, path: &str) -> Page {
    let page = Page::open(view);
    page.goto(&format!("{}{path}", bench.url));
    page.fill("User name", "otto");
    page.fill("Password", STAFF_PASSWORD);
    page.button("Sign in");
    page
}

/// As the page writes a value of the JSON.
fn written(value: &Value, unit: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if unit == "per cent" => format!("{:.1}%", number.as_f64().unwrap()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[test]
fn the_report_page_has_the_numbers_of_the_json_and_charts_of_them() {
    let bench = bench();
    let address = "/desk/reports?report=deadlines&from=2025-04-01&to=2026-03-31&by=received";
    let json = json_report(&bench, &order("2025-04-01", "2026-03-31", Basis::Received, None, Format::Json));
    for view in [View::PHONE, View::DESKTOP, View::DESKTOP.without_javascript()] {
        let page = signed_in(&bench, view, "/desk/reports");
        page.assert_sound();
        page.fill("From", "2025-04-01");
        page.fill("To", "2026-03-31");
        page.button("Show the report");
        assert!(page.title().starts_with("Reports"), "{}", page.title());
        page.assert_sound();
        let cells = page.texts("section[aria-label=Figures] tbody tr > *");
        let rows: Vec<&[String]> = cells.chunks(5).collect();
        let figures = json["figures"].as_array().unwrap();
        assert_eq!(rows.len(), figures.len());
        for (row, figure) in rows.iter().zip(figures) {
            let unit = figure["unit"].as_str().unwrap();
            let expected: Vec<String> = ["label", "unit", "period", "previous", "open_now"]
                .iter()
                .map(|key| written(&figure[*key], unit))
                .collect();
            let plain = |text: &String| text.trim_end_matches(".0").replace(".0%", "%");
            assert_eq!(row.iter().map(plain).collect::<Vec<_>>(), expected.iter().map(plain).collect::<Vec<_>>());
        }
        // A bar for each month, with the number of the table.
        let months = json["by_month"].as_array().unwrap();
        let bars = page.count("section[aria-label='By month'] svg[aria-labelledby=chart-by_month-received] rect");
        assert_eq!(usize::try_from(bars).unwrap(), months.len());
        let html = page.html();
        let drawn =
            html.split("aria-labelledby=\"chart-by_month-received\"").nth(1).unwrap().split("</svg>").next().unwrap();
        for month in months {
            let bar = drawn.split(&format!(">{}</text>", month["month"].as_str().unwrap())).nth(1).unwrap();
            let number = bar.split("<text").nth(1).unwrap();
            assert!(number.contains(&format!(">{}</text>", month["received"])), "{month} {number}");
        }
        for report in ["foi&from=2025-04-01&to=2026-03-31", "backlog"] {
            assert_eq!(page.goto(&format!("{}/desk/reports?report={report}", bench.url)), 200);
            page.assert_sound();
        }
        // What is wrong is said beside the field, and what was typed stays.
        page.goto(&format!("{}/desk/reports?report=deadlines&from=2026-04-01&to=2025-04-01&by=closed", bench.url));
        assert!(page.title().starts_with("Error: "));
        assert_eq!(page.value("From"), "2026-04-01");
        assert!(page.axe().is_empty());
    }
    // The file behind the page is the one of the API.
    let page = signed_in(&bench, View::DESKTOP, "/desk/reports");
    page.goto(&format!("{}{address}", bench.url));
    let link = page.attribute("a[href*='format=json']", "href").unwrap();
    assert!(link.starts_with("/desk/reports/file?") && link.contains("from=2025-04-01"), "{link}");
}

#[test]
fn an_auditor_searches_checks_and_takes_the_trail_and_nobody_else_does() {
    let bench = bench();
    for view in [View::PHONE, View::DESKTOP, View::DESKTOP.without_javascript()] {
        let page = signed_in(&bench, view, "/desk/audit");
        page.assert_sound();
        page.fill("What: the kind of entry, like case_read", "signed_in");
        page.fill("Who: a user name, requester, operator or system", "otto");
        page.button("Search");
        page.assert_sound();
        let kinds = page.texts("tbody tr td:nth-child(6)");
        assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "signed_in"), "{kinds:?}");
        assert_eq!(page.texts("tbody tr td:nth-child(3)")[0], "otto");
        page.button("Check the whole trail");
        assert!(page.text_of(".govuk-notification-banner").contains("The audit trail is intact"), "{}", page.text());
        page.assert_sound();
        page.link("Later entries");
        page.assert_sound();
        page.goto(&format!("{}/desk/audit?from=yesterday&case=NONE", bench.url));
        assert!(page.title().starts_with("Error: "));
        assert!(page.axe().is_empty());
    }
    bench.sql("DROP TRIGGER audit_events_no_update").unwrap();
    bench.sql("UPDATE audit_events SET actor = 'staff:nobody' WHERE seq = 4").unwrap();
    let page = signed_in(&bench, View::DESKTOP, "/desk/audit");
    page.button("Check the whole trail");
    let said = page.text_of(".govuk-notification-banner");
    assert!(said.contains("audit entry 4 was changed after it was written"), "{said}");
    assert!(page.axe().is_empty());
    // A caseworker reads neither.
    bench.staff("jo", Role::Caseworker);
    let page = Page::open(View::DESKTOP);
    page.goto(&format!("{}/desk/sign-in", bench.url));
    page.fill("User name", "jo");
    page.fill("Password", STAFF_PASSWORD);
    page.button("Sign in");
    for path in ["/desk/audit", "/desk/audit/export", "/desk/reports", "/desk/reports/file?report=backlog&format=json"]
    {
        assert_eq!(page.goto(&format!("{}{path}", bench.url)), 403, "{path}");
    }
}
