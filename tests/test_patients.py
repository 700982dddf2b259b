"""No patient, on any page of the real atlas or in its JSON, is told how deep or at which angle a needle goes."""

import json
import re

import pytest
from flask import Flask

from bodymap import wording
from bodymap.depths import NOT_FOR_PATIENTS
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


@pytest.mark.parametrize(
    "words",
    ["It goes in at 45 degrees.", "half an inch deep", "1.5 inches", "angle of 15°", "one cun", "0.5-1 cun",
     "slantwise, one thumb deep", "as deep as a thumb"],
)  # fmt: skip
def test_depths_and_angles_in_text_for_patients_are_faults(words: str) -> None:
    assert len(list(wording.faults("points.toml", "BL23", words, graded=False))) == 1


@pytest.mark.parametrize(
    "words",
    ["It is two thumb-widths from the spine.", "Go two fingers down from there.", "One cun is as wide as your thumb.",
     "Get help for a fever of 38 °C.", "A nerve lies under the skin here."],
)  # fmt: skip
def test_measures_of_a_place_are_for_patients(words: str) -> None:
    assert list(wording.faults("points.toml", "BL23", words, graded=False)) == []


def test_no_json_tells_of_needling(real_app: Flask) -> None:
    points = json.loads(real_app.test_client().get("/api/v1/points").text)["points"]
    assert len(points) >= 361
    for entry in points:
        assert not {"needling", "depth", "angle"} & set(entry)
        told = [(caution["title"], caution["text"], caution["todo"]) for caution in entry["cautions"]]
        words = [entry["location"]["plain"], *(text for texts in told for text in texts)]
        assert [text for text in words if NOT_FOR_PATIENTS.search(text)] == []
