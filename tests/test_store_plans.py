"""Plans as they are kept: versions, conflicts, links and the lists of devices, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from bodymap.plans.model import Plan, PlannedPoint
from bodymap.store import Store, tokens
from bodymap.store.plans import GRACE, KEPT, YEAR, ConflictError, Kept, Plans
from bodymap.store.schema import plan_versions
from bodymap.store.schema import plans as table
from tests.stores import NOON, Clock


@pytest.fixture
def plans(store: Store) -> Plans:
    return Plans(store)


@pytest.fixture
def kept(plans: Plans) -> Kept:
    return plans.create(Plan(title="Sciatica", points=(PlannedPoint("BL23"),)))


def saved(plans: Plans, edit: str, title: str, version: int) -> Kept:
    found = plans.save(edit, Plan(title=title), version)
    assert found is not None
    return found


def test_a_plan_comes_back_as_it_was(plans: Plans, kept: Kept) -> None:
    found = plans.by_edit(kept.edit)
    assert found == kept
    assert found is not None
    assert found.plan.codes == ("BL23",)


@pytest.mark.parametrize("title", ["\0", "a\0b", "腎俞 é 🙂", "'; DROP TABLE plans;--", "%_\\"])
def test_any_letters_are_kept(plans: Plans, title: str) -> None:
    made = plans.create(Plan(title=title))
    plans.remember("tablet", made.edit)
    found = plans.by_edit(made.edit)
    assert found is not None
    assert found.plan.title == title
    assert plans.listed("tablet")[0].title == title.replace("\0", "")


def test_links_are_long_random_and_kept_only_as_digests(store: Store, plans: Plans, kept: Kept) -> None:
    assert len(kept.edit) == len(kept.view) == 24
    assert len({plans.create(Plan()).edit for _ in range(20)}) == 20
    with store.reading() as db:
        row = db.execute(select(table)).first()
    assert row is not None
    assert row.edit_digest == tokens.digest(kept.edit)
    stored = b"".join(value for value in row if isinstance(value, bytes))
    assert kept.edit.encode() not in stored
    assert kept.view.encode() not in stored


def test_a_view_link_shows_the_plan_and_never_edits(plans: Plans, kept: Kept) -> None:
    seen = plans.by_view(kept.view)
    assert seen is not None
    assert (seen.plan, seen.edit) == (kept.plan, "")
    assert plans.by_edit(kept.view) is None
    assert plans.save(kept.view, Plan(), 1) is None
    assert plans.undo(kept.view, 1) is None
    assert not plans.delete(kept.view)
    assert plans.by_view(kept.edit) is None


def test_each_save_is_a_version_and_an_unchanged_plan_is_none(plans: Plans, kept: Kept) -> None:
    assert saved(plans, kept.edit, "Two", 1).version == 2
    assert saved(plans, kept.edit, "Two", 2).version == 2
    assert saved(plans, kept.edit, "Two", 1).version == 2  # the same from an old tab is no conflict


def test_a_save_from_an_old_version_is_a_conflict_with_both_at_hand(plans: Plans, kept: Kept) -> None:
    saved(plans, kept.edit, "Theirs", 1)
    with pytest.raises(ConflictError) as conflict:
        plans.save(kept.edit, Plan(title="Mine"), 1)
    assert conflict.value.kept.plan.title == "Theirs"
    assert conflict.value.base == kept.plan
    now = plans.by_edit(kept.edit)
    assert now is not None
    assert now.plan.title == "Theirs"


def test_undo_and_redo_walk_along_the_versions(plans: Plans, kept: Kept) -> None:
    saved(plans, kept.edit, "Two", 1)
    saved(plans, kept.edit, "Three", 2)
    seen = []
    version = 3
    for step in (plans.undo, plans.undo, plans.undo, plans.redo, plans.redo, plans.redo, plans.undo):
        found = step(kept.edit, version)
        assert found is not None
        version = found.version
        seen.append((found.plan.title, found.can_undo, found.can_redo))
    assert seen == [
        ("Two", True, True), ("Sciatica", False, True), ("Sciatica", False, True), ("Two", True, True),
        ("Three", True, False), ("Three", True, False), ("Two", True, True),
    ]  # fmt: skip


def test_a_change_after_an_undo_ends_what_could_be_redone(plans: Plans, kept: Kept) -> None:
    saved(plans, kept.edit, "Two", 1)
    plans.undo(kept.edit, 2)
    found = saved(plans, kept.edit, "Other", 3)
    assert (found.can_undo, found.can_redo) == (True, False)
    back = plans.undo(kept.edit, found.version)
    assert back is not None
    assert back.plan.title == "Sciatica"


def test_undo_from_an_old_version_is_a_conflict(plans: Plans, kept: Kept) -> None:
    saved(plans, kept.edit, "Two", 1)
    with pytest.raises(ConflictError):
        plans.undo(kept.edit, 1)


def test_only_the_last_versions_are_kept(store: Store, plans: Plans, kept: Kept) -> None:
    for version in range(1, KEPT + 6):
        saved(plans, kept.edit, f"Version {version + 1}", version)
    with store.reading() as db:
        assert len(db.execute(select(plan_versions.c.version)).all()) == KEPT
    assert plans.at(kept.edit, 1) is None
    with pytest.raises(ConflictError) as conflict:
        plans.save(kept.edit, Plan(title="From long ago"), 1)
    assert conflict.value.base is None
    version, steps = KEPT + 6, 0
    while (found := plans.undo(kept.edit, version)) and found.version != version:
        version, steps = found.version, steps + 1
        if steps > 2 * KEPT:
            pytest.fail("undo never ends")
    assert found is not None
    assert not found.can_undo


def test_a_revoked_view_link_opens_nothing_and_a_new_one_does(plans: Plans, kept: Kept) -> None:
    plans.revoke_view(kept.edit)
    assert plans.by_view(kept.view) is None
    found = plans.renew_view(kept.edit, NOON + YEAR)
    assert found is not None
    assert found.view != kept.view
    assert plans.by_view(kept.view) is None
    assert plans.by_view(found.view) is not None
    again = plans.by_edit(kept.edit)
    assert again is not None
    assert again.view == found.view


def test_a_new_edit_link_ends_the_old_one_and_leaves_the_view_link(plans: Plans, kept: Kept) -> None:
    plans.remember("tablet", kept.edit)
    found = plans.renew_edit(kept.edit, NOON + 100)
    assert found is not None
    assert (found.edit_until, found.view_until) == (NOON + 100, kept.view_until)
    assert found.view == kept.view
    assert plans.by_edit(kept.edit) is None
    assert plans.by_view(kept.view) is not None
    assert plans.listed("tablet") == []


def test_links_open_until_the_chosen_moment(plans: Plans, kept: Kept, clock: Clock) -> None:
    plans.expire(kept.edit, view_until=NOON + 100, edit_until=NOON + 200)
    clock.move(99)
    assert plans.by_view(kept.view) is not None
    clock.move(1)
    assert plans.by_view(kept.view) is None
    assert plans.by_edit(kept.edit) is not None
    clock.move(100)
    assert plans.by_edit(kept.edit) is None
    assert plans.save(kept.edit, Plan(), 1) is None


def test_by_default_links_open_for_a_year(plans: Plans, kept: Kept, clock: Clock) -> None:
    clock.move(YEAR - 1)
    assert plans.by_view(kept.view) is not None
    clock.move(1)
    assert plans.by_view(kept.view) is None


@pytest.mark.parametrize("link", ["unknown", "malformed \x00 ' % \ud800", "", "x" * 5000, "expired", "revoked"])
def test_links_that_open_nothing_take_the_same_way(
    store: Store, plans: Plans, kept: Kept, clock: Clock, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same one statement is asked and the same comparison made, whatever is wrong with the link."""
    token = {"unknown": tokens.fresh(), "expired": kept.view, "revoked": kept.view}.get(link, link)
    if link == "expired":
        plans.expire(kept.edit, view_until=NOON - 1)
    elif link == "revoked":
        plans.revoke_view(kept.edit)
    asked: list[str] = []
    compared: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    monkeypatch.setattr(tokens, "same", lambda kept_, given: compared.append(given) or False)
    assert plans.by_view(token) is None
    assert len([statement for statement in asked if "SELECT" in statement]) == 1
    assert compared == [token]


def test_a_deleted_plan_opens_for_nobody_until_it_is_brought_back(plans: Plans, kept: Kept, clock: Clock) -> None:
    plans.remember("tablet", kept.edit)
    assert plans.delete(kept.edit)
    assert plans.by_edit(kept.edit) is None
    assert plans.by_view(kept.view) is None
    assert plans.listed("tablet") == []
    assert [item.title for item in plans.listed("tablet", deleted=True)] == ["Sciatica"]
    back = plans.restore(kept.edit)
    assert back is not None
    assert back.plan == kept.plan
    assert plans.restore(kept.edit) is None


def test_what_nobody_can_open_any_more_is_forgotten(plans: Plans, kept: Kept, clock: Clock) -> None:
    gone, expired = plans.create(Plan(title="Gone")), plans.create(Plan(title="Expired"))
    plans.remember("tablet", gone.edit)
    plans.delete(gone.edit)
    plans.expire(expired.edit, view_until=NOON + 5, edit_until=NOON + 5)
    assert plans.purge() == 0
    clock.move(GRACE)
    assert plans.purge() == 2
    assert plans.count() == 1
    assert plans.restore(gone.edit) is None


def test_a_device_lists_its_own_plans_the_last_opened_first(plans: Plans, kept: Kept, clock: Clock) -> None:
    other = plans.create(Plan(title="Neck", goal="Turn the head", points=(PlannedPoint("GB21"),)))
    for device, link in (("tablet", kept.edit), ("tablet", other.edit), ("phone", other.edit)):
        clock.move(1)
        plans.remember(device, link)
    assert [item.title for item in plans.listed("tablet")] == ["Neck", "Sciatica"]
    assert [item.title for item in plans.listed("phone")] == ["Neck"]
    clock.move(1)
    plans.remember("tablet", kept.edit)
    assert [item.edit for item in plans.listed("tablet")] == [kept.edit, other.edit]
    assert plans.listed("nobody") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sci", ["Sciatica"]),
        ("BL23", ["Sciatica"]),
        ("bl23 sciatica", ["Sciatica"]),
        ("neck", []),
        ("%", []),
        ("_", []),
    ],
)
def test_a_list_is_searched_by_words_of_the_plan(plans: Plans, kept: Kept, query: str, found: list[str]) -> None:
    plans.remember("tablet", kept.edit)
    assert [item.title for item in plans.listed("tablet", query)] == found
