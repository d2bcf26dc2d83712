//! Every page of the desk and every role: what each may open and do. The routes are read from the source, so that one that
//! is not in the table fails the test.

use std::collections::BTreeSet;

use rightsdesk::access::Role;
use serde_json::json;

use crate::harness::{Backend, Bench, Options, STAFF_PASSWORD};

const READS: &[Role] = &[Role::Caseworker, Role::Approver, Role::Auditor];
const WORKS: &[Role] = &[Role::Caseworker, Role::Approver];
const APPROVES: &[Role] = &[Role::Approver];
const ADMINISTERS: &[Role] = &[Role::Admin];
const ALL: &[Role] = &[Role::Caseworker, Role::Approver, Role::Auditor, Role::Admin];
const REPORTS: &[Role] = &[Role::Approver, Role::Auditor];
const AUDITS: &[Role] = &[Role::Auditor];

/// Method, route, who may. `ANYBODY` needs no session.
const TABLE: &[(&str, &str, &[Role])] = &[
    ("GET", "/desk", READS),
    ("GET", "/desk/cases.csv", READS),
    ("POST", "/desk/give", WORKS),
    ("POST", "/desk/filters", WORKS),
    ("GET", "/desk/log", WORKS),
    ("POST", "/desk/log", WORKS),
    ("GET", "/desk/cases/{id}", READS),
    ("GET", "/desk/cases/{id}/history", READS),
    ("POST", "/desk/cases/{id}/notes", WORKS),
    ("POST", "/desk/cases/{id}/tasks", WORKS),
    ("POST", "/desk/cases/{id}/links", WORKS),
    ("GET", "/desk/cases/{id}/moves/{move}", WORKS),
    ("POST", "/desk/cases/{id}/moves/{move}", WORKS),
    ("GET", "/desk/cases/{id}/search", READS),
    ("POST", "/desk/cases/{id}/search", WORKS),
    ("GET", "/desk/cases/{id}/matches", READS),
    ("POST", "/desk/cases/{id}/matches", WORKS),
    ("GET", "/desk/cases/{id}/identifiers", WORKS),
    ("POST", "/desk/cases/{id}/identifiers", WORKS),
    ("GET", "/desk/cases/{id}/records", READS),
    ("POST", "/desk/cases/{id}/records", WORKS),
    ("POST", "/desk/cases/{id}/steps/{step}/undo", WORKS),
    ("GET", "/desk/cases/{id}/record", READS),
    ("POST", "/desk/cases/{id}/record", WORKS),
    ("GET", "/desk/cases/{id}/suggestions", READS),
    ("POST", "/desk/cases/{id}/suggestions", WORKS),
    ("GET", "/desk/cases/{id}/warnings", READS),
    ("POST", "/desk/cases/{id}/warnings", WORKS),
    ("GET", "/desk/cases/{id}/answer", READS),
    ("POST", "/desk/cases/{id}/comments/{comment}", WORKS),
    ("GET", "/desk/cases/{id}/erasure", READS),
    ("POST", "/desk/cases/{id}/erasure", WORKS),
    ("POST", "/desk/cases/{id}/erasure/signature", APPROVES),
    ("GET", "/desk/cases/{id}/bundle", WORKS),
    ("GET", "/desk/account", ALL),
    ("POST", "/desk/account/sessions", ALL),
    ("POST", "/desk/account/password", ALL),
    ("GET", "/desk/account/factor", ALL),
    ("POST", "/desk/account/factor", ALL),
    ("GET", "/desk/account/factor.svg", ALL),
    ("POST", "/desk/account/factor/remove", ALL),
    ("POST", "/desk/sign-out", ALL),
    ("GET", "/desk/dashboard", READS),
    ("GET", "/desk/settings", ADMINISTERS),
    ("POST", "/desk/settings/team", ADMINISTERS),
    ("POST", "/desk/settings/holidays", ADMINISTERS),
    ("GET", "/desk/reports", REPORTS),
    ("GET", "/desk/reports/file", REPORTS),
    ("GET", "/desk/audit", AUDITS),
    ("POST", "/desk/audit/verify", AUDITS),
    ("GET", "/desk/audit/export", AUDITS),
];

/// Pages that need no session.
const ANYBODY: &[(&str, &str)] = &[("GET", "/desk/sign-in"), ("POST", "/desk/sign-in")];

/// The routes of the desk's pages, as the source names them.
fn routes() -> BTreeSet<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/staff");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let code: String = text.split_whitespace().collect();
        for part in code.split("web::resource(\"").skip(1) {
            let (path, rest) = part.split_once('"').unwrap();
            let rest = rest.split("web::resource(").next().unwrap();
            for (word, method) in [("web::get()", "GET"), ("web::post()", "POST"), ("web::delete()", "DELETE")] {
                if rest.contains(word) {
                    found.insert((method.to_owned(), path.to_owned()));
                }
            }
        }
    }
    assert!(found.len() > 20, "the reader of the routes is broken: {found:?}");
    found
}

#[test]
fn every_page_asks_for_its_role() {
    let known: BTreeSet<(String, String)> = TABLE
        .iter()
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .chain(ANYBODY.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())))
        .collect();
    assert_eq!(routes(), known, "the table of permissions does not know every route, or knows one too many");

    let bench = Bench::with(Backend::Sqlite, Options { jobs_may_remain: true, ..Options::default() });
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let casey = bench.staff("caseworker", Role::Caseworker);
    for role in [Role::Approver, Role::Auditor, Role::Admin] {
        bench.staff(role.as_str(), role);
    }
    let body = json!({"right": "access", "channel": "phone", "received_on": "2026-11-20",
                      "subject": {"name": "Quintessa Marlowe", "email": "quintessa@example.org"}});
    let case = bench.post_as("/api/v1/cases", &body, &casey).expect(201)["id"].as_str().unwrap().to_owned();
    let version = || bench.get(&format!("/api/v1/cases/{case}"), &casey).header("etag").to_owned();
    let before = version();

    for role in ALL {
        // A browser that has signed in: its own cookie, the session's, and the token of its forms.
        let page = client.get(format!("{}/desk/sign-in", bench.url)).send().unwrap();
        let browser = page.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let html = page.text().unwrap();
        let token = html.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let form = |pairs: &[(&str, &str)]| -> String {
            form_urlencoded::Serializer::new(String::new())
                .append_pair("form_token", &token)
                .extend_pairs(pairs.iter().copied())
                .finish()
        };
        let send = |method: &str, path: &str, cookie: &str, body: String| {
            let request =
                client.request(method.parse().unwrap(), format!("{}{path}", bench.url)).header("Cookie", cookie);
            let request = if method == "POST" {
                request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
            } else {
                request
            };
            request.send().unwrap()
        };
        let entered =
            send("POST", "/desk/sign-in", &browser, form(&[("username", role.as_str()), ("password", STAFF_PASSWORD)]));
        let session = entered
            .headers()
            .get_all("set-cookie")
            .iter()
            .map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned())
            .find(|cookie| cookie.contains("staff="))
            .unwrap();
        let both = format!("{browser}; {session}");
        for (method, route, may) in TABLE.iter().filter(|(_, route, _)| *route != "/desk/sign-out") {
            let path = route
                .replace("{id}", &case)
                .replace("{step}", "x")
                .replace("{comment}", "x")
                .replace("{move}", "refuse");
            // A form without its fields: who may is told so, and nothing changes.
            let answer = send(method, &path, &both, form(&[]));
            let status = answer.status().as_u16();
            let text = answer.text().unwrap();
            if may.contains(role) {
                assert!(status != 403 && status != 401, "{role} {method} {route}: {status}");
                assert!(!text.contains("sign-in?next"), "{role} {method} {route}");
            } else {
                assert_eq!(status, 403, "{role} {method} {route}");
                assert!(!text.contains("Quintessa"), "{role} {route} tells of the case");
            }
            if *role == Role::Admin {
                assert!(!text.contains("Quintessa"), "an admin is shown a case by {route}");
            }
            // Without a session everybody is led to the sign-in page.
            let answer = send(method, &path, &browser, form(&[]));
            assert_eq!(answer.status().as_u16(), 303, "{method} {route}");
            assert!(answer.headers()["location"].to_str().unwrap().starts_with("/desk/sign-in"), "{method} {route}");
            // A form that no page of ours gave changes nothing.
            if *method == "POST" && may.contains(role) {
                let answer = send(method, &path, &both, String::new());
                assert_eq!(answer.status().as_u16(), 403, "{method} {route}");
            }
        }
        // To approve is more than to work on cases.
        let path = format!("/desk/cases/{case}/moves/approve");
        let status = send("GET", &path, &both, String::new()).status().as_u16();
        assert_eq!(status == 403, !APPROVES.contains(role), "{role}: {status}");
        // A session that is ended opens nothing.
        assert_eq!(send("POST", "/desk/sign-out", &both, form(&[])).status().as_u16(), 303);
        assert_eq!(send("GET", "/desk/account", &both, String::new()).status().as_u16(), 303);
    }
    assert_eq!(version(), before, "empty forms changed the case");
}
