"""What time will do next, read from the wakes and from what waits to leave; it does nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from data import (
    Database,
    cadences,
    changes,
    deliverables,
    outbox,
    partnerships,
    people,
    wakes,
    workspaces,
)
from data.wakes import Wake
from domain.checkins import START_BEFORE, CheckIn, agenda_at, reminders
from domain.outgoing import Row, person_of
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.pulse import opens_at
from domain.upcoming import Code, Coming
from domain.written import closing, is_written, opening
from services import (
    advisors,
    change_posts,
    checkin_planning,
    daily,
    daily_wakes,
    housekeeping,
    installers,
    overdue_lines,
    pauses,
    pulse_posts,
    pulse_results,
    recovery,
    roster,
    series,
    signed,
    sponsor_notices,
    succession_wakes,
    summary,
    summary_wakes,
)
from services.checkin_facts import check_in_of
from services.deps import Deps
from views.upcoming import Line, lines

__all__ = ["Line", "upcoming"]

FAR: Final = timedelta(days=400)
MOST_READ: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A wake with the partnership that it belongs to, if any."""

    db: Database
    wake: Wake
    partnership: Partnership | None
    now: datetime

    def coming(self, code: Code, name: str = "", at: datetime | None = None) -> Coming:
        where = None if self.partnership is None else self.partnership.channel
        return Coming(at=at or self.wake.due_at, code=code, name=name, where=where)


def upcoming(deps: Deps, limit: int, now: datetime) -> list[Line]:
    """What people will see next, the soonest first; what they will not see is left out."""
    db = deps.store.reading()
    found = [*_planned(db, now), *_leaving(db, now)]
    return lines(found)[:limit]


def _planned(db: Database, now: datetime) -> Iterator[Coming]:
    known: dict[str, Partnership | None] = {}
    for wake in wakes.due(db, now + FAR, MOST_READ):
        told = TOLD.get(wake.kind)
        if told is None:
            continue
        partnership_id = wake.partnership_id
        if partnership_id is not None and partnership_id not in known:
            known[partnership_id] = partnerships.get(db, wake.team_id, partnership_id)
        partnership = None if partnership_id is None else known[partnership_id]
        yield from told(_Due(db=db, wake=wake, partnership=partnership, now=now))


def _leaving(db: Database, now: datetime) -> Iterator[Coming]:
    """Posts that wait for their moment: put off, or to be tried again."""
    for workspace in workspaces.every(db):
        for row in outbox.upcoming(db, workspace.team_id, MOST_READ):
            if row.kind == "post" and row.leaves_at > now:
                yield _message(db, row)


def _message(db: Database, row: Row) -> Coming:
    person_id = person_of(row.place)
    name = "everybody in the channel"
    if person_id is not None:
        name = _name(db, row.team_id, person_id)
    where = None if person_id is not None else row.place
    return Coming(at=row.leaves_at, code="message", name=name, where=where)


def _name(db: Database, team_id: str, person_id: str) -> str:
    person = people.get(db, team_id, person_id)
    return person.name if person is not None and person.name else "somebody"


def _always(code: Code) -> "_Told":
    return lambda due: iter([due.coming(code)])


def _check_in(due: _Due) -> Iterator[Coming]:
    """All that is still to come of the turn, not only its next moment."""
    turn = cadences.occurrence(due.db, due.wake.team_id, due.wake.subject_id)
    check_in = None if turn is None else check_in_of(due.db, turn)
    if check_in is None or not check_in.turn.is_open:
        return
    is_meeting = not is_written(check_in.cadence.plan)
    for code, at in _moments(check_in) if is_meeting else _written(due, check_in):
        if at >= due.wake.due_at:
            yield due.coming(code, check_in.title, at)


def _moments(check_in: CheckIn) -> Iterator[tuple[Code, datetime]]:
    partnership, turn = check_in.partnership, check_in.turn
    yield "checkin_agenda", agenda_at(partnership, turn)
    for told in reminders(partnership, check_in.cadence.plan, turn):
        yield "checkin_reminder", told.at
    yield "checkin_starts", turn.starts_at - START_BEFORE
    yield "checkin_ends", turn.ends_at


def _written(due: _Due, check_in: CheckIn) -> Iterator[tuple[Code, datetime]]:
    opens_at = opening(check_in.partnership, check_in.turn.starts_at)
    if due.wake.due_at <= opens_at:
        yield "written_opens", opens_at
        yield "written_closes", closing(check_in.partnership, opens_at)
    else:
        yield "written_closes", due.wake.due_at


def _question(due: _Due) -> Iterator[Coming]:
    turn = cadences.occurrence(due.db, due.wake.team_id, due.wake.subject_id)
    check_in = None if turn is None else check_in_of(due.db, turn)
    if check_in is not None:
        yield due.coming("checkin_asked", check_in.title)


def _pulse(due: _Due) -> Iterator[Coming]:
    if due.partnership is not None:
        yield due.coming("pulse_opens", at=opens_at(due.partnership, due.wake.due_at))


def _deliverable(due: _Due) -> Iterator[Coming]:
    one = deliverables.get(due.db, due.wake.team_id, due.wake.subject_id)
    if one is None or not one.is_open:
        return
    code: Code = "deliverable_due" if due.wake.due_at <= one.due_at else "deliverable_told"
    yield due.coming(code, one.title)


def _sponsors(due: _Due) -> Iterator[Coming]:
    one = deliverables.get(due.db, due.wake.team_id, due.wake.subject_id)
    if one is not None and one.is_late(due.now):
        yield due.coming("sponsors_told", one.title)


def _daily(due: _Due) -> Iterator[Coming]:
    yield due.coming("daily", _name(due.db, due.wake.team_id, due.wake.subject_id))


def _change(due: _Due) -> Iterator[Coming]:
    change = changes.get(due.db, due.wake.team_id, due.wake.subject_id)
    if change is not None:
        yield due.coming("change_asked" if change.state == "proposed" else "change_settles")


def _advisor(due: _Due) -> Iterator[Coming]:
    yield due.coming("advisor_asked")


def _preview(due: _Due) -> Iterator[Coming]:
    named = due.wake.subject_id.rpartition("/")[2]
    for side in SIDES:
        if side == named and due.partnership is not None:
            yield due.coming("preview", due.partnership.side(side).name)


_Told = Callable[[_Due], Iterator[Coming]]

# These see to things of which nobody reads, or change what stands already.
UNSEEN: Final = frozenset(
    {
        "boards",
        "channels",
        daily_wakes.REDRAW,
        housekeeping.KIND,
        installers.KIND,
        recovery.KIND,
        roster.KIND,
        series.KIND,
        succession_wakes.KIND,
        summary_wakes.LIVE,
    }
)
TOLD: Final[Mapping[str, _Told]] = {
    "checkin": _check_in,
    checkin_planning.QUESTION: _question,
    overdue_lines.WAKE: _deliverable,
    daily.WAKE: _daily,
    "pulse": _pulse,
    pulse_posts.CLOSING: _always("pulse_closes"),
    pulse_results.TELLING: _always("pulse_told"),
    signed.KIND: _always("signed_closes"),
    advisors.KIND: _advisor,
    change_posts.KIND: _change,
    pauses.KIND: _always("pause_ends"),
    sponsor_notices.KIND: _sponsors,
    summary.PREVIEW: _preview,
    summary.KIND: _always("summary"),
    "week": _always("week"),
}
