//! How a request came, and who sent it.

use crate::base::words;

words! {
    /// How the request reached the controller. A request needs no form: any channel counts from its true date.
    Channel, "the channel" {
        /// The public web form.
        Web = "web",
        /// The REST API.
        Api = "api",
        /// E-mail.
        Email = "email",
        /// A letter.
        Post = "post",
        /// A telephone call.
        Phone = "phone",
        /// Said to a member of staff.
        InPerson = "in_person",
        /// A message on social media.
        SocialMedia = "social_media",
    }
}

words! {
    /// Who the requester is to the data subject.
    Relationship, "the relationship" {
        /// The data subject themselves.
        Myself = "self",
        /// Holds parental responsibility.
        Parent = "parent",
        /// A solicitor, friend or agency with written authority, an attorney or a deputy.
        Representative = "representative",
    }
}
