"""Half a year of check-ins is played by people alone, and held to a calendar made by hand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import bot
from clock import MovableClock
from sandbox.world_files import load_world
from tests.flows.checkin_acts import say
from tests.flows.conftest import Touchbase, texts
from tests.flows.small_world import small_world
from tests.people import Json, Slack
from tests.quarter import acts
from tests.quarter.half_year import REPORT, TURNS, Month, Side, Took
from tests.quarter.shifts import ana_is_away, at_work

TOLD_BEFORE = timedelta(minutes=10)
MOST_A_WEEK = 4
ANA = "U0ANA000000"
TEAMS: dict[str, Side] = {"T0ACME0001": "client", "T0GLOBAL01": "vendor"}
# How the report writes what is not planned.
LEFT_OUT = re.compile(r"Left out on holidays, as agreed, and not counted: (\d+) turn")
FIGURE = re.compile(r"(.+) (\d+)$")
TOPICS = re.compile(r"topics covered (\d+) of (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message of the bot when it was first posted, whatever became of it later."""

    at: datetime
    channel: str
    text: str
    everything: str
    is_top_level: bool

    @property
    def mentioned(self) -> set[str]:
        return set(re.findall(r"<@(U\w+)>", self.everything))


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of the half year.

    Attributes:
        sides: By Slack id of a person.
        direct: By channel of a direct message with the bot the person's Slack id.
        reports: By month, as Maria read them.
        modal: The last month's report as Ana read it.
    """

    posts: list[Posted]
    sides: dict[str, Side]
    direct: dict[str, str]
    reports: dict[str, str]
    modal: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("half_year")
    clock = MovableClock(datetime.fromisoformat(acts.BEGINS_AT), running=False)
    world, database = load_world(small_world(folder)), folder / "touchbase.sqlite"
    with (
        bot.demo(world, clock, port=0, database=database) as sandbox,
        Slack(sandbox.url) as slack,
    ):
        yield _play(Touchbase(slack=slack, database=database))


def _play(touchbase: Touchbase) -> Played:
    slack = touchbase.slack
    acts.begin(touchbase)
    began = len(slack.calls())
    for dated in acts.everything():
        slack.move_to(dated.at.isoformat())
        dated.act(touchbase)
    slack.move_to(acts.ENDS_AT)
    posts = [_posted(call) for call in slack.calls("chat.postMessage", after=began)]
    reports = {month: say(touchbase, f"report {month}")["text"] for month in REPORT}
    touchbase.press("ana", "hub.more")
    slack.click("ana", "hub.compliance", view_id=slack.modal("ana")["id"])
    people = [u for u in slack.world()["users"] if u["team_id"] in TEAMS and not u["is_bot"]]
    return Played(
        posts=posts,
        sides={u["id"]: TEAMS[u["team_id"]] for u in people},
        direct=_direct(slack),
        reports=reports,
        modal=texts(slack.modal("ana")),
    )


def _posted(call: Json) -> Posted:
    said = call["args"]
    return Posted(
        at=datetime.fromisoformat(call["at"]),
        channel=said["channel"],
        text=said["text"],
        everything=str(said),
        is_top_level="thread_ts" not in said,
    )


def _direct(slack: Slack) -> dict[str, str]:
    """Whose direct messages stand in which channel."""
    opened = slack.calls("conversations.open")
    return {call["answer"]["channel"]["id"]: call["args"]["users"] for call in opened}


@pytest.mark.timeout(240)
def test_every_check_in_starts_at_the_moment_on_the_calendar(played: Played) -> None:
    told = {
        (post.text.partition("*")[2].partition("*")[0], post.at.replace(second=0) + TOLD_BEFORE)
        for post in played.posts
        if post.text.startswith("Coming up:")
    }

    expected = {
        (turn.title, datetime.fromisoformat(turn.start)) for turn in TURNS if isinstance(turn, Took)
    }
    assert told == expected


@pytest.mark.timeout(240)
@pytest.mark.parametrize("month", REPORT)
def test_the_report_is_the_one_made_by_hand(played: Played, month: str) -> None:
    assert read_report(played.reports[month]) == REPORT[month]


@pytest.mark.timeout(240)
def test_people_of_the_other_company_read_the_same_report(played: Played) -> None:
    assert read_report(played.modal) == REPORT["2027-03"]


@pytest.mark.timeout(240)
def test_a_channel_has_at_most_four_posts_a_week(played: Played) -> None:
    # On Manila's clock no week of either side crosses a Sunday.
    manila = ZoneInfo("Asia/Manila")
    weeks = Counter(
        post.at.astimezone(manila).isocalendar()[:2]
        for post in played.posts
        if post.is_top_level and post.channel not in played.direct
    )

    assert {week: count for week, count in weeks.items() if count > MOST_A_WEEK} == {}
    assert len(weeks) >= 26


@pytest.mark.timeout(240)
def test_nobody_is_written_to_outside_their_shift_or_while_away(played: Played) -> None:
    written = [(who, post) for post in played.posts for who in _called(played, post)]
    at_a_bad_time = [
        f"{post.at:%a %d %b %H:%M} UTC to {who}: {post.text[:60]}"
        for who, post in written
        if not at_work(played.sides[who], post.at) or (who == ANA and ana_is_away(post.at))
    ]

    assert at_a_bad_time == []
    assert {played.sides[who] for who, _ in written} == {"client", "vendor"}


def _called(played: Played, post: Posted) -> set[str]:
    """Whom a message mentions, or reaches directly."""
    reached = {played.direct[post.channel]} if post.channel in played.direct else set()
    return reached | (post.mentioned & played.sides.keys())


def read_report(text: str) -> Month:
    """The figures of a report of one month, without those that are nothing."""
    left_out, topics = LEFT_OUT.search(text), TOPICS.search(text)
    both = _figures_after(text, "Planned", keep_first=True)
    return Month(
        both=both | ({"left out": int(left_out[1])} if left_out else {}),
        topics=(int(topics[1]), int(topics[2])) if topics else None,
        client=_figures_after(text, "Acme Retail:"),
        vendor=_figures_after(text, "Globalcall:"),
    )


def _figures_after(text: str, head: str, *, keep_first: bool = False) -> dict[str, int]:
    line = next(one for one in text.splitlines() if one.startswith(head))
    parts = line.removeprefix("" if keep_first else head).strip(" .").split(", ")
    found = [FIGURE.fullmatch(part) for part in parts if not TOPICS.fullmatch(part)]
    return {one[1].lower(): int(one[2]) for one in found if one and int(one[2])}
