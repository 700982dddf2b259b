"""No patient, on any page of the real atlas or in its JSON, is told how deep or at which angle a needle goes."""

import json
import re

import pytest
from flask import Flask

from bodymap.check import NOT_FOR_PATIENTS
from bodymap.export import urls

ASIDE = re.compile(r'<details class="cite">.*?</details>|<svg.*?</svg>', re.DOTALL)
"""Titles of cited works may speak of depth; the drawings are read by the tests of labels."""


def read(page: str) -> str:
    """The words of a page's main part as a person reads them."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]+>", " ", ASIDE.sub(" ", main))


@pytest.mark.parametrize("part", range(4))
def test_no_patient_page_tells_a_depth_or_an_angle(real_app: Flask, part: int) -> None:
    client = real_app.test_client()
    pages = [url for url in urls(real_app.extensions["atlas"]) if url != "/sources"]  # a list of titles
    told = {
        url: found.group() for url in pages[part::4] if (found := NOT_FOR_PATIENTS.search(read(client.get(url).text)))
    }
    assert told == {}


def test_the_rule_would_find_one(real_app: Flask) -> None:
    page = real_app.test_client().get("/points/BL23?as=practitioner").text
    assert NOT_FOR_PATIENTS.search(read(page))


def test_no_json_tells_of_needling(real_app: Flask) -> None:
    points = json.loads(real_app.test_client().get("/api/v1/points").text)["points"]
    assert len(points) >= 361
    for entry in points:
        assert not {"needling", "depth", "angle"} & set(entry)
        words = [entry["location"]["plain"], *(caution["text"] for caution in entry["cautions"])]
        assert [text for text in words if NOT_FOR_PATIENTS.search(text)] == []
