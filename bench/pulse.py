"""A pulse of ten thousand people: their presses, the post that tells how many, and its closing."""

import asyncio
import time
from pathlib import Path
from typing import Final

from bench import servers, world
from bench.acks import QUIET_SECONDS, QUIET_WITHIN_SECONDS, TOGETHER
from bench.figures import Figure, percentile
from bench.ground import Ground, say
from bench.load import Json, doors
from bench.servers import Server
from bench.ticks import NoClients
from bench.today import now
from bench.world import HOME, Size, channel_of, vendor_team
from data import Database, partnerships, people, pulse, pulse_replies
from data.ids import new_id
from data.keys import KeyRing, answerer
from data.moments import to_text
from data.people import Profile
from data.store import Store
from data.wakes import Wake
from domain.partnerships import Partnership
from domain.people import Side
from domain.pulse_questions import weekly
from services import pulse_planning, pulse_posts
from services.deps import Deps
from services.pulse_posts import NewSurvey

PEOPLE: Final = 10_000
# Ten thousand in ten minutes; of these the last are watched.
PRESSES_A_SECOND: Final = PEOPLE / 600
WATCHED_SECONDS: Final = 30
ACK_MOST_SECONDS: Final = 0.1
# Slack: chat.update is of tier 3, about fifty calls a minute.
REDRAWN_MOST_A_MINUTE: Final = 50
CLOSING_MOST_SECONDS: Final = 1.0
_SENT: Final = """
    UPDATE outbox SET state = 'sent', channel = place, ts = '1600000000.000001', attempts = 1,
        attempted_at = :now, left_at = :now, settled_at = :now
    WHERE state = 'queued'
"""


async def measure(ground: Ground) -> list[Figure]:
    database = ground.database(Size(partnerships=1, commitments=10))
    watched = round(PRESSES_A_SECOND * WATCHED_SECONDS)
    say(f"pulse: {PEOPLE} people, of whom the last {watched} answer now")
    survey_id = _open(database, PEOPLE - watched)
    async with servers.bot("http", ground.slack, database) as bot:
        await ground.slack.settled(QUIET_SECONDS, QUIET_WITHIN_SECONDS)
        redrawn_before = _redrawn(ground)
        took = await _press(ground, bot, survey_id, range(PEOPLE - watched, PEOPLE))
        redrawn = _redrawn(ground) - redrawn_before
    kept = world.count(database, "SELECT COUNT(*) FROM survey_replies")
    closing_seconds = _close(database, survey_id)
    return [
        _limit(
            "pulse: ack of a press, p99",
            percentile(took, 0.99) * 1000,
            ACK_MOST_SECONDS * 1000,
            "ms",
        ),
        _limit("pulse: its post redrawn within a minute", redrawn, REDRAWN_MOST_A_MINUTE, ""),
        _limit(f"pulse: {PEOPLE} answers closed", closing_seconds, CLOSING_MOST_SECONDS, "s"),
        Figure(
            what=f"pulse: acked and not kept, of {PEOPLE}",
            measured=PEOPLE - kept,
            floor=0,
            unit="",
            most=0,
        ),
    ]


def _open(database: Path, answered: int) -> str:
    """A survey of all these people, which most have answered."""
    keys, survey_id = KeyRing.beside(database), new_id()
    with world.opened(database) as store, store.writing(None) as db:
        found = partnerships.by_channel(db, HOME, channel_of(0))
        assert found is not None
        members = [_join(db, found, number) for number in range(PEOPLE)]
        new = NewSurvey(id=survey_id, questions=weekly(0))
        pulse_posts.open_survey(db, keys, found, new, now())
        survey, key = pulse.get(db, HOME, survey_id), keys.read(survey_id)
        assert survey is not None
        assert key is not None
        for number, (person_id, side) in enumerate(members[:answered]):
            named = (survey.first, answerer(key, person_id))
            pulse_replies.put(db, survey, named, side, str(1 + number % 5))
        db.execute(_SENT, {"now": to_text(now())})
    return survey_id


def _join(db: Database, one: Partnership, number: int) -> tuple[str, Side]:
    side: Side = "client" if number % 2 else "vendor"
    home = HOME if side == "client" else vendor_team(0)
    profile = Profile(
        slack_id=_user(number),
        home_team=home,
        name=f"Person {number}",
        zone="America/New_York",
        locale=None,
        is_bot=False,
        is_guest=False,
        deleted=False,
    )
    person_id = people.save_profile(db, HOME, profile, now())
    people.place(db, one, person_id, standing=(side, "member", True), now=now())
    return person_id, side


async def _press(ground: Ground, bot: Server, survey_id: str, numbers: range) -> list[float]:
    """Each at a fixed moment, whoever still waits; an ack is late from its moment on."""
    took: list[float] = []
    ways = await doors(bot, ground.slack, TOGETHER)
    free: asyncio.Queue[int] = asyncio.Queue()
    for place in range(len(ways)):
        free.put_nowait(place)

    async def press(number: int, at_seconds: float) -> None:
        place = await free.get()
        await ways[place].send("done", _pressed(ground, survey_id, number))
        took.append(time.perf_counter() - at_seconds)
        free.put_nowait(place)

    began_seconds = time.perf_counter()
    async with asyncio.TaskGroup() as together:
        for place, number in enumerate(numbers):
            at_seconds = began_seconds + place / PRESSES_A_SECOND
            await asyncio.sleep(at_seconds - time.perf_counter())
            together.create_task(press(number, at_seconds))
    for door in ways:
        await door.close()
    return took


def _pressed(ground: Ground, survey_id: str, number: int) -> Json:
    """Nobody presses low, so that no form opens: Slack would be what is measured."""
    answer = 3 + number % 3
    channel = {"id": channel_of(0), "name": "shared-0"}
    return {
        "type": "block_actions",
        "team": {"id": HOME, "domain": "bench"},
        "user": {"id": _user(number), "team_id": HOME if number % 2 else vendor_team(0)},
        "api_app_id": "A0BENCH",
        "container": {
            "type": "message",
            "message_ts": "1600000000.000001",
            "channel_id": channel["id"],
        },
        "channel": channel,
        "message": {"ts": "1600000000.000001", "text": "One press"},
        "trigger_id": f"1.2.{number}",
        "response_url": f"{ground.slack.url}respond",
        "actions": [
            {
                "type": "button",
                "action_id": f"pulse.answer_{answer}",
                "block_id": "answers",
                "value": survey_id,
                "action_ts": "1.1",
            }
        ],
    }


def _close(database: Path, survey_id: str) -> float:
    """All steps, by a process that does nothing else."""
    store = Store.open(database)
    try:
        survey = pulse.get(store.reading(), HOME, survey_id)
        assert survey is not None
        wake = Wake(
            team_id=HOME,
            kind=pulse_posts.CLOSING,
            subject_id=survey_id,
            partnership_id=survey.partnership_id,
            due_at=survey.closes_at,
        )
        deps = Deps(store=store, now=now, clients=NoClients())
        began_seconds = time.perf_counter()
        pulse_planning.plan_closing(deps, wake, survey.closes_at)
        took_seconds = time.perf_counter() - began_seconds
        closed = pulse.get(store.reading(), HOME, survey_id)
        assert closed is not None
        assert closed.state == "closed"
        return took_seconds
    finally:
        store.close()


def _redrawn(ground: Ground) -> int:
    return sum(call.method == "chat.update" for call in ground.slack.calls)


def _user(number: int) -> str:
    return f"U0PULSE{number:05}"


def _limit(what: str, measured: float, floor: float, unit: str) -> Figure:
    return Figure(what=what, measured=measured, floor=floor, unit=unit, most=1)
