from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.people import SIDES, Side
from domain.pulse import Score, Survey, Tally
from domain.pulse_outcomes import Outcome, outcome
from domain.pulse_questions import OwnQuestion, looking_back, of_ones_own
from domain.pulse_results import Group
from sandbox.blocks import block_problems, view_problems
from tests.partners import ACME, GLOBALCALL, PARTNERSHIP, partnership
from tests.pulse_stage import SURVEY, closed
from views import lessons, pulse_results
from views.blocks import Drawn
from views.pulse_comments import written_in_full
from views.pulse_results import channel_result, figures, latest, leads_result, talk_words

CLIENT: dict[Score, int] = {1: 0, 2: 0, 3: 0, 4: 2, 5: 1}
VENDOR: dict[Score, int] = {1: 1, 2: 2, 3: 1, 4: 0, 5: 0}
BOTH: dict[Side, dict[Score, int]] = {"client": CLIENT, "vendor": VENDOR}
MANY: dict[Side, dict[Score, int]] = {"client": {4: 6}, "vendor": {2: 1, 3: 5}}
ALL_WELL: dict[Side, dict[Score, int]] = {"client": {4: 4}, "vendor": {4: 3, 5: 1}}
LONG = partnership(
    client=replace(ACME, name="<!channel> *" * 40), vendor=replace(GLOBALCALL, name="&" * 300)
)
LOUD = of_ones_own([OwnQuestion(words="<!here> " * 25)])


def came_of(scores: Mapping[Side, Mapping[Score, int]], answered: int, **changes: Any) -> Outcome:
    return outcome(PARTNERSHIP, closed(scores, answered, **changes), [])


def weeks(*scores: Mapping[Side, Mapping[Score, int]]) -> Outcome:
    """Of surveys that closed a week after each other, the last of them now."""
    every: list[Survey] = []
    for back, one in enumerate(reversed(scores)):
        survey = closed(one, 12)
        every.insert(0, replace(survey, closes_at=survey.closes_at - back * timedelta(weeks=1)))
    return outcome(PARTNERSHIP, every[-1], every[:-1])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(came_of(BOTH, 7), "3.0 of 5, seven answers. Thank you.", id="both sides"),
        pytest.param(came_of({}, 4), "four answers, too few to show. Thank you.", id="too few"),
        pytest.param(came_of({}, 1), "one answer, too few to show. Thank you.", id="one answer"),
        pytest.param(came_of({}, 0), "no answers this time.", id="nobody"),
        pytest.param(
            came_of({"vendor": VENDOR}, 17),
            "17 answers, but one side gave too few, so nothing is shown here. The leads see what",
            id="one side",
        ),
    ],
)
def test_the_channel_reads_the_joint_mean_or_why_there_is_none(found: Outcome, said: str) -> None:
    assert said in channel_result(PARTNERSHIP, found, "leads").text


def test_the_channel_reads_of_the_sides_only_where_both_leads_agreed() -> None:
    usual, agreed = (
        channel_result(PARTNERSHIP, came_of(BOTH, 7), means).text for means in ("leads", "channel")
    )

    assert "4.3" not in usual
    assert "Acme 4.3, Globalcall 2.0." in agreed


def test_one_side_alone_is_not_shown_in_the_channel_whatever_was_agreed() -> None:
    found = came_of({"vendor": VENDOR}, 17)

    assert "2.0" not in channel_result(PARTNERSHIP, found, "channel").text


def test_all_that_both_sides_wrote_finds_room_below_each_other() -> None:
    wrote: dict[Group, tuple[str, ...]] = {
        side: tuple(f"{n} {'<words> & ' * 300}" for n in range(12)) for side in SIDES
    }
    results = dict.fromkeys((2, 3, 4), Tally(comments=wrote))
    survey = replace(SURVEY, questions=looking_back(), state="closed", answered=24, results=results)

    drawn = leads_result(PARTNERSHIP, outcome(PARTNERSHIP, survey, []))

    shown = [block["text"]["text"] for block in drawn.blocks if block["type"] == "section"]
    assert sum(text.count("…and 2 more") for text in shown) == len(SIDES) * 3
    in_full = written_in_full(PARTNERSHIP, survey)
    assert "11 &lt;words" in " ".join(in_full)
    assert in_full[-1] == "More was written than finds room here."
    assert view_problems(pulse_results.results_view(drawn, in_full)) == []
    assert view_problems(lessons.form(PARTNERSHIP, survey, None, "l" * 20)) == []


@pytest.mark.parametrize(
    ("said", "is_repeated"),
    [
        pytest.param(["short"] * 10, False, id="ten short ones"),
        pytest.param(["short"] * 11, True, id="one more than is shown"),
        pytest.param(["word " * 500], True, id="a long one"),
    ],
)
def test_what_the_results_do_not_say_whole_stands_in_full_below_them(
    said: list[str], is_repeated: bool
) -> None:
    results = {2: Tally(comments={"client": tuple(said)})}
    survey = replace(SURVEY, questions=looking_back(), state="closed", results=results)

    in_full = "\n".join(written_in_full(PARTNERSHIP, survey))

    assert [in_full.count(one.strip()) for one in set(said)] == [len(said) if is_repeated else 0]


def test_what_is_worth_a_talk_has_a_button_and_the_channel_reads_no_reason() -> None:
    channel = channel_result(PARTNERSHIP, came_of(BOTH, 7), "leads")
    leads = leads_result(PARTNERSHIP, came_of(BOTH, 7))
    well = channel_result(PARTNERSHIP, came_of(ALL_WELL, 8), "leads")

    assert "Worth a few minutes together: *how was the hand-over?*.\n" in f"{channel.text}\n"
    assert "as it is low" in leads.text
    assert pulse_results.TALK in str(channel.blocks)
    assert pulse_results.TALK in str(leads.blocks)
    assert pulse_results.TALK not in str(well.blocks)
    assert "Worth" not in well.text


def test_leads_read_both_sides_how_they_differ_and_who_answered() -> None:
    found = came_of(BOTH, 7, answered_by_side={"client": 3, "vendor": 4})

    drawn = leads_result(PARTNERSHIP, found)

    assert "Acme 4.3, Globalcall 2.0." in drawn.text
    assert "You see it differently" in drawn.text
    assert "Answered: Acme 3 of 5, Globalcall 4 of 7." in drawn.text
    assert "chose" not in drawn.text


def test_how_answers_spread_is_read_from_five_on() -> None:
    assert (
        "Globalcall: one chose 2, five chose 3" in leads_result(PARTNERSHIP, came_of(MANY, 12)).text
    )


def test_few_who_are_all_alike_and_low_are_asked_to_talk() -> None:
    found = came_of({"client": {1: 3}, "vendor": {4: 4}}, 7)

    drawn = leads_result(PARTNERSHIP, found)

    assert "Acme low, all alike: talk, Globalcall 4.0." in drawn.text
    assert "1.0" not in drawn.text


def test_where_one_side_is_too_small_to_be_counted_neither_is() -> None:
    found = came_of({"vendor": VENDOR}, 6, answered_by_side={"vendor": 4})

    assert "Answered" not in leads_result(PARTNERSHIP, found).text


def test_sides_that_see_it_alike_are_not_told_to_talk() -> None:
    assert "differently" not in leads_result(PARTNERSHIP, came_of(ALL_WELL, 8)).text


def test_a_change_is_told_once_there_are_answers_enough() -> None:
    first, second = weeks(MANY), weeks(BOTH, BOTH)
    many = weeks({"client": {5: 6}, "vendor": {3: 6}}, MANY, MANY, MANY, MANY, MANY)

    assert "Over the last" not in leads_result(PARTNERSHIP, first).text
    assert "Over the last" not in leads_result(PARTNERSHIP, second).text
    assert (
        "Over the last eight weeks, on the same questions: Acme falling by 0.5, Globalcall about"
        " the same." in leads_result(PARTNERSHIP, many).text
    )


def test_the_weeks_as_figures_name_the_sides_for_leads_alone() -> None:
    found = weeks(BOTH, MANY)

    leads = figures(PARTNERSHIP, found, by_side=True)
    channel = figures(PARTNERSHIP, found, by_side=False)

    assert leads is not None
    assert channel is not None
    assert leads.labels == channel.labels == ["9 Nov", "16 Nov"]
    assert list(leads.series) == ["Acme", "Globalcall"]
    assert list(channel.series) == ["Both sides"]
    assert figures(PARTNERSHIP, weeks(MANY), by_side=True) is None


def test_a_talking_point_stands_on_the_agenda_in_the_words_of_its_question() -> None:
    found = came_of(BOTH, 7)

    assert found.talk is not None
    assert talk_words(found.survey, found.talk.position) == "From the pulse: how was the hand-over?"


def test_nothing_closed_yet_says_so() -> None:
    said = latest(PARTNERSHIP, None, "leads", for_lead=True)

    assert said.text == "No pulse has closed here yet."


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(channel_result(LONG, came_of(BOTH, 7, questions=LOUD), "channel"), id="all"),
        pytest.param(leads_result(LONG, came_of(BOTH, 7, questions=LOUD)), id="leads"),
        pytest.param(latest(LONG, weeks(*[BOTH] * 8), "leads", for_lead=True), id="latest"),
    ],
)
def test_messages_fit_slack_with_the_longest_names_and_call_nobody(drawn: Drawn) -> None:
    assert block_problems(drawn.payload["blocks"], surface="message") == []
    assert view_problems(pulse_results.results_view(drawn)) == []
    assert "<!channel>" not in str(drawn.payload)
    assert "<!here>" not in str(drawn.payload)
