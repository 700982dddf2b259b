"""The courses of channels: their order, and that they run over the skin through their points."""

import numpy as np
import pytest

from bodymap import model, share
from bodymap.figure import courses
from bodymap.figure.surface import Surface
from tests import bodies


def channel(*lines: str) -> model.Channel:
    said = model.Statement("A path.", "tradition", ("who-2008",))
    return model.Channel("BL", "Bladder", "Pángguāng", "膀胱", "膀胱", ("BL",), said, 67, lines)


def test_a_course_names_single_points_and_stretches() -> None:
    assert list(courses.orders(channel("1-3", "10 41-43 40"))) == [
        ["BL1", "BL2", "BL3"],
        ["BL10", "BL41", "BL42", "BL43", "BL40"],
    ]


def test_every_point_of_the_standard_lies_on_its_channels_course() -> None:
    for entry in courses.read(share.DATA):
        drawn = {code for codes in courses.orders(entry) for code in codes}
        assert drawn == {f"{entry.code}{number}" for number in range(1, entry.count + 1)}


@pytest.mark.parametrize("figure", ["female", "male"])
def test_a_course_keeps_to_the_skin_and_passes_its_points(figure: str) -> None:
    skin: Surface = bodies.placer(figure).landmarks.skin
    spots = {spot.code: spot.spot for spot in bodies.placed(figure)}
    line = courses._course(skin, [spots[code] for code in ("BL22", "BL23", "BL25", "BL54", "BL40", "BL57", "BL60")])
    for code in ("BL23", "BL54", "BL57"):
        assert np.linalg.norm(line - spots[code], axis=1).min() < 1e-6
    off = [float(np.linalg.norm(skin.nearest(place) - place)) for place in line[::9]]
    assert max(off) < 0.05
