"""The practitioner's record of a plan, to print and as JSON: behind the edit link alone."""

from __future__ import annotations

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue
from msgspec import structs

from bodymap.plans import record as kept_record
from bodymap.views import access, planned
from bodymap.views.handout import CLOSE_UP_ROOM, WHOLE_ROOM, plate, whole_figures
from bodymap.views.page import atlas, choice, day
from bodymap.views.present import blueprint as blueprint


@blueprint.get("/plans/<token>/record")
def show_record(token: str) -> str:
    """Every item of STRICTA, depths and reasons included."""
    kept = access.plan_for_editing(token)
    g.choice = structs.replace(choice(), audience="practitioner")
    made = kept_record.record(kept.plan, atlas())
    figures = [plate(image, WHOLE_ROOM) for image in whole_figures(kept.plan)]
    near = [plate(image, CLOSE_UP_ROOM) for image in planned.close_ups(kept.plan, most=2)]
    return render_template(
        "record.html", kept=kept, record=made, plan=kept.plan, figures=figures,
        concerns=kept_record.together(made.concerns),
        near=near, depth=kept_record.depth, needle=kept_record.needle,
        retention=kept_record.retention, wrong={}, wrong_parts=set(),
    )  # fmt: skip


@blueprint.get("/plans/<token>/record.json")
def record_json(token: str) -> ResponseReturnValue:
    """The same as data, for a practice's own files."""
    kept = access.plan_for_editing(token)
    made = kept_record.record(kept.plan, atlas())
    body = kept_record.as_json(
        made, atlas(), version=kept.version, created=day(kept.created), changed=day(kept.changed)
    )
    return Response(body, 200, {"Content-Disposition": 'inline; filename="record.json"'}, "application/json")
