### Drafted by machine; nobody has reviewed it.

error-summary-title = Mae problem
continue = Parhau
change = Newid
not-given = Heb ei roi
done-title = Wedi'i wneud
save-for-later = Cadw a dod yn ôl yn nes ymlaen
one-on-each-line = Ysgrifennwch bob un ar ei linell ei hun.
date-day = Diwrnod
date-month = Mis
date-year = Blwyddyn
date-hint = Er enghraifft, 27 3 1985
idle-warning = Nid ydych wedi gwneud dim ers tro. Mewn 5 munud byddwn yn cuddio'r hyn a deipioch, fel na all neb arall ei ddarllen. Ni fyddwn yn ei golli.
idle-stay = Rwyf yma o hyd

home-can = Gallwch ofyn i ni:
home-can-1 = ddangos yr wybodaeth sydd gennym amdanoch chi
home-can-2 = ei chywiro os yw'n anghywir
home-can-3 = ei dileu, neu roi'r gorau i'w defnyddio
home-can-4 = edrych ar gŵyn
home-free = Mae am ddim. Nid oes angen cyfrif arnoch. Mae'n cymryd tua 10 munud.
home-by-when = Rhaid i ni ateb o fewn mis. Os oes angen mwy o amser arnom rydym yn dweud pam.
home-start = Dechrau nawr
home-resume = Os gwnaethoch ddechrau o'r blaen ar y cyfrifiadur hwn, rydych yn mynd ymlaen o'r man lle stopioch.
home-follow-title = Rydych wedi gwneud cais o'r blaen
home-follow = Gweld pa mor bell ydym ni, anfon rhywbeth atom, neu ddarllen ein hateb.

ask-what = Beth ydych chi am i ni ei wneud?
right-access = Dangos yr wybodaeth sydd gennych amdanaf
right-access-hint = Rydych yn cael copi ohoni.
right-rectification = Cywiro gwybodaeth anghywir
right-rectification-hint = Mae rhywbeth amdanoch chi yn anghywir, neu mae rhywbeth ar goll.
right-erasure = Dileu gwybodaeth amdanaf
right-erasure-hint = Efallai y bydd rhaid i ni gadw rhywfaint. Rydym yn dweud pam.
right-restriction = Peidio â'i defnyddio am y tro, ond ei chadw
right-restriction-hint = Er enghraifft tra byddwn yn gwirio a yw'n gywir.
right-portability = Rhoi fy ngwybodaeth i mi fel ffeil y gallaf fynd â hi i rywle arall
right-portability-hint = Ar gyfer gwybodaeth a roesoch i ni.
right-objection = Nid wyf am i chi ddefnyddio fy ngwybodaeth fel hyn
right-objection-hint = Rydych yn dweud beth nad ydych yn cytuno ag ef.
right-automated-decision = Cael person i edrych ar benderfyniad a wnaeth cyfrifiadur
right-automated-decision-hint = Er enghraifft “na” nad edrychodd unrhyw berson arno.
right-automated-decision-more = Dywedwch pa benderfyniad yr ydych yn ei olygu. Bydd person yn edrych arno.
right-complaint-ack = Cwyno am sut yr ydych yn defnyddio fy ngwybodaeth
right-complaint-ack-hint = Rydym yn dweud wrthych o fewn 30 diwrnod fod eich cwyn gennym.

ask-who-for = Ar gyfer pwy y mae?
who-self = I mi
who-self-hint = Mae'n ymwneud â'm gwybodaeth fy hun.
who-parent = I'm plentyn
who-parent-hint = Chi yw'r rhiant, neu chi sy'n gyfrifol yn ôl y gyfraith.
who-representative = I rywun arall
who-representative-hint = Gofynasant i chi, neu mae llys neu'r gyfraith yn dweud y cewch.

ask-your-name = Beth yw eich enw?
ask-your-name-hint = Eich enw chi, nid enw'r person yr ydych yn gofyn drosto.

ask-how-you-may-act = Pam y cewch ofyn drostynt?
ask-how-you-may-act-hint = Byddwn yn gofyn i chi ddangos rhywbeth sy'n dweud hynny. Nid ydym yn gwrthod oherwydd oedran plentyn yn unig.
authority-parental-responsibility = Fi sy'n gyfrifol am y plentyn hwn yn ôl y gyfraith (cyfrifoldeb rhiant)
authority-child-agreed = Mae'r plentyn yn deall ac am i mi ofyn
authority-court-order = Dywedodd llys hynny
authority-written = Llofnodasant lythyr sy'n dweud y caf
authority-attorney = Mae gennyf atwrneiaeth
authority-deputy = Gwnaeth y Llys Gwarchod fi'n ddirprwy iddynt
authority-solicitor = Fi yw eu cyfreithiwr
authority-other = Rhywbeth arall

ask-name = Beth yw eich enw llawn?
ask-name-other = Beth yw eu henw llawn?
ask-name-hint = Yr enw yr ydym fwyaf tebygol o'i adnabod.

ask-other-names = A ydych wedi cael unrhyw enwau eraill? (dewisol)
ask-other-names-other = A ydynt wedi cael unrhyw enwau eraill? (dewisol)
ask-other-names-hint = Er enghraifft enw cyn priodi, neu enw byr. Ysgrifennwch bob un ar ei linell ei hun. Mae'n ein helpu i ddod o hyd i bopeth.

ask-email = Beth yw eich cyfeiriad e-bost?
ask-email-hint = Rydym yn anfon cod atoch i wneud yn siŵr mai chi biau ef. Rydym yn anfon ein llythyrau yno hefyd.
ask-email-no = Os nad ydych yn defnyddio e-bost, ysgrifennwch atom neu ffoniwch ni. Nid oes angen y ffurflen hon arnoch.

ask-contact = Sut arall y gallem eich adnabod? (dewisol)
ask-contact-other = Sut arall y gallem eu hadnabod? (dewisol)
ask-contact-hint = Mae'n ein helpu i ddod o hyd i'r wybodaeth gywir. Gallwch adael y cyfan yn wag.
ask-contact-emails = Cyfeiriadau e-bost eraill, nawr neu o'r blaen (dewisol)
ask-contact-phone = Rhif ffôn (dewisol)
ask-contact-postcode = Cod post, nawr neu o'r blaen (dewisol)

ask-date-of-birth = Beth yw eich dyddiad geni? (dewisol)
ask-date-of-birth-other = Beth yw eu dyddiad geni? (dewisol)
ask-date-of-birth-hint = Pam yr ydym yn gofyn: dim ond drwyddo y gellir dod o hyd i rai o'n cofnodion, a gall dau berson fod â'r un enw.

ask-which = A ydych yn golygu'r holl wybodaeth, neu rywfaint ohoni?
which-all = Y cyfan
which-all-hint = Rydym yn edrych ym mhobman.
which-some = Rhywfaint ohoni yn unig
which-some-hint = Rydych yn ticio'r hyn yr ydych ei eisiau. Mae'n aml yn gynt.

ask-kinds = Pa fathau o wybodaeth ydych chi eu heisiau?
ask-kinds-hint = Ticiwch bopeth yr ydych ei eisiau.

ask-dates = O bryd i bryd? (dewisol)
ask-dates-hint = Gadewch ef yn wag os nad oes ots gennych.
ask-dates-from = O
ask-dates-to = Hyd
dates-from = O { $date }
dates-to = Hyd { $date }

ask-details = A oes unrhyw beth arall sy'n ein helpu? (dewisol)
ask-details-rectification = Beth sy'n anghywir, a beth ddylai ei ddweud?
ask-details-objection = Beth nad ydych am i ni ei wneud, a pham?
ask-details-automated-decision = Pa benderfyniad ydych chi'n ei olygu?
ask-details-complaint-ack = Beth yw eich cwyn?
ask-about = Rhif y cais y mae'n ymwneud ag ef (dewisol)
ask-about-hint = Mae'n edrych fel DR-2026-000123.

ask-answer = Sut ydych chi am gael ein hateb?
answer-download = Ei ddarllen a'i lawrlwytho yma
answer-download-hint = Dyma'r ffordd gyflymaf a mwyaf diogel.
answer-post = Ar bapur, drwy'r post
answer-large-print = Ar bapur mewn print bras, drwy'r post
answer-other = Ffordd arall
answer-address = I ble yr ydym yn ei bostio?
answer-needs = Dywedwch wrthym beth sydd ei angen arnoch

fault-what-missing = Dewiswch beth yr ydych am i ni ei wneud
fault-who-for-missing = Dewiswch ar gyfer pwy y mae
fault-your-name-missing = Ysgrifennwch eich enw
fault-your-name-form = Ysgrifennwch eich enw â llythrennau, bylchau, cysylltnodau a chollnodau yn unig
fault-your-name-long = Rhaid i'ch enw fod yn 200 nod neu lai
fault-how-you-may-act-missing = Dewiswch pam y cewch ofyn drostynt
fault-name-missing = Ysgrifennwch yr enw llawn
fault-name-form = Ysgrifennwch yr enw â llythrennau, bylchau, cysylltnodau a chollnodau yn unig
fault-name-long = Rhaid i'r enw fod yn 200 nod neu lai
fault-other-names-form = Ysgrifennwch bob enw ar ei linell ei hun, â llythrennau, bylchau, cysylltnodau a chollnodau yn unig
fault-other-names-long = Rhaid i bob enw fod yn 200 nod neu lai
fault-other-names-many = Ysgrifennwch 20 enw neu lai
fault-email-missing = Ysgrifennwch eich cyfeiriad e-bost
fault-email-form = Ysgrifennwch gyfeiriad e-bost fel enw@example.org
fault-other-emails-form = Ysgrifennwch bob cyfeiriad e-bost ar ei linell ei hun, fel enw@example.org
fault-other-emails-many = Ysgrifennwch 20 cyfeiriad e-bost neu lai
fault-phone-form = Ysgrifennwch rif ffôn â 7 i 15 digid, fel 07700 900123
fault-postcode-form = Ysgrifennwch god post fel PR1 8XJ
fault-date-of-birth-date = Ysgrifennwch ddyddiad geni go iawn, fel 27 3 1985
fault-date-of-birth-future = Rhaid i'r dyddiad geni fod yn y gorffennol
fault-which-missing = Dewiswch y cyfan, neu rywfaint yn unig
fault-kinds-missing = Ticiwch o leiaf un math o wybodaeth
fault-from-date = Ysgrifennwch ddyddiad go iawn ar gyfer “O”, fel 27 3 2020
fault-from-future = Ni chaiff y dyddiad ar gyfer “O” fod yn y dyfodol
fault-to-date = Ysgrifennwch ddyddiad go iawn ar gyfer “Hyd”, fel 27 3 2021
fault-to-order = Rhaid i'r dyddiad ar gyfer “Hyd” fod ar ôl y dyddiad ar gyfer “O”
fault-details-missing = Ysgrifennwch yn eich geiriau eich hun beth yr ydych ei eisiau
fault-details-form = Tynnwch arwyddion na ellir eu darllen
fault-details-long = Ysgrifennwch 10,000 nod neu lai
fault-about-form = Ysgrifennwch y rhif fel DR-2026-000123, neu gadewch ef yn wag
fault-answer-missing = Dewiswch sut yr ydych am gael ein hateb
fault-address-missing = Ysgrifennwch y cyfeiriad yr ydym yn ei bostio iddo
fault-address-form = Tynnwch arwyddion na ellir eu darllen
fault-address-long = Rhaid i'r cyfeiriad fod yn 500 nod neu lai
fault-large-print-address-missing = Ysgrifennwch y cyfeiriad yr ydym yn ei bostio iddo
fault-large-print-address-form = Tynnwch arwyddion na ellir eu darllen
fault-large-print-address-long = Rhaid i'r cyfeiriad fod yn 500 nod neu lai
fault-needs-missing = Dywedwch wrthym beth sydd ei angen arnoch
fault-needs-form = Tynnwch arwyddion na ellir eu darllen
fault-needs-long = Ysgrifennwch 500 nod neu lai

check-title = Gwiriwch eich atebion
check-send-title = Nawr anfonwch eich cais
check-send = Rydym yn dechrau pan wyddom mai chi biau'r cyfeiriad e-bost. Rydym yn anfon cod atoch ar gyfer hynny.
check-send-use = Mae { $controller } yn defnyddio'r hyn a deipioch i ddelio â'ch cais yn unig.
check-send-button = Anfon fy nghais
forget-button = Dileu fy atebion

sent-title = Mae eich cais gennym
sent-reference = Eich rhif yw
sent-code-title = Un peth ar ôl: teipiwch y cod
sent-code = Rydym wedi anfon cod at { $email }. Teipiwch ef yma. Yna gallwn ddechrau.
sent-next-title = Beth sy'n digwydd nesaf
sent-next = Pan fyddwch wedi teipio'r cod, rydym yn dechrau gweithio. Rydym yn anfon e-bost atoch gyda dolen. Yno gallwch bob amser weld pa mor bell ydym ni.
sent-due = Rhaid i ni ateb erbyn { $date } fan bellaf. Os bydd rhaid i ni ofyn rhywbeth i chi yn gyntaf, rydym yn dweud sut y mae hynny'n newid y dyddiad.
sent-keep = Cadwch eich rhif: { $reference }. Gallwch argraffu'r dudalen hon.

save-title = Cadw eich atebion
save-hint = { $count ->
    [one] Rydym yn anfon dolen atoch. Rydym yn cadw eich atebion am 1 diwrnod.
   *[other] Rydym yn anfon dolen atoch. Rydym yn cadw eich atebion am { $count } diwrnod.
}
save-button = Cadw ac anfon y ddolen ataf
saved-title = Rydym wedi cadw eich atebion
saved = Rydym wedi anfon e-bost atoch gyda dolen. Gall gymryd ychydig funudau. Nid oes dim wedi'i anfon atom fel cais eto.
saved-go-on = Mynd ymlaen nawr
resume-title = Ewch ymlaen â'ch cais
resume = Mae eich atebion yma o hyd. Mae'r ddolen yn gweithio unwaith.
resume-gone-title = Nid yw'r ddolen hon yn gweithio mwyach
resume-gone = Cafodd ei defnyddio o'r blaen, neu mae'n rhy hen. Gallwch ddechrau eto.
paused-title = Rydym wedi cuddio eich atebion
paused = Ni wnaethoch ddim ers tro. Mae eich atebion wedi'u cadw. Ni all neb eu darllen ar y dudalen hon.
paused-go-on = Dangos fy atebion a mynd ymlaen

paper-title = Ffurflen i'w hargraffu
paper-how = Argraffwch y dudalen hon, llenwch hi, a'i hanfon i'r cyfeiriad isod. Gallwch hefyd ysgrifennu llythyr yn eich geiriau eich hun, neu ddweud wrthym. Nid oes rhaid i chi ddefnyddio ffurflen.
paper-sign = Dyddiad a llofnod
paper-next = Rydym yn ysgrifennu atoch pan fydd gennym. Rhaid i ni ateb o fewn mis.
