#!/usr/bin/env python3
"""Trains the model that suggests names, and writes what the program ships: model.tsv.gz, words.txt and given.txt.

    pip install python-crfsuite==0.9.12
    assets/ner/train.py DATA NICKNAMES       DATA: the folder of *.conll files; NICKNAMES: nicknames.csv (see README.md)

A maintainer's tool: neither the build nor the program runs it. The same inputs give the same files. The features here and
in src/review/names/features.rs must be the same; `parity.tsv`, which it also writes, is what the Rust side is tested by.

Held out of training, for benches/redaction.rs: in every file, of each five blocks of twenty sentences the fifth, and the
whole of wnut_emerging.dev.
"""

import csv
import gzip
import io
import os
import random
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

import pycrfsuite

HERE = Path(__file__).resolve().parent
BLOCK, OF, HELD = 20, 5, 4

# Given and family names for the letters that are made up below: from common knowledge, no list of real people. Names that
# the program's own sample uses (src/sample/names.rs) are taken out again, so that a test on sample letters meets names
# that the model has not seen in letters.
GIVEN = """Adam Adrian Agnes Alan Albert Alexandra Alfie Alice Amanda Amber Amelia Angela Anita Ann Anna Anne Annette Anthony
Archie Arthur Ashley Ava Barry Beatrice Ben Benjamin Bernard Beryl Bethany Beverley Billy Bradley Brandon Brenda Brian Bridget
Bruce Caitlin Cameron Carl Caroline Catherine Cathy Charlie Chelsea Chloe Chris Christian Christopher Claire Clare Claudia
Clive Colin Connor Craig Damian Danielle Darren Dave David Dean Debbie Declan Denise Dennis Derek Diana Diane Dominic Donna
Doreen Dorothy Douglas Duncan Dylan Edith Edward Edwin Eileen Elaine Eleanor Elizabeth Ella Ellen Ellie Elsie Emily Eric Erin
Ethan Eva Eve Evelyn Evie Faye Felicity Fiona Florence Frances Francis Frank Fred Freddie Frederick Freya Gail Gary Gavin
Geoff Geoffrey George Georgia Georgina Gerald Gerard Gill Gillian Glen Glenn Gordon Grace Grant Greg Gregory Guy Harold Harriet
Harrison Harry Harvey Hayley Hazel Helen Henry Hilary Holly Howard Hugh Imogen Irene Iris Isaac Isabel Isabella Isla Ivy Jacob
Jacqueline Jade Jake James Jamie Jane Janice Jason Jasmine Jayne Jean Jeff Jeffrey Jennifer Jenny Jeremy Jill Jim Jimmy Joan
Joe Joel John Jonathan Jordan Joseph Josephine Josh Joshua Joy Joyce Judith June Justin Karl Kate Katherine Kathleen Kathryn
Kay Keith Kelly Kenneth Kerry Kevin Kieran Kim Kirsty Kyle Lauren Lawrence Leah Leanne Leo Leon Leonard Lewis Liam Lily Linda
Lisa Lorraine Lucas Lucy Luke Lydia Lynn Madeleine Maisie Malcolm Mandy Marcus Margaret Maria Marie Marilyn Marion Marjorie
Martha Martin Mary Mason Maureen Mavis Maxine Melanie Melissa Mia Michael Mick Mike Millie Miriam Molly Muriel Naomi Nathan
Neil Nick Nigel Norma Norman Oscar Owen Paige Pamela Pat Patricia Patrick Pauline Penelope Penny Pete Phil Philip Phoebe Phyllis
Poppy Ralph Ray Raymond Reece Reggie Rhys Richard Rita Rob Robert Roberta Robin Rodney Roger Ron Ronald Rosalind Rose Rosemary
Rosie Ross Roy Ruby Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Scarlett Scott Sean Shane Shaun Sheila Shirley
Sienna Sonia Spencer Stacey Stan Stanley Stella Steve Steven Stewart Stuart Summer Suzanne Sylvia Tanya Ted Teresa Terence
Terry Theo Theresa Tim Timothy Tina Toby Todd Tom Tommy Tony Tracy Trevor Tyler Valerie Vanessa Vera Verity Vernon Veronica
Vic Vincent Violet Vivienne Walter Warren Wayne William Winifred Yvonne Zac Zara Zoe Abdullah Adnan Ahsan Akbar Alina Anwar
Arif Asad Asif Ayaan Ayub Aziz Bashir Bushra Ehsan Eman Farah Farhan Farooq Fahad Ghulam Habib Hafsa Haider Haleema Hasan Hassan
Ibrahim Iftikhar Ilyas Iqra Irfan Ishaq Ismail Jamal Jamila Kashif Khalid Laiba Maha Mariam Masood Mehmood Mehwish Mohammad
Muhammad Munir Mustafa Nabeel Nadeem Naeem Naveed Noor Qasim Rabia Rashid Rehana Rizwan Robina Rubina Saad Saba Sadia Safiya
Sajid Salma Samina Sana Shahid Shazia Shoaib Sidra Sumaira Tahir Tanveer Tayyab Umar Waqar Waseem Yusuf Zahid Zahra Zeeshan
Zubair Aarav Aditi Ajay Akash Alka Amit Anand Anil Ankit Anuradha Aparna Asha Ashok Bhavna Chetan Darshan Deepak Dinesh Divya
Ganesh Gaurav Geeta Gopal Gurpreet Hardeep Harish Hema Hitesh Indira Ishaan Jagdish Jasbir Jyoti Kamal Kanta Kartik Krishna
Kuldeep Lakshmi Lata Madhuri Mahesh Mandeep Manish Manjit Mohan Mukesh Namrata Narinder Naresh Nikhil Nitin Pallavi Pankaj
Pooja Pradeep Prakash Rahul Raj Rakesh Ramesh Rani Rekha Ritu Rohan Rohit Sanjay Santosh Satish Savita Seema Shanti Shilpa
Sonal Sudha Suman Sunil Suresh Swati Tara Usha Varun Veena Vikram Vinod Vivek Aneta Anna Barbara Beata Dariusz Dorota Ewa
Grażyna Halina Iwona Jacek Jadwiga Jakub Jan Janusz Jarosław Jerzy Justyna Kamil Karolina Kinga Leszek Lucyna Maciej Magdalena
Marcin Marek Mariusz Marta Mateusz Mirosław Monika Natalia Patrycja Piotr Rafał Renata Robert Sławomir Sylwia Tomasz
Urszula Wojciech Zbigniew Alexandru Ana Claudiu Cristina Daniela Elena Florin Gabriela Ion Laurențiu Marian Mirela Nicoleta
Radu Roxana Simona Viorica Abena Ade Adwoa Akosua Amaka Ama Ayodele Babatunde Blessing Chika Chiamaka Chinedu Chioma Ebele
Efua Emeka Esi Femi Funmi Ifeoma Ikenna Kehinde Kofi Kojo Kwabena Kwesi Nana Nneka Nnamdi Obinna Oluwaseun Sade Segun Taiwo
Temitope Tendai Tobi Tunde Uche Yetunde Alejandro Ana Andrés Carlos Carmen Catarina Diego Elena Francisca Gonçalo Inés Javier
Jorge Juan Luis Luísa Manuel Mateus Miguel Paula Pedro Pilar Rafael Raquel Rodrigo Rui Rosa Teresa Alun Bethan Bronwen Catrin
Ceri Dewi Elin Emrys Geraint Gethin Glyn Gwilym Hefin Hywel Idris Ieuan Ifan Iolo Lowri Mair Meirion Menna Nerys Nia Olwen
Owain Rhodri Rhys Sioned Tegwen Tomos Aisling Bernadette Brendan Cathal Cillian Colm Cormac Dermot Donal Eamon Eimear Eoin
Fergal Fergus Fionnuala Gearóid Liam Maeve Nuala Oisín Orlaith Padraig Sinéad Sorcha Una Aylin Ayşe Emre Mehmet Murat Zeynep
Li Wei Mei Ling Jun Hui Xin Yan Hao Jie Min Ying Thanh Nguyen Linh Minh Anh Kenji Yuki Hiroshi Sergei Olga Natasha Dmitri Ivan
Svetlana Tatiana Viktor Yulia Oksana Ihor Halyna""".split()
FAMILY = """Abbott Adams Aldridge Allen Allsopp Anderson Andrews Appleby Archer Armitage Armstrong Arnold Ashton Atherton
Atkins Atkinson Austin Bailey Baker Baldwin Ball Banks Barber Barker Barlow Barnett Baron Barrett Barton Bates Baxter Beattie
Beaumont Bell Bennett Benson Bentley Berry Bird Birch Bishop Black Blackburn Blair Bolton Bond Booth Bowen Bowles Boyd
Bradley Brady Briggs Broadbent Brooks Brown Bryant Buckley Burgess Burke Burns Burrows Burton Butler Butterworth Byrom Cairns
Calvert Cameron Campbell Carr Carroll Carter Cartwright Chadwick Chambers Chapman Charlton Clark Clayton Clegg Clough Coates
Cole Coleman Coles Collier Collins Connolly Conway Cook Cooke Cooper Cope Coulson Cox Crabtree Craig Craven Crawford Cross
Crossley Crowther Cullen Cunningham Curran Curtis Dale Daly Dalton Dawson Day Dean Dennis Devlin Dixon Dobson Doherty Donnelly
Douglas Downing Drake Duffy Dugdale Duncan Dunn Dyson Eastwood Edge Edwards Elliott Ellis Emery English Fairclough Farrell
Farrington Faulkner Ferguson Field Finch Finlay Fisher Fitzgerald Fleming Fletcher Flynn Ford Forrest Forshaw Foster Fowler Fox
Francis Franklin Fraser Freeman French Frost Fuller Gardner Garner Garrett George Gibbons Gibbs Gibson Gilbert Giles Gill
Gleeson Glover Goddard Goodwin Gordon Gould Graham Grant Graves Gray Grayson Green Greenhalgh Greenwood Gregory Grey Griffin
Griffiths Grimshaw Grundy Haigh Hale Hall Hamer Hamilton Hammond Hancock Hanson Harding Hardman Hardy Harker Harper Harris
Harrison Hart Hartley Harvey Haslam Hawkins Hayes Haynes Heald Heap Heath Henderson Henry Hepworth Heywood Hibbert Hicks
Higgins Hill Hilton Hinchliffe Hobbs Hobson Hodges Hogan Holland Holloway Holmes Holt Hope Hopkins Hopwood Horrocks Horton
Houghton Howard Howarth Howe Howell Hudson Hughes Hulme Humphreys Hunt Hunter Hurst Hutchinson Ingham Ireland Jackson James
Jarvis Jennings Johnson Johnston Jordan Joyce Kane Kay Kaye Kearney Keane Keating Kemp Kendall Kennedy Kent Kerr Kershaw King
Kirby Kirk Knight Knowles Lamb Lambert Lane Law Lawrence Lawson Leach Leadbetter Lee Leigh Lester Lewis Lindsay Little Lloyd
Logan Lomax Long Longworth Lord Lowe Lucas Lynch Lyons Macdonald Mackay Mackenzie Maguire Maher Mallinson Mann Manning Marsh
Marshall Martin Mason Massey Matthews May McCarthy McDonald McGrath McGuire McIntyre McKenna McLean McMahon McNally Mellor
Mercer Metcalfe Middleton Millar Miller Mills Milne Mitchell Molyneux Monk Moore Moran Morgan Morley Morris Morrison Morton
Moss Mullen Murray Myers Nash Naylor Neal Nelson Newman Newton Nicholls Nicholson Nixon Nolan Norman Norris North Norton
O'Donnell O'Keefe O'Neill O'Reilly O'Rourke Oakes Ogden Oldfield Oliver Osborne Owen Oxley Page Palmer Park Parker Parr Parry
Parsons Patterson Payne Peacock Pearce Pearson Perkins Perry Peters Phillips Pollard Poole Porter Potter Powell Power Pratt
Preston Price Prince Proctor Quigley Quinn Radcliffe Ramsay Ramsden Ratcliffe Rawlinson Ray Raynor Read Redfern Reed Reid
Reynolds Rhodes Rice Richards Richardson Rigby Rimmer Roberts Robertson Robinson Robson Rogers Rooney Rose Ross Rowe
Rowlands Royle Rushton Russell Ryan Ryder Salter Sanders Sanderson Saunders Savage Schofield Scholes Scott Seddon Seed Sewell
Sharp Shaw Shepherd Sheridan Short Simmons Simpson Sinclair Skinner Slater Smart Smith Snow Spencer Stafford Stanley Stead
Steele Stephens Stephenson Stevens Stevenson Stewart Stirling Stokes Stone Stott Stringer Stuart Sullivan Summers Sumner Sutcliffe
Sutherland Sutton Swift Sykes Tate Tattersall Thomas Thompson Thomson Thornton Thorpe Todd Tomlinson Townsend Travis Tucker
Turnbull Tyler Unsworth Vernon Vickers Wade Wainwright Walker Wallace Waller Walters Walton Ward Warburton Ware Warren Waters
Watkins Watson Watts Webb Webster Welch Wells West Weston Wharton Wheeler White Whitehead Whiteley Whitworth Wilcox Wilkins
Wilkinson Williams Williamson Willis Wilson Winstanley Winter Wolstenholme Wood Woodhouse Woods Woodward Wright Wyatt Young
Abbas Abbasi Afzal Ahmad Akram Alam Amin Amjad Anwar Arshad Ashraf Awan Azam Aziz Baig Bashir Butt Dar Farooq Ghani Haider Hanif
Haq Hasan Hassan Hayat Ibrahim Ilyas Islam Jabeen Jamil Kausar Kazmi Khalid Khatun Khatoon Latif Masood Miah Mir Mughal Nawaz
Parveen Pervez Qureshi Rahman Rana Rashid Rauf Raza Riaz Sadiq Saeed Saleem Sarwar Shafiq Siddiqui Sultana Syed Tariq Uddin
Ullah Umar Yaqoob Yousaf Yusuf Zaman Agarwal Anand Arora Bains Bansal Basra Bhatia Bhogal Chadha Chandra Chopra Das Dave Dhaliwal
Dhawan Garg Gandhi Ghosh Gohil Goyal Grewal Gupta Hothi Iyer Jain Jha Johal Kapoor Khanna Kohli Lal Mahal Malhotra Mehta Menon
Mishra Nair Nanda Pandya Parekh Pillai Prasad Purewal Rai Raina Rathod Reddy Saini Sahota Sethi Shukla Sidhu Sood Soni Tailor
Thakur Thakkar Trivedi Uppal Varma Verma Vyas Adamczyk Baran Bąk Borkowski Czarnecki Dudek Duda Gajewski Głowacki Górski Grabowska
Jankowski Jaworska Kaczmarek Kaczmarczyk Kalinowska Kozłowski Krawczyk Król Krupa Kubiak Kwiatkowska Lis Mazur Mazurek
Michalak Olszewska Ostrowski Pawlak Piotrowska Rutkowski Sadowska Sikora Sobczak Stępień Szczepański Szewczyk Tomaszewska Walczak
Wasilewska Wieczorek Witkowski Wróbel Wysocka Zając Zalewska Ziółkowski Ciobanu Dinu Dobre Dumitrescu Gheorghiu Iliescu Ilie
Lazăr Lupu Marin Matei Moldovan Munteanu Neagu Nistor Oprea Pavel Petrescu Rusu Stan Stoica Toma Tudor Vasilescu Vlad Abiola
Acheampong Adebayo Adeleke Afolabi Agbaje Akintola Amadi Amponsah Ansah Appiah Asante Asare Balogun Boateng Chigozie Danso
Darko Dlamini Eke Ekwueme Igwe Kamara Koroma Makoni Mutasa Mwangi Ncube Nkosi Obi Ofori Ogunleye Ojo Okeke Okonkwo Okoro
Olawale Onyeka Opoku Osei Otieno Oyelaran Sesay Sibanda Wanjiku Alonso Álvares Castro Costa Cruz Díaz Domínguez Esteves
Ferreira Gómez Herrera Jiménez Lopes López Marques Martínez Mendes Moreno Morais Navarro Nunes Ortiz Pérez Pinto Ramírez
Ribeiro Rodríguez Romero Ruiz Sánchez Santos Silva Soares Sousa Torres Vázquez Beynon Bevan Bowen Cadwaladr Eynon Gethin
Griffith Gruffydd Gwilym Hopkin Howells Humphrey Jenkins Llewellyn Lloyd Maddocks Meredith Morgan Mostyn Owain Parry Penry
Powell Probert Prosser Pryce Rhydderch Roderick Tudur Wynne Boyle Burke Cahill Casey Cassidy Clancy Coyle Crowley Cullinane
Daly Deegan Delaney Dempsey Devine Dillon Dolan Donovan Doran Dowling Egan Fahy Feeney Finnegan Flanagan Foley Gaffney
Geraghty Grogan Hackett Halloran Hanlon Healy Heffernan Hennessy Hickey Kavanagh Keegan Kenny Kiely Kinsella Lenihan MacNamara
Madden Malone McCormack McDermott McGee McGowan McHugh McKeown Molloy Moloney Mulligan Nugent O'Dwyer O'Grady O'Hara O'Leary
O'Mahony O'Shea Phelan Rafferty Redmond Regan Sheehan Sweeney Tierney Tobin Chan Chen Cheung Choi Chow Fung Ho Huang Kim Kwok
Lam Lau Leung Lin Liu Lo Luo Ma Ng Park Pham Sun Tam Tan Tang Tran Tsang Wong Wu Xu Yang Yip Yu Zhang Zhao Zheng Ivanova
Kovalenko Petrenko Popov Sokolov Volkov Demir Kaya Öztürk Yılmaz""".split()
TITLES = "Mr Mrs Ms Miss Dr Prof Cllr PC DC Sgt Sister Father Rev Sir Lady".split()
ROLES = """social worker|health visitor|head teacher|headteacher|class teacher|school nurse|GP|midwife|trainer|manager|team manager|
SENCO|key worker|support worker|foster carer|childminder|grandmother|grandfather|mother|father|mum|dad|sister|brother|aunt|uncle|
partner|ex-partner|neighbour|friend|son|daughter|nephew|niece|cousin|colleague|line manager|receptionist|solicitor|police officer|
landlord|tutor|mentor|governor|coach|stepfather|stepmother|carer|advocate|deputy head|designated safeguarding lead|volunteer""".replace("\n", "").split("|")
PLACES = """Lancaster Manchester Leeds Bolton Bury Wigan Carlisle Kendal Skipton Liverpool Halifax Oldham Rochdale Salford Stockport
Warrington Chester Harrogate Wakefield Penrith Ulverston Barrow Keswick Settle Sheffield Derby Leicester Nottingham Coventry""".split()
BODIES = """Oakfield Primary School|Riverside Academy|Greenfield Surgery|Holly Bank Nursery|Bay Tree Children's Centre|
Northern Care Trust|County Council|Youth Justice Service|Beech House|St Anne's Hospital|Willow Court|Early Help Hub|
Family Court|Job Centre|Citizens Advice|Hope Street Clinic|Meadow View School|Fairway Housing""".replace("\n", "").split("|")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# {N} a full name, {G} a given name, {F} a family name, {T} a title, {R} a role, {P} a place, {B} a body, {M} a month,
# {D} a day of the week, {I} an initial.
LINES = """Dear {T} {F} ,
Dear {G} ,
Hi {G} ,
Hello {N} ,
Kind regards , {N}
Yours sincerely , {T} {I} {F}
Many thanks , {G}
Best wishes {G} {F}
cc {N} , {N} and {N}
I spoke to {N} on {D} about the booking .
{N} ( {R} ) attended the meeting .
The {R} , {N} , said that {G} had not been seen since {M} .
{T} {F} rang at 10:30 and asked for {G} .
{G} told me that her {R} {G} shouts at them .
My {R} {N} works at {B} .
My {R} is called {G} .
Please can you move my place to {N} .
{N} could not come , so {G} went in her place .
Home visit by {N} and {N} from {B} .
Present : {N} , {N} , {T} {F}
Apologies : {G} {F} ; {I} . {F}
Call from {R} . She said {T} {F} at {B} would ring back .
Referral made by {T} {I} {F} , {R} at {B} , {P} .
{G} 's {R} collected him from {B} .
{F} , {G} - no further action
We met {G} and {G} at {B} in {P} on {D} .
Discussed with {N} . Agreed to review in {M} .
Note to file : {N} has asked not to be contacted .
Child : {N} . Siblings : {G} , {G} and {G} .
{G} lives with {N} in {P} .
It was reported by {N} that {T} {F} had shouted .
Can {G} and {N} both come to the {M} course ?
Signed : {N}
From : {N}
To : {N} ; {N}
Sent by {G} {F} on {D}
{N} is allergic to nuts .
{G} asked whether {G} was safe at home .
Thanks {G} , I have let {N} know .
Spoke with {G} ( {R} ) who confirmed that {T} {F} was present .
Contact {N} at {B} for details .
According to {N} , the {R} was late again .
I am writing on behalf of {N} .
{T} and {T} {F} were both at home .
The complaint about {N} was not upheld .
{N} , {R} , {B}
Mum ( {N} ) and dad ( {N} ) are separated .
Cancelled by {G} .
She asked about {G} 's medication .
Email {N} about the invoice .""".split("\n")
# Lines without a name, full of capitals and of words that look like one.
PLAIN = """I booked the Level 3 course at {B} on {D} .
The certificate has not come from {P} yet .
Please send the joining instructions for {M} .
Safeguarding Children : Level 1 was very useful .
Can I have an invoice for the {D} webinar ?
{B} , {P}
The {R} said the room was cold .
Working Together to Safeguard Children was discussed .
Will you mark the register in {M} ?
May I ask for large print ?
The Early Help Assessment was sent to {B} .
Kind regards
Many thanks in advance
Thank you for your enquiry .
Designated Safeguarding Lead training , {M} 2026 .
Our ref : LSCB / 2026 / 114
We will reply within five working days .
The Children Act 1989 applies .
Parking at {P} was difficult .
Training Team , County Hall , Preston
No concerns were raised by the {R} .
Domestic Abuse and its effect on Children
I am a {R} at {B} .
Invoice paid . Receipt sent to {B} .
Looking forward to the Conference in {P} .
Hope this helps .
Section 47 enquiry closed on {D} .
Strategy Meeting held at {B} .
The Grace period ends in {M} .
The Rose garden and the Park were closed .
Apologies for the delay .
Please see attached .
Dear Sir or Madam ,
Dear Training Team ,
Hello , I would like to book .
Hi all ,
Yours faithfully
A Christmas event at {P} library
The Victoria Centre is next to Prince Street .
Wheelchair access is needed .
Email received from {B} .
Meeting with {B} , {P} , on {D} {M} .
Police attended the address .
CAMHS referral accepted .
The child is subject to a Child Protection Plan .""".split("\n")


def read_conll(path):
    """Sentences of (tokens, labels): O, B and I of a person, X of anything else that has a name."""
    sentences, tokens, labels, before = [], [], [], "O"
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        parts = re.split(r"[\t ]", line.rstrip("\r"))
        if len(parts) < 2 or not parts[0]:
            if tokens:
                sentences.append((tokens, labels))
            tokens, labels, before = [], [], "O"
            continue
        token, tag = parts[0], parts[-1].upper()
        if tag.endswith(("-PER", "-PERSON")):
            begins = tag.startswith("B") or before not in ("B", "I")
            label = "B" if begins else "I"
            # A handle after its sign is an account, found by its form.
            if token in ("@", "#") or token.startswith(("@", "#")) or (tokens and tokens[-1] in ("@", "#")):
                label = "O"
        else:
            label = "O" if tag == "O" else "X"
        tokens.append(token)
        labels.append(label)
        before = label
    return sentences


def split(sentences):
    train, held = [], []
    for at, sentence in enumerate(sentences):
        (held if (at // BLOCK) % OF == HELD else train).append(sentence)
    return train, held


def made_up(count, given, family, dice):
    """Sentences of letters and notes."""
    made = []
    for _ in range(count):
        template = dice.choice(LINES if dice.random() < 0.62 else PLAIN)
        tokens, labels = [], []

        def put(text, kind):
            for n, token in enumerate(tokenise(text)):
                tokens.append(token)
                labels.append({"O": "O", "X": "X"}.get(kind) or ("B" if n == 0 else "I"))

        for part in template.split(" "):
            g = lambda: dice.choice(given)  # noqa: E731
            f = lambda: dice.choice(family) if dice.random() > 0.05 else dice.choice(family) + "-" + dice.choice(family)  # noqa: E731
            if part == "{N}":
                put(f"{g()} {dice.choice(given) + ' ' if dice.random() < 0.06 else ''}{f()}", "P")
            elif part == "{G}":
                put(g(), "P")
            elif part == "{F}":
                # After a title or a given name it goes on.
                put(f(), "P")
                if len(labels) > 1 and labels[-2] in ("B", "I"):
                    labels[-1] = "I"
            elif part == "{I}":
                put(g()[0], "P")
            elif part == "{T}":
                tokens.append(dice.choice(TITLES))
                labels.append("O")
            elif part == "{R}":
                put(dice.choice(ROLES), "O")
            elif part in ("{P}", "{B}"):
                put(dice.choice(PLACES if part == "{P}" else BODIES), "X")
            elif part == "{M}":
                put(dice.choice(MONTHS), "O")
            elif part == "{D}":
                put(dice.choice(DAYS), "O")
            else:
                tokens.append(part)
                labels.append("O")
        style = dice.random()
        if style < 0.06:
            tokens = [t.lower() for t in tokens]
        elif style < 0.09:
            tokens = [t.upper() for t in tokens]
        made.append((tokens, labels))
    return made


def tokenise(text):
    """As src/review/names/tokens.rs: runs of letters and digits, with an apostrophe or hyphen inside; a possessive is a token
    of its own; every other sign stands alone."""
    tokens = []
    for match in re.finditer(r"\w+(?:['’ʼ\-‑]\w+)*|[^\w\s]", text):
        token = match.group()
        possessive = re.search(r"['’]s$", token, re.IGNORECASE)
        if possessive and len(token) > 2:
            tokens += [token[: possessive.start()], possessive.group()]
        else:
            tokens.append(token)
    return tokens


def shape(token):
    """Xx for capital and small letters, d for digits; runs are shortened to two."""
    out = ""
    for c in token:
        s = "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c
        if not out.endswith(s * 2):
            out += s
    return out[:8]


def features(tokens, given, words):
    lower = [t.lower() for t in tokens]
    shapes = [shape(t) for t in tokens]
    rows = []
    for i, token in enumerate(tokens):
        f = ["b", "w=" + lower[i], "s=" + shapes[i]]
        w = lower[i]
        for n in (2, 3, 4):
            if len(w) > n:
                f.append(f"e{n}=" + w[-n:])
        if len(w) > 3:
            f.append("p3=" + w[:3])
        title = token[:1].isupper()
        if w in given:
            f.append("given+" if title else "given-")
        f.append("word" if w in words else "new")
        if title and w in words:
            f.append("Word")
        for d, name in ((-2, "a"), (-1, "c"), (1, "d"), (2, "f")):
            j = i + d
            if 0 <= j < len(tokens):
                f.append(f"{name}w=" + lower[j])
                if d in (-1, 1):
                    f.append(f"{name}s=" + shapes[j])
                    if lower[j] in given and tokens[j][:1].isupper():
                        f.append(f"{name}given")
                    if lower[j] not in words:
                        f.append(f"{name}new")
            else:
                f.append(f"{name}end")
        if i > 0:
            f.append("cs|s=" + shapes[i - 1] + "|" + shapes[i])
        if i + 1 < len(tokens):
            f.append("s|ds=" + shapes[i] + "|" + shapes[i + 1])
        rows.append(f)
    return rows


def spans(labels):
    found, start = [], None
    for i, label in enumerate([*labels, "O"]):
        if start is not None and label != "I":
            found.append((start, i))
            start = None
        if label == "B" or (label == "I" and start is None):
            start = i
    return found


def sample_names():
    """The names of the program's own sample."""
    text = (HERE.parent.parent / "src/sample/names.rs").read_text(encoding="utf-8")
    return set(re.findall(r'"([^"\s]+)"', text))


def zipped(text):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    return out.getvalue()


def main():
    data, nicknames = Path(sys.argv[1]), Path(sys.argv[2])
    dice = random.Random(20261123)
    known = sample_names()
    given = [n for n in dict.fromkeys(GIVEN) if n not in known]
    family = [n for n in dict.fromkeys(FAMILY) if n not in known]
    train, held = [], {}
    for path in sorted(data.glob("*.conll")):
        sentences = read_conll(path)
        if path.stem == "wnut_emerging.dev":
            held[path.stem] = sentences
            continue
        own, held[path.stem] = split(sentences)
        train += own

    # Words that people write small: what a single token must not be, to be taken for a name without more.
    counts, capitals = {}, {}
    for tokens, _ in train:
        for token in tokens:
            if token.isalpha():
                counts[token.lower()] = counts.get(token.lower(), 0) + token.islower()
                capitals[token.lower()] = capitals.get(token.lower(), 0) + (not token.islower())
    typed = {t.lower() for line in LINES + PLAIN for t in line.split() if t.isalpha()}
    typed |= {t.lower() for r in ROLES for t in r.split()}
    words = sorted(w for w in set(counts) | typed if len(w) > 1 and (counts.get(w, 0) >= 2 or w in typed))
    names = {n for row in csv.reader(nicknames.open()) for n in (row[0], row[2])} - {"name1", "name2"}
    names |= {unicodedata.normalize("NFC", n.lower()) for n in GIVEN}
    # A name that is written small more often than not is a word first.
    names = sorted(n for n in names if n.isalpha() and len(n) > 1 and counts.get(n, 0) < 12)
    given_set, word_set = set(names), set(words)

    train += made_up(9000, given, family, dice)
    trainer = pycrfsuite.Trainer(verbose=False)
    for tokens, labels in train:
        trainer.append(features(tokens, given_set, word_set), labels)
    trainer.set_params({"c1": 0.2, "c2": 0.02, "max_iterations": 180, "feature.possible_transitions": True})
    path = os.path.join(tempfile.gettempdir(), "rightsdesk-names.crfsuite")
    trainer.train(path)
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    info = tagger.info()
    order = ["O", "B", "I", "X"]
    rows = {}
    for (attribute, label), weight in info.state_features.items():
        rows.setdefault(attribute, dict.fromkeys(order, 0.0))[label] = weight
    lines = ["# names, weights of a linear-chain CRF; see README.md", "\t".join(order)]
    for a in order:
        lines.append("\t".join(["~" + a, *(f"{info.transitions.get((a, b), 0.0):.3f}" for b in order)]))
    for attribute in sorted(rows):
        weights = [f"{rows[attribute][label]:.2f}".replace("0.00", "0").replace("-0.", "-.").lstrip() for label in order]
        if any(float(w) for w in weights):
            lines.append("\t".join([attribute, *weights]))
    (HERE / "model.tsv.gz").write_bytes(zipped("\n".join(lines) + "\n"))
    (HERE / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    (HERE / "given.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    print(f"{len(train)} sentences; {len(lines) - 6} attributes; {len(words)} words; {len(names)} given names")

    # What the Rust side must agree with.
    parity = []
    for tokens, _ in held["wikigold"][:6] + made_up(14, given, family, random.Random(7)):
        tagger.set(features(tokens, given_set, word_set))
        for i, token in enumerate(tokens):
            person = tagger.marginal("B", i) + tagger.marginal("I", i)
            parity.append(f"{token}\t{person:.4f}\t{tagger.marginal('B', i):.4f}")
        parity.append("")
    (HERE / "parity.tsv").write_text("\n".join(parity) + "\n", encoding="utf-8")

    for name, sentences in held.items():
        gold = hit = given_out = right = 0
        for tokens, labels in sentences:
            tagger.set(features(tokens, given_set, word_set))
            marked = [tagger.marginal("B", i) + tagger.marginal("I", i) >= 0.2 for i in range(len(tokens))]
            for start, end in spans(labels):
                gold += 1
                hit += all(marked[start:end])
            out = spans(["B" if m and not (i and marked[i - 1]) else "I" if m else "O" for i, m in enumerate(marked)])
            given_out += len(out)
            right += sum(any(label in "BI" for label in labels[s:e]) for s, e in out)
        print(f"{name:20} names {gold:5}  cover {hit / max(gold, 1):.2f}  precision {right / max(given_out, 1):.2f}")


main()
