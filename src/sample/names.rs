//! Given and family names of the people whom a Lancashire training website meets, from common knowledge; no list of
//! real people was used. A name in another script carries its Latin form, from which an e-mail address is made.

/// Names of one origin: (as written, in Latin letters where that differs).
pub(super) struct Origin {
    /// How many people in a thousand have names of this origin.
    pub(super) per_mille: u64,
    pub(super) given: &'static [(&'static str, &'static str)],
    pub(super) family: &'static [(&'static str, &'static str)],
    /// Family name first, without a space between.
    pub(super) family_first: bool,
}

macro_rules! plain {
    ($($name:literal)+) => { &[$(($name, $name)),+] };
}

/// The origins, most common first; their shares add up to a thousand.
pub(super) static ORIGINS: [Origin; 13] = [
    Origin {
        per_mille: 520,
        given: plain!("Alison" "Amy" "Andrew" "Barbara" "Beth" "Callum" "Carol" "Charlotte" "Christine" "Daniel" "Dawn" "Deborah" "Emma" "Gareth" "Gemma" "Graham" "Hannah" "Heather" "Ian" "Jack" "Janet" "Jessica" "Joanne" "Julie" "Karen" "Katie" "Laura" "Lee" "Lesley" "Louise" "Lynne" "Mark" "Matthew" "Megan" "Michelle" "Natalie" "Nicola" "Oliver" "Paul" "Peter" "Rachel" "Rebecca" "Sarah" "Sharon" "Simon" "Sophie" "Stephen" "Susan" "Thomas" "Tracey" "Victoria" "Wendy"),
        family: plain!("Ainsworth" "Almond" "Ashworth" "Aspinall" "Bamber" "Barnes" "Bradshaw" "Brindle" "Catterall" "Clarke" "Cottam" "Crook" "Cunliffe" "Dewhurst" "Eccles" "Entwistle" "Fielding" "Gregson" "Halliwell" "Hargreaves" "Haworth" "Haydock" "Hindle" "Holden" "Hodgson" "Iddon" "Kenyon" "Kirkham" "Livesey" "Marsden" "Nuttall" "Ormerod" "Parkinson" "Pickup" "Pilkington" "Rawcliffe" "Riley" "Rothwell" "Sharples" "Shorrock" "Singleton" "Southworth" "Taylor" "Threlfall" "Turner" "Walmsley" "Whittaker" "Wilding" "Worden" "Yates"),
        family_first: false,
    },
    Origin {
        per_mille: 130,
        given: plain!("Aaliyah" "Abdul" "Adeel" "Aisha" "Amina" "Asma" "Bilal" "Faisal" "Fatima" "Hamza" "Hina" "Imran" "Javed" "Khadija" "Maryam" "Mohammed" "Nadia" "Nasreen" "Omar" "Rukhsana" "Saima" "Shabana" "Tariq" "Usman" "Yasmin" "Zainab"),
        family: plain!("Ahmed" "Akhtar" "Ali" "Aslam" "Begum" "Bibi" "Chaudhry" "Hussain" "Iqbal" "Javed" "Khan" "Mahmood" "Malik" "Mirza" "Rafiq" "Raja" "Rehman" "Saddiq" "Shah" "Sheikh"),
        family_first: false,
    },
    Origin {
        per_mille: 90,
        given: plain!("Amrit" "Anjali" "Arjun" "Bhavesh" "Deepa" "Dilip" "Harpreet" "Jaspreet" "Kavita" "Kiran" "Meera" "Neha" "Nisha" "Parveen" "Priya" "Rajesh" "Ravi" "Sangeeta" "Sunita" "Vijay"),
        family: plain!("Bhatt" "Chauhan" "Desai" "Dhillon" "Gill" "Joshi" "Kaur" "Kumar" "Mistry" "Modi" "Parmar" "Patel" "Rao" "Sandhu" "Sharma" "Singh" "Solanki" "Vohra"),
        family_first: false,
    },
    Origin {
        per_mille: 60,
        given: plain!("Aoife" "Bríd" "Ciarán" "Conor" "Deirdre" "Eilís" "Gráinne" "Máire" "Niamh" "Órla" "Róisín" "Seán" "Siobhán" "Tadhg"),
        family: plain!("Brennan" "Byrne" "Doyle" "Gallagher" "Kelly" "Mac Giolla" "Murphy" "Ní Dhomhnaill" "O'Brien" "O'Connor" "O’Sullivan" "Ó Dálaigh" "Walsh"),
        family_first: false,
    },
    Origin {
        per_mille: 25,
        given: plain!("Angharad" "Carys" "Dafydd" "Eleri" "Ffion" "Gwen" "Huw" "Llŷr" "Rhiannon" "Siân"),
        family: plain!("Davies" "Evans" "Gwynne" "Jones" "Llewelyn" "Pritchard" "Pugh" "Rees" "Tŷ-Coch" "Vaughan"),
        family_first: false,
    },
    Origin {
        per_mille: 55,
        given: plain!("Agnieszka" "Andrzej" "Bożena" "Elżbieta" "Grzegorz" "Joanna" "Katarzyna" "Krzysztof" "Łukasz" "Małgorzata" "Michał" "Paweł" "Stanisław" "Wiesława" "Zofia"),
        family: plain!("Dąbrowska" "Jabłoński" "Kamińska" "Kowalczyk" "Lewandowska" "Majewski" "Nowak" "Pawłowska" "Szymański" "Wiśniewska" "Wójcik" "Zieliński" "Żak"),
        family_first: false,
    },
    Origin {
        per_mille: 30,
        given: plain!("Andreea" "Bogdan" "Cătălina" "Gheorghe" "Ioana" "Mihai" "Ștefan" "Vasile"),
        family: plain!("Bălan" "Constantin" "Dumitru" "Enache" "Ionescu" "Munteanu" "Popescu" "Țurcanu"),
        family_first: false,
    },
    Origin {
        per_mille: 30,
        given: plain!("Adébáyọ̀" "Chidi" "Chinwe" "Folake" "Kwame" "Ngozi" "Olúwaṣeun" "Tariro" "Thandiwe" "Yaw"),
        family: plain!("Adeyemi" "Agyeman" "Chukwu" "Eze" "Mensah" "Moyo" "Ndlovu" "Nwosu" "Okafor" "Owusu"),
        family_first: false,
    },
    Origin {
        per_mille: 20,
        given: plain!("Beatriz" "Inês" "João" "José" "Lucía" "Núria" "Sofía" "Tomás"),
        family: plain!("Álvarez" "Conceição" "Fernandes" "García" "Gonçalves" "Muñoz" "Pereira" "Simões"),
        family_first: false,
    },
    Origin {
        per_mille: 10,
        given: &[
            ("Олена", "Olena"),
            ("Андрій", "Andrii"),
            ("Наталія", "Nataliia"),
            ("Тарас", "Taras"),
            ("Ірина", "Iryna"),
        ],
        family: &[("Шевчук", "Shevchuk"), ("Коваленко", "Kovalenko"), ("Бондар", "Bondar"), ("Мельник", "Melnyk")],
        family_first: false,
    },
    Origin {
        per_mille: 10,
        given: &[("فاطمة", "Fatimah"), ("أحمد", "Ahmad"), ("سارة", "Sarah"), ("یاسر", "Yasir"), ("عائشہ", "Ayesha")],
        family: &[
            ("الحسن", "Alhassan"),
            ("حداد", "Haddad"),
            ("الخطيب", "Alkhatib"),
            ("خان", "Khan"),
            ("بھٹی", "Bhatti"),
        ],
        family_first: false,
    },
    Origin {
        per_mille: 10,
        given: &[("伟", "Wei"), ("芳", "Fang"), ("秀英", "Xiuying"), ("志明", "Zhiming"), ("丽", "Li")],
        family: &[("王", "Wang"), ("李", "Lee"), ("张", "Zhang"), ("陈", "Chen"), ("黄", "Huang")],
        family_first: true,
    },
    Origin {
        per_mille: 10,
        given: &[("सुनीता", "Sunita"), ("राजेश", "Rajesh"), ("प्रिया", "Priya"), ("विकास", "Vikas")],
        family: &[("शर्मा", "Sharma"), ("पटेल", "Patel"), ("वर्मा", "Verma"), ("गुप्ता", "Gupta")],
        family_first: false,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_whole() {
        assert_eq!(ORIGINS.iter().map(|o| o.per_mille).sum::<u64>(), 1000);
    }
}
