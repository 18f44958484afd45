"""Holes in listening, read again in a channel's history over the wire."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import Database, listening, messages, partnerships, people, wakes, workspaces
from data.people import Profile
from data.wakes import Wake
from data.workspaces import Workspace
from domain.messages import Written, moment_of
from domain.partnerships import Partnership
from services import recovery
from services.deps import Deps
from services.directory import clients_of_one_workspace
from services.listening import Ear
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import ACME, GLOBALCALL, PARTNERSHIP
from tests.people import Slack
from tests.stores import open_store
from tests.wire import MONDAY_MORNING, start_sandbox

TEAM, CHANNEL = "T0ACME0001", "C0ACMEGLOB"
START = MONDAY_MORNING.astimezone(UTC)
SHARED = replace(
    PARTNERSHIP,
    team_id=TEAM,
    channel=CHANNEL,
    client=replace(ACME, slack_team=TEAM),
    vendor=replace(GLOBALCALL, slack_team="T0GLOBAL01"),
    created_at=START - timedelta(days=1),
)
WRITERS = {"maria": TEAM, "james": TEAM, "ana": "T0GLOBAL01", "miguel": "T0GLOBAL01"}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel in the sandbox without any app listening, and a store beside it."""

    slack: Slack
    deps: Deps

    def heard(self, from_at: datetime, until_at: datetime) -> None:
        """Somebody was listening in between."""
        with self.deps.store.writing(None) as db:
            name = from_at.isoformat()
            listening.listen(db, TEAM, name, from_at)
            listening.listen(db, TEAM, name, until_at)

    def recover(self, now: datetime) -> int:
        """Let the planner look until it has nothing left; returns how often it looked."""
        with self.deps.store.writing(None) as db:
            recovery.begin(db, TEAM, now)
        for count in range(1, 100):
            wake = self.wake()
            if wake is None:
                return count - 1
            recovery.plan(self.deps, wake, now)
        raise AssertionError("it never ends")

    def wake(self) -> Wake | None:
        return wakes.wake_of(self.deps.store.reading(), TEAM, recovery.KIND, TEAM)

    def noted(self) -> list[Written]:
        db = self.deps.store.reading()
        return messages.between(db, SHARED, START - 30 * HOUR, START + 300 * HOUR)

    def unheard(self, until: datetime) -> list[tuple[datetime, datetime]]:
        return recovery.unheard(self.deps.store.reading(), SHARED, START, until)


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    store = open_store(tmp_path)
    with start_sandbox() as sandbox, Slack(sandbox.url) as slack:
        clients = clients_of_one_workspace("xoxb-sandbox", f"{sandbox.url}api/")
        with store.writing(None) as db:
            agreed(db)
            for name, team in WRITERS.items():
                profile = Profile(
                    slack_id=slack.user_id(name),
                    home_team=team,
                    name=name,
                    zone=None,
                    locale=None,
                    is_bot=False,
                    is_guest=False,
                    deleted=False,
                )
                people.save_profile(db, TEAM, profile, START)
        yield Channel(slack=slack, deps=Deps(store=store, now=lambda: START, clients=clients))
    store.close()


def agreed(db: Database) -> Partnership:
    partnerships.insert(db, SHARED)
    partnerships.agree(db, SHARED, "maria", START - HOUR)
    return SHARED


def test_what_was_written_in_a_hole_is_read_in_pages_and_once(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    slack = channel.slack
    slack.advance("PT1H")
    for number in range(20):
        slack.say(CHANNEL, "ana" if number % 2 else "maria", "words")
    root = slack.say(CHANNEL, "james", "words")
    slack.say(CHANNEL, "miguel", "words", thread_ts=root)
    slack.advance("PT1H")
    channel.heard(START + 2 * HOUR, START + 3 * HOUR)

    channel.recover(START + 3 * HOUR)
    found = channel.noted()
    reads = len(slack.calls("conversations.history"))
    channel.recover(START + 3 * HOUR)

    assert len(found) == 22
    assert [one.side for one in found if one.thread_ts == root] == ["vendor"]
    assert reads == 2
    assert len(slack.calls("conversations.history")) == reads
    assert channel.unheard(START + 3 * HOUR) == []


def test_one_page_is_read_a_minute(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 2 * HOUR)
    now = START + 2 * HOUR
    with channel.deps.store.writing(None) as db:
        recovery.begin(db, TEAM, now)
    wake = channel.wake()
    assert wake is not None

    recovery.plan(channel.deps, wake, now)

    later = channel.wake()
    assert later is not None
    assert later.due_at == now + timedelta(minutes=1)
    assert len(channel.slack.calls("conversations.history")) == 1


def test_many_channels_share_the_one_page_a_minute(channel: Channel) -> None:
    with channel.deps.store.writing(None) as db:
        for number in range(1_000):
            other = replace(SHARED, id=f"other{number}", channel=f"C0OTHER{number:04}")
            partnerships.insert(db, other)
            partnerships.agree(db, other, "maria", START - HOUR)
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 2 * HOUR)
    now = START + 2 * HOUR
    with channel.deps.store.writing(None) as db:
        recovery.begin(db, TEAM, now)

    looks = []
    for minute in range(3):
        at = now + timedelta(minutes=minute)
        looks.append(plan_due(channel.deps, PLANNERS, at))
        looks.append(plan_due(channel.deps, PLANNERS, at))
    reads = channel.slack.calls("conversations.history")

    assert looks == [1, 0, 1, 0, 1, 0]
    assert len(reads) == 3
    assert len(wakes.due(channel.deps.store.reading(), now + 99 * HOUR, 9)) == 1


def test_who_listens_again_reads_no_faster(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 2 * HOUR)
    now = START + 2 * HOUR
    with channel.deps.store.writing(None) as db:
        recovery.begin(db, TEAM, now)
    plan_due(channel.deps, PLANNERS, now)
    before = channel.wake()

    with channel.deps.store.writing(None) as db:
        recovery.begin(db, TEAM, now + timedelta(seconds=10))

    assert before is not None
    assert channel.wake() == before


def test_a_turn_that_a_wrong_clock_set_is_brought_forward(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 2 * HOUR)
    now = START + 2 * HOUR
    with channel.deps.store.writing(None) as db:
        wakes.set_wake(db, TEAM, recovery.KIND, TEAM, None, now + 999 * HOUR)
        recovery.begin(db, TEAM, now)

    wake = channel.wake()
    assert wake is not None
    assert wake.due_at == now


def test_a_connection_that_comes_back_at_once_has_nothing_read(channel: Channel) -> None:
    here = Workspace(
        team_id=TEAM, name="Acme", url="", bot_user_id="U0", bot_id="B0", installed_at=START
    )
    with channel.deps.store.writing(None) as db:
        workspaces.save(db, here)
    channel.heard(START - 40 * 24 * HOUR, START)
    connected = [True]
    ear = Ear(channel.deps, hears=lambda: connected[0])
    ear.keep(START)
    connected[0] = False
    ear.keep(START + timedelta(seconds=30))
    connected[0] = True

    ear.keep(START + timedelta(seconds=40))

    assert channel.wake() is None


def test_replies_in_threads_of_the_days_before_are_read_too(channel: Channel) -> None:
    slack = channel.slack
    root = slack.say(CHANNEL, "ana", "words")
    reply = slack.say(CHANNEL, "maria", "words", thread_ts=root)
    with channel.deps.store.writing(None) as db:
        maria = people.ensure(db, TEAM, "U0MARIA0000")
        known = Written(
            channel=CHANNEL,
            ts=reply,
            person_id=maria,
            side="client",
            at=moment_of(reply),
            thread_ts=root,
        )
        messages.add(db, SHARED, known)
    channel.heard(START - HOUR, START + timedelta(minutes=30))
    slack.advance("PT1H")
    slack.say(CHANNEL, "ana", "words", thread_ts=root)
    channel.heard(START + 2 * HOUR, START + 3 * HOUR)

    channel.recover(START + 3 * HOUR)

    assert [(one.side, one.thread_ts) for one in channel.noted()] == [
        ("client", root),
        ("vendor", root),
    ]


def test_where_slack_does_not_let_us_read_nothing_is_claimed(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.slack.say(CHANNEL, "ana", "words")
    channel.heard(START + 4 * HOUR, START + 5 * HOUR)
    channel.slack.fault("conversations.history", "error:missing_scope")

    looks = channel.recover(START + 5 * HOUR)

    assert looks <= 2
    assert channel.noted() == []
    assert channel.unheard(START + 5 * HOUR) == [(START, START + 4 * HOUR)]


def test_a_busy_slack_is_asked_again_when_it_said(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 2 * HOUR)
    now = START + 2 * HOUR
    channel.slack.fault("conversations.history", "ratelimited", retry_after=300)
    with channel.deps.store.writing(None) as db:
        recovery.begin(db, TEAM, now)
    wake = channel.wake()
    assert wake is not None

    recovery.plan(channel.deps, wake, now)

    later = channel.wake()
    assert later is not None
    assert later.due_at == now + timedelta(seconds=300)
    assert channel.unheard(now) == [(START, START + HOUR)]


def test_until_a_hole_is_read_nothing_is_claimed_for_it(channel: Channel) -> None:
    channel.heard(START - HOUR, START)
    channel.heard(START + HOUR, START + 3 * HOUR)

    assert channel.unheard(START + 5 * HOUR) == [
        (START, START + HOUR),
        (START + 3 * HOUR, START + 5 * HOUR),
    ]


def test_the_minute_between_two_notes_is_no_hole(channel: Channel) -> None:
    channel.heard(START - HOUR, START + HOUR)

    assert channel.unheard(START + HOUR + timedelta(minutes=1)) == []


def test_whoever_starts_to_listen_has_the_holes_looked_at(channel: Channel) -> None:
    with channel.deps.store.writing(None) as db:
        here = Workspace(
            team_id=TEAM, name="Acme", url="", bot_user_id="U0", bot_id="B0", installed_at=START
        )
        workspaces.save(db, here)
    channel.heard(START - HOUR, START)
    now = START + 2 * HOUR

    Ear(channel.deps).keep(now)

    wake = channel.wake()
    assert wake is not None
    assert wake.due_at == now
    assert channel.recover(now) == len(["the page", "a look that finds nothing left"])
    assert channel.unheard(now) == []
