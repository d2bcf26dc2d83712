//! The website's tables as the generator writes them; `migrations/website` makes them.

use crate::sources::fill::{ColumnKind as Kind, ColumnSpec, TableSpec};

/// A table of the website, in an order in which parents come before the rows that refer to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// People who sign in.
    Accounts,
    /// What they said about cookies.
    CookieChoices,
    /// Pages seen.
    PageViews,
    /// Courses, webinars, briefings and conferences.
    Events,
    /// Who is booked on them.
    EventBookings,
    /// Who asked for the newsletter.
    NewsletterSubscriptions,
    /// Newsletters sent.
    NewsletterDeliveries,
    /// Messages from the contact form.
    Enquiries,
    /// Answers and notes.
    EnquiryReplies,
}

impl Table {
    /// Where the table stands in [`TABLES`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Accounts => 0,
            Self::CookieChoices => 1,
            Self::PageViews => 2,
            Self::Events => 3,
            Self::EventBookings => 4,
            Self::NewsletterSubscriptions => 5,
            Self::NewsletterDeliveries => 6,
            Self::Enquiries => 7,
            Self::EnquiryReplies => 8,
        }
    }

    /// The table's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLES.get(self.index()).map_or("", |t| t.name)
    }
}

macro_rules! table {
    ($table:literal, $($name:literal $kind:ident),+ $(,)?) => {
        TableSpec { name: $table, columns: &[$(ColumnSpec { name: $name, kind: Kind::$kind }),+] }
    };
}

/// Every table with its columns.
pub static TABLES: [TableSpec; 9] = [
    table!("accounts", "id" Whole, "email" Text, "display_name" Text, "phone" Text, "job_title" Text, "employer" Text,
        "password_hash" Text, "created_at" Second, "last_login_at" Second, "locked" Boolean),
    table!("cookie_choices", "id" Uuid, "account_id" Whole, "visitor_key" Text, "functional" Boolean,
        "analytics" Boolean, "marketing" Boolean, "banner_version" Integer, "chosen_at" Second, "user_agent" Text),
    table!("page_views", "id" Whole, "account_id" Whole, "visitor_key" Text, "path" Text, "referrer" Text,
        "viewed_at" Millisecond, "seconds_on_page" Real),
    table!("events", "id" Whole, "code" Text, "title" Text, "kind" Text, "summary" Text, "venue" Text, "online" Boolean,
        "starts_at" Second, "ends_at" Second, "capacity" Integer, "fee" Money, "published_on" Day),
    table!("event_bookings", "id" Whole, "event_id" Whole, "reference" Uuid, "attendee_name" Text, "job_title" Text,
        "employer" Text, "email" Text, "phone" Text, "dietary_needs" Text, "access_needs" Text, "attended" Boolean,
        "cpd_hours" Real, "rating" Small, "feedback" Text, "fee_paid" Money, "booked_by" Text, "booked_at" Second,
        "cancelled_on" Day),
    table!("newsletter_subscriptions", "id" Whole, "email" Text, "name" Text, "organisation" Text, "topics" List,
        "consent_given" Boolean, "consent_at" Second, "consent_method" Text, "consent_ip" Address,
        "unsubscribed_at" Second, "unsubscribe_reason" Text),
    table!("newsletter_deliveries", "id" Whole, "subscription_id" Whole, "issue_on" Day, "subject" Text,
        "sent_at" Second, "opened_at" Second, "bounced" Boolean),
    table!("enquiries", "id" Whole, "name" Text, "email" Text, "phone" Text, "subject" Text, "message" Text,
        "status" Text, "received_at" Second, "closed_at" Second),
    table!("enquiry_replies", "id" Whole, "enquiry_id" Whole, "author" Text, "body" Text, "internal" Boolean,
        "written_at" Second),
];
