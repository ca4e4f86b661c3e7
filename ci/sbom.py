#!/usr/bin/env python3
"""Writes what the program is built from as a CycloneDX 1.6 bill of materials, to standard output.

    ci/sbom.py [TARGET] > wharfinger.cdx.json

It lists what the lock file takes into a release build for TARGET (default: this machine's), without what only tests and
benches use, each crate with its licence and the SHA-256 of its package. Same lock file, same bytes: there is no time and no
random number in it. Needs cargo and the standard library; opens no connection.
"""
import json
import pathlib
import subprocess
import sys
import tomllib

root = pathlib.Path(__file__).resolve().parent.parent


def run(*command):
    return subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True).stdout


def host():
    return next(line.split()[1] for line in run("rustc", "-vV").splitlines() if line.startswith("host:"))


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


target = sys.argv[1] if len(sys.argv) > 1 else host()
metadata = json.loads(run("cargo", "metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", target))
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
lock = tomllib.loads((root / "Cargo.lock").read_text(encoding="utf-8"))
checksums = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}
main = next(package["id"] for package in metadata["packages"] if package["name"] == "wharfinger")

# What a build needs: normal and build dependencies, and theirs.
needs, found = {}, [main]
while found:
    package = found.pop()
    if package in needs:
        continue
    needs[package] = sorted(
        (d["pkg"] for d in nodes[package]["deps"] if any(k["kind"] in (None, "build") for k in d["dep_kinds"])),
        key=lambda needed: purl(packages[needed]),
    )
    found.extend(needs[package])


def component(package, kind):
    entry = {
        "type": kind,
        "bom-ref": purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": purl(package),
    }
    if package.get("license"):
        # Older crates put a slash where the expression has OR.
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if checksums.get((package["name"], package["version"])):
        entry["hashes"] = [{"alg": "SHA-256", "content": checksums[package["name"], package["version"]]}]
    return entry


parts = sorted((packages[one] for one in needs if one != main), key=purl)
bom = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "version": 1,
    "metadata": {
        "component": component(packages[main], "application"),
        "properties": [{"name": "target", "value": target}],
    },
    "components": [component(part, "library") for part in parts],
    "dependencies": [
        {"ref": purl(packages[one]), "dependsOn": [purl(packages[needed]) for needed in needs[one]]}
        for one in sorted(needs, key=lambda one: purl(packages[one]))
    ],
}
json.dump(bom, sys.stdout, indent=2, ensure_ascii=False)
print()
