#!/usr/bin/env python3
"""Prints peak memory, processor time and rows a second of `screen - --no-merge` for growing numbers of rows.

    scripts/stream_memory.py target/release/wharfinger LEDGER.csv LIST.csv [ROWS...]

The rows of the ledger (as benches/tools writes it) are repeated until there are enough; nothing is held here either.
Fails where ten times the rows take half as much memory again.
"""

import os
import subprocess
import sys


def run(program: str, ledger: str, names: str, rows: int) -> tuple[int, float]:
    """Peak KiB and processor seconds of one stream."""
    child = subprocess.Popen(
        [program, "screen", "-", "--no-merge", "--quiet", "--no-bundled", "--watchlists", names, "--as-of", "2026-11-24"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    with open(ledger, "rb") as file:
        child.stdin.write(file.readline())
        left = rows
        start = file.tell()
        while left > 0:
            line = file.readline()
            if not line:
                file.seek(start)
                continue
            child.stdin.write(line)
            left -= 1
    child.stdin.close()
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"the program ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_maxrss, used.ru_utime + used.ru_stime


def main() -> None:
    program, ledger, names = sys.argv[1:4]
    sizes = [int(size) for size in sys.argv[4:]] or [100_000, 1_000_000]
    peaks = []
    for rows in sizes:
        peak, cpu = run(program, ledger, names, rows)
        peaks.append(peak)
        print(f"{rows:>10} rows: peak {peak / 1024:.0f} MiB, {cpu:.2f} s of processor time, {rows / cpu:,.0f} rows a second")
    if max(peaks) > 1.5 * peaks[0]:
        sys.exit("memory grows with rows")


if __name__ == "__main__":
    main()
