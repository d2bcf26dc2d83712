//! The citizen's side in a real Chromium: the form, the code, the request, the answer; and attacks on each over plain HTTP.

use std::collections::BTreeSet;

use reqwest::blocking::RequestBuilder;
use rightsdesk::access::Role;
use rightsdesk::sample::Cast;
use serde_json::json;

use crate::harness::browser::{Page, View};
use crate::harness::{Backend, Bench};
use crate::line::{Website, decide_record, records};

const VIEWS: [View; 3] = [View::PHONE, View::DESKTOP, View::PHONE.without_javascript()];

/// Answers the form from its first page to "check your answers", for oneself and everything, looking at each page.
fn fill_the_form(page: &Page, bench: &Bench, name: &str, email: &str, look: bool) {
    let next = || {
        if look {
            page.assert_sound();
        }
        page.button("Continue");
    };
    page.goto(&bench.url);
    if look {
        page.assert_sound();
    }
    page.click("a.govuk-button--start");
    page.tick("Show me the information you have about me");
    next();
    page.tick("For me");
    next();
    page.fill("What is your full name?", name);
    next();
    page.fill("Have you had any other names? (optional)", "Aisha Malik\nAsh Khan");
    next();
    page.fill("What is your e-mail address?", email);
    next();
    page.fill("Phone number (optional)", "07700 900123");
    page.fill("Postcode, now or before (optional)", "pr1 8xj");
    next();
    if page.url().ends_with("/date-of-birth") {
        next();
    }
    if page.url().ends_with("/which") {
        page.tick("All of it");
        next();
    }
    assert!(page.url().ends_with("/details"), "{}", page.url());
    next();
    page.tick("Read and download it here");
    next();
    assert!(page.url().ends_with("/request/check"), "{}: {}", page.url(), page.text());
}

#[test]
fn a_request_is_made_followed_answered_and_corrected_in_a_browser() {
    let website = Website::new(Backend::Sqlite, 60);
    for (n, view) in VIEWS.into_iter().enumerate() {
        let bench = Bench::with(Backend::Sqlite, website.options());
        let main = website.person(Cast::Main);
        let page = Page::open(view);
        fill_the_form(&page, &bench, &main.name, &main.emails[0], true);
        page.assert_sound();
        page.screenshot(&format!("citizen-check-{n}"));
        page.button("Send my request");
        assert!(page.url().ends_with("/request/sent"));
        page.assert_sound();
        page.screenshot(&format!("citizen-sent-{n}"));
        assert!(page.text().contains("DR-2026-000001"));
        assert!(page.text().contains("23 December 2026"), "{}", page.text());

        // A wrong code says so; the right one opens the page of the request.
        bench.work();
        page.fill("Code", "12 34");
        page.button("Continue");
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        page.assert_sound();
        let code = bench.code();
        page.fill("Code", &format!("{} {}", &code[..3], &code[3..]));
        page.button("Continue");
        assert!(page.text().contains("Your request DR-2026-000001"), "{}", page.text());
        page.assert_sound();
        page.screenshot(&format!("citizen-request-{n}"));
        let address = page.url();
        let case = address.rsplit('/').next().unwrap().to_owned();
        assert!(page.text().contains("We must answer by 23 December 2026"));

        // Messages both ways.
        page.link("Read and write messages");
        page.assert_sound();
        page.button("Send");
        assert!(page.text().contains("Write something"));
        page.fill("Write to us", "I moved house. <script>alert(1)</script> {{7*7}}");
        page.button("Send");
        assert!(page.text().contains("We have your message."));
        page.link("Read and write messages");
        assert!(page.text().contains("<script>alert(1)</script> {{7*7}}"), "as text: {}", page.text());
        page.assert_sound();

        // The desk does its part.
        bench.work();
        let casey = bench.staff("casey", Role::Caseworker);
        let alex = bench.staff("alex", Role::Approver);
        for (record, standing, _) in records(&bench, &case, &casey) {
            if standing == "held" {
                let body = json!({"decision": "exclude", "code": "THIRD-PARTY"});
                decide_record(&bench, &case, &record, &body, &casey);
            }
        }
        bench.take(&case, "decide", &json!({}), &casey).expect(200);
        bench.take(&case, "approve", &json!({}), &alex).expect(200);
        bench.work();
        bench.take(&case, "release", &json!({}), &alex).expect(200);
        bench.work();
        let letter = bench.letters().pop().unwrap();
        assert!(letter.contains("is ready"), "{letter}");

        // The answer wants a code of its own: the request's door does not open it.
        page.goto(&address);
        page.button("Open the answer");
        assert!(page.text().contains("The answer is private"), "{}", page.text());
        page.assert_sound();
        page.button("Send me a code");
        page.assert_sound();
        bench.work();
        page.fill("Code", &bench.code());
        page.button("Continue");
        assert!(page.text().contains("The answer to your request"), "{}", page.text());
        page.screenshot(&format!("citizen-answer-{n}"));
        page.assert_sound();

        // Nothing that was left out can be found, and what was disclosed can.
        page.fill("Words to look for", main.emails[0].split('@').next().unwrap());
        page.button("Search");
        page.assert_sound();
        assert!(!page.text().contains("0 records have these words"), "{}", page.text());
        assert!(!page.url().contains(main.emails[0].split('@').next().unwrap()), "no personal data in an address");
        page.screenshot(&format!("citizen-search-{n}"));
        page.goto(&format!("{address}/answer"));
        let shown: BTreeSet<String> = page.texts(".govuk-summary-list__value").into_iter().collect();
        assert!(shown.iter().any(|text| text.contains("You can read")), "{shown:?}");
        page.click(".govuk-summary-list__actions a");
        page.assert_sound();
        page.screenshot(&format!("citizen-part-{n}"));

        // "This is wrong" starts a correction of that very field.
        page.click(".rd-record .govuk-summary-list__actions a");
        page.assert_sound();
        page.button("Tell us");
        assert!(page.title().starts_with("Error: "));
        page.fill("What should it say?", "Something else");
        page.button("Tell us");
        assert!(page.text().contains("We have what you told us"), "{}", page.text());
        page.goto(&address);
        assert!(page.text().contains("What you said is wrong: DR-2026-000002"), "{}", page.text());
        bench.work();

        // Downloaded, counted.
        page.goto(&format!("{address}/answer"));
        let zip = bench.dir.path().join("answer.zip").display().to_string();
        let fetch =
            page.texts(".govuk-button").into_iter().find(|text| text.starts_with("Download everything (")).unwrap();
        assert!(fetch.ends_with(" KB)"), "{fetch}");
        let name = page.download_by_button(&fetch, &zip);
        assert_eq!(name, "DR-2026-000001.zip");
        assert!(std::fs::read(&zip).unwrap().starts_with(b"PK"));
        page.goto(&format!("{address}/answer"));
        assert!(page.text().contains("It has been downloaded 1 time."));

        // A complaint has its own number and letter; the request can be left.
        page.goto(&format!("{address}/complain"));
        page.assert_sound();
        page.fill("What is your complaint?", "It took too long.");
        page.button("Send my complaint");
        assert!(page.text().contains("We have your complaint."));
        assert!(page.text().contains("Your complaint DR-2026-000003"));
        bench.work();
        assert!(bench.letters().pop().unwrap().contains("DR-2026-000003"));
        page.button("Close this page safely");
        page.goto(&address);
        assert!(page.text().contains("Type your code"));
    }
}

#[test]
fn the_form_is_kept_resumed_sent_once_and_forgotten() {
    let bench = Bench::new(Backend::Sqlite);
    let page = Page::open(View::PHONE);
    page.goto(&format!("{}/request", bench.url));
    page.button("Continue");
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert_eq!(page.focus().0.to_lowercase(), "div", "the error summary has the focus");
    page.assert_sound();
    page.screenshot("citizen-error");
    page.tick("Complain about how you use my information");
    page.button("Continue");
    page.tick("For my child");
    page.button("Continue");
    page.fill("What is your name?", "<b>Ann</b>");
    page.button("Continue");
    assert_eq!(page.value("What is your name?"), "<b>Ann</b>", "what was typed is kept");
    page.assert_sound();
    page.fill("What is your name?", "Ann Lee");
    page.button("Continue");
    page.link("Save and come back later");
    page.assert_sound();
    page.fill("Save your answers", "ann@example.org");
    page.button("Save and send me the link");
    page.assert_sound();
    bench.work();
    let letter = bench.letters().pop().unwrap().replace("=\r\n", "");
    let link = letter.split("/request/resume/").nth(1).unwrap().chars().take(64).collect::<String>();

    // In another browser; the link asks first, works once, and ends the first browser's.
    let other = Page::open(View::DESKTOP);
    let resume = format!("{}/request/resume/{link}", bench.url);
    other.goto(&resume);
    other.assert_sound();
    other.button("Continue");
    assert!(other.url().ends_with("/how-you-may-act"), "{}", other.url());
    other.assert_sound();
    page.goto(&format!("{}/request/check", bench.url));
    assert!(page.url().ends_with("/request/what"), "{}", page.url());
    page.goto(&resume);
    page.button("Continue");
    assert!(page.text().contains("does not work any more"));
    page.assert_sound();

    other.tick("The child understands and wants me to ask");
    other.button("Continue");
    other.fill("What is their full name?", "Bo Lee");
    other.button("Continue");
    other.fill("What is your e-mail address?", "ann@example.org");
    other.button("Continue");
    other.fill("What is your complaint?", "You sent my letter to next door.");
    other.button("Continue");
    other.tick("On paper, by post");
    other.button("Continue");
    assert!(other.text().contains("Write the address that we post it to"), "{}", other.text());
    other.assert_sound();
    other.fill("Where do we post it to?", "1 High Street\nPreston");
    other.button("Continue");
    assert!(other.text().contains("1 High Street"), "{}", other.text());
    other.button("Send my request");
    assert!(other.text().contains("DR-2026-000001"));
    other.back();
    other.goto(&format!("{}/request/check", bench.url));
    assert!(other.url().ends_with("/request/sent"), "sent once: {}", other.url());
    bench.work();
}

#[test]
fn what_the_service_says_about_itself_is_sound_in_each_language() {
    let bench = Bench::new(Backend::Sqlite);
    let page = Page::open(View::PHONE);
    for path in ["privacy", "accessibility", "cookies", "contact", "find", "request/paper", "request/paused"] {
        assert_eq!(page.goto(&format!("{}/{path}", bench.url)), 200, "{path}");
        page.assert_sound();
        assert!(!page.text().contains('['), "{path} names a message that there is not: {}", page.text());
        page.goto(&format!("{}/{path}?lang=cy", bench.url));
        page.assert_sound();
        page.goto(&format!("{}/{path}?lang=en", bench.url));
    }
    page.goto(&format!("{}/privacy", bench.url));
    let text = page.text();
    assert!(text.contains("Data Protection Act 2018") && text.contains("UK GDPR") && text.contains("Z542705X"));
    assert!(!text.contains("1998"));
    page.screenshot("citizen-privacy");
    page.goto(&format!("{}/request?lang=cy", bench.url));
    page.goto(&format!("{}/request/what?lang=cy", bench.url));
    page.assert_sound();
    assert!(page.text().contains("Beth ydych chi am i ni ei wneud?"));
    page.screenshot("citizen-welsh");
}

#[test]
fn the_form_goes_by_keyboard_alone() {
    let bench = Bench::new(Backend::Sqlite);
    let page = Page::open(View::DESKTOP);
    page.goto(&bench.url);
    page.press(&["Tab", "Enter"]);
    page.tab_to("Start now");
    page.follow("Enter");
    assert!(page.url().ends_with("/request/what"), "{}", page.url());
    page.tab_to_id("what");
    page.press(&["Space"]);
    page.tab_to("Continue");
    page.follow("Enter");
    assert!(page.url().ends_with("/who-for"), "{}", page.url());
    page.tab_to_id("who-for");
    page.press(&["ArrowDown"]);
    page.tab_to("Continue");
    page.follow("Enter");
    assert!(page.url().ends_with("/your-name"), "{}", page.url());
    page.tab_to_id("your-name");
    page.type_text("Ann Lee");
    page.follow("Enter");
    assert!(page.url().ends_with("/how-you-may-act"), "{}", page.url());
}

/// The request with these fields as a browser's form sends them.
fn formed(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// A browser without windows: cookies and the form token of the page it last saw.
struct Plain {
    client: reqwest::blocking::Client,
    url: String,
    cookies: std::cell::RefCell<std::collections::BTreeMap<String, String>>,
}

impl Plain {
    fn new(bench: &Bench) -> Self {
        let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, url: bench.url.clone(), cookies: std::cell::RefCell::default() }
    }

    fn send(&self, request: RequestBuilder) -> (u16, String, String) {
        let cookies = self.cookies.borrow().iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        let answer = request.header("cookie", cookies).send().unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status().as_u16(), to, answer.text().unwrap())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.send(self.client.get(format!("{}{path}", self.url)))
    }

    fn token(&self) -> String {
        let (_, _, page) = self.get("/find");
        page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let token = self.token();
        let mut form = vec![("form_token", token.as_str())];
        form.extend(fields);
        self.send(formed(self.client.post(format!("{}{path}", self.url)), &form))
    }

    fn upload(&self, path: &str, kind: &str, bytes: &[u8]) -> (u16, String, String) {
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [("form_token", token.as_str()), ("kind", kind)] {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend_from_slice(
            b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.pdf\"\r\n\
              Content-Type: application/pdf\r\n\r\n",
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let request = self.client.post(format!("{}{path}", self.url)).body(body);
        self.send(request.header("content-type", "multipart/form-data; boundary=b"))
    }
}

/// A request made over plain HTTP, its code typed: the browser that has it open, and the case.
fn made(bench: &Bench, email: &str) -> (Plain, String) {
    let plain = Plain::new(bench);
    let post = |question: &str, fields: &[(&str, &str)]| {
        let (status, to, page) = plain.post(&format!("/request/{question}"), fields);
        assert_eq!(status, 303, "{question}: {page}");
        to
    };
    post("what", &[("what", "access")]);
    post("who-for", &[("who-for", "self")]);
    post("name", &[("name", "Ann Lee")]);
    post("other-names", &[]);
    post("email", &[("email", email)]);
    post("contact", &[]);
    post("details", &[("details", "<script>alert(1)</script>")]);
    assert_eq!(post("answer", &[("answer", "download")]), "/request/check");
    assert_eq!(post("check", &[]), "/request/sent");
    bench.work();
    let page = plain.get("/request/sent").2;
    let case = page.split("action=\"/requests/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let (status, to, page) = plain.post(&format!("/requests/{case}/code"), &[("code", &bench.code())]);
    assert_eq!((status, to), (303, format!("/requests/{case}")), "{page}");
    (plain, case)
}

#[test]
fn nobody_opens_what_is_anothers() {
    let bench = Bench::new(Backend::Sqlite);
    let (ann, case) = made(&bench, "ann@example.org");
    let (bo, _) = made(&bench, "bo@example.org");
    assert!(ann.get(&format!("/requests/{case}")).2.contains("Your request DR-"));
    let paths = ["", "/messages", "/evidence", "/withdraw", "/complain", "/answer", "/answer/download"];
    let unknown = uuid::Uuid::new_v4();
    for path in paths {
        // The same page whether the request is another's or there is none.
        let others = bo.get(&format!("/requests/{case}{path}"));
        let none = bo.get(&format!("/requests/{unknown}{path}"));
        assert!(!others.2.contains("DR-2026"), "{path}");
        assert_eq!(
            (others.0, others.2.replace(&case, "X")),
            (none.0, none.2.replace(&unknown.to_string(), "X")),
            "{path}"
        );
    }
    for path in ["/messages", "/withdraw", "/complain"] {
        assert!(!bo.post(&format!("/requests/{case}{path}"), &[("words", "mine now")]).2.contains("DR-2026"), "{path}");
    }
    bo.upload(&format!("/requests/{case}/evidence"), "identity", b"%PDF-1.4\n%%EOF\n");
    assert!(ann.get(&format!("/requests/{case}")).2.contains("Read and write messages"));
    let kinds = bench.audit_kinds(&case);
    assert!(!kinds.iter().any(|kind| ["message_written", "evidence_received"].contains(&kind.as_str())), "{kinds:?}");
    // Another's code, a guessed one: the same words as for a request that there is not.
    let wrong = bo.post(&format!("/requests/{case}/code"), &[("code", "000000")]);
    let none = bo.post(&format!("/requests/{unknown}/code"), &[("code", "000000")]);
    assert_eq!((wrong.0, wrong.2.replace(&case, "X")), (none.0, none.2.replace(&unknown.to_string(), "X")));
    // A form without the token of this browser, or with another's.
    let answer = bo.send(formed(bo.client.post(format!("{}/find", bench.url)), &[("reference", "DR-2026-000001")]));
    assert_eq!(answer.0, 403);
    let token = ann.token();
    let foreign = [("form_token", token.as_str()), ("reference", "DR-2026-000001"), ("email", "bo@example.org")];
    assert_eq!(bo.send(formed(bo.client.post(format!("{}/find", bench.url)), &foreign)).0, 403);
    // Finding says the same for a pair that belongs together and for one that does not; only one letter goes out.
    bench.work();
    let to = |email: &str| bench.letters().iter().filter(|letter| letter.contains(email)).count();
    let (before, anns) = (bench.letters().len(), to("ann@example.org"));
    let right = ann.post("/find", &[("reference", "dr-2026-000001"), ("email", "ANN@example.org")]);
    let wrong = ann.post("/find", &[("reference", "DR-2026-000001"), ("email", "eve@example.org")]);
    assert_eq!((right.0, right.2), (wrong.0, wrong.2));
    bench.work();
    assert_eq!(bench.letters().len(), before + 1);
    assert_eq!(to("ann@example.org"), anns + 1, "{:#?}", bench.letters());
}

#[test]
fn bad_files_are_refused_with_a_sentence_and_good_ones_sealed() {
    let bench = Bench::new(Backend::Sqlite);
    let (ann, case) = made(&bench, "ann@example.org");
    let path = format!("/requests/{case}/evidence");
    let mut polyglot = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec();
    polyglot.extend_from_slice(b"PK\x03\x04 and a zip PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let script = b"%PDF-1.4\n1 0 obj\n<</S /JavaScript /JS (app.alert(1))>>\nendobj\n%%EOF\n";
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend_from_slice(&[0, 0xFF, 0xFF, 0xFF, 0, 0xFF, 0xFF, 0xFF, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bomb.extend_from_slice(b"\0\0\0\0IEND\xaeB`\x82");
    let cases: [(&str, &[u8], &str); 7] = [
        ("nothing", b"", "Choose a file"),
        ("text", b"hello", "must be a PDF"),
        ("a program", b"MZ\x90\0\x03\0\0\0", "must be a PDF"),
        ("a zip", b"PK\x03\x04\x14\0\0\0", "must be a PDF"),
        ("a polyglot", &polyglot, "another file hidden"),
        ("a script", script, "has a program in it"),
        ("a bomb", &bomb, "The picture is too large"),
    ];
    for (what, bytes, says) in cases {
        let (status, _, page) = ann.upload(&path, "identity", bytes);
        assert_eq!(status, 422, "{what}");
        assert!(page.contains(says), "{what}: {page}");
    }
    let huge = vec![b'x'; 12_000_000];
    let (status, _, page) = ann.upload(&path, "identity", &huge);
    assert!(status == 422 && page.contains("must be smaller than"), "{status} {page}");
    assert_eq!(ann.upload(&path, "password", b"%PDF-1.4\n%%EOF\n").0, 422);

    let good = b"%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\nmy passport\n%%EOF\n";
    let (status, to, page) = ann.upload(&path, "identity", good);
    assert_eq!((status, to), (303, format!("/requests/{case}?done=evidence")), "{page}");
    let kept: Vec<_> = std::fs::read_dir(bench.dir.path().join("data/evidence")).unwrap().collect();
    assert_eq!(kept.len(), 1);
    let sealed = std::fs::read(kept[0].as_ref().unwrap().path()).unwrap();
    assert!(!sealed.windows(8).any(|window| window == b"passport"), "it lies sealed");
    assert!(ann.get(&path).2.contains("Who I am"));
    bench.work();
}

#[test]
fn a_page_is_light_and_every_piece_comes_from_here() {
    let bench = Bench::new(Backend::Sqlite);
    let page = Page::open(View::PHONE);
    page.goto(&format!("{}/request/what", bench.url));
    let client = reqwest::blocking::Client::new();
    let mut total = 0;
    for address in page.requests() {
        assert!(address.starts_with(&bench.url), "{address}");
        let body = client.get(&address).header("accept-encoding", "gzip").send().unwrap().bytes().unwrap();
        total += body.len();
    }
    println!("page weight: {total} bytes compressed");
    assert!(total < 100_000, "{total} bytes");
}
