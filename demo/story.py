"""Plays the four weeks from beginning to end; what happens in them stands in ``demo.weeks``."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from demo.acts import Stage
from demo.control import Control
from demo.weeks import WEEKS, Day

# A Thursday morning in New York, two weeks and a half before its clocks are set back.
STARTS_AT: Final = datetime(2026, 10, 15, 13, 30, tzinfo=UTC)


def play(base_url: str, say: Callable[[str], object] = print) -> None:
    """Let the people of the sandbox at ``base_url`` live through the story.

    Args:
        say: Is handed one line for each day.

    Raises:
        StoryStopped: Somebody did not find what they looked for.
        Refused: The sandbox did not take an act.
    """
    with Control(base_url) as control:
        stage = Stage(control)
        _live_through(stage, WEEKS, say)


def _live_through(stage: Stage, days: Sequence[Day], say: Callable[[str], object]) -> None:
    for one in days:
        for hour in sorted(one.hours, key=lambda hour: hour.on(one.on)):
            stage.move_to(hour.on(one.on))
            hour.act(stage)
        say(f"{one.on:%a} {one.on.day:>2} {one.on:%b}  {one.told}")
