"""The form of a new check-in and its preview, and what was answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from domain.cadences import LONGEST, TITLE_MOST, Plan
from domain.partnerships import Partnership
from domain.recurrence import Rule
from domain.rule_text import LAST, monthly_by_weekday, rule_text, weekly
from views.blocks import Block, Blocks, context, field, modal, option, section, select, text_input
from views.checkin_drafts import (
    DEFAULT_LENGTH,
    DEFAULT_START,
    DEFAULT_TITLE,
    LINK_MOST,
    Draft,
    echo_lines,
    first_start,
    write,
)
from views.rhythms import say_rule
from views.times import place_name
from views.words.rhythm import RhythmRead
from views.words.writer import Writer
from views.words.zones import no_zone, read_zone

FORM: Final = "checkin.form"
PREVIEW: Final = "checkin.preview"

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EVERY: Final[Mapping[str, str]] = {
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
_MINUTES: Final = (15, 30, 45, 60, 90)


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
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form read back: a plan, or a sentence under each field that needs a change."""

    plan: Plan | None = None
    errors: Mapping[str, str] = dataclass_field(default_factory=dict)


def form(filled: Filled, metadata: str, *, above: Sequence[Block] = ()) -> Block:
    """The form of a new check-in.

    Args:
        metadata: Carries the partnership.
        above: What is said before the questions.
    """
    blocks: Blocks = [
        *above,
        field("title", "What is it called", text_input(initial=filled.title, most=TITLE_MOST)),
        field("days", "On which days", _days(filled.days), optional=True),
        field("time", "At what time", _clock(filled.at)),
        field(
            "zone",
            "On whose clock",
            text_input(initial=place_name(filled.zone), most=60),
            hint="A city: New York, Manila.",
        ),
        field("every", "How often", select(_options(_EVERY), filled.every)),
        field("minutes", "How long", select(_minutes(filled.minutes), str(filled.minutes))),
        field(
            "rhythm",
            "Or say it in your own words",
            text_input(initial=filled.rhythm, placeholder="last working day of the month, 3pm"),
            hint="When something stands here, it counts instead of days and how often.",
            optional=True,
        ),
        field("starts_on", "Not before", _day(filled.starts_on), optional=True),
        field(
            "link",
            "Where you meet",
            text_input(initial=filled.link, most=LINK_MOST, placeholder="https://"),
            optional=True,
        ),
    ]
    return modal(FORM, "New check-in", blocks, submit="Preview", metadata=metadata)


def read_form(values: Mapping[str, object], writer: Writer, rule: Rule | None = None) -> FormRead:
    """What was answered in the form.

    Args:
        rule: What the form was opened with, so that our own words for it need not be read.
    """
    errors: dict[str, str] = {}
    zone = read_zone(_text(values, "zone")) or ""
    if not zone:
        errors["zone"] = no_zone(_text(values, "zone"))
    link = _text(values, "link")
    if link and not _is_link(link):
        errors["link"] = "A link starts with https:// or http://."
    here = replace(writer, zone=zone or writer.zone)
    if rule is not None and _text(values, "rhythm") == say_rule(rule):
        read: RhythmRead | None = _as_opened(values, rule, here.zone)
    else:
        read = _rhythm(values, here, errors)
    if read is None or read.rule is None or errors:
        return FormRead(errors=errors)
    return FormRead(
        plan=Plan(
            kind="checkin",
            title=(_text(values, "title") or DEFAULT_TITLE)[:TITLE_MOST],
            rule=read.rule,
            local_start=first_start(writer.now, read),
            zone=read.zone,
            length=timedelta(minutes=int(_text(values, "minutes"))),
            link=link or None,
        )
    )


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
        link=plan.link or "",
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


def metadata(cadence_id: str, partnership: Partnership, rule: Rule | None = None) -> str:
    """What the form carries: the id of the check-in that may come of it, where, and its rule."""
    carried = {
        "id": cadence_id,
        "partnership": partnership.id,
        "channel": partnership.channel,
        "rule": "" if rule is None else rule_text(rule),
    }
    return json.dumps(carried)


def preview(partnership: Partnership, draft: Draft, now: datetime) -> Block:
    """The last page: the rhythm said back, with its next dates, before it is created."""
    lines = echo_lines(partnership, draft.plan, now)
    blocks: Blocks = [
        section("\n".join(lines)),
        context("Both sides see it in the thread of *This week* once you press *Create*."),
    ]
    return modal(PREVIEW, "Exactly this", blocks, submit="Create", metadata=write(draft))


def _as_opened(values: Mapping[str, object], rule: Rule, zone: str) -> RhythmRead:
    return RhythmRead(rule=rule, start=_time(values), zone=zone, starts_on=_date(values))


def _rhythm(
    values: Mapping[str, object], writer: Writer, errors: dict[str, str]
) -> RhythmRead | None:
    at, starts_on = _time(values), _date(values)
    words = _text(values, "rhythm")
    if words:
        read = writer.rhythm(words)
        if read.rule is None:
            errors["rhythm"] = question_words(read)
            return None
        return replace(read, start=read.start or at, starts_on=read.starts_on or starts_on)
    days = tuple(int(day) for day in _many(values, "days"))
    unit, _, count = _text(values, "every").partition(":")
    if not days:
        errors["days"] = "On which day? Or say it in your own words below."
        return None
    if unit == "month" and len(days) > 1:
        errors["days"] = "One day, please, when it is once a month."
        return None
    rule = monthly_by_weekday(int(count), days[0]) if unit == "month" else weekly(days, int(count))
    return RhythmRead(rule=rule, start=at, zone=writer.zone, starts_on=starts_on)


def question_words(read: RhythmRead) -> str:
    """What has to be asked about a rhythm that was typed."""
    if read.question == "zone" and read.fixed_clock:
        return f"{no_zone(read.fixed_clock)} As in: weekly on Tuesday 10:00 New York."
    return _QUESTIONS.get(read.question or "", _NOT_UNDERSTOOD)


_NOT_UNDERSTOOD: Final = (
    "I understood no rhythm. As in: every other Thursday 3pm, last Friday of the month 10:00."
)
_QUESTIONS: Final[Mapping[str, str]] = {
    "day": "On which day? As in: weekly on Tuesday 10:00.",
    "daily": "On all seven days, or on working days? As in: Monday to Friday 09:00.",
    "zone": "That place has several zones. As in: weekly on Tuesday 10:00 New York.",
    "conflict": "I understood two rhythms. Which one? As in: weekly on Tuesday 10:00.",
    "unsupported": "I know weeks, months, quarters and years. As in: every two weeks on Friday.",
    "impossible": "There is no such day. As in: last day of the month 10:00.",
    "time": "There is no such time; a day goes from 00:00 to 23:59. As in: Tuesday 10:00.",
    "once": "That is one date; a check-in recurs. As in: weekly on Tuesday 10:00.",
}


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"https", "http"} and bool(parts.hostname) and not set(text) & set(" <>|")
    )


def _every_of(rule: Rule) -> str | None:
    """How the form's own fields say it; None when they cannot."""
    if rule.frequency == "weekly":
        found = f"week:{rule.every_weeks}"
    elif rule.frequency == "monthly" and rule.weekday is not None:
        found = f"month:{rule.nth or LAST}"
    else:
        return None
    return found if found in _EVERY else None


def _days_of(rule: Rule) -> tuple[int, ...]:
    return rule.days if rule.weekday is None else (rule.weekday,)


def _days(chosen: Sequence[int]) -> Block:
    options = [option(day, str(number)) for number, day in enumerate(_DAYS)]
    element: Block = {"type": "checkboxes", "action_id": "value", "options": options}
    picked = [options[number] for number in chosen]
    return element | {"initial_options": picked} if picked else element


def _clock(at: time) -> Block:
    return {"type": "timepicker", "action_id": "value", "initial_time": f"{at:%H:%M}"}


def _day(day: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element if day is None else element | {"initial_date": day.isoformat()}


def _minutes(chosen: int) -> list[Block]:
    every = sorted({*_MINUTES, chosen})
    return [option(f"{minutes} minutes", str(minutes)) for minutes in every]


def _options(named: Mapping[str, str]) -> list[Block]:
    return [option(text, value) for value, text in named.items()]


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return "" if value is None else str(value).strip()


def _many(values: Mapping[str, object], name: str) -> Sequence[str]:
    value: Any = values.get(name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _time(values: Mapping[str, object]) -> time:
    return time.fromisoformat(_text(values, "time") or f"{DEFAULT_START:%H:%M}")


def _date(values: Mapping[str, object]) -> date | None:
    text = _text(values, "starts_on")
    return date.fromisoformat(text) if text else None
