"""Plays the four weeks from beginning to end; what happens in them stands in ``demo.weeks``."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from demo import guides
from demo.acts import Stage, StoryStopped
from demo.control import Control, Json, Refused
from demo.people import ACME, ANA, GLOBALCALL, MARIA
from demo.weeks import WEEKS, Day

# A Thursday morning in New York, two weeks and a half before its clocks are set back.
STARTS_AT: Final = datetime(2026, 10, 15, 13, 30, tzinfo=UTC)

# When the viewer can see it: a reminder of the next review, the leads' draft, and the summary.
REMINDER_AT: Final = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
DRAFT_AT: Final = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
SUMMARY_AT: Final = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

THIS_WEEK: Final = "*This week*, Mon 16 Nov"

KEPT: Final = {
    "name": "story-end",
    "title": "The story, at its end",
    "about": "Four weeks of Acme Retail and Globalcall have passed, and it is your turn.",
}


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
        guide = _hand_over(stage)
    for line in ("", *guides.lines(guide), ""):
        say(line)


def _hand_over(stage: Stage) -> Json:
    """From here on it is the viewer's turn; the guide that says so."""
    plan = stage.button(ANA, "deliverable.new_date", beside="Peak season plan").spot.value
    coming = guides.Coming(
        plan=plan or "",
        week_ts=stage.reads(MARIA, THIS_WEEK),
        direct=stage.direct_of(MARIA),
        reminder_at=REMINDER_AT,
        draft_at=DRAFT_AT,
        summary_at=SUMMARY_AT,
    )
    guide = guides.after_the_story(coming)
    stage.all_is_read()
    stage.show(guide)
    stage.keep(KEPT)
    stage.run_on()
    return guide


def _live_through(stage: Stage, days: Sequence[Day], say: Callable[[str], object]) -> None:
    for one in days:
        for hour in sorted(one.hours, key=lambda hour: hour.on(one.on)):
            stage.move_to(hour.on(one.on))
            hour.act(stage)
        say(f"{one.on:%a} {one.on.day:>2} {one.on:%b}  {one.told}")
