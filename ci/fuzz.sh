#!/bin/sh
# Runs every fuzz target for a minute (or for the seconds given). Needs a nightly toolchain and cargo-fuzz:
# rustup toolchain install nightly && cargo install cargo-fuzz
set -eu
cd "$(dirname "$0")/.."
for target in csv workbook ocds; do
    cargo +nightly fuzz run "$target" -- -max_total_time="${1:-60}" -max_len=65536
done
