"""Plays the four weeks from beginning to end; what happens in them stands in ``demo.weeks``."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from demo.acts import Stage, StoryStopped
from demo.control import Control, Refused
from demo.people import ACME, ANA, GLOBALCALL, MARIA, MIGUEL
from demo.weeks import WEEKS, Day

# A Thursday morning in New York, two weeks and a half before its clocks are set back.
STARTS_AT: Final = datetime(2026, 10, 15, 13, 30, tzinfo=UTC)

TITLE: Final = "You are Ana (Globalcall): press *New date*"
# Who takes the step, and what there is to do.
STEPS: Final = (
    (
        ANA,
        "Below *Peak season plan*, in Monday's summary or in the thread of *This week*, press"
        " *New date*, choose Thursday, and say why.",
    ),
    (MARIA, "The new date and its reason stand in the thread, and the summary knows."),
    (MARIA, "Type /deliverable @ana refund FAQ by friday"),
    (ANA, "Open the thread of *This week*: *Accept* stands below *refund FAQ*."),
    (MIGUEL, "Press *Results* below a pulse: only leads see both sides."),
    (MARIA, "Press *Next event* above: see what is said, to whom, and when it stays quiet."),
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
        stage.guide(ANA, TITLE, STEPS)
        stage.run_on()
    steps = (f"- {name.title()}: {text}" for name, text in STEPS)
    for line in ("", TITLE, *steps, ""):
        say(line)


def _live_through(stage: Stage, days: Sequence[Day], say: Callable[[str], object]) -> None:
    for one in days:
        for hour in sorted(one.hours, key=lambda hour: hour.on(one.on)):
            stage.move_to(hour.on(one.on))
            hour.act(stage)
        say(f"{one.on:%a} {one.on.day:>2} {one.on:%b}  {one.told}")
