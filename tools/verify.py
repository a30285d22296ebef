#!/usr/bin/env python3
"""A second opinion on a ledger: plain Python, nothing installed, none of Arrears' own code.

  verify.py tiles FOLDER [--key PUBLIC] [--control FILE.csv] [--balances FILE.csv]
      reads what `arrears export --tiles` or `arrears ship` wrote: hashes every entry, compares
      every tile and the root, checks the signature, the order, every trail's chain and end, and
      adds up sums by event and currency, and the balances of accounts; records of redactions and
      the access log are held against what the key signed
  verify.py proof FILE [--key PUBLIC] [--old CHECKPOINT]
      checks what `arrears prove inclusion|consistency|trail` wrote; of an event without its content
      also that its act vouches for what is left, signed where it must be
  verify.py export FILE.ndjson FOLDER
      compares an NDJSON export with the tiles, event by event

PUBLIC is the line that `arrears key FILE` shows, or a file with it. --control takes what
`arrears show control --format csv` says, --balances `arrears show aging --by account --format csv
--as-of 9999-12-31`; both are compared. Exit status 0 when everything agrees, 1 with findings, 2 for
wrong use.
"""
import base64, csv, hashlib, json, os, struct, sys

# --- The tree of RFC 6962 -------------------------------------------------------------------------

EMPTY = hashlib.sha256(b"").digest()


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Edge:
    """Hashes of perfect subtrees, the largest first: enough for a root."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, hash):
        rest = self.size
        while rest & 1:
            hash, rest = node(self.peaks.pop(), hash), rest >> 1
        self.peaks.append(hash)
        self.size += 1

    def root(self):
        if not self.peaks:
            return EMPTY
        hash = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            hash = node(peak, hash)
        return hash


def root_of(hashes):
    edge = Edge()
    for hash in hashes:
        edge.add(hash)
    return edge.root()


def included(hash, index, size, path, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    at, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash = node(step, hash)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hash = node(hash, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hash == root


def consistent(old, old_root, new, new_root, proof):
    """RFC 9162, section 2.1.4.2."""
    if old > new:
        return False
    if old == new:
        return old_root == new_root and not proof
    if old == 0:
        return not proof
    proof = list(proof)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = proof[0]
    for step in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node(step, first), node(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


# --- Ed25519 (RFC 8032, section 5.1), checking only --------------------------------------------------

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return (x * y % P, z * t % P, y * z % P, x * t % P)


def point_times(scalar, point):
    sum = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            sum = point_add(sum, point)
        point, scalar = point_add(point, point), scalar >> 1
    return sum


def point_read(bytes):
    y = int.from_bytes(bytes, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def signed(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_read(public), point_read(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    base = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    left, right = point_times(s, base), point_add(r, point_times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


# --- Notes and checkpoints (C2SP signed-note, tlog-checkpoint) ---------------------------------------


class Trouble(Exception):
    """A sentence for the person who asked."""


def unbase64(text):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Trouble(f"“{text[:40]}” is not base64.")


def public_key(text):
    if "+" not in text:
        try:
            text = open(text, encoding="utf-8").readline()
        except OSError as error:
            raise Trouble(f"{text} cannot be read: {error.strerror}.")
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise Trouble(f"“{text.strip()}” is no public key.")
    name, id, key = parts[0], parts[1], unbase64(parts[2])
    if key[:1] != b"\1" or hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != id:
        raise Trouble(f"“{text.strip()}” is no Ed25519 key of a signed note.")
    return name, bytes.fromhex(id), key[1:]


class Point:
    """What a checkpoint says; `behind` is the entry behind which redactions must be signed."""

    def __init__(self, lines, where):
        words = dict(line.split(" ", 1) for line in lines[3:] if " " in line)
        if not lines[1].isdigit():
            raise Trouble(f"{where}: its second line is no size.")
        self.origin, self.size, self.root = lines[0], int(lines[1]), unbase64(lines[2])
        self.heads, self.ledger = (
            unbase64(words[name]) if name in words else None for name in ("heads", "ledger"))
        # Signed before redactions were, it stands for what it covers.
        behind = words.get("redactions", lines[1])
        if not behind.isdigit():
            raise Trouble(f"{where}: what it says of redactions is no position.")
        self.behind = int(behind)
        self.access = None
        if "access" in words:
            count, hash = words["access"].split(" ")
            self.access = int(count), unbase64(hash)


def signature_of(line, key, text):
    """Whether a line under a note is the key's signature of its text; None for another key's."""
    name, id, public = key
    dash, _, more = line.partition(" ")
    who, _, what = more.partition(" ")
    raw = unbase64(what)
    if dash != "\u2014" or who != name or raw[:4] != id:
        return None
    return signed(public, text.encode(), raw[4:])


def checkpoint(note, key, where):
    """What a note says, as a Point; the signature checked with a key."""
    text, border, rest = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")[:-1]
    if not border or len(lines) < 3:
        raise Trouble(f"{where} is no signed checkpoint.")
    if key:
        found = [signature_of(line, key, text) for line in rest.splitlines()]
        if False in found:
            raise Trouble(f"{where}: the signature of {key[0]} does not fit.")
        if True not in found:
            raise Trouble(f"{where}: no signature of {key[0]} stands under it.")
        if lines[0] != key[0]:
            raise Trouble(f"{where} is of another log, {lines[0]}.")
    return Point(lines, where)


# --- Events ------------------------------------------------------------------------------------------

HEADER = struct.Struct("<BBHHHQQIIqqqiHh")


REDACTED = 16


def mark_of(entry):
    """Leaf hash and act of an entry whose content was destroyed; None for every other one."""
    header = Header(entry)
    if not header.flags & REDACTED:
        return None
    mark = cbor(entry[64:64 + header.envelope])[0].get(12)
    if not isinstance(mark, list) or len(mark) != 2 or len(mark[0]) != 32:
        raise Trouble(f"entry {header.seq} says that its content was destroyed, and not what it was")
    return mark


def leaf_of(entry):
    """The hash of an entry in the tree: of its bytes, or the one kept of what was destroyed."""
    mark = mark_of(entry)
    return mark[0] if mark else leaf(entry)


def left_of(entry):
    """What an act says of an entry without its content: leaf hash, SHA-256 of what is left."""
    return mark_of(entry)[0], hashlib.sha256(entry).digest()


ACT = 132  # ledger.entry_redacted


class Act:
    """A record of a redaction: of which entry it says what is left, and who signed that."""

    def __init__(self, entry):
        self.at = Header(entry).seq
        body = cbor(entry[64 + Header(entry).envelope:])[0]
        self.seq, self.left, self.signature = body[0], (body[1], body[2]), body.get(5)

    def objection(self, key, behind):
        """What is wrong with its signature; None when nothing is, or it needs none."""
        if self.at <= behind:
            return None
        if self.signature is None:
            return f"the act {self.at} is not signed, although the key of the log had signed before"
        if not key:
            return None
        leaf, remains = (base64.b64encode(hash).decode() for hash in self.left)
        text = f"{key[0]}\nredacted {self.seq}\nleaf {leaf}\nremains {remains}\n"
        if signature_of(self.signature, key, text):
            return None
        return f"the act {self.at} is not signed by the key of {key[0]}"


def act_of(entry):
    """The record of a redaction that an entry is; None for every other one."""
    return Act(entry) if Header(entry).type == ACT else None


class Header:
    def __init__(self, entry):
        if len(entry) < 64:
            raise Trouble("an entry is shorter than the header of an event")
        (self.format, self.version, self.type, self.flags, self.currency, self.seq, self.previous,
         self.account, self.actor, self.recorded, self.occurred, self.amount, self.day,
         self.envelope, self.offset) = HEADER.unpack_from(entry)


def cbor(bytes, at=0):
    """One item of deterministic CBOR, and where the next begins."""
    major, low = bytes[at] >> 5, bytes[at] & 31
    at += 1
    if major == 7:
        return {20: False, 21: True, 22: None}[low], at
    if low >= 24:
        width = {24: 1, 25: 2, 26: 4, 27: 8}[low]
        low, at = int.from_bytes(bytes[at:at + width], "big"), at + width
    if major == 0:
        return low, at
    if major == 1:
        return ~low, at
    if major in (2, 3):
        if at + low > len(bytes):
            raise ValueError("cut short")
        part = bytes[at:at + low]
        return (part if major == 2 else part.decode()), at + low
    items = []
    for _ in range(low * (2 if major == 5 else 1)):
        item, at = cbor(bytes, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if major == 5 else items), at


def names_of_events():
    """Type numbers and names, from the schemas beside this file; without them, numbers."""
    names = {}
    home = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "schemas")
    for folder, _, files in os.walk(home):
        for file in files:
            if file.endswith(".json"):
                schema = json.load(open(os.path.join(folder, file), encoding="utf-8"))
                if isinstance(schema, dict) and "x-code" in schema:
                    names[schema["x-code"]] = schema["title"]
    return names


# What adds to an account, and what takes away; an account with other events that move money is left to
# the program, since those need the rules of the house.
RAISING, PAYING = {"due.raised", "charge.levied", "interest.applied"}, {"payment.received"}
MOVING = {
    "due.cancelled", "charge.waived", "payment.reversed", "payment.refunded", "payment.transferred",
    "event.reversed", "account.imported", "account.written_off",
}


class Book:
    """What the entries say when they are read one after the other."""

    def __init__(self):
        self.events, self.heads, self.ids, self.found = {}, {}, [], []
        self.balance, self.hard = {}, set()
        self.recorded, self.seq, self.names = None, 0, names_of_events()
        self.gone, self.said, self.reads = {}, {}, 0

    def take(self, entry):
        self.seq += 1
        header = Header(entry)
        if header.seq != self.seq:
            self.found.append(f"entry {self.seq} calls itself {header.seq}")
        if self.recorded is not None and header.recorded < self.recorded:
            self.found.append(f"entry {self.seq} was recorded before the one in front of it")
        self.recorded = header.recorded
        mark, act = mark_of(entry), act_of(entry)
        if mark:
            self.gone[self.seq] = (mark[1], left_of(entry))
        if act:
            if mark or act.seq >= self.seq or act.seq in self.said:
                self.found.append(f"entry {self.seq} vouches for an entry for which it may not")
            self.said.setdefault(act.seq, act)
        key = (header.type, header.currency)
        count, sum = self.events.get(key, (0, 0))
        self.events[key] = (count + 1, sum + header.amount)
        trails = [(header.account, header.previous)] if header.account else []
        if header.envelope:
            envelope, end = cbor(entry[64:64 + header.envelope])
            new = envelope.get(1, [])
            self.ids += [id for kind, id in zip(new[::2], new[1::2]) if kind == 0]
            for ref in envelope.get(3, []):
                if ref[0] == 0 and ref[1] not in [number for number, _ in trails]:
                    trails.append((ref[1], ref[2]))
        for number, previous in trails:
            if self.heads.get(number, 0) != previous:
                self.found.append(
                    f"entry {self.seq}: the trail of account {number} goes back to {previous}, "
                    f"not to {self.heads.get(number, 0)}")
            self.heads[number] = self.seq
        self.move(header, trails)

    def move(self, header, trails):
        name = self.names.get(header.type, "")
        if name in MOVING:
            self.hard |= {number for number, _ in trails} or {0}
        sign = 1 if name in RAISING else -1 if name in PAYING else 0
        if sign and header.account:
            key = (header.account, header.currency)
            self.balance[key] = self.balance.get(key, 0) + sign * header.amount

    def redactions(self, key, behind):
        """Entries without their content, and acts, of which one is not that of the other, or is not
        signed as it must be."""
        found = []
        for seq in sorted(set(self.gone) | set(self.said)):
            act = self.said.get(seq)
            if self.gone.get(seq) != (act and (act.at, act.left)):
                found.append(f"entry {seq}: what is left of it is not what an act of redaction says")
            objection = act and act.objection(key, behind)
            if objection:
                found.append(f"entry {seq}: {objection}")
        return found

    def heads_root(self):
        last = max(self.heads, default=0)
        return root_of(
            leaf(struct.pack("<IQ", n, self.heads.get(n, 0)) + self.ids[n - 1].encode())
            for n in range(1, last + 1))


# --- Tiles (C2SP tlog-tiles) -------------------------------------------------------------------------


def tile_path(level, index, width):
    text, rest = f"{index % 1000:03d}", index // 1000
    while rest:
        text, rest = f"x{rest % 1000:03d}/{text}", rest // 1000
    return f"tile/{level}/{text}" + (f".p/{width}" if width < 256 else "")


def read(folder, path, whole=None):
    for name in (path, whole):
        if name:
            try:
                return open(os.path.join(folder, name), "rb").read()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise Trouble(f"{folder}/{name} cannot be read: {error.strerror}.")
    raise Trouble(f"{folder}/{path} is missing; this is no export, or not a whole one.")


def entries(folder, size):
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        path = tile_path("entries", index, width)
        bundle = read(folder, path, tile_path("entries", index, 256))
        at, count = 0, 0
        while count < width:
            length = int.from_bytes(bundle[at:at + 2], "big")
            if at + 2 + length > len(bundle) or at + 2 > len(bundle):
                raise Trouble(f"{folder}/{path} is cut short after {count} entries.")
            yield bundle[at + 2:at + 2 + length]
            at, count = at + 2 + length, count + 1


def tiles(folder, key):
    """Size, root, book and findings of a folder."""
    point = checkpoint(
        read(folder, "checkpoint").decode(errors="replace"), key, f"{folder}/checkpoint")
    size, root = point.size, point.root
    book, levels = Book(), [[]]
    for entry in entries(folder, size):
        levels[0].append(leaf_of(entry))
        book.take(entry)
    found = book.found + book.redactions(key, point.behind)
    level = 0
    while levels[level]:
        hashes = levels[level]
        for index in range((len(hashes) + 255) // 256):
            part = hashes[index * 256:index * 256 + 256]
            path = tile_path(level, index, len(part))
            stored = read(folder, path, tile_path(level, index, 256))
            if stored[:32 * len(part)] != b"".join(part):
                found.append(f"{path} does not hold the hashes of its entries")
        levels.append([root_of(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)])
        level += 1
    if root_of(levels[0]) != root:
        found.append(f"the {size} entries do not hash to the checkpoint's root")
    if point.ledger is not None and leaf(read(folder, "ledger")) != point.ledger:
        found.append("the line `ledger` is not that of the checkpoint")
    if point.heads is not None and book.heads_root() != point.heads:
        found.append("the ends of the trails are not those of the checkpoint")
    if point.access:
        book.reads, objection = access(read(folder, "access"), *point.access)
        found += [objection] if objection else []
    return size, root, book, found


def access(bytes, count, last):
    """How many lines of the access log were looked at, and what is wrong with them."""
    lines, before = bytes.split(b"\n")[:-1], b""
    if len(lines) < count:
        return count, f"the access log has {len(lines)} lines and the checkpoint covers {count}: it was cut"
    for number, line in enumerate(lines[:count], 1):
        text, _, rest = line.rpartition(b',"hash":"')
        before = hashlib.sha256(before + text).hexdigest().encode()
        if not text.startswith(b'{"n":%d,' % number) or rest != before + b'"}':
            return count, f"line {number} of the access log is not as it was written"
    if before != last.hex().encode():
        return count, f"the first {count} lines of the access log are not those of the checkpoint"
    return count, None


# --- What is compared with the program's own answers -----------------------------------------------------

DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "XAF": 0, "XOF": 0, "BHD": 3, "KWD": 3,
          "OMR": 3, "JOD": 3, "TND": 3, "IQD": 3, "LYD": 3}


def minor(text, code):
    """A decimal sum as minor units."""
    whole, _, part = text.partition(".")
    digits = DIGITS.get(code, 2)
    value = int(whole.lstrip("-") or "0") * 10**digits + int((part + "0" * digits)[:digits] or "0")
    return -value if text.startswith("-") else value


def compare_control(book, path):
    found, theirs = [], {}
    for row in csv.DictReader(open(path, encoding="utf-8")):
        if row["section"] == "event":
            # What was taken back stands in columns of its own; the entries have both.
            sum = minor(row["amount"], row["currency"]) if row["currency"] else None
            if sum is not None and row.get("amount_taken_back"):
                sum += minor(row["amount_taken_back"], row["currency"])
            all = int(row["count"]) + int(row.get("taken_back") or 0)
            count, sums = theirs.get(row["item"], (0, []))
            theirs[row["item"]] = (count + all, sums + ([sum] if sum is not None else []))
    ours = {}
    for (type, currency), (count, sum) in book.events.items():
        name = book.names.get(type, str(type))
        counted, sums = ours.get(name, (0, []))
        ours[name] = (counted + count, sums + ([sum] if currency else []))
    for name in sorted(set(ours) | set(theirs)):
        one, other = ours.get(name, (0, [])), theirs.get(name, (0, []))
        if one[0] != other[0] or sorted(one[1]) != sorted(other[1]):
            found.append(f"{name}: {one} in the entries, {other} in {path}")
    return len(ours), found


def compare_balances(book, path):
    found, compared = [], 0
    rows = {}
    for row in csv.DictReader(open(path, encoding="utf-8")):
        rows[row["account"]] = row
    for (number, currency), balance in sorted(book.balance.items()):
        if number in book.hard or 0 in book.hard:
            continue
        id = book.ids[number - 1]
        row = rows.get(id)
        if row is None:
            continue
        theirs = minor(row["outstanding"], row["currency"]) - minor(row["credit"], row["currency"])
        compared += 1
        if theirs != balance:
            found.append(f"{id}: {balance} minor units by the entries, {theirs} in {path}")
    return compared, found


# --- Proofs --------------------------------------------------------------------------------------------


PROOF = "c2sp.org/tlog-proof@v1\n"


def prove(path, key, old):
    try:
        text = open(path, encoding="utf-8").read()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read: {error}.")
    if text.startswith(PROOF):
        return inclusion(path, text, key)
    if text.startswith("old "):
        front, _, note = text.partition("\n\n")
        lines = front.split("\n")
        before, steps = int(lines[0][4:]), [unbase64(line) for line in lines[1:]]
        now = checkpoint(note, key, path)
        if not old:
            raise Trouble("A proof of consistency needs --old, the checkpoint of the earlier size.")
        then = checkpoint(open(old, encoding="utf-8").read(), key, old)
        if then.size != before or not consistent(before, then.root, now.size, now.root, steps):
            raise Trouble(f"{path}: the log of {now.size} entries is not the one of {old} grown.")
        return f"the log of {before} entries became that of {now.size} by growing only"
    return trail(path, text, key)


def inclusion(path, text, key):
    """What a proof of one event shows; behind it may stand that of the act which redacted it."""
    shown = []
    for part in text.split(PROOF)[1:]:
        front, _, note = part.partition("\n\n")
        lines = front.split("\n")
        entry = unbase64(lines.pop(0)[6:]) if lines[0].startswith("extra ") else b""
        index, steps = int(lines[0].split(" ")[1]), [unbase64(line) for line in lines[1:]]
        point = checkpoint(note, key, path)
        if not included(leaf_of(entry), index, point.size, steps, point.root):
            raise Trouble(f"{path}: the entry is not at {index} in the log of {point.size} entries.")
        if Header(entry).seq != index + 1:
            raise Trouble(f"{path}: the entry calls itself {Header(entry).seq}.")
        shown.append((entry, point))
    (entry, point), seq = shown[0], Header(shown[0][0]).seq
    mark, more = mark_of(entry), shown[1:]
    if not mark and not more:
        return f"event {seq} is in the log of {point.size} entries"
    if not more:
        return (f"an event of this hash is at {seq} in the log of {point.size} entries; its content was "
                f"destroyed, and what the file holds of it is NOT shown: it takes the act, event {mark[1]}")
    act = act_of(more[0][0])
    if not mark or mark_of(more[0][0]) or not act or (act.at, act.seq, act.left) != (
            mark[1], seq, left_of(entry)):
        raise Trouble(f"{path}: the second proof does not vouch for what is left of event {seq}.")
    objection = act.objection(key, more[0][1].behind)
    if objection:
        raise Trouble(f"{path}: {objection}.")
    return (f"event {seq} is in the log of {point.size} entries; its content was destroyed, and what is "
            f"left of it is what the act, event {act.at}, says" + words_of(act, more[0][1]))


def words_of(act, point):
    """Who stands for an act."""
    return ", signed" if act.at > point.behind else ", which is not signed: it was there before the key"


def trail(path, text, key):
    try:
        proof = json.loads(text)
        assert proof["format"] == "arrears-trail-proof@v1"
    except (ValueError, KeyError, AssertionError, TypeError):
        raise Trouble(f"{path} is no proof that this program knows.")
    point = checkpoint(proof["checkpoint"], key, path)
    size, root, heads = point.size, point.root, point.heads
    number, head = proof["number"], proof["head"]
    row = struct.pack("<IQ", number, head) + proof["account"].encode()
    steps = [unbase64(step) for step in proof["head_path"]]
    if heads is None or not included(leaf(row), number - 1, proof["accounts"], steps, heads):
        raise Trouble(f"{path}: that the trail of {proof['account']} ends at {head} is not shown.")
    def shown(item):
        entry = unbase64(item["entry"])
        steps = [unbase64(step) for step in item["path"]]
        if Header(entry).seq != item["seq"] or not included(
                leaf_of(entry), item["seq"] - 1, size, steps, root):
            raise Trouble(f"{path}: event {item['seq']} is not in the log.")
        return entry, Header(entry)

    acts = {}
    for item in proof.get("acts", []):
        entry, header = shown(item)
        act = act_of(entry)
        # The leaf of an entry without its content is only what it claims: it vouches for nothing.
        if mark_of(entry) or not act or act.seq >= header.seq:
            raise Trouble(f"{path}: event {header.seq} vouches for no other.")
        objection = act.objection(key, point.behind)
        if objection:
            raise Trouble(f"{path}: {objection}.")
        acts[act.seq] = (act.at, act.left)
    expected, gone = 0, 0
    for item in proof["entries"]:
        entry, header = shown(item)
        mark = mark_of(entry)
        if mark:
            gone += 1
            if acts.get(header.seq) != (mark[1], left_of(entry)):
                raise Trouble(f"{path}: no act vouches for what is left of event {header.seq}.")
        previous = header.previous if header.account == number else None
        if previous is None and header.envelope:
            for ref in cbor(entry[64:64 + header.envelope])[0].get(3, []):
                if ref[0] == 0 and ref[1] == number:
                    previous = ref[2]
                    break
        if previous != expected:
            raise Trouble(f"{path}: between {expected} and {item['seq']} an event is missing.")
        expected = item["seq"]
    if expected != head:
        raise Trouble(f"{path}: the last event shown is {expected}, and the trail ends at {head}.")
    more = f" ({gone} without their content)" if gone else ""
    return (f"{len(proof['entries'])} events of {proof['account']}{more}, none missing, "
            f"in the log of {size}")


# --- An NDJSON export ------------------------------------------------------------------------------------


def compare_export(path, folder):
    book, found, at = Book(), [], 0
    size = checkpoint(read(folder, "checkpoint").decode(), None, folder).size
    raw = entries(folder, size)
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            event = json.loads(line)
            at += 1
            if at > size:
                break
            header = Header(next(raw))
            name = book.names.get(header.type, str(header.type))
            if event["seq"] != header.seq or event["type"] != name or (
                    "redacted" in event) != bool(header.flags & REDACTED):
                found.append(f"line {at + 1} is {event['type']} {event['seq']}, entry {at} {name}")
    if at < size:
        found.append(f"{path} has {at} events, {folder} {size}")
    return size, found


def main(words):
    options, plain = {}, []
    words = iter(words)
    for word in words:
        if word.startswith("--"):
            options[word[2:]] = next(words, "")
        else:
            plain.append(word)
    unknown = set(options) - {"key", "control", "balances", "old"}
    if unknown or len(plain) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    key = public_key(options["key"]) if "key" in options else None
    if plain[0] == "tiles":
        size, root, book, found = tiles(plain[1], key)
        notes = [f"{size} entries, root {root.hex()}", f"{len(book.heads)} trails whole"]
        if book.gone:
            notes.append(f"redacted: {', '.join(map(str, sorted(book.gone)))}")
            bare = [str(seq) for seq, act in sorted(book.said.items()) if act.signature is None]
            if bare:
                notes.append(f"redactions not signed: {', '.join(bare)}")
        if book.reads:
            notes.append(f"access log whole up to line {book.reads}")
        if "control" in options:
            count, more = compare_control(book, options["control"])
            found += more
            notes.append(f"{count} sums by event agree")
        if "balances" in options:
            count, more = compare_balances(book, options["balances"])
            found += more
            notes.append(f"{count} balances agree")
        notes.append("signature good" if key else "signature NOT checked: no --key")
        for line in found:
            print(f"{plain[1]}: {line}.")
        print(f"{len(found)} findings." if found else "; ".join(notes) + ".")
        return 1 if found else 0
    if plain[0] == "proof":
        print(prove(plain[1], key, options.get("old")) + ("." if key else "; signature NOT checked."))
        return 0
    if plain[0] == "export" and len(plain) > 2:
        size, found = compare_export(plain[1], plain[2])
        for line in found:
            print(line)
        print(f"{len(found)} findings." if found else f"{size} events are the same in both.")
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        print(f"verify.py: {trouble}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"verify.py: {error.filename} cannot be read: {error.strerror}.", file=sys.stderr)
        sys.exit(1)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError,
            StopIteration, csv.Error, struct.error) as error:
        print(f"verify.py: what was given is damaged or of another form ({error}).", file=sys.stderr)
        sys.exit(1)
