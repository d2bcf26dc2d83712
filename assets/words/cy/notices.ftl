### Drafted by machine; nobody has reviewed it.

privacy-title = Hysbysiad preifatrwydd
privacy-who = { $controller } sy'n gyfrifol am y gwasanaeth hwn ({ $service }). Yn y gyfraith ni yw'r “rheolydd”.
privacy-registration = Rydym wedi cofrestru gyda { $regulator }. Ein rhif yw { $registration }.
privacy-dpo = Gallwch ysgrifennu atom yn { $email }, neu at ein swyddog diogelu data yn { $dpo }.
privacy-what-title = Beth yr ydym yn ei ddefnyddio
privacy-what-1 = yr hyn a deipiwch yn y ffurflen: enwau, cyfeiriadau e-bost, rhifau ffôn, cod post, dyddiad geni, eich geiriau eich hun
privacy-what-2 = ffeiliau a anfonwch i ddangos pwy ydych chi
privacy-what-3 = negeseuon rhyngoch chi a ni
privacy-what-4 = yr wybodaeth a ganfyddwn amdanoch chi, i'ch ateb
privacy-why-title = Pam yr ydym yn ei defnyddio
privacy-why = Rydym yn ei defnyddio i ddod o hyd i'ch gwybodaeth, i wneud yn siŵr ei bod yn mynd atoch chi a neb arall, i'ch ateb, ac i ddangos i ni gadw'r gyfraith.
privacy-law = Mae'r gyfraith yn mynnu ein bod yn eich ateb. Ein sail gyfreithiol yw UK GDPR Erthygl 6(1)(c), rhwymedigaeth gyfreithiol. Ar gyfer gwybodaeth breifat iawn Erthygl 9(2)(g) ydyw gyda Deddf Diogelu Data 2018, adran 10 ac Atodlen 1.
privacy-proof = Rydym yn gofyn am brawf dim ond lle nad ydym yn siŵr pwy ydych chi (UK GDPR Erthygl 12(6)).
privacy-share-title = Pwy sy'n ei gweld
privacy-share = Y bobl sy'n gweithio ar eich cais. Nid ydym yn ei gwerthu nac yn ei defnyddio ar gyfer dim arall.
privacy-keep-title = Am faint yr ydym yn ei chadw
privacy-keep-1 = ffurflen na wnaethoch ei hanfon: 1 diwrnod, neu'n hirach os gwnaethoch ofyn i ni ei chadw
privacy-keep-2 = ffeiliau sy'n dangos pwy ydych chi: nes i ni benderfynu amdanynt
privacy-keep-3 = yr ateb i chi ei lawrlwytho: { $days } diwrnod
privacy-keep-4 = eich cais a'r hyn a wnaethom: { $kept } ar ôl iddo gau
privacy-rights-title = Eich hawliau
privacy-rights = Gallwch ofyn am gael gweld yr wybodaeth hon hefyd, am ei chywiro, ei dileu neu beidio â'i defnyddio, a gallwch wrthwynebu. Defnyddiwch y gwasanaeth hwn neu ysgrifennwch atom.
privacy-must = Nid oes rhaid i chi ddweud mwy wrthym nag a ofynnwn. Heb enw a ffordd i'ch cyrraedd ni allwn ateb.
privacy-automated = Nid oes cyfrifiadur yn penderfynu amdanoch chi yma. Person sy'n gwneud.
privacy-complain-title = Os nad ydych yn hapus
privacy-complain-us = Gallwch gwyno i ni: ysgrifennwch at { $email }. Rydym yn dweud wrthych o fewn 30 diwrnod fod eich cwyn gennym (Deddf Diogelu Data 2018, adran 164A).
privacy-complain-court = Gallwch hefyd ofyn i lys (Deddf Diogelu Data 2018, adran 167).
privacy-more = Hysbysiad preifatrwydd { $controller }

accessibility-title = Datganiad hygyrchedd
accessibility-lead = Dylai pawb allu defnyddio'r gwasanaeth hwn ({ $service }). Dylech allu:
accessibility-can-1 = gwneud y dudalen hyd at 4 gwaith mor fawr
accessibility-can-2 = defnyddio'r bysellfwrdd yn unig
accessibility-can-3 = defnyddio darllenydd sgrin neu adnabod lleferydd
accessibility-can-4 = ei ddefnyddio heb JavaScript
accessibility-how-title = Pa mor hygyrch ydyw
accessibility-how = Gwnaed y gwasanaeth i fodloni Canllawiau Hygyrchedd Cynnwys y We fersiwn 2.2, lefel AA.
accessibility-not = Mae ei wneuthurwyr wedi ei brofi â rhaglenni ac â bysellfwrdd. Nid yw pobl ag anableddau wedi ei brofi eto, felly gall fod diffygion na wyddom amdanynt.
accessibility-help-title = Os oes angen help arnoch neu os ydych yn dod o hyd i ddiffyg
accessibility-help = Ysgrifennwch at { $email }. Dywedwch beth sydd ei angen arnoch, er enghraifft print bras, hawdd ei ddeall, sain neu braille.
accessibility-force-title = Os nad ydych yn hapus â'n hateb
accessibility-force = Mae'r Comisiwn Cydraddoldeb a Hawliau Dynol yn gorfodi Rheoliadau Hygyrchedd Cyrff Sector Cyhoeddus (Gwefannau ac Apiau Symudol) (Rhif 2) 2018. Gall y Gwasanaeth Cynghori a Chymorth Cydraddoldeb eich helpu.
accessibility-eass = Gwasanaeth Cynghori a Chymorth Cydraddoldeb
accessibility-test-title = Pryd y cafodd ei brofi
accessibility-tested = Profwyd ddiwethaf ar { $date }.
accessibility-untested = Nid yw perchennog y gwasanaeth hwn wedi ei brofi ei hun eto.

cookies-title = Cwcis
cookies-lead = Ffeiliau bach y mae gwefan yn eu cadw ar eich ffôn neu gyfrifiadur yw cwcis.
cookies-only = Dim ond cwcis na all y gwasanaeth weithio hebddynt yr ydym yn eu defnyddio. Felly nid oes rhaid i ni ofyn i chi. Nid oes yr un ohonynt yn eich dilyn.
cookies-table = Ein cwcis
cookies-name = Enw
cookies-what = Beth yw ei ddiben
cookies-how-long = Am faint
cookies-browser = Mae'n gwneud yn siŵr bod ffurflen yn dod o'ch porwr chi
cookies-form = Mae'n dod o hyd i'r hyn a deipioch yn y ffurflen
cookies-request = Rydych wedi teipio cod cais
cookies-answer = Rydych wedi teipio cod ateb
cookies-language = Yr iaith a ddewisoch
cookies-year = 1 flwyddyn
cookies-hours = { $count ->
    [one] 1 awr
   *[other] { $count } awr
}
cookies-minutes = { $count ->
    [one] 1 funud
   *[other] { $count } munud
}
cookies-days = { $count ->
    [one] 1 diwrnod
   *[other] { $count } diwrnod
}

contact-title = Cysylltu â ni
contact-lead = Gallwch ofyn unrhyw beth i ni am eich gwybodaeth mewn unrhyw ffordd. Nid oes angen ffurflen arnoch, ac nid oes rhaid i chi enwi cyfraith.
contact-email = Drwy e-bost
contact-post = Drwy'r post
contact-phone = Dros y ffôn
contact-text-phone = Ffôn testun: { $number }
contact-other = Ffyrdd eraill
contact-any = Gallwch hefyd ddweud wrth unrhyw un sy'n gweithio i ni. Maent yn ei basio ymlaen.
