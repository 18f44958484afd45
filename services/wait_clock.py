"""The clock of what waits: it stands still while something of the other side is late.

Runs inside a transaction of whoever changed something. When what was waited for is there, the
dates move by the working time that was lost; nobody chose them, so each change names its cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from data import Database, deliverable_dates, deliverables, journal, waits, wakes
from data.deliverable_dates import Caused, Mover
from data.moments import from_text, to_text
from domain.calendars import add_working
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Side
from domain.values import value
from domain.waits import EndedWhy, Wait, circle, lost_minutes, moved_on, stopped_since, stops_at
from services import deliverable_posts as posts
from services import overdue_lines
from services.overdue_lines import WAKE
from services.wait_lines import open_of
from views import waits as views


@value
class Cause:
    """Who did what changes the clock of others, and when.

    Attributes:
        input_id: Of what is waited for; None: nothing that is written down.
        side: On whose behalf; None: of neither side.
    """

    by: str
    side: Side | None
    at: datetime
    input_id: str | None = None


def look(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> Commitment:
    """Stop the clock or let it run, as it has to be now; wakes us when that changes.

    Returns:
        It as it stands now.
    """
    waiting = open_of(db, one) if one.is_open else []
    since = stopped_since(waiting, now)
    coming = stops_at(waiting, now)
    if coming is not None:
        wakes.wake_by(db, one.team_id, WAKE, one.id, partnership.id, coming)
    if since == one.stopped_at:
        return one
    after = replace(one, stopped_at=since)
    deliverables.save(db, after)
    if since is not None and one.stopped_at is None:
        late = next(wait for wait in waiting if wait.late_from == since)
        _note(db, one, "deliverable_clock_stopped", {"input": late.on_id}, now)
    return after


def end(
    db: Database,
    partnership: Partnership,
    ended: Sequence[Wait],
    why: EndedWhy,
    cause: Cause,
) -> None:
    """Some waits are over: each deliverable that waited gets back the working time it lost."""
    for wait in ended:
        waits.end(db, partnership.team_id, wait.id, why, cause.at)
    for one in _waiting(db, partnership, ended):
        moved = _give_back(db, partnership, one, cause)
        after = look(db, partnership, moved, cause.at)
        _tell_moved(db, partnership, after, cause)
        _show(db, partnership, one, after, cause.at)


def came(db: Database, partnership: Partnership, one: Commitment, cause: Cause) -> None:
    """Something was delivered: what waits for it goes on."""
    end(db, partnership, waits.on(db, one.team_id, one.id), "came", _of(cause, one))


def gone(db: Database, partnership: Partnership, one: Commitment, cause: Cause) -> None:
    """Something will not come: what waits for it does so no more, and the thread says why."""
    waiting = waits.on(db, one.team_id, one.id)
    end(db, partnership, waiting, "gone", _of(cause, one))
    for each in _waiting(db, partnership, waiting):
        drawn = views.gone_line(partnership, each, one)
        posts.tell_line(db, partnership, each, ("gone", drawn), cause.at)


def came_back(
    db: Database, partnership: Partnership, one: Commitment, delivered_at: datetime, cause: Cause
) -> None:
    """It was not delivered after all: what waited for it waits on, with the dates it had.

    Args:
        delivered_at: When it was.
    """
    every = waits.ended_at(db, one.team_id, one.id, delivered_at)
    ended = [wait for wait in every if not _in_circle(db, partnership, wait, one)]
    for wait in ended:
        waits.reopen(db, one.team_id, wait.id)
    for each in _waiting(db, partnership, ended):
        before = _take_back(db, each, delivered_at, _of(cause, one))
        after = look(db, partnership, before, cause.at)
        if after.due_at != each.due_at:
            told = ("waited", delivered_at, views.moved_back_line(partnership, after))
            posts.untell_line(db, partnership, after, told, cause.at)
        _show(db, partnership, each, after, cause.at)


def wanted_again(
    db: Database, partnership: Partnership, one: Commitment, cause: tuple[datetime, Cause]
) -> None:
    """It was sent back: what waited for it waits for it once more, for its new date.

    Args:
        cause: When it was delivered, and who sent it back.
    """
    delivered_at, sent = cause
    for wait in waits.ended_at(db, one.team_id, one.id, delivered_at):
        again = replace(
            wait,
            id=f"{wait.id}-{int(sent.at.timestamp())}",
            since_at=sent.at,
            due_at=one.due_at if wait.due_at is not None else None,
            until_at=None,
            ended_why=None,
        )
        waits.insert(db, one.team_id, again)
        for each in _waiting(db, partnership, [again]):
            after = look(db, partnership, each, sent.at)
            _show(db, partnership, each, after, sent.at)


def promised(db: Database, partnership: Partnership, one: Commitment, now: datetime) -> None:
    """Something that is waited for was accepted: from now on its date counts for what waits."""
    for wait in waits.on(db, one.team_id, one.id):
        for each in _waiting(db, partnership, [wait]):
            if each.side != one.side and wait.due_at is None:
                waits.set_due(db, one.team_id, wait.id, one.due_at)
            posts.redraw(db, partnership, look(db, partnership, each, now), now)


def pushed_on(
    db: Database, partnership: Partnership, one: Commitment, minutes: int, now: datetime
) -> None:
    """Something that is waited for is later, and not by its owner's choice: nobody is late."""
    coverage = partnership.side(one.side).calendar
    for wait in waits.on(db, one.team_id, one.id):
        due_at = wait.due_at and add_working(coverage, wait.due_at, timedelta(minutes=minutes))
        if due_at:
            waits.set_due(db, one.team_id, wait.id, due_at)
        for each in _waiting(db, partnership, [wait]):
            posts.redraw(db, partnership, look(db, partnership, each, now), now)


def settled(db: Database, partnership: Partnership, one: Commitment, cause: Cause) -> Commitment:
    """It is about to be delivered: it waits no more, and has its lost time back.

    Returns:
        It as it stands now, still open.
    """
    waiting = open_of(db, one)
    if not waiting:
        return one
    for wait in waiting:
        waits.end(db, one.team_id, wait.id, "over", cause.at)
    late = (wait.on_id for wait in waiting if wait.late_stretch(cause.at) is not None)
    moved = _give_back(db, partnership, one, replace(cause, input_id=next(late, None)))
    return replace(moved, stopped_at=None)


def unsettled(db: Database, one: Commitment, delivered_at: datetime, cause: Cause) -> Commitment:
    """It was not delivered after all: it waits as before.

    Args:
        one: As it is open again.

    Returns:
        It as it stands now.
    """
    every = waits.of_commitment(db, one.team_id, one.id)
    ended = [wait for wait in every if wait.until_at == delivered_at]
    for wait in ended:
        found = wait.on_id and deliverables.get(db, one.team_id, wait.on_id)
        if not found or found.is_open:
            waits.reopen(db, one.team_id, wait.id)
    for input_id in dict.fromkeys(wait.on_id for wait in ended):
        one = _take_back(db, one, delivered_at, replace(cause, input_id=input_id))
    return one


def dropped(db: Database, one: Commitment, now: datetime) -> None:
    """Nobody owes it any more, so it waits for nothing."""
    for wait in open_of(db, one):
        waits.end(db, one.team_id, wait.id, "over", now)


def restored(
    db: Database,
    partnership: Partnership,
    changed: tuple[Commitment, Commitment],
    cause: Cause,
) -> None:
    """What closed it was taken back: it waits as before, and so does what waited for it.

    Args:
        changed: As it was closed, and as it is open again.
    """
    before, after = changed
    if before.closed_at is None:
        return
    again = unsettled(db, after, before.closed_at, cause)
    again = look(db, partnership, again, cause.at)
    came_back(db, partnership, again, before.closed_at, cause)
    _show(db, partnership, after, again, cause.at)


def _give_back(db: Database, partnership: Partnership, one: Commitment, cause: Cause) -> Commitment:
    """Move its dates by the working time it lost and did not get back so far."""
    if not one.is_open:
        return one
    every = waits.of_commitment(db, one.team_id, one.id)
    over = [w for w in every if w.until_at is not None]
    stretches = [s for s in (w.late_stretch(cause.at) for w in over) if s is not None]
    coverage = partnership.side(one.side).calendar
    given = sum(c.minutes for c in deliverable_dates.history(db, one) if c.cause == "input")
    minutes = lost_minutes(coverage, stretches) - given
    after = moved_on(one, coverage, minutes) if minutes > 0 else one
    if after.due_at == one.due_at:
        return one
    caused = Caused(cause="input", minutes=minutes, input_id=cause.input_id)
    by = Mover(person_id=cause.by, side=cause.side, caused=caused)
    deliverable_dates.add(db, after, one.due_at, by, cause.at)
    deliverables.save(db, after)
    details = {"input": cause.input_id, "first_due_at": to_text(one.first_due_at)}
    _note(db, one, "deliverable_date_shifted", details, cause.at)
    pushed_on(db, partnership, after, minutes, cause.at)
    return after


def _take_back(db: Database, one: Commitment, moved_at: datetime, cause: Cause) -> Commitment:
    """Undo the move that an input brought about at a moment, if nothing moved it since."""
    last = deliverable_dates.history(db, one)[-1]
    if (last.cause, last.cause_id, last.changed_at) != ("input", cause.input_id, moved_at):
        return one
    entries = journal.entries(db, one.team_id, "commitment", one.id)
    told = [e for e in entries if e.verb == "deliverable_date_shifted" and e.at == moved_at]
    if last.old_due_at is None or not told or not one.is_open:
        return one
    deliverable_dates.take_back(db, one)
    first_due_at = from_text(told[-1].details["first_due_at"])
    after = replace(one, due_at=last.old_due_at, first_due_at=first_due_at)
    deliverables.save(db, after)
    _note(db, one, "deliverable_date_unshifted", {"input": cause.input_id}, cause.at)
    return after


def _note(
    db: Database, one: Commitment, verb: str, details: Mapping[str, Any], now: datetime
) -> None:
    """Nobody did it: it follows from what somebody did."""
    journal.record(
        db,
        one.team_id,
        one.partnership_id,
        verb,
        "commitment",
        one.id,
        by=None,
        side=None,
        now=now,
        details=details,
    )


def _show(
    db: Database, partnership: Partnership, before: Commitment, after: Commitment, now: datetime
) -> None:
    """Bring its card to where it stands."""
    if not after.is_open:
        return
    overdue_lines.take_back(db, before, after, now)
    wakes.wake_by(db, after.team_id, WAKE, after.id, partnership.id, max(after.due_at, now))
    posts.show(db, partnership, after, now)


def _tell_moved(db: Database, partnership: Partnership, after: Commitment, cause: Cause) -> None:
    """Tell the thread of a date that has just moved."""
    last = deliverable_dates.history(db, after)[-1]
    if last.cause != "input" or last.changed_at != cause.at:
        return
    found = deliverables.get(db, after.team_id, last.cause_id) if last.cause_id else None
    about = found if found is not None and found.is_public else None
    drawn = views.moved_line(partnership, after, last.minutes, about)
    posts.tell_line(db, partnership, after, ("waited", drawn), cause.at)


def _waiting(db: Database, partnership: Partnership, every: Iterable[Wait]) -> list[Commitment]:
    """What waits, each once, as it stands now."""
    ids = dict.fromkeys(wait.commitment_id for wait in every)
    found = deliverables.every(db, partnership.team_id, ids)
    return [found[one] for one in ids if one in found]


def _in_circle(db: Database, partnership: Partnership, wait: Wait, on: Commitment) -> bool:
    """Whether what would wait is waited for by now, so that both would wait for ever."""
    edges = waits.edges(waits.open_in(db, partnership))
    return circle(edges, wait.commitment_id, on.id) is not None


def _of(cause: Cause, one: Commitment) -> Cause:
    return replace(cause, input_id=one.id)
