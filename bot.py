"""The composition root and the command line: puts the parts together, decides nothing."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, Protocol, Self

import click

import terminal
from clock import MovableClock, SystemClock
from config import (
    ConfigurationError,
    Secret,
    Settings,
    database_from,
    environment,
    forget_outside,
    settings_from,
)
from data.backup import BackupExists, NoPlaceForBackup, copy_to
from data.passing import looked_at, passing_database
from data.store import Store
from demo import beginning, story
from demo.acts import StoryStopped
from domain.checkup import is_sound
from domain.slack_errors import SlackError
from domain.store_errors import NoDatabase, StoreError
from handlers import REGISTRARS
from handlers.app import build_app
from handlers.http import EVENTS_PATH, AddressUnusable, Health, HttpServer, PortTaken
from handlers.registered import listening, registered
from handlers.socket import NoConnection, SocketConnection
from sandbox.errors import SandboxError
from sandbox.server import Sandbox, SandboxOptions
from sandbox.world import World
from sandbox.world_files import load_world
from schedules.rhythm import Rhythm
from services.audiences import may_leave
from services.delivery import Courier
from services.delivery_settling import Policy
from services.deps import Deps
from services.directory import WorkspaceReading, clients_of_one_workspace
from services.doctor import Wanted, examine
from services.health import database_answers
from services.installation import foreign_workspaces, record_installation
from services.listening import SLEPT_AFTER, Ear
from services.planners import PLANNERS
from services.refusals import follow_refusal
from views.doctor import lines
from views.errors import not_started
from views.manifest import Wishes, scopes
from views.manifest import manifest as drawn_manifest

EXAMPLE_URL: Final = f"https://touchbase.example.com{EVENTS_PATH}"
# Each says in one sentence why nothing runs.
NOT_STARTED: Final = (
    StoreError,
    BackupExists,
    NoPlaceForBackup,
    NoConnection,
    PortTaken,
    AddressUnusable,
    SandboxError,
    StoryStopped,
)


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
    settings: Settings, now: Callable[[], datetime], *, slept_after: timedelta | None = SLEPT_AFTER
) -> Bot:
    """Put the bot together; nothing runs yet.

    Args:
        now: The one clock.
        slept_after: See ``Ear``; None for a clock that is moved by hand.

    Raises:
        StoreError: The database cannot be used.
        SlackError: Slack does not know the token, or cannot be reached.
    """
    store = Store.open(settings.database)
    try:
        clients = clients_of_one_workspace(settings.bot_token.reveal(), settings.api_base_url)
        deps = Deps(store=store, now=now, clients=clients)
        workspace = record_installation(deps, now())
        connection = _connection(settings, deps, workspace)
        courier = Courier(deps, Policy(may_leave=may_leave, on_refused=follow_refusal))
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
            " Nothing was changed. Point TOUCHBASE_DATABASE to another file, or to none."
        )


@contextmanager
def demo(world: World, clock: MovableClock, *, port: int, database: Path) -> Iterator[Sandbox]:
    """A sandbox and the bot on one clock, running inside the block.

    Raises:
        SandboxError, StoreError, ForeignDatabase: Nothing runs.
    """
    wishes = drawn_manifest(listening(registered(REGISTRARS)), Wishes())
    options = SandboxOptions(world=world, clock=clock, port=port, manifest=wishes)
    _refuse_foreign(database, world.home.id)
    with ExitStack() as running:
        sandbox = running.enter_context(Sandbox(options))
        settings = _sandbox_settings(sandbox.url, database)
        forget_outside(os.environ, settings.api_base_url)
        bot = compose(settings, clock.now, slept_after=None).start()
        running.callback(bot.stop)
        running.callback(clock.on_move(bot.rhythm.look_now))
        sandbox.accompany(bot.rhythm)
        # A clock that is being moved asks it what is due, and must not ask one that has stopped.
        running.callback(sandbox.accompany, None)
        yield sandbox


def _refuse_foreign(database: Path, team_id: str) -> None:
    with closing(Store.open(database)) as store:
        foreign = foreign_workspaces(store, team_id)
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


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Touchbase keeps a client and its vendor talking.

    Without a command it runs in your workspace; `demo` needs none.
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


@main.command()
def run() -> None:
    """Run in your Slack workspace, with the settings of the environment or .env (the default)."""
    with _told("Nothing was started. "), terminal.End() as end:
        settings = _settings()
        terminal.start_logging(settings.log_level)
        bot = compose(settings, SystemClock().now)
        end.is_awaited()
        bot.start()
        terminal.say(
            f"Touchbase runs for {bot.workspace.name}, {_way(settings, bot)}. Ctrl-C ends it."
        )
        end.wait()
        bot.stop()


@main.command(name="demo")
@click.option("--empty", is_flag=True, help="Without the story: nothing has happened yet.")
@terminal.port_option
@terminal.world_option
@terminal.browser_option
def demo_command(empty: bool, port: int, world: Path | None, no_browser: bool) -> None:
    """Try it without Slack: a Slack of your own on this machine, and the bot in it."""
    with _told(), terminal.End() as end, ExitStack() as kept:
        terminal.start_logging("WARNING")
        database = _demo_database(kept)
        clock = MovableClock() if empty else MovableClock(story.STARTS_AT, running=False)
        running = demo(load_world(world), clock, port=port, database=database)
        sandbox = kept.enter_context(running)
        if empty:
            beginning.invite(sandbox.url)
        else:
            _play(sandbox.url, no_browser=no_browser)
        end.is_awaited()
        _ready(sandbox, no_browser=no_browser or not empty)
        end.wait()


def _play(url: str, *, no_browser: bool) -> None:
    terminal.say(
        f"Four weeks of a client and its vendor, in less than a minute. Watch them at {url}"
    )
    terminal.open_page(url, unless=no_browser)
    story.play(url, terminal.say)


@main.command()
@terminal.port_option
@terminal.world_option
@click.option("--events-url", help="Deliver over signed HTTP to this address.")
@click.option(
    "--manifest", "manifest_file", type=click.Path(path_type=Path), help="Hold the app to it."
)
@terminal.browser_option
def sandbox(
    port: int,
    world: Path | None,
    events_url: str | None,
    manifest_file: Path | None,
    no_browser: bool,
) -> None:
    """Run the stand-in for Slack alone, for any Bolt app.

    Its tokens are xoxb-sandbox and xapp-sandbox, its signing secret is sandbox.
    """
    with _told(), terminal.End() as end:
        options = SandboxOptions(
            world=load_world(world),
            clock=MovableClock(),
            port=port,
            events_url=None if events_url is None else terminal.web_address(events_url),
            manifest=None if manifest_file is None else terminal.json_object(manifest_file),
        )
        terminal.start_logging("WARNING")
        with Sandbox(options) as running:
            end.is_awaited()
            tokens = (options.bot_token, options.app_token, options.signing_secret)
            words = terminal.connecting(f"{running.url}api/", *tokens)
            _ready(running, no_browser=no_browser, before=words)
            end.wait()


@main.command()
def doctor() -> None:
    """Check tokens, scopes, channels, database, clock and delivery; show what is sent next."""
    with _told():
        settings = _settings()
        terminal.start_logging("ERROR")
        with looked_at(settings.database) as store:
            clients = clients_of_one_workspace(settings.bot_token.reveal(), settings.api_base_url)
            deps = Deps(store=store, now=SystemClock().now, clients=clients)
            unmade = None if store.path == settings.database else settings.database
            findings = examine(deps, replace(_wanted(settings), unmade=unmade), deps.now())
        for line in lines(findings):
            click.echo(line)
    sys.exit(0 if is_sound(findings) else 1)


@main.command()
@click.option(
    "--http",
    "request_url",
    is_flag=False,
    flag_value=EXAMPLE_URL,
    metavar="[URL]",
    help="For HTTP instead of Socket Mode: where Slack reaches you.",
)
@click.option("--basic", is_flag=True, help="Without the scopes that read messages.")
@click.option("--prefix", default="", help="Before each command, where the plain names are taken.")
def manifest(request_url: str | None, basic: bool, prefix: str) -> None:
    """Print the app manifest: paste it at api.slack.com/apps > Create New App > From a manifest."""
    request_url = None if request_url is None else terminal.web_address(request_url)
    wishes = Wishes(request_url=request_url, basic=basic, prefix=terminal.plain_prefix(prefix))
    drawn = drawn_manifest(listening(registered(REGISTRARS)), wishes)
    click.echo(json.dumps(drawn, indent=2))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the bot runs."""
    with _told():
        terminal.start_logging("ERROR")
        database = database_from(environment(Path.cwd(), os.environ))
        if not database.exists():
            raise NoDatabase(database)
        with closing(Store.open(database)) as store:
            copy_to(store, file)
        terminal.say(f"{database} was copied to {file}.")


def _settings() -> Settings:
    settings = settings_from(environment(Path.cwd(), os.environ))
    forget_outside(os.environ, settings.api_base_url)
    return settings


def _wanted(settings: Settings) -> Wanted:
    named = scopes(listening(registered(REGISTRARS)))
    token = settings.app_token
    return Wanted(
        app_token=None if token is None else token.reveal(),
        scopes={name: scope.without for name, scope in named.items()},
    )


def _way(settings: Settings, bot: Bot) -> str:
    if isinstance(bot.connection, HttpServer):
        return f"at http://{settings.host}:{bot.connection.port}{EVENTS_PATH}"
    return "in Socket Mode"


def _demo_database(kept: ExitStack) -> Path:
    """The one that the process environment names, else one that goes when the demo ends."""
    if os.environ.get("TOUCHBASE_DATABASE"):
        return database_from(os.environ)
    return kept.enter_context(passing_database())


def _ready(sandbox: Sandbox, *, no_browser: bool, before: str = "") -> None:
    terminal.say(f"{sandbox.url}\n{before}Ready. Ctrl-C ends it.")
    terminal.open_page(sandbox.url, unless=no_browser)


@contextmanager
def _told(first: str = "") -> Iterator[None]:
    """Say in one sentence, after ``first``, what is wrong; 2 for settings, 1 for the rest."""
    try:
        yield
    except ConfigurationError as error:
        click.echo(f"{first}{error}", err=True)
        sys.exit(2)
    except SlackError as error:
        click.echo(not_started(error), err=True)
        sys.exit(1)
    except NOT_STARTED as error:
        click.echo(error, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
