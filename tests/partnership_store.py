"""A store in which Acme and Globalcall stand, agreed, with Maria and Ana as their leads."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from data import Database, outbox, partnerships, people, weeks
from data.deliverable_dates import Mover
from data.deliverables import insert
from data.ids import new_id
from data.people import Profile
from data.store import Store
from data.wakes import Wake
from domain.deliverables import Commitment
from domain.partnerships import Partnership
from domain.people import Member, Role, Side
from services import daily
from services.actors import Who
from services.deps import Deps
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, MONDAY_NOON, PARTNERSHIP
from tests.stores import message, open_store


class NoClients:
    """Services under test here never speak to Slack."""

    def for_team(self, team_id: str) -> Any:
        raise AssertionError(team_id)

    def quick(self, team_id: str) -> Any:
        raise AssertionError(team_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A store with people in it, and a look at what would be said."""

    store: Store
    deps: Deps
    partnership: Partnership
    maria: str
    ana: str

    def who(self, slack_id: str) -> Who:
        home = ACME_TEAM if slack_id == "U0MARIA" else GLOBALCALL_TEAM
        channel = self.partnership.channel
        return Who(team_id=ACME_TEAM, slack_id=slack_id, home_team=home, channel=channel)

    def member(self, person_id: str) -> Member:
        found = people.member(self.store.reading(), self.partnership, person_id)
        assert found is not None
        return found

    def person(self, slack_id: str, standing: tuple[Side | None, Role, bool], **more: Any) -> str:
        """Somebody else in the channel."""
        values: dict[str, Any] = {
            "slack_id": slack_id,
            "home_team": GLOBALCALL_TEAM,
            "name": slack_id,
            "zone": None,
            "locale": None,
            "is_bot": False,
            "is_guest": False,
            "deleted": False,
        }
        with self.store.writing(None) as db:
            person_id = people.save_profile(db, ACME_TEAM, Profile(**(values | more)), MONDAY_NOON)
            people.place(db, self.partnership, person_id, standing=standing, now=MONDAY_NOON)
        return person_id

    def owes(self, **changes: Any) -> Commitment:
        """Something that Ana owes, unless said otherwise."""
        due_at: datetime = changes.get("due_at", MONDAY_NOON + timedelta(days=1))
        values: dict[str, Any] = {
            "team_id": ACME_TEAM,
            "id": new_id(),
            "partnership_id": self.partnership.id,
            "title": "Training deck",
            "owner_id": self.ana,
            "side": "vendor",
            "state": "accepted",
            "due_at": due_at,
            "first_due_at": due_at,
            "created_by": self.maria,
            "created_at": MONDAY_NOON,
        }
        one = Commitment(**(values | changes))
        with self.store.writing(None) as db:
            insert(db, one, Mover(person_id=self.maria, side="client"))
        return one

    def look(self, person_id: str, at: datetime) -> None:
        """Time looks at somebody's daily message."""
        wake = Wake(
            team_id=ACME_TEAM, kind="daily", subject_id=person_id, partnership_id=None, due_at=at
        )
        daily.plan(self.deps, wake, at)

    def send_all(self) -> None:
        """What waits has left, as the sender stores it."""
        with self.store.writing(None) as db:
            db.execute("UPDATE outbox SET state = 'sent', ts = id WHERE state = 'queued'")

    def dailies(self) -> list[outbox.Row]:
        """The daily messages that were put, in order."""
        return [row for row in self.said() if row.key.startswith("daily/")]

    def said(self, kind: str = "post") -> list[outbox.Row]:
        """What was put in the outbox, in order."""
        rows = self.store.reading().query("SELECT * FROM outbox ORDER BY position")
        return [row for row in map(outbox.row_of, rows) if row.kind == kind]


def staged(folder: Path, **changes: Any) -> Stage:
    """Both sides agreed and *This week* stands, unless ``changes`` of the partnership differ."""
    store = open_store(folder)
    with store.writing(None) as db:
        maria = _lead(db, "U0MARIA", ACME_TEAM, "Maria Alvarez")
        ana = _lead(db, "U0ANA", GLOBALCALL_TEAM, "Ana Reyes")
        one = replace(PARTNERSHIP, installer_id=maria, **changes)
        partnerships.insert(db, one)
        if one.is_agreed:
            partnerships.agree(db, one, ana, MONDAY_NOON)
            weeks.add(db, one, MONDAY_NOON.date(), MONDAY_NOON)
            key = weeks.week_key(one, MONDAY_NOON.date())
            post = message(place=one.channel)
            outbox.put(db, ACME_TEAM, one.id, key, post, now=MONDAY_NOON)
        people.place(db, one, maria, standing=("client", "lead", True), now=MONDAY_NOON)
        people.place(db, one, ana, standing=("vendor", "lead", True), now=MONDAY_NOON)
    found = partnerships.get(store.reading(), ACME_TEAM, one.id)
    assert found is not None
    deps = Deps(store=store, now=lambda: MONDAY_NOON, clients=NoClients())
    return Stage(store=store, deps=deps, partnership=found, maria=maria, ana=ana)


def _lead(db: Database, slack_id: str, team: str, name: str) -> str:
    profile = Profile(
        slack_id=slack_id,
        home_team=team,
        name=name,
        zone=None,
        locale=None,
        is_bot=False,
        is_guest=False,
        deleted=False,
    )
    return people.save_profile(db, ACME_TEAM, profile, MONDAY_NOON)
