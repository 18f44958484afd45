"""Everything that one running sandbox holds, in one place for the parts that act on it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.activity import Activity, Alarms
from sandbox.calls import Calls
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.guide import CLOCK, Facts, Guide
from sandbox.journeys import Journeys
from sandbox.manifest import Manifest
from sandbox.messages import Boards, Post
from sandbox.offers import Offers
from sandbox.pace import Pace
from sandbox.ports import Clock, Companion, Json, Keeper
from sandbox.sockets import Sockets
from sandbox.stamps import Stamps
from sandbox.stream import Stream
from sandbox.surfaces import Picks, Surfaces, Triggers
from sandbox.transport import Transport
from sandbox.wire_log import WireLog
from sandbox.world import Channel, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    bot: str
    app: str
    verification: str = "sandbox-verification"

    def all(self) -> tuple[str, ...]:
        return self.bot, self.app, self.verification


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """Where an app may answer something that a person did.

    ``channel_id`` and ``user_id`` say where and who; ``ts`` is the message acted on, if any.
    """

    channel_id: str
    user_id: str
    issued_at: datetime
    ts: str | None = None
    uses: int = 0


@dataclass(slots=True, kw_only=True)
class Upload:
    """A file: first an address to send bytes to, then bytes, then a file that can be shared."""

    body: Json
    data: bytes = b""
    received: bool = False
    completed: bool = False


@dataclass(slots=True, kw_only=True)
class Workspace:
    """The state of the sandbox. Lives on one event loop, which is why nothing here is locked."""

    world: World
    clock: Clock
    companion: Companion | None
    keeper: Keeper | None
    manifest: Manifest
    tokens: Tokens
    base_url: str
    rate_limits: bool
    stamps: Stamps
    boards: Boards
    surfaces: Surfaces
    triggers: Triggers
    activity: Activity
    alarms: Alarms
    sockets: Sockets
    transport: Transport
    events: Events
    stream: Stream
    wire: WireLog
    faults: Faults = field(default_factory=Faults)
    pace: Pace = field(default_factory=Pace)
    calls: Calls = field(default_factory=Calls)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    # What each person picked in a message and did not send anywhere yet, by (channel, ts, user).
    picks: dict[tuple[str, str, str], Picks] = field(default_factory=dict)
    offers: Offers = field(default_factory=Offers)
    guide: Guide | None = None
    # Worlds as files' texts, by name, kept until the sandbox ends.
    kept: dict[str, str] = field(default_factory=dict)
    walking: asyncio.Lock = field(default_factory=asyncio.Lock)
    stops: int = 0  # how often somebody stopped the walks
    journeys: Journeys = field(default_factory=Journeys)

    def now(self) -> datetime:
        return self.clock.now()

    def next_ts(self) -> str:
        return self.stamps.ts(self.clock.now())

    def show(self, channel: Channel, post: Post) -> None:
        """Tell every page that a message appeared, changed or went; the board knows already."""
        board = self.boards.of(channel.id)
        self.stream.tell("message", channel=channel.id, ts=post.ts, revision=board.revision)

    def saw(self, act: str, facts: Facts | None = None) -> None:
        """Something was done that a step of the guide may wait for."""
        if self.guide is not None and self.guide.saw(act, facts or {}, self.now()):
            self.stream.tell("guide")

    def stop_walks(self) -> None:
        """Let every move of the clock that goes on or waits end where it is."""
        self.stops += 1
        self.journeys.halt()

    def moved(self) -> None:
        """Tell every page, and the guide, that the clock was moved, stopped or started."""
        self.stream.tell("clock")
        self.saw(CLOCK)

    def forget(self) -> None:
        """Forget all that was said, shown, pressed and planned: another world begins."""
        self.boards = Boards()
        self.surfaces = Surfaces(self.stamps)
        self.triggers = self.triggers.anew()
        self.faults = Faults()
        self.pace = Pace()
        self.offers = Offers()
        self.guide = None
        self.journeys = Journeys(plays=self.journeys.plays)
        self.wire.clear()
        for held in (self.response_urls, self.uploads, self.picks):
            held.clear()
