"""What plans cost: a save, a new plan, whether pages grow slower as the store fills; on SQLite and PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from flask import Flask
from msgspec import structs
from sqlalchemy import text

from bench.report import Row, median, p95
from bodymap import create_app, default_atlas
from bodymap.atlas import Atlas
from bodymap.plans.model import Plan
from bodymap.plans.templates import start
from bodymap.store import Store
from bodymap.store.plans import Plans
from tests.database import postgresql

SAVES = 300
SAVED = f"Milliseconds to save a plan beside 1,000,000, {SAVES} saves"
PAGES = 40
FILLED = (1, 1_000, 1_000_000)
"""How many plans the store holds when a page is measured."""

# A million plans are made by the database itself: rows as the app writes them, with a short body.
FILL = {
    "sqlite": (
        """WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
           INSERT INTO plans (edit_digest, edit_until, view_digest, view_until, version, title, words, points,
                              created, changed)
           SELECT randomblob(32), 4000000000, randomblob(32), 4000000000, 1, 'Plan ' || i, 'plan ' || i, 1,
                  1800000000, 1800000000 FROM n"""
    ),
    "postgresql": (
        """INSERT INTO plans (edit_digest, edit_until, view_digest, view_until, version, title, words, points,
                              created, changed)
           SELECT decode(md5(i || 'e') || md5(random()::text), 'hex'), 4000000000,
                  decode(md5(i || 'v') || md5(random()::text), 'hex'), 4000000000, 1, 'Plan ' || i, 'plan ' || i, 1,
                  1800000000, 1800000000 FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS i"""
    ),
}
VERSIONS = """INSERT INTO plan_versions (plan, version, body, saved)
              SELECT id, 1, {body}, 1800000000 FROM plans WHERE id > :after"""
BODY = '{"format": 1, "title": "A plan", "points": [{"code": "BL23"}]}'


def measured(scratch: Path) -> list[Row]:
    """Every row about plans, engine by engine."""
    rows: list[Row] = []
    with ExitStack() as stack:
        server = stack.enter_context(postgresql())
        for engine, url in (("SQLite", f"sqlite:///{scratch / 'plans.db'}"), ("PostgreSQL", server)):
            rows += _reading(engine, url) + _writing(engine, url)
    return rows


def _writing(engine: str, url: str) -> list[Row]:
    """One writer, one plan of eleven points, in the store that is full by now; a save counts once it is on disk."""
    store, plan = Store(url), _plan()
    plans = Plans(store)
    kept = plans.create(plan)
    spent = []
    for version in range(1, SAVES + 1):
        changed = structs.replace(plan, goal=f"Goal {version}")
        spent.append(_milliseconds(lambda changed=changed, version=version: plans.save(kept.edit, changed, version)))
    made = sum(_milliseconds(lambda: plans.create(plan)) for _ in range(SAVES))
    store.close()
    return [
        Row(SAVED, f"{engine}, median", median(spent), None, 2),
        Row(SAVED, f"{engine}, p95", p95(spent), None, 2),
        Row("New plans per second beside 1,000,000, one writer", engine, 1000 * SAVES / made),
    ]


def _reading(engine: str, url: str) -> list[Row]:
    """The editor, the list of a device and the patient's page, as the store fills."""
    app = create_app(ATLAS=default_atlas(), STORE=url)
    client = app.test_client()
    editor = client.post("/plans", data={"template": "sciatica"}).location.partition("#")[0]
    kept = Plans(app.extensions["store"]).by_edit(editor.partition("?")[0].rpartition("/")[2])
    assert kept is not None
    pages = (("editor", editor), ("list", "/plans"), ("patient's page", f"/shared/{kept.view}"))
    rows = []
    for number in FILLED:
        _fill(app, number)
        for name, address in pages:
            client.get(address)
            spent = [_milliseconds(lambda address=address: client.get(address)) for _ in range(PAGES)]
            rows.append(
                Row(
                    f"Milliseconds for a page of plans on {engine}",
                    f"{name}, {number:,} plans kept",
                    median(spent),
                    None,
                    1,
                )
            )
    app.extensions["store"].close()
    return rows


def _fill(app: Flask, number: int) -> None:
    store: Store = app.extensions["store"]
    engine = store.engine.dialect.name
    body = f"CAST('{BODY}' AS BLOB)" if engine == "sqlite" else f"convert_to('{BODY}', 'UTF8')"
    with store.writing() as db:
        there = db.execute(text("SELECT count(*), max(id) FROM plans")).one()
        if there[0] < number:
            db.execute(text(FILL[engine]), {"first": 1, "last": number - there[0]})
            db.execute(text(VERSIONS.format(body=body)), {"after": there[1]})
    if engine == "postgresql":
        with store.writing() as db:
            db.exec_driver_sql("ANALYZE")


def _plan() -> Plan:
    plan = start("sciatica", Atlas(default_atlas()))
    assert plan is not None
    return plan


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
