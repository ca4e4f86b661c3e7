#!/bin/sh
# Runs every fuzz target for a minute (or for the seconds given), at low priority. Any toolchain will do: the coverage
# that libFuzzer needs is asked of LLVM directly, as cargo-fuzz asks for it, but without its sanitizers, which only
# a nightly compiler has. A C++ compiler builds libFuzzer itself.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-60}"
host="$(rustc -vV | sed -n 's/^host: //p')"
target_dir="${CARGO_TARGET_DIR:-target}/fuzz"
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
coverage="$coverage -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
# With a target named, build scripts and macros stay without coverage.
RUSTFLAGS="$coverage -Cdebug-assertions -Coverflow-checks" nice -n 15 cargo build --release --locked \
    --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$target_dir"
for target in csv workbook ocds; do
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    nice -n 15 "$target_dir/$host/release/$target" -max_total_time="$seconds" -max_len=65536 -timeout=20 \
        -artifact_prefix="fuzz/artifacts/$target/" "fuzz/corpus/$target" tests/fixtures/inputs
done
