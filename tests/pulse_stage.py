"""Two companies that answer a pulse survey, for tests of what is stored and of what is shown."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from data import partnerships, people, pulse, weeks
from data.store import Store
from domain.partnerships import Partnership
from domain.people import Role, Side
from domain.pulse import Draft, Score, Survey
from services import pulse as verbs
from services.actors import Who
from services.deps import Deps
from tests.desk import clients_of
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP
from tests.stores import open_store
from views import pulse_forms

# A Wednesday, 10:00 in New York, 23:00 in Manila.
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
CLOSES_AT = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ID = "s" * 20
DRAFT = Draft(id=ID, partnership_id=PARTNERSHIP.id, words="how was the hand-over?")
SURVEY = Survey(
    team_id=ACME_TEAM,
    id=ID,
    partnership_id=PARTNERSHIP.id,
    occurrence_id=None,
    question="own",
    words=DRAFT.words,
    opened_at=NOW,
    closes_at=CLOSES_AT,
    state="open",
    asked={"client": 5, "vendor": 7},
)
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    pulse_forms.FORM: lambda: pulse_forms.form(PARTNERSHIP, DRAFT),
    pulse_forms.PREVIEW: lambda: pulse_forms.preview_form(PARTNERSHIP, DRAFT, SURVEY),
}
"""Every form of the subject, drawn once."""


def closed(scores: Mapping[Side, Mapping[Score, int]], answered: int, **changes: Any) -> Survey:
    return replace(SURVEY, state="closed", scores=scores, answered=answered, **changes)


class Stage:
    """A store with a partnership and people called C0, C1, ... and V0, V1, ...; the 0s lead."""

    def __init__(self, store: Store, clients: int, vendors: int) -> None:
        self.store = store
        self.deps = Deps(store=store, now=lambda: NOW, clients=clients_of("http://127.0.0.1:9/"))
        self.people: dict[str, str] = {}
        with store.writing(None) as db:
            partnerships.insert(db, PARTNERSHIP)
            weeks.add(db, PARTNERSHIP, NOW.date() - timedelta(days=2), NOW)
        for number in range(clients):
            self.add(f"C{number}", "client", "member" if number else "lead")
        for number in range(vendors):
            self.add(f"V{number}", "vendor", "member" if number else "lead")

    def add(self, slack_id: str, side: Side | None, role: Role = "member") -> None:
        home = GLOBALCALL_TEAM if side == "vendor" else ACME_TEAM
        with self.store.writing(None) as db:
            person_id = people.ensure(db, ACME_TEAM, slack_id, home)
            standing = (side, role, True)
            people.place(db, PARTNERSHIP, person_id, standing=standing, now=NOW)
        self.people[slack_id] = person_id

    def agree(self, partnership: Partnership = PARTNERSHIP) -> None:
        with self.store.writing(None) as db:
            partnerships.agree(db, partnership, self.people["V0"], NOW)

    def who(self, slack_id: str) -> Who:
        return Who(team_id=ACME_TEAM, slack_id=slack_id, channel=PARTNERSHIP.channel)

    def ask(self, draft: Draft = DRAFT, by: str = "C0") -> bool:
        return verbs.post(self.deps, self.who(by), draft, NOW)

    def press(self, slack_id: str, score: Score, now: datetime = NOW + HOUR) -> None:
        url = f"https://hooks.example/{slack_id}"
        verbs.answer(self.deps, self.who(slack_id), ID, score, now, answer_url=url)

    def survey(self, survey_id: str = ID) -> Survey:
        found = pulse.get(self.store.reading(), ACME_TEAM, survey_id)
        assert found is not None
        return found

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(self.store.reading().query(f"SELECT * FROM {table}"))


@contextmanager
def stage(folder: Path, clients: int = 4, vendors: int = 4) -> Iterator[Stage]:
    folder.mkdir(exist_ok=True)
    store = open_store(folder)
    try:
        yield Stage(store, clients, vendors)
    finally:
        store.close()
