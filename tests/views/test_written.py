import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.boards import Board, NextCheckIn
from domain.people import SIDES
from domain.written import Written, WrittenQuestion
from sandbox.blocks import block_problems, view_problems
from tests.checkin_stage import TURN
from tests.partners import ACME, GLOBALCALL, PARTNERSHIP, partnership
from tests.written_stage import FIVE, IN_WRITING, OPEN, asking, closed, said
from views import written as views
from views import written_forms as forms
from views.blocks import Drawn
from views.daily import Letter, daily
from views.proposals import card
from views.week import this_week

TYPED = st.text(alphabet="<!channel>&*_~`@ab \n", max_size=300)
NASTY = "<!channel> *bold* " * 166


def buttons(drawn: Drawn) -> list[str]:
    rows = [block for block in drawn.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


def problems(drawn: Drawn) -> list[object]:
    return [*block_problems(drawn.payload["blocks"], surface="message")]


def many(people: int, words: str, questions: tuple[WrittenQuestion, ...] = FIVE) -> Written:
    """Each of so many people of both sides answers everything."""
    every = [
        said(words, side, person_id=f"{side}{n}", writer="&" * 60, position=one.position, late=True)
        for side in SIDES
        for n in range(people)
        for one in questions
    ]
    named = partnership(
        client=replace(ACME, name="<" * 60), vendor=replace(GLOBALCALL, name="&" * 60)
    )
    found = closed(*every, questions=questions)
    return replace(found, check_in=replace(found.check_in, partnership=named))


def columns(drawn: Drawn) -> list[list[str]]:
    return [[one["text"] for one in block["fields"]] for block in drawn.blocks if "fields" in block]


def test_the_answers_of_both_sides_stand_side_by_side_below_each_question() -> None:
    found = closed(
        said("The deck"),
        said("The forecast", "client", person_id="maria", writer="Maria Alvarez"),
        said("Training", position=2),
    )

    first, second, third = columns(views.roll_up(found))

    assert first == [
        "*Acme*\nMaria Alvarez: The forecast",
        "*Globalcall*\nAna Reyes: The deck",
    ]
    assert second == ["*Acme*\nNothing to this one.", "*Globalcall*\nAna Reyes: Training"]
    assert third == [
        "*Acme*\nNothing to this one.",
        "*Globalcall*\nNothing to this one.",
    ]


def test_a_side_that_is_silent_is_waited_for_as_long_as_late_answers_count() -> None:
    found = closed(said("The deck"))

    waits = columns(views.roll_up(found))[0][0]
    over = views.roll_up(replace(found, takes_late=False))

    assert waits == "*Acme*\nNo answers yet."
    assert columns(over)[0][0] == "*Acme*\nNo answers."
    assert "written.answer" in buttons(views.roll_up(found))
    assert buttons(over) == ["written.read"]


def test_the_question_loses_its_buttons_once_it_is_over_skipped_or_cancelled() -> None:
    skipped = replace(OPEN.check_in, turn=replace(TURN, state="skipped"))
    cancelled = replace(OPEN.check_in, turn=replace(TURN, state="cancelled"))

    assert buttons(views.question(OPEN)) == [
        "written.answer",
        "written.questions",
        "checkin.change",
    ]
    for one in (closed(), replace(OPEN, check_in=skipped), replace(OPEN, check_in=cancelled)):
        assert buttons(views.question(one)) == []


def test_what_was_blanked_is_left_out() -> None:
    found = closed(said(None), questions=(WrittenQuestion(position=1),))

    drawn = views.roll_up(found)

    assert "A question that is no longer kept" in json.dumps(drawn.payload)
    assert columns(drawn)[0][1] == "*Globalcall*\nNothing to this one."


def test_everything_can_be_read_in_full_as_it_was_typed() -> None:
    found = closed(said("First line\nsecond <!channel>"), said("x" * 3000, "client", late=True))

    view = views.read_view(found)

    texts = [block["text"] for block in view["blocks"]]
    plain = [one["text"] for one in texts if one["type"] == "plain_text"]
    assert plain == [
        "Ana Reyes (Acme) (late):",
        "x" * 3000,
        "Ana Reyes (Globalcall): First line\nsecond <!channel>",
    ]
    assert view_problems(view) == []


@pytest.mark.parametrize("people", [0, 1, 3, 60])
@pytest.mark.parametrize("words", ["Done", NASTY, "&" * 3000], ids=["short", "nasty", "long"])
def test_slack_takes_every_drawing_however_much_was_written(people: int, words: str) -> None:
    asks = asking(*("&" * 199 + str(n) for n in range(5)))
    found = many(people, words, asks)

    drawn = views.roll_up(found)

    assert problems(drawn) == []
    assert problems(views.question(replace(found, turn=OPEN.turn, check_in=OPEN.check_in))) == []
    assert view_problems(views.read_view(found)) == []
    assert view_problems(forms.answer_form(found, dict.fromkeys(range(6), words))) == []
    assert "<!channel>" not in json.dumps([block.get("fields") for block in drawn.blocks])
    if people == 60:
        assert all("more" in column for row in columns(drawn) for column in row)


@given(words=TYPED, writer=TYPED)
def test_no_words_of_anybody_call_or_style_anything(words: str, writer: str) -> None:
    drawn = views.roll_up(closed(said(words, writer=writer)))

    shown = json.dumps(drawn.payload)
    assert "<!channel>" not in shown
    assert problems(drawn) == []


def test_the_form_says_who_reads_it_and_until_when() -> None:
    in_time, late = forms.answer_form(OPEN), forms.answer_form(OPEN, is_late=True)

    assert "Everybody in this channel reads the answers, with your name." in str(in_time)
    assert "You can change your answer until <!date^" in str(in_time)
    assert "marked as late" in str(late)


def test_the_preview_carries_five_of_the_longest_questions() -> None:
    words = ['"' * 200] * 5
    told = views.questions_changed(IN_WRITING, PARTNERSHIP, "client", (FIVE, asking(*words)))

    view = forms.questions_preview(PARTNERSHIP, IN_WRITING, told, words, 7)

    assert view_problems(view) == []
    carried = json.loads(view["private_metadata"])
    assert forms.carried_words(carried["words"]) == words
    assert problems(told) == []


def test_the_daily_message_counts_what_is_not_answered() -> None:
    letter = Letter(
        id="d1",
        name="Ana",
        slack_id=None,
        zone="Asia/Manila",
        put_at=OPEN.turn.opened_at,
        day_on=OPEN.turn.opened_at.date(),
    )

    def told(answered: bool, *, is_over: bool = False) -> Drawn:
        one = views.daily_section(PARTNERSHIP, "vendor", [(OPEN, answered)], is_over=is_over)
        return daily(letter, [one])

    assert "One thing today:" in told(False).text
    assert "three questions to answer in writing, until" in told(False).text
    assert buttons(told(False))[0] == "written.answer"
    assert "Nothing more for today" in told(True).text
    assert "written.answer" not in buttons(told(False, is_over=True))


def test_this_week_says_of_the_next_one_that_it_is_in_writing_and_asks_for_no_points() -> None:
    coming = NextCheckIn(
        turn_id="", title="Written check-in", starts_at=TURN.starts_at, minutes=30, is_written=True
    )

    drawn = this_week(PARTNERSHIP, TURN.starts_at.date(), Board(next_check_in=coming))

    assert "in writing (" in drawn.text
    assert "checkin.add_point" not in buttons(drawn)
    assert "checkin.add_point" in buttons(
        this_week(
            PARTNERSHIP, TURN.starts_at.date(), Board(next_check_in=replace(coming, turn_id="t"))
        )
    )


def test_the_card_of_one_in_writing_offers_its_questions_and_nothing_of_a_meeting() -> None:
    drawn = card(PARTNERSHIP, IN_WRITING, TURN)

    assert buttons(drawn) == ["written.questions", "checkin.change"]
    assert "in writing." in drawn.text
    assert "outside" not in drawn.text
