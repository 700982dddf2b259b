"""The editor of a plan: one page, one form. Every button sends the whole form, so none loses what was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from htmx_flask import make_response
from htmx_flask import request as htmx_request
from msgspec import Struct
from werkzeug.exceptions import Forbidden, HTTPException, TooManyRequests

from bodymap.plans import changes, privacy, stricta, warnings
from bodymap.plans.handout import held_back
from bodymap.plans.merge import differences, merge
from bodymap.plans.model import MOST_BYTES, MOST_POINTS, Plan, PlannedPoint, encode, too_long
from bodymap.plans.reading import Problem, drafted, from_form, load, read_draft, unclear
from bodymap.plans.templates import trials
from bodymap.safety import BY_HAND
from bodymap.store.plans import MONTH, ConflictError, Kept
from bodymap.views import access, planned
from bodymap.views.page import atlas, choice, safe_choice, show_error
from bodymap.views.plans import blueprint as blueprint
from bodymap.views.plans import edit_address, needled_before, speak_to_practitioners, view_address

MONTHS = (1, 3, 6, 12, 24)
"""For how long a link may open."""


class Done(Struct, frozen=True):
    """What a button did: the plan, what to say of it, and where the reader's focus belongs."""

    plan: Plan
    said: str = ""
    focus: str = ""
    problems: tuple[Problem, ...] = ()


@blueprint.get("/<token>")
def edit_plan(token: str) -> ResponseReturnValue:
    kept = access.plan_for_editing(token)
    access.keep_on_device(token, durable=False)
    return page(kept)


@blueprint.post("/<token>")
def save_plan(token: str) -> ResponseReturnValue:
    """Save the form and do what its button says."""
    access.read_much()
    kept, draft = access.plan_for_editing(token), form_draft()
    if wait := access.seconds_to_wait(token):
        return page(kept, draft, [Problem("plan", "was saved too often")], 429, wait=wait)
    plan, problems = read_draft(draft, atlas())
    if plan is None:
        return page(kept, draft, problems, 422)
    done = act(plan, request.form.get("do", "save"), kept)
    words = request.form.get("add", "").strip()
    if words and request.form.get("do") != "autosave":
        done = _add(done.plan, words, kept)
    if too_long(done.plan):  # the plan and not the form, which takes nine bytes for a Chinese letter
        return page(kept, draft, [Problem("plan", f"is longer than {MOST_BYTES // 1024} KB: shorten a text")], 413)
    version = started_from()
    try:
        saved = access.plans().save(token, done.plan, version) or abort(404)
        saved = step(saved, request.form.get("do", ""))
    except ConflictError as conflict:
        return conflict_page(token, done.plan, conflict.kept, version)
    if done.problems:
        return page(saved, None, done.problems, 422, add=request.form.get("add", ""))
    if not htmx_request.htmx:
        return redirect(edit_address(token, done.focus), 303)
    said = {"plan": {"said": done.said, "focus": done.focus}}
    answer: Response = make_response(page(saved), trigger_after_settle=said)
    return answer


@blueprint.errorhandler(Forbidden)
def show_refused(error: Forbidden) -> ResponseReturnValue:
    """A save that did not come from this site is not saved, yet what was typed stands in the fields."""
    if request.endpoint != "plans.save_plan":
        return show_error(error)
    g.choice = safe_choice()
    speak_to_practitioners()  # the guard refused before this page's own preparations
    access.read_much()
    try:
        kept, draft = access.plan_for_editing((request.view_args or {})["token"]), form_draft()
    except HTTPException as worse:
        return show_error(worse)
    why = "was not saved, since it does not look sent from this page. Read it through, then save it"
    return page(kept, draft, [Problem("plan", why)], 403)


def form_draft() -> dict[str, Any]:
    form = request.form
    return from_form(form, form.getlist("circumstances"), form.getlist("record-sources"), form.getlist("order"))


def act(plan: Plan, do: str, kept: Kept) -> Done:
    """What a button does to the plan that the form holds; an unknown one only saves."""
    verb, _, place = do.partition("-")
    if verb == "last" and (before := needled_before(kept)):
        return Done(changes.needle_like(plan, before, atlas()), "All points are needled as in your last plan", "add")
    if verb == "join":
        return _join(plan, request.form.get("first", ""), request.form.get("second", ""))
    if not place.isdecimal():
        return Done(plan)
    row = int(place)
    if verb == "part" and row < len(plan.pairs):
        return Done(changes.part(plan, row), "Pair taken apart", "pairs")
    if row >= len(plan.points):
        return Done(plan)
    code = plan.points[row].code
    if verb in {"up", "down"}:
        moved = changes.move(plan, row, -1 if verb == "up" else 1)
        target = min(max(row + (-1 if verb == "up" else 1), 0), len(plan.points) - 1)
        return Done(moved, f"{code} is now number {target + 1} of {len(plan.points)}", f"{verb}-{target}")
    if verb == "remove":
        return Done(changes.remove(plan, row), f"{code} removed. Undo brings it back", f"point-{max(row, 1)}")
    if verb == "all":
        return Done(changes.use_for_all(plan, row), f"All points are needled as {code}", f"point-{row + 1}")
    return Done(plan)


def _add(plan: Plan, words: str, kept: Kept) -> Done:
    codes, unknown = changes.meant(words, atlas())
    like = (changes.lender(plan) or needled_before(kept)) if lending() else None
    grown = changes.add(plan, codes, atlas(), like)
    problems = [Problem("add", unclear(name, atlas())) for name in unknown]
    left = [code for code in codes if code not in grown.codes]
    if left:
        problems.append(Problem("add", f"A plan holds {MOST_POINTS} points; left out: {', '.join(left)}"))
    said = f"{', '.join(codes)} added{f', needled as {like.code}' if like else ''}" if codes else ""
    return Done(grown, said, "add", tuple(problems))


def lending() -> bool:
    """Whether new points are needled as the last one, which goes without saying until it is ticked off."""
    return request.form.getlist("lend")[-1:] != ["no"]


def _join(plan: Plan, first: str, second: str) -> Done:
    if first == second or not {first, second} <= set(plan.codes):
        return Done(plan, problems=(Problem("first", "choose two different points of the plan to join"),))
    return Done(changes.join(plan, first, second), f"{first} and {second} joined", f"x{len(plan.pairs)}-hz")


def step(saved: Kept, do: str) -> Kept:
    """Undo or redo, after what was typed has been saved."""
    if do == "undo":
        return access.plans().undo(saved.edit, saved.version) or abort(404)
    if do == "redo":
        return access.plans().redo(saved.edit, saved.version) or abort(404)
    return saved


def page(
    kept: Kept, draft: dict[str, Any] | None = None, problems: Sequence[Problem] = (), status: int = 200,
    wait: int = 0, add: str = "",
) -> Response:  # fmt: skip
    """The editor. With a draft, what was typed stands in the fields and the map shows what was last saved."""
    plan, before = kept.plan, needled_before(kept)
    like = changes.lender(plan) or before
    primary = choice().view or planned.best_view(plan)
    html = render_template(
        "plan.html", kept=kept, plan=plan, draft=draft or drafted(plan), problems=problems, add=add,
        wrong=defaultdict(str, {problem.field: problem.why for problem in problems}),
        version=started_from() if draft else kept.version,
        wrong_parts={problem.field.partition("-")[0] for problem in problems},
        pictures=planned.pictures(plan, primary), primary=primary, close_ups=planned.close_ups(plan, most=3),
        row_marks=warnings.marks(plan, atlas()), concerns=warnings.concerns(plan, atlas()),
        hints=privacy.hints(plan, atlas()), items=stricta.completeness(plan), needles=stricta.needle_count(plan),
        view_address=view_address(kept.view) if kept.view else "", handed=handed(kept),
        held=list(held_back(plan)),
        months=MONTHS, used=used(plan), complaints=complaints(), offered=offered(plan), techniques=technique_names(),
        lending=lending(), like=like and hand(like), of_before=like is before, before=before and unlike(plan, before),
        joinable=[("", "–"), *((code, code) for code in dict.fromkeys(plan.codes))], htmx=bool(htmx_request.htmx),
    )  # fmt: skip
    headers = {"Retry-After": str(wait)} if wait else {}
    return Response(html, status, headers, content_type="text/html; charset=utf-8")


def handed(kept: Kept) -> list[tuple[str, str]]:
    """What can be handed over, each with its address: those of the reserved pages that this app has."""
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    edit, view = edit_address(kept.edit), f"/shared/{kept.view}"
    pages = [
        ("Present", "/plans/<token>/present", edit.replace("?", "/present?", 1)),
        ("Record", "/plans/<token>/record", edit.replace("?", "/record?", 1)),
        *([("Handout", "/shared/<token>/handout", view + "/handout")] if kept.view else []),
    ]
    return [(name, address) for name, rule, address in pages if rule in known]


def started_from() -> int:
    """The version that the form started from; 0, which no plan has, where it says nonsense."""
    version = request.form.get("version", default=0, type=int)
    return version if 0 < version < 2**31 else 0


def hand(like: PlannedPoint) -> dict[str, str]:
    """What a point lends to others, as a row of a draft."""
    row: dict[str, str] = drafted(Plan(points=(PlannedPoint(like.code, **changes.hand(like)),)))["points"][0]
    return row


def unlike(plan: Plan, before: PlannedPoint) -> dict[str, str] | None:
    """How the plan before needled; None where a point of this plan is needled so already, or there is none."""
    known = any(changes.hand(point) == changes.hand(before) for point in plan.points)
    return hand(before) if plan.points and not known else None


USUAL: dict[str, tuple[str, ...]] = {
    "gauge": ("0.2", "0.25", "0.3"),
    "length": ("25", "40", "50", "75"),
    "retention": ("20", "25", "30"),
    "stimulation": ("By hand", "By hand at 10 minutes and before removal", "By hand every 10 minutes", "None"),
    "response": ("De qi", "Local twitch", "None"),
    "layer": ("subcutaneous", "into the muscle", "to the bone"),
    "angle": ("perpendicular", "oblique", "transverse"),
}
"""What is offered in a field beside what the plan holds: sizes and ways that ``techniques.toml`` names as usual."""


def used(plan: Plan) -> dict[str, list[str]]:
    """What each field of a point is offered: the values of this plan, the last first, then the usual ones. How deep
    and at what angle is never taken from another point."""
    rows = drafted(plan)["points"][::-1]
    own = {name: [row[name] for row in rows if row[name] and name in changes.SAME_HAND] for name in USUAL}
    return {name: list(dict.fromkeys([*own[name], *usual])) for name, usual in USUAL.items()}


def offered(plan: Plan) -> list[str]:
    """The sources that a plan may name: those it does, those of its condition, those of the trials' schedules."""
    condition = atlas().conditions.get(plan.condition)
    of_condition = [source for item in condition.points for source in item.reason.sources] if condition else []
    of_trials = [source for entry in trials().values() for source in entry.sources]
    return [
        source
        for source in dict.fromkeys((*plan.record.sources, *of_condition, *of_trials))
        if source in atlas().sources
    ]


def technique_names() -> list[tuple[str, str]]:
    """The techniques to choose from; needling by hand is what goes without saying."""
    named = [(slug, entry.name) for slug, entry in atlas().techniques.items()]
    return [("" if slug == BY_HAND else slug, name) for slug, name in named]


def complaints() -> list[tuple[str, str]]:
    """What a plan may be for; the patient's copy names its reasons and warning signs."""
    return [("", "–"), *((slug, entry.name) for slug, entry in atlas().conditions.items())]


def conflict_page(
    token: str, mine: Plan, kept: Kept, version: int, wait: int = 0, status: int = 409
) -> ResponseReturnValue:
    """Both versions side by side, and what becomes of them when merged, if that is no longer than a plan may be."""
    merged = merge(access.plans().at(token, version), mine, kept.plan)
    html = render_template(
        "plan_conflict.html", kept=kept, version=version, mine=encode(mine).decode(), merged=merged,
        mine_plan=mine, too_often=wait > 0, differences=differences(mine, kept.plan),
        most_points=MOST_POINTS, most_kb=MOST_BYTES // 1024, best=best(merged.plan, mine, kept.plan),
    )  # fmt: skip
    return (html, 429, {"Retry-After": str(wait)}) if wait else (html, status)


def best(merged: Plan, mine: Plan, theirs: Plan) -> str:
    """What is offered first: both merged, unless that is too long, or is one of the two as it stands."""
    if too_long(merged):
        return ""
    return "mine" if merged == mine else "theirs" if merged == theirs else "merge"


@blueprint.post("/<token>/merge")
def merge_plan(token: str) -> ResponseReturnValue:
    """Settle a conflict: both merged, one's own, or the other's."""
    access.read_much()
    kept, version = access.plan_for_editing(token), started_from()
    text = request.form.get("mine", "").replace("\r\n", "\n")  # as browsers send line ends
    mine, problems = load(text.encode(), atlas())
    if mine is None:
        return page(kept, None, problems, 422)
    if wait := access.seconds_to_wait(token):
        return conflict_page(token, mine, kept, version, wait)
    whose = request.form.get("do", "merge")
    merged = merge(access.plans().at(token, version), mine, kept.plan).plan
    chosen = {"mine": mine, "theirs": kept.plan}.get(whose, merged)
    if too_long(chosen):
        return conflict_page(token, mine, kept, version, status=413)
    try:
        access.plans().save(token, chosen, kept.version) or abort(404)
    except ConflictError as conflict:
        return conflict_page(token, mine, conflict.kept, version)
    return redirect(edit_address(token), 303)


@blueprint.post("/<token>/links")
def change_links(token: str) -> ResponseReturnValue:
    """Make, revoke or time the links. A new edit link is where the reader goes on."""
    kept, plans = access.plan_for_editing(token), access.plans()
    if wait := access.seconds_to_wait(token):
        raise TooManyRequests(retry_after=wait)
    do, months = request.form.get("do", ""), request.form.get("months", default=12, type=int)
    if months not in MONTHS:
        abort(400)
    until = access.store().now() + months * MONTH + (5 if months == 12 else 0) * 86_400
    if do == "revoke-view":
        plans.revoke_view(token)
    elif do == "renew-view":
        plans.renew_view(token, until)
    elif do == "expire-view":
        plans.expire(token, view_until=until)
    elif do == "expire-edit":
        plans.expire(token, edit_until=until)
    elif do == "renew-edit":
        kept = plans.renew_edit(token, until) or abort(404)
        access.keep_on_device(kept.edit)
    else:
        abort(400)
    return redirect(edit_address(kept.edit, "share"), 303)
