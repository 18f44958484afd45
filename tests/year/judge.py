"""What has to be true of what was posted and of every date; the steps are judged in ``steps``."""

from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from tests.domain.slow_time import worked
from tests.year.clocks import NIGHT_SHIFT, OFFICE, SlowClock
from tests.year.record import COUNTRY, MINUTE, Human, Posted, Record

COVERAGE: Final = {"client": OFFICE, "vendor": NIGHT_SHIFT}

Absences = list[tuple[datetime, datetime, str | None]]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def watch(record: Record) -> list[str]:
    """Judge what is posted while it happens; returns where the faults will stand."""
    faults: list[str] = []

    def judge(human: Human, posted: Posted) -> None:
        if calls(human, posted):
            where = f"{posted.row.key} to {human.slack_id} at {posted.at}"
            reasons = _rests(record, human, posted.at)
            faults.extend(f"written to, though {why}: {where}" for why in reasons)

    record.on_post = judge
    return faults


def calls(human: Human, posted: Posted) -> bool:
    """Whether a post reaches a person: directly, or by their name in it."""
    row = posted.row
    if row.kind != "post":
        return False
    if row.place.startswith("person:"):
        return row.place == f"person:{human.id}"
    return f"<@{human.slack_id}>" in str(row.payload)


def _rests(record: Record, human: Human, at: datetime) -> list[str]:
    """Why somebody is to be left alone, as things stand."""
    why = []
    if human.clock.shift_at(at) is None:
        why.append("not at work")
    if is_away(record, human.id, at):
        why.append("away")
    row = record.rows("SELECT quiet_until FROM people WHERE id = :id", id=human.id)[0]
    if row["quiet_until"] is not None and moment(row["quiet_until"]) > at:
        why.append("they said stop")
    return why


def absences(record: Record, person_id: str, known_before: datetime | None = None) -> Absences:
    """When somebody is away and who stands in, as was known before a moment, or is known now."""
    known = [rows for at, rows in record.absences if known_before is None or at < known_before]
    rows = [row for row in known[-1] if row["person_id"] == person_id] if known else []
    return [(moment(row["from_at"]), moment(row["until_at"]), row["stand_in"]) for row in rows]


def is_away(
    record: Record, person_id: str, at: datetime, known_before: datetime | None = None
) -> bool:
    every = absences(record, person_id, known_before)
    return any(start <= at < end for start, end, _ in every)


def twice_a_day(record: Record) -> list[str]:
    """Nobody is written to twice in one working day."""
    faults, seen = [], set()
    for posted in record.posted.values():
        if not posted.row.key.startswith("daily/") or posted.row.kind != "post":
            continue
        human = record.human(posted.row.key.split("/")[1])
        shift = human.clock.shift_at(posted.at)
        day = None if shift is None else shift.day
        if (human.id, day) in seen:
            faults.append(f"twice in a day: {posted.row.key} at {posted.at}")
        seen.add((human.id, day))
    return faults


def unexplained_dates(record: Record) -> list[str]:
    """Each date follows from the one before, with who, when and why, to the one that it has."""
    sql = "SELECT subject_id, at FROM journal WHERE subject_kind = 'commitment'"
    noted = {(row["subject_id"], row["at"]) for row in record.rows(sql)}
    faults = []
    for thing, history in record.seen.items():
        dates = _dates(record, thing)
        if not _is_whole(dates, history[-1][1]["due_at"]):
            faults.append(f"the dates do not follow from each other: {thing} {dates}")
        if not {stands["due_at"] for _, stands in history} <= {row["due_at"] for row in dates}:
            faults.append(f"a date in silence: {thing}")
        faults += [
            f"nobody knows why: {thing} {row}"
            for row in dates
            if (thing, row["changed_at"]) not in noted or not _is_explained(row)
        ]
    return faults


def _dates(record: Record, thing: str) -> list[dict[str, Any]]:
    sql = "SELECT * FROM commitment_dates WHERE commitment_id = :id ORDER BY position"
    return record.rows(sql, id=thing)


def _is_whole(dates: list[dict[str, Any]], last: str) -> bool:
    follows = all(old["due_at"] == new["old_due_at"] for old, new in pairwise(dates))
    return follows and dates[0]["old_due_at"] is None and dates[-1]["due_at"] == last


def _is_explained(row: dict[str, Any]) -> bool:
    """Whether a date has somebody, and a reason or an input, besides the first one."""
    if row["cause"] == "input" and row["cause_id"] is None:
        return False
    is_first = row["position"] == 1
    why = is_first or row["cause"] is not None or row["reason"] is not None
    return bool(row["changed_by"]) and why


def wrong_clocks(record: Record) -> list[str]:
    """What a late input cost is what a count minute by minute says, and moved the date by that."""
    faults = []
    for thing, history in record.seen.items():
        last = history[-1][1]
        clock = SlowClock(pattern=COVERAGE[last["side"]], country=COUNTRY[last["side"]])
        caused = [row for row in _dates(record, thing) if row["cause"] is not None]
        for row in caused:
            stretch = (moment(row["old_due_at"]), moment(row["due_at"]))
            if slow_minutes(clock, [stretch]) != row["cause_minutes"]:
                faults.append(f"moved by another time: {thing} {row}")
        # What nobody owes any more has no date to be moved.
        if last["waits"] or last["state"] in {"withdrawn", "declined"}:
            continue
        moved = sum(row["cause_minutes"] for row in caused if row["cause"] == "input")
        lost = slow_minutes(clock, _late_stretches(record, thing))
        if moved != lost:
            faults.append(f"the clock: {thing} moved {moved}, lost {lost}: {last}")
    return faults


def _late_stretches(record: Record, thing: str) -> list[tuple[datetime, datetime]]:
    sql = "SELECT * FROM commitment_waits WHERE commitment_id = :id AND due_at IS NOT NULL"
    every = [
        (max(moment(row["due_at"]), moment(row["since_at"])), moment(row["until_at"]))
        for row in record.rows(sql, id=thing)
    ]
    return [(start, end) for start, end in every if start < end]


def slow_minutes(clock: SlowClock, stretches: list[tuple[datetime, datetime]]) -> int:
    """The working minutes in any of some stretches, each counted once."""
    if not stretches:
        return 0
    first = min(start for start, _ in stretches)
    length = (max(end for _, end in stretches) - first) // MINUTE
    return sum(
        is_worked and any(start <= first + n * MINUTE < end for start, end in stretches)
        for n, is_worked in enumerate(worked(clock.minutes(), first, length))
    )
