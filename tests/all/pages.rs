//! The pages, in a real Chromium.

use crate::harness::browser::{Page, View};
use crate::harness::{Backend, Bench};

#[test]
fn the_front_page_is_sound_on_a_phone_and_on_a_desk() {
    let bench = Bench::new(Backend::Sqlite);
    for view in [View::PHONE, View::DESKTOP, View::DESKTOP.without_javascript()] {
        let page = Page::open(view);
        assert_eq!(page.goto(&bench.url), 200);
        page.assert_sound();
    }
}
