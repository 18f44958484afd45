"""Changes of settings: made, proposed, agreed, taken back; both sides are told each time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from data import Database, changes, journal, partnerships, people, wakes
from data.ids import new_id
from domain.changes import (
    JOINT,
    TYPED,
    Change,
    Setting,
    UnknownChange,
    Values,
    agreed,
    differing,
    kept,
    replaced,
    undone,
    values_of,
    with_values,
)
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.rights import Thing
from services import boards, change_posts, daily, sponsor_notices, summary_wakes
from services.actors import Actor, Who
from services.checkin_planning import look_again
from services.daily_wakes import follow_all
from services.deps import Deps
from services.setups import actor_of
from views import changes as views
from views.blocks import Drawn

_OWN_ACTS: Final[dict[Setting, str]] = {
    "summary": "summary.choose",
    "sponsors": "sponsors.choose",
}


def make(db: Database, actor: Actor, side: Side, wanted: Values, now: datetime) -> None:
    """Change settings of the actor's own side at once; nothing happens when all are so already.

    Raises:
        NotAllowed: The person is no lead of that side.
    """
    before = _current(db, actor.partnership)
    new = differing(before, side, wanted)
    for act in _acts(new):
        actor.require(act, Thing(side=side))
    if not new:
        return
    made = replace(_new(before, actor, side, new, now), state="holds")
    made = replace(made, settled_side=side, settled_at=now)
    after = _apply(db, before, side, new, now)
    _overtake(db, after, made, now)
    change_posts.put_made(db, after, made, now)
    _note(db, made, "settings_changed", actor, now)


def propose(db: Database, actor: Actor, wanted: Values, now: datetime) -> None:
    """Propose a setting that both sides share; when the other side proposes the same, it holds.

    Raises:
        NotAllowed: The person is no lead.
    """
    partnership = _current(db, actor.partnership)
    side = actor.standings.side
    assert side is not None  # whoever opens the settings as a lead has a side
    new = differing(partnership, side, wanted)
    if not new:
        return
    actor.require("joint.propose")
    for known in changes.standing(db, partnership):
        if known.state == "proposed" and known.new == new:
            if known.side != side:
                _settle(db, actor, agreed(known, partnership, side, now), "change_agreed", now)
            return
    change = _new(partnership, actor, side, new, now)
    _overtake(db, partnership, change, now)
    change_posts.put_proposed(db, partnership, change, now)
    _note(db, change, "change_proposed", actor, now)


def agree(deps: Deps, who: Who, change_id: str, now: datetime) -> Drawn:
    """A lead of the other side agrees to a proposal, which holds from now on.

    Raises:
        UnknownChange, OwnProposal, ChangeSettled, NotAllowed.
    """

    def decide(change: Change, actor: Actor, side: Side) -> Change:
        actor.require("joint.propose")
        after = agreed(change, actor.partnership, side, now)
        actor.require("joint.agree", Thing(side=other_side(change.side)))
        return after

    return _decided(deps, who, change_id, ("change_agreed", decide), now)


def keep(deps: Deps, who: Who, change_id: str, now: datetime) -> Drawn:
    """A proposal comes to nothing: the other side declines it, or its own side takes it back.

    Raises:
        UnknownChange, ChangeSettled, NotAllowed.
    """

    def decide(change: Change, actor: Actor, side: Side) -> Change:
        actor.require("joint.keep")
        return kept(change, side, now)

    return _decided(deps, who, change_id, ("change_kept", decide), now)


def undo(deps: Deps, who: Who, change_id: str, now: datetime) -> Drawn:
    """Take back, within a day, what one's own side changed or what both agreed on.

    Raises:
        UnknownChange, ChangeSettled, ChangedSince, TooLateToUndo, NotAllowed.
    """

    def decide(change: Change, actor: Actor, side: Side) -> Change:
        for act in ("joint.undo",) if change.is_joint else _acts(change.new):
            actor.require(act, Thing(side=change.side))
        return undone(change, actor.partnership, side, now)

    return _decided(deps, who, change_id, ("change_undone", decide), now)


def proposals(db: Database, partnership: Partnership) -> list[Change]:
    """What one side proposes and the other has not decided, one for each setting at most."""
    return [one for one in changes.standing(db, partnership) if one.state == "proposed"]


def _decided(
    deps: Deps,
    who: Who,
    change_id: str,
    step: tuple[str, Callable[[Change, Actor, Side], Change]],
    now: datetime,
) -> Drawn:
    """Let a lead decide about a change; a second press of the same button changes nothing."""
    verb, decide = step
    known = changes.get(deps.store.reading(), who.team_id, change_id)
    if known is None:
        raise UnknownChange
    actor = actor_of(deps, who, known.partnership_id)
    side = actor.listed.side
    assert side is not None  # whoever takes part has a side
    with deps.store.writing(known.partnership_id) as db:
        partnership = _current(db, actor.partnership)
        actor = replace(actor, partnership=partnership)
        change = changes.get(db, who.team_id, change_id)
        if change is None:
            raise UnknownChange
        after = decide(change, actor, side)
        if after != change:
            _settle(db, actor, after, verb, now)
        return views.settled(partnership, after)


def _settle(db: Database, actor: Actor, change: Change, verb: str, now: datetime) -> None:
    """Store what became of a change, have the setting follow, and tell both sides."""
    partnership = _current(db, actor.partnership)
    if change.state in {"holds", "undone"}:
        values = change.new if change.state == "holds" else change.old
        partnership = _apply(db, partnership, change.side, values, now)
        _overtake(db, partnership, change, now)
    change_posts.settle(db, partnership, change, now)
    _note(db, change, verb, actor, now)


def _apply(
    db: Database, before: Partnership, side: Side, values: Values, now: datetime
) -> Partnership:
    after = with_values(before, side, values)
    if after.side(side) != before.side(side):
        partnerships.save_side(db, before, after.side(side))
    if after.public_summary != before.public_summary:
        partnerships.set_public_summary(db, before, after.public_summary)
        summary_wakes.touch(db, after, now)
    if after.sponsors_hear != before.sponsors_hear:
        partnerships.set_sponsors(db, before, after.sponsors_hear)
    if after.tells_sponsors != before.tells_sponsors:
        sponsor_notices.follow(db, after, now)
    if after.reply_time != before.reply_time:
        partnerships.set_reply_time(db, before, after.reply_time)
    if after.pulse != before.pulse:
        partnerships.set_pulse(db, before, after.pulse)
    if after.ladder != before.ladder:
        partnerships.set_ladder(db, before, after.ladder)
        follow_all(db, after, now)
    boards.redraw_soon(db, after, now)
    if after.side(side).calendar != before.side(side).calendar:
        _follow_hours(db, after, side, now)
        look_again(db, after, now)
    return _current(db, after)


def _follow_hours(db: Database, partnership: Partnership, side: Side, now: datetime) -> None:
    """Look into what people owe when their new first shift begins; that is in no past plan."""
    for one in people.active_members(db, partnership):
        is_awaited = wakes.wake_of(db, partnership.team_id, daily.WAKE, one.person.id) is not None
        if one.side == side and is_awaited:
            daily.expect(db, partnership.team_id, one, now)


def _overtake(db: Database, partnership: Partnership, newer: Change, now: datetime) -> None:
    """Close what stood about the same settings, so that nobody decides about what is past."""
    for known in changes.standing(db, partnership):
        is_open = known.state == "proposed" or known.may_be_undone(now)
        if known.id != newer.id and is_open and _overtakes(newer, known):
            closed = replaced(known, newer.settled_side or newer.side, now)
            change_posts.close(db, partnership, closed, now)


def _overtakes(newer: Change, known: Change) -> bool:
    """A proposal closes proposals only: what holds goes on holding, and can be taken back."""
    is_rival = newer.state != "proposed" or known.state == "proposed"
    return is_rival and newer.touches(known)


def _new(partnership: Partnership, actor: Actor, side: Side, new: Values, now: datetime) -> Change:
    current = values_of(partnership, side)
    return Change(
        team_id=partnership.team_id,
        id=new_id(),
        partnership_id=partnership.id,
        side=side,
        state="proposed",
        old={setting: current[setting] for setting in new},
        new=new,
        made_by=actor.person.id,
        made_at=now,
    )


def _acts(values: Values) -> set[str]:
    """What somebody needs the right to, to change these settings of a side."""
    return {_OWN_ACTS.get(setting, "side.hours") for setting in values if setting not in JOINT}


def _current(db: Database, partnership: Partnership) -> Partnership:
    found = partnerships.get(db, partnership.team_id, partnership.id)
    assert found is not None  # partnerships are never deleted
    return found


def _note(db: Database, change: Change, verb: str, actor: Actor, now: datetime) -> None:
    """Write down which settings, and their codes, but for those in which words are typed."""
    codes = {
        setting: [change.old[setting], change.new[setting]]
        for setting in change.new
        if setting not in TYPED
    }
    journal.record(
        db,
        change.team_id,
        change.partnership_id,
        verb,
        "partnership",
        change.partnership_id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
        details={"change": change.id, "settings": sorted(change.new), "codes": codes},
    )
