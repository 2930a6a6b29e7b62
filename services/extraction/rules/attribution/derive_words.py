#!/usr/bin/env python3
"""Derives words.tsv from WordNet 3.0 (Debian package wordnet-base).

usage: derive_words.py WORDNET_DIR [TEXT ...] > words.tsv

One line for each lemma and part of speech: lemma, part of speech (v n a r), how often it was tagged so in
SemCor, up to three semantic classes (WordNet's lexicographer files, commonest sense first), irregular
forms. A lemma is kept when SemCor has it or when one of the TEXT files uses it. Plain nouns of no class
that the extractor asks about are left out: an unknown word is taken for a noun anyway. So are names of
one person, place or body ("France"), which are no nouns where they open a sentence.
"""
import collections
import re
import sys

CLASSES = {
    "n": {"04": "act", "09": "cognition", "10": "communication", "12": "feeling", "14": "group",
          "15": "location", "18": "person", "28": "time"},
    "v": {"31": "cognition", "32": "communication", "37": "emotion", "39": "perception", "41": "social",
          "42": "stative", "36": "creation", "30": "change", "38": "motion", "40": "possession"},
    "a": {}, "r": {},
}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
KINDS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FORM = re.compile(r"[a-z]+(?:-[a-z]+)*$")


def counts(folder):
    total = collections.Counter()
    for line in open(f"{folder}/cntlist.rev"):
        key, _, count = line.split()
        lemma, rest = key.split("%")
        total[lemma, KINDS[rest[0]]] += int(count)
    return total


def classes(folder, pos):
    number = {}
    for line in open(f"{folder}/data.{FILES[pos]}"):
        if line[0] != " ":
            offset, file = line.split(" ", 2)[:2]
            number[offset] = file
    result = {}
    for line in open(f"{folder}/index.{FILES[pos]}"):
        if line[0] == " ":
            continue
        fields = line.split()
        offsets = fields[-int(fields[2]):]
        names = [CLASSES[pos].get(number[o], "other") for o in offsets[:3]]
        result[fields[0]] = list(dict.fromkeys(names))
    return result


def irregular(folder, pos):
    forms = collections.defaultdict(list)
    for line in open(f"{folder}/{FILES[pos]}.exc"):
        fields = line.split()
        for lemma in fields[1:]:
            forms[lemma].append(fields[0])
    return forms


def proper_names(folder):
    """What is no noun: names that stand for one thing of their kind, written with a capital, mostly or
    always. Names of countries ("Turkey", "Japan") are no verbs either, whatever else they may mean."""
    lines = [line.split() for line in open(f"{folder}/data.noun") if line[0] != " "]

    def words(fields):
        return fields[4:4 + 2 * int(fields[3], 16):2]

    def above(fields):  # what it is an instance of
        return [fields[i + 1] for i, field in enumerate(fields) if field == "@i"]

    countries = {fields[0] for fields in lines
                 if any(w == "country" or w.endswith("_country") for w in words(fields))}
    named = {(fields[0], word.lower()) for fields in lines for word in words(fields)
             if word[0].isupper() and above(fields)}
    states = {word.lower() for fields in lines for word in words(fields)
              if word[0].isupper() and countries.intersection(above(fields))}
    result = {"n": set(states), "v": states, "a": set(), "r": set()}
    tagged = {}
    for line in open(f"{folder}/cntlist.rev"):
        key, sense, count = line.split()
        lemma, rest = key.split("%")
        if rest[0] == "1":
            tagged[lemma, int(sense)] = int(count)
    for line in open(f"{folder}/index.noun"):
        if line[0] == " ":
            continue
        fields = line.split()
        lemma, offsets = fields[0], fields[-int(fields[2]):]
        ours = [(offset, lemma) in named for offset in offsets]
        counts = [tagged.get((lemma, i + 1), 0) for i in range(len(offsets))]
        name = sum(c for c, own in zip(counts, ours) if own)
        if all(ours) or (ours[0] and name > sum(counts) - name):
            result["n"].add(lemma)
    return result


def inflected(lemma):
    stem = lemma[:-1] if lemma[-1] in "ey" else lemma
    return [lemma, lemma + "s", lemma + "es", stem + "ies", stem + "ied", stem + "ed", lemma + "ed",
            stem + "ing", lemma + "ing"]


def main():
    folder, texts = sys.argv[1], sys.argv[2:]
    used = set()
    for path in texts:
        used.update(re.findall(r"[a-z]+(?:-[a-z]+)*", open(path, encoding="utf-8").read().lower()))
    tagged = counts(folder)
    print("#schema attribution.words 1")
    print("# Derived from WordNet 3.0, (c) Princeton University, by derive_words.py; licence in WORDNET.")
    print("lemma\tpos\tcount\tclasses\tforms")
    verbs = set(classes(folder, "v"))
    adjectives = set(classes(folder, "a"))
    left_out = proper_names(folder)
    for pos in "vnar":
        odd = irregular(folder, pos)
        for lemma, names in sorted(classes(folder, pos).items()):
            if not FORM.match(lemma) or len(lemma) < 2 or lemma in left_out[pos]:
                continue
            count = tagged[lemma, pos]
            forms = [f for f in odd.get(lemma, []) if FORM.match(f) and f != lemma]
            if not any(f in used for f in inflected(lemma) + forms) and count < 3:
                continue
            plain = names == ["other"] or names == ["location"]
            if pos == "n" and plain and lemma not in verbs and lemma not in adjectives and not forms:
                continue
            print(f"{lemma}\t{pos}\t{count}\t{','.join(names)}\t{','.join(forms)}")


main()
