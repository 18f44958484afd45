"""The settings of a partnership as one side's lead changes them; how that is told is not here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.changes import Change, HolidayChoice, holiday_choice
from domain.countries import country_of
from domain.hours import Hours, hours_text
from domain.ladders import Ladder
from domain.partnerships import Partnership
from domain.people import Side, other_side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    cut,
    field,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.changes import waiting
from views.hours import EXAMPLE, trouble_words
from views.hub import reply_words
from views.ladder import ladder_words
from views.ladder_forms import ladder_fields, read_ladder
from views.pulse_plans import plan_line
from views.templates import NAMES
from views.times import place_of
from views.words.hours_words import read_hours
from views.words.zones import no_zone, read_zone

FORM: Final = "setup.settings"
_NAME_MOST: Final = 60
_HOURS_MOST: Final = 500
_REPLY_HOURS: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 40)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """What a lead decides for the own side, and wishes for both.

    Attributes:
        zone: An IANA name.
        sponsors: They may be told of what stays late; None: as it is.
        hours: None: as they are; ``reply_time`` and ``ladder`` likewise.
    """

    name: str
    zone: str
    public_summary: bool
    sponsors: bool | None = None
    hours: Hours | None = None
    holidays: HolidayChoice = "unchanged"
    reply_time: timedelta | None = None
    ladder: Ladder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """The form read back: the settings, or a sentence under each field that needs a change."""

    settings: OwnSettings | None
    errors: Mapping[str, str]


def form(
    partnership: Partnership,
    side: Side,
    proposals: Sequence[Change] = (),
    *,
    is_sponsor_named: bool = True,
) -> Block:
    """The settings that a lead of ``side`` changes, and above them what both share.

    Args:
        proposals: What waits for one of the sides.
        is_sponsor_named: A side has a sponsor; else it says who names one.
    """
    asked = [block for one in proposals for block in waiting(partnership, one, side)]
    own = _of_side(partnership, side, is_sponsor_named=is_sponsor_named)
    blocks: Blocks = [section(_shared(partnership)), *asked, *own]
    if partnership.is_agreed:
        other = cut(partnership.side(other_side(side)).name, _NAME_MOST)
        hint = f"For both sides: a new time holds once a lead of {other} agrees."
        blocks.append(field("reply_time", "Normal answer within", _reply(partnership), hint=hint))
        blocks += ladder_fields(partnership.ladder, other)
        blocks.append(plan_line(partnership))
    return modal(FORM, "Settings", blocks, submit="Save", metadata=_metadata(partnership))


def _of_side(partnership: Partnership, side: Side, *, is_sponsor_named: bool) -> Blocks:
    info = partnership.side(side)
    return [
        field("name", "Name of your side", text_input(initial=info.name, most=_NAME_MOST)),
        field(
            "zone",
            "Time zone of your side",
            text_input(initial=info.calendar.zone, placeholder="New York", most=60),
            hint="A city or a zone name.",
        ),
        field(
            "hours",
            "Working hours of your side",
            text_input(
                initial=hours_text(info.calendar.hours), placeholder=EXAMPLE, most=_HOURS_MOST
            ),
            hint=f"On your side's clock, as in {EXAMPLE}, or mon-fri 9-12 1-6, or night 21-06."
            " Whoever has hours of their own keeps them.",
        ),
        field("holidays", "No work on public holidays of", _holidays(partnership, side)),
        field("summary", "The weekly summary", _summary(partnership, side)),
        _sponsors_field(partnership, side, is_named=is_sponsor_named),
    ]


def form_button(view: Block) -> Drawn:
    """Said where no form can open: a button that opens it."""
    named = json.loads(view["private_metadata"])["partnership"]
    text = "The settings of this partnership:"
    opener = button("Settings", "hub.setup", named)
    return Drawn(text=text, blocks=(section(text), actions(opener)))


def shown_only(partnership: Partnership) -> Block:
    """The settings for somebody who is no lead and changes none."""
    return modal(FORM, "Settings", [section(_shared(partnership))], metadata=_metadata(partnership))


def read_form(values: Mapping[str, object]) -> SettingsRead:
    """What was answered. A field that the form did not have stays as it is."""
    name, zone = _text(values, "name"), _text(values, "zone")
    found = read_zone(zone)
    hours, unread = _read_hours(_text(values, "hours")) if "hours" in values else (None, None)
    ladder, no_ladder = read_ladder(_text(values, "ladder"), _text(values, "steps"))
    errors = {
        "steps": no_ladder,
        "name": None if name else "A name, please.",
        "zone": None if found else no_zone(zone),
        "hours": unread,
    }
    wrong = {field_name: said for field_name, said in errors.items() if said is not None}
    if wrong or found is None:
        return SettingsRead(settings=None, errors=wrong)
    settings = OwnSettings(
        name=name,
        zone=found,
        public_summary=_text(values, "summary") == "channel",
        sponsors=_text(values, "sponsors") == "told" if "sponsors" in values else None,
        hours=hours,
        holidays=_CHOICES.get(_text(values, "holidays"), "unchanged"),
        reply_time=_read_reply(_text(values, "reply_time")),
        ladder=ladder,
    )
    return SettingsRead(settings=settings, errors={})


_CHOICES: Final[Mapping[str, HolidayChoice]] = {
    "own": "own",
    "other": "other",
    "both": "both",
    "none": "none",
}


def _holidays(partnership: Partnership, side: Side) -> Block:
    """The usual choices; a country that nobody knows is not offered."""
    zones = (partnership.side(s).calendar.zone for s in (side, other_side(side)))
    own, other = (country_of(zone) for zone in zones)
    chosen = holiday_choice(partnership, side)
    both = f"both ({own} and {other})" if own and other and own != other else None
    words: dict[HolidayChoice, str | None] = {
        "own": f"your own country ({own})" if own else None,
        "other": f"the other side's country ({other})" if other and other != own else None,
        "both": both,
        "none": "none: work goes on",
        "unchanged": f"{cut(_observed(partnership, side), 40)}, whatever the time zone",
    }
    if chosen == "none":
        del words["unchanged"]
    options = [option(said, choice) for choice, said in words.items() if said is not None]
    return select(options, chosen)


def _observed(partnership: Partnership, side: Side) -> str:
    """The countries as they are now: a night shift follows another country's clock."""
    places = partnership.side(side).calendar.holiday_countries
    names = ["-".join(filter(None, place)) for place in places]
    return f"{' and '.join(names)} as now"


def _summary(partnership: Partnership, side: Side) -> Block:
    places = [
        option("In this channel, once the other side wants it too", "channel"),
        option("Only for the leads", "leads"),
    ]
    chosen = "channel" if side in partnership.public_summary else "leads"
    return select(places, chosen, "radio_buttons")


def _sponsors_field(partnership: Partnership, side: Side, *, is_named: bool) -> Block:
    hint = None if is_named else "No sponsor is named yet: People names them."
    return field("sponsors", "Sponsors of both sides", _sponsors(partnership, side), hint=hint)


def _sponsors(partnership: Partnership, side: Side) -> Block:
    choices = [
        option("Read what a lead brings to them, once the other side wants it too", "told"),
        option("Are told nothing", "not_told"),
    ]
    chosen = "told" if side in partnership.sponsors_hear else "not_told"
    return select(choices, chosen, "radio_buttons")


def _reply(partnership: Partnership) -> Block:
    """Whole hours; a time that is none of them stands on top, as it is now."""
    usual = [option(plural(n, "working hour"), str(n)) for n in _REPLY_HOURS]
    now = partnership.reply_time
    current = next((str(n) for n in _REPLY_HOURS if n * _HOUR == now), None)
    if current is not None:
        return select(usual, current)
    return select([option(reply_words(now), "unchanged"), *usual], "unchanged")


def _read_reply(text: str) -> timedelta | None:
    return int(text) * _HOUR if text in {str(n) for n in _REPLY_HOURS} else None


def _read_hours(text: str) -> tuple[Hours | None, str | None]:
    """The typed hours, or what to say under the field."""
    read = read_hours(text)
    if read.hours is None:
        return None, trouble_words(read)
    if read.zone is not None:
        return None, "The time zone has a field of its own; only the hours here, please."
    return read.hours, None


def _shared(partnership: Partnership) -> str:
    sides = " and ".join(
        f"{quoted(info.name, _NAME_MOST)} ({place_of(info.calendar.zone)})"
        for info in (partnership.client, partnership.vendor)
    )
    summary = "in this channel" if partnership.summary_is_public else "only for the leads"
    told = "read what a lead brings to them" if partnership.tells_sponsors else "are told nothing"
    return (
        f"*{sides}*\nTemplate: {NAMES[partnership.template]}."
        f" Normal answer: within {reply_words(partnership.reply_time)}."
        f" The weekly summary is {summary}. Sponsors {told}."
        f"\nReminders of what is owed: {ladder_words(partnership.ladder)}."
    )


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
