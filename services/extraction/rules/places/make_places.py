#!/usr/bin/env python3
"""Builds places.tsv from OCHA's common operational dataset of Syria and from GeoNames.

usage: make_places.py OCHA.jsonl GEONAMES_DIR > places.tsv

GEONAMES_DIR holds cities15000.txt, admin1Codes.txt and countryInfo.txt (Debian: libtimezonemap-data,
/usr/share/libtimezonemap/ui). Names that people use and neither source has are kept by hand in
aliases.tsv beside the result.
"""
import json
import sys
import unicodedata

# Cities below this size outside Syria are left out: the text would more often mean something else.
MIN_POPULATION = 50_000
# First-level divisions are matched by name only where English news names them without "province".
NAMED_DIVISIONS = set("US CA AU GB IN PK IQ TR AF YE UA RU MX BR CO PE SV GT HN NI NG SD LY EG LB JO IL PS IR CN".split())
# Countries whose dataset name differs from the one that news uses.
COUNTRY_NAMES = {"PS": "Palestine", "MM": "Myanmar", "CI": "Ivory Coast", "MK": "North Macedonia", "SZ": "Eswatini"}

# What a place is called today, by its row; the dataset's name stays an alias.
RENAMED = {
    "G703448": "Kyiv", "UA.13": "Kyiv", "G698740": "Odesa", "UA.17": "Odesa", "G709930":
    "Dnipro", "G687700": "Zaporizhzhia", "UA.26": "Zaporizhzhia", "G700569": "Mykolaiv",
    "G702550": "Lviv", "G702569": "Lutsk", "G704422": "Pokrovsk", "G704508": "Kramatorsk",
    "G693468": "Sloviansk", "G707292": "Izium", "G713174": "Bakhmut", "G701404": "Melitopol",
    "G1277333": "Bengaluru", "G331180": "Mekelle",
}


def ascii_name(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def row(place_id, level, parent, name, aliases=(), lat="", lon="", weight=0):
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


def world(folder):
    with open(f"{folder}/countryInfo.txt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            f = line.rstrip("\n").split("\t")
            row(f[0], "country", "", COUNTRY_NAMES.get(f[0], f[4]), [f[4]], weight=f[7])
    with open(f"{folder}/admin1Codes.txt", encoding="utf-8") as lines:
        for line in lines:
            code, name, plain, _ = line.rstrip("\n").split("\t")
            if code[:2] in NAMED_DIVISIONS:
                row(code, "province", code[:2], name, [plain, ascii_name(name)])
    with open(f"{folder}/cities15000.txt", encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            if f[8] == "SY" or int(f[14]) < MIN_POPULATION:
                continue
            division = f"{f[8]}.{f[10]}"
            parent = division if f[8] in NAMED_DIVISIONS else f[8]
            row("G" + f[0], "city", parent, f[1], [f[2], ascii_name(f[1])], f[4], f[5], f[14])


print("#schema places 1")
print("id\tlevel\tparent\tname\taliases\tlatitude\tlongitude\tpopulation")
syria(sys.argv[1])
world(sys.argv[2])
