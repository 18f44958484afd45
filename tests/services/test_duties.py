"""What is given to a side, and what was owed by somebody who is gone: who sees to it, and when."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import away, deliverables, journal, people, wakes
from data import hand_overs as offers
from data.wakes import Wake
from domain.calendars import Away
from domain.deliverables import Commitment
from domain.duties import UnclearDuty
from domain.rights import NotAllowed
from domain.roster import Picked
from services import deliverables as acts
from services import duties, hand_overs, succession
from services.channel_life import left, person_changed
from services.deliverable_words import Asked, new_here
from services.duties import Said
from services.events import Told
from services.people import pick
from services.stand_ins import on_duty
from services.succession_wakes import KIND
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.words.commands import read_command
from views.words.verbs import NewDeliverable, Owner
from views.words.writer import writer_of

DAY = timedelta(days=1)
WRITER = writer_of(now=MONDAY_NOON, zone="America/New_York", locale="en-US")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def carlo(stage: Stage) -> str:
    return stage.person("U0CARLO", ("vendor", "member", True))


def says(stage: Stage, words: str, slack_id: str = "U0MARIA") -> str:
    said = read_command("/deliverable", words, WRITER)
    assert isinstance(said, NewDeliverable)
    asked = Asked(who=stage.who(slack_id), now=MONDAY_NOON)
    return new_here(stage.deps, asked, said).drawn.text


def only(stage: Stage) -> Commitment:
    (carded,) = deliverables.open_in(stage.store.reading(), stage.partnership, is_public=False)
    return carded.commitment


def duty(stage: Stage, slack_id: str | None, until_on: date | None = None) -> str:
    owner = None if slack_id is None else Owner(kind="user", text=slack_id)
    said = Said(owner=owner, until_on=until_on)
    return duties.set_here(stage.deps, stage.who("U0ANA"), said, MONDAY_NOON).text


def time_passes(stage: Stage, now: datetime = MONDAY_NOON) -> datetime | None:
    """Looks at who sees to what; returns when that is looked at next."""
    wake = Wake(
        team_id=ACME_TEAM,
        kind=KIND,
        subject_id=stage.partnership.id,
        partnership_id=stage.partnership.id,
        due_at=now,
    )
    with stage.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, KIND, stage.partnership.id, stage.partnership.id, now)
    known = wakes.wake_of(stage.store.reading(), ACME_TEAM, KIND, stage.partnership.id)
    succession.plan(stage.deps, known or wake, now)
    coming = wakes.wake_of(stage.store.reading(), ACME_TEAM, KIND, stage.partnership.id)
    return None if coming is None else coming.due_at


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("globalcall send the roster by friday", "side", "send the roster"),
        ("globalcall on duty: send the roster by friday", "duty", "send the roster"),
        ("they: send the roster by friday", "side", "send the roster"),
        ("@globalcall roster by friday", "side", "roster"),
    ],
)
def test_a_side_is_named_in_words_and_whoever_leads_it_is_asked(
    stage: Stage, words: str, kind: str, title: str
) -> None:
    said = says(stage, words)

    one = only(stage)
    assert (one.owner_kind, one.owner_id, one.state) == (kind, stage.ana, "proposed")
    assert one.title == title
    assert f"*{title}*, Globalcall, due" in said
    assert "U0ANA" not in said


def test_it_goes_to_whoever_is_on_duty_and_follows_when_that_changes(
    stage: Stage, carlo: str
) -> None:
    duty(stage, "U0CARLO", until_on=date(2026, 11, 18))
    says(stage, "globalcall send the roster by friday")
    first = only(stage).owner_id

    at = time_passes(stage)
    assert at is not None
    time_passes(stage, at)

    assert first == carlo
    # Manila's Wednesday is over.
    assert at == datetime(2026, 11, 18, 16, tzinfo=UTC)
    assert only(stage).owner_id == stage.ana
    happened = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", only(stage).id)
    assert [one.verb for one in happened] == ["deliverable_created", "deliverable_follows_duty"]


def test_who_is_on_duty_and_away_is_not_asked(stage: Stage, carlo: str) -> None:
    duty(stage, "U0CARLO")
    absence = Away(from_at=MONDAY_NOON + DAY, until_at=MONDAY_NOON + 2 * DAY)
    with stage.store.writing(None) as db:
        away.add(db, ACME_TEAM, carlo, absence)
    says(stage, "globalcall send the roster by friday")

    owners, at = [only(stage).owner_id], time_passes(stage)
    while at is not None:
        following = time_passes(stage, at)
        owners.append(only(stage).owner_id)
        at = following

    assert owners == [carlo, stage.ana, carlo]


def test_anybody_of_the_side_accepts_it_for_themselves(stage: Stage, carlo: str) -> None:
    stage.person("U0JOE", ("client", "member", True), home_team=ACME_TEAM)
    says(stage, "globalcall send the roster by friday")
    one = only(stage)

    with pytest.raises(NotAllowed):
        acts.accept(stage.deps, stage.who("U0JOE"), one.id, MONDAY_NOON)
    acts.accept(stage.deps, stage.who("U0CARLO"), one.id, MONDAY_NOON)
    time_passes(stage)

    after = only(stage)
    assert (after.owner_id, after.owner_kind, after.state) == (carlo, "person", "accepted")


def test_what_is_given_to_a_person_is_accepted_by_nobody_else(stage: Stage, carlo: str) -> None:
    one = stage.owes(state="proposed")

    with pytest.raises(NotAllowed):
        acts.accept(stage.deps, stage.who("U0CARLO"), one.id, MONDAY_NOON)
    assert carlo != stage.ana


@pytest.mark.parametrize("how", ["left", "deactivated", "a sponsor", "off the list"])
def test_what_somebody_owed_who_is_gone_is_asked_of_the_oldest_lead_and_told_once(
    stage: Stage, carlo: str, how: str
) -> None:
    one = stage.owes(owner_id=carlo)
    told = Told(team_id=ACME_TEAM, event_id="E1", kind="left", at=MONDAY_NOON)
    if how == "left":
        left(stage.deps, told, stage.partnership.channel, "U0CARLO")
    elif how == "a sponsor":
        picked = Picked(leads=("U0ANA",), members=(), sponsors=("U0CARLO",))
        pick(stage.deps, stage.who("U0ANA"), stage.partnership.id, picked, MONDAY_NOON)
    elif how == "off the list":
        picked = Picked(leads=("U0ANA",), members=(), sponsors=())
        pick(stage.deps, stage.who("U0ANA"), stage.partnership.id, picked, MONDAY_NOON)
    else:
        user = {"id": "U0CARLO", "team_id": "T0GLOB", "deleted": True, "profile": {}}
        person_changed(stage.deps, told, user)
    due = wakes.wake_of(stage.store.reading(), ACME_TEAM, KIND, stage.partnership.id)

    for _ in range(2):
        time_passes(stage)

    assert due is not None
    assert due.due_at == MONDAY_NOON
    after = only(stage)
    assert (after.id, after.owner_id, after.state) == (one.id, stage.ana, "proposed")
    lines = [row for row in stage.said() if "takes no part any more" in str(row.payload)]
    assert len(lines) == 1
    assert "U0CARLO" not in str(lines[0].payload)


def test_what_is_late_stays_late_when_its_owner_is_gone(stage: Stage, carlo: str) -> None:
    one = stage.owes(owner_id=carlo, due_at=MONDAY_NOON - timedelta(days=3))
    with stage.store.writing(None) as db:
        people.leave(db, stage.partnership, carlo, MONDAY_NOON)

    time_passes(stage)

    after = only(stage)
    assert (after.id, after.owner_id, after.state) == (one.id, stage.ana, "accepted")
    assert after.is_late(MONDAY_NOON)


def test_what_somebody_gone_was_to_take_over_stays_with_its_owner(stage: Stage, carlo: str) -> None:
    one = stage.owes()
    hand_overs.offer(stage.deps, stage.who("U0ANA"), one.id, "U0CARLO", MONDAY_NOON)
    with stage.store.writing(None) as db:
        people.leave(db, stage.partnership, carlo, MONDAY_NOON)

    time_passes(stage)

    known = offers.of(stage.store.reading(), ACME_TEAM, one.id)
    assert known is not None
    assert known.state == "refused"
    assert only(stage).owner_id == stage.ana


def test_where_nobody_leads_the_side_it_stays_as_it_is(stage: Stage, carlo: str) -> None:
    one = stage.owes(owner_id=carlo)
    with stage.store.writing(None) as db:
        people.leave(db, stage.partnership, carlo, MONDAY_NOON)
        people.leave(db, stage.partnership, stage.ana, MONDAY_NOON)

    time_passes(stage)

    assert only(stage) == one


def test_undo_and_nobody_bring_back_who_was_asked_before(stage: Stage, carlo: str) -> None:
    said = duties.set_here(
        stage.deps,
        stage.who("U0ANA"),
        Said(owner=Owner(kind="name", text="u0carlo")),
        MONDAY_NOON,
    )
    db = stage.store.reading()
    first = on_duty(db, stage.partnership, "vendor", MONDAY_NOON)
    duty_id = said.blocks[1]["elements"][0]["value"]

    undone = duties.undo(stage.deps, stage.who("U0ANA"), duty_id, MONDAY_NOON).text
    again = duties.undo(stage.deps, stage.who("U0ANA"), duty_id, MONDAY_NOON).text
    second = on_duty(db, stage.partnership, "vendor", MONDAY_NOON)
    duty(stage, "U0CARLO")
    nobody = duty(stage, None)
    third = on_duty(db, stage.partnership, "vendor", MONDAY_NOON)

    assert "<@U0CARLO> is on duty for Globalcall." in said.text
    assert [None if one is None else one.person.id for one in (first, second, third)] == [
        carlo,
        stage.ana,
        stage.ana,
    ]
    assert "Taken back" in undone
    assert "nothing was changed" in again
    assert "Nobody is on duty for Globalcall any more" in nobody


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        pytest.param(Said(owner=Owner(kind="user", text="U0MARIA")), "other_side", id="theirs"),
        pytest.param(Said(owner=Owner(kind="user", text="U0NONE")), "unknown", id="nobody known"),
        pytest.param(Said(owner=Owner(kind="name", text="zoe")), "unknown", id="no such name"),
        pytest.param(
            Said(owner=Owner(kind="me"), until_on=date(2026, 11, 10)), "past", id="a day past"
        ),
        pytest.param(
            Said(owner=Owner(kind="me"), from_on=date(2026, 11, 25), until_on=date(2026, 11, 20)),
            "reversed",
            id="backwards",
        ),
    ],
)
def test_whoever_cannot_be_on_duty_is_refused(stage: Stage, said: Said, trouble: str) -> None:
    with pytest.raises(UnclearDuty) as refused:
        duties.set_here(stage.deps, stage.who("U0ANA"), said, MONDAY_NOON)

    assert refused.value.trouble == trouble


def test_only_leads_say_who_is_on_duty_and_only_for_their_side(stage: Stage, carlo: str) -> None:
    with pytest.raises(NotAllowed):
        duties.set_here(stage.deps, stage.who("U0CARLO"), Said(owner=Owner(kind="me")), MONDAY_NOON)
    assert on_duty(stage.store.reading(), stage.partnership, "vendor", MONDAY_NOON) is not None
    assert carlo
