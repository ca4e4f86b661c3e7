#!/usr/bin/env python3
"""How many files that are no list of suppliers are read as one, and so cleared.

    scripts/wrong_files.py PROGRAM [FOLDER...]      default: what a Linux system has of settings, licences, manuals and programs

Every file of at most 3 MB in these folders (and one folder below), at most 260 of each, picked by a fixed seed, is screened. Prints each
that was read, and what was taken for its names; whether it is a list after all is for the reader to say. Standard library only.
"""
import concurrent.futures, glob, json, os, random, subprocess, sys

FOLDERS = ["/etc", "/usr/share/doc", "/usr/share/common-licenses", "/usr/lib/python3*", "/usr/share/perl", "/usr/include", "/var/log", "/var/lib/dpkg"]
MOST, LARGEST = 260, 3_000_000


def files(folders):
    for folder in folders:
        found = sorted(path for pattern in ("/*", "/*/*") for path in glob.glob(folder + pattern))
        found = [path for path in found if os.path.isfile(path) and os.access(path, os.R_OK) and 0 < os.path.getsize(path) <= LARGEST]
        yield from sorted(random.Random(1).sample(found, min(MOST, len(found))))


def screened(path):
    run = subprocess.run([program, "screen", path, "--format", "json", "--quiet"], capture_output=True, check=False)
    if run.returncode == 4:
        return path, None
    columns = [read["columns"].get("name") for read in json.loads(run.stdout)["run"]["inputs"]] if run.stdout else run.stderr
    return path, f"exit {run.returncode}, names in {columns}"


program = sys.argv[1]
paths = list(files(sys.argv[2:] or FOLDERS))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    read = [(path, said) for path, said in pool.map(screened, paths) if said]
for path, said in read:
    print(f"{path}: {said}")
print(f"{len(read)} of {len(paths)} files were read as lists, all others refused")
