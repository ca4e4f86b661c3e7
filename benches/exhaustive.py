#!/usr/bin/env python3
"""Counts the pairs that screening leaves out though comparing all with all would report them.

    exhaustive.py WHARFINGER LIST.csv LEDGER.csv SUBJECTS [SEED]

Draws so many subjects of the ledger, compares each with every entry of the list by `compare --pairs`, screens them by `screen --no-merge`,
and prints how many pairs at or above the threshold only the comparison has. Pairs that only screening has, or another score, are
printed to standard error and end with exit code 1. Standard library only.
"""
import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

program, list_path, ledger_path, how_many = sys.argv[1:5]
dice = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
THRESHOLD = "0.4"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write(path, header, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(lines)


def run(*arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=True)
    return csv.DictReader(io.StringIO(done.stdout))


# `;` separates spellings where pairs are compared.
entries = {row["id"]: row["name"] for row in rows(list_path) if ";" not in row["name"]}
names = sorted({row["Supplier Name"] for row in rows(ledger_path) if ";" not in row["Supplier Name"]})
subjects = dice.sample(names, int(how_many))
with tempfile.TemporaryDirectory() as folder:
    pairs, ledger = Path(folder, "pairs.csv"), Path(folder, "ledger.csv")
    write(
        pairs,
        ["id", "left", "right", "kind"],
        (
            [json.dumps([at, entry]), name, listed, "organisation"]
            for at, name in enumerate(subjects)
            for entry, listed in entries.items()
        ),
    )
    compared = {
        tuple(json.loads(row["id"])): row["score"]
        for row in run("compare", "--pairs", pairs)
        if float(row["score"]) >= float(THRESHOLD)
    }
    write(ledger, ["Supplier ID", "Supplier Name"], ((f"S{at}", name) for at, name in enumerate(subjects)))
    screened = {
        (int(row["source_row"]) - 2, row["entry_id"]): row["score"]
        for row in run(
            "screen", ledger, "--watchlists", list_path, "--no-bundled", "--no-merge", "--include-persons", "--kind", "suppliers",
            "--map", "name=Supplier Name", "--min-score", THRESHOLD, "--as-of", "2026-11-24", "--format", "csv",
            "--no-progress", "--quiet",
        )
    }
missed = sorted(set(compared) - set(screened))
wrong = sorted(pair for pair, score in screened.items() if compared.get(pair) != score)
for at, entry in missed + wrong:
    print(
        f"{subjects[at]!r} / {entries[entry]!r}: compared {compared.get((at, entry))}, screened {screened.get((at, entry))}",
        file=sys.stderr,
    )
print(f"{len(missed)} of {len(compared)}")
sys.exit(1 if wrong or missed else 0)
