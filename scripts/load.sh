#!/usr/bin/env bash
# Screens a ledger of N rows against a list of M names and says what it took: processor time, time by the clock, memory at its highest.
#
#   scripts/load.sh [ROWS [LISTED [DISTINCT [FOLDER]]]]      default: 5,000,000 rows of 500,000 names against 1,000,000 listed names
#
# Ledger and list are generated from a fixed seed by benches/tools and kept in FOLDER (default: target/load), so that a second run
# starts at once. One distinct name in a hundred is a variant of a listed name; how many of them are reported is said too, and every
# row must be accounted for. Wants 16 GB of disk, and for the default size the memory that docs/assurance.md states.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-5000000}
listed=${2:-1000000}
distinct=${3:-$((rows / 10))}
folder=${4:-target/load}
program=${PROGRAM:-target/release/wharfinger}
[[ -x $program ]] || { echo "build it first: cargo build --release --locked, or name it: PROGRAM=..."; exit 2; }
mkdir -p "$folder/$distinct"
folder=$(realpath "$folder/$distinct")
list=$folder/list-$listed.csv
ledger=$folder/ledger-$rows.csv
if [[ ! -f $list || ! -f $ledger ]]; then
    echo "generating $rows rows of $distinct names, and $listed listed names"
    cargo run --release --quiet --locked --package wharfinger-bench --bin generate -- \
        --listed "$listed" --subjects "$distinct" --rows "$rows" --output "$folder"
fi
ls -lL --block-size=M "$list" "$ledger" | awk '{print $5, $NF}'
code=0
/usr/bin/env time -f '%e %U %S %M' -o "$folder/time" "$program" screen "$ledger" --no-bundled --watchlists "$list" \
    --as-of 2026-11-24 --quiet --no-progress --stats --format none --output "$folder/report.csv" --output "$folder/report.json" \
    2> "$folder/err" || code=$?
# A generated list has no publisher and no date: it is unfit to rely on (3), and screened all the same.
if ((code != 0 && code != 3)); then cat "$folder/err"; exit 1; fi
cat "$folder/err"
read -r clock user system memory < <(tail -n 1 "$folder/time")
echo "$rows rows x $listed listed names: $(echo "$user + $system" | bc) s of processor time, $clock s by the clock, $((memory / 1024)) MB"
python3 - "$folder" <<'PYTHON'
import csv
import json
import sys

folder = sys.argv[1]
with open(f"{folder}/truth.csv", encoding="utf-8", newline="") as file:
    truth = {(row["subject_name"], row["entry_id"]) for row in csv.DictReader(file)}
entries = {entry for _, entry in truth}


def findings(file):
    """The findings, one after the other: the report may be larger than the memory. Of those of other entries nothing is read."""
    block = []
    for line in file:
        if line.startswith("  ]"):
            return
        block.append(line)
        if line in ("    }\n", "    },\n"):
            ids = (part.split('"')[3] for part in block if part.startswith('      "entry_id": '))
            known = any(entry in entries for entry in ids)
            yield json.loads("".join(block).rstrip().rstrip(",")) if known else None
            block = []


with open(f"{folder}/report.json", encoding="utf-8") as file:
    head = ""
    for line in file:
        if line == '  "findings": [\n':
            break
        head += line
    else:
        sys.exit("the report has no findings")
    for read in json.loads(head.rstrip().rstrip(",") + "}")["run"]["inputs"]:
        parts = sum(read[key] for key in ("screened", "persons", "redacted", "blank_or_total", "rejected"))
        print(f"{read['records_read']} rows read = {read['screened']} screened + {parts - read['screened']} counted otherwise")
        if parts != read["records_read"]:
            sys.exit("rows are lost")
    count, reported = 0, set()
    for finding in findings(file):
        count += 1
        if finding:
            names = [finding["subject_name"], *(spelling["name"] for spelling in finding["subject"]["spellings"])]
            reported.update((name, finding["entry_id"]) for name in names)
print(f"{count} findings; {len(truth & reported)} of {len(truth)} planted variants reported")
PYTHON
