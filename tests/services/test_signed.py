"""The leads answer openly: where a side is of one or two, and once a quarter, as both agreed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import signed as stored
from data import wakes
from domain.pulse_plans import PulsePlan
from domain.rights import NotAllowed
from domain.signed import NotSigned, SignedOver, SignedSurvey, SignedYet
from services import pulse as pulse_verbs
from services import signed
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import PARTNERSHIP
from tests.pulse_stage import Stage, stage
from tests.services.test_pulse_turns import FIRST, WEEK, begin
from views import signed as views
from views.pulse_results import LOOK_BACK

HOUR = timedelta(hours=1)
OPENLY = PulsePlan(questions=3, is_signed=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Stage]:
    """Two people on each side, whose leads agreed to answer openly; the weekly turn has come."""
    with stage(tmp_path, clients=2, vendors=2) as found:
        agree_on(found, OPENLY)
        begin(found)
        let_time_pass(found, FIRST)
        yield found


def agree_on(found: Stage, plan: PulsePlan) -> None:
    with found.store.writing(None) as db:
        db.execute("UPDATE partnerships SET pulse = :code", {"code": plan.code})


def let_time_pass(found: Stage, until: datetime) -> None:
    while (at := wakes.next_at(found.store.reading())) is not None and at <= until:
        while plan_due(found.deps, PLANNERS, at):
            pass


def newest(found: Stage) -> SignedSurvey:
    survey = stored.newest(found.store.reading(), PARTNERSHIP, "weekly")
    assert survey is not None
    return survey


def answer(found: Stage, slack_id: str, now: datetime = FIRST + HOUR, **values: str) -> None:
    given = {"q1": "4", "q2": "yes", **values}
    errors = signed.answer(found.deps, found.who(slack_id), newest(found).id, given, now)
    assert errors == {}


def said(found: Stage) -> str:
    return " ".join(row["payload"] for row in found.rows("outbox"))


def test_the_leads_are_asked_and_the_channel_is_not(small: Stage) -> None:
    survey = newest(small)

    assert small.rows("surveys") == []
    assert survey.asked == {small.people["C0"]: "client", small.people["V0"]: "vendor"}
    assert [one.code for one in survey.questions] == ["answers", "in_time", "easier"]
    assert not any("One press" in row["payload"] for row in small.rows("outbox"))
    assert "answered openly by the leads of both sides" in said(small)


def test_each_side_reads_the_other_only_after_both_have_answered(small: Stage) -> None:
    answer(small, "C0", q3=f"<!channel> {'a word ' * 300}")
    with pytest.raises(SignedYet):
        signed.read_of(small.deps, small.who("V0"), newest(small).id)
    before = said(small)

    answer(small, "V0", q1="2", q3="a word " * 300)

    view = str(signed.read_of(small.deps, small.who("C0"), newest(small).id))
    assert newest(small).closed_at == FIRST + HOUR
    assert "Acme: 4 of 5" in view
    assert "Globalcall: 2 of 5" in view
    assert "<!channel>" not in view
    assert view.count("a word") == 600
    assert "a word" not in before + said(small)


def test_an_answer_can_be_changed_until_all_have_answered(small: Stage) -> None:
    answer(small, "C0", q1="1")
    answer(small, "C0", q1="5")
    answer(small, "V0")

    with pytest.raises(SignedOver):
        answer(small, "C0", q1="3")

    given = {one.name or one.side: one.answer for one in newest(small).answers if one.position == 1}
    assert given == {"client": "5", "vendor": "4"}


def test_when_only_one_side_answered_nothing_is_shown(small: Stage) -> None:
    answer(small, "C0")

    let_time_pass(small, newest(small).closes_at + timedelta(days=4))

    assert newest(small).closed_at is not None
    with pytest.raises(SignedYet):
        signed.read_of(small.deps, small.who("C0"), newest(small).id)
    assert "Not both sides answered, so nothing is shown." in said(small)


@pytest.mark.parametrize(
    ("slack_id", "error"),
    [
        pytest.param("C1", NotAllowed, id="a member"),
        pytest.param("C7", NotSigned, id="a lead since then"),
    ],
)
def test_only_the_leads_of_the_opening_answer(
    small: Stage, slack_id: str, error: type[Exception]
) -> None:
    small.add("C7", "client", "lead")

    with pytest.raises(error):
        answer(small, slack_id)


def test_an_unanswered_question_is_told_at_its_field(small: Stage) -> None:
    survey_id, who = newest(small).id, small.who("C0")

    errors = signed.answer(small.deps, who, survey_id, {"q1": "7", "q2": None}, FIRST + HOUR)

    assert set(errors) == {"q1", "q2"}
    assert newest(small).answers == ()


def test_the_button_of_the_hub_opens_what_waits_for_a_lead_first(small: Stage) -> None:
    before = pulse_verbs.open_here(small.deps, small.who("V0"), FIRST + HOUR, in_public=False)
    answer(small, "V0")
    after = pulse_verbs.open_here(small.deps, small.who("V0"), FIRST + HOUR, in_public=False)

    assert before.form is not None
    assert before.form["callback_id"] == "signed.form"
    assert after.form is not None
    assert after.form["callback_id"] == "pulse.form"


@pytest.mark.parametrize(
    ("plan", "people", "openly"),
    [
        pytest.param(OPENLY, 4, False, id="both sides have three and more"),
        pytest.param(PulsePlan(), 2, False, id="not agreed on"),
    ],
)
def test_nobody_answers_openly_without_a_reason(
    tmp_path: Path, plan: PulsePlan, people: int, *, openly: bool
) -> None:
    with stage(tmp_path, clients=people, vendors=people) as found:
        agree_on(found, plan)
        begin(found)
        let_time_pass(found, FIRST)

        assert bool(found.rows("signed_surveys")) is openly


def test_once_a_quarter_the_leads_are_asked_about_the_partnership_itself(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        agree_on(found, PulsePlan(is_quarterly=True))
        begin(found)
        let_time_pass(found, FIRST + 13 * WEEK + HOUR)
        rows = sorted(row["opened_at"] for row in found.rows("signed_surveys"))

        survey = stored.newest(found.store.reading(), PARTNERSHIP, "quarterly")

    assert len(rows) == 2
    assert survey is not None
    assert [one.code for one in survey.questions] == ["trust", "fairness", "renew"]
    assert survey.opened_at - FIRST == 13 * WEEK
    assert LOOK_BACK in str(views.read_view(PARTNERSHIP, survey))
    assert LOOK_BACK not in str(views.read_view(PARTNERSHIP, replace(survey, purpose="weekly")))
