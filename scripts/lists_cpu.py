#!/usr/bin/env python3
"""Processor time that lists take to be ready, in milliseconds: user and system time of a whole run of the program.

    scripts/lists_cpu.py PROGRAM [LIST.csv ...]

Without a list the bundled ones are read. `one entry` is the program's own start, to be taken off the others. The best of 15 runs is
given: the one that other work on the machine has disturbed least.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15


def milliseconds(command: list[str]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best * 1000


def main() -> None:
    program, *lists = sys.argv[1:]
    search = [program, "watchlists", "search", "no such text"]
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.csv")
        one.write_text("name\nKrastiva\n")
        for what, more in [
            ("one entry", ["--no-bundled", "--watchlists", str(one)]),
            ("bundled", []),
            *[(path, ["--no-bundled", "--watchlists", path]) for path in lists],
        ]:
            print(f"{milliseconds(search + more):8.1f} ms  {what}")


main()
