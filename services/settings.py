"""The settings of a partnership: who may change which, and how both sides hear of it."""

from datetime import datetime, timedelta

from data import partnerships, people
from domain.changes import Setting, holidays_chosen
from domain.hours import hours_text
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import Side
from domain.rights import Thing
from domain.setups import NothingToSetYet
from services import changes
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
    db = deps.store.reading()
    named = any(one.is_sponsor for one in people.all_members(db, partnership))
    waiting = changes.proposals(db, partnership)
    return views.form(partnership, standings.side, waiting, is_sponsor_named=named)


def change_settings(
    deps: Deps, who: Who, partnership_id: str, said: views.OwnSettings, now: datetime
) -> None:
    """Change what a lead decides for the own side, and propose what both sides decide.

    Both sides read old and new in the thread. What is sent as it was changes nothing.

    Raises:
        NotAllowed: The person is no lead.
        UnknownCountry: Whose public holidays are asked for is not known.
    """
    actor = actor_of(deps, who, partnership_id)
    side = actor.listed.side
    assert side is not None  # whoever takes part has a side
    actor.require("side.hours", Thing(side=side))
    actor.require("summary.choose", Thing(side=side))
    actor.require("sponsors.choose", Thing(side=side))
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id)
        assert current is not None  # partnerships are never deleted
        changes.make(db, actor, side, _own(current, side, said), now)
        if said.reply_time is not None and current.is_agreed:
            minutes = int(said.reply_time / timedelta(minutes=1))
            changes.propose(db, actor, {"reply_time": str(minutes)}, now)
        if said.ladder is not None and current.is_agreed:
            changes.propose(db, actor, {"ladder": said.ladder.code}, now)


def _own(partnership: Partnership, side: Side, said: views.OwnSettings) -> dict[Setting, str]:
    """What the lead's own side is to have, by setting; what was left open is not among it."""
    wanted: dict[Setting, str] = {
        "name": said.name,
        "zone": said.zone,
        "summary": "channel" if said.public_summary else "leads",
    }
    if said.sponsors is not None:
        wanted["sponsors"] = "told" if said.sponsors else "not_told"
    if said.hours is not None:
        wanted["hours"] = hours_text(said.hours)
    holidays = holidays_chosen(partnership, side, said.holidays, said.zone)
    return wanted if holidays is None else wanted | {"holidays": holidays}
