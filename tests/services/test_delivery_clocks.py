"""Clocks that are wrong: ours was set, or it is not Slack's."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from data import outbox
from tests.desk import ready_places
from tests.services.odd_slack import Answer, odd_slack
from tests.services.test_delivery_outcomes import MINUTE, desk_on
from tests.stores import TEAM, message
from tests.wire import MONDAY_MORNING


def test_a_clock_that_was_set_back_holds_up_nothing(tmp_path: Path) -> None:
    moments = [MONDAY_MORNING]
    with odd_slack(Answer()) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.deps = replace(desk.deps, now=lambda: moments[-1])
        courier = desk.new_courier()
        for turn, moment in enumerate([MONDAY_MORNING, MONDAY_MORNING - timedelta(hours=1)]):
            moments.append(moment)
            with desk.store.writing(None) as db:
                outbox.put(db, TEAM, None, f"post {turn}", message(), now=moment)
            for destination in ready_places(courier, moment):
                courier.deliver_next(destination, moment)

        assert len(slack.calls) == 2


@pytest.mark.parametrize("hours", [1, -1], ids=["our clock is slow", "our clock is fast"])
def test_a_post_is_looked_for_by_slacks_own_clock(tmp_path: Path, hours: int) -> None:
    hung_up = Answer(hang_up=True)
    with odd_slack(hung_up) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.put("asked", place="C1")
        desk.work()
        attempted_at = desk.clock.now()
        desk.clock.move(desk.row("asked").leaves_at)
        slack_now = desk.clock.now() + timedelta(hours=hours)
        nothing, found = page(slack_now), page(slack_now, desk.row("asked").id)
        slack.answers[:] = [nothing, found]

        desk.step("C1")

        assert (desk.state("asked"), desk.row("asked").ts) == ("sent", "5.1")
        oldest = float(parse_qs(slack.calls[-1][1])["oldest"][0])
        searched_from = attempted_at + timedelta(hours=hours) - 10 * MINUTE
        assert abs(oldest - searched_from.timestamp()) < 60


def page(slack_now: datetime, *ids: str) -> Answer:
    """A page of a channel's history that has our posts of these ids."""
    metadata = [{"event_type": "touchbase", "event_payload": {"id": one}} for one in ids]
    messages = [{"ts": "5.1", "metadata": one} for one in metadata]
    return Answer(
        body=json.dumps({"ok": True, "messages": messages}),
        headers={"Date": format_datetime(slack_now, usegmt=True)},
    )


@pytest.mark.parametrize("restarted", [True, False], ids=["a new run", "the same run"])
@pytest.mark.parametrize(
    "first",
    [
        pytest.param(Answer(status=429, headers={"Retry-After": "60"}), id="put off"),
        pytest.param(Answer(hang_up=True), id="to be looked for"),
        pytest.param(Answer(), id="just sent"),
    ],
)
def test_what_was_tried_while_the_clock_was_ahead_does_not_wait_for_that_time(
    tmp_path: Path, first: Answer, *, restarted: bool
) -> None:
    moments = [MONDAY_MORNING + timedelta(days=1)]
    with odd_slack(first, Answer()) as slack, desk_on(tmp_path, slack.url) as desk:
        desk.deps = replace(desk.deps, now=lambda: moments[-1])
        courier = desk.new_courier()
        desk.put("one", place="C1")
        desk.put("two", place="C1")
        for destination in ready_places(courier, moments[-1]):
            courier.deliver_next(destination, moments[-1])

        moments.append(MONDAY_MORNING + 2 * MINUTE)
        courier = desk.new_courier() if restarted else courier
        for destination in ready_places(courier, moments[-1]):
            courier.deliver_next(destination, moments[-1])

        assert len(slack.calls) == 2
