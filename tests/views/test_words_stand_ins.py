from datetime import UTC, datetime

import pytest

from views.words.commands import read_command
from views.words.verbs import Away, Owner
from views.words.writer import writer_of

WRITER = writer_of(
    now=datetime(2026, 11, 18, 19, 0, tzinfo=UTC), zone="America/New_York", locale="en-US"
)
CARLO = Owner(kind="user", text="U0CARLO")


@pytest.mark.parametrize(
    ("words", "stand_in"),
    [
        ("away until monday, carlo stands in", Owner(kind="name", text="carlo")),
        ("away until monday, Carlo Reyes stands in for me", Owner(kind="name", text="Carlo Reyes")),
        ("away until monday carlo stands in", Owner(kind="name", text="carlo")),
        ("away until monday <@U0CARLO|carlo> covers for me", CARLO),
        ("away until monday, stand-in: <@U0CARLO>", CARLO),
        ("away until monday, covered by @carlo", Owner(kind="name", text="carlo")),
        ("away until monday and carlo is my stand-in", Owner(kind="name", text="carlo")),
        ("away until monday", None),
    ],
)
def test_who_stands_in_is_read_beside_the_days(words: str, stand_in: Owner | None) -> None:
    assert read_command("/touchbase", words, WRITER) == Away(
        from_at=datetime.fromisoformat("2026-11-18"),
        until_at=datetime.fromisoformat("2026-11-23"),
        stand_in=stand_in,
    )
