"""Which words tell how deep or at what angle a needle goes in. The atlas's text for patients (``check``) and what a
practitioner writes for one (``plans.handout``) share them. Rather a word too many is held back than one too few."""

from __future__ import annotations

import re

_COUNT = (
    r"a|an|one|two|three|four|five|six|seven|eight|nine|ten|half(?:\s+an?)?|third|quarter|few"
    r"|fifteen|twenty|thirty|forty|sixty|ninety"
)
_NUMBER = rf"(?:\d|[½¼¾⅓⅔]|\b(?:{_COUNT})\b)"
_LENGTH = rf"{_NUMBER}\s*[-–—]?\s*(?:cun(?!\s+is\b)|tsun|mm|cm|millimet|[cz]entimet|inch)"
"""A number with a unit of length. The glossary may say what “one cun is”."""
_DEEP = (
    r"\b(?:thumbs?|fingers?)(?:[- ]?(?:widths?|breadths?))?\s+deep\b|\binch(?:es)?\s+deep\b"
    r"|\bas\s+deep\s+as\s+(?:an?|one|your|the)\s+(?:thumb|finger)"
)
_SLANT = r"\b(?:oblique|perpendicular|slantwise)\w*"

NOT_FOR_PATIENTS = re.compile(
    rf"(?:{_LENGTH})\w*\b|{_DEEP}|{_SLANT}|\bdepth\b|{_NUMBER}\s*(?:°(?!\s*[CF]\b)|degrees?\b)|\bangle\s+of\s+\d",
    re.IGNORECASE,
)
"""What no text of the atlas tells patients. Measures of a place in fingers and thumbs, as no needle goes, are fine."""

_ALWAYS = re.compile(
    rf"{_LENGTH}|{_DEEP}|{_SLANT}|{_NUMBER}\s*[-–—]?\s*(?:gauge|°|º|˚|[\"”″寸分度])"
    r"|\b(?:cun|tsun|mm|cm|millimet\w*|[cz]entimet\w*|inch(?:es)?|transvers\w*|subcutaneous\w*)\b"
    r"|\b(?:needle|insert|go)\w*\b[^.\n]*\b(?:deep|shallow|vertical|slant)\w*|\b(?:deep|shallow)\w* (?:needl|insert)\w*"
    r"|\bfingers?(?:[- ]?(?:widths?|breadths?))?\s+(?:in|down)\b|\bneedle['’]?s?\s+length\b|寸",
    re.IGNORECASE,
)
"""What tells it wherever it stands."""
_OF_A_NEEDLE = re.compile(
    r"\b(?:degrees?|deg|depths?|angle[sd]?|all the way in)\b|\bas\s+deep\w*\s+as\b"
    r"|\b(?:to|into|onto|as far as|up to|down to|until|till|through)\s+(?:the\s+)?"
    r"(?:bone|muscle|fascia|handle|hilt|hub|joint)\b"
    r"|\bsideways\s+(?:under|in|into|through|beneath)\b|\b(?:go(?:es)?|needle|insert|push)\b[^.\n]{0,20}\b\d+\s+in\b"
    r"|\b(?:in|insert\w*|push\w*|go|goes)\b[^.\n]{0,20}\bby\s+(?:(?:about|around|roughly|some|nearly|up to)\s+)?\d",
    re.IGNORECASE,
)
"""What tells it of a needle, and of a knee, a cream or a walk does not."""
_NEEDLE = re.compile(r"\b(?:needl|insert|prick|punctur)", re.IGNORECASE)
_COUNTED = (
    r"(?!\s*(?:min|h\b|hours?|days?|weeks?|months?|sessions?|times?|years?|steps?|reps?|repetitions?|seconds?|breaths?"
    r"|%|am\b|pm\b|people|visits?))"
)
_BARE = re.compile(
    rf"(?<![\d/.:-])\b\d{{1,2}}\s*(?:[-–—]|to|until)\s*\d{{1,2}}\b(?!\s*[-/.:]\d){_COUNTED}"
    rf"|\b\d+(?:[.,]\d+)?\s*[x×*]\s*\d+\b{_COUNTED}",
    re.IGNORECASE,
)
"""A bare range of numbers or a needle's size, which a point's note means as such unless it counts something else."""
BETWEEN = re.compile(r"((?<=[.!?;])\s+|\n)")
"""What parts sentences and lines."""


def tells_needling(text: str, of_point: bool = False) -> bool:
    """Whether the words tell how deep or at what angle a needle goes in. A point's note is about its needle
    throughout; elsewhere what may be said of a knee too counts only in a sentence about needles."""
    if _ALWAYS.search(text):
        return True
    if of_point:
        return bool(_OF_A_NEEDLE.search(text) or _BARE.search(text))
    return any(_NEEDLE.search(part) and _OF_A_NEEDLE.search(part) for part in BETWEEN.split(text))
