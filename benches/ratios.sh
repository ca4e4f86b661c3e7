#!/usr/bin/env bash
# Prints the measures P1 to P14 of docs/performance.md as ratios, from paired runs on generated lists, with the targets beside them.
#
#   benches/ratios.sh [SEED]
#
# SIZE=full           or `quick`: a tenth of the rows, subjects and names, to see that all of it runs; its ratios are not those of the targets
# ROUNDS=3            how many paired runs; medians are quoted
# LARGE=1             also the list ten times as long, of a million names (P6, P9)
# PROGRAM=FILE        a wharfinger to measure instead of the release build
# NAMES="F.csv:COL"   registers of company names to generate from, separated by blanks (default: the tables compiled in)
# PYTHON=python3      an interpreter with duckdb, sparse_dot_topn and scikit-learn, for P10 and P11; left out, with a word, where they are missing
# DATA=FOLDER         where the generated files are kept (default: a temporary folder)
#
# Needs awk, Python and Rust; P14 needs `script` (util-linux). A busy machine shows in the wall times; CPU times hold.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${1:-1} rounds=${ROUNDS:-3} large=${LARGE:-0} python=${PYTHON:-python3}
case ${SIZE:-full} in
full) unit=10000 ;;
quick) unit=1000 ;;
*) echo "SIZE is full or quick" >&2; exit 2 ;;
esac
# Names of the lists; subjects, and rows of the ledgers.
ten=$((10 * unit)) hundred=$((100 * unit))
if [ -z "${DATA:-}" ]; then
    DATA=$(mktemp -d)
    trap 'rm -rf "$DATA"' EXIT
fi
mkdir -p "$DATA"
DATA=$(cd "$DATA" && pwd)
target=${CARGO_TARGET_DIR:-target}/release
if [ -n "${PROGRAM:-}" ]; then
    cargo build --quiet --release --package wharfinger-bench --bins
else
    cargo build --quiet --release --workspace --bins
fi
wharfinger=${PROGRAM:-$target/wharfinger} count=$target/count_records
times=$DATA/times.tsv
: > "$times"
skipped=()
command -v script > /dev/null || skipped+=("P14: there is no \`script\` here")
peers=()
for peer in duckdb sparse_dot_topn; do
    if "$python" -c "import $peer" 2> /dev/null; then peers+=("$peer"); else skipped+=("$peer: $python does not have it"); fi
done

# ---- the files

registers=()
for register in ${NAMES:-}; do registers+=(--names "$register"); done
sizes=$unit,$ten
[ "$large" = 0 ] || sizes=$sizes,$hundred
generate() { "$target/generate" --seed "$seed" "${registers[@]}" "$@"; }
[ -f "$DATA/all/truth.csv" ] || generate --listed "$sizes" --subjects $ten --rows $ten,$hundred -o "$DATA/all"
[ -f "$DATA/distinct/truth.csv" ] || generate --listed $ten --subjects $hundred --rows $hundred -o "$DATA/distinct"
[ -f "$DATA/council/truth.csv" ] || generate --listed 10 --subjects 2500 --rows 10000 -o "$DATA/council"
generate --listed 1 --subjects 1 --rows 1 -o "$DATA/one"
small=$DATA/all/list-$unit.csv middle=$DATA/all/list-$ten.csv long=$DATA/all/list-$hundred.csv
short_ledger=$DATA/all/ledger-$ten.csv ledger=$DATA/all/ledger-$hundred.csv distinct=$DATA/distinct/ledger-$hundred.csv

# ---- the runs: each round runs all once, so that a disturbance meets neighbours alike

timed() { # NAME COMMAND...: one line of name, wall seconds, CPU seconds, peak KiB
    local name=$1
    shift
    "$python" benches/measure.py "$times" "$name" "$@" > "$DATA/out.txt" 2> "$DATA/err.txt" ||
        { cat "$DATA/err.txt" >&2; exit 1; }
}
screen() { # NAME LEDGER LIST OPTION...
    local name=$1 rows=$2 names=$3
    shift 3
    timed "$name" "$wharfinger" screen "$rows" --watchlists "$names" --no-bundled --as-of 2026-11-24 \
        --format none --no-progress -o "$DATA/$name.csv" --stats "$@"
    cp "$DATA/err.txt" "$DATA/$name.err"
}
one_row=$DATA/one/ledger-1.csv one_name=$DATA/one/list-1.csv

for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    timed parse_long "$count" "$ledger"
    screen ledger_long "$ledger" "$middle"
    timed parse_short "$count" "$short_ledger"
    screen ledger_short "$short_ledger" "$middle"
    screen ledger_short_strict "$short_ledger" "$middle" --min-score 0.85
    screen small_list "$short_ledger" "$small"
    screen small_list_strict "$short_ledger" "$small" --min-score 0.85
    screen no_list "$short_ledger" "$one_name"
    screen no_ledger "$one_row" "$middle"
    screen no_ledger_small "$one_row" "$small"
    screen nothing "$one_row" "$one_name"
    for threads in 1 2; do
        screen "threads_$threads" "$short_ledger" "$middle" --threads "$threads"
        screen "threads_${threads}_no_list" "$short_ledger" "$one_name" --threads "$threads"
        screen "threads_${threads}_no_ledger" "$one_row" "$middle" --threads "$threads"
        screen "threads_${threads}_nothing" "$one_row" "$one_name" --threads "$threads"
    done
    timed parse_distinct "$count" "$distinct"
    screen distinct "$distinct" "$middle"
    if [ "$large" != 0 ]; then
        screen large_list "$short_ledger" "$long"
        screen large_list_strict "$short_ledger" "$long" --min-score 0.85
        screen no_ledger_large "$one_row" "$long"
        screen million "$distinct" "$long"
    fi
    for _ in 1 2 3 4 5; do
        timed council "$wharfinger" screen "$DATA/council/ledger-10000.csv" --as-of 2026-11-24 --format none \
            --no-progress -o "$DATA/council.csv" -o "$DATA/council.html"
        timed check "$wharfinger" check "Hoshine Silicon Industry"
    done
    if command -v script > /dev/null; then
        # On a terminal of its own, or no bar would be drawn. In turns, since the difference is small.
        for _ in 1 2 3; do
            for bar in "" --no-progress; do
                timed "bar$bar" env -u CI script -qec "$wharfinger screen $ledger --watchlists $small \
                    --no-bundled --as-of 2026-11-24 --format none $bar" /dev/null
            done
        done
    fi
    for peer in ${peers[@]+"${peers[@]}"}; do
        case $peer in duckdb) file=duckdb_join ;; *) file=sparse_dot ;; esac
        timed "$peer" "$python" "benches/peers/$file.py" "$middle" "$short_ledger"
    done
done
missed=$("$python" benches/exhaustive.py "$wharfinger" "$small" "$short_ledger" 100 || true)
same=yes
cmp -s "$DATA/threads_1.csv" "$DATA/threads_2.csv" || same=no
counted() { sed -n "s/^.*$2: \([0-9]*\).*$/\1/p" "$DATA/$1.err" | head -1; }
pairs=$(counted ledger_short 'pairs scored') strict=$(counted ledger_short_strict 'pairs scored')
subjects=$(counted ledger_short 'subjects')

# ---- the ratios

awk -v unit="$unit" -v pairs="${pairs:-0}" -v strict="${strict:-0}" -v subjects="${subjects:-0}" -v missed="${missed:-not run}" -v same="$same" '
    function median(values, n,    i, j, swap, sorted) {
        for (i = 1; i <= n; i++) sorted[i] = values[i]
        for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++)
            if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
        return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
    }
    function of(name, what,    i, values) {
        for (i = 1; i <= runs[name]; i++) values[i] = data[name, i, what]
        return median(values, runs[name])
    }
    function ratio3(a, b) { return b > 0 ? sprintf("%.3f", a / b) : "-" }
    function ms(name, what) { return sprintf("%.1f", 1000 * of(name, what)) }
    function size(n) { return n >= 1000000 ? n / 1000000 "M" : n / 1000 "k" }
    function ratio(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }
    function show(id, what, value, must, aim) { printf "%-4s %-78s %12s %12s %12s\n", id, what, value, must, aim }
    # What matching costs: the whole, without what the ledger and the list cost by themselves.
    function stage(all, no_list, no_ledger, what) {
        return of(all, what) - of(no_list, what) - of(no_ledger, what) + of("nothing", what)
    }
    function exponent(large, small) { return small > 0 && large > 0 ? sprintf("%.2f", log(large / small) / log(10)) : "-" }
    { runs[$1]++; data[$1, runs[$1], "wall"] = $2; data[$1, runs[$1], "cpu"] = $3; data[$1, runs[$1], "peak"] = $4 }
    END {
        show("", "medians of paired runs", "measured", "must", "aim")
        ten = size(10 * unit); hundred = size(100 * unit)
        show("P1", hundred " rows, " ten " subjects x " ten " names: wall / bare parse", ratio(of("ledger_long", "wall"), of("parse_long", "wall")), 4, 2.5)
        show("P2", "the same in CPU", ratio(of("ledger_long", "cpu"), of("parse_long", "cpu")), 8, 4)
        show("P3", hundred " rows all distinct: CPU / bare parse", ratio(of("distinct", "cpu"), of("parse_distinct", "cpu")), 25, 12)
        show("P4", "10k rows x bundled lists, CSV and HTML written, ms (CPU " ms("council", "cpu") ")", ms("council", "wall"), 60, 30)
        show("P5", "check NAME, ms (CPU " ms("check", "cpu") ")", ms("check", "wall"), 30, 10)
        small = stage("small_list", "no_list", "no_ledger_small", "cpu"); middle = stage("ledger_short", "no_list", "no_ledger", "cpu")
        small85 = stage("small_list_strict", "no_list", "no_ledger_small", "cpu"); middle85 = stage("ledger_short_strict", "no_list", "no_ledger", "cpu")
        show("P6", "exponent of matching CPU in list size, " size(unit) " to " ten ", at 0.85", exponent(middle85, small85), 0.55, 0.40)
        show("", "   at the default threshold", exponent(middle, small), "-", 0.50)
        if (runs["large_list"]) {
            show("", "   " size(unit) " to " hundred ", at 0.85, a factor of ten", sprintf("%.2f", log(stage("large_list_strict", "no_list", "no_ledger_large", "cpu") / small85) / log(100)), 0.65, 0.50)
            show("", "   at the default threshold", sprintf("%.2f", log(stage("large_list", "no_list", "no_ledger_large", "cpu") / small) / log(100)), "-", 0.65)
        }
        show("P7", "pairs scored a name, " ten " names (" ratio(strict, subjects) " at 0.85)", ratio(pairs, subjects), 25, 8)
        show("P8", "pairs missed against comparing all with all, 100 subjects x " size(unit), missed, 0, 0)
        show("P9", "peak MiB of " ten " x " ten, sprintf("%.0f", of("ledger_short", "peak") / 1024), 128, 48)
        show("", "   peak bytes a listed name at " ten ", the list itself included", sprintf("%.0f", 1024 * (of("no_ledger", "peak") - of("nothing", "peak")) / (10 * unit)), 300, 200)
        if (runs["million"]) {
            show("", "   at " hundred, sprintf("%.0f", 1024 * (of("no_ledger_large", "peak") - of("nothing", "peak")) / (100 * unit)), "-", 150)
            show("", "   peak MiB of " hundred " x " hundred, sprintf("%.0f", of("million", "peak") / 1024), 1000, 350)
        }
        if (runs["duckdb"]) show("P10", "DuckDB blocking join: CPU / ours", ratio(of("duckdb", "cpu"), of("ledger_short", "cpu")), 8, 20)
        if (runs["sparse_dot_topn"]) show("P11", "sparse_dot_topn: CPU / ours", ratio(of("sparse_dot_topn", "cpu"), of("ledger_short", "cpu")), 50, 100)
        for (t = 1; t <= 2; t++) match_wall[t] = of("threads_" t, "wall") - of("threads_" t "_no_list", "wall") - of("threads_" t "_no_ledger", "wall") + of("threads_" t "_nothing", "wall")
        show("P12", "matching with one thread / with two, wall; equal bytes: " same, ratio(match_wall[1], match_wall[2]), 1.7, 1.9)
        show("P13", hundred " rows instead of " ten ": extra CPU / extra parse", ratio(of("ledger_long", "cpu") - of("ledger_short", "cpu"), of("parse_long", "cpu") - of("parse_short", "cpu")), 1.3, 1.2)
        if (runs["bar"]) show("P14", "progress bar on / off, CPU", ratio3(of("bar", "cpu"), of("bar--no-progress", "cpu")), 1.02, 1.01)
        printf "\nseconds of wall, seconds of CPU, peak MiB:\n"
        n = split("parse_long ledger_long parse_short ledger_short small_list no_list no_ledger distinct large_list million council check duckdb sparse_dot_topn", names, " ")
        for (i = 1; i <= n; i++) if (runs[names[i]])
            printf "%-18s %8.3f %8.3f %8.0f\n", names[i], of(names[i], "wall"), of(names[i], "cpu"), of(names[i], "peak") / 1024
    }' "$times"
for why in ${skipped[@]+"${skipped[@]}"}; do echo "left out: $why"; done
