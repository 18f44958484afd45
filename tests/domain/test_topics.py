from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.topics import (
    CRITICAL,
    FOR_LEADS,
    NamelessTopic,
    NoSuchRhythm,
    Topic,
    TopicChange,
    TopicChangedLongAgo,
    TopicChangedSince,
    TopicForm,
    checked_form,
    default_topics,
    due_topics,
    require_undoable,
    with_defaults,
)
from tests.partners import MONDAY_NOON, PARTNERSHIP, partnership

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
TURN_AT = datetime(2027, 1, 12, 15, tzinfo=UTC)  # a Tuesday, 10:00 in New York
RISKS = Topic(
    id="risks",
    code="risks",
    words=None,
    every_weeks=4,
    audience="both",
    position=0,
    made_at=MONDAY_NOON,
)


def test_a_call_center_starts_with_its_usual_round_and_what_is_critical_anywhere() -> None:
    every = default_topics(PARTNERSHIP)

    assert [one.code for one in every] == ["volume", "quality", "staffing", "training", *CRITICAL]
    assert {one.code for one in every if one.audience == "leads"} == FOR_LEADS
    assert {one.code for one in every if one.is_critical} == set(CRITICAL)
    assert {one.every_weeks for one in every if not one.is_critical} == {1}


def test_just_check_ins_start_without_topics() -> None:
    assert default_topics(partnership(template="just_check_ins")) == []


def test_a_template_names_no_topic_twice() -> None:
    codes = [one.code for one in default_topics(partnership(template="one_project"))]

    assert len(set(codes)) == len(codes)


def test_what_was_changed_takes_the_place_of_what_came_with_the_template() -> None:
    known = default_topics(PARTNERSHIP)[1]
    changed, own = replace(known, every_weeks=3), replace(RISKS, id="own", code=None, position=99)

    every = with_defaults(PARTNERSHIP, [own, changed])

    assert every[1] == changed
    assert every[-1] == own
    assert len(every) == len(default_topics(PARTNERSHIP)) + 1


@pytest.mark.parametrize(
    ("topic", "covered_at", "is_due"),
    [
        pytest.param(RISKS, None, True, id="never talked about"),
        pytest.param(RISKS, TURN_AT - 4 * WEEK, True, id="four weeks ago"),
        pytest.param(RISKS, TURN_AT - 3 * WEEK, False, id="three weeks ago"),
        pytest.param(RISKS, TURN_AT - 4 * WEEK + 2 * DAY, True, id="the turn is two days early"),
        pytest.param(RISKS, TURN_AT - 4 * WEEK + 4 * DAY, False, id="the turn is four days early"),
        pytest.param(
            replace(RISKS, every_weeks=1), TURN_AT - WEEK, True, id="every week, a week ago"
        ),
        pytest.param(replace(RISKS, made_at=TURN_AT + DAY), None, False, id="added later"),
        pytest.param(replace(RISKS, retired_at=TURN_AT - DAY), None, False, id="taken off"),
        pytest.param(replace(RISKS, retired_at=TURN_AT + DAY), None, True, id="taken off later"),
    ],
)
def test_when_a_topic_is_due(topic: Topic, covered_at: datetime | None, is_due: bool) -> None:
    covered = {} if covered_at is None else {topic.id: covered_at}

    assert (due_topics([topic], covered, TURN_AT) == [topic]) is is_due


@pytest.mark.parametrize(
    ("form", "error"),
    [
        pytest.param(TopicForm(words="  ", every_weeks=4), NamelessTopic, id="no words"),
        pytest.param(TopicForm(words="rates", every_weeks=0), NoSuchRhythm, id="no weeks"),
        pytest.param(TopicForm(words="rates", every_weeks=53), NoSuchRhythm, id="over a year"),
    ],
)
def test_what_a_form_refuses(form: TopicForm, error: type[Exception]) -> None:
    with pytest.raises(error):
        checked_form(form)


def test_a_form_is_read_without_needless_spaces() -> None:
    assert checked_form(TopicForm(words=" night \n shift ", every_weeks=2)).words == "night shift"


def test_a_change_is_taken_back_within_a_day_unless_it_was_changed_since() -> None:
    after = replace(RISKS, every_weeks=2)
    change = TopicChange(
        id="1",
        partnership_id="p1",
        side="client",
        person_id="maria",
        before=RISKS,
        after=after,
        made_at=MONDAY_NOON,
    )

    require_undoable(change, after, MONDAY_NOON + DAY / 2)
    with pytest.raises(TopicChangedLongAgo):
        require_undoable(change, after, MONDAY_NOON + DAY)
    with pytest.raises(TopicChangedSince):
        require_undoable(change, replace(after, every_weeks=6), MONDAY_NOON)
