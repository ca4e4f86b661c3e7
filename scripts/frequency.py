#!/usr/bin/env python3
"""Makes src/normalise/tables/frequency.txt: in how many company names each word stands.

    frequency.py NAMES.csv[.gz]:COLUMN ... > src/normalise/tables/frequency.txt

Give it open registers of company names (GLEIF legal entity names, Companies House, exchange and filing registers, the
Home Office's list of organisations in scope of section 54). The table holds words and counts only: a word must stand in
at least three names, so nobody's own name can be read from it. Standard library only.
"""
import csv, gzip, io, json, re, sys, unicodedata
from collections import Counter

LEAST = 3


def words(name):
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "o").replace("ł", "l").replace("Ł", "l"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’`´]", "", plain).replace("&", " and ")
    plain = re.sub(r"\b((?:\w\.)+\w)\b\.?", lambda m: m.group(1).replace(".", ""), plain)
    return set(w for w in re.findall(r"[a-z0-9]+", plain))


def names(argument):
    path, column = argument.rsplit(":", 1)
    raw = gzip.open(path, "rb").read() if path.endswith(".gz") else open(path, "rb").read()
    text = raw.decode("utf-8-sig", errors="replace")
    if path.endswith(".json"):
        rows = json.loads(text)
        for row in rows.values() if isinstance(rows, dict) else rows:
            yield row[column]
    else:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            yield row.get(column) or ""


def main():
    seen, counts = set(), Counter()
    for argument in sys.argv[1:]:
        for name in names(argument):
            key = name.strip().casefold()
            if key and key not in seen:
                seen.add(key)
                counts.update(words(name))
    print(f"# names: {len(seen)}")
    print("# word and number of names it stands in, sorted by word; made by scripts/frequency.py from open registers")
    for word, count in sorted(counts.items()):
        if count >= LEAST and len(word) <= 40:
            print(word, count)


if __name__ == "__main__":
    main()
