"""What the form of a check-in is filled in with: from a plan, from words, as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Final

from domain.cadences import LONGEST, Plan, until_on
from domain.checkin_settings import holiday_rule, own_leads
from domain.recurrence import Rule
from domain.rule_text import LAST
from views.checkin_drafts import DEFAULT_LENGTH, DEFAULT_START, DEFAULT_TITLE
from views.rhythms import say_rule
from views.words.rhythm import RhythmRead

EVERY: Final[Mapping[str, str]] = {
    "week:1": "Every week",
    "week:2": "Every two weeks",
    "week:3": "Every three weeks",
    "week:4": "Every four weeks",
    "month:1": "The first one of each month",
    "month:2": "The second one of each month",
    "month:3": "The third one of each month",
    "month:4": "The fourth one of each month",
    "month:-1": "The last one of each month",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the form is filled in with.

    Attributes:
        rhythm: In words, for a rhythm that the other fields cannot say; empty otherwise.
    """

    title: str = DEFAULT_TITLE
    days: tuple[int, ...] = ()
    at: time = DEFAULT_START
    zone: str = ""
    every: str = "week:1"
    rhythm: str = ""
    minutes: int = int(DEFAULT_LENGTH / timedelta(minutes=1))
    starts_on: date | None = None
    until_on: date | None = None
    link: str = ""
    holidays: str = "keep"
    reminders: tuple[int, ...] = ()


def filled_from(plan: Plan) -> Filled:
    """The form as it would be filled in to say this plan."""
    every = _every_of(plan.rule)
    return Filled(
        title=plan.title,
        days=_days_of(plan.rule),
        at=plan.local_start.time(),
        zone=plan.zone,
        every=every or "week:1",
        rhythm="" if every is not None else say_rule(plan.rule),
        minutes=int(plan.length / timedelta(minutes=1)),
        starts_on=plan.local_start.date(),
        until_on=until_on(plan),
        link=plan.link or "",
        holidays=holiday_rule(plan),
        reminders=tuple(int(lead / timedelta(minutes=1)) for lead in own_leads(plan)),
    )


def filled_from_words(rhythm: RhythmRead, zone: str) -> Filled:
    """The form filled in with what was understood of some words, when that is not enough."""
    known = Filled(title=rhythm.title or DEFAULT_TITLE, zone=rhythm.zone or zone)
    if rhythm.rule is not None:
        every = _every_of(rhythm.rule)
        words = "" if every is not None else say_rule(rhythm.rule)
        known = replace(known, days=_days_of(rhythm.rule), every=every or "week:1", rhythm=words)
    if rhythm.start is not None:
        known = replace(known, at=rhythm.start)
    if rhythm.length is not None and timedelta(0) < rhythm.length <= LONGEST:
        known = replace(known, minutes=int(rhythm.length / timedelta(minutes=1)))
    return replace(known, starts_on=rhythm.starts_on)


def typed(values: Mapping[str, object]) -> Filled:
    """The form as somebody filled it in, to be drawn again."""
    until = text_in(values, "until")
    return Filled(
        title=text_in(values, "title"),
        days=tuple(int(day) for day in many_in(values, "days")),
        at=time_in(values),
        zone=text_in(values, "zone"),
        every=text_in(values, "every") or "week:1",
        rhythm=text_in(values, "rhythm"),
        minutes=int(text_in(values, "minutes")),
        starts_on=date_in(values),
        until_on=date.fromisoformat(until) if until else None,
        link=text_in(values, "link"),
        holidays=text_in(values, "holidays") or "keep",
        reminders=tuple(int(minutes) for minutes in many_in(values, "reminders")),
    )


def text_in(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value).strip()


def many_in(values: Mapping[str, object], name: str) -> Sequence[str]:
    value: Any = values.get(name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def time_in(values: Mapping[str, object]) -> time:
    return time.fromisoformat(text_in(values, "time") or f"{DEFAULT_START:%H:%M}")


def date_in(values: Mapping[str, object]) -> date | None:
    text = text_in(values, "starts_on")
    return date.fromisoformat(text) if text else None


def _every_of(rule: Rule) -> str | None:
    """How the form's own fields say it; None when they cannot."""
    if rule.frequency == "weekly":
        found = f"week:{rule.every_weeks}"
    elif rule.frequency == "monthly" and rule.weekday is not None:
        found = f"month:{rule.nth or LAST}"
    else:
        return None
    return found if found in EVERY else None


def _days_of(rule: Rule) -> tuple[int, ...]:
    return rule.days if rule.weekday is None else (rule.weekday,)
