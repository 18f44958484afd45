"""Whatever people type is read: nothing raises, nothing takes long."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views.words.commands import read_command, read_mention
from views.words.due import read_due
from views.words.rhythm import read_rhythm
from views.words.vocabulary import MONTHS, NUMBERS, WEEKDAYS
from views.words.writer import Writer
from views.words.zones import read_zone

NOW = datetime(2026, 11, 18, 19, tzinfo=UTC)
WRITER = Writer(now=NOW, zone="America/New_York", date_order="MDY", languages=("en",))
COMMANDS = ("/touchbase", "/deliverable", "/checkin", "/pulse", "/gaps")
# Of the machine's own time; far above what it takes, far below what a person would notice.
LONGEST = timedelta(seconds=1.5)

WORDS = st.sampled_from(
    [
        *WEEKDAYS,
        *MONTHS,
        *NUMBERS,
        *"by before until next last every other from to at in the of".split(),
        *"week month day days working am pm".split(),
        *"done move skip cancel away ooo off dayoff setup client vendor zone lead us they".split(),
        *"eod asap first 24 31 99999999 2026 0 00:00 24:00 25:61 12/24 31/02 24-28 5pm 17h".split(),
        *"- , : ( ) '".split(),
        *(
            '"',
            "“",
            "<@U1|ana>",
            "<!channel>",
            "@ana",
            "manila",
            "Asia/Manila",
            "🎉",
            "مرحبا",
            "\u202e",
        ),
    ]
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)
ANYTHING = st.one_of(st.text(max_size=200), SENTENCES)


@settings(deadline=None)
@given(
    text=ANYTHING, zone=st.sampled_from(["America/New_York", "Asia/Manila", "Pacific/Kiritimati"])
)
def test_any_text_gives_a_due_moment_or_a_question_or_nothing(text: str, zone: str) -> None:
    read = read_due(text, now=NOW, zone=zone, date_order="DMY")

    answers = [read.day is not None, read.at is not None, read.question is not None]
    assert sum(answers) <= 1
    assert read.at is None or read.at.tzinfo is None
    assert (read.heard == "") == (not any(answers))


@settings(deadline=None)
@given(text=ANYTHING)
def test_any_text_gives_a_rhythm_or_a_question_or_nothing(text: str) -> None:
    read = read_rhythm(text, now=NOW, zone="America/New_York")

    assert read.rule is None or read.question is None
    assert read.title is None or read.title.strip()


@settings(deadline=None)
@given(command=st.sampled_from(COMMANDS), text=ANYTHING)
def test_any_text_behind_any_command_is_read(command: str, text: str) -> None:
    assert read_command(command, text, WRITER) is not None
    assert read_mention(text, WRITER) is not None


@given(text=ANYTHING)
def test_any_text_is_a_zone_or_none(text: str) -> None:
    zone = read_zone(text)

    assert zone is None or ZoneInfo(zone).key == zone


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 3000, id="one long word"),
        pytest.param("to " * 1000, id="a thousand leads"),
        pytest.param("by " * 999 + "friday", id="a thousand leads and a day"),
        pytest.param("friday " * 428, id="nothing but days"),
        pytest.param("5" * 3000, id="one long number"),
        pytest.param("1/" * 1500, id="slashes"),
        pytest.param("12:" * 1000, id="colons"),
        pytest.param("<" * 3000, id="open brackets"),
        pytest.param("<@U1|" * 600, id="broken mentions"),
        pytest.param('"' * 2999, id="quotes"),
        pytest.param("“" * 3000, id="quotes that never close"),
        pytest.param("new york " * 333, id="places"),
        pytest.param("client vendor " * 214, id="sides"),
        pytest.param("is done " * 375, id="a thing done many times"),
        pytest.param("🎉" * 3000, id="emoji"),
        pytest.param("\u202e" * 3000, id="turned around"),
        pytest.param(", ; - " * 500, id="signs"),
        pytest.param("every first and " * 180, id="ordinals"),
        pytest.param("x" * 400_000, id="more than Slack sends"),
    ],
)
def test_the_longest_texts_are_read_in_a_moment(text: str) -> None:
    lines = [(command, text) for command in COMMANDS]
    lines += [
        ("/touchbase", f"{verb} {text}") for verb in ("setup", "away", "dayoff", "move", "done")
    ]
    lines += [("/checkin", f"move {text}"), ("/checkin", f"skip {text}")]

    started = thread_time()
    for command, words in lines:
        read_command(command, words, WRITER)
    took = timedelta(seconds=thread_time() - started)

    assert took < len(lines) * LONGEST


def test_what_people_type_every_day_needs_no_further_library() -> None:
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from views.words.commands import read_command\n"
        "from views.words.writer import Writer\n"
        "writer = Writer(now=datetime(2026, 11, 18, 19, tzinfo=UTC), zone='America/New_York')\n"
        "read_command('/deliverable', '<@U1> refresh by Friday 17:00', writer)\n"
        "print('dateparser' in sys.modules)\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=False
    )

    assert ran.stdout.strip() == "False", ran.stderr
