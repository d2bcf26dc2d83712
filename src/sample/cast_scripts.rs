//! The planted people whose names are not in plain Latin letters, and what they wrote.

use super::person::Person;
use super::planted::Cast;

/// The five, in the order in which [`BADGES`] names them.
pub(super) const PEOPLE: [Cast; 5] = [Cast::Arabic, Cast::Urdu, Cast::Polish, Cast::Chinese, Cast::Devanagari];

/// The main subject's enquiry that names all five.
pub(super) const BADGES: &str = "Please could the badges for the conference be spelt as people write their names?\n\
    • ليلى المنصوري\n• محمد عثمان قریشی\n• Łucja Brzęczyszczykiewicz\n• 欧阳思远\n• अनुष्का त्रिवेदी\n\
    And mine, if you can, as فرزانہ وِٹکم. Thank you!";

/// One of them, and their enquiry in their language.
pub(super) struct Script {
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    job: &'static str,
    pub(super) subject: &'static str,
    pub(super) message: &'static str,
}

pub(super) const ARABIC: Script = Script {
    name: "ليلى المنصوري",
    email: "layla.almansouri@example.org",
    phone: "07700 900981",
    job: "Family support worker",
    subject: "سؤال عن الدورة",
    message: "مرحبًا، هل توجد ترجمة عربية لمواد دورة Level 3؟ شكرًا جزيلاً.",
};

pub(super) const URDU: Script = Script {
    name: "محمد عثمان قریشی",
    email: "usman.qureshi@example.com",
    phone: "07700 900982",
    job: "Trustee",
    subject: "کورس کی تاریخ",
    message: "السلام علیکم، کیا اگلا کورس 12 مارچ کو ہے؟ براہِ کرم بتائیں۔",
};

pub(super) const POLISH: Script = Script {
    name: "Łucja Brzęczyszczykiewicz",
    email: "lucja.b@example.net",
    phone: "+44 7700 900983",
    job: "Teaching assistant",
    subject: "Zaświadczenie",
    message: "Dzień dobry, czy mogę prosić o zaświadczenie? Zażółć gęślą jaźń – test znaków.",
};

pub(super) const CHINESE: Script = Script {
    name: "欧阳思远",
    email: "siyuan.ouyang@example.org",
    phone: "07700900984",
    job: "Childminder",
    subject: "培训证书",
    message: "您好，请问培训证书什么时候寄出？谢谢！",
};

pub(super) const DEVANAGARI: Script = Script {
    name: "अनुष्का त्रिवेदी",
    email: "anushka.trivedi@example.com",
    phone: "(01632) 960985",
    job: "Health visitor",
    subject: "प्रमाणपत्र",
    message: "नमस्ते, मुझे अभी तक प्रमाणपत्र नहीं मिला है। कृपया भेज दें। धन्यवाद।",
};

impl Script {
    pub(super) fn person(&self) -> Person {
        Person {
            name: self.name.to_owned(),
            email: self.email.to_owned(),
            phone: Some(self.phone.to_owned()),
            job: Some(self.job.to_owned()),
            employer: Some("Blackburn & Darwen Community Languages Trust — ‘Many Tongues’".to_owned()),
            diet: None,
            access: None,
        }
    }
}
