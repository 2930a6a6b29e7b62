#!/usr/bin/env python3
"""Builds places.tsv from OCHA's common operational dataset of Syria and from GeoNames.

usage: make_places.py OCHA.jsonl GEONAMES_DIR > places.tsv

GEONAMES_DIR holds cities15000.txt, admin1Codes.txt and countryInfo.txt (Debian: libtimezonemap-data,
/usr/share/libtimezonemap/ui). Names that people use and neither source has are kept by hand in
aliases.tsv beside the result.
"""
import json
import pathlib
import re
import sys
import unicodedata

# Cities below this size outside Syria are left out: the text would more often mean something else.
MIN_POPULATION = 50_000
# Where wars and disasters are reported from, towns are in the news as well, in spellings of many kinds. Of towns, those
# are left out whose name is an English word.
MIN_TOWN = 15_000
MIN_TOWN_NAME = 4
TOWNS_OF = set(
    "AF AL AM AZ BA BD BF BI CD CF CM EC ER ET GE GT HN HT IL IQ IR JO KE KG LB LK LY ML MM MZ NE NI NP PE PK PS RS "
    "RU RW SD SN SO SS SV TD TJ TN TR UA UG VE XK YE".split())
# First-level divisions are matched by name only where English news names them without "province".
NAMED_DIVISIONS = set("US CA AU GB IN PK IQ TR AF YE UA RU MX BR CO PE SV GT HN NI NG SD LY EG LB JO IL PS IR CN".split())
# Of other countries, the divisions that news names, as it calls them.
DIVISIONS = {
    "ET.53": "Tigray", "ET.46": "Amhara", "ET.51": "Oromia", "ET.45": "Afar", "ET.47": "Benishangul-Gumuz", "ET.49": "Gambella",
    "ID.01": "Aceh", "ID.36": "Papua", "ID.39": "West Papua", "ID.21": "Central Sulawesi", "ID.26": "North Sumatra",
    "ID.24": "West Sumatra", "ID.07": "Central Java", "ID.08": "East Java", "ID.30": "West Java", "ID.02": "Bali",
    "ID.17": "West Nusa Tenggara", "ID.18": "East Nusa Tenggara",
    "MM.01": "Rakhine", "MM.04": "Kachin", "MM.11": "Shan State", "MM.02": "Chin State", "MM.06": "Kayah State",
    "MM.05": "Kayin State", "MM.10": "Sagaing",
    "MZ.01": "Cabo Delgado", "MZ.05": "Sofala", "CD.11": "North Kivu", "CD.12": "South Kivu", "CD.05": "Katanga",
    "SO.14": "Lower Shabelle", "SO.13": "Middle Shabelle", "SO.07": "Hiraan", "SO.05": "Galgaduud", "SO.10": "Mudug",
    "SO.09": "Lower Juba", "SO.08": "Middle Juba", "SO.06": "Gedo",
    "SS.07": "Upper Nile", "SS.03": "Jonglei", "SS.06": "Unity State", "SS.01": "Central Equatoria",
    "SS.10": "Western Equatoria", "SS.02": "Eastern Equatoria", "SS.08": "Warrap",
    "ML.10": "Kidal", "ML.08": "Timbuktu", "NE.09": "Tillaberi", "NE.02": "Diffa", "GE.02": "Abkhazia", "EC.10": "Guayas",
    "GR.ESYE43": "Crete", "GR.ESYE31": "Attica", "GR.ESYE25": "Peloponnese", "GR.ESYE14": "Thessaly",
    "IT.15": "Sicily", "IT.14": "Sardinia", "IT.03": "Calabria", "IT.20": "Veneto", "IT.18": "Umbria", "IT.16": "Tuscany",
    "IT.13": "Apulia", "IT.12": "Piedmont", "IT.09": "Lombardy", "IT.08": "Liguria", "IT.07": "Lazio",
    "IT.05": "Emilia-Romagna", "IT.04": "Campania", "IT.01": "Abruzzo",
    "ES.56": "Catalonia", "ES.51": "Andalusia", "ES.58": "Galicia", "ES.34": "Asturias", "ES.57": "Extremadura",
    "ES.53": "Canary Islands", "ES.07": "Balearic Islands", "ES.59": "Basque Country",
    "FR.A5": "Corsica", "FR.A2": "Brittany", "BE.VLG": "Flanders", "BE.WAL": "Wallonia", "JP.12": "Hokkaido",
    "DE.02": "Bavaria", "DE.13": "Saxony", "DE.01": "Baden-Württemberg", "DE.07": "North Rhine-Westphalia",
    "DE.05": "Hesse", "DE.06": "Lower Saxony", "DE.15": "Thuringia", "DE.10": "Schleswig-Holstein",
    "DE.08": "Rhineland-Palatinate",
}
# Countries whose dataset name differs from the one that news uses.
COUNTRY_NAMES = {"PS": "Palestine", "MM": "Myanmar", "CI": "Ivory Coast", "MK": "North Macedonia", "SZ": "Eswatini"}

# Countries that write no Latin letters: English news leaves out the marks of scholars' transliterations.
TRANSLITERATED = set(
    "AE AF AM BD BG BH BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KP KR KW KZ LB LK LY MA MM MN MR NP OM PK PS QA RU SA "
    "SD TH TJ UA YE".split())

# What a place is called today, by its row; the dataset's name stays an alias.
RENAMED = {
    "G703448": "Kyiv", "UA.13": "Kyiv", "G698740": "Odesa", "UA.17": "Odesa", "G709930":
    "Dnipro", "G687700": "Zaporizhzhia", "UA.26": "Zaporizhzhia", "G700569": "Mykolaiv",
    "G702550": "Lviv", "G702569": "Lutsk", "G704422": "Pokrovsk", "G704508": "Kramatorsk",
    "G693468": "Sloviansk", "G707292": "Izium", "G713174": "Bakhmut", "G701404": "Melitopol",
    "G1277333": "Bengaluru", "G331180": "Mekelle",
    "SD.47": "West Darfur", "SD.49": "South Darfur", "SD.55": "North Darfur", "SD.60": "East Darfur",
    "SD.50": "South Kordofan", "SD.56": "North Kordofan", "SD.38": "Gezira", "SD.39": "Gedaref", "SD.58": "Sennar",
    "RU.19": "Ingushetia", "IQ.15": "Nineveh", "YE.04": "Hadramawt", "YE.05": "Shabwa", "YE.15": "Saada", "YE.14": "Marib",
    "YE.20": "Al Bayda", "EG.27": "North Sinai", "CN.13": "Xinjiang", "CN.14": "Tibet", "AF.34": "Kunar",
    "AF.39": "Uruzgan", "AF.37": "Khost", "AF.17": "Logar", "AF.27": "Wardak", "LB.07": "Nabatieh", "LB.08": "Bekaa",
}


def ascii_name(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def letters(name):
    return re.sub("[^a-z]", "", ascii_name(name).lower())


def edits(a, b):
    """Letters to insert, delete or replace to make b of a (Levenshtein)."""
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (x != y)))
        before = now
    return before[-1]


def spellings(name, others, variants):
    """Of a place's names in all languages, its beginning ("Acapulco" de Juárez) and spellings that differ in a letter or two."""
    own = letters(name)
    for other in others:
        text = letters(other)
        if not re.fullmatch("[A-Z][A-Za-z'-]*", other) or len(text) < 5 or text[0] != own[:1] or text == own:
            continue
        if name.startswith(other + " ") or (variants and edits(text, own) <= (1 if len(own) < 7 else 2)):
            yield other


def row(place_id, level, parent, name, aliases=(), lat="", lon="", weight=0):
    if parent[:2] in TRANSLITERATED:
        name, aliases = re.sub("[‘’ʼ`']", "", ascii_name(name)), [name, *aliases]
    if place_id in RENAMED:
        name, aliases = RENAMED[place_id], [name, *aliases]
    seen = []
    for alias in aliases:
        alias = alias.strip()
        if alias and alias != name and alias not in seen and all(ord(c) < 0x250 for c in alias):
            seen.append(alias)
    print("\t".join([place_id, level, parent, name, "|".join(seen), str(lat), str(lon), str(weight)]))


def syria(path):
    with open(path, encoding="utf-8") as lines:
        places = [json.loads(line) for line in lines]
    towns = {p["text"]: p["id"] for p in places if p["level"] == "admin3"}
    towns.update({"Aleppo": "SY020000", "Yarmuk": "SY010000", "Dar'a": "SY120000"})
    cities = {p["parent"]: p["parent_name"] for p in places if p["level"] == "neighbourhood"}
    for city, name in sorted(cities.items()):
        row(city, "city", towns[name], name, weight=500_000)
    levels = {"admin1": "province", "admin2": "subprovince", "admin3": "town", "neighbourhood": "neighbourhood"}
    for p in places:
        name = p["text"].split(" - ")[0].split(" (")[0]
        aliases = [a.split(" - ")[0].split(" (")[0] for a in p["alt"]] + p["text"].split(" / ")
        row(p["id"], levels[p["level"]], p["parent"], name, aliases,
            "" if p["lat"] is None else f'{p["lat"]:.5f}', "" if p["lon"] is None else f'{p["lon"]:.5f}')


def english_words():
    """The lemmas of words.tsv of the attribution rules."""
    path = pathlib.Path(__file__).parent.parent / "attribution/words.tsv"
    with open(path, encoding="utf-8") as lines:
        return {line.split("\t", 1)[0] for line in lines if not line.startswith("#")}


def world(folder):
    words = english_words()
    countries = set()
    with open(f"{folder}/countryInfo.txt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            f = line.rstrip("\n").split("\t")
            countries.add(f[4])
            row(f[0], "country", "", COUNTRY_NAMES.get(f[0], f[4]), [f[4]], weight=f[7])
    with open(f"{folder}/admin1Codes.txt", encoding="utf-8") as lines:
        for line in lines:
            code, name, plain, _ = line.rstrip("\n").split("\t")
            if code[:2] in NAMED_DIVISIONS or code in DIVISIONS:
                name = DIVISIONS.get(code, re.sub(" Sh(eng|i)$", "", name))
                row(code, "province", code[:2], name, [] if code in DIVISIONS else [plain, ascii_name(name)])
    with open(f"{folder}/cities15000.txt", encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            size = int(f[14])
            told = f[8] in TOWNS_OF
            if f[8] == "SY" or size < (MIN_TOWN if told else MIN_POPULATION):
                continue
            if size < MIN_POPULATION and (letters(f[1]) in words or len(letters(f[1])) < MIN_TOWN_NAME):
                continue
            division = f"{f[8]}.{f[10]}"
            parent = division if f[8] in NAMED_DIVISIONS or division in DIVISIONS else f[8]
            others = [other for other in spellings(f[1], f[3].split(","), told)
                      if letters(other) not in words and other not in countries]
            row("G" + f[0], "city", parent, f[1], [f[2], ascii_name(f[1]), *others],
                f"{float(f[4]):.2f}", f"{float(f[5]):.2f}", f[14])


print("#schema places 1")
print("id\tlevel\tparent\tname\taliases\tlatitude\tlongitude\tpopulation")
syria(sys.argv[1])
world(sys.argv[2])
