"""Every question asked of the plans that are kept. A link that opens nothing answers None, whatever the reason.

A plan is kept as versions: each save, undo and redo adds one, and each says which one undoing or redoing leads to. A
save names the version that it started from; if another has come between that is a ``ConflictError``: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, update

from bodymap.plans.model import Plan, decode, encode
from bodymap.store import Store, tokens
from bodymap.store.schema import plan_devices, plan_versions, plans

DAY = 86_400
MONTH = 30 * DAY
YEAR = 365 * DAY
"""How long a link opens, unless the practitioner chooses otherwise."""
GRACE = 30 * DAY
"""How long a deleted plan can be brought back."""
KEPT = 60
"""Versions kept of a plan: how far undo reaches."""
LISTED = 200
"""Plans listed at once."""


class Kept(Struct, frozen=True):
    """A plan as it is kept, and what the link that opened it allows."""

    plan: Plan
    version: int
    edit: str
    """The edit link; "" for one who may only view."""
    view: str
    """The view link; "" where it was revoked."""
    edit_until: int
    view_until: int
    created: int
    changed: int
    can_undo: bool = False
    can_redo: bool = False


class Listed(Struct, frozen=True):
    """A plan in the list of a device."""

    edit: str
    title: str
    points: int
    changed: int
    edit_until: int
    deleted: int | None = None


class ConflictError(Exception):
    """The plan has been changed since the version that a save started from."""

    def __init__(self, kept: Kept, base: Plan | None) -> None:
        super().__init__(f"version {kept.version} is newer")
        self.kept = kept
        """The plan as it is now."""
        self.base = base
        """The version that the save started from; None if it is no longer kept."""


class Plans:
    """The plans of one store."""

    def __init__(self, store: Store, names: Callable[[str], str] = lambda code: "") -> None:
        """``names`` answers by what names a search finds a plan that holds the code; the store knows no atlas."""
        self.store, self.names = store, names

    # Making and opening

    def create(self, plan: Plan) -> Kept:
        """Keep a new plan, with a fresh edit link and view link that open for a year."""
        now, edit, view = self.store.now(), tokens.fresh(), tokens.fresh()
        with self.store.writing() as db:
            made = db.execute(
                plans.insert()
                .values(
                    edit_digest=tokens.digest(edit), edit_until=now + YEAR,
                    view_digest=tokens.digest(view), view_until=now + YEAR, view_sealed=tokens.seal(view, edit),
                    version=1, created=now, changed=now, **self._told(plan),
                )
                .returning(plans.c.id)
            ).scalar_one()  # fmt: skip
            db.execute(plan_versions.insert().values(plan=made, version=1, body=encode(plan), saved=now))
        return Kept(plan, 1, edit, view, now + YEAR, now + YEAR, now, now)

    def by_edit(self, edit: str) -> Kept | None:
        """The plan that an edit link opens."""
        with self.store.reading() as db:
            row = self._opened(db, edit)
        return _kept(row, edit) if row else None

    def by_view(self, view: str) -> Kept | None:
        """The plan that a view link opens; what it answers cannot be used to edit."""
        with self.store.reading() as db:
            row = db.execute(_whole(plans.c.view_digest == tokens.digest(view))).one_or_none()
        known = tokens.same(row.view_digest if row else tokens.NOTHING, view)
        if not row or not known or row.view_until <= self.store.now() or row.deleted is not None:
            return None
        return Kept(decode(row.body), row.version, "", view, 0, row.view_until, row.created, row.changed)

    def at(self, edit: str, version: int) -> Plan | None:
        """The plan as it was at a version; None if that is no longer kept."""
        with self.store.reading() as db:
            row = self._opened(db, edit)
            return _plan_at(db, row.id, version) if row else None

    # Changing

    def save(self, edit: str, plan: Plan, version: int) -> Kept | None:
        """Keep a new version of the plan, started from ``version``. An unchanged plan makes none. ConflictError."""
        with self.store.writing() as db:
            row = self._opened(db, edit)
            if row is None:
                return None
            body = encode(plan)
            if body == row.body:
                return _kept(row, edit)
            if row.version != version:
                raise ConflictError(_kept(row, edit), _plan_at(db, row.id, version))
            return self._add(db, row, edit, body, undo=row.version, redo=None)

    def undo(self, edit: str, version: int) -> Kept | None:
        """Go back one step from ``version``; where there is none the plan stays as it is. ConflictError."""
        return self._step(edit, version, "undo")

    def redo(self, edit: str, version: int) -> Kept | None:
        """Do again what was undone."""
        return self._step(edit, version, "redo")

    # Links

    def renew_view(self, edit: str, until: int) -> Kept | None:
        """A new view link that opens until then; the one before opens nothing any more."""
        view = tokens.fresh()
        return self._change(
            edit, view_digest=tokens.digest(view), view_sealed=tokens.seal(view, edit), view_until=until
        )

    def revoke_view(self, edit: str) -> Kept | None:
        """No view link opens the plan any more."""
        return self._change(edit, view_digest=None, view_sealed=None)

    def expire(self, edit: str, *, edit_until: int | None = None, view_until: int | None = None) -> Kept | None:
        """Choose until when the links open."""
        chosen = {"edit_until": edit_until, "view_until": view_until}
        return self._change(edit, **{name: until for name, until in chosen.items() if until is not None})

    def renew_edit(self, edit: str, until: int) -> Kept | None:
        """A new edit link that opens until then; the one before opens nothing any more, the view link stays."""
        fresh = tokens.fresh()
        with self.store.writing() as db:
            row = self._opened(db, edit)
            if row is None:
                return None
            kept = _kept(row, edit)
            sealed = tokens.seal(kept.view, fresh) if kept.view else None
            db.execute(
                update(plans)
                .where(plans.c.id == row.id)
                .values(edit_digest=tokens.digest(fresh), edit_until=until, view_sealed=sealed)
            )  # fmt: skip
            db.execute(delete(plan_devices).where(plan_devices.c.plan == row.id))
        return self.by_edit(fresh)

    def delete(self, edit: str) -> bool:
        """Delete the plan: no link opens it. It can be brought back for thirty days. Whether there was one."""
        return self._change(edit, deleted=self.store.now()) is not None

    def restore(self, edit: str) -> Kept | None:
        """Bring a deleted plan back."""
        with self.store.writing() as db:
            row = self._opened(db, edit, deleted=True)
            if row is None:
                return None
            db.execute(update(plans).where(plans.c.id == row.id).values(deleted=None))
        return self.by_edit(edit)

    def purge(self) -> int:
        """Forget for good what nobody can open any more; how many plans that were."""
        now = self.store.now()
        closed = and_(plans.c.edit_until <= now, or_(plans.c.view_digest.is_(None), plans.c.view_until <= now))
        gone = or_(closed, plans.c.deleted <= now - GRACE)
        with self.store.writing() as db:
            ids = select(plans.c.id).where(gone)
            for table in (plan_devices, plan_versions):
                db.execute(delete(table).where(table.c.plan.in_(ids)))
            return int(db.execute(delete(plans).where(gone)).rowcount)

    def count(self) -> int:
        """How many plans are kept, deleted ones that can be brought back included."""
        with self.store.reading() as db:
            return int(db.execute(select(func.count()).select_from(plans)).scalar_one())

    # The list of a device

    def remember(self, device: str, edit: str, durable: bool = True) -> None:
        """Put the plan on top of the device's list. Need not be ``durable`` where it is on the list already."""
        now = self.store.now()
        with self.store.writing(durable) as db:
            row = self._opened(db, edit)
            if row is None:
                return
            put = self.store.insert(plan_devices).values(
                device=tokens.digest(device), plan=row.id, edit_sealed=tokens.seal(edit, device), opened=now
            )
            sealed = {"opened": now, "edit_sealed": put.excluded.edit_sealed}
            db.execute(put.on_conflict_do_update(index_elements=["device", "plan"], set_=sealed))

    def listed(self, device: str, query: str = "", deleted: bool = False, most: int = LISTED) -> list[Listed]:
        """The latest plans on this device whose words hold all those asked for, the last opened first."""
        found = select(plan_devices.c.edit_sealed, plans).join(plans, plans.c.id == plan_devices.c.plan)
        found = found.where(plan_devices.c.device == tokens.digest(device), plans.c.edit_until > self.store.now())
        found = found.where(plans.c.deleted.is_not(None) if deleted else plans.c.deleted.is_(None))
        for word in query.casefold().split():
            found = found.where(plans.c.words.contains(word, autoescape=True))
        latest = plans.c.deleted if deleted else plan_devices.c.opened
        with self.store.reading() as db:
            rows = db.execute(found.order_by(latest.desc(), plans.c.id.desc()).limit(most)).all()
        opened = [(tokens.unseal(row.edit_sealed, device), row) for row in rows]
        return [
            Listed(edit, row.title, row.points, row.changed, row.edit_until, row.deleted)
            for edit, row in opened
            if tokens.same(row.edit_digest, edit)
        ]

    # Within

    def _opened(self, db: Connection, edit: str, deleted: bool = False) -> Row[Any] | None:
        """The plan of an edit link. Every link is asked for alike, and whether it opens is judged afterwards."""
        row = db.execute(_whole(plans.c.edit_digest == tokens.digest(edit))).one_or_none()
        known = tokens.same(row.edit_digest if row else tokens.NOTHING, edit)
        if not row or not known or row.edit_until <= self.store.now() or (row.deleted is not None) != deleted:
            return None
        return row

    def _add(self, db: Connection, row: Row[Any], edit: str, body: bytes, undo: Any, redo: Any) -> Kept:
        """A further version. The row's version is asked for again: on PostgreSQL another may write meanwhile."""
        now, version, plan = self.store.now(), row.version + 1, decode(body)
        same = and_(plans.c.id == row.id, plans.c.version == row.version)
        changed = db.execute(update(plans).where(same).values(version=version, changed=now, **self._told(plan)))
        if not changed.rowcount:
            newer = db.execute(_whole(plans.c.id == row.id)).one()
            raise ConflictError(_kept(newer, edit), decode(row.body))
        db.execute(
            plan_versions.insert().values(plan=row.id, version=version, body=body, undo=undo, redo=redo, saved=now)
        )
        old = and_(plan_versions.c.plan == row.id, plan_versions.c.version <= version - KEPT)
        db.execute(delete(plan_versions).where(old))
        return _kept(db.execute(_whole(plans.c.id == row.id)).one(), edit)

    def _step(self, edit: str, version: int, way: str) -> Kept | None:
        with self.store.writing() as db:
            row = self._opened(db, edit)
            if row is None:
                return None
            if row.version != version:
                raise ConflictError(_kept(row, edit), _plan_at(db, row.id, version))
            target = row.undo if way == "undo" else row.redo
            there = target and db.execute(_version(row.id, target)).one_or_none()
            if not there:
                return _kept(row, edit)
            back, on = (there.undo, row.version) if way == "undo" else (row.version, there.redo)
            return self._add(db, row, edit, there.body, undo=back, redo=on)

    def _change(self, edit: str, **values: Any) -> Kept | None:
        """Change what is kept about the plan, not the plan."""
        with self.store.writing() as db:
            row = self._opened(db, edit)
            if row is None:
                return None
            if values:
                db.execute(update(plans).where(plans.c.id == row.id).values(**values))
            return _kept(db.execute(_whole(plans.c.id == row.id)).one(), edit)

    def _told(self, plan: Plan) -> dict[str, Any]:
        """What a list shows of the plan and a search finds it by."""
        points = (f"{code} {self.names(code)}" for code in dict.fromkeys(plan.codes))
        words = " ".join((plan.title, plan.goal, plan.condition.replace("-", " "), *points)).casefold()
        # PostgreSQL keeps no NUL in a text.
        clean = {"title": plan.title.replace("\0", ""), "words": words.replace("\0", "")}
        return {**clean, "points": len(plan.points)}


def _whole(which: ColumnElement[bool]) -> Any:
    current = and_(plan_versions.c.plan == plans.c.id, plan_versions.c.version == plans.c.version)
    columns = plan_versions.c.body, plan_versions.c.undo, plan_versions.c.redo
    return select(plans, *columns).join(plan_versions, current).where(which)


def _version(plan: int, version: int) -> Any:
    return select(plan_versions).where(plan_versions.c.plan == plan, plan_versions.c.version == version)


def _plan_at(db: Connection, plan: int, version: int) -> Plan | None:
    row = db.execute(_version(plan, version)).one_or_none()
    return decode(row.body) if row else None


def _kept(row: Row[Any], edit: str) -> Kept:
    view = tokens.unseal(row.view_sealed, edit) if row.view_sealed else ""
    oldest = row.version - KEPT
    steps = {"can_undo": bool(row.undo and row.undo > oldest), "can_redo": bool(row.redo and row.redo > oldest)}
    return Kept(
        decode(row.body), row.version, edit, view, row.edit_until, row.view_until, row.created, row.changed, **steps
    )
