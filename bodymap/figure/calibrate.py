"""Calibration sheets: every view large, with landmarks, levels, a cun ruler, points and zones, for a person to check.

Knows how to write a sheet; finds nothing itself. A sheet is one SVG file a view, named ``<figure>-<view>.svg``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from bodymap import model, share
from bodymap.figure import make, placement, raster, records, zones
from bodymap.figure.camera import Camera, cameras
from bodymap.figure.mesh import Body
from bodymap.figure.placement import Placer

SIDE = 150.0
"""Width (SVG units) of the margins in which labels stand."""
LINE = 11.5
"""Least distance between two labels."""
ENLARGED = 1.6
TINT = {"region": "#d9822b", "segment": "#8a5bd0", "danger": "#c0392b", "nerve": "#b59a00"}
"""The colours of kinds of zones; OTHER_TINT is that of all others."""
OTHER_TINT = "#2f7d6d"
Label = tuple[float, float, str, str]
"""Where a thing is (x, y), what it is called and its colour."""


def sheets(bodies: Mapping[str, Body], folder: Path) -> None:
    """Write a sheet of every view of every body into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure, body in bodies.items():
        placer = Placer(body, placement.known(share.DATA))
        placed = placement.points(placer, share.DATA)
        areas = list(zones.shapes(placer, share.DATA))
        spots = list(placement.placements(placer, placed))
        pictures = {view.id: view for view in records.views(placer)}
        for camera in cameras(body):
            text = _sheet(placer, camera, pictures[camera.id], [s for s in spots if s.view == camera.id],
                          [a for a in areas if a.view == camera.id])  # fmt: skip
            (folder / f"{figure}-{camera.id}.svg").write_text(text, encoding="utf-8")


def _sheet(
    placer: Placer, camera: Camera, view: model.View, spots: list[model.Placement], areas: list[model.Shape]
) -> str:
    parts = [_underlay(placer.body, camera), *_areas(areas), *_levels(placer, camera), _ruler(camera)]
    labels: list[Label] = [(x, y, name, "#1f5fbf") for name, (x, y) in view.landmarks.items() if "-right" not in name]
    for name, (x, y) in view.landmarks.items():
        cross = f"M{x - 3} {y}h6M{x} {y - 3}v6"
        parts.append(f'<path d="{cross}" stroke="#1f5fbf" fill="none"><title>{name}</title></path>')
    named: set[str] = set()
    for spot in spots:
        fill = "none" if spot.position == "alternative" or not spot.visible else "#c00"
        parts.append(f'<circle cx="{spot.x}" cy="{spot.y}" r="3" fill="{fill}" stroke="#c00"/>')
        if spot.side != "right" and spot.visible and (spot.code + spot.position) not in named:
            named.add(spot.code + spot.position)
            labels.append((spot.x, spot.y, spot.code + ("?" if spot.position == "alternative" else ""), "#900"))
    parts += _labels(labels, camera)
    width, height = camera.width + 2 * SIDE, camera.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-SIDE} 0 {width} {height}" width="{width * ENLARGED:.0f}" '
        f'height="{height * ENLARGED:.0f}" font-family="sans-serif" font-size="10">'
        f'<rect x="{-SIDE}" width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _underlay(body: Body, camera: Camera) -> str:
    """The drawn figure where it is there, else the bare outline of the body."""
    drawn = make.svg_folder(share.STATIC, body.figure) / f"{camera.id}.svg"
    if drawn.exists():
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawn.read_text(encoding="utf-8"), flags=re.DOTALL)
        return f'<g opacity="0.8">{inner}</g>'
    points = camera.project(body.vertices)
    bare = raster.draw(points, camera.faces(body), round(camera.height), round(camera.width))
    return f'<path d="{zones.outline_of(bare.mask)}" fill="#eee" stroke="#888"/>'


def _areas(areas: list[model.Shape]) -> list[str]:
    tint = {zone.slug: TINT.get(zone.kind, OTHER_TINT) for zone in zones.read(share.DATA)}
    return [
        f'<path d="{area.path}" fill="{tint[area.slug]}" fill-opacity="0.13" stroke="{tint[area.slug]}">'
        f"<title>{area.slug}</title></path>"
        for area in areas
    ]


def _levels(placer: Placer, camera: Camera) -> list[str]:
    """The height of every vertebral level, in views that look level at the trunk."""
    if "trunk" not in camera.parts or abs(camera.toward[1]) > 0.01 or abs(camera.toward[2]) < 0.9:
        return []
    heights = {name: float(camera.project(placer.place[name])[0, 1]) for name in placer.landmarks.level}
    return [
        f'<path d="M0 {y:.1f}H{camera.width}" stroke="#1f5fbf" stroke-width=".4" stroke-dasharray="2 4"/>'
        f'<text x="{camera.width - 16}" y="{y - 1:.1f}" font-size="7" fill="#1f5fbf">{name}</text>'
        for name, y in heights.items()
        if 0 < y < camera.height
    ]


def _ruler(camera: Camera) -> str:
    """Ten cun at the foot of the picture."""
    x, y, cun = 10.0, camera.height - 8, camera.cun
    ticks = "".join(f"M{x + n * cun:.1f} {y}v-{6 if n % 5 else 10}" for n in range(11))
    line = f'<path d="M{x} {y}h{10 * cun:.1f}{ticks}" stroke="#000" fill="none"/>'
    return f'{line}<text x="{x}" y="{y - 12}">10 cun</text>'


def _labels(labels: list[Label], camera: Camera) -> list[str]:
    """Labels in the margins with a leader to each thing, none over another."""
    parts = []
    for left in (True, False):
        mine = [label for label in labels if (label[0] < camera.width * 0.45) == left]
        mine.sort(key=lambda label: label[1])
        for (x, y, text, colour), row in zip(mine, _rows([label[1] for label in mine], camera.height), strict=True):
            edge, anchor, at = (-8.0, "end", -12.0) if left else (camera.width + 8, "start", camera.width + 12)
            parts.append(f'<path d="M{x} {y}L{edge} {row - 3:.1f}" stroke="{colour}" stroke-width=".5" opacity=".6"/>')
            parts.append(f'<text x="{at}" y="{row:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>')
    return parts


def _rows(heights: list[float], height: float) -> list[float]:
    """Rows near the wanted heights (sorted), ``LINE`` apart, within the picture."""
    rows: list[float] = []
    for wanted in heights:
        rows.append(max(wanted + 3, rows[-1] + LINE) if rows else wanted + 3)
    limit = height - 4
    for index in range(len(rows) - 1, -1, -1):
        rows[index] = min(rows[index], limit)
        limit = rows[index] - LINE
    return rows
