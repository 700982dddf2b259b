"""The drawn figures: what is committed is sound and symmetric, and drawing them anew gives the same geometry."""

import gzip
import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree

from bodymap import model
from bodymap.figure import calibrate, make, mesh, outline, picture, raster, skin
from bodymap.figure.camera import cameras

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
FILES = sorted((ROOT / "static" / "svg").rglob("*.svg"))
GOLDEN = Path(__file__).parent / "golden" / "figure.json"
VIEWS = ("back", "hip", "foot")
COARSE = 0.3
"""Scale of the drawings made here: coarse, but each passes through every step."""


def subpaths(data):
    """The subpaths of path data as (points, closed); curves by their end points."""
    found, at = [], np.zeros(2)
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if command in "zZ":
            found[-1] = (found[-1][0], True)
        else:
            assert command in "Mlcs"
            at = np.round(np.array(numbers[-2:]) + (0 if command == "M" else at), 1)
            if command == "M":
                found.append(([], False))
            found[-1][0].append(at)
    return [(np.array(points), closed) for points, closed in found]


def paths(text):
    return ET.fromstring(text).iter(f"{SVG}path")


def geometry(text):
    """The exact numbers by which a drawing is known again."""
    body = subpaths(next(paths(text)).get("d"))
    points = np.vstack([ring for ring, _ in body])
    area = sum(ring[:, 0] @ np.roll(ring[:, 1], -1) - ring[:, 1] @ np.roll(ring[:, 0], -1) for ring, _ in body) / 2
    return {
        "viewBox": ET.fromstring(text).get("viewBox"),
        "area": round(abs(float(area))),
        "box": [round(float(value)) for value in (*points.min(axis=0), *points.max(axis=0))],
        "paths": len(list(paths(text))),
        "outlines": len(body),
    }


@pytest.fixture(scope="session")
def drawings(tmp_path_factory):
    """The female figure drawn coarsely, view by view."""
    folder = mesh.fetch(Path(os.environ.get("BODYMAP_CACHE", ".cache")))
    into = tmp_path_factory.mktemp("svg")
    make.draw(folder, mesh.load(folder, "female"), into, views=VIEWS, scale=COARSE)
    return {view: (into / f"{view}.svg").read_text() for view in VIEWS}


def test_drawing_the_figure_anew_gives_the_golden_geometry(drawings):
    found = {view: geometry(text) for view, text in drawings.items()}
    assert found == json.loads(GOLDEN.read_text())


def test_every_view_of_both_figures_is_committed():
    folder = mesh.fetch(Path(os.environ.get("BODYMAP_CACHE", ".cache")))
    for figure in mesh.SHAPES:
        for camera in cameras(mesh.load(folder, figure)):
            file = make.svg_folder(ROOT / "static", figure) / f"{camera.id}.svg"
            assert file in FILES
            box = ET.fromstring(file.read_text()).get("viewBox")
            assert box == f"0 0 {camera.width:g} {camera.height:g}", f"{file} was drawn by another camera"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_committed_figure_is_a_small_svg_with_a_body(file):
    root = ET.fromstring(file.read_text())
    assert root.tag == f"{SVG}svg"
    assert [group.get("id") for group in root] == ["body"]
    assert len(gzip.compress(file.read_bytes(), 9)) < 25_000


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_committed_figure_takes_every_colour_from_a_skin_variable(file):
    for element in ET.fromstring(file.read_text()).iter():
        assert "style" not in element.attrib
        for attribute in ("fill", "stroke"):
            value = element.get(attribute, "none")
            assert value == "none" or re.fullmatch(r"var\(--skin-(\d|line|nail|deep), #[0-9a-f]{6}\)", value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_filled_shape_is_closed_and_only_cropped_outlines_are_open(file):
    cropped = file.stem not in ("front", "back", "left", "right")
    for element in paths(file.read_text()):
        shapes = subpaths(element.get("d"))
        assert shapes
        if element.get("fill") != "none" or not cropped:
            assert all(closed for _, closed in shapes)


@pytest.mark.parametrize("folder", ["svg", "svg/male"])
@pytest.mark.parametrize("view", ["front", "back", "lower-back", "shoulder", "head-front"])
def test_a_view_from_the_front_or_the_back_is_its_own_mirror_image(folder, view):
    text = (ROOT / "static" / folder / f"{view}.svg").read_text()
    width = float(ET.fromstring(text).get("viewBox").split()[2])
    for element in paths(text):
        if element.get("fill-rule"):
            continue
        points = np.vstack([points for points, _ in subpaths(element.get("d"))])
        away, _ = cKDTree(points).query(points * [-1, 1] + [width, 0])
        assert away.max() < 0.3  # a curve cut by the frame may have its knots a hair apart


def test_the_nearer_of_two_triangles_is_seen():
    points = np.array([[0, 0, 1], [8, 0, 1], [0, 8, 1], [0, 0, 2], [8, 0, 2], [0, 8, 0.5]], dtype=float)
    seen = raster.draw(points, np.array([[0, 1, 2], [3, 4, 5]]), 8, 8)
    assert seen.face[0, 0] == 1
    assert seen.face[7, 0] == 0
    assert seen.face[7, 7] == -1
    assert seen.interpolate(points[:, 2])[0, 0] == pytest.approx(seen.depth[0, 0])


def test_a_disc_is_traced_as_one_closed_ring_of_its_area():
    y, x = np.mgrid[0:200, 0:200] + 0.5
    (ring,) = outline.trace(30 - np.hypot(x - 100, y - 100), 2.0)
    (run,) = ring
    assert run.closed
    assert np.hypot(*(run.points - 50).T) == pytest.approx(15, abs=0.1)


def test_a_region_that_runs_off_the_picture_is_stroked_only_inside_it():
    y, x = np.mgrid[0:100, 0:100] + 0.5
    rings = outline.trace(30 - np.hypot(x - 50, y - 100), 1.0)
    assert [run.straight for run in rings[0]].count(True) == 1
    ((stroke, closed),) = subpaths(outline.strokes(rings, 0.1))
    assert not closed
    assert stroke[[0, -1], 1].tolist() == [100, 100]
    assert stroke[1:-1, 1].max() < 100
    assert [closed for _, closed in subpaths(outline.path(rings, 0.1))] == [True]


def test_numbers_are_written_shortly_and_relative_to_what_was_written():
    pen = outline.Pen(np.array([1.04, -0.5]))
    pen.lines(np.array([[1.04, 2.0], [1.96, 2.0]]))
    assert pen.text == "M1-.5l0 2.5l1 0"


def test_private_parts_of_the_mesh_are_known():
    folder = mesh.fetch(Path(os.environ.get("BODYMAP_CACHE", ".cache")))
    assert len(skin.private(folder)) > 0
    assert set(picture.COLOURS) >= {"skin-1", "skin-6", "skin-line"}


def test_a_calibration_sheet_draws_zones_of_every_kind():
    slugs = ("lower-back", "sciatic-thigh", "spleen", "root-l5", "ear-shenmen", "scalp-ms5")
    drawn = calibrate._areas([model.Shape(slug, "female", "back", "left", "M0 0H9V9Z") for slug in slugs])
    assert [f"<title>{slug}</title>" in path for slug, path in zip(slugs, drawn, strict=True)] == [True] * 6
