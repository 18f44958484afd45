"""What became of a channel while nobody listened."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data import channels, partnerships
from data.channels import Channel
from domain.partnerships import Pause, PauseReason
from domain.pauses import Out
from services import channel_life, pauses
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def slack_says(stage: Stage, *, member: bool = True, archived: bool = False) -> None:
    known = Channel(
        team_id=ACME_TEAM,
        channel=stage.partnership.channel,
        bot_is_member=member,
        is_archived=archived,
        is_ext_shared=True,
        connected_teams=frozenset({GLOBALCALL_TEAM}),
    )
    with stage.store.writing(None) as db:
        channels.save(db, known)


def rests(stage: Stage) -> PauseReason | None:
    found = partnerships.get(stage.store.reading(), ACME_TEAM, stage.partnership.id)
    assert found is not None
    return None if found.pause is None else found.pause.reason


def out(stage: Stage) -> Out | None:
    db = stage.store.reading()
    found = partnerships.get(db, ACME_TEAM, stage.partnership.id)
    assert found is not None
    return pauses.out_of(db, found, MONDAY_NOON)


@pytest.mark.parametrize(
    ("member", "archived", "reason"),
    [
        pytest.param(False, False, "removed", id="removed"),
        pytest.param(True, True, "archived", id="archived"),
    ],
)
def test_what_was_missed_rests_and_goes_on_once_slack_says_so(
    stage: Stage, *, member: bool, archived: bool, reason: PauseReason
) -> None:
    slack_says(stage, member=member, archived=archived)
    channel_life.catch_up(stage.deps, ACME_TEAM, MONDAY_NOON)
    while_out = rests(stage), out(stage)
    slack_says(stage)
    channel_life.catch_up(stage.deps, ACME_TEAM, MONDAY_NOON + HOUR)

    assert while_out == (reason, reason)
    assert (rests(stage), out(stage)) == (None, None)


def test_a_rest_that_a_lead_asked_for_is_left_alone(stage: Stage) -> None:
    asked = Pause(from_at=MONDAY_NOON, until_at=None, reason="asked")
    with stage.store.writing(None) as db:
        partnerships.set_pause(db, stage.partnership, asked)

    for member in (False, True):
        slack_says(stage, member=member)
        channel_life.catch_up(stage.deps, ACME_TEAM, MONDAY_NOON + HOUR)

    assert rests(stage) == "asked"


def test_cut_off_from_the_other_company_it_goes_on_resting(stage: Stage) -> None:
    cut_off = Pause(from_at=MONDAY_NOON, until_at=None, reason="removed")
    alone = Channel(team_id=ACME_TEAM, channel=stage.partnership.channel, bot_is_member=True)
    with stage.store.writing(None) as db:
        partnerships.set_pause(db, stage.partnership, cut_off)
        channels.save(db, alone)

    channel_life.catch_up(stage.deps, ACME_TEAM, MONDAY_NOON + HOUR)

    assert rests(stage) == "removed"
    assert out(stage) == "unshared"
