"""The form of a new check-in and its preview, and what was answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from domain.cadences import TITLE_MOST, Plan
from domain.checkin_settings import answered_settings
from domain.partnerships import Partnership
from domain.recurrence import Rule
from domain.rule_text import monthly_by_weekday, rule_text, weekly
from views.blocks import Block, Blocks, context, field, modal, option, section, select, text_input
from views.checkin_drafts import (
    DEFAULT_TITLE,
    LINK_MOST,
    Draft,
    echo_lines,
    first_start,
    write,
    write_settings,
)
from views.checkin_filled import (
    EVERY,
    Filled,
    date_in,
    filled_from,
    filled_from_words,
    many_in,
    text_in,
    time_in,
    typed,
)
from views.rhythms import say_rule
from views.times import place_name
from views.words.rhythm import RhythmRead
from views.words.writer import Writer
from views.words.zones import no_zone, read_zone

__all__ = [
    "FORM",
    "PREVIEW",
    "Filled",
    "FormRead",
    "filled_from",
    "filled_from_words",
    "form",
    "metadata",
    "preview",
    "question_words",
    "read_form",
    "typed",
]

FORM: Final = "checkin.form"
PREVIEW: Final = "checkin.preview"

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES: Final = (15, 30, 45, 60, 90)
_NO_SETTINGS: Final[Mapping[str, str | int | bool]] = {}
_HOLIDAYS: Final[Mapping[str, str]] = {
    "keep": "It stays",
    "shared": "To the next day on which both work",
    "skip": "It is left out",
}
_LEADS: Final[Mapping[int, str]] = {
    2880: "2 days before",
    1440: "1 day before",
    240: "4 hours before",
    60: "1 hour before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form read back: a plan, or a sentence under each field that needs a change."""

    plan: Plan | None = None
    errors: Mapping[str, str] = dataclass_field(default_factory=dict)


def form(
    filled: Filled, metadata: str, *, above: Sequence[Block] = (), title: str = "New check-in"
) -> Block:
    """The form of a check-in.

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
        field("every", "How often", select(_options(EVERY), filled.every)),
        field("minutes", "How long", select(_minutes(filled.minutes), str(filled.minutes))),
        *_further(filled),
    ]
    return modal(FORM, title, blocks, submit="Preview", metadata=metadata)


def _further(filled: Filled) -> Blocks:
    """What can be left as it is."""
    return [
        field(
            "rhythm",
            "Or say it in your own words",
            text_input(initial=filled.rhythm, placeholder="last working day of the month, 3pm"),
            hint="When something stands here, it counts instead of days and how often.",
            optional=True,
        ),
        field("starts_on", "Not before", _day(filled.starts_on), optional=True),
        field("until", "Not after", _day(filled.until_on), optional=True),
        field(
            "holidays",
            "On a holiday of either side",
            select(_options(_HOLIDAYS), filled.holidays),
            optional=True,
        ),
        field(
            "reminders",
            "Reminders",
            _leads(filled.reminders),
            hint="In each reader's own hours. With none ticked: once, about a day before.",
            optional=True,
        ),
        field(
            "link",
            "Where you meet",
            text_input(initial=filled.link, most=LINK_MOST, placeholder="https://"),
            optional=True,
        ),
    ]


def read_form(
    values: Mapping[str, object],
    writer: Writer,
    rule: Rule | None = None,
    settings: Mapping[str, str | int | bool] = _NO_SETTINGS,
) -> FormRead:
    """What was answered in the form.

    Args:
        rule: What the form was opened with, so that our own words for it need not be read.
        settings: What the form was opened with besides; what it does not ask about is kept.
    """
    errors = _until_trouble(values)
    zone = read_zone(text_in(values, "zone")) or ""
    if not zone:
        errors["zone"] = no_zone(text_in(values, "zone"))
    link = text_in(values, "link")
    if link and not _is_link(link):
        errors["link"] = "A link starts with https:// or http://."
    here = replace(writer, zone=zone or writer.zone)
    if rule is not None and text_in(values, "rhythm") == say_rule(rule):
        read: RhythmRead | None = _as_opened(values, rule, here.zone)
    else:
        read = _rhythm(values, here, errors)
    if read is None or read.rule is None or errors:
        return FormRead(errors=errors)
    return FormRead(
        plan=Plan(
            kind="checkin",
            title=(text_in(values, "title") or DEFAULT_TITLE)[:TITLE_MOST],
            rule=read.rule,
            local_start=first_start(writer.now, read),
            zone=read.zone,
            length=timedelta(minutes=int(text_in(values, "minutes"))),
            link=link or None,
            settings=answered_settings(
                settings,
                holidays=text_in(values, "holidays"),
                reminders=many_in(values, "reminders"),
                until=text_in(values, "until"),
            ),
        )
    )


def metadata(
    cadence_id: str,
    partnership: Partnership,
    rule: Rule | None = None,
    *,
    version: int = 0,
    settings: Mapping[str, str | int | bool] = _NO_SETTINGS,
) -> str:
    """What the form carries: the id of the check-in that may come of it, where, and its rule.

    Args:
        version: Of the check-in that is changed, as it was shown; 0: it is a new one.
        settings: What is kept of it besides, about which the form does not ask.
    """
    carried: dict[str, object] = {
        "id": cadence_id,
        "version": version,
        "settings": write_settings(settings),
        "partnership": partnership.id,
        "channel": partnership.channel,
        "rule": "" if rule is None else rule_text(rule),
    }
    return json.dumps(carried)


def preview(partnership: Partnership, draft: Draft, now: datetime) -> Block:
    """The last page: the rhythm said back, with its next dates, before it is created."""
    lines = echo_lines(partnership, draft.plan, now)
    submit = "Propose" if draft.version else "Create"
    blocks: Blocks = [
        section("\n".join(lines)),
        context(f"Both sides see it in the thread of *This week* once you press *{submit}*."),
    ]
    return modal(PREVIEW, "Exactly this", blocks, submit=submit, metadata=write(draft))


def _as_opened(values: Mapping[str, object], rule: Rule, zone: str) -> RhythmRead:
    return RhythmRead(rule=rule, start=time_in(values), zone=zone, starts_on=date_in(values))


def _rhythm(
    values: Mapping[str, object], writer: Writer, errors: dict[str, str]
) -> RhythmRead | None:
    at, starts_on = time_in(values), date_in(values)
    words = text_in(values, "rhythm")
    if words:
        read = writer.rhythm(words)
        if read.rule is None:
            errors["rhythm"] = question_words(read)
            return None
        return replace(read, start=read.start or at, starts_on=read.starts_on or starts_on)
    days = tuple(int(day) for day in many_in(values, "days"))
    unit, _, count = text_in(values, "every").partition(":")
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
    if "freq=" in (read.title or "").casefold():
        return f"I take a rhythm in words, not as a rule. {_NOT_UNDERSTOOD.partition('. ')[2]}"
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


def _days(chosen: Sequence[int]) -> Block:
    options = [option(day, str(number)) for number, day in enumerate(_DAYS)]
    element: Block = {"type": "checkboxes", "action_id": "value", "options": options}
    picked = [options[number] for number in chosen]
    return element | {"initial_options": picked} if picked else element


def _clock(at: time) -> Block:
    return {"type": "timepicker", "action_id": "value", "initial_time": f"{at:%H:%M}"}


def _leads(chosen: Sequence[int]) -> Block:
    named = {**_LEADS, **{one: f"{one} minutes before" for one in chosen if one not in _LEADS}}
    options = {one: option(text, str(one)) for one, text in named.items()}
    element: Block = {
        "type": "checkboxes",
        "action_id": "value",
        "options": list(options.values()),
    }
    picked = [options[one] for one in chosen]
    return element | {"initial_options": picked} if picked else element


def _until_trouble(values: Mapping[str, object]) -> dict[str, str]:
    until, starts_on = text_in(values, "until"), date_in(values)
    if until and starts_on is not None and date.fromisoformat(until) < starts_on:
        return {"until": "This lies before the first day. A later day, or none, please."}
    return {}


def _day(day: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element if day is None else element | {"initial_date": day.isoformat()}


def _minutes(chosen: int) -> list[Block]:
    every = sorted({*_MINUTES, chosen})
    return [option(f"{minutes} minutes", str(minutes)) for minutes in every]


def _options(named: Mapping[str, str]) -> list[Block]:
    return [option(text, value) for value, text in named.items()]
