//! E-mail addresses in the form that two writings of one share.

use unicode_normalization::UnicodeNormalization;

/// An e-mail address in lower case without surrounding white space (Unicode lower case and NFKC; the local part too,
/// since no mailbox provider in use tells letter cases apart). Of `Ann Smith <ann@example.org>` the address alone.
#[must_use]
pub fn normal_email(text: &str) -> String {
    let text = text.trim();
    let address = match text.rsplit_once('<') {
        Some((name, rest)) if !name.contains('@') => {
            rest.strip_suffix('>').filter(|inner| inner.contains('@')).unwrap_or(text)
        }
        Some(_) | None => text,
    };
    let address = address.trim();
    if address.is_ascii() {
        return address.to_ascii_lowercase();
    }
    address.nfkc().flat_map(char::to_lowercase).nfkc().collect::<String>().trim().to_owned()
}

/// The mailbox behind a normal address: `ann+news@example.org` is delivered to `ann@example.org` (RFC 5233 sub-addresses
/// as providers write them). With `gmail_dots`, Gmail's own rules too: dots in the local part do not count, and
/// `googlemail.com` is `gmail.com`.
#[must_use]
pub fn mailbox(normal: &str, gmail_dots: bool) -> String {
    let Some((local, domain)) = normal.rsplit_once('@') else { return normal.to_owned() };
    let base = match local.split_once('+') {
        Some((base, _)) if !base.is_empty() => base,
        Some(_) | None => local,
    };
    if gmail_dots && (domain == "gmail.com" || domain == "googlemail.com") {
        return format!("{}@gmail.com", base.replace('.', ""));
    }
    format!("{base}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_matches_whatever_its_case_and_padding() {
        for text in [
            " Ann.Smith@Example.ORG\t",
            "ann.smith@example.org",
            "Ann Smith <ann.smith@example.org>",
            "ＡＮＮ.smith@example.org",
        ] {
            assert_eq!(normal_email(text), "ann.smith@example.org", "{text}");
        }
        assert_eq!(normal_email("a@b.org, c@d.org <e@f.org>"), "a@b.org, c@d.org <e@f.org>", "two people are not one");
    }

    #[test]
    fn a_sub_address_is_delivered_to_its_mailbox() {
        let table = [
            ("ann+news@example.org", false, "ann@example.org"),
            ("ann+a+b@example.org", false, "ann@example.org"),
            ("+44@example.org", false, "+44@example.org"),
            ("a.n.n@gmail.com", false, "a.n.n@gmail.com"),
            ("a.n.n+x@googlemail.com", true, "ann@gmail.com"),
            ("a.n.n@example.org", true, "a.n.n@example.org"),
            ("nobody", true, "nobody"),
        ];
        for (address, dots, expected) in table {
            assert_eq!(mailbox(address, dots), expected, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_normal_address_is_normal(text in "[ -~\u{a0}-\u{17f}]{0,12}@[ -~]{0,8}", dots: bool) {
            let once = normal_email(&text);
            assert_eq!(normal_email(&once), once);
            let box_of = mailbox(&once, dots);
            assert_eq!(mailbox(&box_of, dots), box_of);
        }
    }
}
