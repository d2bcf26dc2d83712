### The form.

error-summary-title = There is a problem
continue = Continue
change = Change
not-given = Not given
done-title = Done
save-for-later = Save and come back later
one-on-each-line = Write each one on its own line.
date-day = Day
date-month = Month
date-year = Year
date-hint = For example, 27 3 1985
idle-warning = You have not done anything for a while. In 5 minutes we will hide what you typed, so that nobody else can read it. We do not lose it.
idle-stay = I am still here

home-can = You can ask us to:
home-can-1 = show you the information we have about you
home-can-2 = put it right if it is wrong
home-can-3 = delete it, or stop using it
home-can-4 = look at a complaint
home-free = It is free. You do not need an account. It takes about 10 minutes.
home-by-when = We must answer within one month. If we need more time we tell you why.
home-start = Start now
home-resume = If you started before on this computer, you go on where you stopped.
home-follow-title = You made a request before
home-follow = See how far we are, send us something, or read our answer.

ask-what = What do you want us to do?
right-access = Show me the information you have about me
right-access-hint = You get a copy of it.
right-rectification = Put wrong information right
right-rectification-hint = Something about you is wrong, or something is missing.
right-erasure = Delete information about me
right-erasure-hint = We may have to keep some of it. We tell you why.
right-restriction = Stop using it for now, but keep it
right-restriction-hint = For example while we check if it is right.
right-portability = Give me my information as a file that I can take somewhere else
right-portability-hint = For information that you gave us.
right-objection = I do not want you to use my information in this way
right-objection-hint = You say what you do not agree with.
right-automated-decision = Have a person look at a decision that a computer made
right-automated-decision-hint = For example a “no” that no person looked at.
right-automated-decision-more = Tell us which decision you mean. A person will look at it.
right-complaint-ack = Complain about how you use my information
right-complaint-ack-hint = We tell you within 30 days that we have your complaint.

ask-who-for = Who is it for?
who-self = For me
who-self-hint = It is about my own information.
who-parent = For my child
who-parent-hint = You are their parent, or you are responsible for them by law.
who-representative = For somebody else
who-representative-hint = They asked you to, or a court or the law says that you may.

ask-your-name = What is your name?
ask-your-name-hint = Your own name, not the name of the person you ask for.

ask-how-you-may-act = Why may you ask for them?
ask-how-you-may-act-hint = We will ask you to show us something that says so. We do not say no only because of a child’s age.
authority-parental-responsibility = I am responsible for this child by law (parental responsibility)
authority-child-agreed = The child understands and wants me to ask
authority-court-order = A court said so
authority-written = They signed a letter that says I may
authority-attorney = I have a power of attorney
authority-deputy = The Court of Protection made me their deputy
authority-solicitor = I am their solicitor
authority-other = Something else

ask-name = What is your full name?
ask-name-other = What is their full name?
ask-name-hint = The name that we are most likely to know.

ask-other-names = Have you had any other names? (optional)
ask-other-names-other = Have they had any other names? (optional)
ask-other-names-hint = For example a name before marriage, or a short name. Write each one on its own line. It helps us find everything.

ask-email = What is your e-mail address?
ask-email-hint = We send you a code to make sure that it is yours. We send our letters there too.
ask-email-no = If you do not use e-mail, write to us or phone us. You do not need this form.

ask-contact = How else might we know you? (optional)
ask-contact-other = How else might we know them? (optional)
ask-contact-hint = It helps us find the right information. You can leave all of it empty.
ask-contact-emails = Other e-mail addresses, now or before (optional)
ask-contact-phone = Phone number (optional)
ask-contact-postcode = Postcode, now or before (optional)

ask-date-of-birth = What is your date of birth? (optional)
ask-date-of-birth-other = What is their date of birth? (optional)
ask-date-of-birth-hint = Why we ask: some of our records can only be found by it, and two people may have the same name.

ask-which = Do you mean all the information, or some of it?
which-all = All of it
which-all-hint = We look everywhere.
which-some = Only some of it
which-some-hint = You tick what you want. It is often quicker.

ask-kinds = Which kinds of information do you want?
ask-kinds-hint = Tick all that you want.

ask-dates = From when to when? (optional)
ask-dates-hint = Leave it empty if you do not mind.
ask-dates-from = From
ask-dates-to = To
dates-from = From { $date }
dates-to = To { $date }

ask-details = Is there anything else that helps us? (optional)
ask-details-rectification = What is wrong, and what should it say?
ask-details-objection = What do you not want us to do, and why?
ask-details-automated-decision = Which decision do you mean?
ask-details-complaint-ack = What is your complaint?
ask-about = Number of the request that it is about (optional)
ask-about-hint = It looks like DR-2026-000123.

ask-answer = How do you want our answer?
answer-download = Read and download it here
answer-download-hint = It is the quickest and safest way.
answer-post = On paper, by post
answer-large-print = On paper in large print, by post
answer-other = Another way
answer-address = Where do we post it to?
answer-needs = Tell us what you need

fault-what-missing = Choose what you want us to do
fault-who-for-missing = Choose who it is for
fault-your-name-missing = Write your name
fault-your-name-form = Write your name with letters, spaces, hyphens and apostrophes only
fault-your-name-long = Your name must be 200 characters or less
fault-how-you-may-act-missing = Choose why you may ask for them
fault-name-missing = Write the full name
fault-name-form = Write the name with letters, spaces, hyphens and apostrophes only
fault-name-long = The name must be 200 characters or less
fault-other-names-form = Write each name on its own line, with letters, spaces, hyphens and apostrophes only
fault-other-names-long = Each name must be 200 characters or less
fault-other-names-many = Write 20 names or less
fault-email-missing = Write your e-mail address
fault-email-form = Write an e-mail address like name@example.org
fault-other-emails-form = Write each e-mail address on its own line, like name@example.org
fault-other-emails-many = Write 20 e-mail addresses or less
fault-phone-form = Write a phone number with 7 to 15 digits, like 07700 900123
fault-postcode-form = Write a postcode like PR1 8XJ
fault-date-of-birth-date = Write a real date of birth, like 27 3 1985
fault-date-of-birth-future = The date of birth must be in the past
fault-which-missing = Choose all of it, or only some of it
fault-kinds-missing = Tick at least one kind of information
fault-from-date = Write a real date for “From”, like 27 3 2020
fault-from-future = The date for “From” must not be in the future
fault-to-date = Write a real date for “To”, like 27 3 2021
fault-to-order = The date for “To” must be after the date for “From”
fault-details-missing = Write in your own words what you want
fault-details-form = Take out signs that cannot be read
fault-details-long = Write 10,000 characters or less
fault-about-form = Write the number like DR-2026-000123, or leave it empty
fault-answer-missing = Choose how you want our answer
fault-address-missing = Write the address that we post it to
fault-address-form = Take out signs that cannot be read
fault-address-long = The address must be 500 characters or less
fault-large-print-address-missing = Write the address that we post it to
fault-large-print-address-form = Take out signs that cannot be read
fault-large-print-address-long = The address must be 500 characters or less
fault-needs-missing = Tell us what you need
fault-needs-form = Take out signs that cannot be read
fault-needs-long = Write 500 characters or less

check-title = Check your answers
check-send-title = Now send your request
check-send = We start when we know that the e-mail address is yours. We send you a code for that.
check-send-use = { $controller } uses what you typed only to deal with your request.
check-send-button = Send my request
forget-button = Delete my answers

sent-title = We have your request
sent-reference = Your number is
sent-code-title = One thing is left: type the code
sent-code = We have sent a code to { $email }. Type it here. Then we can start.
sent-next-title = What happens next
sent-next = When you have typed the code, we start to work. We send you an e-mail with a link. There you can always see how far we are.
sent-due = We must answer by { $date } at the latest. If we must ask you for something first, we tell you how that changes the date.
sent-keep = Keep your number: { $reference }. You can print this page.

save-title = Save your answers
save-hint = { $count ->
    [one] We send you a link. We keep your answers for 1 day.
   *[other] We send you a link. We keep your answers for { $count } days.
}
save-button = Save and send me the link
saved-title = We have saved your answers
saved = We have sent you an e-mail with a link. It can take a few minutes. Nothing has been sent to us as a request yet.
saved-go-on = Go on now
resume-title = Go on with your request
resume = Your answers are still here. The link works once.
resume-gone-title = This link does not work any more
resume-gone = It was used before, or it is too old. You can start again.
paused-title = We have hidden your answers
paused = You did not do anything for a while. Your answers are kept. Nobody can read them on this page.
paused-go-on = Show my answers and go on

paper-title = A form to print
paper-how = Print this page, fill it in, and send it to the address below. You can also write a letter in your own words, or tell us. You do not have to use a form.
paper-sign = Date and signature
paper-next = We write to you when we have it. We must answer within one month.
