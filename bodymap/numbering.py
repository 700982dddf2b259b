"""Every way people write a point: "UB 23", "bl-23", "Shenshu", "腎俞", "SJ5", "old BL47" -> a code, or a choice.

Two systems number the outer bladder line. The WHO standard runs it down the trunk from BL 41 to BL 54; older books
begin with the thigh, so that 19 points carry another point's number. Such a number is never guessed:
both meanings come back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from bodymap.model import Channel, Entry, Point


class Meaning(Entry, frozen=True):
    """One thing that a written number or name can mean."""

    code: str
    system: Literal["standard", "older", "name"]
    pinyin: str = ""
    hanzi: str = ""
    where: str = ""


NUMBER = re.compile(r"^(?P<old>older|old|alt)?(?P<prefix>[a-z]+)0*(?P<number>\d{1,2})$")


def plain(text: str) -> str:
    """Lower case without accents, spaces and punctuation: "Shèn Shū" -> "shenshu", "EX-B2" -> "exb2".

    兪, as WHO prints it, counts as 俞."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().replace("兪", "俞"))
    return "".join(character for character in decomposed if character.isalnum())


def spaced(pinyin: str) -> str:
    """The way a beginner types a toned name, syllable by syllable: "Shènshū" -> "shen shu"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", pinyin) if not unicodedata.combining(c)).lower()
    syllable = re.compile(
        r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]+(?:ng(?![aeiouv])|n(?![aeiouv])|r(?![aeiouv]))?"
    )
    return " ".join(syllable.findall(bare.replace("ü", "v").replace("'", " ")))


def spellings(point: Point, channels: Mapping[str, Channel]) -> list[str]:
    """The code with every prefix people use, joined and apart: BL23, BL 23, UB23, UB 23 ..."""
    channel = channels.get(point.channel)
    if channel is None or not channel.count:
        return [point.code, point.code.replace("-", " ")]
    return [form for prefix in channel.prefixes for form in (f"{prefix}{point.number}", f"{prefix} {point.number}")]


class Numbering:
    """Resolves what people write. Built from the atlas: its points, channels, and the older bladder numbers."""

    def __init__(
        self, points: Iterable[Point], channels: Iterable[Channel], older: Iterable[tuple[Meaning, str]]
    ) -> None:
        """``older``: each WHO meaning with the code that older books give it."""
        self._prefixes = {
            plain(prefix): channel.code
            for channel in channels
            for prefix in (*channel.prefixes, channel.name, *channel.spoken)
        }
        self._named: dict[str, list[Meaning]] = {}
        self._standard: dict[str, Meaning] = {}
        for point in points:
            meaning = Meaning(point.code, "standard", point.pinyin, point.hanzi)
            self._standard[plain(point.code)] = meaning
            names = (point.pinyin, point.hanzi, point.hanzi_simplified, point.english, *point.aliases)
            for name in {plain(name) for name in names}:
                self._named.setdefault(name, []).append(Meaning(point.code, "name", point.pinyin, point.hanzi))
        self._older: dict[str, Meaning] = {}
        for meaning, code in older:
            self._standard.setdefault(plain(meaning.code), meaning)
            self._older[plain(code)] = Meaning(meaning.code, "older", meaning.pinyin, meaning.hanzi, meaning.where)

    def meanings(self, text: str) -> list[Meaning]:
        """What the text can mean, the standard first; empty if it is neither a number nor a name."""
        bare = plain(text)
        if not bare:
            return []
        found = NUMBER.match(bare)
        channel = self._prefixes.get(found["prefix"]) if found else None
        if found and channel:
            code = plain(f"{channel}{int(found['number'])}")
            standard = None if found["old"] else self._standard.get(code)
            return [meaning for meaning in (standard, self._older.get(code)) if meaning]
        if bare in self._standard:
            return [self._standard[bare]]
        bare_number = self._standard.get("t" + bare)
        return [bare_number] if bare_number else self._named.get(bare, [])
