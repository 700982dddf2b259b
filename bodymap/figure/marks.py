"""Measuring marks: what one draws on the skin to find a point, in the views that show it best.

Knows each rule's own marks: level lines and the ruler across the back, the ruler along a limb, the line between two
landmarks with its divisions. Knows no colours. Everything is worked out on the left side and the midline; hidden
stretches are left out. A label belongs at (x, y) in SVG units; where it stands is the drawing's part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bodymap import model
from bodymap.figure import outline, raster, surface
from bodymap.figure.camera import Camera, cameras
from bodymap.figure.placement import HIDDEN, SEGMENTS, Placed, Placer, in_picture, seen, shown_by
from bodymap.figure.surface import FORWARD, LEFT, UP, Surface, unit

Array = NDArray[np.float64]
Kind = Literal["level", "midline", "ruler", "line", "landmark"]

MOST = 2
"""In how many views a point's marks are drawn."""
WHOLE = 0.8
"""What a whole view's squareness counts for beside a zoom's, which shows more."""
STEP = 0.2
"""Distance (cun) between the points of a drawn line."""
CROSS, TICK = 0.16, 0.2
"""Half the size (cun) of a landmark's cross and of a ruler's tick; in whole views they are twice as large."""
REACH = 4.4
"""How far (cun) level lines run to either side of the midline."""
NAMES = {
    "C7-process": "C7", "acromion": "Tip of the shoulder", "mastoid": "Bone behind the ear", "occiput": "Skull base",
    "scapular-spine-middle": "Middle of the scapular spine", "inferior-angle": "Lower tip of the shoulder blade",
    "greater-trochanter": "Hip bone (trochanter)", "sacral-hiatus": "Sacral hiatus", "ASIS": "Front hip spine (ASIS)",
    "iliac-crest": "Iliac crest", "PSIS": "PSIS", "gluteal-fold": "Fold of the buttock", "umbilicus": "Navel",
    "pubic-symphysis": "Pubic bone", "popliteal-crease": "Knee crease", "biceps-femoris-tendon": "Biceps tendon",
    "patella-apex": "Kneecap's lower tip", "fibular-head": "Head of the fibula", "ST35": "ST35", "ST41": "ST41",
    "lateral-malleolus": "Outer ankle bone", "medial-malleolus": "Inner ankle bone",
    "calcaneal-tendon-outer": "Achilles tendon", "calcaneal-tendon-inner": "Achilles tendon",
    "metatarsal-1-2-bases": "Bases of metatarsals 1, 2", "metatarsal-4-5-bases": "Bases of metatarsals 4, 5",
    "wrist-crease-dorsal": "Wrist crease", "cubital-crease": "Elbow crease",
    "metacarpal-2-base": "Base of metacarpal 2", "metacarpal-2-head": "Knuckle 2",
    "metacarpal-5-neck": "Below knuckle 5", "metacarpal-5-head": "Knuckle 5",
    "metacarpal-1-2-angle": "Angle of metacarpals 1, 2", "anterior-hairline": "Front hairline",
    "posterior-hairline": "Back hairline", "nose-base": "Base of the nose", "upper-lip": "Upper lip",
    "xiphisternal-junction": "Lower end of the breastbone", "suprasternal-notch": "Notch of the breastbone",
    "clavicle": "Collarbone", "rib-11-end": "End of rib 11", "rib-12-end": "End of rib 12", "coccyx": "Tail bone",
    "auricle-apex": "Tip of the ear", "auricle-root": "Root of the ear", "glabella": "Between the brows",
    "forehead-corner": "Corner of the forehead", "mandible-angle": "Angle of the jaw",
    "masseter-front": "Front of the jaw muscle", "thyroid-upper": "Adam's apple",
    "above-auricle": "Above the ear", "above-auricle-root": "Above the ear's root", "axilla": "Armpit",
    "axilla-back": "Armpit, back", "axilla-front": "Armpit, front", "before-auricle-root": "Before the ear's root",
    "finger-web-1-2": "Web of thumb", "finger-web-4-5": "Finger web", "great-toe-nail-inner": "Nail, inner corner",
    "great-toe-nail-outer": "Nail, outer corner", "index-base": "Base of finger",
    "index-nail-radial": "Nail, thumb side", "index-neck": "Before the knuckle", "jaw-scm-behind": "Behind the jaw",
    "little-finger-base": "Base of finger", "little-finger-nail-radial": "Nail, thumb side",
    "little-finger-nail-ulnar": "Nail, outer side", "little-toe-nail-outer": "Nail, outer corner",
    "mastoid-behind": "Bone behind the ear", "metacarpal-1-middle": "Middle of the bone",
    "metacarpal-5-base": "Base of the bone", "metacarpals-2-3-middle": "Between the bones",
    "metacarpals-2-3-palm": "Between bones 2, 3", "metacarpals-4-5-back": "Between bones 4, 5",
    "metacarpals-4-5-palm": "Between bones 4, 5", "metatarsal-1-base-inner": "Base of the bone",
    "metatarsal-1-neck-inner": "Behind the ball", "metatarsal-5-base-outer": "Base of the bone",
    "metatarsal-5-neck-outer": "Behind the ball", "metatarsals-2-3": "Between bones 2, 3",
    "metatarsals-4-5": "Between bones 4, 5", "middle-finger-tip": "Tip of the finger",
    "patella-base": "Top of the kneecap", "patella-eye-inner": "Inner hollow",
    "ring-finger-nail-ulnar": "Nail, outer side", "semitendinosus-tendon": "Hamstring tendon",
    "temple-hairline-behind": "Back of the temple hair", "thumb-nail-radial": "Nail, outer corner",
    "toe-1-base-inner": "Base of the toe", "toe-2-nail-outer": "Nail, outer corner",
    "toe-4-nail-outer": "Nail, outer corner", "toe-5-base-outer": "Base of the toe", "toe-web-1-2": "Toe web",
    "toe-web-2-3": "Toe web", "toe-web-4-5": "Toe web", "wrist-crease-palmar": "Wrist crease", "hyoid": "Tongue bone",
    "breast-root": "Root of the breast", "orbit-lower": "Edge of the eye socket", "perineum": "Pelvic floor",
    "orbit-inner": "Inner corner of the eye",
    "eyebrow-inner": "Inner end of the brow",
    "eyebrow-middle": "Middle of the brow",
    "eyebrow-outer": "Outer end of the brow",
    "nasolabial-fold": "Fold beside the nose",
    "nasolabial-fold-lower": "Fold beside the nose",
    "below-nostril": "Below the nostril",
    "below-nostril-upper": "Below the nostril",
    "infraorbital-foramen": "Hollow below the eye",
    "mouth-angle": "Corner of the mouth",
    "zygomatic-arch-lower": "Below the cheek arch",
    "zygomatic-arch-upper": "Above the cheek arch",
    "thyroid-scm-front": "Neck muscle, front edge",
    "thyroid-scm-middle": "Neck muscle",
    "thyroid-scm-behind": "Neck muscle, back edge",
    "cricoid-scm-front": "Neck muscle, front edge",
    "cricoid-scm-behind": "Neck muscle, back edge",
    "supraclavicular-fossa-lesser": "Hollow above the collarbone",
    "scapular-spine-over-axilla": "Spine of the shoulder blade",
    "jaw-scm-front": "Behind the jaw",
    "below-cheekbone": "Below the cheekbone",
    "below-pupil": "Below the pupil",
    "before-tragus": "In front of the ear",
    "before-supratragic-notch": "Notch above the ear's flap",
    "before-intertragic-notch": "Notch below the ear's flap",
    "behind-ear-lobe": "Behind the ear lobe",
    "shoulder-hollow": "Hollow of the shoulder",
    "nose-tip": "Tip of the nose",
    "mentolabial-fold": "Fold of the chin",
    "temple-hairline": "Hairline of the temple",
    "outer-canthus": "Outer corner of the eye",
    "inner-canthus": "Inner corner of the eye",
    "nipple": "Nipple level",
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A mark in body space. ``ticks`` are places on the way to tick; ``at`` is where the label belongs."""

    kind: Kind
    label: str
    points: Array
    at: Array
    ticks: tuple[Array, ...] = ()


class Sketch:
    """One view, to draw ways in: knows which skin it sees."""

    def __init__(self, camera: Camera, body_vertices: Array, faces: NDArray[np.int64]) -> None:
        self.camera = camera
        points = camera.project(body_vertices)
        self.depth = raster.draw(points, faces, round(camera.height), round(camera.width)).depth

    def seen(self, points: Array) -> NDArray[np.bool_]:
        """Which places are within the frame and not behind other skin."""
        x, y, near = self.camera.project(points).T
        column, row = np.floor(x).astype(int), np.floor(y).astype(int)
        framed = (column >= 0) & (row >= 0) & (column < self.depth.shape[1]) & (row < self.depth.shape[0])
        depth = np.full(len(points), np.inf)
        depth[framed] = self.depth[row[framed], column[framed]]
        depth[np.isinf(depth) & framed] = -np.inf
        return np.asarray(framed & (near > depth - 3 * HIDDEN))

    def draw(self, way: Way) -> tuple[str, float, float] | None:
        """SVG path data and the label's place; None where nothing of it is seen."""
        if way.kind == "landmark":
            return self._cross(way.points[0]) if self.seen(way.points)[0] else None
        path = self.path(way.points)
        if not path:
            return None
        path += "".join(self._tick(way, tick) for tick in way.ticks if self.seen(tick[None])[0])
        x, y = self.camera.project(way.at)[0, :2]
        return path, float(x), float(y)

    def path(self, points: Array) -> str:
        """SVG path data of the visible stretches of a line on the skin (n, 3); empty where none is seen."""
        visible, path, flat = self.seen(points), "", self.camera.project(points)[:, :2]
        for shown, run in groupby(range(len(flat)), key=lambda index: bool(visible[index])):
            stretch = flat[list(run)]
            if shown and len(stretch) > 1:
                path += _open(stretch)
        return path

    def _cross(self, spot: Array) -> tuple[str, float, float]:
        x, y = self.camera.project(spot)[0, :2]
        arm = self._scaled(CROSS)
        left, right, top, foot = (f"{value:.1f}" for value in (x - arm, x + arm, y - arm, y + arm))
        path = f"M{left} {top}L{right} {foot}M{left} {foot}L{right} {top}"
        return path, float(x), float(y)

    def _tick(self, way: Way, tick: Array) -> str:
        nearest = int(np.argmin(((way.points - tick) ** 2).sum(axis=1)))
        ends = self.camera.project(way.points[[max(0, nearest - 1), min(len(way.points) - 1, nearest + 1)]])[:, :2]
        along = ends[1] - ends[0]
        across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6) * self._scaled(TICK)
        x, y = self.camera.project(tick)[0, :2]
        return f"M{x - across[0]:.1f} {y - across[1]:.1f}L{x + across[0]:.1f} {y + across[1]:.1f}"

    def _scaled(self, cun: float) -> float:
        return cun * self.camera.cun * (1.0 if self.camera.zoom else 2.0)


def sketches(placer: Placer) -> dict[str, Sketch]:
    """A sketch of every view, by the view's id."""
    body = placer.body
    return {camera.id: Sketch(camera, body.vertices, camera.faces(body)) for camera in cameras(body)}


def marks(placer: Placer, placed: Iterable[Placed], sketches: Mapping[str, Sketch]) -> Iterator[model.Mark]:
    """The measuring marks of every point at its standard place, view by view."""
    views = [(sketch.camera, shown_by(sketch.camera, placer.body)) for sketch in sketches.values()]
    done = set()
    for point in placed:
        if point.position == "standard" and point.code not in done:  # of several places, the first stands for all
            done.add(point.code)
            ways = list(_ways(placer, point))
            for camera in _best(placer, point, views):
                yield from _marks(sketches[camera.id], placer.figure, point.code, ways)


def _open(points: Array) -> str:
    """Path data of a smooth open line."""
    dense = outline.smooth_open(outline.dense(points), 2.0)
    pen = outline.Pen(dense[0])
    pen.curve(outline.knots(dense, 0.2))
    return pen.text


def _marks(sketch: Sketch, figure: model.Figure, code: str, ways: list[Way]) -> Iterator[model.Mark]:
    for way in ways:
        if drawn := sketch.draw(way):
            path, x, y = drawn
            yield model.Mark(code, figure, sketch.camera.id, way.kind, way.label, path, round(x, 1), round(y, 1))


def _best(placer: Placer, point: Placed, views: list[tuple[Camera, Surface]]) -> list[Camera]:
    """The views that show a point, the one that looks most squarely at it first; of two that look as squarely, the
    larger one. A zoom comes before a whole view when it looks nearly as squarely."""
    normal = placer.landmarks.skin.normal(point.spot)
    shown = [
        (float(normal @ camera.toward) * (1.0 if camera.zoom else WHOLE), camera)
        for camera, skin in views
        if in_picture(camera, placer.body, point.spot) and seen(camera, skin, point.spot)
    ]
    return [camera for _, camera in sorted(shown, key=lambda view: (-round(view[0], 2), -view[1].cun))[:MOST]]


def _ways(placer: Placer, point: Placed) -> Iterator[Way]:
    match point.rule:
        case model.Trunk(face="front"):
            yield from _front(placer, point.rule)
        case model.Trunk(face="side"):
            yield from _side(placer, point.rule)
        case model.Scalp():
            yield from _scalp(placer, point.rule)
        case model.Trunk():
            yield from _back(placer, point.rule)
        case model.Limb():
            yield from _limb(placer, point.rule, point.spot)
        case model.Between():
            yield from _between(placer, point.rule)
        case model.At():
            yield from _at(placer, point.rule, point.spot)


def _landmark(placer: Placer, name: str) -> Way:
    spot = placer.place[name]
    return Way("landmark", _name(name), spot[None], spot)


def _name(name: str) -> str:
    """What a landmark is called; a point by its code."""
    return NAMES.get(name) or (name if name[0].isupper() else name.replace("-", " ").capitalize())


def _back(placer: Placer, rule: model.Trunk) -> Iterator[Way]:
    """The level across the back, the midline, and the ruler from the midline to the point."""
    height = placer.height(rule) + rule.above - rule.below
    back = placer.landmarks.back
    level = _across(placer, height)
    midline = np.array([back(y) for y in np.arange(height + 3.0, height - 3.01, -STEP)])
    yield Way("level", rule.level, level, level[-1])
    yield Way("midline", "Midline", midline, midline[0])
    if rule.lateral:
        steps = np.linspace(0, rule.lateral, max(3, round(rule.lateral / STEP) + 1))
        ruler = np.array([back(height, x) for x in steps])
        ticks = tuple(back(height, x) for x in np.append(np.arange(0.0, rule.lateral, 1.0), rule.lateral))
        yield Way("ruler", f"{rule.lateral:g} cun", ruler, back(height - 0.9, rule.lateral), ticks)
    if rule.level in ("L2", "L3", "L4", "L5"):
        crest = float(placer.place["L4-process"][1])
        yield Way("line", "Iliac crests", _across(placer, crest), back(crest, 4.2))
    if rule.level.startswith("S"):
        yield _landmark(placer, "PSIS")


def _across(placer: Placer, height: float) -> Array:
    """The level line over the back from left to right, as far as the body is wide there."""
    width = float(placer.landmarks.skin.ring(np.array([0.0, height, 0.0]), UP)[:, 0].max())
    reach = min(REACH, 0.9 * width)
    return np.array([placer.landmarks.back(height, x) for x in np.linspace(reach, -reach, round(2 * reach / STEP))])


def _front(placer: Placer, rule: model.Trunk) -> Iterator[Way]:
    """The level; the ruler up or down the midline from it; the ruler from the midline to the side."""
    front, base = placer.landmarks.front, placer.height(rule)
    cun = rule.above - rule.below
    height = placer.up_front(base, cun)
    low, high = min(base, height) - 1.0, max(base, height) + 1.0
    midline = np.array([front(y) for y in np.arange(high, low, -STEP)])
    yield Way("midline", "Midline" if rule.lateral else "", midline, midline[0])
    if cun:
        counts = np.linspace(0, cun, max(3, round(abs(cun) / STEP)))
        ruler = np.array([front(placer.up_front(base, count)) for count in counts])
        ticks = _ticks(abs(cun), lambda count: front(placer.up_front(base, float(np.copysign(count, cun)))))
        yield Way("ruler", f"{abs(cun):g} cun", ruler, ruler[len(ruler) // 2], ticks)
    if rule.lateral:
        ruler = np.array([front(height, x) for x in np.linspace(0, rule.lateral, max(3, round(rule.lateral / STEP)))])
        ticks = _ticks(rule.lateral, lambda count: front(height, count))
        yield Way("ruler", f"{rule.lateral:g} cun", ruler, ruler[len(ruler) // 2], ticks)
    if rule.level.startswith("ICS"):
        yield Way("level", f"Rib space {rule.level[3:]}", *_rib_space(placer, rule))
    elif rule.level in placer.landmarks.point:
        yield Way("landmark", _name(rule.level), front(base)[None], front(base))


def _rib_space(placer: Placer, rule: model.Trunk) -> tuple[Array, Array]:
    """The line of a rib space from the breastbone outwards, and where its label belongs."""
    aside = np.arange(1.0, max(rule.lateral, 4.0) + 1.5, STEP)
    heights = [placer.height(model.Trunk(rule.level, float(x), face="front")) for x in aside]
    line = np.array([placer.landmarks.front(y, float(x)) for y, x in zip(heights, aside, strict=True)])
    return line, line[-1]


def _side(placer: Placer, rule: model.Trunk) -> Iterator[Way]:
    """The midaxillary line, and the level on it."""
    height = placer.up_front(placer.height(rule), rule.above - rule.below)
    top = min(height + 2.5, float(placer.place["axilla"][1]) - 0.5)  # the line ends in the armpit
    line = np.array([placer.landmarks.side(y) for y in np.arange(top, height - 2.5, -STEP)])
    yield Way("line", "Middle of the side", line, line[0])
    level = np.array([p for p in placer.landmarks.around(height) if p[0] > 3.0])
    label = f"Rib space {rule.level[3:]}" if rule.level.startswith("ICS") else _name(rule.level)
    yield Way("level", label, level, level[-1])


def _scalp(placer: Placer, rule: model.Scalp) -> Iterator[Way]:
    """The ruler over the midline from the nearer hairline, and from there to the side."""
    scalp, from_back = placer.landmarks.scalp, rule.back > 6
    start = 12.0 if from_back else 0.0
    count = abs(rule.back - start)
    if count:
        steps = np.linspace(start, rule.back, max(4, round(count / STEP)))
        ruler = np.array([scalp.midline(float(back)) for back in steps])
        ticks = _ticks(count, lambda n: scalp.midline(start + float(np.copysign(n, rule.back - start))))
        yield Way("ruler", f"{count:g} cun", ruler, ruler[len(ruler) // 2], ticks)
    if rule.lateral:
        aside = np.linspace(0, rule.lateral, max(4, round(rule.lateral / STEP)))
        ruler = np.array([scalp.place(rule.back, float(x)) for x in aside])
        ticks = _ticks(rule.lateral, lambda n: scalp.place(rule.back, n))
        yield Way("ruler", f"{rule.lateral:g} cun", ruler, ruler[len(ruler) // 2], ticks)
    yield _landmark(placer, "posterior-hairline" if from_back else "anterior-hairline")


def _ticks(count: float, place: Callable[[float], Array]) -> tuple[Array, ...]:
    """The places of a ruler's ticks: one at each whole cun, and its end."""
    return tuple(place(float(n)) for n in np.append(np.arange(0.0, count, 1.0), count))


def _limb(placer: Placer, rule: model.Limb, spot: Array) -> Iterator[Way]:
    """The ruler along the limb from the nearer end of its segment."""
    segment = SEGMENTS[rule.segment]
    from_end = rule.along > segment.cun / 2
    name, count = (segment.end, segment.cun - rule.along) if from_end else (segment.start, rule.along)
    steps = np.linspace(segment.cun if from_end else 0.0, rule.along, max(4, round(count * 3) + 1))
    line = np.array([placer.find(model.Limb(rule.segment, along, rule.bearing)) for along in steps])
    sign = -1.0 if from_end else 1.0
    marks_at = np.append(np.arange(0.0, count, 1.0), count)
    ticks = tuple(placer.find(model.Limb(rule.segment, float(steps[0] + sign * n), rule.bearing)) for n in marks_at)
    yield Way("ruler", f"{count:g} cun", line, line[len(line) // 2], ticks)
    if np.linalg.norm(placer.place[name] - line[0]) > 0.3:
        yield Way("level", "", placer.landmarks.skin.line(placer.place[name], line[0]), line[0])
    yield _landmark(placer, name)


def _between(placer: Placer, rule: model.Between) -> Iterator[Way]:
    """The line over the skin from one landmark to the other, with its divisions."""
    way, tape = placer.way(rule)
    size = surface.length(tape)
    line = surface.part(way, 0, surface.length(way), STEP)
    if rule.cun:
        cun = placer.cun(rule.segment) if rule.segment else 1.0
        ticks = tuple(surface.nearest_on(way, surface.along(tape, n * cun)) for n in range(int(rule.cun) + 1))
        ruler = line[: max(2, int(np.argmin(((line - ticks[-1]) ** 2).sum(axis=1))) + 1)]
        yield Way("ruler", f"{rule.cun:g} cun", ruler, ruler[len(ruler) // 2], ticks)
        yield Way("line", "", line, line[-1])
    else:
        share, parts = _division(rule.fraction)
        if parts == 12:
            share += f" from the {_name(rule.start).lower()}"
        ticks = tuple(surface.nearest_on(way, surface.along(tape, n / parts * size)) for n in range(1, parts))
        yield Way("line", share, line, surface.nearest_on(way, surface.along(tape, rule.fraction / 2 * size)), ticks)
    yield _landmark(placer, rule.start)
    yield _landmark(placer, rule.end)


def _division(fraction: float) -> tuple[str, int]:
    """How a fraction of a line is said, and into how many parts the line is divided for it."""
    for parts in (2, 3, 4, 12):
        count = fraction * parts
        if abs(count - round(count)) < 1e-4:
            return (f"{round(count)} of 12 cun" if parts == 12 else f"{round(count)}/{parts}"), parts
    return "", 1


def _at(placer: Placer, rule: model.At, spot: Array) -> Iterator[Way]:
    """The landmark, and the way from it to the point."""
    start = placer.place[rule.landmark]
    if np.linalg.norm(spot - start) > 0.1:
        way = placer.landmarks.skin.line(start, spot)
        yield Way("line", "", surface.part(way, 0, surface.length(way), STEP), spot)
    yield _landmark(placer, rule.landmark)
    if rule.landmark == "popliteal-crease":
        inner, outer = (placer.place[name] for name in ("semitendinosus-tendon", "biceps-femoris-tendon"))
        crease = placer.landmarks.skin.line(inner, outer, -FORWARD)
        yield Way("line", "", surface.part(crease, 0, surface.length(crease), STEP), inner)
    if rule.landmark == "gluteal-fold":
        ring = placer.landmarks.ring("l-upper-leg", float(start[1]))
        middle = ring[:-1].mean(axis=0)
        turns = (unit(-FORWARD + aside * LEFT) for aside in np.arange(-1.2, 1.21, 0.1))
        yield Way("line", "", np.array([surface.bearing(ring, middle, turn) for turn in turns]), start)
