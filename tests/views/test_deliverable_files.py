"""The file for spreadsheets, read back as one would be read."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.forms import answer_form
from sandbox.blocks import view_problems
from tests.deliverable_stage import DECK
from tests.partners import MONDAY_NOON, PARTNERSHIP
from views.deliverable_files import Row, csv_text, sheet
from views.spreadsheets import to_copy

HOSTILE = [
    '=HYPERLINK("http://evil.example","Deck")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "  =1+1",
    "\t=1+1",
    "＝1+1",
]


def is_formula(cell: str) -> bool:
    """What a spreadsheet works out instead of showing it: also behind spaces, or in full width."""
    bare = cell.lstrip(" \t\r\n\u00a0\u3000\ufeff")
    return bare[:1] in set("=+-@＝＋－＠") if bare else False


def read_back(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_formula_comes_out_as_text(title: str) -> None:
    rows = read_back(csv_text(PARTNERSHIP, [Row(commitment=replace(DECK, title=title))]))

    assert rows[1][1] == f"'{title}"
    assert not any(is_formula(cell) for row in rows for cell in row)


@given(st.text(max_size=40), st.text(max_size=20))
def test_whatever_people_type_is_one_row_of_text(title: str, owner: str) -> None:
    one = Row(commitment=replace(DECK, title=title), owner=owner)

    rows = read_back(csv_text(PARTNERSHIP, [one, one]))

    assert [len(row) for row in rows] == [12, 12, 12]
    assert not any(is_formula(cell) for row in rows for cell in row)
    shown = rows[1][1].removeprefix("'") if title[:1] != "'" else rows[1][1]
    assert shown.splitlines() == title.splitlines()


def test_a_row_says_whose_it_is_by_when_in_both_zones_and_how_it_stands() -> None:
    due_at = MONDAY_NOON + timedelta(days=1)
    one = replace(DECK, title='Deck, "final"', due_at=due_at, moves=2, sent_back=1)

    head, row = read_back(csv_text(PARTNERSHIP, [Row(commitment=one, owner="Ana Reyes")]))

    assert dict(zip(head, row, strict=True)) == {
        "Side": "Globalcall",
        "Title": 'Deck, "final"',
        "Owner": "Ana Reyes",
        "State": "open",
        "Due (New York)": "2026-11-17 12:00",
        "Due (Manila)": "2026-11-18 01:00",
        "First date (New York)": "2026-11-17 12:00",
        "New dates": "2",
        "Sent back": "1",
        "Delivered (New York)": "",
        "Importance": "normal",
        "For": "both sides",
    }


@pytest.mark.parametrize("count", [1, 100, 5000])
def test_the_text_to_copy_stays_within_slacks_limits(count: int) -> None:
    rows = [Row(commitment=replace(DECK, title="W" * 300))] * count

    drawn = to_copy(sheet(PARTNERSHIP, rows))

    assert view_problems(answer_form(drawn)) == []
