"""A word of warning when free text looks like it names a patient. It only looks; nothing is sent or kept anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.numbering import plain
from bodymap.plans.model import Part, Plan

Kind = Literal["name", "birth date", "phone number", "email address"]
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{6,}\d(?!\w)")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
YEAR = r"(?:19|20)\d{2}"
DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d{{2}}|{YEAR}-\d{{2}}-\d{{2}}"
    rf"|\b{DAY} {MONTH},? {YEAR}|\b{MONTH} {DAY},? {YEAR})"
)
BORN = re.compile(rf"\b(?:born|birth\w*|d\.?o\.?b\.?)\b\D{{0,12}}(?:{DATE}|{YEAR})|{DATE}", re.IGNORECASE)
LETTERS = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|Sr|Sra|Mme)\b\.? +{LETTERS}")
CALLED = re.compile(rf"\b(?:[Pp]atient|[Nn]ame|[Cc]lient)(?: is|:) *({LETTERS})( {LETTERS})?")
WORD = re.compile(rf"(?<!\w)(?:[^\W\d_]\.|{LETTERS}(?!\w))")
"""A word of any alphabet, or an initial with its full stop."""
ORDINARY = """
    low lower upper back pain acute chronic spasm plan treatment first second third fourth visit visits session sessions
    standard course left right leg hip neck shoulder knee ankle foot hand arm head copy an of for the and with to in
    on at by from after before or no not new old trial schedule follow up review relapse monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december help walk sleep work stand sit lift bend rest drink keep call come tell ask avoid if when your you we it
    this that patient patients needle needles points point local distal reported phase week weeks month morning evening
    muscle spine spinal lumbar sacral sacroiliac joint disc nerve root pelvic girdle stiffness strain injury syndrome
    dysfunction stenosis post pre natal surgery failed
    deficiency excess stagnation qi blood yin yang cold damp heat wind liver kidney spleen stomach heart lung bladder
    gall gallbladder intestine large small governing conception vessel vessels extra channel meridian sinew divergent
    chinese medicine traditional western medical japanese korean acupuncture electroacupuncture dry needling trigger
    moxibustion moxa cupping hua tuo huatuo jiaji master tung tan balance method de roland morris oswestry
    disability index questionnaire scale numeric rating visual analogue protocol style ear scalp battlefield
"""
"""Words that are written with a capital in titles and at the start of sentences, and name nobody."""
LOOKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email address", EMAIL), ("birth date", BORN), ("phone number", PHONE),
)  # fmt: skip
OWN = frozenset({
    "contact", "style", "rationale", "make", "setting", "qualification", "experience", "comparator_reason",
    "comparator", "outcome_scale",
})  # fmt: skip
"""Fields where schools, books, makers and the practice are named: two words with capitals are no patient there."""
CODED = frozenset({"condition", "figure", "code", "side", "technique", "first", "second", "variation"})
"""Fields of fixed values; days are of their own kind and are taken for birth dates otherwise."""


class Hint(Struct, frozen=True):
    """Something in a field that looks like it belongs to one person."""

    path: str
    kind: Kind
    found: str


def hints(plan: Plan, atlas: Atlas) -> list[Hint]:
    """Everything that looks like a name, a birth date, a phone number or an email address, outside of ``contact``."""
    known = {*ORDINARY.split()} | _vocabulary(atlas)
    return [Hint(path, kind, found) for path, text in _texts(plan) if text for kind, found in _seen(path, text, known)]


def _vocabulary(atlas: Atlas) -> set[str]:
    """The words that the atlas names its things by, plain."""
    names = [entry.name for entry in atlas.conditions.values()]
    names += [entry.name for entry in atlas.regions.values()]
    names += [entry.name for entry in atlas.channels.values()]
    names += [entry.name for entry in atlas.techniques.values()]
    names += [entry.name for entry in atlas.circumstances.values()]
    names += [name for point in atlas.points.values() for name in (point.english, point.pinyin)]
    return {plain(word) for name in names for word in re.findall(LETTERS, name)}


def _texts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every free text of the plan by its path, except how the practice is reached."""
    yield from ((path, text) for path, text in _fields(plan, "") if path != "contact")
    for place, point in enumerate(plan.points):
        yield from _fields(point, f"points.{place}.")
    for place, pair in enumerate(plan.pairs):
        yield from _fields(pair, f"pairs.{place}.")
    yield from _fields(plan.record, "record.")


def _fields(part: Part, path: str) -> Iterator[tuple[str, str]]:
    for name, value in structs.asdict(part).items():
        if isinstance(value, str) and name not in CODED and not name.endswith("_checked"):
            yield path + name, unicodedata.normalize("NFC", value)


def _seen(path: str, text: str, known: Collection[str]) -> Iterator[tuple[Kind, str]]:
    rest = text
    for kind, pattern in LOOKS:
        if found := pattern.search(rest):
            yield kind, found[0].strip()
            rest = pattern.sub(" 0 ", rest)  # a number parts what stands before from what stands after
    name = _introduced(text)
    if not name and path.rpartition(".")[2] not in OWN:
        name = _capitals(rest, known)
    if name:
        yield "name", name


def _introduced(text: str) -> str:
    """A name that a title or a word such as "patient:" leads to."""
    if found := TITLED.search(text):
        return found[0]
    found = CALLED.search(text)
    if not found or not found[1][0].isupper():
        return ""
    second = found[2] or ""
    return found[1] + (second if second.strip()[:1].isupper() else "")


def _capitals(text: str, known: Collection[str]) -> str:
    """Two or three words in a row with capitals that are not ordinary ones: "Anna Schmidt", "Schmidt, Anna"."""
    row: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        if row and text[row[-1].end() : word.start()] not in {" ", ", "}:
            if _is_name(row, known):
                break
            row = []
        if _may_name(word[0], known):
            row.append(word)
        elif _is_name(row, known):
            break
        else:
            row = []
    return text[row[0].start() : row[-1].end()] if _is_name(row, known) else ""


def _is_name(row: list[re.Match[str]], known: Collection[str]) -> bool:
    """Two words, one of them more than an initial, and not the name of a point in syllables: "Shèn Shū"."""
    joined = plain("".join(word[0] for word in row))
    return len(row) > 1 and any(not word[0].endswith(".") for word in row) and joined not in known


def _may_name(word: str, known: Collection[str]) -> bool:
    """Whether a word could be part of a name: a capital, no ordinary word, and no abbreviation such as MRI."""
    bare = word.removesuffix("'s").removesuffix("’s")
    short = len(bare) < 4 and bare.isupper() and not bare.endswith(".")
    ordinary = len(bare) < 2 or all(plain(part) in known for part in bare.split("-"))
    return bare[0].isupper() and not short and not ordinary
