"""What people do in a life over the wire: what they type, press and choose."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.flows.conftest import CHANNEL
from tests.people import ActRefused, Json
from tests.year.acts import presser
from tests.year.life import title
from tests.year.plans import Act, Kind, Made
from tests.year.record import MINUTE, Human
from tests.year.wire import Spot, WireLife

Thing = dict[str, Any]


class NoButton(AssertionError):
    """Nothing that somebody sees has what they want to press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where something stands that can be pressed."""

    spot: Spot
    block_id: str
    element: Json


def do(life: WireLife, n: int, thing: Made | Act) -> None:
    """Let somebody do something, again if the bot died meanwhile, as people press again."""
    while True:
        while life.remote.is_gone():
            life.go_on(max(life.remote.born_again_at, life.clock.now()))
        try:
            _once(life, n, thing)
        except (ActRefused, NoButton) as refusal:
            if life.remote.is_gone():
                continue
            life.answered.append(f"{_kind(thing)}: {getattr(refusal, 'error', 'no button')}")
        # What follows from it at once, and then what may only be posted a little later.
        life.go_on(life.clock.now())
        life.go_on(life.clock.now() + CALM)
        if not isinstance(thing, Made) or _thing(life, n) is not None or not life.remote.is_gone():
            return


def _kind(thing: Made | Act) -> str:
    return "make" if isinstance(thing, Made) else thing.kind


def _once(life: WireLife, n: int, thing: Made | Act) -> None:
    if isinstance(thing, Made):
        _make(life, n, thing)
    elif thing.kind in PERSONAL:
        human = life.humans[thing.person % len(life.humans)]
        life.touched.setdefault(human.id, []).append(life.now)
        PERSONAL[thing.kind](life, human, thing)
        life.touched[human.id].append(life.clock.now())
    elif life.seen:
        known = sorted(life.seen)
        one = _thing(life, thing.which) or life.seen[known[thing.which % len(known)]][-1][1]
        ABOUT[thing.kind](life, presser(life, one, thing), one, thing)


def _thing(life: WireLife, n: int) -> Thing | None:
    every = (history[-1][1] for history in life.seen.values())
    return next((one for one in every if one["title"] == title(n)), None)


def _make(life: WireLife, n: int, made: Made) -> None:
    if _thing(life, n) is not None:
        return
    author = life.humans[made.author % len(life.humans)]
    owner = life.humans[made.owner % len(life.humans)]
    zone = "New York" if author.side == "client" else "Manila"
    due_at = (life.now + made.due_in * MINUTE).astimezone(ZONES[zone])
    by = f"{due_at.day} {due_at:%b %Y %H:%M} {zone}".lower()
    _say(life, author, f"deliverable <@{owner.slack_id}> {title(n)} by {by}")


def _say(life: WireLife, human: Human, words: str) -> None:
    """Who is no guest of the channel types a command, everybody else mentions the bot."""
    if human.side == "client":
        life.slack.command(CHANNEL, human.slack_id, "/touchbase", words)
    else:
        life.slack.say(CHANNEL, human.slack_id, f"<@{life.slack.user_id('touchbase')}> {words}")


def _accept(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.accept", one["id"])


def _done(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.done", one["id"])


def _approve(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.approve", one["id"])


def _decline(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.decline", one["id"])


def _on_it(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.on_it", one["id"])


def _take(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "hand_over.take", one["id"])


def _move(life: WireLife, human: Human, one: Thing, act: Act) -> None:
    day = (life.now + timedelta(days=act.more % 12)).date()
    _press(life, human, "deliverable.new_date", one["id"])
    _fill_in(life, human, due=day.isoformat(), reason="the plant is closed")


def _put_off(life: WireLife, human: Human, one: Thing, act: Act) -> None:
    _press(life, human, "deliverable.not_today", f"{act.kind}|{one['id']}")


def _wait(life: WireLife, human: Human, one: Thing, act: Act) -> None:
    _press(life, human, "deliverable.waiting", one["id"])
    form = _form(life, human)
    inputs = [block for block in form["blocks"] if block.get("block_id") == "input"]
    if not inputs:
        _close_all(life, human)
        raise NoButton
    options = inputs[0]["element"]["options"]
    _fill_in(life, human, input=options[act.more % min(len(options), 4)]["value"])


def _hand_over(life: WireLife, human: Human, one: Thing, act: Act) -> None:
    fellows = [fellow for fellow in life.humans if fellow.side == one["side"]]
    _press(life, human, "deliverable.menu", f"deliverable.hand_over|{one['id']}")
    _fill_in(life, human, owner=fellows[act.more % len(fellows)].slack_id)


def _send_back(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.send_back", one["id"])
    _fill_in(life, human, reason="the totals lack")


def _withdraw(life: WireLife, human: Human, one: Thing, _: Act) -> None:
    _press(life, human, "deliverable.menu", f"deliverable.withdraw|{one['id']}")
    _fill_in(life, human, reason="no longer wanted")


def _away(life: WireLife, human: Human, act: Act) -> None:
    fellows = [one for one in life.humans if one.side == human.side and one is not human]
    from_on = (life.now + timedelta(days=act.more % 3)).date()
    until_on = from_on + timedelta(days=act.more % 10)
    half = act.more % 5 == 0
    chosen = {
        "from": from_on.isoformat(),
        "until": (from_on if half else until_on).isoformat(),
        "part": "second" if half else "whole",
    }
    if act.more % 2:
        chosen["stand_in"] = fellows[act.which % len(fellows)].slack_id
    _press(life, human, "hub.more", "")
    life.slack.click(human.slack_id, "hub.away", view_id=_form(life, human)["id"])
    _fill_in(life, human, **chosen)


def _back(life: WireLife, human: Human, _: Act) -> None:
    _say(life, human, "back")


def _daily(action_id: str) -> Callable[[WireLife, Human, Act], None]:
    def press(life: WireLife, human: Human, _: Act) -> None:
        keys = [(spot, key) for spot, key in life.keys.items() if _begins_day(key, human)]
        for spot, _key in reversed(keys):
            found = _at(life, spot, action_id, "")
            if found is not None:
                _click(life, human, found, "")
                return
        raise NoButton

    return press


def _begins_day(key: str, human: Human) -> bool:
    return key.startswith(f"daily/{human.id}/")


def _press(life: WireLife, human: Human, action_id: str, value: str) -> None:
    """Press, or choose, where it stands newest."""
    for spot in reversed(life.shown):
        if spot[0] not in life.direct or life.direct[spot[0]] == human.slack_id:
            found = _at(life, spot, action_id, value)
            if found is not None:
                _click(life, human, found, value)
                return
    raise NoButton


def _at(life: WireLife, spot: Spot, action_id: str, value: str) -> Found | None:
    """An element of a message with a value that begins so, or with such a choice."""
    for block in life.shown[spot]["blocks"]:
        for element in _elements(block):
            if element.get("action_id") == action_id and _offers(element, value):
                return Found(spot=spot, block_id=block["block_id"], element=element)
    return None


def _elements(block: Json) -> Iterator[Json]:
    yield from block.get("elements", [])
    if "accessory" in block:
        yield block["accessory"]


def _offers(element: Json, value: str) -> bool:
    values = [element.get("value", ""), *(one["value"] for one in element.get("options", []))]
    return any(one.startswith(value) for one in values)


def _click(life: WireLife, human: Human, found: Found, value: str) -> None:
    (channel, ts), element = found.spot, found.element
    chosen = [one["value"] for one in element.get("options", []) if one["value"].startswith(value)]
    where: dict[str, Any] = {"channel": channel, "ts": ts, "block_id": found.block_id}
    if chosen:
        where["selected"] = chosen[0]
    life.slack.click(human.slack_id, element["action_id"], **where)


def _form(life: WireLife, human: Human) -> Json:
    """The form on top; somebody who may not do it has none, but an answer."""
    forms = life.slack.views(human.slack_id)["modals"]
    if not forms:
        raise NoButton
    top: Json = forms[-1]
    return top


def _fill_in(life: WireLife, human: Human, **values: str) -> None:
    """Send the form on top; whatever stands there then is closed."""
    given = {name: {"value": value} for name, value in values.items()}
    try:
        sent = life.slack.submit(human.slack_id, _form(life, human)["id"], given)
    finally:
        _close_all(life, human)
    if sent.get("errors"):
        life.answered.append(str(sorted(sent["errors"])))


def _close_all(life: WireLife, human: Human) -> None:
    for view in reversed(life.slack.views(human.slack_id)["modals"]):
        life.slack.post("close", user=human.slack_id, view_id=view["id"])


CALM: Final = timedelta(seconds=10)
ZONES: Final = {"New York": ZoneInfo("America/New_York"), "Manila": ZoneInfo("Asia/Manila")}
ABOUT: Final[Mapping[Kind, Callable[[WireLife, Human, Thing, Act], None]]] = {
    "accept": _accept,
    "done": _done,
    "move": _move,
    "tomorrow": _put_off,
    "next_week": _put_off,
    "on_it": _on_it,
    "waits": _wait,
    "hand_over": _hand_over,
    "take": _take,
    "send_back": _send_back,
    "approve": _approve,
    "decline": _decline,
    "withdraw": _withdraw,
}
PERSONAL: Final[Mapping[Kind, Callable[[WireLife, Human, Act], None]]] = {
    "away": _away,
    "back": _back,
    "stop": _daily("daily.stop"),
    "start": _daily("daily.start"),
    "set_aside": _daily("daily.not_today"),
}
