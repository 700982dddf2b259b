"""Takes htmx out of its locked carrier wheel: ``python -m bodymap.carrier TARGET SHA256``. Used at set-up only."""

import hashlib
import sys
from importlib.metadata import files
from pathlib import Path

CARRIER = "django-htmx"
FILE = "htmx-2.min.js"


def take(target: Path, sha256: str) -> None:
    """Copy htmx to ``target``; SystemExit if the carrier lacks it or its hash is not the expected one."""
    found = next((path for path in files(CARRIER) or () if path.name == FILE), None)
    if found is None:
        raise SystemExit(f"{CARRIER} carries no {FILE}: check the pinned version in requirements.txt")
    content = Path(str(found.locate())).read_bytes()
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise SystemExit(f"{FILE} has sha256 {actual}, expected {sha256}: not using it")
    target.write_bytes(content)


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2])
