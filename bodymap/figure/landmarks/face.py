"""Landmarks of the face and the ear. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.surface import LEFT

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]

VERTEX = {
    "inner-canthus": 11488, "outer-canthus": 6805, "ala-middle": 7102, "ala-base": 7338, "nostril-edge": 7085,
    "mouth-angle": 7186, "auricle-apex": 12012, "auricle-rim": 12018, "auricle-root": 12025, "ear-lobe": 12027,
    "supratragic-notch": 12178, "tragus": 12306, "intertragic-notch": 12079,
    "triangular-fossa-behind": 12317, "antihelix-crus-front": 12091, "antihelix-crus-middle": 12183,
    "antihelix-crus-behind": 12102, "antihelix-fork": 12185, "antihelix-body-upper": 12186, "antihelix-body": 12194,
}  # fmt: skip
"""Vertices of the base mesh on features of the left half of the face. ``ala-middle`` and ``ala-base`` are the side and
the foot of the nostril's wing, ``auricle-rim`` the hindmost and ``auricle-root`` the foremost place of the ear. Those
of the antihelix follow its lower crus from the front, and its body from the fork down along the hinder edge."""


RAMUS = 1.65
"""Cun from the jaw's joint down to its angle: the ramus, some 4 cm."""


def vertex(marks: Landmarks, name: str) -> Array:
    return np.asarray(marks.body.vertices[VERTEX[name]])


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    profile = _profile(marks)
    return profile | _eye(marks) | _nose_and_mouth(marks, profile) | _ear(marks) | _jaw(marks)


def _profile(marks: Landmarks) -> dict[str, Array]:
    """Mesh: turns of the profile."""
    eyes = float(marks.body.joints["l-eye"][1])
    profile = np.array([marks.front(height) for height in np.arange(eyes - 3.6, eyes + 2.0, 0.02)])
    height, depth = profile[:, 1], profile[:, 2]
    tip = int(np.argmax(depth))
    nasion = tip + int(np.argmin(depth[tip : tip + 100]))
    glabella = nasion + int(np.argmax(depth[nasion : nasion + 60]))
    mouth = int(np.argmin(np.where(height < height[tip] - 1.0, depth, np.inf)))
    lip = mouth + int(np.argmax(depth[mouth : tip - 40]))
    base = lip + int(np.argmin(depth[lip:tip]))
    return {
        "glabella": profile[glabella],
        "nose-tip": profile[tip],
        "nose-base": profile[base],
        "upper-lip": profile[lip],
    }


def _eye(marks: Landmarks) -> dict[str, Array]:
    """Joint: the pupil looks straight ahead, the lower rim of the orbit lies 0.6 cun (14 mm) below it and the foramen
    0.4 lower; the brows are where `features.brows` draws them."""
    eye = marks.body.joints["l-eye"]

    def front(x: float, y: float) -> Array:
        return marks.front(y, x)

    canthus = vertex(marks, "inner-canthus")
    return {
        "inner-canthus": canthus,
        "outer-canthus": vertex(marks, "outer-canthus"),
        "orbit-inner": front(canthus[0] - 0.08, canthus[1] + 0.1),
        "orbit-lower": front(eye[0], eye[1] - 0.58),
        "infraorbital-foramen": front(eye[0], eye[1] - 1.0),
        "eyebrow-inner": front(eye[0] - 0.62, eye[1] + 1.0),
        "eyebrow-middle": front(eye[0], eye[1] + 1.15),
        "eyebrow-outer": front(eye[0] + 0.98, eye[1] + 1.04),
    }


def _nose_and_mouth(marks: Landmarks, profile: dict[str, Array]) -> dict[str, Array]:
    """Vertex: wing of the nose and corner of the mouth. WHO: the fold from nose to cheek passes just outside the wing,
    the hollow below the cheekbone lies under the outer corner of the eye, level with the wing's foot."""
    middle, base = vertex(marks, "ala-middle"), vertex(marks, "ala-base")
    nostril, canthus = vertex(marks, "nostril-edge"), vertex(marks, "outer-canthus")
    top, lip = profile["nose-base"][1], profile["upper-lip"][1]
    pupil = marks.body.joints["l-eye"][0]
    return {
        "nasolabial-fold": marks.front(middle[1], middle[0] + 0.14),
        "nasolabial-fold-lower": marks.front(base[1], middle[0] + 0.2),
        "below-pupil": marks.front(base[1], pupil),
        "below-cheekbone": marks.front(base[1] + 0.15, canthus[0]),
        "below-nostril": marks.front((top + lip) / 2, nostril[0]),
        "below-nostril-upper": marks.front(top + (lip - top) / 3, nostril[0]),
        "mouth-angle": vertex(marks, "mouth-angle"),
        "lips": marks.front(vertex(marks, "mouth-angle")[1] + 0.16),
        "mentolabial-fold": _chin_fold(marks),
    }


def _chin_fold(marks: Landmarks) -> Array:
    """Mesh: the deepest place of the midline between the lower lip and the chin."""
    mouth = vertex(marks, "mouth-angle")[1]
    line = np.array([marks.front(height) for height in np.arange(mouth - 1.2, mouth - 0.2, 0.02)])
    chin = int(np.argmax(line[:30, 2]))
    return np.asarray(line[chin + int(np.argmin(line[chin:40, 2]))])


def _ear(marks: Landmarks) -> dict[str, Array]:
    """Vertex: the ear's notches. The hollows in front of them are felt 0.35 cun (8 mm) before the tragus."""
    root, tragus = vertex(marks, "auricle-root"), vertex(marks, "tragus")
    upper, lower = vertex(marks, "supratragic-notch"), vertex(marks, "intertragic-notch")

    def side(height: float, depth: float) -> Array:
        return marks.trunk.seen_from(LEFT, np.array([0.0, height, depth]))

    before = tragus[2] + 0.42
    inside = [name for name in VERTEX if name.startswith(("triangular", "antihelix"))]
    return {
        **{name: vertex(marks, name) for name in inside},
        "auricle-apex": vertex(marks, "auricle-apex"),
        "before-supratragic-notch": side(upper[1] + 0.1, before + 0.02),
        "before-tragus": side((upper[1] + lower[1]) / 2, before),
        "before-intertragic-notch": side(lower[1] - 0.08, before - 0.02),
        "before-auricle-root": side(root[1], root[2] + 0.45),
    }


def _jaw(marks: Landmarks) -> dict[str, Array]:
    """Joint: the jaw turns about ``mouth``, close to its condyle, with the angle a `RAMUS` below; from there the lower
    border runs to the chin, along the fold of the skin (mesh). The zygomatic arch runs forward from the tragus
    (GRAY)."""
    condyle = marks.body.joints["mouth"]
    tragus = vertex(marks, "tragus")

    def side(height: float, depth: float) -> Array:
        return marks.trunk.seen_from(LEFT, np.array([0.0, height, depth]))

    angle = np.array([0.0, condyle[1] - RAMUS, condyle[2] + 0.05])
    return {
        "mandible-angle": side(angle[1], angle[2]),
        "masseter-front": side(angle[1] - 0.95, angle[2] + 1.2),
        "zygomatic-arch-upper": side(tragus[1] + 0.5, tragus[2] + 1.25),
        "zygomatic-arch-lower": side(tragus[1] - 0.1, tragus[2] + 1.25),
    }
