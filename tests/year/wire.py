"""A life over the real wire: what is there, what is posted, and time that moves both."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from clock import MovableClock
from data import members, outbox
from data.partnerships import every
from data.people import by_slack_id
from data.store import Store
from domain.people import Side
from handlers import REGISTRARS
from handlers.registered import listening, registered
from tests.flows.checkin_acts import press_private
from tests.flows.checkin_acts import say as say_checkin
from tests.flows.conftest import Touchbase
from tests.flows.small_world import WORLD
from tests.people import Json, Slack
from tests.quarter.acts import change_settings, confirm_people
from tests.wire import sandbox_options, start_sandbox
from tests.year.clocks import NIGHT_SHIFT, OFFICE, Pattern, SlowClock
from tests.year.life import calendar_of
from tests.year.plans import Plan
from tests.year.record import COUNTRY, Human, Posted, Record, look, starts_at
from tests.year.remote import Remote
from views.manifest import Wishes
from views.manifest import manifest as drawn_manifest

TEAM: Final = "T0ACME0001"
CLIENTS: Final = ("U0MARIA0000", "U0JAMES0000", "U0PRIYA0000", "U0TOM000000")
VENDORS: Final = ("U0ANA000000", "U0MIGUEL000", "U0LIZA00000", "U0CARLO0000")
SET_UP_IN: Final = timedelta(hours=2)

Spot = tuple[str, str]


@dataclass(kw_only=True)
class WireLife(Record):
    """One that is lived over HTTP and WebSocket.

    Attributes:
        shown: What stands in Slack, by channel and ts, in the order in which it came.
        keys: Of the posts there.
        direct: Whose direct messages a channel is.
        doubled: What was posted twice.
    """

    slack: Slack
    remote: Remote
    clock: MovableClock
    shown: dict[Spot, Json] = field(default_factory=dict)
    keys: dict[Spot, str] = field(default_factory=dict)
    direct: dict[str, str] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    read_up_to: int = 0

    @property
    def touchbase(self) -> Touchbase:
        return Touchbase(slack=self.slack, database=self.store.path)

    def go_on(self, until: datetime) -> None:
        """Let time pass, and note how things stand wherever anything was due."""
        while True:
            due = self.remote.next_due()
            target = until if due is None else max(min(due, until), self.clock.now())
            self.slack.move_to(target.isoformat())
            self.note()
            if target >= until:
                return

    def note(self) -> None:
        """Read what was posted since, then how everything stands."""
        for call in self.slack.get("calls", after=self.read_up_to)["calls"]:
            self.read_up_to = call["seq"]
            if (call["answer"] or {}).get("ok"):
                self._hear(call)
        self.now = self.clock.now()
        look(self)

    def _hear(self, call: Json) -> None:
        said, at = call["args"], datetime.fromisoformat(call["at"])
        if call["method"] == "conversations.open":
            self.direct[call["answer"]["channel"]["id"]] = said["users"]
        elif call["method"] == "chat.postMessage":
            self._posted(said, call["answer"]["ts"], at)
        elif call["method"] == "chat.update":
            self._changed(said, call["seq"], at)

    def _posted(self, said: Json, ts: str, at: datetime) -> None:
        row_id = said["metadata"]["event_payload"]["id"]
        (stored,) = self.rows("SELECT * FROM outbox WHERE id = :id", id=row_id)
        row = replace(outbox.row_of(stored), payload=_parsed(said))
        if row_id in self.posted:
            self.doubled.append(f"posted twice: {row.key} at {at}")
        self.shown[said["channel"], ts] = _parsed(said)
        self.keys[said["channel"], ts] = row.key
        self.posted[row_id] = Posted(row=row, at=at)
        for human in self.humans:
            self.on_post(human, self.posted[row_id])

    def _changed(self, said: Json, seq: int, at: datetime) -> None:
        spot = said["channel"], said["ts"]
        self.shown[spot] = _parsed(said)
        first = next(one for one in self.posted.values() if one.row.key == self.keys[spot])
        row_id = f"update-{seq}"
        row = replace(
            first.row,
            id=row_id,
            key=row_id,
            kind="update",
            target=first.row.key,
            payload=self.shown[spot],
        )
        self.posted[row_id] = Posted(row=row, at=at)


def _parsed(said: Json) -> Json:
    """Blocks come as they were sent: as a list, or as the text of one."""
    blocks = said.get("blocks", [])
    return said | {"blocks": json.loads(blocks) if isinstance(blocks, str) else blocks}


@contextmanager
def beginning(folder: Path, plan: Plan) -> Iterator[WireLife]:
    """Both companies have agreed, everybody has hours of their own, and the plan begins."""
    clock = MovableClock(starts_at(plan) - SET_UP_IN, running=False)
    people = {
        **dict(zip(CLIENTS, (OFFICE, *plan.clients), strict=False)),
        **dict(zip(VENDORS, (NIGHT_SHIFT, *plan.vendors), strict=False)),
    }
    world = _world(folder, list(people))
    manifest = drawn_manifest(listening(registered(REGISTRARS)), Wishes())
    options = replace(sandbox_options(world=world), clock=clock, manifest=manifest)
    with start_sandbox(options) as sandbox, Slack(sandbox.url) as slack:
        remote = Remote(clock, folder / "touchbase.sqlite", sandbox.url)
        remote.begin()
        sandbox.accompany(remote)
        store = None
        try:
            _set_up(Touchbase(slack=slack, database=folder))
            remote.end()
            store = Store.open(folder / "touchbase.sqlite", synchronous="OFF")
            humans = [_human(store, slack_id, pattern) for slack_id, pattern in people.items()]
            life = WireLife(
                plan=plan,
                store=store,
                humans=humans,
                now=clock.now(),
                slack=slack,
                remote=remote,
                clock=clock,
                down=remote.down,
            )
            life.note()
            remote.fate += plan.deaths
            remote.begin()
            yield life
        finally:
            sandbox.accompany(None)
            remote.end()
            if store is not None:
                store.close()


def _world(folder: Path, people: list[str]) -> Path:
    """The usual one, with only those in the channel who take part."""
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    names = {one["name"] for one in world["users"] if one["id"] in people}
    for channel in world["channels"]:
        channel["members"] = [name for name in channel["members"] if name in names]
    path = folder / "world.json"
    path.write_text(json.dumps(world), encoding="utf-8")
    return path


def _set_up(touchbase: Touchbase) -> None:
    touchbase.agreed()
    for lead in ("maria", "ana"):
        confirm_people(touchbase, lead)
    hours = {"hours": "mon-fri 9-17", "holidays": "unchanged"}
    change_settings("maria", **hours)(touchbase)
    night = {"zone": "New York", "hours": "mon-fri 9-18", "holidays": "unchanged"}
    change_settings("ana", **night)(touchbase)
    say_checkin(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()


def _human(store: Store, slack_id: str, pattern: Pattern) -> Human:
    side: Side = "client" if slack_id in CLIENTS else "vendor"
    person = by_slack_id(store.reading(), TEAM, slack_id)
    (partnership,) = every(store.reading(), TEAM)
    assert person is not None
    with store.writing(None) as db:
        members.set_calendar(db, partnership, person.id, calendar_of(pattern, side))
    clock = SlowClock(pattern=pattern, country=COUNTRY[side])
    return Human(id=person.id, slack_id=slack_id, side=side, clock=clock)
