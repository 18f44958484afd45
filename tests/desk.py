"""A courier at work on a sandbox, one step at a time, on a clock that only the test moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from clock import MovableClock
from data import outbox, people
from data.outbox import Row
from data.store import Store
from domain.outgoing import Destination, Message
from services.delivery import Courier
from services.delivery_settling import MayLeave, OnRefused, Policy
from services.deps import Deps
from services.directory import OneWorkspaceClients
from tests.people import Json, Slack
from tests.stores import TEAM, open_store
from tests.wire import MONDAY_MORNING, sandbox_options, start_sandbox

CHANNEL = "C0ACMEGLOB"
ANSWER_WITHIN_SECONDS = 60
# Short enough for a test that waits for a time-out.
GIVE_UP_SECONDS = 1
MOST_STEPS = 500


def everything(_db: object, _row: Row, _now: datetime) -> str | None:
    return None


def nobody(_db: object, _row: Row, _now: datetime) -> None:
    return None


def clients_of(base_url: str) -> OneWorkspaceClients:
    client = WebClient(
        token="xoxb-sandbox",
        base_url=base_url,
        timeout=ANSWER_WITHIN_SECONDS,
        retry_handlers=[],
    )
    return OneWorkspaceClients(patient=client, hasty=client)


class Desk:
    """Puts messages, has them delivered step by step, and looks at what Slack got."""

    def __init__(self, store: Store, clock: MovableClock, url: str) -> None:
        self.store = store
        self.clock = clock
        self.slack = Slack(url)
        self.deps = Deps(store=store, now=clock.now, clients=clients_of(f"{url}api/"))
        self.courier = self.new_courier()

    def new_courier(
        self, may_leave: MayLeave = everything, on_refused: OnRefused = nobody
    ) -> Courier:
        """Another run of the bot on the same database; the desk uses the newest."""
        self.courier = Courier(self.deps, Policy(may_leave=may_leave, on_refused=on_refused))
        self.courier.start(self.clock.now())
        return self.courier

    def put(self, key: str, **changes: Any) -> None:
        values: dict[str, Any] = {
            "kind": "post",
            "place": CHANNEL,
            "payload": {"text": key},
            "audience": "both",
            "needs": "nothing",
        }
        with self.store.writing(None) as db:
            new = outbox.put(
                db, TEAM, None, key, Message(**{**values, **changes}), now=self.clock.now()
            )
        assert new

    def redraw(self, key: str, text: str) -> None:
        with self.store.writing(None) as db:
            outbox.redraw(db, TEAM, None, key, {"text": text}, now=self.clock.now())

    def person(self, name: str) -> str:
        """Our id of somebody in the sandbox's world."""
        with self.store.writing(None) as db:
            return people.ensure(db, TEAM, self.slack.user_id(name))

    def row(self, key: str) -> Row:
        found = outbox.by_key(self.store.reading(), TEAM, key)
        assert found is not None
        return found

    def state(self, key: str) -> str:
        return self.row(key).state

    def step(self, place: str = CHANNEL) -> str:
        return self.courier.deliver_next(Destination(TEAM, place), self.clock.now())

    def work(self) -> None:
        """Do everything that may be done at the present moment."""
        for _ in range(MOST_STEPS):
            ready = ready_places(self.courier, self.clock.now())
            if not ready:
                return
            for destination in ready:
                self.courier.deliver_next(destination, self.clock.now())
        raise AssertionError("delivery does not come to rest")

    def work_until_done(self, within: timedelta = timedelta(hours=1)) -> None:
        """Do everything, moving the clock from one due moment to the next."""
        end_at = self.clock.now() + within
        self.work()
        while (next_at := next_leave_at(self.courier, self.clock.now())) is not None:
            if next_at > end_at:
                return
            self.clock.move(next_at)
            self.work()

    def fault(self, method: str, fault: str) -> None:
        """The next call of that method goes wrong; one without an answer is soon given up."""
        self.slack.fault(method, fault)
        if fault == "timeout":
            self.deps.clients.for_team(TEAM).timeout = GIVE_UP_SECONDS

    def wait(self, **length: float) -> None:
        self.clock.move(self.clock.now() + timedelta(**length))

    def messages(self, channel: str = CHANNEL) -> list[Json]:
        return self.slack.messages(channel)

    def texts(self, channel: str = CHANNEL) -> list[str]:
        return [message["text"] for message in self.messages(channel)]

    def journal_verbs(self) -> list[str]:
        rows = self.store.reading().query("SELECT verb FROM journal ORDER BY position")
        return [row["verb"] for row in rows]


@contextmanager
def desk_on_sandbox(
    folder: Path, *, start_at: datetime = MONDAY_MORNING, **sandbox: Any
) -> Iterator[Desk]:
    """A desk with a sandbox and a store of its own.

    Args:
        sandbox: Fields of the sandbox's options, such as ``manifest`` or ``rate_limits``.
    """
    clock = MovableClock(start_at, running=False)
    options = sandbox_options(start_at=start_at)
    with start_sandbox(options, clock=clock, **sandbox) as slack:
        store = open_store(folder)
        desk = Desk(store, clock, slack.url)
        try:
            yield desk
        finally:
            desk.courier.stop()
            desk.slack.close()
            store.close()


def counted(rows: list[Json], of: Callable[[Json], str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[of(row)] = found.get(of(row), 0) + 1
    return found


def ready_places(courier: Courier, now: datetime) -> list[Destination]:
    """Where something may be done now, longest possible first."""
    ready = [(at, destination) for destination, at in courier.agenda().items() if at <= now]
    return [destination for _, destination in sorted(ready)]


def next_leave_at(courier: Courier, now: datetime) -> datetime | None:
    """The first moment after ``now`` at which something may be done anywhere."""
    return min((at for at in courier.agenda().values() if at > now), default=None)
