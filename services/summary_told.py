"""What a told week keeps saying: its figures, what came next, and what was settled since."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from data import Database, cadences, deliverables, told_weeks
from data.told_weeks import AsTold, Next
from domain.boards import NextCheckIn
from domain.deliverables import Commitment
from domain.findings import OF_CHECK_INS, OF_COMMITMENTS, Finding, Kind, known_by, thing_of
from domain.partnerships import Partnership
from domain.summaries import Settled, Summary

_MINUTE = timedelta(minutes=1)


def keep(db: Database, told: Summary) -> None:
    """Keep what must not drift once people have read it."""
    turns = _next_turn(db, told.partnership, told.next_check_in)
    owed = [Next(kind="deliverable", subject_id=c.id, at=c.due_at) for c in told.next_due]
    said = AsTold(kept=told.kept, promised=told.promised, coming=(*turns, *owed))
    told_weeks.keep(db, told.partnership, told.week_on, said)


def as_told(db: Database, now_so: Summary) -> Summary:
    """The summary with its figures and *Next* as they were told; the rest as it is now."""
    partnership = now_so.partnership
    said = told_weeks.as_told(db, partnership, now_so.week_on)
    if said is None:
        return now_so
    turns = [one for one in said.coming if one.kind == "checkin"]
    owed = [one for one in said.coming if one.kind == "deliverable"]
    return replace(
        now_so,
        kept=said.kept,
        promised=said.promised,
        next_check_in=_check_in(db, partnership, turns[0]) if turns else None,
        next_due=tuple(_owed(db, partnership, owed)),
    )


def still_open(kept: Iterable[str], now_open: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is open of all that was open when the week was told, as it is open now."""
    things = {thing_of(key) for key in kept}
    return tuple(one for one in now_open if thing_of(one.key) in things)


def settled(
    db: Database, partnership: Partnership, kept: Iterable[str], now_open: Iterable[Finding]
) -> tuple[Settled, ...]:
    """What was open when the week was told, and of which nothing is open any more."""
    still = {thing_of(one.key) for one in now_open}
    found = []
    for key in sorted(kept):
        known = known_by(key)
        if known is not None and thing_of(key) not in still:
            kind, turn, subject_id = known
            owed = _commitment(db, partnership, kind, subject_id)
            title = _title(db, partnership, kind, subject_id)
            found.append(Settled(kind=kind, turn=turn, title=title, owed=owed))
    return tuple(found)


def _next_turn(db: Database, partnership: Partnership, coming: NextCheckIn | None) -> list[Next]:
    turn = coming and cadences.occurrence(db, partnership.team_id, coming.turn_id)
    if not coming or not turn:
        return []
    # Not the turn: when its rhythm changes it may be gone, and the title with it.
    return [Next(kind="checkin", subject_id=turn.cadence_id, at=coming.starts_at)]


def _check_in(db: Database, partnership: Partnership, said: Next) -> NextCheckIn | None:
    cadence = cadences.get(db, partnership.team_id, said.subject_id)
    if cadence is None:
        return None
    minutes = int(cadence.plan.length / _MINUTE)
    return NextCheckIn(turn_id="", title=cadence.title, starts_at=said.at, minutes=minutes)


def _owed(db: Database, partnership: Partnership, said: Iterable[Next]) -> Iterator[Commitment]:
    for one in said:
        found = deliverables.get(db, partnership.team_id, one.subject_id)
        if found is not None:
            yield replace(found, due_at=one.at)


def _commitment(
    db: Database, partnership: Partnership, kind: Kind, subject_id: str
) -> Commitment | None:
    if kind not in OF_COMMITMENTS:
        return None
    return deliverables.get(db, partnership.team_id, subject_id)


def _title(db: Database, partnership: Partnership, kind: Kind, subject_id: str) -> str | None:
    if kind not in OF_CHECK_INS:
        return None
    turn = cadences.occurrence(db, partnership.team_id, subject_id)
    cadence = turn and cadences.get(db, partnership.team_id, turn.cadence_id)
    return cadence.title if cadence else None
