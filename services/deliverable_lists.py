"""What is open, gathered for one reader; and what hub and *This week* show of it."""

from collections.abc import Sequence
from datetime import datetime

from data import Database, deliverables, people, workspaces
from data.deliverables import Carded
from domain.boards import Board, Due, Waiting
from domain.deliverables import Commitment, may_read
from domain.partnerships import NoPartnershipHere, NotListed, Partnership, guessed_side
from domain.rights import ACTS, standings_of
from domain.weeks import open_week, week_ends_at
from services.actors import Actor, Who, actor_here, person_of
from services.daily_owed import owed_in
from services.deps import Deps
from views.blocks import Drawn
from views.deliverable_lists import SHOWN_MOST, Listed, Scope, listing, privately


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
    db = deps.store.reading()
    carded = [
        one
        for one in deliverables.open_in(db, actor.partnership, is_public=is_public)
        if may_read(one.commitment, actor.person.id, actor.member)
    ]
    chosen = [one for one in carded if _is_in(scope, one.commitment, actor, now)]
    lines = _listed(db, actor, chosen, is_public=is_public)
    return listing(scope, lines, now, may_add=is_public or actor.standings.listed)


def my_list(deps: Deps, who: Who, now: datetime) -> Drawn:
    """What the person owes in all partnerships."""
    return listing("mine", mine_everywhere(deps, who), now)


def mine_everywhere(deps: Deps, who: Who) -> list[Listed]:
    db, person = deps.store.reading(), person_of(deps.store, who)
    return [
        Listed(partnership=owed.partnership, commitment=one, is_mine=True)
        for owed in owed_in(db, who.team_id, person)
        for one in owed.commitments
    ]


def readable_here(deps: Deps, who: Who) -> Actor:
    """The actor, when they may read what both sides may read.

    Raises:
        NoPartnershipHere: There is none, or only its installer knows of it so far.
        NotListed: Somebody of neither side.
    """
    actor = actor_here(deps.store, who)
    partnership = actor.partnership
    if partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    member = actor.member
    known = member is not None and (member.side is not None or member.is_advisor)
    if not known and guessed_side(actor.person, partnership) is None:
        raise NotListed(partnership.id)
    return actor


def board(db: Database, partnership: Partnership, now: datetime) -> Board:
    """What is late, what is due until the end of the week, and what waits to be accepted.

    What nobody has taken on yet waits, and is neither due nor late.
    """
    until = week_ends_at(partnership, open_week(partnership, now))
    open_now = deliverables.open_in(db, partnership)
    url = _url(db, partnership)
    owed = [
        Due(
            side=one.commitment.side,
            title=one.commitment.title,
            due_at=one.commitment.due_at,
            link=_link(url, one),
        )
        for one in open_now
        if one.commitment.state == "accepted"
    ]
    return Board(
        late=tuple(one for one in owed if one.due_at <= now),
        due=tuple(one for one in owed if now < one.due_at < until),
        waiting=tuple(_waiting(one, url) for one in open_now if one.commitment.state == "proposed"),
    )


def _waiting(one: Carded, url: str | None) -> Waiting:
    return Waiting(
        side=one.commitment.side,
        title=one.commitment.title,
        waits_for="accept",
        since=one.commitment.created_at,
        link=_link(url, one),
    )


def _listed(
    db: Database, actor: Actor, carded: Sequence[Carded], *, is_public: bool
) -> list[Listed]:
    url = _url(db, actor.partnership)
    owners = set() if is_public else {one.commitment.owner_id for one in carded[:SHOWN_MOST]}
    known = [people.get(db, actor.team_id, owner) for owner in sorted(owners)]
    slack_ids = {person.id: person.slack_id for person in known if person is not None}
    return [
        Listed(
            partnership=actor.partnership,
            commitment=one.commitment,
            owner=slack_ids.get(one.commitment.owner_id),
            is_mine=is_public or _may_close(actor, one.commitment),
            link=_link(url, one),
        )
        for one in carded
    ]


def _may_close(actor: Actor, commitment: Commitment) -> bool:
    standings = standings_of(actor.standings, commitment.thing(actor.person.id))
    act = "deliverable.accept" if commitment.state == "proposed" else "deliverable.done"
    return bool(ACTS[act] & standings)


def _is_in(scope: Scope, commitment: Commitment, actor: Actor, now: datetime) -> bool:
    if scope == "mine":
        return commitment.owner_id == actor.person.id
    if scope == "overdue":
        return commitment.is_late(now)
    if scope == "all":
        return True
    mine = actor.member.side if actor.member is not None else None
    mine = mine or guessed_side(actor.person, actor.partnership)
    return (commitment.side == mine) == (scope == "ours")


def _in_channel(who: Who) -> bool:
    # Slack: ids of direct messages start with D.
    return who.channel is not None and not who.channel.startswith("D")


def _link(url: str | None, carded: Carded) -> str | None:
    if url is None or carded.channel is None or carded.ts is None:
        return None
    link = f"{url}archives/{carded.channel}/p{carded.ts.replace('.', '')}"
    # Slack: a link to a reply names its thread, else the channel opens at the wrong place.
    root_ts = carded.root_ts
    return link if root_ts is None else f"{link}?thread_ts={root_ts}&cid={carded.channel}"


def _url(db: Database, partnership: Partnership) -> str | None:
    workspace = workspaces.get(db, partnership.team_id)
    return None if workspace is None else workspace.url
