"""Checks the examples of a schema against it: the whole subset, nothing more."""

import re


class Examples:
    """The part of the register that reads examples; `resolve`, `fail` and `codes` are its own."""

    def check_examples(self, name: str, schema: dict):
        examples = schema.get("examples", [])
        if not examples:
            self.fail(name, "there is no example")
        for number, example in enumerate(examples):
            for what in self.misfits(name, schema, example, ""):
                self.fail(name, f"example {number}: {what}")

    def misfits(self, file: str, schema: dict, value, path: str):
        """What of a value does not fit a schema, as sentences; the whole subset, nothing more."""
        if "$ref" in schema:
            target = self.resolve(file, schema["$ref"])
            if target:
                yield from self.misfits(target[0], target[1], value, path)
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
        kind = kinds.get(schema.get("type"), object)
        if not isinstance(value, kind) or kind is int and isinstance(value, bool):
            yield f"{path or 'the body'} must be of type {schema['type']}"
            return
        if "const" in schema and value != schema["const"]:
            yield f"{path} must be {schema['const']!r}"
        if isinstance(value, float):
            yield f"{path} is a float"
        if isinstance(value, str) and "pattern" in schema:
            if not re.search(schema["pattern"], value):
                yield f"{path} does not fit {schema['pattern']}"
        if isinstance(value, int) and not isinstance(value, bool):
            if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
                yield f"{path} is out of range"
        if isinstance(value, list):
            if len(value) < schema.get("minItems", 0):
                yield f"{path} has too few items"
            for number, item in enumerate(value):
                yield from self.misfits(file, schema.get("items", {}), item, f"{path}[{number}]")
        if isinstance(value, dict):
            yield from self.object_misfits(file, schema, value, path)

    def object_misfits(self, file: str, schema: dict, value: dict, path: str):
        properties = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}.{name} is missing"
        for name, item in value.items():
            if name in properties:
                yield from self.misfits(file, properties[name], item, f"{path}.{name}")
                self_list = self.codes.get(properties[name].get("x-enum", ""))
                codes = {code["code"] for code in self_list["codes"]} if self_list else None
                for code in item if isinstance(item, list) else [item]:
                    if codes and isinstance(code, str) and code not in codes:
                        yield f"{path}.{name}: {code} is no code of its list"
            elif schema.get("additionalProperties") is False:
                yield f"{path}.{name} is not a property"
