"""How often something was done of late: rate limits, counted by an upsert and shared by all processes."""

from __future__ import annotations

from sqlalchemy import delete

from bodymap.store import Store
from bodymap.store.schema import counters
from bodymap.store.tokens import digest


class Limit:
    """At most ``most`` times in a stretch of ``seconds``; a new stretch starts from nothing."""

    def __init__(self, name: str, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def wait(self, store: Store, subject: str) -> int:
        """Count once more. 0 if that is within the limit, else the seconds until the next stretch.

        ``subject`` (an address, a link) is kept only as a digest, and only as long as it is counted.
        """
        now = store.now()
        slot = now // self.seconds
        until = (slot + 1) * self.seconds
        insert = store.insert(counters).values(
            subject=digest(f"{self.name} {subject}"), slot=slot, count=1, until=until
        )
        counted = insert.on_conflict_do_update(
            index_elements=["subject", "slot"], set_={"count": counters.c.count + 1}
        ).returning(counters.c.count)
        with store.writing(durable=False) as db:
            count = int(db.execute(counted).scalar_one())
            if count == 1:  # whoever opens a stretch clears away those that are over
                db.execute(delete(counters).where(counters.c.until <= now))
        return until - now if count > self.most else 0
