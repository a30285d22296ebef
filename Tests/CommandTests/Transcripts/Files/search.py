"""Plants personal values and looks for them, in UTF-8, UTF-16 and base64, in every byte of files.

search.py plant            writes people.ndjson and calls.csv, with 1,000 names, phones, addresses
search.py look PATH ...    prints how many of them stand in the files, and says in which
search.py key OWNER        prints the wrapped key of an owner as it stands in book/keys/data.mdb
search.py bytes HEX PATH   prints how many files have any 16 of these bytes in a row
"""
import base64, json, os, sys

COUNT = 1000
planted = [
    (f"Zahira{i:04d} Quillfeather", f"98{i:04d}7351", f"{i:04d} Marigold Terrace") for i in range(COUNT)
]


def event(name, at, body, kind="party", subject=None, n=0):
    return json.dumps({
        "event_id": f"{name}-{at}-{n}", "type": name, "v": 1,
        "subject": {"kind": kind, "id": subject or f"P-{at}"},
        "occurred_at": "2026-01-05T10:00:00+05:30", "actor": {"id": "crm"}, "body": body})


def plant():
    with open("people.ndjson", "w") as out:
        for at, (name, phone, address) in enumerate(planted):
            out.write(event("party.onboarded", at, {
                "party_kind": "person", "roles": ["customer"], "name": name}) + "\n")
            for n, (kind, value) in enumerate([("phone", phone), ("postal", address)]):
                out.write(event("party.contact_point_added", at, {
                    "contact_point": f"P-{at}/{n}", "kind": kind, "address": value}, n=n) + "\n")
            if at % 100 == 7:  # refused: a property that is not there, and a line that is no JSON
                out.write(event("party.onboarded", at, {
                    "party_kind": "person", "roles": [], "name": name, "nick": phone}, n=9) + "\n")
                out.write('{"type":"party.onboarded","name":"' + name + "\n")
    with open("calls.csv", "w") as out:
        out.write("loan,when,who,mobile,met,memo\n")
        for at, (name, phone, address) in enumerate(planted):
            when = "yesterday" if at % 50 == 3 else "2026-01-06T10:00:00+05:30"
            out.write(f"LN-{at},{when},P-{at},{phone},{name},{address}\n")


def encodings(text):
    yield text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + text.encode())
        coded = coded[4 if shift else 0:].rstrip(b"=")[:-1]
        yield coded
        yield coded.translate(bytes.maketrans(b"+/", b"-_"))


def needles():
    table = {}
    for values in planted:
        for value in values:
            for coded in encodings(value):
                table.setdefault(coded[:8], set()).add((coded, value))
    return table


def files(paths):
    for path in paths:
        if os.path.isdir(path):
            for folder, _, names in os.walk(path):
                for name in names:
                    yield os.path.join(folder, name)
        else:
            yield path


def look(paths):
    table, found, where = needles(), set(), set()
    for path in files(paths):
        data = open(path, "rb").read()
        for at in range(len(data) - 7):
            for coded, value in table.get(data[at:at + 8], ()):
                if data.startswith(coded, at):
                    found.add(value)
                    where.add(path)
    print(len(found), "of", 3 * COUNT, "found", *sorted(where))


def key(owner):
    data = open("book/keys/data.mdb", "rb").read()
    mark = owner.encode() + b"\x01"
    at = data.rindex(mark) + len(mark)
    print(data[at:at + 92].hex())


def count(text, paths):
    wanted = bytes.fromhex(text)
    parts = {wanted[at:at + 16] for at in range(len(wanted) - 15)}
    found = 0
    for path in files(paths):
        data = open(path, "rb").read()
        found += any(part in data for part in parts)
    print(found)


verb, words = sys.argv[1], sys.argv[2:]
{"plant": lambda: plant(), "look": lambda: look(words), "key": lambda: key(words[0]),
 "bytes": lambda: count(words[0], words[1:])}[verb]()
