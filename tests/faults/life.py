"""One life of the bot: asks, delivers, and dies where it is told to. Run as a program of its own.

The program stays single and forks a life for each line it reads, so that hundreds of lives cost
little. A life is the real store, courier and schedules; only where it dies is ours.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final, NoReturn

import httpx
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from clock import MovableClock
from data import Database
from data.store import Store
from schedules.rhythm import Rhythm
from services.delivery import Courier
from services.delivery_settling import Policy
from services.deps import Deps
from services.directory import OneWorkspaceClients
from services.listening import Ear
from tests.desk import everything, nobody
from tests.faults.asks import PEOPLE, Ask, asks
from tests.stores import TEAM

HOOKS: Final = ("before commit", "after commit", "before send", "after send")
IDLE_WITHIN: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a life has to do and where it ends.

    Attributes:
        hook: Where it kills itself, at the ``count``-th time it comes there; None: nowhere.
        after_ms: When it is killed from outside; None: never.
    """

    up_to: int
    hook: str | None = None
    count: int = 0
    after_ms: float | None = None


class Fate:
    """Kills the process at the moment that the order names."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._left = order.count
        self._lock = Lock()

    def comes(self, hook: str) -> None:
        if hook != self._order.hook:
            return
        with self._lock:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class MortalStore(Store):
    fate: Fate

    @contextmanager
    def writing(self, partnership: str | None, **how: bool) -> Iterator[Database]:
        with super().writing(partnership, **how) as db:
            yield db
            self.fate.comes("before commit")
        self.fate.comes("after commit")


class MortalClient(WebClient):
    fate: Fate

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        self.fate.comes("before send")
        answer = super().api_call(api_method, **arguments)
        self.fate.comes("after send")
        return answer


def live(path: Path, url: str, order: Order) -> None:
    """Ask for everything up to a number and deliver until nothing is left to do."""
    fate = Fate(order)
    store = MortalStore.open(path)
    store.fate = fate
    client = MortalClient(
        token="xoxb-sandbox", base_url=f"{url}api/", timeout=60, retry_handlers=[]
    )
    client.fate = fate
    world = httpx.Client(base_url=f"{url}_control/", trust_env=False, timeout=60)
    now = datetime.fromisoformat(world.get("world").json()["now"])
    clock = MovableClock(now, running=False)
    clients = OneWorkspaceClients(patient=client, hasty=client)
    deps = Deps(store=store, now=clock.now, clients=clients)
    courier = Courier(deps, Policy(may_leave=everything, on_refused=nobody))
    rhythm = Rhythm(deps, courier, {}, Ear(deps, slept_after=None))
    rhythm.start()
    ask_all(store, list(asks(order.up_to)))
    while (next_at := next_due(rhythm)) is not None:
        world.post("clock", json={"now": next_at.isoformat()}).raise_for_status()
        clock.move(next_at)
        rhythm.look_now()
    rhythm.stop()


def next_due(rhythm: Rhythm) -> datetime | None:
    if not rhythm.wait_idle(IDLE_WITHIN):
        raise TimeoutError("delivery does not come to rest")
    return rhythm.next_due()


def ask_all(store: Store, wanted: list[Ask]) -> None:
    with store.writing(None) as db:
        for person, slack_id in PEOPLE.items():
            db.execute(
                """
                INSERT INTO people (team_id, id, slack_id, name, is_bot, is_guest, deleted)
                VALUES (:team, :id, :slack, '', 0, 0, 0) ON CONFLICT (team_id, id) DO NOTHING
                """,
                {"team": TEAM, "id": person, "slack": slack_id},
            )
    for start in range(0, len(wanted), 4):
        with store.writing(None) as db:
            for ask in wanted[start : start + 4]:
                ask.put(db)


def fork(path: Path, url: str, order: Order) -> bool:
    """Let one life run in a process of its own; returns whether it was killed."""
    pid = os.fork()
    if pid == 0:
        live_and_exit(path, url, order)
    if order.after_ms is not None:
        time.sleep(order.after_ms / 1000)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status) != 0:
        raise RuntimeError("a life failed; its traceback stands above")
    return False


def live_and_exit(path: Path, url: str, order: Order) -> NoReturn:
    """End the forked process here, whatever happens: what comes after belongs to the parent."""
    try:
        live(path, url, order)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


def main() -> None:
    path, url = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        killed = fork(path, url, Order(**json.loads(line)))
        sys.stdout.write(json.dumps(killed) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
