"""The inner lines of a drawing: where the skin turns away from the viewer and hides something behind it.

Found on the mesh itself (where its normals stand at right angles to the view), not in pixels, so that a line is one
smooth curve and never dashes. How much it hides sets its weight, which lets it swell and taper like an ink line.
Knows a skin, a camera and its raster. Knows nothing of colours or SVG.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, distance_transform_edt, gaussian_filter1d, minimum_filter
from scipy.spatial import cKDTree

from bodymap.figure import outline
from bodymap.figure.camera import Camera
from bodymap.figure.raster import Raster
from bodymap.figure.skin import Skin

Array = NDArray[np.float64]
Faces = NDArray[np.int64]

SLIGHT, FULL = 0.5, 4.0
"""Depth hidden (SVG units) at which a line begins to show, and at which it has its full weight."""
OUTER = 1.6
"""A line this near (SVG units) to the outline is the outline; in a zoom, at twice this distance."""
SHORTEST = 7.0
"""Length (SVG units) of the shortest line worth drawing."""
TAPER = 12.0
"""Length (SVG units) over which a line's free end thins out."""
THINNEST = 0.12
GAP, CREASE_GAP = 4.0, 25.0
"""Hidden stretches (SVG units) this short are drawn through."""
CREASE = 0.7
"""Weight of a line along a crease."""
APART = 1.6
"""Lines nearer together (SVG units) than this are drawn as one."""
HOOK = 3.0
"""Length (SVG units) over which a line that turns right round is cut."""


@dataclass(frozen=True)
class Line:
    """A dense curve ``points`` (n, 2) in SVG units with its ``weight`` (n,), 0 to 1, at each point."""

    points: Array
    weight: Array


def inner_lines(skin: Skin, camera: Camera, raster: Raster, scale: float, bleed: float) -> list[Line]:
    """The visible inner lines. The raster has ``scale`` pixels to a unit and ``bleed`` units around the picture."""
    depth = raster.depth * camera.cun
    near = minimum_filter(depth, 3)
    far = minimum_filter(depth, 2 * round(1.6 * scale) + 1)
    outer = OUTER * (2 if camera.zoom else 1)
    inside = distance_transform_edt(raster.mask) / scale
    lines = []
    for curve, crease in [*_curves(skin, camera, raster.triangles), *_furrow(skin, camera)]:
        pixel = np.floor((curve[:, :2] + bleed) * scale).astype(int)
        row = np.clip(pixel[:, 1], 0, depth.shape[0] - 1)
        column = np.clip(pixel[:, 0], 0, depth.shape[1] - 1)
        shown = (near[row, column] <= curve[:, 2] + 1.5) & (inside[row, column] > outer)
        gap = round((CREASE_GAP if crease else GAP) / outline.STEP)
        shown = binary_closing(np.pad(shown, gap), np.ones(gap, dtype=bool))[gap:-gap]
        hides = np.minimum(curve[:, 2] - far[row, column], 4 * FULL)
        rise = np.clip((hides - SLIGHT) / (FULL - SLIGHT), 0, 1)
        weight = np.where(shown, CREASE if crease else rise * rise * (3 - 2 * rise), 0.0)
        weight = gaussian_filter1d(weight, 3.0 / outline.STEP, mode="nearest")
        lines += _visible(curve[:, :2], weight, inside[row, column] <= 1.8 * outer)
    return _parted(lines)


def _curves(skin: Skin, camera: Camera, faces: Faces) -> list[tuple[Array, bool]]:
    """Dense, smooth curves (n, 3: SVG units, depth too) where the skin turns from the viewer, seen or hidden."""
    chains = _chains(skin, skin.normals @ camera.toward, faces)
    pieces = [piece for chain in chains for piece in _split(_projected(chain, camera))]
    return [(piece, False) for piece in pieces if len(piece) * outline.STEP >= SHORTEST]


def _furrow(skin: Skin, camera: Camera) -> list[tuple[Array, bool]]:
    """The midline between the buttocks: a crease, which no turning of the skin shows from behind."""
    hip = skin.joints["l-upper-leg"]
    x, y, z = skin.vertices.T
    used = np.unique(skin.faces(("trunk", "left-leg", "right-leg")))
    used = used[(np.abs(x[used]) < 1e-6) & (z[used] < hip[2] - 0.5)]
    used = used[(y[used] < hip[1] + 1.4) & (y[used] > hip[1] - 3.2)]
    if len(used) < 2 or not set(skin.parts[used]) <= set(camera.parts):
        return []
    return [(_projected(skin.vertices[used[np.argsort(-y[used])]], camera), True)]


def _projected(chain: Array, camera: Camera) -> Array:
    """A chain of places in body space as a dense, smooth curve (n, 3) in SVG units, depth too."""
    curve = camera.project(chain)
    curve[:, 2] *= camera.cun
    return gaussian_filter1d(_dense(curve), 1.2 / outline.STEP, axis=0, mode="nearest")


def _parted(lines: list[Line]) -> list[Line]:
    """The lines, heaviest first, each without the stretches that run along a heavier one; short
    ones, which draw small forms, with a finer pen."""
    parted: list[Line] = []
    for line in sorted(lines, key=lambda line: -float(line.weight.sum())):
        weight = line.weight
        if parted:
            away, _ = cKDTree(np.vstack([other.points for other in parted])).query(line.points)
            weight = np.where(away < APART, 0.0, weight)
        ends = np.zeros(len(weight), dtype=bool)
        ends[[0, -1]] = True  # these are as thin as they should be; new ends are not yet
        parted += _visible(line.points, weight, ends)
    return [Line(line.points, line.weight * min(1.0, 0.45 + len(line.points) * outline.STEP / 80)) for line in parted]


def mirrored(lines: list[Line], middle: float) -> list[Line]:
    """The lines of the right half and their mirror images; one that reaches the midline is joined to its own."""
    both = []
    for line in lines:
        if np.abs(line.points[:, 0] - middle).max() < 0.5:
            both.append(line)
            continue
        kept = line.points[:, 0] >= middle
        changes = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(int)))
        for start, end in zip(changes[::2], changes[1::2], strict=True):
            if (end - start) * outline.STEP < SHORTEST / 2:
                continue
            points, weight = line.points[start:end], line.weight[start:end]
            if start > 0:
                points, weight = points[::-1], weight[::-1]
            image = points[::-1] * [-1, 1] + [2 * middle, 0]
            if start > 0 or end < len(kept):
                both.append(Line(np.vstack([points, image]), np.concatenate([weight, weight[::-1]])))
            else:
                both += [Line(points, weight), Line(image, weight[::-1])]
    return both


def _visible(points: Array, weight: Array, outer: NDArray[np.bool_]) -> list[Line]:
    """The stretches with some weight, thinned at their free ends, long enough to draw."""
    drawn = np.concatenate([[False], weight > THINNEST, [False]])
    changes = np.flatnonzero(drawn[1:] != drawn[:-1])
    lines = []
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        length = (end - start) * outline.STEP
        if length < SHORTEST or weight[start:end].max() < 0.3:
            continue
        taper = min(TAPER, length / 2.5)
        reach = np.arange(end - start) * outline.STEP
        ends = np.ones(end - start)
        if not outer[start]:
            ends = np.minimum(ends, reach / taper)
        if not outer[end - 1]:
            ends = np.minimum(ends, reach[::-1] / taper)
        smooth = outline.smooth_open(points[start:end], 1.5)
        if outer[start] != outer[end - 1] and length < 2 * SHORTEST:
            continue  # a mere spur on the outline
        lines.append(Line(smooth, weight[start:end] * np.clip(ends, 0, 1) ** 0.8))
    return lines


def _split(curve: Array) -> list[Array]:
    """The dense curve (n, 3) cut where it turns back sharply, as a contour does where it runs out."""
    span = round(HOOK / outline.STEP)
    if len(curve) <= 2 * span:
        return []
    heading = curve[span:, :2] - curve[:-span, :2]
    heading /= np.maximum(np.hypot(*heading.T), 1e-9)[:, None]
    along = (heading[span:] * heading[:-span]).sum(axis=1)  # at the points from ``span`` to the last but ``span``
    sharp = (along < 0.35) & (along == minimum_filter(along, 2 * span))
    return np.split(curve, np.flatnonzero(sharp) + span)


def _dense(curve: Array) -> Array:
    """The curve (n, 3) with points ``outline.STEP`` apart in the picture."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve[:, :2], axis=0).T))])
    places = np.arange(0.0, along[-1] + outline.STEP / 2, outline.STEP)
    return np.column_stack([np.interp(places, along, curve[:, axis]) for axis in range(3)])


def _chains(skin: Skin, facing: Array, faces: Faces) -> list[Array]:
    """Curves (n, 3) in body space along which ``facing``, linear over each triangle, is zero."""
    near = facing > 0
    turning = faces[near[faces].any(axis=1) & ~near[faces].all(axis=1)]
    edges = np.sort(np.stack([turning[:, [0, 1]], turning[:, [1, 2]], turning[:, [2, 0]]], axis=1), axis=2)
    crossed = near[edges[:, :, 0]] != near[edges[:, :, 1]]
    nodes, link = np.unique(edges[crossed], axis=0, return_inverse=True)
    start, end = nodes.T
    share = (facing[start] / (facing[start] - facing[end]))[:, None]
    places = skin.vertices[start] * (1 - share) + skin.vertices[end] * share
    return [places[chain] for chain in _walks(link.reshape(-1, 2).tolist(), len(nodes))]


def _walks(links: list[list[int]], count: int) -> list[list[int]]:
    """Chains of linked nodes; a closed chain repeats its first node."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for a, b in links:
        beside[a].append(b)
        beside[b].append(a)
    seen = [False] * count
    walks = []
    ends = [node for node in range(count) if len(beside[node]) == 1]
    for first in [*ends, *range(count)]:
        if seen[first]:
            continue
        walk, node = [first], first
        seen[first] = True
        while ahead := [other for other in beside[node] if not seen[other]]:
            node = ahead[0]
            seen[node] = True
            walk.append(node)
        if len(walk) > 2 and first in beside[node]:
            walk.append(first)
        walks.append(walk)
    return walks
