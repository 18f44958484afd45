"""Words by which a deliverable comes in: from a message, as a list, again and again."""

from datetime import date, time

import pytest

from domain.recurrence import LAST, Rule, monthly_by_date, monthly_by_working_day, weekly
from tests.views.test_words_commands import ANA, FRIDAY, WRITER, typed
from views.words.commands import read_mention
from views.words.verbs import (
    ListDeliverables,
    NewDeliverable,
    OpenForm,
    PasteList,
    RepeatDeliverable,
    ShowSeries,
    TrackMessage,
    Verb,
)

TWO = "@ana deck by friday\n@ben roster"


def mentioned(line: str) -> Verb:
    return read_mention(line, WRITER)


@pytest.mark.parametrize("words", ["track this", "Track this!", "track", "pin this", "track it:"])
def test_a_message_is_to_be_tracked_and_nothing_is_named_of_it(words: str) -> None:
    verb = mentioned(words)

    assert isinstance(verb, TrackMessage)
    assert (verb.said.owner, verb.said.due.day) == (None, None)
    assert verb.said.title.strip("!") == ""


def test_title_owner_and_date_may_stand_behind_it() -> None:
    verb = mentioned("track this: refund script by friday <@U1|ana>")

    assert isinstance(verb, TrackMessage)
    assert (verb.said.title, verb.said.owner, verb.said.due.day) == ("refund script", ANA, FRIDAY)


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("/deliverable paste", ""),
        ("/touchbase paste a list", ""),
        (f"/deliverable paste\n{TWO}", TWO),
        (f"/deliverable paste: {TWO}", TWO),
        (f"/deliverable {TWO}", TWO),
        (f"/touchbase deliverables:\n{TWO}", TWO),
    ],
)
def test_several_lines_are_a_list(line: str, lines: str) -> None:
    assert typed(line) == PasteList(typed=lines)


@pytest.mark.parametrize(
    "line", ["/deliverable paste the logo into the deck by friday", "/deliverable deck by friday\n"]
)
def test_one_line_is_one_deliverable(line: str) -> None:
    assert isinstance(typed(line), NewDeliverable)


@pytest.mark.parametrize(
    ("line", "rule", "title", "start"),
    [
        pytest.param(
            "/deliverable <@U1|ana> weekly roster every thursday",
            weekly((3,)),
            "weekly roster",
            None,
            id="every weekday",
        ),
        pytest.param(
            "/deliverable <@U1> monthly invoice every last working day",
            monthly_by_working_day(LAST),
            "invoice",
            None,
            id="every last working day",
        ),
        pytest.param(
            "/deliverable <@U1> roster every other friday 5pm",
            weekly((4,), 2),
            "roster",
            time(17),
            id="with an hour",
        ),
        pytest.param(
            "/deliverable <@U1> roster weekly starting tuesday",
            weekly((1,)),
            "roster",
            None,
            id="weekly from a weekday",
        ),
        pytest.param(
            "/deliverable <@U1> invoice monthly on the 31st",
            monthly_by_date(31),
            "invoice",
            None,
            id="behind the title",
        ),
        pytest.param(
            "/deliverable <@U1> invoice every month starting december 5",
            monthly_by_date(5),
            "invoice",
            None,
            id="from a date on",
        ),
    ],
)
def test_what_comes_every_so_often_repeats(
    line: str, rule: Rule, title: str, start: time | None
) -> None:
    verb = typed(line)

    assert isinstance(verb, RepeatDeliverable), verb
    assert (verb.owner, verb.title) == (ANA, title)
    assert (verb.rhythm.rule, verb.rhythm.start) == (rule, start)


@pytest.mark.parametrize(
    "line",
    [
        "/deliverable <@U1> weekly report by friday",
        "/deliverable <@U1> monthly report on friday",
        "/deliverable <@U1> review of the monthly figures by friday",
        "/deliverable <@U1> review every ticket by friday",
        "/deliverable <@U1> monday deck friday",
    ],
)
def test_a_rhythm_in_the_title_alone_repeats_nothing(line: str) -> None:
    verb = typed(line)

    assert isinstance(verb, NewDeliverable)
    assert verb.due.day == date(2026, 11, 20)


@pytest.mark.parametrize(
    "line", ["/deliverable repeats", "/touchbase what repeats", "/touchbase repeats"]
)
def test_what_repeats_is_listed(line: str) -> None:
    assert typed(line) == ShowSeries()


def test_lists_and_the_form_are_asked_for_as_before() -> None:
    assert typed("/deliverable") == OpenForm(subject="deliverable")
    assert typed("/deliverable list") == ListDeliverables(scope="all")
