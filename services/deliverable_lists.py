"""What is open, gathered for one reader; and what hub and *This week* show of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from data import Database, away, deliverable_lists, deliverables, partnerships, people
from data.deliverables import Carded
from domain.boards import Board, Due, Waiting
from domain.deliverables import Commitment, SpoiledButton, may_read
from domain.partnerships import NoPartnershipHere, NotListed, Partnership, guessed_side
from domain.people import Person, other_side
from domain.values import value
from domain.weeks import open_week, week_ends_at
from services import wait_lines
from services.actors import Actor, Who, actor_here, actor_in, person_of
from services.daily_owed import Owed, owed_in
from services.deliverable_lines import is_in, link_of, listed_of, own_unnamed, url_of
from services.deps import Deps
from services.stand_ins import Stood, stood_for
from views.blocks import Drawn
from views.deliverable_lines import Listed
from views.deliverable_lists import (
    SHOWN_MOST,
    Page,
    Partner,
    Scope,
    listing,
    privately,
    read_value,
)

# Slack: an option's text <= 75 characters, with how many behind the name
_NAME_MOST: Final = 60


@value
class _Wanted:
    """Which list, which page of it, and of which of several partners it is one."""

    scope: Scope
    number: int = 0
    is_public: bool = False
    partners: tuple[Partner, ...] = ()


def list_here(
    deps: Deps, who: Who, scope: Scope, now: datetime, *, is_public: bool = False
) -> Drawn:
    """The list that was asked for; in a channel only of that partnership.

    Args:
        is_public: Others read it, too: sides are named, not owners; what one person owes is
            offered by a button.

    Raises:
        NoPartnershipHere, NotListed.
    """
    if not _in_channel(who) and scope in {"mine", "all", "overdue"}:
        return my_list(deps, who, now)
    actor = readable_here(deps, who)
    if scope == "mine" and is_public:
        return privately(actor.partnership)
    return _list_of(deps, actor, _Wanted(scope=scope, is_public=is_public), now)


def leafed(deps: Deps, who: Who, value: str, now: datetime) -> Drawn:
    """The list and page that a button or a choice names, for its presser alone.

    Raises:
        SpoiledButton, NoPartnershipHere, NotListed.
    """
    scope, number, partnership_id = read_value(value)
    if scope is None:
        raise SpoiledButton
    found = partnerships.get(deps.store.reading(), who.team_id, partnership_id)
    if found is None:
        return my_list(deps, who, now, number=number)
    if scope == "mine" and not _in_channel(who):
        return my_list(deps, who, now, partnership_id, number)
    actor = readable(actor_in(deps.store, who, found), who)
    return _list_of(deps, actor, _Wanted(scope=scope, number=number), now)


def my_list(
    deps: Deps, who: Who, now: datetime, partnership_id: str = "", number: int = 0
) -> Drawn:
    """What the person owes, of several partners one at a time: the first due, or the one named."""
    db, person = deps.store.reading(), person_of(deps.store, who)
    every = _seen_to(db, who.team_id, person, now)
    if not every:
        return listing(Page(scope="mine", listed=(), count=0), now)
    chosen = next((one for one in every if one.partnership.id == partnership_id), None)
    chosen = chosen or min(every, key=lambda one: one.commitments[0].due_at)
    actor = actor_in(deps.store, who, chosen.partnership)
    several = tuple(_partner(one) for one in every) if len(every) > 1 else ()
    return _list_of(deps, actor, _Wanted(scope="mine", number=number, partners=several), now)


def mine_everywhere(deps: Deps, who: Who, now: datetime) -> list[Listed]:
    """What the person owes, and of those for whom they stand in, the longest due first."""
    db, person = deps.store.reading(), person_of(deps.store, who)
    own = [
        Listed(partnership=owed.partnership, commitment=one, is_mine=True)
        for owed in owed_in(db, who.team_id, person)
        for one in owed.commitments
    ]
    for stood, every in _stood_in(db, who.team_id, person, now):
        owner = stood.owner.person.slack_id
        own += [
            Listed(
                partnership=stood.partnership,
                commitment=one,
                owner=owner,
                is_mine=one.state != "proposed" or one.owner_kind != "person",
            )
            for one in every
        ]
    return sorted(own, key=lambda one: one.commitment.due_at)


def _seen_to(db: Database, team_id: str, person: Person, now: datetime) -> list[Owed]:
    """What the person owes by partnership, and where they only stand in for somebody."""
    own = {one.partnership.id: one for one in owed_in(db, team_id, person)}
    for stood, every in _stood_in(db, team_id, person, now):
        partnership = stood.partnership
        own.setdefault(
            partnership.id, Owed(partnership=partnership, member=stood.owner, commitments=every)
        )
    return list(own.values())


def _stood_in(
    db: Database, team_id: str, person: Person, now: datetime
) -> Iterator[tuple[Stood, tuple[Commitment, ...]]]:
    """For whom the person stands in, with what those owe as far as the person may know of it."""
    if not away.covered_by(db, team_id, person.id, now):
        return
    places = {one.id: one for one in partnerships.of_person(db, team_id, person.id)}
    members = people.member_in(db, team_id, places.values(), person.id)
    for stood in stood_for(db, places, person.id, now):
        partnership, member = stood.partnership, members.get(stood.partnership.id)
        owed = deliverable_lists.open_of(db, partnership, stood.owner.person.id)
        every = tuple(one.commitment for one in owed if may_read(one.commitment, person.id, member))
        if every:
            yield stood, every


def _list_of(
    deps: Deps,
    actor: Actor,
    wanted: _Wanted,
    now: datetime,
) -> Drawn:
    """One page of a list."""
    db, scope, is_public = deps.store.reading(), wanted.scope, wanted.is_public
    chosen = _chosen(db, actor, scope, now, is_public=is_public)
    first = min(wanted.number, (max(1, len(chosen)) - 1) // SHOWN_MOST) * SHOWN_MOST
    lines = listed_of(db, actor, chosen[first : first + SHOWN_MOST], now, is_public=is_public)
    page = Page(
        scope=scope,
        listed=own_unnamed(lines, actor) if scope == "mine" else lines,
        count=len(chosen),
        number=first // SHOWN_MOST,
        zone=actor.zone,
        partners=wanted.partners,
        chosen=actor.partnership.id,
        is_private=not is_public,
        may_add=is_public or actor.standings.listed,
        may_file=actor.standings.lead,
    )
    return listing(page, now)


def _chosen(
    db: Database, actor: Actor, scope: Scope, now: datetime, *, is_public: bool
) -> list[Carded]:
    """What belongs on a list and its reader may know of: what is open, then what is delivered."""
    partnership, person_id = actor.partnership, actor.person.id
    if scope == "mine":
        found = deliverable_lists.open_of(db, partnership, person_id)
        for stood in stood_for(db, {partnership.id: partnership}, person_id, now):
            found += deliverable_lists.open_of(db, partnership, stood.owner.person.id)
    else:
        found = deliverables.open_in(db, partnership, is_public=is_public)
        if scope != "overdue":
            found += deliverable_lists.delivered_in(db, partnership)
    chosen = [
        one
        for one in found
        if may_read(one.commitment, person_id, actor.member)
        and (one.commitment.is_public or not is_public)
        and is_in(scope, one.commitment, actor, now)
    ]
    return sorted(chosen, key=lambda one: _rank(one.commitment, now))


def _rank(one: Commitment, now: datetime) -> int:
    """What is late comes first; what nobody accepted is not, and stands behind it."""
    if not one.is_late(now):
        return 2
    return 1 if one.state == "proposed" else 0


def _partner(owed: Owed) -> Partner:
    side = other_side(owed.member.side or "client")
    name = owed.partnership.side(side).name
    return Partner(
        partnership_id=owed.partnership.id, name=name[:_NAME_MOST], count=len(owed.commitments)
    )


def readable_here(deps: Deps, who: Who) -> Actor:
    """The actor, when they may read what both sides may read.

    Raises:
        NoPartnershipHere: There is none, or only its installer knows of it so far.
        NotListed: Somebody of neither side.
    """
    return readable(actor_here(deps.store, who), who)


def readable(actor: Actor, who: Who) -> Actor:
    """The same, when they may read what both sides may read.

    Raises:
        NoPartnershipHere, NotListed.
    """
    partnership = actor.partnership
    if partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    member = actor.member
    known = member is not None and (member.side is not None or member.is_advisor)
    if not known and guessed_side(actor.person, partnership) is None:
        raise NotListed(partnership.id)
    return actor


def board(
    db: Database, partnership: Partnership, now: datetime, known: Sequence[Carded] | None = None
) -> Board:
    """What is late, what is due until the end of the week, and what waits for a word of a side.

    What nobody has taken on yet waits, and is neither due nor late.

    Args:
        known: What is open, where that was read already.
    """
    until = week_ends_at(partnership, open_week(partnership, now))
    open_now = deliverables.open_in(db, partnership) if known is None else known
    url = url_of(db, partnership)
    late = [one.commitment for one in open_now if one.commitment.is_late(now)]
    unanswered = {
        one_id: _to_accept(asked[0], None)
        for one_id, asked in wait_lines.unanswered(db, late).items()
    }
    owed = [
        Due(
            side=one.commitment.side,
            title=one.commitment.title,
            due_at=one.commitment.due_at,
            link=link_of(url, one),
            unanswered=unanswered.get(one.commitment.id),
        )
        for one in open_now
        # What stands still because of the other side is neither late nor due.
        if one.commitment.state == "accepted" and one.commitment.stopped_at is None
    ]
    return Board(
        late=tuple(one for one in owed if one.due_at <= now),
        due=tuple(one for one in owed if now < one.due_at < until),
        waiting=(
            *(
                _to_accept(one.commitment, link_of(url, one))
                for one in open_now
                if one.commitment.state == "proposed"
            ),
            *_to_review(db, partnership, url, now),
        ),
    )


def _to_accept(one: Commitment, link: str | None) -> Waiting:
    return Waiting(
        side=one.side, title=one.title, waits_for="accept", since=one.created_at, link=link
    )


def _to_review(
    db: Database, partnership: Partnership, url: str | None, now: datetime
) -> Iterator[Waiting]:
    """What is delivered and lies with the side that received it."""
    for one in deliverable_lists.delivered_in(db, partnership):
        about, until = one.commitment, one.commitment.review_until
        if about.is_public and about.closed_at is not None and until is not None and now < until:
            yield Waiting(
                side=other_side(about.side),
                title=about.title,
                waits_for="review",
                since=about.closed_at,
                link=link_of(url, one),
            )


def _in_channel(who: Who) -> bool:
    # Slack: ids of direct messages start with D.
    return who.channel is not None and not who.channel.startswith("D")
