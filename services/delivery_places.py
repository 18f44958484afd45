"""Where a row goes in Slack's terms, and whether whoever claimed it still lives."""

import os
import socket
from typing import Final

from data import Database, outbox, people
from data.ids import new_id
from domain.outgoing import Row, person_of
from services.delivery_calls import Where

# Couriers of this process, so that a process id used again is no proof of life.
_LIVE: Final[set[str]] = set()


def new_name() -> str:
    """The name under which one courier claims rows: host, process and a random part."""
    return f"{socket.gethostname()}:{os.getpid()}:{new_id()}"


def live(name: str) -> None:
    _LIVE.add(name)


def end(name: str) -> None:
    _LIVE.discard(name)


def is_dead(claimed_by: str) -> bool:
    """Whether a claim was made by a process of this machine that is gone for certain."""
    host, _, rest = claimed_by.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return claimed_by not in _LIVE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def where_of(db: Database, row: Row) -> Where:
    """The Slack ids of what a row is about, as they are known now."""
    person_id = person_of(row.place)
    target = outbox.state_of(db, row.team_id, row.target) if row.target else None
    thread = outbox.state_of(db, row.team_id, row.thread_of) if row.thread_of else None
    if person_id is None:
        user, channel = None, None if row.kind == "respond" else row.place
    else:
        person = people.get(db, row.team_id, person_id)
        user = "" if person is None else person.slack_id
        channel = people.dm_channel(db, row.team_id, person_id)
    return Where(
        channel=channel,
        user=user,
        thread_ts=thread.ts if thread else row.target_ts,
        target_ts=target.ts if target else row.target_ts,
    )
