//! Compares e-mail addresses, telephone numbers, postcodes and addresses.

use crate::subject::outward;

use super::level::Level;
use super::profile::Address;
use super::similar::{few_edits, jaro_winkler, one_edit};

pub(super) fn email(own: &Address, row: &Address) -> Level {
    if own.normal == row.normal {
        return Level::Exact;
    }
    if own.mailbox == row.mailbox {
        return Level::Mailbox;
    }
    let (Some((own_local, own_domain)), Some((local, domain))) =
        (own.mailbox.rsplit_once('@'), row.mailbox.rsplit_once('@'))
    else {
        return Level::Differs;
    };
    let long = own_local.len().min(local.len()) >= 5;
    // One slip in either half; a short name before the @ is too near to others at the same provider.
    let near = (own_domain == domain && long && one_edit(own_local, local))
        || (own_local == local && one_edit(own_domain, domain))
        || (long && one_edit(own_local, local) && jaro_winkler(own_domain, domain, 0.9) > 0.0);
    if near {
        Level::Near
    } else if own_local == local && long {
        Level::Local
    } else if own_local == local && jaro_winkler(own_domain, domain, 0.9) > 0.0 {
        Level::Near
    } else if long && few_edits(&own.mailbox, &row.mailbox) {
        Level::Like
    } else {
        Level::Differs
    }
}

pub(super) fn phone(own: &str, row: &str) -> Level {
    if own == row {
        Level::Exact
    } else if own.len().min(row.len()) >= 10 && one_edit(own, row) {
        Level::Near
    } else {
        Level::Differs
    }
}

pub(super) fn postcode(own: &str, row: &str) -> Level {
    if own == row {
        return Level::Exact;
    }
    if own.len().min(row.len()) >= 5 && one_edit(own, row) {
        return Level::Near;
    }
    // Some tables keep the outward half alone.
    let district = |code: &str| outward(code).unwrap_or(code).to_owned();
    if district(own) == district(row) { Level::District } else { Level::Differs }
}

pub(super) fn address(own: &str, row: &str) -> Level {
    if own == row {
        return Level::Exact;
    }
    let number = |text: &str| {
        text.split(' ').next().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
    };
    // Two houses of one street are two addresses.
    if let (Some(a), Some(b)) = (number(own), number(row))
        && a != b
    {
        return Level::Differs;
    }
    let similarity = jaro_winkler(own, row, 0.8);
    let words = |text: &str| text.split(' ').filter(|word| word.len() > 2).map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(own), words(row));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let within = short.len() >= 2 && short.iter().all(|word| long.contains(word));
    if similarity >= 0.92 || within {
        Level::Near
    } else if similarity >= 0.8 {
        Level::Like
    } else {
        Level::Differs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_agree_by_degrees() {
        use crate::subject::{mailbox, normal_email};
        let of = |text: &str| {
            let normal = normal_email(text);
            Address { mailbox: mailbox(&normal, false), normal }
        };
        for (a, b, expected) in [
            ("ann@example.org", "ANN@example.org ", Level::Exact),
            ("ann@example.org", "ann+x@example.org", Level::Mailbox),
            ("ann.smith@example.org", "ann.smth@example.org", Level::Near),
            ("ann.smith@example.org", "ann.smith@exmaple.org", Level::Near),
            ("ann.smith@example.org", "ann.smith@work.test", Level::Local),
            ("ann@example.org", "ann@work.test", Level::Differs),
            ("ann@example.org", "amn@example.org", Level::Differs),
            ("ann.smith@example.org", "an.smiht@example.org", Level::Like),
            ("ann.smith@example.org", "bob.jones@example.org", Level::Differs),
        ] {
            assert_eq!(email(&of(a), &of(b)), expected, "{a} {b}");
            assert_eq!(email(&of(b), &of(a)), expected, "{b} {a}");
        }
        assert_eq!(postcode("PR18XJ", "PR18XK"), Level::Near);
        assert_eq!(postcode("PR18XJ", "PR12AB"), Level::District);
        assert_eq!(postcode("PR18XJ", "PR1"), Level::District);
        assert_eq!(postcode("PR18XJ", "LA11AA"), Level::Differs);
        assert_eq!(address("12 market street", "12 market street preston"), Level::Near);
        assert_eq!(address("12 market street", "14 market street"), Level::Differs);
        assert_eq!(address("london", "lonon"), Level::Near);
        assert_eq!(phone("447700900123", "447700900132"), Level::Near);
        assert_eq!(phone("447700900123", "447700900999"), Level::Differs);
    }
}
