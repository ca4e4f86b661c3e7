#!/usr/bin/env bash
# Runs the program many times in one folder and looks for what it leaves behind: files that are no output, locks that hold,
# a log that grows without a decision, memory that grows from run to run.
#
#   cargo build --release --locked && scripts/soak.sh [RUNS [PROGRAM]]
#
# Each run in turn screens (every eighth into all formats), checks, compares, imports a list, files the same decisions again, verifies,
# is asked to end on the way or is killed outright. After every run the folder and the folder for temporary files must hold what they held
# before, and nothing more; after every eighth the reports must be byte for byte those of the first. Ends with 1 at the first difference.
set -euo pipefail
runs=${1:-200}
root=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "${2:-$root/target/release/wharfinger}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/work" "$folder/tmp"
cd "$folder/work"
export TMPDIR=$folder/tmp CI=true
cp "$root/examples/spend-2026-10.csv" paid.csv
cp "$root/tests/fixtures/lists/uk-sanctions.csv" official.csv
cp "$root"/fuzz/seeds/inputs/register.* .
own=(--no-bundled --watchlists register.csv --as-of 2026-11-24 --quiet)
files=(html xlsx csv json jsonl sarif xml md)
outputs=()
for ending in "${files[@]}"; do outputs+=(-o "report.$ending"); done

fail() { echo "run $run ($what): $*"; exit 1; }
# Runs the program, keeps its highest memory, and takes only the exit codes named.
must() { # CODES ARGUMENTS...
    local codes=$1 code=0
    shift
    /usr/bin/env time -f %M -o "$folder/memory" "$program" "$@" > "$folder/out" 2> "$folder/err" || code=$?
    [[ ,$codes, == *,$code,* ]] || { cat "$folder/err"; fail "ended with $code"; }
    memory=$(tail -n 1 "$folder/memory")
}
all_formats() { must 0 screen paid.csv --as-of 2026-11-24 --quiet --format none --min-score 0.3 "${outputs[@]}"; }
# What a killed run was writing lies beside its place until a run a minute later takes it away.
listing() { find . "$TMPDIR" ! -name '*.part' -printf '%p %y\n' | sort; }
hashes() { sha256sum "${files[@]/#/report.}" lists/* decisions.jsonl; }
killed() { # SIGNAL: starts a screening into all formats and ends it somewhere on the way
    "$program" screen paid.csv --as-of 2026-11-24 --quiet --format none --min-score 0.3 "${outputs[@]}" 2> "$folder/err" &
    local id=$!
    sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
    kill "-$1" "$id" 2> /dev/null || true
    wait "$id" 2> /dev/null || true
}

run=0 what=start
all_formats
cp "$root/fuzz/seeds/inputs/paid.csv" own.csv
must 0 screen own.csv "${own[@]}" --format none -o run.json
id=$(sed -n 's/.*"finding_id": "\([^"]*\)".*/\1/p' run.json | head -n 1)
printf 'finding_id,outcome,reason,decided_by,decided_on,review_by\n%s,refer,asked for the file,A. Clerk,2026-11-20,2027-01-31\n' "$id" > sheet.csv
must 0 decisions import sheet.csv --report run.json --as-of 2026-11-24
must 0 watchlists import --format uk-sanctions official.csv -o lists --as-of 2026-11-24
must 0 watchlists import --format uk-sanctions official.csv -o lists --as-of 2026-11-24
expected=$(listing)
first=$(hashes)
declare -A lowest highest
for ((run = 1; run <= runs; run++)); do
    memory=
    case $((run % 8)) in
        0) what=formats; all_formats ;;
        1) what=screen; must 0 screen own.csv "${own[@]}" --format json ;;
        2) what=check; must 0 check 'Hotan Krastiva Textiles' --as-of 2026-11-24 ;;
        3) what=decisions; must 0 decisions import sheet.csv --report run.json --as-of 2026-11-24 ;;
        4) what=verify; must 0 verify run.json --watchlists register.csv ;;
        5) what=killed; killed KILL ;;
        6) what=ended; killed TERM ;;
        7) what=import; must 0 watchlists import --format uk-sanctions official.csv -o lists --as-of 2026-11-24 ;;
    esac
    if [[ -n $memory ]]; then
        : "${lowest[$what]:=$memory}" "${highest[$what]:=$memory}"
        if ((memory < lowest[$what])); then lowest[$what]=$memory; fi
        if ((memory > highest[$what])); then highest[$what]=$memory; fi
    fi
    found=$(listing)
    [[ $found == "$expected" ]] || fail "left behind: $(diff <(echo "$expected") <(echo "$found"))"
    if [[ $what == formats ]]; then
        found=$(hashes)
        [[ $found == "$first" ]] || fail "changed: $(diff <(echo "$first") <(echo "$found"))"
    fi
done
sleep 61
all_formats
parts=$(find . "$TMPDIR" -name '*.part')
[[ -z $parts ]] || fail "left behind: $parts"
echo "$runs runs left nothing behind; memory of each kind, lowest and highest in MB:"
for what in "${!lowest[@]}"; do
    echo "  $what $((lowest[$what] / 1024)) $((highest[$what] / 1024))"
    ((highest[$what] < lowest[$what] * 5 / 4 + 4096)) || fail "memory grew"
done
