#!/usr/bin/env bash
# Prints the measures P1 to P14 of docs/performance.md as ratios, from paired runs on generated lists, with the targets beside them.
#
#   benches/ratios.sh [SEED]
#
# ROUNDS=3            how many paired runs; medians are quoted
# LARGE=1             also the list of a million names (P6, P9)
# NAMES="F.csv:COL"   registers of company names to generate from, separated by blanks (default: the tables compiled in)
# PYTHON=python3      an interpreter with duckdb, sparse_dot_topn and scikit-learn, for P10 and P11; left out where they are missing
# DATA=FOLDER         where the generated files are kept (default: a temporary folder)
#
# Needs GNU time, awk and Rust. A busy machine shows in the wall times; CPU times hold.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${1:-1} rounds=${ROUNDS:-3} large=${LARGE:-0} python=${PYTHON:-python3}
if [ -z "${DATA:-}" ]; then
    DATA=$(mktemp -d)
    trap 'rm -rf "$DATA"' EXIT
fi
mkdir -p "$DATA"
cargo build --quiet --release --workspace --bins
target=${CARGO_TARGET_DIR:-target}/release
wharfinger=$target/wharfinger count=$target/count_records
times=$DATA/times.tsv
: > "$times"

# ---- the files

registers=()
for register in ${NAMES:-}; do registers+=(--names "$register"); done
sizes=10000,100000
[ "$large" = 0 ] || sizes=$sizes,1000000
generate() { "$target/generate" --seed "$seed" "${registers[@]}" "$@"; }
[ -f "$DATA/all/truth.csv" ] || generate --listed "$sizes" --subjects 100000 --rows 100000,1000000 -o "$DATA/all"
[ -f "$DATA/distinct/truth.csv" ] || generate --listed 100000 --subjects 1000000 --rows 1000000 -o "$DATA/distinct"
[ -f "$DATA/council/truth.csv" ] || generate --listed 10 --subjects 2500 --rows 10000 -o "$DATA/council"
generate --listed 1 --subjects 1 --rows 1 -o "$DATA/one"
lists=$DATA/all/list- ledger=$DATA/all/ledger-

# ---- the runs: each round runs all once, so that a disturbance meets neighbours alike

timed() { # NAME COMMAND...: one line of name, wall seconds, CPU seconds, peak KiB
    local name=$1
    shift
    /usr/bin/time -f "$name %e %U %S %M" -a -o "$times" "$@" > "$DATA/out.txt" 2> "$DATA/err.txt" ||
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

for _ in $(seq "$rounds"); do
    timed parse_1m "$count" "${ledger}1000000.csv"
    screen ledger_1m "${ledger}1000000.csv" "${lists}100000.csv"
    timed parse_100k "$count" "${ledger}100000.csv"
    screen ledger_100k "${ledger}100000.csv" "${lists}100000.csv"
    screen ledger_100k_strict "${ledger}100000.csv" "${lists}100000.csv" --min-score 0.85
    screen small_list "${ledger}100000.csv" "${lists}10000.csv"
    screen small_list_strict "${ledger}100000.csv" "${lists}10000.csv" --min-score 0.85
    screen no_list "${ledger}100000.csv" "$one_name"
    screen no_ledger "$one_row" "${lists}100000.csv"
    screen no_ledger_small "$one_row" "${lists}10000.csv"
    screen nothing "$one_row" "$one_name"
    for threads in 1 2; do
        screen "threads_$threads" "${ledger}100000.csv" "${lists}100000.csv" --threads "$threads"
        screen "threads_${threads}_no_list" "${ledger}100000.csv" "$one_name" --threads "$threads"
        screen "threads_${threads}_no_ledger" "$one_row" "${lists}100000.csv" --threads "$threads"
    done
    timed parse_distinct "$count" "$DATA/distinct/ledger-1000000.csv"
    screen distinct "$DATA/distinct/ledger-1000000.csv" "$DATA/distinct/list-100000.csv"
    if [ "$large" != 0 ]; then
        screen large_list "${ledger}100000.csv" "${lists}1000000.csv"
        screen large_list_strict "${ledger}100000.csv" "${lists}1000000.csv" --min-score 0.85
        screen no_ledger_large "$one_row" "${lists}1000000.csv"
        screen million "$DATA/distinct/ledger-1000000.csv" "${lists}1000000.csv"
    fi
    for _ in 1 2 3; do
        timed council "$wharfinger" screen "$DATA/council/ledger-10000.csv" --as-of 2026-11-24 --format none \
            --no-progress -o "$DATA/council.csv" -o "$DATA/council.html"
        timed check "$wharfinger" check "Hoshine Silicon Industry"
    done
    if command -v script > /dev/null; then
        for bar in "" --no-progress; do
            timed "bar$bar" script -qec "$wharfinger screen ${ledger}1000000.csv --watchlists ${lists}10000.csv \
                --no-bundled --as-of 2026-11-24 --format none $bar" /dev/null
        done
    fi
    for peer in duckdb sparse_dot_topn; do
        "$python" -c "import $peer" 2> /dev/null || continue
        case $peer in duckdb) file=duckdb_join ;; *) file=sparse_dot ;; esac
        timed "$peer" "$python" "benches/peers/$file.py" "${lists}100000.csv" "${ledger}100000.csv"
    done
done
missed=$("$python" benches/exhaustive.py "$wharfinger" "${lists}10000.csv" "${ledger}100000.csv" 100 || true)
same=yes
cmp -s "$DATA/threads_1.csv" "$DATA/threads_2.csv" || same=no
counted() { sed -n "s/^.*$2: \([0-9]*\).*$/\1/p" "$DATA/$1.err" | head -1; }
pairs=$(counted ledger_100k 'pairs scored') strict=$(counted ledger_100k_strict 'pairs scored')
subjects=$(counted ledger_100k 'subjects')

# ---- the ratios

awk -v pairs="${pairs:-0}" -v strict="${strict:-0}" -v subjects="${subjects:-0}" -v missed="${missed:-not run}" -v same="$same" '
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
    function ratio(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }
    function show(id, what, value, must, aim) { printf "%-4s %-78s %12s %12s %12s\n", id, what, value, must, aim }
    # What matching costs: the whole, without what the ledger and the list cost by themselves.
    function stage(all, no_list, no_ledger, what) {
        return of(all, what) - of(no_list, what) - of(no_ledger, what) + of("nothing", what)
    }
    function exponent(large, small) { return small > 0 && large > 0 ? sprintf("%.2f", log(large / small) / log(10)) : "-" }
    { runs[$1]++; data[$1, runs[$1], "wall"] = $2; data[$1, runs[$1], "cpu"] = $3 + $4; data[$1, runs[$1], "peak"] = $5 }
    END {
        show("", "medians of paired runs", "measured", "must", "aim")
        show("P1", "1M rows, 100k subjects x 100k names: wall / bare parse", ratio(of("ledger_1m", "wall"), of("parse_1m", "wall")), 4, 2.5)
        show("P2", "the same in CPU", ratio(of("ledger_1m", "cpu"), of("parse_1m", "cpu")), 8, 4)
        show("P3", "1M rows all distinct: CPU / bare parse", ratio(of("distinct", "cpu"), of("parse_distinct", "cpu")), 25, 12)
        show("P4", "10k rows x bundled lists, CSV and HTML written, ms", sprintf("%.0f", 1000 * of("council", "wall")), 60, 30)
        show("P5", "check NAME, ms", sprintf("%.0f", 1000 * of("check", "wall")), 30, 10)
        small = stage("small_list", "no_list", "no_ledger_small", "cpu"); middle = stage("ledger_100k", "no_list", "no_ledger", "cpu")
        small85 = stage("small_list_strict", "no_list", "no_ledger_small", "cpu"); middle85 = stage("ledger_100k_strict", "no_list", "no_ledger", "cpu")
        show("P6", "exponent of matching CPU in list size, 10k to 100k, at 0.85", exponent(middle85, small85), 0.55, 0.40)
        show("", "   at the default threshold", exponent(middle, small), "-", 0.50)
        if (runs["large_list"]) {
            show("", "   10k to 1M, at 0.85, a factor of ten", sprintf("%.2f", log(stage("large_list_strict", "no_list", "no_ledger_large", "cpu") / small85) / log(100)), 0.65, 0.50)
            show("", "   at the default threshold", sprintf("%.2f", log(stage("large_list", "no_list", "no_ledger_large", "cpu") / small) / log(100)), "-", 0.65)
        }
        show("P7", "pairs scored a name, 100k names", ratio(pairs, subjects) " (" ratio(strict, subjects) " at 0.85)", 25, 8)
        show("P8", "pairs missed against comparing all with all, 100 subjects x 10k", missed, 0, 0)
        show("P9", "peak MiB of 100k x 100k", sprintf("%.0f", of("ledger_100k", "peak") / 1024), 128, 48)
        show("", "   peak bytes a listed name at 100k, the list itself included", sprintf("%.0f", 1024 * (of("no_ledger", "peak") - of("nothing", "peak")) / 100000), 300, 200)
        if (runs["million"]) {
            show("", "   at 1M", sprintf("%.0f", 1024 * (of("no_ledger_large", "peak") - of("nothing", "peak")) / 1000000), "-", 150)
            show("", "   peak MiB of 1M x 1M", sprintf("%.0f", of("million", "peak") / 1024), 1000, 350)
        }
        if (runs["duckdb"]) show("P10", "DuckDB blocking join: CPU / ours", ratio(of("duckdb", "cpu"), of("ledger_100k", "cpu")), 8, 20)
        if (runs["sparse_dot_topn"]) show("P11", "sparse_dot_topn: CPU / ours", ratio(of("sparse_dot_topn", "cpu"), of("ledger_100k", "cpu")), 50, 100)
        for (t = 1; t <= 2; t++) match_wall[t] = of("threads_" t, "wall") - of("threads_" t "_no_list", "wall") - of("threads_" t "_no_ledger", "wall")
        show("P12", "matching with one thread / with two, wall; equal bytes: " same, ratio(match_wall[1], match_wall[2]), 1.7, 1.9)
        show("P13", "1M rows instead of 100k: extra CPU / extra parse", ratio(of("ledger_1m", "cpu") - of("ledger_100k", "cpu"), of("parse_1m", "cpu") - of("parse_100k", "cpu")), 1.3, 1.2)
        if (runs["bar"]) show("P14", "progress bar on / off, CPU", ratio(of("bar", "cpu"), of("bar--no-progress", "cpu")), 1.02, 1.01)
        printf "\nseconds of wall, seconds of CPU, peak MiB:\n"
        n = split("parse_1m ledger_1m parse_100k ledger_100k small_list no_list no_ledger distinct large_list million council check duckdb sparse_dot_topn", names, " ")
        for (i = 1; i <= n; i++) if (runs[names[i]])
            printf "%-18s %8.2f %8.2f %8.0f\n", names[i], of(names[i], "wall"), of(names[i], "cpu"), of(names[i], "peak") / 1024
    }' "$times"
