"""The skin as something to measure on: rays, plane sections, walks over it and lines across it.

Knows triangles and cun. Knows no anatomy: which landmark lies where is `landmarks`, which point is `placement`.
All points are (3,) and all lines (n, 3) in body space (x to the person's left, y up, z forward), lengths in cun.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bodymap.figure.mesh import Body

Array = NDArray[np.float64]

UP = np.array([0.0, 1.0, 0.0])
FORWARD = np.array([0.0, 0.0, 1.0])
LEFT = np.array([1.0, 0.0, 0.0])
NUDGE = 1e-7
"""Planes are moved by this much (cun) so that they never run exactly through a vertex."""


@dataclass(frozen=True)
class Surface:
    """Part of a body's skin. ``triangles`` (m, 3) index ``vertices`` (n, 3), which have unit ``normals``."""

    vertices: Array
    normals: Array
    triangles: NDArray[np.int64]

    @classmethod
    def of(cls, body: Body, *parts: str) -> Surface:
        """The skin of the named parts of the body (`camera.EVERYTHING` lists them); of all when none is named.

        A triangle on the border of two parts belongs to both, so that no part ends short of its joint.
        """
        triangles = body.triangles
        if parts:
            triangles = triangles[np.isin(body.parts, parts)[triangles].any(axis=1)]
        return cls(body.vertices, body.normals, triangles)

    @cached_property
    def _used(self) -> NDArray[np.int64]:
        return np.unique(self.triangles)

    @cached_property
    def _tree(self) -> cKDTree:
        return cKDTree(self.vertices[self._used])

    @cached_property
    def _around(self) -> dict[int, NDArray[np.int64]]:
        """The triangles at each vertex."""
        order = np.argsort(self.triangles, axis=None, kind="stable")
        corners = self.triangles.ravel()[order]
        vertices, starts = np.unique(corners, return_index=True)
        return dict(zip(vertices.tolist(), np.split(order // 3, starts[1:]), strict=True))

    def hits(self, origin: Array, direction: Array) -> Array:
        """Where a ray meets the skin, in order (k, 3). Möller and Trumbore (1997)."""
        direction = unit(direction)
        first, second, third = (self.vertices[self.triangles[:, corner]] for corner in range(3))
        along, across = second - first, third - first
        normal = np.cross(direction, across)
        volume = (along * normal).sum(axis=1)
        safe = np.where(np.abs(volume) < 1e-14, np.inf, volume)
        offset = origin - first
        u = (offset * normal).sum(axis=1) / safe
        turned = np.cross(offset, along)
        v = (turned @ direction) / safe
        distance = (across * turned).sum(axis=1) / safe
        inside = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & (distance > 0) & np.isfinite(safe)
        found = np.sort(distance[inside])
        return np.asarray(origin + found[:, None] * direction)

    def seen_from(self, direction: Array, through: Array, reach: float = 100.0) -> Array:
        """The skin first met when looking at ``through`` from ``reach`` cun away in ``direction``."""
        direction = unit(direction)
        hits = self.hits(through + reach * direction, -direction)
        if not len(hits):
            raise ValueError(f"no skin at {through.round(2)} seen from {direction.round(2)}")
        return np.asarray(hits[0])

    def nearest(self, point: Array) -> Array:
        """The point of the skin nearest to ``point``."""
        return np.asarray(self._foot(point)[0])

    def normal(self, point: Array) -> Array:
        """The unit normal at a point on the skin, blended between the vertices of its triangle."""
        _, face, weights = self._foot(point)
        return unit(weights @ self.normals[self.triangles[face]])

    def _foot(self, point: Array, candidates: int = 24) -> tuple[Array, int, Array]:
        """Foot of the perpendicular: the point, its triangle and its barycentric weights there."""
        _, close = self._tree.query(point, k=min(candidates, len(self._used)))
        faces = np.unique(np.concatenate([self._around[vertex] for vertex in self._used[close]]))
        weights = _closest_weights(point, self.vertices[self.triangles[faces]])
        feet = np.einsum("mc,mck->mk", weights, self.vertices[self.triangles[faces]])
        best = int(np.argmin(((feet - point) ** 2).sum(axis=1)))
        return feet[best], int(faces[best]), weights[best]

    def section(self, origin: Array, normal: Array) -> list[Array]:
        """Lines (k, 3) along which a plane cuts the skin, longest first; a closed one ends where it began."""
        height = (self.vertices - origin) @ unit(normal) + NUDGE
        above = height[self.triangles] > 0
        cut = self.triangles[above.any(axis=1) & ~above.all(axis=1)]
        ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for a, b, c in cut.tolist():
            edges = [(min(p, q), max(p, q)) for p, q in ((a, b), (b, c), (c, a)) if (height[p] > 0) != (height[q] > 0)]
            ends.setdefault(edges[0], []).append(edges[1])
            ends.setdefault(edges[1], []).append(edges[0])
        lines = [self._cut(chain, height) for chain in _chains(ends)]
        return sorted(lines, key=length, reverse=True)

    def _cut(self, edges: list[tuple[int, int]], height: Array) -> Array:
        pairs = np.array(edges)
        low, high = height[pairs[:, 0]], height[pairs[:, 1]]
        share = (low / (low - high))[:, None]
        return np.asarray(self.vertices[pairs[:, 0]] * (1 - share) + self.vertices[pairs[:, 1]] * share)

    def ring(self, origin: Array, normal: Array) -> Array:
        """The line round the limb (or trunk) that the plane cuts nearest to ``origin``; open only at a part's end."""
        lines = [line for line in self.section(origin, normal) if len(line) > 6]
        if not lines:
            raise ValueError(f"nothing is cut at {origin.round(2)}")
        closed = [line for line in lines if np.allclose(line[0], line[-1])]
        return min(closed or lines, key=lambda line: float(np.linalg.norm(line[:-1].mean(axis=0) - origin)))

    def line(self, start: Array, end: Array, outward: Array | None = None) -> Array:
        """The way over the skin from ``start`` to ``end`` in the plane through both that holds ``outward``
        (the mean of their normals unless given): what a tape held straight between them would follow."""
        if outward is None:
            outward = self.normal(start) + self.normal(end)
        lines = self.section(start, np.cross(end - start, outward))
        gaps = [_gap(line, start) + _gap(line, end) for line in lines]
        ways = _ways(lines[int(np.argmin(gaps))], start, end)
        middle = (start + end) / 2
        return max(ways, key=lambda way: float((way.mean(axis=0) - middle) @ unit(outward)) - length(way))

    def walk(self, start: Array, direction: Array, distance: float) -> Array:
        """Where one arrives after ``distance`` cun over the skin from ``start``, straight ahead in ``direction``."""
        if distance == 0:
            return start
        normal = self.normal(start)
        ahead = unit(direction - normal * (direction @ normal))
        lines = self.section(start, np.cross(ahead, normal))
        loop = min(lines, key=lambda line: _gap(line, start))
        at, foot = _project(loop, start)
        forward, backward = np.vstack([foot, loop[at + 1 :]]), np.vstack([foot, loop[at::-1]])
        if np.allclose(loop[0], loop[-1]):
            forward, backward = np.vstack([forward, loop[1 : at + 1]]), np.vstack([backward, loop[-2:at:-1]])
        way = max((forward, backward), key=lambda line: float((along(line, min(0.2, distance)) - foot) @ ahead))
        return along(way, distance)


def unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))


def length(line: Array) -> float:
    """Length of a line, in cun."""
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def along(line: Array, distance: float) -> Array:
    """The point of a line at ``distance`` cun from its start; its end where the line is shorter."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    reached = np.concatenate([[0.0], np.cumsum(steps)])
    return np.array([np.interp(distance, reached, line[:, axis]) for axis in range(3)])


def part(line: Array, start: float, end: float, step: float = 0.1) -> Array:
    """The stretch of a line between two distances from its start, as points about ``step`` cun apart."""
    count = max(2, round((end - start) / step) + 1)
    return np.array([along(line, distance) for distance in np.linspace(start, end, count)])


def bearing(ring: Array, centre: Array, direction: Array) -> Array:
    """The outermost point of a ring in ``direction`` from ``centre`` (within the ring's plane)."""
    normal = unit(np.cross(ring[1] - ring[0], ring[len(ring) // 3] - ring[0]))
    ahead = unit(direction - normal * (direction @ normal))
    aside = np.cross(normal, ahead)
    offset = ring - centre
    u, v = offset @ aside, offset @ ahead
    crossing = np.flatnonzero((u[:-1] > 0) != (u[1:] > 0))
    share = u[crossing] / (u[crossing] - u[crossing + 1])
    reach = v[crossing] + share * (v[crossing + 1] - v[crossing])
    best = int(np.argmax(reach))
    return np.asarray(ring[crossing[best]] * (1 - share[best]) + ring[crossing[best] + 1] * share[best])


def direction(degrees: float) -> Array:
    """A level direction round the left limb: 0 forward, 90 to the person's left, 180 back, 270 to the midline."""
    turn = np.radians(degrees)
    return np.array([np.sin(turn), 0.0, np.cos(turn)])


def mirror(points: Array) -> Array:
    """The same place on the other side of the body."""
    return np.asarray(points * [-1.0, 1.0, 1.0])


def _chains(ends: dict[tuple[int, int], list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Cut edges in the order in which they follow each other, open lines before closed ones."""
    left = set(ends)
    chains = []
    for start in sorted(ends, key=lambda edge: (len(ends[edge]) != 1, edge)):
        if start not in left:
            continue
        chain = [start]
        left.discard(start)
        while following := [edge for edge in ends[chain[-1]] if edge in left]:
            chain.append(following[0])
            left.discard(following[0])
        if len(chain) > 2 and start in ends[chain[-1]]:
            chain.append(start)
        chains.append(chain)
    return [chain for chain in chains if len(chain) > 1]


def _closest_weights(point: Array, corners: Array) -> Array:
    """Barycentric weights (m, 3) of the point of each triangle (m, 3, 3) that is nearest to ``point``."""
    first, along_, across = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    offset = point - first
    aa, ab, bb = (along_**2).sum(1), (along_ * across).sum(1), (across**2).sum(1)
    pa, pb = (offset * along_).sum(1), (offset * across).sum(1)
    area = np.maximum(aa * bb - ab * ab, 1e-18)
    v, w = (bb * pa - ab * pb) / area, (aa * pb - ab * pa) / area
    inner = np.column_stack([1 - v - w, v, w])
    best, best_gap = inner, np.where((inner >= 0).all(1), 0.0, np.inf)
    for start, end in ((0, 1), (1, 2), (2, 0)):
        edge = corners[:, end] - corners[:, start]
        share = np.clip(((point - corners[:, start]) * edge).sum(1) / np.maximum((edge**2).sum(1), 1e-18), 0, 1)
        gap = ((corners[:, start] + share[:, None] * edge - point) ** 2).sum(1)
        weights = np.zeros_like(inner)
        weights[:, start], weights[:, end] = 1 - share, share
        nearer = gap < best_gap
        best, best_gap = np.where(nearer[:, None], weights, best), np.where(nearer, gap, best_gap)
    return np.asarray(best)


def _project(line: Array, point: Array) -> tuple[int, Array]:
    """The stretch of the line nearest to a point, and the point on it."""
    step = np.diff(line, axis=0)
    share = ((point - line[:-1]) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-18)
    feet = line[:-1] + np.clip(share, 0, 1)[:, None] * step
    best = int(np.argmin(((feet - point) ** 2).sum(axis=1)))
    return best, feet[best]


def _gap(line: Array, point: Array) -> float:
    return float(np.linalg.norm(_project(line, point)[1] - point))


def _ways(line: Array, start: Array, end: Array) -> list[Array]:
    """The ways along a line from one point on it to another: one, or both ways round a closed line."""
    (first, foot), (last, goal) = _project(line, start), _project(line, end)
    if first > last or (first == last and np.linalg.norm(foot - line[first]) > np.linalg.norm(goal - line[first])):
        return [way[::-1] for way in _ways(line, end, start)]
    ways = [np.vstack([foot, line[first + 1 : last + 1], goal])]
    if np.allclose(line[0], line[-1]):
        ways.append(np.vstack([foot, line[first::-1], line[-2:last:-1], goal]))
    return ways


def taut(way: Array, outward: Array) -> Array:
    """A tape stretched over a way on the skin, from end to end: it bridges hollows that open ``outward``."""
    ahead = unit(way[-1] - way[0])
    up = unit(outward - ahead * (outward @ ahead))
    flat = np.column_stack([(way - way[0]) @ ahead, (way - way[0]) @ up])
    kept: list[int] = []
    for index in range(len(way)):
        while len(kept) > 1 and _turn(flat[kept[-2]], flat[kept[-1]], flat[index]) >= 0:
            kept.pop()
        kept.append(index)
    return np.asarray(way[kept])


def nearest_on(line: Array, point: Array) -> Array:
    """The point of a line nearest to a point."""
    return _project(line, point)[1]


def _turn(first: Array, middle: Array, last: Array) -> float:
    """Positive where the way through three points of a plane turns to the left."""
    a, b = middle - first, last - middle
    return float(a[0] * b[1] - a[1] * b[0])
