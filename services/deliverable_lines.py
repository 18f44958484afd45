"""What a list shows of each deliverable: whose it is, what its reader may press, where it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data import Database, away, hand_overs, people, workspaces
from data.deliverables import Carded
from domain.deliverables import Commitment, may_read
from domain.partnerships import Partnership, guessed_side
from domain.rights import ACTS, standings_of
from services.actors import Actor
from services.deliverable_notes import sent_back_by_id
from services.stand_ins import stands_in
from services.wait_lines import waited_by_id
from views.deliverable_lines import Listed
from views.deliverable_lists import Scope
from views.waits import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a private list says besides the deliverables themselves.

    Attributes:
        slack_ids: Of owners, by person.
        stood_in: The persons in whose place the reader is asked now.
        handed: Whom somebody of the reader's side asks to take it over, by deliverable.
    """

    slack_ids: dict[str, str]
    stood_in: frozenset[str]
    handed: dict[str, str]


def listed_of(
    db: Database, actor: Actor, carded: Sequence[Carded], now: datetime, *, is_public: bool
) -> list[Listed]:
    url = url_of(db, actor.partnership)
    every = [one.commitment for one in carded]
    known = None if is_public else _known(db, actor, every, now)
    waits = waited_by_id(
        db,
        every,
        lambda about: (
            about.is_public if is_public else may_read(about, actor.person.id, actor.member)
        ),
    )
    backs = sent_back_by_id(db, [one.commitment for one in carded])
    return [
        replace(
            _line(actor, one.commitment, known),
            link=link_of(url, one),
            waits=listed(actor.partnership, waits.get(one.commitment.id, [])),
            back=backs.get(one.commitment.id),
        )
        for one in carded
    ]


def own_unnamed(lines: Iterable[Listed], actor: Actor) -> list[Listed]:
    """Whose it is goes without saying where it is the reader's own, in a list of their own."""
    me = actor.person.id
    return [replace(one, owner=None) if one.commitment.owner_id == me else one for one in lines]


def _line(actor: Actor, one: Commitment, known: _Known | None) -> Listed:
    """``known`` None: others read it, too."""
    if known is None:
        return Listed(partnership=actor.partnership, commitment=one, is_mine=True, is_received=True)
    is_stood_in = one.owner_id in known.stood_in
    return Listed(
        partnership=actor.partnership,
        commitment=one,
        owner=known.slack_ids.get(one.owner_id) if one.owner_kind == "person" else None,
        is_mine=_may_close(actor, one, is_stood_in=is_stood_in),
        is_stood_in=is_stood_in,
        is_received=_may(actor, one, "deliverable.approve"),
        handed_to=known.handed.get(one.id),
    )


def _known(db: Database, actor: Actor, every: Sequence[Commitment], now: datetime) -> _Known:
    owners = sorted({one.owner_id for one in every})
    found = [people.get(db, actor.team_id, owner) for owner in owners]
    covered = {one.person_id for one in away.covered_by(db, actor.team_id, actor.person.id, now)}
    stood_in = frozenset(
        owner
        for owner in covered.intersection(owners)
        if stands_in(db, actor.partnership, owner, actor.person.id, now)
    )
    return _Known(
        slack_ids={person.id: person.slack_id for person in found if person is not None},
        stood_in=stood_in,
        handed=_handed(db, actor, every),
    )


def _handed(db: Database, actor: Actor, every: Sequence[Commitment]) -> dict[str, str]:
    """Slack ids; who of a side hands over to whom is not for the other."""
    side, found = actor.standings.side, {}
    own = {one.id: one for one in every if one.side == side}
    for asked in hand_overs.asked_of(db, actor.partnership) if own else ():
        about = own.get(asked.commitment_id)
        to = people.get(db, actor.team_id, asked.to_id)
        if about is not None and to is not None and asked.is_asked(about):
            found[about.id] = to.slack_id
    return found


def _may_close(actor: Actor, commitment: Commitment, *, is_stood_in: bool) -> bool:
    if commitment.state == "proposed":
        return _may(actor, commitment, "deliverable.accept")
    return is_stood_in or _may(actor, commitment, "deliverable.done")


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
