//! What every page has, in a real Chromium and over plain HTTP.

use crate::harness::browser::{Page, View};
use crate::harness::{Backend, Bench, STAFF_PASSWORD};
use rightsdesk::access::Role;

const VIEWS: [View; 3] = [View::PHONE, View::DESKTOP, View::DESKTOP.without_javascript()];

#[test]
fn the_front_page_and_every_fault_are_sound_on_a_phone_and_on_a_desk() {
    let bench = Bench::new(Backend::Sqlite);
    for view in VIEWS {
        let page = Page::open(view);
        assert_eq!(page.goto(&bench.url), 200);
        page.assert_sound();
        page.link("Cymraeg");
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("cy"));
        assert!(page.text().contains("Eich hawliau data"));
        page.assert_sound();
        // The choice is kept.
        page.goto(&bench.url);
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("cy"));
    }
    let page = Page::open(View::PHONE);
    assert_eq!(page.goto(&format!("{}/nothing/here", bench.url)), 404);
    assert!(page.text().contains("Page not found"));
    assert!(page.axe().is_empty());
}

#[test]
fn staff_sign_in_and_out_with_and_without_javascript() {
    let bench = Bench::new(Backend::Sqlite);
    bench.staff("jo", Role::Caseworker);
    for view in VIEWS {
        let page = Page::open(view);
        page.goto(&format!("{}/desk", bench.url));
        assert!(page.url().ends_with("/desk/sign-in?next=%2Fdesk"), "{}", page.url());
        page.assert_sound();
        page.fill("User name", "jo");
        page.fill("Password", "not the password at all");
        page.button("Sign in");
        assert!(page.title().starts_with("Error: "));
        assert_eq!(page.value("User name"), "jo");
        assert!(page.axe().is_empty());
        page.fill("Password", STAFF_PASSWORD);
        page.button("Sign in");
        assert!(page.url().ends_with("/desk"));
        page.button("Sign out");
        page.goto(&format!("{}/desk", bench.url));
        assert!(page.url().contains("/desk/sign-in"));
    }
}

#[test]
fn a_form_that_no_page_of_ours_gave_is_refused() {
    let bench = Bench::new(Backend::Sqlite);
    bench.staff("jo", Role::Caseworker);
    let form = [("username", "jo"), ("password", STAFF_PASSWORD)];
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = client.get(format!("{}/desk/sign-in", bench.url)).send().unwrap();
    let cookie = page.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let html = page.text().unwrap();
    let token = html.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let send = |cookie: Option<&str>, token: &str, headers: &[(&str, &str)]| {
        let mut request = client.post(format!("{}/desk/sign-in", bench.url));
        if let Some(cookie) = cookie {
            request = request.header("Cookie", cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .append_pair("form_token", token)
            .finish();
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body).send().unwrap().status().as_u16()
    };
    let browser = Some(cookie.as_str());
    assert_eq!(send(browser, &token, &[]), 303);
    assert_eq!(send(browser, &token, &[("Sec-Fetch-Site", "same-origin")]), 303);
    assert_eq!(send(None, &token, &[]), 403);
    assert_eq!(send(browser, "", &[]), 403);
    assert_eq!(send(browser, &token.replace(|c: char| c.is_ascii_digit(), "0"), &[]), 403);
    assert_eq!(
        send(Some("browser=0000000000000000000000000000000000000000000000000000000000000000"), &token, &[]),
        403
    );
    assert_eq!(send(browser, &token, &[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(send(browser, &token, &[("Origin", "https://evil.example")]), 403);
}

#[test]
fn every_message_that_a_page_or_letter_names_is_there() {
    use rightsdesk::wording::{Language, Wording};
    fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["src", "templates"] {
        files(&root.join(folder), &mut all);
    }
    let mut named = 0;
    // The components name attributes by `.with("data-...")` and never a message.
    all.retain(|path| !path.starts_with(root.join("src/web/ui")));
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        for call in [".say(\"", ".with(\"", ".count(\"", ".parts(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap();
                if key == "no-such-message" {
                    continue;
                }
                named += 1;
                assert!(Wording::of(Language::English).knows(key), "{}: {key}", path.display());
            }
        }
    }
    assert!(named > 10);
}
