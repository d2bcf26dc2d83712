//! One's own account: the second factor, recovery codes, passwords, sessions.

use rightsdesk::access::Role;
use rightsdesk::auth::FactorSecret;
use rightsdesk::base::Clock as _;
use serde_json::json;

use super::signed_in;
use crate::harness::browser::{Page, View};
use crate::harness::{Bench, Options, STAFF_PASSWORD};

/// The bytes of a key as it is shown for typing.
fn key(words: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
    for sign in words.chars().filter(|c| !c.is_whitespace()) {
        held = (held << 5) | u32::try_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(sign).unwrap()).unwrap();
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(((held >> bits) & 255) as u8);
        }
    }
    bytes
}

both! {
    fn a_second_factor_is_asked_for_once_it_is_set_up_and_each_code_counts_once(backend) {
        let bench = Bench::with(backend, Options::default());
        bench.staff("jo", Role::Caseworker);
        let page = signed_in(&bench, "jo", View::DESKTOP);
        page.link("jo");
        page.screenshot("desk-account");
        page.assert_sound();
        page.button("Set up a second factor");
        page.screenshot("desk-factor");
        page.assert_sound();
        assert!(page.eval("document.querySelector('img').naturalWidth > 100").as_bool().unwrap());
        let secret = FactorSecret::of(key(&page.text_of(".rd-secret")));
        page.fill("The six digits that the app shows now", "000000");
        page.button("Turn it on");
        assert!(page.title().starts_with("Error: "));
        let now = |bench: &Bench| secret.code(bench.clock.now().unix_seconds()).unwrap();
        page.fill("The six digits that the app shows now", &now(&bench));
        page.button("Turn it on");
        page.screenshot("desk-recovery");
        page.assert_sound();
        let codes = page.texts(".rd-codes code");
        assert_eq!(codes.len(), 10);

        let sign_in = |otp: Option<&str>| {
            let mut body = json!({"username": "jo", "password": STAFF_PASSWORD});
            if let Some(otp) = otp {
                body["otp"] = json!(otp);
            }
            bench.post("/api/v1/sessions", &body).status
        };
        assert_eq!(sign_in(None), 401);
        assert_eq!(sign_in(Some("123456")), 401);
        assert_eq!(sign_in(Some(&now(&bench))), 401, "the code that set it up has counted");
        bench.clock.advance(chrono::TimeDelta::seconds(60));
        assert_eq!(sign_in(Some(&now(&bench))), 201);
        assert_eq!(sign_in(Some(&now(&bench))), 401, "a code counts once");
        assert_eq!(sign_in(Some(&codes[0].to_uppercase())), 201);
        assert_eq!(sign_in(Some(&codes[0])), 401, "a recovery code counts once");
        assert_eq!(sign_in(Some(&codes[1])), 201);

        // By the page, with the app's code; then it is taken away again.
        bench.clock.advance(chrono::TimeDelta::seconds(60));
        let page = Page::open(View::DESKTOP);
        page.goto(&format!("{}/desk/sign-in", bench.url));
        page.fill("User name", "jo");
        page.fill("Password", STAFF_PASSWORD);
        page.fill("Code of your authenticator app", &now(&bench));
        page.button("Sign in");
        page.link("jo");
        assert!(page.text().contains("8 recovery codes are left"));
        page.assert_sound();
        page.click("summary");
        page.fill("Your password", "not it at all, no");
        page.button("Take the second factor away");
        assert!(page.title().starts_with("Error: "));
        page.fill("Your password", STAFF_PASSWORD);
        page.button("Take the second factor away");
        assert_eq!(sign_in(None), 201);
    }

    fn a_session_that_is_ended_opens_nothing_and_a_new_password_ends_the_others(backend) {
        let bench = Bench::with(backend, Options::default());
        let token = bench.staff("jo", Role::Caseworker);
        let page = signed_in(&bench, "jo", View::DESKTOP);
        let other = signed_in(&bench, "jo", View::DESKTOP);
        page.goto(&format!("{}/desk/account", bench.url));
        page.button("End all others");
        other.goto(&format!("{}/desk", bench.url));
        assert!(other.url().contains("/desk/sign-in"), "an ended session opens nothing");
        bench.get("/api/v1/cases", &token).problem(401);

        let other = signed_in(&bench, "jo", View::DESKTOP);
        page.goto(&format!("{}/desk/account", bench.url));
        for (new, why) in [
            ("short", "too short"),
            ("Password1234!", "attackers try first"),
            ("jo is my name!!", ""),
        ] {
            page.fill("Present password", STAFF_PASSWORD);
            page.fill("New password", new);
            if why.is_empty() {
                continue;
            }
            page.button("Change the password");
            assert!(page.text_of(".govuk-error-summary").contains(why), "{}", page.text());
        }
        page.screenshot("desk-password");
        page.fill("Present password", "wrong wrong wrong");
        page.fill("New password", "rowan tea 7 bridge");
        page.button("Change the password");
        assert!(page.text_of(".govuk-error-summary").contains("not your present password"));
        page.fill("Present password", STAFF_PASSWORD);
        page.fill("New password", "rowan tea 7 bridge");
        page.button("Change the password");
        assert!(page.text().contains("Your password is changed"));
        other.goto(&format!("{}/desk", bench.url));
        assert!(other.url().contains("/desk/sign-in"));
        let body = json!({"username": "jo", "password": "rowan tea 7 bridge"});
        bench.post("/api/v1/sessions", &body).expect(201);
    }
}
