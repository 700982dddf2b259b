"""The pages of plans on the real atlas, without limits on how often one writes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap import create_app
from bodymap.views import access


@pytest.fixture(scope="module")
def desk(real_app: Flask) -> Flask:
    """The real atlas with a store of its own."""
    return create_app(ATLAS=real_app.config["ATLAS"], STORE="sqlite://", TESTING=True)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit is reached unless a test sets one."""
    for limit in (access.BY_ADDRESS, access.BY_PLAN, access.NEW_BY_ADDRESS):
        monkeypatch.setattr(limit, "most", 1_000_000)


@pytest.fixture
def client(desk: Flask) -> FlaskClient:
    """A new device."""
    return desk.test_client()
