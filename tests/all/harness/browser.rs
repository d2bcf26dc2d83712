//! A real Chromium, driven by `tests/tools/browser/driver.mjs`. One browser serves the whole test binary; each [`Page`]
//! has cookies and settings of its own.
#![allow(dead_code, reason = "a vocabulary for all pages: not each word is in use at each time")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::{Value, json};

/// How a page is opened.
#[derive(Debug, Clone, Copy)]
pub struct View {
    pub javascript: bool,
    pub width: u32,
    pub height: u32,
    pub offline: bool,
}

impl View {
    pub const DESKTOP: Self = Self { javascript: true, width: 1280, height: 900, offline: false };
    /// The narrowest window that WCAG 2.2 (1.4.10 Reflow) asks for.
    pub const PHONE: Self = Self { javascript: true, width: 320, height: 640, offline: false };

    pub const fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }

    pub const fn offline(self) -> Self {
        Self { offline: true, ..self }
    }
}

type Waiting = Arc<Mutex<HashMap<u64, Sender<Value>>>>;

struct Driver {
    stdin: Mutex<ChildStdin>,
    waiting: Waiting,
    next: AtomicU64,
    // Ends by itself when this process ends and its input closes.
    _child: Child,
}

fn driver() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let folder =
            std::env::var("RIGHTSDESK_TEST_BROWSER").expect("run the tests with ./test: it installs the browser");
        let mut child = Command::new("node")
            .arg("driver.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.next().expect("the browser starts").unwrap();
        assert!(ready.contains("ready"), "{ready}");
        let waiting = Waiting::default();
        let answers = Arc::clone(&waiting);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let answer: Value = serde_json::from_str(&line).unwrap();
                if let Some(to) = answers.lock().unwrap().remove(&answer["id"].as_u64().unwrap()) {
                    let _ = to.send(answer);
                }
            }
        });
        Driver { stdin: Mutex::new(child.stdin.take().unwrap()), waiting, next: AtomicU64::new(1), _child: child }
    })
}

/// What the accessibility checker found wrong, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation(pub String);

/// One page in a context of its own.
pub struct Page {
    name: String,
}

impl Page {
    pub fn open(view: View) -> Self {
        Self::open_with(view, &json!({}))
    }

    /// With further options of Playwright's `newContext`: `locale`, `forcedColors`, `deviceScaleFactor`...
    pub fn open_with(view: View, options: &Value) -> Self {
        static NAMES: AtomicU64 = AtomicU64::new(0);
        let page = Self { name: format!("page-{}", NAMES.fetch_add(1, Ordering::Relaxed)) };
        page.ask(
            "open",
            json!({"javascript": view.javascript, "width": view.width, "height": view.height, "offline": view.offline,
                   "options": options}),
        );
        page
    }

    /// One command of the driver.
    pub fn ask(&self, op: &str, mut message: Value) -> Value {
        self.try_ask(op, &mut message).unwrap_or_else(|error| {
            let text = self.try_ask("text", &mut json!({})).unwrap_or_default();
            panic!("{op} {message}: {error}\nthe page says: {}", text.as_str().unwrap_or_default())
        })
    }

    fn try_ask(&self, op: &str, message: &mut Value) -> Result<Value, String> {
        let driver = driver();
        let id = driver.next.fetch_add(1, Ordering::Relaxed);
        let (send, receive) = channel();
        driver.waiting.lock().unwrap().insert(id, send);
        message["id"] = json!(id);
        message["op"] = json!(op);
        message["page"] = json!(self.name);
        {
            let mut stdin = driver.stdin.lock().unwrap();
            writeln!(stdin, "{message}").unwrap();
            stdin.flush().unwrap();
        }
        let answer = receive.recv().expect("the browser answers");
        match answer.get("error") {
            Some(error) => Err(error.as_str().unwrap_or_default().to_owned()),
            None => Ok(answer["ok"].clone()),
        }
    }

    fn words(&self, op: &str, message: Value) -> String {
        self.ask(op, message).as_str().unwrap_or_default().to_owned()
    }

    /// Opens an address; the HTTP status.
    pub fn goto(&self, url: &str) -> u64 {
        self.ask("goto", json!({"url": url})).as_u64().unwrap()
    }

    pub fn url(&self) -> String {
        self.words("url", json!({}))
    }

    pub fn title(&self) -> String {
        self.words("title", json!({}))
    }

    /// What a reader sees of the whole page.
    pub fn text(&self) -> String {
        self.words("text", json!({}))
    }

    pub fn text_of(&self, css: &str) -> String {
        self.words("text", json!({"css": css}))
    }

    pub fn texts(&self, css: &str) -> Vec<String> {
        serde_json::from_value(self.ask("texts", json!({"css": css}))).unwrap()
    }

    pub fn html(&self) -> String {
        self.words("html", json!({}))
    }

    pub fn count(&self, css: &str) -> u64 {
        self.ask("count", json!({"css": css})).as_u64().unwrap()
    }

    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    pub fn visible(&self, css: &str) -> bool {
        self.ask("visible", json!({"css": css})).as_bool().unwrap()
    }

    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.ask("attribute", json!({"css": css, "name": name})).as_str().map(str::to_owned)
    }

    /// Clicks the button that says `name`.
    pub fn button(&self, name: &str) {
        self.ask("click", json!({"role": "button", "name": name}));
    }

    /// Follows the link that says `name`.
    pub fn link(&self, name: &str) {
        self.ask("click", json!({"role": "link", "name": name}));
    }

    pub fn click(&self, css: &str) {
        self.ask("click", json!({"css": css}));
    }

    /// Fills the field with this label.
    pub fn fill(&self, label: &str, value: &str) {
        self.ask("fill", json!({"label": label, "value": value}));
    }

    pub fn value(&self, label: &str) -> String {
        self.words("value", json!({"label": label}))
    }

    /// Ticks the radio or checkbox with this label.
    pub fn tick(&self, label: &str) {
        self.ask("check", json!({"label": label}));
    }

    pub fn untick(&self, label: &str) {
        self.ask("uncheck", json!({"label": label}));
    }

    /// Chooses in the list with this label.
    pub fn choose(&self, label: &str, value: &str) {
        self.ask("select", json!({"label": label, "value": value}));
    }

    /// Puts files into the file field with this label.
    pub fn upload(&self, label: &str, files: &[&str]) {
        self.ask("upload", json!({"label": label, "files": files}));
    }

    /// Presses keys one after the other: `Tab`, `Enter`, `Space`, `ArrowDown`, `Shift+Tab`.
    pub fn press(&self, keys: &[&str]) {
        self.ask("press", json!({"keys": keys}));
    }

    pub fn type_text(&self, text: &str) {
        self.ask("type", json!({"value": text}));
    }

    /// The element with the focus: tag, id, text.
    pub fn focus(&self) -> (String, String, String) {
        let at = self.ask("focus", json!({}));
        let part = |name: &str| at[name].as_str().unwrap_or_default().to_owned();
        (part("tag"), part("id"), part("text"))
    }

    /// Tabs until the element with the focus says `text`; fails after a hundred.
    pub fn tab_to(&self, text: &str) {
        for _ in 0..100 {
            self.press(&["Tab"]);
            if self.focus().2 == text {
                return;
            }
        }
        panic!("the keyboard does not reach “{text}” on {}", self.url());
    }

    /// Tabs until the element with the focus has this id; fails after a hundred.
    pub fn tab_to_id(&self, id: &str) {
        for _ in 0..100 {
            self.press(&["Tab"]);
            if self.focus().1 == id {
                return;
            }
        }
        panic!("the keyboard does not reach #{id} on {}", self.url());
    }

    /// Presses the key and waits for the page that it leads to.
    pub fn follow(&self, key: &str) {
        self.ask("follow", json!({"key": key}));
    }

    pub fn wait(&self, css: &str) {
        self.ask("wait", json!({"css": css}));
    }

    pub fn resize(&self, width: u32, height: u32) {
        self.ask("resize", json!({"width": width, "height": height}));
    }

    pub fn eval(&self, script: &str) -> Value {
        self.ask("eval", json!({"script": script}))
    }

    pub fn back(&self) {
        self.ask("back", json!({}));
    }

    pub fn reload(&self) {
        self.ask("reload", json!({}));
    }

    pub fn cookies(&self) -> Vec<Value> {
        self.ask("cookies", json!({})).as_array().unwrap().clone()
    }

    pub fn forget_cookies(&self) {
        self.ask("forget", json!({}));
    }

    /// Clicks the link that says `name` and keeps what it downloads; its suggested name.
    pub fn download(&self, name: &str, path: &str) -> String {
        self.words("download", json!({"role": "link", "name": name, "path": path}))
    }

    /// The same for a button.
    pub fn download_by_button(&self, name: &str, path: &str) -> String {
        self.words("download", json!({"role": "button", "name": name, "path": path}))
    }

    /// Every address that was asked for.
    pub fn requests(&self) -> Vec<String> {
        serde_json::from_value(self.ask("seen", json!({}))["requests"].clone()).unwrap()
    }

    /// What the browser complained about: scripts that failed, a policy that was broken.
    pub fn complaints(&self) -> Vec<String> {
        serde_json::from_value(self.ask("seen", json!({}))["console"].clone()).unwrap()
    }

    /// Nothing reaches past the right edge.
    pub fn fits(&self) -> bool {
        self.ask("fits", json!({})).as_bool().unwrap()
    }

    /// Keeps a picture in `target/screenshots/NAME.png`, for people to look at.
    pub fn screenshot(&self, name: &str) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/screenshots");
        std::fs::create_dir_all(folder).unwrap();
        self.ask("screenshot", json!({"path": format!("{folder}/{name}.png")}));
    }

    /// What axe-core finds wrong (WCAG 2.0 to 2.2 A and AA, and its best practices).
    pub fn axe(&self) -> Vec<Violation> {
        self.ask("axe", json!({}))
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|v| {
                let rule = v["rule"].as_str().unwrap_or_default().to_owned();
                v["nodes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(move |node| Violation(format!("{rule} at {}: {} {}", node["at"], node["html"], node["why"])))
            })
            .collect()
    }

    /// Asserts what every page of ours must be: axe finds nothing, nothing reaches past the right edge, one main heading,
    /// a language, no complaint of the browser.
    pub fn assert_sound(&self) {
        let found = self.axe();
        assert!(found.is_empty(), "{} on {}: {found:#?}", found.len(), self.url());
        assert!(self.fits(), "{} is wider than the window", self.url());
        assert_eq!(self.count("h1"), 1, "{} has not one main heading", self.url());
        assert!(self.attribute("html", "lang").is_some_and(|lang| !lang.is_empty()), "{} has no language", self.url());
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "{}: {complaints:#?}", self.url());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // While a test fails there may be no browser to speak to, and a second panic would hide the first.
        if !std::thread::panicking() {
            self.ask("close", json!({}));
        }
    }
}
