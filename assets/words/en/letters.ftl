### Letters and e-mails.

letter-dear = Dear { $name }
letter-hello = Hello
letter-footer-number = Registered with the { $regulator }, number { $registration }.

# What every closing letter must say (UK GDPR Art. 12(4)).
letter-routes-heading = If you do not agree
letter-routes-us = You can complain to us. Write to { $email }. We will tell you within 30 days that we have your complaint. (Data Protection Act 2018, section 164A)
letter-routes-regulator = You can complain to the { $regulator }: { $url } (section 165)
letter-routes-court = You can ask a court to decide. (section 167)

letter-code-subject = Your code for request { $reference }
letter-code-lead = Your code is
letter-code-type = Type it on the page where you made request { $reference }. It shows us that this e-mail address is yours.
letter-code-answer = Type it on the page of request { $reference } to open the answer.
letter-code-minutes = { $count ->
    [one] The code works for 1 minute. If it has run out, ask for a new one on the same page.
   *[other] The code works for { $count } minutes. If it has run out, ask for a new one on the same page.
}
letter-code-not-you = If you did not ask for this, you do not have to do anything. Nobody can see any information without this code. Do not give it to anybody.

letter-resume-subject = Go on with your request
letter-resume-lead = You asked us to keep what you typed.
letter-resume-link = Open this page to go on
letter-resume-until = We keep it until { $until }. After that we delete it.
letter-resume-not-sent = You have not sent your request yet. We start to work on it when you send it.
letter-resume-not-you = If you did not ask for this, you do not have to do anything.

letter-find-subject = The link to your request
letter-find-lead = You asked for the link to your request { $reference }.
letter-find-link = Open this page
letter-find-code = We will send you a code there, to make sure that it is you.
letter-find-not-you = If you did not ask for this, you do not have to do anything. Nobody can see anything without the code.

letter-received-subject = We have your request { $reference }
letter-received-lead = We have your request. Its number is { $reference }.
letter-received-due = We got it on { $received }. We must answer it by { $due }. We will try to be quicker.
letter-received-no-due = We got it on { $received }. The time to answer starts when we have what we asked you for.
letter-next-heading = What happens next
letter-received-next-1 = We look for the information we hold about you.
letter-received-next-2 = We read it, to make sure that it is yours and that we do not give away somebody else’s secrets.
letter-received-next-3 = A second person checks our answer.
letter-received-next-4 = We write to you when it is ready.
letter-received-other-1 = Somebody in our team looks at what you asked for.
letter-received-other-2 = We decide what to do. A second person checks it.
letter-received-other-3 = We write to you and tell you what we did, and why.
letter-follow-link = You can see how far we are here

letter-proof-subject = We need something from you for request { $reference }
letter-proof-lead = We have your request { $reference }. Before we can go on, we need to see something from you.
letter-proof-identity-heading = Show us who you are
letter-proof-identity = Send us a photo or a copy of one of these: a passport, a driving licence, a bank or benefits letter with your name and address. You can cover numbers that we do not need.
letter-proof-why-right = We ask everybody who uses this right, because what we do for you cannot be taken back.
letter-proof-why-channel = We ask because your request came in a way in which we cannot see who sent it.
letter-proof-why-sensitive = We ask because the information is very private. We must not give it to the wrong person.
letter-proof-why-doubt = We ask because we are not sure yet that it is you.
letter-proof-authority-heading = Show us that you may ask for somebody else
letter-proof-authority = Send us a photo or a copy of what says so: a birth certificate or court order for a child, a letter that the person signed, or a power of attorney.
letter-proof-words-heading = What we need
letter-proof-how = You can send it on this page
letter-proof-else = You can also send it by post to the address below, or show it to us. If you have none of this, tell us. We will find another way.
letter-proof-clock = The time for our answer starts when we have it.
letter-proof-deleted = We delete it as soon as we have looked at it and decided.

letter-clarify-subject = We need to know more for request { $reference }
letter-clarify-lead = We are working on your request { $reference }. To find the right information we need to ask you something.
letter-clarify-question-heading = Our question
letter-clarify-link = Open this page to answer
letter-clarify-else = Or write to { $email }.
letter-clarify-pause = The time for our answer stands still until we hear from you. We go on with what we can do without your answer.
letter-clarify-no-pause = We still have to answer you by { $due }.
letter-clarify-unsure = If you do not know the answer, tell us that. We will try to help.

letter-extended-subject = We need more time for request { $reference }
letter-extended-lead = We are sorry: we need more time for your request { $reference }.
letter-extended-date = We must now answer you by { $due }. The law lets us take up to two more months if a request is complex, or if you made several. We can do this only once. (UK GDPR Article 12A)
letter-why-heading = Why

letter-message-subject = We have written to you about request { $reference }
letter-message-lead = There is a message for you about your request { $reference }.
letter-message-link = Open this page to read and answer it
letter-message-private = We do not put it in this e-mail, to keep it private.

letter-ready-subject = The answer to your request { $reference } is ready
letter-ready-lead = The answer to your request { $reference } is ready.
letter-ready-link = You can read it and download it here
letter-ready-until = You can do this until { $until }. We will send you a new code first, to make sure that it is you.
letter-ready-post = You asked for it on paper. We are posting it to the address that you gave us.
letter-ready-large = You asked for large print. We are posting it to the address that you gave us.
letter-ready-other = You asked us to send it in another way. We will do that, and tell you if we cannot.
letter-ready-wrong = If something in it is wrong, you can tell us on the same page. We will look at it.
letter-ready-elsewhere = The information is very private, so we give it to the person themselves and not to you.
letter-ready-subject-lead = { $requester } asked us for information about you. The request has the number { $reference }. The information is very private, so we give it to you and not to them. It is for you to decide whether to show it to them.

letter-partly-subject = The answer to your request { $reference }, with some things left out
letter-partly-lead = The answer to your request { $reference } is ready. We did not give you everything that we found.
letter-partly-heading = What we left out, and why
letter-partly-item = { $count ->
    [one] 1 record: { $reason }
   *[other] { $count } records: { $reason }
}

letter-partly-fields = In some records we covered words or fields. Each place says why.

letter-nothing-subject = We hold nothing about you (request { $reference })
letter-nothing-lead = We looked for information about you for your request { $reference }. We found none.
letter-nothing-searched = The answer says where we looked, and what we looked for.
letter-nothing-else = If you think that we should have something, tell us: another name, an old address, or an old e-mail address can help us find it.

letter-refused-subject = Our answer to your request { $reference }
letter-refused-lead = We have looked at your request { $reference }. We will not do what you asked.

letter-corrected-subject = We have put your information right (request { $reference })
letter-corrected-lead = You told us that something about you was wrong. We have put it right.
letter-corrected-heading = What we changed
letter-corrected-item = { $label }: we have put it right.
letter-corrected-not-heading = What we did not change
letter-corrected-told-heading = Whom we told
letter-corrected-told = We tell everybody who got the wrong information from us: { $recipients }.
letter-corrected-told-nobody = We gave this information to nobody else, so nobody else had to be told.

letter-withdrawn-subject = We have stopped your request { $reference }
letter-withdrawn-lead = You asked us to stop your request { $reference }. We have stopped it.
letter-withdrawn-again = You can make a new request at any time.

letter-complaint-subject = We have your complaint { $reference }
letter-complaint-lead = We have your complaint. Its number is { $reference }. We got it on { $received }.
letter-complaint-about = It is about request { $about }.
letter-complaint-next-1 = Somebody who did not work on your request looks at it.
letter-complaint-next-2 = We may ask you a question. We tell you how far we are.
letter-complaint-next-3 = We write to you and tell you what we found, what we will do, and why.
letter-complaint-law = The law says that we must tell you within 30 days that we have it. This letter does that. We must then look into it without delay. (Data Protection Act 2018, section 164A)
letter-complaint-others = You do not have to wait for us. You can complain to the { $regulator } ({ $url }) or ask a court.

letter-date-subject = A new date for your request { $reference }
letter-date-lead = The date for our answer to your request { $reference } has changed.
letter-date-from = Before, it was { $from }.
letter-date-to = Now it is { $to }.
letter-date-holiday = Why: the list of bank holidays has changed. If our last day is not a working day, the law gives us until the next working day.
letter-date-corrected = Why: a date in our notes was wrong. We have put it right.
letter-date-nothing = You do not have to do anything. You can see how we worked it out here

letter-remind-verify-subject = We cannot go on with request { $reference } yet
letter-remind-verify-lead = You made a request. Its number is { $reference }.
letter-remind-verify-proof = We asked you to show us something. We do not have it yet, so we cannot go on.
letter-remind-verify-proof-1 = Look for our letter or e-mail. It says what to send us.
letter-remind-verify-proof-2 = Send it on this page: { $link }
letter-remind-verify-proof-3 = Or send it by post to the address below.
letter-remind-verify-code = We sent you a code, to make sure that this e-mail address is yours. You have not typed it yet, so we cannot go on.
letter-remind-verify-code-1 = Open this page: { $link }
letter-remind-verify-code-2 = Ask for a new code. We send it to you at once.
letter-remind-verify-code-3 = Type the code.
letter-todo-heading = What to do
letter-remind-until = Please do this by { $until }. If you do not, we will stop. You can start again later.
letter-remind-help = Is this too hard, or do you need help? Write to { $email }.
letter-not-you = If you did not make a request, you do not have to do anything.

letter-remind-clarify-subject = We need your answer for request { $reference }
letter-remind-clarify-lead = We asked you a question about your request { $reference }. We do not have your answer yet, so we cannot go on.
letter-remind-clarify-1 = Open this page and tell us the answer: { $link }
letter-remind-clarify-until = Please answer by { $until }. If you do not, we will stop. You can start again later.

letter-lapsed-subject = We have stopped request { $reference } for now
letter-lapsed-lead = We have stopped request { $reference } for now, because we did not hear from you.
letter-lapsed-question = We asked you a question and need the answer to go on.
letter-lapsed-who = We need to know that it is you who asks.
letter-lapsed-heading = How to go on
letter-lapsed-open = Open this page: { $link }
letter-lapsed-answer = Open this page and tell us the answer: { $link }
letter-lapsed-code = Ask for a new code and type it.
letter-lapsed-write = Or write to { $email }.
letter-lapsed-any-time = You can do this at any time. You do not have to ask again from the start.
letter-lapsed-routes = If you think that we should not have stopped

letter-notice-subject = Something that you had from us was put right ({ $reference })
letter-notice-lead = We passed on to you what we hold about a person, and a part of it was wrong. We have put it right, and by law we must tell you (UK GDPR Article 19). Please put right what you hold as well.
letter-notice-reference = Our reference: { $reference }
letter-notice-record = The record: { $record }
letter-notice-about = What was wrong: { $about }
letter-notice-on = Put right on: { $on }
letter-notice-person = The person: { $name }
letter-notice-before = It said: { $before }
letter-notice-after = It says now: { $after }
letter-notice-private = This message names nobody and tells no value. If the number of the record is not enough for you, write to us with our reference and we will tell you the rest.
letter-notice-reply = Please tell us that you have this: write to { $email } and quote our reference.

letter-erased-subject = We have erased information about you (request { $reference })
letter-erased-lead = You asked us to erase what we hold about you. This is what we did.
letter-erased-heading = What we deleted
letter-erased-item = { $count ->
    [one] { $label }: 1 record
   *[other] { $label }: { $count } records
}
letter-erased-anonymised-heading = What nobody can tell is about you any more
letter-erased-anonymised = These records stay, but your name, your addresses and everything else that says who you are is gone from them.
letter-erased-kept-heading = What we keep, and why
letter-erased-kept-item = { $count ->
    [one] { $label }: 1 record. Why: { $why }
   *[other] { $label }: { $count } records. Why: { $why }
}
letter-erased-told = We tell everybody who got this information from us that it was erased: { $recipients }.
letter-erased-request = We keep this request itself for a time, to show that we did what the law asks.

letter-erasure-notice-subject = Something that you had from us was erased ({ $reference })
letter-erasure-notice-lead = We passed on to you what we hold about a person. They asked us to erase it, and we have. By law we must tell you (UK GDPR Article 19). Please erase what you hold as well, unless the law has you keep it.
letter-erasure-notice-records = The records: { $records }
letter-erasure-notice-about = What they were: { $about }
letter-erasure-notice-on = Erased on: { $on }
