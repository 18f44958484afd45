"""Whatever subjects bring, the daily message stays within Slack's limits and says what is cut."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.blocks import block_problems
from tests.partners import MONDAY_NOON
from views import daily
from views.blocks import actions, button, context, section
from views.daily_sections import SHOWN_MOST, Piece, Section

# At one o'clock in the night of Tuesday in Manila, in the shift that began on Monday.
LETTER = daily.Letter(
    id="m1",
    name="Ana",
    slack_id=None,
    zone="Asia/Manila",
    put_at=MONDAY_NOON,
    day_on=date(2026, 11, 16),
)
MORE = button("My list", "hub.mine", "p1")


def piece(number: int, characters: int = 10, **more: Any) -> Piece:
    line = f"{number} " + "w" * characters
    row = actions(button("Done", "deliverable.done", f"d{number}"), block_id=f"same-{number}")
    return Piece(line=line, blocks=(section(line), row), **more)


def part(count: int, characters: int = 10, partnership_id: str = "p1", **more: Any) -> Section:
    pieces = tuple(piece(number, characters) for number in range(count))
    values: dict[str, Any] = {"partner": f"The {partnership_id}", "pieces": pieces, "more": MORE}
    return Section(partnership_id=partnership_id, **(values | more))


def words(sections: Sequence[Section]) -> str:
    return str(daily.daily(LETTER, sections).blocks)


def test_of_far_too_many_partners_what_is_owed_comes_first() -> None:
    sections = [part(1, 10, f"p{n}", head="News", is_owed=n == 29) for n in range(30)]

    said = words(sections)

    assert "*The p29*" in said
    assert f"…and {30 - said.count('*The p')} more" in said


parts = st.builds(
    part,
    st.integers(0, 40),
    st.integers(1, 2900),
    st.sampled_from(["p1", "p2", "p3"]),
    head=st.sampled_from([None, "h" * 200]),
    foot=st.sampled_from([None, context("f" * 400)]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(parts, max_size=25), st.booleans())
def test_whatever_subjects_bring_fits_in_a_message(sections: list[Section], over: bool) -> None:
    drawn = (daily.past if over else daily.daily)(LETTER, sections)

    assert block_problems(drawn.payload["blocks"], surface="message") == []


def test_what_does_not_fit_is_counted_beside_the_button_that_shows_it() -> None:
    sections = [part(30), part(3, partnership_id="p2")]

    said = words(sections)

    assert f"…and {30 - SHOWN_MOST} more" in said
    assert "hub.mine" in said
    assert "*The p2*" in said


def test_a_long_subject_leaves_room_for_the_others() -> None:
    sections = [part(30, 800), part(2, partnership_id="p2", head="Second:")]

    said = words(sections)

    assert all(f"{number} {'w' * 10}'" in said for number in range(2))


def test_two_subjects_may_choose_the_same_block_id() -> None:
    blocks = daily.daily(LETTER, [part(2), part(2, partnership_id="p2")]).blocks

    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids)) == 5


@pytest.mark.parametrize(
    ("sections", "head"),
    [
        pytest.param(
            [Section(partnership_id="p1", partner="Acme", pieces=(piece(1, is_todays=True),))],
            "One thing today:",
            id="something to do",
        ),
        pytest.param([part(1, is_owed=True)], "Nothing more for today", id="all is done"),
        pytest.param([part(1)], "This is new:", id="only news"),
        pytest.param(
            [part(1, is_owed=True, pieces=(piece(1, is_coming=True),))],
            "Nothing is due today; this comes next:",
            id="due soon",
        ),
        pytest.param(
            [part(1, is_owed=True, pieces=(piece(1, is_known=True),))],
            "This is new:",
            id="somebody else's to accept",
        ),
    ],
)
def test_the_greeting_says_what_kind_of_day_it_is(sections: list[Section], head: str) -> None:
    assert head in daily.daily(LETTER, sections).text


def test_a_message_that_is_over_names_the_day_on_which_its_shift_began() -> None:
    assert daily.past(LETTER, []).text.startswith("This was for Mon 16 Nov.")
