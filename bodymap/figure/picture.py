"""One view of the body as an SVG file: soft tones laid from dark to light, inner lines, outline.

Knows how light falls and which CSS variable paints what. Colours are ``var(--skin-...)`` with a fallback, so that a
page can set its own (dark, print) and the file still looks right alone. Knows nothing of points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import svgwrite
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter

from bodymap.figure import lines, outline, raster
from bodymap.figure.camera import Camera
from bodymap.figure.lines import Line
from bodymap.figure.outline import Ring
from bodymap.figure.skin import Skin

Array = NDArray[np.float64]

COLOURS = {
    "skin-1": "#fbf8f5",
    "skin-2": "#f3eeea",
    "skin-3": "#e9e2dc",
    "skin-4": "#ddd4cc",
    "skin-5": "#cec3ba",
    "skin-6": "#b9aca2",
    "skin-line": "#5f544d",
}
LEVELS = (0.46, 0.56, 0.65, 0.72, 0.775, 0.82, 0.86, 0.892, 0.92, 0.943)
"""Tones above which each layer is laid, two layers (a half and a whole step) to a colour."""
BLEED = 20.0
"""SVG units drawn around the picture, so that blurs know what lies beyond its edge."""
SOFT = 1.3
"""Blur of the tones, in SVG units."""
LIGHT = np.array([0.86, 0.5])
"""Direction of the light: toward the viewer and up."""
OUTLINE_WIDTH, LINE_WIDTH = 1.5, 1.25
ERROR = 0.12
"""How far (SVG units) a drawn curve may stray from the traced one."""


@dataclass(frozen=True)
class Picture:
    """What is drawn: rings of each tone (dark to light), of the body, and the inner lines. SVG units."""

    camera: Camera
    body: list[Ring]
    tones: list[list[Ring]]
    lines: list[Line]


def compose(skin: Skin, camera: Camera, scale: float) -> Picture:
    """Draw a view with ``scale`` pixels to an SVG unit."""
    seen = _shoot(skin, camera, scale)
    mirror = _symmetric(camera)
    bleed = round(BLEED * scale)
    inside = distance_transform_edt(seen.mask) - distance_transform_edt(~seen.mask)
    body = gaussian_filter(np.clip(inside, -4, 4), 0.7)
    tone = _tone(skin, camera, seen, scale)
    if mirror:
        tone = (tone + tone[:, ::-1]) / 2
    rim = inside / scale

    def rings(field: Array, **options: float) -> list[Ring]:
        return outline.trace(field[bleed:-bleed, bleed:-bleed], scale, mirror=mirror, **options)

    tones = [
        rings(np.minimum(tone - level, (rim - 0.8 - 0.35 * step) * 0.1), smooth=1.6, least=14.0)
        for step, level in enumerate(LEVELS)
    ]
    inner = lines.inner_lines(skin, camera, seen, scale, BLEED)
    return Picture(camera, rings(body, smooth=0.6, least=4.0), tones, inner)


def _shoot(skin: Skin, camera: Camera, scale: float) -> raster.Raster:
    """The raster of a view, ``BLEED`` units larger on every side."""
    points = camera.project(skin.vertices)
    points[:, :2] = (points[:, :2] + BLEED) * scale
    width, height = (round((size + 2 * BLEED) * scale) for size in (camera.width, camera.height))
    return raster.draw(points, skin.faces(camera.parts), height, width)


def _symmetric(camera: Camera) -> bool:
    """Whether the view is its own mirror image: the viewer stands on the body's plane of symmetry."""
    return abs(camera.toward[0]) < 1e-9 and abs(camera.centre[0]) < 1e-9


def _tone(skin: Skin, camera: Camera, seen: raster.Raster, scale: float) -> Array:
    """How light the skin is, about 0 to 1: the light that falls on it, the open sky, hollows and ridges."""
    lit = skin.normals @ (LIGHT[0] * camera.toward + LIGHT[1] * camera.up)
    facing = np.clip(skin.normals @ camera.toward, 0, 1)
    shade = 0.45 * np.clip(lit * 0.5 + 0.5, 0, 1) + 0.35 * skin.openness + 0.2 * facing**0.6 + 0.06 * skin.ridge
    shade = seen.interpolate(shade)
    weight = gaussian_filter(seen.mask.astype(np.float64), SOFT * scale)
    return np.asarray(gaussian_filter(shade, SOFT * scale) / np.maximum(weight, 1e-6))


def write(picture: Picture) -> str:
    """The picture as the text of an SVG file."""
    camera = picture.camera
    drawing = svgwrite.Drawing(debug=False, size=None, viewBox=f"0 0 {camera.width:g} {camera.height:g}")
    group = drawing.g(id="body")
    tones = drawing.g(fill_rule="evenodd")
    tones.add(drawing.path(d=outline.path(picture.body, ERROR), fill=_paint("skin-6")))
    for step, rings in enumerate(picture.tones):
        if not rings:
            continue
        name = f"skin-{5 - step // 2}"
        layer = drawing.path(d=outline.path(rings, ERROR), fill=_paint(name))
        if step % 2 == 0:
            layer["fill-opacity"] = "0.5"
        tones.add(layer)
    group.add(tones)
    ink = "".join(_ink(line) for line in picture.lines)
    group.add(drawing.path(d=ink, fill=_paint("skin-line")))
    group.add(
        drawing.path(
            d=outline.strokes(picture.body, ERROR), fill="none", stroke=_paint("skin-line"),
            stroke_width=f"{OUTLINE_WIDTH:g}", stroke_linejoin="round", stroke_linecap="round",
        )  # fmt: skip
    )
    drawing.add(group)
    for attribute in ("baseProfile", "version", "width", "height", "xmlns:ev", "xmlns:xlink"):
        drawing.attribs.pop(attribute, None)
    return drawing.tostring()


def _paint(name: str) -> str:
    return f"var(--{name}, {COLOURS[name]})"


def _ink(line: Line) -> str:
    """A tapered stroke as a shape to fill."""
    direction = np.gradient(line.points, axis=0)
    direction /= np.maximum(np.hypot(*direction.T), 1e-9)[:, None]
    normal = direction[:, ::-1] * [1, -1]
    half = normal * (line.weight * LINE_WIDTH / 2)[:, None]
    one, other = line.points + half, (line.points - half)[::-1]
    pen = outline.Pen(one[0])
    pen.curve(outline.knots(one, ERROR))
    pen.lines(other[:1])
    pen.curve(outline.knots(other, ERROR))
    return pen.text + "z"
