"""Landmarks on the real mesh stand where they stand on people, and relate as the WHO standard says they do."""

from __future__ import annotations

import numpy as np
import pytest

from bodymap.figure.landmarks import Landmarks
from bodymap.figure.landmarks.spine import LEVELS
from bodymap.figure.mesh import STATURE
from tests import bodies


@pytest.fixture(params=["female", "male"])
def marks(request) -> Landmarks:
    return bodies.placer(request.param).landmarks


def test_every_landmark_lies_on_the_skin(marks):
    for name, spot in marks.point.items():
        assert np.linalg.norm(marks.skin.nearest(spot) - spot) < 0.02, name


def test_spinous_processes_follow_each_other_down_the_midline(marks):
    heights = [marks.process[name] for name in LEVELS]
    steps = -np.diff(heights)
    assert (steps > 0.7).all()
    assert (steps < 1.9).all()
    assert all(marks.point[name][0] == pytest.approx(0, abs=1e-6) for name in LEVELS)


def test_the_last_thoracic_process_lies_midway_between_shoulder_blade_and_hip_bone(marks):
    midway = (marks.point["inferior-angle"][1] + marks.point["iliac-crest"][1]) / 2
    assert marks.process["T12"] == pytest.approx(midway, abs=0.5)


def test_the_fourth_lumbar_process_is_level_with_the_iliac_crests(marks):
    assert marks.point["iliac-crest"][1] == pytest.approx(marks.process["L4"], abs=0.05)


def test_the_shoulder_blade_spans_the_third_to_the_seventh_thoracic_process(marks):
    assert marks.point["scapular-spine-medial"][1] == pytest.approx(marks.process["T3"], abs=0.05)
    assert marks.point["inferior-angle"][1] == pytest.approx(marks.process["T7"], abs=0.05)
    assert marks.point["scapular-spine-medial"][0] == pytest.approx(3.0)


def test_the_sacral_hiatus_is_level_with_the_fourth_foramen(marks):
    assert marks.point["sacral-hiatus"][1] == pytest.approx(marks.level["S4"], abs=0.05)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("umbilicus", 0.59, 0.63), ("pubic-symphysis", 0.50, 0.53), ("greater-trochanter", 0.50, 0.54),
        ("gluteal-fold", 0.44, 0.50), ("popliteal-crease", 0.27, 0.30), ("patella-apex", 0.27, 0.29),
        ("fibular-head", 0.25, 0.275), ("lateral-malleolus", 0.035, 0.045), ("medial-malleolus", 0.042, 0.052),
        ("acromion", 0.81, 0.84),
    ],
)  # fmt: skip
def test_heights_are_those_of_people(marks, name, low, high):
    assert low < marks.point[name][1] / STATURE < high


def test_the_malleoli_lie_on_their_own_sides_of_the_ankle(marks):
    ankle = marks.body.joints["l-ankle"]
    assert marks.point["medial-malleolus"][0] < ankle[0] < marks.point["lateral-malleolus"][0]
    assert marks.point["calcaneal-tendon-outer"][2] < ankle[2]


def test_the_face_runs_from_hairline_to_lip(marks):
    names = ("vertex", "anterior-hairline", "glabella", "nose-base", "upper-lip")
    heights = [marks.point[name][1] for name in names]
    assert heights == sorted(heights, reverse=True)


def test_the_scalp_is_measured_as_eighteen_cun(marks):
    """WHO: 12 cun between the hairlines, and 3 from the glabella to the front one."""
    along = marks.skin.line(marks.point["glabella"], marks.point["C7-process"], outward=np.array([0.0, 1.0, 0.0]))
    cun = np.linalg.norm(np.diff(along, axis=0), axis=1).sum() / 18
    front = marks.skin.line(marks.point["glabella"], marks.point["anterior-hairline"])
    assert np.linalg.norm(np.diff(front, axis=0), axis=1).sum() / cun == pytest.approx(3, abs=0.05)


def test_both_bodies_carry_the_same_landmarks():
    assert bodies.placer("female").place.keys() == bodies.placer("male").place.keys()
