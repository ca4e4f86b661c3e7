#!/usr/bin/env bash
# The largest of the hostile files, too slow for every run of the tests: a single cell of 1 GB, a row of 10 million columns, a packed
# file of 4 GB. Each run may have 1.5 GB of address space and two minutes. Prints exit code, seconds of processor time and memory.
#
#   cargo build --release --locked && scripts/hostile.sh [PROGRAM]
set -euo pipefail
program=$(realpath "${1:-target/release/wharfinger}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

printf 'name,country\nQuellmoor Zwirnworks GmbH,DE\n' > own.csv
fill() { head -c "$1" /dev/zero | tr '\0' "$2"; }
{ printf 'Supplier Name,Net Amount\nQuellmoor Zwirnworks GmbH,5.00\n'; fill 1G K; printf ',3.00\n'; } > cell.csv
{ printf 'Supplier Name,Net Amount'; fill 10M ,; printf '\nQuellmoor Zwirnworks GmbH,5.00'; fill 10M ,; printf '\n'; } > wide.csv
fill 4G K | gzip -1 > packed.csv.gz
{ printf 'Unique ID,Name 6,Regime Name\nGHR1,'; fill 400M K; printf ',x\n'; } > list-cell.csv
{ printf 'Unique ID,Name 6,Regime Name'; fill 10M ,; printf '\nGHR1,Krastiva,x\n'; } > list-wide.csv

run() {
    local code=0
    local limits='ulimit -v 1572864; exec timeout 120 "$@"'
    /usr/bin/env time -f '%U %S %M' -o time.txt bash -c "$limits" bash "$program" "$@" > out.txt 2> err.txt || code=$?
    read -r user system memory < <(tail -n 1 time.txt)
    printf '%-60s exit %s, %s s, %s MB\n' "$*" "$code" "$(echo "$user + $system" | bc)" "$((memory / 1024))"
    grep -m 1 '^error' err.txt || true
    # 3 and 4 are refusals, 0 is a run to the end; a signal is above 100.
    if ((code > 5)); then cat err.txt; exit 1; fi
}
for file in cell.csv wide.csv packed.csv.gz; do
    run screen "$file" --no-bundled --watchlists own.csv --format none --no-progress
done
for file in list-cell.csv list-wide.csv packed.csv.gz; do
    run watchlists import --format uk-sanctions "$file" -o lists
done
run watchlists list --no-bundled --watchlists cell.csv
