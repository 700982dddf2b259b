"""From a card to a question: which cards a point has, and what is asked about each. Deterministic by seed.

Knows the atlas; knows no learner. The words around the values (“Which point is this?”) are the page's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random

from bodymap.atlas import PLACE_KINDS, Atlas
from bodymap.model import Audience, Figure, Needling, Point
from bodymap.quiz.model import KINDS, Card, Kind, Question
from bodymap.quiz.neighbours import distractors
from bodymap.quiz.places import asked_view, heights

NAMES = (
    ("code", "pinyin"), ("pinyin", "code"), ("hanzi", "code"), ("code", "english"), ("english", "code"),
    ("pinyin", "hanzi"), ("hanzi", "pinyin"),
)  # fmt: skip
"""Which name is given and which is sought."""
FIRST: tuple[Kind, ...] = ("locate", "name")
"""What is learnt of a point before all else: where it is, and which it is."""
DOZEN = 12
"""How many points are learnt before more is asked of them."""
IN_WORDS = "words"
"""How a place is asked without a figure: told by landmarks and cun."""
FOR_NEEDLERS: tuple[Kind, ...] = ("needling",)
"""Kinds that patients are never asked, since they tell depth and angle."""
SPANS = {
    "pneumothorax": ("organ",), "organ": ("pneumothorax",), "spinal-cord": ("vessel-nerve",),
    "vessel-nerve": ("spinal-cord",), "dry-needling": ("pneumothorax", "organ"), "patient": ("pneumothorax", "organ"),
}  # fmt: skip
"""Kinds of cautions that speak of what others are about as well: a lung reaches to the kidneys, nerves of the neck
run beside its cord."""
APART = 0.3
"""By how many cun two depths must differ to be told apart in a question."""
PATHWAY, CHANNEL = "sciatic-pathway", "channel"
"""What points are put in order along: the region that follows the nerve from the back to the foot; or their channel."""
LOWER = 1.0
"""By how many cun one point must lie below another for the two to be put in order."""
ROW = 4
"""How many points are put in order."""


def kinds(atlas: Atlas, code: str, audience: Audience) -> list[Kind]:
    """The kinds of question that a point has enough for."""
    point = atlas.points[code]
    has: dict[Kind, bool] = {
        "locate": code in atlas.shown["female"],
        "name": code in atlas.shown["female"],
        "names": True,
        "use": bool(atlas.conditions_of(code)),
        "danger": bool(atlas.grave_cautions_of(code)),
        "needling": bool(needlings(point)),
        "order": bool(rows(atlas, point)),
        "number": any(meaning.code == code for meaning, _ in atlas.older_numbers),
    }
    return [kind for kind in KINDS if has[kind] and (audience != "patient" or kind not in FOR_NEEDLERS)]


def cards(atlas: Atlas, codes: Iterable[str], audience: Audience, wanted: Iterable[Kind] = KINDS) -> list[Card]:
    """Every card of these points in the order in which they are met: a dozen points at a time, first where each is and
    which it is, then all else that is asked of them. Neighbours in the list differ in kind and in point."""
    asked, points = set(wanted), list(codes)
    has = {code: [kind for kind in kinds(atlas, code, audience) if kind in asked] for code in points}
    met: list[tuple[Kind, str]] = []
    for start in range(0, len(points), DOZEN):
        group = points[start : start + DOZEN]
        met += _staggered(FIRST, group)
        met += _staggered([kind for kind in KINDS if kind not in FIRST], group, turn=True)
    return [Card(kind, code) for kind, code in met if kind in has[code]]


def _staggered(kinds: Sequence[Kind], codes: Sequence[str], turn: bool = False) -> list[tuple[Kind, str]]:
    """Each kind for each point. A step takes one kind of one point, the next kind of the point before, and so on; with
    ``turn`` it goes round and round the points, each time with another kind for each."""
    if turn:
        rounds = range(len(kinds))
        return [(kinds[(place + nth) % len(kinds)], code) for nth in rounds for place, code in enumerate(codes)]
    steps = range(len(codes) + len(kinds) - 1)
    return [
        (kind, codes[step - nth]) for step in steps for nth, kind in enumerate(kinds) if 0 <= step - nth < len(codes)
    ]


def ask(
    atlas: Atlas, card: Card, seed: int, figure: Figure = "female", audience: Audience = "student", form: str = ""
) -> Question:
    """The card's question for this seed. ``form`` may ask without a figure (``words``), or a name to be typed."""
    luck = Random(f"{seed} {card.kind} {card.code}")  # noqa: S311 - a game, and the same for a whole class
    point = atlas.points[card.code]
    base = Question(card, seed, "choice", figure, audience)
    return ASKED[card.kind](atlas, point, base, luck, form)


def _with(base: Question, luck: Random, right: str, wrong: Iterable[str], **more: str) -> Question:
    options = [right, *wrong]
    luck.shuffle(options)
    return Question(
        base.card, base.seed, "choice", base.figure, base.audience, more.get("ask", ""), more.get("given", ""),
        more.get("view", ""), tuple(options), (right,),
    )  # fmt: skip


def _locate(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    view = asked_view(atlas, base.figure, point.code)
    if form == IN_WORDS or view is None:
        wrong = distractors(atlas, point.code, luck)
        return _with(base, luck, point.code, wrong, ask=IN_WORDS)
    return Question(base.card, base.seed, "place", base.figure, base.audience, view=view.id, right=(point.code,))


def _name(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    view = asked_view(atlas, base.figure, point.code)
    shown = view.id if view else ""
    if form == "typed":
        return Question(base.card, base.seed, "typed", base.figure, base.audience, view=shown, right=(point.code,))
    wrong = distractors(atlas, point.code, luck)
    if form == IN_WORDS or view is None:
        return _with(base, luck, point.code, wrong, ask=IN_WORDS)
    return _with(base, luck, point.code, wrong, view=shown)


def _names(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    given, sought = luck.choice(NAMES)

    def fits(other: Point) -> bool:
        return all(getattr(other, name) != getattr(point, name) for name in (given, sought))

    wrong = distractors(atlas, point.code, luck, fits=fits)
    return _with(base, luck, point.code, wrong, ask=f"{given}-{sought}")


def _use(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    """Which of these is used for the complaint; or, the rest of its points given, which is missing. What is used for
    another complaint of the back is no wrong option: whether it may serve here is not for a quiz to deny."""
    condition = luck.choice(atlas.conditions_of(point.code))
    wrong = distractors(atlas, point.code, luck, fits=lambda other: not atlas.conditions_of(other.code))
    return _with(base, luck, point.code, wrong, ask=luck.choice(("used", "missing")), given=condition.slug)


def _danger(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    """Of four points, which is the one with this caution; or, of four cautions, which goes with the point.

    Nothing is a wrong option that holds for other words of the same danger: LI4 and GB21 are both left out in
    pregnancy, though two cautions say so.
    """
    caution, own = luck.choice(atlas.grave_cautions_of(point.code)), concerns(atlas, point.code)
    others = sorted({
        heading(item.title): item.id for item in atlas.cautions.values()
        if item.points and item.kind in PLACE_KINDS and item.kind not in own and item.level != "information"
    }.values())  # fmt: skip
    if luck.random() < 0.5 or len(others) < 3:
        wrong = distractors(atlas, point.code, luck, fits=lambda other: caution.kind not in concerns(atlas, other.code))
        return _with(base, luck, point.code, wrong, ask="which", given=caution.id)
    return _with(base, luck, caution.id, luck.sample(others, 3), ask="why", given=caution.id)


def concerns(atlas: Atlas, code: str) -> set[str]:
    """Every kind of caution that the point has, those included that are only spoken of in others."""
    own = {caution.kind for caution in atlas.cautions_of(code)}
    return own.union(*(SPANS.get(kind, ()) for kind in own))


def heading(title: str) -> str:
    """A caution's title without what it adds in brackets, which would give the point away."""
    return title.partition(" (")[0]


def _needling(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    """How one source needles it. Options are ``technique|angle|depth``, taken from other points where these differ
    from every source's way with this one."""
    item = luck.choice(needlings(point))
    wrong: list[Needling] = []
    for near in distractors(atlas, point.code, luck, most=60, fits=lambda one: bool(needlings(one))):
        for other in needlings(atlas.points[near]):
            if len(wrong) < 3 and all(_differ(other, known) for known in (*needlings(point), *wrong)):
                wrong.append(other)
    return _with(base, luck, _told(item), map(_told, wrong), given=", ".join(item.sources))


def needlings(point: Point) -> list[Needling]:
    """The ways to needle it that tell both an angle and a depth."""
    return [item for item in point.needling if item.depth and "not given" not in item.angle]


def _differ(one: Needling, other: Needling) -> bool:
    """Whether a learner can tell the two apart: by technique or angle, or clearly by depth. What lies within the other
    is no other answer."""
    angles = [set(re.findall(r"perpendicular|oblique|transverse|horizontal", _angle(item))) for item in (one, other)]
    apart = angles[0].isdisjoint(angles[1]) and _angle(one) != _angle(other)
    if one.technique != other.technique or apart:
        return True
    (least, most), (shallow, deep) = one.depth or (0.0, 0.0), other.depth or (0.0, 0.0)
    if (shallow <= least and most <= deep) or (least <= shallow and deep <= most):
        return False
    return abs(most - deep) >= APART - 1e-9 or abs(least - shallow) >= APART - 1e-9


def _angle(item: Needling) -> str:
    """The angle in its first words; what follows tells of the place and would give the point away."""
    return re.split(r"[,;(]", item.angle)[0].strip()


def _told(item: Needling) -> str:
    least, most = item.depth or (0.0, 0.0)
    return f"{item.technique}|{_angle(item)}|{least:g}–{most:g} cun"


def rows(atlas: Atlas, point: Point) -> list[str]:
    """What the point can be put in order along: the sciatic pathway, its channel, both or neither."""
    pathway = [item.code for item in atlas.regions[PATHWAY].points] if PATHWAY in atlas.regions else []
    own = point.code in pathway and len(pathway) >= ROW and not point.others
    numbered = len(atlas.channel_points(point.channel)) >= ROW and atlas.channels[point.channel].count > 0
    return [PATHWAY] * own + [CHANNEL] * numbered


def _order(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    """Four points, this one among them, to be put in order: from the back to the foot, or from where the channel
    begins. They are shown by their names, since their numbers would give the order away."""
    along = luck.choice(rows(atlas, point))
    right = _down(atlas, point, base.figure, luck) if along == PATHWAY else _in_a_row(atlas, point, luck)
    options = list(right)
    while tuple(options) == right:
        luck.shuffle(options)
    return Question(
        base.card, base.seed, "order", base.figure, base.audience, ask=along,
        given=PATHWAY if along == PATHWAY else point.channel, options=tuple(options), right=right,
    )  # fmt: skip


def _in_a_row(atlas: Atlas, point: Point, luck: Random) -> tuple[str, ...]:
    """Points next to one another on the channel."""
    row = [other.code for other in atlas.channel_points(point.channel)]
    first = min(max(row.index(point.code) - luck.randrange(ROW), 0), len(row) - ROW)
    return tuple(row[first : first + ROW])


def _down(atlas: Atlas, point: Point, figure: Figure, luck: Random) -> tuple[str, ...]:
    """Points of the sciatic pathway from the highest to the lowest, each clearly below the one before."""
    codes = [item.code for item in atlas.regions[PATHWAY].points if not atlas.points[item.code].others]
    height = heights(atlas, figure, codes)
    found = [point.code]
    for code in sorted(height, key=lambda _: luck.random()):
        if len(found) < ROW and all(abs(height[code] - height[other]) >= LOWER for other in found):
            found.append(code)
    return tuple(sorted(found, key=height.__getitem__))


def _number(atlas: Atlas, point: Point, base: Question, luck: Random, form: str) -> Question:
    """An older number, and the point that a text from before the standard means by it. Wrong options are what it is
    taken for: what the number means today, what older books called by this point's number, and its neighbours."""
    older_of = {meaning.code: older for meaning, older in atlas.older_numbers if meaning.code in atlas.points}
    older = older_of[point.code]
    confused = [older, *(code for code, other in older_of.items() if other == point.code)]
    near = sorted(older_of, key=lambda code: abs(_digits(older_of[code]) - _digits(older)))[1 : 1 + ROW]
    luck.shuffle(near)
    pool = dict.fromkeys(code for code in (*confused, *near) if code in atlas.points and code != point.code)
    return _with(base, luck, point.code, list(pool)[:3], given=older)


def _digits(code: str) -> int:
    return int("".join(filter(str.isdigit, code)))


ASKED: dict[Kind, Callable[[Atlas, Point, Question, Random, str], Question]] = {
    "locate": _locate, "name": _name, "names": _names, "use": _use, "danger": _danger, "needling": _needling,
    "order": _order, "number": _number,
}  # fmt: skip
