"""WCAG 2.2 AA by axe on every kind of page, and what axe cannot see: sizes of targets inside SVG."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, opened

PAGES = [
    "/", "/regions/lower-back", "/regions/sciatic-pathway", "/conditions/sciatica", "/points?channel=KI",
    "/points/BL23?as=practitioner",
    "/points/GV26", "/points/BL40?zones=on", "/channels/BL", "/techniques", "/techniques/electroacupuncture?as=student",
    "/guide", "/guide/safety", "/evidence", "/search?q=BL54", "/search?q=zzzz", "/nowhere", "/?view=lower-back",
    "/check", "/check?with=pregnancy,pacemaker&flags=RF01&done=1", "/conditions/sciatica?with=pregnancy&flags=RF06",
    "/evidence/article", "/sources", "/glossary", "/guide/what-to-expect", "/techniques/master-couple",
    "/conditions/sciatica?with=anticoagulants,pregnancy&as=practitioner", "/?nerves=on", "/?points=on&view=hand-back", 
    "/points?q=knee&channel=GB", "/techniques/scalp-auricular", "/data",
]  # fmt: skip
SAMPLE = PAGES[::3]
"""Each theme is read whole on one device; on the other one a third of the pages shows what only width could change."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


# All rules on a large screen and on a phone; in the other theme only the colours can differ.
@pytest.mark.parametrize(
    ("device", "scheme", "options"),
    [(DESKTOP, "light", OPTIONS), (PHONE, "dark", OPTIONS), (DESKTOP, "dark", COLOURS), (PHONE, "light", COLOURS)],
    ids=["1280-light", "390-dark", "1280-dark-colours", "390-light-colours"],
)
def test_axe_finds_nothing(
    browser: Browser, site: str, device: dict[str, object], scheme: str, options: dict[str, object]
) -> None:
    found = []
    context = browser.new_context(base_url=site, color_scheme=scheme, reduced_motion="reduce", **device)
    page = context.new_page()
    for url in SAMPLE if options is COLOURS else PAGES:
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == (404 if url == "/nowhere" else 200)
        result = Axe().run(page, options=options).response
        found += [
            f"{url}: {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"] for node in violation["nodes"]
        ]  # fmt: skip
    context.close()
    assert found == []


SIZES = """() => [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden])')]
  .filter(e => !e.closest('svg') && e.checkVisibility() && !e.matches('.skip'))
  .filter(e => !e.closest('p, td, li, dd, label, .said')) // within running text
  .map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().width, e.getBoundingClientRect().height])
  .filter(([, width, height]) => width < 24 || height < 24)"""
CELLS = """() => [...document.querySelectorAll('.close-ups .point')].filter(e => e.querySelector('.badge'))
  .map(e => { const box = e.querySelector('.badge').getBoundingClientRect();
    return [e.id, box.x + box.width / 2, box.y + box.height / 2]; })"""


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["1280", "390"])
def test_controls_are_at_least_24_pixels(browser: Browser, site: str, device: dict[str, object]) -> None:
    for page in opened(browser, site, **device):
        for url in PAGES:
            if url != "/nowhere":
                page.goto(url)
                assert page.evaluate(SIZES) == []


@pytest.mark.parametrize("url", ["/regions/lower-back", "/conditions/sciatica", "/conditions/lower-back-pain"])
def test_badges_in_a_close_up_never_cover_each_other(browser: Browser, site: str, url: str) -> None:
    for page in opened(browser, site, **DESKTOP):
        page.goto(url)
        cells = page.evaluate(CELLS)
        assert len(cells) > 3
        for (a, ax, ay), (b, bx, by) in pairwise(sorted(cells, key=lambda cell: cell[1])):
            assert (ax - bx) ** 2 + (ay - by) ** 2 > 12**2, (a, b)
