"""A check-in before it exists: carried in buttons and forms, and said back before it is created."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from domain import zones
from domain.cadences import LONGEST, TITLE_MOST, Plan, coming_turns, working_day_of_both
from domain.checkin_settings import kept
from domain.partnerships import Partnership
from domain.recurrence import Turn
from domain.rule_text import parse_rule, rule_text
from domain.values import value
from domain.written import is_written
from views import presets
from views.blocks import Drawn, actions, button, context, quoted, section
from views.checkin_changes import until_words
from views.checkin_hours import concerns_of_turns, days_off_among, in_brackets, shared_of_turns
from views.checkin_values import SpoiledValue
from views.checkins import both_zones, name
from views.rhythms import say_rule
from views.times import day_words, place_of
from views.words.rhythm import RhythmRead

CREATE: Final = "checkin.create"
FORM_OPEN: Final = "checkin.form_open"

DEFAULT_TITLE: Final = "Check-in"
DEFAULT_START: Final = time(10, 0)
DEFAULT_LENGTH: Final = timedelta(minutes=30)
LINK_MOST: Final = 500
DATES_SHOWN: Final = 5


@value
class Draft:
    """A check-in that somebody asked for.

    Attributes:
        id: Of the cadence that it becomes, so that two presses create one; or that it changes.
        version: Of the cadence that it changes, as it was shown; 0: it begins a new one.
    """

    id: str
    partnership_id: str
    plan: Plan
    version: int = 0


def plan_of(rhythm: RhythmRead, now: datetime) -> Plan | None:
    """What was typed as a plan, at ten where no time was said; None when the rule is still open."""
    if rhythm.rule is None or rhythm.question is not None:
        return None
    length = rhythm.length or DEFAULT_LENGTH
    return Plan(
        kind="checkin",
        title=(rhythm.title or DEFAULT_TITLE)[:TITLE_MOST],
        rule=rhythm.rule,
        local_start=first_start(now, rhythm),
        zone=rhythm.zone,
        length=length if timedelta(0) < length <= LONGEST else DEFAULT_LENGTH,
        settings=presets.ending_of(rhythm),
    )


def first_start(now: datetime, rhythm: RhythmRead) -> datetime:
    """From when turns are counted: the day that was named, else today or tomorrow."""
    start = rhythm.start or DEFAULT_START
    here = zones.local(now, rhythm.zone)
    if rhythm.starts_on is not None and rhythm.starts_on >= here.date():
        return datetime.combine(rhythm.starts_on, start)
    today = datetime.combine(here.date(), start)
    return today if today > here else today + timedelta(days=1)


def write(draft: Draft) -> str:
    """The draft as the value of a button or as a form's metadata."""
    plan = draft.plan
    carried = {
        "id": draft.id,
        "partnership": draft.partnership_id,
        "title": plan.title,
        "rule": rule_text(plan.rule),
        "start": plan.local_start.isoformat(timespec="minutes"),
        "zone": plan.zone,
        "minutes": str(int(plan.length / timedelta(minutes=1))),
        "link": plan.link or "",
        "settings": write_settings(plan.settings),
        "version": draft.version,
    }
    return json.dumps(carried, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Draft:
    """The draft that a button carries, checked anew.

    Raises:
        SpoiledValue: It is not one.
        UnknownRule, UnknownZone, TimeOutOfRange: It was one and is none any more.
    """
    try:
        carried = json.loads(text)
    except ValueError as error:
        raise SpoiledValue from error
    if not isinstance(carried, dict):
        raise SpoiledValue
    return from_carried(carried)


def from_carried(carried: Mapping[str, Any]) -> Draft:
    """As `read`, from a form's metadata."""
    try:
        start = datetime.fromisoformat(carried["start"])
        length = timedelta(minutes=int(carried["minutes"]))
        zones.to_utc(start, carried["zone"])
        plan = Plan(
            kind="checkin",
            title=str(carried["title"])[:TITLE_MOST],
            rule=parse_rule(carried["rule"]),
            local_start=start,
            zone=carried["zone"],
            length=length,
            link=carried["link"] or None,
            settings=read_settings(str(carried.get("settings") or "{}")),
        )
        if not timedelta(0) < length <= LONGEST:
            raise SpoiledValue
        return Draft(
            id=carried["id"],
            partnership_id=carried["partnership"],
            plan=plan,
            version=int(carried.get("version") or 0),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SpoiledValue from error


def write_settings(settings: Mapping[str, str | int | bool]) -> str:
    """What a check-in keeps besides, as one text that a form or button carries."""
    return json.dumps(dict(settings), sort_keys=True, separators=(",", ":"))


def read_settings(text: str) -> dict[str, str | int | bool]:
    """As `write_settings` wrote it, checked anew.

    Raises:
        SpoiledValue: It is none of ours.
    """
    try:
        return kept(json.loads(text))
    except (AttributeError, ValueError) as error:
        raise SpoiledValue from error


def echo(partnership: Partnership, draft: Draft, now: datetime, *, time_was_said: bool) -> Drawn:
    """How the words were understood, with what creates it and what changes it."""
    lines = echo_lines(partnership, draft.plan, now)
    if not time_was_said:
        lines.append(f"You named no time; {draft.plan.local_start:%H:%M} is a suggestion.")
    value = write(draft)
    row = actions(
        button("Create", CREATE, value, style="primary"), button("Change", FORM_OPEN, value)
    )
    note = context("Nothing is created or posted before *Create*.")
    return Drawn(text=" ".join(lines), blocks=(section("\n".join(lines)), note, row))


def created_answer(partnership: Partnership, plan: Plan) -> Drawn:
    """What stands in the place of the echo once it is created."""
    title = f"*{quoted(plan.title, TITLE_MOST)}*"
    if partnership.is_agreed:
        text = f"Created: {title}. Both sides see it in the thread of *This week*."
    else:
        guest = name(partnership, partnership.guest_side)
        text = f"Created: {title}. I say nothing about it in the channel before {guest} agrees."
    return Drawn(text=text, blocks=(section(text),))


def echo_lines(partnership: Partnership, plan: Plan, now: datetime) -> list[str]:
    """Title and length; the rhythm in both zones; the next dates."""
    is_working = working_day_of_both(partnership)
    turns = coming_turns(plan, now, DATES_SHOWN, is_working)
    title = f"*{quoted(plan.title, TITLE_MOST)}*, {presets.takes(plan)}."
    if not turns:
        return [title, f"{say_rule(plan.rule)}: I find no date for it."]
    dates = ", ".join(day_words(turn.original.date(), now.date()) for turn in turns)
    rhythm = f"{_rhythm_line(partnership, plan, turns)}."
    return [
        title,
        *presets.about(plan),
        rhythm,
        *([] if is_written(plan) else shared_of_turns(partnership, turns, plan.length, now)),
        f"Next: {dates}.",
        *days_off_among(partnership, turns, plan),
    ]


def _rhythm_line(partnership: Partnership, plan: Plan, turns: Sequence[Turn]) -> str:
    rule = f"{say_rule(plan.rule)} {turns[0].original:%H:%M} {place_of(plan.zone)}"
    others = [zone for zone in dict.fromkeys(both_zones(partnership)) if zone != plan.zone]
    times = [rule, *(_times_there(turns, zone) for zone in others)]
    # What is answered in a form is answered in each side's own hours.
    warned = [] if is_written(plan) else concerns_of_turns(partnership, turns)
    return " = ".join(times) + until_words(plan) + in_brackets(warned)


def _times_there(turns: Sequence[Turn], zone: str) -> str:
    """The hour in another zone; two of them where clocks change in between."""
    found: dict[str, None] = {}
    for turn in turns:
        there = zones.local(turn.starts_at, zone)
        same_day = there.date() == turn.original.date()
        found[f"{there:%H:%M}" if same_day else f"{there:%a %H:%M}"] = None
    # By days that differ the weekday says enough once.
    return f"{' or '.join(list(found)[:2])} {place_of(zone)}"
