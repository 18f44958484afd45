"""Somebody is away: who is asked meanwhile, what they may do, and what nobody else reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from data import away, deliverables, ladder, wakes
from data.people import leave
from domain.away import UnclearAbsence
from domain.deliverables import Due
from domain.rights import NotAllowed
from services import away as verbs
from services import deliverables as acts
from services import ladder_acts
from services.away import Picked
from services.deps import Deps
from services.stand_ins import asked_person
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.words.verbs import Away, Owner

# Tuesday 10:00 in Manila, where Ana and Carlo work from nine.
TUESDAY = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield replace(made, deps=replace(made.deps, now=lambda: TUESDAY))
    made.store.close()


@pytest.fixture
def carlo(stage: Stage) -> str:
    person_id = stage.person("U0CARLO", ("vendor", "member", True))
    direct(stage, person_id)
    return person_id


def direct(stage: Stage, person_id: str) -> None:
    with stage.store.writing(None) as db:
        db.execute("UPDATE people SET direct = 1 WHERE id = :id", {"id": person_id})


def goes(stage: Stage, slack_id: str, stand_in: str | None, *, last: int = 20) -> str:
    """Somebody is away from Tuesday until a day of November."""
    picked = Picked(from_on=date(2026, 11, 17), until_on=date(2026, 11, last), stand_in=stand_in)
    return verbs.away_by_form(stage.deps, stage.who(slack_id), picked, MONDAY_NOON).text


def asked(stage: Stage, now: datetime = TUESDAY) -> str | None:
    found = asked_person(stage.store.reading(), stage.partnership, stage.member(stage.ana), now)
    return None if found is None else found.person.id


def told(stage: Stage, person_id: str) -> str:
    rows = [row for row in stage.dailies() if f"/{person_id}/" in row.key]
    return str([row.payload for row in rows])


def test_the_stand_in_is_asked_in_the_own_message_and_the_channel_reads_nothing_of_it(
    stage: Stage, carlo: str
) -> None:
    stage.owes(due_at=TUESDAY + timedelta(hours=5))
    stage.owes(title="Next month", due_at=TUESDAY + 30 * DAY)
    goes(stage, "U0ANA", "U0CARLO")

    for person_id in (carlo, stage.ana):
        stage.look(person_id, TUESDAY)

    message = told(stage, carlo)
    assert "For <@U0ANA>, who is away until Sat 21 Nov:" in message
    assert "*Training deck* for Acme" in message
    assert "Next month" not in message
    assert told(stage, stage.ana) == "[]"
    public = [row for row in stage.said() if row.place == stage.partnership.channel]
    assert "away" not in str([row.payload for row in public])


def test_a_stand_in_is_asked_by_the_same_steps_and_no_lead_is_told(
    stage: Stage, carlo: str
) -> None:
    # Standard: due, then every other working day, six in all; the own lead after three.
    ben = stage.person("U0BEN", ("vendor", "lead", True))
    direct(stage, ben)
    one = stage.owes(due_at=TUESDAY + timedelta(hours=5))
    picked = Picked(from_on=date(2026, 11, 17), until_on=date(2027, 1, 29), stand_in="U0CARLO")
    verbs.away_by_form(stage.deps, stage.who("U0ANA"), picked, MONDAY_NOON)

    for day in range(50):
        stage.look(carlo, TUESDAY + day * DAY)
        stage.look(ben, TUESDAY + day * DAY)
        stage.send_all()

    db = stage.store.reading()
    (steps,) = ladder.told(db, ACME_TEAM, [one], TUESDAY + 50 * DAY).values()
    asked = [row for row in stage.dailies() if f"/{carlo}/" in row.key]
    assert len(steps) == len(asked) == stage.partnership.ladder.most
    assert told(stage, ben) == "[]"


def test_what_its_owner_put_off_comes_back_to_the_stand_in_and_is_no_reminder(
    stage: Stage, carlo: str
) -> None:
    one = stage.owes(due_at=TUESDAY + timedelta(hours=5))
    ladder_acts.put_off(stage.deps, stage.who("U0ANA"), one.id, "2026-11-19", MONDAY_NOON)
    goes(stage, "U0ANA", "U0CARLO", last=28)

    for day in range(4):
        stage.look(carlo, TUESDAY + day * DAY)
        stage.send_all()

    stored = stage.store.reading()
    found = deliverables.every(stored, ACME_TEAM, [one.id])
    (steps,) = ladder.told(stored, ACME_TEAM, found.values(), TUESDAY + 4 * DAY).values()
    assert [step.step for step in steps] == ["again-1", "stand-1"]


def test_what_was_given_to_the_side_is_asked_of_the_stand_in_with_a_button_to_accept_it(
    stage: Stage, carlo: str
) -> None:
    stage.owes(title="Roster", state="proposed", owner_kind="side", due_at=TUESDAY + 30 * DAY)
    goes(stage, "U0ANA", "U0CARLO")

    stage.look(carlo, TUESDAY)

    assert "*Roster* for Acme" in told(stage, carlo)
    assert "deliverable.accept" in told(stage, carlo)


@pytest.mark.parametrize("was_asked", [False, True])
def test_of_what_its_owner_has_not_accepted_a_stand_in_is_told_once_and_cannot_promise_it(
    stage: Stage, carlo: str, was_asked: bool
) -> None:
    one = stage.owes(state="proposed", due_at=TUESDAY + 2 * DAY)
    if was_asked:
        direct(stage, stage.ana)
        stage.look(stage.ana, TUESDAY)
        stage.send_all()
        assert "Will you take it on?" in told(stage, stage.ana)
    goes(stage, "U0ANA", "U0CARLO")

    for day in range(3):
        stage.look(carlo, TUESDAY + day * DAY)
        stage.send_all()

    (message,) = [row for row in stage.dailies() if f"/{carlo}/" in row.key]
    shown = str(message.payload)
    assert "For <@U0ANA>, who is away until Sat 21 Nov:" in shown
    assert "Not accepted yet: that is left to its owner" in shown
    assert "This is new:" in shown
    assert "deliverable.other_date" in shown
    assert "deliverable.done" in shown
    assert "deliverable.accept" not in shown
    with pytest.raises(NotAllowed):
        acts.accept(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY)


def test_who_is_written_to_in_the_thread_is_asked_there_without_a_word_of_who_is_away(
    stage: Stage,
) -> None:
    person_id = stage.person("U0BEA", ("vendor", "member", True))
    stage.owes(due_at=TUESDAY + timedelta(hours=5))
    stage.owes(title="Slides", state="proposed")
    goes(stage, "U0ANA", "U0BEA")

    stage.look(person_id, TUESDAY)

    assert "*Training deck* for Acme" in told(stage, person_id)
    assert ". Not accepted yet'" in told(stage, person_id)
    assert "U0ANA" not in told(stage, person_id)
    assert "away" not in told(stage, person_id)


def test_the_stand_in_closes_it_and_gives_it_a_date_only_while_its_owner_is_away(
    stage: Stage, carlo: str
) -> None:
    one, other = stage.owes(), stage.owes()
    who = stage.who("U0CARLO")
    with pytest.raises(NotAllowed):
        acts.done(stage.deps, who, one.id, TUESDAY)

    goes(stage, "U0ANA", "U0CARLO")
    acts.done(stage.deps, who, one.id, TUESDAY)
    acts.move(stage.deps, who, other.id, (Due(day=date(2026, 11, 27)), None), TUESDAY)
    back = replace(stage.deps, now=lambda: TUESDAY + 10 * DAY)
    with pytest.raises(NotAllowed):
        acts.done(back, who, other.id, TUESDAY + 10 * DAY)

    now = deliverables.get(stage.store.reading(), ACME_TEAM, one.id)
    assert now is not None
    assert (now.state, now.owner_id) == ("done", stage.ana)
    assert carlo != stage.ana


def test_nobody_is_asked_where_nobody_stands_in(stage: Stage, carlo: str) -> None:
    stage.owes(due_at=TUESDAY + timedelta(hours=5))

    goes(stage, "U0ANA", None)
    stage.look(carlo, TUESDAY)

    assert asked(stage) is None
    assert asked(stage, MONDAY_NOON - DAY) == stage.ana
    assert told(stage, carlo) == "[]"


@pytest.mark.parametrize("why", ["left", "away", "gone"])
def test_the_oldest_lead_is_asked_where_the_stand_in_is_not_there(
    stage: Stage, carlo: str, why: str
) -> None:
    # Ben leads, too, since later than Ana, who is away herself.
    ben = stage.person("U0BEN", ("vendor", "lead", True))
    direct(stage, ben)
    stage.owes(due_at=TUESDAY + timedelta(hours=5))
    goes(stage, "U0ANA", "U0CARLO")

    if why == "away":
        goes(stage, "U0CARLO", None)
    with stage.store.writing(None) as db:
        if why == "left":
            leave(db, stage.partnership, carlo, TUESDAY)
        elif why == "gone":
            db.execute("UPDATE people SET deleted = 1 WHERE id = :id", {"id": carlo})
    stage.look(ben, TUESDAY)

    assert asked(stage) == ben
    assert "*Training deck* for Acme" in told(stage, ben)


def test_undo_takes_the_stand_in_out_of_it(stage: Stage, carlo: str) -> None:
    stage.owes(due_at=TUESDAY + timedelta(hours=5))
    goes(stage, "U0ANA", "U0CARLO")
    (noted,) = away.coming(stage.store.reading(), ACME_TEAM, stage.ana, TUESDAY)

    verbs.undo(stage.deps, stage.who("U0ANA"), noted.id, TUESDAY)
    stage.look(carlo, TUESDAY)

    assert asked(stage) == stage.ana
    assert told(stage, carlo) == "[]"


def test_the_stand_in_is_looked_at_as_each_of_their_shifts_begins(stage: Stage, carlo: str) -> None:
    goes(stage, "U0ANA", "U0CARLO")

    stage.look(carlo, MONDAY_NOON)
    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "daily", carlo)

    # 09:00 in Manila.
    assert wake is not None
    assert wake.due_at == datetime(2026, 11, 17, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("slack_id", "trouble"),
    [
        pytest.param("U0ANA", "own_stand_in", id="oneself"),
        pytest.param("U0MARIA", "other_stand_in", id="of the other side"),
        pytest.param("U0BOT", "bot_stand_in", id="an app"),
        pytest.param("U0OLD", "gone_stand_in", id="deactivated"),
        pytest.param("U0CARLO", "away_stand_in", id="away then, too"),
        pytest.param("U0NOBODY", "unknown_stand_in", id="nobody known"),
    ],
)
def test_whoever_cannot_stand_in_is_refused_and_nothing_is_noted(
    stage: Stage, carlo: str, slack_id: str, trouble: str
) -> None:
    stage.person("U0BOT", ("vendor", "member", True), is_bot=True)
    stage.person("U0OLD", ("vendor", "member", True), deleted=True)
    goes(stage, "U0CARLO", None, last=17)

    with pytest.raises(UnclearAbsence) as refused:
        goes(stage, "U0ANA", slack_id)

    assert (refused.value.trouble, refused.value.field) == (trouble, "stand_in")
    assert refused.value.absence is not None
    assert away.coming(stage.store.reading(), ACME_TEAM, stage.ana, MONDAY_NOON) == []
    assert carlo


def test_a_stand_in_is_named_in_words_too(stage: Stage, carlo: str) -> None:
    deps: Deps = stage.deps
    said = Away(
        from_at=datetime.fromisoformat("2026-11-17"),
        until_at=datetime.fromisoformat("2026-11-23"),
        stand_in=Owner(kind="name", text="u0carlo"),
    )

    drawn = verbs.away_by_words(deps, stage.who("U0ANA"), said, MONDAY_NOON)

    assert "<@U0CARLO> stands in." in drawn.text
    assert asked(stage) == carlo


@pytest.mark.parametrize(
    ("first_on", "says", "who"),
    [
        pytest.param("2026-11-21", "<@U0CARLO> stands in, as before.", "carlo", id="it goes on"),
        pytest.param("2026-11-24", "Nobody stands in", None, id="they worked in between"),
    ],
)
def test_a_second_absence_keeps_the_stand_in_of_the_one_it_goes_on_from(
    stage: Stage, carlo: str, first_on: str, says: str, who: str | None
) -> None:
    # Away until Friday; on Saturday and Sunday nobody works.
    goes(stage, "U0ANA", "U0CARLO")
    said = Away(
        from_at=datetime.fromisoformat(first_on), until_at=datetime.fromisoformat("2026-11-26")
    )

    drawn = verbs.away_by_words(stage.deps, stage.who("U0ANA"), said, MONDAY_NOON)

    assert says in str(drawn)
    # Wednesday the 25th, noon in Manila.
    wednesday = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    assert asked(stage, wednesday) == (carlo if who else None)


@pytest.mark.parametrize(
    ("named", "says"), [("Carlo", True), (None, False)], ids=["named there", "kept from before"]
)
def test_where_both_sides_read_it_a_stand_in_is_named_only_if_they_were_named_there(
    stage: Stage, carlo: str, named: str | None, says: bool
) -> None:
    goes(stage, "U0ANA", "U0CARLO")
    first, last = date(2026, 11, 21), date(2026, 11, 25)
    said = Away(
        from_at=datetime.combine(first, time()),
        until_at=datetime.combine(last, time()),
        stand_in=None if named is None else Owner(kind="name", text="u0carlo"),
    )

    drawn = verbs.away_by_words(stage.deps, stage.who("U0ANA"), said, MONDAY_NOON, is_open=True)

    assert ("U0CARLO stands in." in drawn.text) is says
    assert ("stands in" in drawn.text) is says


# Monday the 23rd, 10:00 in Manila: Ana is back.
BACK = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_who_comes_back_reads_once_what_changed_meanwhile(stage: Stage, carlo: str) -> None:
    direct(stage, stage.ana)
    done, moved, untouched = stage.owes(), stage.owes(title="Roster"), stage.owes(title="Slides")
    beside = stage.owes(title="Plan")
    goes(stage, "U0ANA", "U0CARLO")
    who, month = stage.who("U0CARLO"), (Due(day=date(2026, 12, 18)), None)
    acts.done(stage.deps, who, done.id, TUESDAY)
    for one in (moved, untouched):
        acts.move(stage.deps, stage.who("U0ANA"), one.id, month, MONDAY_NOON - DAY)
    acts.move(stage.deps, who, moved.id, (Due(day=date(2026, 12, 21)), None), TUESDAY)
    acts.move(stage.deps, who, beside.id, (Due(day=date(2026, 11, 23)), None), TUESDAY)

    stage.look(stage.ana, BACK)
    first = told(stage, stage.ana)
    stage.send_all()
    acts.done(stage.deps, stage.who("U0ANA"), beside.id, BACK)
    stage.look(stage.ana, BACK + DAY)

    assert "While you were away:" in first
    assert "*Training deck* (Globalcall): delivered, by <@U0CARLO>." in first
    assert "*Roster* (Globalcall): now due" in first
    assert "*Plan* for Acme, due" in first
    assert "*Plan* (Globalcall): now due" in first
    assert "Slides" not in first
    assert [row.key.count(stage.ana) for row in stage.dailies()] == [1]
    assert carlo


def test_nothing_is_said_on_return_where_nothing_changed(stage: Stage, carlo: str) -> None:
    direct(stage, stage.ana)
    stage.owes(due_at=BACK + 30 * DAY)
    goes(stage, "U0ANA", "U0CARLO")

    stage.look(stage.ana, BACK)

    assert told(stage, stage.ana) == "[]"
    assert carlo


def test_in_the_thread_it_is_not_said_that_somebody_was_away(stage: Stage, carlo: str) -> None:
    one = stage.owes()
    goes(stage, "U0ANA", "U0CARLO")
    acts.done(stage.deps, stage.who("U0CARLO"), one.id, TUESDAY)

    stage.look(stage.ana, BACK)

    assert "*Training deck* (Globalcall): delivered." in told(stage, stage.ana)
    assert "away" not in told(stage, stage.ana)
    assert carlo
