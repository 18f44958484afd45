"""Deliverables that recur: asked for turn by turn, accepted once, ended and taken up again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import cadences, partnerships, wakes
from data import deliverables as stored
from data.wakes import Wake
from domain.cadences import EndedLongAgo
from domain.deliverables import Commitment
from domain.partnerships import NotListed
from domain.recurrence import weekly
from domain.rights import NotAllowed
from domain.series import asked_from, due_at_turn, plan_of
from services import deliverable_endings, deliverables, series, series_lists
from services.deliverable_words import Asked
from services.series_words import repeat_here
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.words.commands import read_command
from views.words.verbs import RepeatDeliverable
from views.words.writer import Writer

THURSDAY = "<@U0ANA|ana> weekly roster every thursday"
DAY = timedelta(days=1)
ROSTER = plan_of("weekly roster", weekly((3,)), (date(2026, 11, 16), None), "Asia/Manila", {})


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def begin(stage: Stage, words: str = THURSDAY, who: str = "U0MARIA", fact: str = "f1") -> str:
    writer = Writer(now=MONDAY_NOON, zone="America/New_York", date_order="MDY")
    verb = read_command("/deliverable", words, writer)
    assert isinstance(verb, RepeatDeliverable), verb
    asked = Asked(who=stage.who(who), now=MONDAY_NOON, fact=fact)
    return repeat_here(stage.deps, asked, verb).drawn.text


def time_goes_on(stage: Stage, until: datetime) -> None:
    """Let the planner look whenever it asked to."""
    for _ in range(100):
        due = [one for one in wakes.due(stage.store.reading(), until, 100) if one.kind == "series"]
        if not due:
            return
        for wake in due:
            series.plan(stage.deps, wake, max(wake.due_at, MONDAY_NOON))
    raise AssertionError("the planner asks to be woken for ever")


def every(stage: Stage) -> list[Commitment]:
    found = stored.open_in(stage.store.reading(), stage.partnership)
    return [one.commitment for one in found]


def the_cadence(stage: Stage) -> str:
    (one,) = cadences.of_partnership(stage.store.reading(), stage.partnership, "series")
    return one.id


def test_it_is_said_back_and_its_first_turn_is_asked_for_at_once(stage: Stage) -> None:
    echo = begin(stage)
    begin(stage)

    (first,) = every(stage)
    assert (first.title, first.state, first.side) == ("weekly roster", "proposed", "vendor")
    assert first.due_at == datetime(2026, 11, 19, 10, 0, tzinfo=UTC)  # 18:00 in Manila
    assert "every Thursday" in echo
    assert "5 working days before" in echo
    assert "a yes holds for those that follow" in echo
    (card,) = [row for row in stage.said() if row.key.startswith("deliverable-card/")]
    assert "Repeats: every Thursday; a yes holds for those that follow" in str(card.payload)


@pytest.mark.parametrize("words", ["invoice monthly", "invoice every month"])
def test_how_often_is_asked_with_the_words_where_no_day_is_named(stage: Stage, words: str) -> None:
    said = begin(stage, f"<@U0ANA|ana> {words}")

    assert f"I read “{words.removeprefix('invoice ')}”. How often, and on which day?" in said
    assert "By when?" not in said
    assert every(stage) == []


def test_a_yes_holds_for_the_turns_that_follow(stage: Stage) -> None:
    begin(stage)
    (first,) = every(stage)
    deliverables.accept(stage.deps, stage.who("U0ANA"), first.id, MONDAY_NOON)

    time_goes_on(stage, MONDAY_NOON + 15 * DAY)

    found = every(stage)
    assert [one.state for one in found] == ["accepted"] * len(found)
    assert [one.due_at.date().isoformat() for one in found] == [
        "2026-11-19",
        "2026-11-26",
        "2026-12-03",
    ]
    assert len({one.id for one in found}) == 3


def test_without_an_answer_the_next_turn_asks_again(stage: Stage) -> None:
    begin(stage)

    time_goes_on(stage, MONDAY_NOON + 8 * DAY)

    assert [one.state for one in every(stage)] == ["proposed"] * 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(
            "31st of each month", "the last day of each month (the 31st, where", id="31st"
        ),
        pytest.param("30th of each month", "(of a shorter month its last day)", id="30th"),
    ],
)
def test_a_date_that_not_every_month_has_is_said_back_with_what_it_means(
    stage: Stage, words: str, says: str
) -> None:
    assert says in begin(stage, f"<@U0ANA|ana> invoice every {words}")


def test_a_turn_on_a_day_off_says_why_it_is_due_earlier(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        for day in (date(2026, 11, 23), date(2026, 12, 7)):
            partnerships.add_day_off(db, stage.partnership, "vendor", day, "typhoon")

    echo = begin(stage, "<@U0ANA|ana> weekly report every monday from 23 nov")
    time_goes_on(stage, datetime(2026, 12, 12, tzinfo=UTC))

    why = "{} is a day off for Globalcall, so it is due {}"
    first, third = why.format("Mon 23 Nov", "Fri 20 Nov"), why.format("Mon 7 Dec", "Fri 4 Dec")
    cards = [str(row.payload) for row in stage.said() if row.key.startswith("deliverable-card/")]
    assert first in echo
    assert [first in card or third in card for card in cards] == [True, False, True, False]


def test_whoever_is_asked_to_accept_reads_in_the_daily_message_that_a_yes_holds_for_all(
    stage: Stage,
) -> None:
    begin(stage)
    stage.look(stage.ana, MONDAY_NOON + timedelta(hours=14))

    (message,) = stage.dailies()
    assert "Will you take it on? Repeats: every Thursday; a yes holds for those that follow." in (
        str(message.payload)
    )


def test_what_its_owner_does_not_take_on_ends(stage: Stage) -> None:
    begin(stage)
    (first,) = every(stage)
    deliverable_endings.decline(stage.deps, stage.who("U0ANA"), first.id, MONDAY_NOON)
    shown = series_lists.list_here(stage.deps, stage.who("U0MARIA"), MONDAY_NOON)

    assert "Not taken on: it ends, unless somebody else is chosen" in str(shown)
    assert "Next:" not in str(shown)

    time_goes_on(stage, MONDAY_NOON + 30 * DAY)

    assert every(stage) == []
    assert cadences.of_partnership(stage.store.reading(), stage.partnership, "series") == []


def test_when_its_owner_leaves_the_first_lead_of_the_side_is_asked(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    begin(stage, "<@U0CARLO> weekly roster every thursday", who="U0ANA")
    stage.person("U0CARLO", ("vendor", "member", True), deleted=True)

    time_goes_on(stage, MONDAY_NOON + 8 * DAY)

    assert [one.owner_id for one in every(stage)] == [carlo, stage.ana]


def test_after_a_hole_what_is_past_is_not_asked_for(stage: Stage) -> None:
    begin(stage)
    back_at = MONDAY_NOON + 40 * DAY

    for _ in range(20):
        due = [one for one in wakes.due(stage.store.reading(), back_at, 9) if one.kind == "series"]
        for wake in due:
            series.plan(stage.deps, wake, back_at)

    assert [one.due_at > back_at for one in every(stage)] == [False, True]


def test_it_is_ended_by_its_author_or_a_lead_and_taken_up_again_within_a_day(stage: Stage) -> None:
    stage.person("U0CARLO", ("vendor", "member", True))
    begin(stage)
    cadence_id = the_cadence(stage)

    with pytest.raises(NotAllowed):
        series_lists.end(stage.deps, stage.who("U0CARLO"), cadence_id, MONDAY_NOON)
    series_lists.end(stage.deps, stage.who("U0ANA"), cadence_id, MONDAY_NOON)
    series_lists.end(stage.deps, stage.who("U0MARIA"), cadence_id, MONDAY_NOON)
    time_goes_on(stage, MONDAY_NOON + 15 * DAY)
    asked_while_ended = len(every(stage))
    with pytest.raises(EndedLongAgo):
        series_lists.resume(stage.deps, stage.who("U0ANA"), cadence_id, MONDAY_NOON + 2 * DAY)
    series_lists.resume(stage.deps, stage.who("U0ANA"), cadence_id, MONDAY_NOON)
    time_goes_on(stage, MONDAY_NOON + 8 * DAY)

    assert asked_while_ended == 1
    assert len(every(stage)) == 2
    told = [str(row.payload["text"]) for row in stage.said() if row.key.startswith("series-")]
    assert told == [
        "*weekly roster* (Globalcall): repeats no more.",
        "*weekly roster* (Globalcall): repeats again, every Thursday.",
    ]


def test_undo_takes_back_all_of_it(stage: Stage) -> None:
    begin(stage)

    series_lists.take_back(stage.deps, stage.who("U0MARIA"), the_cadence(stage), MONDAY_NOON)
    time_goes_on(stage, MONDAY_NOON + 30 * DAY)

    assert every(stage) == []


def test_the_list_shows_the_next_due_and_no_person_where_others_read_it(stage: Stage) -> None:
    begin(stage)

    own = series_lists.list_here(stage.deps, stage.who("U0ANA"), MONDAY_NOON)
    public = series_lists.list_here(stage.deps, stage.who("U0ANA"), MONDAY_NOON, is_public=True)

    assert "<@U0ANA>, Globalcall" in str(own.blocks)
    assert "series.end" in str(own.blocks)
    assert "U0ANA" not in str(public.blocks)
    assert "series.end" not in str(public.blocks)
    assert "Next: " in str(public.blocks)
    with pytest.raises(NotListed):
        begin(stage, who="U0NOBODY", fact="f2")


def test_a_wake_of_a_turn_that_is_gone_is_cleared(stage: Stage) -> None:
    wake = Wake(
        team_id=ACME_TEAM,
        kind="series",
        subject_id="gone",
        partnership_id=stage.partnership.id,
        due_at=MONDAY_NOON,
    )

    series.plan(stage.deps, wake, MONDAY_NOON)

    assert wakes.wake_of(stage.store.reading(), ACME_TEAM, "series", "gone") is None


def test_what_is_given_to_a_side_is_asked_of_whoever_sees_to_it_each_time(stage: Stage) -> None:
    begin(stage, "Globalcall: weekly roster every thursday")
    echo = series_lists.list_here(stage.deps, stage.who("U0MARIA"), MONDAY_NOON)

    time_goes_on(stage, MONDAY_NOON + 8 * DAY)

    assert [(one.owner_kind, one.owner_id) for one in every(stage)] == [("side", stage.ana)] * 2
    assert "(Globalcall)" in str(echo.blocks)


@settings(max_examples=12, deadline=None)
@given(steps=st.lists(st.integers(1, 72), min_size=5, max_size=25))
def test_however_late_time_looks_no_turn_is_lost_or_doubled(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    stage = staged(tmp_path_factory.mktemp("series"))
    begin(stage)
    now = MONDAY_NOON

    for hours in steps:
        now += timedelta(hours=hours)
        for _ in range(2):  # safe to run twice
            for wake in wakes.due(stage.store.reading(), now, 9):
                if wake.kind == "series":
                    series.plan(stage.deps, wake, now)

    first, *others = every(stage)
    days = [one.due_at.date() for one in (first, *others)]
    assert days == [days[0] + 7 * DAY * n for n in range(len(days))]
    asked = [asked_from(ROSTER, one.due_at, stage.member(stage.ana).calendar) for one in others]
    assert all(at <= now for at in asked)
    following = days[-1] + 7 * DAY
    next_due = due_at_turn(
        ROSTER, datetime.combine(following, time()), stage.member(stage.ana).calendar, now
    )
    assert next_due is not None
    assert asked_from(ROSTER, next_due, stage.member(stage.ana).calendar) > now
    stage.store.close()
