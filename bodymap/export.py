"""The app as plain files, for a host that only serves files: every page, and what pages offer as files."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Flask

from bodymap.atlas import Atlas
from bodymap.share import STATIC


def urls(atlas: Atlas) -> list[str]:
    """Every page that has no query."""
    pages = [
        "/",
        "/points",
        "/techniques",
        "/guide",
        "/evidence",
        "/evidence/article",
        "/sources",
        "/data",
        "/glossary",
        "/check",
        "/search",
    ]
    for prefix, names in (
        ("points", atlas.points), ("channels", atlas.channels), ("regions", atlas.regions),
        ("conditions", atlas.conditions), ("techniques", atlas.techniques), ("guide", atlas.guide),
    ):  # fmt: skip
        pages += [f"/{prefix}/{name}" for name in names]
    return pages


FILES = ("/points.csv", "/sources.bib", "/sources.ris", "/sources.json", "/api/v1/openapi.json")


def write_pages(app: Flask, folder: Path) -> int:
    """Write every page as ``<url>/index.html``, and files as they are called; returns how many pages."""
    atlas: Atlas = app.extensions["atlas"]
    pages = urls(atlas)
    with app.test_client() as client:
        for url in pages:
            target = folder / url.strip("/") / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(client.get(url).data)
        for url in FILES:
            target = folder / url.strip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(client.get(url).data)
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    return len(pages)
