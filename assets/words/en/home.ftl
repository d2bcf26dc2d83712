### The front page.

home-title = Your data rights
home-lead = { $controller } runs this service. Use it to ask about the information that they have about you.
home-api = All of it can also be done by a program.
home-api-link = Read about the programming interface (API)
home-talk-title = Ask us without a computer
home-talk = You can also write to us or talk to us. You do not need a form.
