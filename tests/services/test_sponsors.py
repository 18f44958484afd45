from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import away, journal, partnerships, wakes
from domain.calendars import Away
from domain.deliverables import Commitment
from domain.ladder import NobodyToAsk
from domain.rights import NotAllowed
from domain.roster import Picked
from domain.sponsors import AskedTooSoon, NobodyNamed, NotWantedByBoth
from services import ladder_acts, raising, sponsors, waits
from services.changes import make
from services.deliverable_undo import undo
from services.deliverables import done
from services.people import pick
from services.settings import settings_view
from services.setups import actor_of
from tests.partners import ACME_TEAM
from tests.partnership_store import Stage, staged
from views.waits import Asked

TUESDAY = datetime(2026, 11, 17, 1, 0, tzinfo=UTC)  # 09:00 in Manila, where they stop at 18:00
NEW_YORK_NINE = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHIFT = 9 * HOUR
TOLD = "Brought to the sponsors of both sides by Acme."


class Case:
    """Carlo's deck is late, the leads of both sides know it, and each side has a sponsor."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.carlo = stage.person("U0CARLO", ("vendor", "member", True))
        self.sue = stage.person("U0SUE", ("client", "sponsor", True), home_team=ACME_TEAM)
        self.vic = stage.person("U0VIC", ("vendor", "sponsor", True))
        self.want({"client", "vendor"})
        self.one = stage.owes(owner_id=self.carlo, due_at=TUESDAY - 2 * HOUR)
        self.read(self.carlo, TUESDAY)
        raising.bring_up(stage.deps, stage.who("U0MARIA"), self.one.id, TUESDAY + HOUR)

    def want(self, sides: set[Any]) -> None:
        with self.stage.store.writing(None) as db:
            partnerships.set_sponsors(db, self.stage.partnership, frozenset(sides))

    def bring(self, at: datetime = TUESDAY + HOUR, by: str = "U0MARIA") -> str:
        return sponsors.bring(self.stage.deps, self.stage.who(by), self.one.id, at).text

    def help(self, at: datetime) -> str:
        who = self.stage.who("U0CARLO")
        return sponsors.need_help(self.stage.deps, who, self.one.id, at).text

    def read(self, person_id: str, at: datetime) -> str:
        """What stands in the person's message of the shift; empty: there is none."""
        self.stage.look(person_id, at)
        rows = [row for row in self.stage.dailies() if person_id in row.key]
        days = {f"{at + n * HOUR:%Y-%m-%d}" for n in (-14, 0, 14)}
        self.stage.send_all()
        found = [str(row.payload) for row in rows if row.key.split("/")[2] in days]
        return found[-1] if found else ""

    def time_comes(self, at: datetime) -> None:
        """Time looks at the notice, if it wanted to by then."""
        db = self.stage.store.reading()
        wake = wakes.wake_of(db, ACME_TEAM, "sponsors", self.one.id)
        if wake is not None and wake.due_at <= at:
            sponsors.plan(self.stage.deps, wake, at)

    def verbs(self) -> list[str]:
        every = journal.entries(self.stage.store.reading(), ACME_TEAM, "commitment", self.one.id)
        return [entry.verb for entry in every if "sponsors" in entry.verb]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = staged(tmp_path)
    yield Case(made)
    made.store.close()


def test_sponsors_of_both_sides_read_one_line_after_a_whole_shift_without_a_word(
    case: Case,
) -> None:
    said = case.bring()
    again = case.bring()
    owner = case.read(case.carlo, TUESDAY + DAY)
    case.time_comes(TUESDAY + DAY + SHIFT - HOUR)
    before = case.read(case.sue, NEW_YORK_NINE + DAY - 12 * HOUR)
    case.time_comes(TUESDAY + DAY + SHIFT)
    sue = case.read(case.sue, NEW_YORK_NINE + DAY)
    vic = case.read(case.vic, TUESDAY + 2 * DAY)

    assert "its owner is heard first, until" in said
    assert "Wed 18 Nov 18:00 Manila" in said
    assert again == said
    assert "One thing today" in owner
    assert "Wed 18 Nov 18:00 Manila> on, unless you say something before" in owner
    assert before == ""
    assert TOLD in sue
    assert TOLD in vic
    assert "Settings" not in sue
    assert "CARLO" not in sue
    assert case.verbs() == ["deliverable_sponsors_asked", "deliverable_sponsors_told"]
    assert TOLD not in case.read(case.sue, NEW_YORK_NINE + 2 * DAY)


def test_a_sponsor_reads_it_in_their_own_hours(case: Case) -> None:
    case.bring()
    case.read(case.carlo, TUESDAY + DAY)
    case.time_comes(TUESDAY + DAY + SHIFT)

    assert case.read(case.sue, TUESDAY + DAY + SHIFT) == ""
    assert TOLD in case.read(case.sue, NEW_YORK_NINE + DAY)


def test_a_look_after_a_crash_tells_nobody_twice(case: Case) -> None:
    case.bring()
    case.read(case.carlo, TUESDAY + DAY)
    wake = wakes.wake_of(case.stage.store.reading(), ACME_TEAM, "sponsors", case.one.id)
    assert wake is not None

    for _ in range(2):
        sponsors.plan(case.stage.deps, wake, TUESDAY + DAY + SHIFT)

    assert case.verbs().count("deliverable_sponsors_told") == 1


@pytest.mark.parametrize(
    "answer", ["done", "on it", "not today", "it waits", "one side is against it", "Undo"]
)
def test_a_word_of_its_owner_or_of_those_who_may_ends_it(case: Case, answer: str) -> None:
    deps, who = case.stage.deps, case.stage.who("U0CARLO")
    case.bring()
    case.read(case.carlo, TUESDAY + DAY)
    at = TUESDAY + DAY + HOUR

    if answer == "done":
        done(deps, who, case.one.id, at)
    elif answer == "on it":
        ladder_acts.on_it(deps, who, case.one.id, at)
    elif answer == "not today":
        ladder_acts.put_off(deps, who, case.one.id, "tomorrow", at)
    elif answer == "it waits":
        said = Asked(on_id=None, words="a reply", owner=None)
        waits.begin(deps, who, {"id": case.one.id, "new": "w1"}, said, at)
    elif answer == "Undo":
        sponsors.take_back(deps, case.stage.who("U0MARIA"), case.one.id, at)
    else:
        actor = actor_of(deps, case.stage.who("U0ANA"), case.stage.partnership.id)
        with case.stage.store.writing(None) as db:
            make(db, actor, "vendor", {"sponsors": "not_told"}, at)
    case.time_comes(TUESDAY + DAY + SHIFT)

    assert case.read(case.sue, NEW_YORK_NINE + DAY) == ""
    assert case.read(case.vic, TUESDAY + 2 * DAY) == ""
    assert "deliverable_sponsors_told" not in case.verbs()


def test_what_was_done_and_is_not_after_all_goes_on(case: Case) -> None:
    who = case.stage.who("U0CARLO")
    case.bring()
    case.read(case.carlo, TUESDAY + DAY)

    done(case.stage.deps, who, case.one.id, TUESDAY + DAY + HOUR)
    undo(case.stage.deps, who, case.one.id, "done", TUESDAY + DAY + 2 * HOUR)
    case.time_comes(TUESDAY + DAY + SHIFT)

    assert TOLD in case.read(case.sue, NEW_YORK_NINE + DAY)


def test_help_is_told_to_the_own_leads_and_to_who_brought_it_up_and_to_nobody_else(
    case: Case,
) -> None:
    case.bring()
    case.read(case.carlo, TUESDAY + DAY)

    said = case.help(TUESDAY + DAY + HOUR)
    twice = case.help(TUESDAY + DAY + HOUR)
    case.time_comes(TUESDAY + DAY + SHIFT)

    words = "Globalcall asks for help with *Training deck*"
    assert said == twice
    assert words in case.read(case.stage.ana, TUESDAY + DAY + 2 * HOUR)
    assert words in case.read(case.stage.maria, NEW_YORK_NINE + DAY)
    assert case.read(case.sue, NEW_YORK_NINE + DAY) == ""
    assert case.verbs()[-1] == "deliverable_sponsors_helped"


def test_after_an_answer_it_is_brought_up_again_on_a_new_working_day(case: Case) -> None:
    case.bring()
    case.help(TUESDAY + 2 * HOUR)

    with pytest.raises(AskedTooSoon) as refused:
        case.bring(TUESDAY + 3 * HOUR)
    case.bring(TUESDAY + DAY)
    case.read(case.carlo, TUESDAY + 2 * DAY)
    case.time_comes(TUESDAY + 2 * DAY + SHIFT)

    assert refused.value.at == TUESDAY + DAY
    assert TOLD in case.read(case.sue, NEW_YORK_NINE + 2 * DAY)


def test_the_notice_does_not_run_while_its_owner_is_away(case: Case) -> None:
    case.bring()
    with case.stage.store.writing(None) as db:
        gone = Away(from_at=TUESDAY + DAY - HOUR, until_at=TUESDAY + 2 * DAY - HOUR)
        away.add(db, ACME_TEAM, case.carlo, gone)

    case.time_comes(TUESDAY + DAY + SHIFT)
    owner = case.read(case.carlo, TUESDAY + 2 * DAY)
    case.time_comes(TUESDAY + 2 * DAY + SHIFT)

    assert "Thu 19 Nov 18:00 Manila> on, unless you say something before" in owner
    assert case.verbs()[1:] == ["deliverable_sponsors_put_off", "deliverable_sponsors_told"]


def test_without_a_message_to_its_owner_nobody_is_told(case: Case) -> None:
    case.bring()

    for day in range(1, 20):
        case.time_comes(TUESDAY + day * DAY + SHIFT)

    assert case.read(case.sue, NEW_YORK_NINE + DAY) == ""
    assert case.verbs()[-1] == "deliverable_sponsors_ended"


def test_both_sides_have_to_want_it_and_somebody_has_to_be_named(case: Case) -> None:
    case.want({"client"})
    with pytest.raises(NotWantedByBoth) as refused:
        case.bring()
    assert refused.value.names == ("Globalcall",)

    case.want({"client", "vendor"})
    case.stage.person("U0VIC", ("vendor", "member", True))
    assert "Globalcall names no sponsor" in case.bring()

    case.stage.person("U0SUE", ("client", "observer", True), home_team=ACME_TEAM)
    sponsors.take_back(case.stage.deps, case.stage.who("U0MARIA"), case.one.id, TUESDAY + HOUR)
    with pytest.raises(NobodyNamed):
        case.bring()


def test_once_the_second_side_wants_it_leads_find_the_button_below_what_they_know(
    case: Case,
) -> None:
    deps, partnership = case.stage.deps, case.stage.partnership
    case.want({"client"})
    before = case.read(case.stage.maria, NEW_YORK_NINE)

    actor = actor_of(deps, case.stage.who("U0ANA"), partnership.id)
    with case.stage.store.writing(None) as db:
        make(db, actor, "vendor", {"sponsors": "told"}, NEW_YORK_NINE + HOUR)
    case.stage.look(case.stage.maria, NEW_YORK_NINE + HOUR)

    assert "sponsors.bring" not in before
    assert any("sponsors.bring" in str(row.payload) for row in case.stage.said("update"))


def test_the_button_is_there_once_a_sponsor_is_named(case: Case) -> None:
    deps, partnership = case.stage.deps, case.stage.partnership
    case.stage.person("U0SUE", ("client", "member", True), home_team=ACME_TEAM)
    case.stage.person("U0VIC", ("vendor", "member", True))
    before = case.read(case.stage.maria, NEW_YORK_NINE)
    form = str(settings_view(deps, case.stage.who("U0ANA")))

    picked = Picked(leads=("U0ANA",), members=("U0CARLO",), sponsors=("U0VIC",))
    pick(deps, case.stage.who("U0ANA"), partnership.id, picked, NEW_YORK_NINE + HOUR)
    case.stage.look(case.stage.maria, NEW_YORK_NINE + HOUR)

    assert "Brought to the leads" in before
    assert "sponsors.bring" not in before
    assert "No sponsor is named yet: People names them." in form
    assert "No sponsor is named" not in str(settings_view(deps, case.stage.who("U0ANA")))
    assert any("sponsors.bring" in str(row.payload) for row in case.stage.said("update"))


def test_only_leads_bring_it_and_only_those_of_their_side_take_it_back(case: Case) -> None:
    with pytest.raises(NotAllowed):
        case.bring(by="U0CARLO")
    with pytest.raises(NotAllowed):
        case.bring(by="U0VIC")
    case.bring()

    with pytest.raises(NotAllowed) as refused:
        sponsors.take_back(case.stage.deps, case.stage.who("U0ANA"), case.one.id, TUESDAY + HOUR)
    ana = case.stage.who("U0ANA")
    with pytest.raises(NotAllowed):
        sponsors.need_help(case.stage.deps, ana, case.one.id, TUESDAY + HOUR)
    assert refused.value.whose == "Acme"
    assert "sponsors.undo" not in case.read(case.stage.ana, TUESDAY + 2 * HOUR)
    assert "sponsors.undo" in case.read(case.stage.maria, NEW_YORK_NINE)


def test_nothing_is_brought_of_somebody_away_or_of_what_leads_do_not_know(case: Case) -> None:
    unknown: Commitment = case.stage.owes(due_at=TUESDAY - 2 * HOUR)
    said = sponsors.bring(case.stage.deps, case.stage.who("U0MARIA"), unknown.id, TUESDAY)
    with case.stage.store.writing(None) as db:
        away.add(db, ACME_TEAM, case.carlo, Away(from_at=TUESDAY, until_at=TUESDAY + DAY))

    with pytest.raises(NobodyToAsk):
        case.bring()
    assert "Nothing has changed" in said.text
    assert case.verbs() == []
