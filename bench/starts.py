"""How long the bot takes to be there, and how much memory it holds after a thousand commands."""

import asyncio
from itertools import islice
from typing import Final

from bench import servers
from bench.figures import Figure, median
from bench.ground import Ground, say
from bench.load import Acks, doors, work

STARTS, COMMANDS, PEOPLE = 5, 1_000, 8
START_SECONDS, MEMORY_MEGABYTES = 2.0, 120.0
QUIET_SECONDS, QUIET_WITHIN_SECONDS = 1.0, 60
OTHER: Final = "beside Bolt and the server alone"


async def measure(ground: Ground) -> list[Figure]:
    say("start and memory")
    bot_seconds, bare_seconds, bare_megabytes = [], [], []
    for _ in range(STARTS):
        async with servers.libraries(ground.fresh_folder()) as server:
            bare_seconds.append(server.started_in_seconds)
            bare_megabytes.append(server.resident_megabytes())
        async with servers.bot("http", ground.slack, ground.database()) as server:
            bot_seconds.append(server.started_in_seconds)
    megabytes = await _after_commands(ground)
    started, bare = median(bot_seconds), median(bare_seconds)
    memory, bare_memory = f"memory after {COMMANDS} commands", median(bare_megabytes)
    return [
        Figure(what="start", measured=started, floor=START_SECONDS, unit="s", most=1),
        Figure(what=f"start, {OTHER}", measured=started, floor=bare, unit="s"),
        Figure(what=memory, measured=megabytes, floor=MEMORY_MEGABYTES, unit="MB", most=1),
        Figure(what=f"memory, {OTHER}", measured=megabytes, floor=bare_memory, unit="MB"),
    ]


async def _after_commands(ground: Ground) -> float:
    async with servers.bot("http", ground.slack, ground.database()) as bot:
        ways = await doors(bot, ground.slack, PEOPLE)
        numbers = iter(range(COMMANDS))
        async with asyncio.TaskGroup() as together:
            for door in ways:
                mine = list(islice(numbers, COMMANDS // PEOPLE))
                together.create_task(work(door, mine, Acks()))
        # What it has to say now goes through its hands, too.
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
        megabytes = bot.resident_megabytes()
        for door in ways:
            await door.close()
    return megabytes
