"""Anatomical position: arms down beside the body, elbows straight, palms forward, legs together.

Plain linear blend skinning. Angles are worked out from the joints, so the same pose comes out for every shape.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ARM_ABDUCTION = 24.0
"""Degrees between the upper arm and the vertical: enough to keep the hands clear of the thighs."""
CARRYING_ANGLE = 7.0
"""Degrees by which the straight forearm leans further out (about 7-15 in adults)."""
LEG_ABDUCTION = 3.0
TRUNK = ("root", "spine", "pelvis", "clavicle", "shoulder", "breast", "neck01")


def stand(
    vertices: Array, bones: dict[str, Any], weights: dict[str, list[list[float]]], cubes: dict[str, NDArray[np.int64]]
) -> Array:
    """The vertices (n, 3) moved into anatomical position; ``cubes`` are the joints' vertex indices."""
    rig = Rig(vertices, bones, weights, cubes)
    for side, sign in (("L", 1.0), ("R", -1.0)):
        rig.aim(f"upperarm01.{side}", f"lowerarm01.{side}", _hanging(sign * ARM_ABDUCTION))
        rig.aim(f"lowerarm01.{side}", f"wrist.{side}", _hanging(sign * (ARM_ABDUCTION + CARRYING_ANGLE)))
        rig.aim(f"wrist.{side}", f"finger3-1.{side}", _hanging(sign * (ARM_ABDUCTION + CARRYING_ANGLE - 4)))
        rig.supinate(side)
        rig.aim(f"upperleg01.{side}", f"lowerleg01.{side}", _hanging(sign * LEG_ABDUCTION, forward=0.5))
        rig.aim(f"lowerleg01.{side}", f"foot.{side}", _hanging(sign * (LEG_ABDUCTION - 1), forward=-3.0))
        rig.level_foot(side)
    return rig.skin()


def _hanging(outward: float, forward: float = 0.0) -> Array:
    """A direction straight down, turned ``outward`` (to +x) and ``forward`` by degrees."""
    out, fore = np.radians([outward, forward])
    return _unit(np.array([np.sin(out), -np.cos(out) * np.cos(fore), np.sin(fore)]))


def part(bone: str) -> str:
    """The part of the body a bone moves: head, trunk, left-arm, right-arm, left-leg or right-leg."""
    side = {"L": "left", "R": "right"}.get(bone.rpartition(".")[2], "")
    if side and bone.startswith(("upperarm", "lowerarm", "wrist", "finger", "metacarpal")):
        return f"{side}-arm"
    if side and bone.startswith(("upperleg", "lowerleg", "foot", "toe")):
        return f"{side}-leg"
    return "trunk" if bone.startswith(TRUNK) else "head"


class Rig:
    """Bones over a mesh. Each bone keeps a 4 x 4 matrix from rest to pose; its children are turned with it."""

    def __init__(
        self,
        vertices: Array,
        bones: dict[str, Any],
        weights: dict[str, list[list[float]]],
        cubes: dict[str, NDArray[np.int64]],
    ) -> None:
        self.vertices, self.weights, self.cubes = vertices, weights, cubes
        self.parent: dict[str, str] = {name: bone["parent"] for name, bone in bones.items()}
        self.head: dict[str, Array] = {name: self._place(bone["head"]) for name, bone in bones.items()}
        self.matrix: dict[str, Array] = {name: np.eye(4) for name in bones}

    def _place(self, end: dict[str, Any]) -> Array:
        match end["strategy"]:
            case "CUBE":
                return np.asarray(self.vertices[self.cubes[end["cube_name"]]].mean(axis=0))
            case "VERTEX":
                return np.asarray(self.vertices[end["vertex_index"]])
            case "MEAN":
                return np.asarray(self.vertices[end["vertex_indices"]].mean(axis=0))
        raise ValueError(f"unknown bone strategy {end['strategy']!r}")

    def posed(self, bone: str) -> Array:
        """Where the bone's head is now."""
        return np.asarray((self.matrix[bone] @ [*self.head[bone], 1.0])[:3])

    def turn(self, bone: str, rotation: Array) -> None:
        """Rotate the bone and all below it about the bone's head."""
        pivot = self.posed(bone)
        move = np.eye(4)
        move[:3, :3] = rotation
        move[:3, 3] = pivot - rotation @ pivot
        for name in self.matrix:
            if self._below(name, bone):
                self.matrix[name] = move @ self.matrix[name]

    def _below(self, name: str, bone: str) -> bool:
        while name and name != bone:
            name = self.parent.get(name, "")
        return name == bone

    def aim(self, bone: str, child: str, direction: Array) -> None:
        """Turn the bone by the shortest arc until ``child``'s head lies in ``direction``."""
        self.turn(bone, _arc(_unit(self.posed(child) - self.posed(bone)), direction))

    def supinate(self, side: str) -> None:
        """Roll the forearm about its axis until the palm faces forward; half at the elbow end, half at the wrist."""
        axis = _unit(self.posed(f"wrist.{side}") - self.posed(f"lowerarm01.{side}"))
        across = self.posed(f"finger2-1.{side}") - self.posed(f"finger5-1.{side}")
        across = _unit(across - axis * (across @ axis))
        wanted = np.array([1.0 if side == "L" else -1.0, 0.0, 0.0])
        wanted = _unit(wanted - axis * (wanted @ axis))
        angle = float(np.arctan2(np.cross(across, wanted) @ axis, across @ wanted))
        for bone, share in ((f"upperarm02.{side}", 0.2), (f"lowerarm01.{side}", 0.3), (f"lowerarm02.{side}", 0.5)):
            self.turn(bone, _about(axis, angle * share))

    def level_foot(self, side: str) -> None:
        """Set the sole flat again: undo what the leg's turns did to the foot, keeping its turn-out."""
        rotation = self.matrix[f"foot.{side}"][:3, :3]
        forward = rotation @ np.array([0.0, 0.0, 1.0])
        heading = np.arctan2(forward[0], forward[2])
        self.turn(f"foot.{side}", _about(np.array([0.0, 1.0, 0.0]), heading) @ rotation.T)

    def skin(self) -> Array:
        """The vertices (n, 3), each moved by the weighted mean of its bones."""
        homogeneous = np.hstack([self.vertices, np.ones((len(self.vertices), 1))])
        moved = np.zeros_like(self.vertices)
        total = np.zeros(len(self.vertices))
        for bone, pairs in self.weights.items():
            if not pairs:
                continue
            rows = np.array(pairs)
            index, weight = rows[:, 0].astype(int), rows[:, 1]
            moved[index] += weight[:, None] * (homogeneous[index] @ self.matrix[bone].T)[:, :3]
            total[index] += weight
        # Joint cubes that the rig leaves out carry no weights of their own: they go with the nearest bone.
        loose = np.flatnonzero(total == 0)
        if len(loose):
            heads = np.array(list(self.head.values()))
            names = list(self.head)
            for vertex in loose:
                nearest = names[int(np.argmin(((heads - self.vertices[vertex]) ** 2).sum(axis=1)))]
                moved[vertex] = (self.matrix[nearest] @ homogeneous[vertex])[:3]
            total[loose] = 1.0
        return np.asarray(moved / total[:, None])


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))


def _about(axis: Array, angle: float) -> Array:
    """Rotation matrix by ``angle`` radians about a unit axis (Rodrigues)."""
    x, y, z = axis
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross))


def _arc(start: Array, end: Array) -> Array:
    """The smallest rotation that takes one unit vector to another."""
    axis = np.cross(start, end)
    length = float(np.linalg.norm(axis))
    if length < 1e-9:
        return np.eye(3)
    return _about(axis / length, float(np.arctan2(length, start @ end)))
