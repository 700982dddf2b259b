"""Points placed on the real mesh: measured again from their landmarks, against each other, and against the skin."""

from __future__ import annotations

import csv

import msgspec
import numpy as np
import pytest

from bodymap import model, share
from bodymap.figure import placement, records, surface, zones
from bodymap.figure.camera import cameras
from bodymap.figure.landmarks import MIDCLAVICULAR
from bodymap.figure.placement import SEGMENTS
from tests import bodies

ERROR = 0.1
"""Cun by which a point may miss its rule."""
CHANNEL_DOWN = ("BL22", "BL23", "BL24", "BL25", "BL26", "BL53", "BL54", "BL36", "BL37", "BL40", "BL57", "BL60", "BL62")


@pytest.fixture
def rows(placer):
    return bodies.rows(placer.body.figure)


def front_cun(placer, height: float) -> float:
    """WHO's cun above the navel on the front of the trunk."""
    place = placer.place
    names = ("pubic-symphysis", "umbilicus", "xiphisternal-junction", "suprasternal-notch")
    heights = np.array([place[name][1] for name in names])
    lower, upper = heights[0] - 9, heights[-1] + 9
    return float(np.interp(height, [lower, *heights, upper], [-14.0, -5.0, 0.0, 8.0, 17.0, 26.0]))


def missed(placer, rule, spot) -> float:
    """How far (cun) a spot is from where its rule says, measured by other means than it was found."""
    place, skin = placer.place, placer.landmarks.skin
    match rule:
        case model.Trunk():
            curved = placer.landmarks.height(rule.level, rule.lateral, rule.face)
            height = place[rule.level][1] if curved is None else curved
            up = front_cun(placer, spot[1]) - front_cun(placer, height) if rule.face != "back" else spot[1] - height
            aside = spot[0] - rule.lateral if rule.face != "side" and rule.lateral <= MIDCLAVICULAR else 0.0
            return float(np.hypot(up - rule.above + rule.below, aside))
        case model.Scalp():
            line = skin.line(place["anterior-hairline"], place["posterior-hairline"], outward=surface.UP)
            line = surface.part(line, 0.0, surface.length(line), 0.02)
            middle = placer.landmarks.scalp.midline(rule.back)
            at = int(np.argmin(((line - middle) ** 2).sum(axis=1)))
            back = abs(surface.length(line[: at + 1]) * 12 / surface.length(line) - rule.back) if rule.back > 0 else 0.0
            return back if rule.lateral else max(back, float(np.linalg.norm(spot - middle)))
        case model.Limb():
            start, end = place[SEGMENTS[rule.segment].start], place[SEGMENTS[rule.segment].end]
            axis = placer.axis(rule.segment)
            share_of_segment = ((spot - start) @ axis) / ((end - start) @ axis)
            return abs(share_of_segment * SEGMENTS[rule.segment].cun - rule.along)
        case model.Between():
            if rule.via:
                way, _ = placer.way(rule)
                return abs(float(np.linalg.norm(surface.nearest_on(way, spot) - spot)))
            before, after = (
                surface.length(surface.taut(skin.line(a, b), skin.normal(a) + skin.normal(b)))
                for a, b in ((place[rule.start], spot), (spot, place[rule.end]))
            )
            if rule.cun:
                return abs(before / (placer.cun(rule.segment) if rule.segment else 1.0) - rule.cun)
            return abs(before - rule.fraction * (before + after))
        case model.At():
            wanted = float(np.linalg.norm([rule.up, rule.lateral, rule.forward]))
            start = place[rule.landmark]
            return (
                abs(surface.length(skin.line(start, spot)) - wanted) if wanted else float(np.linalg.norm(spot - start))
            )


def test_every_point_measures_as_its_rule_says(placer, placed):
    errors = {(p.code, p.position): missed(placer, p.rule, p.spot) for p in placed}
    assert {key: round(error, 3) for key, error in errors.items() if error > ERROR} == {}


def test_no_point_is_off_the_skin(placer, placed):
    for point in placed:
        assert np.linalg.norm(placer.landmarks.skin.nearest(point.spot) - point.spot) < 0.02, point.code


def test_points_of_one_level_share_it(spot):
    for level in (("GV4", "BL23", "BL52", "EX-B2"), ("GV3", "BL25"), ("BL53", "BL32")):
        heights = [spot[code][1] for code in level]
        assert max(heights) - min(heights) < 1e-6, level


def test_sacral_points_lie_at_their_foramina(placer, spot):
    assert spot["BL54"][1] == pytest.approx(placer.landmarks.level["S4"])
    assert spot["BL53"][1] == pytest.approx(placer.landmarks.level["S2"])


def test_the_bladder_channel_runs_down_the_body(spot):
    heights = [spot[code][1] for code in CHANNEL_DOWN]
    assert heights == sorted(heights, reverse=True)


def test_the_governor_vessel_runs_up_the_midline(spot):
    heights = [spot[code][1] for code in ("GV3", "GV4", "GV14", "GV20")]
    assert heights == sorted(heights)
    assert all(spot[code][0] == 0 for code in ("GV3", "GV4", "GV14", "GV20", "GV26", "CV4", "CV6"))


def test_bl57_lies_midway_between_the_knee_crease_and_the_level_of_bl60(placer, spot):
    cun, axis = placer.cun("leg-outer"), placer.axis("leg-outer")
    assert ((spot["BL57"] - spot["BL40"]) @ axis) / cun == pytest.approx(8, abs=ERROR)
    assert ((spot["BL60"] - spot["BL57"]) @ axis) / cun == pytest.approx(8, abs=ERROR)


def test_st36_lies_three_cun_below_the_hollow_of_the_knee(placer, spot):
    below = (spot["ST36"] - placer.place["ST35"]) @ placer.axis("leg-outer")
    assert below / placer.cun("leg-outer") == pytest.approx(3, abs=0.15)


def test_cv6_and_cv4_divide_the_way_from_navel_to_pubic_bone(placer, spot):
    way = placer.place["umbilicus"][1] - placer.place["pubic-symphysis"][1]
    assert (placer.place["umbilicus"][1] - spot["CV6"][1]) / way == pytest.approx(1.5 / 5)
    assert (placer.place["umbilicus"][1] - spot["CV4"][1]) / way == pytest.approx(3 / 5)


def test_points_lie_on_the_side_where_a_clinician_seeks_them(placer, spot):
    knee, place = placer.body.joints["l-knee"], placer.place
    assert spot["BL40"][2] < knee[2]
    assert spot["BL39"][0] > spot["BL40"][0]
    assert spot["GB34"][1] < place["fibular-head"][1]
    assert spot["GB34"][2] > place["fibular-head"][2]
    assert place["calcaneal-tendon-outer"][2] < spot["BL60"][2] < place["lateral-malleolus"][2]
    assert spot["KI3"][0] < spot["BL60"][0]
    assert spot["LI4"][0] > placer.body.joints["l-finger-3-1"][0]
    assert spot["SI3"][0] < placer.body.joints["l-finger-3-1"][0]


def test_all_pairs_of_huatuo_are_placed(placed):
    pairs = [point for point in placed if point.code == "EX-B2"]
    assert len({point.rule.level for point in pairs}) == 17
    assert {round(float(point.spot[0]), 6) for point in pairs} == {0.5}
    assert pairs[0].rule.level == "L2"


def test_left_mirrors_right_exactly(placed):
    for point in placed:
        sides = dict(point.sides)
        if "left" in sides:
            assert (sides["left"] == sides["right"] * [-1, 1, 1]).all()
        else:
            assert sides["midline"][0] == 0


def test_no_point_is_hidden_in_every_view(placed, rows):
    shown = {(row.code, row.side) for row in rows if row.visible}
    for point in placed:  # in the armpit only the close-up of the left flank shows it, standing for both
        assert shown & {(point.code, "left"), (point.code, "midline")}, point.code


def test_a_zoom_of_the_left_limb_lists_the_left_side_alone(rows):
    limb = {row.side for row in rows if row.view in ("foot", "knee-back", "hand-back")}
    assert limb == {"left"}


def test_the_committed_places_are_what_the_rules_give(placer, rows):
    """Run ``bodymap figure`` after a change of a rule, a landmark or a camera."""
    figure = placer.body.figure
    made = [(row.code, row.view, row.side, row.position, row.visible) for row in rows]
    with (share.DATA / "placements.csv").open(encoding="utf-8", newline="") as file:
        committed = [row for row in csv.DictReader(file) if row["figure"] == figure]
    assert [
        (row["code"], row["view"], row["side"], row["position"], row["visible"] == "true") for row in committed
    ] == made
    where = np.array([(float(row["x"]), float(row["y"])) for row in committed])
    assert np.abs(where - [(row.x, row.y) for row in rows]).max() < 0.15  # SVG units: the last digit may round apart


def test_the_committed_views_are_what_the_cameras_show(placer):
    views = msgspec.json.decode((share.DATA / "views.json").read_bytes(), type=list[model.View])
    committed = {view.id: view for view in views if view.figure == placer.body.figure}
    for view in records.views(placer):
        assert committed[view.id].cun == pytest.approx(view.cun, abs=1e-3)
        assert committed[view.id].landmarks.keys() == view.landmarks.keys()
        for name, place in view.landmarks.items():
            assert committed[view.id].landmarks[name] == pytest.approx(place, abs=0.15), name


def test_a_skin_point_behind_the_body_is_not_seen(placer, spot):
    front = next(camera for camera in cameras(placer.body) if camera.id == "front")
    shown = placement.shown_by(front, placer.body)
    assert placement.seen(front, shown, spot["CV6"])
    assert not placement.seen(front, shown, spot["GV4"])


def test_points_over_danger_lie_in_its_zone(placer, placed):
    over = set(zones.inside(placer, placed, share.DATA))
    for zone, codes in {
        "lung-field": ("GB21", "SI14", "BL43"), "kidneys": ("BL23", "BL52"), "popliteal-vessels": ("BL40",),
        "sciatic-nerve": ("GB30", "BL54", "BL36"), "spinal-canal": ("GV14", "GV4", "GV3", "GV15", "GV16"),
        "heart": ("CV17", "CV16", "CV15", "CV14"), "spleen": ("BL48", "BL49"),
        "carotid-vessels": ("ST9", "ST10", "ST11", "LI17", "LI18", "SI17"),
        "femoral-vessels": ("LR12", "ST30", "SP11", "LR10", "SP12"),
    }.items():  # fmt: skip
        for code in codes:
            assert (zone, code) in over
    danger = {zone.slug for zone in zones.read(share.DATA) if zone.kind == "danger"}
    assert not any(code in ("LI4", "ST36", "TE5") for zone, code in over if zone in danger)
    assert {("hand", "LI4"), ("lower-back", "BL23"), ("eye", "ST1"), ("carotid-vessels", "ST9")} <= over
