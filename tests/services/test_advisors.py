from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data import wakes
from domain.advisors import CannotAdvise, NoProposedAdvisor
from domain.partnerships import OfNoSide, OnlyWatches, ReadsAlong
from domain.rights import NotAllowed
from services import advisors, deliverable_lists, gaps, home, people
from services.actors import Actor, actor_in
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.advisors import value_of
from views.errors import sentence
from views.people import listed

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = staged(tmp_path)
    yield stage
    stage.store.close()


@pytest.fixture
def kim(stage: Stage) -> str:
    """A guest of Acme's workspace, of neither side."""
    return stage.person(
        "U0KIM", (None, "observer", False), home_team=ACME_TEAM, is_guest=True, name="Kim"
    )


def propose(stage: Stage, *slack_ids: str, by: str = "U0MARIA") -> None:
    advisors.name(stage.deps, stage.who(by), stage.partnership.id, slack_ids, MONDAY_NOON)


def decide(stage: Stage, person_id: str, *, by: str, agree: bool = True) -> None:
    value = value_of(stage.partnership, person_id)
    advisors.decide(stage.deps, stage.who(by), value, MONDAY_NOON, agree=agree)


def acting(stage: Stage, slack_id: str) -> Actor:
    return actor_in(stage.store, stage.who(slack_id), stage.partnership)


def told(stage: Stage) -> list[str]:
    return [row.payload["text"] for row in stage.said() if row.key.startswith("advisor/")]


def list_of(stage: Stage, slack_id: str) -> str:
    return str(listed(people.people_here(stage.deps, stage.who(slack_id))).blocks)


def test_an_advisor_watches_once_both_sides_said_so_and_until_one_ends_it(
    stage: Stage, kim: str
) -> None:
    propose(stage, "U0KIM")
    propose(stage, "U0KIM")
    waiting = stage.member(kim)
    decide(stage, kim, by="U0ANA")
    agreed = stage.member(kim)
    propose(stage, by="U0ANA")

    assert (waiting.watches, agreed.watches, stage.member(kim).watches) == (False, True, False)
    assert [text.split(":")[0] for text in told(stage)] == [
        "Acme proposes 1 advisor, of neither side",
        "Globalcall agreed",
        "Globalcall ended it",
    ]
    assert not [text for text in told(stage) if "U0KIM" in text]


def test_who_decides_is_called_when_they_work_and_not_once_they_decided(
    stage: Stage, kim: str
) -> None:
    # 01:00 in Manila; Ana begins at 09:00.
    propose(stage, "U0KIM")
    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, advisors.KIND, stage.partnership.id)
    assert wake is not None
    before = told(stage)

    for at in (wake.due_at - HOUR, wake.due_at):
        advisors.plan(stage.deps, wake, at)
    decide(stage, kim, by="U0ANA")
    advisors.plan(stage.deps, wake, wake.due_at + HOUR)

    called = [text for text in told(stage) if "<@U0ANA>, what do you say?" in text]
    assert wake.due_at == MONDAY_NOON + 8 * HOUR
    assert (len(before), len(called), len(told(stage))) == (1, 1, 3)


def test_who_is_proposed_stands_in_the_list_and_only_the_other_lead_decides(
    stage: Stage, kim: str
) -> None:
    propose(stage, "U0KIM")

    assert "advisors.agree" in list_of(stage, "U0ANA")
    assert "advisors.agree" not in list_of(stage, "U0MARIA")
    with pytest.raises(NotAllowed):
        decide(stage, kim, by="U0MARIA")
    decide(stage, kim, by="U0ANA", agree=False)
    with pytest.raises(NoProposedAdvisor):
        decide(stage, kim, by="U0ANA")
    assert not stage.member(kim).watches


def test_an_advisor_reads_what_both_read_and_is_told_why_nothing_else_works(
    stage: Stage, kim: str
) -> None:
    stage.owes(due_at=MONDAY_NOON)
    before = list_of(stage, "U0KIM")
    propose(stage, "U0KIM")
    decide(stage, kim, by="U0ANA")

    who = stage.who("U0KIM")
    assert "advisors.open" not in before + list_of(stage, "U0KIM")
    owed = deliverable_lists.list_here(stage.deps, who, "all", MONDAY_NOON)
    assert "Training deck" in str(owed.blocks)
    open_now = gaps.list_here(stage.deps, who, None, MONDAY_NOON)
    pressed = {e["action_id"] for b in open_now.blocks for e in b.get("elements", [])}
    assert pressed <= {"gaps.why"}
    with pytest.raises(OnlyWatches) as refused:
        acting(stage, "U0KIM").require("checkin.agenda")
    assert refused.value.is_advisor


def test_who_watches_finds_the_partner_on_the_home_tab(stage: Stage, kim: str) -> None:
    def seen() -> str:
        home.publish(stage.deps, stage.who("U0KIM"), MONDAY_NOON)
        return str(stage.said("home")[-1].payload)

    before = seen()
    propose(stage, "U0KIM")
    decide(stage, kim, by="U0ANA")

    assert "Acme and Globalcall" not in before
    assert "Acme and Globalcall" in seen()


def test_a_sponsor_reads_for_a_side_and_changes_nothing(stage: Stage) -> None:
    stage.person("U0PAT", ("vendor", "sponsor", True))
    stage.person("U0TOM", ("vendor", "observer", False))

    acting(stage, "U0PAT").require("gaps.read")
    with pytest.raises(OnlyWatches):
        acting(stage, "U0PAT").require("checkin.agenda")
    with pytest.raises(ReadsAlong):
        acting(stage, "U0TOM").require("gaps.read")


def test_a_guest_of_neither_side_hears_who_can_change_that(stage: Stage, kim: str) -> None:
    with pytest.raises(OfNoSide) as refused:
        acting(stage, "U0KIM").require("gaps.read")

    assert kim
    assert set(refused.value.leads) == {"U0MARIA", "U0ANA"}
    assert "A lead can add you (<@U0" in str(sentence(refused.value))


def test_who_takes_part_is_no_advisor(stage: Stage) -> None:
    with pytest.raises(CannotAdvise) as refused:
        propose(stage, "U0ANA")

    assert (refused.value.unfit, refused.value.name) == ("listed", "Ana Reyes")
