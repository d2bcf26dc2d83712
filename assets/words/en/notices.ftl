### What the service says about itself.

privacy-title = Privacy notice
privacy-who = { $controller } is responsible for this service ({ $service }). In law we are the “controller”.
privacy-registration = We are registered with the { $regulator }. Our number is { $registration }.
privacy-dpo = You can write to us at { $email }, or to our data protection officer at { $dpo }.
privacy-what-title = What we use
privacy-what-1 = what you type in the form: names, e-mail addresses, phone numbers, postcode, date of birth, your own words
privacy-what-2 = files that you send to show who you are
privacy-what-3 = messages between you and us
privacy-what-4 = the information that we find about you, to answer you
privacy-why-title = Why we use it
privacy-why = We use it to find your information, to make sure that it goes to you and nobody else, to answer you, and to show that we kept the law.
privacy-law = The law requires us to answer you. Our legal basis is UK GDPR Article 6(1)(c), a legal obligation. For very private information it is Article 9(2)(g) with the Data Protection Act 2018, section 10 and Schedule 1.
privacy-proof = We ask for proof only where we are not sure who you are (UK GDPR Article 12(6)).
privacy-share-title = Who sees it
privacy-share = The people who work on your request. We do not sell it and do not use it for anything else.
privacy-keep-title = How long we keep it
privacy-keep-1 = a form that you did not send: 1 day, or longer if you asked us to keep it
privacy-keep-2 = files that show who you are: until we have decided about them
privacy-keep-3 = the answer for you to download: { $days } days
privacy-keep-4 = your request and what we did: { $kept } after it is closed
privacy-rights-title = Your rights
privacy-rights = You can ask to see this information too, to have it put right, deleted or not used, and you can object. Use this service or write to us.
privacy-must = You do not have to tell us more than we ask. Without a name and a way to reach you we cannot answer.
privacy-automated = No computer decides about you here. A person does.
privacy-complain-title = If you are not happy
privacy-complain-us = You can complain to us: write to { $email }. We tell you within 30 days that we have your complaint (Data Protection Act 2018, section 164A).
privacy-complain-court = You can also ask a court (Data Protection Act 2018, section 167).
privacy-more = The privacy notice of { $controller }

accessibility-title = Accessibility statement
accessibility-lead = Everybody should be able to use this service ({ $service }). You should be able to:
accessibility-can-1 = make the page up to 4 times as large
accessibility-can-2 = use only the keyboard
accessibility-can-3 = use a screen reader or speech recognition
accessibility-can-4 = use it without JavaScript
accessibility-how-title = How accessible it is
accessibility-how = The service is made to meet the Web Content Accessibility Guidelines version 2.2, level AA.
accessibility-not = It has been tested by its makers with programs and by keyboard. People with disabilities have not tested it yet, so there may be faults that we do not know.
accessibility-help-title = If you need help or find a fault
accessibility-help = Write to { $email }. Tell us what you need, for example large print, easy read, audio or braille.
accessibility-force-title = If you are not happy with our answer
accessibility-force = The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. The Equality Advisory and Support Service can help you.
accessibility-eass = Equality Advisory and Support Service
accessibility-test-title = When it was tested
accessibility-tested = Last tested on { $date }.
accessibility-untested = The owner of this service has not yet tested it by themselves.

cookies-title = Cookies
cookies-lead = Cookies are small files that a website keeps on your phone or computer.
cookies-only = We use only cookies that the service cannot work without. So we do not have to ask you. None of them follows you.
cookies-table = Our cookies
cookies-name = Name
cookies-what = What it is for
cookies-how-long = How long
cookies-browser = It makes sure that a form comes from your browser
cookies-form = It finds what you typed in the form
cookies-request = You have typed the code of a request
cookies-answer = You have typed the code of an answer
cookies-language = The language you chose
cookies-year = 1 year
cookies-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
cookies-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
cookies-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

contact-title = Contact us
contact-lead = You can ask us anything about your information in any way. You do not need a form, and you do not have to name a law.
contact-email = By e-mail
contact-post = By post
contact-phone = By phone
contact-text-phone = Text phone: { $number }
contact-other = Other ways
contact-any = You can also tell anybody who works for us. They pass it on.
