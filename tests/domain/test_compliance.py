"""What becomes of check-ins, and for which side it counts: one month by hand, and the rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cadences import Occurrence
from domain.checkins import Confirmation, Said
from domain.compliance import (
    NOTICE_MINUTES,
    Figures,
    OfSide,
    PastTurn,
    Period,
    fate_of,
    moved_by,
    quarter_of,
    report,
    total,
)
from domain.people import SIDES, Side, other_side
from domain.proposals import MoveKind, TurnMove
from tests.checkin_stage import TURN

OCTOBER = Period(first_on=date(2026, 10, 1))
LATER = datetime(2026, 11, 20, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOTH_HELD: Mapping[Side, Said] = {"client": "held", "vendor": "held"}


def at(day: int, hour: int = 14, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def turn(day: int, **changes: Any) -> Occurrence:
    """A turn at 10:00 in New York, over unless ``changes`` differ."""
    starts_at = changes.pop("starts_at", at(day))
    original = datetime(2026, 10, day, 10)  # noqa: DTZ001  # wall time by the rule
    values: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
    values |= {"id": f"t{day}", "original": original, "state": "over"}
    return replace(TURN, **(values | changes))


def past(
    day: int,
    said: Mapping[Side, Said] | None = None,
    moves: tuple[TurnMove, ...] = (),
    **changes: Any,
) -> PastTurn:
    names = ("was_asked", "planned_by", "wrote")
    own = {name: changes.pop(name) for name in names if name in changes}
    one = turn(day, **changes)
    words = {
        side: Confirmation(occurrence_id=one.id, side=side, said=word, said_at=one.ends_at)
        for side, word in (said or {}).items()
    }
    until = one.ends_at + 2 * DAY
    return PastTurn(turn=one, answer_until=until, moves=moves, said=words, **own)


def move(
    side: Side,
    from_at: datetime,
    to_at: datetime | None,
    *,
    what: MoveKind = "move",
    notice_minutes: int = NOTICE_MINUTES,
    told_before: timedelta = 2 * DAY,
) -> TurnMove:
    return TurnMove(
        id="m",
        occurrence_id="t",
        side=side,
        person_id=None if what == "holiday" else "someone",
        what=what,
        from_at=from_at,
        to_at=to_at,
        reason_kept=False,
        notice_minutes=notice_minutes,
        at=from_at - told_before,
    )


def skip(side: Side, day: int, **notice: Any) -> TurnMove:
    return move(side, at(day), None, what="skip", **notice)


# A month in which everything happens once.
MONTH = [
    replace(past(1, BOTH_HELD), topics_due=3, topics_covered=2),
    past(2, {"client": "held"}),
    replace(past(3, {"vendor": "not_held"}), topics_due=3),
    past(4, {"client": "held", "vendor": "not_held"}),
    past(5),
    past(6, was_asked=False),
    past(7, {"client": "other_day", "vendor": "other_day"}),
    past(8, {"client": "not_held", "vendor": "not_held"}),
    past(9, BOTH_HELD, (move("vendor", at(9), at(10)),), starts_at=at(10)),
    past(
        12,
        BOTH_HELD,
        (move("client", at(12), at(13), notice_minutes=NOTICE_MINUTES - 1),),
        starts_at=at(13),
    ),
    past(14, moves=(skip("client", 14),), state="skipped"),
    past(15, moves=(skip("vendor", 15, notice_minutes=60),), state="skipped"),
    past(16, moves=(move("client", at(16), None, what="holiday"),), state="skipped"),
    past(
        19,
        BOTH_HELD,
        (move("vendor", at(19), at(20), what="holiday"),),
        starts_at=at(20),
    ),
    past(21, moves=(move("vendor", at(21), None, what="cancel"),), state="cancelled"),
    past(22, state="cancelled"),
    past(
        23,
        state="planned",
        starts_at=at(30, month=11),
        moves=(move("client", at(23), at(30, month=11)),),
    ),
    past(26, {"client": "not_held"}, planned_by="client"),
]


def test_a_month_by_hand() -> None:
    (figures,) = report(MONTH, OCTOBER, LATER)

    assert figures == Figures(
        month_on=date(2026, 10, 1),
        planned=14,
        held=6,  # 1, 2, 7, 9, 12, 19
        not_held=4,  # 3, 8, 15, 26
        called_off=1,  # 14
        told_differently=1,  # 4
        not_confirmed=1,  # 5
        still_to_come=1,  # 23
        on_holidays=1,  # 16
        not_asked=1,  # 6
        topics_due=3,  # 1
        topics_covered=2,
        by_side={
            # moved: 23; at short notice: 7, 12; called off: 14; not held: 3, 8, 26
            "client": OfSide(moved_in_time=1, moved_late=2, called_off=1, not_held=3),
            # moved: 9; at short notice: 7; not held: 3, 8, 15
            "vendor": OfSide(moved_in_time=1, moved_late=1, not_held=3),
        },
    )


@pytest.mark.parametrize(
    ("moves", "starts_at", "counts"),
    [
        pytest.param((), at(6), {}, id="nobody moved it"),
        pytest.param((move("client", at(6), at(7)),), at(7), {"client": True}, id="with notice"),
        pytest.param(
            (move("client", at(6), at(7), notice_minutes=0),), at(7), {"client": False}, id="late"
        ),
        pytest.param(
            (move("client", at(6), at(7)), move("client", at(7), at(8), notice_minutes=0)),
            at(8),
            {"client": False},
            id="twice by one side, the second time late: once, late",
        ),
        pytest.param(
            (move("client", at(6), at(7)), move("vendor", at(7), at(8))),
            at(8),
            {"client": True, "vendor": True},
            id="by one side and then by the other",
        ),
        pytest.param(
            (move("client", at(6), at(7)), move("vendor", at(7), at(6))),
            at(6),
            {},
            id="moved and moved back",
        ),
        pytest.param(
            (
                move("client", at(6), at(7)),
                move("client", at(7), at(6)),
                move("vendor", at(6), at(9)),
            ),
            at(9),
            {"vendor": True},
            id="taken back, then moved by the other side",
        ),
        pytest.param(
            (skip("vendor", 6), move("client", at(6), at(6))), at(6), {}, id="skip undone"
        ),
        pytest.param(
            (skip("vendor", 6), move("client", at(6), at(9), notice_minutes=0)),
            at(9),
            {"vendor": True},
            id="left out by one side, given a time by the other: moved by who left it out",
        ),
        pytest.param(
            (move("vendor", at(6), at(9), told_before=-DAY),),
            at(9),
            {"client": False, "vendor": False},
            id="told after the start: late, for both",
        ),
        pytest.param(
            (move("vendor", at(6), at(9), what="holiday"),), at(9), {}, id="off a holiday: nobody's"
        ),
        pytest.param(
            (move("vendor", at(6), None, what="cancel"),), at(6), {}, id="ended, and taken back"
        ),
    ],
)
def test_whose_move_it_is(
    moves: tuple[TurnMove, ...], starts_at: datetime, counts: dict[Side, bool]
) -> None:
    assert moved_by(past(6, BOTH_HELD, moves, starts_at=starts_at)) == counts


def test_another_day_counts_as_moved_once() -> None:
    other: Mapping[Side, Said] = {"client": "other_day", "vendor": "other_day"}
    told = move("client", at(6), at(7))

    assert moved_by(past(6, other)) == {"client": False, "vendor": False}
    assert moved_by(past(6, other, (told,), starts_at=at(7))) == {"client": True}
    assert moved_by(past(6, {"client": "other_day", "vendor": "held"})) == {}


def test_one_word_counts_once_the_other_side_was_silent_for_two_working_days() -> None:
    one = past(6, {"vendor": "not_held"})

    assert fate_of(one, one.answer_until - HOUR) == "not_confirmed"
    assert fate_of(one, one.answer_until) == "not_held"


def test_a_turn_belongs_to_the_month_of_its_rule_and_counts_from_its_first_start() -> None:
    away = move("client", at(31), at(3, month=11))
    moved = past(31, BOTH_HELD, (away,), starts_at=at(3, month=11))

    before = report([moved], OCTOBER, at(31, 13))
    october, november = report(
        [moved], Period(first_on=OCTOBER.first_on, months=2), at(30, month=11)
    )

    assert before[0].is_empty
    assert (october.planned, october.held, november.planned) == (1, 1, 0)


def test_months_go_on_over_the_turn_of_the_year() -> None:
    winter = Period(first_on=date(2026, 11, 1), months=3)

    assert winter.every == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )
    assert quarter_of(date(2026, 12, 31)).first_on == date(2026, 10, 1)


SAID: st.SearchStrategy[Said] = st.sampled_from(["held", "other_day", "not_held"])


@st.composite
def turns(draw: st.DrawFn) -> PastTurn:
    """Any turn of October with any history, as long as each move starts where the last ended."""
    day = draw(st.integers(1, 28))
    moves, where = [], at(day)
    for _ in range(draw(st.integers(0, 3))):
        what: MoveKind = draw(st.sampled_from(["move", "skip", "cancel", "holiday"]))
        to_at = at(draw(st.integers(1, 28))) if what == "move" else None
        moves.append(
            move(
                draw(st.sampled_from(SIDES)),
                where,
                to_at,
                what=what,
                notice_minutes=draw(st.sampled_from([0, NOTICE_MINUTES])),
                told_before=draw(st.sampled_from([DAY, -DAY])),
            )
        )
        where = to_at or where
    state = draw(st.sampled_from(["over", "skipped", "cancelled", "planned", "started"]))
    said = draw(st.dictionaries(st.sampled_from(SIDES), SAID))
    return past(
        day,
        said,
        tuple(moves),
        state=state,
        starts_at=where,
        was_asked=draw(st.booleans()),
        planned_by=draw(st.sampled_from([None, *SIDES])),
    )


@given(st.lists(turns(), max_size=4))
def test_every_planned_turn_has_one_fate_and_no_side_has_more_than_were_planned(
    every: list[PastTurn],
) -> None:
    (one,) = report(every, OCTOBER, LATER)

    fates = (one.held, one.not_held, one.called_off, one.told_differently)
    assert sum(fates) + one.not_confirmed + one.still_to_come == one.planned
    assert one.planned + one.on_holidays + one.not_asked <= len(every)
    for own in one.by_side.values():
        assert own.moved_in_time + own.moved_late <= one.planned
        assert own.called_off <= one.called_off
        assert own.not_held <= one.not_held


def test_one_in_writing_counts_for_the_side_that_wrote_nothing() -> None:
    silent = past(6, was_asked=False, wrote=frozenset({"client"}))
    held = past(13, was_asked=False, wrote=frozenset(SIDES))

    (figures,) = report([silent, held], OCTOBER, LATER)

    assert (figures.planned, figures.held, figures.not_held) == (2, 1, 1)
    assert [figures.by_side[side].not_held for side in SIDES] == [0, 1]


@given(st.lists(turns(), max_size=4))
def test_both_sides_are_counted_by_one_rule(every: list[PastTurn]) -> None:
    (one,) = report(every, OCTOBER, LATER)
    (mirrored,) = report([_mirrored(past) for past in every], OCTOBER, LATER)

    assert one.by_side["client"] == mirrored.by_side["vendor"]
    assert one.by_side["vendor"] == mirrored.by_side["client"]
    assert replace(one, by_side=mirrored.by_side) == mirrored


@settings(max_examples=30)
@given(st.lists(turns(), max_size=3), st.lists(turns(), max_size=3))
def test_months_add_up(these: list[PastTurn], those: list[PastTurn]) -> None:
    (one,), (other,) = report(these, OCTOBER, LATER), report(those, OCTOBER, LATER)

    assert [total([one, other])] == report([*these, *those], OCTOBER, LATER)


def _mirrored(one: PastTurn) -> PastTurn:
    """The same with the sides in each other's place."""
    return replace(
        one,
        moves=tuple(replace(move, side=other_side(move.side)) for move in one.moves),
        said={other_side(side): word for side, word in one.said.items()},
        planned_by=None if one.planned_by is None else other_side(one.planned_by),
    )


@pytest.mark.parametrize(
    ("notice_minutes", "moved"),
    [
        pytest.param(NOTICE_MINUTES, {}, id="told in time: it is where its rhythm has it"),
        pytest.param(NOTICE_MINUTES - 1, {"client": False}, id="told at short notice"),
    ],
)
def test_a_new_rhythm_moves_its_first_turn_only_at_short_notice(
    notice_minutes: int, moved: dict[Side, bool]
) -> None:
    told = move("client", at(5), at(6), notice_minutes=notice_minutes)

    one = replace(past(6, BOTH_HELD, (told,)), by_rule_at=at(6))

    assert moved_by(one) == moved
    assert fate_of(one, LATER) == "held"
