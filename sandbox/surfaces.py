"""Modals, Home tabs and the triggers that open them."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sandbox.elements import Place, drawn, fill_ids, has_state, places
from sandbox.errors import Refused
from sandbox.patience import Patience
from sandbox.ports import Clock, Json
from sandbox.stamps import Stamps

TRIGGER_LIVES: Final = timedelta(seconds=3)  # on the world's clock, if that is moved
MOST_VIEWS: Final = 3  # Slack: a stack holds three views
Picks = dict[tuple[str, str], Json]


def state_values(blocks: list[Json], picks: Picks) -> Json:
    """``state.values``: what every element holds, touched or as drawn."""
    values: Json = {}
    for place in places(blocks):
        if has_state(place.element):
            block_id, action_id = place.key
            held = picks.get(place.key) or drawn(place.element)
            values.setdefault(block_id, {})[action_id] = held
    return values


@dataclass(slots=True, kw_only=True, eq=False)
class View:
    """A modal or Home tab of one person; ``body`` is Slack's view object without its state."""

    user_id: str
    body: Json
    picks: Picks = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.body["id"])

    def with_state(self) -> Json:
        return {**self.body, "state": {"values": state_values(self.body["blocks"], self.picks)}}

    def places(self) -> list[Place]:
        return list(places(self.body["blocks"]))


@dataclass(slots=True, kw_only=True)
class Trigger:
    user_id: str
    issued_s: float
    issued_at: datetime
    in_modal: bool
    used: bool = False


class Triggers:
    """The short-lived permissions to open a modal.

    One expires by the machine's clock, as it lives between two machines at Slack, and when the
    world's clock is moved over its end.
    """

    def __init__(self, stamps: Stamps, clock: Clock, patience: Patience) -> None:
        self._stamps = stamps
        self._clock = clock
        self._patience = patience
        self._triggers: dict[str, Trigger] = {}

    def anew(self) -> "Triggers":
        """The same for another world: none was issued yet."""
        return Triggers(self._stamps, self._clock, self._patience)

    def issue(self, user_id: str, *, in_modal: bool = False) -> str:
        now_s = asyncio.get_running_loop().time()
        self._forget_old(now_s)
        trigger_id = f"{int(now_s * 1000)}.{self._stamps.id('')}.{self._stamps.secret()}"
        self._triggers[trigger_id] = Trigger(
            user_id=user_id, issued_s=now_s, issued_at=self._clock.now(), in_modal=in_modal
        )
        return trigger_id

    def use(self, trigger_id: object) -> Trigger:
        """Use a trigger up.

        Raises:
            Refused: It never was, has expired, or was used before.
        """
        trigger = self._triggers.get(str(trigger_id))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._is_over(trigger):
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def _is_over(self, trigger: Trigger) -> bool:
        waited_s = asyncio.get_running_loop().time() - trigger.issued_s
        moved = self._clock.now() - trigger.issued_at
        return waited_s > self._patience.trigger_s or moved > TRIGGER_LIVES

    def _forget_old(self, now_s: float) -> None:
        """Keep a minute of them, so that an expired one is told from one that never was."""
        while self._triggers:
            oldest = next(iter(self._triggers))
            if now_s - self._triggers[oldest].issued_s < 60:
                return
            del self._triggers[oldest]


class Surfaces:
    """The stack of modals and the Home tab of every person."""

    def __init__(self, stamps: Stamps) -> None:
        self._stamps = stamps
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user_id: str) -> list[View]:
        return self.modals.setdefault(user_id, [])

    def find(self, *, view_id: object = None, external_id: object = None) -> View | None:
        every = [v for stack in self.modals.values() for v in stack] + list(self.homes.values())
        if view_id is not None:
            return next((v for v in every if v.id == view_id), None)
        return next((v for v in every if v.body["external_id"] == external_id), None)

    def push(self, user_id: str, body: Json) -> View:
        """Put a view on top of a person's stack.

        Raises:
            Refused: ``push_limit_reached``, or ``duplicate_external_id``.
        """
        stack = self.stack(user_id)
        if len(stack) >= MOST_VIEWS:
            raise Refused("push_limit_reached")
        self._check_external_id(body, None)
        view = View(user_id=user_id, body=self._fresh(body))
        view.body["previous_view_id"] = stack[-1].id if stack else None
        view.body["root_view_id"] = stack[0].id if stack else view.id
        stack.append(view)
        return view

    def replace(self, view: View, body: Json) -> None:
        """Draw a view anew: what was typed stays where block_id and action_id are the same."""
        self._check_external_id(body, view)
        kept = ("id", "team_id", "root_view_id", "previous_view_id")
        view.body = self._fresh(body) | {key: view.body[key] for key in kept}
        left = {place.key for place in view.places()}
        view.picks = {key: held for key, held in view.picks.items() if key in left}

    def publish(self, user_id: str, body: Json) -> View:
        home = self.homes.get(user_id)
        if home is not None:
            self.replace(home, body)
            return home
        self._check_external_id(body, None)
        home = View(user_id=user_id, body=self._fresh(body))
        self.homes[user_id] = home
        return home

    def _check_external_id(self, body: Json, owner: View | None) -> None:
        external_id = body.get("external_id")
        other = self.find(external_id=external_id) if external_id else None
        if other is not None and other is not owner:
            raise Refused("duplicate_external_id")

    def _fresh(self, body: Json) -> Json:
        view_id = self._stamps.id("V")
        empty: Json = {
            "id": view_id,
            "external_id": "",
            "private_metadata": "",
            "callback_id": "",
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            "submit_disabled": False,
            "previous_view_id": None,
            "root_view_id": view_id,
        }
        blocks = fill_ids(body["blocks"], self._stamps)
        return empty | body | {"blocks": blocks, "hash": self._stamps.secret()[:10]}
