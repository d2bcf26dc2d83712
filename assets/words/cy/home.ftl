### Drafted by machine; nobody has reviewed it.

home-title = Eich hawliau data
home-lead = Mae { $controller } yn rhedeg y gwasanaeth hwn. Defnyddiwch ef i ofyn am yr wybodaeth sydd ganddynt amdanoch chi.
home-api = Gall rhaglen wneud y cyfan hefyd.
home-api-link = Darllenwch am y rhyngwyneb rhaglennu (API)
home-talk-title = Gofynnwch i ni heb gyfrifiadur
home-talk = Gallwch hefyd ysgrifennu atom neu siarad â ni. Nid oes angen ffurflen arnoch.
