"""A joint retrospective: asked by a lead, once at a time, and what is kept of what people wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.pulse import Draft, LooksBackNow
from domain.rights import NotAllowed
from services import pulse as verbs
from services import pulse_results
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, HOUR, ID, NOW, Stage, stage

DRAFT = Draft(id=ID, partnership_id=PARTNERSHIP.id, looks_back=True)
WROTE = ("C0", "C1", "C2", "V0", "V1")


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as found:
        found.ask(DRAFT)
        yield found


def answer(found: Stage) -> None:
    for number, slack_id in enumerate(WROTE):
        found.answer(slack_id, "4")
        found.send(slack_id, q2=f"point {number}", q3=None, q4="only one" if not number else None)


def test_a_press_opens_the_form_of_what_to_keep_to_stop_and_to_start(asked: Stage) -> None:
    form = asked.answer("V1", "2")

    assert form is not None
    labels = [block["label"]["text"] for block in form["blocks"] if block["type"] == "input"]
    assert labels == [
        "What went well, and should stay as it is?",
        "What should both sides stop doing?",
        "What should both sides start doing?",
    ]


def test_where_neither_side_wrote_enough_the_leads_read_both_together(asked: Stage) -> None:
    answer(asked)

    plan_due(asked.deps, PLANNERS, CLOSES_AT)

    results = asked.survey().results
    assert results[2].comments == {"both": tuple(f"point {n}" for n in range(5))}
    assert 4 not in results
    lead = pulse_results.results_here(asked.deps, asked.who("V0"), in_public=False)
    assert "*Keep*, both sides together:\n• point 0\n• point 1" in str(
        lead.blocks[1]["text"]["text"]
    )
    assert "only one" not in str(asked.rows("outbox"))


def test_where_a_side_is_small_nothing_tells_how_many_of_it_wrote(tmp_path: Path) -> None:
    with stage(tmp_path, 2, 4) as found:
        form = verbs.look_back_of(found.deps, found.who("C0"), PARTNERSHIP.id, NOW)
        found.ask(DRAFT)
        for slack_id in ("C0", "C1", "V0", "V1", "V2"):
            found.answer(slack_id, "4")
            found.send(slack_id, q2="words")

        plan_due(found.deps, PLANNERS, CLOSES_AT)

        assert "nothing of what they write can be shown" in str(form["blocks"])
        assert found.rows("survey_comments") == []


def test_a_second_one_waits_until_the_first_is_closed(asked: Stage) -> None:
    for ask in (
        lambda: verbs.look_back_here(asked.deps, asked.who("V0"), NOW + HOUR),
        lambda: asked.ask(Draft(id="t" * 20, partnership_id=PARTNERSHIP.id, looks_back=True)),
    ):
        with pytest.raises(LooksBackNow):
            ask()

    plan_due(asked.deps, PLANNERS, CLOSES_AT)

    again = verbs.look_back_here(asked.deps, asked.who("V0"), CLOSES_AT)
    assert "Asked in the channel: Acme 4, Globalcall 4." in again.text
    assert "Looking back on the last months, how did the work between both sides go?" in again.text
    with pytest.raises(NotAllowed):
        verbs.look_back_here(asked.deps, asked.who("C1"), CLOSES_AT)
