"""Looks at the whole installation, from the tokens to what leaves next; changes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data import outbox, partnerships, wakes
from domain.checkup import Finding, Level, Topic
from domain.outgoing import person_of
from domain.slack_errors import SlackBusy, SlackError, SlackRefused
from services.deps import Deps
from services.directory import read_channel, read_installation, read_socket_address
from services.directory_readings import WorkspaceReading

# Slack: the signature of a request is refused when the clocks differ by more than five minutes.
CLOCK_MAY_DIFFER: Final = timedelta(seconds=60)
SENDS_SHOWN: Final = 5
WAKES_READ: Final = 200
# Looks that say nothing by themselves.
SILENT: Final = frozenset(
    {
        "boards",
        "channels",
        "daily_redraw",
        "housekeeping",
        "installer",
        "recover",
        "roster",
        "series",
        "succession",
        "summary_live",
    }
)
# Slack: conversations.info may be asked fifty times a minute.
CHANNELS_ASKED: Final = 40
FAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the installation should have.

    Attributes:
        app_token: For Socket Mode; None over HTTP.
        scopes: By name, with what is lost without each.
        unmade: The database that the first run will make; None when it exists.
    """

    app_token: str | None
    scopes: Mapping[str, str]
    unmade: Path | None = None


def examine(deps: Deps, wanted: Wanted, now: datetime) -> list[Finding]:
    """Everything that was looked at, in the order in which one would mend it."""
    findings = list(_database(deps, wanted))
    reading, found = _bot_token(deps)
    findings += found
    if any(finding.topic == "slack" for finding in found):
        return findings  # nothing else that asks Slack can be told from the network
    findings += _app_token(deps, wanted)
    if reading is not None:
        findings += _scopes(reading, wanted)
        findings += _clock(reading, now)
        channels = list(_channels(deps, reading.team_id))
        findings += channels
        findings += _delivery(deps, reading.team_id)
        findings += _next(deps, reading.team_id, channels, now)
    return findings


def _database(deps: Deps, wanted: Wanted) -> Iterator[Finding]:
    if wanted.unmade is not None:
        values = {"path": str(wanted.unmade)}
        yield Finding(topic="database", level="look", code="no_database", values=values)
        return
    db = deps.store.reading()
    answer = next(iter(db.query("PRAGMA quick_check(1)")))
    state = str(next(iter(answer.values())))
    path = str(deps.store.path)
    if state != "ok":
        yield Finding(topic="database", level="bad", code="damaged", values={"path": path})
        return
    size = f"{deps.store.path.stat().st_size / 1_000_000:.1f}"
    values = {"path": path, "megabytes": size}
    yield Finding(topic="database", level="good", code="database", values=values)


def _bot_token(deps: Deps) -> tuple[WorkspaceReading | None, list[Finding]]:
    try:
        # One installation: its one client knows the token.
        reading = read_installation(deps.clients.for_team(""))
    except SlackError as error:
        return None, [_failed("bot_token", error)]
    values = {"workspace": reading.name, "url": reading.url, "bot": reading.bot_user_id}
    return reading, [Finding(topic="bot_token", level="good", code="bot_token", values=values)]


def _app_token(deps: Deps, wanted: Wanted) -> Iterator[Finding]:
    if wanted.app_token is None:
        return
    try:
        read_socket_address(deps.clients.for_team(""), wanted.app_token)
    except SlackError as error:
        yield _failed("app_token", error)
        return
    yield Finding(topic="app_token", level="good", code="app_token")


def _scopes(reading: WorkspaceReading, wanted: Wanted) -> Iterator[Finding]:
    if reading.scopes is None:
        yield Finding(topic="scopes", level="look", code="scopes_unknown")
        return
    for name in sorted(wanted.scopes.keys() - reading.scopes):
        values = {"scope": name, "without": wanted.scopes[name]}
        level: Level = "bad" if name == "chat:write" else "look"
        yield Finding(topic="scopes", level=level, code="scope_missing", values=values)
    for name in sorted(reading.scopes - wanted.scopes.keys()):
        yield Finding(topic="scopes", level="look", code="scope_unused", values={"scope": name})
    if wanted.scopes.keys() <= reading.scopes:
        values = {"count": str(len(wanted.scopes))}
        yield Finding(topic="scopes", level="good", code="scopes", values=values)


def _clock(reading: WorkspaceReading, now: datetime) -> Iterator[Finding]:
    if reading.slack_now is None:
        yield Finding(topic="clock", level="look", code="clock_unknown")
        return
    apart = abs(now - reading.slack_now)
    seconds = {"seconds": str(round(apart.total_seconds()))}
    if apart > CLOCK_MAY_DIFFER:
        yield Finding(topic="clock", level="bad", code="clock_differs", values=seconds)
    else:
        yield Finding(topic="clock", level="good", code="clock", values=seconds)


def _channels(deps: Deps, team_id: str) -> Iterator[Finding]:
    every = partnerships.every(deps.store.reading(), team_id)
    for partnership in every[:CHANNELS_ASKED]:
        yield _channel(deps, team_id, partnership.channel)
    if len(every) > CHANNELS_ASKED:
        values = {"asked": str(CHANNELS_ASKED), "all": str(len(every))}
        yield Finding(topic="channels", level="look", code="channels_not_asked", values=values)
    if not every:
        yield Finding(topic="channels", level="look", code="no_partnership")


def _channel(deps: Deps, team_id: str, channel: str) -> Finding:
    try:
        reading = read_channel(deps.clients, team_id, channel)
    except SlackError as error:
        return _failed("channels", error, channel=channel)
    values = {"channel": channel, "name": reading.name}
    if reading.is_archived:
        return Finding(topic="channels", level="look", code="channel_archived", values=values)
    if not reading.bot_is_member:
        return Finding(topic="channels", level="bad", code="channel_not_member", values=values)
    return Finding(topic="channels", level="good", code="channel", values=values)


def _delivery(deps: Deps, team_id: str) -> Iterator[Finding]:
    rows = outbox.undelivered(deps.store.reading(), team_id)
    for row in rows:
        values = {
            "id": row.id,
            "kind": row.kind,
            "place": "" if row.kind == "respond" else row.place,
            "state": row.state,
            "reason": row.reason or "no answer",
        }
        yield Finding(topic="delivery", level="look", code="undelivered", values=values)
    if not rows:
        yield Finding(topic="delivery", level="good", code="delivered")


def _next(
    deps: Deps, team_id: str, channels: Iterable[Finding], now: datetime
) -> Iterator[Finding]:
    """What waits to be sent, then the next moments at which something may be said.

    Operators copy it into logs: neither people nor what anything is about is named.
    """
    db = deps.store.reading()
    names = {one.values["channel"]: one.values["name"] for one in channels if "name" in one.values}
    of_partnership = {one.id: one.channel for one in partnerships.every(db, team_id)}
    sends = [
        ("next_send", row.leaves_at, row.kind, row.place) for row in outbox.upcoming(db, team_id)
    ]
    planned = [
        ("next_look", wake.due_at, wake.kind, of_partnership.get(wake.partnership_id or "", ""))
        for wake in wakes.due(db, now + FAR, WAKES_READ)
        if wake.team_id == team_id and wake.kind not in SILENT
    ]
    shown = (sends + planned)[:SENDS_SHOWN]
    for code, at, kind, place in shown:
        moment = at.strftime("%a %Y-%m-%d %H:%M:%S UTC")
        values = {"at": moment, "kind": kind, "place": _place(place, names)}
        yield Finding(topic="next", level="good", code=code, values=values)
    if not shown:
        yield Finding(topic="next", level="good", code="nothing_next")


def _place(place: str, names: Mapping[str, str]) -> str:
    """A channel by its name where it is known; empty for one person, who is not named."""
    if person_of(place) is not None or "://" in place:
        return ""
    return f"#{names[place]}" if place in names else place


def _failed(topic: Topic, error: SlackError, **values: str) -> Finding:
    named = {"method": error.method, **values}
    if isinstance(error, SlackRefused):
        code, named = f"{topic}_error", named | {"error": error.code}
        return Finding(topic=topic, level="bad", code=code, values=named)
    code = "busy" if isinstance(error, SlackBusy) else "unreachable"
    return Finding(topic="slack", level="bad", code=code, values=named)
