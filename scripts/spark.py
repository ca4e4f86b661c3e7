#!/usr/bin/env python3
"""Screens a ledger in the partitions of a local Spark, and checks that they find what one run over the whole file finds.

    python3 -m venv /tmp/spark && /tmp/spark/bin/pip install pyspark        # needs Java 17
    /tmp/spark/bin/python scripts/spark.py target/release/wharfinger [ROWS]

The lines that matter are those of docs/clusters.md. It also shows what they guard against: a program that fails in one
partition ends the job.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PARTITIONS = 8
LISTED = ["Hoshine Silicon Industry Co Ltd", "Xinjiang Zhongtai Chemical", "Elbit Systems", "Hetian Haolin Hair Accessories"]
PLAIN = ["Pellworth Kerb & Paving {} Ltd", "Tessaryk {} Care Homes plc", "Orrinmoor {} Services", "J Ruddlecombe & Sons {}"]


def ledger(path: Path, rows: int) -> None:
    """Rows of some thousand names, some of them listed, with line ends, quotation marks and empty cells."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Row", "Supplier", "Paid", "Country", "Narrative"])
        for row in range(rows):
            name = LISTED[row % 4] if row % 25 == 0 else PLAIN[row % 4].format(row % 1_009)
            out.writerow([row, name, f"{row % 977}.50", ["", "CN", "GB"][row % 3], 'paid\nas "agreed"' if row % 7 else ""])


def facts(lines) -> list:
    """What a finding says, but for where its row stands in its stream."""
    found = []
    for line in lines:
        finding = json.loads(line)
        finding["finding_id"] = finding["finding_id"].split(".")[0]
        for place in ["source_file", "source_row"]:
            del finding[place]
        del finding["subject"]["first"], finding["subject"]["spellings"]
        found.append(json.dumps(finding, sort_keys=True))
    return sorted(found)


def main() -> int:
    program, rows = str(Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    from pyspark.sql import SparkSession

    options = "--as-of 2026-11-24 --map name=Supplier --map id=Row --map amount=Paid --map country=Country --kind suppliers"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        ledger(path, rows)
        whole = subprocess.run(
            [program, "screen", str(path), "--no-merge", "--quiet", "--format", "jsonl", *options.split()],
            check=True, stdout=subprocess.PIPE, text=True)
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
        spark.sparkContext.setLogLevel("FATAL")
        # Seven partitions with rows, and one without.
        table = spark.read.csv(str(path), header=True, multiLine=True, escape='"').repartition(PARTITIONS - 1)
        rows_of_json = table.selectExpr("to_json(struct(*))").rdd.map(lambda row: row[0]).union(spark.sparkContext.parallelize([], 1))
        found = rows_of_json.pipe(
            f"{program} screen - --no-merge --allow-empty --quiet {options}", checkCode=True)
        parts = found.glom().collect()
        ours, theirs = facts(line for part in parts for line in part), facts(whole.stdout.splitlines())
        print(f"{rows} rows, {len(parts)} partitions with {[len(part) for part in parts]} findings, one run with {len(theirs)}")
        joined = spark.read.json(found).selectExpr("subject_id as Row", "entry_id").join(table, "Row").count()
        print(f"{joined} findings join back to their rows")
        try:
            rows_of_json.pipe(f"{program} screen - --no-merge --quiet {options}", checkCode=True).collect()
            failed = False
        except Exception:  # noqa: BLE001  Spark has many for one cause
            failed = True
        print(f"without --allow-empty the empty partition ends the job: {failed}")
        spark.stop()
    good = ours == theirs and len(theirs) > 0 and joined == len(theirs) and failed
    print("the same findings" if good else "NOT the same findings")
    return 0 if good else 1


if __name__ == "__main__":
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    sys.exit(main())
