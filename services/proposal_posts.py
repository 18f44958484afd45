"""The posts that tell of a proposed check-in: one for each proposal, kept true."""

from datetime import datetime

from data import Database, cadences, outbox, proposals
from domain.cadences import Cadence, Occurrence
from domain.partnerships import Partnership
from services import checkin_posts
from services.checkin_facts import check_in_of
from services.replies import reply
from views import proposals as views


def put_card(
    db: Database,
    partnership: Partnership,
    cadence_id: str,
    now: datetime,
    *,
    asker: str | None = None,
) -> bool:
    """Tell both sides of a check-in as it is proposed now; older proposals lose their buttons."""
    cadence = cadences.get(db, partnership.team_id, cadence_id)
    if cadence is None:
        return False
    first = _next(db, cadence, now)
    drawn = views.card(partnership, cadence, first)
    is_new = reply(db, partnership, proposals.card_key(cadence), drawn, now, asker=asker)
    redraw(db, partnership, cadence, now)
    return is_new


def redraw(db: Database, partnership: Partnership, known: Cadence, now: datetime) -> None:
    """Bring the posts about a proposal, and of the turns of what is proposed, up to date."""
    cadence = cadences.get(db, known.team_id, known.id) or known
    keys = proposals.cards(db, cadence)
    for key in keys:
        newest = key == keys[-1]
        first = _next(db, cadence, now)
        drawn = views.card(partnership, cadence, first) if newest else views.outdated(cadence)
        outbox.redraw(db, partnership.team_id, partnership.id, key, drawn.payload, now=now)
    for turn in cadences.open_turns(db, cadence):
        check_in = check_in_of(db, turn)
        if check_in is not None:
            checkin_posts.redraw(db, check_in, now)


def _next(db: Database, cadence: Cadence, now: datetime) -> Occurrence | None:
    ahead = (turn for turn in cadences.open_turns(db, cadence) if turn.starts_at > now)
    return next(ahead, None)
