"""What a reader's Chromium sees: bytes and requests of a first visit, and time from a click to the painted panel."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

SCREEN: Any = {"width": 1280, "height": 900}

# The clock starts at the click's own time stamp, which the browser takes when the input arrives, and stops two frames
# after the heading has changed: the first callback runs before the paint of that change, the second after it.
WATCH = """() => {
  const heading = () => document.querySelector("#panel h1")?.textContent;
  const before = heading();
  let clicked = 0;
  addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
  window.painted = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (!heading() || heading() === before) return;
      watch.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - clicked)));
    });
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}"""
CALM = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"


@dataclass
class Visit:
    """What came over the wire for one visit with an empty cache. Bytes are compressed and count headers."""

    sizes: dict[str, int] = field(default_factory=dict)
    """Bytes by URL, the page itself first."""

    @property
    def page(self) -> int:
        """Bytes of the page alone."""
        return next(iter(self.sizes.values()))

    @property
    def whole(self) -> int:
        """Bytes of the page with all it needs."""
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        return len(self.sizes)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The same Chromium as the browser tests use: the one that CHROMIUM names, the system's, else Playwright's."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    options = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page with an empty cache and connections of its own."""
    context = browser.new_context(base_url=site, viewport=SCREEN)
    try:
        yield context.new_page()
    finally:
        context.close()


def visit(browser: Browser, site: str, path: str) -> Visit:
    """Open ``path`` with an empty cache and count what the browser received."""
    urls: dict[str, str] = {}
    found = Visit()
    with fresh_page(browser, site) as page:
        session = page.context.new_cdp_session(page)

        def received(event: dict[str, Any]) -> None:
            urls[event["requestId"]] = event["response"]["url"]

        def finished(event: dict[str, Any]) -> None:
            url = urls.get(event["requestId"], "data:")
            if not url.startswith("data:"):
                found.sizes[url] = found.sizes.get(url, 0) + int(event["encodedDataLength"])

        session.on("Network.responseReceived", received)
        session.on("Network.loadingFinished", finished)
        session.send("Network.enable")
        page.goto(path, wait_until="networkidle")
    whole = site + path
    found.sizes = {whole: found.sizes[whole], **found.sizes}
    return found


def click(page: Page, selector: str) -> float:
    """Click the htmx link and wait for its panel; milliseconds from the click to the painted panel."""
    page.evaluate(WATCH)
    page.locator(selector).first.click()
    spent = float(page.evaluate("() => window.painted"))
    page.wait_for_function(CALM)
    page.wait_for_timeout(100)  # close-ups load after the panel is there; they must not disturb the next click
    return spent


FRAMES = """() => {
  window.frames_seen = [];
  let last = performance.now();
  const see = (now) => { window.frames_seen.push(now - last); last = now; window.seeing = requestAnimationFrame(see); };
  window.seeing = requestAnimationFrame(see);
}"""


def zooming(browser: Browser, site: str, path: str, view: str = "back") -> list[float]:
    """Zoom in and out over a view with the wheel for some two seconds; milliseconds between frames meanwhile."""
    with fresh_page(browser, site) as page:
        page.goto(path, wait_until="networkidle")
        box = page.locator(f"svg#{view}").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.keyboard.down("Control")
        page.evaluate(FRAMES)
        for step in range(120):
            page.mouse.wheel(0, -40 if step % 24 < 12 else 40)
        page.keyboard.up("Control")
        return [float(spent) for spent in page.evaluate("() => window.frames_seen")][1:]


def clicks(browser: Browser, site: str, selectors: list[str]) -> list[float]:
    """From the home page follow one link after the other, each for the first time; milliseconds of each."""
    with fresh_page(browser, site) as page:
        page.goto("/", wait_until="networkidle")
        return [click(page, selector) for selector in selectors]
