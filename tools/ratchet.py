"""Known exceedances of a size rule. A number may only fall; one that has fallen must be written down."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from tools.tree import Finding

FILE = "tools/tidy.ratchet"
Key: TypeAlias = tuple[str, str, str]


def read(root: Path) -> dict[Key, int]:
    """Amount per path, function and rule; the file has one `path[::function] rule amount` a line."""
    path = root / FILE
    lines = path.read_text().splitlines() if path.exists() else []
    entries = {}
    for line in lines:
        if line and not line.startswith("#"):
            place, rule, amount = line.split()
            file, _, subject = place.partition("::")
            entries[file, subject, rule] = int(amount)
    return entries


def hold(findings: Iterable[Finding], entries: dict[Key, int]) -> list[Finding]:
    """Leave out what the ratchet holds, and report every entry that could be lower or gone."""
    kept, reached = [], {}
    for finding in findings:
        key = (finding.path, finding.subject, finding.rule)
        if finding.amount and finding.amount <= entries.get(key, 0):
            reached[key] = finding.amount
        else:
            kept.append(finding)
    for key, amount in entries.items():
        now = reached.get(key, 0)
        if now < amount and not any((f.path, f.subject, f.rule) == key for f in kept):
            place = "::".join(part for part in key[:2] if part)
            better = f"lower {amount} to {now}" if now else "remove the entry"
            kept.append(Finding(FILE, 1, "ratchet", f"{place} {key[2]} has become shorter: {better}"))
    return kept
