"""Learns from which workspace the other side's people come, once only one can be meant."""

from dataclasses import replace

from data import Database, channels, partnerships
from domain.partnerships import Partnership


def only_other_team(db: Database, team_id: str, channel: str) -> str | None:
    """The one company that shares a channel with ours; None when there is none, or several."""
    others = channels.organisations(db, team_id, channel) - {team_id}
    return next(iter(others)) if len(others) == 1 else None


def learn(db: Database, partnership: Partnership) -> Partnership:
    """Note the other side's workspace, if it is not known and only one shares the channel.

    Called wherever it is learnt who shares a channel, in that same transaction: otherwise the
    other side would be taken for a third company, and what waits to be said would be dropped.
    """
    side = partnership.side(partnership.guest_side)
    if side.slack_team is not None:
        return partnership
    team = only_other_team(db, partnership.team_id, partnership.channel)
    if team is None:
        return partnership
    partnerships.save_side(db, partnership, replace(side, slack_team=team))
    found = partnerships.get(db, partnership.team_id, partnership.id)
    assert found is not None  # read in the same transaction
    return found
