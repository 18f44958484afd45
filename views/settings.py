"""The settings of a partnership as one side's lead changes them, and how a change is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.partnerships import Partnership
from domain.people import Side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    field,
    modal,
    option,
    quoted,
    section,
    select,
    text_input,
)
from views.hub import reply_words
from views.templates import NAMES, listed
from views.times import place_of
from views.words.zones import read_zone

FORM: Final = "setup.settings"
_NAME_MOST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """What a lead decides for the own side. ``zone`` is an IANA name."""

    name: str
    zone: str
    public_summary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """The form read back: the settings, or a sentence under each field that needs a change."""

    settings: OwnSettings | None
    errors: Mapping[str, str]


def form(partnership: Partnership, side: Side) -> Block:
    """The settings that a lead of ``side`` changes alone, and above them what both share."""
    info = partnership.side(side)
    places = [
        option("In this channel, once the other side wants it too", "channel"),
        option("Only for the leads", "leads"),
    ]
    chosen = "channel" if side in partnership.public_summary else "leads"
    blocks: Blocks = [
        section(_shared(partnership)),
        field("name", "Name of your side", text_input(initial=info.name, most=_NAME_MOST)),
        field(
            "zone",
            "Time zone of your side",
            text_input(initial=info.calendar.zone, placeholder="New York", most=60),
            hint="A city or a zone name. Hours and days off stay as they are.",
        ),
        field("summary", "The weekly summary", select(places, chosen, "radio_buttons")),
    ]
    return modal(FORM, "Settings", blocks, submit="Save", metadata=_metadata(partnership))


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
    name, zone = _text(values, "name"), _text(values, "zone")
    found = read_zone(zone)
    if not name:
        return SettingsRead(settings=None, errors={"name": "A name, please."})
    if found is None:
        said = f"I know no time zone called {zone}. A city works: New York, Manila, Berlin."
        return SettingsRead(settings=None, errors={"zone": said})
    public = _text(values, "summary") == "channel"
    settings = OwnSettings(name=name, zone=found, public_summary=public)
    return SettingsRead(settings=settings, errors={})


def changed(before: Partnership, after: Partnership, side: Side) -> Drawn | None:
    """One line with old and new, naming the side; None when nothing is different."""
    old, new = before.side(side), after.side(side)
    changes = []
    if old.name != new.name:
        changes.append(f"its name, now {quoted(new.name, _NAME_MOST)}")
    if old.calendar.zone != new.calendar.zone:
        zones = f"from {place_of(old.calendar.zone)} to {place_of(new.calendar.zone)}"
        changes.append(f"its time zone {zones}")
    if (side in before.public_summary) != (side in after.public_summary):
        wish = "in this channel" if side in after.public_summary else "only for the leads"
        changes.append(f"where it wants the weekly summary: {wish}")
    if not changes:
        return None
    text = f"{quoted(old.name, _NAME_MOST)} changed {listed(changes)}."
    return Drawn(text=text, blocks=(section(text),))


def _shared(partnership: Partnership) -> str:
    sides = " and ".join(
        f"{quoted(info.name, _NAME_MOST)} ({place_of(info.calendar.zone)})"
        for info in (partnership.client, partnership.vendor)
    )
    summary = "in this channel" if partnership.summary_is_public else "only for the leads"
    return (
        f"*{sides}*\nTemplate: {NAMES[partnership.template]}."
        f" Normal answer: within {reply_words(partnership.reply_time)}."
        f" The weekly summary is {summary}."
    )


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
