#!/usr/bin/env bash
# Runs every fuzz target, one after the other, for a minute or for the seconds given.
#
#   ci/fuzz.sh [SECONDS [TARGET...]]
#
# Any toolchain will do: the coverage that libFuzzer needs is asked of LLVM directly, as cargo-fuzz asks for it, but without its
# sanitizers, which only a nightly compiler has. A C++ compiler builds libFuzzer itself. What a target has learnt stays in
# fuzz/corpus; an input that fails is kept in fuzz/artifacts, is named at the end, and the script ends with 1.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
targets=("$@")
if ((${#targets[@]} == 0)); then
    targets=(csv workbook ocds fields watchlist import names compare log sheet policy report review)
fi
host=$(rustc -vV | sed -n 's/^host: //p')
target_dir=${CARGO_TARGET_DIR:-target}/fuzz
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
# With a target named, build scripts and macros stay without coverage.
RUSTFLAGS="$coverage -Cdebug-assertions -Coverflow-checks" nice -n 15 cargo build --release --locked \
    --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$target_dir"

# The official lists that the tests read, each behind the byte that picks its format (their order is that of `Format::ALL`).
with_format() { # N FILE...: copies into the corpus
    local number=$1 file
    shift
    for file in "$@"; do
        { printf "\\x$(printf %02x "$number")"; cat "tests/fixtures/lists/$file"; } > "fuzz/corpus/import/seed-$number-$file"
    done
}
seed() { # TARGET
    mkdir -p "fuzz/corpus/$1" "fuzz/artifacts/$1" "fuzz/seeds/$1"
    if [[ $1 == import ]]; then
        with_format 0 sdn.csv sdn.xml sdn-enhanced.xml
        with_format 1 uk-sanctions.csv uk-sanctions.xml uk-sanctions-2026.csv conlist.csv
        with_format 2 eu-fsf-1.1.csv eu-fsf-1.1.xml eu-fsf-prefixed.xml
        with_format 3 un-sc.xml un-sc-2026-09.xml
        with_format 4 world-bank.json world-bank.csv
        with_format 5 targets.simple.csv entities.ftm.json targets.nested.json
        with_format 6 uflpa.html uflpa.csv
        with_format 7 csl.csv
        with_format 8 own.csv
    fi
    if [[ $1 == csv ]]; then cp tests/fixtures/inputs/*.* fuzz/corpus/csv/; fi
}

failed=()
for target in "${targets[@]}"; do
    seed "$target"
    # A name or a cell shows all it has in some hundred bytes; the others are files. What `verify` prints is not wanted.
    length=16384 quiet=1
    case $target in
        names | compare) length=300 ;;
        fields | policy) length=2048 ;;
        report) quiet=3 ;;
    esac
    echo "== $target, $seconds s"
    nice -n 15 "$target_dir/$host/release/$target" -max_total_time="$seconds" -max_len="$length" -timeout=20 \
        -rss_limit_mb=2048 -close_fd_mask="$quiet" -print_final_stats=1 -artifact_prefix="fuzz/artifacts/$target/" \
        "fuzz/corpus/$target" "fuzz/seeds/$target" || failed+=("$target")
    rm -rf /dev/shm/wharfinger-fuzz-* "${TMPDIR:-/tmp}"/wharfinger-fuzz-*
done
if ((${#failed[@]})); then
    echo "failed: ${failed[*]}"
    exit 1
fi
echo "no target failed"
