"""The form of a check-in read back: a plan, or a sentence under each field that needs a change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from domain import zones
from domain.cadences import TITLE_MOST, Plan, coming_turns
from domain.checkin_settings import answered_settings
from domain.errors import ImpossibleRule
from views.answered import day_in, many_in, text_in
from views.checkin_drafts import DEFAULT_TITLE, first_start
from views.checkin_filled import minutes_in, time_in, wants_file
from views.checkin_rhythms import RhythmFields, no_such_day, rule_of, typed_rhythm
from views.times import day_words
from views.words.rhythm import RhythmRead
from views.words.writer import Writer
from views.words.zones import no_zone, read_zone

Values = Mapping[str, object]

_LINK: Final = "A link starts with https:// or http://."
_TOO_FAR: Final = "That is too far away. An earlier day, please."
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
    "end": "The last day lies before the first one. A later one, or none, please.",
    "once": "That is one date; a check-in recurs. As in: weekly on Tuesday 10:00.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a form carries of what it was opened with.

    Attributes:
        rhythm: For the fields that its kind of rhythm does not show.
        settings: What the form does not ask about is kept.
    """

    rhythm: RhythmFields = field(default_factory=RhythmFields)
    settings: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form read back: a plan, or a sentence under each field that needs a change."""

    plan: Plan | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(values: Values, writer: Writer, opened: Opened | None = None) -> FormRead:
    """What was answered in the form."""
    opened = opened or Opened()
    errors = _days_trouble(values) | _zone_trouble(values) | _link_trouble(values)
    zone = read_zone(text_in(values, "zone")) or writer.zone
    read, trouble = _rhythm(values, replace(writer, zone=zone), opened.rhythm)
    errors |= trouble
    if read is None or errors:
        return FormRead(errors=errors)
    plan = _plan(values, writer.now, read, opened.settings)
    errors = _no_turn(plan, writer.now)
    return FormRead(errors=errors) if errors else FormRead(plan=plan)


def question_words(read: RhythmRead) -> str:
    """What has to be asked about a rhythm that was typed."""
    if "freq=" in (read.title or "").casefold():
        return f"I take a rhythm in words, not as a rule. {_NOT_UNDERSTOOD.partition('. ')[2]}"
    if read.question == "zone" and read.fixed_clock:
        return f"{no_zone(read.fixed_clock)} As in: weekly on Tuesday 10:00 New York."
    return _QUESTIONS.get(read.question or "", _NOT_UNDERSTOOD)


def _plan(
    values: Values,
    now: datetime,
    read: RhythmRead,
    settings: Mapping[str, str | int | bool],
) -> Plan:
    assert read.rule is not None  # what is open was asked about
    return Plan(
        kind="checkin",
        title=(text_in(values, "title") or DEFAULT_TITLE)[:TITLE_MOST],
        rule=read.rule,
        local_start=first_start(now, read),
        zone=read.zone,
        length=timedelta(minutes=minutes_in(values)),
        link=text_in(values, "link") or None,
        settings=answered_settings(
            settings,
            holidays=text_in(values, "holidays"),
            reminders=many_in(values, "reminders"),
            until=text_in(values, "until"),
            invited=wants_file(values),
        ),
    )


def _rhythm(
    values: Values, writer: Writer, known: RhythmFields
) -> tuple[RhythmRead | None, dict[str, str]]:
    """The rhythm with its hour and first day; else what is wrong, by field."""
    at, starts_on = time_in(values), day_in(values, "starts_on")
    said = typed_rhythm(values, replace(known, words=""))
    if said.words:
        return _in_words(said.words, writer, at, starts_on)
    try:
        rule = rule_of(said)
    except ImpossibleRule:
        name, sentence = no_such_day(said)
        return None, {name: sentence}
    return RhythmRead(rule=rule, start=at, zone=writer.zone, starts_on=starts_on), {}


def _in_words(
    words: str, writer: Writer, at: time, starts_on: date | None
) -> tuple[RhythmRead | None, dict[str, str]]:
    read = writer.rhythm(words)
    if read.rule is None:
        return None, {"rhythm": question_words(read)}
    return replace(read, start=read.start or at, starts_on=read.starts_on or starts_on), {}


def _no_turn(plan: Plan, now: datetime) -> dict[str, str]:
    """That a rhythm never comes, under the field that is to blame."""
    if coming_turns(plan, now, 1):
        return {}
    endless = {key: value for key, value in plan.settings.items() if key != "until"}
    first = coming_turns(replace(plan, settings=endless), now, 1)
    if not first:
        return {"starts_on": _TOO_FAR}
    day = day_words(first[0].original.date(), now.date())
    return {"until": f"The first date would be {day}. That day or a later one, or none, please."}


def _days_trouble(values: Values) -> dict[str, str]:
    until, starts_on = day_in(values, "until"), day_in(values, "starts_on")
    far = {
        name: _TOO_FAR
        for name, day in (("starts_on", starts_on), ("until", until))
        if day is not None and day.year > zones.LAST_YEAR
    }
    if until is not None and starts_on is not None and until < starts_on:
        return {"until": "This lies before the first day. A later day, or none, please."} | far
    return far


def _zone_trouble(values: Values) -> dict[str, str]:
    typed = text_in(values, "zone")
    return {} if read_zone(typed) else {"zone": no_zone(typed)}


def _link_trouble(values: Values) -> dict[str, str]:
    link = text_in(values, "link")
    return {"link": _LINK} if link and not _is_link(link) else {}


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"https", "http"} and bool(parts.hostname) and not set(text) & set(" <>|")
    )
