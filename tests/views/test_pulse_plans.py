from dataclasses import replace

import pytest

from domain.pulse_plans import PulsePlan
from sandbox.blocks import view_problems
from tests.partners import partnership
from views.pulse_plans import form, plan_words, read_form

FULL = PulsePlan(
    questions=3,
    own=("How *well* did <!channel> go?", "Was the forecast in time?"),
    means="channel",
    is_signed=True,
    is_quarterly=True,
)


def test_a_plan_in_one_breath() -> None:
    assert plan_words(PulsePlan()) == "one question a week, each side's average for the leads alone"


def test_typed_questions_stand_harmless_in_it() -> None:
    said = plan_words(FULL)

    assert "<!channel>" not in said
    assert said.endswith("once a quarter the leads about the partnership itself")


@pytest.mark.parametrize("plan", [PulsePlan(), FULL], ids=["usual", "full"])
def test_the_form_shows_how_it_is_and_reads_back_the_same(plan: PulsePlan) -> None:
    view = form(replace(partnership(), pulse=plan.code), "vendor")

    assert view_problems(view) == []
    values = {
        block["block_id"]: _drawn(block["element"])
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert read_form(values).plan == plan


@pytest.mark.parametrize(
    ("own", "said"),
    [
        pytest.param("a\nb\nc\nd", "these are 4", id="four"),
        pytest.param("a\n a ", "twice", id="twice"),
        pytest.param("a" * 201, "the longest here has 201", id="long"),
    ],
)
def test_what_is_no_question_is_said_under_its_field(own: str, said: str) -> None:
    read = read_form({"questions": "1", "own": own, "means": "leads"})

    assert read.plan is None
    assert said in read.errors["own"]


def _drawn(element: dict[str, object]) -> object:
    """What a form sends when nobody touches it."""
    if element["type"] == "checkboxes":
        chosen = element.get("initial_options", [])
        assert isinstance(chosen, list)
        return tuple(str(one["value"]) for one in chosen)
    initial = element.get("initial_option")
    return initial["value"] if isinstance(initial, dict) else element.get("initial_value")
