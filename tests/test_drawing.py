"""The overlay: escaped, linked, and no hit area that another point's steals."""

from xml.etree import ElementTree

from bodymap.drawing import Area, Dot, Picture, draw
from bodymap.model import Mark, View
from tests.conftest import HOSTILE

VIEW = View("back", "female", "Back", 600, 1000, 13, False, {}, left="left")
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
    assert root.find(f".//{SVG}g[@class='mark level']/{SVG}path").get("d") == "M0 5H600"
    assert root.find(f".//{SVG}text[@class='label']").text == "L2"


def test_every_line_to_a_place_and_every_place_lie_beneath_all_badges() -> None:
    """At L2 four points stand side by side; the place of the fourth must not cover the badge of the first."""
    dots = [Dot(f"p{n}", code, "/", code, 300 + 14 * n, 400, str(n + 1))
            for n, code in enumerate(["GV4", "EX-B2", "BL23", "BL52"])]  # fmt: skip
    layer = tree(dots=dots).find(f"{SVG}g[@id='over-back']")
    kinds = [element.get("class").split()[0] for element in layer]
    assert "anchor" in kinds
    assert kinds == sorted(kinds, key=("anchor", "point").index)
    anchor = layer.find(f"{SVG}g[@data-of='p3']")
    assert [(part.get("class")) for part in anchor] == ["leader", "dot"]
    assert not layer.findall(f".//{SVG}a/{SVG}line")
