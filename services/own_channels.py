"""Which channels the bot is in and which companies share them, asked of Slack each day."""

from datetime import datetime, timedelta
from typing import Final

from data import channels, partnerships, wakes
from data.channels import Channel
from data.wakes import Wake
from services import channel_life, guest_teams
from services.deps import Deps
from services.directory import read_channel, read_own_channels
from services.directory_readings import ChannelReading

ASK_AGAIN_AFTER: Final = timedelta(days=1)
GO_ON_AFTER: Final = timedelta(minutes=1)
# Slack: conversations.info is answered some 50 times a minute; others ask, too.
DETAILS_AT_ONCE: Final = 20


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Read where the bot is; events tell the rest, and the next day mends what they did not."""
    team_id = wake.team_id
    found = {one.channel: one for one in read_own_channels(deps.clients, team_id)}
    known = {one.channel: one for one in channels.every(deps.store.reading(), team_id)}
    asked = [one for one in found.values() if _is_unknown(one, known.get(one.channel))]
    for one in asked[:DETAILS_AT_ONCE]:
        found[one.channel] = read_channel(deps.clients, team_id, one.channel)
    again = GO_ON_AFTER if len(asked) > DETAILS_AT_ONCE else ASK_AGAIN_AFTER
    stored = [_stored(team_id, one, known.get(one.channel)) for one in found.values()]
    # Read and sorted out beforehand: of hundreds hardly one is new, and writers wait for the rest.
    every = partnerships.every(deps.store.reading(), team_id)
    strangers = [p for p in every if p.side(p.guest_side).slack_team is None]
    with deps.store.writing(None, planning=True) as db:
        for read in stored:
            if read != known.get(read.channel):
                channels.save(db, read)
        for channel in known.keys() - found.keys():
            channels.set_member(db, team_id, channel, is_member=False)
        for partnership in strangers:
            guest_teams.learn(db, partnership)
    channel_life.catch_up(deps, team_id, now)
    with deps.store.writing(None, planning=True) as db:
        wakes.set_wake(db, team_id, wake.kind, wake.subject_id, None, now + again)


def _is_unknown(read: ChannelReading, known: Channel | None) -> bool:
    """Whether only Slack's longer answer tells who shares the channel."""
    if not read.is_shared_outside or read.connected_teams:
        return False
    return known is None or not known.connected_teams


def _stored(team_id: str, read: ChannelReading, known: Channel | None) -> Channel:
    connected = read.connected_teams
    if read.is_shared_outside and not connected and known is not None:
        connected = known.connected_teams
    return Channel(
        team_id=team_id,
        channel=read.channel,
        bot_is_member=read.bot_is_member,
        is_archived=read.is_archived,
        is_private=read.is_private,
        is_ext_shared=read.is_shared_outside,
        host_team=read.host_team or (None if known is None else known.host_team),
        connected_teams=connected,
    )
