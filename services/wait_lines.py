"""What deliverables wait for and what waits for them, as it is shown; decides nothing."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from data import Database, deliverables, waits
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.waits import Wait
from views import waits as views
from views.waits import Waited

# A card has no room for more.
SHOWN_MOST: Final = 5
_RELATED_MOST: Final = 20

MayRead = Callable[[Commitment], bool]


def is_public(one: Commitment) -> bool:
    return one.is_public


def open_of(db: Database, one: Commitment) -> list[Wait]:
    """What it waits for now."""
    every = waits.of_commitment(db, one.team_id, one.id)
    return [wait for wait in every if wait.until_at is None]


def waited(db: Database, one: Commitment, may_read: MayRead = is_public) -> list[Waited]:
    """What it waits for now; what its reader may not know of stands there without a name."""
    return waited_by_id(db, [one], may_read).get(one.id, [])


def waited_by_id(
    db: Database, every: Sequence[Commitment], may_read: MayRead = is_public
) -> dict[str, list[Waited]]:
    """For each of some deliverables that waits: what it waits for now."""
    if not every:
        return {}
    team_id = every[0].team_id
    found = waits.open_of(db, team_id, [one.id for one in every if one.is_open])
    inputs = deliverables.every(db, team_id, {wait.on_id for wait in found if wait.on_id})
    shown: dict[str, list[Waited]] = {}
    for wait in found:
        about = inputs.get(wait.on_id) if wait.on_id else None
        readable = about if about is not None and may_read(about) else None
        shown.setdefault(wait.commitment_id, []).append(Waited(wait=wait, about=readable))
    return shown


def unanswered(db: Database, every: Sequence[Commitment]) -> dict[str, tuple[Commitment, ...]]:
    """For each of some deliverables: what it waits for that the other side has not answered.

    Only what both sides may read of.
    """
    by_id = {one.id: one for one in every}
    found: dict[str, tuple[Commitment, ...]] = {}
    for one_id, waits_for in waited_by_id(db, every).items():
        abouts = (each.about for each in waits_for if each.about is not None)
        asked = [each for each in abouts if views.is_unanswered(by_id[one_id], each)]
        if asked:
            found[one_id] = tuple(asked)
    return found


def unanswered_words(db: Database, partnership: Partnership, one: Commitment) -> str:
    """The same in words, of what is late; empty: there is nothing."""
    return views.unanswered(partnership, unanswered(db, [one]).get(one.id, ()))


def card_lines(db: Database, partnership: Partnership, one: Commitment) -> tuple[str, ...]:
    """Below the sentence of its card."""
    if not one.is_open:
        return ()
    lines = [views.line(partnership, one, each) for each in waited(db, one)[:SHOWN_MOST]]
    waiting = [each for each in waiting_for(db, one) if each.is_public]
    lines += [views.waited_by(partnership, each) for each in waiting[:SHOWN_MOST]]
    return tuple(lines)


def waiting_for(db: Database, one: Commitment) -> list[Commitment]:
    """What waits for it, as far as it is open."""
    return _open(
        db, one.team_id, (wait.commitment_id for wait in waits.on(db, one.team_id, one.id))
    )


def related(db: Database, one: Commitment) -> list[Commitment]:
    """What is open and says on its card how this one stands."""
    ids = [wait.on_id for wait in open_of(db, one) if wait.on_id is not None]
    inputs = _open(db, one.team_id, ids)
    return [*waiting_for(db, one), *inputs][:_RELATED_MOST]


def _open(db: Database, team_id: str, ids: Iterable[str]) -> list[Commitment]:
    distinct = list(dict.fromkeys(ids))
    found = deliverables.every(db, team_id, distinct) if distinct else {}
    return [found[one] for one in distinct if one in found and found[one].is_open]
