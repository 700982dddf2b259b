"""The skin as an illustrator sees it: a finer, neutral surface with its open and shaded places.

Knows the mesh alone and no camera: what it adds (light from the whole sky, hollows and ridges) is the same in every
view, so that a hollow of the back looks the same in the whole figure and in a zoom. Draws nothing.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from bodymap.figure import raster
from bodymap.figure.landmarks import Landmarks
from bodymap.figure.mesh import Body

Array = NDArray[np.float64]
Faces = NDArray[np.int64]

DIRECTIONS = 60
"""Directions of light on each side of the body."""
SHADOW_PIXELS = 10.0
"""Resolution of a shadow, in pixels per cun."""
SHADOW_BIAS = 0.12
"""How far (cun) skin may lie behind other skin and still count as lit: hides the facets of the mesh."""
EASING = 25
"""Rounds of smoothing where the pose creases the skin."""
RELIEF = 2.4
"""How much the relief of large forms is exaggerated in the light that falls on them."""
ZENITH = 0.5
"""How much brighter the sky is overhead than at the horizon."""


@dataclass(frozen=True)
class Skin:
    """A surface to draw. ``vertices`` (n, 3) in cun and their unit ``normals``; ``triangles`` (m, 3) of ``parts``;
    ``openness`` (n,) is the share of the sky's light that arrives, 0 to 1; ``ridge`` (n,) is positive on ridges and
    negative in hollows, about -1 to 1; ``relief`` (n, 3) are normals that exaggerate the forms of trunk and limbs;
    ``eye`` (n,) is 1 on the eyeballs; ``fine`` (n,) is 1 where forms are small: face, hands, feet. ``joints`` are the
    body's; ``navel`` (3,) is the place of the navel, which the mesh hardly shows."""

    vertices: Array
    normals: Array
    triangles: Faces
    parts: NDArray[np.str_]
    openness: Array
    ridge: Array
    relief: Array
    eye: Array
    fine: Array
    joints: dict[str, Array]
    navel: Array

    def faces(self, parts: tuple[str, ...], below: float = np.inf) -> Faces:
        """The triangles that lie wholly on ``parts`` and ``below`` a height (cun)."""
        shown = np.isin(self.parts, parts) & (self.vertices[:, 1] < below)
        return self.triangles[shown[self.triangles].all(axis=1)]


def private(folder: Path) -> NDArray[np.int64]:
    """The vertices that a dignified figure shows smoothed: those the mesh's nipple targets move."""
    moved = []
    for shape in ("point", "size"):
        with gzip.open(folder / "targets" / "breast" / f"nipple-{shape}-incr.target.gz", "rt") as lines:
            moved += [int(line.split()[0]) for line in lines if line.strip() and not line.startswith("#")]
    return np.unique(moved)


def dress(body: Body, private: NDArray[np.int64]) -> Skin:
    """The drawn skin of ``body``; the vertices ``private`` are smoothed away."""
    body = replace(body, vertices=_smoothed(body, private))
    eyeballs = np.unique(body.eyes)
    eye = np.zeros(len(body.vertices))
    eye[eyeballs] = 1.0
    parts = body.parts.copy()
    parts[eyeballs] = "head"
    triangles = np.vstack([body.triangles, body.eyes])
    fine = _fine(body)
    coarse = Skin(
        vertices=body.vertices,
        normals=body.normals,
        triangles=triangles,
        parts=parts,
        openness=_openness(body, triangles),
        ridge=_ridge(body, triangles),
        relief=_relief(body, triangles, fine),
        eye=eye,
        fine=fine,
        joints=body.joints,
        navel=Landmarks(body).point["umbilicus"],
    )
    return _subdivided(coarse)


def _fine(body: Body) -> Array:
    """1 on the face, the hands and the feet, 0 a little way off."""
    x, y, z = np.abs(body.vertices[:, 0]), body.vertices[:, 1], body.vertices[:, 2]
    jaw, hand, ankle = (body.joints[name] for name in ("jaw", "l-hand", "l-ankle"))
    face = np.minimum(y - jaw[1] + 0.5, z - jaw[2] + 5.0)
    depth = np.maximum.reduce([face, np.minimum(hand[1] - y, x - 10.0), ankle[1] - 1.0 - y])
    return np.asarray(np.clip(depth, 0.0, 1.0))


def _smoothed(body: Body, private: NDArray[np.int64]) -> Array:
    """The vertices with the ``private`` ones relaxed until the skin lies there as a plain membrane, and with the hips
    and the groin eased where the pose has creased them."""
    vertices = body.vertices.copy()
    mean = _neighbours(len(vertices), body.triangles)
    for _ in range(200):
        vertices[private] = mean[private] @ vertices
    share = _creased(body)[:, None]
    for _ in range(EASING):
        vertices += 0.5 * share * (mean @ vertices - vertices)
        vertices -= 0.52 * share * (mean @ vertices - vertices)  # and back out: smooths without shrinking (Taubin)
    return vertices


def _creased(body: Body) -> Array:
    """How much each vertex is to be eased, 0 to 1: the outer side of the hips and the groin in front."""
    hip = body.joints["l-upper-leg"]
    x, y, z = np.abs(body.vertices[:, 0]), body.vertices[:, 1], body.vertices[:, 2]
    leg = np.isin(body.parts, ("trunk", "left-leg", "right-leg"))
    outer = np.clip((x - hip[0]) / 1.5, 0, 1) * np.clip(1.6 - np.abs(y - hip[1] + 0.5) / 5, 0, 1)
    away = np.sqrt(x**2 + (y - hip[1] + 4.0) ** 2 + 0.3 * (z - hip[2]) ** 2)
    inner = np.clip(2.0 - away / 2.2, 0, 1) * np.clip(z - hip[2] + 0.5, 0, 1)  # the buttocks keep their form
    return np.asarray(np.where(leg, np.maximum(outer, inner), 0.0))


def _edges(triangles: Faces) -> Faces:
    """Every edge (k, 2), once in each direction."""
    edges = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    return np.unique(np.vstack([edges, edges[:, ::-1]]), axis=0)


def _neighbours(count: int, triangles: Faces) -> sparse.csr_array:
    """The matrix that takes each vertex's value to the mean of its neighbours'."""
    edges = _edges(triangles)
    degree = np.bincount(edges[:, 0], minlength=count)
    weights = 1.0 / degree[edges[:, 0]]
    return sparse.csr_array((weights, (edges[:, 0], edges[:, 1])), shape=(count, count))


def _relaxed(values: Array, mean: sparse.csr_array, times: int) -> Array:
    for _ in range(times):
        values = 0.5 * values + 0.5 * (mean @ values)
    return values


def _openness(body: Body, triangles: Faces) -> Array:
    """How much of the sky each vertex sees, by casting shadows from many directions."""
    lit, full = np.zeros(len(body.vertices)), np.zeros(len(body.vertices))
    for direction in _sky():
        toward = np.maximum(body.normals @ direction, 0.0) * (1 + ZENITH * direction[1])
        lit += toward * _seen_from(body.vertices, triangles, direction)
        full += toward
    mirrored = _mirror(body)  # light from the other side does there what this light does here
    lit, full = lit + lit[mirrored], full + full[mirrored]
    openness = np.divide(lit, full, out=np.ones_like(lit), where=full > 0)
    return _relaxed(openness, _neighbours(len(openness), triangles), 4)


def _sky() -> Array:
    """Directions spread evenly over the left half of the sphere (a golden spiral), never straight up."""
    index = np.arange(2 * DIRECTIONS) + 0.5
    height = 1 - index / DIRECTIONS
    turn = np.pi * (1 + 5**0.5) * index
    level = np.sqrt(1 - height**2)
    sphere = np.column_stack([level * np.cos(turn), height, level * np.sin(turn)])
    return np.asarray(sphere[sphere[:, 0] > 0])


def _seen_from(vertices: Array, triangles: Faces, direction: Array) -> NDArray[np.bool_]:
    """Which vertices light from ``direction`` reaches."""
    right = np.cross([0.0, 1.0, 0.0], direction)
    right /= np.linalg.norm(right)
    turned = vertices @ np.column_stack([right, np.cross(direction, right), direction])
    used = turned[triangles]
    low = used[:, :, :2].min(axis=(0, 1)) - 0.5
    pixels = np.column_stack([(turned[:, :2] - low) * SHADOW_PIXELS, turned[:, 2]])
    width, height = np.ceil(pixels[np.unique(triangles), :2].max(axis=0)).astype(int) + 2
    depth = raster.draw(pixels, triangles, int(height), int(width)).depth
    column = np.clip(pixels[:, 0].astype(int), 0, width - 1)
    row = np.clip(pixels[:, 1].astype(int), 0, height - 1)
    return np.asarray(turned[:, 2] >= depth[row, column] - SHADOW_BIAS)


def _mirror(body: Body) -> NDArray[np.int64]:
    """For each vertex of the skin, its mirror image; the mesh is exactly symmetric."""
    _, nearest = cKDTree(body.vertices).query(body.vertices * [-1, 1, 1])
    return np.asarray(nearest, dtype=np.int64)


def _ridge(body: Body, triangles: Faces) -> Array:
    """Mean curvature over about a hand's breadth less what is broader still: it finds spine, scapula and muscle."""
    start, end = _edges(triangles).T
    mean = _neighbours(len(body.vertices), triangles)
    normals = _relaxed(body.normals, mean, 3)
    along = body.vertices[end] - body.vertices[start]
    length = np.sqrt((along**2).sum(axis=1))
    bend = ((normals[end] - normals[start]) * along).sum(axis=1) / np.maximum(length, 1e-9)
    degree = np.bincount(start, minlength=len(body.vertices))
    total = np.bincount(start, bend, len(body.vertices)) / np.maximum(degree, 1)
    fine = _relaxed(total, mean, 10)
    return np.asarray(np.tanh(8 * (fine - _relaxed(fine, mean, 60))))


def _relief(body: Body, triangles: Faces, fine: Array) -> Array:
    """Normals moved away from what they are on a much smoother body; small forms are left as they are."""
    mean = _neighbours(len(body.vertices), triangles)
    clean, broad = _relaxed(body.normals, mean, 2), _relaxed(body.normals, mean, 30)
    relief = clean + RELIEF * (1 - fine[:, None]) * (clean - broad)
    return np.asarray(relief / np.maximum(np.linalg.norm(relief, axis=1, keepdims=True), 1e-9))


def _subdivided(skin: Skin) -> Skin:
    """Each triangle in four, with the new corners bent out to where the normals say the skin lies (Phong)."""
    sides = np.vstack([skin.triangles[:, [0, 1]], skin.triangles[:, [1, 2]], skin.triangles[:, [2, 0]]])
    edges, place = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True)
    start, end = edges.T
    middle = (skin.vertices[start] + skin.vertices[end]) / 2
    for corner in (start, end):
        normal = skin.normals[corner]
        height = ((skin.vertices[corner] - (skin.vertices[start] + skin.vertices[end]) / 2) * normal).sum(axis=1)
        middle += 0.25 * height[:, None] * normal  # exact on an arc
    normals = skin.normals[start] + skin.normals[end]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    a, b, c = skin.triangles.T
    ab, bc, ca = (place.reshape(3, -1) + len(skin.vertices)).astype(np.int64)

    quarters = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))

    def halves(values: Array) -> Array:
        return np.concatenate([values, (values[start] + values[end]) / 2])

    return Skin(
        vertices=np.vstack([skin.vertices, middle]),
        normals=np.vstack([skin.normals, normals]),
        triangles=np.vstack([np.column_stack(corners) for corners in quarters]),
        parts=np.concatenate([skin.parts, skin.parts[start]]),
        openness=halves(skin.openness),
        ridge=halves(skin.ridge),
        relief=halves(skin.relief),
        eye=halves(skin.eye),
        fine=halves(skin.fine),
        joints=skin.joints,
        navel=skin.navel,
    )
