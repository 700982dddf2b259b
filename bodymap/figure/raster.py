"""A z-buffer: which triangle each pixel sees, how near it is, and any vertex value interpolated there.

Knows triangles and pixels. Knows nothing of light, lines or SVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FRAGMENTS = 1_500_000
"""Pixels tested at a time: keeps memory near 200 MB."""
INSIDE = -1e-9
"""Barycentric weights down to this count as inside, so that no gap shows along shared edges."""


@dataclass(frozen=True)
class Raster:
    """What a picture of (height, width) pixels sees. ``depth`` is -inf and ``face`` -1 where there is no body;
    ``weights`` (height, width, 3) are the barycentric weights of the pixel in its triangle ``triangles[face]``."""

    depth: Array
    face: NDArray[np.int64]
    weights: Array
    triangles: NDArray[np.int64]

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """Where the body is."""
        return np.asarray(self.face >= 0)

    def interpolate(self, values: Array, where: NDArray[np.bool_] | None = None) -> Array:
        """``values`` (n,) or (n, k), one per vertex -> (height, width[, k]); 0 where there is no body.

        With ``where``, a mask of pixels that all see the body: the values of these alone, (pixels[, k]).
        """
        wanted = self.mask if where is None else where
        corners = self.triangles[self.face[wanted]]
        weights = self.weights[wanted]
        found = np.zeros((len(corners), *values.shape[1:]))
        for corner in range(3):
            weight = weights[:, corner].reshape(-1, *[1] * (values.ndim - 1))
            found += weight * values[corners[:, corner]]
        if where is not None:
            return found
        picture = np.zeros(self.face.shape + values.shape[1:])
        picture[wanted] = found
        return picture


def draw(points: Array, triangles: NDArray[np.int64], height: int, width: int) -> Raster:
    """Draw ``points`` (n, 3: x and y in pixels, depth larger when nearer) as ``triangles`` (m, 3) of their indices."""
    depth = np.full(height * width, -np.inf)
    face = np.full(height * width, -1, dtype=np.int64)
    weights = np.zeros((height * width, 3))
    corners = points[triangles]
    low = np.maximum(np.ceil(corners[:, :, :2].min(axis=1) - 0.5).astype(np.int64), 0)
    high = np.minimum(np.floor(corners[:, :, :2].max(axis=1) - 0.5).astype(np.int64), [width - 1, height - 1])
    size = high - low + 1
    for faces, box in _batches(size):
        pixel, owner, near, inner = _fragments(corners[faces], low[faces], size[faces], box, width)
        nearer = near > depth[pixel]
        pixel, owner, near, inner = pixel[nearer], owner[nearer], near[nearer], inner[nearer]
        order = np.argsort(near, kind="stable")  # of two fragments on one pixel the nearer is written last and stays
        pixel = pixel[order]
        depth[pixel], face[pixel], weights[pixel] = near[order], faces[owner[order]], inner[order]
    shape = (height, width)
    return Raster(depth.reshape(shape), face.reshape(shape), weights.reshape(*shape, 3), triangles)


def _batches(size: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], int]]:
    """Triangles of like size together, so that each batch is one array; the box's side in pixels is a power of two."""
    largest = size.max(axis=1)
    batches = []
    box = 1
    while box // 2 < largest.max(initial=0):
        members = np.flatnonzero((size.min(axis=1) > 0) & (largest <= box) & (largest > box // 2))
        count = max(1, FRAGMENTS // (box * box))
        batches += [(members[start : start + count], box) for start in range(0, len(members), count)]
        box *= 2
    return batches


def _fragments(
    corners: Array, low: NDArray[np.int64], size: NDArray[np.int64], box: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array, Array]:
    """Every pixel whose centre lies in one of the triangles: its index, triangle, depth and barycentric weights."""
    row, column = np.divmod(np.arange(box * box), box)
    x = low[:, :1] + column + 0.5
    y = low[:, 1:] + row + 0.5
    (ax, ay), (bx, by), (cx, cy) = (corners[:, corner, :2].T[:, :, None] for corner in range(3))
    doubled = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy)
    flat = np.abs(doubled) < 1e-12
    doubled = np.where(flat, 1.0, doubled)
    first = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / doubled
    second = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / doubled
    third = 1.0 - first - second
    hit = (first >= INSIDE) & (second >= INSIDE) & (third >= INSIDE) & ~flat
    hit &= (column < size[:, :1]) & (row < size[:, 1:])
    owner, at = np.nonzero(hit)
    inner = np.column_stack([first[owner, at], second[owner, at], third[owner, at]])
    near = (inner * corners[owner, :, 2]).sum(axis=1)
    pixel = (low[owner, 1] + row[at]) * width + low[owner, 0] + column[at]
    return pixel, owner, near, inner
