"""Puts the parts together: the bot, and the bot inside a sandbox; decides nothing.

It stands beside ``bot.py``, whose commands start what is put together here.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Protocol, Self

from clock import MovableClock
from config import Secret, Settings, forget_outside
from data.backup import copied, looked_over
from data.passing import passing_database
from data.store import Store, Synchronous
from domain.slack_errors import SlackError
from domain.store_errors import NewerDatabase, StoreError
from handlers import REGISTRARS
from handlers.app import build_app
from handlers.http import Health, HttpServer
from handlers.registered import listening, registered
from handlers.socket import NoConnection, SocketConnection
from sandbox.errors import SandboxError, WorldError
from sandbox.server import Sandbox, SandboxOptions
from sandbox.world import World
from sandbox.world_files import WorldFile
from schedules.rhythm import Rhythm
from services.audiences import may_leave
from services.delivery import Courier
from services.delivery_settling import Policy
from services.deps import Deps
from services.directory import clients_of_one_workspace
from services.directory_readings import WorkspaceReading
from services.health import database_answers
from services.installation import foreign_workspaces, record_installation
from services.late_posts import call_nobody_at_rest
from services.listening import SLEPT_AFTER, Ear
from services.planners import PLANNERS
from services.refusals import follow_refusal
from views.manifest import Wishes
from views.manifest import manifest as drawn_manifest

NOTHING_CHANGED: Final = "Nothing was changed."


class Connection(Protocol):
    """The way in which Slack reaches the bot."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def is_connected(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Everything that runs, from ``start`` to ``stop``."""

    deps: Deps
    workspace: WorkspaceReading
    rhythm: Rhythm
    connection: Connection

    def start(self) -> Self:
        """Return when Slack can reach the bot and time moves it.

        Raises:
            NoConnection, PortTaken, AddressUnusable: Nothing runs.
        """
        self.rhythm.start()
        try:
            self.connection.start()
        except BaseException:
            self.stop()
            raise
        # Only from here on is anything heard: that is noted now, not at the next look.
        self.rhythm.look_now()
        return self

    def stop(self) -> None:
        """First nothing new comes in, then nothing new goes out, then the database is closed."""
        self.connection.stop()
        self.rhythm.stop()
        self.deps.store.close()


def compose(
    settings: Settings,
    now: Callable[[], datetime],
    *,
    slept_after: timedelta | None = SLEPT_AFTER,
    synchronous: Synchronous = "FULL",
) -> Bot:
    """Put the bot together; nothing runs yet.

    Args:
        now: The one clock.
        slept_after: See ``Ear``; None for a clock that is moved by hand.
        synchronous: See ``Store.open``.

    Raises:
        StoreError: The database cannot be used.
        SlackError: Slack does not know the token, or cannot be reached.
    """
    store = Store.open(settings.database, synchronous=synchronous)
    try:
        clients = clients_of_one_workspace(settings.bot_token.reveal(), settings.api_base_url)
        deps = Deps(store=store, now=now, clients=clients)
        workspace = record_installation(deps, now())
        connection = _connection(settings, deps, workspace)
        policy = Policy(
            may_leave=may_leave, on_refused=follow_refusal, on_leaving=call_nobody_at_rest
        )
        courier = Courier(deps, policy)
        ear = Ear(deps, hears=connection.is_connected, slept_after=slept_after)
        rhythm = Rhythm(deps, courier, PLANNERS, ear)
    except BaseException:
        store.close()
        raise
    return Bot(deps=deps, workspace=workspace, rhythm=rhythm, connection=connection)


def _connection(settings: Settings, deps: Deps, workspace: WorkspaceReading) -> Connection:
    secret = settings.signing_secret
    app = build_app(
        deps,
        REGISTRARS,
        team_id=workspace.team_id,
        signing_secret=None if secret is None else secret.reveal(),
    )
    if settings.app_token is not None:
        return SocketConnection(app, settings.app_token.reveal())
    return HttpServer(app, settings.host, settings.port or 0, partial(_health, deps))


def _health(deps: Deps) -> Health:
    return Health(parts={"database": database_answers(deps)})


class ForeignDatabase(SandboxError):
    """The database of a demo holds a workspace that is none of the sandbox's."""

    def __init__(self, names: list[str], path: Path) -> None:
        super().__init__(
            f"{path} holds the workspace {', '.join(names)}, which is not the sandbox's."
            f" {NOTHING_CHANGED} Point TOUCHBASE_DATABASE to another file, or to none."
        )


class NamedDatabase(SandboxError):
    """Another world would need another database than the one that was named."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The bot keeps what it knows in {path}, which TOUCHBASE_DATABASE names, and a world"
            f" that is loaded would replace it. {NOTHING_CHANGED} Without TOUCHBASE_DATABASE the"
            " demo uses a file of its own, and worlds can be loaded."
        )


class UnusableMemory(WorldError):
    """What a world file says the bot remembers cannot be used."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}. {NOTHING_CHANGED}", key="memory")


class NotBegun(SandboxError):
    """The world is there, but the bot is not."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"The world was loaded, but the bot could not begin in it: {error}")


class Resident:
    """The bot inside a sandbox, on its clock: begun, and begun anew when another world is loaded.

    Args:
        database: Where it remembers; None: in a file of its own that goes when it ends.
        on_empty: Called when it has begun anew with nothing to remember.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        clock: MovableClock,
        database: Path | None,
        on_empty: Callable[[], object],
    ) -> None:
        self._sandbox = sandbox
        self._clock = clock
        self._database = database
        self._on_empty = on_empty
        self._running = ExitStack()
        self._store: Store | None = None

    def begin(self, memory: bytes | None) -> None:
        """Start the bot.

        Raises:
            StoreError, NoConnection, SlackError: Nothing runs.
        """
        with ExitStack() as running:
            database = self._database or running.enter_context(passing_database())
            if memory is not None:
                database.write_bytes(memory)
            settings = _sandbox_settings(self._sandbox.url, database)
            forget_outside(os.environ, settings.api_base_url)
            # A power cut would take the sandbox, too: no commit need wait for the disk.
            made = compose(settings, self._clock.now, slept_after=None, synchronous="OFF")
            bot = made.start()
            running.callback(bot.stop)
            running.callback(self._clock.on_move(bot.rhythm.look_now))
            self._sandbox.accompany(bot.rhythm, self)
            # A clock that is being moved asks it what is due, and must not ask one that stopped.
            running.callback(self._sandbox.accompany, None)
            self._store, self._running = bot.deps.store, running.pop_all()

    def end(self) -> None:
        self._store = None
        self._running.close()

    def memory(self) -> bytes | None:
        """A copy of the database; the keys of running surveys are not in it."""
        return None if self._store is None else copied(self._store)

    def check(self, memory: bytes | None, team_id: str) -> None:
        """Refuse what it could not begin anew with; nothing is changed.

        Raises:
            NamedDatabase, UnusableMemory: With a sentence.
        """
        if self._database is not None:
            raise NamedDatabase(self._database)
        if memory is not None:
            check_memory(memory, team_id)

    def begin_anew(self, memory: bytes | None, team_id: str, between: Callable[[], None]) -> None:
        """End the bot, and begin it in another world.

        Raises:
            NamedDatabase, UnusableMemory: The bot goes on as it was.
            NotBegun: The old one has ended, and the new one could not begin.
        """
        self.check(memory, team_id)
        self.end()
        between()
        try:
            self.begin(memory)
        except (StoreError, SlackError, NoConnection) as error:
            raise NotBegun(error) from error
        if memory is None:
            self._on_empty()


def check_memory(memory: bytes, team_id: str) -> None:
    """Refuse what could not be begun with.

    Args:
        team_id: The only workspace that it may know.

    Raises:
        UnusableMemory: With a sentence.
    """
    try:
        with looked_over(memory) as store:
            foreign = foreign_workspaces(store, team_id)
    except NewerDatabase as error:
        raise UnusableMemory("it was written by a newer version of Touchbase") from error
    except StoreError as error:
        raise UnusableMemory("it is no database of Touchbase, or it is damaged") from error
    if foreign:
        raise UnusableMemory(f"it is of the workspace {', '.join(foreign)}, not of this world's")


@contextmanager
def demo(
    world: World | WorldFile,
    clock: MovableClock,
    *,
    port: int,
    database: Path | None = None,
    on_empty: Callable[[str], object] = lambda url: None,  # noqa: ARG005 - nobody cares
) -> Iterator[Sandbox]:
    """A sandbox and the bot on one clock, running inside the block.

    Args:
        database: Where the bot remembers; None: in a file of its own that goes with the demo.
        on_empty: Is handed the sandbox's address when the bot has begun anew with no memory.

    Raises:
        SandboxError, StoreError, ForeignDatabase: Nothing runs.
    """
    file = world if isinstance(world, WorldFile) else WorldFile(world=world)
    _refuse_unusable(file, database)
    options = SandboxOptions(
        world=file.world,
        file=file,
        clock=clock,
        port=port,
        manifest=drawn_manifest(listening(registered(REGISTRARS)), Wishes()),
    )
    with ExitStack() as running:
        sandbox = running.enter_context(Sandbox(options))
        resident = Resident(sandbox, clock, database, lambda: on_empty(sandbox.url))
        resident.begin(file.memory)
        running.callback(resident.end)
        yield sandbox


def _refuse_unusable(file: WorldFile, database: Path | None) -> None:
    if file.memory is not None:
        check_memory(file.memory, file.world.home.id)
        if database is not None:
            raise NamedDatabase(database)
    if database is None:
        return
    store = Store.open(database)
    try:
        foreign = foreign_workspaces(store, file.world.home.id)
    finally:
        store.close()
    if foreign:
        raise ForeignDatabase(foreign, database)


def _sandbox_settings(url: str, database: Path) -> Settings:
    return Settings(
        bot_token=Secret("xoxb-sandbox"),
        app_token=Secret("xapp-sandbox"),
        signing_secret=None,
        port=None,
        host="127.0.0.1",
        api_base_url=f"{url}api/",
        database=database,
        log_level="WARNING",
    )
