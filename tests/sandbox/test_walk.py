import threading
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from sandbox.ports import Clock, Upcoming
from tests.people import ActRefused, Json, Slack
from tests.sandbox.waiting import meanwhile, until
from tests.wire import MONDAY_MORNING, sandbox_options, start_sandbox, web_client


class Poster:
    """A companion that posts at every moment of its plan, on a thread of its own."""

    def __init__(self, clock: Clock, moments: list[datetime]) -> None:
        self._clock = clock
        self._due = sorted(moments)
        self._changed = threading.Condition()
        self._busy = False
        self._closed = False
        self.client: WebClient | None = None
        self.posted_at: list[datetime] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def next_due(self) -> datetime | None:
        with self._changed:
            return self._due[0] if self._due else None

    def idle(self) -> bool:
        with self._changed:
            return not self._busy and not self._is_due()

    def upcoming(self, limit: int) -> list[Upcoming]:
        del limit
        return []

    def wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(60)

    def _is_due(self) -> bool:
        return bool(self._due) and self._due[0] <= self._clock.now()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closed and not self._is_due():
                    # A clock that runs tells nobody that a moment has come.
                    self._changed.wait(0.02)
                if self._closed:
                    return
                self._due.pop(0)
                self._busy = True
            if self.client is not None:
                self.client.chat_postMessage(channel="C0ACMEGLOB", text="due")
            self.posted_at.append(self._clock.now())
            with self._changed:
                self._busy = False


def test_a_walking_clock_stops_at_every_due_moment() -> None:
    options = sandbox_options()
    moments = [MONDAY_MORNING + timedelta(minutes=n) for n in range(1, 201)]
    companion = Poster(options.clock, moments)
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        companion.client = web_client(sandbox)

        answer = slack.advance("PT4H")
        companion.close()

        assert companion.posted_at == moments
        assert answer["now"] == "2026-10-19T17:00:00+00:00"
        assert [m["ts"].partition(".")[0] for m in slack.messages("C0ACMEGLOB")] == [
            str(int(moment.timestamp())) for moment in moments
        ]


def test_a_running_clock_stands_still_while_it_walks_and_runs_on_afterwards() -> None:
    options = sandbox_options(running=True)
    moments = [MONDAY_MORNING + timedelta(hours=1), MONDAY_MORNING + timedelta(hours=2)]
    companion = Poster(options.clock, moments)
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        slack.advance("PT3H")
        companion.close()

        assert companion.posted_at == moments
        assert slack.world()["running"]


def test_settling_waits_for_what_is_due_in_a_moment() -> None:
    options = sandbox_options(running=True)
    companion = Poster(options.clock, [options.clock.now() + timedelta(seconds=0.4)])
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        companion.client = web_client(sandbox)

        assert slack.settle()
        companion.close()

        assert len(slack.messages("C0ACMEGLOB")) == 1


def test_settling_gives_up_when_its_time_is_over() -> None:
    options = sandbox_options()
    companion = Poster(options.clock, [])
    companion.close()
    late = Poster(options.clock, [MONDAY_MORNING])
    late.close()
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        assert slack.settle()
        sandbox.accompany(_Restless())
        assert not slack.settle(0.2)


def test_a_long_walk_is_stopped_from_another_page_and_what_waits_does_not_begin() -> None:
    options = sandbox_options()
    companion = _Restless(options.clock)
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        long = meanwhile(slack, "clock", advance="P700D")
        until(lambda: slack.world()["walking"])
        waiting = meanwhile(slack, "clock", advance="P700D")
        reached = until(lambda: slack.world()["now"] != MONDAY_MORNING.isoformat())

        stopped = slack.do("clock", stop=True)
        # The second walk may have been asked for only after that.
        until(lambda: slack.do("clock", stop=True) and waiting.done())

        assert reached
        assert long.result(60)["stopped"]
        assert waiting.result()["stopped"]
        assert not stopped["stopped"]
        now = slack.world()["now"]
        assert long.result()["now"] == stopped["now"]
        assert now == waiting.result()["now"]
        assert now < (MONDAY_MORNING + timedelta(days=700)).isoformat()
        assert not slack.world()["walking"]
        sandbox.accompany(None)
        assert not slack.advance("PT1H")["stopped"]


def test_a_week_is_played_by_the_server_which_answers_at_once_and_tells_what_was_said() -> None:
    options = sandbox_options()
    moments = [MONDAY_MORNING + timedelta(days=n) for n in (1, 2, 3)]
    companion = Poster(options.clock, moments)
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        companion.client = web_client(sandbox)

        slack.do("clock", play="P7D", pause_s=0.05)
        with pytest.raises(ActRefused) as twice:
            slack.do("clock", play="P7D")
        walk = until(lambda: _walk_that(slack, "reached"))
        companion.close()

        assert twice.value.error == "already_playing"
        assert walk["to"] == walk["at"] == (MONDAY_MORNING + timedelta(days=7)).isoformat()
        assert (walk["messages"], walk["places"]) == (3, 1)
        assert [line["text"] for line in walk["said"]] == ["due"] * 3
        stamps = [line["ts"] for line in walk["said"]]
        assert stamps == sorted(stamps, reverse=True)
        slack.advance("PT1H")
        assert slack.world()["walk"]["state"] == "past"


def test_a_played_week_ends_in_its_pause_and_another_world_ends_it_too() -> None:
    options = sandbox_options()
    companion = Poster(options.clock, [MONDAY_MORNING + timedelta(hours=n) for n in (1, 2)])
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        companion.client = web_client(sandbox)
        slack.do("clock", play="P1D", pause_s=60)
        until(lambda: slack.world()["walk"]["said"])

        slack.do("keep", name="paused", title="A pause", about="A world can be kept in it.")
        stopped = slack.do("clock", stop=True)

        assert stopped["now"] == (MONDAY_MORNING + timedelta(hours=1)).isoformat()
        assert _walk_that(slack, "stopped")
        slack.do("clock", play="P1D", pause_s=60)
        until(lambda: _walk_that(slack, "going") and slack.world()["walk"]["said"])
        slack.do("load", name="two-companies")
        assert slack.world()["walk"] is None
        companion.close()


def test_the_next_stop_at_which_something_shows_is_found_by_the_server() -> None:
    options = sandbox_options()
    companion = Poster(options.clock, [MONDAY_MORNING + timedelta(hours=n) for n in (1, 2, 3)])
    with start_sandbox(options, companion=companion) as sandbox, Slack(sandbox.url) as slack:
        silent = slack.do("clock", advance="PT2H")
        companion.client = web_client(sandbox)

        answer = slack.do("clock", next=True)
        companion.close()

        assert silent["changed"] == []
        assert answer["changed"] == ["C0ACMEGLOB"]
        assert answer["now"] == (MONDAY_MORNING + timedelta(hours=3)).isoformat()


def _walk_that(slack: Slack, state: str) -> Json:
    walk: Json = slack.world()["walk"] or {}
    return walk if walk.get("state") == state else {}


class _Restless:
    """A companion that always has something to do: now, or with a clock every minute."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock

    def next_due(self) -> datetime | None:
        return None if self._clock is None else self._clock.now() + timedelta(minutes=1)

    def idle(self) -> bool:
        return self._clock is not None

    def upcoming(self, limit: int) -> list[Upcoming]:
        del limit
        return []

    def wake(self) -> None:
        pass


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param({"now": "2020-01-01T00:00:00Z"}, "clock_backwards", id="the past"),
        pytest.param({"now": "2026-11-01T00:00:00"}, "invalid_arguments", id="no zone"),
        pytest.param({"now": "tomorrow"}, "invalid_arguments", id="no moment"),
        pytest.param({"advance": "1 hour"}, "invalid_arguments", id="no length"),
        pytest.param({"advance": "P1M"}, "invalid_arguments", id="a month"),
        pytest.param({"advance": "PT"}, "invalid_arguments", id="an empty length"),
        pytest.param({"advance": "P99999999999D"}, "invalid_arguments", id="beyond all years"),
        pytest.param({}, "invalid_arguments", id="nothing"),
        pytest.param(
            {"advance": "PT1H", "now": "2027-01-01T00:00:00Z"}, "invalid_arguments", id="both"
        ),
        pytest.param({"stop": True, "advance": "PT1H"}, "invalid_arguments", id="stop and go"),
        pytest.param({"play": "2020-01-01T00:00:00Z"}, "clock_backwards", id="a week that is over"),
        pytest.param({"now": "2999-01-01T00:00:00Z"}, "invalid_arguments", id="beyond stamps"),
        pytest.param({"advance": "P99999D"}, "invalid_arguments", id="too far"),
        pytest.param({"play": "a week"}, "invalid_arguments", id="a play without end"),
        pytest.param({"running": "yes"}, "invalid_arguments", id="running is no boolean"),
    ],
)
def test_the_clock_refuses(shared_slack: Slack, body: dict[str, object], error: str) -> None:
    with pytest.raises(ActRefused) as refused:
        shared_slack.do("clock", **body)

    assert refused.value.error == error
    assert shared_slack.world()["now"] == MONDAY_MORNING.isoformat()


def test_the_clock_takes_any_offset(slack: Slack) -> None:
    slack.move_to("2026-11-02T09:00:00-05:00")

    assert slack.world()["now"] == datetime(2026, 11, 2, 14, tzinfo=UTC).isoformat()


def test_the_clock_is_started_and_stopped(slack: Slack) -> None:
    assert slack.do("clock", running=True)["running"]
    assert not slack.do("clock", running=False)["running"]


def test_stamps_rise_even_while_the_clock_stands_still(slack: Slack) -> None:
    stamps = [slack.say("C0ACMEGLOB", "ana", str(n)) for n in range(20)]

    assert stamps == sorted(set(stamps))
