### Drafted by machine; nobody has reviewed it.

date = { $day } { $month } { $year }
month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr

skip-to-main = Neidio i'r prif gynnwys
language-menu = Iaith
language-draft = Gwnaed y cyfieithiad hwn gan gyfrifiadur. Nid oes neb wedi ei wirio eto.
error-prefix = Gwall:
back = Yn ôl
menu = Dewislen
footer-links = Dolenni cymorth

footer-privacy = Preifatrwydd
footer-accessibility = Hygyrchedd
footer-cookies = Cwcis
footer-contact = Cysylltu â ni

problem-400-title = Ni allem ddarllen yr hyn a anfonwyd
problem-400-text = Ewch yn ôl a rhowch gynnig arall arni. Ni chollwyd dim a anfonoch o'r blaen.
problem-401-title = Dangoswch i ni eto pwy ydych chi
problem-401-text = Mae eich amser wedi dod i ben, neu nid yw'r ddolen yn gweithio mwyach.
problem-403-title = Ni allwch agor y dudalen hon
problem-403-text = Mae'n perthyn i rywun arall, neu nid yw eich rôl yn ei chaniatáu.
problem-428-title = Agorwch y dudalen eto
problem-428-text = Roedd y ffurflen hon ar agor yn rhy hir, neu nid yw eich porwr yn cadw cwcis i ni. Ewch yn ôl i'r dudalen, llwythwch hi eto, ac anfonwch y ffurflen unwaith yn rhagor.
problem-404-title = Heb ddod o hyd i'r dudalen
problem-404-text = Os gwnaethoch deipio'r cyfeiriad, gwiriwch ei fod yn gywir. Os gwnaethoch ei ludo, gwiriwch eich bod wedi copïo'r cyfan.
problem-409-title = Ni ellir gwneud hyn nawr
problem-410-title = Nid yw hwn yma mwyach
problem-412-title = Newidiodd rhywun hwn yn y cyfamser
problem-412-text = Ni ddisodlwyd dim o'u gwaith nhw. Ewch yn ôl, darllenwch ef eto a gwnewch eich newid eto.
problem-413-title = Mae hynny'n rhy fawr
problem-413-text = Anfonwch ffeil lai neu destun byrrach.
problem-422-title = Mae rhai atebion yn anghywir
problem-422-text = Ewch yn ôl a'u cywiro.
problem-429-title = Gormod o gynigion
problem-429-text = Arhoswch ychydig, yna rhowch gynnig arall arni.
problem-500-title = Mae'n ddrwg gennym, aeth rhywbeth o'i le
problem-500-text = Ein bai ni yw hyn. Rydym wedi ei gofnodi. Ni chollwyd dim a anfonoch o'r blaen. Rhowch gynnig arall arni yn nes ymlaen.
problem-503-title = Mae'n ddrwg gennym, rydym yn brysur
problem-503-text = Rhowch gynnig arall arni mewn eiliad. Ni chollwyd dim a anfonoch o'r blaen.
problem-contact = Os oes angen help arnoch, ysgrifennwch at { $email }.
problem-home = Ewch i'r dudalen gychwyn
