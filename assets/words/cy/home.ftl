### Drafted by machine; nobody has reviewed it.

home-title = Eich hawliau data
home-lead = { $controller } sy'n rhedeg y gwasanaeth hwn. Mae'n mynd â chais am eich gwybodaeth o'r cwestiwn cyntaf i'r ateb.
home-api = Gall rhaglen wneud y cyfan hefyd.
home-api-link = Darllenwch am y rhyngwyneb rhaglennu (API)
home-talk-title = Gofynnwch i ni heb gyfrifiadur
home-talk = Gallwch hefyd ysgrifennu atom neu siarad â ni. Nid oes angen ffurflen arnoch.
