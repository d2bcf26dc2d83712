### Drafted by machine; nobody has reviewed it.

letter-dear = Annwyl { $name }
letter-hello = Helo
letter-footer-number = Wedi cofrestru gyda { $regulator }, rhif { $registration }.

letter-routes-heading = Os nad ydych yn cytuno
letter-routes-us = Gallwch gwyno i ni. Ysgrifennwch at { $email }. Byddwn yn dweud wrthych o fewn 30 diwrnod fod eich cwyn gennym. (Deddf Diogelu Data 2018, adran 164A)
letter-routes-regulator = Gallwch gwyno i { $regulator }: { $url } (adran 165)
letter-routes-court = Gallwch ofyn i lys benderfynu. (adran 167)

letter-code-subject = Eich cod ar gyfer cais { $reference }
letter-code-lead = Eich cod yw
letter-code-type = Teipiwch ef ar y dudalen lle gwnaethoch gais { $reference }. Mae'n dangos i ni mai chi biau'r cyfeiriad e-bost hwn.
letter-code-answer = Teipiwch ef ar dudalen cais { $reference } i agor yr ateb.
letter-code-minutes = { $count ->
    [one] Mae'r cod yn gweithio am 1 funud. Os yw wedi dod i ben, gofynnwch am un newydd ar yr un dudalen.
   *[other] Mae'r cod yn gweithio am { $count } munud. Os yw wedi dod i ben, gofynnwch am un newydd ar yr un dudalen.
}
letter-code-not-you = Os na wnaethoch ofyn am hyn, nid oes rhaid i chi wneud dim. Ni all neb weld unrhyw wybodaeth heb y cod hwn. Peidiwch â'i roi i neb.

letter-resume-subject = Ewch ymlaen â'ch cais
letter-resume-lead = Gwnaethoch ofyn i ni gadw'r hyn a deipioch.
letter-resume-link = Agorwch y dudalen hon i fynd ymlaen
letter-resume-until = Rydym yn ei gadw tan { $until }. Ar ôl hynny rydym yn ei ddileu.
letter-resume-not-sent = Nid ydych wedi anfon eich cais eto. Byddwn yn dechrau gweithio arno pan fyddwch yn ei anfon.
letter-resume-not-you = Os na wnaethoch ofyn am hyn, nid oes rhaid i chi wneud dim.

letter-find-subject = Y ddolen i'ch cais
letter-find-lead = Gwnaethoch ofyn am y ddolen i'ch cais { $reference }.
letter-find-link = Agorwch y dudalen hon
letter-find-code = Byddwn yn anfon cod atoch yno, i wneud yn siŵr mai chi sydd yno.
letter-find-not-you = Os na wnaethoch ofyn am hyn, nid oes rhaid i chi wneud dim. Ni all neb weld dim heb y cod.

letter-received-subject = Mae eich cais { $reference } gennym
letter-received-lead = Mae eich cais gennym. Ei rif yw { $reference }.
letter-received-due = Daeth i law ar { $received }. Rhaid i ni ei ateb erbyn { $due }. Byddwn yn ceisio bod yn gynt.
letter-received-no-due = Daeth i law ar { $received }. Mae'r amser i ateb yn dechrau pan fydd gennym yr hyn y gwnaethom ofyn amdano.
letter-next-heading = Beth sy'n digwydd nesaf
letter-received-next-1 = Rydym yn chwilio am yr wybodaeth sydd gennym amdanoch chi.
letter-received-next-2 = Rydym yn ei darllen, i wneud yn siŵr mai chi biau hi ac nad ydym yn rhoi cyfrinachau rhywun arall.
letter-received-next-3 = Mae ail berson yn gwirio ein hateb.
letter-received-next-4 = Rydym yn ysgrifennu atoch pan fydd yn barod.
letter-received-other-1 = Mae rhywun yn ein tîm yn edrych ar yr hyn y gwnaethoch ofyn amdano.
letter-received-other-2 = Rydym yn penderfynu beth i'w wneud. Mae ail berson yn ei wirio.
letter-received-other-3 = Rydym yn ysgrifennu atoch ac yn dweud beth a wnaethom, a pham.
letter-follow-link = Gallwch weld pa mor bell ydym ni yma

letter-proof-subject = Mae angen rhywbeth gennych ar gyfer cais { $reference }
letter-proof-lead = Mae eich cais { $reference } gennym. Cyn i ni fynd ymlaen, mae angen i ni weld rhywbeth gennych.
letter-proof-identity-heading = Dangoswch i ni pwy ydych chi
letter-proof-identity = Anfonwch lun neu gopi o un o'r rhain: pasbort, trwydded yrru, llythyr banc neu fudd-daliadau gyda'ch enw a'ch cyfeiriad. Gallwch guddio rhifau nad oes eu hangen arnom.
letter-proof-why-right = Rydym yn gofyn i bawb sy'n defnyddio'r hawl hon, gan na ellir dad-wneud yr hyn a wnawn i chi.
letter-proof-why-channel = Rydym yn gofyn oherwydd i'ch cais ddod mewn ffordd lle na allwn weld pwy a'i anfonodd.
letter-proof-why-sensitive = Rydym yn gofyn oherwydd bod yr wybodaeth yn breifat iawn. Ni chawn ei rhoi i'r person anghywir.
letter-proof-why-doubt = Rydym yn gofyn oherwydd nad ydym yn siŵr eto mai chi sydd yno.
letter-proof-authority-heading = Dangoswch i ni y cewch ofyn dros rywun arall
letter-proof-authority = Anfonwch lun neu gopi o'r hyn sy'n dweud hynny: tystysgrif geni neu orchymyn llys ar gyfer plentyn, llythyr a lofnododd y person, neu atwrneiaeth.
letter-proof-words-heading = Beth sydd ei angen arnom
letter-proof-how = Gallwch ei anfon ar y dudalen hon
letter-proof-else = Gallwch hefyd ei anfon drwy'r post i'r cyfeiriad isod, neu ei ddangos i ni. Os nad oes gennych ddim o hyn, dywedwch wrthym. Byddwn yn dod o hyd i ffordd arall.
letter-proof-clock = Mae'r amser ar gyfer ein hateb yn dechrau pan fydd gennym.
letter-proof-deleted = Rydym yn ei ddileu cyn gynted ag y byddwn wedi edrych arno a phenderfynu.

letter-clarify-subject = Mae angen i ni wybod mwy ar gyfer cais { $reference }
letter-clarify-lead = Rydym yn gweithio ar eich cais { $reference }. I ddod o hyd i'r wybodaeth gywir mae angen i ni ofyn rhywbeth i chi.
letter-clarify-question-heading = Ein cwestiwn
letter-clarify-link = Agorwch y dudalen hon i ateb
letter-clarify-else = Neu ysgrifennwch at { $email }.
letter-clarify-pause = Mae'r amser ar gyfer ein hateb yn sefyll yn llonydd nes i ni glywed gennych. Rydym yn mynd ymlaen â'r hyn y gallwn ei wneud heb eich ateb.
letter-clarify-no-pause = Mae'n rhaid i ni eich ateb erbyn { $due } o hyd.
letter-clarify-unsure = Os nad ydych yn gwybod yr ateb, dywedwch hynny wrthym. Byddwn yn ceisio helpu.

letter-extended-subject = Mae angen mwy o amser arnom ar gyfer cais { $reference }
letter-extended-lead = Mae'n ddrwg gennym: mae angen mwy o amser arnom ar gyfer eich cais { $reference }.
letter-extended-date = Rhaid i ni eich ateb nawr erbyn { $due }. Mae'r gyfraith yn gadael i ni gymryd hyd at ddau fis arall os yw cais yn gymhleth, neu os gwnaethoch sawl un. Dim ond unwaith y gallwn wneud hyn. (UK GDPR Erthygl 12A)
letter-why-heading = Pam

letter-message-subject = Rydym wedi ysgrifennu atoch am gais { $reference }
letter-message-lead = Mae neges i chi am eich cais { $reference }.
letter-message-link = Agorwch y dudalen hon i'w darllen a'i hateb
letter-message-private = Nid ydym yn ei rhoi yn yr e-bost hwn, i'w chadw'n breifat.

letter-ready-subject = Mae'r ateb i'ch cais { $reference } yn barod
letter-ready-lead = Mae'r ateb i'ch cais { $reference } yn barod.
letter-ready-link = Gallwch ei ddarllen a'i lawrlwytho yma
letter-ready-until = Gallwch wneud hyn tan { $until }. Byddwn yn anfon cod newydd atoch yn gyntaf, i wneud yn siŵr mai chi sydd yno.
letter-ready-post = Gwnaethoch ofyn amdano ar bapur. Rydym yn ei bostio i'r cyfeiriad a roesoch i ni.
letter-ready-large = Gwnaethoch ofyn am brint bras. Rydym yn ei bostio i'r cyfeiriad a roesoch i ni.
letter-ready-other = Gwnaethoch ofyn i ni ei anfon mewn ffordd arall. Byddwn yn gwneud hynny, ac yn dweud wrthych os na allwn.
letter-ready-wrong = Os oes rhywbeth ynddo yn anghywir, gallwch ddweud wrthym ar yr un dudalen. Byddwn yn edrych arno.
letter-ready-elsewhere = Mae'r wybodaeth yn breifat iawn, felly rydym yn ei rhoi i'r person ei hun ac nid i chi.
letter-ready-subject-lead = Gofynnodd { $requester } i ni am wybodaeth amdanoch chi. Rhif y cais yw { $reference }. Mae'r wybodaeth yn breifat iawn, felly rydym yn ei rhoi i chi ac nid iddyn nhw. Chi sydd i benderfynu a ydych am ei dangos iddyn nhw.

letter-partly-subject = Yr ateb i'ch cais { $reference }, gyda rhai pethau wedi'u gadael allan
letter-partly-lead = Mae'r ateb i'ch cais { $reference } yn barod. Ni roesom bopeth a ganfuom i chi.
letter-partly-heading = Beth adawsom allan, a pham
letter-partly-item = { $count ->
    [one] 1 cofnod: { $reason }
   *[other] { $count } cofnod: { $reason }
}

letter-partly-fields = Mewn rhai cofnodion cuddiwyd geiriau neu feysydd. Mae pob lle yn dweud pam.

letter-nothing-subject = Nid oes gennym ddim amdanoch chi (cais { $reference })
letter-nothing-lead = Gwnaethom chwilio am wybodaeth amdanoch chi ar gyfer eich cais { $reference }. Ni chawsom ddim.
letter-nothing-searched = Mae'r ateb yn dweud ble y gwnaethom chwilio, ac am beth.
letter-nothing-else = Os credwch y dylai fod gennym rywbeth, dywedwch wrthym: gall enw arall, hen gyfeiriad, neu hen gyfeiriad e-bost ein helpu i ddod o hyd iddo.

letter-refused-subject = Ein hateb i'ch cais { $reference }
letter-refused-lead = Rydym wedi edrych ar eich cais { $reference }. Ni fyddwn yn gwneud yr hyn y gwnaethoch ofyn amdano.

letter-corrected-subject = Rydym wedi cywiro eich gwybodaeth (cais { $reference })
letter-corrected-lead = Dywedoch wrthym fod rhywbeth amdanoch chi yn anghywir. Rydym wedi ei gywiro.
letter-corrected-heading = Beth wnaethom ei newid
letter-corrected-item = { $label }: rydym wedi ei gywiro.
letter-corrected-not-heading = Beth na wnaethom ei newid
letter-corrected-told-heading = Wrth bwy y dywedasom
letter-corrected-told = Rydym yn dweud wrth bawb a gafodd yr wybodaeth anghywir gennym: { $recipients }.
letter-corrected-told-nobody = Ni roesom yr wybodaeth hon i neb arall, felly nid oedd rhaid dweud wrth neb arall.

letter-withdrawn-subject = Rydym wedi stopio eich cais { $reference }
letter-withdrawn-lead = Gwnaethoch ofyn i ni stopio eich cais { $reference }. Rydym wedi ei stopio.
letter-withdrawn-again = Gallwch wneud cais newydd unrhyw bryd.

letter-complaint-subject = Mae eich cwyn { $reference } gennym
letter-complaint-lead = Mae eich cwyn gennym. Ei rhif yw { $reference }. Daeth i law ar { $received }.
letter-complaint-about = Mae'n ymwneud â chais { $about }.
letter-complaint-next-1 = Mae rhywun na weithiodd ar eich cais yn edrych arni.
letter-complaint-next-2 = Efallai y byddwn yn gofyn cwestiwn i chi. Rydym yn dweud wrthych pa mor bell ydym ni.
letter-complaint-next-3 = Rydym yn ysgrifennu atoch ac yn dweud beth a ganfuom, beth a wnawn, a pham.
letter-complaint-law = Mae'r gyfraith yn dweud bod rhaid i ni ddweud wrthych o fewn 30 diwrnod ei bod gennym. Mae'r llythyr hwn yn gwneud hynny. Yna rhaid i ni edrych i mewn iddi heb oedi. (Deddf Diogelu Data 2018, adran 164A)
letter-complaint-others = Nid oes rhaid i chi aros amdanom ni. Gallwch gwyno i { $regulator } ({ $url }) neu ofyn i lys.

letter-date-subject = Dyddiad newydd ar gyfer eich cais { $reference }
letter-date-lead = Mae dyddiad ein hateb i'ch cais { $reference } wedi newid.
letter-date-from = Cynt, { $from } ydoedd.
letter-date-to = Nawr { $to } ydyw.
letter-date-holiday = Pam: mae rhestr gwyliau'r banc wedi newid. Os nad yw ein diwrnod olaf yn ddiwrnod gwaith, mae'r gyfraith yn rhoi i ni tan y diwrnod gwaith nesaf.
letter-date-corrected = Pam: roedd dyddiad yn ein nodiadau yn anghywir. Rydym wedi ei gywiro.
letter-date-nothing = Nid oes rhaid i chi wneud dim. Gallwch weld sut y gwnaethom ei gyfrifo yma

letter-remind-verify-subject = Ni allwn fynd ymlaen â chais { $reference } eto
letter-remind-verify-lead = Gwnaethoch gais. Ei rif yw { $reference }.
letter-remind-verify-proof = Gwnaethom ofyn i chi ddangos rhywbeth i ni. Nid yw gennym eto, felly ni allwn fynd ymlaen.
letter-remind-verify-proof-1 = Chwiliwch am ein llythyr neu e-bost. Mae'n dweud beth i'w anfon atom.
letter-remind-verify-proof-2 = Anfonwch ef ar y dudalen hon: { $link }
letter-remind-verify-proof-3 = Neu anfonwch ef drwy'r post i'r cyfeiriad isod.
letter-remind-verify-code = Anfonwyd cod atoch, i wneud yn siŵr mai chi biau'r cyfeiriad e-bost hwn. Nid ydych wedi ei deipio eto, felly ni allwn fynd ymlaen.
letter-remind-verify-code-1 = Agorwch y dudalen hon: { $link }
letter-remind-verify-code-2 = Gofynnwch am god newydd. Rydym yn ei anfon atoch ar unwaith.
letter-remind-verify-code-3 = Teipiwch y cod.
letter-todo-heading = Beth i'w wneud
letter-remind-until = Gwnewch hyn erbyn { $until }. Os na wnewch, byddwn yn stopio. Gallwch ddechrau eto yn nes ymlaen.
letter-remind-help = A yw hyn yn rhy anodd, neu a oes angen help arnoch? Ysgrifennwch at { $email }.
letter-not-you = Os na wnaethoch gais, nid oes rhaid i chi wneud dim.

letter-remind-clarify-subject = Mae angen eich ateb arnom ar gyfer cais { $reference }
letter-remind-clarify-lead = Gwnaethom ofyn cwestiwn i chi am eich cais { $reference }. Nid yw eich ateb gennym eto, felly ni allwn fynd ymlaen.
letter-remind-clarify-1 = Agorwch y dudalen hon a dywedwch yr ateb wrthym: { $link }
letter-remind-clarify-until = Atebwch erbyn { $until }. Os na wnewch, byddwn yn stopio. Gallwch ddechrau eto yn nes ymlaen.

letter-lapsed-subject = Rydym wedi stopio cais { $reference } am y tro
letter-lapsed-lead = Rydym wedi stopio cais { $reference } am y tro, oherwydd na chlywsom gennych.
letter-lapsed-question = Gwnaethom ofyn cwestiwn i chi ac mae angen yr ateb i fynd ymlaen.
letter-lapsed-who = Mae angen i ni wybod mai chi sy'n gofyn.
letter-lapsed-heading = Sut i fynd ymlaen
letter-lapsed-open = Agorwch y dudalen hon: { $link }
letter-lapsed-answer = Agorwch y dudalen hon a dywedwch yr ateb wrthym: { $link }
letter-lapsed-code = Gofynnwch am god newydd a'i deipio.
letter-lapsed-write = Neu ysgrifennwch at { $email }.
letter-lapsed-any-time = Gallwch wneud hyn unrhyw bryd. Nid oes rhaid i chi ofyn eto o'r dechrau.
letter-lapsed-routes = Os credwch na ddylem fod wedi stopio

letter-notice-subject = Cywirwyd rhywbeth a gawsoch gennym ni ({ $reference })
letter-notice-lead = Gwnaethom drosglwyddo i chi yr hyn a gadwn am berson, ac roedd rhan ohono yn anghywir. Rydym wedi ei gywiro, ac yn ôl y gyfraith rhaid i ni ddweud wrthych (UK GDPR Erthygl 19). Cywirwch yr hyn sydd gennych chithau.
letter-notice-reference = Ein cyfeirnod: { $reference }
letter-notice-record = Y cofnod: { $record }
letter-notice-about = Beth oedd yn anghywir: { $about }
letter-notice-on = Cywirwyd ar: { $on }
letter-notice-person = Y person: { $name }
letter-notice-before = Roedd yn dweud: { $before }
letter-notice-after = Mae nawr yn dweud: { $after }
letter-notice-private = Nid yw’r neges hon yn enwi neb nac yn rhoi unrhyw werth. Os nad yw rhif y cofnod yn ddigon i chi, ysgrifennwch atom gyda’n cyfeirnod a byddwn yn dweud y gweddill.
letter-notice-reply = Dywedwch wrthym eich bod wedi cael hwn: ysgrifennwch at { $email } gan roi ein cyfeirnod.

letter-erased-subject = Rydym wedi dileu gwybodaeth amdanoch chi (cais { $reference })
letter-erased-lead = Gofynnoch i ni ddileu’r hyn a gadwn amdanoch chi. Dyma a wnaethom.
letter-erased-heading = Beth wnaethom ei ddileu
letter-erased-item = { $count ->
    [one] { $label }: 1 cofnod
   *[other] { $label }: { $count } cofnod
}
letter-erased-anonymised-heading = Beth na all neb ddweud mwyach ei fod amdanoch chi
letter-erased-anonymised = Mae’r cofnodion hyn yn aros, ond mae eich enw, eich cyfeiriadau a phopeth arall sy’n dweud pwy ydych chi wedi mynd ohonynt.
letter-erased-kept-heading = Beth rydym yn ei gadw, a pham
letter-erased-kept-item = { $count ->
    [one] { $label }: 1 cofnod. Pam: { $why }
   *[other] { $label }: { $count } cofnod. Pam: { $why }
}
letter-erased-told = Rydym yn dweud wrth bawb a gafodd yr wybodaeth hon gennym ei bod wedi’i dileu: { $recipients }.
letter-erased-request = Rydym yn cadw’r cais hwn ei hun am gyfnod, i ddangos ein bod wedi gwneud yr hyn y mae’r gyfraith yn ei ofyn.

letter-erasure-notice-subject = Dilëwyd rhywbeth a gawsoch gennym ni ({ $reference })
letter-erasure-notice-lead = Gwnaethom drosglwyddo i chi yr hyn a gadwn am berson. Gofynnodd y person i ni ei ddileu, ac rydym wedi gwneud hynny. Yn ôl y gyfraith rhaid i ni ddweud wrthych (UK GDPR Erthygl 19). Dilëwch yr hyn sydd gennych chithau, oni bai bod y gyfraith yn mynnu eich bod yn ei gadw.
letter-erasure-notice-records = Y cofnodion: { $records }
letter-erasure-notice-about = Beth oeddent: { $about }
letter-erasure-notice-on = Dilëwyd ar: { $on }
