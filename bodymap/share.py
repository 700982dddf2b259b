"""Where the files that are not Python lie: beside the package in a checkout, inside it once installed."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SHARE = PACKAGE / "share" if (PACKAGE / "share").is_dir() else PACKAGE.parent

DATA = SHARE / "data"
STATIC = SHARE / "static"
TEMPLATES = SHARE / "templates"
