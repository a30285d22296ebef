#!/usr/bin/env python3
"""Opens the spreadsheets of `arrears` with somebody else's reader, `openpyxl`, and lets `arrears`
import what `openpyxl` wrote.

Every table is asked twice, as CSV and as a spreadsheet, and each cell must say the same: sums and
counts as numbers, days as days, texts as texts that never are formulas, the row of names frozen,
provenance on a second sheet with the digest of the CSV. With --rows N a table of N rows is timed.
The package is installed under .build-venv when it is missing. Exits 1 when anything disagrees.

  tools/sheets.py [--program PATH] [--rows N]
"""

import argparse
import csv
import datetime
import decimal
import hashlib
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / ".build-venv" / "sheets"
PACKAGES = ["openpyxl==3.1.5"]
FILES = ROOT / "Tests" / "CommandTests" / "Transcripts" / "Files"
PROBLEMS = []


def install():
    """Puts the package under .build-venv/sheets unless it is there."""
    stamp = SITE / "packages.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(PACKAGES):
        SITE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target",
                        str(SITE), *PACKAGES], check=True)
        stamp.write_text("\n".join(PACKAGES))
    sys.path.insert(0, str(SITE))


def expect(truth, sentence):
    if not truth:
        PROBLEMS.append(sentence)
        print(f"NO: {sentence}", file=sys.stderr)


class Ledger:
    """A ledger in a temporary folder and the program that keeps it."""

    def __init__(self, program, folder):
        self.program, self.folder, self.asked = program, folder, 0
        self.run("init", "book", "--zone", "Asia/Kolkata", "--currency", "INR")

    def run(self, *words, status=0):
        done = subprocess.run([self.program, *words], cwd=self.folder, capture_output=True,
                              env={**os.environ, "ARREARS_LEDGER": "book"})
        # 1 says that the table has findings.
        expect(done.returncode in ((0, 1) if words[0] == "show" and not status else (status,)),
               f"{words} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout


def plain(cell, text):
    """What a cell of the spreadsheet says, in the form of the CSV's `text`."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        places = len(cell.number_format.split(".")[1]) if "." in cell.number_format else 0
        return str(decimal.Decimal(repr(value)).quantize(decimal.Decimal(1).scaleb(-places)))
    return value.replace("\r\n", "\n")


def same(ledger, *words):
    """Asks for a table twice and compares every cell."""
    import openpyxl
    table = ledger.run(*words, "--format", "csv")
    ledger.asked += 1
    name = Path(ledger.folder) / f"{ledger.asked}.xlsx"
    ledger.run(*words, "--format", "xlsx", "--out", str(name))
    piped = ledger.run(*words, "--format", "xlsx")
    expect(piped == name.read_bytes(), f"{words}: the file and the pipe have other bytes")
    book = openpyxl.load_workbook(name)
    says = json.loads(ledger.run(*words, "--format", "json")).get("definitions", {})
    names = ["Answer", "Provenance"] + (["Definitions"] if says else [])
    expect(book.sheetnames == names, f"{words}: sheets {book.sheetnames}")
    if says:
        means = dict(list(book["Definitions"].iter_rows(values_only=True))[1:])
        expect(means == says, f"{words}: definitions differ from those of JSON")
    sheet = book["Answer"]
    expect(sheet.freeze_panes == "A2", f"{words}: the row of names is not frozen")
    rows = list(csv.reader(io.StringIO(table.decode())))
    found = list(sheet.iter_rows())
    expect(len(rows) == len(found), f"{words}: {len(rows)} rows in CSV, {len(found)} in the sheet")
    for row, cells in zip(rows, found):
        for text, cell in zip(row, cells):
            expect(cell.data_type != "f", f"{words}: {cell.coordinate} is a formula")
            says = plain(cell, text)
            expect(says == text, f"{words}: {cell.coordinate} says {says!r}, the CSV {text!r}")
    about = dict(list(book["Provenance"].iter_rows(values_only=True))[1:])
    digest = "sha256 " + hashlib.sha256(table).hexdigest()
    expect(about.get("digest") == digest, f"{words}: the digest is {about.get('digest')}")
    return sheet


def outward(ledger):
    """What the program writes."""
    for name in ("desk", "loans", "papers", "targets"):
        ledger.run("import", str(FILES / f"{name}.ndjson"))
    day = ("--as-of", "2026-04-21")
    for words in (("aging", "--by", "account"), ("aging",), ("pdc", "--all"), ("targets",),
                  ("promises", "--form", "book"), ("control",), ("anomalies",), ("contacts",),
                  ("disputes",), ("bounces",), ("allocations",), ("reports",), ("mis",),
                  ("mis", "--by", "bucket"), ("receivables",), ("roll",), ("vintage",), ("pattern",),
                  ("reasons",), ("credit", "--all"), ("advice",)):
        same(ledger, "show", *words, *day)
    # Names that a spreadsheet would take for formulas, sums beyond its fifteen digits, other digits.
    lines = []
    for number, (account, minor, code) in enumerate([
            ("=HYPERLINK(\"http://x\")", 100, "INR"), ("+1+1", 999_999_999_999_999, "INR"),
            ("-1", 1_000_000_000_000_000, "INR"), ("@SUM(A1)", 9_223_372_036_854_775_807, "INR"),
            ("0004101", 1234, "KWD"), ("1E5", 77, "JPY")]):
        account = account.replace('"', '\\"')
        lines.append(
            f'{{"event_id":"odd-{number}","type":"due.raised","v":1,'
            f'"subject":{{"kind":"account","id":"{account}"}},'
            f'"occurred_at":"2026-03-01T10:00:00+05:30","actor":{{"id":"u1"}},'
            f'"body":{{"due":"d{number}","kind":"demand","due_date":"2026-03-31",'
            f'"amount":{{"minor":{minor},"currency":"{code}"}}}}}}\n')
    (Path(ledger.folder) / "odd.ndjson").write_text("".join(lines))
    ledger.run("import", "odd.ndjson")
    sheet = same(ledger, "show", "aging", "--by", "account", *day)
    column = {cell.value: cell.column - 1 for cell in sheet[1]}
    kinds = {row[0].value: row[column["overdue"]].data_type for row in sheet.iter_rows(min_row=2)}
    expect(kinds.get("+1+1") == "n", "a sum of fifteen digits is no number")
    expect(kinds.get("-1") == "s" or kinds.get("-1") == "inlineStr",
           f"a sum of sixteen digits is {kinds.get('-1')}")
    ledger.run("show", "aging", "--format", "xlsx", "--out", "book", status=2)


def inward(ledger):
    """What the program reads of a spreadsheet that another program wrote."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    mapping = Path(ledger.folder) / "map.yaml"
    mapping.write_text(
        'case: account\ngrouping: ","\noccurred_at: "{paid_on}"\nactor: desk\n'
        "columns: {paid_on: date DD-MM-YYYY, amount: money}\n"
        "events:\n  - type: payment.received\n"
        '    body: {payment: "{no}", amount: "{amount}", mode: cash}\n')
    day = datetime.date(2026, 4, 5)
    for epoch in (None, CALENDAR_MAC_1904):
        book = openpyxl.Workbook()
        if epoch:
            book.epoch = epoch
        sheet = book.active
        prefix = "n" if epoch else "m"
        sheet.append(["no", "account", "paid_on", "amount"])
        sheet.append([f"{prefix}1", "S1", day, 1234567.89])
        sheet.append([f"{prefix}2", "S2", "05-04-2026", "12,34,567.89"])
        sheet.append([f"{prefix}3", "S3", day, "=1+1"])
        sheet.append([f"{prefix}4", "S4", day, 4])
        sheet.append([f"{prefix}5", "S5", day, 5])
        sheet.merge_cells("A5:B5")
        sheet.row_dimensions[6].hidden = True
        name = f"{prefix}.xlsx"
        book.save(Path(ledger.folder) / name)
        ledger.run("import", name, "--map", "map.yaml", status=1)
        rejects = (Path(ledger.folder) / (name + ".rejects")).read_text().splitlines()[1:]
        rules = [row[:2] for row in csv.reader(rejects)]
        expect(rules == [["4", "xlsx.formula"], ["5", "xlsx.merged"], ["6", "xlsx.hidden"]],
               f"{name}: refused {rules}")
    out = ledger.run("trail", "S1", "--format", "csv", "--columns", "value_date,what").decode()
    expect(out.count("2026-04-05") == 2 and out.count("1234567.89") == 2, f"S1 has {out}")


def filled(ledger):
    """A template that somebody fills in another program, zeros in front and all."""
    import openpyxl
    for name, row in (
            ("receipts", ["0004109", "T1", datetime.date(2026, 4, 5), 1234567.89, "cash", None, "asha"]),
            ("cheques", ["T1", "400240002", "000123", datetime.date(2026, 5, 5), 12500, "post_dated",
                         datetime.date(2026, 4, 5), "vault-1"]),
            ("contacts", ["T1", datetime.datetime(2026, 4, 5, 10, 15), "asha", "call"])):
        path = Path(ledger.folder) / f"template-{name}.xlsx"
        ledger.run("template", name, "--format", "xlsx", "--out", str(path))
        book = openpyxl.load_workbook(path)
        sheet = book.active
        expect(sheet.freeze_panes == "A2", f"{name}: the names are not frozen")
        expect(sheet.column_dimensions["A"].width > 5, f"{name}: no width")
        sheet.append(row)
        book.save(path)
        said = ledger.run("import", str(path), "--template", name).decode()
        expect(said.startswith("1 rows read, 1 events stored"), f"{name}: {said}")
    out = ledger.run("trail", "T1", "--format", "csv", "--columns", "event,what").decode()
    for part in ("receipt_no=0004109", "1234567.89", "number=000123", "channel=call"):
        expect(part in out, f"T1 lacks {part}: {out}")


def timed(program, folder, count):
    """A table of so many rows, its time and its memory."""
    import openpyxl
    ledger = Ledger(program, folder)
    with open(Path(folder) / "many.csv", "w") as out:
        out.write("account,due,amount\n")
        for number in range(count):
            out.write(f"LN-{number:07},2026-{number % 12 + 1:02}-15,{number % 90000 + 1}.{number % 100:02}\n")
    (Path(folder) / "many.yaml").write_text(
        'case: account\noccurred_at: 2026-01-01\nactor: desk\n'
        "columns: {due: date YYYY-MM-DD, amount: money}\nevents:\n  - type: due.raised\n"
        '    body: {due: "{account}-1", kind: demand, due_date: "{due}", amount: "{amount}"}\n')
    ledger.run("import", "many.csv", "--map", "many.yaml")
    words = ("show", "aging", "--by", "account", "--as-of", "2026-12-31")
    figures = []
    for form in ("csv", "xlsx"):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        script = ("import resource,subprocess,sys;"
                  "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        memory = subprocess.run(
            [sys.executable, "-c", script, program, *words, "--format", form, "--out",
             f"answer.{form}"], cwd=folder, capture_output=True, check=True,
            env={**os.environ, "ARREARS_LEDGER": "book"}).stdout
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        work = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        figures.append((form, time.monotonic() - start, work, int(memory) / 1024))
    book = openpyxl.load_workbook(Path(folder) / "answer.xlsx", read_only=True)
    rows = sum(1 for _ in book["Answer"].iter_rows()) - 1
    expect(rows == count, f"{rows} rows of {count}")
    for form, wall, work, memory in figures:
        print(f"{form}: {count} rows in {wall:.2f} s ({work:.2f} s of processor), {memory:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / ".build" / "debug" / "arrears"))
    parser.add_argument("--rows", type=int, default=0)
    given = parser.parse_args()
    install()
    with tempfile.TemporaryDirectory() as folder:
        if given.rows:
            timed(given.program, folder, given.rows)
        else:
            ledger = Ledger(given.program, folder)
            outward(ledger)
            inward(ledger)
            filled(ledger)
            print(f"spreadsheets held against openpyxl, {len(PROBLEMS)} problems")
    return 1 if PROBLEMS else 0


if __name__ == "__main__":
    sys.exit(main())
