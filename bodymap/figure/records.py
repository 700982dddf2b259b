"""What the figures' data files hold: views, placements, shapes, measuring marks and what lies in a zone.

Knows which files the app reads and asks the other rooms for their lines. A body's records take minutes, so each body
has a process of its own.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap import model
from bodymap.figure import courses, marks, placement, zones
from bodymap.figure.camera import cameras
from bodymap.figure.mesh import Body
from bodymap.figure.placement import Placer, in_picture, seen, shown_by
from bodymap.figure.surface import mirror

SHOWN = ("C7", "T3", "T7", "T12", "L2", "L4", "S2", "S4", "iliac-crest", "ASIS", "PSIS", "greater-trochanter",
         "sacral-hiatus", "umbilicus", "pubic-symphysis", "acromion", "scapular-spine-middle", "inferior-angle",
         "gluteal-fold", "popliteal-crease", "patella-apex", "fibular-head", "lateral-malleolus", "medial-malleolus",
         "wrist-crease-dorsal", "wrist-crease-palmar", "mastoid", "anterior-hairline", "glabella", "nose-base",
         "upper-lip", "ST35", "ST41")  # fmt: skip


@dataclass(frozen=True)
class Records:
    """The lines of one body. ``inside`` pairs a zone or region with the code of a point in it."""

    views: list[model.View]
    placements: list[model.Placement]
    shapes: list[model.Shape]
    marks: list[model.Mark]
    inside: list[tuple[str, str]]


def write(bodies: Iterable[Body], data: Path) -> None:
    """Write ``views.json``, ``placements.csv``, ``shapes.csv``, ``marks.csv`` and ``inside.csv`` into ``data``."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(partial(of, data=data), bodies))
    views = [msgspec.to_builtins(view) for records in found for view in records.views]
    inside = sorted(set(chain.from_iterable(records.inside for records in found)))
    replace(data / "views.json", json.dumps(views, indent=1, ensure_ascii=False) + "\n")
    write_csv(data / "placements.csv", model.Placement, (row for records in found for row in records.placements))
    write_csv(data / "shapes.csv", model.Shape, (row for records in found for row in records.shapes))
    write_csv(data / "marks.csv", model.Mark, (row for records in found for row in records.marks))
    replace(data / "inside.csv", "zone,code\n" + "".join(f"{zone},{code}\n" for zone, code in inside))


def of(body: Body, data: Path) -> Records:
    """Everything the data files say of one body."""
    placer = Placer(body, placement.known(data))
    placed = placement.points(placer, data)
    sketches = marks.sketches(placer)
    return Records(
        views=list(views(placer)),
        placements=list(placement.placements(placer, placed)),
        shapes=[*zones.shapes(placer, data), *courses.shapes(placer, placed, sketches, data)],
        marks=list(marks.marks(placer, placed, sketches)),
        inside=list(zones.inside(placer, placed, data)),
    )


def views(placer: Placer) -> Iterator[model.View]:
    """Every view with the landmarks that are seen in it."""
    body = placer.body
    for camera in cameras(body):
        spots: dict[str, tuple[float, float]] = {}
        shown = shown_by(camera, body)
        for name in SHOWN:
            spot = placer.place[name]
            pair = ((f"{name}-left", spot), (f"{name}-right", mirror(spot)))
            for label, place in ((name, spot),) if abs(spot[0]) < 1e-6 else pair:
                if in_picture(camera, body, place) and seen(camera, shown, place):
                    x, y, _ = camera.project(place)[0]
                    spots[label] = (round(float(x), 1), round(float(y), 1))
        yield model.View(camera.id, placer.figure, camera.name, camera.width, camera.height, round(camera.cun, 4),
                         camera.zoom, spots, camera.part, camera.left, _direction(camera.toward))  # fmt: skip


def _direction(vector: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (round(float(part), 3) + 0.0 for part in vector)  # no -0.0
    return x, y, z


def write_csv(path: Path, kind: type[model.Entry], rows: Iterable[model.Entry]) -> None:
    """Write entries as CSV under the names of their fields; booleans as true and false."""
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(kind.__struct_fields__)
        for row in rows:
            values = (getattr(row, name) for name in kind.__struct_fields__)
            writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in values])
        text.seek(0)
        replace(path, text.read())


def replace(path: Path, text: str) -> None:
    """Replace a file in one step, so that no reader ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, path)
