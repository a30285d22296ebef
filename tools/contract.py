#!/usr/bin/env python3
"""Holds our CBOR and JSON against other people's: `cbor2` and `jsonschema`.

Reads lines {"type", "v", "json", "cbor"} (by default .build-contract/bodies.ndjson, written by the
test "other people's readers agree"), and exits 1 when anything disagrees. The two packages are
installed under .build-venv when they are missing.
"""

import base64
import datetime
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / ".build-venv" / "site"
PACKAGES = ["cbor2==5.7.1", "jsonschema==4.25.1"]
CURRENCIES = {784: "AED", 48: "BHD", 978: "EUR", 826: "GBP", 356: "INR", 414: "KWD", 682: "SAR"}


def install():
    """Puts the packages under .build-venv/site unless they are there."""
    stamp = SITE / "packages.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(PACKAGES):
        SITE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target",
                        str(SITE), *PACKAGES], check=True)
        stamp.write_text("\n".join(PACKAGES))
    sys.path.insert(0, str(SITE))


def scalar(kind: str, value):
    """The JSON form of a CBOR value, by nothing but what schemas/README.md says."""
    if kind == "money":
        return {"minor": value[0], "currency": CURRENCIES[value[1]]}
    if kind == "date":
        return (datetime.date(1970, 1, 1) + datetime.timedelta(days=value)).isoformat()
    if kind == "time":
        return f"{value // 60:02}:{value % 60:02}"
    if kind == "instant":
        zone = datetime.timezone(datetime.timedelta(minutes=value[1]))
        seconds, micros = divmod(value[0], 1_000_000)
        text = datetime.datetime.fromtimestamp(seconds, zone).replace(microsecond=micros).isoformat()
        return trim(text)
    if kind == "hash":
        return value.hex()
    if kind in ("sealed", "geo"):
        return {"sealed": base64.urlsafe_b64encode(value).decode().rstrip("=")}
    return value


def trim(text: str) -> str:
    """Drops the zeros at the end of a fraction."""
    body, zone = text[:-6], text[-6:]
    return (body.rstrip("0") if "." in body else body) + zone


def form(properties: dict, structs: dict, value: dict) -> dict:
    """The JSON form of a CBOR map with integer keys."""
    names = {sub["x-key"]: (name, sub["x-type"]) for name, sub in properties.items()}
    out = {}
    for key, item in value.items():
        name, kind = names[key]
        base = kind.removesuffix("[]")

        def one(x):
            if base in structs:
                return form(structs[base]["properties"], structs, x)
            return scalar(base, x)

        out[name] = [one(x) for x in item] if kind.endswith("[]") else one(item)
    return out


def main(path: Path) -> int:
    install()
    import cbor2
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    schemas = {file.relative_to(ROOT / "schemas").as_posix(): json.loads(file.read_text("utf-8"))
               for file in (ROOT / "schemas").rglob("*.json")}
    registry = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema))
        for schema in schemas.values() if "$id" in schema)
    structs = {n: s for n, s in schemas["common.json"]["$defs"].items() if "x-struct" in s}
    for name, schema in schemas.items():
        if "$id" in schema:
            Draft202012Validator.check_schema(schema)
    envelope = Draft202012Validator(schemas["envelope.v1.json"], registry=registry)
    problems, seen = [], set()

    def check(name, validator, value):
        for error in validator.iter_errors(value):
            problems.append(f"{name}: {error.json_path}: {error.message}")

    for example in schemas["envelope.v1.json"]["examples"]:
        check("envelope", envelope, example)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        noun, _, event = row["type"].partition(".")
        name = f"{noun}/{event}.v{row['v']}.json"
        schema, raw = schemas[name], bytes.fromhex(row["cbor"])
        seen.add(name)
        check(name, Draft202012Validator(schema, registry=registry), row["json"])
        check(name, envelope, {"event_id": "e1", "type": row["type"], "v": row["v"],
                               "subject": {"kind": schema["x-subject"], "id": "S1"},
                               "occurred_at": "2026-04-05T09:30:00+05:30", "actor": {"id": "u1"},
                               "body": row["json"]})
        decoded = cbor2.loads(raw)
        if cbor2.dumps(decoded, canonical=True) != raw:
            problems.append(f"{name}: cbor2's canonical form has other bytes")
        if json.dumps(form(schema["properties"], structs, decoded)) != json.dumps(row["json"]):
            problems.append(f"{name}: cbor2 reads something else than the JSON says")
    for name, schema in schemas.items():
        if "x-code" in schema and name not in seen:
            problems.append(f"{name}: no sample came")
        if "x-policy" in schema:
            for example in schema["examples"]:
                check(name, Draft202012Validator(schema, registry=registry), example)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(seen)} events held against cbor2 and jsonschema, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1
                  else ROOT / ".build-contract" / "bodies.ndjson"))
