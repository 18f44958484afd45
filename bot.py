"""The command line: starts what ``composition`` puts together, decides nothing."""

from this_python import refuse_unfit

refuse_unfit()

# isort: split
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

import terminal
from clock import MovableClock, SystemClock
from composition import Bot, compose, demo
from config import (
    ConfigurationError,
    Settings,
    database_from,
    environment,
    forget_outside,
    settings_from,
)
from data.backup import BackupExists, NoPlaceForBackup, copy_to
from data.passing import looked_at
from data.store import Store
from demo import beginning, story
from demo.acts import StoryStopped
from domain.checkup import is_sound
from domain.slack_errors import SlackError
from domain.store_errors import NoDatabase, StoreError
from handlers import REGISTRARS
from handlers.http import EVENTS_PATH, AddressUnusable, HttpServer, PortTaken
from handlers.registered import listening, registered
from handlers.socket import NoConnection
from sandbox.errors import SandboxError
from sandbox.server import Sandbox, SandboxOptions
from sandbox.world_files import DEFAULT_WORLD, STORY_WORLD, load_file
from services.deps import Deps
from services.directory import clients_of_one_workspace
from services.doctor import Wanted, examine
from views.doctor import lines
from views.errors import not_started
from views.manifest import Wishes, scopes
from views.manifest import manifest as drawn_manifest

__all__ = ["Bot", "compose", "demo", "main"]

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
    with _told(), terminal.End() as end:
        terminal.start_logging("WARNING")
        file = load_file(world or (DEFAULT_WORLD if empty else STORY_WORLD))
        plays = not (empty or file.is_begun)
        clock = MovableClock(story.STARTS_AT if plays else file.now, running=not plays)
        database, invite = _demo_database(), beginning.invite
        with demo(file, clock, port=port, database=database, on_empty=invite) as sandbox:
            if plays:
                _play(sandbox.url, no_browser=no_browser)
            elif not file.is_begun:
                invite(sandbox.url)
            end.is_awaited()
            _ready(sandbox, no_browser=no_browser or plays)
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
        file = load_file(world)
        options = SandboxOptions(
            world=file.world,
            file=file,
            clock=MovableClock(file.now),
            port=port,
            events_url=None if events_url is None else terminal.web_address(events_url),
            manifest=None if manifest_file is None else terminal.json_object(manifest_file),
        )
        terminal.start_logging("WARNING")
        with Sandbox(options) as running:
            end.is_awaited()
            tokens = (options.bot_token, options.app_token, options.signing_secret)
            words = terminal.connecting(f"{running.url}api/", tokens, options.events_url)
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


def _demo_database() -> Path | None:
    """The one that the process environment names, if any."""
    return database_from(os.environ) if os.environ.get("TOUCHBASE_DATABASE") else None


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
