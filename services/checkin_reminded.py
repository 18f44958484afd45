"""Which reminders of a turn say nothing any more that a newer post does not say."""

from collections.abc import Sequence

from data import Database, checkins, outbox
from data.moments import to_text
from domain.checkins import CheckIn
from domain.outgoing import CLOSED
from views import agenda as views
from views.blocks import Drawn


def outdated(db: Database, check_in: CheckIn, posts: Sequence[tuple[str, str]]) -> dict[str, Drawn]:
    """By key the reminders that stand already and are followed by a newer one, or by the start.

    Both sides read the same thread, so a reminder for one of them follows that for the other. What
    has not left yet is none of them: nobody read it.

    Args:
        posts: Kind and key of each post that tells of the turn.
    """
    turn = check_in.turn
    if all(kind != "reminder" for kind, _ in posts):
        return {}
    start_key = checkins.post_key(turn, "start", to_text(turn.starts_at))
    start = outbox.state_of(db, turn.team_id, start_key)
    has_start = start is not None and start.state not in CLOSED
    rows = [outbox.by_key(db, turn.team_id, key) for kind, key in posts if kind == "reminder"]
    standing = [row for row in rows if row is not None and row.state not in CLOSED]
    newest = max((row.position for row in standing), default=0)
    return {
        row.key: views.reminded(check_in, row.settled_at or row.leaves_at, has_start=has_start)
        for row in standing
        if row.state == "sent" and (has_start or row.position < newest)
    }
