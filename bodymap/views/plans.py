"""The plans on this device: the list, a new one, one from a file, and points added from the pages of the atlas."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from htmx_flask import make_response
from htmx_flask import request as htmx_request
from msgspec import structs
from werkzeug.exceptions import TooManyRequests

from bodymap.plans import templates
from bodymap.plans.changes import add, carry, lender, meant_for
from bodymap.plans.model import MOST_BYTES, MOST_POINTS, Plan, PlannedPoint, encode, too_long
from bodymap.plans.reading import Problem, load
from bodymap.store.plans import LISTED, ConflictError, Kept
from bodymap.views import access
from bodymap.views.page import atlas, choice, link

blueprint = Blueprint("plans", __name__, url_prefix="/plans")

LONGEST_QUERY = 100


@blueprint.before_request
def speak_to_practitioners() -> None:
    """Plans are a practitioner's; what the reader ticked in the safety check starts a new plan and is in no link."""
    asked = choice()
    g.ticked = asked.circumstances
    audience = "practitioner" if asked.audience == "patient" else asked.audience
    g.choice = structs.replace(asked, audience=audience, circumstances=(), flags=())


def edit_address(token: str, anchor: str = "") -> str:
    return link("plans.edit_plan", token=token) + (f"#{anchor}" if anchor else "")


@blueprint.get("")
def list_plans() -> str:
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    known = access.known_device()
    listed = access.plans().listed(access.device(), query, most=LISTED + 1) if known else []  # one more tells of more
    deleted = access.plans().listed(access.device(), deleted=True) if known else []
    return render_template(
        "plans.html", listed=listed[:LISTED], more=len(listed) > LISTED, deleted=deleted, query=query,
        now=access.store().now(), trials=templates.trials(), ticked=g.ticked,
    )  # fmt: skip


@blueprint.get("/new")
def choose_template() -> str:
    return render_template("plan_new.html", trials=templates.trials(), ticked=g.ticked)


@blueprint.post("")
def create_plan() -> ResponseReturnValue:
    """A new plan from a template, with what stays the same from this device's last one."""
    plan = templates.start(request.form.get("template", ""), atlas())
    if plan is None:
        abort(400)
    return redirect(edit_address(_begin(plan).edit, "about"), 303)  # on a phone the map stands before it


@blueprint.post("/add")
def add_points() -> ResponseReturnValue:
    """Add points to the plan that was opened last on this device, or to a new one."""
    codes = [code for code in request.form.getlist("code") if code in atlas().points]
    if not codes:
        abort(400)
    if wait := access.seconds_to_wait():
        raise TooManyRequests(retry_after=wait)
    kept = _open_plan() or _begin(Plan())
    like = needled_last(kept)
    saved = _grown(kept, codes, like, request.form.get("about", ""))
    if saved is None:
        return _no_room(kept)
    plan = saved.plan
    fresh = [code for code in plan.codes if code not in kept.plan.codes]
    full = len(plan.points) == MOST_POINTS and not set(codes) <= set(plan.codes)
    if not htmx_request.htmx:
        return redirect(
            edit_address(kept.edit, f"point-{plan.codes.index(codes[0]) + 1}" if not full else "points"), 303
        )
    page = render_template("_added.html", kept=saved, codes=codes, fresh=fresh, full=full, like=like, no_room=False)
    response: Response = make_response(page)
    return response


@blueprint.route("/import", methods=["GET", "POST"])
def import_plan() -> ResponseReturnValue:
    """A plan from a file, or from its text; what is wrong in it is listed, and what was typed stays."""
    if request.method == "GET":
        return render_template("plan_import.html", text="", problems=[], empty=False)
    access.read_much()
    file = request.files.get("file")
    text = (file.read() if file else b"") or request.form.get("text", "").encode()
    if not text.strip():
        return render_template("plan_import.html", text="", problems=[], empty=True), 422
    plan, problems = load(text, atlas())
    long = len(text) > MOST_BYTES or (plan is not None and too_long(plan))
    status, headers = 413 if long else 422, {}
    if plan and long:
        problems = [Problem("file", f"is longer than {MOST_BYTES // 1024} KB once it is written out line by line")]
    elif plan:
        try:
            return redirect(edit_address(_begin(plan, whole=True).edit), 303)
        except TooManyRequests as error:
            headers = {"Retry-After": str(error.retry_after)}
            problems, status = [Problem("file", "came after too many others: wait a while, then send it again")], 429
    shown = text.decode("utf-8", "replace")
    return render_template("plan_import.html", text=shown, problems=problems, empty=False), status, headers


@blueprint.get("/<token>/export.json")
def export_plan(token: str) -> ResponseReturnValue:
    kept = access.plan_for_editing(token)
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in kept.plan.title)[:60].strip(
        "-"
    )
    disposition = f'attachment; filename="{name or "plan"}.json"'
    return Response(encode(kept.plan), 200, {"Content-Disposition": disposition}, "application/json")


@blueprint.post("/<token>/duplicate")
def duplicate_plan(token: str) -> ResponseReturnValue:
    """The same plan anew, with links of its own, for the next patient: ticks and dates start empty."""
    kept = access.plan_for_editing(token)
    plan = kept.plan
    record = structs.replace(
        plan.record, consent=False, red_flags_checked="", circumstances_checked="", adverse_events="", outcome_value=""
    )
    points = tuple(structs.replace(point, reason="") for point in plan.points)
    title = f"{plan.title} (copy)"[:160]
    copy = structs.replace(plan, title=title, circumstances=(), record=record, points=points)
    if too_long(copy):  # by its title
        return _no_room(kept)
    return redirect(edit_address(_begin(copy, whole=True).edit), 303)


@blueprint.post("/<token>/delete")
def delete_plan(token: str) -> ResponseReturnValue:
    access.plan_for_editing(token)
    access.keep_on_device(token)
    access.plans().delete(token)
    return redirect(link("plans.list_plans"), 303)


@blueprint.post("/<token>/restore")
def restore_plan(token: str) -> ResponseReturnValue:
    access.plans().restore(token) or abort(404)
    return redirect(link("plans.list_plans"), 303)


def _grown(kept: Kept, codes: Sequence[str], like: PlannedPoint | None, about: str) -> Kept | None:
    """The plan with further points, those of the page ``about`` a complaint or region; when another change comes
    between, on top of that one. None if that were too long."""
    for _ in range(5):
        try:
            grown = meant_for(add(kept.plan, codes, atlas(), like), about, atlas())
            if too_long(grown):
                return None
            return access.plans().save(kept.edit, grown, kept.version) or abort(404)
        except ConflictError as conflict:
            kept = conflict.kept
    abort(409)


def _no_room(kept: Kept) -> ResponseReturnValue:
    """The plan is too long for what was asked; it stays as it was."""
    if htmx_request.htmx:
        return render_template("_added.html", kept=kept, codes=[""], fresh=[], full=False, like=None, no_room=True)
    page = render_template(
        "error.html", code=413, detail="", title="There is no room in this plan",
        remedy=f"A plan holds {MOST_BYTES // 1024} KB and this one is nearly full. It is as it was. "
        "Shorten a long text in it, then try again.",
        back=(edit_address(kept.edit), "Back to the plan"),
    )  # fmt: skip
    return page, 413


def _open_plan(but: str = "") -> Kept | None:
    """The plan that was opened last on this device, ``but`` for the one of an edit link."""
    listed = access.plans().listed(access.device(), most=2) if access.known_device() else []
    others = [item.edit for item in listed if item.edit != but]
    return access.plans().by_edit(others[0]) if others else None


def needled_before(kept: Kept) -> PlannedPoint | None:
    """A point that says how needles were used in the plan that was opened before this one on this device."""
    before = _open_plan(but=kept.edit)
    return lender(before.plan) if before else None


def needled_last(kept: Kept) -> PlannedPoint | None:
    """The point that a new one is needled like: this plan's last, else that of the plan before it."""
    return lender(kept.plan) or needled_before(kept)


def _begin(plan: Plan, whole: bool = False) -> Kept:
    """Keep a new plan on this device. Unless it is ``whole``, it takes over what lasts, and the reader's ticks."""
    if wait := access.seconds_to_wait(new=True):
        raise TooManyRequests(retry_after=wait)
    if not whole:
        last = _open_plan()
        plan = carry(plan, last.plan) if last else plan
        plan = structs.replace(plan, circumstances=g.ticked or plan.circumstances, figure=choice().figure)
    kept = access.plans().create(plan)
    access.keep_on_device(kept.edit)
    return kept


def view_address(view: str) -> str:
    """The whole address that a patient is given."""
    return url_for("plans.list_plans", _external=True).removesuffix("/plans") + f"/shared/{view}"
