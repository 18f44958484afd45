"""A pushpin on a message: whom it asks, when it asks nobody, and how often."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data import deliverables as stored
from data import tracking
from domain.deliverables import AlreadyTracked, Commitment, Source, UnknownDeliverable
from domain.partnerships import NotListed
from domain.tracking import Pin
from services import channel_life, deliverable_undo, deliverables
from services.actors import actor_in
from services.deliverable_drafts import Draft
from services.events import Told
from services.pin_questions import pinned, say_no, unpinned
from services.tracking_forms import from_shortcut
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

ANAS = "1763312400.000100"
MANILA_MORNING = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # 10:00 there
SOURCE = Source(channel="C0SHARED", ts=ANAS)
DUE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def told(number: int = 1, at: datetime = MANILA_MORNING) -> Told:
    return Told(team_id=ACME_TEAM, event_id=f"Ev{number}", kind="reaction_added", at=at)


def pin(**changes: Any) -> Pin:
    values = {"channel": "C0SHARED", "ts": ANAS, "author": "U0ANA", "by": "U0MARIA"}
    return Pin(**(values | changes))


def questions(stage: Stage) -> list[str]:
    return [
        str(row.payload["text"]) for row in stage.said() if row.key.startswith("track-question/")
    ]


def tracked(stage: Stage, **changes: Any) -> Commitment:
    """Maria tracks the message, for Ana to do."""
    actor = actor_in(stage.store, stage.who("U0MARIA"), stage.partnership)
    values: dict[str, Any] = {
        "id": "d1",
        "title": "Deck",
        "owner": stage.member(stage.ana),
        "side": "vendor",
        "due_at": DUE,
        "source": SOURCE,
    }
    draft = Draft(**(values | changes))
    return deliverables.create(stage.deps, actor, draft, MANILA_MORNING).commitment


def test_the_author_is_called_once_in_the_thread_of_the_message(stage: Stage) -> None:
    pinned(stage.deps, told(1), pin())
    pinned(stage.deps, told(2), pin(by="U0ANA"))

    assert questions(stage) == ["<@U0ANA>: track this as a deliverable?"]
    (row,) = [one for one in stage.said() if one.key.startswith("track-question/")]
    assert (row.place, row.target_ts, row.needs) == ("C0SHARED", ANAS, "agreed")


def test_outside_their_hours_the_author_is_not_called(stage: Stage) -> None:
    pinned(stage.deps, told(at=MONDAY_NOON), pin())

    assert questions(stage) == ["Track this as a deliverable?"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"by": "U0BOT"}, id="pinned by a bot"),
        pytest.param({"by": "U0OBSERVER"}, id="pinned by somebody who only reads along"),
        pytest.param({"by": "U0NOBODY"}, id="pinned by somebody unknown"),
        pytest.param({"author": "U0BOT"}, id="on a bot's message"),
        pytest.param({"author": ""}, id="on a message of ours"),
        pytest.param({"channel": "C0OTHER"}, id="in a channel without a partnership"),
    ],
)
def test_nobody_is_asked_after_a_pin(stage: Stage, changes: dict[str, str]) -> None:
    stage.person("U0BOT", ("vendor", "member", True), is_bot=True)
    stage.person("U0OBSERVER", ("vendor", "observer", True))

    pinned(stage.deps, told(), pin(**changes))

    assert questions(stage) == []


def test_before_the_other_side_agreed_nobody_is_asked(tmp_path: Path) -> None:
    stage = staged(tmp_path, state="proposed", agreed_at=None)

    pinned(stage.deps, told(), pin())

    assert questions(stage) == []
    stage.store.close()


def test_a_pin_that_is_taken_off_takes_the_question_back(stage: Stage) -> None:
    pinned(stage.deps, told(1), pin())
    unpinned(stage.deps, told(2), pin(by="U0ANA"))
    still = questions(stage)
    unpinned(stage.deps, told(3), pin())
    dropped = [row.state for row in stage.said() if row.key.startswith("track-question/")]
    pinned(stage.deps, told(4), pin())
    stage.send_all()
    unpinned(stage.deps, told(5), pin())

    assert len(still) == 1
    assert dropped == ["dropped"]
    (gone,) = [str(row.payload["text"]) for row in stage.said("update")]
    assert "The pin is taken off" in gone


def test_a_channel_with_another_id_keeps_its_questions_and_what_is_tracked(stage: Stage) -> None:
    pinned(stage.deps, told(1), pin())
    one = tracked(stage)

    channel_life.renumbered(stage.deps, told(2), "C0SHARED", "C0NEW")

    db = stage.store.reading()
    assert tracking.of_message(db, ACME_TEAM, "C0NEW", ANAS) is not None
    moved = stored.of_source(db, ACME_TEAM, Source(channel="C0NEW", ts=ANAS))
    assert [found.id for found in moved] == [one.id]


def test_no_keeps_the_button_and_only_people_of_the_two_sides_may_say_it(stage: Stage) -> None:
    pinned(stage.deps, told(1), pin())
    stage.send_all()
    question = tracking.of_message(stage.store.reading(), ACME_TEAM, "C0SHARED", ANAS)
    assert question is not None
    stage.person("U0OBSERVER", ("vendor", "observer", True))

    with pytest.raises(NotListed):
        say_no(stage.deps, stage.who("U0OBSERVER"), question.id, MANILA_MORNING)
    say_no(stage.deps, stage.who("U0ANA"), question.id, MANILA_MORNING)
    pinned(stage.deps, told(2), pin())

    (said,) = stage.said("update")
    assert said.payload["text"] == "Not tracked."
    assert "tracking.track" in str(said.payload)
    assert len(questions(stage)) == 1


def test_the_question_says_what_became_of_it(stage: Stage) -> None:
    pinned(stage.deps, told(1), pin())
    stage.send_all()

    one = tracked(stage)
    first = [str(row.payload["text"]) for row in stage.said("update")]
    deliverable_undo.undo(stage.deps, stage.who("U0MARIA"), one.id, "created", MANILA_MORNING)
    then = [str(row.payload["text"]) for row in stage.said("update")]

    assert "Tracked: *Deck* (Globalcall)." in first
    assert "Not tracked." in then
    assert "Tracked: *Deck* (Globalcall)." not in then


def test_a_message_is_tracked_once_and_again_when_that_was_taken_back(stage: Stage) -> None:
    one = tracked(stage)

    with pytest.raises(AlreadyTracked):
        tracked(stage, id="d2")
    same = tracked(stage)
    shown = from_shortcut(stage.deps, stage.who("U0ANA"), SOURCE, "Deck please")
    deliverable_undo.undo(stage.deps, stage.who("U0MARIA"), one.id, "created", MANILA_MORNING)
    again = tracked(stage, id="d3")

    assert (same.id, again.id) == ("d1", "d3")
    assert "tracked already: *Deck* (Globalcall)" in str(shown)
    assert "submit" not in shown


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        pytest.param("can you send the deck by friday", None, "2026-11-20", id="a date"),
        pytest.param("<@U0ANA> the deck by friday please", "U0ANA", "2026-11-20", id="both"),
        pytest.param("I'll send the deck tomorrow", "U0MARIA", "2026-11-17", id="its author"),
        pytest.param("<@U0ANA> <@U0MARIA> the deck?", None, None, id="two people"),
        pytest.param("<@U0ZOE> the deck on 3 nov", None, None, id="a stranger, and a past day"),
        pytest.param("the deck of tuesday or of friday", None, None, id="two dates"),
    ],
)
def test_the_form_is_filled_in_with_what_the_message_says(
    stage: Stage, text: str, owner: str | None, due: str | None
) -> None:
    source = Source(channel="C0SHARED", ts=f"{int(MONDAY_NOON.timestamp())}.000100")

    form = from_shortcut(stage.deps, stage.who("U0ANA"), source, text, "U0MARIA")

    fields = {block["block_id"]: block.get("element", {}) for block in form["blocks"]}
    assert "the deck" in fields["title"]["initial_value"]
    assert fields["owner"].get("initial_user") == owner
    assert fields["due"].get("initial_date") == due
    assert stored.open_in(stage.store.reading(), stage.partnership) == []


def test_what_somebody_may_not_know_of_does_not_stand_in_their_way(stage: Stage) -> None:
    private = stage.owes(title="Secret rates", audience="vendor", source=SOURCE)

    shown = from_shortcut(stage.deps, stage.who("U0MARIA"), SOURCE, "Deck please")
    one = tracked(stage)

    assert "Secret" not in str(shown)
    assert shown["callback_id"] == "deliverable.form"
    assert {private.id, one.id} == {
        found.id for found in stored.of_source(stage.store.reading(), ACME_TEAM, SOURCE)
    }
    with pytest.raises(UnknownDeliverable):
        deliverables.done(stage.deps, stage.who("U0MARIA"), private.id, MANILA_MORNING)
