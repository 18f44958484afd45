"""The bot in a process of its own, on a clock that others move; it dies where it is told to."""

from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Final

from slack_sdk import WebClient

import composition
from clock import MovableClock
from config import Secret, Settings
from data import ids
from tests.faults.life import Fate, MortalStore, Order
from tests.year.plans import Death

# Every third death is at a call to Slack, which is made less often than anything is stored.
_AT_A_CALL: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """How a life begins.

    Attributes:
        number: Of the lives of one database; the ids that are made depend on nothing else.
        death: Where it ends; None: it is stopped, or killed from outside.
    """

    number: int
    path: Path
    url: str
    now: datetime
    death: Death | None


def live(parent: Connection, birth: Birth) -> None:
    """Run until stopped, or dead. Each question is answered: how far it is, and what comes."""
    ids.os = SimpleNamespace(urandom=Random(birth.number).randbytes)  # type: ignore[assignment,attr-defined]
    _doomed(birth.death)
    clock = MovableClock(birth.now, running=False)
    bot = composition.compose(
        _settings(birth), clock.now, slept_after=None, synchronous="OFF"
    ).start()
    clock.on_move(bot.rhythm.look_now)
    parent.send(None)
    while (moment := parent.recv()) is not None:
        if moment > clock.now():
            clock.move(moment)
        parent.send(bot.rhythm.next_due() if bot.rhythm.idle() else "busy")
    bot.stop()


def order_of(death: Death | None) -> Order:
    if death is None:
        return Order(up_to=0)
    when = "after" if death.after_commit else "before"
    if death.writes % _AT_A_CALL:
        return Order(up_to=0, hook=f"{when} commit", count=death.writes)
    return Order(up_to=0, hook=f"{when} send", count=death.writes // _AT_A_CALL)


def _doomed(death: Death | None) -> None:
    """From here on each write and each call may be the last of this process."""
    fate = MortalStore.fate = Fate(order_of(death))
    composition.Store = MortalStore  # type: ignore[attr-defined]
    call = WebClient.api_call

    def fatal_call(self: WebClient, api_method: str, **arguments: Any) -> Any:
        fate.comes("before send")
        answer = call(self, api_method, **arguments)
        fate.comes("after send")
        return answer

    WebClient.api_call = fatal_call  # type: ignore[assignment,method-assign]


def _settings(birth: Birth) -> Settings:
    return Settings(
        bot_token=Secret("xoxb-sandbox"),
        app_token=Secret("xapp-sandbox"),
        signing_secret=None,
        port=None,
        host="127.0.0.1",
        api_base_url=f"{birth.url}api/",
        database=birth.path,
        log_level="ERROR",
    )
