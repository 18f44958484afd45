"""Kills the bot again and again at bad moments, and compares what Slack has with what was asked."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from clock import MovableClock
from data import outbox
from data.outbox import Sent
from data.store import Store
from sandbox.server import SandboxOptions
from sandbox.world_files import load_world
from tests.faults.asks import CHANNELS, PEOPLE, PLACES, Ask, asks
from tests.faults.life import HOOKS, Order
from tests.people import Json, Slack
from tests.project_files import ROOT
from tests.stores import TEAM
from tests.wire import MONDAY_MORNING, manifest_with, start_sandbox

TWO_COMPANIES = ROOT / "sandbox" / "worlds" / "two-companies.json"
WITHOUT_HISTORY = ["chat:write", "im:write", "channels:read"]
ASKED_PER_LIFE = 5
# A life passes each hook this often or more before it has nothing left to do.
MOST_TURNS = {"before commit": 16, "after commit": 16, "before send": 5, "after send": 5}
LONGEST_LIFE_MS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of a campaign.

    Attributes:
        lost: Asked for, not in Slack, and not said to be unproven.
        doubled: In Slack more often than once.
        wrong: In Slack once, but with an old text or in the wrong thread.
        unproven: Listed as such by the bot.
    """

    kills: int
    asked: int
    sent: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong: tuple[str, ...]
    unproven: int
    died: Mapping[str, int]

    def __str__(self) -> str:
        died = ", ".join(f"{count} {where}" for where, count in sorted(self.died.items()))
        return (
            f"killed {self.kills} ({died})\n"
            f"asked {self.asked}, sent {self.sent}, lost {len(self.lost)}, "
            f"doubled {len(self.doubled)}, wrong {len(self.wrong)}, unproven {self.unproven}"
        )


def run(kills: int, *, seed: int, readable: bool = True) -> Tally:
    """Run a campaign.

    Args:
        kills: How many lives have to end by SIGKILL.
        seed: Chooses where they end.
        readable: Whether the bot may read the channels in which it posts.
    """
    manifest = None if readable else manifest_with(scopes=WITHOUT_HISTORY)
    clock = MovableClock(MONDAY_MORNING, running=False)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = SandboxOptions(world=load_world(many_channels(folder)), clock=clock)
        with start_sandbox(options, manifest=manifest) as sandbox:
            died, asked = kill_often(folder / "outbox.sqlite", sandbox.url, kills, seed)
            with Slack(sandbox.url) as slack:
                return compare(folder / "outbox.sqlite", slack, asked, died)


def many_channels(folder: Path) -> Path:
    """A world file with as many channels as the campaign posts in."""
    world = json.loads(TWO_COMPANIES.read_text(encoding="utf-8"))
    first = world["channels"][0]
    world["channels"] = [
        {**first, "id": channel, "name": f"{first['name']}-{number}"}
        for number, channel in enumerate(CHANNELS)
    ]
    path = folder / "world.json"
    path.write_text(json.dumps(world), encoding="utf-8")
    return path


def kill_often(path: Path, url: str, kills: int, seed: int) -> tuple[Counter[str], int]:
    """Let lives begin and end until enough were killed; then one lives to its end."""
    chance = random.Random(seed)
    died: Counter[str] = Counter()
    asked = len(PLACES)
    with nursery(path, url) as born:
        born(Order(up_to=asked))
        while died.total() < kills:
            asked += ASKED_PER_LIFE
            order = doomed(chance, asked)
            if born(order):
                died[order.hook or "at any moment"] += 1
        born(Order(up_to=asked))
    return died, asked


def doomed(chance: random.Random, up_to: int) -> Order:
    hook = chance.choice([*HOOKS, None])
    if hook is None:
        return Order(up_to=up_to, after_ms=chance.uniform(1, LONGEST_LIFE_MS))
    return Order(up_to=up_to, hook=hook, count=chance.randint(1, MOST_TURNS[hook]))


@contextmanager
def nursery(path: Path, url: str) -> Iterator[Any]:
    """A program that forks lives; gives a function that lets one live and tells how it ended."""
    command = [sys.executable, "-m", "tests.faults.life", str(path), url]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        given, answers = program.stdin, program.stdout

        def born(order: Order) -> bool:
            given.write(json.dumps(asdict(order)) + "\n")
            given.flush()
            answer = answers.readline()
            if not answer:
                raise RuntimeError("the program that starts the lives has ended")
            return bool(json.loads(answer))

        try:
            yield born
        finally:
            given.close()
            program.wait(60)


def compare(path: Path, slack: Slack, asked: int, died: Counter[str]) -> Tally:
    """Hold what Slack has against what was asked for and what the bot says about it."""
    found: dict[str, list[Json]] = {}
    for message in everything_said(slack):
        found.setdefault(message["text"].partition(" ")[0], []).append(message)
    store = Store.open(path)
    states = {ask.key: outbox.state_of(store.reading(), TEAM, ask.key) for ask in asks(asked)}
    store.close()
    unproven = {key for key, sent in states.items() if sent is not None and is_unproven(sent)}
    lost = [ask.key for ask in asks(asked) if ask.key not in found and ask.key not in unproven]
    doubled = [key for key, messages in found.items() if len(messages) > 1]
    wrong = [
        ask.key
        for ask in asks(asked)
        if ask.key not in unproven and ask.key in found and not is_right(ask, found)
    ]
    wrong += [key for key in found if key not in unproven and not is_sent(states[key])]
    return Tally(
        kills=died.total(),
        asked=asked,
        sent=sum(len(messages) for messages in found.values()),
        lost=tuple(lost),
        doubled=tuple(doubled),
        wrong=tuple(wrong),
        unproven=len(unproven),
        died=died,
    )


def is_sent(sent: Sent | None) -> bool:
    return sent is not None and sent.state == "sent"


def is_unproven(sent: Sent) -> bool:
    """Listed as unproven, or never said because it hangs on something that is."""
    return sent.state == "unproven" or sent.reason in {"target_unproven", "target_dropped"}


def is_right(ask: Ask, found: Mapping[str, list[Json]]) -> bool:
    message = found[ask.key][0]
    if message["text"] != ask.text:
        return False
    if ask.thread_of is None:
        return message.get("thread_ts") in {None, message["ts"]}
    return bool(message.get("thread_ts") == found[ask.thread_of][0]["ts"])


def everything_said(slack: Slack) -> list[Json]:
    said = [message for channel in CHANNELS for message in slack.messages(channel)]
    for user in PEOPLE.values():
        said += slack.direct_messages(user)
    return said


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--unreadable", action="store_true", help="the bot may not read what it has posted"
    )
    given = parser.parse_args()
    tally = run(given.kills, seed=given.seed, readable=not given.unreadable)
    sys.stdout.write(f"{tally}\n")
    for what in ("lost", "doubled", "wrong"):
        if getattr(tally, what):
            sys.stdout.write(f"{what}: {', '.join(getattr(tally, what)[:20])}\n")
    return 1 if tally.lost or tally.doubled or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
