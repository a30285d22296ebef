"""Reads schemas/ and says what is wrong with it: the subset, the numbers, the references, the examples."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from examples import Examples

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://arrears.example/schemas/"
KEYWORDS = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "const", "pattern", "minimum", "maximum", "minItems",
    "examples", "x-code", "x-noun", "x-version", "x-subject", "x-amount", "x-day", "x-decided",
    "x-scheduled", "x-imported", "x-refusals", "x-policy", "x-struct", "x-key", "x-type", "x-enum",
    "x-of", "x-unit", "x-personal", "x-words",
}
SCALARS = {
    "text", "id", "code", "int", "bp", "bool", "money", "date", "time", "instant", "hash", "sealed",
    "geo", "json",
}
PLAIN = {"text": "string", "id": "string", "code": "string", "int": "integer", "bp": "integer",
         "bool": "boolean"}
ALTERNATIVES = re.compile(r"\^\(([a-z0-9_|]+)\)\$")
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Field:
    """One property as the table has it."""

    key: int
    name: str
    type: str
    required: bool
    doc: str
    list: str = ""
    of: str = ""
    unit: str = ""
    personal: bool = False
    minimum: int | None = None
    maximum: int | None = None
    min_items: int | None = None
    one_of: str = ""
    words: bool = False


@dataclass
class Type:
    """An event, a policy body or a struct."""

    name: str
    path: str
    schema: dict
    fields: list[Field] = field(default_factory=list)


class Register(Examples):
    """Everything under schemas/, with the sentences about what is wrong in `errors`."""

    def __init__(self, root: Path):
        self.root = root
        self.errors: list[str] = []
        self.files: dict[str, dict] = {}
        self.structs: list[Type] = []
        self.events: list[Type] = []
        self.policies: list[Type] = []
        self.policy_structs: list[Type] = []
        for path in sorted(root.rglob("*.json")):
            name = path.relative_to(root).as_posix()
            try:
                self.files[name] = json.loads(path.read_text("utf-8"), object_pairs_hook=self.unique)
            except (ValueError, UnicodeDecodeError) as error:
                self.errors.append(f"{name}: {error}")
        self.codes: dict[str, dict] = self.files.pop("codes.json", {}).get("lists", {})
        self.check_codes()
        for name, schema in self.files.items():
            self.check_file(name, schema)
        self.events.sort(key=lambda t: (t.schema.get("x-code", 0), t.schema.get("x-version", 0)))
        self.check_numbers()

    @staticmethod
    def unique(pairs):
        """Refuses a property given twice."""
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"property {name} is given twice")
        return dict(pairs)

    def fail(self, where: str, what: str):
        self.errors.append(f"{where}: {what}")

    def check_codes(self):
        for name, entry in self.codes.items():
            codes = [code.get("code") for code in entry.get("codes", [])]
            if not NAME.fullmatch(name) or not codes or len(set(codes)) != len(codes):
                self.fail(f"codes.json: {name}", "a list has a name and codes that differ")
            for code in entry.get("codes", []):
                for key, text in code.items():
                    if not isinstance(text, str) or re.search(r"[\t\n]", text):
                        self.fail(f"codes.json: {name}", f"{key} must be one line of text")
                if "title" not in code:
                    self.fail(f"codes.json: {name}", f"{code.get('code')} has no title")

    def check_file(self, name: str, schema: dict):
        self.check_keywords(name, schema)
        if schema.get("$schema") != DIALECT:
            self.fail(name, "$schema must be JSON Schema 2020-12")
        if schema.get("$id") != BASE + name:
            self.fail(name, f"$id must be {BASE}{name}")
        parts = name.split("/")
        if name == "common.json":
            for struct, schema in schema.get("$defs", {}).items():
                if "x-struct" in schema:
                    self.structs.append(self.type(struct, f"{name}: {struct}", schema, schema))
        elif name.startswith("envelope.v"):
            self.check_examples(name, schema)
        elif len(parts) != 2:
            self.fail(name, "a schema stands in the folder of its noun")
        elif parts[0] == "policies":
            self.check_policy(name, schema)
        else:
            self.check_event(name, schema, parts)

    def check_keywords(self, where: str, schema, inside: str = ""):
        """Walks the schema; a keyword outside the subset is an error that names file and keyword."""
        if not isinstance(schema, dict):
            return self.fail(where, f"{inside or 'the file'} must be an object")
        for key, value in schema.items():
            if key not in KEYWORDS:
                self.fail(where, f"keyword {key} is outside the subset ({inside or 'top level'})")
            elif key in ("properties", "$defs"):
                for name, sub in value.items():
                    if key == "properties" and not NAME.fullmatch(name):
                        self.fail(where, f"property {name} is not lower_snake_case")
                    self.check_keywords(where, sub, f"{inside}/{name}")
                    if isinstance(sub, dict) and not sub.get("description"):
                        self.fail(where, f"{inside}/{name} has no description")
            elif key == "items":
                self.check_keywords(where, value, f"{inside}/items")
            elif key in ("title", "description") and re.search(r"[\t\n]", str(value)):
                self.fail(where, f"{key} must be one line ({inside or 'top level'})")
            elif key == "additionalProperties" and value is not False:
                self.fail(where, f"additionalProperties can only be false ({inside})")
            elif key == "$ref" and self.resolve(where.split(":")[0], value) is None:
                self.fail(where, f"$ref {value} leads nowhere ({inside})")
        if "properties" in schema and schema.get("additionalProperties") is not False:
            self.fail(where, f"additionalProperties must be false ({inside or 'top level'})")
        for name in schema.get("required", []):
            if name not in schema.get("properties", {}):
                self.fail(where, f"required names {name}, which is no property ({inside})")

    def resolve(self, file: str, ref: str):
        """The (file, schema) that a reference leads to, or None."""
        target, _, pointer = ref.partition("#")
        if target:
            target = (Path("/") / Path(file).parent / target).as_posix()
            parts: list[str] = []
            for part in target.split("/"):
                if part == "..":
                    parts = parts[:-1]
                elif part:
                    parts.append(part)
            file = "/".join(parts)
        schema = self.files.get(file)
        for step in pointer.split("/")[1:]:
            schema = schema.get(step) if isinstance(schema, dict) else None
        return (file, schema) if isinstance(schema, dict) else None

    def check_event(self, name: str, schema: dict, parts: list[str]):
        match = re.fullmatch(r"([a-z][a-z0-9_]*)\.v([1-9][0-9]*)\.json", parts[1])
        event = f"{parts[0]}.{match[1] if match else '?'}"
        if not match:
            return self.fail(name, "an event's file is <event>.v<version>.json")
        expected = {"title": event, "x-noun": parts[0], "x-version": int(match[2]), "type": "object"}
        for key, value in expected.items():
            if schema.get(key) != value:
                self.fail(name, f"{key} must be {value!r}")
        for key, kind in {"x-code": int, "x-subject": str, "x-day": str, "x-decided": bool,
                          "x-scheduled": bool, "x-imported": bool, "x-refusals": list,
                          "description": str}.items():
            if type(schema.get(key)) is not kind:
                self.fail(name, f"{key} is missing or not of type {kind.__name__}")
        event = self.type(event, name, schema, schema)
        types = {f.name: f.type for f in event.fields}
        if "x-amount" in schema and types.get(schema["x-amount"]) != "money":
            self.fail(name, "x-amount must name a money property")
        if schema.get("x-day") not in ("occurred_at", "value_date") and (
            types.get(schema.get("x-day")) != "date"
        ):
            self.fail(name, "x-day must name a date property, occurred_at or value_date")
        self.events.append(event)
        self.check_examples(name, schema)

    def check_policy(self, name: str, schema: dict):
        kind = schema.get("x-policy", "")
        if name != f"policies/{kind}.v{schema.get('x-version')}.json":
            self.fail(name, "x-policy and x-version must be those of the file name")
        if kind not in {code["code"] for code in self.codes.get("policy_kind", {}).get("codes", [])}:
            self.fail(name, f"{kind} is no code of policy_kind")
        for struct, sub in schema.get("$defs", {}).items():
            local = f"{kind}@{schema.get('x-version')}/{struct}"
            self.policy_structs.append(self.type(local, f"{name}: {struct}", sub, schema))
        self.policies.append(self.type(kind, name, schema, schema))
        self.check_examples(name, schema)

    def type(self, name: str, where: str, schema: dict, file: dict) -> Type:
        """The fields of an event, a policy body or a struct, checked and in order of their keys."""
        result = Type(name, where, schema)
        policy = file.get("x-policy")
        for number, (prop, sub) in enumerate(schema.get("properties", {}).items()):
            kind = sub.get("x-type", "")
            base = kind.removesuffix("[]")
            if kind not in (base, base + "[]") or not self.known(base, file):
                self.fail(where, f"{prop}: x-type {kind or 'is missing'} is no type")
            elif not self.shape(sub, kind, policy is not None):
                self.fail(where, f"{prop}: type, items or $ref do not fit x-type {kind}")
            if sub.get("x-enum", "") and sub["x-enum"] not in self.codes:
                self.fail(where, f"{prop}: codes.json has no list {sub['x-enum']}")
            for key in ("pattern", "const", "minimum", "maximum", "minItems"):
                if key in sub and (policy is None or key == "const"):
                    self.fail(where, f"{prop}: {key} is for common.json and policies only")
            options = ALTERNATIVES.fullmatch(sub.get("pattern", "^(a)$"))
            if not options:
                self.fail(where, f"{prop}: a pattern here must be ^(one|or|other)$")
            if policy and base in file.get("$defs", {}):
                kind = f"{policy}@{file.get('x-version')}/{kind}"
            result.fields.append(Field(
                number if policy else sub.get("x-key", -1), prop, kind,
                prop in schema.get("required", []), sub.get("description", ""),
                sub.get("x-enum", ""), sub.get("x-of", ""), sub.get("x-unit", ""),
                sub.get("x-personal", False), sub.get("minimum"), sub.get("maximum"),
                sub.get("minItems"),
                options[1] if options and "pattern" in sub else "",
                sub.get("x-words", False)))
        if [f.key for f in result.fields] != list(range(len(result.fields))):
            self.fail(where, "x-key must count 0, 1, 2 ... in the order of the properties")
        return result

    def known(self, base: str, file: dict) -> bool:
        common = self.files.get("common.json", {}).get("$defs", {}).get(base, {})
        return base in SCALARS or "x-struct" in common or (
            "x-policy" in file and base in file.get("$defs", {}))

    @staticmethod
    def shape(sub: dict, kind: str, policy: bool) -> bool:
        """Whether a property's JSON shape is the one its x-type stands for."""
        if kind.endswith("[]"):
            items = sub.get("items", {})
            return sub.get("type") == "array" and Register.shape(items, kind[:-2], policy)
        refs = {f"#/$defs/{kind}", f"../common.json#/$defs/{kind}"}
        return sub.get("$ref") in refs or policy and sub.get("type") == PLAIN.get(kind, "")

    def check_numbers(self):
        """x-code belongs to one name for ever; a version of a name exists once."""
        codes: dict[int, str] = {}
        numbers: dict[str, int] = {}
        for event in self.events:
            code = event.schema.get("x-code", 0)
            if type(code) is not int or not 1 <= code <= 65535:
                self.fail(event.path, "x-code must be 1 to 65535")
            elif codes.setdefault(code, event.name) != event.name:
                self.fail(event.path, f"x-code {code} belongs to {codes[code]}")
            elif numbers.setdefault(event.name, code) != code:
                self.fail(event.path, f"{event.name} has x-code {numbers[event.name]} already")
        names = sorted(codes)
        if names != list(range(1, len(names) + 1)):
            self.errors.append("x-code must count 1, 2, 3 ... without a gap")
