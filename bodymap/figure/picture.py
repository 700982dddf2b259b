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
from svgwrite.container import Group

from bodymap.figure import features, lines, outline, raster
from bodymap.figure.camera import Camera
from bodymap.figure.lines import Line
from bodymap.figure.outline import Ring
from bodymap.figure.skin import Skin

Array = NDArray[np.float64]

# Light grows from skin-6 to skin-1; skin-deep (iris and brow) stays darker than they are on a dark page too, where
# skin-line is light.
COLOURS = {
    "skin-1": "#fbf8f5",
    "skin-2": "#f3eeea",
    "skin-3": "#e9e2dc",
    "skin-4": "#ddd4cc",
    "skin-5": "#cec3ba",
    "skin-6": "#b9aca2",
    "skin-line": "#675b54",
    "skin-nail": "#fdfbf9",
    "skin-deep": "#5f544d",
}
STEPS_WHOLE, STEPS_ZOOM = (1, 2, 2, 3, 3), (2, 3, 3, 4, 4)
"""How many layers lead from each colour to the next lighter one: more near the light, where the eye sees each step."""
DARKEST, LIGHTEST, CROWDING = 0.06, 0.9, 1.35
"""Tones at which the first and the last layer begin, and how much the layers crowd towards the light."""
RIM = (1.1, 3.3)
"""How far (SVG units) the first layer stays within the outline, and how much further the last one."""
BLEED = 20.0
"""SVG units drawn around the picture, so that blurs know what lies beyond its edge."""
SOFT, FINE = 0.12, 0.042
"""Blur of the tones, in cun: on large forms, and on face, hands and feet."""
DEEPEST = 0.5
"""Skin that less of the sky reaches than this is drawn no darker."""
OVERHEAD = 0.55
"""How high the light stands over the viewer of a level view; the more the viewer looks down, the less."""
OUTLINE_WIDTH, LINE_WIDTH, THIN = 1.2, 1.1, 0.55
NAVEL_FACING = 0.5
"""Least cosine between the viewer and straight ahead for the navel to be drawn."""
ZOOM_INK = 1.35
"""How much heavier lines are drawn in a zoom."""
SMALLEST, NAIL = 4.0, 12.0
"""Area (square SVG units) of the smallest ring worth drawing, and of the smallest nail."""
ERROR, TONE_ERROR = 0.12, 0.4
"""How far (SVG units) a drawn curve may stray from the traced one."""


@dataclass(frozen=True)
class Picture:
    """What is drawn, in SVG units: rings of the body, of each tone from dark to light and of small features by name,
    and the inner lines."""

    camera: Camera
    body: list[Ring]
    tones: list[list[Ring]]
    features: dict[str, list[Ring]]
    lines: list[Line]


def compose(skin: Skin, camera: Camera, scale: float) -> Picture:
    """Draw a view with ``scale`` pixels to an SVG unit."""
    seen = _shoot(skin, camera, scale)
    mirror = _symmetric(camera)
    bleed = round(BLEED * scale)
    reach = 2.5 if camera.zoom else 1.0

    def rings(field: Array, smooth: float, least: float) -> list[Ring]:
        if mirror:
            field = (field + field[:, ::-1]) / 2
        inner = field[bleed:-bleed, bleed:-bleed]
        return outline.trace(inner, scale, mirror=mirror, smooth=smooth, least=least)

    depth = distance_transform_edt(seen.mask) - distance_transform_edt(~seen.mask)
    body = gaussian_filter(np.clip(depth, -4, 4), 0.7)
    tone, rim = _tone(skin, camera, seen, scale), depth / scale
    layers = _layers(camera)
    within = RIM[0] + np.linspace(0, RIM[1], len(layers))
    tones = [
        rings(np.minimum(tone - level, (rim - edge) * 0.1), 2.0 * reach, SMALLEST)
        for (_, _, level), edge in zip(layers, within, strict=True)
    ]
    fields = _features(skin, seen, rim)
    small = {
        name: rings(gaussian_filter(field, 0.4 * scale), 0.3, NAIL if name == "nail" else SMALLEST)
        if (field > 0).any()
        else []
        for name, field in fields.items()
    }
    inner = lines.inner_lines(skin, camera, seen, scale, BLEED)
    inner += [_lid(run.points) for ring in small["eye"] for run in ring]
    if mirror:
        inner = lines.mirrored(inner, camera.width / 2)
    inner += _navel(skin, camera)
    inner = [part for line in inner for part in _framed(line, camera)]
    return Picture(camera, rings(body, 0.9 * reach, SMALLEST), tones, small, inner)


def _framed(line: Line, camera: Camera) -> list[Line]:
    """The stretches of a line that lie within the frame, or a little beyond it."""
    x, y = line.points.T
    within = (x > -BLEED) & (x < camera.width + BLEED) & (y > -BLEED) & (y < camera.height + BLEED)
    runs = np.split(np.arange(len(x)), np.flatnonzero(np.diff(within)) + 1)
    return [Line(line.points[run], line.weight[run]) for run in runs if within[run[0]] and len(run) > 3]


def _navel(skin: Skin, camera: Camera) -> list[Line]:
    """The hood of the navel, a shallow arch, and the crease beneath it; in views from the front only."""
    if camera.toward[2] < NAVEL_FACING or "trunk" not in camera.parts:
        return []
    turn, none = np.linspace(0.15 * np.pi, 0.85 * np.pi, 24), np.zeros(24)
    hood = np.column_stack([0.3 * np.cos(turn), 0.26 * np.sin(turn) - 0.06, none])
    crease = np.column_stack([none, np.linspace(0.1, -0.24, 24), none])
    ways = [outline.dense(camera.project(skin.navel + way)[:, :2]) for way in (hood, crease)]
    return [Line(way, 0.85 * np.sin(np.linspace(0, np.pi, len(way)))) for way in ways]


def _lid(eye: Array) -> Line:
    """The upper lid: the upper half of the ring of an eye, heaviest in the middle."""
    corners = sorted((int(eye[:, 0].argmin()), int(eye[:, 0].argmax())))
    one, other = eye[corners[0] : corners[1] + 1], np.vstack([eye[corners[1] :], eye[: corners[0] + 1]])
    lid = outline.dense(one if one[:, 1].mean() < other[:, 1].mean() else other)
    return Line(lid, 0.25 + 0.75 * np.sin(np.linspace(0, np.pi, len(lid))))


def _layers(camera: Camera) -> list[tuple[str, float, float]]:
    """Colour, opacity and least tone of each layer of light over the darkest colour."""
    steps = STEPS_ZOOM if camera.zoom else STEPS_WHOLE
    # Of n veils of one colour, opacities 1/n, 1/(n-1) ... 1 part the way from the colour below into even steps.
    paints = [(f"skin-{5 - index}", round(1 / left, 2)) for index, n in enumerate(steps) for left in range(n, 0, -1)]
    share = np.linspace(0, 1, len(paints))
    levels = DARKEST + (LIGHTEST - DARKEST) * (1 - (1 - share) ** CROWDING)
    return [(colour, opacity, float(level)) for (colour, opacity), level in zip(paints, levels, strict=True)]


def _features(skin: Skin, seen: raster.Raster, rim: Array) -> dict[str, Array]:
    """The fields of nails, eyes and brows that this view may show."""
    near = seen.mask & (seen.interpolate(skin.fine) > 0)
    places, normals = seen.interpolate(skin.vertices, near), seen.interpolate(skin.normals, near)
    eye = np.where(seen.interpolate(skin.eye, near) > 0.5, 1.0, -1.0)
    nail = np.max([plate.field(places, normals) for plate in features.nails(skin.joints)], axis=0)
    values = {
        "nail": np.minimum(nail, rim[near] - 1.0),
        "eye": eye,
        "iris": np.minimum(features.iris(skin.joints, places, features.IRIS), eye),
        "pupil": np.minimum(features.iris(skin.joints, places, features.PUPIL), eye),
        "brow": np.minimum(features.brows(skin.joints, places), rim[near]),
    }
    fields = {}
    for name, value in values.items():
        fields[name] = np.full(near.shape, -0.3 if name == "brow" else -1.0)
        fields[name][near] = value
    return fields


def _shoot(skin: Skin, camera: Camera, scale: float) -> raster.Raster:
    """The raster of a view, ``BLEED`` units larger on every side."""
    points = camera.project(skin.vertices)
    points[:, :2] = (points[:, :2] + BLEED) * scale
    width, height = (round((size + 2 * BLEED) * scale) for size in (camera.width, camera.height))
    return raster.draw(points, skin.faces(camera.parts, camera.below), height, width)


def _symmetric(camera: Camera) -> bool:
    """Whether the view is its own mirror image: the viewer stands on the body's plane of symmetry."""
    return bool(abs(camera.toward[0]) < 1e-9 and abs(camera.centre[0]) < 1e-9)


def _tone(skin: Skin, camera: Camera, seen: raster.Raster, scale: float) -> Array:
    """How light the skin is, about 0 to 1: the light that falls on it, the open sky, hollows and ridges."""
    light = camera.toward + OVERHEAD * max(0.0, 1 - 1.7 * abs(camera.toward[1])) * camera.up
    lit = skin.relief @ (light / np.linalg.norm(light))
    facing = np.clip(skin.normals @ camera.toward, 0, 1)
    shade = (
        0.62 * np.clip(lit * 0.5 + 0.5, 0, 1)
        + 0.28 * np.maximum(skin.openness, DEEPEST)
        + 0.12 * facing**0.6
        + 0.07 * skin.ridge
    )
    coarse, fine = (_blurred(seen.interpolate(shade), seen.mask, reach * camera.cun * scale) for reach in (SOFT, FINE))
    share = np.clip(seen.interpolate(skin.fine), 0, 1)
    tone = coarse + (fine - coarse) * share
    low, high = np.percentile(tone[seen.mask], [1.5, 98])
    return np.asarray((tone - low) / (high - low))


def _blurred(values: Array, mask: NDArray[np.bool_], reach: float) -> Array:
    """``values`` blurred within the mask, and carried on a little beyond it."""
    weight = gaussian_filter(mask.astype(np.float64), reach)
    return np.asarray(gaussian_filter(values * mask, reach) / np.maximum(weight, 1e-6))


def write(picture: Picture) -> str:
    """The picture as the text of an SVG file."""
    camera = picture.camera
    drawing = svgwrite.Drawing(debug=False, size=None, viewBox=f"0 0 {camera.width:g} {camera.height:g}")
    group = drawing.g(id="body")
    group.add(_tone_layers(drawing, picture))
    group.add(_ink_layers(drawing, picture))
    drawing.elements = [group]  # without svgwrite's empty <defs>
    for attribute in ("baseProfile", "version", "width", "height", "xmlns:ev", "xmlns:xlink"):
        drawing.attribs.pop(attribute, None)
    return str(drawing.tostring())


def _tone_layers(drawing: svgwrite.Drawing, picture: Picture) -> Group:
    """The body in its darkest tone, its outline, and each lighter tone over it."""
    group = drawing.g(fill_rule="evenodd")
    group.add(drawing.path(d=outline.path(picture.body, ERROR), fill=_paint("skin-6")))
    # The outline lies clear of the tones; beside the path it repeats, it costs next to nothing compressed.
    width = f"{OUTLINE_WIDTH * _weight(picture.camera):g}"
    if edge := outline.strokes(picture.body, ERROR):  # a close-up may show none of it
        group.add(drawing.path(d=edge, fill="none", stroke_width=width, **_ink_style()))
    for rings, (colour, opacity, _) in zip(picture.tones, _layers(picture.camera), strict=True):
        if rings:
            veil = {} if opacity == 1 else {"fill_opacity": f"{opacity:g}"}
            group.add(drawing.path(d=outline.path(rings, TONE_ERROR), fill=_paint(colour), **veil))
    return group


def _ink_layers(drawing: svgwrite.Drawing, picture: Picture) -> Group:
    """Features and inner lines."""
    weight = _weight(picture.camera)
    thin = {**_ink_style(), "stroke_width": f"{THIN * weight:g}"}
    styles = {
        "nail": {**thin, "fill": _paint("skin-nail"), "fill_opacity": "0.7", "stroke_opacity": "0.4"},
        "eye": {**thin, "fill": _paint("skin-1"), "stroke_opacity": "0.6"},
        "iris": {"fill": _paint("skin-deep"), "fill_opacity": "0.5"},
        "pupil": {"fill": _paint("skin-deep")},
        "brow": {"fill": _paint("skin-deep"), "fill_opacity": "0.35"},
    }
    group = drawing.g()
    for name, style in styles.items():
        if picture.features[name]:
            group.add(drawing.path(d=outline.path(picture.features[name], ERROR / 3), **style))
    if picture.lines:
        shapes = "".join(_ink(line, LINE_WIDTH * weight) for line in picture.lines)
        group.add(drawing.path(d=shapes, fill=_paint("skin-line")))
    return group


def _weight(camera: Camera) -> float:
    return ZOOM_INK if camera.zoom else 1.0


def _ink_style() -> dict[str, str]:
    return {"stroke": _paint("skin-line"), "stroke_linejoin": "round", "stroke_linecap": "round"}


def _paint(name: str) -> str:
    return f"var(--{name}, {COLOURS[name]})"


def _ink(line: Line, width: float) -> str:
    """A tapered stroke as a shape to fill."""
    direction = np.gradient(line.points, axis=0)
    direction /= np.maximum(np.hypot(*direction.T), 1e-9)[:, None]
    normal = direction[:, ::-1] * [1, -1]
    half = normal * (line.weight * width / 2)[:, None]
    one, other = line.points + half, (line.points - half)[::-1]
    pen = outline.Pen(one[0])
    pen.curve(outline.knots(one, ERROR / 3))
    pen.lines(other[:1])
    pen.curve(outline.knots(other, ERROR / 3))
    return pen.text + "z"
