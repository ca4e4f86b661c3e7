#!/usr/bin/env bash
# Screens files in a CI job and leaves every report that a forge can show. Its exit code is the program's.
#
# Set by the job, all but the first optional:
#   WHARFINGER_FILES       files to screen, one a line; shell patterns such as data/*.csv are expanded
#   WHARFINGER_FAIL_ON     flag to fail from: exclude, divest, due-diligence ... (default: the policy's)
#   WHARFINGER_KIND        suppliers, contracts, holdings (default: by the file's columns)
#   WHARFINGER_POLICY      policy file (default: wharfinger.toml where there is one)
#   WHARFINGER_DECISIONS   log of decisions
#   WHARFINGER_BASELINE    earlier JSON report: what stands since then does not fail the job
#   WHARFINGER_WATCHLISTS  list files or folders, one a line, added to the bundled ones
#   WHARFINGER_LISTS       only these lists, by short name, one a line (default: all)
#   WHARFINGER_AS_OF       the day to judge by (default: today)
#   WHARFINGER_OUT         folder for the reports (default: wharfinger-report)
#   WHARFINGER             the program (default: wharfinger, found on the path)
set -uo pipefail
shopt -s nullglob globstar
# Names may hold blanks: nothing is split at them.
IFS=

out=${WHARFINGER_OUT:-wharfinger-report}
mkdir -p "$out" || exit 2

args=(screen --no-progress)
while read -r pattern; do
    [ -n "$pattern" ] || continue
    # Unquoted on purpose: patterns are expanded.
    matches=($pattern)
    # What matches nothing is handed on as it stands, so that the program says what is missing.
    [ ${#matches[@]} -gt 0 ] || matches=("$pattern")
    args+=("${matches[@]}")
done <<<"${WHARFINGER_FILES:?names no file to screen}"

option() { [ -z "$2" ] || args+=("$1" "$2"); }
option --fail-on "${WHARFINGER_FAIL_ON:-}"
option --kind "${WHARFINGER_KIND:-}"
option --policy "${WHARFINGER_POLICY:-}"
option --decisions "${WHARFINGER_DECISIONS:-}"
option --baseline "${WHARFINGER_BASELINE:-}"
option --as-of "${WHARFINGER_AS_OF:-}"
each() { while read -r value; do option "$1" "$value"; done <<<"$2"; }
each --watchlists "${WHARFINGER_WATCHLISTS:-}"
each --list "${WHARFINGER_LISTS:-}"

"${WHARFINGER:-wharfinger}" "${args[@]}" --format none \
    -o "$out/wharfinger.json" -o "$out/wharfinger.sarif" -o "$out/wharfinger.xml" -o "$out/wharfinger.md"
code=$?

# GitHub shows what is appended to this file on the page of the run.
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$out/wharfinger.md" ]; then
    cat "$out/wharfinger.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
