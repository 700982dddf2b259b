"""Makes the committed figures: every view of both bodies as SVG, and the places of the points on them.

Knows the order of work and where files go. A developer runs it (``bodymap figure``); the app only reads what it wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from bodymap.figure import mesh, picture, skin
from bodymap.figure.camera import Camera, cameras
from bodymap.figure.mesh import Body
from bodymap.figure.skin import Skin

PIXELS_WHOLE, PIXELS_ZOOM = 3.0, 2.5
"""Pixels of the raster per SVG unit."""
FINEST = 90.0
"""SVG units per cun beyond which a zoom shows nothing more of the mesh."""
VIEWS = 34
"""Pictures of each figure."""
FIGURES = ("female", "male")
DEFAULT = "female"
"""The figure that lies in ``svg/`` itself; others lie in a folder of their name."""


def make(
    cache: Path,
    static: Path,
    data: Path,
    *,
    redraw: bool = True,
    scale: float = 1.0,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Draw every view into ``static/svg`` (if ``redraw``) and write the records of both bodies into ``data``.

    ``cache`` holds the mesh, fetched when missing. ``scale`` multiplies the pixels of the raster (1 is what is
    committed; less is quicker and coarser). ``progress`` is told the name of each view done.
    """
    from bodymap.figure import records  # placing needs all of the data, drawing none of it

    folder = mesh.fetch(cache)
    bodies = [mesh.load(folder, figure) for figure in FIGURES]
    for body in bodies if redraw else ():
        draw(folder, body, svg_folder(static, body.figure), scale=scale, progress=progress)
    records.write(bodies, data)


def draw(
    folder: Path,
    body: Body,
    into: Path,
    *,
    views: Iterable[str] = (),
    scale: float = 1.0,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Write the SVG file of each of ``views`` (all when empty) of one body, as many at a time as there are cores."""
    into.mkdir(parents=True, exist_ok=True)
    surface = skin.dress(body, skin.private(folder))
    wanted = set(views)
    chosen = [camera for camera in cameras(body) if not wanted or camera.id in wanted]
    with ProcessPoolExecutor() as pool:
        drawn = {pool.submit(_draw, surface, camera, scale, into / f"{camera.id}.svg"): camera for camera in chosen}
        for done in as_completed(drawn):
            done.result()
            progress(f"{body.figure} {drawn[done].id}")


def _draw(surface: Skin, camera: Camera, scale: float, path: Path) -> None:
    """Write one picture."""
    path.write_text(picture.write(picture.compose(surface, camera, pixels(camera) * scale)) + "\n", encoding="utf-8")


def svg_folder(static: Path, figure: str) -> Path:
    """Where the files of a figure lie."""
    return static / "svg" if figure == DEFAULT else static / "svg" / figure


def pixels(camera: Camera) -> float:
    """Pixels per SVG unit for a view; fewer where it enlarges the mesh beyond what the mesh has to show."""
    return PIXELS_ZOOM * min(1.0, FINEST / camera.cun) if camera.zoom else PIXELS_WHOLE
