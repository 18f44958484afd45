"""What people do: they talk, type commands, press buttons they can read, and fill in forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from demo.control import Control, Json, Refused
from demo.people import CHANNEL, GLOBALCALL, MANILA, NEW_YORK
from demo.reading import Spot, spots, words_of

# A channel gets about one post a second: long enough for an answer to stand there.
A_MOMENT: Final = "PT20S"


class StoryStopped(Exception):
    """Somebody looked for something and it was not there; the text says who, what and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A button of a message that somebody can see."""

    place: str
    ts: str
    spot: Spot


class Stage:
    """The sandbox as its people use it. They are named as in ``demo.people``."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._ids = {user["name"]: user["id"] for user in control.see("world")["users"]}

    def now(self) -> datetime:
        return datetime.fromisoformat(self._control.see("world")["now"])

    def move_to(self, at: datetime) -> None:
        """Let time pass through all that is due on the way."""
        self._control.do("clock", now=at.isoformat())

    def pause(self) -> None:
        """Let the bot answer, as people do before they look again."""
        self._control.do("clock", advance=A_MOMENT)

    def id_of(self, name: str) -> str:
        if name not in self._ids:
            raise StoryStopped(
                f"The story needs {name.title()}, who is not in this world."
                " With --empty it starts without the story."
            )
        return str(self._ids[name])

    def say(self, name: str, text: str, *, below: str | None = None) -> str:
        """Post in the shared channel, or in the thread of the message ``below``; return its ts."""
        answer = self._control.do("message", channel=CHANNEL, user=name, text=text, thread_ts=below)
        return str(answer["ts"])

    def type(self, name: str, command: str, words: str) -> None:
        """Run a slash command in the shared channel."""
        self._control.do("command", channel=CHANNEL, user=name, command=command, text=words)

    def press(self, name: str, action_id: str, *, beside: str = "", value: str = "") -> None:
        """Press the newest such button that ``name`` sees beside these words.

        Args:
            beside: Words that stand between the buttons before it and its own.
            value: Which of several equal buttons in a row: its value ends like this.
        """
        found = self.button(name, action_id, beside=beside, value=value)
        try:
            self._control.do(
                "click",
                user=name,
                action_id=action_id,
                channel=found.place,
                ts=found.ts,
                block_id=found.spot.block_id,
                value=found.spot.value,
            )
        except Refused as error:
            raise self._stopped(name, f"pressed {action_id}: {error}") from error

    def button(self, name: str, action_id: str, *, beside: str = "", value: str = "") -> _Seen:
        """The newest such button that ``name`` sees."""
        for message in self._seen_by(name):
            for spot in spots(message):
                wanted = spot.action_id == action_id and beside in spot.beside
                if wanted and (spot.value or "").endswith(value):
                    return _Seen(place=message["place"], ts=message["ts"], spot=spot)
        where = f" beside “{beside}”" if beside else ""
        raise self._stopped(name, f"found no button {action_id}{where}")

    def press_in_form(self, name: str, action_id: str, *, beside: str = "") -> None:
        """Press a button of the form on top. ``beside``: as in ``press``."""
        form = self._form_of(name)
        found = [one for one in spots(form) if one.action_id == action_id and beside in one.beside]
        if not found:
            raise self._stopped(name, f"found no button {action_id} in the form")
        where = {"view_id": form["id"], "block_id": found[0].block_id}
        self._control.do("click", user=name, action_id=action_id, **where)

    def fill(self, name: str, **values: object) -> None:
        """Fill in the form on top and submit it; what is not named stays as drawn."""
        given = {block: {"value": value} for block, value in values.items()}
        form = self._form_of(name)
        answer = self._control.do("submit", user=name, view_id=form["id"], values=given)
        if answer.get("errors"):
            raise self._stopped(name, f"got the form back: {answer['errors']}")

    def close_forms(self, name: str) -> None:
        """Close what is still open, such as what a form answered with."""
        for form in reversed(self._forms_of(name)):
            self._control.do("close", user=name, view_id=form["id"])

    def reads(self, name: str, words: str) -> str:
        """The ts of the newest message with these words that ``name`` sees."""
        for message in self._seen_by(name):
            if words in words_of(message) or words in message["text"]:
                return str(message["ts"])
        raise self._stopped(name, f"found no message that says “{words}”")

    def direct_of(self, name: str) -> str:
        """The channel of somebody's direct messages with the bot."""
        return str(self._control.see("messages", user=name)["channel"])

    def all_is_read(self) -> None:
        """Nothing that was said so far is new to anybody."""
        self._control.do("seen", user="*")

    def show(self, guide: Json) -> None:
        """Have the page say what the viewer can do."""
        self._control.do("guide", **guide)

    def keep(self, heading: Json) -> None:
        """Let the viewer come back to this moment; ``heading`` is its name, title and about."""
        self._control.do("keep", **heading)

    def run_on(self) -> None:
        """From here on the clock follows real time."""
        self._control.do("clock", running=True)

    def _forms_of(self, name: str) -> list[Json]:
        found: list[Json] = self._control.see("views", user=name)["modals"]
        return found

    def _form_of(self, name: str) -> Json:
        forms = self._forms_of(name)
        if not forms:
            raise self._stopped(name, "has no form open")
        return forms[-1]

    def _seen_by(self, name: str) -> Iterator[Json]:
        """What somebody sees in the channel and in direct messages with the bot, newest first."""
        own = self.id_of(name)
        channel = self._control.see("messages", channel=CHANNEL)["messages"]
        direct = self._control.see("messages", user=name)
        seen = [m | {"place": CHANNEL} for m in channel if m["ephemeral_to"] in {None, own}]
        seen += [m | {"place": direct["channel"]} for m in direct["messages"]]
        yield from sorted(seen, key=lambda message: float(message["ts"]), reverse=True)

    def _stopped(self, name: str, what: str) -> StoryStopped:
        zone = MANILA if name in GLOBALCALL else NEW_YORK
        at = self.now().astimezone(ZoneInfo(zone))
        return StoryStopped(
            f"The story stopped on {at:%a %-d %b, %H:%M} ({zone}): {name.title()} {what}."
        )
