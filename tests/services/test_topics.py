"""Topics over a store: what is due, what became of it, and who reads what of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import cadences, checkins, topics
from domain.cadences import Occurrence, Plan
from domain.checkins import AgendaPoint
from domain.outgoing import Row
from domain.partnerships import NoPartnershipHere
from domain.people import Side
from domain.recurrence import Turn
from domain.rights import NotAllowed
from domain.rule_text import weekly
from domain.topics import ItemOutcome, Outcome, TopicChangedSince, TopicForm, UnknownTopic
from services import gap_facts, topic_changes
from services import topics as verbs
from services.actors import actor_in
from services.agenda import agenda_of
from services.checkins import check_in_in
from services.known import Known
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged

WEEK = timedelta(weeks=1)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return staged(tmp_path)


def turns(stage: Stage, count: int) -> list[Occurrence]:
    """Some turns of a weekly check-in that are over; the last one is to come."""
    plan = Plan(
        kind="checkin",
        title="Review",
        rule=weekly((1,)),
        local_start=datetime.fromisoformat("2026-11-17T10:00"),
        zone=NEW_YORK,
        length=timedelta(minutes=30),
    )
    with stage.store.writing(None) as db:
        cadence = cadences.insert(db, stage.partnership, plan, by=None, now=MONDAY_NOON)
        assert cadence is not None
        found = []
        for number in range(count):
            original = plan.local_start + number * WEEK
            starts_at = MONDAY_NOON + timedelta(hours=22) + number * WEEK
            turn = Turn(original=original, starts_at=starts_at)
            found.append(cadences.add_turn(db, cadence, turn, MONDAY_NOON))
            if number < count - 1:
                cadences.set_state(db, found[-1], "over")
    return [cadences.occurrence(stage.store.reading(), one.team_id, one.id) or one for one in found]


def told_of_changes(stage: Stage) -> list[Row]:
    return [row for row in stage.said() if row.key.startswith("topic-changed/")]


def say(stage: Stage, turn: Occurrence, slack_id: str, **said: Outcome) -> bool:
    actor = actor_in(stage.store, stage.who(slack_id), stage.partnership)
    items = [
        ItemOutcome(kind="topic", id=f"{code}-{stage.partnership.id}", outcome=outcome)
        for code, outcome in said.items()
    ]
    with stage.store.writing(stage.partnership.id) as db:
        return verbs.record_outcomes(db, actor, turn, items, turn.ends_at)


def codes(stage: Stage, turn: Occurrence, *, is_lead: bool) -> set[str]:
    db = stage.store.reading()
    asked = verbs.asked_about(db, stage.partnership, turn, is_lead=is_lead)
    return {one.id.partition("-")[0] for one in asked if one.kind == "topic"}


def test_what_was_decided_or_parked_is_not_due_again_and_what_was_not_reached_is(
    stage: Stage,
) -> None:
    first, second = turns(stage, 2)

    said = say(stage, first, "U0MARIA", risks="decided", people="parked", customers="not_reached")
    again = say(stage, first, "U0MARIA", risks="decided")

    assert (said, again) == (True, False)
    due = codes(stage, second, is_lead=True)
    assert {"customers", "performance", "volume", "money"} <= due
    assert due.isdisjoint({"risks", "people"})
    assert {"risks", "people"} <= codes(stage, first, is_lead=True)
    db = stage.store.reading()
    assert verbs.due_and_covered(db, stage.partnership, first) == (10, 2)


def test_who_is_no_lead_is_asked_about_and_says_nothing_of_what_is_for_leads(stage: Stage) -> None:
    (first,) = turns(stage, 1)
    stage.person("U0LIZA", ("vendor", "member", True))

    said = say(stage, first, "U0LIZA", money="decided")

    assert not said
    assert codes(stage, first, is_lead=False).isdisjoint({"money", "people"})
    assert topics.outcomes(stage.store.reading(), first) == {}
    with pytest.raises(NotAllowed):
        verbs.for_leads_of(stage.deps, stage.who("U0LIZA"), first.id)


def test_points_that_were_put_off_stand_on_the_next_agenda(stage: Stage) -> None:
    first, second = turns(stage, 2)
    actor = actor_in(stage.store, stage.who("U0ANA"), stage.partnership)
    with stage.store.writing(stage.partnership.id) as db:
        point = AgendaPoint(
            id="p", side="vendor", person_id=stage.ana, words="refunds", added_at=MONDAY_NOON
        )
        checkins.add_point(db, first, point)
        said = [ItemOutcome(kind="point", id="p", outcome="parked")]
        verbs.record_outcomes(db, actor, first, said, first.ends_at)

    db = stage.store.reading()
    built = agenda_of(Known(db, stage.partnership, first.ends_at), check_in_in(db, second))

    assert [(one.point.words, one.outcome) for one in built.carried] == [("refunds", "parked")]
    asked = verbs.asked_about(db, stage.partnership, second, is_lead=False)
    assert (asked[0].words, asked[0].side) == ("refunds", "vendor")


@pytest.mark.parametrize(
    ("both", "is_due"),
    [(False, True), (True, False)],
    ids=["one side has none", "both sides have none"],
)
def test_upcoming_changes_are_settled_once_both_sides_have_none(
    stage: Stage, both: bool, is_due: bool
) -> None:
    first, second = turns(stage, 2)
    with stage.store.writing(None) as db:
        cadences.set_state(db, first, "planned")
    value = f"{first.id}|changes-{stage.partnership.id}"

    for slack_id in ("U0MARIA", "U0MARIA", "U0ANA") if both else ("U0MARIA",):
        verbs.say_none(stage.deps, stage.who(slack_id), value, MONDAY_NOON, none=True)

    assert ("changes" in codes(stage, second, is_lead=False)) is is_due
    verbs.say_none(stage.deps, stage.who("U0MARIA"), value, MONDAY_NOON, none=False)
    assert "changes" in codes(stage, second, is_lead=False)
    sides: frozenset[Side] = frozenset({"vendor"}) if both else frozenset()
    said = topics.nones(stage.store.reading(), first)
    assert said.get(f"changes-{stage.partnership.id}", frozenset()) == sides


def test_a_topic_nobody_talks_about_is_put_on_the_next_agenda_unless_it_is_for_leads(
    stage: Stage,
) -> None:
    turns(stage, 1)
    who, prefix = stage.who("U0ANA"), f"{stage.partnership.id}|topic/both/"

    form = verbs.add_form(stage.deps, who, f"{prefix}risks-{stage.partnership.id}", MONDAY_NOON)

    assert form["blocks"][1]["element"]["initial_value"] == "risks"
    for value in (f"{prefix}money-{stage.partnership.id}", f"{prefix}gone", "spoiled"):
        with pytest.raises((UnknownTopic, NoPartnershipHere)):
            verbs.add_form(stage.deps, who, value, MONDAY_NOON)


def test_a_change_is_made_once_told_once_and_taken_back(stage: Stage) -> None:
    risks = f"risks-{stage.partnership.id}"
    carried = {"partnership": stage.partnership.id, "topic": risks, "change": "c1"}
    form = TopicForm(words="risks", every_weeks=2, audience="both")
    who = stage.who("U0ANA")

    for _ in range(2):
        topic_changes.save(stage.deps, who, carried, form, MONDAY_NOON)
    changed = topics.get(stage.store.reading(), stage.partnership, risks)
    told = [row.payload["text"] for row in told_of_changes(stage)]
    for _ in range(2):
        topic_changes.undo(stage.deps, stage.who("U0MARIA"), "c1", MONDAY_NOON + WEEK / 8)

    assert changed is not None
    assert (changed.words, changed.every_weeks) == (None, 2)
    assert told == [
        "Globalcall changed a topic of check-ins: *risks*, at least every 2 weeks"
        " (before: every 4 weeks)."
    ]
    restored = topics.get(stage.store.reading(), stage.partnership, risks)
    assert restored == replace(changed, every_weeks=4)


def test_what_was_changed_since_is_not_taken_back_and_a_topic_for_leads_stays_theirs(
    stage: Stage,
) -> None:
    money = f"money-{stage.partnership.id}"
    carried = {"partnership": stage.partnership.id, "topic": money, "change": "c1"}
    form = TopicForm(words="rates", every_weeks=2, audience="both")
    who = stage.who("U0MARIA")

    topic_changes.save(stage.deps, who, carried, form, MONDAY_NOON)
    topic_changes.retire(stage.deps, who, f"{stage.partnership.id}|{money}", MONDAY_NOON)

    found = topics.get(stage.store.reading(), stage.partnership, money)
    assert found is not None
    assert found.audience == "leads"
    assert "rates" not in str([row.payload for row in told_of_changes(stage)])
    with pytest.raises(TopicChangedSince):
        topic_changes.undo(stage.deps, who, "c1", MONDAY_NOON)


def test_facts_hold_what_is_for_the_leads_only_where_leads_read_them(stage: Stage) -> None:
    db = stage.store.reading()

    plain = gap_facts.live(db, stage.partnership, MONDAY_NOON)
    leads = gap_facts.live(db, stage.partnership, MONDAY_NOON, for_leads=True)

    assert {one.topic.audience for one in plain.topics} == {"both"}
    assert {one.topic.audience for one in leads.topics} == {"both", "leads"}
