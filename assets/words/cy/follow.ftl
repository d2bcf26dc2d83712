### Drafted by machine; nobody has reviewed it.

stage-awaiting-verification = Mae angen i ni wirio pwy ydych chi
stage-verified = Gwyddom mai chi sydd yno, a byddwn yn chwilio am eich gwybodaeth
stage-awaiting-clarification = Rydym wedi gofyn cwestiwn i chi
stage-gathering = Rydym yn chwilio am eich gwybodaeth
stage-review = Rydym yn darllen yr hyn a ganfuom
stage-awaiting-approval = Mae ail berson yn gwirio ein hateb
stage-approved = Mae eich ateb bron yn barod
stage-released = Mae eich ateb yn barod
stage-refused = Rydym wedi gwrthod eich cais
stage-withdrawn = Rydych wedi stopio'r cais hwn
stage-closed = Mae'r cais hwn wedi'i gau
stage-lapsed = Ni chlywsom gennych, felly rydym wedi stopio am y tro

happened-received = Daeth eich cais i law
happened-proof-asked = Gwnaethom ofyn i chi ddangos rhywbeth i ni
happened-proof-came = Gwnaethoch anfon ffeil atom
happened-they-wrote = Gwnaethoch ysgrifennu atom
happened-we-wrote = Gwnaethom ysgrifennu atoch
happened-new-date = Y dyddiad i ateb erbyn yw { $date } nawr
happened-answer-read = Agorwyd yr ateb
happened-answer-fetched = Lawrlwythwyd yr ateb
happened-complaint = Gwnaethoch gwyno
happened-correction = Dywedoch wrthym fod rhywbeth yn anghywir

door-title = Teipiwch eich cod
door = I weld y cais hwn mae angen cod arnoch. Rydym yn ei anfon i'r cyfeiriad e-bost y gwnaed y cais ag ef.
door-answer-title = Agor yr ateb
door-answer = Mae'r ateb yn breifat. Felly rydym yn anfon cod newydd yn gyntaf, i wneud yn siŵr mai chi sydd yno.
code-label = Cod
code-hint = { $count ->
    [one] 6 digid. Mae'n gweithio am 1 funud.
   *[other] 6 digid. Mae'n gweithio am { $count } munud.
}
code-send = Anfonwch god ataf
code-have = Os yw'r cod gennych eisoes, teipiwch ef yma.
code-new = Anfonwch god newydd ataf
code-not-come = Gall gymryd ychydig funudau. Edrychwch yn eich post sothach hefyd.
code-none = Ni chefais god
code-wrong = Mae'r cod hwn yn anghywir neu wedi dod i ben. Gwiriwch ef, neu gofynnwch am un newydd.
code-on-its-way = Os mai chi biau'r cais hwn, mae cod newydd ar ei ffordd atoch.

find-title = Dod o hyd i'ch cais
find-hint = Rydym yn anfon y ddolen i'r cyfeiriad e-bost y gwnaed y cais ag ef.
find-reference = Rhif eich cais
find-email = Eich cyfeiriad e-bost
find-button = Anfonwch y ddolen ataf
find-reference-missing = Ysgrifennwch rif eich cais
found-title = Edrychwch ar eich e-bost
found = Os yw'r rhif a'r cyfeiriad e-bost yn perthyn i'w gilydd, rydym wedi anfon y ddolen atoch. Gall gymryd ychydig funudau.

request-title = Eich cais { $reference }
progress-title = Pa mor bell ydym ni
progress-who = Rydym yn gwirio pwy ydych chi
progress-work = Rydym yn chwilio am yr wybodaeth ac yn ei darllen
progress-check = Mae ail berson yn gwirio ein hateb
progress-answered = Rydych yn cael ein hateb
progress-done = { $step } – wedi'i wneud
progress-now = { $step } – nawr
progress-later = { $step }
progress-stopped = Nid ydym yn gweithio ar y cais hwn mwyach.
need-title = Beth sydd ei angen arnom gennych chi
need-nothing = Dim ar hyn o bryd. Rydym yn ysgrifennu atoch os oes angen rhywbeth arnom.
need-identity = Dangoswch i ni pwy ydych chi. Anfonwch lun neu gopi o basbort, trwydded yrru, neu lythyr banc neu fudd-daliadau gyda'ch enw a'ch cyfeiriad.
need-authority = Dangoswch i ni y cewch ofyn dros rywun arall. Anfonwch lun neu gopi o'r hyn sy'n dweud hynny.
need-send = Anfon ffeil
need-question = Rydym wedi gofyn i chi:
need-answer = Ateb ein cwestiwn
due-title = Pryd yr ydym yn ateb
due-received = Daeth i law ar { $date }.
due-by = Rhaid i ni ateb erbyn { $date } fan bellaf.
due-complaint = Rhaid i ni ddweud wrthych erbyn { $date } fod eich cwyn gennym.
due-none = Nid oes dyddiad eto. Mae'n dechrau pan fydd gennym yr hyn sydd ei angen arnom gennych.
working-title = Sut y gwnaethom gyfrifo'r dyddiad
messages-title = Negeseuon
messages-unread = { $count ->
    [one] Mae gennych 1 neges newydd.
   *[other] Mae gennych { $count } neges newydd.
}
messages-link = Darllen ac ysgrifennu negeseuon
messages-label = Ysgrifennwch atom
messages-hint = Peidiwch ag ysgrifennu cyfrineiriau na rhifau banc yma.
messages-button = Anfon
message-yours = Chi
message-ours = Ni
evidence-link = Anfon ffeil atom
related-title = Pethau eraill sy'n perthyn i hyn
related-origin = Tyfodd o gais { $reference }
related-complaint = Eich cwyn { $reference }
related-correction = Yr hyn a ddywedoch sy'n anghywir: { $reference }
happened-title = Beth ddigwyddodd hyd yma
unhappy-title = Os nad ydych yn hapus
complain-link = Cwyno i ni
complain-regulator = Cwyno i { $regulator }
complain-title = Cwyno i ni
complain-label = Beth yw eich cwyn?
complain-hint = Rydym yn dweud wrthych o fewn 30 diwrnod ei bod gennym. Yna rydym yn edrych i mewn iddi.
complain-button = Anfon fy nghwyn
withdraw-link = Stopio'r cais hwn
withdraw-title = Stopio'r cais hwn
withdraw-label = Pam? (dewisol)
withdraw-hint = Nid oes rhaid i chi ddweud pam. Rydym yn stopio ar unwaith. Gallwch wneud cais newydd unrhyw bryd.
withdraw-button = Stopio'r cais hwn
leave = Cau'r dudalen hon yn ddiogel
done-message = Mae eich neges gennym.
done-evidence = Mae eich ffeil gennym.
done-complaint = Mae eich cwyn gennym. Rydym yn anfon e-bost atoch.
done-correction = Mae'r hyn a ddywedoch gennym. Rydym yn edrych arno ac yn ysgrifennu atoch.
words-missing = Ysgrifennwch rywbeth
words-form = Tynnwch arwyddion na ellir eu darllen
words-long = Ysgrifennwch 4,000 nod neu lai

evidence-title = Anfon ffeil atom
evidence-deleted = Rydym yn ei chadw dan glo. Rydym yn ei dileu cyn gynted ag y byddwn wedi edrych arni a phenderfynu.
evidence-kind = Beth y mae'n ei ddangos?
evidence-kind-missing = Dewiswch beth y mae'n ei ddangos
proof-identity = Pwy ydw i
proof-authority = Y caf ofyn dros rywun arall
proof-other = Rhywbeth arall sy'n perthyn i'm cais
evidence-file = Dewiswch y ffeil
evidence-file-hint = PDF, neu lun (JPEG, PNG neu HEIC) hyd at { $megabytes } MB. Gallwch guddio rhifau nad oes eu hangen arnom.
evidence-button = Anfon y ffeil
evidence-else = Gallwch hefyd anfon copi drwy'r post neu ei ddangos i ni. Os nad oes gennych ddim fel hynny, ysgrifennwch neges atom. Rydym yn dod o hyd i ffordd arall.
evidence-sent = Beth a anfonoch
evidence-is-here = { $kind }, { $date }
evidence-was-deleted = { $kind }, { $date } – rydym wedi edrych arni a'i dileu
file-empty = Dewiswch ffeil sydd â rhywbeth ynddi
file-too-large = Rhaid i'r ffeil fod yn llai na { $megabytes } MB
file-kind = Rhaid i'r ffeil fod yn PDF, JPEG, PNG neu HEIC
file-damaged = Mae'r ffeil wedi torri neu wedi'i thorri'n fyr. Gwnewch lun neu gopi newydd.
file-mixed = Mae ffeil arall wedi'i chuddio yn y ffeil. Gwnewch lun neu gopi newydd.
file-too-many-pixels = Mae'r llun yn rhy fawr. Gwnewch un llai.
file-locked = Mae cyfrinair ar y ffeil. Anfonwch un heb gyfrinair.
file-active = Mae rhaglen yn y ffeil. Anfonwch gopi syml neu lun.
file-harmful = Gall y ffeil fod yn niweidiol. Anfonwch un arall.
file-unscanned = Ni allwn wirio ffeiliau ar hyn o bryd. Rhowch gynnig arall arni yn nes ymlaen.
file-too-many = Rydych wedi anfon gormod o ffeiliau. Ysgrifennwch neges atom.

answer-title = Ein hateb
answer-open = Mae ein hateb yn barod. Gallwch ei ddarllen a'i lawrlwytho tan { $date }.
answer-open-button = Agor yr ateb
answer-ended = Mae'r amser i agor yr ateb wedi dod i ben. Ysgrifennwch atom os oes ei angen arnoch eto.
answer-elsewhere = Rhoesom yr ateb i'r person ei hun, oherwydd ei fod yn breifat iawn.
answer-by-letter = Rydym wedi ysgrifennu atoch.
answer-page-title = Yr ateb i'ch cais { $reference }
answer-until = Gallwch ei agor tan { $date }.
answer-fetch = Lawrlwytho popeth ({ $size })
answer-downloads = { $count ->
    [0] Nid yw wedi'i lawrlwytho eto.
    [one] Mae wedi'i lawrlwytho 1 waith.
   *[other] Mae wedi'i lawrlwytho { $count } gwaith.
}
answer-search-title = Chwilio yn yr ateb
answer-search-label = Geiriau i chwilio amdanynt
answer-search-button = Chwilio
answer-search-found = { $count ->
    [one] Mae'r geiriau hyn mewn 1 cofnod.
   *[other] Mae'r geiriau hyn mewn { $count } cofnod.
}
answer-search-first = Dyma'r { $count } cyntaf.
answer-parts-title = Ble y gwnaethom edrych, a beth a ganfuom
answer-found = { $count ->
    [one] Gallwch ddarllen 1 cofnod.
   *[other] Gallwch ddarllen { $count } cofnod.
}
answer-nothing-held = Gwnaethom edrych, ac nid oes gennym ddim amdanoch chi yma.
answer-failed = Ni allem chwilio hwn i'r diwedd.
answer-not-reached = Ni wnaethom chwilio hwn: nid oes dim a ddywedoch yn arwain yno.
answer-withheld = { $count ->
    [one] Wedi'i adael allan: 1 cofnod. { $reason }
   *[other] Wedi'u gadael allan: { $count } cofnod. { $reason }
}
answer-read = Darllen
answer-record = { $label }, cofnod { $number }
answer-empty = (gwag)
answer-covered = [wedi'i guddio: { $code }]
answer-before = Cofnodion cyn y rhain
answer-next = Mwy o gofnodion
yes = Ie
no = Na

wrong-link = Mae hwn yn anghywir
wrong-title = Beth sy'n anghywir gyda “{ $label }”?
wrong-says = Mae'n dweud
wrong-should-say = Beth ddylai ei ddweud?
wrong-why = Sut ydych chi'n gwybod? (dewisol)
wrong-button = Dweud wrthym
wrong-next = Mae hyn yn dechrau cais i'w gywiro. Rhaid i ni ateb o fewn mis.

step-received = Daeth i law ar { $date }.
step-law = Mae cyfraith hŷn neu arall yn gosod yr amser.
step-identity-requested = Gwnaethom ofyn i chi ar { $date } ddangos pwy ydych chi.
step-identity-received = Gwnaethoch ddangos i ni pwy ydych chi ar { $date }.
step-authority-requested = Gwnaethom ofyn i chi ar { $date } ddangos y cewch ofyn.
step-authority-received = Gwnaethoch ddangos i ni y cewch ofyn ar { $date }.
step-fee-requested = Gwnaethom ofyn am ffi ar { $date }.
step-fee-paid = Gwnaethoch dalu'r ffi ar { $date }.
step-asked-too-late = Gwnaethom ofyn yn rhy hwyr. Dylem fod wedi ateb erbyn { $date }.
step-not-started = Nid yw'r amser wedi dechrau. Rydym yn aros am yr hyn y gwnaethom ofyn amdano.
step-clock-starts = Mae'r amser yn dechrau ar { $date }.
step-month-ends = Fis yn ddiweddarach yw { $date }.
step-pause = Gwnaethom ofyn cwestiwn i chi ar { $date } ac ateboch. Efallai na fydd y dyddiau rhyngddynt yn cyfrif.
step-pause-open = Gwnaethom ofyn cwestiwn i chi ar { $date }. Mae'r amser yn sefyll yn llonydd nes i chi ateb.
step-extension = Dywedasom wrthych ar { $date } fod angen mwy o amser arnom.
step-no-effect = Nid yw rhywbeth a ddigwyddodd yn newid unrhyw ddyddiad. { $date }
step-extended-period-ends = Gyda'r amser hirach { $date } ydyw.
step-pause-added = Gyda dyddiau ein cwestiwn { $date } ydyw.
step-days-end = Mae'r dyddiau'n dod i ben ar { $date }.
step-rolled = Nid yw hwnnw'n ddiwrnod gwaith. Yr un nesaf yw { $date }.
step-due = Rhaid i ni ateb erbyn diwedd { $date }.
step-statutory-latest = Gellir darllen y gyfraith hefyd fel { $date }. Rydym yn gweithio i'r dyddiad cynharach.
step-extension-notice-by = Os oes angen mwy o amser arnom, rhaid i ni ddweud wrthych erbyn { $date }.
step-no-statutory-deadline = Nid yw'r gyfraith yn gosod dyddiad.
