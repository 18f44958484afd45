"""What has to be true of the steps: told in a shift, once, so many in all, and none is lost."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from data.outbox import Row
from tests.year.clocks import Shift
from tests.year.judge import Absences, absences, calls, is_away, moment
from tests.year.record import MINUTE, Human, Posted, Record

# The standard ladder: a reminder on the day and each working day after it, six in all, and from
# the fourth that is late the own lead knows.
MOST_REMINDERS: Final = 6
LATE_BEFORE_LEAD: Final = 4
# What is asked before somebody takes it on, and what they asked to hear again: no reminders.
_ASK, _AGAIN = "ask", "again"
_LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step that was told, and the post in which it was."""

    thing: str
    due_at: datetime
    kind: str
    told_on: str
    told_at: datetime
    posted: Posted

    @property
    def is_reminder(self) -> bool:
        """Also what a stand-in is asked: nobody is to hear of one thing without end."""
        return self.kind not in {_ASK, _AGAIN}

    def __str__(self) -> str:
        return f"{self.kind} of {self.thing} due {self.due_at} on {self.told_on} {self.told_at}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workday:
    """A shift of somebody to which nothing happened that they or the bot did, up to the next."""

    human: Human
    shift: Shift
    following: Shift

    @property
    def starts_at(self) -> datetime:
        return self.shift.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.following.starts_at


def told_steps(record: Record) -> list[Told]:
    """The steps that reached Slack; what stood in a message that never left was not told."""
    by_key = {posted.row.key: posted for posted in record.posted.values()}
    return [
        Told(
            thing=row["commitment_id"],
            due_at=moment(row["due_at"]),
            kind=row["step"].split("-")[0],
            told_on=row["told_on"],
            told_at=moment(row["told_at"]),
            posted=by_key[row["outbox_key"]],
        )
        for row in record.rows("SELECT * FROM ladder_steps")
        if row["outbox_key"] in by_key
    ]


def wrong_steps(record: Record, steps: list[Told]) -> list[str]:
    """A step was really told, on the day that it names, of a thing that was still owed."""
    faults = []
    for one in steps:
        human = record.human(one.posted.row.key.split("/")[1])
        shift = human.clock.shift_at(one.posted.at)
        if shift is None or shift.day.isoformat() != one.told_on:
            faults.append(f"a step on another day: {one}")
        if not _is_owed(record, one):
            faults.append(f"a step of what is not owed: {one}")
        drawn = _drawings(record, human, one)
        if not any(record.title(one.thing) in str(row.payload) for row in drawn):
            faults.append(f"a step that nobody read: {one}")
        if _is_early(record, human, one):
            faults.append(f"a step before its day: {one}")
    return faults


def _is_owed(record: Record, one: Told) -> bool:
    """Whether it stood so when it was told; also if that changed at the same moment."""
    history = record.seen[one.thing]
    until = [*(at for at, _ in history[1:]), max(record.now, record.end)]
    states = {_ASK: {"proposed"}, _AGAIN: {"proposed", "accepted"}}.get(one.kind, {"accepted"})
    return any(
        since <= one.told_at <= end
        and stands["state"] in states
        and moment(stands["due_at"]) == one.due_at
        for (since, stands), end in zip(history, until, strict=True)
    )


def _is_early(record: Record, human: Human, one: Told) -> bool:
    """Whether it was told as late before it was, or as due with a shift of theirs still to come."""
    if not one.is_reminder:
        return False
    if one.kind == _LATE:
        return one.told_at < one.due_at
    # What becomes known of leave at the same moment may be known, or not yet.
    known = [absences(record, human.id, at) for at in (one.told_at, one.told_at + MINUTE)]
    return all(_next_there(human, one.told_at, away) <= one.due_at for away in known)


def _next_there(human: Human, after: datetime, away: Absences) -> datetime:
    """When somebody next begins to work."""
    later = (shift for shift in human.clock.shifts() if shift.starts_at > after)
    stretches = (stretch for shift in later for stretch in shift.stretches)
    for begins, ends in stretches:
        at = begins
        for since, until, _ in sorted(away, key=lambda one: one[0]):
            at = until if since <= at < until else at
        if at < ends:
            return at
    raise AssertionError(human)


def _drawings(record: Record, human: Human, one: Told) -> list[Row]:
    """The post of a step as it was put, and as it was changed in place during that shift."""
    key, shift = one.posted.row.key, human.clock.shift_at(one.posted.at)
    rows = [
        posted.row
        for posted in record.posted.values()
        if shift is not None and shift.starts_at <= posted.at < shift.ends_at
    ]
    return [row for row in rows if key in {row.key, row.target}]


def too_many(steps: list[Told]) -> list[str]:
    """So many reminders for a date, and so many questions whether somebody takes it on."""
    counted = [one for one in steps if one.kind != _AGAIN]
    counts = Counter((one.thing, one.due_at, one.is_reminder) for one in counted)
    return [f"too many: {key} {n}" for key, n in counts.items() if n > MOST_REMINDERS]


def early_leads(record: Record, steps: list[Told]) -> list[str]:
    """Nobody away is escalated, and nobody before they were asked often enough."""
    faults = []
    for row in record.rows("SELECT * FROM ladder_raised WHERE rung = 'own_lead'"):
        at, due_at, thing = moment(row["raised_at"]), moment(row["due_at"]), row["commitment_id"]
        late = [
            one
            for one in steps
            if one.thing == thing and one.due_at == due_at and one.kind == _LATE
        ]
        read = _lead_reads(record, thing, at)
        if read is not None and len([one for one in late if one.told_at <= read.at]) < (
            LATE_BEFORE_LEAD - _is_lost(record, read)
        ):
            faults.append(f"the lead knows early: {thing} at {read.at}")
        stands = _stood(record, thing, at)
        if stands is not None and is_away(record, stands["owner_id"], at, at):
            faults.append(f"escalated while away: {thing} at {at}")
    return faults


def _lead_reads(record: Record, thing: str, since: datetime) -> Posted | None:
    """The first message in which it stands for a lead of the side that owes it."""
    said = f"raised-{thing}"
    told = (one for one in record.posted.values() if one.at >= since)
    return next((one for one in told if said in str(one.row.payload)), None)


def _is_lost(record: Record, read: Posted) -> bool:
    """Whether both were put at one moment, and the owner had left when the bot was back."""
    return any(begin <= read.at <= until + MINUTE for begin, until in record.down)


def missed_or_doubled(record: Record, steps: list[Told]) -> tuple[list[str], int]:
    """On a day on which nothing happened to it a thing is asked about once, or rightly not.

    Returns:
        The faults, and how often it had to be asked.
    """
    faults, asked = [], 0
    for human in record.humans:
        for day in _workdays(record, human):
            for thing in record.seen:
                expected, found = _asked(record, day, thing, steps)
                asked += expected == {1}
                if found not in expected:
                    where = f"{thing} of {human.slack_id} on {day.shift.day}"
                    faults.append(f"asked {found}, not {expected} times: {where}")
    return faults, asked


def _workdays(record: Record, human: Human) -> list[Workday]:
    shifts = [one for one in human.clock.shifts() if record.start < one.starts_at < record.end]
    every = (
        Workday(human=human, shift=shift, following=next_one)
        for shift, next_one in pairwise(shifts)
    )
    return [day for day in every if _is_undisturbed(record, day)]


def _is_undisturbed(record: Record, day: Workday) -> bool:
    """They were there and changed nothing of whether they are written to; so was the bot."""
    start, end = day.starts_at, day.ends_at
    if _changed_who_is_asked(record, day.human.id, start, end):
        return False
    if any(begin <= day.shift.ends_at and until >= start for begin, until in record.down):
        return False
    return not any(
        begin < day.following.ends_at and until > start - timedelta(hours=1)
        for begin, until, _ in absences(record, day.human.id)
    )


def _changed_who_is_asked(record: Record, person_id: str, start: datetime, end: datetime) -> bool:
    """Whether they pressed something of that kind, or want to hear nothing at all."""
    if any(start - MINUTE <= at <= end for at in record.touched.get(person_id, [])):
        return True
    until = [quiet for at, quiet in record.quiet[person_id] if at <= start][-1:]
    return until != [None] and (not until or moment(until[0] or "") > start)


def _asked(record: Record, day: Workday, thing: str, steps: list[Told]) -> tuple[set[int], int]:
    """How often somebody may be asked about a thing on a day, and how often they were."""
    start, end = day.starts_at, day.ends_at
    stands = _stood(record, thing, start - MINUTE)
    if stands is None or any(start - MINUTE < at <= end for at, _ in record.seen[thing]):
        return {0}, 0
    due_at = moment(stands["due_at"])
    mine = [one for one in steps if one.thing == thing and one.due_at == due_at]
    found = len([one for one in mine if start <= one.told_at < end])
    if stands["owner_id"] == day.human.id:
        used = [one for one in mine if one.told_at < start]
        return _times(stands, day, used), found
    if due_at < start and _stands_in(record, day, stands["owner_id"]) and _is_urged(stands, day):
        # Once its owner heard of it as often as agreed nobody is reminded of it any more.
        # Where no more is due it may stand in a message that comes for something else.
        used = [one for one in mine if one.is_reminder and one.told_at < start]
        is_over = len(used) >= MOST_REMINDERS or _was_told_on(day, used)
        return ({0, 1} if is_over else {1}), len(_posts_about(record, day, thing))
    return {0}, 0


def _times(stands: dict[str, Any], day: Workday, used: list[Told]) -> set[int]:
    """How often its owner is asked about it on a day."""
    if stands["closed_at"] is not None or stands["acknowledged_at"] or stands["waits"]:
        return {0}
    until, due_at = stands["snoozed_until"], moment(stands["due_at"])
    if until is not None and moment(until) > day.starts_at:
        return {0} if moment(until) >= day.shift.ends_at else {0, 1}
    if until is not None and not any(one.told_at >= moment(until) for one in used):
        return {1}
    if stands["state"] == "proposed" or due_at == day.ends_at:
        return {0, 1}
    reminders = len([one for one in used if one.is_reminder])
    times = int(due_at < day.ends_at and reminders < MOST_REMINDERS)
    return {times, 0} if _was_told_on(day, used) else {times}


def _was_told_on(day: Workday, used: list[Told]) -> bool:
    """Whether somebody else was asked on that day, where it began earlier: no day has two."""
    return day.shift.day.isoformat() in {one.told_on for one in used}


def _is_urged(stands: dict[str, Any], day: Workday) -> bool:
    until = stands["snoozed_until"]
    rests = stands["acknowledged_at"] or stands["waits"]
    is_put_off = until is not None and moment(until) > day.starts_at
    return stands["state"] == "accepted" and not rests and not is_put_off


def _stands_in(record: Record, day: Workday, owner_id: str) -> bool:
    """Whether the owner was away all the time, and had named this one alone."""
    start, end = day.starts_at - MINUTE, day.ends_at
    if _changed_who_is_asked(record, owner_id, day.starts_at, end):
        return False
    covering = [
        stand_in
        for begin, until, stand_in in absences(record, owner_id)
        if begin <= start and until >= end
    ]
    return covering == [day.human.id]


def _posts_about(record: Record, day: Workday, thing: str) -> list[Posted]:
    return [
        one
        for one in record.posted.values()
        if calls(day.human, one)
        and day.starts_at <= one.at < day.shift.ends_at
        and record.title(thing) in str(one.row.payload)
    ]


def _stood(record: Record, thing: str, at: datetime) -> dict[str, Any] | None:
    """How a deliverable stood at a moment; None before it was made."""
    history = record.seen[thing]
    place = bisect_right([when for when, _ in history], at) - 1
    return history[place][1] if place >= 0 else None
