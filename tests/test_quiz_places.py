"""Where a point is asked: a close-up with room around it, looked at squarely; and what lies below what."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bodymap import model
from bodymap.atlas import Atlas
from bodymap.build import write
from bodymap.library import Library
from bodymap.quiz import places
from tests.conftest import point, said


def atlas_with(folder: Path, spots: dict[str, tuple[float, float]], marked: str) -> Atlas:
    """One point, placed so in some views of 100 by 100, and shown how to be found in one of them."""
    zooms = {"back": False, "left": False, "thigh": True, "hip": True}
    views = [model.View(name, "female", name, 100, 100, 40 if zoom else 10, zoom, {}) for name, zoom in zooms.items()]
    placed = [model.Placement("GB31", "female", name, "left", x, y, True) for name, (x, y) in spots.items()]
    marks = [model.Mark("GB31", "female", marked, "landmark", "Knee", "M0 0L1 1", 50, 50)]
    channel = model.Channel("GB", "Gallbladder", "", "", "", ("GB",), said(), 44)
    write(Library(points=[point("GB31")], channels=[channel], views=views, placements=placed, marks=marks),
          folder / "atlas.db", "places")  # fmt: skip
    return Atlas(folder / "atlas.db")


@pytest.mark.parametrize(
    ("spots", "marked", "asked"),
    [
        ({"left": (50, 50), "thigh": (50, 50)}, "left", "thigh"),  # a close-up that is new, and shows it well inside
        ({"left": (50, 50), "thigh": (9, 50)}, "left", "left"),  # only at the rim of the thigh
        ({"left": (50, 50), "thigh": (9, 50)}, "thigh", "thigh"),  # near the edge, and yet looked at squarely
        ({"left": (50, 50), "thigh": (2, 50), "hip": (40, 40)}, "thigh", "hip"),  # nearly cut off by the edge
        ({"back": (50, 50), "hip": (30, 50), "thigh": (50, 50)}, "hip", "hip"),
        ({"back": (30, 50), "left": (50, 50)}, "back", "back"),
    ],
)
def test_a_point_is_asked_on_a_close_up_that_shows_it_well(
    tmp_path: Path, spots: dict[str, tuple[float, float]], marked: str, asked: str
) -> None:
    view = places.asked_view(atlas_with(tmp_path, spots, marked), "female", "GB31")
    assert view is not None
    assert view.id == asked


def test_a_point_that_is_hidden_everywhere_is_asked_nowhere(tmp_path: Path) -> None:
    assert places.asked_view(atlas_with(tmp_path, {}, "back"), "female", "GB31") is None


@pytest.mark.parametrize("figure", ["female", "male"])
def test_nearly_every_point_of_the_atlas_is_asked_on_a_close_up(real_app: Flask, figure: model.Figure) -> None:
    atlas: Atlas = real_app.extensions["atlas"]
    views = {code: places.asked_view(atlas, figure, code) for code in atlas.points}
    assert {code for code, view in views.items() if view is None or not view.zoom} <= {"BL37", "GB31", "GB32"}


def test_points_that_are_shown_together_are_shown_as_close_as_can_be(real_app: Flask) -> None:
    atlas: Atlas = real_app.extensions["atlas"]
    assert places.common_view(atlas, "female", ["BL40", "BL39"]).id == "knee-back"
    assert places.common_view(atlas, "female", ["BL25", "BL60"]).id == "back"


def test_heights_are_in_cun_and_grow_downwards(real_app: Flask) -> None:
    height = places.heights(real_app.extensions["atlas"], "female", ["BL40", "BL57"])
    assert height["BL57"] - height["BL40"] == pytest.approx(8, abs=1.6)  # as the standard measures the calf
