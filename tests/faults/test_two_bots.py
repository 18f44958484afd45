"""Two bots started by mistake on one database: everything is planned and said once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from data import outbox, wakes
from data.wakes import Wake
from schedules.rhythm import Rhythm
from services.delivery import Courier
from services.delivery_settling import Policy
from services.deps import Deps
from services.listening import Ear
from tests.desk import CHANNEL, Desk, desk_on_sandbox, everything, nobody
from tests.stores import TEAM, message, open_store

SOON = timedelta(seconds=60)
HOUR = timedelta(hours=1)
FAULTS = ("lost_response", "http_500", "http_500_done", "ratelimited")


def hourly(deps: Deps, wake: Wake, now: datetime) -> None:
    """Posts each hour until noon."""
    following = wake.due_at + HOUR
    with deps.store.writing(None, planning=True) as db:
        said = message(place=CHANNEL, payload={"text": f"hour {wake.due_at:%H}"})
        outbox.put(db, TEAM, None, f"hourly/{wake.due_at}", said, now=now)
        wakes.set_wake(db, TEAM, wake.kind, wake.subject_id, None, following)


@contextmanager
def bot(desk: Desk, folder: Path) -> Iterator[Rhythm]:
    """A bot with connections, courier and schedules of its own; only file and clock are shared."""
    store = open_store(folder)
    deps = Deps(store=store, now=desk.clock.now, clients=desk.deps.clients)
    courier = Courier(deps, Policy(may_leave=everything, on_refused=nobody))
    rhythm = Rhythm(deps, courier, {"hourly": hourly}, Ear(deps, slept_after=None))
    stop_listening = desk.clock.on_move(rhythm.look_now)
    rhythm.start()
    try:
        yield rhythm
    finally:
        stop_listening()
        rhythm.stop()
        store.close()


def test_two_bots_on_one_database_plan_and_say_everything_once(tmp_path: Path) -> None:
    with desk_on_sandbox(tmp_path) as desk, ExitStack() as stack:
        maria = f"person:{desk.person('maria')}"
        start_at = desk.clock.now()
        desk.put("first here")
        desk.put("first to Maria", place=maria)
        desk.work_until_done()
        bots = [stack.enter_context(bot(desk, tmp_path)) for _ in range(2)]
        for fault in FAULTS * 3:
            desk.slack.fault("chat.postMessage", fault)
        for number in range(12):
            desk.put(f"here {number}")
            desk.put(f"to Maria {number}", place=maria)
        with desk.store.writing(None) as db:
            wakes.set_wake(db, TEAM, "hourly", "h", None, start_at + HOUR)

        walk(desk, bots, until=start_at + 6 * HOUR)

        said = Counter(desk.texts())
        said.update(post["text"] for post in desk.slack.direct_messages("maria"))
        expected = [f"hour {(start_at + turn * HOUR):%H}" for turn in range(1, 7)]
        expected += [f"here {number}" for number in range(12)] + ["first here", "first to Maria"]
        expected += [f"to Maria {number}" for number in range(12)]
        assert said == Counter(expected)
        rows = desk.store.reading().query("SELECT DISTINCT state FROM outbox")
        assert [row["state"] for row in rows] == ["sent"]


def walk(desk: Desk, bots: list[Rhythm], until: datetime) -> None:
    """Move the clock from one due moment to the next, of whichever bot."""
    while True:
        settle(bots)
        moments = [moment for each in bots if (moment := each.next_due()) is not None]
        if not moments or min(moments) > until:
            return
        desk.clock.move(min(moments))


def settle(bots: list[Rhythm]) -> None:
    """Neither tells the other what it did, so each looks again when the other has come to rest."""
    for _ in range(2):
        for each in bots:
            each.look_now()
            assert each.wait_idle(SOON)
