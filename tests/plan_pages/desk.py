"""What a practitioner does at the desk, as requests: begin a plan, press a button of its editor, read its points."""

from __future__ import annotations

import json
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def begin(client: FlaskClient, template: str = "sciatica", query: str = "") -> str:
    """The address of a new plan's editor, without its query."""
    answer = client.post("/plans" + query, data={"template": template})
    assert answer.status_code == 303
    return str(answer.location).partition("?")[0]


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of the form without a button: its fields as they stand."""
    form = page[page.index('<form id="plan-form"') : page.index("</form>", page.index('<form id="plan-form"'))]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = [chosen[1] if chosen else ""]
    for name, inner in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [inner]
    return found


def send(client: FlaskClient, url: str, do: str = "save", **changes: Any) -> TestResponse:
    """Press a button of the editor, with some fields changed (``p0_note`` is the field ``p0-note``)."""
    form = fields(client.get(url).text)
    named = {re.sub(r"^([px]\d+)_", r"\1-", name): value for name, value in changes.items()}
    return client.post(url, data={**form, "do": do, **named})


def words(client: FlaskClient, url: str) -> str:
    """The page as it reads, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", "", client.get(url).text).split())


def codes(client: FlaskClient, url: str) -> list[str]:
    return [point["code"] for point in json.loads(client.get(url + "/export.json").data).get("points", [])]
