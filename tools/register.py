#!/usr/bin/env python3
"""The register: schemas/ in, Swift out.

    tools/register.py                 write the generated Swift
    tools/register.py --check         exit 1 when a schema is wrong, a frozen one changed, or the
                                      generated Swift is out of step
    tools/register.py --freeze PATH   release schemas: their bytes may never change again
"""

import hashlib
import sys
from pathlib import Path

from schemas import Register
from swift import generate

# Nouns whose bodies have hand-written Swift structs, and the namespace they stand in.
TYPED_NOUNS = {
    "account": "Account", "due": "Due", "charge": "Charge", "interest": "Interest",
    "payment": "Payment", "hold": "Hold", "policy": "Policy", "ledger": "LedgerFact",
    "event": "Correction", "party": "Party", "unit": "Unit", "agency": "Agency", "agent": "Agent",
    "contact": "Contact", "consent": "Consent", "restriction": "Restriction",
    "complaint": "Complaint", "notice": "Notice", "approval": "Approval", "promise": "Promise",
    "dispute": "Dispute", "receipt": "ReceiptBook", "mandate": "Mandate", "cheque": "Cheque",
    "plan": "Plan", "settlement": "Settlement", "cash": "Cash", "report": "CollectorReport",
    "query": "Query", "statement": "Statement", "document": "Document", "target": "Target",
    "task": "Duty", "booking": "Booking", "legal": "Legal", "security": "Security",
}

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schemas"
FROZEN = SCHEMAS / "FROZEN"
OUT = ROOT / "Sources/Ledger/Register/Generated"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def frozen_errors() -> list[str]:
    """A released schema that changed or vanished."""
    errors = []
    for line in FROZEN.read_text("utf-8").splitlines() if FROZEN.exists() else []:
        if not line or line.startswith("#"):
            continue
        sum_, _, name = line.partition("  ")
        path = SCHEMAS / name
        if not path.exists():
            errors.append(f"{name}: a released schema is gone")
        elif digest(path) != sum_:
            errors.append(f"{name}: a released schema changed; put version 2 beside it instead")
    return errors


def freeze(paths: list[str]) -> list[str]:
    """Appends files to schemas/FROZEN."""
    lines = FROZEN.read_text("utf-8").splitlines() if FROZEN.exists() else []
    lines = [line for line in lines if not line.endswith("0 released")]
    listed = {line.partition("  ")[2] for line in lines}
    for given in paths:
        path = Path(given).resolve()
        if not path.is_file() or SCHEMAS not in path.parents:
            return [f"{given}: no file under schemas/"]
        name = path.relative_to(SCHEMAS).as_posix()
        if name not in listed:
            lines.append(f"{digest(path)}  {name}")
    FROZEN.write_text("\n".join(lines) + "\n", "utf-8")
    return []


def main(arguments: list[str]) -> int:
    register = Register(SCHEMAS)
    errors = register.errors + frozen_errors()
    check = arguments == ["--check"]
    if arguments and not check:
        if arguments[0] != "--freeze" or len(arguments) < 2:
            print(__doc__)
            return 2
        errors += errors or freeze(arguments[1:])
    if not errors:
        wanted = generate(register, TYPED_NOUNS)
        present = {path.name for path in OUT.glob("*.swift")}
        for name in sorted(present | set(wanted)):
            path = OUT / name
            if name in wanted and path.exists() and path.read_text("utf-8") == wanted[name]:
                continue
            if check:
                errors.append(f"{name}: out of step with schemas/; run tools/register.py")
            elif name in wanted:
                OUT.mkdir(parents=True, exist_ok=True)
                path.write_text(wanted[name], "utf-8")
            else:
                path.unlink()
    for error in errors:
        print(error, file=sys.stderr)
    if not errors:
        print(f"{len(register.events)} events, {len(register.policies)} policy bodies, "
              f"{len(register.structs)} structs, {len(register.codes)} code lists")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
