"""Charts: whole, named, escaped, true to their numbers, and never telling by colour alone."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap import charts
from bodymap.charts import Day, Head, Place, Share, Throw
from bodymap.model import View
from tests.conftest import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
HEAD = Head("it", HOSTILE, "What it shows")
VIEW = View("back", "female", "Back", 600, 1000, 13, False, {}, left="left")


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def boxes(root: ElementTree.Element, name: str) -> list[tuple[float, float]]:
    """Top and height of each box of that class."""
    found = root.findall(f"{SVG}rect[@class='{name}']")
    return [(float(box.get("y")), float(box.get("height"))) for box in found]


def test_a_chart_is_an_image_with_a_name_and_a_description() -> None:
    root = tree(charts.forecast(HEAD, [Day("Today", "26", 3)]))
    assert (root.get("role"), root.get("aria-label")) == ("img", HOSTILE)
    assert root.find(f"{SVG}desc").text == "What it shows"
    assert root.get("style") is None


def test_columns_are_as_tall_as_what_is_due_and_what_is_overdue_is_hollow() -> None:
    root = tree(charts.forecast(HEAD, [Day("Today", "26", 10, 4), Day("Fri", "27", 5), Day("Sat", "28", 0)]))
    (_, today), (_, tomorrow) = boxes(root, "column")
    ((_, overdue),) = boxes(root, "column overdue")
    assert today / tomorrow == pytest.approx(6 / 5, abs=0.02)
    assert overdue / today == pytest.approx(4 / 6, abs=0.04)
    values = [text.text for text in root.findall(f"{SVG}text[@class='value middle']")]
    assert values == ["10", "5"]


def test_a_forecast_of_nothing_is_drawn() -> None:
    assert boxes(tree(charts.forecast(HEAD, [Day("Today", "26", 0)])), "column") == []
    assert boxes(tree(charts.forecast(HEAD, [])), "column") == []


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=14))
def test_columns_never_leave_the_chart(due: list[int]) -> None:
    root = tree(charts.forecast(HEAD, [Day("D", "1", number, number // 2) for number in due]))
    for name in ("column", "column overdue"):
        assert all(top >= 0 and top + tall <= 126.1 for top, tall in boxes(root, name))


def test_what_is_remembered_stands_within_its_range_and_is_left_out_where_unknown() -> None:
    rows = [Share("Locate", 0.5, 0.8, 0.6, 0.9, 40), Share("Name", 1.0, None, 0, 0, 3)]
    root = tree(charts.shares(HEAD, rows, 0.9, "target 90 %"))
    (dot,) = root.findall(f"{SVG}circle[@class='remembered']")
    (reach,) = root.findall(f"{SVG}line[@class='range']")
    assert float(reach.get("x1")) < float(dot.get("cx")) < float(reach.get("x2"))
    assert [float(bar.get("width")) for bar in root.findall(f"{SVG}rect[@class='share']")] == [97, 194]
    assert float(root.find(f"{SVG}line[@class='target']").get("x1")) == pytest.approx(128 + 0.9 * 194)
    assert "target 90 %" in {text.text for text in root.findall(f"{SVG}text")}


def test_distances_differ_in_shape_by_grade_and_the_far_ones_lie_at_the_edge() -> None:
    throws = [Throw(0, 0.2, "right"), Throw(50, 0.8, "near"), Throw(80, 1.5, "wrong"), Throw(100, 9.0, "wrong")]
    root = tree(charts.distances(HEAD, throws, [(0, "1 Oct"), (100, "9 Oct")], "right", "near"))
    right, near = (root.find(f"{SVG}circle[@class='throw {grade}']") for grade in ("right", "near"))
    assert float(right.get("cy")) > float(near.get("cy"))  # nearer is lower
    assert float(right.get("cx")) < float(near.get("cx"))
    assert root.find(f"{SVG}path[@class='throw wrong']").get("d").endswith("l-6 6")
    assert root.find(f"{SVG}path[@class='throw wrong beyond']").get("d").endswith("h-8z")


@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 50)), min_size=1, max_size=60))
def test_any_answers_can_be_drawn_and_medians_lie_among_them(given_: list[tuple[float, float]]) -> None:
    throws = [Throw(when, distance, "right" if distance <= 0.5 else "wrong") for when, distance in given_]
    root = tree(charts.distances(HEAD, throws, [(throws[0].when, "then")], "right", "near"))
    assert len(root.findall(f"{SVG}circle") + root.findall(f"{SVG}path")) >= len(throws)
    whens, offs = [throw.when for throw in throws], [throw.distance for throw in throws]
    for when, off in charts.medians(throws):
        assert min(whens) <= when <= max(whens)
        assert min(offs) <= off <= max(offs)


def test_medians_fall_as_the_learner_gets_nearer() -> None:
    throws = [Throw(day, 3 - day / 10, "wrong") for day in range(24)]
    line = charts.medians(throws, parts=4)
    assert [round(off, 2) for _, off in line] == [2.75, 2.15, 1.55, 0.95]
    assert len(charts.medians(throws[:2])) == 1


def test_a_body_links_every_point_that_was_met_and_the_bands_differ_in_shape() -> None:
    places = [Place(f"/points/{band}", f"{band} {HOSTILE}", 100 + 90 * n, 300, band)
              for n, band in enumerate(("unseen", "weak", "growing", "strong"))]  # fmt: skip
    root = tree(charts.body(HEAD, VIEW, "/static/svg/back.svg#body", places))
    assert root.get("role") == "group"  # an image would hide its links from assistive technology
    links = root.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [place.href for place in places[1:]]
    assert (links[0].get("aria-label"), links[0].get("tabindex")) == (f"weak {HOSTILE}", "-1")
    shapes = [tuple(child.tag.removeprefix(SVG) for child in link) for link in links]
    assert shapes == [("title", "polygon", *rest) for rest in (("path",), ("circle", "path"), ("circle",))]
    unseen = root.find(f"{SVG}g[@class='strength unseen']")
    assert unseen.find(f"{SVG}title").text == f"unseen {HOSTILE}"
    assert (unseen.find(f"{SVG}circle").get("r"), links[2].find(f"{SVG}circle").get("r")) == ("4.5", "9")
    assert len(root.findall(f"{SVG}g[@class='glow']/{SVG}circle")) == 1
    assert [text.text for text in root.findall(f"{SVG}text")] == ["L", "R"]


def test_a_key_is_for_the_eye_alone() -> None:
    root = tree(charts.key("growing"))
    assert (root.get("aria-hidden"), root.get("role")) == ("true", None)
