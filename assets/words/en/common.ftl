### What every page has.

date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

skip-to-main = Skip to main content
language-menu = Language
language-draft = This translation was made by a computer. Nobody has checked it yet.
error-prefix = Error:
back = Back
menu = Menu
footer-links = Support links

footer-privacy = Privacy
footer-accessibility = Accessibility
footer-cookies = Cookies
footer-contact = Contact us

## Pages that say what went wrong.

problem-400-title = We could not read what was sent
problem-400-text = Go back and try again. Nothing you sent before was lost.
problem-401-title = Please show us who you are again
problem-401-text = Your time has run out, or the link is no longer good.
problem-403-title = You cannot open this page
problem-403-text = It belongs to somebody else, or your role does not allow it.
problem-428-title = Open the page again
problem-428-text = This form was open too long, or your browser does not keep cookies for us. Go back to the page, load it again, and send the form once more.
problem-404-title = Page not found
problem-404-text = If you typed the address, check that it is right. If you pasted it, check that you copied all of it.
problem-409-title = This cannot be done now
problem-410-title = This is no longer here
problem-412-title = Somebody changed this in the meantime
problem-412-text = Nothing of theirs was overwritten. Go back, read it again and repeat your change.
problem-413-title = That is too large
problem-413-text = Send a smaller file or a shorter text.
problem-422-title = Some answers are wrong
problem-422-text = Go back and correct them.
problem-429-title = Too many tries
problem-429-text = Wait a while, then try again.
problem-500-title = Sorry, something went wrong
problem-500-text = The fault is ours. We have written it down. Nothing you sent before was lost. Try again later.
problem-503-title = Sorry, we are busy
problem-503-text = Try again in a moment. Nothing you sent before was lost.
problem-contact = If you need help, write to { $email }.
problem-home = Go to the start page
