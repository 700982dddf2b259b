"""A small literal atlas for unit tests, the real one for data and browser tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from numpy.typing import NDArray
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bodymap import create_app, model
from bodymap.atlas import Atlas
from bodymap.build import write
from bodymap.figure.placement import Placed, Placer
from bodymap.library import Library, OldNumber
from bodymap.share import DATA
from tests import bodies
from tests.stores import clock, postgresql_server, store, store_url  # noqa: F401 - fixtures for every test

# How long an example takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

BODIES = ("test_placement", "test_places", "test_courses", "test_landmarks")
HOSTILE = '<script>alert("x")</script> & Ω'


def said(plain: str = "It is here.", **changes: object) -> model.Statement:
    return model.Statement(**{"plain": plain, "strength": "standard", "sources": ("who",), **changes})


def point(code: str = "BL23", **changes: object) -> model.Point:
    channel = "".join(letter for letter in code if letter.isalpha())
    number = int("".join(letter for letter in code if letter.isdigit()))
    fields: dict[str, object] = {
        "code": code, "channel": channel, "number": number, "pinyin": "Shènshū", "hanzi": "腎俞",
        "hanzi_simplified": "肾俞", "english": "Kidney Transport", "location": said(clinical="Level with L2, 1.5 cun."),
        "place": model.Trunk("L2", 1.5), "uses": (said(),), "feel": said(), "dangers": (),
        "needling": (model.Needling("traditional-needling", "oblique", ("who",), (1.0, 1.5)),),
    }  # fmt: skip
    return model.Point(**{**fields, **changes})


def small_library() -> Library:
    """Two points on one channel, a region, a condition, views and places: literal rows."""
    names = {"pinyin": "Zhìshì", "hanzi": "志室", "hanzi_simplified": "志室", "english": HOSTILE}
    channel = model.Channel("BL", "Bladder", "Zú tàiyáng", "足太陽", "足太阳", ("BL", "UB", "B", "V"), said(), 67)
    region = model.Region("lower-back", "Lower back", said(), (model.RegionPoint("BL23", said()),))
    condition = model.Condition(
        "sciatica", "Sciatica", "lower-back", said(), (model.ConditionPoint("BL23", "article", said(), "UB 23"),),
        (), ("RF01",), (), ("traditional-needling",),
    )  # fmt: skip
    technique = model.Technique(
        "traditional-needling", "Traditional needling", said(), (said(),), said(),
        (model.Parameter("Depth", "5-40 mm", ("who",), "practitioner"),),
        (model.TechniquePoints("sciatica", ("BL23",), said()),), (), (), (),
    )  # fmt: skip
    zone = model.Zone("lower-back", "region", "Lower back", {}, said())
    danger = model.Zone("kidneys", "danger", "Kidneys", {}, said(), caution_kind="organ")
    return Library(
        channels=[channel], points=[point(), point("BL52", **names)], regions=[region], zones=[zone, danger],
        conditions=[condition], techniques=[technique],
        cautions=[
            model.Caution("C2", "organ", "caution", "Kidney", said("Be careful."), ("BL23",)),
            model.Caution(
                "C1", "pregnancy", "avoid", "Pregnancy", said("Tell them."), ("BL23",), circumstance="pregnancy"
            ),
            model.Caution(
                "C3", "electroacupuncture", "avoid", "Pacemaker", said("No current."),
                techniques=("electroacupuncture",), circumstance="pacemaker",
            ),
        ],
        circumstances=[
            model.Circumstance("pacemaker", "Pacemaker", "I have a pacemaker.", said("No current through needles.")),
            model.Circumstance("pregnancy", "Pregnant", "I am pregnant.", said("Some points are left out.")),
        ],
        glossary=[model.Term("needle", "Needle", ("tell them",), said("A thin steel pin."))],
        effects=[
            model.Effect("e", HOSTILE, 2007, "chronic", "sham", "pain", 5, 9, "8 weeks", "low", ("who",), 1, 9)
        ],
        regimens=[model.Regimen("g", "GERAC", "Low back pain", (10, 15), 5, "Two a week", ("who",), 30, ("BL23",))],
        red_flags=[model.RedFlag("RF01", "Numb seat", "emergency", ("numb seat",), said())],
        claims=[model.Claim("C12", "relief", "Pain", "It helps.", "mixed", said(clinical="MD -10"), "-10", ("BL23",))],
        guide=[model.GuidePage("safety", "Safety", said(), (model.Section("First", (said(),), ("C12",)),))],
        sources=[
            model.Source("who", "standard", "WHO 2008", "Locations", 2008, "part", checked="2026-01-31",
                         url="https://example.org/who"),
        ],
        numbering=[
            OldNumber("BL52", "Zhìshì", "志室", "志室", "L2, 3 cun lateral", "BL47"),
            OldNumber("BL47", "Húnmén", "魂門", "魂门", "T9, 3 cun lateral", "BL42"),
        ],
        views=[
            model.View(view, figure, view.title(), 600, 1000, 13, False, {"L2": (300, 350)})
            for figure in ("female", "male") for view in ("front", "back", "left", "right")
        ],
        placements=[
            model.Placement(code, figure, "back", side, 300 + sign * across, 350, True)
            for figure in ("female", "male") for code, across in (("BL23", 20), ("BL52", 40))
            for side, sign in (("left", -1), ("right", 1))
        ],
        shapes=[
            model.Shape(slug, figure, "back", "midline", "M250 300H350V400H250Z")
            for figure in ("female", "male") for slug in ("lower-back", "kidneys")
        ],
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_atlas_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("atlas") / "atlas.db"
    write(small_library(), path, "small")
    return path


@pytest.fixture
def small_atlas(small_atlas_path: Path) -> Atlas:
    return Atlas(small_atlas_path)


@pytest.fixture
def app(small_atlas_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr("bodymap.ensure_atlas", lambda path: None)
    return create_app(ATLAS=small_atlas_path, STORE="sqlite://", TESTING=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def real_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app on the real data."""
    folder = tmp_path_factory.mktemp("real")
    return create_app(ATLAS=folder / "atlas.db", STORE=f"sqlite:///{folder / 'store.db'}", TESTING=True)


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


class ByFile(LoadScopeScheduling):
    """A file stays on one core, and so do all files about the bodies: to place every point takes a while, once."""

    def _split_scope(self, nodeid: str) -> str:
        name = Path(nodeid.split("::", 1)[0]).stem
        return "bodies" if name.startswith(BODIES) else name


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Marks of groups do not reach xdist 3.8 under pytest 9.2, whose items make their names anew."""
    return ByFile(config, log)


@pytest.fixture(params=["female", "male"])
def placer(request: pytest.FixtureRequest) -> Placer:
    """Each body, ready to find places on."""
    return bodies.placer(request.param)


@pytest.fixture
def placed(placer: Placer) -> tuple[Placed, ...]:
    """Every point of the atlas on the body."""
    return bodies.placed(placer.body.figure)


@pytest.fixture
def spot(placed: tuple[Placed, ...]) -> dict[str, NDArray[np.float64]]:
    """Where each point is on the left side, by code; the other positions that the standard records as "GB30~"."""
    found: dict[str, NDArray[np.float64]] = {}
    for point in placed:
        found.setdefault(point.code if point.position == "standard" else f"{point.code}~", point.spot)
    return found
