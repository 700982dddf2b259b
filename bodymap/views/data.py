"""The atlas to take along: what is open, how to cite it, where to ask for it, and points as a table."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from bodymap.model import Point
from bodymap.views import listing
from bodymap.views.page import atlas, withheld

blueprint = Blueprint("data", __name__)

COLUMNS = ("code", "channel", "number", "pinyin", "hanzi", "hanzi_simplified", "english", "other_names", "place_plain",
           "place_clinical", "strength", "sources", "kinds", "cautions")  # fmt: skip
"""Of the table of points. Without needling: the same table serves patients."""


@blueprint.get("/data")
def show_data() -> str:
    return render_template("data.html", revision=atlas().revision)


@blueprint.get("/points.csv")
def download_points() -> ResponseReturnValue:
    """The points that the filters of the list leave; BadRequest names a filter that does not exist.
    None to a patient to whom help comes first, as on the page."""
    points = listing.chosen(listing.read(request.args, atlas()), atlas())
    text = io.StringIO()
    text.write("\ufeff")  # spreadsheets take a file without this mark for another alphabet
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, [] if withheld() else points))
    return text.getvalue(), {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="bodymap-points.csv"',
    }


def _row(point: Point) -> list[str | int]:
    where = point.location
    return [
        point.code, point.channel, point.number, point.pinyin, point.hanzi, point.hanzi_simplified, point.english,
        "; ".join(atlas().aliases(point)), where.plain, where.clinical or where.plain, where.strength,
        "; ".join(where.sources), "; ".join(kind.name for kind, _ in atlas().categories_of(point.code)),
        "; ".join(caution.title for caution in atlas().cautions_of(point.code)),
    ]  # fmt: skip
