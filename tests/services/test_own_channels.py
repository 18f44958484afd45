import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clock import MovableClock
from data import channels, wakes
from data.channels import Channel
from data.wakes import Wake
from sandbox import worlds
from services import known_channels, own_channels
from services.deps import Deps
from services.directory import clients_of_one_workspace
from tests.stores import open_store
from tests.wire import MONDAY_MORNING, sandbox_options, start_sandbox

TEAM = "T0ACME0001"
WAKE = Wake(
    team_id=TEAM, kind="channels", subject_id=TEAM, partnership_id=None, due_at=MONDAY_MORNING
)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The shared channel, 25 more like it, and one that is not shared with anybody."""
    source = Path(next(iter(worlds.__path__))) / "two-companies.json"
    found: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    shared = found["channels"][0]
    found["channels"] += [shared | {"id": f"C0MORE{n:02}", "name": f"more-{n}"} for n in range(25)]
    found["channels"].append(
        {key: value for key, value in shared.items() if key != "shared_with"}
        | {"id": "C0INTERN", "name": "intern", "members": ["maria"]}
    )
    path = tmp_path / "world.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


@pytest.fixture
def deps(tmp_path: Path, world: Path) -> Iterator[Deps]:
    store = open_store(tmp_path)
    with start_sandbox(sandbox_options(world=world)) as sandbox:
        clients = clients_of_one_workspace("xoxb-sandbox", f"{sandbox.url}api/")
        clock = MovableClock(MONDAY_MORNING, running=False)
        yield Deps(store=store, now=clock.now, clients=clients)
    store.close()


def test_the_bots_channels_and_their_companies_are_known_in_turns(deps: Deps) -> None:
    own_channels.plan(deps, WAKE, MONDAY_MORNING)
    first = channels.every(deps.store.reading(), TEAM)
    soon = wakes.wake_of(deps.store.reading(), TEAM, "channels", TEAM)
    own_channels.plan(deps, WAKE, MONDAY_MORNING)
    second = channels.every(deps.store.reading(), TEAM)
    later = wakes.wake_of(deps.store.reading(), TEAM, "channels", TEAM)

    assert len(first) == len(second) == 27
    assert sum(bool(one.connected_teams) for one in first) == own_channels.DETAILS_AT_ONCE
    assert sum(bool(one.connected_teams) for one in second) == 26
    assert soon is not None
    assert soon.due_at == MONDAY_MORNING + timedelta(minutes=1)
    assert later is not None
    assert later.due_at == MONDAY_MORNING + timedelta(days=1)


def test_a_channel_that_slack_no_longer_lists_is_none_of_the_bots(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        channels.save(db, Channel(team_id=TEAM, channel="C0GONE", bot_is_member=True))

    own_channels.plan(deps, WAKE, MONDAY_MORNING)

    gone = channels.get(deps.store.reading(), TEAM, "C0GONE")
    assert gone is not None
    assert not gone.bot_is_member


def test_before_slack_was_asked_an_unknown_channel_proves_nothing(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        wakes.set_wake(db, TEAM, "channels", TEAM, None, MONDAY_MORNING)
    before = known_channels.is_read(deps, TEAM, MONDAY_MORNING)

    own_channels.plan(deps, WAKE, MONDAY_MORNING)

    assert not before
    assert known_channels.is_read(deps, TEAM, MONDAY_MORNING)
