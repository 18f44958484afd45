from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import outbox, wakes, workspaces
from data.workspaces import Workspace
from domain.outgoing import person_place
from services.planners import PLANNERS
from services.upcoming import TOLD, UNSEEN, upcoming
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged
from tests.stores import message

ACME = Workspace(
    team_id=ACME_TEAM,
    name="Acme",
    url="https://acme.slack.com/",
    bot_user_id="U0BOT",
    bot_id="B0BOT",
    installed_at=MONDAY_NOON,
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    with made.store.writing(None) as db:
        workspaces.save(db, ACME)
    yield made
    made.store.close()


def told(stage: Stage, limit: int = 10) -> list[tuple[timedelta, str, str | None]]:
    found = upcoming(stage.deps, limit, MONDAY_NOON)
    return [(one.at - MONDAY_NOON, one.what, one.where) for one in found]


def wake(stage: Stage, kind: str, subject: str, after: timedelta, partnership: str | None) -> None:
    with stage.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, kind, subject, partnership, MONDAY_NOON + after)


def test_every_kind_of_wake_is_told_or_known_to_be_unseen() -> None:
    assert set(PLANNERS) == set(TOLD) | UNSEEN
    assert not set(TOLD) & UNSEEN


def test_a_deliverable_is_due_and_later_late(stage: Stage) -> None:
    one = stage.owes()
    wake(stage, "deliverable", one.id, DAY, one.partnership_id)
    channel = stage.partnership.channel

    due = told(stage)
    wake(stage, "deliverable", one.id, DAY + HOUR, one.partnership_id)

    assert due == [(DAY, "Training deck is due", channel)]
    assert told(stage) == [(DAY + HOUR, "Training deck is late: the other side is told", channel)]


def test_what_nobody_reads_is_left_out(stage: Stage) -> None:
    for kind in UNSEEN:
        wake(stage, kind, "x", HOUR, None)

    assert told(stage) == []


def test_what_is_gone_or_done_is_left_out(stage: Stage) -> None:
    done = stage.owes(state="done", closed_at=MONDAY_NOON)
    for subject in ("gone", done.id):
        wake(stage, "deliverable", subject, HOUR, stage.partnership.id)
    wake(stage, "checkin", "gone", HOUR, stage.partnership.id)

    assert told(stage) == []


def test_a_message_that_waits_for_its_moment_is_told_by_its_reader(stage: Stage) -> None:
    post = replace(message(place=person_place(stage.ana)), leaves_at=MONDAY_NOON + HOUR)
    with stage.store.writing(None) as db:
        outbox.put(db, ACME_TEAM, None, "later", post, now=MONDAY_NOON)

    assert told(stage) == [(HOUR, "A message for Ana Reyes", None)]


def test_no_more_is_told_than_was_asked_for(stage: Stage) -> None:
    for n in range(5):
        wake(stage, "week", f"{n}", n * HOUR, stage.partnership.id)

    assert [after for after, _, _ in told(stage, limit=3)] == [0 * HOUR, HOUR, 2 * HOUR]
