"""The overlay: escaped, linked, and no hit area that another point's steals."""

import math
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bodymap.drawing import Area, Dot, Picture, draw, nearest_cells, spread
from bodymap.model import Mark, View
from tests.conftest import HOSTILE

VIEW = View("back", "female", "Back", 600, 1000, 13, False, {})
SVG = "{http://www.w3.org/2000/svg}"


def tree(**parts: object) -> ElementTree.Element:
    return ElementTree.fromstring(draw(Picture(VIEW, "/static/svg/back.svg#body", "Back", "back", **parts)))


def test_a_point_is_a_link_with_a_name_and_a_plain_href() -> None:
    root = tree(dots=[Dot("p", "BL23", "/points/BL23?as=student", HOSTILE, 300, 400, "1")])
    link = root.find(f".//{SVG}a")
    assert link is not None
    assert link.get("href") == link.get("hx-get") == "/points/BL23?as=student"
    assert link.get("aria-label") == HOSTILE
    assert link.find(f"{SVG}title").text == HOSTILE


def test_the_figure_is_used_not_copied_and_the_picture_is_a_group_for_assistive_technology() -> None:
    root = tree()
    assert root.find(f"{SVG}use").get("href") == "/static/svg/back.svg#body"
    assert (root.get("role"), root.get("aria-label"), root.get("viewBox")) == ("group", "Back", "0 0 600 1000")


def test_the_back_view_has_the_persons_left_on_the_left() -> None:
    letters = [text.text for text in tree().find(f"{SVG}g[@class='sides']")]
    assert letters == ["L", "R"]


def test_areas_and_marks_are_drawn() -> None:
    root = tree(
        areas=[Area("r", "lower-back", "Lower back", ("M0 0H9V9Z",), "/regions/lower-back")],
        marks=[Mark("BL23", "female", "back", "level", "L2", "M0 5H600", 10, 5)],
    )
    assert root.find(f".//{SVG}a[@id='r']/{SVG}path").get("d") == "M0 0H9V9Z"
    assert root.find(f".//{SVG}g[@class='mark level']/{SVG}text").text == "L2"


SPOTS = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 1000)), min_size=1, max_size=25, unique=True)


@given(SPOTS)
def test_a_hit_area_holds_its_own_point_and_nothing_nearer_to_another(spots: list[tuple[int, int]]) -> None:
    for index, (cell, (x, y)) in enumerate(zip(nearest_cells(spots, 30), spots, strict=True)):
        assert len(cell) >= 3
        for cx, cy in cell:
            own = math.hypot(cx - x, cy - y)
            others = [math.hypot(cx - ox, cy - oy) for place, (ox, oy) in enumerate(spots) if place != index]
            assert own <= 30.001
            assert all(own <= other + 1e-6 for other in others)


def test_crowded_badges_are_pushed_apart_and_lone_ones_stay() -> None:
    spots = spread([(100, 100), (105, 100), (400, 400)], [True, True, True], 20)
    assert math.dist(spots[0], spots[1]) >= 19.9
    assert spots[2] == (400, 400)
