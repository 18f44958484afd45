"""Plays the four weeks from beginning to end; what happens in them stands in ``demo.weeks``."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from demo.acts import Stage, StoryStopped
from demo.control import Control, Refused
from demo.people import ACME, ANA, GLOBALCALL
from demo.weeks import WEEKS, Day

# A Thursday morning in New York, two weeks and a half before its clocks are set back.
STARTS_AT: Final = datetime(2026, 10, 15, 13, 30, tzinfo=UTC)

TITLE: Final = "You are Ana (Globalcall): press *New date*"
STEPS: Final = (
    "Below *Peak season plan*, in Monday's summary or in the thread of *This week*, press"
    " *New date*, choose Thursday, and say why.",
    "Be Maria Alvarez: the new date and its reason stand in the thread, and the summary knows.",
    "As Maria, type /deliverable @ana refund FAQ by friday; then accept it as Ana.",
    "As Miguel or Maria, press *Results* below a pulse: only leads see both sides.",
    "Move the clock a day ahead: see what is said, to whom, and when it stays quiet.",
)


def play(base_url: str, say: Callable[[str], object] = print) -> None:
    """Let the people of the sandbox at ``base_url`` live through the story.

    Args:
        say: Is handed one line for each day.

    Raises:
        StoryStopped: Somebody did not find what they looked for, or could not do what they wanted.
    """
    with Control(base_url) as control:
        stage = Stage(control)
        for name in (*ACME, *GLOBALCALL):
            stage.id_of(name)
        try:
            _live_through(stage, WEEKS, say)
        except Refused as error:
            raise StoryStopped(
                f"The story stopped at {stage.now():%a %d %b %H:%M}: {error}"
            ) from error
        stage.guide(ANA, TITLE, list(STEPS))
        stage.run_on()
    for line in ("", TITLE, *(f"- {step}" for step in STEPS), ""):
        say(line)


def _live_through(stage: Stage, days: Sequence[Day], say: Callable[[str], object]) -> None:
    for one in days:
        for hour in sorted(one.hours, key=lambda hour: hour.on(one.on)):
            stage.move_to(hour.on(one.on))
            hour.act(stage)
        say(f"{one.on:%a} {one.on.day:>2} {one.on:%b}  {one.told}")
