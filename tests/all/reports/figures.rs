//! Every figure, to the digit, against an independent count over generated years of cases; as they stand now, and as they
//! stood on past days; and against SQL on the facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rightsdesk::report::{AsAt, Basis, Format, History};
use rightsdesk::sample::Trail;
use serde_json::{Value, json};

use super::naive::{Seen, figures, see};
use super::{day, fill, json_report, order, plan};
use crate::clock::HOLIDAYS;
use crate::clock::reference::Wall;
use crate::harness::{Backend, Bench, Options};

/// A quarter, a year, odd days, and the whole, each with the period before it.
const PERIODS: [(&str, &str, &str, &str); 4] = [
    ("2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
    ("2025-04-01", "2026-03-31", "2024-04-01", "2025-03-31"),
    ("2026-06-10", "2026-07-19", "2026-05-01", "2026-06-09"),
    ("2024-01-01", "2026-11-30", "2021-02-01", "2023-12-31"),
];

fn column(report: &Value, sheet: &str, key: &str, column: &str) -> BTreeMap<String, Value> {
    let rows = report[sheet].as_array().unwrap_or_else(|| panic!("no sheet {sheet}"));
    rows.iter().map(|row| (row[key].as_str().unwrap().to_owned(), row[column].clone())).collect()
}

fn in_period(seen: &[Seen], basis: Basis, (from, to): (NaiveDate, NaiveDate)) -> Vec<&Seen> {
    let day = |c: &Seen| if basis == Basis::Received { Some(c.received) } else { c.closed };
    seen.iter().filter(|c| day(c).is_some_and(|on| from <= on && on <= to)).collect()
}

/// Compares a whole report with the naive count.
fn compare(bench: &Bench, histories: &[History], wall: &Wall, as_at: Option<&str>) {
    let moment = as_at.map_or_else(|| AsAt::at(bench.desk.now()), |text| AsAt::end_of(day(text)));
    let seen: Vec<Seen> = histories.iter().filter_map(|history| see(wall, history, moment.moment)).collect();
    for basis in [Basis::Received, Basis::Closed] {
        for (from, to, previous_from, previous_to) in PERIODS {
            let report = json_report(bench, &order(from, to, basis, as_at, Format::Json));
            let what = format!("{basis} {from} to {to} as at {as_at:?}");
            let (period, previous) = ((day(from), day(to)), (day(previous_from), day(previous_to)));
            let cases = in_period(&seen, basis, period);
            let expected = figures(&cases, moment.today, Some(period));
            assert_eq!(column(&report, "figures", "figure", "period"), expected, "{what}");
            let before = figures(&in_period(&seen, basis, previous), moment.today, Some(previous));
            assert_eq!(column(&report, "figures", "figure", "previous"), before, "{what}: the period before");
            let open: Vec<&Seen> = seen.iter().filter(|c| c.closed.is_none()).collect();
            assert_eq!(
                column(&report, "figures", "figure", "open_now"),
                figures(&open, moment.today, None),
                "{what}: open"
            );
            assert_eq!(report["cases"].as_array().unwrap().len(), cases.len(), "{what}: a line for each case");
            groups(&report, basis, &cases, moment.today, period, &what);
            tallies(&report, &cases, moment.today, &what);
        }
    }
}

fn groups(report: &Value, basis: Basis, cases: &[&Seen], today: NaiveDate, period: (NaiveDate, NaiveDate), what: &str) {
    let by_day = |c: &Seen| if basis == Basis::Received { c.received } else { c.closed.unwrap() };
    let year = |on: NaiveDate| {
        let first = if on < NaiveDate::from_ymd_opt(chrono::Datelike::year(&on), 4, 1).unwrap() { -1 } else { 0 }
            + chrono::Datelike::year(&on);
        format!("{first}/{:02}", (first + 1) % 100)
    };
    type Key<'k> = &'k dyn Fn(&Seen) -> String;
    let keys: [(&str, &str, Key<'_>); 6] = [
        ("by_right", "right", &|c| c.right.to_string()),
        ("by_channel", "channel", &|c| c.channel.clone()),
        ("by_requester", "requester", &|c| c.requester.clone()),
        ("by_team", "team", &|c| c.team.clone()),
        ("by_month", "month", &|c| by_day(c).format("%Y-%m").to_string()),
        ("by_financial_year", "financial_year", &|c| year(by_day(c))),
    ];
    for (sheet, key, of) in keys {
        let mut parted: BTreeMap<String, Vec<&Seen>> = BTreeMap::new();
        cases.iter().for_each(|c| parted.entry(of(c)).or_default().push(c));
        let rows = report[sheet].as_array().unwrap();
        assert_eq!(rows.len(), parted.len(), "{what}: {sheet}");
        for (row, (value, cases)) in rows.iter().zip(parted) {
            assert_eq!(row[key], json!(value), "{what}: {sheet}");
            for (figure, expected) in figures(&cases, today, Some(period)) {
                assert_eq!(row[&figure], expected, "{what}: {sheet} {value} {figure}");
            }
        }
    }
}

fn tallies(report: &Value, cases: &[&Seen], today: NaiveDate, what: &str) {
    use rightsdesk::deadline::Right;
    use rightsdesk::report::{How, WithheldHow};
    let requests: Vec<&&Seen> = cases.iter().filter(|c| c.right != Right::ComplaintAck).collect();
    let mut expected: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for c in &requests {
        if c.how == Some(How::Refused) {
            *expected.entry(("refused_by_ground", c.code.clone().unwrap_or("NOT-RECORDED".into()))).or_default() += 1;
        }
        for (how, code) in &c.withheld {
            let sheet = if *how == WithheldHow::Exempted { "exempted_by_code" } else { "redacted_by_code" };
            *expected.entry((sheet, code.clone())).or_default() += 1;
        }
        if let (true, Some(reason)) = (c.is_late(today), &c.reason) {
            *expected.entry(("late_by_reason", reason.clone())).or_default() += 1;
        }
    }
    for sheet in ["refused_by_ground", "exempted_by_code", "redacted_by_code", "late_by_reason"] {
        let recorded = |code: &str| rightsdesk::report::LateReason::ALL.iter().any(|r| r.as_str() == code);
        let counted: BTreeMap<String, Value> = column(report, sheet, "code", "cases");
        let late: u64 = counted.values().map(|n| n.as_u64().unwrap()).sum();
        if sheet == "late_by_reason" {
            assert_eq!(
                late as usize,
                requests.iter().filter(|c| c.is_late(today)).count(),
                "{what}: every late one has a row"
            );
        }
        let counted: BTreeMap<String, Value> =
            counted.into_iter().filter(|(code, _)| sheet != "late_by_reason" || recorded(code)).collect();
        let expected: BTreeMap<String, Value> =
            expected.iter().filter(|((s, _), _)| *s == sheet).map(|((_, code), n)| (code.clone(), json!(n))).collect();
        assert_eq!(counted, expected, "{what}: {sheet}");
    }
}

/// One number from SQL on the desk's tables.
fn sql_number(bench: &Bench, text: &str) -> i64 {
    use diesel::sql_types::{BigInt, Nullable};
    use diesel::{QueryableByName, RunQueryDsl};
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<BigInt>)]
        n: Option<i64>,
    }
    let rows = bench.desk.store.read(|conn| {
        Ok::<_, rightsdesk::store::StoreError>(
            diesel::sql_query(text).load::<Row>(conn).unwrap_or_else(|e| panic!("{text}: {e}")),
        )
    });
    rows.unwrap()[0].n.unwrap_or(-1)
}

both! {
    fn every_figure_is_what_an_independent_count_gives_now_and_on_past_days(backend) {
        let bench = Bench::new(backend);
        let histories = fill(&bench, &plan(1_200), Trail::Whole);
        let wall = Wall::hang(HOLIDAYS);
        for as_at in [None, Some("2026-11-23"), Some("2026-03-31"), Some("2025-12-25"), Some("2024-06-30"), Some("2024-01-31")] {
            compare(&bench, &histories, &wall, as_at);
        }
    }

    fn the_main_figures_are_what_sql_on_the_facts_gives(backend) {
        let bench = Bench::new(backend);
        fill(&bench, &plan(1_500), Trail::Whole);
        for as_at in ["2026-11-22", "2025-09-14"] {
            let report = json_report(&bench, &order("2025-01-01", "2026-06-30", Basis::Received, Some(as_at), Format::Json));
            let figure = |name: &str| column(&report, "figures", "figure", "period")[name].as_i64().unwrap_or(-1);
            let until = AsAt::end_of(day(as_at)).moment.naive_utc().format("%Y-%m-%d %H:%M:%S%.6f").to_string();
            // Of each line of corrections the last; of each case's lines of receipt the earliest.
            let stood = format!(
                "WITH lines AS (SELECT case_id, kind, happened_on, ROW_NUMBER() OVER (PARTITION BY COALESCE(corrects, id) \
                 ORDER BY recorded_at DESC, id DESC) AS place FROM clock_events WHERE recorded_at <= '{until}'), \
                 received AS (SELECT l.case_id, MIN(l.happened_on) AS received_on FROM lines l JOIN cases c ON c.id = l.case_id \
                 WHERE l.place = 1 AND l.kind = 'received' AND c.right_asked <> 'complaint_ack' GROUP BY l.case_id), \
                 ends AS (SELECT case_id, how, at, ROW_NUMBER() OVER (PARTITION BY case_id ORDER BY audit_seq DESC) AS place \
                 FROM case_endings WHERE at <= '{until}'), \
                 stood AS (SELECT r.case_id, r.received_on, e.how, e.at FROM received r LEFT JOIN ends e \
                 ON e.case_id = r.case_id AND e.place = 1 AND e.how <> 'reopened' \
                 WHERE r.received_on BETWEEN '2025-01-01' AND '2026-06-30')"
            );
            let n = |rest: &str| sql_number(&bench, &format!("{stood} SELECT CAST({rest} AS BIGINT) AS n FROM stood"));
            assert_eq!(figure("received"), n("COUNT(*)"));
            assert_eq!(figure("closed"), n("COUNT(how)"));
            assert_eq!(figure("open"), n("COUNT(*) - COUNT(how)"));
            for (name, how) in [("answered", "released"), ("refused", "refused"), ("withdrawn", "withdrawn"), ("lapsed", "lapsed")] {
                assert_eq!(figure(name), n(&format!("COUNT(CASE WHEN how = '{how}' THEN 1 END)")), "{name}");
            }
            // The generator's office hours end before midnight in London, winter and summer.
            let took = match backend {
                Backend::Sqlite => "CAST(julianday(date(at)) - julianday(received_on) AS INTEGER)",
                Backend::Postgres => "(at::date - received_on)",
            };
            let took = format!("CASE WHEN {took} < 0 THEN 0 ELSE {took} END");
            assert_eq!(figure("longest_days"), n(&format!("MAX({took})")));
            for (name, per_cent) in [("median_days", 50), ("p90_days", 90)] {
                let rank = format!(
                    "{stood} SELECT CAST(MIN(took) AS BIGINT) AS n FROM (SELECT {took} AS took, ROW_NUMBER() OVER (ORDER BY {took}) AS place, \
                     COUNT(*) OVER () AS cases FROM stood WHERE how IS NOT NULL) AS ranked WHERE place * 100 >= cases * {per_cent}"
                );
                assert_eq!(figure(name), sql_number(&bench, &rank), "{name}");
            }
            let tenths = column(&report, "figures", "figure", "period")["mean_days"].as_f64().unwrap() * 10.0;
            assert_eq!(tenths.round() as i64, n(&format!("(SUM({took}) * 20 + COUNT(how)) / (COUNT(how) * 2)")));
        }
    }

    fn a_report_of_nothing_is_a_report(backend) {
        let bench = Bench::with(backend, Options::default());
        let report = json_report(&bench, &order("2026-01-01", "2026-03-31", Basis::Received, None, Format::Json));
        let figures = column(&report, "figures", "figure", "period");
        assert_eq!((&figures["received"], &figures["share_in_time"], &figures["median_days"]), (&json!(0), &Value::Null, &Value::Null));
        assert_eq!(report["cases"], json!([]));
    }
}
