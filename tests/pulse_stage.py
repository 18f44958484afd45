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
from domain.pulse import Draft, Score, Survey, Tally
from domain.pulse_plans import PulsePlan
from domain.pulse_questions import OwnQuestion, of_ones_own, weekly
from domain.pulse_results import Group
from domain.signed import QUARTERLY, SignedSurvey
from services import pulse as verbs
from services import pulse_answers, pulse_posts
from services.actors import Who
from services.deps import Deps
from services.pulse_posts import NewSurvey
from tests.desk import clients_of
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP
from tests.stores import open_store
from views import lessons, pulse_forms
from views import pulse_answers as answer_forms
from views import signed as signed_views

# A Wednesday, 10:00 in New York, 23:00 in Manila.
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
CLOSES_AT = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ID = "s" * 20
WORDS = "how was the hand-over?"
DRAFT = Draft(id=ID, partnership_id=PARTNERSHIP.id, questions=(OwnQuestion(words=WORDS),))
SURVEY = Survey(
    team_id=ACME_TEAM,
    id=ID,
    partnership_id=PARTNERSHIP.id,
    occurrence_id=None,
    questions=of_ones_own(DRAFT.questions),
    opened_at=NOW,
    closes_at=CLOSES_AT,
    state="open",
    asked={"client": 5, "vendor": 7},
)
TWO = PulsePlan(questions=2)
WEEKLY = replace(SURVEY, questions=weekly(1, TWO))
"""Of the rotation: a scale, words, and what would help."""
SIGNED = SignedSurvey(
    team_id=ACME_TEAM,
    id=ID,
    partnership_id=PARTNERSHIP.id,
    purpose="quarterly",
    questions=QUARTERLY,
    opened_at=NOW,
    closes_at=CLOSES_AT,
    asked={"maria": "client", "ana": "vendor"},
)
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    pulse_forms.FORM: lambda: pulse_forms.form(PARTNERSHIP, DRAFT),
    pulse_forms.PREVIEW: lambda: pulse_forms.preview_form(PARTNERSHIP, DRAFT, SURVEY),
    signed_views.FORM: lambda: signed_views.form(PARTNERSHIP, SIGNED, {1: "4"}),
    answer_forms.FORM: lambda: answer_forms.answer_form(
        PARTNERSHIP, WEEKLY, WEEKLY.questions, {1: "2", 3: "an answer " * 300}
    ),
    lessons.FORM: lambda: lessons.form(PARTNERSHIP, SURVEY, None, ID),
}
"""Every form of the subject, drawn once."""


def closed(scores: Mapping[Side, Mapping[Score, int]], answered: int, **changes: Any) -> Survey:
    counts: dict[Group, dict[str, int]] = {
        side: {str(score): count for score, count in found.items()}
        for side, found in scores.items()
    }
    results = {1: Tally(counts=counts)}
    return replace(SURVEY, state="closed", results=results, answered=answered, **changes)


class Stage:
    """A store with a partnership and people called C0, C1, ... and V0, V1, ...; the 0s lead."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.deps = Deps(store=store, now=lambda: NOW, clients=clients_of("http://127.0.0.1:9/"))
        self.people: dict[str, str] = {}

    def begin(self, clients: int, vendors: int) -> None:
        store = self.store
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

    def ask_weekly(self, asked_before: int = 0, plan: PulsePlan = TWO) -> None:
        """The survey that is asked after so many, with the usual id."""
        new = NewSurvey(id=ID, questions=weekly(asked_before, plan))
        with self.store.writing(None) as db:
            pulse_posts.open_survey(db, pulse_posts.ring(self.deps), PARTNERSHIP, new, NOW)

    def press(self, slack_id: str, score: Score, now: datetime = NOW + HOUR) -> None:
        self.answer(slack_id, str(score), now)

    def answer(
        self, slack_id: str, answer: str, now: datetime = NOW + HOUR
    ) -> dict[str, Any] | None:
        """One press; returns the form that opens."""
        url = f"https://hooks.example/{slack_id}"
        who = self.who(slack_id)
        return pulse_answers.press(self.deps, who, ID, answer, now, answer_url=url)

    def send(
        self, slack_id: str, now: datetime = NOW + HOUR, /, **values: str | None
    ) -> pulse_answers.Kept:
        """The form with some of its fields."""
        return pulse_answers.submit(self.deps, self.who(slack_id), ID, values, now)

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
        found = Stage(store)
        found.begin(clients, vendors)
        yield found
    finally:
        store.close()
