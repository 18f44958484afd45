"""The posts before a check-in: what stands on them, within limits, and nothing for leads alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agenda import Agenda, Carried, TopicFacts, public_topics
from domain.checkins import AgendaPoint
from domain.deliverables import Commitment
from domain.topics import WORDS_MOST, Topic, TopicAudience, default_topics
from sandbox.blocks import block_problems, view_problems
from tests.checkin_stage import CHECK_IN, NOW, STARTS_AT, TURN, titled, with_points
from tests.partners import PARTNERSHIP
from views import topics
from views.agenda import agenda, reminder, start

POINT = AgendaPoint(id="p", side="vendor", person_id="ana", words="refund script", added_at=NOW)
OWED = Commitment(
    team_id=PARTNERSHIP.team_id,
    id="deck",
    partnership_id=PARTNERSHIP.id,
    title="Training deck",
    owner_id="ana",
    side="vendor",
    state="accepted",
    due_at=NOW,
    first_due_at=NOW,
    created_by="maria",
    created_at=NOW,
)
SHOWN, FOR_LEADS = public_topics(TopicFacts(every=default_topics(PARTNERSHIP)), STARTS_AT)
FULL: Final = Agenda(
    carried=(
        Carried(point=POINT, from_at=STARTS_AT - timedelta(days=7), outcome="parked"),
        Carried(point=POINT, from_at=STARTS_AT - timedelta(days=7), outcome=None),
    ),
    owed=(OWED, replace(OWED, state="proposed", side="client", title="Names")),
    topics=SHOWN,
    for_leads=FOR_LEADS,
)
DRAWN = [agenda, reminder, start]


def test_an_agenda_says_what_there_is_to_talk_about() -> None:
    text = str(agenda(with_points(1, "refunds"), FULL).blocks)

    assert "refund script (Globalcall), parked on Tue 17 Nov" in text
    assert "refund script (Globalcall), was for Tue 17 Nov" in text
    assert "• refunds (Globalcall)" in text
    assert "*Training deck* (Globalcall), due Tue 24 Nov" in text
    assert "*Names* (Acme), asked for by Mon 23 Nov, not taken on yet" in text
    assert "To talk about: volume forecast, quality, staffing, training," in text
    assert "2 topics for the leads." in text
    assert "pricing" not in text
    counted = f"3 points and {len(SHOWN)} topics on the agenda. 2 topics for the leads."
    assert counted in agenda(with_points(1, "refunds"), FULL).text


@pytest.mark.parametrize(
    ("built", "counted"),
    [
        pytest.param(Agenda(), "No points yet.", id="nothing"),
        pytest.param(
            replace(FULL, carried=()),
            f"{len(SHOWN)} topics on the agenda. 2 topics for the leads.",
            id="topics that nobody raised",
        ),
        pytest.param(Agenda(for_leads=1), "1 topic for the leads.", id="only for the leads"),
        pytest.param(Agenda(carried=FULL.carried[:1]), "1 point on the agenda.", id="one point"),
    ],
)
def test_a_reminder_counts_what_the_agenda_holds_in_its_words(built: Agenda, counted: str) -> None:
    drawn = reminder(CHECK_IN, built)

    assert drawn.text.endswith(f"30 minutes. {counted}")


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        pytest.param(None, "Volume forecast", id="ours"),
        pytest.param("night rates", "Night rates", id="typed"),
        pytest.param("eBay returns", "eBay returns", id="a name"),
    ],
)
def test_a_topic_begins_a_line_with_a_capital(typed: str | None, called: str) -> None:
    topic = replace(SHOWN[0], words=typed)

    said = topics.gap_words(PARTNERSHIP, topic, None)

    assert said.startswith(f"*{called}*: not talked about yet;")


def test_the_start_carries_the_same_agenda_and_the_link() -> None:
    check_in = replace(titled("Review", link="https://meet.example"), points=(POINT,))

    drawn = start(check_in, FULL)

    assert "Training deck" in str(drawn.blocks)
    assert "https://meet.example" in str(drawn.blocks)
    assert "topics.for_leads" in str(drawn.blocks)


def test_a_coffee_has_no_agenda() -> None:
    coffee = titled("Coffee", settings={"preset": "coffee"})

    for draw in DRAWN:
        drawn = draw(coffee)
        assert "No agenda." in drawn.text
        assert "checkin.add_point" not in str(drawn.blocks)


def test_a_side_that_plans_no_changes_is_named_and_can_say_otherwise() -> None:
    changes = FULL.changes
    assert changes is not None
    said = replace(FULL, nones={changes.id: frozenset({"client"})})

    before, after = (str(agenda(CHECK_IN, one).blocks) for one in (FULL, said))

    assert "topics.some" not in before
    assert "Upcoming changes: none at Acme." in after
    assert "topics.some" in after
    assert ", upcoming changes" in after


def test_where_no_side_plans_changes_they_are_not_to_be_talked_about() -> None:
    changes = FULL.changes
    assert changes is not None
    said = replace(FULL, nones={changes.id: frozenset({"client", "vendor"})})

    text = str(agenda(CHECK_IN, said).blocks)

    assert ", upcoming changes" not in text
    assert "Upcoming changes: none at Acme and none at Globalcall." in text


def test_once_it_is_over_the_agenda_says_what_became_of_it() -> None:
    over = replace(with_points(1, "refunds"), turn=replace(TURN, state="over"))
    said = replace(FULL, outcomes={"0": "decided", SHOWN[0].id: "not_reached"})

    text = str(agenda(over, said).blocks)

    assert "refunds (Globalcall): decided" in text
    assert "volume forecast (not reached)" in text
    assert "Training deck" not in text
    assert "checkin.late" not in text


def test_a_long_agenda_is_cut_and_within_the_limits() -> None:
    long = replace(OWED, title="<!channel> *x* " * 30)
    typed = tuple(replace(SHOWN[0], id=f"t{n}", words="x" * WORDS_MOST) for n in range(30))
    full = replace(FULL, owed=(long,) * 60, carried=FULL.carried * 30, topics=typed)

    for draw in DRAWN:
        drawn = draw(with_points(60, "<!here> " * 30), full)
        assert block_problems(list(drawn.blocks), surface="message") == []
        assert "<!channel>" not in str(drawn.payload)
        # Slack: a message's blocks <= 13200 characters
        assert len(str(drawn.blocks)) < 13_200
    shown = agenda(CHECK_IN, full)
    assert "…and 48 more" in str(shown.blocks)
    assert "and 18 more." in str(shown.blocks)


audiences: st.SearchStrategy[TopicAudience] = st.sampled_from(["both", "leads"])


@st.composite
def generated_topics(draw: st.DrawFn) -> list[Topic]:
    kinds = draw(st.lists(st.tuples(audiences, st.booleans()), max_size=12))
    made = default_topics(PARTNERSHIP)[0]
    return [
        replace(
            made,
            id=f"t{number}",
            code=None,
            words=f"secret{number}" if audience == "leads" else f"shared{number}",
            audience=audience,
            retired_at=NOW if is_retired else None,
        )
        for number, (audience, is_retired) in enumerate(kinds)
    ]


@given(generated_topics())
def test_nothing_for_the_leads_ever_stands_in_the_channel(every: list[Topic]) -> None:
    shown, more = public_topics(TopicFacts(every=every), STARTS_AT)
    built = Agenda(topics=shown, for_leads=more)
    due = [one for one in every if one.retired_at is None]

    for draw in DRAWN:
        text = str(draw(CHECK_IN, built).payload)
        assert "secret" not in text
    drawn = str(agenda(CHECK_IN, built).payload)
    assert all(str(one.words) in drawn for one in due if one.audience == "both")
    assert more == sum(one.audience == "leads" for one in due)


def test_the_views_of_topics_are_within_the_limits() -> None:
    long = replace(SHOWN[0], code=None, words="<!channel>" * 10)
    every = [
        topics.Listed(topic=replace(long, id=f"t{n}"), covered_at=NOW if n % 2 else None)
        for n in range(40)
    ]

    drawn = [
        topics.topic_list(PARTNERSHIP, every, is_lead=True),
        topics.topic_list(PARTNERSHIP, [], is_lead=False),
        topics.topic_form(PARTNERSHIP, None, "new"),
        topics.topic_form(PARTNERSHIP, replace(long, words="x" * WORDS_MOST, every_weeks=5), "new"),
        topics.topic_form(PARTNERSHIP, replace(long, audience="leads"), "new"),
        topics.for_leads(PARTNERSHIP, every),
    ]

    for view in drawn:
        assert view_problems(view) == []
        assert "<!channel>" not in str([one for one in view["blocks"] if one["type"] == "section"])
