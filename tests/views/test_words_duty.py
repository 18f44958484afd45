from datetime import UTC, date, datetime

import pytest

from views.words.commands import read_command
from views.words.verbs import Duty, Owner
from views.words.writer import writer_of

# A Wednesday.
WRITER = writer_of(
    now=datetime(2026, 11, 18, 19, 0, tzinfo=UTC), zone="America/New_York", locale="en-US"
)
ANA, NAMED = Owner(kind="user", text="U0ANA"), Owner(kind="name", text="ana")
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "duty"),
    [
        ("duty", Duty()),
        ("duty <@U0ANA|ana>", Duty(owner=ANA)),
        ("duty @ana until friday", Duty(owner=NAMED, until_on=FRIDAY)),
        ("duty ana", Duty(owner=NAMED)),
        ("on duty ana until friday", Duty(owner=NAMED, until_on=FRIDAY)),
        ("duty @ana from friday", Duty(owner=NAMED, from_on=FRIDAY)),
        ("duty @ana friday to monday", Duty(owner=NAMED, from_on=FRIDAY, until_on=MONDAY)),
        ("duty @ana friday", Duty(owner=NAMED, from_on=FRIDAY, until_on=FRIDAY)),
        ("duty me", Duty(owner=Owner(kind="me"))),
        ("duty nobody", Duty(nobody=True)),
    ],
)
def test_who_is_on_duty_is_read_with_the_days(words: str, duty: Duty) -> None:
    assert read_command("/touchbase", words, WRITER) == duty
