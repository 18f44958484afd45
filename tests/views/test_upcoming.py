from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from domain.checkins import START_BEFORE
from domain.upcoming import Code, Coming
from views.upcoming import FOLDED, SENTENCES, lines

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
HERE, THERE = "C1", "C2"


def one(code: Code, name: str = "", at: datetime = NOON, where: str | None = HERE) -> Coming:
    return Coming(at=at, code=code, name=name, where=where)


def test_the_soonest_stands_first_with_its_place() -> None:
    found = lines([one("week", at=LATER), one("pulse_closes")])

    assert [(line.at, line.what, line.where) for line in found] == [
        (NOON, "The pulse closes", HERE),
        (LATER, "A new This week", HERE),
    ]


def test_many_of_one_kind_at_one_moment_are_one_line() -> None:
    found = lines([one("daily", name, where=None) for name in ("Ana", "Maria", "Tom")])

    assert [line.what for line in found] == [
        "Daily messages for 3 people, where anything is due",
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(one("daily", "Tom", at=LATER), id="another moment"),
        pytest.param(one("daily", "Tom", where=THERE), id="another place"),
        pytest.param(one("message", "Tom"), id="another kind"),
    ],
)
def test_what_differs_keeps_its_own_line(other: Coming) -> None:
    found = lines([one("daily", "Ana"), other])

    assert found[0].what.startswith("Daily message for Ana")
    assert len(found) == 2


def test_two_check_ins_that_end_together_are_told_apart() -> None:
    found = lines([one("checkin_ends", "Review"), one("checkin_ends", "Planning")])

    assert [line.what.partition(" ends")[0] for line in found] == ["Review", "Planning"]


def test_what_people_typed_is_no_pattern() -> None:
    (line,) = lines([one("deliverable_due", "{name} <b>{0}")])

    assert line.what == "{name} <b>{0} is due"


def test_every_kind_has_its_words() -> None:
    assert set(SENTENCES) == set(get_args(Code))
    assert set(FOLDED) <= set(SENTENCES)
    assert timedelta(minutes=10) == START_BEFORE  # as the sentence says
