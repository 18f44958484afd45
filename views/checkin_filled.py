"""What the form of a check-in is filled in with: from a plan, from words, as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from domain.cadences import LONGEST, Plan, until_on
from domain.checkin_settings import holiday_rule, is_invited, own_leads
from domain.written import is_written
from views.answered import day_in, many_in, text_in
from views.checkin_drafts import DEFAULT_LENGTH, DEFAULT_START, DEFAULT_TITLE
from views.checkin_rhythms import RhythmFields, rhythm_of, typed_rhythm
from views.words.rhythm import RhythmRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the form is filled in with.

    Attributes:
        zone: As typed, or an IANA name.
        wants_file: The turns are in nobody's calendar yet.
        reminders: Minutes before the start.
        is_written: Nobody meets, so nothing about a meeting is asked.
    """

    title: str = DEFAULT_TITLE
    rhythm: RhythmFields = field(default_factory=RhythmFields)
    at: time = DEFAULT_START
    zone: str = ""
    minutes: int = int(DEFAULT_LENGTH / timedelta(minutes=1))
    starts_on: date | None = None
    until_on: date | None = None
    wants_file: bool = False
    link: str = ""
    holidays: str = "keep"
    reminders: tuple[int, ...] = ()
    is_written: bool = False


def filled_from(plan: Plan) -> Filled:
    """The form as it would be filled in to say this plan."""
    return Filled(
        title=plan.title,
        rhythm=rhythm_of(plan.rule),
        at=plan.local_start.time(),
        zone=plan.zone,
        minutes=int(plan.length / timedelta(minutes=1)),
        starts_on=plan.local_start.date(),
        until_on=until_on(plan),
        wants_file=is_invited(plan) is not False,
        link=plan.link or "",
        holidays=holiday_rule(plan),
        reminders=tuple(int(lead / timedelta(minutes=1)) for lead in own_leads(plan)),
        is_written=is_written(plan),
    )


def filled_from_words(rhythm: RhythmRead, zone: str) -> Filled:
    """The form filled in with what was understood of some words, when that is not enough."""
    known = Filled(title=rhythm.title or DEFAULT_TITLE, zone=rhythm.zone or zone)
    if rhythm.rule is not None:
        known = replace(known, rhythm=rhythm_of(rhythm.rule))
    if rhythm.start is not None:
        known = replace(known, at=rhythm.start)
    if rhythm.length is not None and timedelta(0) < rhythm.length <= LONGEST:
        known = replace(known, minutes=int(rhythm.length / timedelta(minutes=1)))
    return replace(known, starts_on=rhythm.starts_on, until_on=rhythm.ends_on)


def typed(values: Mapping[str, object], rhythm: RhythmFields) -> Filled:
    """The form as somebody filled it in, to be drawn again.

    Args:
        rhythm: What the form carries of its rhythm, for the fields that are not shown.
    """
    return Filled(
        title=text_in(values, "title"),
        rhythm=typed_rhythm(values, rhythm),
        at=time_in(values),
        zone=text_in(values, "zone"),
        minutes=minutes_in(values),
        starts_on=day_in(values, "starts_on"),
        until_on=day_in(values, "until"),
        wants_file=wants_file(values),
        link=text_in(values, "link"),
        holidays=text_in(values, "holidays") or "keep",
        reminders=tuple(int(minutes) for minutes in many_in(values, "reminders")),
        is_written="minutes" not in values,
    )


def time_in(values: Mapping[str, object]) -> time:
    return time.fromisoformat(text_in(values, "time") or f"{DEFAULT_START:%H:%M}")


def minutes_in(values: Mapping[str, object]) -> int:
    """How long it takes; the form of one in writing does not ask."""
    return int(text_in(values, "minutes") or DEFAULT_LENGTH / timedelta(minutes=1))


def wants_file(values: Mapping[str, object]) -> bool:
    """Whether the turns are in nobody's calendar yet, as the form was answered."""
    return text_in(values, "calendars") == "no"
