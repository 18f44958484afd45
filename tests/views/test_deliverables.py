from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from domain.boards import NextCheckIn
from domain.deliverables import TITLE_MOST, Commitment, SpoiledButton, State, Unclear
from domain.partnerships import Partnership
from sandbox.blocks import block_problems, view_problems
from tests.checkin_stage import CHECK_IN
from tests.partners import MONDAY_NOON, PARTNERSHIP
from views import deliverable_answers, deliverable_forms, deliverable_lists, deliverables, home
from views.blocks import Drawn
from views.deliverable_forms import due_of
from views.deliverable_lists import Listed, listing
from views.deliverable_prefill import Prefill, carried, uncarried
from views.deliverable_questions import question

LONGEST = "<!channel> *_~`&" * 18 + "ab🎉 שלום"
STATES: tuple[State, ...] = ("proposed", "accepted", "done", "withdrawn", "declined")


def long_names() -> Partnership:
    name = "W" * 80
    return replace(
        PARTNERSHIP,
        client=replace(PARTNERSHIP.client, name=name),
        vendor=replace(PARTNERSHIP.vendor, name=name),
    )


def owed(number: int = 1, **changes: Any) -> Commitment:
    values: dict[str, Any] = {
        "team_id": "T0ACME",
        "id": f"{number:020}",
        "partnership_id": "p1",
        "title": LONGEST[:TITLE_MOST],
        "owner_id": "ana",
        "side": "vendor",
        "state": "accepted",
        "due_at": MONDAY_NOON + timedelta(hours=number),
        "first_due_at": MONDAY_NOON,
        "created_by": "maria",
        "created_at": MONDAY_NOON,
    }
    return Commitment(**(values | changes))


def drawn(state: State) -> Mapping[str, Drawn]:
    one, partnership = owed(state=state, asked_at=MONDAY_NOON), long_names()
    return {
        "card": deliverables.card(partnership, one, MONDAY_NOON, "U0ANA"),
        "late card": deliverables.card(partnership, one, MONDAY_NOON + timedelta(days=9)),
        "echo": deliverables.echo(partnership, one, "U0ANA", ["One more sentence."]),
        "done": deliverable_answers.now_done(partnership, one),
        "moved": deliverables.moved_line(partnership, one, LONGEST),
        "overdue": deliverables.overdue_line(partnership, one, MONDAY_NOON),
        "not theirs": deliverable_answers.not_theirs(partnership, one),
        "choice": deliverable_answers.choose(
            partnership, [owed(n) for n in range(1, 30)], deliverables.DONE
        ),
        "none": deliverable_answers.none_found(LONGEST),
    }


def listed(count: int) -> list[Listed]:
    return [
        Listed(
            partnership=replace(long_names(), id=f"p{number % 5}"),
            commitment=owed(number, state="proposed" if number % 2 else "accepted"),
            owner="U0ANA",
            is_mine=True,
            link="https://acme.slack.com/archives/C0SHARED/p1",
        )
        for number in range(count)
    ]


def _check_in() -> NextCheckIn:
    return NextCheckIn(turn_id="t1", title=LONGEST, starts_at=MONDAY_NOON, minutes=30)


@pytest.mark.parametrize("state", STATES)
def test_every_message_about_one_stays_within_slacks_limits(state: State) -> None:
    found = {name: one for name, one in drawn(state).items() if one.text}

    problems = {
        name: block_problems(one.payload["blocks"], surface="message")
        for name, one in found.items()
    }

    assert {name: faults for name, faults in problems.items() if faults} == {}


@pytest.mark.parametrize("state", STATES)
def test_nothing_typed_calls_anybody(state: State) -> None:
    for name, one in drawn(state).items():
        whole = one.text + str(one.payload["blocks"])
        assert "<!channel>" not in whole, name


@pytest.mark.parametrize("count", [0, 1, 13, 500])
def test_lists_of_any_length_stay_within_slacks_limits(count: int) -> None:
    shown = listing("all", listed(count), MONDAY_NOON)
    page = home.Page(
        mine=tuple(listed(count)),
        partnerships=tuple(
            (replace(long_names(), id=f"p{n}"), _check_in()) for n in range(min(count, 10) or 1)
        ),
        questions=(home.Question(check_in=replace(CHECK_IN, partnership=long_names())),) * count,
        further=count,
        undelivered=(home.Undelivered(channel=None, state="refused", reason=LONGEST),) * 5,
    )

    assert block_problems(shown.payload["blocks"], surface="message") == []
    assert view_problems(home.home(page, MONDAY_NOON)) == []


def test_a_long_list_says_how_many_are_left() -> None:
    shown = str(listing("all", listed(500), MONDAY_NOON).blocks)

    assert f"…and {500 - deliverable_lists.SHOWN_MOST} more" in shown


def test_the_home_tab_shows_one_partner_after_the_other_with_the_buttons_of_the_hub() -> None:
    first, second = long_names(), replace(long_names(), id="p2")
    owed = replace(listed(1)[0], partnership=second)
    view = home.home(
        home.Page(mine=(owed,), partnerships=((first, _check_in()), (second, None))), MONDAY_NOON
    )

    rows = [b for b in view["blocks"] if str(b.get("block_id")).startswith("hub-")]
    first_row, second_row = ([e["text"]["text"] for e in row["elements"]] for row in rows)
    assert "Raise a point" in first_row
    assert "Raise a point" not in second_row
    assert {e.get("value") for e in rows[1]["elements"]} == {"p2"}
    said = str(view["blocks"])
    assert (
        said.index("You owe nothing here") < said.index("deliverable.done") < said.index("hub-p2")
    )
    assert "daily.settings" in said


def test_the_home_tab_asks_a_lead_whether_a_past_check_in_took_place() -> None:
    asked = home.Question(check_in=CHECK_IN, link="https://acme.slack.com/archives/C1/p1")
    page = home.Page(partnerships=((CHECK_IN.partnership, None),), questions=(asked,))

    said = str(home.home(page, MONDAY_NOON))

    assert "Did *Operations review* of Tue 24 Nov take place? <https://acme." in said
    assert "You owe nothing" not in said


def test_a_stranger_reads_in_the_home_tab_how_to_begin() -> None:
    view = home.home(home.Page(), MONDAY_NOON)

    assert view_problems(view) == []
    assert "/touchbase setup" in str(view)


def test_forms_stay_within_slacks_limits_and_keep_what_was_typed() -> None:
    asked = tuple(Unclear("owner", "two_owners", [LONGEST] * 5) for _ in range(3))
    prefill = Prefill(
        id="d1",
        title="x" * 3000,
        owner="U0ANA000000",
        due=date(2026, 11, 20),
        clock=time(17, 0),
        questions=asked,
    )

    form = deliverable_forms.form(long_names(), prefill, "America/New_York")
    move = deliverable_forms.move_form(long_names(), owed(), "America/New_York", prefill, "why")

    assert view_problems(form) == []
    assert view_problems(move) == []
    assert [b["block_id"] for b in form["blocks"][1:]] == ["title", "owner", "due", "time", "more"]
    assert [b["block_id"] for b in move["blocks"][1:]] == ["due", "time", "reason"]
    assert form["blocks"][1]["element"]["initial_value"] == "x" * 3000


def test_a_button_carries_what_was_understood() -> None:
    prefill = Prefill(
        id="d1",
        title=LONGEST[:TITLE_MOST],
        owner="U0ANA",
        due=date(2026, 11, 20),
        clock=time(17, 0),
        questions=(Unclear("due", "past"),),
    )

    value = carried(PARTNERSHIP, prefill)
    partnership_id, read = uncarried(value)

    assert len(value) <= 2000
    assert partnership_id == "p1"
    assert replace(read, questions=()) == replace(prefill, questions=())
    assert [question(unclear) for unclear in read.questions] == ["This moment is past. By when?"]


@pytest.mark.parametrize("value", ["", "d1", "[]", '{"p": 1}', '{"p":"p","q":[[1]]}'])
def test_a_spoiled_button_is_known_as_such(value: str) -> None:
    with pytest.raises(SpoiledButton):
        uncarried(value)


def test_a_form_without_a_date_is_asked_again() -> None:
    with pytest.raises(Unclear):
        due_of({"due": None, "time": None}, "UTC")


def test_an_open_item_past_its_date_says_since_when_and_what_to_do() -> None:
    late = owed(title="Training deck", due_at=MONDAY_NOON - timedelta(days=4))

    text = deliverables.card(PARTNERSHIP, late, MONDAY_NOON).text

    assert text.startswith("*Training deck* (Globalcall), was due ")
    assert "not in yet" in text
    assert "!" not in text.replace("<!date", "")
