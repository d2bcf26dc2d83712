//! What the scripts do, by keyboard and by hand, and what is left without them.

use super::gallery::address;
use crate::harness::browser::{Page, View};

fn open(name: &str, view: View) -> Page {
    let page = Page::open(view);
    assert_eq!(page.goto(&address(name)), 200);
    page
}

#[test]
fn the_list_of_errors_takes_the_focus_and_leads_to_each_field() {
    let page = open("form", View::DESKTOP);
    assert_eq!(page.eval("document.activeElement.className"), "govuk-error-summary");
    let links = page.eval("[...document.querySelectorAll('.govuk-error-summary__list a')].map(a => a.hash.slice(1))");
    let links: Vec<String> = serde_json::from_value(links).unwrap();
    assert_eq!(links.len(), 10);
    for id in &links {
        assert_eq!(page.count(&format!("[id='{id}']")), 1, "{id} is not one field");
        page.click(&format!(".govuk-error-summary__list a[href='#{id}']"));
        assert_eq!(page.focus().1, *id);
    }
    assert!(links.contains(&"born-year".to_owned()) && links.contains(&"moved-day".to_owned()));
    // Only the year is wrong of the one, all three of the other.
    assert_eq!(page.count("#born .govuk-input--error"), 1);
    assert_eq!(page.count("#moved .govuk-input--error"), 3);
}

#[test]
fn every_field_is_described_by_what_is_there() {
    let page = open("form", View::DESKTOP.without_javascript());
    let missing = page.eval(
        "[...document.querySelectorAll('[aria-describedby],[for],[aria-labelledby],[aria-controls]')].flatMap(e => \
         ['aria-describedby','for','aria-labelledby','aria-controls'].flatMap(n => (e.getAttribute(n) || '').split(' '))\
         .filter(id => id && document.querySelectorAll(`[id='${id}']`).length !== 1))",
    );
    assert_eq!(missing, serde_json::json!([]));
    let twice = page
        .eval("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)");
    assert_eq!(twice, serde_json::json!([]));
}

#[test]
fn what_depends_on_an_answer_shows_with_it_and_without_scripts_always() {
    let page = open("form", View::DESKTOP);
    assert!(!page.visible("#child-name"));
    page.tick("My child");
    assert!(page.visible("#child-name"));
    page.tick("Me");
    assert!(!page.visible("#child-name"));
    page.tick("Events");
    page.tick("None of these");
    assert_eq!(page.eval("document.querySelector('#kinds').checked"), false);

    let plain = open("form", View::DESKTOP.without_javascript());
    assert!(plain.visible("#child-name") && plain.visible("#post-email"));
}

#[test]
fn fields_say_how_much_fits_and_show_a_password_on_request() {
    let page = open("form", View::DESKTOP);
    page.wait(".govuk-character-count__status");
    assert!(page.text().contains("You have 1 character too many"));
    page.button("Show password");
    assert_eq!(page.attribute("#password", "type").as_deref(), Some("text"));

    let plain = open("form", View::DESKTOP.without_javascript());
    assert!(plain.text().contains("You can enter up to 200 characters"));
    assert!(!plain.visible(".govuk-password-input__toggle"));
}

#[test]
fn tabs_and_accordions_work_by_keyboard_and_stand_open_without_scripts() {
    let page = open("answer", View::DESKTOP);
    assert!(page.visible("#events") && !page.visible("#post"));
    page.tab_to("Events");
    page.press(&["ArrowRight"]);
    assert!(page.visible("#post") && !page.visible("#events"));
    assert!(!page.visible("#more-content-1"));
    page.button("How we search , Show this section");
    assert!(page.visible("#more-content-1"));

    let plain = open("answer", View::DESKTOP.without_javascript());
    assert!(plain.visible("#events") && plain.visible("#post") && plain.visible("#more-content-2"));
}

#[test]
fn the_desk_sorts_filters_and_opens_menus() {
    let page = open("desk", View::DESKTOP);
    let first = "tbody tr:first-child td:first-child";
    assert_eq!(page.text_of(first), "DR-2");
    page.button("Due");
    assert_eq!(page.text_of(first), "DR-1");
    assert!(!page.visible("a[href='/edit']"));
    page.button("Actions");
    assert!(page.visible("a[href='/edit']"));
    page.button("Apply filters");
    page.wait(".govuk-panel");
    assert!(page.url().ends_with("/cases?right=access"), "{}", page.url());

    let phone = open("desk", View::PHONE);
    assert!(!phone.visible("#right"));
    phone.button("Show filter");
    assert!(phone.visible("#right"));
    phone.button("Close");
    assert!(!phone.visible("#right"));

    let plain = open("desk", View::PHONE.without_javascript());
    assert!(plain.visible("#right") && plain.visible("a[href='/edit']"));
}
