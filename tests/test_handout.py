"""What a patient is handed: everything they need, each line with its source, and nothing of how a needle goes in."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from pypdf import PdfReader

from bodymap.atlas import Atlas
from bodymap.depths import NOT_FOR_PATIENTS, tells_needling
from bodymap.plans import pdf, templates
from bodymap.plans.handout import handout, lines
from bodymap.plans.model import Pair, Plan, PlannedPoint, Record
from bodymap.store.plans import Plans
from tests.conftest import HOSTILE

DEEP = PlannedPoint(
    "BL23", side="left", gauge=0.2571, length=41.93, depth=(17.31, 23.97), layer="LAYERWORD", angle="ANGLEWORD",
    retention=20, stimulation="STIMULUSWORD", response="RESPONSEWORD", note="Tell us how the morning was.",
    reason="REASONWORD",
)  # fmt: skip
SECRET = ("0.2571", "41.93", "17.31", "23.97", "LAYERWORD", "ANGLEWORD", "STIMULUSWORD", "RESPONSEWORD", "REASONWORD",
          "RECORDWORD", "SETTINGWORD")  # fmt: skip
"""What stands in a plan and must stand in no patient's copy."""
PLAN = Plan(
    title="Stiff back", goal="Tie my shoes", condition="sciatica", points=(DEEP, PlannedPoint("BL52", retention=20)),
    sessions=8, frequency="twice a week", minutes=40, weeks=4, advice="Walk every day.", contact="Mill Lane, 020 7946",
    record=Record(rationale="RECORDWORD", setting="SETTINGWORD"),
)  # fmt: skip


def shared(app: Flask, plan: Plan) -> tuple[FlaskClient, str]:
    """A client and the path that the plan's view link opens."""
    return app.test_client(), f"/shared/{Plans(app.extensions['store']).create(plan).view}"


def outputs(client: FlaskClient, path: str) -> Iterator[tuple[str, str]]:
    """Every page that the view link opens."""
    for page in ("", "/handout", "/handout?type=large", "/present", "/present?step=1&facing=both&as=practitioner"):
        answer = client.get(path + page)
        assert answer.status_code == 200, page
        yield page, answer.text


def test_the_page_tells_the_plan_in_plain_words(app: Flask) -> None:
    client, path = shared(app, PLAN)
    text = client.get(path).text
    for words in ("Stiff back", "Tie my shoes", "8 sessions over 4 weeks", "twice a week", "Shènshū", "your left",
                  "both sides", "Tell us how the morning was.", "Walk every day.", "Mill Lane, 020 7946",
                  "The needles rest 20 minutes.", "Get help at once", "chest pain", "Who says so"):  # fmt: skip
        assert words in text


def test_no_page_of_the_view_link_tells_how_a_needle_goes_in(app: Flask) -> None:
    client, path = shared(app, PLAN)
    for page, text in outputs(client, path):
        assert [word for word in SECRET if word in text] == [], page


def test_asking_as_a_practitioner_changes_nothing(app: Flask) -> None:
    client, path = shared(app, PLAN)
    assert "1.5 cun" not in client.get(f"{path}?as=practitioner").text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    least=st.floats(0, 60).map(lambda number: round(number, 2)), unit=st.sampled_from(["mm", " mm", "cm", " cun", "°"]),
    before=st.text(max_size=40), after=st.text(max_size=40),
    field=st.sampled_from(["title", "goal", "frequency", "advice", "contact", "note"]),
)  # fmt: skip
def test_words_that_tell_a_measure_never_reach_the_copy(
    small_atlas: Atlas, least: float, unit: str, before: str, after: str, field: str
) -> None:
    words = f"{before} {least}{unit} {after}"
    plan = (
        structs.replace(PLAN, points=(structs.replace(DEEP, note=words),))
        if field == "note" else structs.replace(PLAN, **{field: words})
    )  # fmt: skip
    made = handout(plan, small_atlas)
    told = [getattr(made.plan, name) for name in ("title", "goal", "frequency", "advice", "contact")]
    for text in (*told, *(step.note for step in made.steps)):
        assert not tells_needling(text)
        assert f"{least}{unit}" not in text
    assert ("points.0.note" if field == "note" else field) in made.held


@pytest.mark.parametrize(
    "words",
    ["Needle 25 mm deep", "1.5 cun", "3cm", "at 30°", "15 degrees", "Oblique", "perpendicular to the skin", "the depth",
     "inserted deeply", "needle goes in shallow", "down to the bone", "half an inch in", "½ inch", 'inserted 1"',
     "about 3 fingers in", "2寸", "as far as the bone", "up to the handle", "a needle's length", "forty-five degrees",
     "in by 30", "Needle goes 25 in, up to the hub", "Needle goes 25 in", "25 to 40", "25—40", "Push in by about 30",
     "0.25 x 40", "2 thumb widths deep", "as deep as a thumb", "2 tsun", "3 Zentimeter", "until the handle",
     "all the way in", "sideways under the skin"],
)  # fmt: skip
def test_depths_and_angles_in_a_points_note_are_known_in_many_words(words: str) -> None:
    assert tells_needling(words, of_point=True)


@pytest.mark.parametrize(
    "words",
    ["Needle 25 mm deep", "at 30°", "oblique", "The needle went in at 15 degrees.", "Needles down to the bone",
     "I insert them until the handle.", "The angle of the needle was flat."],
)  # fmt: skip
def test_depths_and_angles_of_needles_are_known_in_advice(words: str) -> None:
    assert tells_needling(words)


@pytest.mark.parametrize(
    "words",
    ["Breathe deeply and slowly", "Open 9 to 5, call 020 7946 0018", "Take 2 tablets a day", "Walk 30 minutes",
     "Rest the ankle", "Room 3, in the Mill", "Sleep on your side", "Rub the cream into the muscle.",
     "Bend your knee to 90 degrees daily.", "Lift your leg at an angle that is comfortable.",
     "The needles may ache for a day. Bend your knee to 90 degrees."],
)  # fmt: skip
def test_everyday_words_are_not_taken_for_depths(words: str) -> None:
    assert not tells_needling(words)


@pytest.mark.parametrize(
    ("note", "held"),
    [("25-40, slowly", True), ("Leave it 20-30 minutes", False), ("2-3 times a week", False), ("30", False)],
)
def test_a_bare_range_in_a_points_note_is_taken_for_a_depth(small_atlas: Atlas, note: str, held: bool) -> None:
    made = handout(structs.replace(PLAN, points=(structs.replace(DEEP, note=note),)), small_atlas)
    assert ("points.0.note" in made.held) is held


def test_only_the_sentence_that_tells_is_held_back(small_atlas: Atlas) -> None:
    plan = structs.replace(PLAN, advice="Walk every day. The needle went 20 mm deep. Drink water.\nCall if it bleeds.")
    made = handout(plan, small_atlas)
    assert made.plan.advice == "Walk every day.  Drink water.\nCall if it bleeds."
    assert made.held == ("advice",)


def test_a_point_blocked_for_no_reason_is_left_out_and_one_with_a_reason_stays_without_it(app: Flask) -> None:
    blocked = structs.replace(PLAN, circumstances=("pregnancy",))
    client, path = shared(app, blocked)
    assert "REASONWORD" not in client.get(path).text
    assert "Shènshū" in client.get(path).text
    client, path = shared(app, structs.replace(blocked, points=(PlannedPoint("BL23"), PlannedPoint("BL52"))))
    assert "Shènshū" not in client.get(path).text
    assert "Zhìshì" in client.get(path).text


def test_a_point_that_the_atlas_does_not_know_is_left_out(small_atlas: Atlas) -> None:
    made = handout(structs.replace(PLAN, points=(PlannedPoint("XX99"), PlannedPoint("BL23"))), small_atlas)
    assert [(step.row, step.number, step.point.code) for step in made.steps] == [(0, 2, "BL23")]
    assert made.skipped == (1,)


def test_what_is_handed_depends_on_the_person_and_the_technique(small_atlas: Atlas) -> None:
    plain = handout(PLAN, small_atlas)
    thinner = handout(structs.replace(PLAN, circumstances=("anticoagulants",)), small_atlas)
    dry = handout(structs.replace(PLAN, points=(PlannedPoint("BL23", technique="dry-needling"),)), small_atlas)
    assert len(thinner.after) == len(dry.after) == len(plain.after) + 1
    assert any("blood thinner" in said.plain for said in thinner.after)


def test_pairs_say_a_weak_current_and_no_more(app: Flask) -> None:
    plan = structs.replace(PLAN, pairs=(Pair("BL23", "BL52", "left", hz=7.77, current=3.33, waveform="WAVEWORD"),))
    client, path = shared(app, plan)
    text = client.get(path).text
    assert "with a weak current" in text
    assert not any(word in text for word in ("7.77", "3.33", "WAVEWORD"))


def test_hostile_words_are_shown_as_words(app: Flask) -> None:
    plan = structs.replace(
        PLAN, title=HOSTILE, goal=HOSTILE, frequency=HOSTILE, advice=HOSTILE, contact=HOSTILE,
        points=(structs.replace(DEEP, note=HOSTILE), PlannedPoint("BL52")),
    )  # fmt: skip
    client, path = shared(app, plan)
    for page, text in outputs(client, path):
        assert '<script>alert("x")' not in text, page
        assert "&lt;script&gt;alert" in text, page


def test_pages_carry_no_inline_style_and_no_inline_script(app: Flask) -> None:
    client, path = shared(app, PLAN)
    for page, text in outputs(client, path):
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", text), page


def test_a_plan_without_points_says_so(app: Flask) -> None:
    client, path = shared(app, Plan())
    assert "No points have been chosen yet" in client.get(path).text
    assert "No points have been chosen yet" in client.get(path + "/present").text


def test_answers_are_kept_by_nobody_and_tell_nobody_their_address(app: Flask) -> None:
    client, path = shared(app, PLAN)
    pages = ["", "/handout", "/present", *(["/handout.pdf"] if pdf.available() else [])]
    for page in pages:
        headers = client.get(path + page).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in headers
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("page", ["", "/handout", "/handout.pdf", "/present"])
def test_a_link_that_opens_nothing_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get(f"/shared/{'x' * 24}{page}").status_code == 404


def test_a_view_link_edits_and_records_nothing(app: Flask) -> None:
    client, path = shared(app, PLAN)
    token = path.rpartition("/")[2]
    for page in ("", "/present", "/record", "/record.json"):
        assert client.get(f"/plans/{token}{page}").status_code == 404
    assert client.post(f"/plans/{token}", data={"title": "mine"}).status_code == 404


@pytest.mark.parametrize("query", ["?type=huge", "?paper=A0"])
def test_a_form_that_does_not_exist_is_refused(app: Flask, query: str) -> None:
    client, path = shared(app, PLAN)
    assert client.get(f"{path}/handout{query}").status_code == 400


def test_the_code_leads_to_the_page(app: Flask) -> None:
    client, path = shared(app, PLAN)
    text = client.get(path + "/handout").text
    assert f"http://localhost{path}" in text
    assert 'class="qr-code"' in text


# The lines of every handout


def test_every_line_has_known_sources_and_plain_words(real_app: Flask) -> None:
    atlas = real_app.extensions["atlas"]
    for line in lines().line:
        assert set(line.said.sources) <= set(atlas.sources), line.said.plain
        assert not NOT_FOR_PATIENTS.search(line.said.plain)
        assert not line.technique or line.technique in atlas.techniques
        assert not line.circumstance or line.circumstance in atlas.circumstances
        assert not line.covers or line.covers in atlas.red_flags
    assert set(lines().settled) <= set(atlas.cautions)
    assert {line.part for line in lines().line} == {"after", "tell", "call"}


def test_no_copy_made_of_the_real_atlas_tells_a_depth(real_app: Flask) -> None:
    atlas = real_app.extensions["atlas"]
    codes = list(atlas.points)
    for start in range(0, len(codes), 60):
        points = tuple(PlannedPoint(code, technique="electroacupuncture") for code in codes[start : start + 60])
        made = handout(Plan(points=points, circumstances=tuple(atlas.circumstances)), atlas)
        told = [said.plain for said in made.statements]
        told += [words for item in made.care for words in (item.caution.title, item.caution.todo)]
        assert [words for words in told if NOT_FOR_PATIENTS.search(words)] == []


# PDF


@pytest.fixture
def reader(app: Flask) -> PdfReader:
    plan = structs.replace(PLAN, title=HOSTILE)
    client, path = shared(app, plan)
    answer = client.get(path + "/handout.pdf?paper=letter")
    assert answer.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def test_the_pdf_is_tagged_and_its_words_can_be_read_back(reader: PdfReader) -> None:
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("<script>", "Tie my shoes", "Shènshū", "your left", "Walk every day.", "Get help at once"):
        assert words in text
    assert [word for word in SECRET if word in text] == []
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert HOSTILE in reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_pdf_has_headings_lists_and_figures_with_words(reader: PdfReader) -> None:
    kinds, alternatives = [], []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                kinds.append(str(node["/S"]))
                alternatives.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/L", "/LI", "/Figure"} <= set(kinds)
    figures = [words for kind, words in zip(kinds, alternatives, strict=True) if kind == "/Figure"]
    assert any("1: BL23" in words for words in figures)
    assert all(figures)


def test_the_pdf_is_of_the_paper_asked_for(reader: PdfReader) -> None:
    assert (round(float(reader.pages[0].mediabox.width)), round(float(reader.pages[0].mediabox.height))) == (612, 792)


def pages_of(app: Flask, plan: Plan, query: str) -> int:
    client, path = shared(app, plan)
    return len(PdfReader(io.BytesIO(client.get(f"{path}/handout.pdf?{query}").data)).pages)


def test_the_longest_stock_plans_are_handed_on_two_pages_of_the_shorter_paper(real_app: Flask) -> None:
    atlas = real_app.extensions["atlas"]
    plans = [templates.start(slug, atlas) for slug in (*atlas.conditions, *templates.trials())]
    longest = sorted((plan for plan in plans if plan), key=lambda plan: -len(plan.points))[:5]
    assert [plan.title for plan in longest if pages_of(real_app, plan, "paper=letter") > 2] == []


def test_the_longest_stock_plan_takes_two_pages_of_a4_and_in_large_type_four(real_app: Flask) -> None:
    plan = templates.start("chronic-back-pain", real_app.extensions["atlas"])
    assert plan is not None
    assert pages_of(real_app, plan, "") <= 2
    assert pages_of(real_app, structs.replace(plan, circumstances=("anticoagulants",)), "type=large&paper=letter") <= 4


def test_short_paper_keeps_the_care_that_says_when_to_get_help(real_app: Flask) -> None:
    atlas = real_app.extensions["atlas"]
    made = handout(Plan(points=(PlannedPoint("BL23"), PlannedPoint("BL40"), PlannedPoint("SI3"))), atlas)
    assert [(item.numbers, item.pressing) for item in made.care] == [((1,), True), ((2,), True), ((3,), False)]


def test_without_the_extra_there_is_no_button_and_no_pdf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    client, path = shared(app, PLAN)
    assert "handout.pdf" not in client.get(path).text + client.get(path + "/handout").text
    assert client.get(path + "/handout.pdf").status_code == 404


def test_whoever_asks_while_too_many_pdfs_are_made_is_asked_to_wait(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    client, path = shared(app, PLAN)
    with pdf._turns:
        answer = client.get(path + "/handout.pdf")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Wait a few seconds" in answer.text


def test_a_pdf_fetches_nothing() -> None:
    seen = pdf.pdf('<html lang="en"><title>t</title><p>words<img src="http://127.0.0.1:9/x.png" alt="x"></p>', "")
    assert "words" in PdfReader(io.BytesIO(seen)).pages[0].extract_text()


def test_pdfs_of_one_address_are_limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "pdf", lambda html, styles: b"%PDF")
    client, path = shared(app, PLAN)
    codes = [client.get(path + "/handout.pdf").status_code for _ in range(31)]
    assert codes == [200] * 30 + [429]


@pytest.mark.parametrize("template", ["sciatica", "chronic-back-pain", "upper-back-pain", "cherkin"])
def test_every_number_on_a_figure_of_the_handout_is_at_least_seven_points_on_paper(
    real_app: Flask, template: str
) -> None:
    plan = templates.start(template, real_app.extensions["atlas"])
    assert plan is not None
    client, path = shared(real_app, plan)
    page = client.get(path + "/handout").text
    rooms = {"whole": (50, 54), "near": (41, 54)}  # mm, the smallest that the style sheet of paper gives
    found = re.findall(r'<figure class="(whole|near)"><svg[^>]*viewBox="([^"]+)"[^>]*>(.*?)</svg>', page, re.DOTALL)
    assert found
    for kind, box, inner in found:
        _, _, width, height = map(float, box.split())
        points = min(rooms[kind][0] / width, rooms[kind][1] / height) / 25.4 * 72
        texts = re.findall(r"<text ([^>]*)>[^<]+</text>", inner)
        sizes = [float(size[1]) for text in texts if (size := re.search(r'font-size="([\d.]+)"', text))]
        assert sizes
        assert min(sizes) * points >= 6.95


def test_a_pair_is_numbered_once_on_a_figure_and_named_for_both_sides(real_app: Flask) -> None:
    plan = Plan(points=(PlannedPoint("BL23"), PlannedPoint("BL40", "left")))
    client, path = shared(real_app, plan)
    page = client.get(path).text
    whole = page[page.index('<figure class="whole">') :].partition("</figure>")[0]
    assert sorted(re.findall(r'<text [^>]*class="number"[^>]*>(\d+)<', whole)) == ["1", "2"]
    labels = re.findall(r'aria-label="(\d: [^"]+)"', whole)
    assert sorted(labels) == ["1: BL23 Shènshū, both sides", "2: BL40 Wěizhōng, left side"]
