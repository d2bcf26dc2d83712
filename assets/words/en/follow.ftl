### A request as its requester follows it, and the answer.

stage-awaiting-verification = We need to check who you are
stage-verified = We know it is you, and will look for your information
stage-awaiting-clarification = We have asked you a question
stage-gathering = We are looking for your information
stage-review = We are reading what we found
stage-awaiting-approval = A second person is checking our answer
stage-approved = Your answer is nearly ready
stage-released = Your answer is ready
stage-refused = We have refused your request
stage-withdrawn = You stopped this request
stage-closed = This request is closed
stage-lapsed = We did not hear from you, so we have stopped for now

happened-received = We got your request
happened-proof-asked = We asked you to show us something
happened-proof-came = You sent us a file
happened-they-wrote = You wrote to us
happened-we-wrote = We wrote to you
happened-new-date = The date to answer by is now { $date }
happened-answer-read = The answer was opened
happened-answer-fetched = The answer was downloaded
happened-complaint = You complained
happened-correction = You told us that something is wrong

door-title = Type your code
door = To see this request you need a code. We send it to the e-mail address that the request was made with.
door-answer-title = Open the answer
door-answer = The answer is private. So we send a new code first, to make sure that it is you.
code-label = Code
code-hint = { $count ->
    [one] 6 digits. It works for 1 minute.
   *[other] 6 digits. It works for { $count } minutes.
}
code-send = Send me a code
code-have = If you have the code already, type it here.
code-new = Send me a new code
code-not-come = It can take a few minutes. Look in your junk mail too.
code-none = I did not get a code
code-wrong = This code is wrong or has run out. Check it, or ask for a new one.
code-on-its-way = If this request is yours, a new code is on its way to you.

find-title = Find your request
find-hint = We send the link to the e-mail address that the request was made with.
find-reference = Your request number
find-email = Your e-mail address
find-button = Send me the link
find-reference-missing = Write your request number
found-title = Look at your e-mail
found = If the number and the e-mail address belong together, we have sent you the link. It can take a few minutes.

request-title = Your request { $reference }
progress-title = How far we are
progress-who = We check who you are
progress-work = We look for the information and read it
progress-check = A second person checks our answer
progress-answered = You get our answer
progress-done = { $step } – done
progress-now = { $step } – now
progress-later = { $step }
progress-stopped = We are not working on this request any more.
need-title = What we need from you
need-nothing = Nothing right now. We write to you if we need something.
need-identity = Please show us who you are. Send a photo or a copy of a passport, a driving licence, or a bank or benefits letter with your name and address.
need-authority = Please show us that you may ask for somebody else. Send a photo or a copy of what says so.
need-send = Send a file
need-question = We have asked you:
need-answer = Answer our question
due-title = When we answer
due-received = We got it on { $date }.
due-by = We must answer by { $date } at the latest.
due-complaint = We must tell you by { $date } that we have your complaint.
due-none = There is no date yet. It starts when we have what we need from you.
working-title = How we worked out the date
messages-title = Messages
messages-unread = { $count ->
    [one] You have 1 new message.
   *[other] You have { $count } new messages.
}
messages-link = Read and write messages
messages-label = Write to us
messages-hint = Please do not write passwords or bank numbers here.
messages-button = Send
message-yours = You
message-ours = We
evidence-link = Send us a file
related-title = Other things that belong to this
related-origin = It grew out of request { $reference }
related-complaint = Your complaint { $reference }
related-correction = What you said is wrong: { $reference }
happened-title = What happened so far
unhappy-title = If you are not happy
complain-link = Complain to us
complain-regulator = Complain to the { $regulator }
complain-title = Complain to us
complain-label = What is your complaint?
complain-hint = We tell you within 30 days that we have it. Then we look into it.
complain-button = Send my complaint
withdraw-link = Stop this request
withdraw-title = Stop this request
withdraw-label = Why? (optional)
withdraw-hint = You do not have to say why. We stop at once. You can make a new request at any time.
withdraw-button = Stop this request
leave = Close this page safely
done-message = We have your message.
done-evidence = We have your file.
done-complaint = We have your complaint. We are sending you an e-mail.
done-correction = We have what you told us. We look at it and write to you.
words-missing = Write something
words-form = Take out signs that cannot be read
words-long = Write 4,000 characters or less

evidence-title = Send us a file
evidence-deleted = We keep it locked. We delete it as soon as we have looked at it and decided.
evidence-kind = What does it show?
evidence-kind-missing = Choose what it shows
proof-identity = Who I am
proof-authority = That I may ask for somebody else
proof-other = Something else that belongs to my request
evidence-file = Choose the file
evidence-file-hint = A PDF, or a photo (JPEG, PNG or HEIC) of up to { $megabytes } MB. You can cover numbers that we do not need.
evidence-button = Send the file
evidence-else = You can also send a copy by post or show it to us. If you have nothing like that, write us a message. We find another way.
evidence-sent = What you have sent
evidence-is-here = { $kind }, { $date }
evidence-was-deleted = { $kind }, { $date } – we have looked at it and deleted it
file-empty = Choose a file that has something in it
file-too-large = The file must be smaller than { $megabytes } MB
file-kind = The file must be a PDF, JPEG, PNG or HEIC
file-damaged = The file is broken or was cut off. Make a new photo or copy.
file-mixed = The file has another file hidden in it. Make a new photo or copy.
file-too-many-pixels = The picture is too large. Make a smaller one.
file-locked = The file has a password. Send one without.
file-active = The file has a program in it. Send a simple copy or a photo.
file-harmful = The file may be harmful. Send another one.
file-unscanned = We cannot check files just now. Try again later.
file-too-many = You have sent too many files. Write us a message.

answer-title = Our answer
answer-open = Our answer is ready. You can read it and download it until { $date }.
answer-open-button = Open the answer
answer-ended = The time to open the answer has ended. Write to us if you need it again.
answer-elsewhere = We gave the answer to the person themselves, because it is very private.
answer-by-letter = We have written to you.
answer-page-title = The answer to your request { $reference }
answer-until = You can open it until { $date }.
answer-fetch = Download everything ({ $size })
answer-downloads = { $count ->
    [0] It has not been downloaded yet.
    [one] It has been downloaded 1 time.
   *[other] It has been downloaded { $count } times.
}
answer-search-title = Search in the answer
answer-search-label = Words to look for
answer-search-button = Search
answer-search-found = { $count ->
    [one] 1 record has these words.
   *[other] { $count } records have these words.
}
answer-search-first = These are the first { $count }.
answer-parts-title = Where we looked, and what we found
answer-found = { $count ->
    [one] You can read 1 record.
   *[other] You can read { $count } records.
}
answer-nothing-held = We looked, and hold nothing about you here.
answer-failed = We could not search this to the end.
answer-not-reached = We did not search this: nothing you told us leads there.
answer-withheld = { $count ->
    [one] Left out: 1 record. { $reason }
   *[other] Left out: { $count } records. { $reason }
}
answer-read = Read
answer-record = { $label }, record { $number }
answer-empty = (empty)
answer-covered = [covered: { $code }]
answer-before = Records before these
answer-next = More records
yes = Yes
no = No

wrong-link = This is wrong
wrong-title = What is wrong with “{ $label }”?
wrong-says = It says
wrong-should-say = What should it say?
wrong-why = How do you know? (optional)
wrong-button = Tell us
wrong-next = This starts a request to put it right. We must answer within one month.

step-received = We got it on { $date }.
step-law = An older or other law sets the time.
step-identity-requested = We asked you on { $date } to show who you are.
step-identity-received = You showed us who you are on { $date }.
step-authority-requested = We asked you on { $date } to show that you may ask.
step-authority-received = You showed us that you may ask on { $date }.
step-fee-requested = We asked you for a fee on { $date }.
step-fee-paid = You paid the fee on { $date }.
step-asked-too-late = We asked too late. We should have answered by { $date }.
step-not-started = The time has not started. We wait for what we asked you for.
step-clock-starts = The time starts on { $date }.
step-month-ends = One month later is { $date }.
step-pause = We asked you a question on { $date } and you answered. The days between may not count.
step-pause-open = We asked you a question on { $date }. The time stands still until you answer.
step-extension = We told you on { $date } that we need more time.
step-no-effect = Something that happened changes no date. { $date }
step-extended-period-ends = With the longer time it is { $date }.
step-pause-added = With the days of our question it is { $date }.
step-days-end = The days end on { $date }.
step-rolled = That is not a working day. The next one is { $date }.
step-due = We must answer by the end of { $date }.
step-statutory-latest = The law can also be read as { $date }. We work to the earlier date.
step-extension-notice-by = If we need more time, we must tell you by { $date }.
step-no-statutory-deadline = The law sets no date.
