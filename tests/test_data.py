"""The real data: sound, complete, and true to the contracts."""

import re
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask

from bodymap import check
from bodymap.atlas import Atlas

ARTICLE = [
    "BL23",
    "BL52",
    "BL39",
    "BL40",
    "BL53",
    "BL54",
    "BL60",
    "GB21",
    "GB30",
    "GB34",
    "GB41",
    "GV3",
    "GV4",
    "GV14",
    "GV26",
    "CV6",
    "LI4",
    "ST36",
    "TE5",
    "SI11",
    "T22.05",
]
TRIALS = ["EX-B2", "BL25", "BL26", "BL32", "BL36", "BL37", "BL57", "BL62", "SI3", "KI3", "KI7", "GB31", "LR3", "GV20"]
CONTEXT = ["BL22", "BL24", "BL43", "SI12", "SI14", "GB20", "GB29", "GB39", "CV4"]


@pytest.fixture
def atlas(real_app: Flask) -> Atlas:
    return real_app.extensions["atlas"]


def test_the_data_has_no_fault(data: Path) -> None:
    assert [str(fault) for fault in check.faults(data)] == []


def test_every_point_that_the_article_and_the_trials_name_is_there(atlas: Atlas) -> None:
    assert set(ARTICLE + TRIALS + CONTEXT) <= set(atlas.points)


def test_the_contracts_slugs_are_there(atlas: Atlas) -> None:
    assert {"lower-back", "upper-back", "sciatic-pathway"} <= set(atlas.regions)
    assert list(atlas.conditions) == ["lower-back-pain", "upper-back-pain", "chronic-back-pain", "pulled-back-muscle",
                                      "sciatica", "spine-pain", "lower-back-spasm"]  # fmt: skip
    assert set(atlas.techniques) == {
        "traditional-needling",
        "electroacupuncture",
        "dry-needling",
        "master-couple",
        "scalp-auricular",
    }


def test_the_articles_older_numbers_are_shown_as_the_standards_points(atlas: Atlas) -> None:
    written = {item.written: item.code for item in atlas.conditions["pulled-back-muscle"].points if item.written}
    assert written == {"BL 47": "BL52", "BL 53": "BL39", "BL 54": "BL40"}


@pytest.mark.parametrize(
    ("written", "codes"),
    [("SJ5", ["TE5"]), ("TB 5", ["TE5"]), ("DU4", ["GV4"]), ("REN6", ["CV6"]), ("LV3", ["LR3"]), ("Renzhong", ["GV26"]),
     ("Zusanli", ["ST36"]), ("足三里", ["ST36"]), ("Ling Gu", ["T22.05"]), ("22.05", ["T22.05"]),
     ("Huatuojiaji", ["EX-B2"]),
     ("BL 54", ["BL54", "BL40"]), ("BL 53", ["BL53", "BL39"]), ("BL47", ["BL47", "BL52"])],
)  # fmt: skip
def test_points_are_found_as_people_write_them(atlas: Atlas, written: str, codes: list[str]) -> None:
    assert [meaning.code for meaning in atlas.numbering.meanings(written)] == codes


def test_words_of_the_body_find_points(atlas: Atlas) -> None:
    assert "BL40" in [hit.key for hit in atlas.search("back of the knee")]


def test_every_point_says_what_it_is_called_where_it_is_and_what_lies_beneath(atlas: Atlas) -> None:
    for point in atlas.points.values():
        named = (point.pinyin, point.hanzi, point.hanzi_simplified, point.english)
        told = (point.location.clinical, point.location.sources, point.uses, point.beneath and point.beneath.nerves)
        assert all(named), point.code
        assert all(told), point.code
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in point.pinyin), point.code


def test_points_that_the_standard_calls_controversial_show_both_positions(atlas: Atlas) -> None:
    for figure in ("female", "male"):
        for code in ("LI19", "LI20", "PC8", "PC9", "GV26", "GB30"):
            shown = {spot.position for spot in atlas.placements_of(code, figure) if spot.visible}
            assert shown == {"standard", "alternative"}, (code, figure)


def test_a_point_names_its_nearest_neighbours(real_app: Flask) -> None:
    page = real_app.test_client().get("/points/BL23").text
    near = page[page.index("Nearby points") : page.index("Other names and numbers")]
    assert all(f'id="near-{code}"' in near for code in ("EX-B2", "GV4", "BL52"))
    assert 'id="near-BL23"' not in near


def test_pages_of_every_entry_answer(real_app: Flask) -> None:
    from bodymap.export import urls

    # For patients every page is drawn by the test of `bodymap export`.
    choices = cycle(("?as=practitioner&nerves=on", "?as=student&figure=male&zones=on"))
    with real_app.test_client() as client:
        for url, choice in zip(urls(real_app.extensions["atlas"]), choices, strict=False):
            assert client.get(url + choice).status_code == 200, url + choice
        for figure, view in real_app.extensions["atlas"].views:
            assert client.get(f"/?points=on&figure={figure}&view={view}").status_code == 200, (figure, view)


def test_a_data_error_is_told_with_file_entry_and_remedy(data: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(data, tmp_path / "data")
    file = tmp_path / "data" / "cautions.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"GB21"', '"BL25"'), encoding="utf-8")
    told = "\n".join(str(fault) for fault in check.faults(tmp_path / "data"))
    assert "cautions.toml: GB21: lies over the lung-field and has no “pneumothorax” caution. Add one." in told


def test_all_eight_vessels_are_told_with_their_points_and_names_as_tradition(real_app: Flask) -> None:
    page = real_app.test_client().get("/techniques/master-couple?as=student").text
    couples = page.partition('class="couples"')[2].partition("</section>")[0]
    for name in ("督脈", "陽蹻脈", "帶脈", "陽維脈", "衝脈", "陰維脈", "任脈", "陰蹻脈", "Zhàohǎi", "照海"):
        assert name in couples
    assert couples.count("<dt>") == 8
    assert couples.count('class="vessels"') == 4


def test_a_second_place_on_the_other_side_of_the_finger_has_its_own_picture(real_app: Flask) -> None:
    client = real_app.test_client()
    assert 'id="other-hand-back"' in client.get("/points/PC9").text
    assert 'id="other-' not in client.get("/points/PC8").text


def shown_near(app: Flask, url: str) -> dict[str, set[str]]:
    """The close-ups of a page and the codes of the points in each."""
    page = app.test_client().get(url).text
    parts = re.findall(r'<svg[^>]*id="zoom-([a-z-]+)".*?</svg>', page, re.DOTALL)
    drawn = re.findall(r'<svg[^>]*id="zoom-[a-z-]+".*?</svg>', page, re.DOTALL)
    return {view: set(re.findall(r'data-code="([^"]+)"', svg)) for view, svg in zip(parts, drawn, strict=True)}


def test_the_thigh_is_seen_from_the_side_and_from_behind_where_sciatica_is_treated(real_app: Flask) -> None:
    near = shown_near(real_app, "/regions/sciatic-pathway")
    assert "BL37" in near["thigh-back"]
    assert "GB31" in near["thigh-side"]


def test_a_close_up_of_the_thigh_does_not_displace_one_that_looks_squarely_at_its_points(real_app: Flask) -> None:
    assert "knee-back" in shown_near(real_app, "/conditions/pulled-back-muscle")
    assert list(shown_near(real_app, "/conditions/sciatica"))[:2] == ["lower-back", "lower-leg"]


@pytest.mark.parametrize(
    ("view", "slug", "names"),
    [("ear", "ear-sciatic", ("Zuògǔshénjīng", "坐骨神經", "坐骨神经")), ("head-top", "scalp-ms5", ("頂中線", "顶中线")),
     ("head-side", "scalp-ms6", ("Dǐngniè qiánxiéxiàn", "頂顳前斜線"))],
)  # fmt: skip
def test_the_map_shows_areas_of_the_ear_and_the_scalp_and_leads_to_what_is_said_of_them(
    real_app: Flask, view: str, slug: str, names: tuple[str, ...]
) -> None:
    client = real_app.test_client()
    page = client.get(f"/?view={view}").text
    drawing = page.partition('class="overlay"')[2].partition("</svg>")[0]
    assert f'href="/techniques/scalp-auricular#{slug}"' in drawing
    assert f'hx-get="/techniques/scalp-auricular#{slug}"' not in drawing
    assert f'id="{slug}"' in client.get("/techniques/scalp-auricular").text
    listed = page.partition('class="legend micro"')[2].partition('id="panel"')[0]
    for name in names:
        assert name in listed
