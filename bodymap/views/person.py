"""The safety check: what a person says of themselves, and what that changes. Nothing of it is stored.

The answers are in the address (``with``, ``flags``), so every page can be shown for them, and in no file or log.
"""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from bodymap.views.page import atlas, choice

blueprint = Blueprint("person", __name__)


@blueprint.get("/check")
def show_check() -> str:
    """The questions; below the answers, once there are any, what they mean."""
    target = request.args.get("next", "")
    if target and (not target.startswith("/") or target[1:2] in {"/", "\\"}):
        abort(400)
    signs = [flag for flag in atlas().red_flags.values() if flag.id in choice().flags]
    return render_template("check.html", target=target, signs=signs, done=bool(request.args.get("done")))
