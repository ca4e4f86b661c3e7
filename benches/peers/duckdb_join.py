#!/usr/bin/env python3
"""Screens a ledger against a list as DuckDB's users do: block on rare words, then Jaro-Winkler.

    duckdb_join.py LIST.csv LEDGER.csv [THREADS]

Prints how many pairs reach 0.85. A word is rare when fewer than 100 listed names hold it. Needs `pip install duckdb`.
"""
import sys

import duckdb

listed, ledger = sys.argv[1:3]
db = duckdb.connect()
if len(sys.argv) > 3:
    db.execute(f"SET threads = {int(sys.argv[3])}")
db.execute(
    """
    CREATE TABLE l AS SELECT row_number() OVER () AS id, lower(name) AS name FROM read_csv(?, header = true, all_varchar = true);
    """,
    [listed],
)
db.execute(
    """
    CREATE TABLE s AS SELECT row_number() OVER () AS id, name FROM (
        SELECT DISTINCT lower("Supplier Name") AS name FROM read_csv(?, header = true, all_varchar = true));
    """,
    [ledger],
)
for side in "ls":
    db.execute(
        f"""CREATE TABLE {side}_words AS SELECT DISTINCT id, word FROM (
            SELECT id, unnest(regexp_split_to_array(name, '[^\\p{{L}}\\p{{N}}]+')) AS word FROM {side}) WHERE length(word) > 1;"""
    )
db.execute("CREATE TABLE rare AS SELECT word FROM l_words GROUP BY word HAVING count(*) < 100;")
found = db.execute(
    """
    SELECT count(*) FROM (
        SELECT DISTINCT s_words.id AS s, l_words.id AS l FROM s_words JOIN rare USING (word) JOIN l_words USING (word))
    JOIN s ON s.id = s JOIN l ON l.id = l
    WHERE jaro_winkler_similarity(s.name, l.name) >= 0.85;
    """
).fetchone()[0]
print(f"{found} pairs")
