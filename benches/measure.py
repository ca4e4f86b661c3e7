#!/usr/bin/env python3
"""Runs a command and appends a line to a file: NAME, wall seconds, processor seconds, peak KiB.

    measure.py TIMES.tsv NAME COMMAND...

Standard output and error of the command go through. Times are exact to a millisecond, which GNU time's are not. Its exit code is the
command's. Standard library only.
"""
import os
import subprocess
import sys
import time

times, name, *command = sys.argv[1:]
start = time.perf_counter()
child = subprocess.Popen(command)
_, status, used = os.wait4(child.pid, 0)
wall = time.perf_counter() - start
with open(times, "a", encoding="utf-8") as file:
    print(name, f"{wall:.4f}", f"{used.ru_utime + used.ru_stime:.4f}", used.ru_maxrss, file=file)
sys.exit(os.waitstatus_to_exitcode(status))
