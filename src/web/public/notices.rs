//! What every public service must say about itself: privacy (UK GDPR Art. 13), accessibility (SI 2018/852), cookies (PECR
//! reg. 6), and how to reach somebody. Names and numbers come from the configuration.

use actix_web::{HttpRequest, HttpResponse, web};

use super::super::bridge::SharedDesk;
use super::super::pages::Shell;
use super::super::problem::Problem;
use super::super::ui::{Cell, Content, List, Table};
use super::leaf::{Leaf, html, link, para, section, title};

fn address(shell: &Shell) -> Content {
    let controller = &shell.controller;
    let lines = [controller.service.clone(), controller.name.clone()];
    html(&List::plain(lines.into_iter().chain(controller.address.iter().cloned())))
}

async fn privacy(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let (t, controller, pages) = (shell.t, &shell.controller, &desk.settings.pages);
    let days = desk.settings.cases.bundle_days.to_string();
    let fill = [
        ("controller", controller.name.as_str()),
        ("service", controller.service.as_str()),
        ("registration", controller.registration.as_str()),
        ("email", controller.email.as_str()),
        ("dpo", controller.dpo_email.as_str()),
        ("regulator", controller.regulator.as_str()),
        ("kept", pages.kept_for.as_str()),
        ("days", days.as_str()),
    ];
    let say = |key: &str| para(t.with(key, &fill));
    let list = |keys: &[&str]| html(&List::bullets(keys.iter().map(|key| t.with(key, &fill))));
    let heading = t.say("privacy-title");
    let mut body = vec![
        title(&heading),
        say("privacy-who"),
        address(&shell),
        say("privacy-registration"),
        say("privacy-dpo"),
        section(t.say("privacy-what-title")),
        list(&["privacy-what-1", "privacy-what-2", "privacy-what-3", "privacy-what-4"]),
        section(t.say("privacy-why-title")),
        say("privacy-why"),
        say("privacy-law"),
        say("privacy-proof"),
        section(t.say("privacy-share-title")),
        say("privacy-share"),
        section(t.say("privacy-keep-title")),
        list(&["privacy-keep-1", "privacy-keep-2", "privacy-keep-3", "privacy-keep-4"]),
        section(t.say("privacy-rights-title")),
        say("privacy-rights"),
        say("privacy-must"),
        say("privacy-automated"),
        section(t.say("privacy-complain-title")),
        say("privacy-complain-us"),
        para(link(
            controller.regulator_complaints_url.as_str(),
            t.with("complain-regulator", &[("regulator", &controller.regulator)]),
        )),
        say("privacy-complain-court"),
    ];
    if let Some(url) = &pages.privacy_url {
        body.push(para(link(url, t.with("privacy-more", &fill))));
    }
    Leaf::of(body).show(shell, heading)
}

async fn accessibility(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let (t, controller, pages) = (shell.t, &shell.controller, &desk.settings.pages);
    let fill = [("service", controller.service.as_str()), ("email", controller.email.as_str())];
    let say = |key: &str| para(t.with(key, &fill));
    let heading = t.say("accessibility-title");
    let tested = pages.accessibility_tested_on.as_deref().and_then(|on| crate::base::parse_date(on).ok());
    let body = [
        title(&heading),
        say("accessibility-lead"),
        html(&List::bullets(
            ["accessibility-can-1", "accessibility-can-2", "accessibility-can-3", "accessibility-can-4"]
                .map(|key| t.say(key)),
        )),
        section(t.say("accessibility-how-title")),
        say("accessibility-how"),
        say("accessibility-not"),
        section(t.say("accessibility-help-title")),
        say("accessibility-help"),
        section(t.say("accessibility-force-title")),
        say("accessibility-force"),
        para(link("https://www.equalityadvisoryservice.com/", t.say("accessibility-eass"))),
        section(t.say("accessibility-test-title")),
        para(match tested {
            Some(on) => t.with("accessibility-tested", &[("date", &t.date(&on))]),
            None => t.say("accessibility-untested"),
        }),
    ];
    Leaf::of(body).show(shell, heading)
}

async fn cookies(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let heading = t.say("cookies-title");
    let head = ["cookies-name", "cookies-what", "cookies-how-long"].map(|key| Cell::from(t.say(key)));
    let hours = |count: u64| t.count("cookies-hours", count);
    let minutes = |count: u32| t.count("cookies-minutes", u64::from(count));
    let rows = [
        ("browser", t.say("cookies-browser"), hours(24)),
        ("form", t.say("cookies-form"), t.count("cookies-days", 14)),
        ("request", t.say("cookies-request"), minutes(desk.settings.tokens.requester_minutes)),
        ("answer", t.say("cookies-answer"), minutes(desk.settings.tokens.answer_minutes)),
        ("language", t.say("cookies-language"), t.say("cookies-year")),
    ];
    let rows = rows.map(|(name, what, long)| vec![Cell::from(name), Cell::from(what), Cell::from(long)]);
    let table = Table { caption: t.say("cookies-table"), head: head.into(), rows: rows.into(), ..Table::default() };
    let body = [title(&heading), para(t.say("cookies-lead")), para(t.say("cookies-only")), html(&table)];
    Leaf::of(body).show(shell, heading)
}

async fn contact(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let (t, pages) = (shell.t, &desk.settings.pages);
    let heading = t.say("contact-title");
    let email = shell.controller.email.clone();
    let mut body = vec![
        title(&heading),
        para(t.say("contact-lead")),
        section(t.say("contact-email")),
        para(link(format!("mailto:{email}"), &email)),
        section(t.say("contact-post")),
        address(&shell),
    ];
    if let Some(phone) = &pages.phone {
        body.push(section(t.say("contact-phone")));
        body.push(para(phone));
        body.extend(pages.phone_hours.as_ref().map(para));
    }
    if let Some(phone) = &pages.text_phone {
        body.push(para(t.with("contact-text-phone", &[("number", phone)])));
    }
    body.push(section(t.say("contact-other")));
    body.push(para(t.say("contact-any")));
    body.push(para(link("/request/paper", t.say("paper-title"))));
    body.push(para(link("/find", t.say("find-title"))));
    Leaf::of(body).show(shell, heading)
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/privacy").route(web::get().to(privacy)))
        .service(web::resource("/accessibility").route(web::get().to(accessibility)))
        .service(web::resource("/cookies").route(web::get().to(cookies)))
        .service(web::resource("/contact").route(web::get().to(contact)));
}
