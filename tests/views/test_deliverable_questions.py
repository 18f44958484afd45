from typing import Any

import pytest

from domain.deliverables import Reason, Unclear
from views.deliverable_questions import question


@pytest.mark.parametrize(
    ("reason", "names", "said"),
    [
        pytest.param("far", ["2027-12-05"], "I read Sun 5 Dec 2027, more than ten", id="far"),
        pytest.param("past_day", ["2026-11-06"], "Fri 6 Nov 2026 is past.", id="a past day"),
        pytest.param("past", ["6 nov"], "I read “6 nov”, which is past.", id="past words"),
        pytest.param("ambiguous", ["03/04"], "“03/04” can be read as more than", id="two ways"),
        pytest.param("impossible", ["31 feb"], "I know no such date as “31 feb”.", id="no date"),
        pytest.param("no_shift", ["2026-12-05"], "I read Sat 5 Dec: its owner", id="no shift"),
        pytest.param("far_word", ["2028-01-01"], "Sat 1 Jan 2028 is more than a", id="put off"),
        pytest.param(
            "same_due_off",
            ["2026-11-21", "Globalcall", "no_hours"],
            "Sat 21 Nov is no working day for its owner, so it is due when the shift before ends",
            id="a day off that means the same date",
        ),
        pytest.param(
            "same_due_off",
            ["2026-11-30", "Globalcall", "holiday"],
            "Mon 30 Nov is a holiday for Globalcall, so",
            id="a holiday that means the same date",
        ),
        pytest.param("far", [], "That is more than ten months away.", id="no day is known"),
        pytest.param("past_day", ["soon"], "This day is past.", id="no day is carried"),
    ],
)
def test_a_question_about_a_date_names_what_was_read(
    reason: Reason, names: list[Any], said: str
) -> None:
    asked = question(Unclear("due", reason, names))

    assert asked.startswith(said)
    assert asked.endswith(("?", ".", "counts."))
