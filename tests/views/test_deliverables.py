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
from views import (
    deliverable_answers,
    deliverable_forms,
    deliverable_lists,
    deliverables,
    home,
    overdue_lines,
)
from views.blocks import Drawn
from views.deliverable_forms import due_of
from views.deliverable_lines import Listed, line
from views.deliverable_lists import Page, Partner, group_of, listing
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
        "overdue": overdue_lines.overdue_line(
            partnership, one, overdue_lines.Asked(last_at=MONDAY_NOON, next_at=MONDAY_NOON)
        ),
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


def page_of(count: int, number: int = 0) -> Page:
    first = number * deliverable_lists.SHOWN_MOST
    shown = listed(count)[first : first + deliverable_lists.SHOWN_MOST]
    return Page(
        scope="all", listed=shown, count=count, number=number, chosen="p1", may_file=count < 500
    )


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
    shown = listing(page_of(count), MONDAY_NOON)
    page = home.Page(
        mine=tuple(listed(count)),
        partnerships=tuple(replace(long_names(), id=f"p{n}") for n in range(count or 1)),
        coming=_check_in(),
        questions=(home.Question(check_in=replace(CHECK_IN, partnership=long_names())),) * count,
        undelivered=(home.Undelivered(channel=None, state="refused", reason=LONGEST),) * 5,
    )

    assert block_problems(shown.payload["blocks"], surface="message") == []
    assert view_problems(home.home(page, MONDAY_NOON)) == []


@pytest.mark.parametrize(
    ("count", "number", "says", "turns"),
    [
        pytest.param(12, 0, None, set(), id="one page"),
        pytest.param(500, 0, "1 to 12 of 500", {"deliverable.later"}, id="the first of many"),
        pytest.param(
            500, 3, "37 to 48 of 500", {"deliverable.earlier", "deliverable.later"}, id="in between"
        ),
        pytest.param(500, 41, "493 to 500 of 500", {"deliverable.earlier"}, id="the last"),
    ],
)
def test_a_long_list_has_pages(count: int, number: int, says: str | None, turns: set[str]) -> None:
    drawn = listing(page_of(count, number), MONDAY_NOON)

    ways = next(block for block in drawn.blocks if block.get("block_id") == "list-ways")
    found = {one["action_id"] for one in ways["elements"]} - {
        deliverable_lists.CHOOSE,
        deliverable_lists.FILE,
    }
    assert found == turns
    assert (" of " in str([b for b in drawn.blocks if b["type"] == "context"])) is bool(says)
    assert says is None or says in str(drawn.blocks)
    assert block_problems(drawn.payload["blocks"], surface="message") == []


def test_a_list_is_grouped_by_the_days_of_its_reader() -> None:
    # Monday noon in New York: what is due at two in the night is tomorrow's there.
    dues = [timedelta(hours=-1), timedelta(hours=5), timedelta(hours=14), timedelta(days=7)]
    lines = [
        Listed(partnership=PARTNERSHIP, commitment=replace(owed(), due_at=MONDAY_NOON + due))
        for due in dues
    ]

    asked = replace(owed(state="proposed"), due_at=MONDAY_NOON - timedelta(hours=1))
    lines.append(Listed(partnership=PARTNERSHIP, commitment=asked))

    groups = [group_of(one, "America/New_York", MONDAY_NOON) for one in lines]

    assert groups == ["late", "today", "week", "later", "asked"]


def test_a_list_says_how_each_stands_and_for_whom_alone_it_is() -> None:
    base = replace(owed(state="accepted"), title="Deck", due_at=MONDAY_NOON + timedelta(days=1))
    until = MONDAY_NOON + timedelta(days=2)
    closed: dict[str, Any] = {"state": "done", "closed_at": MONDAY_NOON, "review_until": until}
    said = {
        "not accepted yet": replace(base, state="proposed"),
        "delivered, can be sent back until": replace(base, **closed),
        "for leads only": replace(base, audience="leads"),
        "for your side only": replace(base, audience="vendor"),
        "important": replace(base, importance="high"),
        "sent back": replace(base, sent_back=1),
    }

    lines = {
        words: line(Listed(partnership=PARTNERSHIP, commitment=one), MONDAY_NOON)
        for words, one in said.items()
    }

    assert {words: shown for words, shown in lines.items() if words not in shown} == {}


def test_of_several_partners_a_list_names_the_others_only_in_its_menu() -> None:
    partners = tuple(Partner(partnership_id=f"p{n}", name=f"Client {n}", count=n) for n in (1, 2))
    page = replace(page_of(1), scope="mine", partners=partners, chosen="p2")

    drawn = listing(page, MONDAY_NOON)

    choice = next(block for block in drawn.blocks if block.get("block_id") == "list-partner")
    assert choice["elements"][0]["initial_option"]["text"]["text"] == "Client 2 (2)"
    others = [block for block in drawn.blocks if block is not choice]
    assert "Client 1" not in str(others)


def test_the_home_tab_shows_one_partner_with_the_buttons_of_its_hub() -> None:
    first = replace(long_names(), client=replace(long_names().client, name="Zenith"))
    second = replace(long_names(), id="p2")
    own = replace(listed(1)[0], partnership=second)
    page = home.Page(mine=(own,), partnerships=(first, second), chosen="p2")

    view = home.home(page, MONDAY_NOON)

    rows = [b for b in view["blocks"] if str(b.get("block_id")).startswith("hub-")]
    assert [{e.get("value") for e in row["elements"]} for row in rows] == [{"p2"}]
    assert "deliverable.done" in str(view["blocks"])
    choice = next(b for b in view["blocks"] if b.get("block_id") == "home-partner")
    assert "Zenith" not in str([block for block in view["blocks"] if block is not choice])
    assert choice["elements"][0]["initial_option"]["value"] == "p2"
    assert "daily.settings" in str(view["blocks"])


def test_the_home_tab_asks_a_lead_whether_a_past_check_in_took_place() -> None:
    asked = home.Question(check_in=CHECK_IN, link="https://acme.slack.com/archives/C1/p1")
    page = home.Page(partnerships=(CHECK_IN.partnership,), questions=(asked,))

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
    assert [b["block_id"] for b in form["blocks"][1:]] == [
        "title",
        "owner",
        "side",
        "due",
        "time",
        "more",
    ]
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
