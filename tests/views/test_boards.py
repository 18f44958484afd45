from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.boards import Board, DayOff, Due, NextCheckIn, Waiting, joined
from domain.partnerships import Partnership
from domain.people import SIDES
from sandbox.blocks import block_problems, view_problems
from tests.partners import ACME, GLOBALCALL, MONDAY_NOON, partnership
from views import gap_lists
from views.blocks import Drawn
from views.hub import as_form, hub, more
from views.verbs import VERBS
from views.week import this_week

MONDAY = date(2026, 11, 16)
LONGEST = "<&> " * 40
CHECK_IN = NextCheckIn(turn_id="t1", title="Operations review", starts_at=MONDAY_NOON, minutes=30)
LONG_NAMED = partnership(
    client=replace(ACME, name="&" * 60), vendor=replace(GLOBALCALL, name="<" * 60)
)


def due(count: int, title: str = "Training deck") -> tuple[Due, ...]:
    link = "https://acme.slack.com/archives/C0SHARED/p1234567890123456"
    return tuple(
        Due(side=SIDES[n % 2], title=title, due_at=MONDAY_NOON + timedelta(hours=n), link=link)
        for n in range(count)
    )


def waiting(count: int, title: str = "Refund question") -> tuple[Waiting, ...]:
    return tuple(
        Waiting(side=SIDES[n % 2], title=title, waits_for="accept", since=MONDAY_NOON)
        for n in range(count)
    )


def full(count: int, title: str) -> Board:
    check_in = replace(CHECK_IN, title=title)
    off = tuple(DayOff(side="client", day_on=MONDAY, label=title) for _ in range(min(count, 7)))
    return Board(
        next_check_in=check_in,
        late=due(count, title),
        due=due(count, title),
        waiting=waiting(count, title),
        days_off=off,
    )


def words(drawn: Drawn) -> str:
    return "\n".join(block["text"]["text"] for block in drawn.blocks if "text" in block)


@pytest.mark.parametrize("where", [partnership(), LONG_NAMED], ids=["short names", "long names"])
@pytest.mark.parametrize("count", [0, 1, 500])
def test_the_live_posts_stay_within_slacks_limits(where: Partnership, count: int) -> None:
    board = full(count, LONGEST)

    for drawn in (hub(where, board), this_week(where, MONDAY, board)):
        assert block_problems(list(drawn.blocks), surface="message") == []
        assert len(drawn.payload["text"]) <= 4000


def test_the_forms_of_the_hub_stay_within_slacks_limits() -> None:
    board = full(500, LONGEST)

    assert view_problems(more(LONG_NAMED)) == []
    assert view_problems(as_form(hub(LONG_NAMED, board), LONG_NAMED)) == []


def test_an_empty_week_says_so() -> None:
    drawn = this_week(partnership(), MONDAY, Board())

    assert "Mon 16 Nov to Sun 22 Nov" in words(drawn)
    assert "Next check-in: none planned yet." in words(drawn)
    assert "Nothing is due this week, and nothing waits." in words(drawn)


def test_the_next_check_in_stands_in_both_zones() -> None:
    drawn = this_week(partnership(), MONDAY, Board(next_check_in=CHECK_IN))

    assert "Mon 16 Nov 12:00 New York = Tue 17 Nov 01:00 Manila" in words(drawn)


def test_a_check_in_that_waits_for_a_side_says_so_wherever_it_is_the_next() -> None:
    asked = replace(CHECK_IN, proposed_by="vendor")
    waits = (Waiting(side="client", title="Review", waits_for="agree", since=MONDAY_NOON),)
    board = Board(next_check_in=asked, waiting=waits)

    week, pinned = this_week(partnership(), MONDAY, board), hub(partnership(), board)
    nothing = gap_lists.listed(partnership(), [], gap_lists.Reading(side="vendor", coming=asked))

    for drawn in (week, pinned, nothing):
        assert "proposed by Globalcall, waits for Acme." in words(drawn)
    assert "*Waiting for Acme*: 1\n• Review, to be agreed to or given another time" in words(week)
    assert "nothing waits" not in words(week)


def test_what_lies_in_another_half_of_a_year_names_its_year() -> None:
    far = replace(CHECK_IN, starts_at=MONDAY_NOON + timedelta(days=365), seen_at=MONDAY_NOON)
    long_ago = MONDAY_NOON - timedelta(days=365)
    late = (Due(side="vendor", title="Deck", due_at=long_ago),)
    waits = (Waiting(side="client", title="Roster", waits_for="accept", since=long_ago),)
    board = Board(next_check_in=far, late=late, waiting=waits)

    said = words(this_week(partnership(), MONDAY, board))

    assert "Tue 16 Nov 2027 12:00 New York = Wed 17 Nov 2027 01:00 Manila" in said
    assert "Tue 16 Nov 2027 12:00 New York" in words(hub(partnership(), board))
    assert "Deck, since <!date^1763312400^{date_long} {time}|Mon 17 Nov 2025" in said
    assert said.count("2025") == 2


def test_what_is_due_stands_under_its_side_with_a_count() -> None:
    drawn = this_week(partnership(), MONDAY, Board(due=due(3)))

    assert "*Due from Acme*: 2\n• Training deck (<https://" in words(drawn)
    assert "*Due from Globalcall*: 1\n" in words(drawn)


def test_what_is_late_stands_apart_with_its_side_and_since_when() -> None:
    board = Board(late=due(2)[1:], due=due(1, "Roster"))
    drawn = this_week(partnership(), MONDAY, board)

    assert "*Late from Globalcall*: 1\n• Training deck (<https://" in words(drawn)
    assert "since <!date^" in words(drawn)
    assert "*Due from Acme*: 1\n• Roster" in words(drawn)
    assert "Late from Acme" not in words(drawn)
    assert "Globalcall: 1 late, 0 due, 0 waiting." in drawn.text
    assert (
        "Late: Acme 0, Globalcall 1. Due this week: Acme 1, Globalcall 0."
        in hub(partnership(), board).text
    )
    assert "Late" not in hub(partnership(), Board(due=due(1))).text


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    drawn = this_week(partnership(), MONDAY, Board(due=due(500)))

    assert words(drawn).count("Training deck") == 12
    assert "…and 244 more" in words(drawn)


def test_a_day_off_is_named_with_its_side() -> None:
    off = DayOff(side="vendor", day_on=date(2026, 11, 18), label="<!channel> storm")
    drawn = this_week(partnership(), MONDAY, Board(days_off=(off,)))

    assert "Globalcall is off on Wed 18 Nov (&lt;!channel&gt; storm)" in words(drawn)


def test_the_hub_counts_by_side_and_waits_for_agreement() -> None:
    proposed = hub(partnership(state="proposed"), Board(due=due(3)))

    assert "Due this week: Acme 2, Globalcall 1." in proposed.text
    assert "Normal answer: 8 working hours; urgent: call." in proposed.text
    assert "Waiting for Globalcall to agree" in proposed.text
    assert "Waiting for" not in hub(partnership(), Board()).text


def test_the_hub_has_a_button_for_what_exists_and_no_other() -> None:
    buttons = hub(partnership(), Board()).blocks[-1]["elements"]

    shown = [one["action_id"] for one in buttons]
    assert shown == [verb.action_id for verb in VERBS if verb.in_hub] + ["hub.more"]


def test_a_point_can_be_raised_while_a_check_in_is_planned() -> None:
    buttons = hub(partnership(), Board(next_check_in=CHECK_IN)).blocks[-1]["elements"]

    raised = [one for one in buttons if one["action_id"] == "checkin.add_point"]
    assert [one["value"] for one in raised] == ["t1"]
    assert buttons[-1]["action_id"] == "hub.more"


TITLES = st.text(max_size=300)


@given(title=TITLES, name=TITLES.filter(str.strip))
def test_whatever_people_type_calls_nobody_and_fits(title: str, name: str) -> None:
    where = partnership(client=replace(ACME, name=name))
    drawn = this_week(where, MONDAY, full(3, title))

    assert block_problems(list(drawn.blocks), surface="message") == []
    for text in (drawn.text, words(drawn)):
        ours = text.replace("<!date^", "").replace("<https://", "")
        assert "<" not in ours


def test_parts_of_several_subjects_make_one_board() -> None:
    later = replace(CHECK_IN, starts_at=MONDAY_NOON + timedelta(days=1))
    one = Board(next_check_in=later, due=due(2)[1:])
    other = Board(next_check_in=CHECK_IN, due=due(1))

    board = joined([one, Board(), other])

    assert board.next_check_in == CHECK_IN
    assert board.due == due(2)


def test_the_forms_carry_ids_only() -> None:
    view: dict[str, Any] = more(partnership())

    assert view["private_metadata"] == '{"partnership": "p1", "channel": "C0SHARED"}'
