"""An office of two companies for tests of what is open: one lead a side, who wrote on Monday."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data import (
    channels,
    daily,
    deliverable_dates,
    deliverables,
    journal,
    listening,
    messages,
    outbox,
    partnerships,
    people,
    summary,
    wakes,
    weeks,
    workspaces,
)
from data.channels import Channel
from data.deliverable_dates import Mover
from data.store import Store
from data.wakes import Wake
from data.workspaces import Workspace
from domain.deliverables import Commitment
from domain.messages import Written
from domain.outgoing import Row
from domain.people import Side
from services import beginnings
from services import summary as verbs
from services.daily_wakes import REDRAW, WAKE
from services.deps import Deps
from services.planners import PLANNERS
from services.planning import plan_due
from services.summary_wakes import LIVE
from tests.desk import clients_of
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP
from tests.stores import message, open_store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 16, 14, tzinfo=UTC)  # 9:00 in New York, 22:00 in Manila
WEEK_ON = date(2026, 11, 16)
TOLD_AT = MONDAY + 7 * DAY
MANILA_FRIDAY = datetime(2026, 11, 20, 6, tzinfo=UTC)
NEW_YORK_FRIDAY = datetime(2026, 11, 20, 19, tzinfo=UTC)
OWN_KINDS = {verbs.KIND, verbs.PREVIEW, LIVE, WAKE, REDRAW}
PUBLIC: frozenset[Side] = frozenset({"client", "vendor"})


class Office:
    """An agreed partnership with a lead on each side, who both wrote on Monday."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.deps = Deps(store=store, now=lambda: MONDAY, clients=clients_of("http://127.0.0.1:9/"))
        self.leads: dict[Side, str] = {}
        team = PARTNERSHIP.team_id
        with store.writing(None) as db:
            workspaces.save(db, workspace())
            self.share(db, GLOBALCALL_TEAM)
            partnerships.insert(db, PARTNERSHIP)
            partnerships.agree(db, PARTNERSHIP, "maria", MONDAY)
            for side, slack_team in (("client", ACME_TEAM), ("vendor", GLOBALCALL_TEAM)):
                lead = people.ensure(db, team, f"U{side}", slack_team)
                self.leads[side] = lead  # type: ignore[index]
                standing: Any = (side, "lead", True)
                people.place(db, PARTNERSHIP, lead, standing=standing, now=MONDAY)
            # By their own choice; the other company is mentioned in the thread unless they choose.
            people.set_direct(db, team, self.leads["vendor"], direct=True)
            weeks.add(db, PARTNERSHIP, WEEK_ON, MONDAY)
            post = message(place=PARTNERSHIP.channel)
            outbox.put(
                db, team, PARTNERSHIP.id, weeks.week_key(PARTNERSHIP, WEEK_ON), post, now=MONDAY
            )
            beginnings.begin_all(db, PARTNERSHIP, MONDAY)
            listening.listen(db, team, "run", MONDAY - HOUR)
        self.hear(MONDAY + HOUR)

    def share(self, db: Any, *companies: str) -> None:
        channel = Channel(
            team_id=ACME_TEAM,
            channel=PARTNERSHIP.channel,
            bot_is_member=True,
            host_team=ACME_TEAM,
            connected_teams=frozenset(companies),
        )
        channels.save(db, channel)

    def hear(self, at: datetime) -> None:
        """Both sides write something."""
        with self.store.writing(PARTNERSHIP.id) as db:
            for side, lead in self.leads.items():
                stamp = f"{int(at.timestamp())}.{side == 'client':06d}"
                written = Written(
                    channel=PARTNERSHIP.channel, ts=stamp, person_id=lead, side=side, at=at
                )
                messages.add(db, PARTNERSHIP, written)

    def owe(self, side: Side, due_at: datetime, name: str = "deck") -> None:
        one = Commitment(
            team_id=ACME_TEAM,
            id=name,
            partnership_id=PARTNERSHIP.id,
            title=name,
            owner_id=self.leads[side],
            side=side,
            state="accepted",
            due_at=due_at,
            first_due_at=due_at,
            created_by=self.leads["client"],
            created_at=MONDAY,
        )
        with self.store.writing(PARTNERSHIP.id) as db:
            deliverables.insert(db, one, Mover(person_id=one.created_by, side="client"))

    def settle(self, now: datetime, name: str = "deck") -> None:
        """It is done, as a press on *Done* stores it."""
        with self.store.writing(PARTNERSHIP.id) as db:
            one = deliverables.get(db, ACME_TEAM, name)
            assert one is not None
            deliverables.save(db, replace(one, state="done", closed_at=now))
            wakes.set_wake(db, ACME_TEAM, "boards", PARTNERSHIP.id, PARTNERSHIP.id, now)

    def move(self, due_at: datetime, now: datetime, name: str = "deck") -> None:
        """It gets a new date, as *New date* stores it."""
        with self.store.writing(PARTNERSHIP.id) as db:
            one = deliverables.get(db, ACME_TEAM, name)
            assert one is not None
            moved = replace(one, due_at=due_at, moves=one.moves + 1)
            deliverables.save(db, moved)
            by = Mover(person_id=one.owner_id, side=one.side)
            deliverable_dates.add(db, moved, one.due_at, by, now)
            wakes.set_wake(db, ACME_TEAM, "boards", PARTNERSHIP.id, PARTNERSHIP.id, now)

    def want_public(self) -> None:
        with self.store.writing(PARTNERSHIP.id) as db:
            partnerships.set_public_summary(db, PARTNERSHIP, PUBLIC)

    def listen(self, until: datetime, since: datetime | None = None) -> None:
        with self.store.writing(None) as db:
            run = "run" if since is None else f"run-{since}"
            for at in (since or until, until):
                listening.listen(db, ACME_TEAM, run, at)

    def wake(self, now: datetime) -> None:
        """The bot looks at what is due at ``now``, until nothing is; other subjects rest."""
        planners = {kind: PLANNERS[kind] if kind in ours() else _rest for kind in PLANNERS}
        while plan_due(self.deps, planners, now):
            pass

    def live_until(self, now: datetime, *, listening: bool = True) -> None:
        """The bot wakes at every due moment on the way."""
        while (due := wakes.next_at(self.store.reading())) is not None and due <= now:
            if listening:
                self.listen(due)
            self.wake(due)
        if listening:
            self.listen(now)

    def said(self, beginning: str) -> list[Row]:
        db = self.store.reading()
        keys = [row["key"] for row in db.query("SELECT key FROM outbox ORDER BY position")]
        rows = [outbox.by_key(db, ACME_TEAM, key) for key in keys if key.startswith(beginning)]
        return [row for row in rows if row is not None]

    def drafts(self) -> list[Row]:
        """The daily messages in which a draft of the summary stood when they were put or left."""
        ids = [row for row in self.said("daily/") if "draft" in self.items(row)]
        return [row for row in ids if row.place.startswith("person:")]

    def told(self) -> list[Row]:
        """The daily messages in which leads are told of a week."""
        return [row for row in self.said("daily/") if "summary" in self.items(row)]

    def items(self, row: Row) -> set[str]:
        found = daily.by_key(self.store.reading(), ACME_TEAM, row.key)
        return set() if found is None else {item.kind for item in found.items}

    def send_all(self) -> None:
        """What waits has left, as the sender stores it."""
        with self.store.writing(None) as db:
            db.execute("UPDATE outbox SET state = 'sent', ts = id WHERE state = 'queued'")

    def last_drawn(self, key: str) -> Mapping[str, Any]:
        """What a post says once everything is sent."""
        updates = [row for row in self.said("") if row.target == key]
        return [*self.said(key), *updates][-1].payload

    def verbs(self) -> list[str]:
        entries = journal.entries_of_partnership(
            self.store.reading(), ACME_TEAM, PARTNERSHIP.id, MONDAY
        )
        return [entry.verb for entry in entries if entry.verb.startswith("summary")]

    def planned_on(self) -> date | None:
        found = summary.planned(self.store.reading(), PARTNERSHIP)
        return None if found is None else found.week_on


def ours() -> set[str]:
    return OWN_KINDS | {"boards"}


def workspace() -> Workspace:
    return Workspace(
        team_id=ACME_TEAM,
        name="Acme",
        url="https://acme.slack.com/",
        bot_user_id="U0BOT",
        bot_id="B0BOT",
        installed_at=MONDAY,
    )


def _rest(deps: Deps, wake: Wake, _now: datetime) -> None:
    with deps.store.writing(wake.partnership_id) as db:
        wakes.clear_wake(db, wake.team_id, wake.kind, wake.subject_id)


def people_away(db: Any, person_id: str, from_at: datetime, until_at: datetime) -> None:
    db.execute(
        """
        INSERT INTO away (team_id, id, person_id, from_at, until_at)
        VALUES (:team, 'away', :person, :from, :until)
        """,
        {
            "team": ACME_TEAM,
            "person": person_id,
            "from": f"{from_at:%Y-%m-%dT%H:%M:%S}.000000Z",
            "until": f"{until_at:%Y-%m-%dT%H:%M:%S}.000000Z",
        },
    )


@contextmanager
def opened(folder: Path) -> Iterator[Office]:
    store = open_store(folder)
    try:
        yield Office(store)
    finally:
        store.close()
