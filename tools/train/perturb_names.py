"""Other names for the people, parties, papers and places of an article.

A model that reads two years of one country's politics learns its names by
heart. Here every person of an article gets a new name, of a culture drawn for
the family name, of the gender that the given name tells; the same words are
replaced everywhere in the article, in the gold speakers too, in their own case.

    >>> renamer(article, rng).string("Hillary Clinton")
    'Amara Okonjo'

Which given names are of which gender is read from the serving code's own list.
"""

import pathlib
import re

GIVEN_LIST = (pathlib.Path(__file__).resolve().parent.parent.parent /
              "server/speakers/given_names.cc")

# Male given names, female given names, family names, by culture.
CULTURES = [tuple(part.split() for part in culture) for culture in (
    ("Kwame Kofi Chidi Emeka Tunde Sipho Thabo Babajide Obinna Jabari",
     "Amara Ngozi Adaeze Zanele Folake Thandiwe Efua Chiamaka Nomvula Abena",
     "Okonjo Mensah Adeyemi Nkosi Boateng Okafor Dlamini Eze Asante Mokoena "
     "Balogun Khumalo Owusu Nwosu Abiodun"),
    ("Arjun Rohan Vikram Suresh Anil Karthik Rajesh Dev Harish Nikhil",
     "Priya Anjali Kavita Meera Lakshmi Deepa Sunita Divya Shreya Nandini",
     "Iyer Chatterjee Deshpande Nair Banerjee Reddy Kulkarni Menon Bhatt "
     "Srinivasan Mukherjee Joshi Pillai Thakur Rangan"),
    ("Hiroshi Kenji Takeshi Daichi Satoshi Ryota Kazuo Makoto Shinji Naoki",
     "Yuki Haruka Sakura Keiko Aiko Naomi Emi Tomoko Chiyo Mariko",
     "Tanaka Yamamoto Nakamura Kobayashi Ishikawa Matsuda Fujimoto Ogawa "
     "Shimizu Hayashi Morimoto Uchida Takeda Kimura Nishida"),
    ("Wei Jun Ming Hao Lei Feng Jian Tao Peng Chao",
     "Mei Xiu Lan Ying Fang Hua Xia Yan Ling Juan",
     "Zhang Huang Zhou Xu Guo Tang Deng Zheng Liang Qin Cao Luo Shen Xie Pan"),
    ("Omar Tariq Hamid Faisal Yusuf Karim Nabil Samir Rashid Bilal",
     "Layla Fatima Zainab Noor Rania Salma Huda Amina Yasmin Dalia",
     "al-Rashid Haddad Mansour Khoury Najjar Farouk Sabbagh Darwish Qasim "
     "al-Masri Hamdan Shaheen Barakat Jaber Taleb"),
    ("Dmitri Alexei Sergei Pavel Nikolai Viktor Oleg Igor Yuri Maxim",
     "Olga Svetlana Natalia Irina Tatiana Ekaterina Larisa Galina Vera Oksana",
     "Volkov Sokolov Morozov Petrenko Kravchenko Lebedev Orlov Kuznetsov "
     "Bondarenko Zaitsev Shevchuk Belov Kovalenko Fedorov Titov"),
    ("Jorge Alejandro Ricardo Mateo Diego Hernán Javier Rafael Esteban Óscar",
     "Lucía Valentina Camila Mariana Isabel Gabriela Pilar Rocío Elena Paola",
     "Herrera Castillo Mendoza Núñez Salazar Fuentes Ibáñez Quiroga Cárdenas "
     "Villanueva Acosta Peña Rivas Zamora Bustamante"),
    ("Jean Luc Étienne Mathieu Antoine Benoît Olivier Thierry Gérard Pascal",
     "Camille Chloé Élodie Sylvie Margaux Hélène Nathalie Aurélie Odile Agnès",
     "Lefebvre Moreau Dubois Girard Fontaine Rousseau Chevalier Delacroix "
     "Marchand Beaumont Perrin Gauthier Lemaire Renaud Vasseur"),
    ("Lars Sven Henrik Mikkel Jens Anders Olav Torsten Niels Gunnar",
     "Ingrid Astrid Freja Sigrid Karin Solveig Annika Maja Linnea Ulla",
     "Lindqvist Johansen Bergström Nygaard Halvorsen Sørensen Ekström Dahl "
     "Kristoffersen Holmberg Thorsen Vinter Åkesson Rasmussen Nyström"),
    ("Alistair Callum Gareth Nigel Rhys Graeme Hamish Rupert Declan Eoin",
     "Fiona Siobhan Imogen Gwen Morag Bronwen Niamh Harriet Philippa Aisling",
     "MacLeod Pritchard O'Rourke Ashworth Llewellyn Fitzgerald Sinclair "
     "Thistlewood Cadogan Gallacher Whitcombe Penrose McAllister Hargreaves "
     "Braithwaite"),
    ("Giovanni Marco Luca Stefano Paolo Andrea Matteo Enzo Fabio Dario",
     "Chiara Francesca Giulia Alessandra Silvia Bianca Lorena Ornella Carla "
     "Ginevra",
     "Bianchi Moretti Ferrara Colombo Esposito Ricciardi Galli Marchetti "
     "Santoro Vitale Bellini Caruso Lombardi Fontana Rizzo"),
    ("Emre Mehmet Kaan Murat Cem Serkan Volkan Hakan Orhan Tolga",
     "Elif Ayşe Zeynep Defne Selin Ece Leyla Gül Nilüfer Esra",
     "Yılmaz Demir Kaya Çelik Aydın Öztürk Arslan Doğan Koç Polat Erdem "
     "Şahin Güneş Korkmaz Tekin"),
    ("Piotr Tomasz Jakub Marek Zoltán Gábor Václav Radek Ondřej Bogdan",
     "Agnieszka Katarzyna Zofia Magda Eszter Ilona Jitka Alena Doina Ileana",
     "Kowalski Wójcik Nowak Szabó Horváth Novotný Dvořák Ionescu Popescu "
     "Zieliński Krawczyk Molnár Marek Lungu Hruška"),
    ("Nguyên Minh Quang Bayu Agus Rizal Somchai Arthit Jomar Dante",
     "Linh Thuy Dewi Siti Putri Malee Apinya Liezel Rosamie Kamala",
     "Tran Pham Hoang Wibowo Santoso Hidayat Chaiyasit Srisai Magsaysay "
     "Bautista Dimaculangan Widodo Vo Suharto Pangilinan"),
    ("Tāne Wiremu Sione Semisi Nikau Manaia Tevita Kahu Rangi Hemi",
     "Aroha Mele Hina Ngaire Anahera Leilani Moana Tiare Kiri Marama",
     "Ngata Tamihana Fifita Latu Kapene Parata Vainikolo Tupou Waititi Havea "
     "Rewi Taufa Paki Tuilagi Henare"),
)]

# People that the articles name by one word, with the gender of "he" or "she".
KNOWN_FAMILY = set(
    "Trump Clinton Obama Sanders Cruz Rubio Kasich Bush Carson Pence Kaine "
    "Biden Fiorina Christie Huckabee Santorum Walker Jindal Perry Pataki "
    "Gilmore Webb Chafee Lessig Reid McConnell Pelosi Boehner Ryan Schumer "
    "McCain Romney Palin Gingrich Giuliani Conway Bannon Manafort "
    "Lewandowski Podesta Mook Abedin Comey Lynch Garland Scalia Sessions "
    "Flynn Snowden Assange Putin Farage Merkel Cheney Rumsfeld Bloomberg "
    "Nader Weiner Wasserman Schultz Brazile Warren".split())
KNOWN_GIVEN = {"Hillary": "f", "Barack": "m", "Jeb": "m", "Bernie": "m",
               "Carly": "f", "Ivanka": "f", "Melania": "f", "Huma": "f",
               "Reince": "m", "Mitt": "m", "Newt": "m", "Rand": "m"}

PARTIES = [("Conservative", "Conservatives", "Conservative"),
           ("Liberal", "Liberals", "Liberal"),
           ("Nationalist", "Nationalists", "Nationalist"),
           ("Unionist", "Unionists", "Unionist"),
           ("Centrist", "Centrists", "Centrist"),
           ("Socialist", "Socialists", "Socialist"),
           ("Reformist", "Reformists", "Reformist"),
           ("Federalist", "Federalists", "Federalist"),
           ("Progressive", "Progressives", "Progressive"),
           ("Labourite", "Labourites", "Labour")]
PARTY_WORDS = [("Republican", "Republicans", "Republican"),
               ("Democrat", "Democrats", "Democratic")]
PAPERS = ["New York Times", "Washington Post", "Wall Street Journal",
          "Washington Times", "Fox News", "Breitbart News", "Los Angeles Times",
          "Boston Globe", "Des Moines Register", "New York Daily News",
          "Chicago Tribune", "Huffington Post", "USA Today", "Daily Caller",
          "Associated Press", "Weekly Standard", "National Review",
          "Breitbart", "Politico", "Reuters", "Bloomberg News", "BuzzFeed",
          "Daily Beast", "Miami Herald", "Guardian"]
NEW_PAPERS = ["Harbour Gazette", "Evening Courier", "Northern Echo", "Ostpost",
              "Daily Sentinel", "Lagos Monitor", "Valley Observer", "Kurier",
              "Morning Dispatch", "Baltic Review", "Delta Tribune", "Clarion",
              "Straits Chronicle", "Weekly Argus", "Radio Meridian", "Telenova",
              "Canal Doce", "Channel Nine", "Highland Mercury", "Punch Weekly",
              "Southern Star", "Nordic Wire", "Pacific Ledger", "Il Corriere",
              "Provincial Record"]
ACRONYMS = ("CNN MSNBC NBC ABC CBS PBS NPR FBI CIA NSA NRA DNC RNC GOP DOJ IRS "
            "EPA CPAC ACLU NAACP AFL ISIS ISIL").split()
PLACES = [
    "New Hampshire", "South Carolina", "North Carolina", "Iowa", "Ohio",
    "Florida", "Nevada", "Texas", "Wisconsin", "Michigan", "Pennsylvania",
    "California", "Virginia", "Colorado", "Arizona", "Indiana", "Illinois",
    "Massachusetts", "Vermont", "Arkansas", "Minnesota", "Missouri", "Kentucky",
    "Tennessee", "Louisiana", "Alabama", "Oklahoma", "Kansas", "Nebraska",
    "Oregon", "Utah", "Maryland", "Connecticut", "New Jersey", "Wyoming",
    "Idaho", "Montana", "Alaska", "Hawaii", "Maine", "New York", "Manhattan",
    "Brooklyn", "Washington", "Chicago", "Philadelphia", "Cleveland", "Boston",
    "Miami", "Des Moines", "Las Vegas", "Los Angeles", "Orlando", "Baltimore",
    "Charleston", "Milwaukee", "Denver", "Detroit", "Atlanta", "Houston",
    "Dallas", "Columbus", "Pittsburgh", "Cincinnati", "Phoenix", "Seattle",
    "Benghazi", "San Bernardino", "San Francisco", "New Orleans"]
NEW_PLACES = [
    "Gujarat", "Nova Scotia", "Catalonia", "Oaxaca", "Hokkaido", "Bavaria",
    "Tasmania", "Lagos", "Nairobi", "Montevideo", "Tallinn", "Porto", "Zagreb",
    "Osaka", "Cebu", "Medellín", "Aberdeen", "Galway", "Bergen", "Kraków",
    "Izmir", "Accra", "Chennai", "Da Nang", "Perth", "Dunedin", "Winnipeg",
    "Cape Town", "Lusaka", "Dakar", "Tunis", "Amman", "Tbilisi", "Baku",
    "Almaty", "Chengdu", "Busan", "Sapporo", "Penang", "Surabaya", "Colombo",
    "Lahore", "Shiraz", "Basra", "Haifa", "Split", "Graz", "Basel", "Ghent",
    "Lyon", "Bilbao", "Turin", "Malmö", "Turku", "Riga", "Gdańsk", "Brno",
    "Cluj", "Varna", "Thessaloniki", "Recife", "Rosario", "Valparaíso",
    "Cusco", "Quito", "Managua", "Kingston", "Saskatoon", "Hobart", "Suva"]

# Family names that are words too: only behind a given name or a title.
WORDS = set("White House Young Long Rice Brown Green Black Love Price Rose Hill "
            "King Church Grant Stone Wood Woods Banks Field Fields Ford Hope "
            "Power Powers Best Case Day May Will Mark Rich West North South "
            "East Page Post Lord Bishop Pope Law Justice Major Bell Fox News "
            "Times Press Party State States Street Committee Campaign Center "
            "Group Institute University College Court Department Office "
            "Council Union Association Foundation Bank School Police Board "
            "Day Sunday Monday Tuesday Wednesday Thursday Friday Saturday "
            "January February March April June July August September October "
            "November December American Republican Democrat Democratic New "
            "The Act Bill Senate Congress Tower Show Secretary President City "
            "County National International Security Care Health America York "
            "Super Tuesday Christmas Christian Muslim Jewish Catholic God "
            "Christ Jesus Islam Islamic England Britain India China Iran".split())
TITLES = {"Mr": "m", "Mr.": "m", "Sir": "m", "Lord": "m", "Mrs": "f",
          "Mrs.": "f", "Ms": "f", "Ms.": "f", "Miss": "f", "Lady": "f",
          **dict.fromkeys(
              "Sen. Rep. Gov. Dr. Prof. Gen. Lt. Col. Judge Justice President "
              "Senator Governor Congressman Secretary Mayor Chancellor "
              "Minister Dr Prof Gen Professor Senate".split())}
TITLES["Congresswoman"] = "f"
TITLES["Congressman"] = "m"
SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
PARTICLES = {"de", "von", "van", "der", "den", "la", "le", "al", "bin", "del",
             "da", "di", "dos"}

NAME = r"[A-Z][\w’'-]*[a-z]\w*"
SEQUENCE = re.compile(
    rf"\b({NAME})((?:\s(?:[A-Z]\.|{NAME}))*(?:\s(?:{'|'.join(sorted(PARTICLES))}))?"
    rf"\s{NAME})")


def _given_names():
    """{lower-case given name: "m", "f" or "" (either)}."""
    source = GIVEN_LIST.read_text(encoding="utf8")
    out = {}
    for kind, gender in (("Male", "m"), ("Female", "f"), ("Either", "")):
        block = re.search(rf"k{kind}Names\[\] =(.*?);", source, re.S).group(1)
        for literal in re.findall(r'"([^"]*)"', block):
            out.update(dict.fromkeys(literal.split(), gender))
    return out


_GIVEN = {}


def given_gender(word):
    """"m", "f", "" (either) or None (no given name that is known)."""
    if not _GIVEN:
        _GIVEN.update(_given_names())
    return KNOWN_GIVEN.get(word, _GIVEN.get(word.lower()))


def bare(word):
    """A word without the possessive."""
    return re.sub(r"[’']s?$", "", word)


class Renamer:
    """Replaces words (people) and phrases (everything else)."""

    def __init__(self, words, guarded, phrases):
        self.words = words  # Old word -> new word, wherever it stands.
        self.guarded = guarded  # The same, only beside another name or a title.
        self.people = words.keys() | guarded.keys()
        keys = {**guarded, **words, **phrases}
        for key, new in list(keys.items()):
            if len(key) > 2 and key != key.upper():
                keys[key.upper()] = new.upper()
        self.keys = keys
        alternatives = sorted(map(re.escape, keys), key=len, reverse=True)
        self.pattern = alternatives and re.compile(
            r"(?<![\w@#./-])(?:" + "|".join(alternatives)
            + r")(?!\w|[’'](?![sS]\b)\w)")

    def edits(self, text):
        if not self.pattern:
            return []
        out, last = [], -2
        for m in self.pattern.finditer(text):
            old, new = m.group(), self.keys[m.group()]
            if old in self.guarded and old not in self.words:
                before = text[:m.start()].rsplit(None, 2)[-1:]
                beside = last >= m.start() - 5 or before and before[0] in TITLES
                after = re.match(r"\s(?:[A-Z]\.\s)?([A-Z][\w’'-]*)", text[m.end():])
                beside |= bool(after and bare(after.group(1)) in self.people)
                if not beside:
                    continue
            out.append((m.start(), m.end(), new))
            last = m.end()
        return out

    def string(self, text):
        out, at = [], 0
        for begin, end, new in self.edits(text):
            out += [text[at:begin], new]
            at = end
        return "".join(out) + text[at:]


def people(article):
    """{family name: {given names}}, and who is called by a title."""
    text = article["text"]
    families, titles = {}, {}

    def add(sequence, sure):
        parts = [bare(p) for p in sequence.split()]
        while len(parts) > 1 and parts[0] in TITLES:
            titles[parts[-1]] = TITLES[parts[0]]
            parts, sure = parts[1:], True
        while len(parts) > 1 and parts[-1] in SUFFIXES:
            parts = parts[:-1]
        if not all(re.fullmatch(r"[A-Z]\.?|[A-Z][\w’'-]*|\w+", p) for p in parts):
            return
        known = len(parts) > 1 and given_gender(parts[0]) is not None
        if len(parts) > 4 or not (sure or known) and set(parts[:-1]) & WORDS:
            return
        if set(parts[1:-1]) & WORDS:
            return
        if not (sure or known) or not parts[-1][:1].isupper():
            return
        if len(parts) == 1 and not (sure and parts[0] not in WORDS):
            return
        if parts[-1] in WORDS and not known:
            return
        families.setdefault(parts[-1], set()).update(parts[:1] if len(parts) > 1
                                                     else [])
        for middle in parts[1:-1]:
            if len(middle.rstrip(".")) > 1 and middle[0].isupper():
                families.setdefault(middle, set())

    for row in article["attributions"]:
        if row.get("kind") == "P" and row.get("speaker"):
            add(row["speaker"], True)
    for m in SEQUENCE.finditer(text):
        add(m.group(), False)
    for m in re.finditer(rf"\b((?:{'|'.join(map(re.escape, TITLES))})\s{NAME})", text):
        add(m.group(), False)
    for m in re.finditer(NAME, text):
        if bare(m.group()) in KNOWN_FAMILY:
            families.setdefault(bare(m.group()), set())
        if bare(m.group()) in KNOWN_GIVEN:
            families.setdefault("", set()).add(bare(m.group()))
    return families, titles


def renamer(article, rng):
    """The replacements for one article."""
    text = article["text"]
    taken = set(re.findall(r"[\w’'-]+", text))
    apostrophe = "’" if "’" in text else "'"
    words, guarded = {}, {}

    def draw(pool):
        free = [w for w in pool if w not in taken] or pool
        new = rng.choice(free)
        taken.add(new)
        return new.replace("'", apostrophe)

    families, titles = people(article)
    givens = {g for of in families.values() for g in of}
    for family, of in families.items():
        male, female, surnames = rng.choice(CULTURES)
        if family and family not in words and family not in givens:
            (guarded if family in WORDS else words)[family] = draw(surnames)
        for given in sorted(of):
            if given in words or given in guarded or len(given.rstrip(".")) < 2:
                continue
            gender = (given_gender(given) or titles.get(family)
                      or rng.choice("mf"))
            new = draw(male if gender == "m" else female)
            (guarded if given in WORDS else words)[given] = new
    phrases = {}
    new_parties = rng.sample(PARTIES, len(PARTY_WORDS))
    for old, new in zip(PARTY_WORDS, new_parties):
        phrases.update(zip(old, new))
    for olds, news in ((PAPERS, NEW_PAPERS), (PLACES, NEW_PLACES)):
        present = [o for o in olds if o in text]
        for old, new in zip(present, rng.sample(news, len(news))):
            phrases[old] = new
    for old in ACRONYMS:
        letters = "ABCDEFGHIKLMNOPRSTUV"
        phrases[old] = "".join(rng.sample(letters, len(old)))
    return Renamer({k: v for k, v in words.items() if k not in phrases},
                   guarded, phrases)
