"""The form of a new check-in or of another rhythm, and its preview; reading it back is not here."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from domain.cadences import TITLE_MOST
from domain.partnerships import Partnership
from views.blocks import (
    Block,
    Blocks,
    actions,
    button,
    context,
    field,
    modal,
    option,
    section,
    select,
    text_input,
)
from views.checkin_answers import Opened
from views.checkin_drafts import (
    LINK_MOST,
    Draft,
    echo_lines,
    read_settings,
    write,
    write_settings,
)
from views.checkin_filled import Filled
from views.checkin_rhythms import fields, read_rhythm, write_rhythm
from views.times import place_name

FORM: Final = "checkin.form"
PREVIEW: Final = "checkin.preview"
BACK: Final = "checkin.back"

_MINUTES: Final = (15, 30, 45, 60, 90)
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
_CALENDARS: Final[Mapping[str, str]] = {
    "yes": "Yes: I only remind",
    "no": "No: I offer an invitation, a file for calendars",
}


def form(
    filled: Filled,
    metadata: str,
    *,
    above: Sequence[Block] = (),
    title: str = "New check-in",
    hours: str = "",
) -> Block:
    """The form of a check-in.

    Args:
        metadata: Carries the partnership and what the form does not ask about.
        above: What is said before the questions.
        hours: When both sides work, in both zones; empty: nothing is said of it.
    """
    blocks: Blocks = [
        *above,
        field("title", "What is it called", text_input(initial=filled.title, most=TITLE_MOST)),
        *fields(filled.rhythm),
        field("time", "At what time", _clock(filled.at), hint=hours or None),
        field(
            "zone",
            "On whose clock",
            text_input(initial=place_name(filled.zone), most=60),
            hint="A city: New York, Manila.",
        ),
        *([] if filled.is_written else _meeting(filled)),
        *_limits(filled),
        *([] if filled.is_written else [_reminders(filled)]),
    ]
    return modal(FORM, title, blocks, submit="Preview", metadata=metadata)


def metadata(draft_id: str, partnership: Partnership, opened: Opened, *, version: int = 0) -> str:
    """What the form carries.

    Args:
        draft_id: Of the check-in that may come of it, or that is changed.
        version: Of the check-in that is changed, as it was shown; 0: it is a new one.
    """
    carried: dict[str, object] = {
        "id": draft_id,
        "version": version,
        "settings": write_settings(opened.settings),
        "rhythm": write_rhythm(opened.rhythm),
        "partnership": partnership.id,
        "channel": partnership.channel,
    }
    return json.dumps(carried)


def opened_with(carried: Mapping[str, str]) -> Opened:
    """What a form carries of what it was opened with.

    Raises:
        SpoiledValue: It is none of ours.
    """
    return Opened(
        rhythm=read_rhythm(carried.get("rhythm", "")),
        settings=read_settings(carried.get("settings", "")),
    )


def preview(partnership: Partnership, draft: Draft, now: datetime) -> Block:
    """The last page: the rhythm said back, with its next dates, before it is created."""
    lines = echo_lines(partnership, draft.plan, now)
    submit = "Propose" if draft.version else "Create"
    blocks: Blocks = [
        section("\n".join(lines)),
        context(f"Both sides see it in the thread of *This week* once you press *{submit}*."),
        actions(button("Back", BACK, draft.id)),
    ]
    return modal(PREVIEW, "Exactly this", blocks, submit=submit, metadata=write(draft))


def _meeting(filled: Filled) -> Blocks:
    """What is asked where people meet."""
    calendars = "no" if filled.wants_file else "yes"
    return [
        field("minutes", "How long", select(_minutes(filled.minutes), str(filled.minutes))),
        field(
            "calendars",
            "Already in your calendars?",
            select(_options(_CALENDARS), calendars, "radio_buttons"),
        ),
        field(
            "link",
            "Where you meet",
            text_input(initial=filled.link, most=LINK_MOST, placeholder="https://"),
            hint="The post at the start carries it as a button.",
            optional=True,
        ),
    ]


def _limits(filled: Filled) -> Blocks:
    """What can be left as it is."""
    return [
        field("starts_on", "Not before", _day(filled.starts_on), optional=True),
        field("until", "Not after", _day(filled.until_on), optional=True),
        field(
            "holidays",
            "On a holiday of either side",
            select(_options(_HOLIDAYS), filled.holidays),
            optional=True,
        ),
    ]


def _reminders(filled: Filled) -> Block:
    return field(
        "reminders",
        "Reminders",
        _leads(filled.reminders),
        hint="In each reader's own hours. With none ticked: once, about a day before.",
        optional=True,
    )


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


def _day(day: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    return element if day is None else element | {"initial_date": day.isoformat()}


def _minutes(chosen: int) -> list[Block]:
    every = sorted({*_MINUTES, chosen})
    return [option(f"{minutes} minutes", str(minutes)) for minutes in every]


def _options(named: Mapping[str, str]) -> list[Block]:
    return [option(text, value) for value, text in named.items()]
