"""The Home tab of one person: gathered from all partnerships and published through the outbox."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, inbox, outbox, partnerships, people
from data.ids import new_id
from domain.kept import Kept
from domain.outgoing import Message, Row, person_place
from domain.partnerships import Partnership
from domain.people import Person, Side
from services import checkin_board
from services.actors import Who, actor_in, person_of
from services.board_planning import board_of
from services.deliverable_lists import mine_everywhere
from services.deps import Deps
from services.home_lines import lines_of
from services.kept import this_month
from services.known_turns import KnownTurns
from services.links import link_to
from services.pauses import out_of
from views import home as views
from views.deliverable_lines import Listed
from views.reach import view_by_mention

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


def choose(deps: Deps, who: Who, partnership_id: str, now: datetime) -> None:
    """Show this partner in the person's Home tab from now on."""
    person = person_of(deps.store, who)
    own = {one.id for one in _partnerships(deps.store.reading(), who.team_id, person)}
    with deps.store.writing(None) as db:
        people.set_home(db, who.team_id, person.id, partnership_id if partnership_id in own else "")
    publish(deps, who, now)


def _page(deps: Deps, who: Who, person: Person, now: datetime) -> views.Page:
    db = deps.store.reading()
    own, mine = _partnerships(db, who.team_id, person), tuple(mine_everywhere(deps, who, now))
    shown = _shown(db, who.team_id, person, own, mine)
    page = views.Page(mine=mine, partnerships=tuple(own))
    if shown is None:
        return page
    out, installs = out_of(db, shown, now), shown.installer_id == person.id
    elsewhere = [one for one in mine if one.partnership.id != shown.id]
    return replace(
        page,
        mine=(*elsewhere, *lines_of(db, actor_in(deps.store, who, shown), now)),
        chosen=shown.id,
        coming=None if shown.state == "declined" else board_of(db, shown, now).next_check_in,
        questions=tuple(_questions(deps, who, shown, now)),
        kept=_kept(deps, who, shown, now),
        undelivered=_undelivered(db, shown) if installs else (),
        out={} if out is None else {shown.id: out},
    )


def _kept(deps: Deps, who: Who, partnership: Partnership, now: datetime) -> dict[Side, Kept]:
    place = actor_in(deps.store, who, partnership)
    if not place.standings.lead or not partnership.is_agreed:
        return {}
    return this_month(deps.store.reading(), partnership, place.zone, now)


def _shown(
    db: Database,
    team_id: str,
    person: Person,
    own: Sequence[Partnership],
    mine: Sequence[Listed],
) -> Partnership | None:
    """Of several partners the one that was chosen last, else the one to which most is due first."""
    wanted = people.home(db, team_id, person.id)
    chosen = next((one for one in own if one.id == wanted), None)
    first = min(mine, key=lambda one: one.commitment.due_at, default=None)
    due = None if first is None else first.partnership
    return chosen or due or next(iter(own), None)


def _questions(
    deps: Deps, who: Who, partnership: Partnership, now: datetime
) -> Iterator[views.Question]:
    """The past check-ins about which a lead's own side was asked and said nothing yet."""
    place = actor_in(deps.store, who, partnership)
    if not place.standings.lead or place.member is None:
        return
    db = deps.store.reading()
    for one in checkin_board.unconfirmed(KnownTurns(db, partnership, now)):
        if place.member.side in one.silent_sides:
            link = link_to(db, partnership.team_id, one.question_key)
            yield views.Question(check_in=one.check_in, link=link)


def _partnerships(db: Database, team_id: str, person: Person) -> list[Partnership]:
    ids = people.partnerships_of(db, team_id, person.id)
    watched = people.watched_by(db, team_id, person.id)
    found = [partnerships.get(db, team_id, one) for one in (*ids, *watched)]
    return [
        one
        for one in found
        if one is not None
        and one.state != "declined"
        and (one.state != "looking" or one.installer_id == person.id)
    ]


def _undelivered(db: Database, shown: Partnership) -> tuple[views.Undelivered, ...]:
    """What could not be said of this partner: where a screen is shared, nothing of another."""
    rows: list[Row] = outbox.undelivered(db, shown.team_id, UNDELIVERED_MOST)
    return tuple(
        views.Undelivered(
            channel=row.place if row.place.startswith("C") else None,
            state=row.state,
            reason=row.reason or "",
        )
        for row in rows
        if row.place == shown.channel or not row.place.startswith("C")
    )
