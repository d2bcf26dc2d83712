//! What the generated rows say: invented employers, the jobs, courses, venues, needs and messages of safeguarding
//! training in Lancashire, Blackburn with Darwen and Blackpool.

/// Invented employers with the label of their e-mail domain under `example.org`.
pub(super) const EMPLOYERS: [(&str, &str); 36] = [
    ("St Oswin's CE Primary School, Blackburn", "stoswins"),
    ("Corporation Park Infant School", "corporationpark"),
    ("Larkhill Meadow Nursery", "larkhillmeadow"),
    ("Darwen Moor High School", "darwenmoor"),
    ("Whitebirk Lane Academy", "whitebirklane"),
    ("Bispham Sands Primary School", "bisphamsands"),
    ("North Shore Community College", "northshorecollege"),
    ("Squires Gate Children's Home", "squiresgatehome"),
    ("Stanley Park Family Centre", "stanleyparkfamily"),
    ("Fylde Fostering Together", "fyldefostering"),
    ("Preston Docks Youth Project", "docksyouth"),
    ("Ribble Bridge Multi-Academy Trust", "ribblebridge"),
    ("Our Lady of the Fells RC School", "olfells"),
    ("Madrasah Noor al-Ilm, Blackburn", "nooralilm"),
    ("Guru Nanak Study Circle, Preston", "gnstudycircle"),
    ("Lancaster Quay Sixth Form", "lancasterquay"),
    ("Morecambe Bay Speech and Language Trust", "baysalt"),
    ("Pendle Hill Health Visiting Team", "pendlehealth"),
    ("Burnley Weavers Housing Association", "weavershousing"),
    ("Hyndburn Hearts Charity", "hyndburnhearts"),
    ("Rossendale Young Carers", "rossendaleyc"),
    ("Chorley Canal Swimming Club", "canalswimming"),
    ("Leyland Lions Junior Football", "leylandlions"),
    ("Wyre Rivers Scouts", "wyrescouts"),
    ("Fleetwood Harbour Academy", "fleetwoodharbour"),
    ("East Lancs Refuge Partnership", "eastlancsrefuge"),
    ("Lytham Windmill Dental Practice", "windmilldental"),
    ("Garstang Road GP Surgery", "garstangroadgp"),
    ("Lancashire Moors Children's Services", "moorschildren"),
    ("Bay View Short Breaks", "bayviewbreaks"),
    ("Skelmersdale Stepping Stones", "steppingstones"),
    ("Ormskirk Orchard Pre-School", "orchardpreschool"),
    ("Clitheroe Castle Tutors", "castletutors"),
    ("Accrington Coppice Pupil Referral Unit", "coppicepru"),
    ("Seaside Sibling Support", "seasidesiblings"),
    ("Victoria Tower Police Liaison", "towerliaison"),
];

/// Job titles.
pub(super) const JOBS: [&str; 30] = [
    "Designated Safeguarding Lead",
    "Deputy DSL",
    "Headteacher",
    "Deputy Headteacher",
    "Class teacher",
    "Teaching assistant",
    "SENCO",
    "School governor",
    "Pastoral manager",
    "Family support worker",
    "Social worker",
    "Newly qualified social worker",
    "Team manager",
    "Early help practitioner",
    "Health visitor",
    "School nurse",
    "Midwife",
    "GP",
    "Practice manager",
    "Foster carer",
    "Residential care worker",
    "Youth worker",
    "Nursery manager",
    "Childminder",
    "Club welfare officer",
    "Housing officer",
    "Domestic abuse adviser",
    "Trustee",
    "Volunteer",
    "Independent reviewing officer",
];

/// Courses and other events: (title, kind, hours, usual fee in pence).
pub(super) const COURSES: [(&str, &str, i64, i64); 20] = [
    ("Safeguarding Children: Level 1", "course", 2, 0),
    ("Safeguarding Children: Level 3 refresher", "course", 4, 3500),
    ("Designated Safeguarding Lead: two-day course", "course", 7, 12_000),
    ("Working Together: what has changed", "webinar", 1, 0),
    ("Child exploitation: spotting the signs", "course", 3, 2500),
    ("Neglect: using the assessment tool", "course", 3, 2500),
    ("Domestic abuse and its effect on children", "course", 4, 3500),
    ("Safer recruitment", "course", 6, 7500),
    ("Online safety for families", "webinar", 1, 0),
    ("Learning from a local child safeguarding practice review", "briefing", 2, 0),
    ("Private fostering: your duty to tell us", "webinar", 1, 0),
    ("Infant safe sleep: every contact counts", "webinar", 1, 0),
    ("Bruising in babies not yet mobile", "briefing", 2, 0),
    ("Emotional harm and coercive control", "course", 3, 2500),
    ("Managing allegations: the role of the LADO", "course", 3, 3000),
    ("Prevent: an introduction", "webinar", 1, 0),
    ("Trauma-informed practice", "course", 6, 6550),
    ("Annual partnership conference", "conference", 7, 4500),
    ("Voice of the child", "course", 3, 2500),
    ("Young carers: see them, support them", "briefing", 2, 0),
];

/// Invented venues.
pub(super) const VENUES: [&str; 10] = [
    "Blackburn Cotton Exchange Rooms",
    "Winter Gardens Annexe, Blackpool",
    "Preston Guild Centre, Room 3",
    "Lancaster Castle View Suite",
    "Burnley Mechanics' Loft",
    "Darwen Library, first floor",
    "Fleetwood Marine Lounge",
    "Chorley Town Hall, Lancastrian Room B",
    "Accrington Market Chamber",
    "Leyland Civic Annexe",
];

/// Dietary needs; many people leave it empty or write that there are none.
pub(super) const DIETS: [&str; 10] = [
    "None",
    "",
    "Vegetarian",
    "Vegan",
    "Halal",
    "Kosher",
    "Gluten free (coeliac)",
    "Nut allergy - carries EpiPen",
    "No pork please",
    "Dairy free",
];

/// Access needs.
pub(super) const ACCESS: [&str; 9] = [
    "Wheelchair user, needs step-free access",
    "BSL interpreter",
    "Large print handouts",
    "Hearing loop",
    "Dyslexic - slides in advance please",
    "Quiet room for breaks",
    "Parking near the door (blue badge)",
    "Room to express milk",
    "Captions for online sessions",
];

/// What people wrote about an event.
pub(super) const FEEDBACK: [&str; 8] = [
    "Very useful, thank you.",
    "The trainer knew her stuff but the room was freezing.",
    "Too much reading from slides.",
    "Excellent. I'll cascade this to my team.",
    "Would have liked more time on thresholds.",
    "Sound kept dropping out; please send the recording",
    "👍",
    "n/a",
];

/// Newsletter topics.
pub(super) const TOPICS: [&str; 7] =
    ["training", "policy updates", "case reviews", "early years", "schools", "exploitation", "health"];

/// How consent was given.
pub(super) const CONSENT_METHODS: [&str; 4] =
    ["website form, double opt-in", "paper form at an event", "tick box on a booking", "telephone"];

/// Why people left the newsletter.
pub(super) const LEAVE_REASONS: [&str; 5] =
    ["Changed jobs", "Too many e-mails", "No longer relevant", "", "I never asked for this!"];

/// Newsletter subjects.
pub(super) const ISSUES: [&str; 8] = [
    "New dates for Level 3 training",
    "Seven-minute briefing: neglect",
    "What we learned this quarter",
    "Conference: booking is open",
    "Policy and procedures: what's new",
    "Safer Sleep Week – share the message",
    "Half-term round-up",
    "Your partnership in numbers",
];

/// Subjects and messages of enquiries. `{third}` stands for another person's name.
pub(super) const ENQUIRIES: [(&str, &str); 12] = [
    ("Certificate", "Hello, I attended in the spring but never got my certificate. Could you send it again?"),
    ("Booking", "Can I move my place to the next date? Something has come up at work."),
    ("", "Who do I speak to about becoming a trainer?"),
    ("Invoice query", "We've been invoiced twice for the same course (£35.00 each). Please could you credit one."),
    ("Can't log in", "It says my account is locked. I haven't changed anything.\n\nThanks"),
    ("Advice", "I'm worried about something a colleague, {third}, said in a meeting. Who should I tell?"),
    ("Place for a colleague", "Please could you add {third} to my booking? They start with us on Monday."),
    ("Policy", "Where can I find the escalation procedure? The link on \"Working Together\" gives a 404\\error page."),
    ("Complaint", "I waited on hold for forty minutes.\r\nNobody rang back."),
    ("Thank you", "Just to say the session yesterday was brilliant 😊"),
    ("Access", "Is there a hearing loop at the venue? I wear two hearing aids."),
    ("Newsletter", "Please take me off your list; I retired in July."),
];

/// Answers to enquiries. `{name}` stands for the enquirer.
pub(super) const REPLIES: [&str; 6] = [
    "Dear {name},\n\nThank you for getting in touch. I've done this for you today.\n\nKind regards",
    "Hi {name}, I've passed this to the training team, who will ring you.",
    "Dear {name}, sorry about this. A credit note is on its way.",
    "Hello {name}, please try the link on our contact page and tell me if it still fails.",
    "Rang {name}, no answer. Try again tomorrow.",
    "Spoke to {name}; happy with the outcome. Close.",
];

/// Invented members of staff.
pub(super) const STAFF: [&str; 6] =
    ["Pauline Hesketh", "Dev Mistry", "Catherine Moss", "Rob Sagar", "Training Team", "Ghazala Noor"];

/// Pages of the site.
pub(super) const PATHS: [&str; 14] = [
    "/",
    "/training",
    "/training/search?q=level%203",
    "/training/my-bookings",
    "/newsletter",
    "/policies",
    "/policies/escalation",
    "/report-a-concern",
    "/seven-minute-briefings/neglect",
    "/resources/urdu/محفوظ-نیند",
    "/contact",
    "/account",
    "/learning-from-reviews",
    "/parents-and-carers",
];

/// Where visitors came from.
pub(super) const REFERRERS: [&str; 4] = [
    "https://www.example.com/search?q=safeguarding+training",
    "https://intranet.example.org/",
    "https://example.net/",
    "",
];

/// Browsers.
pub(super) const AGENTS: [&str; 4] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Mobile Safari/537.36",
];
