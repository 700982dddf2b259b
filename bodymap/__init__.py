"""Bodymap: where acupuncture needles go for back pain, computed, sourced and told in plain words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask_compress import Compress
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix

from bodymap.atlas import Atlas
from bodymap.build import build_atlas, fingerprint
from bodymap.share import DATA, STATIC, TEMPLATES
from bodymap.store import Store
from bodymap.store.plans import Plans

__version__ = "0.1.0"


def create_app(**config: Any) -> Flask:
    """The WSGI application. ``ATLAS`` is the path of the atlas file, ``STORE`` the database URL of what users write."""
    from bodymap.views import (  # fmt: skip
        access,
        api,
        data,
        editor,
        evidence,
        exam,
        explore,
        guard,
        learning,
        page,
        person,
        progress,
        quiz,
        record,
        shelf,
    )

    app = Flask(__name__, static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config.from_mapping(
        ATLAS=default_atlas(), STORE=default_store(), VERSION=__version__,
        MAX_CONTENT_LENGTH=64 * 1024, SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"],
        COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=5, COMPRESS_STREAMS=False,
    )  # fmt: skip
    app.config.from_mapping(config)
    path = Path(app.config["ATLAS"])
    ensure_atlas(path)
    app.extensions["atlas"] = Atlas(path)
    app.extensions["store"] = Store(app.config["STORE"])
    Plans(app.extensions["store"]).purge()
    app.extensions["store"].rest()
    Htmx(app)
    page.install(app)
    app.register_blueprint(explore.blueprint)
    app.register_blueprint(person.blueprint)
    app.register_blueprint(editor.blueprint)  # with the pages of ``plans``
    app.register_blueprint(record.blueprint)  # with the pages of ``handout`` and ``present``
    app.register_blueprint(evidence.blueprint)
    for part in (data, progress, quiz, learning, exam):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(api.blueprint)
    # After-request hooks run last in, first out: the guard's ETag comes before compression.
    Compress(app)
    guard.install(app)
    shelf.install(app)
    access.install(app)
    if hops := int(os.environ.get("BODYMAP_PROXIES", "0")):
        cast(Any, app).wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    return app


def default_atlas() -> Path:
    """In a checkout beside the sources; once installed, in the user's cache folder."""
    beside = DATA.parent / "pyproject.toml"
    return DATA.parent / "atlas.db" if beside.exists() else Path.home() / ".cache" / "bodymap" / "atlas.db"


def default_store() -> str:
    """``BODYMAP_DATABASE_URL``, else the file ``BODYMAP_STORE``, else beside the sources or with the user's data."""
    if url := os.environ.get("BODYMAP_DATABASE_URL"):
        return url
    beside = DATA.parent / "pyproject.toml"
    folder = DATA.parent if beside.exists() else Path.home() / ".local" / "share" / "bodymap"
    return f"sqlite:///{os.environ.get('BODYMAP_STORE') or folder / 'store.db'}"


def ensure_atlas(path: Path) -> None:
    """Build the atlas if it is missing or older than the data."""
    if not path.exists() or Atlas(path).revision != fingerprint(DATA):
        build_atlas(DATA, path)
