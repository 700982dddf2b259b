"""A real server on loopback and a real Chromium. Any console message or foreign request fails the test."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, **({"executable_path": path} if path else {}), "args": quiet + root}


@pytest.fixture(scope="session")
def site(real_app: Flask) -> Iterator[str]:
    """The address of the app, served by threads on a free loopback port."""
    server = make_server("127.0.0.1", 0, real_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def watched(context: BrowserContext, site: str) -> tuple[Page, list[str]]:
    """A page and the list of what went wrong on it."""
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc == urlsplit(site).netloc or request.url.startswith("data:")
            else wrong.append(f"foreign request: {request.url}")
        ),
    )
    return page, wrong


def opened(browser: Browser, site: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=site, **options)
    page, wrong = watched(context, site)
    yield page
    context.close()
    assert wrong == []


DESKTOP = {"viewport": {"width": 1280, "height": 900}}
TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, **DESKTOP)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, **PHONE)


@pytest.fixture
def without_javascript(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, java_script_enabled=False, **DESKTOP)
