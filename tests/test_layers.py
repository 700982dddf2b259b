"""Imports go one way: each room may use only the rooms listed for it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bodymap"
BASE = {"model", "share"}
ALLOWED = {
    "model": {"model"},
    "share": set(),
    "carrier": set(),
    "depths": set(),
    "numbering": BASE,
    "layout": set(),
    "svg": set(),
    "drawing": BASE | {"layout", "svg"},
    "diagrams": BASE | {"svg"},
    "charts": BASE | {"layout", "svg"},
    "standalone": BASE | {"drawing"},
    "fingers": BASE | {"drawing", "layout", "svg"},
    "citations": BASE,
    "library": BASE,
    "atlas": BASE | {"numbering"},
    "build": BASE | {"numbering", "library"},
    "wording": BASE | {"depths", "library"},
    "references": BASE | {"library"},
    "planfiles": BASE | {"library", "plans", "references", "wording"},
    "check": BASE | {"numbering", "library", "planfiles", "references", "wording"},
    "figure": BASE | {"figure"},
    "safety": BASE | {"atlas"},
    "plans": BASE | {"atlas", "depths", "numbering", "safety", "plans"},
    "store": BASE | {"plans", "quiz", "store"},
    "quiz": BASE | {"atlas", "drawing", "numbering", "standalone", "quiz"},
    "views": BASE
    | {"atlas", "charts", "citations", "diagrams", "drawing", "fingers", "layout", "numbering", "plans", "quiz"}
    | {"safety", "standalone", "store", "views"},
    "export": BASE | {"atlas"},
    "opendata": BASE | {"library", "build", "__init__"},
    "__init__": BASE | {"atlas", "build", "store", "views"},
    "cli": BASE | {"__init__", "atlas", "build", "check", "export", "library", "opendata", "figure", "quiz", "store"},
    "__main__": {"cli"},
}


def imports(path: Path) -> set[str]:
    """The rooms that a module imports."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "bodymap":
            inner = (node.module or "").split(".")[1:]
            for name in [inner[0]] if inner else [alias.name for alias in node.names]:
                rooms.add(name if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists() else "__init__")
        elif isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("bodymap.")}
    return rooms


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    room = parts[0] if len(parts) > 1 else path.stem
    assert imports(path) <= ALLOWED[room]


def test_only_drawings_and_the_figure_know_svgwrite_and_only_the_views_know_flask() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(PACKAGE).parts
        if "svgwrite" in text and "import svgwrite" in text:
            assert parts[0] in {"svg.py", "drawing.py", "diagrams.py", "charts.py", "standalone.py", "figure"}
        if "from flask" in text or "import flask" in text:
            assert parts[0] in {"views", "__init__.py", "export.py"}
