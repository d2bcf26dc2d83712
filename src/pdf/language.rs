//! The language that a script suggests, so that a screen reader changes its voice. A script is not a language: the
//! answer is the likeliest one (CLDR likely subtags), with Urdu, Persian and Ukrainian told by their own letters.

/// The language of `text` if its first letter is of a script that the document's language (English) is not written in.
pub fn of(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    match u32::from(text.chars().find(|c| c.is_alphabetic())?) {
        0x370..=0x3ff | 0x1f00..=0x1fff => Some("el"),
        0x400..=0x52f => {
            Some(if text.contains(['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ']) { "uk" } else { "ru" })
        }
        0x531..=0x58f => Some("hy"),
        0x590..=0x5ff | 0xfb1d..=0xfb4f => Some("he"),
        0x600..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe => Some(arabic_script(text)),
        0x900..=0x97f => Some("hi"),
        0x980..=0x9ff => Some("bn"),
        0xa00..=0xa7f => Some("pa"),
        0xa80..=0xaff => Some("gu"),
        0xb80..=0xbff => Some("ta"),
        0xc00..=0xc7f => Some("te"),
        0xd00..=0xd7f => Some("ml"),
        0xd80..=0xdff => Some("si"),
        0xe00..=0xe7f => Some("th"),
        0x10a0..=0x10ff => Some("ka"),
        0x1200..=0x139f => Some("am"),
        0x3040..=0x30ff => Some("ja"),
        0x1100..=0x11ff | 0xac00..=0xd7af => Some("ko"),
        0x2e80..=0x2fdf | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => Some("zh"),
        _ => None,
    }
}

fn arabic_script(text: &str) -> &'static str {
    if text.contains(['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ', 'ھ']) {
        "ur"
    } else if text.contains(['پ', 'چ', 'ژ', 'گ', 'ک', 'ی']) {
        "fa"
    } else {
        "ar"
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn scripts_suggest_their_likeliest_language() {
        for (text, language) in [
            ("plain", None),
            ("Łukasz", None),
            ("محمد", Some("ar")),
            ("خط بھیج", Some("ur")),
            ("Шевченко", Some("ru")),
            ("Київ", Some("uk")),
            ("王小明", Some("zh")),
            ("क्षितिज", Some("hi")),
            ("👍", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
