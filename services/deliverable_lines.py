"""What a list shows of each deliverable: whose it is, what its reader may press, where it is."""

from collections.abc import Sequence
from datetime import datetime

from data import Database, people, workspaces
from data.deliverables import Carded
from domain.deliverables import Commitment, may_read
from domain.partnerships import Partnership, guessed_side
from domain.rights import ACTS, standings_of
from services.actors import Actor
from services.stand_ins import stands_in
from services.wait_lines import waited_by_id
from views.deliverable_lists import Listed, Scope
from views.waits import listed


def listed_of(
    db: Database, actor: Actor, carded: Sequence[Carded], now: datetime, *, is_public: bool
) -> list[Listed]:
    url = url_of(db, actor.partnership)
    owners = set() if is_public else {one.commitment.owner_id for one in carded}
    known = [people.get(db, actor.team_id, owner) for owner in sorted(owners)]
    slack_ids = {person.id: person.slack_id for person in known if person is not None}
    waits = waited_by_id(
        db,
        [one.commitment for one in carded],
        lambda about: (
            about.is_public if is_public else may_read(about, actor.person.id, actor.member)
        ),
    )
    return [
        Listed(
            partnership=actor.partnership,
            commitment=one.commitment,
            owner=slack_ids.get(one.commitment.owner_id)
            if one.commitment.owner_kind == "person"
            else None,
            is_mine=is_public or _may_close(db, actor, one.commitment, now),
            is_received=is_public or _may(actor, one.commitment, "deliverable.approve"),
            link=link_of(url, one),
            waits=listed(actor.partnership, waits.get(one.commitment.id, [])),
        )
        for one in carded
    ]


def _may_close(db: Database, actor: Actor, commitment: Commitment, now: datetime) -> bool:
    if commitment.state == "proposed":
        return _may(actor, commitment, "deliverable.accept")
    if _may(actor, commitment, "deliverable.done"):
        return True
    owner_id, person_id = commitment.owner_id, actor.person.id
    return stands_in(db, actor.partnership, owner_id, person_id, now)


def _may(actor: Actor, commitment: Commitment, act: str) -> bool:
    standings = standings_of(actor.standings, commitment.thing(actor.person.id))
    return bool(ACTS[act] & standings)


def is_in(scope: Scope, commitment: Commitment, actor: Actor, now: datetime) -> bool:
    if scope == "mine":
        return True
    if scope == "overdue":
        return commitment.is_late(now)
    if scope == "all":
        return True
    mine = actor.member.side if actor.member is not None else None
    mine = mine or guessed_side(actor.person, actor.partnership)
    return (commitment.side == mine) == (scope == "ours")


def link_of(url: str | None, carded: Carded) -> str | None:
    if url is None or carded.channel is None or carded.ts is None:
        return None
    link = f"{url}archives/{carded.channel}/p{carded.ts.replace('.', '')}"
    # Slack: a link to a reply names its thread, else the channel opens at the wrong place.
    root_ts = carded.root_ts
    return link if root_ts is None else f"{link}?thread_ts={root_ts}&cid={carded.channel}"


def url_of(db: Database, partnership: Partnership) -> str | None:
    workspace = workspaces.get(db, partnership.team_id)
    return None if workspace is None else workspace.url
