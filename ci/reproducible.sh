#!/usr/bin/env bash
# Builds the release twice, from two copies of the sources in two folders, and compares the programs byte by byte.
#
#   ci/reproducible.sh [FOLDER]     FOLDER holds both copies and builds; default: a temporary one
#
# Prints the SHA-256 of each and ends with 1 where they differ. What a build can take from its surroundings is pinned: the lock
# file, the toolchain's version (rust-version in Cargo.toml), the paths (remapped), the date of the sources. Some minutes of work.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
registry=${CARGO_HOME:-$HOME/.cargo}
# Taken once: a commit that is made between the two builds must not get into the second.
commit=$(git -C "$root" rev-parse HEAD)

build() { # NAME N: copies the sources to FOLDER/NAME, builds them there, and keeps the program as wharfinger-N
    local copy=$folder/$1
    rm -rf "$copy"
    mkdir -p "$copy"
    git -C "$root" archive "$commit" | tar -x -C "$copy"
    (
        cd "$copy"
        export SOURCE_DATE_EPOCH=0 CARGO_INCREMENTAL=0 CARGO_TERM_COLOR=never
        export RUSTFLAGS="--remap-path-prefix=$copy=/wharfinger --remap-path-prefix=$registry=/cargo"
        cargo build --release --locked --quiet --target-dir "$copy/target"
    )
    cp "$copy/target/release/wharfinger" "$folder/wharfinger-$2"
    rm -rf "$copy"
}

build first 1
build second/in/a/longer/folder 2
sha256sum "$folder/wharfinger-1" "$folder/wharfinger-2"
cmp "$folder/wharfinger-1" "$folder/wharfinger-2"
echo "the two builds are one"
