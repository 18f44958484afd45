"""Two ways to say something back: in the thread of *This week*, and in the place of an answer."""

from datetime import datetime

from data import Database, outbox
from data.ids import new_id
from domain.outgoing import Message
from domain.partnerships import Partnership
from services import boards
from views.blocks import Drawn


def reply(  # noqa: PLR0913  # who asked stands beside what is told
    db: Database,
    partnership: Partnership,
    key: str,
    drawn: Drawn,
    now: datetime,
    *,
    asker: str | None = None,
    worth_until: datetime | None = None,
) -> bool:
    """Tell both sides in the thread; False when it was told before, or there is no thread.

    Args:
        asker: The person whose act this tells of, who hears if Slack will not take it.
        worth_until: If it cannot leave by then, it is not told; None: it is, however late.
    """
    thread = boards.week_key(db, partnership)
    if thread is None:
        return False
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=drawn.payload,
        audience="both",
        needs="agreed",
        thread_of=thread,
        asker=asker,
        worth_until=worth_until,
    )
    return outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def replace_private(
    db: Database, partnership: Partnership, url: str, drawn: Drawn, now: datetime
) -> None:
    """Put something else in the place of a message that only one person sees.

    Args:
        url: The response_url of a press in it.
    """
    message = Message(
        kind="respond",
        place=url,
        payload=drawn.answer | {"response_type": "ephemeral", "replace_original": True},
        audience="person",
        needs="nothing",
        urgent=True,
    )
    key = f"replaced/{new_id()}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def replace_shown(
    db: Database, partnership: Partnership, shown: tuple[str, str], drawn: Drawn, now: datetime
) -> None:
    """Put something else in the place of a message of ours that everybody there sees.

    Args:
        shown: Its channel and its ``ts``.
    """
    row = outbox.by_message(db, partnership.team_id, *shown)
    if row is not None:
        payload = drawn.payload
        outbox.redraw(db, partnership.team_id, partnership.id, row.key, payload, now=now)


def say_privately(
    db: Database, partnership: Partnership, person: tuple[str, str], drawn: Drawn, now: datetime
) -> None:
    """Say something in the channel that only one person sees.

    Args:
        person: Our id and the Slack id.
    """
    person_id, slack_id = person
    message = Message(
        kind="ephemeral",
        place=partnership.channel,
        payload=drawn.payload | {"user": slack_id},
        audience="person",
        needs="nothing",
        asker=person_id,
        urgent=True,
    )
    outbox.put(db, partnership.team_id, partnership.id, f"said/{new_id()}", message, now=now)
