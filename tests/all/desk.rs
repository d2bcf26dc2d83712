//! The caseworker's desk in a real Chromium: the queue, the case page, and the way from a logged request to its answer.

mod account;
mod case;
mod matches;
mod path;
mod permissions;
mod queue;

use crate::harness::browser::{Page, View};
use crate::harness::{Bench, STAFF_PASSWORD};

/// A browser in which `username` has signed in.
pub fn signed_in(bench: &Bench, username: &str, view: View) -> Page {
    let page = Page::open(view);
    page.goto(&format!("{}/desk/sign-in", bench.url));
    page.fill("User name", username);
    page.fill("Password", STAFF_PASSWORD);
    page.button("Sign in");
    assert!(page.url().ends_with("/desk"), "{}", page.url());
    page
}

/// Types a date into the three fields of the question with this id.
pub fn fill_date(page: &Page, id: &str, day: &str, month: &str, year: &str) {
    for (part, value) in [("day", day), ("month", month), ("year", year)] {
        page.ask("fill", serde_json::json!({"css": format!("#{id}-{part}"), "value": value}));
    }
}
