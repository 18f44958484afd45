"""The Home tab of one person: gathered from all partnerships and published through the outbox."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from data import Database, inbox, outbox, partnerships, people
from data.ids import new_id
from domain.outgoing import Message, Row, person_place
from domain.partnerships import Partnership
from domain.people import Person
from services import checkin_board
from services.actors import Who, actor_in, person_of
from services.board_planning import board_of
from services.deliverable_lists import mine_everywhere
from services.deps import Deps
from services.links import link_to
from services.pauses import out_of
from views import home as views
from views.reach import view_by_mention

# Slack: at most 100 blocks in a view; more partnerships than these are told by their number.
PARTNERSHIPS_MOST: Final = 10
UNDELIVERED_MOST: Final = 5


def publish(deps: Deps, who: Who, now: datetime, *, event_id: str | None = None) -> None:
    """Draw the person's Home tab and have it published.

    Args:
        event_id: Of the event that told that it was opened, heard once; None: after a press in it.
    """
    person = person_of(deps.store, who)
    view = views.home(_page(deps, who, person, now), now)
    if person.home_team not in {None, who.team_id}:
        view = view_by_mention(view)
    message = Message(
        kind="home",
        place=person_place(person.id),
        payload={"view": view},
        audience="person",
        needs="nothing",
        urgent=True,
    )
    with deps.store.writing(None) as db:
        if event_id is not None and not inbox.accept(
            db, who.team_id, event_id, "app_home_opened", now
        ):
            return
        outbox.put(db, who.team_id, None, f"home/{person.id}/{new_id()}", message, now=now)


def _page(deps: Deps, who: Who, person: Person, now: datetime) -> views.Page:
    db = deps.store.reading()
    own = _partnerships(db, who.team_id, person)
    shown = own[:PARTNERSHIPS_MOST]
    installs = any(one.installer_id == person.id for one in own)
    return views.Page(
        mine=tuple(mine_everywhere(deps, who)),
        partnerships=tuple(
            (one, board_of(db, one, now).next_check_in) for one in shown if one.state != "declined"
        ),
        questions=tuple(one for each in shown for one in _questions(deps, who, each, now)),
        further=len(own) - len(shown),
        undelivered=_undelivered(db, who.team_id) if installs else (),
        out={one.id: out for one in shown if (out := out_of(db, one, now)) is not None},
    )


def _questions(
    deps: Deps, who: Who, partnership: Partnership, now: datetime
) -> Iterator[views.Question]:
    """The past check-ins about which a lead's own side was asked and said nothing yet."""
    place = actor_in(deps.store, who, partnership)
    if not place.standings.lead or place.member is None:
        return
    db = deps.store.reading()
    for one in checkin_board.unconfirmed(db, partnership, now):
        if place.member.side in one.silent_sides:
            link = link_to(db, partnership.team_id, one.question_key)
            yield views.Question(check_in=one.check_in, link=link)


def _partnerships(db: Database, team_id: str, person: Person) -> list[Partnership]:
    found = [
        partnerships.get(db, team_id, one) for one in people.partnerships_of(db, team_id, person.id)
    ]
    return [
        one
        for one in found
        if one is not None and (one.state != "looking" or one.installer_id == person.id)
    ]


def _undelivered(db: Database, team_id: str) -> tuple[views.Undelivered, ...]:
    rows: list[Row] = outbox.undelivered(db, team_id, UNDELIVERED_MOST)
    return tuple(
        views.Undelivered(
            channel=row.place if row.place.startswith("C") else None,
            state=row.state,
            reason=row.reason or "",
        )
        for row in rows
    )
