#!/usr/bin/env python3
"""The rebuild of an aging in DuckDB, beside ours: the same question of the same dues and payments.

    rebuild.py prep sim.ndjson      writes flat.ndjson (opened, dues, payments; no instructions) for our
                                    ledger, and rebuild.duckdb with the same as a table
    rebuild.py duck AS_OF THREADS   asks for the sums by bucket five times; median processor time

Without instructions, reversals, charges and holds the oldest unpaid due is the first whose running sum
is above what was paid, which a window function finds. This flatters SQL: a true aging has all of them.
"""

import json
import os
import sys
import time

import duckdb

BANDS = [("current", 0, 0), ("1-45", 1, 45), ("46-90", 46, 90), ("90+", 91, 10**6)]
SQL = """
WITH d AS (SELECT account, day, amount, sum(amount) OVER (PARTITION BY account ORDER BY day, seq) AS run
           FROM events WHERE type = 2 AND day <= DATE '{day}'),
     p AS (SELECT account, sum(amount) AS paid FROM events WHERE type = 3 AND day <= DATE '{day}'
           GROUP BY account),
     a AS (SELECT d.account, min(CASE WHEN run > coalesce(paid, 0) THEN day END) AS oldest,
                  greatest(0, max(run) - max(coalesce(paid, 0))) AS overdue
           FROM d LEFT JOIN p USING (account) GROUP BY d.account),
     b AS (SELECT CASE WHEN oldest IS NULL THEN 0 ELSE DATE '{day}' - oldest + 1 END AS dpd, overdue
           FROM a)
SELECT CASE WHEN dpd = 0 THEN 'current' WHEN dpd <= 45 THEN '1-45' WHEN dpd <= 90 THEN '46-90'
       ELSE '90+' END AS bucket, count(*), sum(overdue) FROM b GROUP BY 1
"""


def prep(path: str):
    """Keeps what both can reckon, for both."""
    rows = []
    with open(path) as source, open("flat.ndjson", "w") as flat:
        first = source.readline()
        if '"event_id"' in first:
            source.seek(0)
        for line in source:
            event = json.loads(line)
            kind = {"account.opened": 1, "due.raised": 2, "payment.received": 3}.get(event.get("type"))
            if kind is None:
                continue
            event["body"].pop("instructions", None)
            event.pop("seq", None)
            flat.write(json.dumps(event, separators=(",", ":"), ensure_ascii=False) + "\n")
            body = event["body"]
            day = body.get("due_date") or event.get("value_date") or event["occurred_at"][:10]
            amount = body.get("amount", {}).get("minor", 0)
            rows.append((len(rows) + 1, event["subject"]["id"], kind, day, amount))
    with open("flat.csv", "w") as out:
        out.writelines(",".join(map(str, row)) + "\n" for row in rows)
    if os.path.exists("rebuild.duckdb"):
        os.remove("rebuild.duckdb")
    book = duckdb.connect("rebuild.duckdb")
    book.execute("""CREATE TABLE events AS SELECT * FROM read_csv('flat.csv', header=false, columns={
        'seq': 'BIGINT', 'account': 'VARCHAR', 'type': 'TINYINT', 'day': 'DATE', 'amount': 'BIGINT'})""")
    # Numbers instead of ids, as our headers have them.
    book.execute("""CREATE TABLE numbered AS SELECT seq, dense_rank() OVER (ORDER BY account)::INTEGER
        AS account, type, day, amount FROM events ORDER BY seq""")
    book.execute("DROP TABLE events")
    book.execute("ALTER TABLE numbered RENAME TO events")
    book.execute("CHECKPOINT")
    print(f"events={len(rows)}")


def duck(day: str, threads: int):
    """Asks, and says how fast and what."""
    book = duckdb.connect("rebuild.duckdb", read_only=True)
    book.execute(f"SET threads={threads}")
    count = book.execute("SELECT count(*) FROM events").fetchone()[0]
    times, rows = [], []
    for _ in range(5):
        begun = sum(os.times()[:2])
        wall = time.perf_counter()
        rows = book.execute(SQL.format(day=day)).fetchall()
        times.append((sum(os.times()[:2]) - begun, time.perf_counter() - wall))
    cpu = sorted(item[0] for item in times)[2]
    # Sums weighed by the length of the bucket's name: one number for the whole answer.
    digest = sum(int(total) * len(bucket) for bucket, _, total in rows)
    print(f"rate={count / cpu:.0f} digest={digest}")
    print(rows, file=sys.stderr)


if sys.argv[1] == "prep":
    prep(sys.argv[2])
else:
    duck(sys.argv[2], int(sys.argv[3]))
