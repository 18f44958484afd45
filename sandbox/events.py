"""Events on their way to the app: wrapped as Slack wraps them, sent, and sent again if unacked."""

import asyncio
import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sandbox.activity import Activity, Alarms
from sandbox.manifest import Manifest
from sandbox.patience import Patience
from sandbox.ports import Clock, Json
from sandbox.stamps import Stamps
from sandbox.telling import send_logged
from sandbox.transport import Ack, Envelope, Transport
from sandbox.wire_log import WireLog
from sandbox.world import Channel, World

# Slack: up to three more attempts: at once, after one minute, after five minutes.
RETRY_AFTER: Final = (None, None, timedelta(minutes=1), timedelta(minutes=5))
AGAIN: Final = "An event that was not acknowledged is sent again"
_MESSAGE_EVENTS: Final = {
    "im": "message.im",
    "group": "message.groups",
    "channel": "message.channels",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Where events go to and what rules their way."""

    transport: Transport
    activity: Activity
    alarms: Alarms
    clock: Clock
    wire: WireLog
    patience: Patience


@dataclass(slots=True, kw_only=True)
class Delivery:
    """An event on its way; ``cause`` is a sentence, if it is known why it was not acked so far."""

    acked: asyncio.Future[bool]
    cause: str = ""


class Told:
    """The deliveries that one act set off."""

    def __init__(self, patience: Patience) -> None:
        self.deliveries: list[Delivery] = []
        self._patience = patience

    async def acked(self) -> bool:
        """Whether the app acked all of them in time."""
        acks = [one.acked for one in self.deliveries]
        waiting = [ack for ack in acks if not ack.done()]
        if waiting:
            await asyncio.wait(waiting, timeout=self._patience.ack_s)
        return all(ack.done() and ack.result() for ack in acks)

    @property
    def cause(self) -> str:
        """Why one of them was not acked, as far as that is known; else empty."""
        return next((one.cause for one in self.deliveries if one.cause), "")


class Events:
    """Sends events to the app. While no socket is open they are kept, in order."""

    def __init__(
        self, world: World, manifest: Manifest, stamps: Stamps, outside: Outside, token: str
    ) -> None:
        self._world = world
        self._manifest = manifest
        self._stamps = stamps
        self._outside = outside
        self._token = token
        self._told: Told | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def gathered(self) -> Iterator[Told]:
        """Gather what is emitted inside; the block must not await."""
        self._told = Told(self._outside.patience)
        try:
            yield self._told
        finally:
            self._told = None

    def emit(self, event: Json, channel: Channel | None = None, *, name: str = "") -> None:
        """Send an event if the app is subscribed and, for an event in a channel, a member.

        Args:
            event: The inner event; ``event_ts`` is added if it has none.
            channel: Where it happened; None for events of the workspace.
            name: The name of the subscription where it is not the event's type.
        """
        if channel is not None and not self._sees(channel):
            return
        if not name and event["type"] == "message" and channel is not None:
            name = _MESSAGE_EVENTS[channel.kind]
        if self._manifest.hears(name or event["type"]):
            self.send(event, channel)

    def send(
        self,
        event: Json,
        channel: Channel | None = None,
        *,
        event_id: str | None = None,
        team_id: str | None = None,
    ) -> None:
        """Send an event whatever is subscribed.

        Args:
            event: The inner event.
            channel: Where it happened, if in a channel.
            event_id: A new one unless given.
            team_id: Where it comes from; None means the installing team.
        """
        delivery = Delivery(acked=asyncio.get_running_loop().create_future())
        if self._told is not None and self._outside.transport.connected:
            self._told.deliveries.append(delivery)
        outer = self._outer(event, channel) | {
            "event_id": event_id or self._stamps.id("Ev"),
            "team_id": team_id or self._world.app.team_id,
        }
        envelope = Envelope(type="events_api", payload=outer)
        self._outside.activity.began_envelope()
        task = asyncio.create_task(self._deliver(envelope, delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _sees(self, channel: Channel) -> bool:
        return channel.dm_of is not None or self._world.app.user_id in channel.members

    async def _deliver(self, envelope: Envelope, delivery: Delivery) -> None:
        activity = self._outside.activity
        answer = Ack(acked=False)
        try:
            for attempt, pause in enumerate(RETRY_AFTER):
                if attempt:
                    envelope = envelope.retried(attempt, answer.reason)
                if pause is not None:
                    await self._wait_for(pause)
                answer = await self._attempt(envelope)
                delivery.cause = answer.cause
                if answer.acked or not answer.retry:
                    break
        finally:
            if not delivery.acked.done():
                delivery.acked.set_result(answer.acked)
            activity.ended_envelope()

    async def _wait_for(self, pause: timedelta) -> None:
        """Wait on the world's clock; meanwhile the envelope is not in flight."""
        alarm = self._outside.alarms.at(self._outside.clock.now() + pause, AGAIN)
        self._outside.activity.ended_envelope()
        try:
            await alarm
        finally:
            self._outside.activity.began_envelope()

    async def _attempt(self, envelope: Envelope) -> Ack:
        outside = self._outside
        if not outside.transport.connected:
            await self._keep()
        at = outside.clock.now().isoformat()
        return await send_logged(outside.wire, outside.transport, envelope, at)

    async def _keep(self) -> None:
        activity = self._outside.activity
        activity.kept += 1
        activity.ended_envelope()
        try:
            await self._outside.transport.ready()
        finally:
            activity.kept -= 1
            activity.began_envelope()

    def _outer(self, event: Json, channel: Channel | None) -> Json:
        app = self._world.app
        now = self._outside.clock.now()
        # An event that carries a stamp of its own, as a message does, keeps it.
        event.setdefault("event_ts", event.get("ts") or self._stamps.ts(now))
        context = {"et": event["type"], "tid": app.team_id, "aid": app.id}
        return {
            "token": self._token,
            "context_team_id": app.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_time": int(now.timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": app.team_id,
                    "user_id": app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.shared,
            "event_context": "4-" + base64.b64encode(json.dumps(context).encode()).decode(),
        }
