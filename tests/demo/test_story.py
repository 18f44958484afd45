"""The story is played once, through a relay; then what everybody saw in four weeks is looked at."""

import base64
import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import bot
from clock import MovableClock
from demo import guides, story
from demo.people import ACME, CHANNEL, GLOBALCALL, MANILA, NEW_YORK
from demo.weeks import WEEKS
from sandbox.world_files import STORY_WORLD, load_file
from tests.demo.relay import Relay, relay_to
from tests.flows.conftest import action_ids, texts
from tests.people import Json, Slack

LESS_THAN_SECONDS = 60
MONDAYS = [date(2026, 10, 19), date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
MONDAYS.append(date(2026, 11, 16))
MENTION = re.compile(r"<@(U[A-Z0-9]+)>")
STORM_ON, ALL_SOULS_ON, VETERANS_ON = date(2026, 10, 28), date(2026, 11, 2), date(2026, 11, 11)
DAYS_OFF = {MANILA: {STORM_ON, ALL_SOULS_ON}, NEW_YORK: {VETERANS_ON}}
OFFICE = (clock_time(9), clock_time(18))


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What is left when the story is over.

    Attributes:
        took_seconds: Of real time.
        said: What the terminal showed.
    """

    slack: Slack
    relay: Relay
    folder: Path
    took_seconds: float
    said: list[str]
    channel: list[Json]
    direct: dict[str, list[Json]]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Of the bot's database, as it goes into a file of the world."""
        copy = self.folder / "copy.sqlite"
        copy.write_bytes(base64.b64decode(self.slack.world_file()["memory"]))
        with closing(sqlite3.connect(copy)) as db:
            return db.execute(query).fetchall()

    def from_bot(self) -> list[Json]:
        """What everybody reads of the bot, oldest first."""
        return [m for m in self.channel if m.get("bot_id") and not m["ephemeral_to"]]

    def on_top(self) -> list[Json]:
        return [m for m in self.from_bot() if m.get("thread_ts") in {None, m["ts"]}]

    def summaries(self) -> list[Json]:
        return [m for m in self.on_top() if m["text"].startswith(("*Week of", "Week of"))]

    def summary_on(self, monday: date) -> str:
        """The words of the summary as it was told on a Monday; what is settled leaves it later."""
        (told,) = [m for m in self.summaries() if at_in(m, NEW_YORK).date() == monday]
        posts = self.slack.calls("chat.postMessage")
        return next(texts(post["args"]) for post in posts if post["answer"]["ts"] == told["ts"])


def at(message: Json) -> datetime:
    return datetime.fromtimestamp(float(message["ts"]), UTC)


def at_in(message: Json, zone: str) -> datetime:
    return at(message).astimezone(ZoneInfo(zone))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    clock = MovableClock(story.STARTS_AT, running=False)
    said: list[str] = []
    with (
        bot.demo(load_file(STORY_WORLD), clock, port=0) as sandbox,
        relay_to(sandbox.url) as relay,
        Slack(sandbox.url) as slack,
    ):
        began = time.process_time()
        story.play(relay.url, said.append)
        took_seconds = time.process_time() - began
        clock.running = False
        people = [user for user in slack.world()["users"] if not user["is_bot"]]
        yield Played(
            slack=slack,
            relay=relay,
            folder=tmp_path_factory.mktemp("story"),
            took_seconds=took_seconds,
            said=said,
            channel=slack.messages(CHANNEL),
            direct={user["name"]: slack.direct_messages(user["id"]) for user in people},
        )


# How it is played


def test_four_weeks_take_less_than_a_minute(played: Played) -> None:
    assert played.took_seconds < LESS_THAN_SECONDS


def test_the_terminal_tells_each_day_once(played: Played) -> None:
    told = [line for line in played.said if re.match(r"(Mon|Tue|Wed|Thu|Fri) [ 123]\d ", line)]

    assert len(told) == len(WEEKS)
    assert guides.TITLE in played.said


def test_people_act_over_the_control_calls_and_nothing_else_acts(played: Played) -> None:
    calls = played.relay.calls
    people = Counter(m["user"] for m in played.channel if not m.get("bot_id"))
    acts = sum(
        played.relay.count(f"/_control/{kind}")
        for kind in ("message", "command", "click", "submit")
    )
    by_people = played.rows("SELECT count(*) FROM journal WHERE by_person IS NOT NULL")[0][0]
    spoken = {json.loads(body)["user"] for _, path, body in calls if path == "/_control/message"}

    assert {path.rpartition("/")[0] for _, path, _ in calls} == {"/_control"}
    assert people.total() == played.relay.count("/_control/message")
    assert len(people) == len(spoken)
    assert 0 < by_people <= acts


def test_the_web_api_was_called_by_the_bot_alone(played: Played) -> None:
    assert {call["token"] for call in played.slack.calls()} <= {"bot", "app"} | {
        "xoxb-sandbox",
        "xapp-sandbox",
    }


# What must hold in every week


def test_nothing_was_lost(played: Played) -> None:
    states = dict(played.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
    dropped = played.rows("SELECT key, reason FROM outbox WHERE state = 'dropped'")

    assert set(states) <= {"sent", "queued", "dropped"}
    assert dropped == []


def test_nothing_was_said_twice(played: Played) -> None:
    ids = [m["metadata"]["event_payload"]["id"] for m in played.from_bot()]

    assert len(ids) == len(set(ids))


def test_observers_hear_nothing(played: Played) -> None:
    known = {played.slack.user_id(name) for name in (*ACME, *GLOBALCALL)}
    written_to = {m["ephemeral_to"] for m in played.channel if m["ephemeral_to"]}
    mentioned = {who for m in played.from_bot() for who in MENTION.findall(json.dumps(m))}

    assert written_to <= known
    assert mentioned <= known
    assert {name for name, direct in played.direct.items() if direct} <= {*ACME, *GLOBALCALL}


def dailies(played: Played) -> list[tuple[str, Json]]:
    """Each daily message with the name of the person that it was put for.

    One whose day is over calls nobody and has no buttons any more, so the first post tells.
    """
    names = {user["id"]: user["name"] for user in played.slack.world()["users"]}
    put = {
        str(post["answer"]["ts"]): str(post["args"]["text"])
        for post in played.slack.calls("chat.postMessage")
        if "daily.not_today" in action_ids(post["args"])
    }
    in_thread = [
        (names[MENTION.findall(put[m["ts"]])[0]], m) for m in played.from_bot() if m["ts"] in put
    ]
    direct = [(name, m) for name, direct in played.direct.items() for m in direct if m["ts"] in put]
    return in_thread + direct


def test_nobody_is_written_to_twice_on_one_working_day(played: Played) -> None:
    found = Counter((name, at_in(m, zone_of(name)).date()) for name, m in dailies(played))

    assert found
    assert [who for who, times in found.items() if times > 1] == []


def test_nobody_gets_two_direct_messages_on_one_working_day(played: Played) -> None:
    """Whatever the kind; answers to the own act need no consent and are not counted."""
    answers = {
        ts
        for (ts,) in played.rows(
            "SELECT ts FROM outbox WHERE place LIKE 'person:%' AND needs = 'nothing'"
        )
    }
    written = Counter(
        (name, at_in(m, zone_of(name)).date())
        for name, direct in played.direct.items()
        for m in direct
        if m.get("bot_id") and m["ts"] not in answers
    )

    names = {name for name, _ in written}
    assert "maria" in names
    # Nobody of the other company chose direct messages.
    assert names.isdisjoint(GLOBALCALL)
    assert [who for who, times in written.items() if times > 1] == []


def zone_of(name: str) -> str:
    return MANILA if name in GLOBALCALL else NEW_YORK


def is_working(name: str, message: Json) -> bool:
    moment = at_in(message, zone_of(name))
    in_office = OFFICE[0] <= moment.time() < OFFICE[1] and moment.weekday() < 5
    return in_office and moment.date() not in DAYS_OFF[zone_of(name)]


def test_people_are_written_to_while_they_work(played: Played) -> None:
    names = {user["id"]: user["name"] for user in played.slack.world()["users"]}
    mentions = [
        (names[who], m) for m in played.from_bot() for who in MENTION.findall(m["text"])[:1]
    ]
    direct = [(name, m) for name, own in played.direct.items() for m in own if m.get("bot_id")]
    # A deliverable's card asks its owner at once, in the channel where the author wrote it.
    asked = {m["ts"] for _, m in mentions if "deliverable.accept" in action_ids(m)}
    told = [(name, m) for name, m in mentions + direct if m["ts"] not in asked]
    first_post = played.from_bot()[0]["ts"]

    out_of_hours = [
        (name, f"{at_in(m, zone_of(name)):%a %d %b %H:%M}", m["text"])
        for name, m in told
        if m["ts"] != first_post and not is_working(name, m)
    ]

    assert out_of_hours == []


def test_a_week_has_at_most_four_posts_on_top(played: Played) -> None:
    # Where the week begins first.
    weeks = Counter(at_in(m, MANILA).isocalendar().week for m in played.on_top()[2:])

    assert max(weeks.values()) <= 4


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        pytest.param("2026-10-20", "12:50", id="in summer"),
        pytest.param("2026-10-27", "12:50", id="the last in summer"),
        pytest.param("2026-11-03", "13:50", id="the first in winter"),
        pytest.param("2026-11-10", "13:50", id="in winter"),
    ],
)
def test_the_check_in_keeps_its_hour_in_new_york(played: Played, day: str, hour: str) -> None:
    starts = [m for m in played.on_top() if m["text"].startswith("Check-in:")]

    assert [f"{at(m):%H:%M}" for m in starts if f"{at(m):%Y-%m-%d}" == day] == [hour]


# What the summaries say


def test_a_summary_is_told_each_monday(played: Played) -> None:
    assert [at_in(m, NEW_YORK).date() for m in played.summaries()] == MONDAYS


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        pytest.param(
            "2026-10-26",
            ["Nothing is open", "Kept: 2 of 2 promises", "took place"],
            id="a good week",
        ),
        pytest.param(
            "2026-11-02",
            [
                "3 things are open",
                "*Refund script* was due and is not in yet. Waiting for *Acme Retail*",
                "*November roster* was due and is not in yet. Waiting for *Globalcall*",
                "*Operations review* did not take place. Waiting for *both*",
                "*Quality calibration*, now Thu 5 Nov; told before",
                "Globalcall adds: “two trainers out after the storm”",
            ],
            id="late on both sides, a check-in that did not take place, a slip told in time",
        ),
        pytest.param(
            "2026-11-09",
            ["No message in the channel. Waiting for *Acme Retail* since Fri 30 Oct"],
            id="a side was silent",
        ),
        pytest.param(
            "2026-11-16",
            [
                "*Returns policy* was due and is not in yet. Waiting for *Acme Retail*",
                "*Peak season plan* was due and is not in yet. Waiting for *Globalcall*",
                "Few answers to the pulse: 3 of 6 people of Globalcall",
                "*Black Friday forecast* came early: thank you, Acme Retail",
            ],
            id="late on both sides at the end",
        ),
    ],
)
def test_what_happened_stands_in_the_summary(played: Played, monday: str, said: list[str]) -> None:
    told = played.summary_on(date.fromisoformat(monday))

    assert [words for words in said if words not in told] == []


def test_a_holiday_and_a_storm_are_seen_in_this_week(played: Played) -> None:
    begins = ("*This week*", "The week of")
    weeks = [texts(m) for m in played.on_top() if m["text"].startswith(begins)]
    off = re.findall(r"• (.* is off on .*)", "\n".join(weeks))

    assert off == [
        "Acme Retail is off on Mon 12 Oct (Columbus Day)",
        "Globalcall is off on Wed 28 Oct (storm)",
        "Globalcall is off on Mon 2 Nov (All Souls' Day)",
        "Acme Retail is off on Wed 11 Nov (Veterans Day)",
    ]


def test_who_is_away_is_asked_for_nothing(played: Played) -> None:
    asked = {at_in(m, MANILA).date() for name, m in dailies(played) if name == "carlo"}

    assert asked
    assert not asked & {date(2026, 11, 4), date(2026, 11, 5)}


def test_the_sides_see_it_differently_once_and_only_leads_read_so(played: Played) -> None:
    everybody = "\n".join(texts(m) for m in played.from_bot())
    maria = "\n".join(texts(m) for m in played.direct["maria"])

    assert maria.count("You see it differently") == 1
    assert "You see it differently" not in everybody


# The viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The viewer's turn, taken step by step.

    Attributes:
        guide: As it was at first.
        unread: Of Maria, before anything was done.
        done: Which steps were done after each act, as a page that is opened then reads it.
        came: What was posted while the wire was cut.
    """

    slack: Slack
    guide: Json
    unread: int
    done: dict[str, list[bool]]
    came: list[Json]


@pytest.fixture(scope="module")
def turn(played: Played) -> Turn:
    slack, done = played.slack, dict[str, list[bool]]()

    def after(what: str) -> None:
        done[what] = [step["done"] for step in slack.get("guide")["steps"]]

    guide = slack.get("guide")
    unread = sum(one["unread"] for one in slack.get("marks", user="maria")["channels"].values())
    thread = [m for m in slack.messages(CHANNEL) if m["text"].startswith("*This week*")][-1]["ts"]
    slack.do("seen", user="maria", channel=CHANNEL, thread_ts=thread)
    slack.fault("chat.postMessage", "lost_response")
    slack.do("fault", clear=True)
    after("acts of later steps")
    plan = value_of("deliverable.new_date", slack.messages(CHANNEL)[-1])
    slack.click("ana", "deliverable.new_date", channel=CHANNEL, ts=newest(played), value=plan)
    after("the form is open")
    values = {"due": {"value": "2026-11-19"}, "reason": {"value": "the numbers came late"}}
    assert slack.submit("ana", values=values)["ok"]
    slack.advance("PT20S")
    after("the new date")
    slack.do("seen", user="ana", channel=CHANNEL, thread_ts=thread)
    slack.do("seen", user="maria", channel=CHANNEL)
    after("seen by others, or elsewhere")
    slack.do("seen", user="maria", channel=CHANNEL, thread_ts=thread)
    after("seen by Maria")
    slack.fault("chat.postMessage", "lost_response")
    slack.fault("*", "disconnect")
    after("the wire is cut")
    before = {m["ts"] for m in slack.messages(CHANNEL)}
    slack.move_to(story.REMINDER_AT.isoformat())
    slack.advance("PT5M")
    after("the reminder")
    came = [m for m in slack.messages(CHANNEL) if m["ts"] not in before]
    slack.move_to(story.DRAFT_AT.isoformat())
    slack.do("seen", user="maria", channel=CHANNEL)
    slack.do("seen", user="maria", channel=slack.user_id("touchbase"))
    after("the draft")
    slack.move_to(story.SUMMARY_AT.isoformat())
    slack.advance("PT1M")
    slack.do("seen", user="maria", channel=CHANNEL, thread_ts=thread)
    after("the summary")
    slack.do("seen", user="maria", channel=CHANNEL)
    after("the summary is read")
    return Turn(slack=slack, guide=guide, unread=unread, done=done, came=came)


def test_the_guide_says_who_takes_each_step_and_how_to_go_on_in_slack(turn: Turn) -> None:
    ana, maria = turn.slack.user_id("ana"), turn.slack.user_id("maria")

    assert [step["user"] for step in turn.guide["steps"]] == [ana, maria, maria, maria]
    assert turn.guide["user"] == ana
    assert "#acme-brightdesk" in turn.guide["ending"]
    assert "*Then use it in your Slack*\n1. `make setup`" in turn.guide["ending"]
    assert turn.unread == 0


def test_each_step_ticks_by_its_own_acts_and_by_nothing_else(turn: Turn) -> None:
    assert {what: done.count(True) for what, done in turn.done.items()} == {
        "acts of later steps": 0,
        "the form is open": 0,
        "the new date": 1,
        "seen by others, or elsewhere": 1,
        "seen by Maria": 2,
        "the wire is cut": 2,
        "the reminder": 3,
        "the draft": 3,
        "the summary": 3,
        "the summary is read": 4,
    }


def test_the_reminder_comes_exactly_once_over_a_cut_wire(played: Played, turn: Turn) -> None:
    posts = turn.slack.calls("chat.postMessage")
    lost = [call["answer"]["ts"] for call in posts if call["fault"] == "lost_response"]

    assert [m["ts"] for m in turn.came] == lost
    assert turn.came[0]["text"].startswith("*Operations review*, ")
    assert played.rows("SELECT count(*) FROM outbox WHERE state = 'uncertain'") == [(0,)]


def test_the_moments_that_the_guide_names_are_those_at_which_it_happens(turn: Turn) -> None:
    def minutes(messages: list[Json]) -> set[datetime]:
        return {at(m).replace(second=0, microsecond=0) for m in messages}

    assert {story.REMINDER_AT, story.SUMMARY_AT} <= minutes(turn.slack.messages(CHANNEL))
    assert story.DRAFT_AT in minutes(turn.slack.direct_messages("maria"))


def test_the_story_can_be_begun_again_at_its_end(played: Played, turn: Turn) -> None:
    ready = {one["name"]: one["title"] for one in turn.slack.get("worlds")["ready"]}
    shared = [m["ts"] for m in played.channel if not m["ephemeral_to"]]

    turn.slack.do("load", name=story.KEPT["name"])
    loaded = [m["ts"] for m in turn.slack.messages(CHANNEL)]
    steps = turn.slack.get("guide")["steps"]
    turn.slack.click("ana", "deliverable.done", channel=CHANNEL, ts=newest(played))
    turn.slack.advance("PT20S")

    assert list(ready.items())[2:] == [("story-end", "The story, at its end")]
    assert loaded == shared
    assert [step["done"] for step in steps] == [False] * 4
    assert "*Peak season plan* (Globalcall): done" in turn.slack.messages(CHANNEL)[-1]["text"]


def value_of(action_id: str, message: Json) -> str:
    rows = [block.get("elements", []) for block in message["blocks"]]
    found = [one for row in rows for one in row if one.get("action_id") == action_id]
    return str(found[0]["value"])


def newest(played: Played) -> str:
    return str([m for name, m in dailies(played) if name == "ana"][-1]["ts"])
