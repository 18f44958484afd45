"""What is to be told to sponsors, and was, in the messages of all whom it concerns."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from data import Database, deliverables
from data import sponsors as stored
from domain.deliverables import Commitment
from domain.sponsors import Notice
from services import sponsor_lines as lines
from services.daily_parts import Contributor, Found, Page
from services.daily_readers import Reader, Spot
from views import sponsors as views
from views.daily_sections import Piece, Section


def _find(db: Database, reader: Reader, now: datetime) -> list[Found]:
    ids, places = reader.signs["sponsors"], reader.places
    every = deliverables.every(db, reader.team_id, ids)
    found = []
    for notice in stored.every(db, reader.team_id, ids).values():
        one, spot = every.get(notice.commitment_id), places.get(notice.partnership_id)
        if one is None or spot is None or not one.is_public or not notice.concerns(one, now):
            continue
        for what in _lines(db, one, notice, spot, now):
            item = lines.item(notice, what)
            # Its owner reads it each day until it is settled, everybody else once.
            if what == lines.NOTICE or item not in reader.told:
                found.append(Found(item=item, is_reason=what != lines.ANSWERED))
    return found


def _lines(
    db: Database, one: Commitment, notice: Notice, spot: Spot, now: datetime
) -> Iterator[str]:
    """What of it the reader is told."""
    member, person_id = spot.member, spot.member.person.id
    is_own_lead = member.is_lead and member.side == one.side and one.owner_id != person_id
    has_asked = member.is_lead and notice.asked_by == person_id
    if notice.state == "told" and member.is_sponsor:
        yield lines.TOLD
    if notice.state == "helped" and (is_own_lead or has_asked):
        yield lines.HELP
    if notice.state == "answered" and has_asked:
        yield lines.ANSWERED
    is_owner = one.owner_id == person_id and member.takes_part and notice.state == "runs"
    if is_owner and lines.standing(db, spot.partnership, one, now) is not None:
        yield lines.NOTICE


def _draw(db: Database, page: Page, ids: Sequence[str], now: datetime) -> list[Section]:
    spot = page.spot
    named = [subject_id.split("/") for subject_id in ids]
    team_id, subjects = page.daily.team_id, [one_id for one_id, _, _ in named]
    every = deliverables.every(db, team_id, subjects)
    known = stored.every(db, team_id, subjects)
    pieces: list[Piece | None] = []
    for one_id, what, number in named:
        one, notice = every.get(one_id), known.get(one_id)
        # Of what was asked anew only the newest is told.
        if one is not None and notice is not None and str(notice.number) == number:
            pieces.append(_piece(db, page, what, (one, notice), now))
    shown = [piece for piece in pieces if piece is not None]
    return (
        []
        if spot.member.side is None
        else views.sections(spot.partnership, spot.member.side, shown)
    )


def _piece(
    db: Database, page: Page, what: str, about: tuple[Commitment, Notice], now: datetime
) -> Piece | None:
    (one, notice), partnership, side = about, page.spot.partnership, page.spot.member.side
    if what == lines.TOLD:
        return views.to_sponsor(partnership, one, notice, now)
    if what == lines.HELP and side is not None:
        return views.help_wanted(partnership, side, one, now)
    if what == lines.ANSWERED:
        return views.answered(partnership, one)
    standing = lines.standing(db, partnership, one, now)
    if page.is_over or standing is None or standing.state != "runs":
        return views.after_notice(partnership, one, notice)
    return views.to_owner(partnership, one, notice, now)


SPONSORS: Final = Contributor(kind="sponsors", repeats=True, find=_find, draw=_draw)
