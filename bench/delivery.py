"""How fast a full outbox is emptied, and that no channel gets more than one post a second."""

import asyncio
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench import servers, world
from bench.figures import Figure
from bench.ground import Ground, say
from bench.slack import ANSWER_AFTER_SECONDS, Call
from bench.today import now
from data import outbox
from domain.outgoing import Message

CHANNELS, MESSAGES = 60, 600
PACE_SECONDS: Final = 1.0
WITHIN_SECONDS: Final = 60
# A post a second, and the last one is answered; nobody can be faster.
IDEAL_SECONDS: Final = (MESSAGES // CHANNELS - 1) * PACE_SECONDS + ANSWER_AFTER_SECONDS


async def measure(ground: Ground) -> list[Figure]:
    """The posts stand in the outbox when the bot starts."""
    say(f"delivery: {MESSAGES} messages for {CHANNELS} channels")
    database = ground.database()
    _put_all(database)
    ground.slack.calls.clear()
    async with servers.bot("http", ground.slack, database):
        posts = await _all_posted(ground)
    lasted = max(post.ended_seconds for post in posts) - min(p.began_seconds for p in posts)
    return [
        Figure(
            what=f"{MESSAGES} messages for {CHANNELS} channels",
            measured=lasted,
            floor=IDEAL_SECONDS,
            unit="s",
            most=1.3,
        ),
        Figure(
            what="shortest time between two posts in a channel",
            measured=_shortest_gap_seconds(posts),
            floor=PACE_SECONDS,
            unit="s",
            least=1,
        ),
        Figure(
            what=f"posts lost or doubled, of {MESSAGES}",
            measured=abs(MESSAGES - len(posts)),
            floor=0,
            unit="",
            most=0,
        ),
    ]


def _put_all(database: Path) -> None:
    put_at = now()
    with world.opened(database) as store, store.writing(None) as db:
        for number in range(MESSAGES):
            channel = number % CHANNELS
            message = Message(
                kind="post",
                place=world.channel_of(channel),
                payload={"text": f"Message {number}"},
                audience="both",
                needs="agreed",
            )
            partnership = f"partnership{channel:04}"
            outbox.put(db, world.HOME, partnership, f"bench/{number}", message, now=put_at)


async def _all_posted(ground: Ground) -> list[Call]:
    for _ in range(WITHIN_SECONDS):
        await asyncio.sleep(PACE_SECONDS)
        if len(ground.slack.posts()) >= MESSAGES:
            break
    # One post too many would come now.
    await asyncio.sleep(2 * PACE_SECONDS)
    return ground.slack.posts()


def _shortest_gap_seconds(posts: list[Call]) -> float:
    """As the server sees them arrive."""
    by_channel: dict[str, list[float]] = defaultdict(list)
    for post in posts:
        by_channel[post.channel].append(post.began_seconds)
    gaps = [b - a for moments in by_channel.values() for a, b in pairwise(sorted(moments))]
    return min(gaps)
