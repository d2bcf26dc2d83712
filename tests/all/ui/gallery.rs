//! Pages that show every component as our pages compose them, and a server for them.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use rightsdesk::web::ui::*;

use crate::harness::browser::{Page, View};

/// The policy that our pages are served under.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The address of a gallery page, served until the tests end.
pub fn address(page: &str) -> String {
    static PORT: std::sync::OnceLock<u16> = std::sync::OnceLock::new();
    let port = PORT.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                std::thread::spawn(move || answer(stream));
            }
        });
        port
    });
    format!("http://127.0.0.1:{port}/{page}")
}

fn answer(mut stream: TcpStream) {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    reader.read_line(&mut line).unwrap();
    let mut header = String::new();
    while reader.read_line(&mut header).unwrap_or(0) > 2 {
        header.clear();
    }
    let path =
        line.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap().trim_start_matches('/').to_owned();
    let (status, media_type, body) = match path.as_str() {
        "form" => ("200 OK", "text/html; charset=utf-8", form().into_bytes()),
        "form-rtl" => {
            let turned = form()
                .replace("lang=\"en\" class", "lang=\"ar\" dir=\"rtl\" class")
                .replace("/govuk.css", "/govuk-rtl.css");
            ("200 OK", "text/html; charset=utf-8", turned.into_bytes())
        }
        "answer" | "cases" => ("200 OK", "text/html; charset=utf-8", answer_page().into_bytes()),
        "desk" => ("200 OK", "text/html; charset=utf-8", desk().into_bytes()),
        file => match std::fs::read(Path::new("assets/web").join(file)) {
            Ok(bytes) if file.ends_with(".css") => ("200 OK", "text/css", bytes),
            Ok(bytes) if file.ends_with(".js") => ("200 OK", "text/javascript", bytes),
            Ok(bytes) if file.ends_with(".svg") => ("200 OK", "image/svg+xml", bytes),
            _ => ("404 Not Found", "text/plain", Vec::new()),
        },
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nContent-Security-Policy: {POLICY}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

fn page(title: &str, moj: bool, above: &str, main: &[Content]) -> String {
    let main: String = main.iter().map(|part| format!("{part}\n")).collect();
    let (style, script) = if moj {
        (r#"<link rel="stylesheet" href="/moj.css">"#, r#"<script type="module" src="/moj.js"></script>"#)
    } else {
        ("", "")
    };
    let languages = LanguageNavigation::of(
        "Language",
        [LanguageItem::of("en", "English", "?lang=en").current(true), LanguageItem::of("cy", "Cymraeg", "?lang=cy")],
    );
    let footer = Footer::of(
        FooterMeta::of("Support links", [FooterLink::to("/privacy", "Privacy"), FooterLink::to("/cookies", "Cookies")])
            .content(Content::from("Run by ").and(Link::to("/about", "the partnership").classes("govuk-footer__link"))),
    )
    .copyright("© The partnership");
    format!(
        r##"<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/govuk.css">{style}</head><body class="govuk-template__body">
{skip}<header>{header}{service}<div class="govuk-width-container">{languages}{above}</div></header>
<div class="govuk-width-container"><main class="govuk-main-wrapper" id="main-content">{main}</main></div>
<footer>{footer}</footer>
<script type="module" src="/govuk.js"></script>{script}</body></html>"##,
        skip = SkipLink::to("#main-content", "Skip to main content"),
        header = GenericHeader::of("/", "Data rights"),
        service = ServiceNavigation::of(
            "Your data rights",
            "/",
            [NavigationItem::to("/ask", "Ask").current(true), NavigationItem::to("/follow", "Follow")]
        )
        .aria_label("Service information")
        .navigation_label("Sections"),
    )
}

/// Every kind of field, each with something wrong.
pub fn errors() -> Errors {
    let mut errors = Errors::new("There is a problem", "Error");
    errors.add("email", "Enter an email address");
    errors.add("about", "Enter what it is about");
    errors.add("more", "What you want must be 200 characters or fewer");
    errors.add("who", "Select who it is for");
    errors.add("kinds", "Select a kind of record");
    errors.add("where", "Select where you live");
    errors.add_date("born", &["year"], "Date of birth must include a year");
    errors.add_date("moved", &[], "Enter when you moved");
    errors.add("proof", "Select a file");
    errors.add("password", "Enter your password");
    errors
}

fn form() -> String {
    let errors = errors();
    let mut main: Vec<Content> = vec![
        errors.summary().unwrap().into(),
        Heading::main("Tell us what you want").caption("Your data rights").into(),
        Input::email("email", "Email address").hint("We only use it to answer you").error(errors.of("email")).into(),
        Input::telephone("phone", "Phone number (optional)").value("07700 900 982").into(),
        Input::code("code", "Security code").into(),
        Input::literal("cost", "Cost, in pounds").prefix("£").suffix("per copy").inputmode("decimal").into(),
        Textarea::of("about", "What is it about?").rows(3_u32).error(errors.of("about")).into(),
        CharacterCount::of("more", "What exactly do you want?", 200)
            .textarea_description_text("You can enter up to %{count} characters")
            .value("x".repeat(201))
            .error(errors.of("more"))
            .into(),
        Radios::of(
            "who",
            "Who is it for?",
            [
                Choice::of("me", "Me").hint("You are the person"),
                Choice::of("child", "My child").conditional(Input::literal("child-name", "Name of your child")),
                Choice::divider("or"),
                Choice::of("other", "Somebody else"),
            ],
        )
        .hint("Select one")
        .error(errors.of("who"))
        .into(),
        Checkboxes::of(
            "kinds",
            Legend::from("Which records?").classes("govuk-fieldset__legend--m"),
            [
                Choice::of("events", "Events"),
                Choice::of("post", "Newsletter").conditional(Input::email("post-email", "Which email address?")),
                Choice::divider("or"),
                Choice::exclusive("none", "None of these"),
            ],
        )
        .error(errors.of("kinds"))
        .into(),
        Checkboxes::alone("agree", Choice::of("yes", "I am the person")).small().into(),
        Radios::of("short", "Is it urgent?", [Choice::of("yes", "Yes"), Choice::of("no", "No")])
            .inline()
            .value("no")
            .into(),
        DateInput::of("born", "Date of birth", ["Day", "Month", "Year"])
            .birthday()
            .hint("For example, 27 3 1977")
            .values(["27", "3", ""])
            .errors(&errors)
            .into(),
        DateInput::of("moved", "When did you move?", ["Day", "Month", "Year"]).errors(&errors).into(),
        Select::of(
            "where",
            "Where do you live?",
            [SelectItem::of("", "Choose"), SelectItem::of("ni", "Northern Ireland")],
        )
        .error(errors.of("where"))
        .into(),
        FileUpload::of("proof", "Proof", ".pdf,.jpg").multiple(true).error(errors.of("proof")).into(),
        PasswordInput::of("password", "Password").error(errors.of("password")).into(),
        ButtonGroup::of(Button::send("Continue")).and(Link::to("/later", "Come back later")).into(),
    ];
    main.insert(0, Content::from(""));
    page("Form", false, &BackLink::to("/", "Back").to_string(), &main)
}

fn answer_page() -> String {
    let main = vec![
        Panel::of("Request received", Content::from("Your reference is ").and(Strong::of("DR-2026-000123"))).into(),
        NotificationBanner::success("Done", "Your message was sent").into(),
        Paragraph::of(
            Content::from("Read ")
                .and(Link::to("/privacy", "the notice"))
                .and(" before ")
                .and(Time::of("2026-12-01", "1 December 2026"))
                .and(", or send ")
                .and(Code::of("STOP"))
                .and("."),
        )
        .into(),
        List::numbers(["We check who you are", "We search", "We answer"]).into(),
        List::bullets([Content::from(Link::to("/1", "One")), Content::from("Two")]).into(),
        InsetText::of("We answer by 1 December 2026.").into(),
        WarningText::of("Warning", "The link ends after seven days.").into(),
        Heading::section("What you told us").into(),
        SummaryList::new()
            .row_with("Name", "Ann <Lee>", Action::to("/change/name", "Change", "name"))
            .row("Received", Time::of("2026-11-01", "1 November 2026"))
            .into(),
        SummaryList::new()
            .row("Address", Content::from("1 High Street").and(LineBreak).and("Leeds"))
            .card(
                "Where you live",
                [Action::to("/change/address", "Change", "address"), Action::to("/x", "Remove", "")],
            )
            .into(),
        Details::of("Why we ask", "Because somebody else may have the same name.").into(),
        Table::of("What we hold", ["Source", "Records"])
            .first_cell_is_header(true)
            .row([Cell::from("Events"), Cell::number("12")])
            .into(),
        TaskList::of([
            Task::of("/1", "Prove who you are", TaskStatus::tag(Tag::of("Not yet").colour("blue")))
                .hint("Five minutes"),
            Task::of("", "Read the answer", TaskStatus::words("Cannot start yet")),
        ])
        .into(),
        Tabs::of(
            "Sources",
            [
                Tab::of("events", "Events", Heading::section("Events")),
                Tab::of("post", "Newsletter", Heading::section("Newsletter")),
            ],
        )
        .into(),
        Accordion::of(
            "more",
            [
                AccordionItem::of("How we search", "By your email address."),
                AccordionItem::of("Why", "The law says so."),
            ],
        )
        .into(),
        Pagination::of("Pages of records", Some(PageLink::to("?p=1", "Previous")), Some(PageLink::to("?p=3", "Next")))
            .items([
                PageItem::of("1", "?p=1", "Page 1"),
                PageItem::of("2", "?p=2", "Page 2").current(true),
                PageItem::gap(),
            ])
            .into(),
        Button::start("/start", "Start now").into(),
        Button::link("/second", "Second").secondary().into(),
        Button::choose("move", "withdraw", "Withdraw").warning().into(),
    ];
    let above = format!(
        "{}{}",
        PhaseBanner::of("Beta", Content::from("Tell us ").and(Link::to("/say", "what you think")).and(".")),
        Breadcrumbs::of("Breadcrumb", [Breadcrumb::to("/", "Home"), Breadcrumb::to("", "Your request")])
    );
    let exit = ExitThisPage::to(
        "https://www.bbc.co.uk/weather",
        Content::from(Hidden::of("Emergency")).and(" Exit this page"),
    );
    page("Answer", false, &format!("{above}{exit}"), &main)
}

fn desk() -> String {
    let selected = SelectedFilters::of("Selected filters", FilterLink::to("/cases", "Clear filters"))
        .category("Stage", [FilterLink::to("?a=1", "In review")]);
    let filter =
        Filter::of("Filter", Select::of("right", "Right", [SelectItem::of("access", "Access")]), "Apply filters")
            .selected(selected);
    let table =
        Table::of("Cases", [Cell::from("Reference").sorted(Sorted::No), Cell::from("Due").sorted(Sorted::Ascending)])
            .sortable()
            .row([Cell::from("DR-1"), Cell::from("2 December 2026").sort_value("2026-12-02")])
            .row([Cell::from("DR-2"), Cell::from("10 November 2026").sort_value("2026-11-10")]);
    let results =
        ResultPages::of("Pages of cases", "Showing 1 to 2 of 45 cases", None, Some(PageLink::to("?after=2", "Next")));
    let message = |text: &str, kind, day: &str| Message {
        content: text.into(),
        kind,
        sender: "Ann Lee".to_owned(),
        timestamp: MessageTime { date: day.to_owned(), time: "09:05".to_owned(), ..MessageTime::default() },
        ..Message::default()
    };
    let main = vec![
        PageHeaderActions::of("Cases", [Button::link("/cases/new", "Log a request")]).into(),
        SubNavigation::of(
            "Case",
            [NavigationItem::to("/1", "Overview").active(true), NavigationItem::to("/2", "Records")],
        )
        .into(),
        Badge::of("Overdue").colour("red").into(),
        FilterLayout { action: "/cases".to_owned(), filter, content: Content::from(table).and(results) }.into(),
        Heading::section("What happened").into(),
        Timeline::of([TimelineItem::of("Received", "2026-11-01T09:05:00Z", "1 November 2026 at 9:05am")
            .content("By post")
            .byline("Ann Lee")])
        .heading_level(3_u8)
        .into(),
        Messages::of(
            "Messages",
            [
                message("Which years?", MessageKind::Sent, "2026-11-01"),
                message("All of them", MessageKind::Received, "2026-11-02"),
            ],
        )
        .into(),
        SideNavigation::of("Settings", [])
            .section("Team", [NavigationItem::to("/people", "People").active(true)])
            .into(),
    ];
    let bar = IdentityBar::of("DR-2026-000123 Ann Lee")
        .menu(ButtonMenu::of("Actions", [Button::link("/edit", "Edit"), Button::link("/close", "Close")]));
    page("Desk", true, &bar.to_string(), &main)
}

#[test]
fn every_component_is_sound_on_a_phone_on_a_desk_and_without_scripts() {
    for name in ["form", "answer", "desk"] {
        for (view, width) in
            [(View::PHONE, "phone"), (View::DESKTOP, "desktop"), (View::PHONE.without_javascript(), "plain")]
        {
            let page = Page::open(view);
            assert_eq!(page.goto(&address(name)), 200);
            page.screenshot(&format!("ui-{name}-{width}"));
            page.assert_sound();
        }
    }
}

#[test]
fn a_language_that_runs_right_to_left_gets_the_page_in_the_mirror() {
    let page = Page::open(View::PHONE);
    assert_eq!(page.goto(&address("form-rtl")), 200);
    page.screenshot("ui-form-rtl");
    page.assert_sound();
    let bar = |side: &str| {
        page.eval(&format!("getComputedStyle(document.querySelector('.govuk-form-group--error')).border{side}Width"))
    };
    assert_eq!((bar("Right"), bar("Left")), ("5px".into(), "0px".into()));
}
