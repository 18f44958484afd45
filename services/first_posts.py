"""The first post and the hub as the outbox gets them: put, drawn anew, and shown to one person."""

from datetime import datetime
from typing import Any, Literal

from data import Database, outbox, people
from data.ids import new_id
from domain.outgoing import Message
from domain.partnerships import Partnership
from services import boards
from services.board_planning import board_of
from views import consent
from views.blocks import Drawn
from views.hub import hub, resting_hub


def put_first_posts(db: Database, partnership: Partnership, now: datetime) -> None:
    """Have the first post and the hub stand in the channel, and the hub pinned."""
    first = consent.first_post(partnership, installer_of(db, partnership))
    drawn = hub(partnership, board_of(db, partnership, now))
    hub_key = boards.hub_key(partnership)
    _put(db, partnership, boards.first_key(partnership), _post(partnership, first.payload), now)
    _put(db, partnership, hub_key, _post(partnership, drawn.payload), now)
    pin_hub(db, partnership, now)


def pin_hub(db: Database, partnership: Partnership, now: datetime) -> None:
    """Have the hub pinned, again after a no that became a yes."""
    hub_key = boards.hub_key(partnership)
    key = f"pin/{hub_key}/{new_id()}"
    _put(db, partnership, key, _at_hub(partnership, "pin", {}), now)


def rest_hub(db: Database, partnership: Partnership, now: datetime) -> None:
    """After a no: the hub has no buttons any more and is not pinned."""
    hub_key = boards.hub_key(partnership)
    drawn = _at_hub(partnership, "update", resting_hub().payload)
    _put(db, partnership, f"update/{hub_key}/{new_id()}", drawn, now)
    _put(db, partnership, f"unpin/{hub_key}/{new_id()}", _at_hub(partnership, "unpin", {}), now)


def redraw_first_post(db: Database, partnership: Partnership, drawn: Drawn, now: datetime) -> None:
    """Change the first post; it is an answer to what somebody pressed, so it always leaves."""
    first_key = boards.first_key(partnership)
    update = Message(
        kind="update",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="nothing",
        target=first_key,
        urgent=True,
    )
    _put(db, partnership, f"update/{first_key}/{new_id()}", update, now)


def show_one_person(
    db: Database, partnership: Partnership, slack_id: str, drawn: Drawn, now: datetime
) -> None:
    """Say something in the channel that only one person sees."""
    message = Message(
        kind="ephemeral",
        place=partnership.channel,
        payload=drawn.payload | {"user": slack_id},
        audience="person",
        needs="nothing",
        asker=people.ensure(db, partnership.team_id, slack_id),
        urgent=True,
    )
    _put(db, partnership, f"shown/{partnership.id}/{new_id()}", message, now)


def installer_of(db: Database, partnership: Partnership) -> str:
    """Slack id of the person who set the partnership up."""
    person = people.get(db, partnership.team_id, partnership.installer_id)
    assert person is not None  # people are never deleted while a partnership names them
    return person.slack_id


def _post(partnership: Partnership, payload: dict[str, Any]) -> Message:
    return Message(
        kind="post",
        place=partnership.channel,
        payload=payload,
        audience="both",
        needs="proposed",
    )


def _at_hub(
    partnership: Partnership, kind: Literal["pin", "unpin", "update"], payload: dict[str, Any]
) -> Message:
    return Message(
        kind=kind,
        place=partnership.channel,
        payload=payload,
        audience="both",
        needs="proposed" if kind == "pin" else "nothing",
        target=boards.hub_key(partnership),
    )


def _put(db: Database, partnership: Partnership, key: str, message: Message, now: datetime) -> None:
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)
