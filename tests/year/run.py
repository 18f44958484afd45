"""Time: what is due is planned and leaves, people act, the bot dies and begins anew."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from data import Database, outbox
from data.moments import to_text
from data.outbox import Row
from services import planning
from services.audiences import may_leave
from services.late_posts import call_nobody_at_rest
from services.planners import PLANNERS
from tests.year.acts import do
from tests.year.life import Life
from tests.year.mortal import Died, MortalStore
from tests.year.plans import Act, Made
from tests.year.record import MINUTE, Posted, Record, look

# A moment at which planning finds something to do again and again would never pass.
MOST_ROUNDS: Final = 60


def lived(life: Life) -> None:
    """Let everything happen that the plan holds, and time do the rest, to the end."""
    waiting = all_acts(life)
    rounds = 0
    while (next_at := _next(life, waiting)) is not None and next_at <= life.end:
        rounds = rounds + 1 if next_at <= life.now else 0
        assert rounds < MOST_ROUNDS, f"time does not go on at {life.now}"
        life.now = max(life.now, next_at)
        if waiting and waiting[0][0] <= life.now:
            _, n, thing = waiting.pop(0)
            rounds = 0
            _survive(life, partial(do, life, n, thing))
        _survive(life, partial(_plan, life))
        _survive(life, partial(_send, life))


def all_acts(life: Record) -> list[tuple[datetime, int, Made | Act]]:
    """What people do, first things first."""
    made = [(life.start + one.minute * MINUTE, n, one) for n, one in enumerate(life.plan.made)]
    accepts = [
        (at + one.accepted_after * MINUTE, n, _acceptance(n))
        for at, n, one in made
        if one.accepted_after is not None
    ]
    acts = [(life.start + one.minute * MINUTE, n, one) for n, one in enumerate(life.plan.acts)]
    return sorted([*made, *accepts, *acts], key=lambda one: one[:2])


def _acceptance(n: int) -> Act:
    return Act(minute=0, kind="accept", person=0, which=n, more=1)


def _next(life: Life, waiting: list[tuple[datetime, int, Made | Act]]) -> datetime | None:
    leaves = life.rows("SELECT MIN(leaves_at) AS at FROM outbox WHERE state = 'queued'")[0]["at"]
    moments = [
        waiting[0][0] if waiting else None,
        planning.next_wake_at(life.deps),
        None if leaves is None else datetime.fromisoformat(leaves),
    ]
    return min((at for at in moments if at is not None), default=None)


def _survive(life: Life, act: Callable[[], None]) -> None:
    """Do it, again after each death, as whoever did it would."""
    while True:
        try:
            act()
        except Died:
            _born_again(life)
        else:
            look(life)
            return


def _born_again(life: Life) -> None:
    death = life.fate.pop(0)
    life.store.close()
    life.down.append((life.now, life.now + death.minutes * MINUTE))
    life.now += death.minutes * MINUTE
    life.store = MortalStore.open(life.path, synchronous="OFF")
    life.store.doomed_by(life.fate)
    look(life)


def _plan(life: Life) -> None:
    for _ in range(MOST_ROUNDS):
        if not planning.plan_due(life.deps, PLANNERS, life.now):
            return
    raise AssertionError(f"planning does not come to rest at {life.now}")


def _send(life: Life) -> None:
    """What may leave is in Slack, in order; what is too late to say is not said.

    Whoever sends finds a post by its id and does not post it again; that is judged elsewhere.
    """
    sql = "SELECT * FROM outbox WHERE state = 'queued' AND leaves_at <= :now ORDER BY position"
    rows = [outbox.row_of(row) for row in life.rows(sql, now=to_text(life.now))]
    if not rows:
        return
    kept_back = {row.id: why for row in rows if (why := _kept_back(life, row)) is not None}
    for row in _as_they_leave(life, rows):
        if row.id not in kept_back and row.id not in life.posted:
            life.posted[row.id] = Posted(row=row, at=life.now)
            for human in life.everybody:
                life.on_post(human, life.posted[row.id])
    with life.store.writing(None) as db:
        for row in rows:
            if row.id in kept_back:
                outbox.close(db, row, "dropped", kept_back[row.id], now=life.now)
            else:
                _settle(db, row, life.now)


def _as_they_leave(life: Life, rows: list[Row]) -> list[Row]:
    with life.store.writing(None) as db:
        for row in rows:
            call_nobody_at_rest(db, row, life.now)
    known = [outbox.by_key(life.store.reading(), row.team_id, row.key) for row in rows]
    return [row for row in known if row is not None]


def _kept_back(life: Life, row: Row) -> str | None:
    """Why it may not leave; what was posted before the bot died has left."""
    if row.id in life.posted:
        return None
    if row.is_too_late(life.now):
        return "too_late"
    return may_leave(life.store.reading(), row, life.now)


def _settle(db: Database, row: Row, now: datetime) -> None:
    db.execute(
        "UPDATE outbox SET state = 'sent', channel = place, ts = id, settled_at = :now"
        " WHERE id = :id",
        {"id": row.id, "now": to_text(now)},
    )
