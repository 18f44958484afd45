"""What follows when Slack will not take something: who asked hears it, and another way is found."""

from datetime import datetime
from typing import Final

from data import Database, journal, outbox, people, wakes, workspaces
from domain.outgoing import INSTEAD, Message, Row, person_of, person_place
from services import daily
from services.delivery_outcomes import INVALID_BLOCKS
from views.errors import refused_delivery
from views.reach import drawn_by_mention

# Slack: what conversations.open and chat.postMessage answer where a bot may not write directly.
NOT_DIRECTLY: Final = frozenset(
    {
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_user_combination",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "user_not_found",
        "user_not_visible",
    }
)


def follow_refusal(db: Database, row: Row, now: datetime) -> None:
    """Act on a refusal, in the transaction that records it."""
    _tell_asker(db, row, now)
    _say_instead(db, row, now)
    person_id = person_of(row.place)
    if person_id is not None and row.kind == "post" and row.reason in NOT_DIRECTLY:
        _mention_instead(db, row.team_id, person_id, now)


def _tell_asker(db: Database, row: Row, now: datetime) -> None:
    """Nobody is told of an answer that only they would have seen, nor in the place that refused."""
    if row.asker is None or row.kind in {"ephemeral", "respond"}:
        return
    place = person_place(row.asker)
    if row.place == place:
        return
    drawn, asker = (
        refused_delivery(row.place, row.reason or ""),
        people.get(db, row.team_id, row.asker),
    )
    if asker is not None and asker.home_team not in {None, row.team_id}:
        drawn = drawn_by_mention(drawn)
    message = Message(
        kind="post",
        place=place,
        payload=drawn.payload,
        audience="person",
        needs="nothing",
        urgent=True,
    )
    outbox.put(db, row.team_id, None, f"refused/{row.id}", message, now=now)


def _say_instead(db: Database, row: Row, now: datetime) -> None:
    """Where Slack takes no file, or draws no charts, what they tell is said in their place."""
    instead = row.payload.get(INSTEAD)
    is_undrawn = (row.reason or "").startswith(INVALID_BLOCKS)
    if instead is None or not (row.kind == "file" or is_undrawn):
        return
    if is_undrawn:
        workspaces.set_charts(db, row.team_id, are_drawn=False)
    message = Message(
        kind="post" if row.kind == "file" else row.kind,
        place=row.place,
        payload=instead,
        audience=row.audience,
        needs=row.needs,
        thread_of=row.thread_of,
        urgent=True,
    )
    outbox.put(db, row.team_id, row.partnership_id, f"instead/{row.id}", message, now=now)


def _mention_instead(db: Database, team_id: str, person_id: str, now: datetime) -> None:
    """From now on the person is reached in the thread of *This week*, today's message included."""
    person = people.get(db, team_id, person_id)
    if person is None or person.deleted or person.direct is False:
        return
    people.set_direct(db, team_id, person_id, direct=False)
    wakes.set_wake(db, team_id, daily.WAKE, person_id, None, now)
    journal.record(
        db,
        team_id,
        None,
        "not_reached_directly",
        "person",
        person_id,
        by=None,
        side=None,
        now=now,
    )
