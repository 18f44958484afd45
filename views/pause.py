"""Rest: the question for whom and until when, its form, and what is said about it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from domain import zones
from domain.partnerships import Partnership, Pause
from domain.pauses import BotIsOut, EndIsPast, Out
from domain.people import SIDES, Side, other_side
from views.blocks import (
    Block,
    Drawn,
    actions,
    button,
    field,
    modal,
    option,
    quoted,
    section,
    select,
)
from views.times import day_words, place_of, when

ME: Final = "pause.me"
CHANNEL: Final = "pause.channel"
OPEN: Final = "pause.open"
RESUME_ME: Final = "pause.resume_me"
RESUME_CHANNEL: Final = "pause.resume_channel"
ASK: Final = "pause.ask"
FORM: Final = "pause.form"

_SCOPES: Final = (("me", "Me, in all channels"), ("channel", "This channel, for both sides"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a button or form asks for.

    Attributes:
        partnership_id: Empty where no partnership lives.
        until_at: None: until somebody says otherwise.
    """

    partnership_id: str
    until_at: datetime | None = None

    @property
    def value(self) -> str:
        until = 0 if self.until_at is None else int(self.until_at.timestamp())
        return f"{self.partnership_id}|{until}"


def read(value: str) -> Rest:
    """What a button carries; an end that cannot be read is none."""
    partnership_id, _, until = value.partition("|")
    known = until.isdigit() and 0 < len(until) <= 10 and int(until) > 0
    until_at = datetime.fromtimestamp(int(until), UTC) if known else None
    return Rest(partnership_id=partnership_id, until_at=until_at)


def asked(rest: Rest, zone: str = "") -> Drawn:
    """For whom, and until when. ``zone``: of the reader, needed where an end was named."""
    text = "For you or this channel? Until when?"
    if rest.until_at is not None:
        text = f"For you or this channel, until {when(rest.until_at, zone)}?"
    buttons = [button("For me", ME, rest.value)]
    if rest.partnership_id:
        buttons.append(button("For this channel", CHANNEL, rest.value))
    buttons.append(button("Until a day…", OPEN, rest.value))
    return Drawn(text=text, blocks=(section(text), actions(*buttons, block_id="pause")))


def form(rest: Rest, channel: str) -> Block:
    """For whom and until which day."""
    options = [option(text, value) for value, text in _SCOPES if value == "me" or channel]
    carried = {"partnership": rest.partnership_id, "channel": channel}
    until = field(
        "until",
        "Until",
        {"type": "datepicker", "action_id": "value"},
        hint="I go on that morning. Without a day: until you say so.",
        optional=True,
    )
    scope = field("scope", "For whom", select(options, "me", "radio_buttons"))
    return modal(FORM, "Pause", [scope, until], submit="Pause", metadata=json.dumps(carried))


def quiet(until_at: datetime | None, zone: str) -> Drawn:
    text = f"I write nothing more to you{_end(until_at, zone)}. Nobody is told."
    return Drawn(
        text=text, blocks=(section(text), actions(button("Write to me again", RESUME_ME, "me")))
    )


def noted() -> Drawn:
    """Where others read it, too: that it is done, and not what."""
    return _said("Done; it holds from now on.")


def speaking_again() -> Drawn:
    return _said("I write to you again. What was due meanwhile is on your list, not here.")


def which_rests(partnership_id: str) -> Drawn:
    """Asked where both the person and the channel rest."""
    text = "Two things are paused: my messages to you, and this channel for both sides. Which?"
    row = actions(
        button("Write to me again", RESUME_ME, "me"),
        button("Resume the channel", RESUME_CHANNEL, partnership_id),
        block_id="pause",
    )
    return Drawn(text=text, blocks=(section(text), row))


def nothing_rests() -> Drawn:
    return _said("Nothing is paused.")


def channel_rests(partnership: Partnership, until_at: datetime | None, zone: str) -> Drawn:
    text = f"Touchbase rests in this channel{_end(until_at, zone)}, for both sides."
    shown = button("Resume", RESUME_CHANNEL, partnership.id)
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def channel_goes_on() -> Drawn:
    return _said("Touchbase goes on in this channel; what piled up is not said.")


def theirs_to_resume(partnership: Partnership, side: Side, pause: Pause | None, zone: str) -> Drawn:
    """To somebody of one side, while it is the other's wish that Touchbase rests."""
    them = quoted(partnership.side(side).name, 60)
    end = None if pause is None else pause.until_at
    until = "" if end is None else f" {_until(end, zone)}"
    text = f"{them} paused it{until}. A lead of {them} can resume."
    shown = button(f"Ask {partnership.side(side).name[:60]}", ASK, partnership.id)
    return Drawn(text=text, blocks=(section(text), actions(shown, block_id="pause")))


def asked_to_go_on(partnership: Partnership, side: Side, *, is_said: bool) -> Drawn:
    """To who had the other side asked."""
    them = quoted(partnership.side(side).name, 60)
    if not is_said:
        return _said(
            f"I can say nothing in this channel now. Please ask a lead of {them} yourself."
        )
    return _said(f"{them} is asked, in the thread of *This week*.")


def wish_to_go_on(partnership: Partnership, side: Side) -> Drawn:
    """In the thread: a side asks the other one to end its rest."""
    us = quoted(partnership.side(side).name, 60)
    them = quoted(partnership.side(other_side(side)).name, 60)
    text = f"{us} would like Touchbase to go on here. A lead of {them} can resume."
    shown = button("Resume", RESUME_CHANNEL, partnership.id)
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def told_of_rest(partnership: Partnership, side: Side | None, until_at: datetime | None) -> Drawn:
    """The line that both sides read."""
    zone = partnership.side(partnership.home_side).calendar.zone
    end = "until that side resumes" if side is not None else "until one of you resumes"
    if until_at is not None:
        end = f"until {when(until_at, zone)}"
    text = f"{_who(partnership, side)} Touchbase rests here {end}."
    shown = button("Resume", RESUME_CHANNEL, partnership.id)
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def rest_is_over(partnership: Partnership, over_at: datetime) -> Drawn:
    """What the line about a rest becomes once it ended: nothing is left to press."""
    zone = partnership.side(partnership.home_side).calendar.zone
    return _said(f"Touchbase rested here until {when(over_at, zone)}.")


def rest_notice(partnership: Partnership) -> list[Block]:
    """What the live posts say while a partnership rests because a lead asked; else nothing."""
    text = rest_words(partnership)
    if not text:
        return []
    shown = button("Resume", RESUME_CHANNEL, partnership.id)
    return [section(f"*{text}*", accessory=shown)]


def out_notice(reason: Out | None) -> list[Block]:
    """What an answer says first while nothing can be said in the channel; else nothing."""
    return [] if reason is None else [section(f"*{out_words(reason)}*")]


def out_words(reason: Out | None) -> str:
    """Why nothing can be said in the channel, and how it goes on; empty when it can."""
    return "" if reason is None else _OUT[reason]


_OUT: Final[Mapping[Out, str]] = {
    "removed": "I am not in this channel. Write `/invite @touchbase` there, and I go on by myself.",
    "archived": "The channel is archived; once it is not, Touchbase goes on by itself.",
    "unshared": "The other company does not share this channel any more; once it does, Touchbase"
    " goes on by itself.",
}


def rest_words(partnership: Partnership) -> str:
    """Until when it rests; empty when it does not, or nobody asked for it."""
    pause = partnership.pause
    if pause is None or pause.reason != "asked":
        return ""
    zone = partnership.side(partnership.home_side).calendar.zone
    asked = [name for until, name in _asked(partnership, pause) if until is not None]
    whose = f", as {' and '.join(asked)} asked" if asked else ""
    if pause.until_at is not None:
        return f"Resting until {when(pause.until_at, zone, pause.from_at)}{whose}."
    return f"Resting until a lead resumes{whose}."


def _asked(partnership: Partnership, pause: Pause) -> list[tuple[datetime | None, str]]:
    ends = (pause.client_until, pause.vendor_until)
    return [
        (end, quoted(partnership.side(side).name, 60))
        for side, end in zip(SIDES, ends, strict=True)
    ]


def told_of_going_on(partnership: Partnership, side: Side | None) -> Drawn:
    """The one line after a rest; never what piled up."""
    return _said(f"{_who(partnership, side)} Touchbase goes on here.".strip())


def _who(partnership: Partnership, side: Side | None) -> str:
    return "" if side is None else f"As {quoted(partnership.side(side).name, 60)} asked:"


def _end(until_at: datetime | None, zone: str) -> str:
    return " until you say so" if until_at is None else f" {_until(until_at, zone)}"


def _until(until_at: datetime, zone: str) -> str:
    local = zones.local(until_at, zone)
    return f"until {day_words(local.date())} {local:%H:%M} {place_of(zone)}"


def _said(text: str) -> Drawn:
    return Drawn(text=text, blocks=(section(text),))


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    EndIsPast: lambda _: (
        "I understood no end to come. As in: `pause until monday`, `pause me for two weeks`."
    ),
    BotIsOut: lambda error: out_words(error.reason),
}
