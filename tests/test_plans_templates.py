"""Where a plan may start: all that a template names exists, and a trial's schedule is the trial's."""

from typing import Any

import pytest

from bodymap.atlas import Atlas
from bodymap.plans.model import Plan
from bodymap.plans.reading import settled
from bodymap.plans.templates import start, trials


@pytest.fixture(scope="module")
def atlas(real_app: Any) -> Atlas:
    found: Atlas = real_app.extensions["atlas"]
    return found


def test_every_template_is_a_plan_of_this_atlas(atlas: Atlas) -> None:
    for slug in (*atlas.conditions, *trials()):
        plan = start(slug, atlas)
        assert plan is not None
        assert settled(plan, [], atlas) == (plan, []), slug


def test_every_trial_names_sources_that_the_atlas_holds(atlas: Atlas) -> None:
    for entry in trials().values():
        assert entry.sources
        assert set(entry.sources) == set(entry.plan.record.sources) <= set(atlas.sources)


def test_the_seven_conditions_and_the_five_trials_are_there(atlas: Atlas) -> None:
    assert len(atlas.conditions) == 7
    assert set(trials()) == {"york", "gerac", "cherkin", "brinkhaus", "tu"}


@pytest.mark.parametrize(
    ("slug", "sessions", "minutes", "weeks", "codes"),
    [("cherkin", 10, 20, 7, ("BL23", "BL40", "KI3", "GV3")), ("gerac", 10, 30, 5, ()), ("york", 10, None, 13, ()),
     ("tu", 10, 30, 4, ("EX-B2", "BL54", "BL36", "GB30", "GB34"))],
)  # fmt: skip
def test_a_trial_is_scheduled_as_it_reports(
    slug: str, sessions: int, minutes: int | None, weeks: int, codes: tuple[str, ...]
) -> None:
    plan = trials()[slug].plan
    assert (plan.sessions, plan.minutes, plan.weeks, plan.codes) == (sessions, minutes, weeks, codes)


def test_the_choice_for_brinkhaus_keeps_the_trials_rule() -> None:
    local = {*(f"BL{n}" for n in (*range(20, 35), *range(50, 55))), "GB30", "GV3", "GV4", "GV5", "GV6", "EX-B2"}
    distal = {"SI3", "BL40", "BL60", "BL62", "KI3", "KI7", "GB31", "GB34", "GB41", "LR3", "GV14", "GV20"}
    plan = trials()["brinkhaus"].plan
    assert len([point for point in plan.points if point.code in local and point.side == "both"]) >= 4
    assert len(set(plan.codes) & distal) >= 2
    assert set(plan.codes) <= local | distal


def test_a_condition_starts_with_its_points_in_order_and_no_depth(atlas: Atlas) -> None:
    plan = start("sciatica", atlas)
    assert plan is not None
    assert plan.codes == tuple(item.code for item in atlas.conditions["sciatica"].points)
    assert all(point.depth is None for point in plan.points)


def test_the_usual_needle_is_not_offered_over_a_lung(atlas: Atlas) -> None:
    plan = start("upper-back-pain", atlas)
    assert plan is not None
    over_lung = [point for point in plan.points if point.code in {"GB21", "SI11", "SI14"}]
    assert [point.length for point in over_lung] == [None, None, None]


def test_nothing_and_an_unknown_template(atlas: Atlas) -> None:
    assert start("", atlas) == Plan()
    assert start("homeopathy", atlas) is None
