"""Links and the cookie of a device: what they open, what they never do, and how they end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap import create_app
from bodymap.store.plans import Plans
from bodymap.views import access
from tests.plan_pages.desk import begin

FOREVER = "x" * 24


def test_every_page_of_plans_is_private(client: FlaskClient) -> None:
    url = begin(client)
    malformed = ("/shared/a%2Fb", "/shared/x/y", "/shared/", "/shared", "/plans/x/y", "/plans/a%2Fb", "/plans/")
    for path in ("/plans", "/plans/new", "/plans/import", url, url + "/export.json", "/plans/" + FOREVER, *malformed):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in headers
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert not [kept for kept in client.application.extensions["shelf"]._pages if "/plans" in kept]


def test_the_cookie_of_a_device_is_signed_and_for_plans_only(client: FlaskClient, desk: Flask) -> None:
    answer = client.post("/plans", data={"template": ""})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/plans" in cookie
    thief = desk.test_client()
    name = cookie.split("=", 1)[1].split(".")[0]
    thief.set_cookie("device", name + ".forged", path="/plans")
    assert "Make the first plan" in thief.get("/plans").text


def test_links_that_open_nothing_look_alike(client: FlaskClient, desk: Flask) -> None:
    url = begin(client)
    token = url.rpartition("/")[2]
    plans = Plans(desk.extensions["store"])
    kept = plans.by_edit(token)
    assert kept is not None
    plans.expire(token, edit_until=1)
    bodies = set()
    for wrong in (token, FOREVER, "a", "%00", "..%2f", kept.view, "'" * 300):
        answer = client.get("/plans/" + wrong)
        assert answer.status_code == 404
        assert "This link opens no plan" in answer.text
        bodies.add(re.sub(r'name="next" value="[^"]*"', "", answer.text))
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["", "/merge", "/links", "/duplicate", "/delete", "/restore"])
def test_who_may_view_can_change_nothing(client: FlaskClient, desk: Flask, path: str) -> None:
    token = begin(client).rpartition("/")[2]
    kept = Plans(desk.extensions["store"]).by_edit(token)
    assert kept is not None
    form = {"do": "renew-view", "title": "Mine", "version": "1", "mine": '{"format": 1}'}
    assert desk.test_client().post(f"/plans/{kept.view}{path}", data=form).status_code == 404
    assert Plans(desk.extensions["store"]).by_edit(token) == kept


def test_plan_for_viewing_gives_the_plan_without_its_edit_link(client: FlaskClient, desk: Flask) -> None:
    token = begin(client).rpartition("/")[2]
    kept = Plans(desk.extensions["store"]).by_edit(token)
    assert kept is not None
    with desk.test_request_context():
        seen = access.plan_for_viewing(kept.view)
    assert (seen.plan, seen.edit) == (kept.plan, "")


def test_a_write_from_another_site_is_refused(client: FlaskClient) -> None:
    url = begin(client)
    for headers in ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, {"Origin": "https://evil.example"}):
        assert client.post(url, data={"title": "x"}, headers=headers).status_code == 403
        assert 'value="x"' not in client.get(url).text
        assert "Back to the plan" in client.post(url + "/links", data={"do": "revoke-view"}, headers=headers).text
        assert client.post("/plans/" + FOREVER, data={"title": "x"}, headers=headers).status_code == 404
    # A page that tells nobody its address sends this over plain http, from its own site.
    assert client.post(url, data={"title": "x", "version": "1"}, headers={"Origin": "null"}).status_code == 303
    assert (
        client.post("/preferences", data={"as": "student", "next": "/"}, headers={"Origin": "null"}).status_code == 403
    )


def test_links_are_renewed_revoked_and_timed(client: FlaskClient, desk: Flask) -> None:
    url = begin(client, "cherkin")
    token, plans = url.rpartition("/")[2], Plans(desk.extensions["store"])
    first = plans.by_edit(token)
    assert first is not None
    assert f"/shared/{first.view}" in client.get(url).text
    client.post(url + "/links", data={"do": "revoke-view"})
    assert "No link opens the patient" in client.get(url).text
    client.post(url + "/links", data={"do": "renew-view", "months": "3"})
    second = plans.by_edit(token)
    assert second is not None
    assert second.view not in {"", first.view}
    days = (second.view_until - desk.extensions["store"].now()) / 86_400
    assert 89 < days < 91
    moved = client.post(url + "/links", data={"do": "renew-edit", "months": "1"}).location.partition("?")[0]
    renewed = plans.by_edit(moved.rpartition("/")[2])
    assert renewed is not None
    assert 29 < (renewed.edit_until - desk.extensions["store"].now()) / 86_400 < 31
    assert client.get(url).status_code == 404
    assert f"/shared/{second.view}" in client.get(moved).text
    assert moved in client.get("/plans").text
    assert client.post(moved + "/links", data={"do": "renew-view", "months": "9999"}).status_code == 400
    assert client.post(moved + "/links", data={"do": "anything"}).status_code == 400


def test_behind_a_proxy_links_are_the_worlds_and_the_cookie_is_secure(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "plans.example", "X-Forwarded-For": "203.0.113.9"}
    for hops, address in (("1", "https://plans.example/shared/"), ("0", "http://localhost/shared/")):
        monkeypatch.setenv("BODYMAP_PROXIES", hops)
        client = create_app(ATLAS=real_app.config["ATLAS"], STORE="sqlite://", TESTING=True).test_client()
        answer = client.post("/plans", data={"template": "cherkin"}, headers=forwarded)
        assert ("Secure" in answer.headers["Set-Cookie"]) == (hops == "1")
        assert address in client.get(answer.location, headers=forwarded).text


def test_an_app_that_was_just_made_holds_no_connection_that_a_fork_would_share(real_app: Flask, tmp_path: Path) -> None:
    app = create_app(ATLAS=real_app.config["ATLAS"], STORE=f"sqlite:///{tmp_path / 'store.db'}", TESTING=True)
    assert "Connections in pool: 0" in app.extensions["store"].engine.pool.status()
    assert app.test_client().post("/plans", data={"template": "cherkin"}).status_code == 303
    app.extensions["store"].close()
