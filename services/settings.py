"""The settings of a partnership: who may change which, and how both sides hear of it."""

from dataclasses import replace
from datetime import datetime

from data import Database, journal, outbox, partnerships
from data.ids import new_id
from domain.outgoing import Message
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import Side
from domain.rights import Thing
from domain.setups import NothingToSetYet
from services import boards
from services.actors import Who, actor_here
from services.deps import Deps
from services.setups import actor_of
from views import settings as views
from views.blocks import Block


def settings_view(deps: Deps, who: Who) -> Block:
    """The settings of the channel's partnership: a form for leads, to read for everybody else.

    Raises:
        NoPartnershipHere: There is none, or only its installer knows of it so far.
        NothingToSetYet.
    """
    actor = actor_here(deps.store, who)
    partnership = actor.partnership
    if partnership.state == "looking" and not actor.standings.installer:
        raise NoPartnershipHere(who.channel)
    if partnership.state == "declined":
        raise NothingToSetYet
    standings = actor.standings
    if not standings.lead or standings.side is None:
        return views.shown_only(partnership)
    return views.form(partnership, standings.side)


def change_settings(
    deps: Deps, who: Who, partnership_id: str, said: views.OwnSettings, now: datetime
) -> None:
    """Change what a lead decides for the own side; both sides read old and new in the thread.

    Raises:
        NotAllowed: The person is no lead.
    """
    actor = actor_of(deps, who, partnership_id)
    side = actor.listed.side
    assert side is not None  # whoever takes part has a side
    actor.require("side.hours", Thing(side=side))
    actor.require("summary.choose", Thing(side=side))
    with deps.store.writing(partnership_id) as db:
        before = partnerships.get(db, who.team_id, partnership_id)
        assert before is not None  # partnerships are never deleted
        after = _changed(db, before, side, said)
        drawn = views.changed(before, after, side)
        if drawn is None:
            return
        _tell(db, after, drawn.payload, now)
        boards.redraw_soon(db, after, now)
        journal.record(
            db,
            after.team_id,
            after.id,
            "settings_changed",
            "partnership",
            after.id,
            by=actor.person.id,
            side=side,
            now=now,
            details=_details(before, after, side),
        )


def _changed(db: Database, before: Partnership, side: Side, said: views.OwnSettings) -> Partnership:
    info = before.side(side)
    calendar = replace(info.calendar, zone=said.zone)
    partnerships.save_side(db, before, replace(info, name=said.name, calendar=calendar))
    wants = {side} if said.public_summary else set()
    partnerships.set_public_summary(db, before, (before.public_summary - {side}) | wants)
    after = partnerships.get(db, before.team_id, before.id)
    assert after is not None  # read in the same transaction
    return after


def _tell(
    db: Database, partnership: Partnership, payload: dict[str, object], now: datetime
) -> None:
    thread = boards.week_key(db, partnership)
    if thread is None:
        return
    message = Message(
        kind="post",
        place=partnership.channel,
        payload=payload,
        audience="both",
        needs="agreed",
        thread_of=thread,
    )
    key = f"settings/{partnership.id}/{new_id()}"
    outbox.put(db, partnership.team_id, partnership.id, key, message, now=now)


def _details(before: Partnership, after: Partnership, side: Side) -> dict[str, object]:
    return {
        "old_zone": before.side(side).calendar.zone,
        "new_zone": after.side(side).calendar.zone,
        "public_summary": side in after.public_summary,
    }
